//! A flaw on purpose, for the attacks of tests/attack: how many have answered is told while people answer.

use responses::planted;

use super::status::RoundStatus;
use crate::installation::Installation;
use crate::words::{Saying, Value};

/// How many answers are in the box, where that flaw was asked for.
pub(crate) fn live_counter(installation: &Installation) -> Option<u32> {
    installation.responses.spent().ok().filter(|_| planted::is_chosen("live-counter"))
}

/// The status with that number among its facts.
pub(super) fn with_live_counter(installation: &Installation, mut status: RoundStatus) -> RoundStatus {
    status.facts.extend(live_counter(installation).map(|count| (Saying::key("fact-counted"), Value::Number(count.into()))));
    status
}
