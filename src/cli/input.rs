//! Reading files, or standard input for `-`.

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use ratatui::layout::Size;

use super::status::Status;
use super::withholding::Withholding;
use crate::app::model::{Model, Problem};
use crate::diagnostic::{Diagnostic, Severity, SourceText};
use crate::formats;
use crate::formats::progress::Progress;
use crate::timeline::Timeline;

/// The files of one timeline, in the order in which they were named.
pub fn read_files(paths: &[PathBuf]) -> Result<Vec<SourceText>> {
    paths.iter().map(|path| read_file(path)).collect()
}

/// One file, or standard input for `-`.
pub fn read_file(path: &Path) -> Result<SourceText> {
    let name = path.display();
    if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        io::stdin()
            .read_to_end(&mut bytes)
            .context("cannot read standard input")?;
        return text_of("standard input", bytes);
    }
    if path.is_dir() {
        bail!("`{name}` is a directory; name the file in it");
    }
    let bytes = fs::read(path).with_context(|| format!("cannot read `{name}`"))?;
    text_of(&name.to_string(), bytes)
}

fn text_of(name: &str, bytes: Vec<u8>) -> Result<SourceText> {
    match formats::unpacked(bytes) {
        Ok(bytes) => Ok(SourceText::from_bytes(name, bytes)),
        Err(refusal) => bail!("cannot unpack `{name}`: {refusal}"),
    }
}

/// The case that is shipped in the program.
const SHIPPED: &str = include_str!("../../timelines/uk-democratic-institutions.toml");

/// A timeline and the texts that it was read from.
pub struct Opened {
    /// The texts, by the number of their file.
    pub texts: Vec<SourceText>,
    /// What could be read of them, as far as it is to be shown.
    pub timeline: Timeline,
    /// What would be shown without a day in the past; none if none was asked for.
    pub whole: Option<Timeline>,
    /// What is wrong with them.
    pub findings: Vec<Diagnostic>,
}

/// Opens the files of one timeline; without any, the case that is shipped. What is to be withheld is left out.
pub fn open(paths: &[PathBuf], withholding: &Withholding) -> Result<Opened> {
    open_watched(paths, withholding, &Progress::default())
}

/// [`open`], while somebody watches how far it has come and may wish that it stop: what was read until then is opened.
pub fn open_watched(
    paths: &[PathBuf],
    withholding: &Withholding,
    progress: &Progress,
) -> Result<Opened> {
    let texts = if paths.is_empty() {
        vec![SourceText::new("the shipped case", SHIPPED)]
    } else {
        read_files(paths)?
    };
    open_texts(texts, withholding, progress)
}

/// From this size on, in bytes, the beginning of files is shown before the rest is read: below, they are read in less
/// time than a look takes.
const LONG: u64 = 2 << 20;

/// The beginning of long files, to be shown while the rest is read; none if they are short, or if nothing should be
/// shown before all of it is known.
///
/// What is hidden from a reader follows from all that is there, so that nothing is shown too early where anything is
/// withheld. A pipe can be read only once.
pub fn beginning(paths: &[PathBuf], withholding: &Withholding) -> Option<Opened> {
    if withholding.is_asked_for() {
        return None;
    }
    let sizes = paths.iter().map(|path| {
        let found = fs::metadata(path).ok()?;
        found.is_file().then_some(found.len())
    });
    let sizes: Vec<u64> = sizes.collect::<Option<_>>()?;
    if sizes.iter().sum::<u64>() < LONG {
        return None;
    }
    let texts = paths.iter().map(|path| {
        let file = fs::File::open(path).ok()?;
        formats::beginning(&path.display().to_string(), file).ok()?
    });
    let texts: Vec<SourceText> = texts.collect::<Option<_>>()?;
    let (timeline, _) = formats::open(&texts);
    (!timeline.is_empty()).then_some(Opened {
        texts,
        timeline,
        whole: None,
        // What breaks off is not broken.
        findings: Vec::new(),
    })
}

/// Opens the texts of one timeline. What is to be withheld is left out.
pub fn open_texts(
    texts: Vec<SourceText>,
    withholding: &Withholding,
    progress: &Progress,
) -> Result<Opened> {
    let (whole, findings) = formats::open_watched(&texts, progress);
    let whole = withholding.by_marking(&texts, whole)?;
    let (timeline, whole) = match withholding.by_day(&whole)? {
        Some(known) => (known, Some(whole)),
        None => (whole, None),
    };
    Ok(Opened {
        texts,
        timeline,
        whole,
        findings,
    })
}

impl Opened {
    /// The program with the timeline open.
    pub fn model(self, size: Size) -> Model {
        let problems = self.problems();
        let mut model = Model::new(Arc::new(self.timeline), problems, size);
        if let Some(whole) = self.whole {
            model.whole = Arc::new(whole);
        }
        model
    }

    /// The findings as the viewer shows them. Notes are for `check`: they would only alarm a reader.
    ///
    /// A finding quotes the file. If anything is withheld, only its kind is told, and not where it is.
    pub fn problems(&self) -> Vec<Problem> {
        let grave = self
            .findings
            .iter()
            .filter(|finding| finding.severity() != Severity::Note);
        grave.map(|finding| self.problem(finding)).collect()
    }

    /// Tells how many errors there are, for output that has no place for them, and what that means for the exit.
    pub fn tell_errors(&self, errors: &mut dyn Write) -> Result<Status> {
        let count = self.findings.iter().filter(|it| it.is_error()).count();
        if count == 0 {
            return Ok(Status::Fine);
        }
        let count = crate::document::count(count, "error");
        writeln!(
            errors,
            "dateline: {count} in the timeline; `dateline check` tells what is left out"
        )?;
        Ok(Status::Errors)
    }

    fn problem(&self, finding: &Diagnostic) -> Problem {
        if !self.timeline.withheld().is_whole() {
            return Problem {
                kind: finding.kind.name,
                place: String::new(),
                at: None,
                message: finding.kind.summary.to_owned(),
                expected: String::new(),
                help: Vec::new(),
                is_error: finding.is_error(),
            };
        }
        Problem {
            at: Some(finding.place),
            ..problem(finding, &self.texts)
        }
    }
}

/// A finding as the viewer shows it, whichever texts they are.
pub(super) fn problem(finding: &Diagnostic, texts: &[SourceText]) -> Problem {
    let text = texts.get(usize::from(finding.place.file.0));
    let place = text.map_or_else(String::new, |text| {
        let position = text.position(finding.place.start());
        format!("{}:{}:{}", text.name(), position.line, position.column)
    });
    Problem {
        kind: finding.kind.name,
        place,
        at: None,
        message: finding.message.clone(),
        expected: finding.label.clone(),
        help: finding.help.clone(),
        is_error: finding.is_error(),
    }
}
