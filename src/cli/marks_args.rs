//! `--marks` and `--no-marks`, for the subcommands that show or choose events.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::formats::marks::ENDING;

#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct MarksArgs {
    /// Read stars, tags and notes from this file, not from the one next to the first file; give it again for several
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    marks: Vec<PathBuf>,

    /// Read no marks
    #[arg(long, conflicts_with = "marks")]
    no_marks: bool,
}

/// [`MarksArgs`], for subcommands that can choose what is marked.
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct MarkedArgs {
    /// Include only marked events
    #[arg(long, conflicts_with = "no_marks")]
    pub marked: bool,

    #[command(flatten)]
    pub marks: MarksArgs,
}

/// The marks files of a timeline. The first is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MarksFiles {
    pub paths: Vec<PathBuf>,
    /// Whether the user names them: then they must exist.
    pub are_named: bool,
}

impl MarksArgs {
    /// The marks files for these files of a timeline.
    pub fn files(&self, files: &[PathBuf]) -> MarksFiles {
        if self.no_marks {
            return MarksFiles::default();
        }
        if !self.marks.is_empty() {
            return MarksFiles {
                paths: self.marks.clone(),
                are_named: true,
            };
        }
        MarksFiles::beside(files)
    }
}

impl MarksFiles {
    /// The marks file next to the first file.
    pub fn beside(files: &[PathBuf]) -> Self {
        let first = files.first().filter(|file| file.as_os_str() != "-");
        Self {
            paths: first.map(|file| beside(file)).into_iter().collect(),
            are_named: false,
        }
    }

    /// The arguments as the user would write them.
    pub fn words(&self) -> Vec<String> {
        let named = self.paths.iter().filter(|_| self.are_named);
        named
            .map(|path| format!("--marks={}", path.display()))
            .collect()
    }
}

/// The marks file of a file: its whole name, and the ending of marks.
fn beside(file: &Path) -> PathBuf {
    let mut path = OsString::from(file);
    path.push(ENDING);
    path.into()
}
