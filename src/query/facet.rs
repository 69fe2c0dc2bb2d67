//! Facets: the values of a field, and how many events each would leave given the rest of the filter.
//!
//! The rest of the filter is the filter without the field's own terms at its outermost level, included or excluded: so
//! the other values show what choosing them would leave. Values without events are left out, unless the filter names
//! them.

use std::cmp::Reverse;

use super::bind::bind_with_mistakes;
use super::field::{FacetOrder, FieldKind, FilterField};
use super::fields::FIELDS;
use super::filter::Filter;
use super::matches::Matches;
use super::syntax::{FilterExpr, FilterTerm};
use super::value::{ComparisonOperator, FilterValue, ValueForm};
use super::value_counts::ValueTally;
use super::value_pattern::ValuePattern;
use super::value_spelling::ValueSpelling;
use crate::timeline::term::PHASES;
use crate::timeline::{Timeline, VisitControl};

/// The values of one field.
#[derive(Clone, Debug, PartialEq)]
pub struct FacetGroup {
    pub field: &'static FilterField,
    /// The values: fixed words in their own order, phases in that of a case, lanes in that of the file, attributes by
    /// name, others by frequency.
    pub values: Vec<FacetValue>,
}

impl FacetGroup {
    /// Drops `unstated` for aspects about which the events say nothing else: all events have it, so it does not help to
    /// choose.
    pub fn leave_out_silence(&mut self) {
        if !matches!(self.field.kind, FieldKind::Assessment(_)) {
            return;
        }
        let is_spoken_of = |aspect: &str, all: &[FacetValue]| {
            let of_aspect = |value: &&FacetValue| value.label.starts_with(aspect);
            all.iter().filter(of_aspect).count() > 1
        };
        let all = self.values.clone();
        self.values.retain(|value| {
            let aspect = value.label.strip_suffix("-unstated");
            let is_useful = aspect.is_none_or(|aspect| is_spoken_of(aspect, &all));
            is_useful || value.selected != FacetSelection::Not
        });
    }
}

/// One value of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetValue {
    /// The spelling for [`super::toggle`]: that of the filter, if the filter names the value.
    pub value: ValueSpelling,
    /// The label to show.
    pub label: String,
    /// How many events would surely be left.
    pub surely: usize,
    /// How many more events would possibly be left.
    pub possibly: usize,
    /// Whether the filter names it.
    pub selected: FacetSelection,
}

/// Whether a filter names a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum FacetSelection {
    /// `field:value`
    Included,
    /// `-field:value`
    Excluded,
    /// Neither.
    #[default]
    Not,
}

/// The facets of every field that has any, for a filter bound to this timeline.
pub fn facets(timeline: &Timeline, filter: &Filter) -> Vec<FacetGroup> {
    let counted = matches_and_facets(timeline, filter, &VisitControl::default());
    counted.map(|(_, groups)| groups).unwrap_or_default()
}

/// What a filter leaves, and its facets, unless it is stopped.
pub fn matches_and_facets(
    timeline: &Timeline,
    filter: &Filter,
    control: &VisitControl,
) -> Option<(Matches, Vec<FacetGroup>)> {
    let parts = FilterParts::of(timeline, filter, control)?;
    let mut groups = Vec::new();
    for field in FIELDS {
        if control.is_stopped() {
            return None;
        }
        groups.extend(parts.group(timeline, field));
    }
    Some((parts.whole, groups))
}

/// The facets of one field.
pub fn facet(
    timeline: &Timeline,
    filter: &Filter,
    field: &'static FilterField,
) -> Option<FacetGroup> {
    FilterParts::of(timeline, filter, &VisitControl::default())?.group(timeline, field)
}

/// The parts of a filter that must all match, each asked once.
struct FilterParts<'f> {
    text: &'f str,
    each: Vec<(&'f FilterExpr, Matches)>,
    whole: Matches,
}

impl<'f> FilterParts<'f> {
    fn of(timeline: &Timeline, filter: &'f Filter, control: &VisitControl) -> Option<Self> {
        let exprs = filter.expr().map_or(&[][..], FilterExpr::conjuncts);
        let mut parts = Vec::new();
        for expr in exprs {
            let (part, mistakes) = bind_with_mistakes(timeline, expr, false);
            if !mistakes.is_empty() {
                continue;
            }
            parts.push((expr, part.matches_unless_stopped(timeline, control)?));
        }
        let whole = all(timeline, parts.iter());
        Some(Self {
            text: filter.text(),
            each: parts,
            whole,
        })
    }

    fn group(&self, timeline: &Timeline, field: &'static FilterField) -> Option<FacetGroup> {
        if !field.is_facet() {
            return None;
        }
        let own: Vec<(&FilterTerm, bool)> = self
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
        values.retain(|value| {
            value.surely + value.possibly > 0 || value.selected != FacetSelection::Not
        });
        sort(field, &mut values);
        Some(FacetGroup { field, values })
    }
}

fn all<'a>(
    timeline: &Timeline,
    parts: impl Iterator<Item = &'a (&'a FilterExpr, Matches)>,
) -> Matches {
    parts.fold(
        Matches::everything(timeline.len()),
        |mut all, (_, matches)| {
            all.and(matches);
            all
        },
    )
}

/// The term of a field, and whether it is included, if the part is one.
fn own_term<'e>(expr: &'e FilterExpr, field: &FilterField) -> Option<(&'e FilterTerm, bool)> {
    expr.as_term().filter(|(term, _)| term.field == Some(field))
}

/// A value that is both included and excluded counts as excluded: it leaves no events.
fn facet_value(text: &str, tally: &ValueTally<'_>, own: &[(&FilterTerm, bool)]) -> FacetValue {
    let named = |is_wanted: bool| {
        let terms = own.iter().filter(|(term, wanted)| {
            *wanted == is_wanted && term.operator == ComparisonOperator::Is
        });
        let mut values = terms.flat_map(|(term, _)| &term.values);
        values.find(|value| names(value, tally))
    };
    let excluded = named(false).map(|value| (value, FacetSelection::Excluded));
    let named = excluded.or_else(|| named(true).map(|value| (value, FacetSelection::Included)));
    FacetValue {
        value: match named {
            Some((value, _)) => {
                ValueSpelling::typed(text.get(value.range.clone()).unwrap_or_default())
            }
            None => ValueSpelling::exact(&tally.value),
        },
        label: tally.label.clone().into_owned(),
        surely: tally.surely,
        possibly: tally.shown - tally.surely,
        selected: named.map_or(FacetSelection::Not, |(_, selected)| selected),
    }
}

fn names(value: &FilterValue, tally: &ValueTally<'_>) -> bool {
    let pattern = ValuePattern::new(value);
    let mut known = [&*tally.value, &*tally.label]
        .into_iter()
        .chain(tally.aliases.iter().map(String::as_str));
    value.form != ValueForm::Any && known.any(|name| pattern.matches(name))
}

fn sort(field: &FilterField, values: &mut [FacetValue]) {
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
