//! A staff list that waits to be taken over: these bytes, onto that list, and not for ever.

use std::time::Duration;

use domain::Moment;
use domain::roster::parse_csv;
use identity::{Identity, IdentityError, NewUpload, PreviewHash};
use serde_json::json;

use crate::{KEY_FOLDER, START, finish_launch, language, person, publish, snapshot, store, team, wave_id};

const OLD: &str = "person_id,name,mail,team,leaders\np-001,Ann,a@x.org,Web,\np-002,Bo,b@x.org,Web,\n";
const NEW: &str = "person_id,name,mail,team,leaders\np-001,Ann,a@x.org,Digital,\np-003,Cy,c@x.org,Digital,\n";

fn upload(store: &Identity, content: &str, expires_at: Moment) -> PreviewHash {
    let new = NewUpload {
        file_name: "staff.csv".to_owned(),
        content: content.as_bytes().to_vec(),
        language: language(),
        uploaded_by: "hr".to_owned(),
        expires_at,
    };
    store.keep_upload(&new).unwrap()
}

fn import(store: &Identity, content: &str) {
    store.import_roster(&parse_csv("x", content.as_bytes(), &language()).unwrap().roster).unwrap();
}

fn later() -> Moment {
    START.plus(Duration::from_secs(60))
}

#[test]
fn an_upload_waits_changes_nothing_and_is_taken_over_once() {
    let (_folder, store) = store();
    import(&store, OLD);
    let before = store.roster().unwrap();
    let preview = upload(&store, NEW, later());
    assert_eq!(store.roster().unwrap(), before);
    let (waiting, fits) = store.upload(START).unwrap().unwrap();
    assert_eq!((waiting.preview, waiting.file_name.as_str(), waiting.uploaded_by.as_str(), fits), (preview, "staff.csv", "hr", true));
    assert_eq!(waiting.content, NEW.as_bytes());
    let told = waiting.read().unwrap().roster;
    assert!(!format!("{waiting:?}").contains("Ann"));

    let change = store.take_upload(&preview, START).unwrap();
    assert_eq!((change.people_added, change.people_changed, change.people_removed), (1, 1, 1));
    assert_eq!(store.roster().unwrap(), told);
    assert_eq!(store.upload(START).unwrap(), None);
    assert_eq!(store.take_upload(&preview, START), Err(IdentityError::NoUpload));
}

#[test]
fn an_upload_is_not_taken_over_onto_another_list_than_it_was_compared_with() {
    let (_folder, store) = store();
    import(&store, OLD);
    let preview = upload(&store, NEW, later());
    import(&store, &OLD.replace("Bo", "Bob"));
    assert!(!store.upload(START).unwrap().unwrap().1);
    assert_eq!(store.take_upload(&preview, START), Err(IdentityError::OtherList));
    assert_eq!(store.roster().unwrap().people[&person(2)].name, "Bob");
    // Once the list is what it was, the preview holds again.
    import(&store, OLD);
    store.take_upload(&preview, START).unwrap();
}

#[test]
fn of_two_uploads_the_later_one_waits_and_an_old_one_is_gone() {
    let (_folder, store) = store();
    import(&store, OLD);
    let first = upload(&store, NEW, later());
    assert_eq!(upload(&store, NEW, later()), first, "the same file onto the same list is the same preview");
    let second = upload(&store, &NEW.replace("Cy", "Cyd"), later());
    assert_ne!(first, second);
    assert_eq!(store.take_upload(&first, START), Err(IdentityError::NoUpload));
    store.drop_upload(&first).unwrap();
    assert!(store.upload(START).unwrap().is_some(), "only the upload that was looked at is thrown away");
    assert_eq!(store.take_upload(&second, later()), Err(IdentityError::NoUpload), "it is too old");
    assert_eq!(store.upload(later()).unwrap(), None);
    assert_eq!((store.expire_uploads(START).unwrap(), store.expire_uploads(later()).unwrap()), (0, 1));
    upload(&store, NEW, later());
    store.drop_upload(&first).unwrap();
    assert_eq!(store.upload(START).unwrap(), None);
}

#[test]
fn who_was_in_which_team_at_the_last_launch_is_known_until_the_next_one() {
    let (_folder, store) = store();
    let teams = || store.teams_then().unwrap().map(|then| then.into_iter().map(|(who, team)| format!("{who} {team}")).collect::<Vec<_>>());
    import(&store, OLD);
    assert_eq!(teams(), None);
    store.create_wave(&wave_id(), &json!({})).unwrap();
    store.begin_launch(&wave_id(), &snapshot(), KEY_FOLDER).unwrap();
    finish_launch(&store, &wave_id());
    let at_launch = vec!["p-001 Web".to_owned(), "p-002 Web".to_owned()];
    assert_eq!(teams(), Some(at_launch.clone()), "without a new list, today's is that of the launch");
    import(&store, NEW);
    import(&store, &NEW.replace("Digital", "Data"));
    publish(&store, &wave_id(), START);
    assert_eq!(teams(), Some(at_launch), "the first list after the launch decides");
    assert!(store.roster().unwrap().teams.contains_key(&team("Data")));
}
