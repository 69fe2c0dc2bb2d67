//! The JSON Schema of timelines: it refuses files with an error of form, and accepts every other timeline.
//!
//! `.ci/validate-schema` asks the same of the validators that editors use.

use std::collections::BTreeSet;
use std::fs;

use dateline::diagnostic::{Diagnostic, SourceText};
use dateline::formats::{self, json_schema};
use regex::Regex;
use serde_json::{Map, Value};

use crate::support::program;

const PATH: &str = "timelines/dateline.schema.json";

/// The kinds of errors that the form alone shows.
const FORM: &[&str] = &[
    "confidence-is-likelihood",
    "missing-key",
    "missing-title",
    "out-of-range",
    "unknown-format",
    "unknown-key",
    "unknown-marking",
    "unknown-word",
    "wrong-type",
];

/// Whether `about` is missing there depends on another key.
const LEFT_OUT: &str = "tests/diagnostics/silent-claim-says-something.toml";

/// As much of draft-07 as the schema uses.
struct SchemaChecker {
    root: Value,
}

impl SchemaChecker {
    fn new() -> Self {
        let root = serde_json::from_str(&json_schema()).expect("the schema is JSON");
        Self { root }
    }

    fn accepts(&self, value: &Value) -> bool {
        self.fits(&self.root, value)
    }

    fn fits(&self, schema: &Value, value: &Value) -> bool {
        let rules = match schema {
            Value::Bool(accepts) => return *accepts,
            schema => schema.as_object().expect("a schema is an object"),
        };
        rules
            .iter()
            .all(|(rule, wanted)| self.keeps(rule, wanted, rules, value))
    }

    fn keeps(&self, rule: &str, wanted: &Value, rules: &Map<String, Value>, value: &Value) -> bool {
        let schemas = || wanted.as_array().expect("it is a list").iter();
        match rule {
            "$ref" => {
                let path = wanted.as_str().expect("a reference is text");
                let target = self.root.pointer(path.trim_start_matches('#'));
                self.fits(target.expect("a reference leads somewhere"), value)
            }
            "type" => has_type(wanted.as_str().expect("a type is text"), value),
            "enum" => schemas().any(|it| it == value),
            "anyOf" => schemas().any(|it| self.fits(it, value)),
            "allOf" => schemas().all(|it| self.fits(it, value)),
            "pattern" => value.as_str().is_none_or(|text| {
                let pattern = wanted.as_str().expect("a pattern is text");
                Regex::new(pattern).expect("it is a pattern").is_match(text)
            }),
            "exclusiveMinimum" => value.as_f64() > wanted.as_f64(),
            "maximum" => value.as_f64() <= wanted.as_f64(),
            "items" => value
                .as_array()
                .is_none_or(|items| items.iter().all(|item| self.fits(wanted, item))),
            "required" => schemas().all(|key| {
                let key = key.as_str().expect("a key is text");
                value.as_object().is_none_or(|it| it.contains_key(key))
            }),
            "properties" | "additionalProperties" => value.as_object().is_none_or(|entries| {
                let named = rules.get("properties").and_then(Value::as_object);
                entries.iter().all(|(key, value)| {
                    let named = named.and_then(|named| named.get(key));
                    match (rule, named) {
                        ("properties", Some(schema)) => self.fits(schema, value),
                        ("additionalProperties", None) => self.fits(wanted, value),
                        _ => true,
                    }
                })
            }),
            // The format of a date is only a hint here: a text of any form is accepted next to it.
            "$schema"
            | "x-tombi-toml-version"
            | "title"
            | "description"
            | "definitions"
            | "format" => true,
            other => panic!("this test does not know `{other}`"),
        }
    }
}

fn has_type(name: &str, value: &Value) -> bool {
    match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        other => panic!("this test does not know the type `{other}`"),
    }
}

/// TOML as JSON; a date of TOML is a text, as validators see it.
fn as_json(value: toml::Value) -> Value {
    match value {
        toml::Value::Datetime(moment) => moment.to_string().into(),
        toml::Value::Table(table) => {
            let entries = table.into_iter().map(|(key, value)| (key, as_json(value)));
            Value::Object(entries.collect())
        }
        toml::Value::Array(items) => items.into_iter().map(as_json).collect(),
        other => serde_json::to_value(other).expect("it has a form in JSON"),
    }
}

fn errors(path: &str) -> BTreeSet<&'static str> {
    let (_, findings) = formats::open(&[SourceText::new(path, program::read(path))]);
    let errors = findings.iter().filter(|finding| finding.is_error());
    errors.map(|finding| finding.kind.name).collect()
}

#[test]
fn the_schema_in_the_package_is_what_the_program_prints() {
    let fresh = json_schema();
    if std::env::var_os("UPDATE_PAGES").is_some() {
        fs::write(program::root().join(PATH), &fresh).expect("it can be written");
    }
    assert!(
        program::read(PATH) == fresh,
        "stale: `UPDATE_PAGES=1 cargo test schema` writes {PATH} anew"
    );
    let output = program::dateline()
        .arg("schema")
        .output()
        .expect("the program can be started");
    assert_eq!(String::from_utf8_lossy(&output.stdout), fresh);
}

#[test]
fn the_schema_refuses_errors_of_form_and_nothing_else() {
    let schema = SchemaChecker::new();
    let folders = ["tests/diagnostics", "tests/frames/timelines", "timelines"];
    let files = folders
        .into_iter()
        .flat_map(|folder| program::files(folder, ".toml"));
    let (mut accepted, mut refused) = (0, 0);
    for path in files.filter(|path| path != LEFT_OUT) {
        let Ok(text) = fs::read_to_string(program::root().join(&path)) else {
            continue;
        };
        // A text that is not TOML never comes to the schema.
        let Ok(table) = text.parse::<toml::Table>() else {
            continue;
        };
        let errors = errors(&path);
        let is_bad = errors.iter().any(|kind| FORM.contains(kind));
        let is_accepted = schema.accepts(&as_json(toml::Value::Table(table)));
        assert_eq!(is_accepted, !is_bad, "{path}: {errors:?}");
        accepted += usize::from(is_accepted);
        refused += usize::from(!is_accepted);
    }
    assert!(accepted >= 40 && refused >= 10, "{accepted}, {refused}");
}

#[test]
fn the_schema_accepts_a_timeline_in_json() {
    let schema = SchemaChecker::new();
    let output = program::dateline()
        .args(["export", "--to", "json"])
        .output()
        .expect("the program can be started");
    let mut timeline: Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    assert!(schema.accepts(&timeline));
    timeline["$schema"] = "./dateline.schema.json".into();
    assert!(schema.accepts(&timeline));
    timeline["events"][0]["titel"] = "x".into();
    assert!(!schema.accepts(&timeline));
}

#[test]
fn a_word_is_accepted_in_any_letter_case_as_the_reader_accepts_it() {
    let schema = SchemaChecker::new();
    let written = [
        ("tlp", "amber+strict", true),
        ("tlp", "TLP: White", true),
        ("tlp", "AMBER STRICT", false),
        ("tlp", "", false),
        ("yardstick", " ICD203 ", true),
        ("yardstick", "", true),
        ("yardstick", "icd", false),
    ];
    for (key, word, is_accepted) in written {
        let text = format!("[timeline]\n{key} = \"{word}\"\n[[events]]\ntitle = \"a\"\n");
        let table: toml::Table = text.parse().expect("it is TOML");
        let value = as_json(toml::Value::Table(table));
        assert_eq!(schema.accepts(&value), is_accepted, "{key} = {word:?}");
        let (_, findings) = formats::open(&[SourceText::new("a.toml", text)]);
        let is_error = findings.iter().any(Diagnostic::is_error);
        assert_eq!(is_error, !is_accepted, "{findings:?}");
    }
}
