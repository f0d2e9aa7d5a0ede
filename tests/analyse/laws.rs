//! What must not change a number: the order of rows, the form of the file, an item that nobody answered.

use std::fs;
use std::path::Path;

use super::{candor, invented, words};

/// One command for every way in which rows are used, on a file called rows.csv.
const COMMANDS: &[&str] = &[
    "candor analyse rows.csv --method cronbach_alpha --items saf1,saf2,saf3,saf4 --reversed saf2 --scale 1:5 --where wave=1",
    "candor analyse rows.csv --method mcdonald_omega_total_1factor --items saf1,saf2,saf3,saf4 --reversed saf2 --scale 1:5 --where wave=1",
    "candor analyse rows.csv --method within_group_agreement --items saf1,saf2,saf3,saf4 --reversed saf2 --scale 1:5 --group team --where wave=1",
    "candor analyse rows.csv --method team_overview --items saf1,saf2,saf3,saf4 --reversed saf2 --scale 1:5 --group team --where wave=1",
    "candor analyse rows.csv --method icc_anova --items saf1,saf2,saf3,saf4 --reversed saf2 --scale 1:5 --group team --where wave=1",
    "candor analyse rows.csv --method reml_variance_components_and_EB_means --items saf1,saf2,saf3,saf4 --reversed saf2 --scale 1:5 --group team --where wave=1",
    "candor analyse rows.csv --method team_score_and_interval --items saf1,saf2,saf3,saf4 --reversed saf2 --scale 1:5 --where team=T06 --where wave=2 --roster-n 22 --reliability 0.8",
    "candor analyse rows.csv --method two_wave_comparison --items saf1,saf2,saf3,saf4 --reversed saf2 --scale 1:5 --wave wave --before 1 --after 4 --where team=T06",
    "candor analyse rows.csv --method roster_aware_change_test --items saf1,saf2,saf3,saf4 --reversed saf2 --scale 1:5 --wave wave --before 1 --after 4 --where team=T06 --roster-n 22",
    "candor analyse rows.csv --method welch_p_per_team_then_BH --items saf1,saf2,saf3,saf4 --reversed saf2 --scale 1:5 --wave wave --before 3 --after 4 --group team",
    "candor analyse rows.csv --method team_trend --items saf1,saf2,saf3,saf4 --reversed saf2 --scale 1:5 --wave wave --where team=T25",
    "candor analyse rows.csv --method org_mixed_trend --items saf1,saf2,saf3,saf4 --reversed saf2 --scale 1:5 --wave wave --group team",
    "candor analyse rows.csv --method relative_importance --outcome ped1 --predictors saf1,lrn1,acc1",
    "candor analyse rows.csv --method relative_importance --outcome ped1 --predictors saf1,lrn1,acc1 --group team",
];

fn rows() -> Vec<String> {
    fs::read_to_string(invented().join("synth_given.csv")).unwrap().lines().map(str::to_owned).collect()
}

fn said(folder: &Path, command: &str, json: bool) -> String {
    let command = if json { format!("{command} --json") } else { command.to_owned() };
    let (code, said, complained) = candor(folder, &words(&command));
    assert_eq!((code, complained.as_str()), (0, ""), "{command}");
    said
}

/// What every command says of the rows in their order, and of the changed file.
fn compare_all(changed: &str) {
    let place = tempfile::tempdir().unwrap();
    let [plain, other] = ["plain", "other"].map(|name| place.path().join(name));
    fs::create_dir(&plain).unwrap();
    fs::create_dir(&other).unwrap();
    fs::write(plain.join("rows.csv"), rows().join("\n")).unwrap();
    fs::write(other.join("rows.csv"), changed).unwrap();
    for command in COMMANDS {
        for json in [true, false] {
            assert_eq!(said(&plain, command, json), said(&other, command, json), "{command}");
        }
    }
}

#[test]
fn shuffling_the_rows_changes_no_byte() {
    let mut lines = rows();
    let header = lines.remove(0);
    // Every seventh line first: 7 and the number of lines have no common factor.
    let count = lines.len();
    assert_ne!(count % 7, 0);
    let shuffled: Vec<&str> = (0..count).rev().map(|place| lines[place * 7 % count].as_str()).collect();
    compare_all(&format!("{header}\n{}\n", shuffled.join("\n")));
}

#[test]
fn line_ends_quotation_marks_semicolons_and_a_byte_order_mark_change_no_byte() {
    let quoted = |line: &String| line.split(',').map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(";");
    compare_all(&format!("\u{feff}{}", rows().iter().map(quoted).collect::<Vec<_>>().join("\r\n")));
}

/// A report without the line that tells of the item which nobody answered.
fn without_the_item(report: &str) -> String {
    report.lines().filter(|line| !line.contains("unanswered_unasked")).map(|line| format!("{line}\n")).collect()
}

#[test]
fn an_item_that_nobody_answered_is_told_and_changes_nothing_else() {
    let place = tempfile::tempdir().unwrap();
    let mut lines = rows().into_iter();
    let header = lines.next().unwrap();
    let with: String = lines.map(|line| format!("{line},\n")).collect();
    fs::write(place.path().join("rows.csv"), format!("{header},unasked\n{with}")).unwrap();
    for command in COMMANDS.iter().filter(|command| command.contains("--items")) {
        let before = said(place.path(), command, true);
        let after = said(place.path(), &command.replace("saf1,saf2,", "saf1,unasked,saf2,"), true);
        assert!(after.contains("unanswered_unasked"), "{after}");
        assert_eq!(before, without_the_item(&after), "{command}");
    }
    let careless = "candor analyse rows.csv --method longstring_and_irv --items saf1,saf2,saf3 --rows 1:30";
    let after = said(place.path(), &careless.replace("saf1,", "saf1,unasked,"), true);
    assert_eq!(said(place.path(), careless, true), without_the_item(&after));
}
