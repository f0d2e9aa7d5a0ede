//! A promise sheet in plain words, for somebody who signs it.

use std::fmt::Write as _;

use domain::Language;
use domain::wave::Pace;
use protocol::manifest::{Texts, Weakening};

use super::{Sheet, in_language};
use crate::dates::InWords;

/// A heading with its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// What it is about.
    pub title: &'static str,
    /// One thing each.
    pub lines: Vec<String>,
}

impl Sheet {
    /// The whole sheet in English; questions and the organisation's own words in `language` where they exist in it.
    #[must_use]
    pub fn told(&self, language: &Language) -> Vec<Passage> {
        vec![self.round(language), self.dates(), self.rules(), self.readers(), self.groups_told(), self.questions(language)]
    }

    fn round(&self, language: &Language) -> Passage {
        let promised = self.manifest.manifest();
        let mut lines = vec![
            format!("{} asks {} people. The round is called {}.", promised.organisation, promised.invited, promised.wave),
            format!("The key is held by {}, and not by the operator.", promised.key_holder.as_deref().unwrap_or_default()),
            format!("What the result is for: {}", own_words(&promised.purpose, language)),
            format!("What it may not be used for: {}", own_words(&promised.not_for, language)),
        ];
        if let Some(place) = &promised.words_posted {
            lines.push(format!("Where the check words hang: {}", own_words(place, language)));
        }
        lines.extend(
            promised.contacts.iter().map(|contact| format!("In confidence: {} ({})", own_words(&contact.label, language), contact.address)),
        );
        if promised.cards > 0 {
            lines.push(format!("{} people are invited by a printed card.", promised.cards));
        }
        lines.push(
            "The check words are not known yet: when you sign, this program puts a random number of yours at the end of the sheet, so that nobody could \
             have prepared a second sheet with the same words."
                .to_owned(),
        );
        lines.push(format!("Hash of the draft: {}", self.manifest.hash()));
        Passage { title: "The round", lines }
    }

    fn dates(&self) -> Passage {
        let (opens_at, schedule) = (self.manifest.manifest().opens_at, &self.manifest.manifest().schedule);
        let lines = match schedule.pace {
            Pace::Manual => vec!["Commands set every moment: nothing here waits for a date.".to_owned()],
            Pace::Dates => {
                let closes = schedule.closes_at;
                let mut lines = vec![format!("Answers are taken from {} until {}.", InWords(opens_at), InWords(closes))];
                if schedule.extension_days > 0 {
                    lines.push(format!(
                        "The end may be put off once, by at most {} days; all later dates then move with it.",
                        schedule.extension_days
                    ));
                }
                lines.push(format!(
                    "Objections to the list of counted answers are taken until {}. Only then you may open.",
                    InWords(schedule.opens(closes))
                ));
                lines.push(format!(
                    "The result is published on {}, or as soon as you have opened after that.",
                    InWords(schedule.publishes(closes))
                ));
                lines.push(format!(
                    "If you have not opened by {}, all answers are destroyed unopened and everybody is told.",
                    InWords(schedule.aborts(closes))
                ));
                lines
            }
        };
        Passage { title: "The dates", lines }
    }

    fn rules(&self) -> Passage {
        let promised = self.manifest.manifest();
        let colluding = if promised.coalition == 1 { "one colleague".to_owned() } else { format!("{} colleagues", promised.coalition) };
        let comments = promised.comments.map_or_else(
            || "No comments are asked.".to_owned(),
            |rule| {
                format!(
                    "Comments are shown only of {} or more people together, and {} or more comments.",
                    rule.min_respondents, rule.min_comments
                )
            },
        );
        let lines = vec![
            format!("Never fewer than {} people are shown together.", promised.k),
            format!(
                "Every answer keeps at least {} possible values, also for somebody who knows the answers of {colluding} of the same group.",
                promised.min_range
            ),
            format!("New groups have at least {} people; smaller teams answer together with others.", promised.group_min),
            comments,
        ];
        Passage { title: "What protects people", lines }
    }

    fn readers(&self) -> Passage {
        let audiences = self.manifest.manifest().audiences;
        let hr = match audiences.hr_groups_after_hours {
            0 => "HR reads the results of all groups.".to_owned(),
            hours => format!("HR reads the organisation's result at once, and those of the groups {hours} hours after that."),
        };
        let team = if audiences.team {
            "The people of a group read the result of their group."
        } else {
            "The people of a group do not read its result."
        };
        let mut lines = vec![
            "A leader reads the result that contains their own team; who leads a unit reads its total as well.".to_owned(),
            hr,
            team.to_owned(),
        ];
        if audiences.hr_participation {
            lines.push(
                "While people answer, HR may see once a day how many of the whole organisation have answered, in steps of 10 or more people; never who."
                    .to_owned(),
            );
        }
        Passage { title: "Who reads what", lines }
    }

    fn groups_told(&self) -> Passage {
        let lines = self.groups.leaves().iter().map(|leaf| {
            let mut line = format!("{}: {} people", leaf.label, leaf.invited);
            if let Some(unit) = leaf.unit.0.last() {
                let _ = write!(line, ", under {unit}");
            }
            line
        });
        // No program can tell a person who was invented from one who was not.
        let compare = "Compare these numbers with what you know of the teams: whoever invents the others of a group can work out the answers of the rest.";
        Passage { title: "The groups in which people answer", lines: lines.chain([compare.to_owned()]).collect() }
    }

    fn questions(&self, language: &Language) -> Passage {
        let statements = self.instrument.items.iter().map(|item| in_language(&item.text, language).to_owned());
        let open = self.instrument.comments.iter().map(|question| format!("In their own words: {}", in_language(&question.text, language)));
        Passage { title: "What people are asked", lines: statements.chain(open).collect() }
    }
}

fn own_words(texts: &Texts, language: &Language) -> String {
    match texts {
        Texts::Plain(text) => text.clone(),
        Texts::PerLanguage(texts) => in_language(texts, language).to_owned(),
    }
}

/// What weakens the promise, as the key holder should ask about it. None of it opens an answer without the key.
pub(super) const fn weakening(weakening: Weakening) -> &'static str {
    match weakening {
        Weakening::CommitTimes => "The database server of the sealed answers notes when each of them came.",
        Weakening::StatementLog => "The database server of the sealed answers logs what came, and when.",
        Weakening::Archive => "Every change of the sealed answers is copied into an archive, in its order.",
        Weakening::ReplicationSlot => "Every change of the sealed answers is kept in its order for another program.",
        Weakening::Replica => "Another server receives every change of the sealed answers, in its order.",
        Weakening::OneServer => {
            "Staff list and sealed answers lie on one database server, whose log holds both in the order in which they came."
        }
        Weakening::OneRole => "One password opens the staff list and the sealed answers.",
        Weakening::Unseen => "What the database server keeps beside the sealed answers could not be found out.",
        Weakening::DiskCopies => "The operator's disks are copied while people answer. Copies outlive the destruction of the answers.",
        Weakening::DiskCopiesUnknown => "Nobody has said whether the operator's disks are copied while people answer.",
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::given::ROUND;

    #[test]
    fn everything_that_the_sheet_decides_is_told() {
        let sheet = Sheet::check(&ROUND.sheet(), &ROUND.public).unwrap();
        let told = sheet.told(&Language::parse("en").unwrap());
        let all: String = told.iter().flat_map(|passage| passage.lines.iter()).map(|line| format!("{line}\n")).collect();
        for expected in [
            "Example asks 36 people. The round is called 2026-q4.",
            "held by Works council, Vera Albers, and not by the operator",
            "until 15 November 2026, 18:00 UTC",
            "you have not opened by 29 November 2026, 18:00 UTC",
            "Never fewer than 5 people",
            "Group 1: 12 people",
            "I can say what I think.",
            "What it may not be used for: appraisal",
            "The check words are not known yet",
        ] {
            assert!(all.contains(expected), "{expected} is missing in\n{all}");
        }
        for word in protocol::words::manifest_words(&ROUND.manifest.hash()) {
            assert!(!all.contains(&word), "{word} of the draft would be taken for a check word");
        }
    }
}
