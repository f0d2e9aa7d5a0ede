//! What the pages of the demo say, tag by tag, beside what a program found that shares nothing with the product.

use std::collections::BTreeMap;

use serde_json::{Value, json};

/// A tagged number or word of a page.
#[derive(Debug)]
pub(crate) struct Tagged {
    /// `block 3`, `unit Operations`, or empty before the first.
    pub(crate) place: String,
    pub(crate) dimension: String,
    pub(crate) attributes: BTreeMap<String, String>,
    text: String,
    /// What follows in the same sentence.
    after: String,
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&#39;", "'").replace("&#38;", "&").replace("&amp;", "&")
}

/// Every tagged number and word of a page, in the order of the page.
pub(crate) fn tagged(html: &str) -> Vec<Tagged> {
    let (mut place, mut dimension, mut found) = (String::new(), String::new(), Vec::new());
    let pieces: Vec<(&str, &str)> = html.split('<').skip(1).filter_map(|piece| piece.split_once('>')).collect();
    for (number, (tag, text)) in pieces.iter().enumerate() {
        let mut attributes = BTreeMap::new();
        for part in tag.split(" data-").skip(1) {
            let Some((name, rest)) = part.split_once("=\"") else { continue };
            attributes.insert(name.to_owned(), unescape(rest.split('"').next().unwrap()));
        }
        if let Some(block) = attributes.get("block") {
            (place, dimension) = (format!("block {block}"), String::new());
        } else if let Some(unit) = attributes.get("unit") {
            (place, dimension) = (format!("unit {unit}"), String::new());
        } else if let Some(id) = attributes.get("dimension") {
            dimension.clone_from(id);
        }
        if attributes.contains_key("role") {
            let after = pieces.get(number + 1).filter(|(tag, _)| *tag == "/span").map_or("", |(_, text)| *text);
            found.push(Tagged {
                place: place.clone(),
                dimension: dimension.clone(),
                attributes,
                text: unescape(text),
                after: unescape(after),
            });
        }
    }
    found
}

/// A sight of the independent program as the page's attributes.
fn sight(value: &Value) -> BTreeMap<String, String> {
    let mut out = BTreeMap::new();
    let mut put = |name: &str, text: String| out.insert(name.to_owned(), text);
    let plain = |v: &Value| v.as_str().map_or_else(|| v.to_string(), str::to_owned);
    let (kind, inner) = value.as_object().unwrap().iter().next().unwrap();
    put("kind", kind.clone());
    match kind.as_str() {
        "between" => {
            put("low", plain(&inner["low"]));
            put("high", plain(&inner["high"]));
        }
        "at-least" | "at-most" => {
            put("points", plain(inner));
        }
        "hidden" => {
            put("reason", plain(inner));
        }
        other => panic!("unknown sight {other}"),
    }
    out
}

/// A word and a difference as attributes.
fn sized(entry: &Value) -> BTreeMap<String, String> {
    let plain = |v: &Value| v.as_str().map_or_else(|| v.to_string(), str::to_owned);
    let mut out = BTreeMap::from([("word".to_owned(), plain(&entry["word"]))]);
    if let Some(difference) = entry["difference"].as_object() {
        for (name, key) in [("points", "points"), ("low", "low"), ("high", "high"), ("at-least", "at_least")] {
            out.insert(name.to_owned(), plain(&difference[key]));
        }
    }
    out
}

/// A value of which the kind is its name or its only field, and what that field holds.
fn kind_of(value: &Value) -> (String, Value) {
    match value {
        Value::String(kind) => (kind.clone(), Value::Null),
        Value::Object(fields) => fields.iter().next().map(|(kind, inner)| (kind.clone(), inner.clone())).unwrap(),
        other => panic!("{other}"),
    }
}

/// What the page must say at one tagged place, from the independent program's report. `nth`: how many of the same role came before.
fn expected(tag: &Tagged, report: &Value, found: &Value, nth: usize) -> BTreeMap<String, String> {
    let overview = &found["overview"];
    let of_dimension = |list: &Value| {
        list.as_array().unwrap().iter().find(|entry| entry["dimension"] == tag.dimension.as_str()).cloned().unwrap_or(Value::Null)
    };
    let plain = |v: &Value| v.as_str().map_or_else(|| v.to_string(), str::to_owned);
    let change = || of_dimension(&report["comparison"]["made"]["changes"]);
    let mut out = match tag.attributes["role"].as_str() {
        "score" => sight(&of_dimension(&report["scores"])["sight"]),
        "participation" => {
            let found = &report["participation"];
            let mut out = BTreeMap::from([("from".to_owned(), plain(&found["from"]))]);
            if !found["to"].is_null() {
                out.insert("to".to_owned(), plain(&found["to"]));
            }
            if let Some(rate) = found["rate"].as_array() {
                out.insert("rate-low".to_owned(), plain(&rate[0]));
                out.insert("rate-high".to_owned(), plain(&rate[1]));
            }
            out
        }
        "change" => sized(&change()),
        "quadrant" => {
            let (kind, inner) = kind_of(&report["quadrant"]);
            let named = [("zone", &inner["zone"]), ("zone", &inner["zones"][0]), ("other", &inner["zones"][1])];
            let named = named.into_iter().filter(|(_, value)| !value.is_null());
            named.map(|(name, value)| (name.to_owned(), plain(value))).chain([("kind".to_owned(), kind)]).collect()
        }
        "tested" => {
            let list = &overview["conversation"];
            let since = list["since"].as_str().map(|since| ("since".to_owned(), since.to_owned()));
            since
                .into_iter()
                .chain([("count".to_owned(), plain(&list["tested"])), ("together".to_owned(), plain(&list["together"]))])
                .collect()
        }
        "conversation" => sized(&overview["conversation"]["entries"][nth]),
        "course" => {
            let (kind, inner) = kind_of(&of_dimension(&overview["courses"])["found"]);
            let mut out = if kind == "line" { sized(&inner) } else { BTreeMap::new() };
            out.extend(
                ["since", "rounds"].iter().filter(|name| !inner[**name].is_null()).map(|name| ((*name).to_owned(), plain(&inner[*name]))),
            );
            out.insert("kind".to_owned(), kind);
            out
        }
        "differences" => {
            let (kind, inner) = kind_of(&of_dimension(&overview["differences"])["found"]);
            let share = &inner["share"];
            let kind = if kind == "found" && share.is_null() { "cannot-be-told".to_owned() } else { kind };
            let named = ["hundredths", "low", "high"].into_iter().filter(|name| !share[*name].is_null());
            named.map(|name| (name.to_owned(), plain(&share[name]))).chain([("kind".to_owned(), kind)]).collect()
        }
        "map" | "funnel" | "funnel-mean" | "funnel-limits" | "quality" | "origin" => beside(tag, found),
        "detectable" => BTreeMap::from([("points".to_owned(), plain(&change()["detectable"]))]),
        "comparison" => match &report["comparison"] {
            Value::String(kind) => BTreeMap::from([("kind".to_owned(), kind.clone())]),
            Value::Object(found) if found.contains_key("made") => {
                BTreeMap::from([("kind".to_owned(), "made".to_owned()), ("since".to_owned(), plain(&found["made"]["since"]))])
            }
            Value::Object(found) => {
                BTreeMap::from([("kind".to_owned(), "not-possible".to_owned()), ("reason".to_owned(), plain(&found["not-possible"]))])
            }
            other => panic!("{other}"),
        },
        "trend" => {
            let trend = of_dimension(&report["trends"]);
            let point = trend["points"].as_array().unwrap().iter().find(|p| p["wave"] == tag.attributes["wave"].as_str()).unwrap().clone();
            let mut out = match &point["point"] {
                Value::String(kind) => BTreeMap::from([("kind".to_owned(), kind.clone())]),
                scored => sight(&scored["score"]["sight"]),
            };
            out.insert("wave".to_owned(), tag.attributes["wave"].clone());
            out
        }
        "recent" => {
            let (kind, inner) = kind_of(&of_dimension(&report["trends"])["recent"]);
            let rounds = inner["rounds"].as_array().unwrap().iter().map(plain).collect::<Vec<_>>().join(" ");
            let ends = ["low", "high"].into_iter().filter(|end| !inner["interval"][*end].is_null());
            let ends = ends.map(|end| (end.to_owned(), plain(&inner["interval"][end])));
            ends.chain([("kind".to_owned(), kind), ("rounds".to_owned(), rounds)]).collect()
        }
        "statement" => {
            let all = report["statements"].as_array().unwrap();
            let found = all.iter().find(|statement| statement["item"] == tag.attributes["item"].as_str()).unwrap();
            let mut out = sight(&found["sight"]);
            out.extend([("item".to_owned(), plain(&found["item"])), ("low-level".to_owned(), plain(&found["low"]))]);
            out
        }
        "suggestion" => {
            let (kind, inner) = kind_of(&report["suggestions"][nth]);
            assert!(inner.is_null() || inner["dimension"] == tag.dimension.as_str(), "{inner} in {}", tag.dimension);
            let item = inner["statement"].as_str().map(|item| ("item".to_owned(), item.to_owned()));
            item.into_iter().chain([("kind".to_owned(), kind)]).collect()
        }
        "covers" => {
            let covers = &report["covers"];
            BTreeMap::from([("low".to_owned(), plain(&covers[0])), ("high".to_owned(), plain(&covers[1]))])
        }
        other => panic!("the page has a role that nothing recomputes: {other}"),
    };
    out.insert("role".to_owned(), tag.attributes["role"].clone());
    out
}

/// What HR's pages must say of all groups side by side.
fn beside(tag: &Tagged, found: &Value) -> BTreeMap<String, String> {
    let plain = |v: &Value| v.as_str().map_or_else(|| v.to_string(), str::to_owned);
    let panorama = &found["panorama"];
    let of_dimension =
        |list: &Value| list.as_array().unwrap().iter().find(|entry| entry["dimension"] == tag.dimension.as_str()).unwrap().clone();
    let of_block = |list: &Value| {
        let block: u64 = tag.place.strip_prefix("block ").unwrap().parse().unwrap();
        list.as_array().unwrap().iter().find(|group| group["block"] == block).unwrap().clone()
    };
    let given = |name: &str| (name.to_owned(), tag.attributes[name].clone());
    match tag.attributes["role"].as_str() {
        "map" => {
            let place = panorama["dimensions"].as_array().unwrap().iter().position(|d| *d == tag.dimension.as_str()).unwrap();
            let cell = of_block(&panorama["groups"])["cells"][place].clone();
            match kind_of(&cell) {
                (kind, Value::Null) => BTreeMap::from([("kind".to_owned(), kind)]),
                (kind, of) if kind == "estimate" => BTreeMap::from([
                    ("kind".to_owned(), kind),
                    ("low".to_owned(), plain(&of["interval"]["low"])),
                    ("high".to_owned(), plain(&of["interval"]["high"])),
                    ("weight".to_owned(), plain(&of["weight"])),
                    ("faint".to_owned(), plain(&of["faint"])),
                ]),
                (kind, of) if kind == "score" => sight(&json!({ "between": of })),
                _ => sight(&cell),
            }
        }
        "funnel-mean" => BTreeMap::from([("points".to_owned(), plain(&of_dimension(&panorama["funnels"])["found"]["drawn"]["mean"]))]),
        "funnel-limits" => {
            let bands = of_dimension(&panorama["funnels"])["found"]["drawn"]["bands"].clone();
            let band = bands.as_array().unwrap().iter().find(|band| plain(&band["from"]) == tag.attributes["from"]).unwrap();
            let limits = &band[tag.attributes["which"].as_str()];
            BTreeMap::from([given("which"), given("from"), ("low".to_owned(), plain(&limits[0])), ("high".to_owned(), plain(&limits[1]))])
        }
        "funnel" => {
            let groups = of_dimension(&panorama["funnels"])["found"]["drawn"]["groups"].clone();
            BTreeMap::from([("place".to_owned(), plain(&of_block(&groups)["place"]))])
        }
        "quality" => {
            let which = tag.attributes["which"].as_str();
            let (kind, inner) = kind_of(&of_dimension(&found["quality"])["quality"][which]);
            let mut out = BTreeMap::from([given("which")]);
            out.insert(if kind == "undefined" { "reason" } else { "hundredths" }.to_owned(), plain(&inner));
            if which == "omega" && kind != "undefined" {
                out.insert("method".to_owned(), kind);
            }
            out
        }
        "origin" => {
            let groups = found["origins"]["groups"].as_array().unwrap();
            let group = groups.iter().find(|group| plain(&group["group"]) == tag.attributes["group"]).unwrap();
            let events: Vec<_> = group["events"].as_array().unwrap().iter().map(plain).collect();
            BTreeMap::from([given("group"), ("events".to_owned(), events.join(" "))])
        }
        other => panic!("unknown role {other}"),
    }
}

/// The whole numbers of a text, in order.
fn numbers(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_ascii_digit()).filter(|digits| !digits.is_empty()).map(str::to_owned).collect()
}

/// The numbers that the text of a tagged place must hold, in order, and no others.
fn said(tag: &Tagged) -> Vec<String> {
    let value = |name: &str| tag.attributes.get(name).cloned();
    let mut said: Vec<String> = Vec::new();
    match tag.attributes["role"].as_str() {
        "score" | "trend" => {
            said.extend([value("low"), value("high"), value("points")].into_iter().flatten());
            said.extend(tag.text.contains("of 100").then(|| "100".to_owned()));
        }
        "participation" => {
            said.extend([value("from"), value("to")].into_iter().flatten());
            if let (Some(low), Some(high)) = (value("rate-low"), value("rate-high")) {
                match (low.as_str(), high.as_str()) {
                    ("0", _) => said.push((high.parse::<u32>().unwrap() + 1).to_string()),
                    (_, "100") => said.push(low),
                    _ => said.extend([low, high]),
                }
                said.push("100".to_owned());
            }
        }
        "detectable" => said.extend(value("points")),
        // Words and names; their numbers are round names, checked by the attributes.
        "change" | "conversation" | "quadrant" => {}
        "tested" => {
            said.extend(value("count"));
            said.extend(value("since").iter().flat_map(|since| numbers(since)));
        }
        "course" => {
            said.extend(value("rounds"));
            said.extend(value("since").iter().flat_map(|since| numbers(since)));
            said.extend([value("points"), value("low"), value("high")].into_iter().flatten().flat_map(|size| numbers(&size)));
        }
        "differences" => match value("hundredths") {
            Some(share) => said.extend([Some("100".to_owned()), Some(share), value("low"), value("high")].into_iter().flatten()),
            None if value("kind").as_deref() == Some("too-few-groups") => said.push("10".to_owned()),
            None => {}
        },
        "recent" => said.extend([value("low"), value("high")].into_iter().flatten()),
        "statement" => said.extend([value("low"), value("high"), value("points")].into_iter().flatten()),
        // A round's name or the fixed threshold, checked by the attributes.
        "comparison" | "covers" | "suggestion" => said = numbers(&tag.text),
        "map" => said.extend([value("low"), value("high"), value("points")].into_iter().flatten()),
        "funnel-mean" => said.extend([value("points"), Some("100".to_owned())].into_iter().flatten()),
        "funnel-limits" => said.extend([value("low"), value("high")].into_iter().flatten()),
        "quality" => match value("hundredths").map(|value| value.parse::<i32>().unwrap().unsigned_abs()) {
            Some(size) => said.extend([(size / 100).to_string(), format!("{:02}", size % 100)]),
            None => said = numbers(&tag.text),
        },
        "funnel" | "origin" => {}
        other => panic!("unknown role {other}"),
    }
    said
}

/// Compares a page with the independent program; returns how many places of each role were compared.
pub(crate) fn compare(html: &str, found: &Value) -> BTreeMap<String, u32> {
    let mut roles: BTreeMap<String, u32> = BTreeMap::new();
    // Comments follow from no number, so there is nothing in them to recompute.
    let scores = html.split("<section class=\"report report-comments\"").next().unwrap();
    for tag in tagged(scores) {
        let report = if tag.place.is_empty() {
            &found["organisation"]
        } else if let Some(block) = tag.place.strip_prefix("block ") {
            found["blocks"].as_array().unwrap().iter().find(|b| b["block"] == block.parse::<u64>().unwrap()).unwrap()
        } else if tag.place == "unit " {
            &found["organisation"]
        } else {
            let unit = tag.place.strip_prefix("unit ").unwrap();
            let path = |u: &Value| u["unit"].as_array().unwrap().iter().map(|l| l.as_str().unwrap()).collect::<Vec<_>>().join("/");
            found["units"].as_array().unwrap().iter().find(|u| path(u) == unit).unwrap()
        };
        let before = roles.get(&tag.attributes["role"]).copied().unwrap_or_default() as usize;
        assert_eq!(tag.attributes, expected(&tag, report, found, before), "{} {}", tag.place, tag.dimension);
        assert_eq!(numbers(&tag.text), said(&tag), "{} {} {:?}", tag.place, tag.dimension, tag.text);
        if ["change", "conversation"].contains(&tag.attributes["role"].as_str()) {
            let word = match tag.attributes["word"].as_str() {
                "clear" => "clear change",
                "possible" => "possible change",
                "none" => "no clear change",
                "cannot-be-seen" => "cannot be seen",
                other => panic!("unknown word {other}"),
            };
            assert_eq!(tag.text.trim().to_lowercase(), word);
            // The size of the change stands in the same sentence, outside the word.
            let since = numbers(found["organisation"]["comparison"]["made"]["since"].as_str().unwrap_or_default());
            let sizes: Vec<String> = ["points", "low", "high"]
                .iter()
                .filter_map(|name| tag.attributes.get(*name))
                .map(|n| n.trim_start_matches('-').to_owned())
                .collect();
            for number in numbers(&tag.after) {
                assert!(sizes.contains(&number) || since.contains(&number), "{number} in {:?} is none of {sizes:?}", tag.after);
            }
        }
        *roles.entry(tag.attributes["role"].clone()).or_default() += 1;
    }
    roles
}
