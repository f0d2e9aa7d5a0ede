//! The demo's files to take along say what its pages say, number by number and word by word.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use release::reading::PastWave;
use serde_json::Value;

use crate::demo::Demo;
use crate::demo_pages::{Tagged, tagged};

/// What somebody took along.
pub(crate) struct Files {
    json: Value,
    csv: Vec<BTreeMap<String, String>>,
    book: Xlsx<Cursor<Vec<u8>>>,
}

/// The groups of each block by its number, as their names stand in files.
type Names = BTreeMap<String, Value>;

impl Files {
    pub(crate) async fn of(demo: &Demo, login: &str, base: &str) -> Self {
        let paths = ["report.json", "table.csv", "report.xlsx"].map(|file| format!("{base}/{file}"));
        let [json, csv, xlsx] = demo.take(login, &paths).await.try_into().unwrap();
        assert!([&json, &csv, &xlsx].iter().all(|(status, _)| *status == 200), "{login}");
        Self {
            json: serde_json::from_slice(&json.1).unwrap(),
            csv: csv::Reader::from_reader(csv.1.as_slice()).deserialize().map(Result::unwrap).collect(),
            book: Xlsx::new(Cursor::new(xlsx.1)).unwrap(),
        }
    }

    fn results(&self) -> &[Value] {
        self.json["results"].as_array().unwrap()
    }

    /// The result that a place of a page is about.
    fn at(&self, place: &str, names: &Names) -> &Value {
        let found = match place.split_once(' ') {
            Some(("block", number)) => self.results().iter().find(|result| result["kind"] == "group" && result["groups"] == names[number]),
            Some(("unit", path)) if !path.is_empty() => {
                self.results().iter().find(|result| result["kind"] == "unit" && joined(&result["unit"], "/") == path)
            }
            _ => self.results().iter().find(|result| result["kind"] == "organisation"),
        };
        found.unwrap_or_else(|| panic!("no result for {place:?}"))
    }

    /// Compares with a page; how many places of each role stand in the file.
    pub(crate) fn compare(&mut self, html: &str, names: &Names) -> BTreeMap<String, usize> {
        let mut roles: BTreeMap<String, usize> = BTreeMap::new();
        for tag in tagged(html.split("<section class=\"report report-comments\"").next().unwrap()) {
            let role = tag.attributes["role"].clone();
            let nth = roles.entry(role.clone()).or_default();
            let Some(expected) = said(&tag, self.at(&tag.place, names), &self.json["overview"], *nth) else { continue };
            *nth += 1;
            let of_page = tag.attributes.iter().filter(|(name, _)| *name != "role").map(|(name, value)| (name.clone(), value.clone()));
            assert_eq!(of_page.collect::<BTreeMap<_, _>>(), expected, "{} {} {role}", tag.place, tag.dimension);
        }
        self.holds_together();
        roles
    }

    /// How many of a list of each result there are.
    pub(crate) fn count(&self, list: &str) -> usize {
        self.results().iter().map(|result| result[list].as_array().map_or(0, Vec::len)).sum()
    }

    /// Of HR's file the groups, and of a leader's: the same but for what only a leader reads.
    pub(crate) fn groups(&self) -> Vec<Value> {
        let groups = self.results().iter().filter(|result| result["kind"] == "group").cloned();
        groups
            .map(|mut group| {
                group["suggestions"].take();
                group["said_or_lived"].take();
                group
            })
            .collect()
    }

    /// The table and the workbook say the numbers of the file for programs, in its order.
    fn holds_together(&mut self) {
        let (mut scores, mut statements, mut rounds, mut together) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let range = |seen: &Value| ["low", "high", "points"].map(|name| plain(&seen[name])).to_vec();
        for result in self.results() {
            for score in result["scores"].as_array().unwrap() {
                let change = &score["change"];
                scores.push([range(&score["seen"]), vec![plain(&change["difference"]["points"]), plain(&change["detectable"])]].concat());
            }
            statements.extend(result["statements"].as_array().unwrap().iter().map(|one| range(&one["seen"])));
            for trend in result["over_time"].as_array().unwrap() {
                rounds.extend(trend["rounds"].as_array().unwrap().iter().map(|one| range(&one["seen"])));
                together.extend((!trend["together"].is_null()).then(|| range(&trend["together"])));
            }
        }
        let columns = ["low", "high", "points", "difference", "detectable"];
        let lines = |kinds: &[&str], width: usize| -> Vec<Vec<String>> {
            let of_kind = self.csv.iter().filter(|line| kinds.contains(&line["kind"].as_str()));
            of_kind.map(|line| columns[..width].iter().map(|column| line[*column].clone()).collect()).collect()
        };
        assert_eq!(lines(&["organisation", "unit", "group"], 5), scores);
        assert_eq!(lines(&["statement"], 3), statements);
        assert_eq!(lines(&["trend"], 3), rounds);
        assert_eq!(lines(&["recent"], 3), together);
        assert!(!rounds.is_empty());
        let book = &mut self.book;
        let mut cells = |sheet: &str, places: &[usize]| -> Vec<Vec<String>> {
            let Ok(range) = book.worksheet_range(sheet) else { return Vec::new() };
            let text = |cell: &Data| if let Data::Empty = cell { String::new() } else { cell.to_string() };
            range.rows().skip(1).map(|row| places.iter().map(|place| row.get(*place).map(text).unwrap_or_default()).collect()).collect()
        };
        // In a sheet one end stays empty where only the other is known.
        let ends = |rows: &[Vec<String>], at_most: &[bool]| -> Vec<Vec<String>> {
            let end = |(row, below): (&Vec<String>, &bool)| match (row[2].as_str(), below) {
                ("", _) => row[..2].to_vec(),
                (points, true) => vec![String::new(), points.to_owned()],
                (points, false) => vec![points.to_owned(), String::new()],
            };
            rows.iter().zip(at_most).map(end).collect()
        };
        let below = |kinds: &[&str]| -> Vec<bool> {
            self.csv.iter().filter(|line| kinds.contains(&line["kind"].as_str())).map(|line| line["seen"] == "at-most").collect()
        };
        assert_eq!(cells("Results", &[11, 12]), ends(&scores, &below(&["organisation", "unit", "group"])));
        assert_eq!(cells("Results", &[15, 18]), scores.iter().map(|row| row[3..].to_vec()).collect::<Vec<_>>());
        assert_eq!(cells("Single statements", &[6, 7]), ends(&statements, &below(&["statement"])));
        assert_eq!(cells("Over time", &[6, 7]), ends(&rounds, &below(&["trend"])));
        assert_eq!(cells("Last rounds together", &[6, 7]), ends(&together, &below(&["recent"])));
    }
}

/// The names of the groups of every block of the last round.
pub(crate) fn names(past: &[PastWave]) -> Names {
    let Some(PastWave::Published(latest)) = past.last() else { panic!("published") };
    let label = |group: domain::GroupId| latest.groups.iter().find(|leaf| leaf.group == group).unwrap().label.clone();
    let of = |block: &disclosure::base::Block| {
        let groups =
            block.members.iter().filter_map(|member| if let disclosure::Member::Group(group) = member { Some(*group) } else { None });
        let mut groups: Vec<_> = groups.collect();
        groups.sort();
        groups.into_iter().map(label).collect::<Value>()
    };
    latest.release.base.blocks.iter().map(|block| (block.id.0.to_string(), of(block))).collect()
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn joined(list: &Value, with: &str) -> String {
    list.as_array().unwrap().iter().map(plain).collect::<Vec<_>>().join(with)
}

/// The fields of an object as attributes; those that are objects, lists or nothing are left out.
fn fields(of: &Value) -> BTreeMap<String, String> {
    let fields = of.as_object().into_iter().flatten().filter(|(_, value)| !value.is_null() && !value.is_object() && !value.is_array());
    fields.map(|(name, value)| (name.replace('_', "-"), plain(value))).collect()
}

/// A word and a difference as attributes.
fn sized(of: &Value) -> BTreeMap<String, String> {
    fields(&of["difference"]).into_iter().chain([("word".to_owned(), plain(&of["word"]))]).collect()
}

/// What the file for programs says at one place of a page, as its attributes; `None` where it does not hold that.
fn said(tag: &Tagged, result: &Value, overview: &Value, nth: usize) -> Option<BTreeMap<String, String>> {
    let of_dimension =
        |list: &Value| list.as_array().unwrap().iter().find(|one| one["dimension"] == tag.dimension.as_str()).cloned().unwrap();
    let one = |name: &str, value: &Value| BTreeMap::from([(name.to_owned(), plain(value))]);
    let without = |mut of: BTreeMap<String, String>, names: &[&str]| {
        of.retain(|name, _| !names.contains(&name.as_str()));
        of
    };
    let score = || of_dimension(&result["scores"]);
    let trend = || of_dimension(&result["over_time"]);
    Some(match tag.attributes["role"].as_str() {
        "score" => fields(&score()["seen"]),
        "participation" => {
            let rate = fields(&result["rate"]).into_iter().map(|(name, value)| (format!("rate-{name}"), value));
            fields(&result["answers"]).into_iter().chain(rate).collect()
        }
        "covers" => fields(&result["covers"]),
        "change" => sized(&score()["change"]),
        "detectable" => one("points", &score()["change"]["detectable"]),
        "comparison" => without(fields(&result["comparison"]), &["same-people"]),
        "quadrant" => {
            let (of, zones) = (&result["quadrant"], &result["quadrant"]["zones"]);
            let pair = [("zone", &zones[0]), ("other", &zones[1])].into_iter().filter(|(_, zone)| !zone.is_null());
            fields(of).into_iter().chain(pair.map(|(name, zone)| (name.to_owned(), plain(zone)))).collect()
        }
        "trend" => {
            let trend = trend();
            let point = trend["rounds"].as_array().unwrap().iter().find(|point| point["round"] == tag.attributes["wave"].as_str()).unwrap();
            let seen = if point["kind"] == "score" { fields(&point["seen"]) } else { one("kind", &point["kind"]) };
            seen.into_iter().chain(one("wave", &point["round"])).collect()
        }
        "recent" => {
            let together = trend()["together"].clone();
            fields(&together).into_iter().chain([("rounds".to_owned(), joined(&together["rounds"], " "))]).collect()
        }
        "statement" => {
            let all = result["statements"].as_array().unwrap();
            let found = all.iter().find(|one| one["statement"] == tag.attributes["item"].as_str()).unwrap();
            let named = [one("item", &found["statement"]), one("low-level", &found["low"])];
            fields(&found["seen"]).into_iter().chain(named.into_iter().flatten()).collect()
        }
        "suggestion" => {
            let found = &result["suggestions"][nth];
            assert!(found["dimension"].is_null() || found["dimension"] == tag.dimension.as_str());
            let item = (!found["statement"].is_null()).then(|| one("item", &found["statement"]));
            one("kind", &found["kind"]).into_iter().chain(item.into_iter().flatten()).collect()
        }
        "tested" => {
            let list = &overview["worth_a_conversation"];
            let counts = [one("count", &list["tested"]), one("together", &list["standing_out_together"])];
            counts.into_iter().flatten().chain((!list["since"].is_null()).then(|| ("since".to_owned(), plain(&list["since"])))).collect()
        }
        "conversation" => sized(&overview["worth_a_conversation"]["entries"][nth]),
        "course" => {
            let found = of_dimension(&overview["courses"]);
            without(fields(&found).into_iter().chain(fields(&found["difference"])).collect(), &["dimension"])
        }
        "differences" => without(fields(&of_dimension(&overview["differences"])), &["dimension"]),
        "map" if tag.attributes["kind"] == "estimate" => {
            let found = of_dimension(&overview["differences"]);
            let estimates = found["estimates"].as_array().unwrap();
            let found = estimates.iter().find(|one| one["groups"] == result["groups"]).unwrap();
            let ends = without(fields(found), &["own-weight"]).into_iter().chain(one("weight", &found["own_weight"]));
            let kept = ["kind", "faint"].map(|name| (name.to_owned(), tag.attributes[name].clone()));
            ends.chain(kept).collect()
        }
        // What stands on HR's pages alone.
        "map" | "funnel" | "funnel-mean" | "funnel-limits" | "quality" | "origin" => return None,
        other => panic!("{other} stands on a page, and nobody looked for it in the files"),
    })
}
