//! What somebody reads who takes the files of an installation themselves.

use std::collections::BTreeSet;
use std::path::Path;

use candor::lifecycle::Step;
use protocol::KeyFile;

use crate::cards;
use crate::crash::{Deed, run, scenes, wave};
use crate::harness;
use crate::place::{only_on_sqlite, walk};

/// Every file below the folder that holds one of the byte strings.
fn holding(folder: &Path, needles: &[Vec<u8>]) -> Vec<String> {
    let wanted: BTreeSet<&[u8]> = needles.iter().flat_map(|n| n.windows(16)).collect();
    walk(folder)
        .into_iter()
        .filter(|file| std::fs::read(file).unwrap().windows(16).any(|window| wanted.contains(window)))
        .map(|file| file.file_name().unwrap().to_string_lossy().into_owned())
        .collect()
}

#[actix_web::test]
async fn after_publication_key_and_ballots_are_gone_from_every_file_byte_for_byte() {
    only_on_sqlite();
    let (app, _drafted, running) = scenes().await;
    let ballots = app.installation.responses.ballots(None, u32::MAX).unwrap();
    assert!(ballots.len() > 20);
    // Nonces and the first bytes of the sealed text; the middle of every ballot stands for the rest.
    let needles: Vec<Vec<u8>> = ballots.iter().flat_map(|b| [b.nonce.to_vec(), b.ct[..32].to_vec(), b.ct[2_000..2_032].to_vec()]).collect();
    let key = KeyFile::from_json(&app.installation.keys.read(&wave()).unwrap().unwrap()).unwrap().unlock(None).unwrap().to_bytes().to_vec();
    let secret = vec![data_encoding::BASE64URL_NOPAD.encode(&key).into_bytes(), key];
    // The positive control: before the end everything is there to be found.
    let before = holding(running.path(), &needles);
    assert!(before.iter().any(|f| f.starts_with("responses.db")), "{before:?}");
    assert!(!holding(running.path(), &secret).is_empty());
    let all: Vec<Vec<u8>> = needles.into_iter().chain(secret).collect();
    let gone = |deed, die_at: Option<Step>| {
        let folder = running.copy();
        if die_at.is_some() {
            assert!(run(folder.path(), deed, die_at));
        }
        assert!(!run(folder.path(), deed, None));
        assert_eq!(holding(folder.path(), &all), Vec::<String>::new(), "{deed:?}, killed after {die_at:?}");
        assert!(!walk(folder.path()).iter().any(|f| f.extension().is_some_and(|e| e == "boxkey")));
    };
    gone(Deed::End, None);
    gone(Deed::Abort, None);
    for step in Step::ALL.into_iter().filter(|step| Deed::of(*step) != Deed::Launch && !Deed::is_of_key_holder(*step)) {
        gone(Deed::of(step), Some(step));
    }
}

#[actix_web::test]
async fn only_the_paper_holds_the_codes_of_cards() {
    only_on_sqlite();
    let (app, wave, folder) = cards::launched().await;
    let (heaps, file) = cards::heaps(&app, &folder);
    let links: Vec<&String> = heaps.iter().flat_map(|(_, links)| links).collect();
    app.answer(&wave, links[0], 5).await.unwrap();
    for link in links {
        let secret = harness::parts(link).1;
        let texts = [secret.to_display_code(), secret.to_code(), secret.to_code().to_lowercase()];
        let needles: Vec<&[u8]> = texts.iter().map(String::as_bytes).chain([secret.as_bytes().as_slice()]).collect();
        for found in walk(app.place.path()) {
            let bytes = std::fs::read(&found).unwrap();
            assert!(!needles.iter().any(|needle| bytes.windows(needle.len()).any(|window| window == *needle)), "{}", found.display());
        }
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(file).unwrap().permissions().mode() & 0o777, 0o600);
    }
}
