//! Editing a filter as text, so that chosen and typed filters are the same.
//!
//! Only terms at the outermost level are edited; the rest of the text stays as typed. The functions expect a valid
//! filter, and do what they can with others. They know the spelling of a value, not its meaning: a facet passes the
//! spelling that the filter uses.

use std::ops::Range;

use super::field::FilterField;
use super::fields;
use super::parse::parse;
use super::syntax::{ExprNode, FilterExpr, FilterTerm};
use super::value::{ComparisonOperator, FilterValue, ValueForm, quoted};
use super::value_spelling::ValueSpelling;

/// Adds a value of a field to a filter, or removes it if it is there. An excluded value becomes included. Values of one
/// field share one list: any of them matches.
pub fn toggle(text: &str, field: &FilterField, value: &ValueSpelling) -> String {
    let allowed = without(text, field, value, false);
    let less = without(&allowed, field, value, true);
    match (allowed == text, less == allowed) {
        (_, true) => added(&allowed, field, value, true),
        (true, false) => less,
        (false, false) => allowed,
    }
}

/// Excludes a value of a field, or removes the exclusion. An included value becomes excluded.
pub fn exclude(text: &str, field: &FilterField, value: &ValueSpelling) -> String {
    let allowed = without(text, field, value, false);
    if allowed != text {
        return allowed;
    }
    let less = without(text, field, value, true);
    added(&less, field, value, false)
}

/// Removes a value of a field, included or excluded.
pub fn remove(text: &str, field: &FilterField, value: &ValueSpelling) -> String {
    let text = without(text, field, value, true);
    without(&text, field, value, false)
}

/// Removes every term of a field.
pub fn clear(text: &str, field: &FilterField) -> String {
    let mut text = text.to_owned();
    loop {
        let parsed = parse(&text);
        let expr = parsed.expr.as_ref();
        let Some(part) = expr.and_then(|expr| {
            parts(expr, field)
                .map(|(part, ..)| part.range.clone())
                .next()
        }) else {
            return text;
        };
        text = cut(&text, part);
    }
}

/// Sets the range of `when:`, such as `2021..2022-06`; `None` removes it.
pub fn set_when(text: &str, range: Option<&str>) -> String {
    let when = fields::find("when").expect("a field of dates has this name");
    set_range(text, when, range)
}

/// Sets the range of a date field; `None` removes it.
pub fn set_range(text: &str, field: &FilterField, range: Option<&str>) -> String {
    let parsed = parse(text);
    let first = parsed.expr.as_ref().and_then(|expr| {
        let mut wanted = parts(expr, field)
            .filter(|(_, term, wanted)| *wanted && term.operator == ComparisonOperator::Is);
        wanted.next().map(|(part, ..)| part.range.clone())
    });
    let term = range.map(|range| format!("{}:{}", field.name, quoted(range)));
    match (first, term) {
        (Some(old), Some(term)) => replaced(text, old, &term),
        (Some(old), None) => cut(text, old),
        (None, Some(term)) => appended(text, &term),
        (None, None) => text.to_owned(),
    }
}

/// Adds a value to the last list of the field that is included or excluded like it.
fn added(text: &str, field: &FilterField, value: &ValueSpelling, wanted: bool) -> String {
    let parsed = parse(text);
    let last = parsed.expr.as_ref().and_then(|expr| {
        let same = parts(expr, field).filter(|(_, term, it)| *it == wanted && takes_more(term));
        Some(same.last()?.1.values.last()?.range.end)
    });
    if let Some(end) = last {
        return replaced(text, end..end, &format!(",{}", value.as_str()));
    }
    let sign = if wanted { "" } else { "-" };
    appended(text, &format!("{sign}{}:{}", field.name, value.as_str()))
}

fn takes_more(term: &FilterTerm) -> bool {
    term.operator == ComparisonOperator::Is
        && term.values.iter().all(|value| value.form != ValueForm::Any)
}

/// Removes a value from the included or excluded terms of a field.
fn without(text: &str, field: &FilterField, value: &ValueSpelling, wanted: bool) -> String {
    let mut text = text.to_owned();
    while let Some(shorter) = without_first(&text, field, value, wanted) {
        text = shorter;
    }
    text
}

fn without_first(
    text: &str,
    field: &FilterField,
    value: &ValueSpelling,
    wanted: bool,
) -> Option<String> {
    let parsed = parse(text);
    let expr = parsed.expr.as_ref()?;
    let is_it = |known: &FilterValue| value.means(known);
    let (part, term, _) = parts(expr, field).find(|(_, term, is_wanted)| {
        *is_wanted == wanted
            && term.operator == ComparisonOperator::Is
            && term.values.iter().any(is_it)
    })?;
    let at = term.values.iter().position(is_it)?;
    let values: Vec<&Range<usize>> = term.values.iter().map(|value| &value.range).collect();
    let range = match (
        at.checked_sub(1).and_then(|before| values.get(before)),
        values.get(at + 1),
    ) {
        (None, None) => return Some(cut(text, part.range.clone())),
        (None, Some(after)) => values[at].start..after.start,
        (Some(before), _) => before.end..values[at].end,
    };
    Some(replaced(text, range, ""))
}

/// The terms of a field at the outermost level, and whether each is included.
fn parts<'e>(
    expr: &'e FilterExpr,
    field: &'e FilterField,
) -> impl Iterator<Item = (&'e FilterExpr, &'e FilterTerm, bool)> {
    let of_field = |(term, wanted): (&'e FilterTerm, bool)| {
        (term.field == Some(field)).then_some((term, wanted))
    };
    let all = expr.conjuncts().iter();
    all.filter_map(move |part| {
        part.as_term()
            .and_then(of_field)
            .map(|(term, wanted)| (part, term, wanted))
    })
}

/// Adds a term that must also match. A filter with `or` at its outermost level is put into parentheses.
fn appended(text: &str, term: &str) -> String {
    let parsed = parse(text);
    let Some(expr) = &parsed.expr else {
        return term.to_owned();
    };
    let is_open = matches!(&expr.node, ExprNode::Or(parts) if parts.first().is_some_and(|first| first.range.start == expr.range.start));
    let text = text.trim_end();
    if is_open {
        format!("({text}) {term}")
    } else {
        format!("{text} {term}")
    }
}

/// Removes a part, and the space next to it.
fn cut(text: &str, range: Range<usize>) -> String {
    let before = text.get(..range.start).unwrap_or_default();
    let after = text.get(range.end..).unwrap_or_default();
    let and_before = before.trim_end().strip_suffix_word("and");
    let before = and_before.unwrap_or(before);
    if before.trim().is_empty() {
        let after = after.trim_start();
        return after
            .strip_prefix_word("and")
            .unwrap_or(after)
            .trim_start()
            .to_owned();
    }
    let is_apart =
        after.is_empty() || after.starts_with(|first: char| first.is_whitespace() || first == ')');
    format!(
        "{}{}{after}",
        before.trim_end(),
        if is_apart { "" } else { " " }
    )
}

/// The words at the ends of a text.
trait EndWords {
    fn strip_suffix_word(&self, word: &str) -> Option<&str>;
    fn strip_prefix_word(&self, word: &str) -> Option<&str>;
}

impl EndWords for str {
    fn strip_suffix_word(&self, word: &str) -> Option<&str> {
        let at = self.len().checked_sub(word.len())?;
        let (rest, end) = (self.get(..at)?, self.get(at..)?);
        let is_whole_word =
            rest.is_empty() || rest.ends_with(|last: char| last.is_whitespace() || last == ')');
        (end.eq_ignore_ascii_case(word) && is_whole_word).then_some(rest)
    }

    fn strip_prefix_word(&self, word: &str) -> Option<&str> {
        let (start, rest) = (self.get(..word.len())?, self.get(word.len()..)?);
        let is_whole_word = rest.starts_with(|first: char| first.is_whitespace() || first == '(');
        (start.eq_ignore_ascii_case(word) && is_whole_word).then_some(rest)
    }
}

fn replaced(text: &str, range: Range<usize>, with: &str) -> String {
    let before = text.get(..range.start).unwrap_or_default();
    let after = text.get(range.end..).unwrap_or_default();
    format!("{before}{with}{after}")
}
