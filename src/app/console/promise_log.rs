//! The promise log for HR and whoever holds a key: what was done and by whom, whether it fits together, and the file to check it with.

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_DISPOSITION;
use actix_web::web::{Data, Query, ServiceConfig};
use askama::Template;
use data_encoding::HEXLOWER_PERMISSIVE;
use domain::WaveId;
use identity::{AccountChange, Actor, AfterRestore, Broken, Entry, Fingerprint, PromiseEvent, PromiseLog, TeamChange, write_promise_log};
use protocol::manifest::Weakening;
use serde::Deserialize;

use super::navigation::Page;
use super::routing::{read, reading};
use super::session::SignedIn;
use super::{Console, answer, blocking};
use crate::error::Problem;
use crate::lifecycle::exposed;
use crate::words::{Saying, Value};

/// How many entries a page shows.
const SHOWN: usize = 100;

/// The routes of the log.
pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(reading("/promise-log").route(read().to(page)))
        .service(reading("/promise-log/promise-log.jsonl").route(read().to(file)));
}

#[derive(Template)]
#[template(path = "promise_log.html")]
struct LogPage {
    page: Page,
    /// The newest first.
    entries: Vec<LogLine>,
    count: usize,
    broken: Option<Saying>,
    head: Option<Saying>,
    /// From which entry on the page before this one shows them.
    earlier: Option<u32>,
    /// What was asked about, as it was typed, and what is known of it.
    asked: String,
    known: Option<Saying>,
}

/// One line of the table.
struct LogLine {
    number: u32,
    at: Value,
    who: Value,
    what: Saying,
}

/// What is asked of the page.
#[derive(Deserialize)]
struct Asked {
    /// Only entries before this one.
    before: Option<u32>,
    /// A fingerprint that somebody noted.
    noted: Option<String>,
}

/// `GET /promise-log`.
async fn page(who: SignedIn, console: Data<Console>, asked: Option<Query<Asked>>) -> Result<HttpResponse, Problem> {
    who.must_read_the_log()?;
    let asked = asked.map_or(Asked { before: None, noted: None }, Query::into_inner);
    let log = blocking(&console, |installation| Ok(installation.identity.promise_log()?)).await?;
    let before = asked.before.unwrap_or(u32::MAX);
    let older: Vec<&Entry> = log.entries.iter().rev().filter(|entry| entry.number < before).collect();
    let entries: Vec<LogLine> = older.iter().take(SHOWN).map(|entry| line(entry)).collect();
    let earlier = entries.last().filter(|_| older.len() > SHOWN).map(|last| last.number);
    let noted = asked.noted.unwrap_or_default();
    let page = LogPage {
        page: Page::of(&who, "/promise-log"),
        entries,
        count: log.entries.len(),
        broken: log.broken.as_ref().map(broken),
        head: log.head().map(|(number, fingerprint)| head(number, &fingerprint)),
        earlier,
        known: (!noted.trim().is_empty()).then(|| stood(&log, &noted)),
        asked: noted,
    };
    answer::page(StatusCode::OK, &page)
}

/// `GET /promise-log/promise-log.jsonl`: every entry, one per line, for a checker of one's own.
async fn file(who: SignedIn, console: Data<Console>) -> Result<HttpResponse, Problem> {
    who.must_read_the_log()?;
    let log = blocking(&console, |installation| Ok(installation.identity.promise_log()?)).await?;
    Ok(HttpResponse::Ok()
        .content_type("application/jsonl; charset=utf-8")
        .insert_header((CONTENT_DISPOSITION, "attachment; filename=\"promise-log.jsonl\""))
        .body(write_promise_log(&log.entries)))
}

/// An entry as it is noted down: its number and its fingerprint.
pub(super) fn head(number: u32, fingerprint: &Fingerprint) -> Saying {
    Saying::key("log-head").and("number", number).and("fingerprint", HEXLOWER_PERMISSIVE.encode(fingerprint))
}

/// Whether a fingerprint that somebody noted is still there.
fn stood(log: &PromiseLog, noted: &str) -> Saying {
    let typed: String = noted.split_whitespace().collect();
    let fingerprint = HEXLOWER_PERMISSIVE.decode(typed.as_bytes()).ok().and_then(|bytes| Fingerprint::try_from(bytes).ok());
    match fingerprint.map(|fingerprint| log.stood_at(&fingerprint)) {
        None => Saying::key("log-noted-unreadable"),
        Some(None) => Saying::key("log-noted-missing"),
        Some(Some(entry)) => Saying::key("log-noted-found").and("number", entry.number).and("moment", entry.at),
    }
}

fn broken(broken: &Broken) -> Saying {
    match broken {
        Broken::Numbered { after, .. } => Saying::key("log-broken-after").and("number", *after),
        Broken::Parted { number } | Broken::Changed { number } => Saying::key("log-broken-at").and("number", *number),
        Broken::Unreadable { line, .. } => Saying::key("log-broken-at").and("number", *line),
    }
}

fn line(entry: &Entry) -> LogLine {
    let who = match entry.known_actor() {
        Some(Actor::Account(login)) => login.into(),
        Some(Actor::Leader) => Saying::key("log-by-leader").into(),
        Some(Actor::CommandLine) => Saying::key("log-by-command").into(),
        Some(Actor::Installation) => Saying::key("log-by-itself").into(),
        None => Value::from("…"),
    };
    let what = entry.known_event().map_or(Saying::key("log-unknown"), |event| in_words(&event));
    LogLine { number: entry.number, at: entry.at.into(), who, what }
}

/// What was done, as a sentence.
fn in_words(event: &PromiseEvent) -> Saying {
    use PromiseEvent as E;
    let of = |key, round| Saying::key(key).and("round", round);
    match event {
        E::Launched { round, promise_sheet } => of("log-launched", round).and("sheet", beginning(promise_sheet)),
        E::SheetPrepared { round, draft } => of("log-sheet-prepared", round).and("sheet", beginning(draft)),
        E::Countersigned { round, promise_sheet } => of("log-countersigned", round).and("sheet", beginning(promise_sheet)),
        E::Extended { round, days } => of("log-extended", round).and("days", *days),
        E::AnsweringEnded { round } => of("log-answering-ended", round),
        E::BoxShut { round } => of("log-box-shut", round),
        E::Weakened { round, by } => of("log-weakened", round).and("by", weakening(by)),
        E::ObjectionsAnswered { round, objections } => of("log-objections-answered", round).and("count", *objections),
        E::Opened { round } => of("log-opened", round),
        E::BundleHandedOut { round } => of("log-bundle-handed-out", round),
        E::ResultHandedIn { round } => of("log-result-handed-in", round),
        E::Published { round } => of("log-published", round),
        E::AbortDecided { round } => of("log-abort-decided", round),
        E::Aborted { round, key_lost } => of(if *key_lost { "log-aborted-key-lost" } else { "log-aborted" }, round),
        E::Exported { round, file } => of("log-exported", round).and("file", file),
        E::CommentHidden { round, notice, .. } => of("log-comment-hidden", round).and("notice", *notice),
        E::Corrected { round, notice } => of("log-corrected", round).and("notice", *notice),
        E::DraftSet { round, settings } => of("log-draft-set", round).and("settings", beginning(settings)),
        E::DraftDeleted { round } => of("log-draft-deleted", round),
        E::SettingChanged { setting, before: None, now } => {
            Saying::key("log-setting").and("setting", named_setting(setting)).and("name", setting).and("now", now)
        }
        E::SettingChanged { setting, before: Some(before), now } => Saying::key("log-setting-changed")
            .and("setting", named_setting(setting))
            .and("name", setting)
            .and("before", before)
            .and("now", now),
        E::AddressesChanged { round, people } => of("log-addresses", round).and("people", *people),
        E::CardsMade { round, cards } => of("log-cards-made", round).and("cards", *cards),
        E::TeamsChanged { change, withdrawn } => {
            Saying::key(if *withdrawn { "log-teams-withdrawn" } else { "log-teams" }).and("change", teams_changed(*change))
        }
        E::StaffListImported { joined, left, changed, teams } => {
            Saying::key("log-staff-list").and("joined", *joined).and("left", *left).and("changed", *changed).and("teams", *teams)
        }
        E::AccountMade { role, login } => account("log-account-made", role, login.as_deref()),
        E::AccountChanged { role, login, before: Some(before), change: AccountChange::Role } => {
            account("log-account-changed", role, login.as_deref())
                .and("change", Saying::key("log-change-role-from").and("before", named_role(before)))
        }
        E::AccountChanged { role, login, before: _, change } => {
            account("log-account-changed", role, login.as_deref()).and("change", changed(*change))
        }
        E::CopyMade { round, sides } => of("log-copy-made", round).and("sides", Saying::key(side_words(sides))),
        E::CopyRestored { sides, round, then, lost } => copy_restored(sides, round.as_ref(), *then, *lost),
        E::BackupRestored { had, fingerprint } => Saying::key("log-restored").and("had", *had).and("fingerprint", fingerprint),
    }
}

fn teams_changed(change: TeamChange) -> Saying {
    Saying::key(match change {
        TeamChange::Renamed => "log-teams-renamed",
        TeamChange::Merged => "log-teams-merged",
        TeamChange::Split => "log-teams-split",
        TeamChange::Moved => "log-teams-moved",
    })
}

/// What a setting is, for people; by its name where this version has no words for it.
fn named_setting(name: &str) -> Value {
    let key = match name {
        "version" => "setting-version",
        "organisation" => "setting-organisation",
        "purpose" => "setting-purpose",
        "not_for" => "setting-not-for",
        "storage.accept" => "setting-accept",
        "respondents.url" => "setting-respondents",
        "console.url" => "setting-console",
        "mail.from" => "setting-mail-from",
        "mail.dkim" => "setting-mail-dkim",
        "survey.k" => "setting-k",
        "survey.group_min" => "setting-group-min",
        "survey.language" => "setting-language",
        "survey.team_reads" => "setting-team-reads",
        "survey.time_zone" => "setting-time-zone",
        unknown => return unknown.into(),
    };
    Saying::key(key).into()
}

/// What weakens a promise, as the console says it; by its name where this version has no sentence for it.
fn weakening(name: &str) -> Value {
    Weakening::parse(name).map_or_else(|| name.into(), |one| Saying::key(exposed::key(one)).into())
}

const fn side_words(sides: &str) -> &'static str {
    match sides.as_bytes() {
        b"people" => "log-side-people",
        b"ballots" => "log-side-ballots",
        _ => "log-side-both",
    }
}

fn copy_restored(sides: &str, round: Option<&WaveId>, then: Option<AfterRestore>, lost: Option<u32>) -> Saying {
    let sides = Saying::key(side_words(sides));
    let (Some(round), Some(then)) = (round, then) else { return Saying::key("log-copy-restored").and("sides", sides) };
    let key = match then {
        AfterRestore::GoesOn => "log-copy-restored-goes-on",
        AfterRestore::NoNewAnswers => "log-copy-restored-no-new",
        AfterRestore::OnlyEnded => "log-copy-restored-only-ended",
    };
    Saying::key(key).and("sides", sides).and("round", round).and("lost", lost.unwrap_or(0))
}

fn named_role(role: &str) -> Saying {
    Saying::key(match role {
        "admin" => "log-role-admin",
        "hr" => "log-role-hr",
        "partner" => "log-role-partner",
        "leader" => "log-role-leader",
        "key-holder" => "log-role-key-holder",
        _ => "log-role-other",
    })
}

fn account(key: &'static str, role: &str, login: Option<&str>) -> Saying {
    let role = named_role(role);
    let whose = match login {
        Some(login) => Saying::key("log-account-named").and("role", role).and("login", login),
        None => Saying::key("log-account-unnamed").and("role", role),
    };
    Saying::key(key).and("account", whose)
}

fn changed(change: AccountChange) -> Saying {
    Saying::key(match change {
        AccountChange::Role => "log-change-role",
        AccountChange::Disabled => "log-change-disabled",
        AccountChange::Enabled => "log-change-enabled",
        AccountChange::PasswordReset => "log-change-password",
        AccountChange::InvitationMade => "log-change-invited",
        AccountChange::ResetLinkMade => "log-change-link",
        AccountChange::LinkUsed => "log-change-link-used",
        AccountChange::SecondFactorRemoved => "log-change-factor",
        AccountChange::Removed => "log-change-removed",
    })
}

/// The beginning of a fingerprint, enough to tell it from another by eye.
fn beginning(fingerprint: &str) -> String {
    fingerprint.chars().take(16).collect()
}
