//! Fields of dates.

use super::super::columns::if_dated;
use super::super::date_answers;
use super::super::date_question::{DateAsk, DateQuestion, question};
use super::super::field::TermBinder;
use super::super::matches::Matches;
use super::super::predicate::Predicate;
use super::super::value::{ComparisonOperator, FilterValue, ValueForm};
use super::super::value_counts::ValueTally;
use crate::date::{EventDate, Instant};
use crate::timeline::{EventColumns, SparseColumn, Timeline};

/// The maximum number of suggested years.
const MOST_YEARS: i32 = 40;

/// A question about when events happened.
pub(super) fn happened(term: &mut TermBinder<'_>, asks: DateAsk) -> Predicate {
    asking(term, asks, date_answers::happened)
}

/// A question about a date that an event need not have.
pub(super) fn stated(
    term: &mut TermBinder<'_>,
    dates: fn(&EventColumns) -> &SparseColumn<EventDate>,
) -> Predicate {
    compared(term, move |timeline, question| {
        if_dated(timeline.len(), dates(timeline.columns()), question)
    })
}

/// A question with the operator of a term.
pub(super) fn compared(
    term: &mut TermBinder<'_>,
    answer: impl Fn(&Timeline, &DateQuestion) -> Matches + Copy + Send + Sync + 'static,
) -> Predicate {
    asking(term, DateAsk::of(term.operator), answer)
}

fn asking(
    term: &mut TermBinder<'_>,
    asks: DateAsk,
    answer: impl Fn(&Timeline, &DateQuestion) -> Matches + Copy + Send + Sync + 'static,
) -> Predicate {
    let (timeline, field) = (term.timeline, term.field);
    term.each(|value| {
        let asked = question(timeline, field.name, asks, value)?;
        Ok(Predicate::ask(move |timeline| answer(timeline, &asked)))
    })
}

/// The years in which something may have been going on; of many the last ones.
pub(in crate::query) fn years(timeline: &Timeline) -> impl Iterator<Item = i32> {
    use chrono::Datelike;
    let bounds = timeline.columns().when.bounds();
    let bounded = |micros: &i64| Instant::from_micros(*micros).is_bounded();
    let year = |micros: i64| Instant::from_micros(micros).civil().year();
    let first = bounds
        .start_earliest()
        .iter()
        .filter(bounded)
        .min()
        .map_or(0, year);
    let last = bounds
        .end_latest()
        .iter()
        .filter(bounded)
        .max()
        .map_or(-1, year);
    first.max(last.saturating_sub(MOST_YEARS))..=last
}

/// A year as a value of a facet, not yet counted.
pub(super) fn named<'t>(year: i32) -> ValueTally<'t> {
    ValueTally::named(year.to_string())
}

/// How many events were going on in each year.
pub(super) fn count_years<'t>(timeline: &'t Timeline, among: &Matches) -> Vec<ValueTally<'t>> {
    let count = |year: i32| {
        let tally = named(year);
        let value = FilterValue {
            text: tally.value.clone().into_owned(),
            form: ValueForm::Plain,
            range: 0..tally.value.len(),
            is_one_piece: true,
        };
        let asks = DateAsk::of(ComparisonOperator::Is);
        let asked = question(timeline, "when", asks, &value).ok()?;
        let mut matches = date_answers::happened(timeline, &asked);
        matches.and(among);
        let counts = matches.counts();
        Some(ValueTally {
            surely: counts.surely,
            shown: counts.surely + counts.possibly,
            ..tally
        })
    };
    years(timeline).filter_map(count).collect()
}
