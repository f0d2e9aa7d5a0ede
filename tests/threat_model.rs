//! The one table of who could learn what. `docs/threat-model.md` is rendered from it together with the sentences that the product itself says about each,
//! so that neither a page nor the document can promise something else than the other.
//!
//! After a change here or in those sentences: `WRITE_THREAT_MODEL=1 cargo test --test threat_model` writes the document anew.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// How far an answer is protected against somebody.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Protection {
    /// What somebody answered cannot be learned this way.
    Protected,
    /// It holds as long as what the last column says holds.
    OnCondition,
    /// It can be learned, and nothing here prevents it.
    NotSolved,
}

impl Protection {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Protected => "yes",
            Self::OnCondition => "on a condition",
            Self::NotSolved => "**not solved**",
        }
    }
}

/// Somebody who would like to know who said what.
struct Threat {
    who: &'static str,
    sees: &'static str,
    learns: &'static str,
    protected: Protection,
    /// What remains, and on what it rests.
    remains: &'static str,
    /// Where the product itself says it: keys of the survey page's words, or of the console's behind `console:`.
    said: &'static [&'static str],
}

use Protection::{NotSolved, OnCondition, Protected};

const THREATS: &[Threat] = &[
    Threat {
        who: "a manager with every report of every round, who knows the staff list and the method",
        sees: "all published numbers",
        learns: "nothing about a group of fewer than k people; for every single answer at least three values of seven stay possible, also with one colleague who tells their own",
        protected: Protected,
        remains: "that a group had fewer than k answers can be seen from its being shown together with another; an end of the scale says \"70 or more\"; a comparison of two rounds can narrow an answer further, never to a single value",
        said: &[
            "promise.results.everybody",
            "promise.results.low",
            "promise.results.rounds",
            "console:result-raw-people",
            "console:result-raw-live",
        ],
    },
    Threat {
        who: "all the others of a group together (n-1 colleagues)",
        sees: "the group's result and their own answers",
        learns: "the last one's answer, almost exactly",
        protected: NotSolved,
        remains: "no rule of this kind prevents it. The promise sheet says how many colleagues are covered (one, if nobody chose more)",
        said: &["promise.results.others"],
    },
    Threat {
        who: "somebody who knows how people write",
        sees: "comments, word for word, of ten or more people together",
        learns: "perhaps who wrote one, by its style or by what it tells",
        protected: NotSolved,
        remains: "comments are asked only in rounds that say so, are short, carry no group smaller than ten, and stand beside no answer. Leave the field empty where it matters",
        said: &["promise.results.style", "promise.results.known"],
    },
    Threat {
        who: "whoever copies databases, backups, server logs and the mail archive, during or after the round, without the key",
        sees: "who was invited and who has answered; sealed answers, in the order in which they came while the round ran",
        learns: "who answered, and perhaps when; not what",
        protected: Protected,
        remains: "the sealed answers open only with a key that is destroyed at publication and never was in a database or backup; in many years perhaps with a quantum computer, but not to whom they belong, unless copies kept the order",
        said: &["promise.locks.seen", "console:result-raw-gone"],
    },
    Threat {
        who: "the same, with the key (a snapshot or backup took the key folder, or the disks are copied)",
        sees: "all of that, and the key",
        learns: "every answer, and from copies made while people answered possibly whose it is",
        protected: OnCondition,
        remains: "keep the key folder out of every backup and snapshot, and copy no disk during a round. The draft asks about copies of disks, and the promise sheet says the answer, or that nobody gave one",
        said: &["promise.weak.disk-copies", "promise.weak.disk-copies-unknown", "promise.weak.title", "promise.weak.means"],
    },
    Threat {
        who: "whoever administers a database server that keeps more than its tables, or one for both sides, and has the key",
        sees: "moments, statements or changes of sealed answers in the order in which they came, and possibly those of the people side beside them",
        learns: "whose sealed answer is whose, and with the key what was answered",
        protected: OnCondition,
        remains: "a launch refuses such a server, unless it was accepted by name; then the promise sheet says it to everybody, and what comes later goes to the promise log and the closing mail ([operating.md](operating.md#what-a-launch-refuses))",
        said: &[
            "promise.short.weak",
            "promise.weak.commit-times",
            "promise.weak.statement-log",
            "promise.weak.archive",
            "promise.weak.replication-slot",
            "promise.weak.replica",
            "promise.weak.one-server",
            "promise.weak.one-role",
            "promise.weak.unseen",
            "check.foundLater",
        ],
    },
    Threat {
        who: "an operator, a proxy or a network that logs who connects while people answer",
        sees: "addresses, times, sealed bytes of one size",
        learns: "who sent which sealed answer; not what is in it",
        protected: OnCondition,
        remains: "holds while the key is safe. A proxy of the employer that opens TLS sees no more than this",
        said: &["promise.locks.seal", "promise.limits.key"],
    },
    Threat {
        who: "an operator who serves one person a changed page (changed scripts)",
        sees: "whatever that page sends",
        learns: "that person's answers",
        protected: NotSolved,
        remains: "the fingerprint of the page's program stands in the promise sheet, and people can compare check words; a careful observer can notice, the person alone cannot be sure",
        said: &["promise.limits.page", "promise.limits.short"],
    },
    Threat {
        who: "an operator who keeps the key instead of destroying it",
        sees: "in solo mode the operator's own process holds the key",
        learns: "every answer; and whose it is, if connections were logged or both databases copied while people answered",
        protected: NotSolved,
        remains: "in solo mode the destruction is a promise, not a proof, and the page says so. A passphrase that somebody else has makes it two people instead of one",
        said: &["promise.short.dishonest", "promise.locks.solo", "promise.locks.soloPassphrase"],
    },
    Threat {
        who: "an operator and whoever holds the key or its passphrase, together",
        sees: "connections, copies, and the key",
        learns: "every answer, and whose it is",
        protected: NotSolved,
        remains: "choose a key holder whom the operator cannot order about, such as a works council or a data protection officer, and name them on the promise sheet",
        said: &["promise.locks.soloHolder"],
    },
    Threat {
        who: "an operator who invents people, or answers for those who do not",
        sees: "totals",
        learns: "nothing, but can shift results",
        protected: Protected,
        remains: "the published totals, the closing mail (\"we hold: answered\") and the public list of counted answers let people notice",
        said: &["promise.limits.invent"],
    },
    Threat {
        who: "an operator who removes sealed answers",
        sees: "groups and totals",
        learns: "nothing, but can shift results",
        protected: Protected,
        remains: "whoever kept the receipt can prove it and object, which is counted in public and holds the opening until the operator has answered in public. An answer is not a correction: people must judge it themselves",
        said: &[],
    },
    Threat {
        who: "a colleague at the same computer",
        sees: "an open tab",
        learns: "nothing after Send",
        protected: OnCondition,
        remains: "the draft and the link's code live in the tab's session until Send (a browser may keep that on its disk, to restore tabs after a crash)",
        said: &[],
    },
    Threat {
        who: "whoever prints code cards, or keeps their file",
        sees: "all codes of these cards, for cards with names also whose they are",
        learns: "never what was answered; after the close which cards were used, and once it is published the result of each card's group, where groups read theirs (`/w/<wave>/team/<read code>`; the code is of the group, not of a person)",
        protected: Protected,
        remains: "can answer with a card before its holder, who reads at Send that it was used. Until the close a code shows nobody whether it was used. For cards without names nobody learns who used them, if the draw was blind and nobody noted it",
        said: &["promise.locks.seenCards", "promise.limits.cards"],
    },
    Threat {
        who: "somebody who finds a card, or asks a person to show theirs",
        sees: "the code",
        learns: "after the close whether it was used; once it is published the result of the card's group, where groups read theirs",
        protected: Protected,
        remains: "before it is used, can answer in the person's place",
        said: &[],
    },
    Threat {
        who: "somebody with access to a person's mail",
        sees: "the personal link",
        learns: "nothing of an answer that was given",
        protected: Protected,
        remains: "can answer in their name; the person then reads \"sending was already begun for you\"",
        said: &[],
    },
];

/// Sentences of the survey page and the console about what somebody could learn: each of them belongs to a row.
const ABOUT_LEARNING: &[&str] =
    &["promise.limits.", "promise.results.", "promise.weak.", "promise.locks.solo", "promise.locks.seen", "console:result-raw-"];
/// Headings, which promise nothing.
const HEADINGS: &[&str] = &["promise.limits.title", "promise.results.title"];
const LANGUAGES: &[&str] = &["en", "de", "fr", "es"];
const BEGIN: &str = "<!-- Rendered by tests/threat_model.rs: change the table there. -->\n";
const END: &str = "<!-- The end of what is rendered. -->\n";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

/// Every sentence in a language by its key: those of the survey page, and of the console where it speaks it.
fn sentences(language: &str) -> BTreeMap<String, String> {
    let page = std::fs::read_to_string(root().join(format!("src/client/words/{language}.json"))).unwrap();
    let mut all: BTreeMap<String, String> = serde_json::from_str(&page).unwrap();
    if let Ok(console) = std::fs::read_to_string(root().join(format!("src/app/words/console.{language}.ftl"))) {
        let texts = console.lines().filter_map(|line| line.split_once(" = "));
        all.extend(texts.map(|(key, text)| (format!("console:{key}"), text.to_owned())));
    }
    all
}

/// A sentence without its gaps, in the form for several people.
fn quoted(sentence: &str) -> String {
    let mut text = String::new();
    let mut rest = sentence;
    while let Some((before, behind)) = rest.split_once('{') {
        let (gap, after) = behind.split_once('}').unwrap();
        text.push_str(before);
        match gap.rsplit_once("| other ") {
            Some((_, several)) => text.push_str(several),
            None => text.push('…'),
        }
        rest = after;
    }
    text.push_str(rest);
    text
}

fn rendered() -> String {
    let words = sentences("en");
    let mut text = String::from("| who | sees | can learn | is the answer protected? | what remains |\n|---|---|---|---|---|\n");
    for Threat { who, sees, learns, protected, remains, .. } in THREATS {
        text.push_str(&format!("| {who} | {sees} | {learns} | {} | {remains} |\n", protected.as_str()));
    }
    text.push_str("\n## What the product says about it\n\nThe very sentences of the survey page, its mails and the console (in English; they are there in every language):\n\n");
    for Threat { who, said, .. } in THREATS.iter().filter(|threat| !threat.said.is_empty()) {
        let quotes: Vec<String> = said.iter().map(|key| format!("*{}*", quoted(&words[*key]))).collect();
        text.push_str(&format!("* {who}: {}\n", quotes.join(" ")));
    }
    text
}

#[test]
fn the_document_holds_the_table_and_the_sentences_as_they_are() {
    let file = root().join("docs/threat-model.md");
    let text = std::fs::read_to_string(&file).unwrap();
    let (before, behind) = text.split_once(BEGIN).expect("the place of the table");
    let (found, after) = behind.split_once(END).expect("the end of the table");
    if std::env::var_os("WRITE_THREAT_MODEL").is_some() {
        std::fs::write(&file, format!("{before}{BEGIN}{}{END}{after}", rendered())).unwrap();
        return;
    }
    assert!(found == rendered(), "docs/threat-model.md differs: WRITE_THREAT_MODEL=1 cargo test --test threat_model writes it anew");
}

#[test]
fn every_sentence_about_what_somebody_could_learn_belongs_to_a_row_and_is_said_in_every_language() {
    let said: Vec<&str> = THREATS.iter().flat_map(|threat| threat.said).copied().collect();
    for key in sentences("en").keys().filter(|key| ABOUT_LEARNING.iter().any(|about| key.starts_with(about))) {
        assert!(said.contains(&key.as_str()) || HEADINGS.contains(&key.as_str()), "{key} stands in no row of the table");
    }
    for language in LANGUAGES {
        let words = sentences(language);
        let spoken = |key: &&str| !key.starts_with("console:") || ["en", "de"].contains(language);
        for key in said.iter().filter(|key| spoken(key)) {
            assert!(words.get(*key).is_some_and(|text| !text.is_empty()), "{key} is not said in {language}");
        }
    }
}

#[test]
fn whatever_is_not_solved_is_told_to_those_who_answer() {
    for threat in THREATS.iter().filter(|threat| threat.protected == NotSolved) {
        assert!(threat.said.iter().any(|key| key.starts_with("promise.")), "{} is told nowhere", threat.who);
    }
    let unsolved = |about: &str| THREATS.iter().any(|threat| threat.protected == NotSolved && threat.who.contains(about));
    assert!(
        ["changed scripts", "together", "n-1 colleagues", "how people write"].into_iter().all(unsolved),
        "what nobody can solve is not left out"
    );
}
