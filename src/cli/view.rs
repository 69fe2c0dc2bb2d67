//! `dateline`: the viewer.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;

use super::input::{self, Opened};
use super::narrowing::Narrowing;
use super::output;
use super::settings::{self, Effective, Options};
use super::source_files::SourceFiles;
use super::status::Status;
use super::withholding::Withholding;
use crate::terminal;
use crate::ui::theme::Theme;

/// What the viewer is opened with.
pub(super) struct Wishes<'a> {
    pub files: &'a [PathBuf],
    pub settings: &'a Options,
    pub narrowing: &'a Narrowing,
    pub withholding: &'a Withholding,
    /// Whether to print the present filter as a view on leaving.
    pub print_view: bool,
    /// Where a test makes the program panic.
    pub fault: Option<terminal::Fault>,
}

/// Opens the viewer on the terminal.
pub(super) fn run(wishes: &Wishes<'_>, out: &mut dyn Write) -> Result<Status> {
    let beginning = beginning(wishes);
    let is_beginning = beginning.is_some();
    let opened = match beginning {
        Some(beginning) => beginning,
        None => input::open(wishes.files, wishes.withholding)?,
    };
    let settings = settings::load(wishes.settings)?;
    let files = SourceFiles::new(wishes.files, wishes.withholding, &opened.traces)
        .with_settings(settings.file.as_deref());
    let (mut model, effects) = settings.give(opened.model(terminal::size()?));
    if is_beginning {
        model.reload.begin();
    }
    if !wishes.narrowing.apply(&mut model, &mut output::errors())? {
        return Ok(Status::Usage);
    }
    let store = terminal::StatusStore::of(wishes.files);
    let look = settings.look();
    let mut words = frame_words(wishes.files, &settings, wishes.withholding);
    words.extend(wishes.narrowing.words());
    let ended = terminal::run(terminal::Opening {
        model,
        look,
        asked: effects,
        store,
        words,
        pressed: Vec::new(),
        files: Arc::new(files),
        watch: settings.watch(),
        reads_strings: super::look::reads_strings(),
        copied: super::copy::words,
        fault: wishes.fault,
    })?;
    if wishes.print_view && ended.signal.is_none() {
        out.write_all(crate::app::view_stub(&ended.model).as_bytes())?;
        out.flush()?;
    }
    end(&ended)
}

/// What can be shown before all is read: not what a filter or view that asks for more than that would leave out.
fn beginning(wishes: &Wishes<'_>) -> Option<Opened> {
    let beginning = input::beginning(wishes.files, wishes.withholding)?;
    let filter = wishes
        .narrowing
        .filter(&beginning.timeline, &mut std::io::sink());
    filter.ok().flatten().map(|_| beginning)
}

/// The words of the command that opens the same without a terminal, with the same keys and looks.
pub(super) fn frame_words(
    files: &[PathBuf],
    settings: &Effective,
    withholding: &Withholding,
) -> Vec<String> {
    let mut words = vec!["dateline".to_owned(), "frame".to_owned()];
    words.extend(files.iter().map(|file| operand(file)));
    let look = settings.look();
    if let Some(file) = &settings.file {
        words.extend(["--config".to_owned(), operand(file)]);
    }
    if settings.file.is_some() || look.theme != Theme::default() {
        words.extend(["--theme".to_owned(), look.theme.as_str().to_owned()]);
    }
    if look.is_ascii {
        words.push("--ascii".to_owned());
    }
    words.extend(withholding.words());
    words
}

/// A path as a word that is not taken for an option.
fn operand(path: &Path) -> String {
    let name = path.display().to_string();
    let is_flag = name.starts_with('-') && name != "-";
    if is_flag { format!("./{name}") } else { name }
}

/// The status with which the program ends: a signal that ended it ends the process too.
pub(super) fn end(ended: &terminal::Ended) -> Result<Status> {
    match ended.signal {
        Some(signal) => {
            end_by(signal)?;
            Ok(Status::System)
        }
        None => Ok(Status::Fine),
    }
}

/// Ends the way the signal would have ended the program, so that whoever sent it can tell.
#[cfg(unix)]
fn end_by(signal: i32) -> Result<()> {
    signal_hook::low_level::emulate_default_handler(signal)?;
    Ok(())
}

#[cfg(not(unix))]
fn end_by(_: i32) -> Result<()> {
    Ok(())
}
