//! The columns of a table that is not read: it is in the engine of another program.

use std::sync::Arc;

use super::LogFormat;
use super::column_role::ColumnRole;
use super::log_options::TableOptions;
use super::mapping::{TableMapping, is};
use super::presets::{PRESETS, presets};
use super::recognise::mapping_for;
use crate::diagnostic::nearest;
use crate::formats::{InputFile, ReadFailure};
use crate::text::unprintable_in;

/// The column of the date, where nothing is known of a table. Timesketch calls it so.
const USUAL_DATE: &str = "datetime";

/// The columns of a table, and what they mean.
#[derive(Clone, Debug)]
pub struct TableColumns {
    /// `None` if only those are known that the mapping names.
    pub(in crate::formats) names: Option<Vec<String>>,
    pub(super) mapping: Arc<TableMapping>,
    /// What was taken for what, if the meaning of the columns is a guess.
    pub guess: Option<String>,
}

impl TableColumns {
    /// A table with these columns and no others.
    ///
    /// # Errors
    /// The problem, and what to do.
    pub fn listed(names: &[String], options: &TableOptions) -> Result<Self, (String, String)> {
        let names = clean_names(names)?;
        if names.is_empty() {
            let help = "write names with commas between them: `--columns 'datetime,message'`";
            return Err((
                "there is no column in `--columns`".to_owned(),
                help.to_owned(),
            ));
        }
        let mapping = mapping_for(&names, options);
        let is_given =
            |given: &&Arc<TableMapping>| mapping.as_ref().is_some_and(|it| Arc::ptr_eq(given, it));
        if let Some(given) = options.mapping.as_ref().filter(|it| !is_given(it)) {
            let lacks = |name: &&str| !names.iter().any(|it| is(it, name));
            let missing = given.columns().find(lacks).unwrap_or_default();
            let message = format!("the mapping needs the column `{missing}`");
            return Err((
                message,
                "add it to `--columns`, or change `--map`".to_owned(),
            ));
        }
        let Some(mapping) = mapping else {
            let message = "no known program writes a table with these columns".to_owned();
            let help =
                "say which has the date and which the title: `--map when=COLUMN,title=COLUMN`";
            return Err((message, help.to_owned()));
        };
        Ok(Self {
            names: Some(names),
            mapping,
            guess: None,
        })
    }

    /// A table with the columns of a file, which is recognised as it would be to be read. `None` if it is not a table.
    ///
    /// # Errors
    /// The file cannot be read.
    pub fn of_file(file: InputFile<'_>) -> Result<Option<Self>, ReadFailure> {
        let Some(LogFormat {
            mapping,
            names,
            guess,
            ..
        }) = file.of_any_size().open()?.log_format()
        else {
            return Ok(None);
        };
        Ok(clean_names(&names).ok().map(|names| Self {
            names: Some(names),
            mapping,
            guess,
        }))
    }

    /// A table with columns that are not known, except for those of the mapping, if there is one.
    pub fn unlisted(options: &TableOptions) -> Self {
        let usual = || {
            Arc::new(TableMapping {
                roles: vec![(USUAL_DATE.into(), ColumnRole::When)],
                ..TableMapping::default()
            })
        };
        Self {
            names: None,
            mapping: options.mapping.clone().unwrap_or_else(usual),
            guess: options
                .mapping
                .is_none()
                .then(|| format!("took the column `{USUAL_DATE}` alone for the date")),
        }
    }

    /// The columns whose values are read, in their order. `None` if they are not known.
    pub(in crate::formats) fn read(&self) -> Option<Vec<String>> {
        let names = self.names.as_ref()?;
        let is_read = |name: &&String| self.is_read(name);
        Some(names.iter().filter(is_read).cloned().collect())
    }

    /// Whether anything is read from a column.
    pub(super) fn is_read(&self, name: &str) -> bool {
        let (role, _) = self.mapping.known(name);
        role != ColumnRole::Nothing || self.mapping.cells().iter().any(|cell| is(name, cell))
    }
}

/// The names without white space around them. A name that cannot be printed cannot be written in a query.
fn clean_names(names: &[String]) -> Result<Vec<String>, (String, String)> {
    let names: Vec<String> = (names.iter().map(|name| name.trim().to_owned()))
        .filter(|name| !name.is_empty())
        .collect();
    match names.iter().find(|it| unprintable_in(it).next().is_some()) {
        Some(name) => {
            let message = format!("the column `{name}` has a character that cannot be printed");
            Err((message, "give the column another name".to_owned()))
        }
        None => Ok(names),
    }
}

impl TableOptions {
    /// With the mapping of a preset.
    ///
    /// # Errors
    /// A suggestion, if no preset is called so.
    pub fn with_preset(self, name: &str) -> Result<Self, Option<&'static str>> {
        let Some(preset) = PRESETS.iter().find(|it| it.file == name) else {
            return Err(nearest(name, presets().map(|it| it.file)));
        };
        Ok(Self {
            mapping: Some(Arc::clone(&preset.mapping)),
            ..self
        })
    }
}
