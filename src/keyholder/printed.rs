//! The paper about the making of the keys: a protocol to sign, one page per share, and what to do at the end. One file of plain HTML that
//! a browser prints; it loads nothing and runs nothing.

use std::fmt::{self, Write as _};

use data_encoding::HEXLOWER;
use domain::Moment;
use zeroize::Zeroizing;

use crate::dates::InWords;
use crate::key::PublicHalf;
use crate::share::{Scheme, Share};

/// What the paper says.
#[derive(Debug, Clone, Copy)]
pub struct Paper<'a> {
    /// The public half of the key.
    pub public: &'a PublicHalf,
    /// When the shares were made.
    pub at: Moment,
    /// How many of them give the key back.
    pub scheme: Scheme,
    /// The shares, each for a page of its own.
    pub shares: &'a [Share],
}

const STYLE: &str = "\
:root{color-scheme:light dark}\
body{font:1rem/1.5 system-ui,sans-serif;max-width:44rem;margin:0 auto;padding:1rem}\
section{border-top:2px solid;padding:1rem 0 2rem;break-after:page}\
section:first-of-type{border:0}\
section:last-of-type{break-after:auto}\
h1{font-size:1.5rem;line-height:1.25}h2{font-size:1.15rem}\
table{border-collapse:collapse;width:100%}th,td{border:1px solid;padding:.5rem;text-align:left;vertical-align:top}\
.blank{height:2.2rem}\
.rows{font:1.35rem/2 ui-monospace,monospace;list-style-position:inside;padding:0;overflow-wrap:anywhere}\
.words{font-weight:600;overflow-wrap:anywhere}.hash{font-family:ui-monospace,monospace;font-size:.85rem;overflow-wrap:anywhere}\
.warn{border-left:.3rem solid;padding-left:.8rem}\
@media print{:root{color-scheme:light}body{max-width:none;padding:0}section{border:0}}";

impl Paper<'_> {
    /// The whole paper as one HTML document. It holds the shares.
    #[must_use]
    pub fn html(&self) -> Zeroizing<String> {
        let mut html = Zeroizing::new(String::with_capacity(16 * 1024));
        let title = format!("Keys of round {}", escaped(self.public.wave.as_str()));
        let _ = write!(
            html,
            "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\
             <meta name=\"viewport\" content=\"width=device-width\"><title>{title}</title><style>{STYLE}</style></head><body><main>"
        );
        self.protocol(&mut html);
        for share in self.shares {
            self.share(&mut html, share);
        }
        self.end(&mut html);
        html.push_str("</main></body></html>\n");
        html
    }

    fn protocol(&self, html: &mut String) {
        let Self { public, at, scheme, .. } = self;
        let _ = write!(
            html,
            "<section><h1>Protocol: the keys of round {wave} were made</h1>\
             <p>The key that opens the answers of this round is held by <strong>{holder}</strong> and not by the operator of the survey.</p>\
             <table><tr><th scope=\"row\">Round</th><td>{wave}</td></tr>\
             <tr><th scope=\"row\">Made</th><td>{at}</td></tr>\
             <tr><th scope=\"row\">Fingerprint in words</th><td class=\"words\">{words}</td></tr>\
             <tr><th scope=\"row\">Fingerprint</th><td class=\"hash\">{hash}</td></tr>\
             <tr><th scope=\"row\">Shares</th><td>{of}, of which any {needed} give the key back. {fewer}</td></tr></table>",
            wave = escaped(public.wave.as_str()),
            at = InWords(*at),
            holder = escaped(&public.holder),
            words = public.words(),
            hash = HEXLOWER.encode(&public.fingerprint()),
            of = scheme.of(),
            needed = scheme.needed(),
            fewer = match scheme.needed() - 1 {
                1 => "One alone tells nothing.".to_owned(),
                fewer => format!("{fewer} of them tell nothing."),
            },
        );
        html.push_str("<h2>Who was there</h2><table><tr><th>Name</th><th>Signature</th></tr>");
        for _ in 0..3 {
            html.push_str("<tr><td class=\"blank\"></td><td></td></tr>");
        }
        html.push_str("</table><h2>Who keeps which share</h2><table><tr><th>Share</th><th>Name</th><th>Signature</th></tr>");
        for share in self.shares {
            let _ = write!(html, "<tr><th scope=\"row\">{}</th><td class=\"blank\"></td><td></td></tr>", share.number());
        }
        html.push_str(
            "</table><h2>Before the shares are handed out</h2><ol>\
             <li>Print this on a printer that keeps no copy, not over a shared queue.</li>\
             <li>Read two shares back: <code>candor trustee shares check</code>. A share that was never tried is no share.</li>\
             <li>Give each share to another person, in a closed envelope. Nobody keeps two.</li>\
             <li>Destroy the file of this paper: <code>candor trustee destroy --only-paper</code>.</li>\
             <li>Keep this page; it holds no secret.</li></ol></section>",
        );
    }

    fn share(&self, html: &mut String, share: &Share) {
        let Self { public, scheme, .. } = self;
        let _ = write!(
            html,
            "<section><h1>Share {number} of {of}: round {wave}</h1>\
             <p class=\"warn\">Secret. Together with {others} of these shares it opens every answer of this round. Alone it tells nothing.</p>\
             <ol class=\"rows\">",
            number = share.number(),
            of = scheme.of(),
            wave = escaped(public.wave.as_str()),
            others = match scheme.needed() - 1 {
                1 => "one other".to_owned(),
                others => format!("{others} others"),
            },
        );
        for row in share.rows() {
            let _ = write!(html, "<li>{}</li>", row.as_str());
        }
        let _ = write!(
            html,
            "</ol><p>Digits and capital letters; 0 is always the digit, and there is no I, L, O and U. The last character of a row tells mistakes.</p>\
             <p>Fingerprint of the key: <span class=\"words\">{words}</span></p>\
             <p>Held for {holder}. Keep it where only you get at it: no photograph, no copy, no mail. You are needed when the round is over; \
             afterwards it is burnt or shredded in front of others.</p></section>",
            words = public.words(),
            holder = escaped(&public.holder),
        );
    }

    fn end(&self, html: &mut String) {
        let wave = escaped(self.public.wave.as_str());
        let _ = write!(
            html,
            "<section><h1>At the end of round {wave}</h1><ol>\
             <li>Fetch the list of counted answers yourself, from the survey page, as anybody can: <code>…/w/{wave}/board</code>.</li>\
             <li>Take the bundle from the operator and open it: <code>candor trustee open BUNDLE --list LIST</code>. The program refuses what is not the \
             whole box.</li>\
             <li>Hand the signed result to the operator. Nobody reads a number before it is published.</li>\
             <li>When it is published: <code>candor trustee destroy</code>, then all shares, in front of others.</li></ol>\
             <table><tr><th>Done</th><th>Date</th><th>Name and signature</th></tr>"
        );
        for done in ["Opened", "Key file destroyed", "Shares destroyed"] {
            let _ = write!(html, "<tr><th scope=\"row\">{done}</th><td class=\"blank\"></td><td></td></tr>");
        }
        html.push_str(
            "</table><p>No program can prove that a key is gone: a copy of a file, a backup, a photograph of a share keeps it. That is why several \
             people sign here.</p></section>",
        );
    }
}

/// A text as content of an element or of an attribute.
pub(crate) const fn escaped(text: &str) -> Escaped<'_> {
    Escaped(text)
}

/// Writes a text piece by piece, so that no copy of it is left behind.
pub(crate) struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for piece in self.0.split_inclusive(['&', '<', '>', '"']) {
            let (text, sign) = match piece.as_bytes().last() {
                Some(b'&') => (piece.strip_suffix('&'), "&amp;"),
                Some(b'<') => (piece.strip_suffix('<'), "&lt;"),
                Some(b'>') => (piece.strip_suffix('>'), "&gt;"),
                Some(b'"') => (piece.strip_suffix('"'), "&quot;"),
                _ => (None, ""),
            };
            f.write_str(text.unwrap_or(piece))?;
            f.write_str(sign)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use rand::SeedableRng;
    use rand::rngs::StdRng;

    use super::*;
    use crate::given::ROUND;

    #[test]
    fn the_paper_holds_every_share_on_a_page_of_its_own_and_names_are_text() {
        let public = PublicHalf { holder: "Vera <b>Albers</b> & Co".to_owned(), ..ROUND.public.clone() };
        let shares = ROUND.key.shares(&public, Scheme::TWO_OF_THREE, &mut StdRng::seed_from_u64(1));
        let at = Moment::parse("2026-10-20T08:00:00Z").unwrap();
        let html = Paper { public: &public, at, scheme: Scheme::TWO_OF_THREE, shares: &shares }.html();
        let pages: Vec<&str> = html.split("<section>").skip(1).collect();
        assert_eq!(pages.len(), 5);
        for (share, page) in shares.iter().zip(&pages[1..4]) {
            assert!(share.rows().iter().all(|row| page.contains(row.as_str())));
            assert!(page.contains(&public.words()));
            let others = shares.iter().filter(|other| other.number() != share.number());
            assert!(others.flat_map(Share::rows).all(|row| !page.contains(row.as_str())), "a page holds one share only");
        }
        for page in [pages[0], pages[4]] {
            assert!(shares.iter().flat_map(Share::rows).all(|row| !page.contains(row.as_str())), "protocol and end hold no secret");
        }
        assert!(html.contains("Vera &lt;b&gt;Albers&lt;/b&gt; &amp; Co") && !html.contains("<b>"));
        // Sections are opened and closed in pairs, so that each begins a page of paper.
        assert_eq!(html.matches("<section>").count(), html.matches("</section>").count());
    }
}
