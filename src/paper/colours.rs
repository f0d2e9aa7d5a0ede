//! The colours of charts: variables of the style sheet on the page, fixed ones on paper and in pictures.

use std::collections::BTreeMap;

use crate::PaperProblem;

/// The colours that a style sheet gives to its variables in print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Colours(BTreeMap<String, String>);

impl Colours {
    /// Reads a style sheet: what `@media print` says of a variable counts, otherwise what is said of it first.
    #[must_use]
    pub fn of_style_sheet(css: &str) -> Self {
        let (screen, print) = css.split_once("@media print").unwrap_or((css, ""));
        let mut colours = BTreeMap::new();
        for sheet in [print, screen] {
            for part in sheet.split([';', '{']).filter_map(|part| part.trim().strip_prefix("--")) {
                let Some((name, value)) = part.split_once(':') else { continue };
                let value = value.split([';', '}']).next().unwrap_or_default().trim();
                let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
                if let (true, Some(colour)) = (is_name, plain(value)) {
                    colours.entry(format!("--{name}")).or_insert(colour);
                }
            }
        }
        Self(colours)
    }

    /// A drawing with colours in place of variables.
    pub(crate) fn fill(&self, svg: &str) -> Result<String, PaperProblem> {
        let mut filled = String::with_capacity(svg.len());
        let mut rest = svg;
        while let Some((before, after)) = rest.split_once("var(") {
            let (name, after) = after.split_once(')').ok_or_else(|| PaperProblem::Colour(after.chars().take(40).collect()))?;
            let name = name.split(',').next().unwrap_or_default().trim();
            let colour = self.0.get(name).ok_or_else(|| PaperProblem::Colour(name.to_owned()))?;
            filled.push_str(before);
            filled.push_str(colour);
            rest = after;
        }
        filled.push_str(rest);
        Ok(filled)
    }
}

/// A value that is a colour by number, also where it is what stands in for another variable.
fn plain(value: &str) -> Option<String> {
    let value =
        value.strip_prefix("var(").and_then(|inner| inner.split_once(',')).map_or(value, |(_, stand_in)| stand_in.trim_end_matches(')'));
    let digits = value.trim().strip_prefix('#')?;
    let is_colour = matches!(digits.len(), 3 | 6) && digits.chars().all(|c| c.is_ascii_hexdigit());
    is_colour.then(|| format!("#{digits}"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn print_counts_before_the_screen_and_a_stand_in_is_taken() {
        let colours = Colours::of_style_sheet(
            ".r{--a:#111;--b:var(--ink,#222222);--c:1px}@media (x){.r{--a:#fff}}@media print{.r{--a:#000;--d:#abc}}",
        );
        assert_eq!(
            colours.fill("<p fill=\"var(--a)\" stroke=\"var(--b)\" x=\"var(--d, red)\"/>").unwrap(),
            "<p fill=\"#000\" stroke=\"#222222\" x=\"#abc\"/>"
        );
        assert_eq!(colours.fill("var(--c)"), Err(PaperProblem::Colour("--c".to_owned())));
    }
}
