//! Bodies that are public and the same for everybody: the survey page, its files, the promise sheet, the list of all groups, the board.
//!
//! They are compressed once, when somebody first asks for them in that form, and the result is kept beside the plain bytes. No secret, no cookie and
//! nothing of a request stands in them, so their compressed length tells nothing that the body does not say itself. What is personal never becomes a
//! [`Body`]: the box endpoint and the address that ends reminders send their bytes as they are.

use std::io::Write as _;
use std::num::NonZeroU64;
use std::sync::{Arc, OnceLock};

use actix_web::HttpRequest;
use actix_web::http::header::{AcceptEncoding, ContentEncoding, Encoding, Header as _, Preference, Quality};
use actix_web::web::Bytes;
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

/// Above this many bytes it goes faster and less far. So large are only lists of hashes, which nothing makes much smaller.
const LARGE: usize = 256 * 1024;
/// How often zopfli looks anew for a shorter gzip. It writes a twentieth less than other programs and takes about a second for the page's program.
const ROUNDS: NonZeroU64 = NonZeroU64::MIN.saturating_add(4);
/// The levels of brotli. The higher one takes a third of a second for the program of the page; unoptimised it takes seconds, which tests need not wait for.
const LOWER: i32 = 5;
const HIGHER: i32 = if cfg!(debug_assertions) { LOWER } else { 11 };

/// The form in which a body is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Coding {
    /// As it is.
    Plain,
    /// RFC 1952.
    Gzip,
    /// RFC 7932.
    Brotli,
}

impl Coding {
    /// The name in `Content-Encoding`; `None` when there is nothing to say.
    pub(super) const fn name(self) -> Option<&'static str> {
        match self {
            Self::Plain => None,
            Self::Gzip => Some("gzip"),
            Self::Brotli => Some("br"),
        }
    }

    /// What the request likes best (RFC 9110, 12.5.3); of equals the smallest. Whoever refuses every form gets the plain bytes.
    pub(super) fn wanted(request: &HttpRequest) -> Self {
        let Ok(AcceptEncoding(accepted)) = AcceptEncoding::parse(request) else { return Self::Plain };
        let quality = |coding: ContentEncoding| {
            let named = accepted.iter().find(|one| one.item == Preference::Specific(Encoding::Known(coding)));
            named.or_else(|| accepted.iter().find(|one| one.item == Preference::Any)).map(|one| one.quality)
        };
        // What is not named is not wanted, except for the plain bytes.
        let plain = quality(ContentEncoding::Identity).unwrap_or(Quality::MIN);
        let (gzip, brotli) = (quality(ContentEncoding::Gzip), quality(ContentEncoding::Brotli));
        let best = |coding: Option<Quality>, others: [Quality; 2]| {
            coding.is_some_and(|coding| coding > Quality::ZERO && others.iter().all(|other| coding >= *other))
        };
        if best(brotli, [gzip.unwrap_or(Quality::ZERO), plain]) {
            Self::Brotli
        } else if best(gzip, [brotli.unwrap_or(Quality::ZERO), plain]) {
            Self::Gzip
        } else {
            Self::Plain
        }
    }

    fn compress(self, plain: &[u8]) -> Option<Vec<u8>> {
        let smaller = match self {
            Self::Plain => None,
            Self::Gzip if plain.len() <= LARGE => {
                let mut compressed = Vec::new();
                zopfli::compress(
                    zopfli::Options { iteration_count: ROUNDS, ..zopfli::Options::default() },
                    zopfli::Format::Gzip,
                    plain,
                    &mut compressed,
                )
                .ok()?;
                Some(compressed)
            }
            Self::Gzip => {
                let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
                encoder.write_all(plain).ok()?;
                encoder.finish().ok()
            }
            Self::Brotli => {
                let quality = if plain.len() > LARGE { LOWER } else { HIGHER };
                let params = BrotliEncoderParams { quality, size_hint: plain.len(), ..BrotliEncoderParams::default() };
                let mut compressed = Vec::new();
                brotli::BrotliCompress(&mut &*plain, &mut compressed, &params).ok()?;
                Some(compressed)
            }
        };
        smaller.filter(|compressed| compressed.len() < plain.len())
    }
}

/// Public bytes and what they are when compressed.
pub(super) struct Body {
    /// What `Content-Type` says.
    pub content_type: &'static str,
    /// The bytes themselves, over which all hashes are.
    pub plain: Bytes,
    /// `None` within when compressing does not make them smaller.
    gzip: OnceLock<Option<Bytes>>,
    brotli: OnceLock<Option<Bytes>>,
}

impl Body {
    /// Nothing is compressed yet.
    pub(super) fn new(content_type: &'static str, plain: impl Into<Bytes>) -> Arc<Self> {
        Arc::new(Self { content_type, plain: plain.into(), gzip: OnceLock::new(), brotli: OnceLock::new() })
    }

    const fn kept(&self, coding: Coding) -> Option<&OnceLock<Option<Bytes>>> {
        match coding {
            Coding::Plain => None,
            Coding::Gzip => Some(&self.gzip),
            Coding::Brotli => Some(&self.brotli),
        }
    }

    fn sent(&self, compressed: Option<&Bytes>, coding: Coding) -> (Bytes, Coding) {
        compressed.map_or_else(|| (self.plain.clone(), Coding::Plain), |compressed| (compressed.clone(), coding))
    }

    /// The bytes in that form if that needs no work, with the form that they are in.
    pub(super) fn at_hand(&self, coding: Coding) -> Option<(Bytes, Coding)> {
        match self.kept(coding) {
            None => Some(self.sent(None, coding)),
            Some(kept) => kept.get().map(|compressed| self.sent(compressed.as_ref(), coding)),
        }
    }

    /// The bytes in that form, with the form that they are in. The first caller does the work and the others wait for it.
    pub(super) fn encoded(&self, coding: Coding) -> (Bytes, Coding) {
        let compressed = self.kept(coding).and_then(|kept| kept.get_or_init(|| coding.compress(&self.plain).map(Bytes::from)).as_ref());
        self.sent(compressed, coding)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::io::Read as _;

    use actix_web::test::TestRequest;

    use super::*;

    fn wanted(accepted: &str) -> Coding {
        Coding::wanted(&TestRequest::default().insert_header(("Accept-Encoding", accepted)).to_http_request())
    }

    #[test]
    fn a_request_gets_the_form_that_it_likes_best_and_of_equals_the_smallest() {
        for (accepted, coding) in [
            ("gzip, deflate, br, zstd", Coding::Brotli),
            ("gzip, deflate", Coding::Gzip),
            ("*", Coding::Brotli),
            ("*;q=0.5", Coding::Brotli),
            ("br;q=0.5, gzip", Coding::Gzip),
            ("br;q=0, gzip;q=0.3", Coding::Gzip),
            ("br;q=0, *", Coding::Gzip),
            ("gzip;q=0.001", Coding::Gzip),
            ("gzip;q=0.5, identity", Coding::Plain),
            ("gzip;q=0, br;q=0", Coding::Plain),
            ("identity;q=0, zstd", Coding::Plain),
            ("*;q=0", Coding::Plain),
            ("zstd", Coding::Plain),
            ("gzip;q=two", Coding::Plain),
            ("", Coding::Plain),
        ] {
            assert_eq!(wanted(accepted), coding, "{accepted}");
        }
        assert_eq!(Coding::wanted(&TestRequest::default().to_http_request()), Coding::Plain);
    }

    #[test]
    fn a_body_comes_back_from_every_form_as_it_was() {
        for length in [0, 1, 40_000, LARGE + 1] {
            let plain: Vec<u8> = (0..length).map(|n: usize| b"0123456789abcdef"[(n.wrapping_mul(n) >> 5) % 16]).collect();
            let body = Body::new("text/plain", plain.clone());
            assert_eq!(body.at_hand(Coding::Plain), Some((plain.clone().into(), Coding::Plain)));
            for coding in [Coding::Gzip, Coding::Brotli] {
                assert_eq!(body.at_hand(coding), None);
                let (bytes, sent) = body.encoded(coding);
                assert_eq!(body.at_hand(coding), Some((bytes.clone(), sent)));
                let mut back = Vec::new();
                match sent {
                    Coding::Plain => back = bytes.to_vec(),
                    Coding::Gzip => drop(flate2::read::GzDecoder::new(&*bytes).read_to_end(&mut back).unwrap()),
                    Coding::Brotli => brotli::BrotliDecompress(&mut &*bytes, &mut back).unwrap(),
                }
                assert_eq!(back, plain);
                assert_eq!(sent == coding, length > 1, "what does not become smaller is sent as it is");
            }
        }
    }
}
