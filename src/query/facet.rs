//! Facets: the values of a field, and how many events each would leave given the rest of the filter.
//!
//! The rest of the filter is the filter without the field's own terms at its outermost level, wanted or not: so the
//! other values of a field show what choosing them would leave. A value that no event of the rest has is left out,
//! unless the filter names it.

use std::cmp::Reverse;

use super::bind::bind;
use super::field::{FacetOrder, Field, Kind};
use super::fields::FIELDS;
use super::filter::Filter;
use super::glob::Pattern;
use super::matches::Matches;
use super::spelling::Spelling;
use super::syntax::{Expr, Term};
use super::tally::Tally;
use super::value::{Form, Operator, Value};
use crate::timeline::Timeline;
use crate::timeline::term::PHASES;

/// The values of one field.
#[derive(Clone, Debug, PartialEq)]
pub struct FacetGroup {
    /// The field.
    pub field: &'static Field,
    /// Its values: fixed words in their own order, phases in that of a case, lanes in that of the file, attributes by
    /// name, all others by
    /// how many events they leave.
    pub values: Vec<FacetValue>,
}

impl FacetGroup {
    /// Leaves out `unstated` of an aspect about which no event of the rest has anything else: all have it, and among
    /// facets it tells nothing.
    pub fn leave_out_silence(&mut self) {
        if !matches!(self.field.kind, Kind::Assessment(_)) {
            return;
        }
        let is_spoken_of = |aspect: &str, all: &[FacetValue]| {
            let of_aspect = |value: &&FacetValue| value.label.starts_with(aspect);
            all.iter().filter(of_aspect).count() > 1
        };
        let all = self.values.clone();
        self.values.retain(|value| {
            let aspect = value.label.strip_suffix("-unstated");
            let tells = aspect.is_none_or(|aspect| is_spoken_of(aspect, &all));
            tells || value.selected != Selected::Not
        });
    }
}

/// One value of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetValue {
    /// What [`super::toggle`] is to be given: spelt as in the filter, where the filter names it.
    pub value: Spelling,
    /// What to show.
    pub label: String,
    /// How many events would surely be left.
    pub surely: usize,
    /// How many more would possibly be left.
    pub possibly: usize,
    /// Whether the filter names it.
    pub selected: Selected,
}

/// Whether a filter names a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Selected {
    /// `field:value`
    Included,
    /// `-field:value`
    Excluded,
    /// Neither.
    #[default]
    Not,
}

/// The facets of every field that has some, given a filter that is bound to this timeline.
pub fn facets(timeline: &Timeline, filter: &Filter) -> Vec<FacetGroup> {
    let parts = Parts::of(timeline, filter);
    FIELDS
        .iter()
        .filter_map(|field| parts.group(timeline, field))
        .collect()
}

/// The facets of one field.
pub fn facet(timeline: &Timeline, filter: &Filter, field: &'static Field) -> Option<FacetGroup> {
    Parts::of(timeline, filter).group(timeline, field)
}

/// The parts of a filter that must all hold, each asked once.
struct Parts<'f> {
    text: &'f str,
    each: Vec<(&'f Expr, Matches)>,
    whole: Matches,
}

impl<'f> Parts<'f> {
    fn of(timeline: &Timeline, filter: &'f Filter) -> Self {
        let exprs = filter.expr().map_or(&[][..], Expr::conjuncts);
        let bound = exprs
            .iter()
            .filter_map(|expr| Some((expr, bind(timeline, expr).ok()?)));
        let parts: Vec<_> = bound
            .map(|(expr, part)| (expr, part.matches(timeline)))
            .collect();
        let whole = all(timeline, parts.iter());
        Self {
            text: filter.text(),
            each: parts,
            whole,
        }
    }

    fn group(&self, timeline: &Timeline, field: &'static Field) -> Option<FacetGroup> {
        if !field.is_facet() {
            return None;
        }
        let own: Vec<(&Term, bool)> = self
            .each
            .iter()
            .filter_map(|(expr, _)| own_term(expr, field))
            .collect();
        let tallies = if own.is_empty() {
            field.tally(timeline, &self.whole)
        } else {
            let others = self
                .each
                .iter()
                .filter(|(expr, _)| own_term(expr, field).is_none());
            field.tally(timeline, &all(timeline, others))
        };
        let mut values: Vec<FacetValue> = tallies?
            .iter()
            .map(|tally| facet_value(self.text, tally, &own))
            .collect();
        values.retain(|value| value.surely + value.possibly > 0 || value.selected != Selected::Not);
        sort(field, &mut values);
        Some(FacetGroup { field, values })
    }
}

fn all<'a>(timeline: &Timeline, parts: impl Iterator<Item = &'a (&'a Expr, Matches)>) -> Matches {
    parts.fold(
        Matches::everything(timeline.len()),
        |mut all, (_, matches)| {
            all.and(matches);
            all
        },
    )
}

/// The term of a field that a part is, and whether it is wanted.
fn own_term<'e>(expr: &'e Expr, field: &Field) -> Option<(&'e Term, bool)> {
    expr.as_term().filter(|(term, _)| term.field == Some(field))
}

/// What is both wanted and excluded is excluded: nothing with it is left.
fn facet_value(text: &str, tally: &Tally<'_>, own: &[(&Term, bool)]) -> FacetValue {
    let named = |is_wanted: bool| {
        let terms = own
            .iter()
            .filter(|(term, wanted)| *wanted == is_wanted && term.operator == Operator::Is);
        let mut values = terms.flat_map(|(term, _)| &term.values);
        values.find(|value| names(value, tally))
    };
    let excluded = named(false).map(|value| (value, Selected::Excluded));
    let named = excluded.or_else(|| named(true).map(|value| (value, Selected::Included)));
    FacetValue {
        value: match named {
            Some((value, _)) => Spelling::typed(text.get(value.range.clone()).unwrap_or_default()),
            None => Spelling::exact(&tally.value),
        },
        label: tally.label.clone().into_owned(),
        surely: tally.surely,
        possibly: tally.shown - tally.surely,
        selected: named.map_or(Selected::Not, |(_, selected)| selected),
    }
}

fn names(value: &Value, tally: &Tally<'_>) -> bool {
    let pattern = Pattern::new(value);
    let mut known = [&*tally.value, &*tally.label]
        .into_iter()
        .chain(tally.aliases.iter().map(String::as_str));
    value.form != Form::Any && known.any(|name| pattern.matches(name))
}

fn sort(field: &Field, values: &mut [FacetValue]) {
    match field.order {
        FacetOrder::Numbered => {}
        FacetOrder::Phases => values.sort_by_key(|value| {
            let phase = PHASES.iter().position(|phase| *phase == value.label);
            phase.unwrap_or(PHASES.len())
        }),
        FacetOrder::Names => values.sort_by_key(|value| {
            let name = value.label.split('=').next().map(str::to_lowercase);
            (name, Reverse(value.surely + value.possibly))
        }),
        FacetOrder::MostFirst => values.sort_by(|one, other| {
            let shown = |value: &FacetValue| value.surely + value.possibly;
            shown(other)
                .cmp(&shown(one))
                .then_with(|| one.label.cmp(&other.label))
        }),
    }
}
