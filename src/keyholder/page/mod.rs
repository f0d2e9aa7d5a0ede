//! The same commands as a page for this machine alone: on 127.0.0.1, behind an address that nobody else knows, without a program in the
//! browser.

mod acting;
mod fields;
mod html;
mod http;
mod view;

use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, Builder};
use std::time::Duration;

use data_encoding::HEXLOWER;
use domain::{Clock, WaveId};
use rand::RngExt;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::commands::Desk;
use crate::folder::{Folder, Kind};
use http::{Answer, NoRequest, Request};

/// How long a browser may take to ask.
const PATIENCE: Duration = Duration::from_secs(10);

/// A page that is ready to be served.
pub struct LocalPage {
    listener: TcpListener,
    page: Page,
}

impl std::fmt::Debug for LocalPage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LocalPage").field("host", &self.page.host).finish_non_exhaustive()
    }
}

impl LocalPage {
    /// Takes a port of this machine; 0 takes any that is free.
    ///
    /// # Errors
    /// When the port is taken.
    pub fn on(port: u16, folder: PathBuf) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        let host = listener.local_addr()?.to_string();
        let token = Zeroizing::new(HEXLOWER.encode(&rand::rng().random::<[u8; 16]>()));
        Ok(Self { listener, page: Page { folder, token, host } })
    }

    /// The address to open in a browser of this machine. Whoever knows it can use the page.
    #[must_use]
    pub fn address(&self) -> Zeroizing<String> {
        Zeroizing::new(format!("http://{}/{}/", self.page.host, self.page.token.as_str()))
    }

    /// Serves until the person ends it on the page. What is asked is done one after the other; a line on which a browser asks nothing yet keeps
    /// nobody waiting.
    ///
    /// # Errors
    /// When the listener fails.
    pub fn serve(&self, clock: &dyn Clock) -> io::Result<()> {
        let (ended, turn) = (AtomicBool::new(false), Mutex::new(()));
        let here = self.listener.local_addr()?;
        thread::scope(|scope| {
            loop {
                let (mut line, _) = self.listener.accept()?;
                if ended.load(Ordering::SeqCst) {
                    return Ok(());
                }
                line.set_read_timeout(Some(PATIENCE))?;
                line.set_write_timeout(Some(PATIENCE))?;
                let (ended, turn) = (&ended, &turn);
                let converse = move || {
                    if self.page.converse(&mut line, clock, turn).unwrap_or(Next::GoOn) == Next::End {
                        ended.store(true, Ordering::SeqCst);
                        // Wakes the listener, which waits for one line more.
                        drop(TcpStream::connect(here));
                    }
                };
                // A thread that the system does not give now: the browser asks again.
                let _ = Builder::new().spawn_scoped(scope, converse);
            }
        })
    }
}

/// The page itself, whatever line it speaks over.
struct Page {
    folder: PathBuf,
    /// The secret part of the address.
    token: Zeroizing<String>,
    /// `127.0.0.1:PORT`, the only host under which the page answers: another name that leads here is a trick.
    host: String,
}

impl Page {
    fn converse(&self, line: &mut (impl Read + Write), clock: &dyn Clock, turn: &Mutex<()>) -> io::Result<Next> {
        let (answer, next) = match http::read(line) {
            Ok(request) => {
                let _turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
                self.answer(&request, clock)
            }
            Err(NoRequest::Broken) => return Ok(Next::GoOn),
            Err(NoRequest::Malformed) => (view::refused("400 Bad Request", "This is not what a browser asks this page."), Next::GoOn),
        };
        answer.write(line)?;
        Ok(next)
    }

    fn answer(&self, request: &Request, clock: &dyn Clock) -> (Answer, Next) {
        let nothing = || (view::refused("404 Not Found", "There is nothing here. Open the address that the terminal shows."), Next::GoOn);
        if request.host.as_deref() != Some(self.host.as_str()) {
            return nothing();
        }
        let mut parts = request.path.trim_start_matches('/').splitn(2, '/');
        let (token, rest) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
        if !bool::from(token.as_bytes().ct_eq(self.token.as_bytes())) {
            return nothing();
        }
        if !request.posts {
            return (self.shown(rest).unwrap_or_else(|| nothing().0), Next::GoOn);
        }
        // Browsers name the origin of every form: another page of this machine cannot send one in the person's name.
        if request.origin.as_deref() != Some(format!("http://{}", self.host).as_str()) {
            return (view::refused("403 Forbidden", "This form was not sent from this page."), Next::GoOn);
        }
        if rest == "end" {
            return (Answer::page(view::ended()), Next::End);
        }
        (self.done(rest, &request.form, clock).unwrap_or_else(|| nothing().0), Next::GoOn)
    }

    /// Does what a form asks for. One that is refused is shown again, with what was typed.
    fn done(&self, rest: &str, form: &http::Form, clock: &dyn Clock) -> Option<Answer> {
        let of_round = match rest {
            "do" => None,
            _ => Some(Self::round(rest.strip_suffix("/do")?, &view::Files::of(&self.folder))?),
        };
        let done = acting::act(form, &self.folder, clock.now());
        let files = view::Files::of(&self.folder);
        let refused = done.refused.is_some().then_some(view::Refused { form, done: &done });
        Some(Answer::page(match (refused, of_round) {
            (Some(_), Some(wave)) => view::round(&self.folder, &wave, &files, refused),
            (Some(_), None) => view::overview(&self.folder, &files, refused),
            (None, Some(_)) => view::done(&done, "./"),
            // A round that was just begun has a page from now on.
            (None, None) => {
                view::done(&done, &Self::round(form.get("wave").trim(), &files).map_or_else(|| "./".to_owned(), |wave| format!("{wave}/")))
            }
        }))
    }

    fn round(name: &str, files: &view::Files) -> Option<WaveId> {
        WaveId::parse(name).ok().filter(|wave| files.rounds.contains(wave))
    }

    fn shown(&self, rest: &str) -> Option<Answer> {
        let files = view::Files::of(&self.folder);
        if rest.is_empty() {
            return Some(Answer::page(view::overview(&self.folder, &files, None)));
        }
        let (name, what) = rest.split_once('/').unwrap_or((rest, ""));
        let wave = Self::round(name, &files)?;
        match what {
            // Whoever asks again for what came of a form is led to the round.
            "" | "do" => Some(Answer::page(view::round(&self.folder, &wave, &files, None))),
            "paper" => self.paper(&wave),
            _ => None,
        }
    }

    fn paper(&self, wave: &WaveId) -> Option<Answer> {
        let bytes = Zeroizing::new(Folder::new(self.folder.clone()).read(wave, Kind::Ceremony).ok()??);
        Some(Answer::page(Zeroizing::new(std::str::from_utf8(&bytes).ok()?.to_owned())))
    }
}

/// Whether the page goes on after an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    GoOn,
    End,
}

/// Serves the page and tells its address.
///
/// # Errors
/// When the port is taken or the listener fails.
pub fn serve(folder: &Path, port: u16, desk: &mut dyn Desk, clock: &dyn Clock) -> io::Result<()> {
    let page = LocalPage::on(port, folder.to_owned())?;
    desk.say(&format!("Open this address in a browser of this machine, and tell it to nobody: {}", page.address().as_str()));
    desk.say("It needs no network. End it on the page, or with Ctrl+C.");
    page.serve(clock)
}

#[cfg(test)]
mod tests;
