//! What may come next while a filter is typed: fields first, then values with the events that each would leave.

use std::cmp::Ordering;
use std::ops::Range;

use super::bind::bind;
use super::field::{Field, Kind};
use super::fields::{Choices, FIELDS};
use super::matches::Matches;
use super::parse::parse;
use super::syntax::{Expr, Node, Term};
use super::tally::Tally;
use super::value::{Operator, Value, quoted};
use crate::date::Instant;
use crate::text::canonical;
use crate::timeline::term::LinkKind;
use crate::timeline::{Event, Timeline};

/// So many values are offered at most.
const MOST: usize = 100;

/// So many years are offered at most.
const MOST_YEARS: i32 = 40;

/// What can stand at a place of a filter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// The bytes that a candidate replaces.
    pub range: Range<usize>,
    /// What can stand there, the most likely first.
    pub candidates: Vec<Candidate>,
}

/// One thing that can stand there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Candidate {
    /// What to write, quoted where it must be.
    pub insert: String,
    /// What to show.
    pub label: String,
    /// What it is.
    pub detail: String,
    /// How many events it would surely or possibly leave; none if that is not known.
    pub count: Option<usize>,
}

/// What can stand where the cursor is, in bytes.
pub fn complete(timeline: &Timeline, text: &str, cursor: usize) -> Completion {
    let parsed = parse(text);
    let cursor = cursor.min(text.len());
    let spot = parsed
        .expr
        .as_ref()
        .map_or(Spot::Nowhere, |expr| spot(expr, cursor));
    let rest = Rest {
        timeline,
        expr: parsed.expr.as_ref(),
        cursor,
    };
    let typed = |range: Range<usize>| text.get(range).unwrap_or_default();
    match spot {
        Spot::Nowhere => completion(cursor..cursor, fields("")),
        Spot::Word(range) => {
            let prefix = typed(range.start..cursor);
            let mut candidates = fields(prefix);
            candidates.extend(values_of_all(&rest, prefix));
            completion(range, candidates)
        }
        Spot::Name(term) => completion(term.name.clone(), names(typed(term.name.start..cursor))),
        Spot::Value(term, range) => {
            let prefix = typed(range.start..cursor).trim_start_matches('"');
            let candidates = term.field.map_or_else(Vec::new, |field| {
                values_of(&rest, field, term.operator, prefix)
            });
            completion(range, candidates)
        }
    }
}

fn completion(range: Range<usize>, mut candidates: Vec<Candidate>) -> Completion {
    candidates.truncate(MOST);
    Completion { range, candidates }
}

/// Where a cursor stands.
enum Spot<'e> {
    /// Where a new term can begin.
    Nowhere,
    /// In words that stand for themselves, or are the beginning of a field.
    Word(Range<usize>),
    /// In the name of a field.
    Name(&'e Term),
    /// In a value of a term.
    Value(&'e Term, Range<usize>),
}

fn spot(expr: &Expr, cursor: usize) -> Spot<'_> {
    if cursor < expr.range.start || cursor > expr.range.end {
        return Spot::Nowhere;
    }
    match &expr.node {
        Node::And(parts) | Node::Or(parts) => {
            let spots = parts.iter().map(|part| spot(part, cursor));
            spots
                .into_iter()
                .find(|spot| !matches!(spot, Spot::Nowhere))
                .unwrap_or(Spot::Nowhere)
        }
        Node::Not(inner) | Node::Surely(inner) | Node::Possibly(inner) => spot(inner, cursor),
        Node::Text(value) => Spot::Word(value.range.clone()),
        Node::Term(term) if cursor <= term.name.end => Spot::Name(term),
        Node::Term(term) => {
            let is_there =
                |value: &&Value| value.range.start <= cursor && cursor <= value.range.end;
            let value = term
                .values
                .iter()
                .find(is_there)
                .map(|value| value.range.clone());
            Spot::Value(term, value.unwrap_or(cursor..cursor))
        }
    }
}

/// The parts of the filter that do not hold the cursor.
struct Rest<'t, 'e> {
    timeline: &'t Timeline,
    expr: Option<&'e Expr>,
    cursor: usize,
}

impl Rest<'_, '_> {
    /// What they leave; a part with a mistake in it leaves everything.
    fn matches(&self) -> Matches {
        let mut all = Matches::everything(self.timeline.len());
        let is_elsewhere =
            |part: &&Expr| self.cursor < part.range.start || self.cursor > part.range.end;
        for part in self
            .expr
            .map_or(&[][..], Expr::conjuncts)
            .iter()
            .filter(is_elsewhere)
        {
            if let Ok(predicate) = bind(self.timeline, part) {
                all.and(&predicate.matches(self.timeline));
            }
        }
        all
    }
}

fn fields(prefix: &str) -> Vec<Candidate> {
    let mut candidates = names(prefix);
    for candidate in &mut candidates {
        candidate.insert.push(':');
    }
    candidates
}

fn names(prefix: &str) -> Vec<Candidate> {
    let fits = |field: &&Field| {
        begins(field.name, prefix) || field.aliases.iter().any(|alias| begins(alias, prefix))
    };
    let fitting = FIELDS.iter().filter(fits);
    let candidate = |field: &Field| Candidate {
        insert: field.name.to_owned(),
        label: field.name.to_owned(),
        detail: field.summary.to_owned(),
        count: None,
    };
    fitting.map(candidate).collect()
}

/// Values of any facet that fit a word, each with its field.
fn values_of_all(rest: &Rest<'_, '_>, prefix: &str) -> Vec<Candidate> {
    if prefix.is_empty() {
        return Vec::new();
    }
    let mut matches = None;
    let mut found = Vec::new();
    for field in FIELDS.iter().filter(|field| field.is_facet()) {
        if !(field.values)(rest.timeline, field)
            .iter()
            .any(|value| fits(value, prefix))
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
    rest: &Rest<'_, '_>,
    field: &'static Field,
    operator: Operator,
    prefix: &str,
) -> Vec<Candidate> {
    match field.kind {
        Kind::Date => dates(rest, field, operator, prefix),
        Kind::Event => events(rest.timeline, prefix)
            .map(|event| named(event, quoted(&event.key())))
            .collect(),
        Kind::Link => {
            let kinds = link_kinds().filter(|kind| begins(kind, prefix));
            let kinds = kinds.map(|kind| Candidate {
                insert: kind.to_owned(),
                label: kind.to_owned(),
                ..Candidate::default()
            });
            kinds
                .chain(
                    events(rest.timeline, prefix)
                        .map(|event| named(event, quoted_link(&event.key()))),
                )
                .collect()
        }
        Kind::Attribute => attributes(rest, prefix),
        Kind::Text
        | Kind::Word
        | Kind::Entity
        | Kind::Source
        | Kind::Number
        | Kind::Choice(_)
        | Kind::Scale(_)
        | Kind::Assessment(_)
        | Kind::Likelihood => compared(rest, field, operator, prefix),
    }
}

/// The kinds of link by name.
fn link_kinds() -> impl Iterator<Item = &'static str> {
    LinkKind::ALL.iter().map(|kind| kind.as_str())
}

/// The id of an event that is linked to. One that is called as a kind of link needs quotation marks.
fn quoted_link(key: &str) -> String {
    if link_kinds().any(|kind| kind.eq_ignore_ascii_case(key)) {
        format!("\"{key}\"")
    } else {
        quoted(key)
    }
}

/// Names in logs, and behind one its values, with the events that have them.
fn attributes(rest: &Rest<'_, '_>, prefix: &str) -> Vec<Candidate> {
    let among = rest.matches();
    let (choices, is_whole) = match prefix.split_once('=') {
        Some((name, value)) => {
            let fits = |known: &str| begins(known, value);
            (Choices::values(rest.timeline, name, fits), true)
        }
        None => (
            Choices::names(rest.timeline, |name| begins(name, prefix)),
            false,
        ),
    };
    let mut tallies = choices.counted(rest.timeline, &among);
    tallies.retain(|tally| tally.shown > 0);
    tallies.sort_by(most_first);
    let candidates = tallies
        .iter()
        .map(|tally| of_value(tally, Some(tally.shown)));
    let open = |mut candidate: Candidate| {
        // Its value comes next, but for what would stand behind a closing quotation mark.
        if !is_whole && !candidate.insert.ends_with('"') {
            candidate.insert.push('=');
        }
        candidate
    };
    candidates.map(open).collect()
}

/// Values with the events that a comparison with them leaves.
fn compared(
    rest: &Rest<'_, '_>,
    field: &'static Field,
    operator: Operator,
    prefix: &str,
) -> Vec<Candidate> {
    let among = rest.matches();
    if operator == Operator::Is {
        return counted(rest.timeline, field, &among, prefix);
    }
    let candidate = |value: &Tally<'_>| {
        let term = format!(
            "{}{}{}",
            field.name,
            operator.as_str(),
            quoted(&value.value)
        );
        Some(of_value(value, Some(left(rest.timeline, &among, &term)?)))
    };
    let values = (field.values)(rest.timeline, field);
    let fitting = values.iter().filter(|value| fits(value, prefix));
    fitting.filter_map(candidate).collect()
}

/// Values with the events they leave, the most first; fixed words in their own order.
fn counted(
    timeline: &Timeline,
    field: &'static Field,
    among: &Matches,
    prefix: &str,
) -> Vec<Candidate> {
    let counts = field.tally(timeline, among);
    let is_counted = counts.is_some();
    let mut tallies = counts.unwrap_or_else(|| (field.values)(timeline, field));
    tallies.retain(|value| fits(value, prefix) && (value.shown > 0 || !is_counted));
    if field.choices().is_empty() {
        tallies.sort_by(most_first);
    }
    let tallies = tallies.iter();
    tallies
        .map(|value| of_value(value, is_counted.then_some(value.shown)))
        .collect()
}

fn most_first(one: &Tally<'_>, other: &Tally<'_>) -> Ordering {
    let by_count = other.shown.cmp(&one.shown);
    by_count.then_with(|| one.label.cmp(&other.label))
}

fn of_value(value: &Tally<'_>, count: Option<usize>) -> Candidate {
    let is_named = value.label != value.value;
    Candidate {
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

fn fits(value: &Tally<'_>, prefix: &str) -> bool {
    let aliases = value.aliases.iter().map(String::as_str);
    [&*value.value, &*value.label]
        .into_iter()
        .chain(aliases)
        .any(|name| begins(name, prefix))
}

/// Whether a name, or a word in it, begins so.
fn begins(name: &str, prefix: &str) -> bool {
    let (name, prefix) = (
        canonical(name).to_lowercase(),
        canonical(prefix).to_lowercase(),
    );
    let starts_word = |at: usize| {
        let before = name.get(..at).unwrap_or_default().chars().next_back();
        before.is_none_or(|before| !before.is_alphanumeric())
    };
    name.match_indices(&prefix).any(|(at, _)| starts_word(at))
}

/// Years in which something may have been going on; after `event(`, events. What stands before `..` is kept.
fn dates(rest: &Rest<'_, '_>, field: &Field, operator: Operator, prefix: &str) -> Vec<Candidate> {
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
        (count > 0).then_some(Candidate {
            insert,
            label: year,
            detail: String::new(),
            count: Some(count),
        })
    };
    years.filter_map(candidate).collect()
}

/// How many events one more term would leave; none if it is not one.
fn left(timeline: &Timeline, among: &Matches, term: &str) -> Option<usize> {
    let predicate = bind(timeline, &parse(term).expr?).ok()?;
    let mut matches = predicate.matches(timeline);
    matches.and(among);
    Some(matches.possibly().count())
}

fn years(timeline: &Timeline) -> impl Iterator<Item = i32> {
    use chrono::Datelike;
    let bounds = timeline.columns().when.bounds();
    let bounded = |micros: &&i64| Instant::from_micros(**micros).is_bounded();
    let year = |micros: &i64| Instant::from_micros(*micros).civil().year();
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

fn events<'t>(timeline: &'t Timeline, prefix: &str) -> impl Iterator<Item = Event<'t>> {
    let mut key = String::new();
    timeline
        .events()
        .filter(move |event| begins(event.key_in(&mut key), prefix))
        .take(MOST)
}

fn named(event: Event<'_>, insert: String) -> Candidate {
    let when = event
        .when()
        .map_or_else(|| "undated".to_owned(), |when| when.to_string());
    Candidate {
        insert,
        label: event.title().to_owned(),
        detail: when,
        count: None,
    }
}
