//! No page of the console is left out where a browser looks at them all.

use std::collections::BTreeSet;
use std::path::Path;

use super::*;
use crate::console::addresses;

#[actix_web::test]
async fn a_browser_looks_at_every_page_that_there_is() {
    const LIST: &str = "tests/browser/console-pages.json";
    let list = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(LIST)).unwrap();
    let list: serde_json::Value = serde_json::from_slice(&list).unwrap();
    let pages = list["pages"].as_array().unwrap().iter().map(|page| page["address"].as_str().unwrap().to_owned());
    let listed: BTreeSet<String> = pages.chain(list["others"].as_object().unwrap().keys().cloned()).collect();
    let house = House::new();
    let declared = addresses(&Console::new(house.installation.clone(), true)).into_iter().filter(|address| address.methods.contains("GET"));
    let declared: BTreeSet<String> = declared.map(|address| address.template).collect();
    let missing: Vec<_> = declared.difference(&listed).collect();
    assert!(missing.is_empty(), "write into {LIST} how a browser gets to these pages, or what they are if they are none: {missing:#?}");
    let gone: Vec<_> = listed.difference(&declared).collect();
    assert!(gone.is_empty(), "no addresses of the console any more, take them out of {LIST}: {gone:#?}");
}
