//! Why a step was refused, in words of every language of the console. What is kept from people, because it tells of disks and databases, has no words here.

use disclosure::InvalidCoarsening;
use disclosure::plan::SMALLEST_K;
use disclosure::standing::{GroupsRefused, InvalidPolicy, ProposalRefused, TreeProblem};
use domain::TeamLabel;
use domain::reorg::{Disagreement, EventRefused};
use domain::wave::ExtensionRefused;
use identity::IdentityError;
use protocol::GroupListProblem;
use release::reading::ReleaseRefused;

use super::{Refusal, status};
use crate::words::Saying;

impl Refusal {
    /// A refusal that is said in words.
    pub(crate) fn said(saying: Saying) -> Self {
        Self::Said(Box::new(saying))
    }

    /// The refusal in words; `None` where its cause is for the log alone.
    #[must_use]
    pub fn in_words(&self) -> Option<Saying> {
        Some(match self {
            Self::UnknownWave(_) => Saying::key("detail-not-found"),
            Self::PassphraseNeeded(_) => Saying::key("refused-passphrase"),
            Self::CountersignatureNeeded(wave) => Saying::key("refused-countersignature-needed").and("round", wave),
            Self::ResultNeeded(_) => Saying::key("refused-result-needed"),
            Self::WrongState { wave, state, .. } => {
                Saying::key("refused-state").and("round", wave).and("state", status::state_label(*state))
            }
            Self::Ending { wave, reason } => Saying::key("refused-ending").and("round", wave).and("reason", reason),
            Self::NotDue { when, .. } => Saying::key("refused-not-due").and("moment", *when),
            Self::Extension { refused, .. } => of_extension(*refused),
            Self::ObjectionsUnanswered { count, .. } => Saying::key("refused-objections").and("count", *count),
            Self::Event(refused) => of_event(refused),
            Self::Groups(refused) => of_groups(refused),
            Self::GroupsByHand { why, .. } => Saying::key("refused-groups-by-hand").and("why", why.in_words()?),
            Self::StaffList(disagreement) => of_disagreement(disagreement),
            Self::PeopleSide(problem) => return of_people_side(problem),
            Self::Said(saying) => (**saying).clone(),
            Self::Unsound { wave, problem } => Saying::key("refused-unsound").and("round", wave).and("why", of_result(problem)),
            Self::Invalid(_) | Self::Corrupt(_) | Self::Unavailable(_) => return None,
        })
    }
}

/// Why a round is not extended.
fn of_extension(refused: ExtensionRefused) -> Saying {
    use ExtensionRefused as E;
    match refused {
        E::NotDeclared => Saying::key("refused-extension-undeclared"),
        E::Already { days, closes_at } => Saying::key("refused-extension-again").and("days", days).and("moment", closes_at),
        E::TooLong { most, .. } => Saying::key("refused-extension-long").and("most", most),
        E::Due { closes_at } => Saying::key("refused-extension-due").and("moment", closes_at),
    }
}

fn team(key: &'static str, team: &TeamLabel) -> Saying {
    Saying::key(key).and("team", team.as_str())
}

/// Why an event cannot be recorded or withdrawn.
fn of_event(refused: &EventRefused) -> Saying {
    use EventRefused as E;
    match refused {
        E::SameName { team: of } => team("reorg-refused-same-name", of),
        E::NotSeveral { .. } => Saying::key("reorg-refused-not-several"),
        E::UnknownTeam { team: of } => team("reorg-refused-unknown", of),
        E::Ended { team: of, event } => team("reorg-refused-ended", of).and("event", *event),
        E::NameTaken { team: of } => team("reorg-refused-taken", of),
        E::UnknownAbove { under } => team("reorg-refused-unknown-above", under),
        E::Circle { team: of, under } => team("reorg-refused-circle", of).and("under", under.as_str()),
        E::InFuture { on, .. } => Saying::key("reorg-refused-future").and("day", *on),
        E::BeforeLaunch { on, wave, launched } => {
            Saying::key("reorg-refused-before").and("day", *on).and("round", wave).and("launched", *launched)
        }
        E::NothingBefore => Saying::key("reorg-refused-nothing-before"),
        E::Breaks { event, reason } => Saying::key("reorg-refused-breaks").and("event", *event).and("reason", of_event(reason)),
    }
}

/// Why groups cannot stand.
fn of_groups(refused: &GroupsRefused) -> Saying {
    use GroupsRefused as G;
    match refused {
        G::NoName { .. } => Saying::key("groups-refused-no-name"),
        G::Unreadable { .. } => Saying::key("groups-refused-unreadable"),
        G::CountedUp { label, .. } => Saying::key("groups-refused-counted-up").and("label", label),
        G::OtherTeam { label, team: of, .. } => team("groups-refused-other-team", of).and("label", label),
        G::NameTwice { label } => Saying::key("groups-refused-name-twice").and("label", label),
        G::NoTeams { group } => Saying::key("groups-refused-no-teams").and("group", group),
        G::UnknownTeam { group, team: of } => team("groups-refused-unknown-team", of).and("group", group),
        G::TeamTwice { team: of, first, second } => team("groups-refused-team-twice", of).and("first", first).and("second", second),
        G::TeamMissing { team: of } => team("groups-refused-team-missing", of),
        G::TakenApart { proposed, first, second, .. } => {
            Saying::key("groups-refused-taken-apart").and("group", proposed).and("first", first).and("second", second)
        }
    }
}

/// Why numbers are no rule for groups.
pub(super) fn of_policy(refused: InvalidPolicy) -> Saying {
    match refused {
        InvalidPolicy::KTooSmall { .. } => Saying::key("fault-k-small").and("least", SMALLEST_K),
        InvalidPolicy::GroupTooSmall { k, .. } => Saying::key("fault-group-min-small").and("least", k.saturating_add(1)),
    }
}

/// Why no groups can be proposed.
pub(super) fn of_proposal(refused: &ProposalRefused) -> Saying {
    match refused {
        ProposalRefused::TooFewPeople { invited, needed } => {
            Saying::key("groups-refused-few-people").and("invited", *invited).and("needed", *needed)
        }
        ProposalRefused::Tree(
            TreeProblem::TeamTwice { team: of } | TreeProblem::UnknownTeamAbove { team: of, .. } | TreeProblem::Circle { team: of },
        ) => team("groups-refused-no-tree", of),
    }
}

/// Why a list of groups cannot be frozen; `None` where no staff list and no name of a group makes it so.
pub(super) fn of_group_list(refused: &GroupListProblem) -> Option<Saying> {
    match refused {
        GroupListProblem::Label { .. } => Some(Saying::key("groups-refused-unreadable")),
        GroupListProblem::SameLabel { label, .. } => Some(Saying::key("groups-refused-name-twice").and("label", label)),
        _ => None,
    }
}

/// Why a statement cannot be shown per group.
pub(super) fn of_coarsening(item: &str, instrument: &str, refused: InvalidCoarsening) -> Saying {
    let of_item = |key| Saying::key(key).and("item", item).and("instrument", instrument);
    match refused {
        InvalidCoarsening::RangeOutOfScale { points, .. } => of_item("fault-min-range").and("points", points),
        InvalidCoarsening::TooFewPoints { .. } | InvalidCoarsening::GridTooFine { .. } | InvalidCoarsening::GridDoesNotDivide { .. } => {
            of_item("fault-scale")
        }
    }
}

/// Where the staff list says something else than an event.
#[must_use]
pub fn of_disagreement(disagreement: &Disagreement) -> Saying {
    let place = |above: &Option<TeamLabel>| match above {
        Some(above) => Saying::key("reorg-place-under").and("team", above.as_str()),
        None => Saying::key("reorg-place-top"),
    };
    match disagreement {
        Disagreement::NotListed { event, team: of } => team("reorg-not-listed", of).and("event", *event),
        Disagreement::StillListed { event, team: of } => team("reorg-still-listed", of).and("event", *event),
        Disagreement::Elsewhere { event, team: of, said, listed } => {
            team("reorg-elsewhere", of).and("event", *event).and("said", place(said)).and("listed", place(listed))
        }
    }
}

/// Why the people side did not do what was asked; `None` where nobody who reads pages can do anything about it.
fn of_people_side(problem: &IdentityError) -> Option<Saying> {
    use IdentityError as E;
    Some(match problem {
        E::UnknownWave { .. } | E::UnknownAccount => Saying::key("detail-not-found"),
        E::WaveExists { wave } => Saying::key("fault-name-taken").and("round", wave),
        E::StateRefused { wave, state, .. } => Saying::key("refused-state").and("round", wave).and("state", status::state_label(*state)),
        E::AbortDecided { wave } => Saying::key("refused-abort-decided").and("round", wave),
        E::NoAbortReason { .. } => Saying::key("refused-reason"),
        E::Extended { wave, before } => Saying::key("refused-extended-before").and("round", wave).and("days", *before),
        E::AnotherWave { other, .. } => Saying::key("obstacle-another-round").and("round", other),
        E::Event(refused) => of_event(refused),
        E::UnknownEvent { .. } | E::EventFrozen { .. } => Saying::key("reorg-refused-frozen"),
        E::NoUpload => Saying::key("staff-no-upload"),
        E::OtherList => Saying::key("staff-refused-other-list"),
        E::LoginTaken => Saying::key("accounts-login-taken"),
        E::AccountIncomplete { .. } => Saying::key("accounts-incomplete"),
        E::Snapshot { .. } | E::Cards { .. } | E::Password(_) | E::Storage(_) => return None,
    })
}

/// Why a published result is not shown, as the end of a sentence.
pub(super) fn of_result(refused: &ReleaseRefused) -> Saying {
    use ReleaseRefused as R;
    match refused {
        R::Truncated { found } => Saying::key("unsound-cut-off").and("bytes", *found),
        R::Edited { found, published } => {
            Saying::key("unsound-edited").and("found", found.to_string()).and("published", published.to_string())
        }
        R::NotSigned => Saying::key("unsound-not-signed"),
        R::NotVouched(_) => Saying::key("unsound-not-vouched"),
        R::OtherCounts => Saying::key("unsound-other-counts"),
        R::OtherFormat { found } => Saying::key("unsound-format").and("found", found),
        R::OtherWave { found, .. } => Saying::key("unsound-other-round").and("found", found),
        R::Unreadable(_) => Saying::key("unsound-unreadable"),
        R::Manifest(_) => Saying::key("unsound-sheet"),
        R::OtherInstrument { .. } | R::Instrument(_) => Saying::key("unsound-questionnaire"),
        R::Groups(_) => Saying::key("unsound-groups"),
        R::Notice(_) => Saying::key("unsound-notice"),
        R::Unsafe(_) => Saying::key("unsound-rule"),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use domain::{Day, GroupId, Moment, WaveId, WaveState};
    use protocol::{ManifestProblem, NoticeProblem, Sha256Digest, VouchProblem};
    use release::check::ReleaseViolation;

    use super::*;
    use crate::words::Words;

    fn round() -> WaveId {
        WaveId::parse("2026-q4").unwrap()
    }

    fn of(name: &str) -> TeamLabel {
        TeamLabel::parse(name).unwrap()
    }

    fn events() -> Vec<EventRefused> {
        let (team, day) = (of("Works"), Day::parse("2026-11-21").unwrap());
        vec![
            EventRefused::SameName { team: team.clone() },
            EventRefused::NotSeveral { what: "a merge needs" },
            EventRefused::UnknownTeam { team: team.clone() },
            EventRefused::Ended { team: team.clone(), event: 3 },
            EventRefused::NameTaken { team: team.clone() },
            EventRefused::UnknownAbove { under: team.clone() },
            EventRefused::Circle { team: team.clone(), under: team.clone() },
            EventRefused::InFuture { on: day, today: day },
            EventRefused::BeforeLaunch { on: day, wave: round(), launched: day },
            EventRefused::NothingBefore,
            EventRefused::Breaks { event: 4, reason: Box::new(EventRefused::UnknownTeam { team }) },
        ]
    }

    fn groups() -> Vec<GroupsRefused> {
        let (team, text) = (of("Works"), || "Night shift".to_owned());
        vec![
            GroupsRefused::NoName { teams: text() },
            GroupsRefused::Unreadable { teams: text(), label: text() },
            GroupsRefused::CountedUp { teams: text(), label: text() },
            GroupsRefused::OtherTeam { teams: text(), label: text(), team: team.clone() },
            GroupsRefused::NameTwice { label: text() },
            GroupsRefused::NoTeams { group: text() },
            GroupsRefused::UnknownTeam { group: text(), team: team.clone() },
            GroupsRefused::TeamTwice { team: team.clone(), first: text(), second: text() },
            GroupsRefused::TeamMissing { team: team.clone() },
            GroupsRefused::TakenApart { proposed: text(), team: team.clone(), first: text(), other: team, second: text() },
        ]
    }

    fn results() -> Vec<ReleaseRefused> {
        let json = || serde_json::from_str::<u8>("x").unwrap_err();
        let hash = Sha256Digest::of(b"x");
        vec![
            ReleaseRefused::Truncated { found: 7 },
            ReleaseRefused::Edited { found: hash, published: hash },
            ReleaseRefused::NotSigned,
            ReleaseRefused::NotVouched(VouchProblem::Missing),
            ReleaseRefused::OtherCounts,
            ReleaseRefused::OtherFormat { found: "candor-release/9".to_owned() },
            ReleaseRefused::Unreadable(json()),
            ReleaseRefused::OtherWave { what: "result", found: "2026-q3".to_owned() },
            ReleaseRefused::Manifest(ManifestProblem::Json(json())),
            ReleaseRefused::OtherInstrument { found: hash, promised: hash },
            ReleaseRefused::Instrument(json()),
            ReleaseRefused::Groups(GroupListProblem::Empty),
            ReleaseRefused::Notice(NoticeProblem::NoKey(round())),
            ReleaseRefused::Unsafe(ReleaseViolation::Counts { rule: "more were counted than answered" }),
        ]
    }

    fn people_side() -> Vec<IdentityError> {
        let (wave, state) = (round(), WaveState::Running);
        vec![
            IdentityError::UnknownWave { wave: wave.clone() },
            IdentityError::UnknownAccount,
            IdentityError::WaveExists { wave: wave.clone() },
            IdentityError::StateRefused { wave: wave.clone(), state, wanted: WaveState::Closed },
            IdentityError::AbortDecided { wave: wave.clone() },
            IdentityError::NoAbortReason { wave: wave.clone() },
            IdentityError::Extended { wave: wave.clone(), before: 3 },
            IdentityError::AnotherWave { wave: wave.clone(), other: wave, state },
            IdentityError::Event(EventRefused::NothingBefore),
            IdentityError::UnknownEvent { number: 3 },
            IdentityError::EventFrozen { number: 3 },
            IdentityError::NoUpload,
            IdentityError::OtherList,
            IdentityError::LoginTaken,
            IdentityError::AccountIncomplete { what: "a leader is a person of the staff list" },
        ]
    }

    /// One of every refusal that has words.
    fn refusals() -> Vec<Refusal> {
        let (wave, state, team) = (round(), WaveState::Running, of("Works"));
        let disagreements = [
            Disagreement::NotListed { event: 2, team: team.clone() },
            Disagreement::StillListed { event: 2, team: team.clone() },
            Disagreement::Elsewhere { event: 2, team: team.clone(), said: Some(team.clone()), listed: None },
        ];
        let sayings = [
            of_policy(InvalidPolicy::KTooSmall { k: 3 }),
            of_policy(InvalidPolicy::GroupTooSmall { group_min: 5, k: 5 }),
            of_proposal(&ProposalRefused::TooFewPeople { invited: 1, needed: 6 }),
            of_proposal(&ProposalRefused::Tree(TreeProblem::Circle { team })),
            of_group_list(&GroupListProblem::Label { group: GroupId(0), label: "x".to_owned() }).unwrap(),
            of_group_list(&GroupListProblem::SameLabel { first: GroupId(0), second: GroupId(1), label: "x".to_owned() }).unwrap(),
            of_coarsening("q1", "pulse", InvalidCoarsening::RangeOutOfScale { min_range: 9, points: 7 }),
            of_coarsening("q1", "pulse", InvalidCoarsening::GridTooFine { grid: 1 }),
            Saying::key("refused-wrong-passphrase"),
            Saying::key("refused-key-here"),
            Saying::key("refused-too-late").and("moment", Moment::parse("2026-11-21T09:00:00Z").unwrap()),
            Saying::key("refused-result-unreadable"),
            Saying::key("refused-result-format").and("found", "candor-opened/9"),
            Saying::key("refused-result-elsewhere"),
            Saying::key("refused-result-signature"),
            Saying::key("refused-result-form"),
            Saying::key("refused-result-rule").and("why", of_result(&ReleaseRefused::OtherCounts)),
            Saying::key("refused-result-another"),
            Saying::key("refused-text"),
            Saying::key("refused-extension-days"),
            Saying::key("refused-no-such-comment").and("round", &wave),
            Saying::key("refused-no-notices").and("round", &wave),
            Saying::key("obstacle-groups").and("why", of_groups(&GroupsRefused::TeamMissing { team: of("Works") })),
            Saying::key("detail-result-unsound").and("why", of_result(&ReleaseRefused::NotSigned)).and("reference", "0a1b2c3d"),
        ];
        let mut refusals = vec![
            Refusal::UnknownWave(wave.clone()),
            Refusal::PassphraseNeeded(wave.clone()),
            Refusal::CountersignatureNeeded(wave.clone()),
            Refusal::ResultNeeded(wave.clone()),
            Refusal::WrongState { wave: wave.clone(), state, reason: "only a closed round can be opened" },
            Refusal::Ending { wave: wave.clone(), reason: "Krankheit.".to_owned() },
            Refusal::NotDue { wave: wave.clone(), what: "the opening", when: Moment::parse("2026-11-21T09:00:00Z").unwrap() },
            Refusal::ObjectionsUnanswered { wave: wave.clone(), count: 2 },
        ];
        let closes_at = Moment::parse("2026-11-28T09:00:00Z").unwrap();
        refusals.extend(
            [
                ExtensionRefused::NotDeclared,
                ExtensionRefused::Already { days: 3, closes_at },
                ExtensionRefused::TooLong { days: 9, most: 7 },
                ExtensionRefused::Due { closes_at },
            ]
            .map(|refused| Refusal::Extension { wave: wave.clone(), refused }),
        );
        refusals.extend(events().into_iter().map(|refused| Refusal::Event(Box::new(refused))));
        refusals.extend(groups().into_iter().flat_map(|refused| {
            let by_hand = Refusal::GroupsByHand { wave: round(), why: Box::new(Refusal::Groups(Box::new(refused.clone()))) };
            [Refusal::Groups(Box::new(refused)), by_hand]
        }));
        refusals.extend(disagreements.map(|disagreement| Refusal::StaffList(Box::new(disagreement))));
        refusals.extend(people_side().into_iter().map(|problem| Refusal::PeopleSide(Box::new(problem))));
        refusals.extend(results().into_iter().map(|problem| Refusal::Unsound { wave: round(), problem: Box::new(problem) }));
        refusals.extend(sayings.map(Refusal::said));
        refusals
    }

    #[test]
    fn every_refusal_that_people_can_meet_is_said_in_every_language() {
        for refusal in refusals() {
            let saying = refusal.in_words().unwrap_or_else(|| panic!("{refusal:?} has no words"));
            let said: Vec<String> = Words::all().iter().map(|words| words.speak(&saying)).collect();
            assert!(said.iter().all(|said| !said.contains('…') && said.ends_with('.')), "{refusal:?}: {said:?}");
            let mut different = said.clone();
            different.sort_unstable();
            different.dedup();
            assert_eq!(different.len(), said.len(), "{refusal:?} is said alike in two languages: {said:?}");
            // What a lower layer says in English alone stands in no other language.
            assert!(!said[1..].iter().any(|said| said.contains(" the ") || said.contains(" is ")), "{refusal:?}: {said:?}");
        }
    }

    #[test]
    fn what_tells_of_disks_and_databases_has_no_words() {
        for hidden in [Refusal::Corrupt("x".to_owned()), Refusal::Unavailable("x".to_owned()), Refusal::Invalid("x".to_owned())] {
            assert_eq!(hidden.in_words(), None);
        }
        let program = IdentityError::Snapshot { wave: round(), problem: "x".to_owned() };
        assert_eq!(Refusal::PeopleSide(Box::new(program)).in_words(), None);
    }
}
