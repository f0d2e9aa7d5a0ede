//! The samples of a proxy in docs/deploy beside what the console takes.

use std::path::Path;

use crate::console::{form, handing_over, key_holder, staff};

/// What nginx and Caddy write for the places that take more than a form, and the largest file of each.
const PLACES: [(&str, &str, usize); 3] = [
    ("location = /staff/upload {", "request_body /staff/upload {", staff::LARGEST_FILE),
    (r"location ~ ^/rounds/[^/]+/key-holder(/result|/signed\.json)?$ {", "request_body @outside {", handing_over::LARGEST_RESULT),
    (r"location ~ ^/rounds/[^/]+/key-holder(/result|/signed\.json)?$ {", "request_body @outside {", key_holder::LARGEST_FILE),
];
/// What a form has beside its file, and multipart around both.
const BESIDE: usize = 16 * 1024;

fn sample(name: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/deploy").join(name)).unwrap()
}

/// The number of bytes behind `word` in the block that begins with `head`: nginx counts in powers of 1,024, Caddy does so for `MiB` alone.
fn size(text: &str, head: &str, word: &str, thousand: usize) -> usize {
    let (_, block) = text.split_once(head).unwrap_or_else(|| panic!("there is no {head}"));
    let (block, _) = block.split_once("\n    }").or_else(|| block.split_once("\n\t}")).unwrap();
    let (_, value) = block.split_once(word).unwrap_or_else(|| panic!("{head} says no {word}"));
    let digits = value.trim_start().split(|c: char| !c.is_ascii_digit()).next().unwrap();
    let unit = value.trim_start().strip_prefix(digits).unwrap();
    let thousand = if unit[1..].starts_with('i') { 1_024 } else { thousand };
    let power = match unit.chars().next().unwrap().to_ascii_lowercase() {
        'k' => 1,
        'm' => 2,
        other => panic!("{other} is no unit that this test knows"),
    };
    digits.parse::<usize>().unwrap() * thousand.pow(power)
}

#[test]
fn the_samples_of_a_proxy_let_through_whatever_the_console_takes() {
    let (nginx, caddy) = (sample("nginx.conf"), sample("Caddyfile"));
    for (location, matcher, largest) in PLACES {
        let passed = [size(&nginx, location, "client_max_body_size", 1_024), size(&caddy, matcher, "max_size", 1_000)];
        assert!(passed.iter().all(|most| *most >= largest + BESIDE), "{location} {passed:?} and not {largest}");
    }
    let console = nginx.split_once("server_name candor.example.org;").unwrap().1;
    let passed = [size(console, "", "client_max_body_size", 1_024), size(&caddy, "request_body @forms {", "max_size", 1_000)];
    assert!(passed.iter().all(|most| *most >= form::LARGEST), "{passed:?}");
}

#[test]
fn what_is_large_goes_into_no_file_of_nginx() {
    let nginx = sample("nginx.conf");
    for (location, _, _) in PLACES {
        let block = nginx.split_once(location).unwrap().1.split_once('}').unwrap().0;
        assert!(block.contains("proxy_request_buffering off;"), "{location}");
    }
    // What goes out of both hosts, and what comes in and stays below the size of a buffer.
    for server in nginx.split("\nserver {").skip(1).filter(|server| server.contains("proxy_pass")) {
        assert!(server.contains("proxy_max_temp_file_size 0;"), "{server}");
        assert!(size(server, "", "client_body_buffer_size", 1_024) > size(server, "", "client_max_body_size", 1_024), "{server}");
    }
}
