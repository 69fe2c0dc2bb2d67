//! `dateline`: the viewer.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Result;

use super::baseline::BaselineArgs;
use super::engine_query;
use super::filter_args::{self, FilterArgs};
use super::input::{self, LoadedTimeline};
use super::output;
use super::pressed;
use super::redaction_args::RedactionArgs;
use super::settings::{self, EffectiveSettings, SettingsArgs};
use super::source_files::SourceFiles;
use super::status::{ExitStatus, print_note};
use crate::formats::progress::Progress;
use crate::guide::Topic;
use crate::terminal;
use crate::ui::theme::Theme;

pub(super) struct ViewOptions<'a> {
    pub files: &'a [PathBuf],
    pub settings: &'a SettingsArgs,
    pub narrowing: &'a FilterArgs,
    pub withholding: &'a RedactionArgs,
    pub baseline: &'a BaselineArgs,
    /// Whether to print the filter as a view on quitting.
    pub print_view: bool,
    /// A topic of the guide to open over the timeline.
    pub topic: Option<Topic>,
    /// Where a test makes the program panic.
    pub fault: Option<terminal::TestPanic>,
}

/// Opens the viewer on the terminal.
pub(super) fn run(options: &ViewOptions<'_>, out: &mut dyn Write) -> Result<ExitStatus> {
    let beginning = beginning(options);
    let is_beginning = beginning.is_some();
    let mut opened = match beginning {
        Some(beginning) => beginning,
        None => input::open_to_view(options.files, options.withholding, &Progress::default())?,
    };
    let settings = settings::load(options.settings)?;
    let earlier = options.baseline.scene(options.files, &opened)?;
    if let Some(earlier) = &earlier {
        earlier.add_scene(&mut opened, options.withholding)?;
    }
    let files = SourceFiles::new(options.files, options.withholding, &opened.traces)
        .with_settings(settings.file.as_deref())
        .since(earlier);
    let writer = engine_query::writer(options.files, options.withholding, &opened.traces);
    let (mut model, effects) = settings.apply(opened.model(terminal::size()?));
    model.set_query_writer(writer);
    if is_beginning {
        model.begin_reading();
    }
    if let Some(baseline) = options.baseline.read(options.files, options.withholding)? {
        crate::app::compare_with(&mut model, baseline);
    }
    let is_piped = filter_args::is_piped(options.files);
    let errors = &mut output::errors();
    if !options.narrowing.apply(&mut model, is_piped, errors)? {
        return Ok(ExitStatus::Usage);
    }
    let mut pressed = Vec::new();
    if let Some(topic) = options.topic {
        crate::app::open_topic(&mut model, topic);
        pressed = pressed::topic(model.keymap(), topic);
    }
    let appearance = settings.appearance();
    let mut words = frame_words(options.files, &settings, options.withholding);
    words.extend(options.baseline.words());
    words.extend(options.narrowing.words());
    let ended = terminal::run(terminal::SessionStart {
        model,
        appearance,
        effects,
        store: terminal::StatusStore::of(options.files),
        takes_steps: false,
        words,
        pressed,
        files: Arc::new(files),
        watch: settings.watch(),
        reads_strings: super::capabilities::reads_strings(),
        copied_text: super::copy::words,
        fault: options.fault,
    })?;
    note_lost_marks(&ended)?;
    if options.print_view && ended.signal.is_none() {
        out.write_all(crate::app::view_stub(&ended.model).as_bytes())?;
        out.flush()?;
    }
    end(&ended)
}

/// The start of long files, to show it while the rest is read. `None` if the filter or the view needs names from the
/// rest.
fn beginning(options: &ViewOptions<'_>) -> Option<LoadedTimeline> {
    // A comparison would take the rest of the files for removed.
    if options.baseline.since.is_some() {
        return None;
    }
    let beginning = input::beginning(options.files, options.withholding)?;
    let filter = options
        .narrowing
        .filter(&beginning.timeline, false, &mut std::io::sink());
    filter.ok().flatten().map(|_| beginning)
}

/// The words of the `frame` command that opens the same, with the same keys and appearance.
pub(super) fn frame_words(
    files: &[PathBuf],
    settings: &EffectiveSettings,
    withholding: &RedactionArgs,
) -> Vec<String> {
    let mut words = vec!["dateline".to_owned(), "frame".to_owned()];
    words.extend(files.iter().map(|file| operand(file)));
    let appearance = settings.appearance();
    if let Some(file) = &settings.file {
        words.extend(["--config".to_owned(), operand(file)]);
    }
    if settings.file.is_some() || appearance.theme != Theme::default() {
        words.extend(["--theme".to_owned(), appearance.theme.as_str().to_owned()]);
    }
    if appearance.is_ascii {
        words.push("--ascii".to_owned());
    }
    words.extend(withholding.words());
    words
}

/// A path as an argument that cannot be taken for an option.
fn operand(path: &Path) -> String {
    let name = path.display().to_string();
    let is_flag = name.starts_with('-') && name != "-";
    if is_flag { format!("./{name}") } else { name }
}

/// Says how many marks could not be saved, and why.
fn note_lost_marks(ended: &terminal::SessionEnd) -> Result<()> {
    let Some((count, why)) = &ended.lost_marks else {
        return Ok(());
    };
    let marks = crate::document::count(*count, "mark");
    print_note(&mut output::errors(), &format!("{marks} not saved: {why}"))?;
    Ok(())
}

/// Ends the process by the signal that ended the session, if one did. Otherwise returns the exit status.
pub(super) fn end(ended: &terminal::SessionEnd) -> Result<ExitStatus> {
    match ended.signal {
        Some(signal) => {
            end_by(signal)?;
            Ok(ExitStatus::System)
        }
        None => Ok(ExitStatus::Fine),
    }
}

/// Ends the process by the default action of the signal, so that its parent sees which one it was.
#[cfg(unix)]
fn end_by(signal: i32) -> Result<()> {
    signal_hook::low_level::emulate_default_handler(signal)?;
    Ok(())
}

#[cfg(not(unix))]
fn end_by(_: i32) -> Result<()> {
    Ok(())
}
