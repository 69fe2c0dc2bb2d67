//! Opens the files of one timeline: recognises each, reads it, and builds the timeline.

use super::assemble::{
    AssembledDraft, RecognisedFile, RecognisedInput, assemble, logs_without_rows,
};
use super::input_file::{InputFile, OpenedFile, ReadFailure};
use super::log::{LogStream, TableOptions, TextStore};
use super::progress::Progress;
use super::readers::FormatReader;
use super::readers::format_reader::FormatDecoder;
use super::readers::recognise::{self, Recognition};
use super::toml;
use crate::date::Zone;
use crate::diagnostic::{Diagnostic, FileId, NO_EVENTS, SourceText};
use crate::timeline::Timeline;
use crate::timeline::draft::DraftTimeline;

pub struct OpenedTimeline {
    pub timeline: Timeline,
    /// In the order of the files.
    pub findings: Vec<Diagnostic>,
    /// The quoted lines of each file, with their numbers.
    pub texts: Vec<SourceText>,
    pub files: Vec<RecognisedFile>,
}

/// Reads the texts of one timeline and reports all findings, in the order of the texts. The index of a text is its
/// [`crate::diagnostic::FileId`].
///
/// If several files have events, an event without a lane gets the lane of its file.
pub fn read_and_check(texts: &[SourceText]) -> (DraftTimeline, Vec<Diagnostic>) {
    let assembled = assemble_texts(texts, &TableOptions::default(), &Progress::default());
    (assembled.draft, assembled.findings)
}

/// Reads the texts of one timeline and builds it. Some findings need the built timeline, such as those about views.
pub fn open(texts: &[SourceText]) -> (Timeline, Vec<Diagnostic>) {
    open_watched(texts, &Progress::default())
}

/// [`open`], with a progress that can stop it. Then the timeline has the part that was read, and findings say where the rest
/// of each text begins.
pub fn open_watched(texts: &[SourceText], progress: &Progress) -> (Timeline, Vec<Diagnostic>) {
    progress.expect(texts.iter().map(|text| text.len() as u64).sum());
    assemble_texts(texts, &TableOptions::default(), progress).build()
}

/// [`open`], with what the user states about tables, and a zone for times without one, in texts that state none.
pub fn open_in(texts: &[SourceText], options: &TableOptions) -> (Timeline, Vec<Diagnostic>) {
    assemble_texts(texts, options, &Progress::default()).build()
}

/// Reads the files of one timeline and builds it, as [`open_watched`] does. It keeps only the quoted lines of their texts.
///
/// # Errors
/// A file cannot be read to its end, is damaged in its packed form, or is too large.
pub fn open_files(
    files: Vec<InputFile<'_>>,
    progress: &Progress,
) -> Result<OpenedTimeline, ReadFailure> {
    let (assembled, texts) = assemble_files(files, progress)?;
    let texts = assembled.quoted(texts);
    Ok(opened(assembled, texts))
}

/// [`open_files`], with the fixes of the findings in TOML as edits. It keeps the whole texts of such files.
///
/// # Errors
/// A file cannot be read to its end, is damaged in its packed form, or is too large.
pub fn open_with_fixes(
    files: Vec<InputFile<'_>>,
    progress: &Progress,
) -> Result<OpenedTimeline, ReadFailure> {
    let (assembled, texts) = assemble_files(files, progress)?;
    let mut opened = opened(assembled, texts);
    let numbered = (0..=u16::MAX).map(FileId).zip(&opened.files);
    for ((file, _), text) in numbered
        .zip(&opened.texts)
        .filter(|((_, recognised), _)| recognised.is_toml())
    {
        toml::write_fixes(&mut opened.findings, file, text);
    }
    for finding in &mut opened.findings {
        finding.fixes.retain(|fix| !fix.edits().is_empty());
    }
    Ok(opened)
}

/// Builds the timeline of some files, with the texts to quote.
fn opened(mut assembled: AssembledDraft, mut texts: Vec<SourceText>) -> OpenedTimeline {
    for (file, text) in assembled.rest_of_streams.drain(..) {
        texts[usize::from(file.0)] = text;
    }
    let files = std::mem::take(&mut assembled.files);
    let (timeline, findings) = assembled.build();
    OpenedTimeline {
        timeline,
        findings,
        texts,
        files,
    }
}

/// Reads files, and the texts of those that are read as a whole.
fn assemble_files(
    files: Vec<InputFile<'_>>,
    progress: &Progress,
) -> Result<(AssembledDraft, Vec<SourceText>), ReadFailure> {
    let stated: Vec<Option<Zone>> = files.iter().map(|file| file.zone().cloned()).collect();
    let selection = files.iter().find_map(InputFile::selection);
    progress.expect(files.iter().filter_map(InputFile::size).sum());
    let mut texts = Vec::with_capacity(files.len());
    let mut inputs = Vec::with_capacity(files.len());
    for file in files {
        let (text, input) = recognise_file(file, progress)?;
        texts.push(text);
        inputs.push(input);
    }
    if inputs.len() == 1 {
        inputs = inputs.into_iter().map(RecognisedInput::alone).collect();
    }
    if let Some(selection) = &selection
        && let Some(logs) = logs_without_rows(&texts, &inputs)
    {
        selection.begin(logs);
    }
    let mut assembled = assemble(&texts, inputs, &stated, progress)?;
    if selection.is_some_and(|it| it.left_out() > 0) {
        assembled.findings.retain(|it| *it.kind != NO_EVENTS);
    }
    Ok((assembled, texts))
}

/// How the columns of a file are understood, as a mapping file in TOML. `None` if the file is not a table.
///
/// # Errors
/// The first bytes of the file cannot be read.
pub fn columns_of(file: InputFile<'_>) -> Result<Option<String>, ReadFailure> {
    let opened = file.of_any_size().open()?;
    let format = opened.log_format();
    Ok(format.map(|format| format.mapping.for_columns(&format.names).written()))
}

/// The format of a file; `None` if dateline does not read it. Of most files, only the first bytes are read.
///
/// # Errors
/// The file cannot be read.
pub fn format_of(file: InputFile<'_>) -> Result<Option<&'static FormatReader>, ReadFailure> {
    let opened = file.of_any_size().open()?;
    Ok(match opened.recognise() {
        Recognition::Read(reader, _) => Some(reader),
        Recognition::Refused(_) => None,
        Recognition::Undecided => {
            let known = recognise::by_rest(&opened.text()?);
            known.ok().map(|(reader, _)| reader)
        }
    })
}

/// Recognises a file by its first bytes. The returned text is empty unless the reader needs the whole text.
fn recognise_file<'r>(
    file: InputFile<'r>,
    progress: &Progress,
) -> Result<(SourceText, RecognisedInput<'r>), ReadFailure> {
    let size = file.size().unwrap_or(0);
    let opened = file.open()?;
    let no_text = SourceText::new(opened.name(), "");
    match opened.recognise() {
        Recognition::Refused(refused) => {
            progress.advance(size);
            Ok((no_text, RecognisedInput::refused(refused)))
        }
        Recognition::Read(reader, FormatDecoder::Stream(decode)) => {
            let opened = if reader.is_read_by_row {
                opened
            } else {
                opened.with_texts()
            };
            let opened = opened.with_memory(reader.memory_per_ten_bytes)?;
            let read = move |file, progress: &Progress| opened.decode(decode, file, progress);
            Ok((no_text, RecognisedInput::stream(reader, read)))
        }
        Recognition::Read(reader, FormatDecoder::Text(decode)) => {
            let opened = opened
                .with_texts()
                .with_memory(reader.memory_per_ten_bytes)?;
            Ok((
                whole_text(opened, size, progress)?,
                RecognisedInput::text(reader, decode),
            ))
        }
        Recognition::Undecided => {
            let opened = opened
                .with_texts()
                .with_memory(recognise::memory_of_undecided())?;
            let text = whole_text(opened, size, progress)?;
            match recognise::by_rest(&text) {
                Ok((reader, decode)) => Ok((text, RecognisedInput::text(reader, decode))),
                Err(refused) => {
                    progress.advance(text.len() as u64);
                    Ok((no_text, RecognisedInput::refused(refused)))
                }
            }
        }
    }
}

/// The whole text, which is larger than the file if that is packed.
fn whole_text(
    opened: OpenedFile<'_>,
    size: u64,
    progress: &Progress,
) -> Result<SourceText, ReadFailure> {
    let text = opened.text_watched(progress)?;
    progress.expect((text.len() as u64).saturating_sub(size));
    Ok(text)
}

/// Assembles texts in memory.
fn assemble_texts(
    texts: &[SourceText],
    options: &TableOptions,
    progress: &Progress,
) -> AssembledDraft {
    let inputs = texts
        .iter()
        .map(|text| match recognise::by_text(text, options) {
            Recognition::Read(reader, FormatDecoder::Text(decode)) => {
                RecognisedInput::text(reader, decode)
            }
            Recognition::Read(reader, FormatDecoder::Stream(decode)) => {
                let stream = LogStream {
                    name: text.name(),
                    bytes: progress.watched(text.text().as_bytes()),
                    is_utf16: text.is_utf16(),
                    damage: text.damage(),
                    options: options.clone(),
                    selection: None,
                    texts: TextStore::Columns,
                    prints: None,
                    chunk_size: None,
                };
                RecognisedInput::stream(reader, move |file, progress: &Progress| {
                    let read = decode(stream, file, progress);
                    read.map_err(|error| ReadFailure::of_text(text, error))
                })
            }
            Recognition::Refused(refused) => RecognisedInput::refused(refused),
            Recognition::Undecided => unreachable!("a whole text is decided"),
        });
    let stated = vec![options.zone.clone(); texts.len()];
    assemble(texts, inputs.collect(), &stated, progress).unwrap_or_else(|failure| {
        unreachable!("the text is in memory, and not too large for it: {failure}")
    })
}
