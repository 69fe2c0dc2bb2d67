//! Values of JSON with their places in the file.

use ::toml::Spanned;
use ::toml::de::{DeTable, DeValue};
use compact_str::CompactString;

use crate::diagnostic::{FileId, TextPlace};
use crate::timeline::draft::{Located, LocatedText};

/// A value with its place.
pub(super) type JsonValue<'t> = Spanned<DeValue<'t>>;

/// Whether something is marked as deleted: most numbers and truths of MISP are texts.
pub(super) fn is_deleted(table: &DeTable<'_>) -> bool {
    match table.get("deleted").map(Spanned::get_ref) {
        Some(DeValue::Boolean(is_true)) => *is_true,
        Some(DeValue::String(text)) => matches!(text.as_ref(), "1" | "true"),
        Some(DeValue::Integer(number)) => number.as_str() == "1",
        _ => false,
    }
}

pub(super) fn place(value: &JsonValue<'_>, file: FileId) -> TextPlace {
    TextPlace::new(file, value.span())
}

/// The items of a list; none if there is no such list.
pub(super) fn items<'v, 't>(table: &'v DeTable<'t>, key: &str) -> &'v [JsonValue<'t>] {
    let list = table.get(key).and_then(|value| value.get_ref().as_array());
    list.map_or(&[], |list| &list[..])
}

/// The UUID of something, or its place in the file.
pub(super) fn uuid_of(table: &DeTable<'_>, value: &JsonValue<'_>) -> CompactString {
    let uuid = word(table, "uuid");
    if uuid.is_empty() {
        CompactString::from(format!("at {}", value.span().start))
    } else {
        uuid
    }
}

pub(super) fn word(table: &DeTable<'_>, key: &str) -> CompactString {
    let text = table.get(key).and_then(|value| value.get_ref().as_str());
    CompactString::from(text.unwrap_or_default())
}

/// A text of an object, unless it is empty.
pub(super) fn text(table: &DeTable<'_>, key: &str, file: FileId) -> Option<LocatedText> {
    table.get(key).and_then(|value| located(value, file))
}

/// A text or a number with its place, which has no quotation marks.
pub(super) fn located(value: &JsonValue<'_>, file: FileId) -> Option<LocatedText> {
    let span = value.span();
    let (text, range) = match value.get_ref() {
        DeValue::String(text) => (
            text.as_ref(),
            span.start + 1..span.end.max(span.start + 2) - 1,
        ),
        DeValue::Integer(number) => (number.as_str(), span),
        _ => return None,
    };
    let text = text.trim();
    (!text.is_empty()).then(|| Located::new(text.into(), TextPlace::new(file, range)))
}
