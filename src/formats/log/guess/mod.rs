//! Guesses what the columns of an unknown table are, by their names and by what is in them. The guess is reported, and
//! where there is no sensible one, the user is asked.

mod content;
mod names;
mod question;

pub(in crate::formats) use question::TableQuestion;

use super::column_role::ColumnRole;
use super::epoch_number;
use super::mapping::role_keys::{role_of_key, words_of_role};
use super::mapping::{
    ColumnPattern, DateColumns, FieldRecipe, MadeField, PatternPart, TableMapping,
};
use super::table_sample::TableSample;
use crate::date::Zone;
use crate::date::foreign::DayMonthOrder;
use content::ColumnContent;
use names::plain;

/// A mapping for a table whose columns no program is known to write.
#[derive(Clone, Debug)]
pub(super) struct TableGuess {
    pub mapping: TableMapping,
    /// What was taken for what.
    pub sentence: String,
}

/// A column, with what is known of it.
struct GuessedColumn<'s> {
    number: usize,
    name: &'s str,
    plain: String,
    is_utc: bool,
    content: ColumnContent,
}

/// Guesses the mapping of a table.
///
/// # Errors
/// No column has dates, or none says what happened.
pub(super) fn table(
    sample: &TableSample,
    order: DayMonthOrder,
) -> Result<TableGuess, TableQuestion> {
    let columns: Vec<GuessedColumn<'_>> = (sample.names.iter().enumerate())
        .filter(|(_, name)| !name.trim().is_empty())
        .map(|(number, name)| {
            let (plain, is_utc) = plain(name);
            GuessedColumn {
                number,
                name: name.trim(),
                plain,
                is_utc,
                content: ColumnContent::of(sample, number),
            }
        })
        .collect();
    let mut guess = Guess {
        columns: &columns,
        taken: Vec::new(),
        mapping: TableMapping {
            order,
            ..TableMapping::default()
        },
        said: Vec::new(),
    };
    let has_date = guess.date();
    let has_title = guess.title();
    if !has_date || !has_title {
        let date = guess.said_for("the date").filter(|_| has_date);
        let title = guess.said_for("the title").filter(|_| has_title);
        return Err(TableQuestion::new(sample, date, title));
    }
    guess.others();
    Ok(TableGuess {
        sentence: guess.sentence(),
        mapping: guess.mapping,
    })
}

/// Whether the rows of a table without a header are of the form of a mapping: as many values as names, and dates where
/// it has them. One in ten may not be: the name of a file may have the delimiter in it.
pub(super) fn has_rows_of(mapping: &TableMapping, sample: &TableSample) -> bool {
    let dates: Vec<usize> = (mapping.date_columns())
        .chain(
            mapping
                .roles
                .iter()
                .filter_map(|(name, role)| (*role == ColumnRole::Epoch).then_some(name.as_ref())),
        )
        .filter_map(|name| sample.names.iter().position(|it| it == name))
        .collect();
    // What the mapping does not need may be missing at the end.
    let needed = sample.names.iter().rposition(|name| mapping.requires(name));
    let needed = needed.map_or(0, |last| last + 1);
    let is_date = |text: &str| match epoch_number::number(text) {
        Some(_) => true,
        None => text.is_empty(),
    };
    let is_row = |row: &Vec<String>| {
        let has_length = (needed..=sample.names.len()).contains(&row.len());
        let is_dated = |&at: &usize| row.get(at).is_some_and(|text| is_date(text.trim()));
        has_length && dates.iter().all(is_dated)
    };
    let count = sample.rows.iter().filter(|row| is_row(row)).count();
    let is_of_most = count * 10 >= sample.rows.len() * 9;
    !dates.is_empty() && is_of_most && sample.rows.first().is_some_and(is_row)
}

struct Guess<'s> {
    columns: &'s [GuessedColumn<'s>],
    /// The numbers of columns that have a role.
    taken: Vec<usize>,
    mapping: TableMapping,
    /// Columns in words, and what they were taken for.
    said: Vec<(String, String)>,
}

impl<'s> Guess<'s> {
    fn free(&self) -> impl Iterator<Item = &'s GuessedColumn<'s>> {
        let free = |column: &&GuessedColumn<'_>| !self.taken.contains(&column.number);
        self.columns.iter().filter(free)
    }

    /// The first free column with one of these names that passes a test.
    fn named(
        &self,
        names: &[&str],
        test: impl Fn(&ColumnContent) -> bool,
    ) -> Option<&'s GuessedColumn<'s>> {
        let find = |name: &&str| {
            let mut free = self.free();
            free.find(|column| column.plain == **name && test(&column.content))
        };
        names.iter().find_map(find)
    }

    /// The first free column with one of these words in its name that passes a test.
    fn like(
        &self,
        words: &[&str],
        test: impl Fn(&ColumnContent) -> bool,
    ) -> Option<&'s GuessedColumn<'s>> {
        let find = |word: &&str| {
            let mut free = self.free();
            free.find(|column| {
                column.plain.contains(*word)
                    && !names::NOT_WHEN.contains(&column.plain.as_str())
                    && test(&column.content)
            })
        };
        words.iter().find_map(find)
    }

    fn take(&mut self, column: &GuessedColumn<'_>, role: ColumnRole) {
        self.taken.push(column.number);
        self.mapping
            .give(role, vec![ColumnPattern::column(column.name)]);
        let role = words_of_role(role);
        let name = format!("`{}`", column.name);
        match self.said.iter_mut().find(|(_, known)| *known == role) {
            Some((names, _)) => *names = format!("{names} and {name}"),
            None => self.said.push((name, role)),
        }
    }

    /// What was taken for something.
    fn said_for(&self, what: &str) -> Option<String> {
        let said = self.said.iter().find(|(_, known)| known == what);
        said.map(|(names, _)| names.replace("` and `", "+").replace('`', ""))
    }

    /// Everything that was taken for something.
    fn sentence(&self) -> String {
        let said = self.said.iter();
        let said: Vec<String> = said
            .map(|(names, role)| format!("{names} for {role}"))
            .collect();
        format!("took {}", said.join(", "))
    }

    fn date(&mut self) -> bool {
        if self.day_and_clock() || self.parts() {
            return true;
        }
        let by_content = || {
            let mut free = self.free();
            free.find(|column| column.content.has_dates())
        };
        let found = (self.named(names::WHEN, ColumnContent::may_have_dates))
            .or_else(|| self.like(names::IN_WHEN, ColumnContent::may_have_dates))
            .or_else(by_content);
        let Some(column) = found else {
            return false;
        };
        if column.is_utc {
            self.mapping.zone = Some(Zone::UTC);
        }
        self.take(column, ColumnRole::When);
        let end = names::ENDS
            .iter()
            .filter(|(start, _)| *start == column.plain);
        let ends: Vec<&str> = end.map(|(_, end)| *end).collect();
        if let Some(end) = self.named(&ends, ColumnContent::may_have_dates) {
            self.take(end, ColumnRole::Until);
        }
        true
    }

    /// A day in one column, and the time of day in another.
    fn day_and_clock(&mut self) -> bool {
        let day = self.named(
            &["date", "day", "eventdate", "startdate"],
            ColumnContent::has_days,
        );
        let clock = self.named(
            &["time", "timeofday", "eventtime", "starttime", "hour"],
            ColumnContent::has_clocks,
        );
        let (Some(day), Some(clock)) = (day, clock) else {
            return false;
        };
        if day.is_utc || clock.is_utc {
            self.mapping.zone = Some(Zone::UTC);
        }
        self.taken.extend([day.number, clock.number]);
        let pattern = ColumnPattern(vec![
            PatternPart::Column(day.name.to_owned()),
            PatternPart::Text(" ".to_owned()),
            PatternPart::Column(clock.name.to_owned()),
        ]);
        self.mapping.give(ColumnRole::When, vec![pattern]);
        let names = format!("`{}` and `{}`", day.name, clock.name);
        self.said.push((names, "the date".to_owned()));
        true
    }

    /// Year, month and day in columns of their own.
    fn parts(&mut self) -> bool {
        let may_be_empty = |_: &ColumnContent| true;
        let year = self.named(&["year"], |content| {
            content.filled > 0 && !content.has_dates()
        });
        let month = self.named(&["month"], may_be_empty);
        let (Some(year), Some(month)) = (year, month) else {
            return false;
        };
        let name = |words: &str| {
            let column = self.named(&[words], may_be_empty)?;
            Some((column.number, column.name.to_owned()))
        };
        let parts = [
            Some((year.number, year.name.to_owned())),
            Some((month.number, month.name.to_owned())),
            name("day"),
            name("time"),
        ];
        let end = ["endyear", "endmonth", "endday", "endtime"].map(name);
        let all = parts.iter().chain(&end).flatten();
        let numbers: Vec<usize> = all.map(|(number, _)| *number).collect();
        let said: Vec<String> = (parts.iter().flatten())
            .map(|(_, name)| format!("`{name}`"))
            .collect();
        self.taken.extend(numbers);
        let names = |parts: [Option<(usize, String)>; 4]| parts.map(|it| Some(it?.1));
        let date = DateColumns {
            parts: names(parts),
            end: names(end),
        };
        self.mapping.made.push(MadeField {
            role: ColumnRole::Imprecise,
            recipe: FieldRecipe::Date(date),
        });
        self.said.push((said.join(" and "), "the date".to_owned()));
        true
    }

    fn title(&mut self) -> bool {
        let is_text = |content: &ColumnContent| content.has_words();
        // Without a name that says so, only one column of sentences is sure to be what happened.
        let only_phrases = || {
            let mut free = self.free().filter(|column| column.content.has_phrases());
            free.next().filter(|_| free.next().is_none())
        };
        let found = (self.named(names::TITLE, is_text))
            .or_else(|| self.like(names::IN_TITLE, is_text))
            .or_else(only_phrases);
        match found {
            Some(column) => self.take(column, ColumnRole::Title),
            None => return false,
        }
        true
    }

    /// What else has a name that says what it is.
    fn others(&mut self) {
        let is_text = |content: &ColumnContent| content.has_words();
        let is_filled = |content: &ColumnContent| content.filled > 0;
        let texts = [
            (names::SUMMARY, "summary"),
            (names::TAGS, "tags"),
            (names::TECHNIQUES, "techniques"),
            (names::PHASE, "phase"),
        ];
        let found = self.named(names::LEVEL, is_filled);
        self.take_as(found, "level");
        for (names, key) in texts {
            let found = self.named(names, is_text);
            self.take_as(found, key);
        }
        for key in names::FACTS {
            let found = self.named(&[key], is_filled);
            self.take_as(found, key);
        }
    }

    fn take_as(&mut self, column: Option<&GuessedColumn<'_>>, key: &str) {
        if let (Some(column), Some(role)) = (column, role_of_key(key)) {
            self.take(column, role);
        }
    }
}
