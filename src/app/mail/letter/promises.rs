//! The promise in a mail: in short as on the first screen of the survey page, then in full, then the words to compare.

use std::collections::BTreeSet;

use protocol::manifest::Weakening;

use super::super::message::{Extension, Group, KeyHeld, Later, Round, Team};
use super::super::promise::{Clause, Gap};
use super::{Block, BrokenWords, Filling, Key, Writing};

impl Writing<'_> {
    pub(super) fn promises(&mut self, group: &Group, page: &str) -> Result<(), BrokenWords> {
        self.promise_alone(group, page)?;
        self.check_words(group)
    }

    /// The promise without the words to compare.
    pub(super) fn promise_alone(&mut self, group: &Group, page: &str) -> Result<(), BrokenWords> {
        self.in_short(group)?;
        self.in_full(group, page)?;
        match &self.round.later {
            Some(later) => self.dates(later),
            None => Ok(()),
        }
    }

    fn promised(&self, clause: Clause) -> Result<String, BrokenWords> {
        self.words.promise(clause, &[])
    }

    /// What the clauses say, in one paragraph.
    fn sentences(&self, clauses: &[(Clause, &[Gap<'_>])]) -> Result<String, BrokenWords> {
        let said = clauses.iter().map(|(clause, gaps)| self.words.promise(*clause, gaps)).collect::<Result<Vec<_>, _>>()?;
        Ok(said.join(" "))
    }

    fn quoted(&self, own: &domain::instrument::Words) -> Result<String, BrokenWords> {
        self.words.say(Key::Quoted, &[("text", self.spoken(own).into())])
    }

    /// Group, readers, what is stored, what is not, and what it is not for.
    fn in_short(&mut self, group: &Group) -> Result<(), BrokenWords> {
        let round = self.round;
        let (invited, k, hours) = (group.invited.to_string(), round.k.to_string(), round.hr_groups_after_hours.to_string());
        let unit = group.unit.as_deref().unwrap_or(&round.organisation);
        let counted: &[Gap<'_>] = &[("n", &invited), ("group", &group.label), ("unit", unit), ("k", &k)];
        let leaders = self.words.list(&leaders(group))?;
        let holder = round.key.name();
        let points = vec![
            self.sentences(&[(Clause::GroupOne, counted), (Clause::GroupFew, counted)])?,
            {
                let led = if leaders.is_empty() { Clause::ReadersUnled } else { Clause::ReadersLed };
                let own = if round.team_reads { Clause::ReadersTeam } else { Clause::ReadersNoTeam };
                let mut readers: Vec<(Clause, &[Gap<'_>])> = vec![(Clause::Readers, &[])];
                let (named, waits) = ([("leaders", leaders.as_str())], [("hours", hours.as_str())]);
                readers.push((led, &named));
                readers.extend((round.hr_groups_after_hours > 0).then_some((Clause::ReadersHrLater, waits.as_slice())));
                readers.extend(round.hr_follows.then_some((Clause::ReadersParticipation, [].as_slice())));
                readers.push((own, &[]));
                readers.extend(round.comments.is_some().then_some((Clause::ReadersComments, [].as_slice())));
                self.sentences(&readers)?
            },
            {
                let after = if round.comments.is_some() { Clause::StoredAfterComments } else { Clause::StoredAfter };
                let held = by_holder(round, [Clause::StoredSolo, Clause::StoredPassphrase, Clause::StoredHolder, Clause::StoredTrustee]);
                self.sentences(&[(Clause::Stored, &[]), (held, &[("holder", holder)]), (after, &[])])?
            },
            {
                // A server that keeps order or times keeps what "the time" in this sentence denies.
                let kept = round.weakened_by.iter().any(|one| one.is_found());
                let mut not_stored: Vec<(Clause, &[Gap<'_>])> = vec![(Clause::NotStored, &[]), (Clause::NotStoredBody, &[])];
                not_stored.extend(kept.then_some((Clause::WeakShort, [].as_slice())));
                self.sentences(&not_stored)?
            },
            format!("{} {}", self.sentences(&[(Clause::Appraisal, &[]), (Clause::NotFor, &[])])?, self.quoted(&round.not_for)?),
        ];
        self.blocks.push(Block::Heading(self.promised(Clause::Title)?));
        self.blocks.push(Block::Points(points));
        Ok(())
    }

    /// How the answers are protected, and how far that goes.
    fn in_full(&mut self, group: &Group, page: &str) -> Result<(), BrokenWords> {
        let round = self.round;
        let numbers = [round.k, round.comments.map_or(0, |rule| rule.min_respondents), round.comments.map_or(0, |rule| rule.min_comments)];
        let [k, people, comments] = numbers.map(|number| number.to_string());
        let open = if round.comments.is_some() { Clause::OpenComments } else { Clause::Open };
        let coarse = match round.coalition {
            0 => Clause::CoarseNone,
            1 => Clause::CoarseOne,
            _ => Clause::CoarseSeveral,
        };
        let (values, colleagues) = (round.values_kept.to_string(), round.coalition.to_string());
        let holder = round.key.name();
        let (team, named) = self.teams(group)?;
        let mut points = vec![self.words.say(team, &named)?, self.promised(Clause::GroupLevel)?, self.promised(Clause::Seal)?];
        points.push(self.words.promise(open, &[("k", &k), ("people", &people), ("comments", &comments)])?);
        points.push(self.words.promise(coarse, &[("values", &values), ("colleagues", &colleagues)])?);
        let held = by_holder(round, [Clause::Solo, Clause::SoloPassphrase, Clause::SoloHolder, Clause::Trustee]);
        points.push(self.words.promise(held, &[("holder", holder)])?);
        if matches!(round.key, KeyHeld::Outside(_)) {
            points.push(self.words.promise(Clause::TrusteeWords, &[("holder", holder)])?);
        }
        let shown: &[(Clause, &[Gap<'_>])] =
            if round.cards { &[(Clause::Seen, &[]), (Clause::SeenCards, &[])] } else { &[(Clause::Seen, &[])] };
        points.push(self.sentences(shown)?);
        points.push(self.words.say(Key::ProtectionReceipt, &[])?);
        points.extend(round.comments.is_some().then(|| self.promised(Clause::Comments)).transpose()?);
        points.push(format!("{} {}", self.promised(Clause::Purpose)?, self.quoted(&round.purpose)?));
        self.blocks.push(Block::Heading(self.promised(Clause::LocksTitle)?));
        self.blocks.push(Block::Points(points));
        let limits = by_holder(round, [Clause::Limits, Clause::Limits, Clause::Limits, Clause::LimitsTrustee]);
        self.blocks.push(Block::Paragraph(self.words.promise(limits, &[("holder", holder)])?));
        self.paragraph(Key::LimitsMore, &[("page", page.into())])?;
        self.weakened()
    }

    /// What weakens the promise here, if anything was known to at the launch.
    fn weakened(&mut self) -> Result<(), BrokenWords> {
        if self.round.weakened_by.is_empty() {
            return Ok(());
        }
        self.blocks.push(Block::Heading(self.promised(Clause::WeakTitle)?));
        self.weakenings(&self.round.weakened_by)
    }

    /// What was found while the round ran and is not said in its promise.
    pub(super) fn found_later(&mut self, found: &BTreeSet<Weakening>) -> Result<(), BrokenWords> {
        if found.is_empty() {
            return Ok(());
        }
        self.paragraph(Key::ClosingFoundLater, &[])?;
        self.weakenings(found)
    }

    fn weakenings(&mut self, weakenings: &BTreeSet<Weakening>) -> Result<(), BrokenWords> {
        let sealed = matches!(self.round.key, KeyHeld::Outside(_));
        let clause = |one: &Weakening| if sealed { Clause::without_key(*one) } else { Clause::from(*one) };
        let points = weakenings.iter().map(|one| self.promised(clause(one))).collect::<Result<_, _>>()?;
        self.blocks.push(Block::Points(points));
        self.blocks.push(Block::Paragraph(self.promised(Clause::WeakMeans)?));
        Ok(())
    }

    fn dates(&mut self, later: &Later) -> Result<(), BrokenWords> {
        let moments = [later.closes_at, later.objections_until, later.published_from, later.published_by].map(|moment| self.moment(moment));
        let [close, until, from, by] = moments;
        let (close, until, from, by) = (close?, until?, from?, by?);
        self.blocks.push(Block::Heading(self.promised(Clause::DatesTitle)?));
        let published = self.words.promise(Clause::DatesPublish, &[("date", &from), ("latest", &by)])?;
        let [close, board] =
            [(Clause::DatesClose, close), (Clause::DatesBoard, until)].map(|(clause, date)| self.words.promise(clause, &[("date", &date)]));
        let mut points = vec![close?];
        points.extend(self.extension()?);
        points.extend([board?, published]);
        self.blocks.push(Block::Points(points));
        Ok(())
    }

    /// Whether the close can come later, or why it comes later than was said before.
    fn extension(&self) -> Result<Option<String>, BrokenWords> {
        Ok(match self.round.extension {
            Extension::None => None,
            Extension::Possible { days } => {
                let span = self.words.say(Key::Days, &[("days", days.into())])?;
                Some(self.words.promise(Clause::DatesExtend, &[("span", &span)])?)
            }
            Extension::Done { planned } => {
                let planned = self.moment(planned)?;
                Some(self.words.promise(Clause::DatesExtended, &[("date", &planned)])?)
            }
        })
    }

    /// The sentence on the team; where several answer in one group, on all of them.
    fn teams(&self, group: &Group) -> Result<(Key, Vec<Filling<'static>>), BrokenWords> {
        if let [only] = group.teams.as_slice() {
            let team = ("team", only.label.clone().into());
            if only.leaders.is_empty() {
                return Ok((Key::GroupUnled, vec![team]));
            }
            return Ok((Key::GroupLed, vec![team, ("leaders", self.words.list(&only.leaders)?.into())]));
        }
        let named = |team: &Team| match team.leaders.as_slice() {
            [] => Ok(team.label.clone()),
            leaders => Ok(format!("{} ({})", team.label, self.words.list(leaders)?)),
        };
        let teams = group.teams.iter().map(named).collect::<Result<Vec<_>, BrokenWords>>()?;
        Ok((Key::GroupTeams, vec![("teams", self.words.list(&teams)?.into())]))
    }

    fn check_words(&mut self, group: &Group) -> Result<(), BrokenWords> {
        self.heading(Key::WordsTitle)?;
        self.paragraph(Key::WordsIntro, &[])?;
        for (label, words) in [(Key::WordsRound, &self.round.check_words), (Key::WordsGroup, &group.check_words)] {
            let label = self.words.say(label, &[])?;
            self.blocks.push(Block::Code { label, code: words.clone() });
        }
        Ok(())
    }
}

/// The leaders of all teams of a group, each once.
fn leaders(group: &Group) -> Vec<String> {
    let mut leaders: Vec<String> = Vec::new();
    for leader in group.teams.iter().flat_map(|team| &team.leaders) {
        if !leaders.contains(leader) {
            leaders.push(leader.clone());
        }
    }
    leaders
}

/// The clause for the way in which the key is held.
fn by_holder(round: &Round, [process, locked, locked_by, outside]: [Clause; 4]) -> Clause {
    match round.key {
        KeyHeld::Process => process,
        KeyHeld::Locked => locked,
        KeyHeld::LockedBy(_) => locked_by,
        KeyHeld::Outside(_) => outside,
    }
}
