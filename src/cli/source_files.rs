//! The files of the timeline on the screen: reloads them, and finds the place of an event in them for the editor. It
//! keeps nothing that it reads.

use std::fs::{self, File};
use std::io::{Cursor, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Result, bail};

use super::baseline;
use super::earlier_version::EarlierVersion;
use super::fingerprint::{FileTraces, KeptBytes, TracedFiles, fingerprint, fingerprint_of_marks};
use super::input::{self, LoadedTimeline};
use super::marks_store;
use super::promotion::{self, PromotionFiles};
use super::redaction_args::RedactionArgs;
use super::status::message_and_hint;
use crate::app::effect::SourceSpot;
use crate::app::reload::{FileReading, ReadOutcome, ReadRequest, ReadingFingerprints};
use crate::app::state::baseline::{BaselineFailure, BaselineOutcome, BaselineRequest};
use crate::app::state::marks::SavedMarks;
use crate::app::state::promotion::{FileChange, PromotionPlan, PromotionRequest};
use crate::change::TimelineComparison;
use crate::diagnostic::{FileId, SourceText, TextPlace};
use crate::formats::progress::Progress;
use crate::formats::{self, HEAD_BYTES, InputFile, PackingFormat};
use crate::terminal::{EditorTarget, ReadControl, TimelineFiles};
use crate::text::visible;
use crate::timeline::{ChangesSince, ItemEdit, Timeline};

/// The paths as the user gave them, with the redaction.
pub(super) struct SourceFiles {
    paths: Vec<PathBuf>,
    withholding: RedactionArgs,
    /// The settings file, if there is one.
    settings: Option<PathBuf>,
    /// The bytes of each file that can be read only once, by the number of the file.
    kept: Vec<Option<KeptBytes>>,
    /// The version that the first scene compares with.
    earlier: Option<EarlierVersion>,
}

impl SourceFiles {
    pub fn new(paths: &[PathBuf], withholding: &RedactionArgs, traces: &FileTraces) -> Self {
        Self {
            paths: paths.to_vec(),
            withholding: withholding.clone(),
            settings: None,
            kept: traces.kept_bytes(),
            earlier: None,
        }
    }

    pub fn with_settings(self, settings: Option<&Path>) -> Self {
        Self {
            settings: settings.map(Path::to_path_buf),
            ..self
        }
    }

    /// Each reading begins with the scene about what changed since an earlier version.
    pub fn since(self, earlier: Option<EarlierVersion>) -> Self {
        Self { earlier, ..self }
    }

    /// Adds that scene, if it is wanted.
    fn add_scene(&self, opened: &mut LoadedTimeline) -> Result<()> {
        let earlier = self.earlier.as_ref();
        earlier.map_or(Ok(()), |it| it.add_scene(opened, &self.withholding))
    }

    /// Each path, with the bytes if the file can be read only once.
    fn named(&self) -> impl Iterator<Item = (&Path, Option<&KeptBytes>)> {
        let paths = self.paths.iter().map(PathBuf::as_path);
        paths.zip(self.kept.iter().map(Option::as_ref))
    }

    fn read_rest(&self, control: &ReadControl) -> Result<ReadOutcome> {
        let progress = progress(control);
        let mut opened = input::open_to_view(&self.paths, &self.withholding, &progress)?;
        self.add_scene(&mut opened)?;
        let is_part = formats::is_part(&opened.findings);
        let reading = FileReading {
            stopped_at: is_part.then(|| progress.percent()),
            ..reading(opened, None)
        };
        Ok(ReadOutcome::Read(Box::new(reading)))
    }

    fn read_again(
        &self,
        shown: Option<&Timeline>,
        known: Option<&ReadingFingerprints>,
        control: &ReadControl,
    ) -> Result<ReadOutcome> {
        // The shipped case never changes.
        if self.paths.is_empty() || (known.is_some() && known == Some(&self.fingerprints()?)) {
            return Ok(ReadOutcome::Unchanged);
        }
        let files = self.named().map(|(path, kept)| incoming(path, kept));
        let traced = TracedFiles::new(files.collect::<Result<_>>()?, &self.paths);
        let traced = input::leaving_texts(traced, &self.withholding);
        let progress = progress(control);
        let opened = input::open_files(traced, &self.withholding, &progress);
        if progress.is_stopped() {
            return Ok(ReadOutcome::Discarded);
        }
        let mut opened = opened?;
        self.add_scene(&mut opened)?;
        Ok(ReadOutcome::Read(Box::new(reading(opened, shown))))
    }

    fn fingerprints(&self) -> Result<ReadingFingerprints> {
        let prints = self.named().map(|(path, kept)| {
            if kept.is_some() {
                return Ok(None);
            }
            check_file(path)?;
            fingerprint(path).map(Some)
        });
        let marks = self.withholding.marks.paths.iter();
        let marks = marks.map(|path| Ok(Some(fingerprint_of_marks(path))));
        let prints = prints.chain(marks).collect::<Result<_>>();
        prints.map(ReadingFingerprints)
    }

    /// Where something is in a file that is not text. No editor opens a workbook, so the error names the sheet and the
    /// row.
    fn in_binary(&self, path: &Path, spot: &SourceSpot, is_as_shown: bool) -> Result<EditorTarget> {
        let options = input::table_options(&self.withholding.tables)?;
        let file = input::incoming(path)?.with_options(options);
        let opened = formats::open_files(vec![file], &Progress::default())?;
        let again = Some(()).filter(|()| !is_as_shown);
        let again = again.and_then(|()| spot.again(&opened.timeline));
        let byte = again.unwrap_or(spot.place).start();
        let Some(text) = opened.texts.first().filter(|text| text.is_of_sheets()) else {
            // The text that is read has as many lines as the file.
            let text = opened.texts.first();
            return Ok(EditorTarget {
                path: path.to_owned(),
                line: text.map_or(1, |text| text.line_of(byte)),
                column: 1,
            });
        };
        let place = text.place_name(byte);
        bail!("cannot edit a workbook: see {place} in a spreadsheet program")
    }

    fn plan_promotion(&self, request: &PromotionRequest) -> Result<PromotionPlan> {
        let options = input::table_options(&self.withholding.tables)?;
        let formats = self.named().map(|(path, kept)| {
            let file = incoming(path, kept)?.with_options(options.clone());
            Ok(formats::format_of(file)?)
        });
        let names = self.paths.iter().map(|path| short_name(path).to_string());
        let files = PromotionFiles {
            formats: formats.collect::<Result<_>>()?,
            names: names.collect(),
            options: &options,
        };
        files.rows(request)?;
        let file = files.target()?;
        files.plan(request, file, self.editable(file)?)
    }

    /// The file of a number, if an editor can change it.
    fn editable(&self, file: FileId) -> Result<&Path> {
        // The texts of marks files follow those of the timeline.
        let marks = self.withholding.marks.paths.iter();
        let marks = marks.map(|path| (path.as_path(), None));
        let mut all = self.named().chain(marks);
        let number = usize::from(file.0);
        let Some((path, kept)) = all.nth(number).filter(|_| !self.paths.is_empty()) else {
            bail!(
                "cannot edit the shipped case, which is part of dateline: open a file of your own"
            );
        };
        let name = path.file_name().unwrap_or(path.as_os_str()).display();
        if path.as_os_str() == "-" {
            bail!("cannot edit standard input: save it to a file and open that");
        }
        if kept.is_some() {
            bail!(
                "cannot edit `{name}`, which can be read only once: save it to a file and open that"
            );
        }
        check_file(path)?;
        let mut head = Vec::new();
        let opened = File::open(path).and_then(|file| file.take(4).read_to_end(&mut head));
        if let Err(error) = opened {
            bail!("`{name}` cannot be read: {error}");
        }
        if let Some(packing) = PackingFormat::of(&head) {
            let unpacker = packing.unpacker();
            bail!(
                "cannot edit `{name}`, which is packed: unpack it with `{unpacker}` and open the result"
            );
        }
        Ok(path)
    }
}

impl TimelineFiles for SourceFiles {
    fn watched(&self) -> Vec<PathBuf> {
        let files = self.named().filter(|(_, kept)| kept.is_none());
        let files = files.map(|(path, _)| path.to_owned());
        let mut files: Vec<PathBuf> = files.collect();
        if !files.is_empty() {
            files.extend(self.withholding.marks.paths.iter().cloned());
        }
        files
    }

    fn read(&self, request: &ReadRequest, control: &ReadControl) -> ReadOutcome {
        let outcome = match request {
            ReadRequest::Rest => self.read_rest(control),
            ReadRequest::Again { shown, known } => {
                self.read_again(shown.as_deref(), known.as_ref(), control)
            }
        };
        outcome.unwrap_or_else(|error| ReadOutcome::Failed(words(&error)))
    }

    fn baseline(&self, request: &BaselineRequest) -> BaselineOutcome {
        match baseline::read(&self.paths, &request.name, &self.withholding) {
            Ok(read) if request.known.as_deref() == Some(&read) => BaselineOutcome::Unchanged,
            Ok(read) => BaselineOutcome::Read(Arc::new(read)),
            Err(error) => {
                let (message, help) = message_and_hint(&error);
                BaselineOutcome::Failed(BaselineFailure { message, help })
            }
        }
    }

    fn promotion(&self, request: &PromotionRequest) -> Result<PromotionPlan, String> {
        self.plan_promotion(request).map_err(|error| words(&error))
    }

    fn save_marks(&self, edits: &[ItemEdit]) -> Result<SavedMarks, String> {
        let saved = marks_store::save(&self.withholding.marks, &self.paths, edits);
        let path = saved.map_err(|error| words(&error))?;
        let file = u16::try_from(self.paths.len()).unwrap_or(u16::MAX);
        Ok(SavedMarks {
            file: FileId(file),
            fingerprint: fingerprint_of_marks(&path),
        })
    }

    fn write(&self, change: &FileChange) -> Result<(), String> {
        let path = self.editable(change.file);
        let written = path.and_then(|path| promotion::write(path, change));
        written.map_err(|error| words(&error))
    }

    fn locate(&self, spot: &SourceSpot) -> Result<EditorTarget> {
        if let Some(settings) = self.settings.as_ref().filter(|_| spot.is_in_settings()) {
            check_file(settings)?;
            let text = input::read_file(settings)?;
            return Ok(target(settings, &text, spot.place));
        }
        let path = self.editable(spot.place.file)?;
        let is_as_shown = spot.fingerprint == Some(fingerprint(path)?);
        if is_binary(path)? {
            return self.in_binary(path, spot, is_as_shown);
        }
        let now = input::read_file(path)?;
        // A finding is always from the newest reading. An event that is not found again keeps its old place.
        let place = if is_as_shown || spot.event.is_none() {
            spot.place
        } else {
            let again = spot.again(&formats::open(std::slice::from_ref(&now)).0);
            again.unwrap_or(spot.place)
        };
        Ok(target(path, &now, place))
    }
}

/// An error as the end of a sentence.
fn words(error: &anyhow::Error) -> String {
    visible(&format!("{error:#}")).into_owned()
}

fn is_binary(path: &Path) -> Result<bool> {
    let mut head = Vec::new();
    File::open(path)?
        .take(HEAD_BYTES as u64)
        .read_to_end(&mut head)?;
    Ok(formats::is_binary(&head))
}

fn progress(control: &ReadControl) -> Progress {
    Progress::shared(control.stop_flag(), control.percent_read())
}

/// The outcome of a reading, compared with `shown`.
fn reading(opened: LoadedTimeline, shown: Option<&Timeline>) -> FileReading {
    let problems = opened.problems();
    let LoadedTimeline {
        timeline,
        whole,
        traces,
        ..
    } = opened;
    let timeline = whole.unwrap_or(timeline);
    let changes = shown.map(|shown| {
        let comparison = TimelineComparison::between(shown, &timeline);
        comparison.changes(ChangesSince::Save)
    });
    let timeline = match changes {
        Some(changes) => timeline.with_changes(changes),
        None => timeline,
    };
    FileReading {
        timeline: timeline.into(),
        problems,
        fingerprints: traces.fingerprints(),
        read_at: None,
        stopped_at: None,
    }
}

fn target(path: &Path, text: &SourceText, place: TextPlace) -> EditorTarget {
    let position = text.position(place.start());
    EditorTarget {
        path: path.to_owned(),
        line: position.line,
        column: position.column,
    }
}

/// Opens a file again, or the kept bytes of a file that can be read only once.
fn incoming(path: &Path, kept: Option<&KeptBytes>) -> Result<InputFile<'static>> {
    if let Some(bytes) = kept {
        let source = Cursor::new(bytes.as_ref().clone());
        return Ok(InputFile::new(input::name(path), Box::new(source), None));
    }
    check_file(path)?;
    input::incoming(path)
}

/// Refuses anything but a regular file. A pipe or a device may have replaced the file, and reading it might never end.
fn check_file(path: &Path) -> Result<()> {
    let name = short_name(path);
    match fs::metadata(path) {
        Err(error) => bail!("`{name}` cannot be read: {error}"),
        Ok(found) if found.is_dir() => bail!("`{name}` is a directory now"),
        Ok(found) if !found.is_file() => bail!("`{name}` is not a file any more"),
        Ok(_) => Ok(()),
    }
}

fn short_name(path: &Path) -> std::path::Display<'_> {
    Path::new(path.file_name().unwrap_or(path.as_os_str())).display()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_again_if_it_has_other_bytes_and_discarded_if_the_reading_is_stopped() {
        let folder =
            std::env::temp_dir().join(format!("dateline-source-files-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        let path = folder.join("t.toml");
        let save = |title: &str| {
            let text = format!("[[events]]\ntitle = \"{title}\"\n");
            fs::write(&path, text).expect("it is written");
        };
        save("before");
        let paths = [path.clone()];
        let opened = input::open(&paths, &RedactionArgs::default()).expect("it is read");
        let files = SourceFiles::new(&paths, &RedactionArgs::default(), &opened.traces);
        let again = |known: &ReadingFingerprints| ReadRequest::Again {
            shown: None,
            known: Some(known.clone()),
        };
        let request = again(&opened.traces.fingerprints());
        let unchanged = files.read(&request, &ReadControl::default());
        assert_eq!(unchanged, ReadOutcome::Unchanged);
        save("after");
        let stopped = ReadControl::default();
        stopped.stop();
        assert_eq!(files.read(&request, &stopped), ReadOutcome::Discarded);
        let ReadOutcome::Read(reading) = files.read(&request, &ReadControl::default()) else {
            panic!("it has other bytes");
        };
        let request = again(&reading.fingerprints);
        let unchanged = files.read(&request, &ReadControl::default());
        assert_eq!(unchanged, ReadOutcome::Unchanged);
        fs::remove_dir_all(&folder).expect("it is removed");
    }

    #[test]
    fn each_reading_compares_the_saved_file_with_the_earlier_version() {
        let folder = std::env::temp_dir().join(format!("dateline-earlier-{}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        let (path, older) = (folder.join("t.toml"), folder.join("old.toml"));
        let text = |titles: &[&str]| {
            let events = titles
                .iter()
                .map(|title| format!("[[events]]\ntitle = \"{title}\"\n"));
            events.collect::<String>() + "[[scenes]]\ntitle = \"Only\"\n"
        };
        fs::write(&path, text(&["A"])).expect("it is written");
        fs::write(&older, text(&["A"])).expect("it is written");
        let paths = [path.clone()];
        let opened = input::open(&paths, &RedactionArgs::default()).expect("it is read");
        let since = older.to_string_lossy();
        let earlier = EarlierVersion::of(&paths, Some(&since)).expect("it is read");
        let files = SourceFiles::new(&paths, &RedactionArgs::default(), &opened.traces);
        let files = files.since(earlier);
        let request = ReadRequest::Again {
            shown: None,
            known: None,
        };
        // The earlier version is read once: a later change of it does not count.
        fs::write(&older, text(&[])).expect("it is written");
        for (titles, lines) in [(&["A"][..], 0), (&["A", "B"], 1)] {
            fs::write(&path, text(titles)).expect("it is written");
            let ReadOutcome::Read(reading) = files.read(&request, &ReadControl::default()) else {
                panic!("it is read");
            };
            let account = reading.timeline.account().expect("the scene comes first");
            assert_eq!(account.parts.iter().flatten().count(), lines, "{titles:?}");
        }
        fs::remove_dir_all(&folder).expect("it is removed");
    }
}
