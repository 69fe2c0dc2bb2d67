//! A mapping on the command line: `when=Date+Time,title=Activity`.

use super::role_keys::{role_keys, role_of_key};
use super::{ColumnPattern, PatternPart, TableMapping};
use crate::diagnostic::nearest;
use crate::formats::log::column_role::ColumnRole;

/// Reads a mapping as it is written on the command line: `KEY=COLUMN`, with commas between them. `A+B` joins two columns
/// with a space.
///
/// # Errors
/// The mistake, and what was expected.
pub(in crate::formats) fn parse(text: &str) -> Result<TableMapping, String> {
    let mut given: Vec<(ColumnRole, Vec<ColumnPattern>)> = Vec::new();
    for part in text.split(',') {
        let column = match part.split_once('=') {
            Some((key, column)) => {
                let key = key.trim();
                let role = role_of_key(key).ok_or_else(|| unknown_key(key))?;
                given.push((role, Vec::new()));
                column
            }
            // `tags=Severity,Category`: another column for the key before it.
            None => part,
        };
        let Some((_, columns)) = given.last_mut() else {
            return Err(format!(
                "`{part}` has no key: write `when=COLUMN,title=COLUMN`"
            ));
        };
        columns.push(pattern(column)?);
    }
    let mut mapping = TableMapping::default();
    for (role, patterns) in given {
        mapping.give(role, patterns);
    }
    mapping.needs = mapping
        .columns()
        .map(|name| vec![name.to_owned().into()])
        .collect();
    Ok(mapping)
}

fn pattern(text: &str) -> Result<ColumnPattern, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err("there is no column behind `=`".to_owned());
    }
    if text.contains(['{', '}']) || !text.contains('+') {
        return ColumnPattern::parse(text);
    }
    let mut parts = Vec::new();
    for name in text.split('+').map(str::trim).filter(|it| !it.is_empty()) {
        if !parts.is_empty() {
            parts.push(PatternPart::Text(" ".to_owned()));
        }
        parts.push(PatternPart::Column(name.to_owned()));
    }
    Ok(ColumnPattern(parts))
}

fn unknown_key(key: &str) -> String {
    let keys = || role_keys().map(|(key, _)| key);
    if let Some(meant) = nearest(key, keys()) {
        return format!("`{key}` is not a key: did you mean `{meant}`?");
    }
    let keys: Vec<_> = keys().collect();
    format!("`{key}` is not a key: use one of {}", keys.join(", "))
}
