//! What is wrong with a configuration file, in words that repeat nothing of it.

use std::fmt::Write as _;

use super::reading::{KEYS_OF_LISTS, VARIABLES};

/// An error of TOML with its place, without what stands there: TOML's own text quotes the line and the value, which may be a password.
pub(super) fn described(error: &toml::de::Error, text: Option<&str>) -> String {
    let place = error.span().zip(text).map(|(span, text)| (text.get(..span.start).unwrap_or(text), text));
    let mut described = String::new();
    if let Some((before, text)) = place {
        let begin = before.rfind('\n').map_or(0, |end| end + 1);
        let column = before.get(begin..).map_or(0, |before| before.chars().count()) + 1;
        let _ = write!(described, "line {}, column {column}", before.matches('\n').count() + 1);
        // Anything but a key of ours may be a piece of a value.
        let key = text.get(begin..).and_then(|line| line.lines().next()?.split_once('=')).map(|(key, _)| key.trim());
        if let Some(key) = key.filter(|key| KEYS_OF_LISTS.contains(key) || VARIABLES.iter().any(|path| path.last() == Some(key))) {
            let _ = write!(described, ", at {key}");
        }
    } else {
        // Without the text TOML names the key and quotes nothing.
        let bare = error.to_string();
        described.push_str(bare.lines().find(|line| line.starts_with("in `")).unwrap_or("somewhere in it"));
    }
    let _ = write!(described, ": {}", without_value(error.message()));
    described
}

/// "invalid type: integer, expected a string", without the integer.
fn without_value(message: &str) -> String {
    let parts = message.split_once(": ").filter(|(what, _)| what.starts_with("invalid")).zip(message.rsplit_once(", expected "));
    parts.map_or_else(
        || message.to_owned(),
        |((what, found), (_, expected))| {
            let found = found.split(['`', '"']).next().unwrap_or_default().trim_end();
            format!("{what}: {found}, expected {expected}")
        },
    )
}
