//! The last look at a finished Release: a sound one passes, and every way to spoil it is refused by name.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod synthetic;

use disclosure::Member;
use domain::GroupId;
use domain::instrument::Publish;
use protocol::FrozenManifest;
use release::check::{ReleaseViolation, check};
use release::reading::WaveDocuments;
use release::{Coefficient, ItemConstant, ItemShares, Omega, OrgConstants, Quality, Release, Signals};
use synthetic::{Group, HandBlock, documents, frozen, leaves, pulse};

/// Two groups of 90, of whom 60 and 70 answered; every constant is there that two groups can have.
fn sound() -> WaveDocuments {
    led_by(&["Ann", "Bob", "Cyd"])
}

/// The same where these people lead the first group, and somebody else the second.
fn led_by(leaders: &[&str]) -> WaveDocuments {
    let mut instrument = pulse();
    instrument.items.last_mut().unwrap().publish = Publish::Organisation;
    let block = |group: u32, n: u32| {
        let sums = instrument.items.iter().map(|_| Some((n, u64::from(n) * 3))).collect();
        HandBlock { members: vec![Member::Group(GroupId(group))], n, sums }
    };
    let mut east = Group::new("East", &["Sales"], 90, &[]);
    east.leaders = leaders.iter().map(|name| (*name).to_owned()).collect();
    let groups = leaves(&[east, Group::new("West", &["Sales"], 90, &[])]);
    let mut constants = synthetic::constants(&instrument, 12, 110, 2);
    let shown = instrument.items.iter().filter(|item| item.publish == Publish::Team);
    constants.items = shown.map(|item| ItemConstant { item: item.id.clone(), sd_tenths: 14 }).collect();
    let shares = |item: &domain::instrument::Item| ItemShares {
        item: item.id.clone(),
        unfavourable: 25,
        neutral: 20,
        favourable: 60,
        unanswered: 5,
    };
    constants.shares = instrument.items.iter().map(shares).collect();
    constants.signals = Some(Signals { same_in_a_row: 10, same_throughout: 5 });
    let blocks = vec![block(0, 60), block(1, 70)];
    documents("w1", &instrument, groups, blocks, Some(constants))
}

/// What is found when the Release, and nothing else, is changed.
fn found(change: impl FnOnce(&mut Release)) -> Result<(), ReleaseViolation> {
    found_in(sound(), change)
}

fn found_in(mut documents: WaveDocuments, change: impl FnOnce(&mut Release)) -> Result<(), ReleaseViolation> {
    let manifest = FrozenManifest::read(frozen(&documents).manifest).unwrap();
    documents.release.manifest = manifest.hash().to_text();
    change(&mut documents.release);
    check(&documents.release, &manifest, &documents.groups, &documents.instrument).map(|_| ())
}

fn said(change: impl FnOnce(&mut Release)) -> String {
    found(change).unwrap_err().to_string()
}

/// What is found when the constants are changed.
fn of_constants(change: impl FnOnce(&mut OrgConstants)) -> String {
    said(|release| change(release.org.constants.as_mut().unwrap()))
}

fn of_quality(change: impl FnOnce(&mut Quality)) -> String {
    of_constants(|constants| change(constants.dimensions[0].quality.as_mut().unwrap()))
}

#[test]
fn a_sound_release_passes_with_constants_and_without() {
    assert_eq!(found(|_| ()), Ok(()));
    assert_eq!(found(|release| release.org.constants = None), Ok(()));
}

#[test]
fn a_release_that_is_not_of_its_promise_sheet_is_refused() {
    for (change, what) in [
        ((|release| release.wave = "w2".parse().unwrap()) as fn(&mut Release), "its round is w2, the promise sheet says w1"),
        (|release| release.manifest.replace_range(..1, "x"), "its promise sheet is x"),
        (|release| release.base.k = 6, "its fewest people shown together is 6, the promise sheet says 5"),
        (|release| release.base.coalition = 2, "its number of colleagues covered is 2, the promise sheet says 1"),
        (|release| release.base.min_range = 2, "its number of values that stay possible is 2, the promise sheet says 3"),
        (|release| release.counts.invited = 181, "its number of people invited is 181, the promise sheet says 180"),
        (|release| release.format = "candor-release/9".to_owned(), "candor-release/9"),
    ] {
        let said = said(change);
        assert!(said.contains(what), "{said}");
    }
}

#[test]
fn totals_that_do_not_balance_are_refused() {
    for (change, what) in [
        ((|release| release.counts.issued = 181) as fn(&mut Release), "more credentials than people invited"),
        (|release| release.counts.issued = 129, "more answers than credentials"),
        (|release| release.counts.spent = 129, "are not all that were counted"),
        (|release| release.counts.invalid = 1, "are not all that were counted"),
        (
            |release| {
                (release.counts.issued, release.counts.spent, release.counts.unplaced) = (131, 131, 1);
            },
            "answers are left out although there is a group to show them with",
        ),
        (
            |release| {
                release.base.blocks.clear();
                release.org.constants = None;
                release.counts.unplaced = 130;
            },
            "answers are left out although they are enough to be shown together",
        ),
    ] {
        let said = said(change);
        assert!(said.contains(what), "{said}");
    }
}

#[test]
fn a_table_that_breaks_a_rule_is_refused() {
    let spoilt = found(|release| {
        release.base.blocks[0].n = 4;
        (release.counts.issued, release.counts.spent) = (74, 74);
    });
    assert!(matches!(spoilt, Err(ReleaseViolation::Table(_))), "{spoilt:?}");
}

#[test]
fn constants_of_too_few_people_or_of_no_group_are_refused() {
    let few = said(|release| {
        for block in &mut release.base.blocks {
            block.n = 45;
            block.cells.fill(None);
        }
        (release.counts.issued, release.counts.spent) = (90, 90);
    });
    assert!(few.contains("fewer than 100 people gave a valid answer"), "{few}");
    let respondents = "a dimension's people are fewer than 100, or more than answered";
    assert!(of_constants(|constants| constants.dimensions[1].respondents = 99).contains(respondents));
    assert!(of_constants(|constants| constants.dimensions[1].respondents = 131).contains(respondents));
    let groups = "a dimension's groups are not at least one, at most all that are shown";
    assert!(of_constants(|constants| constants.dimensions[1].groups = 0).contains(groups));
    assert!(of_constants(|constants| constants.dimensions[1].groups = 3).contains(groups));
}

#[test]
fn constants_that_are_not_the_closed_list_are_refused() {
    for (change, what) in [
        ((|c| c.dimensions.swap(0, 1)) as fn(&mut OrgConstants), "the questionnaire's dimensions in their order"),
        (|c| drop(c.dimensions.pop()), "the questionnaire's dimensions in their order"),
        (|c| c.correlations.push(c.correlations[0].clone()), "every pair of dimensions once"),
        (|c| drop(c.correlations.pop()), "every pair of dimensions once"),
        (|c| c.items.swap(0, 1), "they list an item twice, in another order, or one that is not shown in groups"),
        (|c| c.items.push(c.items[0].clone()), "they list an item twice"),
        (|c| c.items.last_mut().unwrap().item = c.shares.last().unwrap().item.clone(), "one that is not shown in groups"),
        (|c| c.shares.swap(0, 1), "the shares of an item twice, in another order"),
        (|c| c.shares[0].item = "OTHER".parse().unwrap(), "of one that was not asked"),
        (|c| c.dimensions[2].quality = None, "they are not the list of the Release's format"),
    ] {
        let said = of_constants(change);
        assert!(said.contains(what), "{said}");
    }
    let first_format = said(|release| release.format = "candor-release/1".to_owned());
    assert!(first_format.contains("they are not the list of the Release's format"), "{first_format}");
}

#[test]
fn constants_about_leaders_are_refused_where_there_are_fewer_than_three() {
    let about_leader = |id: &domain::ItemId| pulse().items.iter().any(|item| item.about_leader && &item.id == id);
    let found = |without_items: bool, without_shares: bool| {
        found_in(led_by(&["Ann"]), |release| {
            let constants = release.org.constants.as_mut().unwrap();
            constants.items.retain(|constant| !without_items || !about_leader(&constant.item));
            constants.shares.retain(|shares| !without_shares || !about_leader(&shares.item));
        })
    };
    for refused in [found(false, true), found(true, false)] {
        assert!(refused.unwrap_err().to_string().contains("they speak of leaders, of whom there are fewer than three"));
    }
    assert_eq!(found(true, true), Ok(()));
}

#[test]
fn constants_that_are_not_rounded_or_beyond_their_limits_are_refused() {
    for (change, what) in [
        ((|c| c.dimensions[0].sd_tenths = 4) as fn(&mut OrgConstants), "the standard deviation of SAF is 4, but must be 5 to 20 tenths"),
        (|c| c.items[0].sd_tenths = 21, "the standard deviation of SAF1 is 21"),
        (
            |c| c.correlations[0].hundredths = 33,
            "the correlation of SAF and STD is 33, but must be a multiple of 5 hundredths from -20 to 90",
        ),
        (|c| c.correlations[0].hundredths = 95, "the correlation of SAF and STD is 95"),
        (|c| c.correlations[0].hundredths = -25, "the correlation of SAF and STD is -25"),
        (|c| c.shares[1].favourable = 57, "the favourable share of SAF3 is 57, but must be a multiple of 5 percent from 0 to 100"),
        (|c| c.shares[1].unanswered = 105, "the unanswered share of SAF3 is 105"),
        (|c| c.shares[1].neutral = 0, "the sum of the shares of SAF3 is 85, but must be 95, 100 or 105"),
        (|c| c.signals.as_mut().unwrap().same_in_a_row = 11, "the share of same answers in a row is 11"),
        (|c| c.signals.as_mut().unwrap().same_throughout = 15, "more people gave the same answer throughout than in a row"),
    ] {
        let said = of_constants(change);
        assert!(said.contains(what), "{said}");
    }
    assert!(of_quality(|quality| quality.alpha = Coefficient::Hundredths(101)).contains("alpha of SAF is 101"));
    assert!(of_quality(|quality| quality.icc1 = Coefficient::Hundredths(-101)).contains("ICC(1) of SAF is -101"));
    assert!(of_quality(|quality| quality.icc2 = Coefficient::Hundredths(200)).contains("ICC(2) of SAF is 200"));
    let differences = "they say how far fewer than 20 groups differ";
    assert!(of_quality(|quality| quality.icc1 = Coefficient::Hundredths(12)).contains(differences));
    assert!(of_quality(|quality| quality.icc2 = Coefficient::Hundredths(60)).contains(differences));
    assert!(of_quality(|quality| quality.omega = Omega::ClosedForm(-1)).contains("omega of SAF is -1, but must be 0 to 100 hundredths"));
}

#[test]
fn a_field_that_nobody_knows_cannot_stand_in_a_release() {
    let written = serde_json::to_value(sound().release).unwrap();
    assert!(serde_json::from_value::<Release>(written.clone()).is_ok());
    for place in
        ["", "/counts", "/base", "/base/blocks/0", "/base/blocks/0/cells/0", "/org", "/org/constants", "/org/constants/dimensions/0"]
            .into_iter()
            .chain(["/org/constants/dimensions/0/quality", "/org/constants/items/0", "/org/constants/correlations/0"])
            .chain(["/org/constants/shares/0", "/org/constants/signals"])
    {
        let mut more = written.clone();
        let object = more.pointer_mut(place).and_then(serde_json::Value::as_object_mut).unwrap_or_else(|| panic!("{place}"));
        object.insert("mean".to_owned(), 3.97.into());
        assert!(serde_json::from_value::<Release>(more).is_err(), "{place}");
    }
}
