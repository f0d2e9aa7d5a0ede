//! `/console.css`: the console's own style and that of the reports inside its pages.

use actix_web::HttpResponse;

/// The one style sheet of the console.
pub(crate) fn css() -> String {
    format!("{}\n{}", include_str!("../templates/console.css"), reports::css())
}

/// Serves it.
pub(super) async fn serve() -> HttpResponse {
    HttpResponse::Ok().content_type("text/css; charset=utf-8").body(css())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::css;

    /// In bytes, as it is served: one design has no need of more, and a page on a slow line shows nothing before it is there.
    const MOST: usize = 20_000;
    /// The style sheets that belong to pages of their own.
    const OF_ONE_PAGE: [&str; 3] = ["small", "specimen", "team"];

    fn of_one_page(name: &str) -> String {
        std::fs::read_to_string(format!("{}/src/app/templates/{name}.css", env!("CARGO_MANIFEST_DIR"))).unwrap()
    }

    #[test]
    fn the_style_of_all_pages_together_stays_small() {
        let of_one_page = OF_ONE_PAGE.map(|name| of_one_page(name).len());
        assert!(css().len() + of_one_page.iter().sum::<usize>() <= MOST, "{} and {of_one_page:?}", css().len());
    }

    /// Templates, and programs that write HTML.
    fn written_below(folder: &Path, all: &mut String) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && path.file_name().is_some_and(|name| name != "tests") {
                written_below(&path, all);
            } else if path.extension().is_some_and(|ending| ending == "html" || ending == "rs") {
                all.push_str(&std::fs::read_to_string(&path).unwrap());
            }
        }
    }

    const fn in_name(c: char) -> bool {
        c.is_ascii_alphanumeric() || c == '-' || c == '_'
    }

    /// The names that stand behind this mark, where they begin with a letter.
    fn names<'t>(text: &'t str, mark: &'t str) -> impl Iterator<Item = &'t str> {
        let names = text.split(mark).skip(1).map(|rest| rest.split(|c| !in_name(c)).next().unwrap_or_default());
        names.filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))
    }

    #[test]
    fn every_class_and_every_colour_of_a_style_sheet_is_used_by_some_page() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut written = String::new();
        ["src/app", "src/reports"].iter().for_each(|folder| written_below(&root.join(folder), &mut written));
        let words: BTreeSet<&str> = written.split(|c| !in_name(c)).collect();
        for (sheet, rules) in std::iter::once(("console", css())).chain(OF_ONE_PAGE.map(|name| (name, of_one_page(name)))) {
            // What stands before a brace that opens: selectors, and conditions, which name no class.
            let selectors: Vec<&str> = rules.split_inclusive(['{', '}', '/']).filter(|part| part.ends_with('{')).collect();
            let classes: BTreeSet<&str> = selectors.iter().flat_map(|selector| names(selector, ".")).collect();
            assert!(sheet == "small" || classes.len() > 1, "{sheet}: the search finds no classes");
            // A number is written behind the name of a class by the template itself.
            let used = |class: &str| words.contains(class) || words.contains(class.trim_end_matches(|c: char| c.is_ascii_digit()));
            let unused: Vec<&&str> = classes.iter().filter(|class| !used(class)).collect();
            assert!(unused.is_empty(), "{sheet}: no page has {unused:?}");
            // The style of the reports stands beside that of every page but the small ones.
            let drawing = if sheet == "small" { rules.clone() } else { format!("{rules}{}{written}", reports::css()) };
            let colours = names(&rules, "--").filter(|name| rules.contains(&format!("--{name}:")));
            let drawn = |name: &str| drawing.contains(&format!("var(--{name}"));
            let unused: BTreeSet<&str> = colours.filter(|name| !drawn(name)).collect();
            assert!(unused.is_empty(), "{sheet}: nothing is drawn with {unused:?}");
        }
    }
}
