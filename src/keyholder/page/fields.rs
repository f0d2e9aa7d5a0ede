//! The fields of a form: each with its label, and after a refusal with what was typed into it.

use super::html::{Html, html};
use super::http::Form;
use crate::printed::escaped;
use crate::share::ROWS;

/// How many shares can be typed.
const SHARES: usize = 3;

/// The fields of one form. What stands in them again after a refusal is never a passphrase, and no word that a person types to say yes.
#[derive(Clone, Copy)]
pub(super) struct Fields<'a> {
    /// What the form does; distinguishes its fields from those of the other forms of a page.
    of: &'static str,
    /// What was typed before it was refused.
    typed: Option<&'a Form>,
}

impl<'a> Fields<'a> {
    /// The fields of the form that does `of`; filled again if `refused` is that form.
    pub(super) fn of(of: &'static str, refused: Option<&'a Form>) -> Self {
        Self { of, typed: refused.filter(|form| form.get("do") == of) }
    }

    /// Makes what is folded stand open after a refusal.
    pub(super) const fn open(self) -> &'static str {
        if self.typed.is_some() { " open" } else { "" }
    }

    /// The beginning of the form; `action` is the address that it is sent to.
    pub(super) fn form(self, action: &str) -> Html {
        html!("<form method=\"post\" action=\"{action}\">{}", hidden("do", self.of))
    }

    fn value(self, name: &'static str) -> &'a str {
        self.typed.map_or("", |form| form.get(name))
    }

    /// A line of text.
    pub(super) fn text(self, name: &'static str, label: &str) -> Html {
        let of = self.of;
        html!(
            "<label for=\"{of}-{name}\">{label}</label><input id=\"{of}-{name}\" name=\"{name}\" value=\"{}\" autocomplete=\"off\" required>",
            escaped(self.value(name))
        )
    }

    /// A secret that is not shown.
    pub(super) fn secret(self, name: &'static str, label: &str, autocomplete: &str) -> Html {
        let of = self.of;
        html!(
            "<label for=\"{of}-{name}\">{label}</label><input id=\"{of}-{name}\" name=\"{name}\" type=\"password\" autocomplete=\"{autocomplete}\">"
        )
    }

    /// A word that a person types to say that they mean it.
    pub(super) fn word(self, word: &str) -> Html {
        let of = self.of;
        html!(
            "<label for=\"{of}-word\">Type <em>{word}</em></label><input id=\"{of}-word\" name=\"word\" autocomplete=\"off\" autocapitalize=\"none\">"
        )
    }

    /// One of several choices, each a value with its words.
    pub(super) fn choice(self, name: &'static str, label: &str, choices: &[(&str, &str)]) -> Html {
        let of = self.of;
        let mut select = html!("<label for=\"{of}-{name}\">{label}</label><select id=\"{of}-{name}\" name=\"{name}\">");
        for (value, words) in choices {
            let chosen = if self.typed.is_some() && self.value(name) == *value { " selected" } else { "" };
            write!(select, "<option value=\"{}\"{chosen}>{}</option>", escaped(value), escaped(words));
        }
        select.add("</select>");
        select
    }

    /// One of the files of the folder, or none.
    pub(super) fn file(self, name: &'static str, label: &str, files: &[String], none: Option<&str>) -> Html {
        let nothing = none.or(files.is_empty().then_some("none is in the folder"));
        let choices: Vec<(&str, &str)> =
            nothing.map(|words| ("", words)).into_iter().chain(files.iter().map(|file| (file.as_str(), file.as_str()))).collect();
        self.choice(name, label, &choices)
    }

    /// How many shares there are, and how many are needed.
    pub(super) fn scheme(self) -> Html {
        let schemes = [("2-of-3", "any 2 of 3"), ("3-of-5", "any 3 of 5"), ("2-of-2", "both of 2")];
        self.choice("shares", "How many shares give the key back, and how many there are", &schemes)
    }

    /// The passphrase, or shares instead of it.
    pub(super) fn unlock(self) -> Html {
        let open = if self.rows_typed().any(|row| !row.is_empty()) { " open" } else { "" };
        html!(
            "{}<details{open}><summary>Shares instead of the passphrase</summary>{}</details>",
            self.secret("passphrase", "Passphrase of the key", "current-password"),
            self.rows()
        )
    }

    fn rows_typed(self) -> impl Iterator<Item = &'a str> {
        self.typed.into_iter().flat_map(|form| form.all("row"))
    }

    /// Fields for shares. They are shown while they are typed into, because a row that nobody sees is hard to type; after a refusal the page holds them once
    /// more, so that a slip in one row does not cost all, and nothing else keeps them.
    pub(super) fn rows(self) -> Html {
        let of = self.of;
        let mut typed = self.rows_typed();
        let mut rows = Html::default();
        for share in 1..=SHARES {
            write!(rows, "<fieldset><legend>Share {share}{}</legend>", if share > 2 { ", where three are needed" } else { "" });
            for row in 1..=ROWS {
                write!(
                    rows,
                    "<label for=\"{of}-{share}-{row}\">Row {row}</label><input class=\"row\" id=\"{of}-{share}-{row}\" name=\"row\" value=\"{}\" \
                     autocomplete=\"off\" autocapitalize=\"characters\" spellcheck=\"false\">",
                    escaped(typed.next().unwrap_or_default())
                );
            }
            rows.add("</fieldset>");
        }
        rows
    }
}

/// A value that nobody types.
pub(super) fn hidden(name: &str, value: &str) -> Html {
    html!("<input type=\"hidden\" name=\"{name}\" value=\"{}\">", escaped(value))
}
