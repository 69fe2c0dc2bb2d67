//! A timeline that a filter narrows. If the filter allows it, only matching rows of logs are kept while they are read.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Result;

use super::filter_args::{self, FilterArgs};
use super::input::{self, LoadedTimeline};
use super::loaded_marks::LoadedMarks;
use super::marks_args::MarksFiles;
use super::redaction_args::RedactionArgs;
use crate::formats::RowSelection;
use crate::query::Filter;

pub(super) struct NarrowedTimeline<'a> {
    pub opened: LoadedTimeline,
    narrowing: &'a FilterArgs,
    is_piped: bool,
    /// `None` if every event is kept.
    selection: Option<Arc<RowSelection>>,
}

impl<'a> NarrowedTimeline<'a> {
    /// Opens files without redaction, and keeps only matching rows while they are read if the filter allows it.
    ///
    /// # Errors
    /// A file cannot be read.
    pub fn by_row(
        files: &[PathBuf],
        narrowing: &'a FilterArgs,
        reading: &RedactionArgs,
    ) -> Result<Self> {
        let selection = selection(files, narrowing, &reading.marks)?;
        let opened = input::open_selected(files, reading, selection.as_ref())?;
        let selection = selection.filter(|it| it.has_begun());
        let is_piped = filter_args::is_piped(files);
        if selection.as_ref().is_some_and(|it| !it.is_enough()) && !is_piped {
            let opened = input::open_selected(files, reading, None)?;
            return Ok(Self::whole(opened, narrowing, files));
        }
        Ok(Self {
            opened,
            narrowing,
            is_piped,
            selection,
        })
    }

    /// A timeline with all its events.
    pub fn whole(opened: LoadedTimeline, narrowing: &'a FilterArgs, files: &[PathBuf]) -> Self {
        Self {
            opened,
            narrowing,
            is_piped: filter_args::is_piped(files),
            selection: None,
        }
    }

    /// How many events were not kept, since they cannot match.
    pub fn left_out(&self) -> usize {
        self.selection.as_ref().map_or(0, |it| it.left_out())
    }

    /// The filter. `None` if it has a mistake: it is printed on `errors` with its place.
    ///
    /// # Errors
    /// A view that the file does not have.
    pub fn filter(&self, errors: &mut dyn Write) -> Result<Option<Filter>> {
        let timeline = &self.opened.timeline;
        let (Some(selection), Some(text)) = (&self.selection, self.narrowing.only_filter()) else {
            return self.narrowing.filter(timeline, self.is_piped, errors);
        };
        let unknown = selection.unknown_names();
        if self.is_piped {
            filter_args::note_unknown(&unknown, errors)?;
        } else if !unknown.is_empty() {
            self.narrowing.report(&unknown, errors)?;
            return Ok(None);
        }
        // Only rows that were not kept may have some of the names.
        let bound = Filter::parse_in_part(timeline, &text).ok();
        Ok(bound.map(|(filter, _)| filter))
    }
}

/// Which rows of logs are kept; `None` for all.
fn selection(
    files: &[PathBuf],
    narrowing: &FilterArgs,
    marks: &MarksFiles,
) -> Result<Option<Arc<RowSelection>>> {
    let Some(filter) = narrowing.only_filter() else {
        return Ok(None);
    };
    let marks = LoadedMarks::read(marks, files.len())?;
    let selection = RowSelection::new(&filter, Arc::clone(marks.files()));
    Ok(selection.map(Arc::new))
}
