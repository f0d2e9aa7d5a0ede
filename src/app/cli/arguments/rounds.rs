//! What can be typed about rounds.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use domain::WaveId;

use crate::cli::values::{parse_span, parse_yes_or_no};
use crate::lifecycle::draft::{default_coalition, default_min_range};

/// `candor wave …`.
#[derive(Debug, Subcommand)]
pub enum WaveCommand {
    /// Draft a round: instrument, dates, rules. Nothing is sent.
    Create(CreateArguments),
    /// Freeze the round and invite everybody. Afterwards nothing of it can be changed. Where somebody outside the operator holds the key, it waits for their
    /// countersignature before anybody is invited.
    Launch(OneWave),
    /// Write the draft of the promise sheet for a key holder outside the operator, who reads and signs it. After the launch; nobody is invited before they
    /// have.
    Sheet {
        /// The round, for instance 2026-q4.
        wave: WaveId,
        /// A new file for it. It names all groups, and only its owner may read it.
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    /// Take the countersignature of the key holder outside the operator, and invite everybody. Afterwards nothing of the round can be changed.
    Countersign {
        /// The round, for instance 2026-q4.
        wave: WaveId,
        /// What they handed over: ROUND.countersignature.json.
        file: PathBuf,
    },
    /// List the groups in which people answer; for a draft, those that a launch would freeze today. A draft's groups can be merged and named by hand.
    Groups(GroupsArguments),
    /// Say where a round stands, what comes next and when. Without a name: all rounds.
    Status {
        /// The round, for instance 2026-q4.
        wave: Option<WaveId>,
    },
    /// Queue a reminder for those who have not answered. Nobody is told who they are.
    Remind(OneWave),
    /// Put the close of a running round off, once, by no more days than were declared in the draft. It cannot be shortened or taken back.
    Extend {
        /// The round, for instance 2026-q4.
        wave: WaveId,
        /// By how many whole days.
        #[arg(long)]
        days: u32,
    },
    /// End the answering when it is due.
    Close(OneWave),
    /// Answer the objections to a closed round in public. Nothing is opened before; the answer cannot be changed.
    Answer {
        /// The round.
        wave: WaveId,
        /// What happened and what you do about it, in 10 to 1000 characters; everybody reads it.
        #[arg(long)]
        text: String,
    },
    /// Open and verify the answers when it is due. Nobody sees a number.
    Open(OneWave),
    /// Write the sealed answers of a closed round into a file for whoever holds its key outside this program. Without the key it opens nothing.
    ///
    /// Each time stands in the promise log. Delete the file once the result is published.
    Bundle {
        /// The round.
        wave: WaveId,
        /// A new file for them. Only its owner may read it.
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    /// Take in the signed result of whoever holds the key outside this program. It is checked, and kept until its date.
    Result {
        /// The round.
        wave: WaveId,
        /// The file that came back, with a name like 2026-q4.result.json.
        file: PathBuf,
    },
    /// Publish the result when it is due, and destroy key and answers.
    Publish(OneWave),
    /// End the round without a result. The answers are destroyed unopened and everybody is told.
    Abort {
        /// The round.
        wave: WaveId,
        /// The reason, in one sentence; everybody who was invited reads it.
        #[arg(long)]
        reason: String,
        /// The folder with the round's key is gone for good. Without this the command insists on destroying the key.
        #[arg(long)]
        key_lost: bool,
    },
}

/// A command about one wave.
#[derive(Debug, Args)]
pub struct OneWave {
    /// The round, for instance 2026-q4.
    pub wave: WaveId,
}

/// Arguments of `candor wave groups`.
#[derive(Debug, Args)]
pub struct GroupsArguments {
    /// The round, for instance 2026-q4.
    pub wave: WaveId,
    /// Write the groups into a file that can be changed and set again.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["set", "reset"])]
    pub export: Option<PathBuf>,
    /// Set a draft's groups as the file has them; all or nothing. They are checked again at the launch.
    #[arg(long, value_name = "FILE", conflicts_with = "reset")]
    pub set: Option<PathBuf>,
    /// Return a draft to the proposed groups.
    #[arg(long)]
    pub reset: bool,
}

/// Arguments of `candor wave create`.
#[derive(Debug, Args)]
pub struct CreateArguments {
    /// Its name, for instance 2026-q4: lower-case letters, digits and hyphens. It stands in every link.
    pub wave: WaveId,
    /// The questionnaire: pulse, annual, a quarterly one such as quarterly-leader, or one of your own.
    #[arg(long, default_value = "pulse")]
    pub instrument: String,
    /// When answering ends, counted from now: 10d, 36h.
    #[arg(long, default_value = "14d", value_name = "SPAN", value_parser = parse_span)]
    pub closes_in: u64,
    /// By how many days at most the close may be put off, once, while people can answer: 0 to 7. Everybody reads it on the promise sheet.
    #[arg(long, default_value_t = 0, value_name = "DAYS", conflicts_with = "manual")]
    pub may_extend: u32,
    /// How long answers under way may still arrive after that.
    #[arg(long, default_value = "15m", value_name = "SPAN", value_parser = parse_span)]
    pub grace: u64,
    /// How long people can object after the box is shut.
    #[arg(long, default_value = "3d", value_name = "SPAN", value_parser = parse_span)]
    pub window: u64,
    /// When the result is published, counted from the close.
    #[arg(long, default_value = "4d", value_name = "SPAN", value_parser = parse_span)]
    pub publish_after: u64,
    /// When the round is aborted if it could not be published, counted from the close.
    #[arg(long, default_value = "14d", value_name = "SPAN", value_parser = parse_span)]
    pub publish_by: u64,
    /// Let commands set every moment. On this machine only; people read it on their promise sheet.
    #[arg(long)]
    pub manual: bool,
    /// The fewest people who are ever shown together, at least 4; never below that of a published round. Without it survey.k of the configuration.
    #[arg(long, value_name = "PEOPLE")]
    pub k: Option<u32>,
    /// The smallest group that is proposed, more than k. Without it survey.group_min of the configuration.
    #[arg(long, value_name = "PEOPLE")]
    pub group_min: Option<u32>,
    /// Against how many colleagues who put their own answers together everybody's answer stays protected; at most k - 3.
    #[arg(long, default_value_t = default_coalition(), value_name = "PEOPLE")]
    pub covers_colluders: u32,
    /// How many values of the scale stay possible for everybody's answer.
    #[arg(long, default_value_t = default_min_range(), value_name = "VALUES")]
    pub values_kept: u32,
    /// Lock the key that opens the answers with a passphrase (asked for at launch, or CANDOR_BOX_PASSPHRASE). A person must then open and publish.
    #[arg(long)]
    pub passphrase: bool,
    /// Who holds that passphrase; everybody reads the name on the promise sheet. Without it survey.key_holder of the configuration.
    #[arg(long, value_name = "NAME", requires = "passphrase")]
    pub key_holder: Option<String>,
    /// Let somebody outside the operator hold the key that opens the answers: the file ROUND.public.json that they made with candor trustee keys. This
    /// server then never has it. docs/key-holder.md tells what that takes.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["passphrase", "key_holder"])]
    pub key_holder_file: Option<PathBuf>,
    /// How many hours after the publication HR reads the results of groups, 24 to 336, so that leaders read theirs first; 0 for at once. Without it
    /// survey.hr_groups_after_hours of the configuration.
    #[arg(long, value_name = "HOURS")]
    pub hr_groups_after: Option<u32>,
    /// Whether the disks of this server are copied while people answer, by snapshots or backups: ask whoever runs it. Everybody reads the answer on the
    /// promise sheet, also that nobody gave one.
    #[arg(long, value_name = "yes|no", value_parser = parse_yes_or_no)]
    pub disk_copies: Option<bool>,
    /// Let HR follow once a day and in steps how many of all people take part. Everybody reads it on the promise sheet.
    #[arg(long)]
    pub show_participation: bool,
    /// Ask the instrument's open questions too. What people write is shown only of many people together, but a way of writing can give somebody away.
    #[arg(long)]
    pub comments: bool,
}
