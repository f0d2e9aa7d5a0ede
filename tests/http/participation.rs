//! How many take part, as HR may follow it: one look a day, stored, the same for everybody who reads and however often.

use std::time::Duration;

use candor::lifecycle::draft::{self, Particulars, WaveSettings};
use candor::lifecycle::launch;
use candor::worker;
use domain::{Clock, Moment, Schedule, WaveId};
use identity::{Look, Role};

use crate::harness::{TestApp, staff};

const DAY: Duration = Duration::from_secs(86_400);

/// Sixty people: with k = 5 a step is 20 of 100, twelve people.
fn sixty() -> String {
    let mut csv = String::from("person_id,name,mail,team,leaders,language\nboss,Boss,boss@example.org,,,en\n");
    for team in ["Alpha", "Beta", "Gamma", "Delta", "Epsilon"] {
        for number in 0..12 {
            let id = format!("{}{number}", team.to_lowercase());
            csv.push_str(&format!("{id},Name {id},{id}@example.org,{team},boss,en\n"));
        }
    }
    csv
}

/// A running round of five days.
fn running(app: &TestApp, participation: bool, manual: bool) -> WaveId {
    let wave = WaveId::parse("2026-q4").unwrap();
    let closes_at = app.clock.now().plus(DAY * 5);
    let schedule = if manual { Schedule::manual(closes_at) } else { Schedule { extension_days: 1, ..Schedule::with_defaults(closes_at) } };
    let particulars = Particulars { participation, ..Particulars::default() };
    let settings = WaveSettings { k: 5, group_min: 7, particulars, ..WaveSettings::usual(&app.installation.config, schedule) };
    draft::create(&app.installation, &wave, &settings).unwrap();
    launch::launch(&app.installation, &wave, None, &mut |_| {}).unwrap();
    worker::mail::send_all(&app.installation).unwrap();
    wave
}

/// What a page says of a round to whoever signs in now; sessions do not outlast a day.
async fn page(app: &TestApp, login: &str, wave: &WaveId) -> String {
    app.sign_in(login).await.read(&format!("/rounds/{wave}")).await.1
}

/// The part of it that says how many take part.
async fn followed(app: &TestApp, wave: &WaveId) -> String {
    let page = page(app, "hr", wave).await;
    let part = page.split_once("<h2>How many take part</h2>").and_then(|(_, rest)| rest.split_once("<h2>"));
    part.unwrap_or_else(|| panic!("{page}")).0.to_owned()
}

fn look(app: &TestApp, wave: &WaveId) -> Option<Look> {
    app.installation.identity.last_look(wave).unwrap()
}

/// The answers of so many people, from the one with this number on.
async fn answer(app: &TestApp, wave: &WaveId, from: usize, people: usize) {
    for link in app.links().values().skip(from).take(people) {
        app.answer(wave, link, 4).await.unwrap();
    }
}

#[actix_web::test]
async fn one_look_a_day_is_kept_and_reading_again_after_another_answer_tells_nothing_new() {
    let app = TestApp::spawn_empty().await;
    app.import(&sixty());
    app.account("hr", Role::Hr, None);
    app.account("key", Role::KeyHolder, None);
    let wave = running(&app, true, false);
    let promised = app.outbox.newest(1).remove(0).text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        promised.contains("HR may see once a day how many of the whole organisation have answered, in steps of 10 or more people"),
        "{promised}"
    );
    let shown = followed(&app, &wave).await;
    assert!(shown.contains("Nobody has looked yet.") && shown.contains("Next look on Tue 3 Nov 2026"), "{shown}");

    answer(&app, &wave, 0, 30).await;
    app.advance(&mut Vec::new());
    assert_eq!(look(&app, &wave), None, "not before the fixed moment");
    let six = Moment::parse("2026-11-03T06:00:00Z").unwrap();
    app.clock.set(six);
    assert!(followed(&app, &wave).await.contains("Nobody has looked yet."), "reading looks at nothing");
    app.advance(&mut Vec::new());
    let first = look(&app, &wave).unwrap();
    // 30 people are two and a half steps; how late a step is passed is a lot of up to 11 people.
    assert!(first.looked_at == six && [20, 40].contains(&first.at_least), "{first:?}");
    let before = followed(&app, &wave).await;
    assert!(before.contains(&format!("at least {} of every 100 people invited had pressed Send", first.at_least)), "{before}");
    assert!(!before.contains("30") && before.contains("in steps of 20 of 100"), "{before}");

    answer(&app, &wave, 30, 24).await;
    for hours in [0, 1, 22] {
        app.clock.advance(Duration::from_secs(hours * 3_600));
        app.advance(&mut Vec::new());
        assert_eq!(followed(&app, &wave).await, before, "all day it is the same");
    }
    app.clock.set(six.plus(DAY));
    app.advance(&mut Vec::new());
    let second = look(&app, &wave).unwrap();
    assert!(second.looked_at == six.plus(DAY) && [60, 80].contains(&second.at_least), "{second:?}");
    // Whoever holds the passphrase keeps the calendar, and is told nothing of this.
    let of_key_holder = page(&app, "key", &wave).await;
    assert!(!of_key_holder.contains("had pressed Send") && !of_key_holder.contains("How many take part</h2>"), "{of_key_holder}");

    // The only person who answers on a day moves nothing, wherever the edges lie.
    answer(&app, &wave, 54, 1).await;
    app.clock.set(six.plus(DAY * 2));
    app.advance(&mut Vec::new());
    assert_eq!(look(&app, &wave), Some(Look { looked_at: six.plus(DAY * 2), ..second }));

    // The last look is a day before the close; then nothing moves any more, until an extension moves the close.
    app.clock.set(six.plus(DAY * 3));
    app.advance(&mut Vec::new());
    answer(&app, &wave, 55, 5).await;
    app.clock.set(six.plus(DAY * 4));
    app.advance(&mut Vec::new());
    assert_eq!(look(&app, &wave).unwrap().looked_at, six.plus(DAY * 3));
    assert!(followed(&app, &wave).await.contains("There is no further look before the close."));
    app.run_to_publication(&wave);
    assert_eq!(look(&app, &wave), None, "nothing of it is kept");
}

#[actix_web::test]
async fn nothing_is_shown_of_few_people_by_hand_or_where_people_were_not_told() {
    for (list, participation, manual, says) in
        [(staff(), true, false, Some("With fewer than 50 people invited")), (sixty(), true, true, None), (sixty(), false, false, None)]
    {
        let app = TestApp::spawn_empty().await;
        app.import(&list);
        app.account("hr", Role::Hr, None);
        let wave = running(&app, participation, manual);
        app.clock.set(Moment::parse("2026-11-04T07:00:00Z").unwrap());
        app.advance(&mut Vec::new());
        assert_eq!(look(&app, &wave), None, "nobody looked");
        let shown = page(&app, "hr", &wave).await;
        assert_eq!(shown.contains("How many take part</h2>"), says.is_some(), "{shown}");
        assert!(says.is_none_or(|says| shown.contains(says)), "{shown}");
    }
}
