//! Recognises an event of MISP by the beginning of its JSON, which may break off anywhere.

use memchr::memmem;

use crate::formats::head::HEAD_BYTES;
use crate::formats::toml::json::parser::{JsonMistake, JsonParser};

/// The member of a file that holds an event.
pub(super) const EVENT: &str = "Event";
/// The member of an answer of the API that holds a list of events.
pub(super) const RESPONSE: &str = "response";

/// Members that an event of MISP has, and an event of Windows in JSON does not.
const TYPICAL: [&str; 10] = [
    "Attribute",
    "Object",
    "Orgc",
    "extends_uuid",
    "info",
    "orgc_id",
    "proposal_email_lock",
    "publish_timestamp",
    "sharing_group_id",
    "threat_level_id",
];

/// Members that only an event of MISP has.
const UNMISTAKABLE: [&str; 5] = [
    "extends_uuid",
    "orgc_id",
    "proposal_email_lock",
    "publish_timestamp",
    "threat_level_id",
];

type Parsed<T> = Result<T, JsonMistake>;

/// Whether a text begins as an event of MISP, as the answer of its API to a search, or as a list of events.
pub(in crate::formats) fn begins(text: &str) -> bool {
    let head = beginning(text);
    // Nearly every other file has none of these names, and costs no more than looking for them.
    let is_named = |name: &&str| memmem::find(head.as_bytes(), name.as_bytes()).is_some();
    let names = [EVENT, "Attribute", "Object"];
    let is_possible = names.iter().chain(&UNMISTAKABLE).any(is_named);
    // What breaks off is decided by what precedes it.
    is_possible && is_file(head).unwrap_or(false)
}

/// Whether a text begins with an object that is an event itself, not an object that holds one.
pub(super) fn is_bare(text: &str) -> bool {
    let mut parser = JsonParser::new(beginning(text));
    is_event(&mut parser, &UNMISTAKABLE).unwrap_or(false)
}

/// The part of a text that shows what it is.
fn beginning(text: &str) -> &str {
    let end = text.floor_char_boundary(HEAD_BYTES);
    text.get(..end).unwrap_or_default()
}

fn is_file(text: &str) -> Parsed<bool> {
    let mut parser = JsonParser::new(text);
    if parser.opens(b'[')? {
        return is_item(text, &mut parser);
    }
    if is_bare(text) {
        return Ok(true);
    }
    if !parser.opens(b'{')? {
        return Ok(false);
    }
    loop {
        let key = parser.key()?;
        match key.get_ref().as_ref() {
            EVENT => return is_event(&mut parser, &TYPICAL),
            RESPONSE => {
                let is_list = parser.opens(b'[')?;
                return Ok(is_list && is_item(text, &mut parser)?);
            }
            _ => _ = parser.value()?,
        }
        if !parser.goes_on(b'}')? {
            return Ok(false);
        }
    }
}

/// Whether an item of a list is an event or holds one.
fn is_item(text: &str, parser: &mut JsonParser<'_>) -> Parsed<bool> {
    if is_bare(text.get(parser.at()..).unwrap_or_default()) {
        return Ok(true);
    }
    Ok(parser.opens(b'{')? && parser.key()?.get_ref() == EVENT && is_event(parser, &TYPICAL)?)
}

/// Whether an object is an event: by one of some members, or by an attribute or object of MISP in it.
fn is_event(parser: &mut JsonParser<'_>, members: &[&str]) -> Parsed<bool> {
    has_member(parser, |parser, key| match key {
        _ if members.contains(&key) => Ok(Some(true)),
        // It holds events, and their whole text need not be read to know it.
        EVENT | RESPONSE => Ok(Some(false)),
        "Attribute" => Ok(Some(parser.opens(b'[')? && is_attribute(parser)?)),
        "Object" => Ok(Some(parser.opens(b'[')? && is_object(parser)?)),
        _ => parser.value().map(|_| None),
    })
}

fn is_attribute(parser: &mut JsonParser<'_>) -> Parsed<bool> {
    has_member(parser, |parser, key| match key {
        "category" | "object_relation" | "to_ids" => Ok(Some(true)),
        _ => parser.value().map(|_| None),
    })
}

fn is_object(parser: &mut JsonParser<'_>) -> Parsed<bool> {
    has_member(parser, |parser, key| match key {
        "meta-category" | "template_uuid" => Ok(Some(true)),
        "Attribute" => Ok(Some(parser.opens(b'[')? && is_attribute(parser)?)),
        _ => parser.value().map(|_| None),
    })
}

/// Whether a member of an object decides that it is what is looked for. `None` is for a member that decides nothing, which
/// must have been read whole.
fn has_member(
    parser: &mut JsonParser<'_>,
    mut decides: impl FnMut(&mut JsonParser<'_>, &str) -> Parsed<Option<bool>>,
) -> Parsed<bool> {
    if !parser.opens(b'{')? || parser.opens(b'}')? {
        return Ok(false);
    }
    loop {
        let key = parser.key()?;
        if let Some(decision) = decides(parser, key.get_ref())? {
            return Ok(decision);
        }
        if !parser.goes_on(b'}')? {
            return Ok(false);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_is_recognised_by_its_members() {
        for text in [
            r#"{"Event": {"id": "1", "info": "x"#,
            r#"{ "meta": {}, "Event": {"uuid": "u", "Attribute": ["#,
            r#"{"response": [{"Event": {"Orgc": {"#,
            r#"[{"Event": {"info": "x"}}]"#,
            r#"{"date": "2021", "info": "x", "threat_level_id": "1"}"#,
            r#"{"Attribute": [{"Tag": [{"name": "x"}], "category": "Other""#,
            r#"{"Object": [{"Attribute": [{"to_ids": true"#,
            r#"{"Object": [{"name": "file", "meta-category": "file""#,
            r#"{"response": [{"id": "1", "orgc_id": "2""#,
            r#" [ { "id": "3", "proposal_email_lock": false"#,
        ] {
            assert!(begins(text), "{text}");
        }
    }

    #[test]
    fn other_json_is_not_an_event() {
        for text in [
            "",
            "{",
            "[]",
            r#"{"Event": {}}"#,
            r#"{"Event": []}"#,
            r#"{"Event": {"System": {"EventID": 1}, "EventData": {}}}"#,
            r#"{"response": []}"#,
            r#"{"Attribute": ["a", "b"], "info": "x"}"#,
            r#"{"Object": [{"Key": "a"}], "category": "x"}"#,
            r#"{"info": "x", "date": "2021", "category": "x"}"#,
            r#"{"response": {"numFound": 3}}"#,
            r#"{"datetime": "2021", "message": "x"}"#,
            "title = 'x'",
        ] {
            assert!(!begins(text), "{text}");
        }
    }
}
