//! Attributes from logs, under names of their own: `computer`, or `computer=web-1`.

use std::borrow::Cow;
use std::collections::HashMap;

use super::super::bitmap::Bitmap;
use super::super::columns::noted;
use super::super::field::{FilterField, TermBinder};
use super::super::matches::Matches;
use super::super::number_set::NumberSet;
use super::super::phrases::PlainRuns;
use super::super::predicate::Predicate;
use super::super::value::{FilterValue, ValueForm};
use super::super::value_counts::{ValueCounter, ValueTally};
use super::super::value_pattern::ValuePattern;
use super::paged_attributes;
use crate::timeline::{FEW_VALUES, TermId, Timeline, VisitControl, Vocabulary};

/// Between a name and a value.
const IS: char = '=';

pub(super) fn bind(term: &mut TermBinder<'_>) -> Predicate {
    let mut wanted = AttributeHits::default();
    let mut parts = Vec::new();
    for value in term.values {
        if !term.reads_files && may_be_in_files(term.timeline, value) {
            let value = value.clone();
            parts.push(Predicate::known_in_files(move |timeline, control| {
                selected(timeline, &value, control).events(timeline)
            }));
            continue;
        }
        let found = selected(term.timeline, value, &VisitControl::default());
        if found.is_empty() && value.form != ValueForm::Any {
            let alike = alike(term.timeline, value);
            let error = term.unknown(value, alike.iter().map(String::as_str));
            term.errors.push(error);
        }
        wanted.add(found);
    }
    parts.push(Predicate::known(move |timeline| wanted.events(timeline)));
    Predicate::any(parts)
}

/// Whether a filter value may select values that stay in files.
fn may_be_in_files(timeline: &Timeline, value: &FilterValue) -> bool {
    let readings = readings(value);
    paged_attributes::has_any(timeline, |known| {
        let mut readings = readings.iter().flatten();
        value.form == ValueForm::Any || readings.any(|(name, _)| name.matches(known))
    })
}

/// What some filter values select.
#[derive(Default)]
struct AttributeHits {
    /// Values in memory, by index into the stored values.
    kept: NumberSet,
    /// The events with values that stay in files.
    paged: Option<Bitmap>,
}

impl AttributeHits {
    fn is_empty(&self) -> bool {
        self.kept.is_empty() && self.paged.as_ref().is_none_or(Bitmap::is_empty)
    }

    fn events(&self, timeline: &Timeline) -> Bitmap {
        let mut found = noted(timeline, |value| self.kept.has(value));
        if let Some(paged) = &self.paged {
            found.unite(paged);
        }
        found
    }

    fn add(&mut self, other: Self) {
        self.kept = std::mem::take(&mut self.kept).or(&other.kept);
        match (&mut self.paged, other.paged) {
            (Some(paged), Some(other)) => paged.unite(&other),
            (paged, other) => *paged = paged.take().or(other),
        }
    }
}

/// The values of names with few values.
pub(super) fn few<'t>(timeline: &'t Timeline, _: &FilterField) -> Vec<ValueTally<'t>> {
    AttributeChoices::few(timeline).uncounted()
}

pub(super) fn count_few<'t>(timeline: &'t Timeline, among: &Matches) -> Vec<ValueTally<'t>> {
    AttributeChoices::few(timeline).counted(timeline, among)
}

/// The attribute values that a filter value selects.
fn selected(timeline: &Timeline, value: &FilterValue, control: &VisitControl) -> AttributeHits {
    if value.form == ValueForm::Any {
        let is_paged = paged_attributes::has_any(timeline, |_| true);
        return AttributeHits {
            kept: NumberSet::of(kept(timeline), |_| true),
            paged: is_paged.then(|| paged_attributes::having(timeline, None, control, |_, _| true)),
        };
    }
    // A name may contain `=`, but the reading as a name with its value comes first.
    let [pairs, name] = readings(value);
    let of_pairs = fitting(timeline, &pairs, control);
    if of_pairs.is_empty() && !control.is_stopped() {
        fitting(timeline, &name, control)
    } else {
        of_pairs
    }
}

/// The stored values that match a name, or a name and a value.
fn fitting(
    timeline: &Timeline,
    readings: &[AttributeReading],
    control: &VisitControl,
) -> AttributeHits {
    let has_name = |known: &str| readings.iter().any(|(name, _)| name.matches(known));
    let paged = paged_attributes::has_any(timeline, has_name).then(|| {
        let values: Option<Vec<&ValuePattern>> =
            readings.iter().map(|(_, value)| value.as_ref()).collect();
        let runs = values.and_then(|values| PlainRuns::of(values.into_iter()));
        paged_attributes::having(timeline, runs.as_ref(), control, |known, value| {
            let mut fitting = readings.iter().filter(|(name, _)| name.matches(known));
            fitting.any(|(_, wanted)| wanted.as_ref().is_none_or(|it| it.matches(value)))
        })
    });
    AttributeHits {
        kept: fitting_kept(timeline, readings),
        paged,
    }
}

/// A name, or a name and a value.
type AttributeReading = (ValuePattern, Option<ValuePattern>);

fn fitting_kept(timeline: &Timeline, readings: &[AttributeReading]) -> NumberSet {
    let names = timeline.attribute_names().iter();
    let fitting: Vec<Vec<&Option<ValuePattern>>> = names
        .map(|(_, known)| {
            let fitting = readings.iter().filter(|(name, _)| name.matches(known));
            fitting.map(|(_, value)| value).collect()
        })
        .collect();
    NumberSet::of(kept(timeline), |(name, value)| {
        let mut wanted = fitting[name.0 as usize].iter();
        wanted.any(|wanted| wanted.as_ref().is_none_or(|it| it.matches(value)))
    })
}

/// The readings as a name and a value, and the one as a name alone. Both may contain `=`, so there may be several
/// pairs.
fn readings(value: &FilterValue) -> [Vec<AttributeReading>; 2] {
    let part = |text: &str| {
        ValuePattern::new(&FilterValue {
            text: text.to_owned(),
            ..value.clone()
        })
    };
    let text = value.text.as_str();
    let pairs = text.match_indices(IS).filter_map(|(at, _)| {
        let (name, rest) = text.split_at_checked(at)?;
        Some((part(name), Some(part(rest.get(1..)?))))
    });
    [pairs.collect(), vec![(part(text), None)]]
}

/// Suggestions for an unknown value.
fn alike(timeline: &Timeline, value: &FilterValue) -> Vec<String> {
    let names = timeline.attribute_names();
    let Some((name, _)) = value.text.split_once(IS) else {
        return names.iter().map(|(_, name)| name.to_owned()).collect();
    };
    let is_wanted = |known: &str| known.eq_ignore_ascii_case(name);
    let of_name = kept(timeline).filter(|(id, _)| is_wanted(names.word(*id)));
    let mut of_name: Vec<(TermId, Cow<'_, str>)> = of_name
        .map(|(id, value)| (id, Cow::Borrowed(value)))
        .collect();
    if paged_attributes::has_any(timeline, is_wanted) {
        let of_files = paged_attributes::values(timeline, |known, _| is_wanted(known));
        of_name.extend(
            of_files
                .into_iter()
                .map(|(id, value)| (id, Cow::Owned(value))),
        );
    }
    // Which values are in memory decides nothing.
    of_name.sort_by_key(|(id, _)| (names.word(*id) != name, *id));
    let of_name = of_name.iter().map(|(id, value)| written(names, *id, value));
    let others = names.iter().map(|(_, name)| name.to_owned());
    of_name.chain(others).collect()
}

/// Attribute values to choose from.
pub(in crate::query) struct AttributeChoices {
    /// The spellings in a filter.
    written: Vec<String>,
    /// The index of each stored value among them.
    of_kept: Vec<Option<u32>>,
    /// The index of each value that stays in files.
    of_files: ChoicesInFiles,
}

/// The values in files that are counted, with their numbers.
#[derive(Default)]
enum ChoicesInFiles {
    #[default]
    None,
    /// All values of a name have the same number.
    Names(HashMap<String, u32>),
    /// The values of each of some names that differ by their letter case.
    Values(HashMap<String, HashMap<String, u32>>),
}

impl ChoicesInFiles {
    fn number(&self, name: &str, value: &str) -> Option<u32> {
        match self {
            Self::Names(numbers) => numbers.get(name).copied(),
            Self::Values(numbers) => numbers.get(name)?.get(value).copied(),
            Self::None => None,
        }
    }
}

impl AttributeChoices {
    /// The values of names with few values.
    pub fn few(timeline: &Timeline) -> Self {
        let names = timeline.attribute_names();
        let mut counts = vec![0; names.len()];
        for (name, _) in kept(timeline) {
            counts[name.0 as usize] += 1;
        }
        let paged = &timeline.columns().paged;
        let has_few = |name: TermId| counts[name.0 as usize] <= FEW_VALUES && !paged.has_many(name);
        Self::of(timeline, |name, value| {
            has_few(name).then(|| written(names, name, value))
        })
    }

    pub fn names(timeline: &Timeline, fits: impl Fn(&str) -> bool) -> Self {
        let names = timeline.attribute_names();
        let mut numbers = vec![None; names.len()];
        let mut all = Vec::new();
        for (id, name) in names.iter().filter(|(_, name)| fits(name)) {
            numbers[id.0 as usize] = u32::try_from(all.len()).ok();
            all.push(name.to_owned());
        }
        let paged = &timeline.columns().paged;
        let in_files = names.iter().filter(|(id, _)| paged.has_many(*id));
        let in_files =
            in_files.filter_map(|(id, name)| Some((name.to_owned(), numbers[id.0 as usize]?)));
        let in_files: HashMap<String, u32> = in_files.collect();
        Self {
            written: all,
            of_kept: kept(timeline)
                .map(|(name, _)| numbers[name.0 as usize])
                .collect(),
            of_files: if in_files.is_empty() {
                ChoicesInFiles::None
            } else {
                ChoicesInFiles::Names(in_files)
            },
        }
    }

    pub fn values(timeline: &Timeline, name: &str, fits: impl Fn(&str) -> bool + Sync) -> Self {
        let names = timeline.attribute_names();
        let has_name = |known: &str| known.eq_ignore_ascii_case(name);
        let mut choices = Self::of(timeline, |id, value| {
            let is_wanted = has_name(names.word(id)) && fits(value);
            is_wanted.then(|| written(names, id, value))
        });
        if !paged_attributes::has_any(timeline, has_name) {
            return choices;
        }
        let mut numbers: HashMap<String, HashMap<String, u32>> = HashMap::new();
        let found =
            paged_attributes::values(timeline, |known, value| has_name(known) && fits(value));
        let in_memory = choices.written.iter().cloned().zip(0..);
        let in_memory: HashMap<String, u32> = in_memory.collect();
        for (id, value) in found {
            let written = written(names, id, &value);
            let known = in_memory.get(&written).copied();
            let Some(number) = known.or_else(|| u32::try_from(choices.written.len()).ok()) else {
                break;
            };
            if known.is_none() {
                choices.written.push(written);
            }
            let of_name = numbers.entry(names.word(id).to_owned()).or_default();
            of_name.insert(value, number);
        }
        choices.of_files = ChoicesInFiles::Values(numbers);
        choices
    }

    fn of(timeline: &Timeline, choose: impl Fn(TermId, &str) -> Option<String>) -> Self {
        // A value that seldom recurs is stored more than once.
        let mut known: HashMap<String, u32> = HashMap::new();
        let mut written = Vec::new();
        let of_kept = kept(timeline).map(|(name, value)| {
            let chosen = choose(name, value)?;
            let next = u32::try_from(written.len()).ok()?;
            let number = *known.entry(chosen).or_insert_with_key(|chosen| {
                written.push(chosen.clone());
                next
            });
            Some(number)
        });
        let of_kept = of_kept.collect();
        Self {
            written,
            of_kept,
            of_files: ChoicesInFiles::None,
        }
    }

    /// Each value with the number of matching events that have it.
    pub fn counted<'t>(self, timeline: &Timeline, among: &Matches) -> Vec<ValueTally<'t>> {
        let attributes = &timeline.columns().attributes;
        let mut count = ValueCounter::new(self.written.len(), among);
        count.rows(|row, add| {
            let of_row = attributes.numbers(row).iter();
            add.extend(of_row.filter_map(|kept| self.of_kept[kept]));
        });
        if !matches!(self.of_files, ChoicesInFiles::None) {
            let number = |name: &str, value: &str| self.of_files.number(name, value);
            let is_in_memory = |row: usize, number: u32| {
                let mut of_row = attributes.numbers(row).iter();
                of_row.any(|kept| self.of_kept[kept] == Some(number))
            };
            paged_attributes::count(timeline, &mut count, number, is_in_memory);
        }
        count.give(self.uncounted())
    }

    /// Each value, not yet counted.
    pub fn uncounted<'t>(self) -> Vec<ValueTally<'t>> {
        self.written.into_iter().map(ValueTally::named).collect()
    }
}

fn kept(timeline: &Timeline) -> impl Iterator<Item = (TermId, &str)> {
    timeline.columns().attributes.kept()
}

fn written(names: &Vocabulary, name: TermId, value: &str) -> String {
    format!("{}{IS}{value}", names.word(name))
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::SourceText;
    use crate::query::{Filter, ValueSpelling, complete, facets, toggle};
    use crate::timeline::Timeline;

    const LOG: &str = "\
datetime,message,Computer,Rule Title,a=b,Record
2021-01-01T00:00:00Z,one,MAIL01,Web shell,c=d,1
2021-01-02T00:00:00Z,two,MAIL01,Logon,,2
2021-01-03T00:00:00Z,three,WEB02,Logon,,3
2021-01-04T00:00:00Z,four,,Logon,,4
";

    fn log() -> Timeline {
        let more = (5..100).map(|record| format!("2021-02-01T00:00:00Z,more,,,,{record}\n"));
        let text = LOG.to_owned() + &more.collect::<String>();
        crate::formats::open(&[SourceText::new("t.csv", text)]).0
    }

    fn left(filter: &str) -> Vec<String> {
        let timeline = log();
        let filter = Filter::parse(&timeline, filter).expect(filter);
        let left = filter.matches(&timeline);
        let titles = left
            .events()
            .map(|(id, _)| timeline.event(id).title().to_owned());
        titles.filter(|title| title != "more").collect()
    }

    #[test]
    fn a_name_alone_asks_whether_anything_is_said_under_it() {
        assert_eq!(left("attribute:computer"), ["one", "two", "three"]);
        assert_eq!(
            left("attr:computer,\"rule title\""),
            ["one", "two", "three", "four"]
        );
        assert_eq!(left("-attribute:comp*"), ["four"]);
        assert_eq!(left("attribute:*").len(), 4);
    }

    #[test]
    fn a_name_with_a_value_asks_for_that_value() {
        assert_eq!(left("attribute:computer=mail01"), ["one", "two"]);
        assert_eq!(
            left("attribute:Computer=*0*,\"rule title=Web shell\""),
            ["one", "two", "three"]
        );
        assert_eq!(left("attribute:computer=web02,record=2"), ["two", "three"]);
        assert_eq!(left("attribute:*=logon"), ["two", "three", "four"]);
    }

    #[test]
    fn names_and_values_may_have_equals_signs_of_their_own() {
        assert_eq!(left("attribute:a=b"), ["one"]);
        assert_eq!(left("attribute:a=b=c=d"), ["one"]);
    }

    #[test]
    fn what_no_log_says_is_a_mistake_with_a_remedy() {
        let timeline = log();
        let reported = |filter: &str| {
            let errors = Filter::parse(&timeline, filter).expect_err(filter);
            let error = errors.into_iter().next().expect(filter);
            (error.message, error.help.unwrap_or_default())
        };
        let (message, help) = reported("attribute:compuer");
        assert_eq!(message, "this timeline has no attribute `compuer`");
        assert!(help.contains("`Computer`"), "{help}");
        let (message, help) = reported("attribute:computer=mail02");
        assert_eq!(message, "this timeline has no attribute `computer=mail02`");
        assert!(help.contains("`Computer=MAIL01`"), "{help}");
    }

    #[test]
    fn names_are_completed_and_then_their_values_with_the_events_they_leave() {
        let timeline = log();
        let offered = |text: &str| -> Vec<(String, Option<usize>)> {
            let completion = complete(&timeline, text, text.len());
            let candidates = completion.candidates.into_iter();
            candidates.map(|it| (it.insert, it.count)).collect()
        };
        let some = |insert: &str, count| (insert.to_owned(), Some(count));
        assert_eq!(offered("attribute:co"), [some("Computer=", 3)]);
        assert_eq!(offered("attribute:ru"), [some("\"Rule Title\"", 4)]);
        assert_eq!(
            offered("attribute:computer="),
            [some("Computer=MAIL01", 2), some("Computer=WEB02", 1)]
        );
        assert_eq!(
            offered("two attribute:computer=m"),
            [some("Computer=MAIL01", 1)]
        );
        assert_eq!(offered("attribute:record=77"), [some("Record=77", 1)]);
        assert!(offered("web").contains(&some("attribute:Computer=WEB02", 1)));
    }

    #[test]
    fn values_are_facets_where_there_are_few_and_a_choice_of_one_can_be_undone() {
        let timeline = log();
        let filter = Filter::parse(&timeline, "").expect("nothing is asked");
        let groups = facets(&timeline, &filter);
        let group = groups.iter().find(|group| group.field.name == "attribute");
        let group = group.expect("there are attributes");
        let labels: Vec<_> = group
            .values
            .iter()
            .map(|it| (it.label.as_str(), it.surely))
            .collect();
        assert_eq!(
            labels,
            [
                ("a=b=c=d", 1),
                ("Computer=MAIL01", 2),
                ("Computer=WEB02", 1),
                ("Rule Title=Logon", 3),
                ("Rule Title=Web shell", 1),
            ]
        );
        let web_shell = ValueSpelling::exact("Rule Title=Web shell");
        let chosen = toggle("", group.field, &web_shell);
        assert_eq!(chosen, "attribute:\"Rule Title=Web shell\"");
        assert_eq!(left(&chosen), ["one"]);
        assert_eq!(toggle(&chosen, group.field, &web_shell), "");
    }
}
