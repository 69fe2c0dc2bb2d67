//! The JSON Schema of a timeline file, for editors and for programs that know nothing of dateline.
//!
//! It is made from the table of keys, and serves a timeline in TOML and in JSON alike. It describes the form alone: what
//! needs more than one value at a time, or the meaning of a text, is for `dateline check`. Where the two differ, the schema
//! accepts more: a false alarm in an editor does more harm than silence.
//!
//! Draft-07 is the latest version that editors for TOML and the catalogue of `SchemaStore` read alike.

use std::fmt::Write as _;

use serde_json::{Value, json};

use super::toml::closed_words::WordList;
use super::toml::key_names::MARKING;
use super::toml::keys::{FILE_TABLES, FileKey, FileTable, KeyContent, LONGEST_SCENE, ValueShape};
use super::writers::json_text::OrderedObject;

/// The schema, as a JSON document.
pub fn json_schema() -> String {
    let [root, tables @ ..] = FILE_TABLES;
    let mut schema = OrderedObject::default();
    schema.put("$schema", "http://json-schema.org/draft-07/schema#");
    // tombi then accepts no notation of TOML 1.1, which many programs cannot read.
    schema.put("x-tombi-toml-version", "v1.0.0");
    schema.put("title", "timeline");
    schema.put(
        "description",
        "A timeline of dateline, in TOML or JSON. `dateline check` finds more than this schema.",
    );
    let mut properties = OrderedObject::default();
    properties.put_object("$schema", own_schema_key());
    put_table(&mut schema, root, properties);
    let mut definitions = OrderedObject::default();
    for table in tables {
        definitions.put_object(definition_name(table), table_schema(table));
    }
    schema.put_object("definitions", definitions);
    schema.lines() + "\n"
}

/// The key by which JSON names its schema.
fn own_schema_key() -> OrderedObject {
    let mut key = described("the address of this schema");
    key.put("type", "string");
    key
}

/// The name of a table without its article.
fn title(table: &dyn FileTable) -> &'static str {
    let name = table.name();
    name.split_once(' ').map_or(name, |(_, noun)| noun)
}

fn definition_name(table: &dyn FileTable) -> String {
    title(table).replace("'s ", "-").replace(' ', "-")
}

fn reference(table: &dyn FileTable) -> OrderedObject {
    let mut object = OrderedObject::default();
    object.put("$ref", format!("#/definitions/{}", definition_name(table)));
    object
}

fn described(description: &str) -> OrderedObject {
    let mut object = OrderedObject::default();
    object.put("description", description);
    object
}

fn table_schema(table: &dyn FileTable) -> OrderedObject {
    let mut object = OrderedObject::default();
    object.put("title", title(table));
    put_table(&mut object, table, OrderedObject::default());
    object
}

/// Adds the keys of a table behind some other properties.
fn put_table(object: &mut OrderedObject, table: &dyn FileTable, mut properties: OrderedObject) {
    object.put("type", "object");
    let required = table.keys().filter(|key| key.is_required());
    let required: Vec<&str> = required.map(|key| key.name).collect();
    object.put("required", required);
    for key in table.keys() {
        properties.put_object(key.name, key_schema(key));
    }
    object.put_object("properties", properties);
    object.put("additionalProperties", false);
}

fn key_schema(key: &FileKey) -> OrderedObject {
    let example = match key.example {
        "" => String::new(),
        example => format!(". Example: `{} = {example}`", key.name),
    };
    let mut object = described(&format!("{}{example}", key.summary));
    match key.shape {
        ValueShape::Text => put_text(&mut object, key),
        ValueShape::TextList => put_text_list(&mut object, key),
        ValueShape::TextOrList => {
            let (mut text, mut list) = (OrderedObject::default(), OrderedObject::default());
            put_text(&mut text, key);
            put_text_list(&mut list, key);
            object.put_list("anyOf", vec![text, list]);
        }
        ValueShape::Date | ValueShape::TextOrDate => put_date(&mut object),
        ValueShape::Format => object.put("enum", json!([1])),
        ValueShape::Minutes => {
            object.put("type", "number");
            object.put("exclusiveMinimum", 0);
            object.put("maximum", LONGEST_SCENE);
        }
        ValueShape::Line => {
            object.put("type", "integer");
            object.put("minimum", 1);
        }
        ValueShape::YesNo => object.put("type", "boolean"),
        ValueShape::Table(table) => object.put_list("allOf", vec![reference(table)]),
        ValueShape::TableList(table) => {
            object.put("type", "array");
            object.put_object("items", reference(table));
        }
        ValueShape::NamedTables(table) => {
            object.put("type", "object");
            object.put_object("additionalProperties", reference(table));
        }
    }
    object
}

fn put_text_list(object: &mut OrderedObject, key: &FileKey) {
    let mut item = OrderedObject::default();
    put_text(&mut item, key);
    object.put("type", "array");
    object.put_object("items", item);
}

fn put_text(object: &mut OrderedObject, key: &FileKey) {
    match key.content {
        KeyContent::Closed(words) => {
            let spellings = if key.name == MARKING {
                marking_pattern(words)
            } else {
                format!("^\\s*({})?\\s*$", any_case(words))
            };
            put_words(
                object,
                words,
                &json!({ "type": "string", "pattern": spellings }),
            );
        }
        KeyContent::Usual(words) => put_words(object, words, &json!({ "type": "string" })),
        _ => object.put("type", "string"),
    }
}

/// The words of a list, which an editor offers, or another text.
fn put_words(object: &mut OrderedObject, words: WordList, other: &Value) {
    object.put(
        "anyOf",
        json!([{ "type": "string", "enum": words.words() }, other]),
    );
}

/// A date as a text, as TOML writes it, or as a year. Validators of TOML differ: some take a date of TOML for a text, and
/// some only for a text of that format.
fn put_date(object: &mut OrderedObject) {
    let forms = json!([
        { "type": "string" },
        { "type": "string", "format": "date" },
        { "type": "string", "format": "date-time" },
        { "type": "integer" },
    ]);
    object.put("anyOf", forms);
}

/// A marking may have `TLP:` before it, and its name of TLP 1.0.
fn marking_pattern(words: WordList) -> String {
    format!(
        "^\\s*([Tt][Ll][Pp]:\\s*)?({}|[Ww][Hh][Ii][Tt][Ee])\\s*$",
        any_case(words)
    )
}

/// A pattern of the words of a list in any letter case, as the reader accepts them. Not every validator knows a flag for it.
fn any_case(words: WordList) -> String {
    let mut pattern = String::new();
    for (number, word) in words.words().into_iter().enumerate() {
        if number > 0 {
            pattern.push('|');
        }
        for letter in word.chars() {
            let written = match letter {
                letter if letter.is_ascii_alphabetic() => write!(
                    pattern,
                    "[{}{}]",
                    letter.to_ascii_uppercase(),
                    letter.to_ascii_lowercase()
                ),
                letter if letter.is_ascii_digit() => write!(pattern, "{letter}"),
                '-' => write!(pattern, "-"),
                other => write!(pattern, "[{other}]"),
            };
            written.expect("a string takes everything");
        }
    }
    pattern
}
