//! Reads a timeline from trees that another reader makes of its text: the same tables and keys as in TOML, read by the same
//! table of keys.

use std::borrow::Cow;
use std::ops::Range;

pub(in crate::formats) use ::toml::Spanned;
pub(in crate::formats) use ::toml::de::{DeTable, DeValue};

use super::reader::{TomlReader, TomlReading};
use crate::diagnostic::{FileId, SourceText};
use crate::formats::progress::{Progress, stopped};

/// A value in a tree, with its bytes in the text.
pub(in crate::formats) type TreeValue = Spanned<DeValue<'static>>;

/// Puts a value under a key.
pub(in crate::formats) fn put(tree: &mut DeTable<'static>, key: &str, value: TreeValue) {
    let key = Spanned::new(value.span(), Cow::Owned(key.to_owned()));
    tree.insert(key, value);
}

/// A text at a place of the source.
pub(in crate::formats) fn text(range: Range<usize>, text: String) -> TreeValue {
    Spanned::new(range, DeValue::String(Cow::Owned(text)))
}

/// Texts at one place.
pub(in crate::formats) fn texts(
    range: &Range<usize>,
    items: impl IntoIterator<Item = String>,
) -> TreeValue {
    let items = items.into_iter().map(|item| text(range.clone(), item));
    Spanned::new(range.clone(), DeValue::Array(items.collect()))
}

/// Reads trees, each with tables at its top, in the order of their text.
pub(in crate::formats) fn read(
    source: &SourceText,
    file: FileId,
    progress: &Progress,
    trees: impl IntoIterator<Item = DeTable<'static>>,
) -> TomlReading {
    let mut whole = TomlReading::default();
    let mut reader = TomlReader::new(source, file, progress, &mut whole).of_foreign();
    reader.report_characters();
    for tree in trees {
        if reader.progress.is_stopped() {
            reader.reading.findings.push(stopped(file, source.len()));
            break;
        }
        reader.reported.clear();
        reader.read_root(tree);
    }
    let mut reading = TomlReading::default();
    super::finish(&mut reading, whole, file);
    reading
}
