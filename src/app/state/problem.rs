//! What was found wrong with the files and with the settings, ready to be shown. The files are read again and again,
//! the settings once: each is kept apart.

use crate::diagnostic::{Place, Severity};

/// Something that was found wrong with a file, ready to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The name of its kind.
    pub kind: &'static str,
    /// File, line and column.
    pub place: String,
    /// Where it is in the files of the timeline or in the settings; none if it is elsewhere, or is not to be told.
    pub at: Option<Place>,
    /// What is wrong.
    pub message: String,
    /// What was expected there instead; may be empty.
    pub expected: String,
    /// How to mend it.
    pub help: Vec<String>,
    /// How grave it is.
    pub severity: Severity,
    /// How many more of its sort there are that are not told each.
    pub more: usize,
}

impl Problem {
    /// How many things some of them say are wrong.
    pub fn count<'p>(problems: impl IntoIterator<Item = &'p Self>) -> usize {
        problems.into_iter().map(|problem| problem.more + 1).sum()
    }

    /// Whether the reader loses something by it.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

/// All that was found wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems {
    /// With the files, as they were last read.
    pub of_files: Vec<Problem>,
    /// With the settings.
    pub of_settings: Vec<Problem>,
}

impl Problems {
    /// Each of them, those of the files first.
    pub fn each(&self) -> impl Iterator<Item = &Problem> {
        self.of_files.iter().chain(&self.of_settings)
    }

    /// The one of a number, from 0.
    pub fn get(&self, at: usize) -> Option<&Problem> {
        let later = || self.of_settings.get(at.checked_sub(self.of_files.len())?);
        self.of_files.get(at).or_else(later)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.of_files.len() + self.of_settings.len()
    }

    /// Whether nothing is wrong.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The first in the files by which a reader loses something.
    pub fn first_error(&self) -> Option<&Problem> {
        self.of_files.iter().find(|problem| problem.is_error())
    }
}
