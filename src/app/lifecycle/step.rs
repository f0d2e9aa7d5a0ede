//! The durable steps of a wave's life, each a point at which the process may die and be started again.

/// A step that has just become durable.
///
/// The functions of the life cycle report each step to an observer: commands print it, the crash test kills the process at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// The staff list's snapshot and the groups are frozen; the wave is `launching`.
    LaunchFrozen,
    /// The box key lies in its file.
    LaunchBoxKeyWritten,
    /// Manifest, group list, client and keys are on the ballot side.
    LaunchResponsesReady,
    /// The promise sheet is composed and waits for a countersignature; nobody is served it.
    SheetPrepared,
    /// The countersigned promise sheet, group list, client and keys are on the ballot side.
    Countersigned,
    /// Invitations are queued; the wave is `running`.
    LaunchRunning,
    /// No more credentials are issued; the wave is `closing`.
    CloseIssuingStopped,
    /// The box is shut and the board is written.
    CloseBoxShut,
    /// Link secrets are gone, closing mails are queued; the wave is `closed`.
    CloseFinished,
    /// Hash and checks of the opening are kept.
    OpenRecorded,
    /// The wave is `opened`.
    OpenFinished,
    /// The Release is durable.
    PublishReleaseWritten,
    /// The box key file is destroyed.
    PublishKeyDestroyed,
    /// Ballots, keys and client are gone from the ballot side.
    PublishBallotsDestroyed,
    /// The wave is `published`.
    PublishFinished,
    /// The decision to abort is durable.
    AbortDecided,
    /// The box key file is destroyed.
    AbortKeyDestroyed,
    /// The ballots are destroyed unopened.
    AbortBallotsDestroyed,
    /// The wave is `aborted`.
    AbortFinished,
}

impl Step {
    /// Every step, in the order of a life.
    pub const ALL: [Self; 19] = [
        Self::LaunchFrozen,
        Self::LaunchBoxKeyWritten,
        Self::LaunchResponsesReady,
        Self::SheetPrepared,
        Self::Countersigned,
        Self::LaunchRunning,
        Self::CloseIssuingStopped,
        Self::CloseBoxShut,
        Self::CloseFinished,
        Self::OpenRecorded,
        Self::OpenFinished,
        Self::PublishReleaseWritten,
        Self::PublishKeyDestroyed,
        Self::PublishBallotsDestroyed,
        Self::PublishFinished,
        Self::AbortDecided,
        Self::AbortKeyDestroyed,
        Self::AbortBallotsDestroyed,
        Self::AbortFinished,
    ];

    /// The step's stable name in metrics.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::LaunchFrozen => "launch-frozen",
            Self::LaunchBoxKeyWritten => "launch-box-key-written",
            Self::LaunchResponsesReady => "launch-responses-ready",
            Self::SheetPrepared => "sheet-prepared",
            Self::Countersigned => "countersigned",
            Self::LaunchRunning => "launch-running",
            Self::CloseIssuingStopped => "close-issuing-stopped",
            Self::CloseBoxShut => "close-box-shut",
            Self::CloseFinished => "close-finished",
            Self::OpenRecorded => "open-recorded",
            Self::OpenFinished => "open-finished",
            Self::PublishReleaseWritten => "publish-release-written",
            Self::PublishKeyDestroyed => "publish-key-destroyed",
            Self::PublishBallotsDestroyed => "publish-ballots-destroyed",
            Self::PublishFinished => "publish-finished",
            Self::AbortDecided => "abort-decided",
            Self::AbortKeyDestroyed => "abort-key-destroyed",
            Self::AbortBallotsDestroyed => "abort-ballots-destroyed",
            Self::AbortFinished => "abort-finished",
        }
    }

    /// The step in a few words, as commands print it.
    #[must_use]
    pub const fn describe(self) -> &'static str {
        match self {
            Self::LaunchFrozen => "staff list and groups are frozen",
            Self::LaunchBoxKeyWritten => "the key that opens the answers lies in its file",
            Self::LaunchResponsesReady => "the promise sheet is frozen",
            Self::SheetPrepared => "the promise sheet waits for the countersignature of its key holder; nobody is invited before",
            Self::Countersigned => "the promise sheet is frozen as its key holder signed it",
            Self::LaunchRunning => "invitations are queued, people can answer",
            Self::CloseIssuingStopped => "no new answers begin",
            Self::CloseBoxShut => "the box is shut and the list of counted answers is public",
            Self::CloseFinished => "personal links are erased, closing mails are queued",
            Self::OpenRecorded => "the answers were opened and checked once; nobody was shown a number",
            Self::OpenFinished => "the opening is on record",
            Self::PublishReleaseWritten => "the result is written",
            Self::PublishKeyDestroyed => "the key that opens the answers is destroyed",
            Self::PublishBallotsDestroyed => "the sealed answers are destroyed",
            Self::PublishFinished => "the result is published",
            Self::AbortDecided => "the end without a result is decided",
            Self::AbortKeyDestroyed => "the key that opens the answers is destroyed",
            Self::AbortBallotsDestroyed => "the sealed answers are destroyed",
            Self::AbortFinished => "the round has ended without a result; everybody who was invited by mail is told",
        }
    }
}

/// Who is told about each durable step.
pub type Observer<'a> = &'a mut dyn FnMut(Step);
