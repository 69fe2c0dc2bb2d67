//! How many events have each value of a field: one run down a column for all values at once.

use std::borrow::Cow;
use std::collections::HashMap;

use super::attribute::Choices;
use super::evaluate::Matches;
use super::field::{Field, FieldId, Kind};
use crate::timeline::{Claim, Level, ListColumn, Timeline, Vocabulary};

/// A value of a field and how many events have it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally<'t> {
    /// As it is written in a filter.
    pub value: Cow<'t, str>,
    /// What it is called on the screen.
    pub label: Cow<'t, str>,
    /// Other names by which a filter may know it.
    pub aliases: &'t [String],
    /// How many of the events that surely match have it.
    pub surely: usize,
    /// How many of the events that surely or possibly match have it.
    pub shown: usize,
}

impl Tally<'_> {
    /// A value that is called as it is written.
    pub fn named(value: String) -> Self {
        Self {
            label: Cow::Owned(value.clone()),
            value: Cow::Owned(value),
            ..Self::default()
        }
    }
}

/// Counts the values of a field among the events that match; none for a field whose values are not counted.
pub(super) fn tally<'t>(
    timeline: &'t Timeline,
    field: &'static Field,
    among: &Matches,
) -> Option<Vec<Tally<'t>>> {
    if field.kind == Kind::Attribute {
        return Some(Choices::few(timeline).counted(timeline, among));
    }
    let values = values(timeline, field);
    let mut count = Counter::new(values.len(), among);
    let is_counted = count_lists(timeline, field, &mut count)
        || count_sources(timeline, field.id, &mut count)
        || count_claims(timeline, field.id, &mut count)
        || count_rows(timeline, field.id, &mut count);
    is_counted.then(|| count.give(values))
}

fn count_lists(timeline: &Timeline, field: &Field, count: &mut Counter<'_>) -> bool {
    let columns = timeline.columns();
    if let Some(parties) = field.part().and_then(|part| columns.parties(part)) {
        count.lists(parties, |entity| entity.0);
        return true;
    }
    match field.id {
        FieldId::Lane => count.lists(&columns.lanes, |lane| lane.0),
        FieldId::Technique => count.lists(&columns.techniques, |technique| technique.0),
        FieldId::Tag => count.lists(&columns.tags, |tag| tag.0),
        FieldId::Source => count.lists(&columns.sources, |source| source.0),
        _ => return false,
    }
    true
}

/// What the documents of an event have: two of them may have the same.
fn count_sources(timeline: &Timeline, field: FieldId, count: &mut Counter<'_>) -> bool {
    let numbers: Vec<Option<u32>> = match field {
        FieldId::Publisher => publishers(timeline).1,
        FieldId::Standing => {
            let standings = timeline.sources().map(|(_, source)| source.standing);
            standings
                .map(|standing| standing.map(|it| it as u32))
                .collect()
        }
        _ => return false,
    };
    let sources = &timeline.columns().sources;
    count.rows(|row, add| {
        let of_row = sources.get(row).iter();
        add.extend(of_row.filter_map(|source| numbers[source.0 as usize]));
    });
    true
}

fn count_claims(timeline: &Timeline, field: FieldId, count: &mut Counter<'_>) -> bool {
    let likelihoods = &timeline.spoken().likelihoods;
    match field {
        FieldId::By => count.claims(timeline, |_, claim| claim.by.map(|by| by.0)),
        FieldId::About => count.claims(timeline, |_, claim| Some(claim.about as u32)),
        FieldId::Stance => count.claims(timeline, |_, claim| Some(claim.stance as u32)),
        FieldId::Confidence => {
            count.claims(timeline, |_, claim| claim.confidence.map(|it| it as u32));
        }
        FieldId::Likelihood => count.claims(timeline, |at, _| likelihoods[at].map(|word| word.0)),
        _ => return false,
    }
    true
}

fn count_rows(timeline: &Timeline, field: FieldId, count: &mut Counter<'_>) -> bool {
    let columns = timeline.columns();
    let of_file = timeline.head().tlp;
    match field {
        FieldId::Phase => {
            count.rows(|row, add| add.extend(columns.phases.get(row).flatten().map(|it| it.0)));
        }
        FieldId::Tlp => count.rows(|row, add| {
            add.extend(
                columns
                    .tlp
                    .get(row)
                    .flatten()
                    .or(of_file)
                    .map(|tlp| tlp as u32),
            );
        }),
        // `yes` and `no` stand before the aspects.
        FieldId::Contested => {
            let mut contested = columns.contested.in_order();
            count.rows(|row, add| {
                let aspects = contested(row).copied().unwrap_or_default();
                add.push(u32::from(aspects.is_empty()));
                if !aspects.is_empty() {
                    add.extend(aspects.iter().map(|aspect| aspect as u32 + 2));
                }
            });
        }
        // As many levels for each aspect.
        FieldId::Assessed => {
            let mut assessed = columns.assessed.in_order();
            count.rows(|row, add| {
                let levels = Level::ALL.len();
                let of_row = assessed(row).copied().unwrap_or_default().iter();
                let numbers =
                    of_row.map(|(aspect, level)| aspect as usize * levels + level as usize);
                add.extend(
                    numbers.map(|number| u32::try_from(number).expect("there are few pairs")),
                );
            });
        }
        _ => return false,
    }
    true
}

/// Every value of a field, in the order of the numbers that the timeline gives them, not yet counted.
pub(super) fn values<'t>(timeline: &'t Timeline, field: &'static Field) -> Vec<Tally<'t>> {
    let plain = |value: &'t str| Tally {
        value: Cow::Borrowed(value),
        label: Cow::Borrowed(value),
        ..Tally::default()
    };
    match field.kind {
        Kind::Word => match vocabulary(timeline, field.id) {
            Some(words) => words.iter().map(|(_, word)| plain(word)).collect(),
            None => publishers(timeline).0.into_iter().map(plain).collect(),
        },
        Kind::Entity => timeline
            .entities()
            .map(|(_, entity)| Tally {
                label: Cow::Borrowed(&entity.name),
                aliases: &entity.aliases,
                ..plain(&entity.key)
            })
            .collect(),
        Kind::Source => timeline
            .sources()
            .map(|(_, it)| Tally {
                label: Cow::Borrowed(&it.title),
                ..plain(&it.key)
            })
            .collect(),
        Kind::Choice(words) | Kind::Scale(words) => words.iter().map(|word| plain(word)).collect(),
        Kind::Likelihood => timeline
            .spoken()
            .likelihood_words
            .iter()
            .map(|(_, word)| plain(word))
            .collect(),
        Kind::Attribute => Choices::few(timeline).uncounted(),
        Kind::Text | Kind::Event | Kind::Link | Kind::Date | Kind::Number => Vec::new(),
    }
}

fn vocabulary(timeline: &Timeline, field: FieldId) -> Option<&Vocabulary> {
    match field {
        FieldId::Phase => Some(timeline.phases()),
        FieldId::Lane => Some(timeline.lanes()),
        FieldId::Technique => Some(timeline.techniques()),
        FieldId::Tag => Some(timeline.tags()),
        _ => None,
    }
}

/// Every publisher once, and the number of each source's.
fn publishers(timeline: &Timeline) -> (Vec<&str>, Vec<Option<u32>>) {
    let mut names = Vec::new();
    let mut numbers: HashMap<&str, u32> = HashMap::new();
    let of_sources = timeline.sources().map(|(_, source)| {
        let name = source.publisher.as_deref()?;
        Some(*numbers.entry(name).or_insert_with(|| {
            names.push(name);
            u32::try_from(names.len() - 1).expect("there are no more publishers than sources")
        }))
    });
    let of_sources = of_sources.collect();
    (names, of_sources)
}

/// Counts values by their numbers.
pub(super) struct Counter<'m> {
    among: &'m Matches,
    surely: Vec<usize>,
    shown: Vec<usize>,
    /// The last row, plus one, for which a value was counted: an event counts once for each value.
    last: Vec<usize>,
}

impl<'m> Counter<'m> {
    pub fn new(values: usize, among: &'m Matches) -> Self {
        let zeros = || vec![0; values];
        Self {
            among,
            surely: zeros(),
            shown: zeros(),
            last: zeros(),
        }
    }

    /// Counts lists in which each value stands once.
    fn lists<T>(&mut self, column: &ListColumn<T>, number: impl Fn(&T) -> u32) {
        for (row, is_sure) in shown_rows(self.among) {
            for value in column.get(row) {
                let value = number(value) as usize;
                self.shown[value] += 1;
                self.surely[value] += usize::from(is_sure);
            }
        }
    }

    /// Counts the values of each row, in order.
    pub fn rows(&mut self, mut numbers: impl FnMut(usize, &mut Vec<u32>)) {
        let mut of_row = Vec::new();
        for (row, is_sure) in shown_rows(self.among) {
            of_row.clear();
            numbers(row, &mut of_row);
            for &value in &of_row {
                self.once(row, value, is_sure);
            }
        }
    }

    /// Claims stand event by event.
    fn claims(&mut self, timeline: &Timeline, number: impl Fn(usize, &Claim) -> Option<u32>) {
        for (at, (_, claim)) in timeline.claims().enumerate() {
            let row = claim.event.0 as usize;
            if self.among.possibly().contains(row)
                && let Some(value) = number(at, claim)
            {
                self.once(row, value, self.among.surely().contains(row));
            }
        }
    }

    /// The values with what was counted, each at its number.
    pub fn give(self, values: Vec<Tally<'_>>) -> Vec<Tally<'_>> {
        let counts = self.surely.into_iter().zip(self.shown);
        let counted = values.into_iter().zip(counts);
        let counted = counted.map(|(tally, (surely, shown))| Tally {
            surely,
            shown,
            ..tally
        });
        counted.collect()
    }

    fn once(&mut self, row: usize, value: u32, is_sure: bool) {
        let value = value as usize;
        if std::mem::replace(&mut self.last[value], row + 1) != row + 1 {
            self.shown[value] += 1;
            self.surely[value] += usize::from(is_sure);
        }
    }
}

/// The rows that match, and whether surely.
fn shown_rows(among: &Matches) -> impl Iterator<Item = (usize, bool)> + '_ {
    let words = among.possibly().words().iter().zip(among.surely().words());
    words.enumerate().flat_map(|(index, (&possibly, &surely))| {
        super::bitmap::ones(possibly)
            .map(move |bit| (index * super::bitmap::WORD + bit, surely >> bit & 1 == 1))
    })
}
