//! How far a long piece of work is, for whoever waits for it. Says nothing about what is durable; that is what [`Step`](super::Step) is for.

use std::fmt;
use std::sync::Arc;

use identity::Identity;

use crate::installation::Installation;

/// A piece of work that takes a while in a large organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Work {
    /// The staff list is replaced.
    ImportStaff,
    /// The standing groups are formed from today's staff list.
    FormGroups,
    /// Everybody is written down as they are today.
    FreezeStaff,
    /// Groups, keys and survey page go under the promise sheet.
    SealPromises,
    /// One mail for everybody is put into the queue.
    QueueInvitations,
    /// The box is shut, and the list of counted answers made.
    ShutBox,
    /// Promise sheet, lists and credentials are checked.
    CheckAnswers,
    /// The sealed answers are opened in memory.
    OpenAnswers,
    /// The result is worked out of them.
    ComputeResult,
    /// Key and sealed answers are destroyed.
    DestroyAnswers,
}

impl fmt::Display for Work {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ImportStaff => "Writing the staff list",
            Self::FormGroups => "Forming the groups",
            Self::FreezeStaff => "Freezing the staff list",
            Self::SealPromises => "Sealing the promise sheet",
            Self::QueueInvitations => "Queueing the invitations",
            Self::ShutBox => "Shutting the box",
            Self::CheckAnswers => "Checking the sealed answers",
            Self::OpenAnswers => "Opening the answers in memory",
            Self::ComputeResult => "Working out the result",
            Self::DestroyAnswers => "Destroying key and sealed answers",
        })
    }
}

/// How far a piece of work is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub work: Work,
    /// For how many people it is done.
    pub done: usize,
    /// For how many it has to be done; 0 where people are not counted.
    pub of: usize,
}

/// Who is told how far a piece of work is.
pub type Onlooker = Arc<dyn Fn(Progress) + Send + Sync>;

/// Nobody is waiting.
pub(crate) fn nobody() -> Onlooker {
    Arc::new(|_| {})
}

impl Installation {
    /// Tells that a piece of work begins.
    pub(crate) fn begin(&self, work: Work) {
        (self.progress)(Progress { work, done: 0, of: 0 });
    }

    /// The people side, telling how far a piece of work on `of` people is.
    pub(crate) fn people_side_at(&self, work: Work, of: usize) -> Identity {
        (self.progress)(Progress { work, done: 0, of });
        let told = self.progress.clone();
        self.identity.telling(move |done| told(Progress { work, done, of }))
    }
}
