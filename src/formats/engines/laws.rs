//! The law of all queries: the engine finds every row in which dateline finds an event.
//!
//! Random tables are opened and filtered by dateline, and each row is asked the condition in the plainest way.

use std::sync::LazyLock;

use regex::Regex;

use super::compile::{ConditionPair, FilterCompiler};
use super::condition::{DayRange, RowCondition, RowTest};
use super::days::STAMP;
use super::needles::lookalikes;
use super::random_tables::{Numbers, Table, random_filter, random_table};
use crate::diagnostic::SourceText;
use crate::formats::log::{TableColumns, ValuePlace};
use crate::formats::open_in;
use crate::query::Filter;
use crate::text::StarPattern;
use crate::timeline::Timeline;

static STAMPS: LazyLock<Regex> = LazyLock::new(|| Regex::new(STAMP).expect("a pattern"));

impl Table {
    /// The meaning of a condition for a row.
    fn holds(&self, condition: &RowCondition, row: usize) -> bool {
        match condition {
            RowCondition::Constant(value) => *value,
            RowCondition::All(parts) => parts.iter().all(|it| self.holds(it, row)),
            RowCondition::Any(parts) => parts.iter().any(|it| self.holds(it, row)),
            RowCondition::Not(inner) => !self.holds(inner, row),
            RowCondition::Test(RowTest::Has(place, run)) => {
                let has = |text: &str| {
                    let lower = text.to_ascii_lowercase();
                    lower.contains(run) || lookalikes(run).any(|it| text.contains(it))
                };
                match place {
                    ValuePlace::Column(column) => has(self.value(row, column)),
                    ValuePlace::AnyColumn => self.rows[row].iter().any(|it| has(it)),
                }
            }
            RowCondition::Test(RowTest::Is(column, parts)) => {
                let text = self.value(row, column);
                text.is_ascii() && StarPattern::new(&parts.join("*")).matches(text)
            }
            RowCondition::Test(RowTest::Empty(column)) => self.value(row, column).is_empty(),
            RowCondition::Test(RowTest::Stamp(column, days) | RowTest::Time(column, days)) => {
                let text = self.value(row, column);
                let is_in = |range: &DayRange| {
                    let (first, behind) = range.bounds();
                    text >= first && text < behind.as_str()
                };
                STAMPS.is_match(text) && days.iter().any(is_in)
            }
        }
    }
}

/// For each row, whether an event of it possibly matches, and whether all of them surely do.
pub(super) fn found(timeline: &Timeline, filter: &Filter, rows: usize) -> Vec<(bool, bool)> {
    let mut found = vec![(false, true); rows];
    let matches = filter.matches(timeline);
    for event in timeline.events() {
        let mut own = event.attributes().filter(|(name, _)| *name == "n");
        let row = own
            .next()
            .and_then(|(_, value)| value.strip_prefix("row")?.parse::<usize>().ok());
        let row = row.expect("each row has a number");
        let truth = matches.truth(event.id());
        found[row].0 |= truth.is_possible();
        found[row].1 &= truth.is_sure();
    }
    found
}

/// A random table as dateline opens it, and its columns.
pub(super) struct OpenedTable {
    pub table: Table,
    pub timeline: Timeline,
    /// All columns are known, or only those of the mapping.
    pub listed: TableColumns,
    pub unlisted: TableColumns,
}

impl OpenedTable {
    pub fn random(numbers: &mut Numbers) -> Self {
        let table = random_table(numbers);
        let texts = [SourceText::new("t.csv", table.csv())];
        let (timeline, _) = open_in(&texts, &table.options);
        let names: Vec<String> = table.header.iter().map(|&it| it.to_owned()).collect();
        let listed = TableColumns::listed(&names, &table.options).expect("known columns");
        let mut unlisted = listed.clone();
        // A table that dateline wrote is known only by its columns.
        if !table.header.contains(&"when_edtf") {
            unlisted.names = None;
        }
        Self {
            table,
            timeline,
            listed,
            unlisted,
        }
    }

    /// A random filter that can be asked.
    pub fn filter(&self, numbers: &mut Numbers, levels: usize) -> Option<Filter> {
        let text = random_filter(numbers, levels);
        let parsed = Filter::parse_in_part(&self.timeline, &text);
        parsed.ok().map(|(filter, _)| filter)
    }
}

#[test]
fn a_condition_holds_for_each_row_that_is_found_and_the_sure_one_for_no_other() {
    let (rounds, mut numbers) = Numbers::of_law(2000);
    let mut opened = OpenedTable::random(&mut numbers);
    let (mut asked, mut narrowed, mut sure) = (0, 0, 0);
    for round in 0..rounds {
        // A table is opened for several filters.
        if round % 30 == 0 {
            opened = OpenedTable::random(&mut numbers);
        }
        let table = &opened.table;
        let Some(filter) = opened.filter(&mut numbers, round % 3) else {
            continue;
        };
        let columns = if round % 5 == 4 {
            &opened.unlisted
        } else {
            &opened.listed
        };
        let mut compiler = FilterCompiler {
            columns,
            can_say: &|test| round % 7 != 6 || !matches!(test, RowTest::Is(..)),
            is_typed: false,
            zone_days: 1,
            left: Vec::new(),
        };
        let ConditionPair { may, surely } = compiler.pair(filter.expr().expect("a filter"));
        let found = found(&opened.timeline, &filter, table.rows.len());
        for (row, (is_found, is_sure)) in found.into_iter().enumerate() {
            let (may_hold, surely_holds) = (table.holds(&may, row), table.holds(&surely, row));
            let shown = || {
                format!(
                    "{}: {:?}\n{may:?}\n{surely:?}",
                    filter.text(),
                    table.rows[row]
                )
            };
            assert!(may_hold || !is_found, "the query misses {}", shown());
            assert!(is_sure || !surely_holds, "not surely so: {}", shown());
            asked += 1;
            narrowed += usize::from(!may_hold);
            sure += usize::from(surely_holds);
        }
    }
    assert!(5 * narrowed > asked, "{narrowed} of {asked} are ruled out");
    assert!(50 * sure > asked, "{sure} of {asked} are sure");
}
