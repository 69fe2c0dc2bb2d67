//! Problems of the files and of the settings, in the words that are shown. A reload replaces those of the files and
//! keeps those of the settings.

use crate::diagnostic::{Severity, TextPlace};

/// A finding in the words that are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The name of the kind of diagnostic.
    pub kind: &'static str,
    /// File, line and column.
    pub place: String,
    /// Its place in the files or the settings, for the editor; `None` if it is elsewhere, or must not be shown.
    pub at: Option<TextPlace>,
    pub message: String,
    /// May be empty.
    pub expected: String,
    /// How to fix it.
    pub help: Vec<String>,
    pub severity: Severity,
    /// How many more problems of the same kind are not listed.
    pub more: usize,
}

impl Problem {
    /// The number of problems, including those that are not listed.
    pub fn count<'p>(problems: impl IntoIterator<Item = &'p Self>) -> usize {
        problems.into_iter().map(|problem| problem.more + 1).sum()
    }

    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems {
    /// The problems of the version that was last read.
    pub of_files: Vec<Problem>,
    pub of_settings: Vec<Problem>,
}

impl Problems {
    /// All problems, those of the files first.
    pub fn each(&self) -> impl Iterator<Item = &Problem> {
        self.of_files.iter().chain(&self.of_settings)
    }

    /// The problem with a number, from 0.
    pub fn get(&self, at: usize) -> Option<&Problem> {
        let later = || self.of_settings.get(at.checked_sub(self.of_files.len())?);
        self.of_files.get(at).or_else(later)
    }

    pub fn len(&self) -> usize {
        self.of_files.len() + self.of_settings.len()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn first_error(&self) -> Option<&Problem> {
        self.of_files.iter().find(|problem| problem.is_error())
    }
}
