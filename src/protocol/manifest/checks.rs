//! What makes a manifest one that this version can run or read. Whatever holds between a manifest and its group list is checked with the list.

use super::{
    AEAD_ID, CREDENTIAL_SUITE, CommentRule, FEWEST_COMMENTS, FIRST_MANIFEST_FORMAT, KDF_ID, KEM_ID, LEAF_SIZE_STEP, LONGEST_NAME,
    LONGEST_TEXT, LONGEST_WAIT, MANIFEST_FORMAT, MOST_CONTACTS, Manifest, ManifestProblem, Mode, RESPONSE_OVERHEAD, SHORTEST_WAIT, Texts,
    check_name, weakening,
};

impl Manifest {
    /// Checks everything that can be checked without the group list.
    pub(super) fn check(&self) -> Result<(), ManifestProblem> {
        let must_be = |field, is_so: bool, known: &dyn std::fmt::Display| {
            if is_so { Ok(()) } else { Err(ManifestProblem::field(field, format!("this version knows only {known}"))) }
        };
        let first = self.format == FIRST_MANIFEST_FORMAT;
        must_be("format", first || self.format == MANIFEST_FORMAT, &format_args!("{MANIFEST_FORMAT} and {FIRST_MANIFEST_FORMAT}"))?;
        must_be("credential_suite", self.credential_suite == CREDENTIAL_SUITE, &CREDENTIAL_SUITE)?;
        must_be("kem_id", self.kem_id == KEM_ID, &KEM_ID)?;
        must_be("kdf_id", self.kdf_id == KDF_ID, &KDF_ID)?;
        must_be("aead_id", self.aead_id == AEAD_ID, &AEAD_ID)?;

        let require = |field, holds: bool, reason: String| {
            if holds { Ok(()) } else { Err(ManifestProblem::field(field, reason)) }
        };
        require("organisation", !self.organisation.trim().is_empty(), "it is empty".into())?;
        require("k", self.k >= 4, format!("{} is too few people to be published together; use 4 or more", self.k))?;
        require(
            "group_min",
            self.group_min > self.k,
            format!("{} is too small: a group needs more than k = {} people", self.group_min, self.k),
        )?;
        require("coalition", self.coalition >= 1, "at least one colluding colleague must be covered".into())?;
        require("min_range", self.min_range >= 2, "at least two values must stay possible for every answer".into())?;
        if let Some(rule) = self.comments {
            let least = CommentRule::least(self.k);
            require(
                "comments",
                rule.min_respondents >= least,
                format!("comments of {} people are too few; with k = {} show them from {least} on", rule.min_respondents, self.k),
            )?;
            require(
                "comments",
                rule.min_comments >= FEWEST_COMMENTS,
                format!("{} comments are too few to be shown together; use {FEWEST_COMMENTS} or more", rule.min_comments),
            )?;
        }
        let waits = self.audiences.hr_groups_after_hours;
        require(
            "audiences",
            waits == 0 || (SHORTEST_WAIT..=LONGEST_WAIT).contains(&waits),
            format!("HR cannot wait {waits} hours for the results of groups; use {SHORTEST_WAIT} to {LONGEST_WAIT}, or leave it away"),
        )?;
        let not_a_key = || "the bytes are not a public key".to_owned();
        require("credential_key", self.credential_key.is_valid(), not_a_key())?;
        require("board_key", self.board_key.is_valid(), not_a_key())?;
        let notices = self.notices_key;
        require("notices_key", notices.is_none_or(|key| key.is_valid()), not_a_key())?;
        require("notices_key", notices.is_none_or(|key| key.0 != self.board_key.0), "it must be another key than the board's".into())?;
        self.check_key_holder()?;
        require("languages", !self.languages.is_empty(), "at least one language is needed".into())?;
        require("groups", self.groups >= 1, "at least one group is needed".into())?;
        require("invited", self.invited >= self.groups, format!("{} people cannot fill {} groups", self.invited, self.groups))?;
        require(
            "leaf_size",
            self.leaf_size >= LEAF_SIZE_STEP && self.leaf_size.is_multiple_of(LEAF_SIZE_STEP),
            format!("{} is not a multiple of {LEAF_SIZE_STEP}", self.leaf_size),
        )?;
        require(
            "response_size",
            self.leaf_size.checked_add(RESPONSE_OVERHEAD) == Some(self.response_size),
            format!("it must be leaf_size + {RESPONSE_OVERHEAD}"),
        )?;
        if first {
            self.check_first_edition()?
        } else {
            self.check_own_words()?
        }
        self.schedule.check().map_err(|problem| ManifestProblem::field("schedule", problem.to_string()))
    }

    /// A key holder outside the operator has a key of their own and a name, and the operator has no key file; in solo mode it is the other way round.
    fn check_key_holder(&self) -> Result<(), ManifestProblem> {
        let refused = |field, reason: &str| Err(ManifestProblem::field(field, reason));
        match (self.mode, self.trustee_key) {
            (Mode::Solo, None) => Ok(()),
            (Mode::Solo, Some(_)) => refused("trustee_key", "where the operator holds the key there is no other key holder"),
            (Mode::Trustee, None) => refused("trustee_key", "a key holder outside the operator needs a key of their own"),
            (Mode::Trustee, Some(key)) if !key.is_valid() => refused("trustee_key", "the bytes are not a public key"),
            (Mode::Trustee, Some(key)) if key.0 == self.board_key.0 || self.notices_key.is_some_and(|notices| key.0 == notices.0) => {
                refused("trustee_key", "it must be another key than the operator's")
            }
            (Mode::Trustee, Some(_)) if self.key_holder.is_none() => refused("key_holder", "people must read who holds the key"),
            (Mode::Trustee, Some(_)) if self.passphrase => {
                refused("passphrase", "the operator has no key file that a passphrase could lock")
            }
            (Mode::Trustee, Some(_)) => Ok(()),
        }
    }

    /// A sheet of the first edition says nothing that came later, so that no two programs read it differently.
    fn check_first_edition(&self) -> Result<(), ManifestProblem> {
        for (field, holds) in [
            ("purpose", matches!(self.purpose, Texts::Plain(_))),
            ("not_for", matches!(self.not_for, Texts::Plain(_))),
            ("contacts", self.contacts.is_empty()),
            ("key_holder", self.key_holder.is_none()),
            ("mode", self.mode == Mode::Solo),
            ("words_posted", self.words_posted.is_none()),
            ("cards", self.cards == 0),
            ("weakened_by", self.weakened_by.is_empty()),
            ("audiences", self.audiences.hr_groups_after_hours == 0 && !self.audiences.hr_participation),
            ("schedule", self.schedule.extension_days == 0),
        ] {
            if !holds {
                return Err(ManifestProblem::field(field, format!("{FIRST_MANIFEST_FORMAT} does not know this")));
            }
        }
        Ok(())
    }

    fn check_own_words(&self) -> Result<(), ManifestProblem> {
        let spoken = |field, texts: &Texts, longest| match texts {
            Texts::Plain(_) => Err(ManifestProblem::field(field, "one text per language is needed")),
            Texts::PerLanguage(_) => texts.check(longest).map_err(|reason| ManifestProblem::field(field, reason)),
        };
        spoken("purpose", &self.purpose, LONGEST_TEXT)?;
        spoken("not_for", &self.not_for, LONGEST_TEXT)?;
        if let Some(place) = &self.words_posted {
            spoken("words_posted", place, LONGEST_TEXT)?;
        }
        if self.contacts.len() > MOST_CONTACTS {
            return Err(ManifestProblem::field("contacts", format!("{MOST_CONTACTS} are the most")));
        }
        for contact in &self.contacts {
            spoken("contacts", &contact.label, LONGEST_NAME)?;
            contact.check().map_err(|(part, reason)| ManifestProblem::field("contacts", format!("{part}: {reason}")))?;
        }
        if let Some(name) = &self.key_holder {
            check_name(name).map_err(|reason| ManifestProblem::field("key_holder", reason))?;
            if !self.passphrase && self.mode == Mode::Solo {
                return Err(ManifestProblem::field("key_holder", "nobody holds a passphrase where there is none"));
            }
        }
        if weakening::contradict(&self.weakened_by) {
            return Err(ManifestProblem::field("weakened_by", "the disks are copied, or nobody has said so, but not both"));
        }
        if self.cards > self.invited {
            return Err(ManifestProblem::field("cards", format!("{} cards are more than {} people", self.cards, self.invited)));
        }
        Ok(())
    }
}
