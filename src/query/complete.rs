//! Completion while a filter is typed: fields first, then values with the events that each would leave.

use std::cmp::Ordering;
use std::ops::Range;

use super::bind::bind;
use super::field::{FieldKind, FilterField};
use super::fields::{AttributeChoices, FIELDS, years};
use super::matches::Matches;
use super::parse::parse;
use super::syntax::{ExprNode, FilterExpr, FilterTerm};
use super::value::{ComparisonOperator, FilterValue, quoted};
use super::value_counts::ValueTally;
use crate::text::canonical;
use crate::timeline::term::LinkKind;
use crate::timeline::{Event, Timeline, VisitControl};

/// The maximum number of suggested values.
const MOST: usize = 100;

/// The suggestions at a position of a filter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// The byte range that a candidate replaces.
    pub range: Range<usize>,
    /// The candidates, the most likely first.
    pub candidates: Vec<CompletionCandidate>,
}

/// One suggestion.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CompletionCandidate {
    /// The text to insert, quoted if needed.
    pub insert: String,
    /// The label to show.
    pub label: String,
    /// A description.
    pub detail: String,
    /// How many events it would surely or possibly leave; `None` if unknown.
    pub count: Option<usize>,
}

/// The suggestions at a cursor, given as a byte offset.
pub fn complete(timeline: &Timeline, text: &str, cursor: usize) -> Completion {
    let control = VisitControl::default();
    complete_unless_stopped(timeline, text, cursor, &control).unwrap_or_default()
}

/// The same, unless it is stopped.
pub fn complete_unless_stopped(
    timeline: &Timeline,
    text: &str,
    cursor: usize,
    control: &VisitControl,
) -> Option<Completion> {
    let parsed = parse(text);
    let cursor = cursor.min(text.len());
    let spot = parsed
        .expr
        .as_ref()
        .map_or(CursorSpot::Nowhere, |expr| spot(expr, cursor));
    let rest = OtherParts {
        timeline,
        expr: parsed.expr.as_ref(),
        cursor,
        control,
    };
    let typed = |range: Range<usize>| text.get(range).unwrap_or_default();
    let completion = match spot {
        CursorSpot::Nowhere => completion(cursor..cursor, fields("")),
        CursorSpot::Word(range) => {
            let prefix = typed(range.start..cursor);
            let mut candidates = fields(prefix);
            candidates.extend(values_of_all(&rest, prefix));
            completion(range, candidates)
        }
        CursorSpot::Name(term) => {
            completion(term.name.clone(), names(typed(term.name.start..cursor)))
        }
        CursorSpot::Value(term, range) => {
            let prefix = typed(range.start..cursor).trim_start_matches('"');
            let candidates = term.field.map_or_else(Vec::new, |field| {
                values_of(&rest, field, term.operator, prefix)
            });
            completion(range, candidates)
        }
    };
    (!control.is_stopped()).then_some(completion)
}

fn completion(range: Range<usize>, mut candidates: Vec<CompletionCandidate>) -> Completion {
    candidates.truncate(MOST);
    Completion { range, candidates }
}

/// The position of a cursor in a filter.
enum CursorSpot<'e> {
    /// Between terms.
    Nowhere,
    /// In a word that is text, or the beginning of a field.
    Word(Range<usize>),
    /// In the name of a field.
    Name(&'e FilterTerm),
    /// In a value of a term.
    Value(&'e FilterTerm, Range<usize>),
}

fn spot(expr: &FilterExpr, cursor: usize) -> CursorSpot<'_> {
    if cursor < expr.range.start || cursor > expr.range.end {
        return CursorSpot::Nowhere;
    }
    match &expr.node {
        ExprNode::And(parts) | ExprNode::Or(parts) => {
            let spots = parts.iter().map(|part| spot(part, cursor));
            spots
                .into_iter()
                .find(|spot| !matches!(spot, CursorSpot::Nowhere))
                .unwrap_or(CursorSpot::Nowhere)
        }
        ExprNode::Not(inner) | ExprNode::Surely(inner) | ExprNode::Possibly(inner) => {
            spot(inner, cursor)
        }
        ExprNode::Text(value) => CursorSpot::Word(value.range.clone()),
        ExprNode::Term(term) if cursor <= term.name.end => CursorSpot::Name(term),
        ExprNode::Term(term) => {
            let is_there =
                |value: &&FilterValue| value.range.start <= cursor && cursor <= value.range.end;
            let value = term
                .values
                .iter()
                .find(is_there)
                .map(|value| value.range.clone());
            CursorSpot::Value(term, value.unwrap_or(cursor..cursor))
        }
    }
}

/// The parts of a filter without the cursor.
struct OtherParts<'t, 'e> {
    timeline: &'t Timeline,
    expr: Option<&'e FilterExpr>,
    cursor: usize,
    control: &'e VisitControl,
}

impl OtherParts<'_, '_> {
    /// What the other parts leave; an invalid part leaves everything.
    fn matches(&self) -> Matches {
        let mut all = Matches::everything(self.timeline.len());
        let is_elsewhere =
            |part: &&FilterExpr| self.cursor < part.range.start || self.cursor > part.range.end;
        for part in self
            .expr
            .map_or(&[][..], FilterExpr::conjuncts)
            .iter()
            .filter(is_elsewhere)
        {
            if let Ok(predicate) = bind(self.timeline, part) {
                let Some(matches) = predicate.matches_unless_stopped(self.timeline, self.control)
                else {
                    return all;
                };
                all.and(&matches);
            }
        }
        all
    }
}

fn fields(prefix: &str) -> Vec<CompletionCandidate> {
    let mut candidates = names(prefix);
    for candidate in &mut candidates {
        candidate.insert.push(':');
    }
    candidates
}

fn names(prefix: &str) -> Vec<CompletionCandidate> {
    let typed = TypedPrefix::of(prefix);
    let fits = |field: &&FilterField| {
        typed.begins(field.name) || field.aliases.iter().any(|alias| typed.begins(alias))
    };
    let fitting = FIELDS.iter().filter(fits);
    let candidate = |field: &FilterField| CompletionCandidate {
        insert: field.name.to_owned(),
        label: field.name.to_owned(),
        detail: field.summary.to_owned(),
        count: None,
    };
    fitting.map(candidate).collect()
}

/// Values of all facets that match a word, each with its field.
fn values_of_all(rest: &OtherParts<'_, '_>, prefix: &str) -> Vec<CompletionCandidate> {
    if prefix.is_empty() {
        return Vec::new();
    }
    let typed = TypedPrefix::of(prefix);
    let mut matches = None;
    let mut found = Vec::new();
    for field in FIELDS.iter().filter(|field| field.is_facet()) {
        if !(field.values)(rest.timeline, field)
            .iter()
            .any(|value| typed.fits(value))
        {
            continue;
        }
        let among = matches.get_or_insert_with(|| rest.matches());
        let mut candidates = counted(rest.timeline, field, among, prefix);
        for candidate in &mut candidates {
            candidate.insert = format!("{}:{}", field.name, candidate.insert);
            field.name.clone_into(&mut candidate.detail);
        }
        found.extend(candidates);
    }
    found
}

fn values_of(
    rest: &OtherParts<'_, '_>,
    field: &'static FilterField,
    operator: ComparisonOperator,
    prefix: &str,
) -> Vec<CompletionCandidate> {
    match field.kind {
        FieldKind::Date => dates(rest, field, operator, prefix),
        FieldKind::Event => events(rest.timeline, prefix)
            .map(|event| named(event, quoted(&event.key())))
            .collect(),
        FieldKind::Link => {
            let typed = TypedPrefix::of(prefix);
            let kinds = link_kinds().filter(|kind| typed.begins(kind));
            let kinds = kinds.map(|kind| CompletionCandidate {
                insert: kind.to_owned(),
                label: kind.to_owned(),
                ..CompletionCandidate::default()
            });
            kinds
                .chain(
                    events(rest.timeline, prefix)
                        .map(|event| named(event, quoted_link(&event.key()))),
                )
                .collect()
        }
        FieldKind::Attribute => attributes(rest, prefix),
        FieldKind::Text
        | FieldKind::Word
        | FieldKind::Entity
        | FieldKind::Source
        | FieldKind::Number
        | FieldKind::Choice(_)
        | FieldKind::Scale(_)
        | FieldKind::Assessment(_)
        | FieldKind::Likelihood
        | FieldKind::Change => compared(rest, field, operator, prefix),
    }
}

/// The kinds of link by name.
fn link_kinds() -> impl Iterator<Item = &'static str> {
    LinkKind::ALL.iter().map(|kind| kind.as_str())
}

/// The id of a linked event. An id that is also a kind of link needs quotation marks.
fn quoted_link(key: &str) -> String {
    if link_kinds().any(|kind| kind.eq_ignore_ascii_case(key)) {
        format!("\"{key}\"")
    } else {
        quoted(key)
    }
}

/// Names of attributes, and after a name its values, with the events that have them.
fn attributes(rest: &OtherParts<'_, '_>, prefix: &str) -> Vec<CompletionCandidate> {
    let among = rest.matches();
    let (choices, is_whole) = if let Some((name, value)) = prefix.split_once('=') {
        let typed = TypedPrefix::of(value);
        let fits = |known: &str| typed.begins(known);
        (AttributeChoices::values(rest.timeline, name, fits), true)
    } else {
        let typed = TypedPrefix::of(prefix);
        let fits = |name: &str| typed.begins(name);
        (AttributeChoices::names(rest.timeline, fits), false)
    };
    let mut tallies = choices.counted(rest.timeline, &among);
    tallies.retain(|tally| tally.shown > 0);
    tallies.sort_by(most_first);
    let candidates = tallies
        .iter()
        .map(|tally| of_value(tally, Some(tally.shown)));
    let open = |mut candidate: CompletionCandidate| {
        // A value comes next, except where it would follow a closing quotation mark.
        if !is_whole && !candidate.insert.ends_with('"') {
            candidate.insert.push('=');
        }
        candidate
    };
    candidates.map(open).collect()
}

/// Values with the events that a comparison with them leaves.
fn compared(
    rest: &OtherParts<'_, '_>,
    field: &'static FilterField,
    operator: ComparisonOperator,
    prefix: &str,
) -> Vec<CompletionCandidate> {
    let among = rest.matches();
    if operator == ComparisonOperator::Is {
        return counted(rest.timeline, field, &among, prefix);
    }
    let candidate = |value: &ValueTally<'_>| {
        let term = format!(
            "{}{}{}",
            field.name,
            operator.as_str(),
            quoted(&value.value)
        );
        Some(of_value(value, Some(left(rest.timeline, &among, &term)?)))
    };
    let values = (field.values)(rest.timeline, field);
    let typed = TypedPrefix::of(prefix);
    let fitting = values.iter().filter(|value| typed.fits(value));
    fitting.filter_map(candidate).collect()
}

/// Values with the events they leave, the most frequent first; fixed words in their own order.
fn counted(
    timeline: &Timeline,
    field: &'static FilterField,
    among: &Matches,
    prefix: &str,
) -> Vec<CompletionCandidate> {
    let counts = field.tally(timeline, among);
    let is_counted = counts.is_some();
    let mut tallies = counts.unwrap_or_else(|| (field.values)(timeline, field));
    let typed = TypedPrefix::of(prefix);
    tallies.retain(|value| typed.fits(value) && (value.shown > 0 || !is_counted));
    if field.choices().is_empty() && field.kind != FieldKind::Change {
        tallies.sort_by(most_first);
    }
    let tallies = tallies.iter();
    tallies
        .map(|value| of_value(value, is_counted.then_some(value.shown)))
        .collect()
}

fn most_first(one: &ValueTally<'_>, other: &ValueTally<'_>) -> Ordering {
    let by_count = other.shown.cmp(&one.shown);
    by_count.then_with(|| one.label.cmp(&other.label))
}

fn of_value(value: &ValueTally<'_>, count: Option<usize>) -> CompletionCandidate {
    let is_named = value.label != value.value;
    CompletionCandidate {
        insert: quoted(&value.value),
        label: value.label.clone().into_owned(),
        detail: if is_named {
            value.value.clone().into_owned()
        } else {
            String::new()
        },
        count,
    }
}

/// What was typed of a name, as names are compared.
struct TypedPrefix(String);

impl TypedPrefix {
    fn of(typed: &str) -> Self {
        Self(canonical(typed).to_lowercase())
    }

    fn fits(&self, value: &ValueTally<'_>) -> bool {
        let aliases = value.aliases.iter().map(String::as_str);
        [&*value.value, &*value.label]
            .into_iter()
            .chain(aliases)
            .any(|name| self.begins(name))
    }

    /// Whether a name, or a word in it, begins with it.
    fn begins(&self, name: &str) -> bool {
        let name = canonical(name).to_lowercase();
        let starts_word = |at: usize| {
            let before = name.get(..at).unwrap_or_default().chars().next_back();
            before.is_none_or(|before| !before.is_alphanumeric())
        };
        name.match_indices(&self.0).any(|(at, _)| starts_word(at))
    }
}

/// Years in which something may have been going on; events after `event(`. The text before `..` is kept.
fn dates(
    rest: &OtherParts<'_, '_>,
    field: &FilterField,
    operator: ComparisonOperator,
    prefix: &str,
) -> Vec<CompletionCandidate> {
    if let Some(id) = prefix.strip_prefix("event(") {
        let id = id.trim_start_matches('"');
        return events(rest.timeline, id)
            .map(|event| named(event, format!("event({})", quoted(&event.key()))))
            .collect();
    }
    let (head, year) = prefix
        .rfind("..")
        .map_or(("", prefix), |at| prefix.split_at(at + 2));
    let years = years(rest.timeline)
        .map(|year| year.to_string())
        .filter(|known| known.starts_with(year));
    let among = rest.matches();
    let candidate = |year: String| {
        let insert = format!("{head}{year}");
        let count = left(
            rest.timeline,
            &among,
            &format!("{}{}{insert}", field.name, operator.as_str()),
        )?;
        (count > 0).then_some(CompletionCandidate {
            insert,
            label: year,
            detail: String::new(),
            count: Some(count),
        })
    };
    years.filter_map(candidate).collect()
}

/// How many events another term would leave; `None` if it is invalid.
fn left(timeline: &Timeline, among: &Matches, term: &str) -> Option<usize> {
    let predicate = bind(timeline, &parse(term).expr?).ok()?;
    let mut matches = predicate.matches(timeline);
    matches.and(among);
    Some(matches.possibly().count())
}

fn events<'t>(timeline: &'t Timeline, prefix: &str) -> impl Iterator<Item = Event<'t>> {
    let (mut key, typed) = (String::new(), TypedPrefix::of(prefix));
    timeline
        .events()
        .filter(move |event| typed.begins(event.key_in(&mut key)))
        .take(MOST)
}

fn named(event: Event<'_>, insert: String) -> CompletionCandidate {
    let when = event
        .when()
        .map_or_else(|| "undated".to_owned(), |when| when.to_string());
    CompletionCandidate {
        insert,
        label: event.title().to_owned(),
        detail: when,
        count: None,
    }
}
