//! Fields whose values are fixed words or numbers.

use std::ops::RangeInclusive;

use super::super::bitmap::Bitmap;
use super::super::error::QueryError;
use super::super::field::{FilterField, TermBinder};
use super::super::predicate::Predicate;
use super::super::value::{ComparisonOperator, FilterValue, ValueForm};
use crate::diagnostic::nearest;
use crate::timeline::Timeline;

/// Binds fixed words. A comparison selects all words of the order for which it holds.
pub(super) fn choice(term: &mut TermBinder<'_>, bind: impl Fn(&[&str]) -> Predicate) -> Predicate {
    let (field, operator) = (term.field, term.operator);
    term.each(|value| Ok(bind(&chosen(field, operator, value)?)))
}

fn chosen(
    field: &FilterField,
    operator: ComparisonOperator,
    value: &FilterValue,
) -> Result<Vec<&'static str>, QueryError> {
    let words = field.choices();
    if value.form == ValueForm::Any {
        return Ok(words.to_vec());
    }
    let place = words
        .iter()
        .position(|word| word.eq_ignore_ascii_case(&value.text));
    let Some(place) = place else {
        let message = format!("`{}` is not a value of `{}`", value.text, field.name);
        let error = QueryError::new(value.range.clone(), message).expected(field.wants());
        return Err(error.did_you_mean(nearest(&value.text, words.iter().copied())));
    };
    let chosen = (0..).zip(words);
    let chosen = chosen.filter(|(at, _)| operator.compares(at, &place));
    Ok(chosen.map(|(_, word)| *word).collect())
}

/// Parses words, ignoring unknown ones.
pub(super) fn parsed<T, C: FromIterator<T>>(
    words: &[&str],
    parse: impl Fn(&str) -> Option<T>,
) -> C {
    words.iter().filter_map(|word| parse(word)).collect()
}

/// Binds numbers and ranges to something that each event has a number of.
pub(super) fn number(
    term: &mut TermBinder<'_>,
    count: impl Fn(&Timeline, &RangeInclusive<usize>) -> Bitmap + Copy + Send + Sync + 'static,
) -> Predicate {
    let (field, operator) = (term.field, term.operator);
    term.each(|value| {
        let range = range(field, operator, value)?;
        Ok(Predicate::known(move |timeline| count(timeline, &range)))
    })
}

/// A number, or a range of numbers.
fn range(
    field: &FilterField,
    operator: ComparisonOperator,
    value: &FilterValue,
) -> Result<RangeInclusive<usize>, QueryError> {
    let wrong = || {
        QueryError::new(
            value.range.clone(),
            format!("`{}` is not a number", value.text),
        )
        .expected(field.wants())
    };
    let number = |text: &str| text.trim().parse::<usize>().map_err(|_| wrong());
    if value.form == ValueForm::Any {
        return Ok(1..=usize::MAX);
    }
    if let Some((from, to)) = value
        .text
        .split_once("..")
        .filter(|_| operator == ComparisonOperator::Is)
    {
        let from = if from.is_empty() { 0 } else { number(from)? };
        let to = if to.is_empty() {
            usize::MAX
        } else {
            number(to)?
        };
        if to < from {
            let error = QueryError::new(value.range.clone(), "this range ends before it starts");
            return Err(error.help(format!("write `{to}..{from}`")));
        }
        return Ok(from..=to);
    }
    let number = number(&value.text)?;
    let nothing = Ok(RangeInclusive::new(1, 0));
    Ok(match operator {
        ComparisonOperator::Is => number..=number,
        ComparisonOperator::AtMost => 0..=number,
        ComparisonOperator::AtLeast => number..=usize::MAX,
        ComparisonOperator::Less => match number.checked_sub(1) {
            Some(most) => 0..=most,
            None => return nothing,
        },
        ComparisonOperator::More => match number.checked_add(1) {
            Some(least) => least..=usize::MAX,
            None => return nothing,
        },
    })
}
