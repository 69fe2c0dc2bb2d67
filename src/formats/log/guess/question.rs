//! What must be asked about a table whose columns do not show which of them are the date and the title.

use std::borrow::Cow;

use crate::diagnostic::nearest;
use crate::formats::log::mapping::{TableMapping, is};
use crate::formats::log::table_sample::TableSample;
use crate::text::shortened;

/// A question about the columns of a table.
#[derive(Clone, Debug)]
pub(in crate::formats) struct TableQuestion {
    /// What is missing.
    pub message: String,
    /// What to write.
    pub help: String,
}

/// How many columns are named, and how long the name of each may be, in characters.
const NAMED: usize = 8;
const LONGEST: usize = 40;

impl TableQuestion {
    /// `date` and `title`: the columns that are known to be these, as `--map` has them.
    pub fn new(sample: &TableSample, date: Option<String>, title: Option<String>) -> Self {
        let message = match (&date, &title) {
            (None, None) => "no column has dates, and none says what happened",
            (None, Some(_)) => "no column has dates",
            (Some(_), _) => "no column is sure to say what happened",
        };
        let is_known = |name: &&String| {
            let known = date.iter().chain(&title).flat_map(|it| it.split('+'));
            !name.trim().is_empty() && !known.into_iter().any(|it| it == name.trim())
        };
        let others: Vec<String> = (sample.names.iter().filter(is_known).take(NAMED))
            .map(|name| format!("`{}`", short(name)))
            .collect();
        let column = |known: Option<String>| known.unwrap_or_else(|| "COLUMN".to_owned());
        let help = format!(
            "name the columns: `--map when={},title={}`, where COLUMN is {}",
            short(&column(date)),
            short(&column(title)),
            others.join(" or ")
        );
        Self {
            message: message.to_owned(),
            help,
        }
    }

    /// For a mapping of the user that names columns which the table does not have.
    pub fn of_given(given: &TableMapping, names: &[String]) -> Self {
        let is_there = |wanted: &str| names.iter().any(|name| is(name, wanted));
        let groups = given
            .needs
            .iter()
            .filter(|group| !group.iter().any(|it| is_there(it)));
        let missing: Vec<&str> = groups
            .filter_map(|group| group.first())
            .map(AsRef::as_ref)
            .collect();
        let first = missing.first().copied().unwrap_or_default();
        let meant = nearest(first, names.iter().map(|name| name.trim()));
        let all: Vec<String> = missing
            .iter()
            .map(|name| format!("`{}`", short(name)))
            .collect();
        Self {
            message: format!("there is no column {}, which `--map` names", all.join(", ")),
            help: if let Some(meant) = meant {
                format!("did you mean `{}`?", short(meant))
            } else {
                let names = names.iter().filter(|name| !name.trim().is_empty());
                let names = names.take(NAMED).map(|name| format!("`{}`", short(name)));
                let names: Vec<String> = names.collect();
                format!("name columns of the table, such as {}", names.join(", "))
            },
        }
    }

    /// The question, if the text is surely a table: two rows with as many values as its header, and names that are
    /// words.
    pub fn of_table(self, sample: &TableSample) -> Option<Self> {
        let names = &sample.names;
        let first: Vec<_> = sample.rows.iter().take(2).collect();
        let is_even = !first.is_empty() && first.iter().all(|row| row.len() == names.len());
        (names.len() > 1 && is_even).then_some(self)
    }
}

fn short(name: &str) -> Cow<'_, str> {
    shortened(name.trim(), LONGEST)
}
