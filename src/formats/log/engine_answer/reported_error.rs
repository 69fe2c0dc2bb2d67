//! The error that an engine reports instead of rows: a document of JSON, or a line of text.

use serde_json::{Map, Value};

use super::gaps::said_of;
use crate::text::shortened;

/// How many characters of an error are quoted.
const LONGEST: usize = 300;

/// What an engine says, if a text is nothing but the report of an error.
pub(in crate::formats) fn reported_error(text: &str) -> Option<String> {
    let text = text.trim();
    let said = if text.starts_with('{') {
        match serde_json::from_str(text) {
            Ok(Value::Object(object)) => of_object(&object)?.to_owned(),
            _ => return None,
        }
    } else {
        of_clickhouse(text)?.to_owned()
    };
    (!said.is_empty()).then(|| shortened(&said, LONGEST).into_owned())
}

/// `Code: 62. DB::Exception: …`, perhaps below a line of the client.
fn of_clickhouse(text: &str) -> Option<&str> {
    let is_exception = |line: &&str| {
        let number = line.strip_prefix("Code: ");
        let rest = number.map(|it| it.trim_start_matches(|it: char| it.is_ascii_digit()));
        rest.is_some_and(|it| it.starts_with(". DB::"))
    };
    text.lines().take(3).map(str::trim).find(is_exception)
}

/// An object with an error and nothing else. A log may have an `error` too, next to other names.
fn of_object(object: &Map<String, Value>) -> Option<&str> {
    let mut names = object.keys();
    if !names.all(|name| matches!(name.as_str(), "error" | "exception" | "status")) {
        return None;
    }
    let error = object.get("error").or_else(|| object.get("exception"))?;
    let of_search = ["/root_cause/0/reason", "/reason"];
    let mut reasons = of_search
        .into_iter()
        .filter_map(|it| error.pointer(it)?.as_str());
    let reason = error.as_str().or_else(|| reasons.next());
    Some(reason.unwrap_or_else(|| said_of(error)).trim())
}
