//! Tables whose columns are not those of a known log.

use super::names::quoted;
use super::refusal::Refusal;
use crate::formats::head::HEAD_BYTES;
use crate::formats::log::{TableQuestion, is_known_name};

const DELIMITERS: [char; 4] = [',', ';', '\t', '|'];

/// How many rows show that a text is a table: the header and one more.
const ENOUGH: usize = 2;

/// The header of a table.
pub(super) struct TableHead {
    names: Vec<String>,
}

/// The refusal of a table in an unknown format. `question`: what its columns do not show.
pub(super) fn refusal(table: &TableHead, question: Option<TableQuestion>) -> Refusal {
    let found = format!("found {}", quoted(&table.names));
    Refusal::log("columns", found, question)
}

impl TableHead {
    /// The header of a text; `None` if the text is not a table.
    pub fn of(head: &str) -> Option<Self> {
        let headers = DELIMITERS
            .iter()
            .filter_map(|&delimiter| Self::split_at(head, delimiter));
        headers.max_by_key(|header| header.names.len())
    }

    fn split_at(text: &str, delimiter: char) -> Option<Self> {
        let text = behind_separator(text.trim_start());
        // A line of TOML with a delimiter has `=` before it.
        let is_statement =
            |names: &[String]| names.first().is_some_and(|first| first.contains('='));
        if text.starts_with(['[', '#', '{']) {
            return None;
        }
        let mut rest = text;
        let rows: Vec<Vec<String>> = std::iter::from_fn(|| {
            let (row, behind) = row(rest, delimiter)?;
            rest = behind;
            Some(row)
        })
        .filter(|row| row.iter().any(|value| !value.is_empty()))
        .take(ENOUGH)
        .collect();
        let names = rows
            .first()
            .filter(|names| names.len() > 1 && !is_statement(names))?;
        let next = rows.get(1).filter(|row| !is_statement(row));
        // The first bytes of the file may end within either row.
        let is_cut = rest.is_empty() && text.len() > HEAD_BYTES / 2;
        let is_table = match next {
            Some(row) => row.len() == names.len() || is_cut,
            None => is_cut && rows.len() == 1,
        };
        let has_known = names.iter().any(|name| is_known_name(name));
        (is_table || (names.len() > 2 && has_known)).then(|| Self {
            names: names.clone(),
        })
    }
}

/// The text behind a first line such as `sep=;`, which names the delimiter for Excel.
fn behind_separator(text: &str) -> &str {
    let rest = text
        .strip_prefix("sep=")
        .and_then(|rest| rest.split_once('\n'));
    match rest {
        Some((delimiter, rest)) if delimiter.trim_end_matches('\r').chars().count() == 1 => rest,
        _ => text,
    }
}

/// The values of the first row of a text, and the text behind it. Quotation marks are those of RFC 4180.
fn row(text: &str, delimiter: char) -> Option<(Vec<String>, &str)> {
    if text.is_empty() {
        return None;
    }
    let mut values = vec![String::new()];
    let mut is_quoted = false;
    for (at, character) in text.char_indices() {
        match character {
            '"' => is_quoted = !is_quoted,
            '\n' if !is_quoted => {
                return Some((trimmed(values), text.get(at + 1..).unwrap_or_default()));
            }
            _ if character == delimiter && !is_quoted => values.push(String::new()),
            _ => values.last_mut()?.push(character),
        }
    }
    Some((trimmed(values), ""))
}

fn trimmed(values: Vec<String>) -> Vec<String> {
    values
        .into_iter()
        .map(|value| value.trim().to_owned())
        .collect()
}
