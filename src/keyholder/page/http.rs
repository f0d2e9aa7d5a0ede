//! As much of HTTP/1.1 as one person's browser on the same machine needs: one small request, one answer, and the line is closed.

use std::io::{self, Read, Write};

use percent_encoding::percent_decode;
use zeroize::Zeroizing;

/// The most bytes of a request's head.
const MOST_HEAD: usize = 16 * 1024;
/// The most bytes of a form.
const MOST_BODY: usize = 32 * 1024;
/// How much is read at once.
const PIECE: usize = 4096;
/// The most header lines.
const MOST_HEADERS: usize = 64;

/// What a browser asks for.
pub(super) struct Request {
    pub(super) posts: bool,
    pub(super) path: String,
    pub(super) host: Option<String>,
    pub(super) origin: Option<String>,
    pub(super) form: Form,
}

/// The fields of a form, in their order; erased when dropped.
#[derive(Default)]
pub(super) struct Form(Vec<(String, Zeroizing<String>)>);

impl Form {
    /// Reads what a form sends (`application/x-www-form-urlencoded`), without a copy of any value that is not erased.
    pub(super) fn parse(body: &[u8]) -> Self {
        let fields = body.split(|byte| *byte == b'&').filter(|field| !field.is_empty());
        Self(
            fields
                .map(|field| {
                    let (name, value) = field.split_at(field.iter().position(|byte| *byte == b'=').unwrap_or(field.len()));
                    (decoded(name).to_string(), decoded(value.get(1..).unwrap_or_default()))
                })
                .collect(),
        )
    }

    /// The value of a field; empty when it was not sent.
    pub(super) fn get(&self, name: &'static str) -> &str {
        self.all(name).next().unwrap_or_default()
    }

    /// Every value of a field.
    pub(super) fn all(&self, name: &'static str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(found, _)| found == name).map(|(_, value)| value.as_str())
    }
}

/// A name or value as it was typed; bytes that are no text are shown as such.
fn decoded(sent: &[u8]) -> Zeroizing<String> {
    let mut spaced = Zeroizing::new(sent.to_vec());
    for byte in spaced.iter_mut().filter(|byte| **byte == b'+') {
        *byte = b' ';
    }
    let mut bytes = Zeroizing::new(Vec::with_capacity(sent.len()));
    bytes.extend(percent_decode(&spaced));
    match String::from_utf8(std::mem::take(&mut *bytes)) {
        Ok(text) => Zeroizing::new(text),
        Err(no_text) => {
            let bytes = Zeroizing::new(no_text.into_bytes());
            Zeroizing::new(String::from_utf8_lossy(&bytes).into_owned())
        }
    }
}

/// Why something is no request that is answered.
#[derive(Debug)]
pub(super) enum NoRequest {
    /// The line broke, or was too slow.
    Broken,
    /// It is not the HTTP that a browser speaks to this page.
    Malformed,
}

impl From<io::Error> for NoRequest {
    fn from(_: io::Error) -> Self {
        Self::Broken
    }
}

/// Reads one request.
pub(super) fn read(line: &mut impl Read) -> Result<Request, NoRequest> {
    // Room for all that is read before the loop ends: a buffer that grows leaves its old bytes where they were.
    let mut bytes = Zeroizing::new(Vec::with_capacity(MOST_HEAD + PIECE));
    loop {
        let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
        let mut head = httparse::Request::new(&mut headers);
        if let httparse::Status::Complete(length) = head.parse(&bytes).map_err(|_| NoRequest::Malformed)? {
            let header = |name: &str| -> Result<Option<String>, NoRequest> {
                let mut found = head.headers.iter().filter(|header| header.name.eq_ignore_ascii_case(name));
                match (found.next(), found.next()) {
                    (None, _) => Ok(None),
                    (Some(one), None) => {
                        std::str::from_utf8(one.value).map(|value| Some(value.to_owned())).map_err(|_| NoRequest::Malformed)
                    }
                    // Two of a kind are read differently by different programs.
                    _ => Err(NoRequest::Malformed),
                }
            };
            let posts = match head.method {
                Some("GET") => false,
                Some("POST") => true,
                _ => return Err(NoRequest::Malformed),
            };
            let (host, origin) = (header("host")?, header("origin")?);
            if header("transfer-encoding")?.is_some() {
                return Err(NoRequest::Malformed);
            }
            let size = header("content-length")?.map_or(Ok(0), |size| size.parse::<usize>()).map_err(|_| NoRequest::Malformed)?;
            if size > MOST_BODY {
                return Err(NoRequest::Malformed);
            }
            let path = head.path.unwrap_or_default().to_owned();
            let begun = bytes.get(length..).unwrap_or_default();
            let mut body = Zeroizing::new(vec![0; size]);
            let (known, missing) = body.split_at_mut_checked(begun.len()).ok_or(NoRequest::Malformed)?;
            known.copy_from_slice(begun);
            line.read_exact(missing)?;
            return Ok(Request { posts, path, host, origin, form: Form::parse(&body) });
        }
        if bytes.len() >= MOST_HEAD {
            return Err(NoRequest::Malformed);
        }
        let mut piece = Zeroizing::new([0; PIECE]);
        match line.read(piece.as_mut_slice())? {
            0 => return Err(NoRequest::Broken),
            read => bytes.extend_from_slice(piece.get(..read).unwrap_or_default()),
        }
    }
}

/// What is sent back.
pub(super) struct Answer {
    pub(super) status: &'static str,
    pub(super) body: Zeroizing<String>,
}

impl Answer {
    /// A page that was found.
    pub(super) const fn page(body: Zeroizing<String>) -> Self {
        Self { status: "200 OK", body }
    }

    /// Writes the answer. Nothing of it may be stored, framed or read from elsewhere; no page runs a program.
    pub(super) fn write(&self, line: &mut impl Write) -> io::Result<()> {
        let head = format!(
            "HTTP/1.1 {}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\nCache-Control: no-store\r\nConnection: close\r\n\
             Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'\r\n\
             Cross-Origin-Opener-Policy: same-origin\r\nCross-Origin-Resource-Policy: same-origin\r\nReferrer-Policy: same-origin\r\n\
             X-Content-Type-Options: nosniff\r\n\r\n",
            self.status,
            self.body.len()
        );
        line.write_all(head.as_bytes())?;
        line.write_all(self.body.as_bytes())?;
        line.flush()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    fn asked(text: &str) -> Result<Request, NoRequest> {
        read(&mut text.as_bytes())
    }

    /// Gives its bytes one at a time, as a slow line may.
    struct Slow<'a>(&'a [u8]);

    impl Read for Slow<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let length = 1.min(self.0.len()).min(into.len());
            let (now, later) = self.0.split_at(length);
            into.get_mut(..length).unwrap().copy_from_slice(now);
            self.0 = later;
            Ok(length)
        }
    }

    #[test]
    fn a_form_is_read_whole_however_slowly_it_comes() {
        let text = "POST /t/do HTTP/1.1\r\nHost: 127.0.0.1:9\r\nOrigin: http://127.0.0.1:9\r\nContent-Length: 28\r\n\r\ndo=sign&word=a+b%C3%BC&row=1";
        for request in [asked(text).unwrap(), read(&mut Slow(text.as_bytes())).unwrap()] {
            assert!(request.posts && request.path == "/t/do");
            assert_eq!((request.host.as_deref(), request.origin.as_deref()), (Some("127.0.0.1:9"), Some("http://127.0.0.1:9")));
            assert_eq!((request.form.get("do"), request.form.get("word"), request.form.get("none")), ("sign", "a bü", ""));
        }
    }

    #[test]
    fn what_is_no_such_request_is_refused() {
        for bad in [
            "DELETE / HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
            "POST / HTTP/1.1\r\nContent-Length: 99999999\r\n\r\n",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: 1\r\n\r\nab",
            "\u{1}\u{2}\r\n\r\n",
        ] {
            assert!(matches!(asked(bad), Err(NoRequest::Malformed)), "{bad}");
        }
        assert!(matches!(asked("GET / HTTP/1.1\r\n"), Err(NoRequest::Broken)));
        assert!(matches!(asked(&format!("GET /{} HTTP/1.1\r\n", "a".repeat(20_000))), Err(NoRequest::Malformed)));
    }

    #[test]
    fn a_form_is_read_as_browsers_write_it() {
        let form = Form::parse(b"row=AB+c%2Bd&row=%26%3D&&none&=nameless&row=a%FFb&k%C3%BC=%");
        assert_eq!(form.all("row").collect::<Vec<_>>(), ["AB c+d", "&=", "a\u{fffd}b"]);
        assert_eq!((form.get("none"), form.get(""), form.get("kü")), ("", "nameless", "%"));
    }

    proptest! {
        #[test]
        fn a_form_says_what_a_browser_put_into_it(fields in proptest::collection::vec(("[a-z]{1,8}", any::<String>()), 0..9)) {
            let sent = form_urlencoded::Serializer::new(String::new()).extend_pairs(&fields).finish();
            let form = Form::parse(sent.as_bytes());
            let read: Vec<(String, String)> = form.0.iter().map(|(name, value)| (name.clone(), value.to_string())).collect();
            prop_assert_eq!(read, fields);
        }

        #[test]
        fn reading_never_panics(bytes: Vec<u8>) {
            let _ = read(&mut bytes.as_slice());
        }
    }
}
