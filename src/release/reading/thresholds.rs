//! Every threshold of the pages in one table. Scores and differences are points of 100.

/// Below this many respondents a page shows the ladder of rungs that exist.
pub(super) const LADDER_BELOW: u32 = 12;

/// A response rate is shown only from this many invited people on.
pub(super) const RATE_FROM_INVITED: u64 = 10;

/// A comparison takes at most so many groups of one wave together.
pub(super) const MOST_GROUPS: usize = 3;

/// Points from which a change may be called clear.
pub(super) const CLEAR_FROM: f64 = 6.0;

/// Adjusted p-value below which a change is clear.
pub(super) const CLEAR_BELOW: f64 = 0.05;

/// Adjusted p-value below which a change is possible.
pub(super) const POSSIBLE_BELOW: f64 = 0.20;

/// Of the changes listed as worth a conversation, the share that may be chance (q of Benjamini and Hochberg).
pub(super) const CHANCE_AMONG_LISTED: f64 = 0.10;

/// So many of the last published rounds are read together: a year of quarters.
pub(super) const MOST_RECENT_ROUNDS: usize = 4;

/// A single statement is shown only from this many answers to it on.
pub(super) const STATEMENTS_FROM: u64 = 10;

/// Error probability of calling any of the statements of a page low that is not.
pub(super) const LOW_BELOW: f64 = 0.05;

/// A page suggests at most so much.
pub(super) const MOST_SUGGESTIONS: usize = 2;

/// The dimension on the upright axis of the quadrant: speaking up.
pub(super) const SAFETY: &str = "SAF";

/// The dimension on the level axis of the quadrant: standards.
pub(super) const STANDARDS: &str = "STD";

/// Where both axes of the quadrant are cut, and below which a whole range is low; never a median, which would put half of all groups on each side. 4.5 on a scale of 1 to 7.
pub const QUADRANT_CUT: f64 = 58.0;

/// Probability from which a zone of the quadrant, or two of them together, are named.
pub(super) const NAMED_FROM: f64 = statistics::ZONE_CERTAINTY;

/// Weight of a group's own answers below which its estimate is shown faintly: most of it then comes from the other groups.
pub(super) const FAINT_BELOW: f64 = 0.5;

/// How many standard deviations from the mean of all the inner limits of a funnel lie: 95 of 100 groups alike are within.
pub(super) const FUNNEL_INNER: f64 = 1.959_964;
/// The same for the outer limits: 998 of 1000 are within.
pub(super) const FUNNEL_OUTER: f64 = 3.090_232;

/// Fewest rounds through which a line is drawn.
pub(super) const FEWEST_ROUNDS_FOR_A_LINE: usize = 3;

/// Standard deviation of a single item in raw scale points where the Release states none: the largest that it could.
pub(super) const WIDEST_ITEM_SD: f64 = 2.0;

/// Of a hundred people, so many with the same point eight or more times in a row, turned statements among them, are a mixed sign, and so
/// many are worth a conversation. A convention, not a calibrated rule.
pub(super) const IN_A_ROW_MIXED_FROM: u32 = 15;
/// See [`IN_A_ROW_MIXED_FROM`].
pub(super) const IN_A_ROW_TALK_FROM: u32 = 30;

/// The same for the same point throughout.
pub(super) const ALL_ALIKE_MIXED_FROM: u32 = 10;
/// See [`ALL_ALIKE_MIXED_FROM`].
pub(super) const ALL_ALIKE_TALK_FROM: u32 = 20;
