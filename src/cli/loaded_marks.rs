//! The marks files of a timeline. They are read before the timeline, so that the rows of logs can be searched for their
//! prints.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use anyhow::Result;

use super::incoming::{name, read_file};
use super::marks_args::MarksFiles;
use super::report::clean;
use super::status::CommandError;
use crate::diagnostic::{Diagnostic, FileId, SourceText};
use crate::formats::file_name;
use crate::formats::marks::{self, WantedPrints, findings_of_lost};
use crate::timeline::{MarksFile, Timeline, TimelineMarks};

#[derive(Debug, Default)]
pub(super) struct LoadedMarks {
    pub texts: Vec<SourceText>,
    files: Arc<[MarksFile]>,
    findings: Vec<Diagnostic>,
    /// The number of the first marks file, behind the files of the timeline.
    first: usize,
}

impl LoadedMarks {
    /// Reads the marks files of a timeline that has `timeline_files` files.
    ///
    /// # Errors
    /// A file cannot be read, or is not a marks file.
    pub fn read(marks_files: &MarksFiles, timeline_files: usize) -> Result<Self> {
        let mut loaded = Self {
            first: timeline_files,
            ..Self::default()
        };
        let mut files = Vec::new();
        for path in &marks_files.paths {
            match (exists(path, marks_files.are_named), marks_files.are_named) {
                (true, _) => {}
                (false, false) => continue,
                (false, true) => {
                    let message = format!("`{}` does not exist", clean(&name(path)));
                    let error = CommandError::system(message);
                    return Err(error
                        .hint("make an empty file of that name to begin one")
                        .into());
                }
            }
            let text = read_file(path)?;
            if !marks::is_marks_file(text.text()) {
                let message = format!("`{}` is not a marks file", clean(&name(path)));
                let error = CommandError::usage(message);
                return Err(error
                    .hint("a marks file has `[[marks]]`: see `dateline help marks`")
                    .into());
            }
            let (file, findings) = marks::read(&text, loaded.file_id(loaded.texts.len()));
            loaded.findings.extend(findings);
            loaded.texts.push(text);
            files.push(file);
        }
        loaded.files = files.into();
        Ok(loaded)
    }

    fn file_id(&self, number: usize) -> FileId {
        FileId(u16::try_from(self.first + number).unwrap_or(u16::MAX))
    }

    pub fn files(&self) -> &Arc<[MarksFile]> {
        &self.files
    }

    /// The prints to look for while logs are read; `None` if the marks have no prints.
    pub fn prints(&self) -> Option<Arc<WantedPrints>> {
        let prints = WantedPrints::of(&self.files);
        (!prints.is_empty()).then(|| Arc::new(prints))
    }

    /// The timeline with its marks, and the findings in the marks files. If only some rows of the logs were kept, rows
    /// with marks may be missing.
    pub fn attach(
        &self,
        timeline: Timeline,
        texts: &[SourceText],
        is_whole: bool,
    ) -> (Timeline, Vec<Diagnostic>) {
        let open: Vec<&str> = texts.iter().map(|text| file_name(text.name())).collect();
        let (marks, lost) = TimelineMarks::find(&timeline, open.iter().copied(), &self.files);
        let mut findings = self.findings.clone();
        if is_whole {
            let file = |number| self.file_id(number);
            findings.extend(findings_of_lost(&self.files, &lost, &open, file));
        }
        findings.sort_by_key(|it| (it.place, it.kind.name));
        (timeline.with_marks(marks), findings)
    }
}

/// Whether there is a marks file. A pipe does not count unless it is named: a stranger may have put it next to the
/// evidence, and reading it might never end.
fn exists(path: &Path, is_named: bool) -> bool {
    let found = fs::metadata(path);
    found.is_ok_and(|found| is_named || found.is_file())
}
