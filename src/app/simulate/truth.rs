//! The audit file with the truth in it, for a checking program that wants to see whether what it concludes holds.

use std::collections::{BTreeMap, BTreeSet};

use domain::{PersonId, UnitPath, WaveId};
use release::audit_file::{AuditFile, Heads, group_unit, upward};
use release::reading::PublishedWave;
use serde_json::Value;

use super::round::{Truth, text};

/// Who lets their answers count higher up, in the words of `levels.json`.
pub(super) type Levels = BTreeMap<String, &'static str>;

/// The file's bytes: with everybody's answers as `truth`, and everybody listed in the unit in which their answers count. A checker can then hold
/// every range to the answers of exactly the people who are in it; without the truth nobody knows who counts one level up.
pub(super) fn audit_with_truth(
    mut file: AuditFile,
    waves: &[&PublishedWave],
    levels: &BTreeMap<WaveId, Levels>,
    truth: &BTreeMap<WaveId, Truth>,
) -> Result<Vec<u8>, String> {
    for wave in waves {
        let id = &wave.release.wave;
        let (Some(units), Some(levels)) = (file.rosters.get_mut(id), levels.get(id)) else { continue };
        let mut higher: BTreeMap<String, BTreeSet<PersonId>> = BTreeMap::new();
        for leaf in &wave.groups {
            let Some(Heads::People(people)) = units.get_mut(&group_unit(&leaf.label)) else { continue };
            people.retain(|person| match levels.get(person.as_str()) {
                None => true,
                Some(level) => {
                    let unit = if *level == "unit" { leaf.unit.clone() } else { UnitPath::organisation() };
                    higher.entry(upward(&unit)).or_default().insert(person.clone());
                    false
                }
            });
        }
        units.extend(higher.into_iter().map(|(unit, people)| (unit, Heads::People(people))));
    }
    let mut value = serde_json::to_value(file).map_err(text)?;
    if let Value::Object(fields) = &mut value {
        fields.insert("truth".to_owned(), serde_json::to_value(truth).map_err(text)?);
    }
    serde_json::to_vec(&value).map_err(text)
}
