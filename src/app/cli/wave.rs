//! `candor wave …`.

use std::path::Path;
use std::time::Duration;

use domain::wave::Pace;
use domain::{Schedule, WaveId, WaveState};
use keyholder::PublicHalf;
use secrecy::SecretString;

use super::arguments::{CreateArguments, WaveCommand};
use super::release::hand_over;
use super::terminal::{Meter, say, secret};
use super::{Failure, groups, key_holder, reorganisation};
use crate::installation::Installation;
use crate::lifecycle::draft::{self, WaveSettings};
use crate::lifecycle::launch::Launched;
use crate::lifecycle::{Refusal, Step, abort, close, countersign, delivery, extend, launch, objections, opening, publish, remind, status};
use crate::words::{Voice, Words};

/// How many groups a new draft lists before it refers to `candor wave groups`.
const GROUPS_SHOWN: usize = 40;

pub(super) fn run(installation: &Installation, command: &WaveCommand) -> Result<(), Failure> {
    match command {
        WaveCommand::Create(arguments) => create(installation, arguments),
        WaveCommand::Launch(one) => launch_wave(installation, &one.wave),
        WaveCommand::Sheet { wave, to } => {
            hand_over(&countersign::sheet(installation, wave)?, Some(to))?;
            say!("{} is for the key holder. It names every group and its leaders.", to.display());
            next(installation, wave)
        }
        WaveCommand::Countersign { wave, file } => countersign_wave(installation, wave, file),
        WaveCommand::Groups(arguments) => groups::run(installation, arguments),
        WaveCommand::Status { wave } => print_status(installation, wave.as_ref()),
        WaveCommand::Remind(one) => {
            remind::remind(installation, &one.wave)?;
            say!("Reminders are queued for those who have not answered. Nobody is told who they are, and how many.");
            Ok(())
        }
        WaveCommand::Extend { wave, days } => {
            let extended = extend::extend(installation, wave, *days)?;
            if extended.before {
                say!("Nothing was changed: round {wave} had been extended like this before, and that can be done once.");
            } else {
                say!("Round {wave} is extended; nobody gets a mail about it. The survey page and later reminders tell the new date.");
            }
            next(installation, wave)
        }
        WaveCommand::Close(one) => {
            long(installation, "closing", |installation, observe| close::close(installation, &one.wave, observe))?;
            next(installation, &one.wave)
        }
        WaveCommand::Answer { wave, text } => {
            objections::answer_objections(installation, wave, text)?;
            say!("The answer is public: {}/w/{wave}/objections", installation.config.respondents.url);
            next(installation, wave)
        }
        WaveCommand::Open(one) => {
            let passphrase = passphrase_if_needed(installation, &one.wave)?;
            let record = long(installation, "opening and verifying", |installation, observe| {
                opening::open(installation, &one.wave, passphrase.as_ref(), observe)
            })?;
            for check in &record.checks {
                say!("  checked: {}: {}", check.what, check.found);
            }
            next(installation, &one.wave)
        }
        WaveCommand::Bundle { wave, to } => key_holder::hand_out(installation, wave, to),
        WaveCommand::Result { wave, file } => key_holder::take_in(installation, wave, file),
        WaveCommand::Publish(one) => {
            let passphrase = passphrase_if_needed(installation, &one.wave)?;
            long(installation, "publishing", |installation, observe| {
                publish::publish(installation, &one.wave, passphrase.as_ref(), observe)
            })?;
            say!("Read the result: {}/organisation/{}", installation.config.console.url, one.wave);
            Ok(())
        }
        WaveCommand::Abort { wave, reason, key_lost } => {
            long(installation, "ending without a result", |installation, observe| {
                if *key_lost {
                    abort::abort_without_key(installation, wave, reason, observe)
                } else {
                    abort::abort(installation, wave, reason, observe)
                }
            })?;
            Ok(())
        }
    }
}

/// Runs a long step, showing how far it is, and prints each durable step as it is reached.
pub(super) fn long<T, E>(
    installation: &Installation,
    what: &str,
    work: impl FnOnce(&Installation, &mut dyn FnMut(Step)) -> Result<T, E>,
) -> Result<T, E> {
    let meter = Meter::begin(what);
    let watched = Installation { progress: meter.onlooker(), ..installation.clone() };
    let result = work(&watched, &mut |step| meter.line(step.describe()));
    meter.end();
    result
}

fn create(installation: &Installation, arguments: &CreateArguments) -> Result<(), Failure> {
    let closes_at = installation.clock.now().plus(Duration::from_secs(arguments.closes_in));
    let schedule = if arguments.manual {
        Schedule::manual(closes_at)
    } else {
        Schedule {
            pace: Pace::Dates,
            closes_at,
            grace_seconds: arguments.grace,
            window_seconds: arguments.window,
            publish_at_seconds: arguments.publish_after,
            publish_by_seconds: arguments.publish_by,
            extension_days: arguments.may_extend,
        }
    };
    let holder = arguments.key_holder.as_ref().or(installation.config.survey.key_holder.as_ref());
    let settings = WaveSettings {
        instrument: arguments.instrument.clone(),
        schedule,
        k: arguments.k.unwrap_or(installation.config.survey.k),
        group_min: arguments.group_min.unwrap_or(installation.config.survey.group_min),
        coalition: arguments.covers_colluders,
        min_range: arguments.values_kept,
        passphrase: arguments.passphrase,
        comments: arguments.comments,
        // The name in the configuration is for rounds that have a passphrase.
        key_holder: holder.filter(|_| arguments.passphrase).cloned(),
        particulars: draft::Particulars {
            hr_groups_after_hours: arguments.hr_groups_after,
            disk_copies: arguments.disk_copies,
            participation: arguments.show_participation,
            trustee: arguments.key_holder_file.as_deref().map(public_half).transpose()?,
            ..draft::Particulars::default()
        },
    };
    let drafted = draft::create(installation, &arguments.wave, &settings)?;
    say!("Round {} is drafted. Nothing was sent.", arguments.wave);
    if let Some(trustee) = settings.trustee() {
        say!("{} holds the key. Fingerprint in words, to be compared aloud with theirs: {}", trustee.holder, trustee.words());
    }
    for sentence in &drafted.hidden {
        say!("{sentence}.");
    }
    let Some(draft) = &drafted.groups else {
        say!("Next: candor roster import FILE.csv, then candor wave launch {}", arguments.wave);
        return Ok(());
    };
    say!("With today's staff list people would answer in these groups:");
    groups::print_draft(&arguments.wave, draft, &settings, GROUPS_SHOWN);
    if let Some(news) = &drafted.news {
        reorganisation::print_news(news);
    }
    say!("Next: candor wave launch {} (it invites everybody and cannot be taken back)", arguments.wave);
    Ok(())
}

/// Reads what a key holder outside the operator handed over.
fn public_half(path: &Path) -> Result<PublicHalf, Failure> {
    let problem = |cause: &dyn std::fmt::Display| Failure::BadInput(format!("{}: {cause}", path.display()));
    let bytes = std::fs::read(path).map_err(|cause| problem(&cause))?;
    PublicHalf::from_json(&bytes).map_err(|cause| problem(&cause))
}

fn launch_wave(installation: &Installation, wave: &WaveId) -> Result<(), Failure> {
    let settings = WaveSettings::of(&installation.identity, wave)?;
    let passphrase = if settings.passphrase && launch::makes_a_key(installation, wave)? {
        let passphrase = secret("CANDOR_BOX_PASSPHRASE", "Passphrase that locks the key of this round").map_err(Failure::BadInput)?;
        say!("Without this passphrase nobody can open the answers of round {wave}. Keep it until the result is published.");
        Some(passphrase)
    } else {
        None
    };
    let launched =
        long(installation, "launching", |installation, observe| launch::launch(installation, wave, passphrase.as_ref(), observe));
    match launched {
        Ok(launched) => invited(installation, wave, &settings, &launched),
        // That is as far as a launch comes by itself where somebody outside holds the key.
        Err(Refusal::CountersignatureNeeded(_)) => {
            say!("Staff list, groups and dates are frozen. Nobody is invited yet.");
            next(installation, wave)
        }
        Err(refusal) => Err(refusal.into()),
    }
}

fn countersign_wave(installation: &Installation, wave: &WaveId, file: &Path) -> Result<(), Failure> {
    let settings = WaveSettings::of(&installation.identity, wave)?;
    let bytes = std::fs::read(file).map_err(|cause| Failure::BadInput(format!("cannot read {}: {cause}", file.display())))?;
    let launched = long(installation, "launching", |installation, observe| countersign::countersign(installation, wave, &bytes, observe))?;
    invited(installation, wave, &settings, &launched)
}

/// Says what a launch has come to.
fn invited(installation: &Installation, wave: &WaveId, settings: &WaveSettings, launched: &Launched) -> Result<(), Failure> {
    say!("{} people in {} groups are invited.", launched.invited, launched.groups);
    if launched.by_card > 0 {
        say!("{} of them get no mail: make their printed code cards now with candor cards --wave {wave} --out cards.pdf", launched.by_card);
    }
    if launched.without_team > 0 {
        say!("{} people of the staff list belong to no team and were not invited.", launched.without_team);
    }
    say!("Check words of this round, the same for everybody: {}", launched.check_words);
    match settings.trustee() {
        None => say!(
            "Put them where everybody sees them. The key that opens the answers: {}. Keep that folder out of every backup.",
            installation.keys.path(wave).display()
        ),
        Some(trustee) => say!(
            "They must be those that {} makes known: people compare them with the words in their mail. The key that opens the answers is not here.",
            trustee.holder
        ),
    }
    say!("Mails leave while candor serve runs.");
    next(installation, wave)
}

fn passphrase_if_needed(installation: &Installation, wave: &WaveId) -> Result<Option<SecretString>, Failure> {
    if WaveSettings::of(&installation.identity, wave)?.passphrase {
        return secret("CANDOR_BOX_PASSPHRASE", "Passphrase of the key").map(Some).map_err(Failure::BadInput);
    }
    Ok(None)
}

pub(super) fn next(installation: &Installation, wave: &WaveId) -> Result<(), Failure> {
    let status = status::status(installation, wave)?;
    let words = spoken(installation);
    say!("{}", words.speak(&status.sentence));
    say!("Next: {}{}", words.speak(&status.next), on_the_server(status.state, wave));
    Ok(())
}

/// The commands of what comes next, where it can be done here as well as on the console's pages, which know no commands.
fn on_the_server(state: WaveState, wave: &WaveId) -> String {
    match state {
        WaveState::Draft => format!(": candor wave launch {wave}"),
        WaveState::Launching => {
            format!(" (candor wave launch {wave}; with a key holder outside, candor wave sheet {wave} and candor wave countersign {wave})")
        }
        _ => String::new(),
    }
}

/// English, with moments in the installation's time zone, as the console's pages have them.
fn spoken(installation: &Installation) -> Voice {
    Words::english().in_zone(installation.config.survey.zone())
}

fn print_status(installation: &Installation, wave: Option<&WaveId>) -> Result<(), Failure> {
    let waves = match wave {
        Some(wave) => vec![wave.clone()],
        None => {
            let records = installation.identity.waves().map_err(|e| Failure::Refused(e.to_string()))?;
            records.into_iter().map(|r| r.wave).collect()
        }
    };
    if waves.is_empty() {
        say!("There is no round yet. Next: candor wave create 2026-q4");
    }
    let words = spoken(installation);
    for wave in waves {
        let status = status::status(installation, &wave)?;
        say!("Round {wave}: {}", words.speak(&status.sentence));
        for entry in &status.calendar {
            say!("  {} {:24} {}", if entry.past { "x" } else { " " }, words.value(&entry.when), words.speak(&entry.what));
        }
        for (what, value) in status.facts.iter().chain(&delivery::mail_status(installation, &wave)?.facts) {
            say!("  {}: {}", words.speak(what), words.value(value));
        }
        for sentence in &status.participation {
            say!("  {}", words.speak(sentence));
        }
        say!("  Next: {}{}", words.speak(&status.next), on_the_server(status.state, &wave));
    }
    Ok(())
}
