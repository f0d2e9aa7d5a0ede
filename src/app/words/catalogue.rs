//! What stands in a Fluent file and what it lacks, for the tests of every catalogue.

use std::collections::{BTreeMap, BTreeSet};

/// Keys of a file, each with the names of what is filled in.
pub(crate) fn texts(file: &str) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut texts: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut id = "";
    for line in file.lines().filter(|line| !line.starts_with('#')) {
        if let Some((name, _)) = line.split_once(" =").filter(|_| line.starts_with(|c: char| c.is_ascii_lowercase())) {
            id = name;
            assert!(texts.insert(id, BTreeSet::new()).is_none(), "{id} stands twice");
        }
        let fillings = line.split('$').skip(1).filter_map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric()).next());
        if let Some(found) = texts.get_mut(id) {
            found.extend(fillings);
        }
    }
    texts
}

/// What a file lacks of the `wanted` texts, has beside them, or fills in otherwise than `master`; in that order.
pub(crate) fn faults(file: &str, master: &str, wanted: &BTreeSet<&str>) -> Vec<String> {
    let (master, found) = (texts(master), texts(file));
    let missing = wanted.iter().filter(|id| !found.contains_key(*id)).map(|id| format!("{id} is missing"));
    let surplus = found.keys().filter(|id| !wanted.contains(*id)).map(|id| format!("{id} is not wanted"));
    let filled = found.iter().filter_map(|(id, fillings)| {
        let wanted = master.get(id)?;
        (wanted != fillings).then(|| format!("{id} fills in {fillings:?} instead of {wanted:?}"))
    });
    missing.chain(surplus).chain(filled).collect()
}
