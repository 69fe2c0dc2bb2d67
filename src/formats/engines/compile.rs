//! From a filter to a condition on the rows of a table.
//!
//! Each part of a filter becomes two conditions: the first holds for every row with an event that possibly matches, and the
//! second only for rows whose events all surely match. A negation swaps them. What the columns or the language cannot say
//! is decided later, by dateline: it has the first condition for every row, and the second for none.

use std::ops::Range;

use super::condition::{DayRange, RowCondition, RowTest};
use super::days::DayMargin;
use super::needles::{NeedleForm, runs};
use crate::formats::log::{DateSources, TableColumns, ValueColumns, ValuePlace};
use crate::query::{
    ExprNode, FieldKind, FilterExpr, FilterTerm, FilterValue, ValueForm, find_field, touched_span,
};
use crate::text::StarPattern;

/// The conditions of a part of a filter.
#[derive(Clone, Debug)]
pub(super) struct ConditionPair {
    /// Holds for each row with an event that possibly matches.
    pub may: RowCondition,
    /// Holds only for rows whose events all surely match.
    pub surely: RowCondition,
}

/// The title of an event that has none.
const UNTITLED: &str = "(untitled)";

/// Between the name of an attribute and its value.
const IS: char = '=';

/// A filter being compiled for a table and a language.
pub(super) struct FilterCompiler<'a> {
    pub columns: &'a TableColumns,
    pub can_say: &'a dyn Fn(&RowTest) -> bool,
    /// Whether the column of the date has the engine's own type for times.
    pub is_typed: bool,
    /// By how many days a stamp may be off, since its zone is not known.
    pub zone_days: u64,
    /// The parts of the filter that are not asked.
    pub left: Vec<Range<usize>>,
}

impl FilterCompiler<'_> {
    pub fn pair(&mut self, expr: &FilterExpr) -> ConditionPair {
        match &expr.node {
            ExprNode::And(parts) => {
                let pairs: Vec<ConditionPair> = parts.iter().map(|it| self.pair(it)).collect();
                ConditionPair {
                    may: RowCondition::all(pairs.iter().map(|it| it.may.clone())),
                    surely: RowCondition::all(pairs.into_iter().map(|it| it.surely)),
                }
            }
            ExprNode::Or(parts) => {
                let pairs: Vec<ConditionPair> = parts.iter().map(|it| self.pair(it)).collect();
                ConditionPair::any(pairs)
            }
            ExprNode::Not(inner) => {
                let before = self.left.len();
                let ConditionPair { may, surely } = self.pair(inner);
                if surely == RowCondition::Constant(false) && may != surely {
                    self.left.truncate(before);
                    self.left.push(expr.range.clone());
                }
                ConditionPair {
                    may: surely.negated(),
                    surely: may.negated(),
                }
            }
            // Both answers of the whole lie between the two conditions of what is inside.
            ExprNode::Surely(inner) | ExprNode::Possibly(inner) => self.pair(inner),
            ExprNode::Term(term) => {
                let pairs: Vec<ConditionPair> =
                    term.values.iter().map(|it| self.value(term, it)).collect();
                self.kept(ConditionPair::any(pairs), &expr.range)
            }
            ExprNode::Text(value) => {
                let pair = self.words("text", value);
                self.kept(pair, &expr.range)
            }
        }
    }

    /// What the language can say of a pair. A part that is not asked at all is kept in mind.
    fn kept(&mut self, pair: ConditionPair, range: &Range<usize>) -> ConditionPair {
        let pair = ConditionPair {
            may: pair.may.said(self.can_say, true),
            surely: pair.surely.said(self.can_say, false),
        };
        if pair.may == RowCondition::Constant(true) {
            self.left.push(range.clone());
        }
        pair
    }

    /// A value of a term.
    fn value(&self, term: &FilterTerm, value: &FilterValue) -> ConditionPair {
        let Some(field) = term.field else {
            return ConditionPair::left();
        };
        let is_of_claims = matches!(field.name, "said" | "published" | "words" | "publisher");
        match field.kind {
            _ if is_of_claims => ConditionPair::left(),
            FieldKind::Text => self.words(field.name, value),
            FieldKind::Date if matches!(field.name, "when" | "within" | "before" | "after") => {
                self.date(term, value)
            }
            FieldKind::Date => self.other_date(term, value),
            FieldKind::Word | FieldKind::Entity => self.word(term, value),
            FieldKind::Attribute => self.attribute(value),
            FieldKind::Source
            | FieldKind::Event
            | FieldKind::Link
            | FieldKind::Number
            | FieldKind::Choice(_)
            | FieldKind::Scale(_)
            | FieldKind::Assessment(_)
            | FieldKind::Likelihood
            | FieldKind::Change => ConditionPair::left(),
        }
    }

    /// Words or a phrase in a text.
    fn words(&self, field: &str, value: &FilterValue) -> ConditionPair {
        let columns = find_field(field).and_then(|field| self.columns.of_field(field));
        let Some(columns) = columns.filter(|_| value.form != ValueForm::Any) else {
            return ConditionPair::left();
        };
        let text = value.text.trim();
        if UNTITLED.contains(&text.to_lowercase()) && field != "summary" {
            return ConditionPair::left();
        }
        // White space between words may be any.
        let is_word = text.bytes().all(|it| it.is_ascii_alphanumeric());
        let parts = [String::new(), text.to_ascii_lowercase(), String::new()];
        ConditionPair {
            may: has(&columns, text),
            surely: if is_word {
                is_any(&columns.sure, &parts)
            } else {
                RowCondition::Constant(false)
            },
        }
    }

    /// A word of a list or of a fact.
    fn word(&self, term: &FilterTerm, value: &FilterValue) -> ConditionPair {
        let Some(field) = term.field else {
            return ConditionPair::left();
        };
        // Events without a lane may get one from another file that is opened with them.
        if self.columns.lacks(field) && field.name != "lane" {
            return ConditionPair::none();
        }
        match self.columns.of_field(field) {
            Some(columns) if value.form != ValueForm::Any => pattern(&columns, value),
            _ => ConditionPair::left(),
        }
    }

    /// The name of an attribute, with or without a value. Both may have the sign between them inside.
    fn attribute(&self, value: &FilterValue) -> ConditionPair {
        if value.form == ValueForm::Any {
            return ConditionPair::left();
        }
        let part = |text: &str| FilterValue {
            text: text.to_owned(),
            ..value.clone()
        };
        let text = value.text.as_str();
        let pairs = text.match_indices(IS).filter_map(|(at, sign)| {
            let name = part(text.get(..at)?);
            Some((name, part(text.get(at + sign.len()..)?)))
        });
        let mut all = Vec::new();
        for (name, wanted) in pairs {
            let named = star(&name);
            all.push(match self.columns.of_attribute(|it| named.matches(it)) {
                Some(columns) => pattern(&columns, &wanted),
                None => ConditionPair::left(),
            });
        }
        let named = star(&part(text));
        all.push(match self.columns.of_attribute(|it| named.matches(it)) {
            // Any column may have such a name.
            Some(columns) if columns.parts.contains(&ValuePlace::AnyColumn) => {
                if all.is_empty() {
                    ConditionPair::left()
                } else {
                    ConditionPair::none()
                }
            }
            Some(columns) => is_filled(&columns),
            None => ConditionPair::left(),
        });
        ConditionPair::any(all)
    }

    /// The date of an event.
    fn date(&self, term: &FilterTerm, value: &FilterValue) -> ConditionPair {
        match (self.columns.of_date(), touched_span(term, value)) {
            (Some(sources), Some(span)) => {
                let margin = DayMargin {
                    days: self.zone_days + sources.coarse_days,
                };
                let before = margin.before(span).filter(|_| !sources.has_end);
                let outside: Vec<DayRange> = before.into_iter().chain(margin.after(span)).collect();
                let on_days = |column: &str, days: Vec<DayRange>| {
                    if days.is_empty() {
                        return RowCondition::Constant(false);
                    }
                    let is_imprecise = sources.imprecise.as_deref() == Some(column);
                    if self.is_typed && !is_imprecise {
                        RowCondition::Test(RowTest::Time(column.to_owned(), days))
                    } else {
                        stamp(column, days)
                    }
                };
                let inside = margin.inside(span).filter(|_| !sources.has_end);
                let inside: Vec<DayRange> = inside.into_iter().collect();
                let is_known = self.columns.read().is_some();
                ConditionPair {
                    may: of_date(&sources, |it| on_days(it, outside.clone())).negated(),
                    surely: if is_known && sources.stamps.is_empty() {
                        of_date(&sources, |it| on_days(it, inside.clone()))
                    } else {
                        RowCondition::Constant(false)
                    },
                }
            }
            _ => ConditionPair::left(),
        }
    }

    /// A date that an event need not have. Without it, it does not match.
    fn other_date(&self, term: &FilterTerm, value: &FilterValue) -> ConditionPair {
        if term.field.is_some_and(|field| self.columns.lacks(field)) {
            return ConditionPair::none();
        }
        let column = term
            .field
            .and_then(|field| self.columns.of_other_date(field));
        let (Some(column), Some(span)) = (column, touched_span(term, value)) else {
            return ConditionPair::left();
        };
        let margin = DayMargin {
            days: self.zone_days,
        };
        let outside = margin.before(span).into_iter().chain(margin.after(span));
        let outside: Vec<DayRange> = outside.collect();
        let is_empty = RowCondition::Test(RowTest::Empty(column.clone()));
        let is_outside = (!outside.is_empty()).then(|| stamp(&column, outside));
        let not = is_outside.into_iter().chain([is_empty]);
        ConditionPair {
            may: RowCondition::any(not).negated(),
            surely: RowCondition::Constant(false),
        }
    }
}

/// A condition on the stamp from which the date of an event is read: on the first of its columns that is filled, or on all
/// that make an event.
fn of_date(sources: &DateSources, condition: impl Fn(&str) -> RowCondition) -> RowCondition {
    let empty = |column: &String| RowCondition::Test(RowTest::Empty(column.clone()));
    if !sources.stamps.is_empty() {
        // A row without any of them makes an event without a date.
        let each = sources
            .stamps
            .iter()
            .map(|it| RowCondition::any([condition(it), empty(it)]));
        let none = RowCondition::all(sources.stamps.iter().map(empty));
        return RowCondition::all(each.chain([none.negated()]));
    }
    match (&sources.imprecise, &sources.when) {
        (Some(first), Some(second)) => RowCondition::any([
            condition(first),
            RowCondition::all([empty(first), condition(second)]),
        ]),
        (Some(only), None) | (None, Some(only)) => condition(only),
        (None, None) => RowCondition::Constant(false),
    }
}

fn stamp(column: &str, days: Vec<DayRange>) -> RowCondition {
    RowCondition::Test(RowTest::Stamp(column.to_owned(), days))
}

impl ConditionPair {
    /// Decided by dateline.
    const fn left() -> Self {
        Self {
            may: RowCondition::Constant(true),
            surely: RowCondition::Constant(false),
        }
    }

    /// No event matches.
    const fn none() -> Self {
        Self {
            may: RowCondition::Constant(false),
            surely: RowCondition::Constant(false),
        }
    }

    fn any(pairs: Vec<Self>) -> Self {
        Self {
            may: RowCondition::any(pairs.iter().map(|it| it.may.clone())),
            surely: RowCondition::any(pairs.into_iter().map(|it| it.surely)),
        }
    }
}

fn star(value: &FilterValue) -> StarPattern {
    match value.form {
        ValueForm::Quoted => StarPattern::literal(&value.text),
        ValueForm::Plain | ValueForm::Any | ValueForm::Event => StarPattern::new(value.text.trim()),
    }
}

/// A value that is a pattern of a whole word.
fn pattern(columns: &ValueColumns, value: &FilterValue) -> ConditionPair {
    let parts: Vec<&str> = match value.form {
        ValueForm::Quoted => vec![value.text.as_str()],
        ValueForm::Plain | ValueForm::Any | ValueForm::Event => {
            value.text.trim().split('*').collect()
        }
    };
    // Any character may be in place of a star.
    let needle = parts.join(" ");
    let is_plain = |part: &&str| {
        let is_of_word = |it: u8| it.is_ascii_alphanumeric() || b"-_./:".contains(&it);
        part.bytes().all(is_of_word)
    };
    let has_letters = parts
        .iter()
        .any(|it| it.bytes().any(|it| it.is_ascii_alphanumeric()));
    let lower: Vec<String> = parts.iter().map(|it| it.to_ascii_lowercase()).collect();
    // In a list, a star between two parts could go from one value into the next.
    let is_of_one = !columns.has_lists || parts.iter().filter(|it| !it.is_empty()).count() == 1;
    ConditionPair {
        may: has(columns, &needle),
        surely: if has_letters && is_of_one && parts.iter().all(is_plain) {
            is_any(&columns.sure, &lower)
        } else {
            RowCondition::Constant(false)
        },
    }
}

/// Whether any of the columns may have the words of a text.
fn has(columns: &ValueColumns, words: &str) -> RowCondition {
    let has_run = |place: &ValuePlace, run: &String| {
        RowCondition::Test(RowTest::Has(place.clone(), run.clone()))
    };
    let whole = runs(words, NeedleForm::Whole);
    let in_whole = columns
        .whole
        .iter()
        .map(|place| RowCondition::all(whole.iter().map(|run| has_run(place, run))));
    RowCondition::any(in_whole.chain([in_parts(columns, words, has_run)]))
}

/// Whether the parts of a made value may have the words of a text together.
fn in_parts(
    columns: &ValueColumns,
    words: &str,
    has_run: impl Fn(&ValuePlace, &String) -> RowCondition,
) -> RowCondition {
    if columns.parts.is_empty() && columns.added.is_empty() {
        return RowCondition::Constant(false);
    }
    if columns.may_run_on {
        return RowCondition::Constant(true);
    }
    let added: Vec<String> = columns.added.iter().map(|it| it.to_lowercase()).collect();
    let of_run = |run: &String| {
        if added.iter().any(|it| it.contains(run.as_str())) {
            return RowCondition::Constant(true);
        }
        let places = columns.parts.iter().chain(&columns.whole);
        RowCondition::any(places.map(|place| has_run(place, run)))
    };
    RowCondition::all(runs(words, NeedleForm::Parts).iter().map(of_run))
}

fn is_any(columns: &[String], parts: &[String]) -> RowCondition {
    let tests = columns
        .iter()
        .map(|it| RowTest::Is(it.clone(), parts.to_vec()));
    RowCondition::any(tests.map(RowCondition::Test))
}

/// Whether any of the columns has a value.
fn is_filled(columns: &ValueColumns) -> ConditionPair {
    let places = columns.whole.iter().chain(&columns.parts);
    let filled = places.map(|place| match place {
        ValuePlace::Column(name) => RowCondition::Test(RowTest::Empty(name.clone())).negated(),
        ValuePlace::AnyColumn => RowCondition::Constant(true),
    });
    let is_added = RowCondition::Constant(!columns.added.is_empty());
    ConditionPair {
        may: RowCondition::any(filled.chain([is_added])),
        surely: RowCondition::Constant(false),
    }
}
