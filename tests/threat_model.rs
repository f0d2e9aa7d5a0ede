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
    /// Where the product itself says it: keys of the survey page's words, of the console's behind `console:`, of the mails' and of what stands beside them
    /// behind `mail:`, of the reports' behind `report:`.
    said: &'static [&'static str],
}

use Protection::{NotSolved, OnCondition, Protected};

const THREATS: &[Threat] = &[
    Threat {
        who: "a manager with every report of every round, who knows the staff list and the method",
        sees: "all published numbers",
        learns: "nothing about a group of fewer than k people; for every single answer at least as many values of seven stay possible as the promise sheet says (three, unless the operator chose two), also with one colleague who tells their own",
        protected: Protected,
        remains: "that a group had fewer than k answers can be seen from its being shown together with another; an end of the scale says \"70 or more\"; a comparison of two rounds can narrow an answer further, never to a single value",
        said: &[
            "promise.results.everybody",
            "promise.results.low",
            "promise.results.rounds",
            "console:result-raw-people",
            "console:result-raw-live",
            "console:round-no-live-why",
            "report:never-seen",
            "report:one-sided",
            "report:score-no-safe-range",
            "mail:team-shared",
        ],
    },
    Threat {
        who: "HR in a round in which they follow how many take part, together with whoever knows of all others whether they have answered",
        sees: "one look a day at the whole organisation: at least so many of every 100 people have pressed Send, in steps of ten or more people",
        learns: "of an answer nothing. Whether one person pressed Send only if one of two lots fell exactly there: with a probability of at most 1/10 + 1/10 per look",
        protected: Protected,
        remains: "only where the promise sheet says so, from 50 people invited on, never for a unit or a group, and not in the last day before the close ([disclosure.md](disclosure.md#while-people-answer)). The number behind the last step lies on the people side until the close",
        said: &[
            "promise.readers.participation",
            "console:draft-participation-hint",
            "console:participation-how",
            "console:round-no-live-why-steps",
            "console:state-running-followed-means",
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
        remains: "comments are asked only in rounds that say so, are short, carry no group smaller than ten, and stand beside no answer. One that HR hides stays in the signed result. Leave the field empty where it matters",
        said: &[
            "promise.results.style",
            "promise.results.known",
            "promise.readers.comments",
            "comments.style",
            "comments.notice.date",
            "console:draft-comments-hint",
            "console:hide-unchanged",
            "console:hide-who",
            "report:comments-style",
        ],
    },
    Threat {
        who: "whoever copies databases, backups, server logs and the mail archive, during or after the round, without the key",
        sees: "who was invited and who has answered; sealed answers, in the order in which they came while the round ran",
        learns: "who answered, and perhaps when; not what",
        protected: Protected,
        remains: "the sealed answers open only with a key that is destroyed at publication and never was in a database or backup; in many years perhaps with a quantum computer, but not to whom they belong, unless copies kept the order",
        said: &[
            "promise.locks.seen",
            "promise.short.notStoredBody",
            "review.once",
            "console:shell-foot",
            "console:result-raw-gone",
            "console:open-here-nothing",
            "console:open-here-found",
            "console:open-foot",
            "report:strip-method",
        ],
    },
    Threat {
        who: "the same, with the key (a snapshot or backup took the key folder, or the disks are copied)",
        sees: "all of that, and the key",
        learns: "every answer, and from copies made while people answered possibly whose it is",
        protected: OnCondition,
        remains: "keep the key folder out of every backup and snapshot, and copy no disk during a round. The draft asks about copies of disks, and the promise sheet says the answer, or that nobody gave one. In trustee mode there is no key folder, and copies hold sealed answers alone",
        said: &[
            "promise.weak.disk-copies",
            "promise.weak.disk-copies-unknown",
            "promise.weak.sealed.disk-copies",
            "promise.weak.sealed.disk-copies-unknown",
            "promise.weak.title",
            "promise.weak.means",
        ],
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
        said: &["promise.locks.seal", "promise.stored.not", "promise.limits.key", "console:open-left-connections"],
    },
    Threat {
        who: "an operator who serves one person a changed page (changed scripts)",
        sees: "whatever that page sends",
        learns: "that person's answers",
        protected: NotSolved,
        remains: "the fingerprint of the page's program stands in the promise sheet, and people can compare check words; a careful observer can notice, the person alone cannot be sure",
        said: &["promise.limits.page", "promise.limits.short", "verify.limits.page", "console:open-left-page"],
    },
    Threat {
        who: "an operator who keeps the key instead of destroying it",
        sees: "in solo mode the operator's own process holds the key",
        learns: "every answer; and whose it is, if connections were logged or both databases copied while people answered",
        protected: NotSolved,
        remains: "in solo mode the destruction is a promise, not a proof, and the page says so. A passphrase that somebody else has makes it two people instead of one; a key holder outside leaves the operator no key to keep",
        said: &[
            "promise.short.dishonest",
            "promise.locks.solo",
            "promise.locks.soloPassphrase",
            "verify.limits.key",
            "console:key-lies-here",
            "console:draft-passphrase-hint",
            "console:open-key-says",
            "console:open-key-found",
            "console:open-key-against",
        ],
    },
    Threat {
        who: "an operator alone, in a round whose key somebody outside holds (trustee mode)",
        sees: "connections, sealed answers, and the result some time before its publication",
        learns: "who sent which sealed answer; not what is in it",
        protected: OnCondition,
        remains: "holds while the key holder's machine, passphrase and shares are theirs alone ([key-holder.md](key-holder.md)). Whoever was given another promise, with another key, has other check words than the key holder makes known",
        said: &[
            "promise.short.storedTrustee",
            "promise.locks.trusteeWords",
            "promise.limits.sheetTrustee",
            "console:state-opened-outside-means",
        ],
    },
    Threat {
        who: "a key holder outside the operator, alone",
        sees: "all sealed answers with their groups, once the round is closed; no connection, and nowhere who answered",
        learns: "with another program than Candor's, single answers and their group; not whose they are, unless they tell it themselves",
        protected: NotSolved,
        remains: "the program opens all answers or none and shows and keeps no answer; that no other one is used is a promise, and the page says so",
        said: &["promise.locks.trustee", "promise.stored.answersTrustee"],
    },
    Threat {
        who: "an operator and whoever holds the key or its passphrase, together",
        sees: "connections, copies, and the key",
        learns: "every answer, and whose it is",
        protected: NotSolved,
        remains: "choose a key holder whom the operator cannot order about, such as a works council or a data protection officer, and name them on the promise sheet",
        said: &[
            "promise.locks.soloHolder",
            "promise.short.dishonestTrustee",
            "promise.limits.keyTrustee",
            "promise.limits.shortTrustee",
            "verify.limits.trustee",
        ],
    },
    Threat {
        who: "an operator, or HR with the staff list, who invents people or answers for those who do not",
        sees: "totals, the published results, and the answers that they gave themselves",
        learns: "of a group that they fill but for one or few people what these answered, almost exactly, as n-1 colleagues could; and can shift results",
        protected: NotSolved,
        remains: "no program can tell an invented person from a real one. How many people a group has stands on the promise page of its people, who can count; the published totals, the closing mail (\"we hold: answered\") and the public list of counted answers let those notice for whom somebody else answered",
        said: &["promise.limits.invent"],
    },
    Threat {
        who: "an operator who removes sealed answers",
        sees: "groups and totals",
        learns: "nothing, but can shift results",
        protected: Protected,
        remains: "whoever kept the receipt can prove it and object, which is counted in public and holds the opening until the operator has answered in public. An answer is not a correction: people must judge it themselves",
        said: &["check.object.body"],
    },
    Threat {
        who: "a colleague at the same computer",
        sees: "an open tab",
        learns: "nothing after Send",
        protected: OnCondition,
        remains: "the draft and the link's code live in the tab's session until Send (a browser may keep that on its disk, to restore tabs after a crash). A receipt that is kept shows that somebody took part",
        said: &["receipt.hint"],
    },
    Threat {
        who: "whoever prints code cards, or keeps their file",
        sees: "all codes of these cards, for cards with names also whose they are",
        learns: "not what was answered, unless they answer with nearly all cards of a group and so stand for n-1 colleagues; after the close which cards were used, and once it is published the result of each card's group, where groups read theirs (`/w/<wave>/team/<read code>`; the code is of the group, not of a person)",
        protected: OnCondition,
        remains: "can answer with a card before its holder, who reads at Send that it was used. Until the close a code shows nobody whether it was used. For cards without names nobody learns who used them, if the draw was blind and nobody noted it",
        said: &["promise.locks.seenCards", "promise.limits.cards", "mail:cards-alone", "mail:cards-printed"],
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
    Threat {
        who: "whoever administers the mail server, or reads its queue and its log",
        sees: "every personal link, to whom reminders go, and which of them come back",
        learns: "who had not answered when a reminder went out; of an answer nothing, unless they answer for nearly a whole group and so stand for n-1 colleagues",
        protected: OnCondition,
        remains: "can answer in somebody's place, as above. Without reminders it tells nothing; cards hide a link from mail",
        said: &["console:draft-reminder-hint", "console:action-remind-does", "console:round-mail-reminders", "console:round-mail-these"],
    },
];

/// Sentences of the survey page and the console about what somebody could learn: each of them belongs to a row.
const ABOUT_LEARNING: &[&str] = &[
    "promise.limits.",
    "promise.results.",
    "promise.weak.",
    "promise.locks.solo",
    "promise.locks.trustee",
    "promise.locks.seen",
    "console:result-raw-",
];
/// Words by which such a sentence is found wherever else it stands. One that says what somebody could learn without any of them is not found: whoever writes
/// it adds a word here.
const TELLING: &[&str] = &[
    "administers",
    "can tell",
    "could look",
    "could note",
    "could read",
    "dishonest",
    "give away",
    "give somebody away",
    "gives away",
    "gives people away",
    "knows that you took part",
    "learn what",
    "learn who",
    "learns",
    "nobody can see",
    "protects",
    "recognise",
    "tells nobody",
    "which are yours",
    "who answered",
    "who gave",
    "who has answered",
    "who wrote",
    "would tell",
];
/// Sentences with one of these words that say nothing about what somebody could learn of an answer or of who gave it.
const SAYING_NOTHING: &[&str] = &[
    // Headings.
    "promise.limits.title",
    "promise.results.title",
    // Requests, thanks, and what a result is not for.
    "report:combined",
    "report:comments-no-search",
    "report:next-introduction",
    "report:notice-thanks",
    // Of how many something is counted.
    "report:about-smallest",
    "report:funnel-people",
    "report:score-at-least",
    "report:score-at-most",
    "report:signals",
    // The promise log, in which nobody who was asked stands.
    "console:log-broken-after",
    "console:log-broken-at",
    "console:log-limits",
    "console:log-nobody",
    "console:log-note",
    // Another kind of survey, which the demo shows for comparison.
    "console:open-ordinary-says",
    // What was lost with databases, and a rule that is broken or kept.
    "console:state-restored-means",
    "console:unsound-rule",
    "console:outside-checked-rules",
    // The name of a group.
    "console:groups-refused-no-name",
];
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
    for (whose, file) in [("console", "src/app/words/console"), ("mail", "src/app/words/mail"), ("report", "src/reports/words/report")] {
        let Ok(texts) = std::fs::read_to_string(root().join(format!("{file}.{language}.ftl"))) else { continue };
        let mut last = None;
        for line in texts.lines() {
            if let (true, Some(key)) = (line.starts_with(' '), &last) {
                // A text of several lines, such as one with a form for one and a form for several.
                all.entry(String::clone(key)).and_modify(|text: &mut String| *text = format!("{text} {}", line.trim()));
            } else {
                last = line.split_once(" =").map(|(key, text)| {
                    let key = format!("{whose}:{key}");
                    all.insert(key.clone(), text.trim().to_owned());
                    key
                });
            }
        }
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

/// Whether a sentence has one of the words that mark what somebody could learn.
fn tells(sentence: &str) -> bool {
    let sentence = sentence.to_lowercase();
    TELLING.iter().any(|word| sentence.contains(word))
}

fn rendered() -> String {
    let words = sentences("en");
    let mut text = String::from("| who | sees | can learn | is the answer protected? | what remains |\n|---|---|---|---|---|\n");
    for Threat { who, sees, learns, protected, remains, .. } in THREATS {
        text.push_str(&format!("| {who} | {sees} | {learns} | {} | {remains} |\n", protected.as_str()));
    }
    text.push_str("\n## What the product says about it\n\nThe very sentences of the survey page, the mails, the console and the reports (in English; they are there in every language that the page, the mail or the report speaks):\n\n");
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
    let english = sentences("en");
    let about = |key: &str, text: &str| ABOUT_LEARNING.iter().any(|about| key.starts_with(about)) || tells(text);
    let found: Vec<&str> = english.iter().filter(|(key, text)| about(key, text)).map(|(key, _)| key.as_str()).collect();
    for key in &found {
        let (told, silent) = (said.contains(key), SAYING_NOTHING.contains(key));
        assert!(told != silent, "{key} stands in no row of the table, or in one and among those that say nothing: {}", english[*key]);
    }
    let needless: Vec<_> = SAYING_NOTHING.iter().filter(|key| !found.contains(key)).collect();
    assert!(needless.is_empty(), "nothing would ask about {needless:?}");
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
