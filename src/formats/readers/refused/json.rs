//! JSON whose names are not those of a known log.

use std::fmt;

use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};

use super::names::quoted;
use super::refusal::Refusal;
use crate::formats::log::TableQuestion;

/// How many names of an object are read.
const MOST: usize = 200;

/// The names of the first object of a text in JSON.
pub(super) struct JsonHead {
    names: Vec<String>,
}

/// The refusal of JSON in an unknown format. `question` is what its names do not show.
pub(super) fn refusal(object: &JsonHead, question: Option<TableQuestion>) -> Refusal {
    let label = if object.names.is_empty() {
        "expected an object with names".to_owned()
    } else {
        format!("found {}", quoted(&object.names))
    };
    Refusal::log("names", label, question)
}

impl JsonHead {
    /// The first object of a text; `None` if the text is not JSON.
    pub fn of(head: &str) -> Option<Self> {
        let text = head.trim_start();
        let in_list = text.strip_prefix('[').map(str::trim_start);
        let object = in_list.unwrap_or(text);
        object.starts_with('{').then(|| Self {
            names: names(object),
        })
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
