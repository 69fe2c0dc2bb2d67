//! JSON whose names are not those of a known log.

use std::fmt;

use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};

use super::names::{CandidateNames, quoted};
use super::refusal::Refusal;
use crate::formats::log::known_logs;

/// How many names of an object are read.
const MOST: usize = 200;

/// The names of the first object of a text in JSON.
pub(super) struct JsonHead<'t> {
    pub text: &'t str,
    names: Vec<String>,
    /// Whether the object is the first of a list.
    is_in_list: bool,
}

/// The refusal of JSON in an unknown format. `advice` is for a format that the names show.
pub(super) fn refusal(object: &JsonHead<'_>, advice: Option<String>) -> Refusal {
    let label = if object.names.is_empty() {
        "expected an object with names".to_owned()
    } else {
        format!("found {}", quoted(&object.names))
    };
    let mut help = Vec::new();
    if let Some(advice) = advice {
        help.push(advice);
    } else if let Some(list) = object.list() {
        help.push(format!(
            "if the events are the items of `{list}`, write them with `jq -c '{}[]' FILE > log.jsonl`, and open that",
            path(&list)
        ));
    } else {
        let candidates = CandidateNames::of(&object.names);
        help.push(candidates.help("value"));
        help.extend(command(&candidates, object.is_in_list));
    }
    help.extend(known_logs());
    Refusal::log("names", label, help)
}

impl<'t> JsonHead<'t> {
    /// The first object of a text; `None` if the text is not JSON.
    pub fn of(head: &'t str) -> Option<Self> {
        let text = head.trim_start();
        let in_list = text.strip_prefix('[').map(str::trim_start);
        let object = in_list.unwrap_or(text);
        object.starts_with('{').then(|| Self {
            text,
            names: names(object),
            is_in_list: in_list.is_some(),
        })
    }

    pub fn has(&self, name: &str) -> bool {
        self.names.iter().any(|it| it == name)
    }

    /// The first name whose value is a list of objects, unless the object itself has a time.
    fn list(&self) -> Option<String> {
        if CandidateNames::of(&self.names).when.is_some() {
            return None;
        }
        let is_list = |name: &&String| {
            let name = format!("\"{name}\"");
            let behind = self
                .text
                .split_once(name.as_str())
                .map(|(_, behind)| behind.trim_start());
            let value = behind
                .and_then(|it| it.strip_prefix(':'))
                .map(str::trim_start);
            let items = value
                .and_then(|it| it.strip_prefix('['))
                .map(str::trim_start);
            items.is_some_and(|it| it.starts_with('{'))
        };
        self.names.iter().find(is_list).cloned()
    }
}

/// The command that gives values the names that dateline knows.
fn command(candidates: &CandidateNames<'_>, is_list: bool) -> Option<String> {
    let renamed: Vec<String> = candidates
        .renamed()
        .map(|(from, to)| format!("{to}: {}", path(&from)))
        .collect();
    let items = if is_list { ".[] | . +" } else { ". +" };
    (candidates.when.is_some() && !renamed.is_empty()).then(|| {
        let renamed = renamed.join(", ");
        format!("for example with `jq -c '{items} {{{renamed}}}' FILE > log.jsonl`")
    })
}

/// A name as a path of jq.
fn path(name: &str) -> String {
    let is_word = name
        .bytes()
        .all(|it| it.is_ascii_alphanumeric() || it == b'_');
    if is_word && !name.starts_with(|it: char| it.is_ascii_digit()) {
        format!(".{name}")
    } else {
        format!(".\"{}\"", name.replace('"', ""))
    }
}

/// The names of an object. The text may break off within it.
fn names(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut json = serde_json::Deserializer::from_str(text);
    // An error ends the names, and those before it are kept.
    let _ = json.deserialize_map(NamesVisitor(&mut names));
    names
}

struct NamesVisitor<'n>(&'n mut Vec<String>);

impl<'de> Visitor<'de> for NamesVisitor<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<String>()? {
            if self.0.len() < MOST {
                self.0.push(name);
            }
            map.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}
