//! The tables of what HR reads of the organisation as a whole.

use release::reading::{CourseFound, Differences, OrganisationReport};

use super::{Read, Reader, SAID, Sheet, Value, number, points};
use crate::catalogue::Fixed;
use crate::gathered::path;

impl Reader<'_, '_> {
    pub(super) fn conversation(&self, report: &OrganisationReport) -> Read {
        let mut rows = vec![vec![
            self.say(Fixed::Organisation),
            Value::Nothing,
            Value::Nothing,
            Value::Nothing,
            Value::Nothing,
            Value::Nothing,
            Value::Nothing,
            self.words.tested(&report.conversation)?.into(),
        ]];
        for entry in &report.conversation.entries {
            let mut row = vec![
                self.words.list(&entry.groups)?.into(),
                path(&entry.unit).into(),
                self.dimension(&entry.dimension),
                self.words.change_word(entry.word).into(),
            ];
            row.extend(points(&entry.difference));
            row.push(if entry.difference.at_least { self.say(Fixed::FileAtLeast) } else { Value::Nothing });
            rows.push(row);
        }
        let columns = vec![
            Fixed::Group,
            Fixed::FileUnit,
            Fixed::FileTopic,
            Fixed::FileChange,
            Fixed::FileDifference,
            Fixed::FileDifferenceLowest,
            Fixed::FileDifferenceHighest,
            Fixed::FileRemark,
        ];
        Ok(Sheet { name: Fixed::SheetConversation, columns, rows })
    }

    pub(super) fn courses(&self, report: &OrganisationReport) -> Read {
        let mut rows = Vec::new();
        for course in &report.courses {
            let mut row = vec![self.dimension(&course.dimension), self.words.course(&course.found)?.into()];
            row.extend(match &course.found {
                CourseFound::Line { since, rounds, difference, .. } => {
                    let [points, low, high] = points(difference);
                    [since.as_str().into(), i32::try_from(*rounds).ok().into(), points, low, high]
                }
                CourseFound::UpAndDown { since, rounds } => {
                    [since.as_str().into(), i32::try_from(*rounds).ok().into(), Value::Nothing, Value::Nothing, Value::Nothing]
                }
                CourseFound::TooFewRounds | CourseFound::CannotBeTold => [(); 5].map(|()| Value::Nothing),
            });
            rows.push(row);
        }
        let columns = vec![
            Fixed::FileTopic,
            Fixed::FileFinding,
            Fixed::FileSince,
            Fixed::FileRounds,
            Fixed::FileDifference,
            Fixed::FileDifferenceLowest,
            Fixed::FileDifferenceHighest,
        ];
        Ok(Sheet { name: Fixed::SheetCourse, columns, rows })
    }

    pub(super) fn differences(&self, report: &OrganisationReport) -> Read {
        let mut rows = Vec::new();
        for of in &report.differences {
            let mut row = vec![self.dimension(&of.dimension), self.words.differences(&of.found)?.into()];
            row.extend(match &of.found {
                Differences::Found { share: Some(share), .. } => [share.hundredths, share.low, share.high].map(number),
                Differences::Found { share: None, .. } | Differences::TooFewGroups => [(); 3].map(|()| Value::Nothing),
            });
            rows.push(row);
        }
        let columns = vec![Fixed::FileTopic, Fixed::FileFinding, Fixed::FileShare, Fixed::FileShareLowest, Fixed::FileShareHighest];
        Ok(Sheet { name: Fixed::SheetDifferences, columns, rows })
    }

    pub(super) fn estimates(&self, report: &OrganisationReport) -> Read {
        let mut rows = Vec::new();
        for of in &report.differences {
            let Differences::Found { groups, .. } = &of.found else { continue };
            for group in groups {
                rows.push(vec![
                    self.words.list(&group.groups)?.into(),
                    path(&group.unit).into(),
                    self.dimension(&of.dimension),
                    number(group.interval.low),
                    number(group.interval.high),
                    self.words.weight(group).into(),
                ]);
            }
        }
        let columns = vec![Fixed::Group, Fixed::FileUnit, Fixed::FileTopic, Fixed::FileLowest, Fixed::FileHighest, Fixed::EstimatesRestOn];
        Ok(Sheet { name: Fixed::SheetEstimates, columns, rows })
    }

    pub(super) fn said_or_lived(&self, report: &OrganisationReport) -> Read {
        let mut rows = Vec::new();
        if let Some(card) = &report.said_or_lived {
            let since = report.conversation.since.as_ref();
            let everybody = [self.say(Fixed::Organisation), Value::Nothing];
            rows.push(self.verdict(everybody, &card.organisation, since, since.is_none())?);
            let sentence = |text: String| vec![self.say(Fixed::Organisation), Value::Nothing, Value::Nothing, text.into()];
            if let Some(gap) = &card.gap {
                rows.push(sentence(self.words.said_gap(gap)?));
            }
            if let Some(signals) = &card.signals {
                rows.push(sentence(self.words.signals(signals)?));
            }
            for group in card.groups.iter().filter(|group| !group.verdict.reasons.is_empty()) {
                let whose = [self.words.list(&group.groups)?.into(), path(&group.unit).into()];
                rows.push(self.verdict(whose, &group.verdict, since, false)?);
            }
        }
        Ok(Sheet { name: Fixed::SheetSaid, columns: SAID.to_vec(), rows })
    }
}
