//! Opens the files of one timeline: recognises each, reads it, and builds the timeline.

use super::assemble::{AssembledDraft, RecognisedFile, RecognisedInput, assemble};
use super::input_file::{InputFile, OpenedFile, ReadFailure};
use super::log::LogStream;
use super::progress::Progress;
use super::readers::format_reader::FormatDecoder;
use super::readers::recognise::{self, Recognition};
use crate::date::Zone;
use crate::diagnostic::{Diagnostic, SourceText};
use crate::timeline::Timeline;
use crate::timeline::draft::DraftTimeline;

/// A timeline that was read from files.
pub struct OpenedTimeline {
    /// What could be read.
    pub timeline: Timeline,
    /// In the order of the files.
    pub findings: Vec<Diagnostic>,
    /// What is left of the text of each file: its lines are numbered, and those are kept that findings quote.
    pub texts: Vec<SourceText>,
    /// What each file is.
    pub files: Vec<RecognisedFile>,
}

/// Reads the texts of one timeline and reports all findings, in the order of the texts. The number of a text in the
/// slice is its [`crate::diagnostic::FileId`].
///
/// Where several files have events, the events of each are in a lane of their own, unless they name one.
pub fn read_and_check(texts: &[SourceText]) -> (DraftTimeline, Vec<Diagnostic>) {
    let assembled = assemble_texts(texts, None, &Progress::default());
    (assembled.draft, assembled.findings)
}

/// Reads the texts of one timeline and builds it. The findings include those that only the built timeline shows: views
/// that cannot be used on it.
pub fn open(texts: &[SourceText]) -> (Timeline, Vec<Diagnostic>) {
    open_watched(texts, &Progress::default())
}

/// [`open`], with a progress that can stop it: then the timeline is what was read of each text, and findings say where
/// the rest begins.
pub fn open_watched(texts: &[SourceText], progress: &Progress) -> (Timeline, Vec<Diagnostic>) {
    progress.expect(texts.iter().map(|text| text.len() as u64).sum());
    assemble_texts(texts, None, progress).build()
}

/// [`open`], with the zone of times that name none in texts that state none.
pub fn open_in(texts: &[SourceText], zone: Option<&Zone>) -> (Timeline, Vec<Diagnostic>) {
    assemble_texts(texts, zone, &Progress::default()).build()
}

/// Reads the files of one timeline and builds it, as [`open_watched`] does, and drops their texts on the way.
///
/// # Errors
/// A file that cannot be read to its end, is packed and broken, or too large.
pub fn open_files(
    files: Vec<InputFile<'_>>,
    progress: &Progress,
) -> Result<OpenedTimeline, ReadFailure> {
    let stated: Vec<Option<Zone>> = files.iter().map(|file| file.zone().cloned()).collect();
    progress.expect(files.iter().filter_map(InputFile::size).sum());
    let mut texts = Vec::with_capacity(files.len());
    let mut inputs = Vec::with_capacity(files.len());
    for file in files {
        let (text, input) = recognise_file(file, progress)?;
        texts.push(text);
        inputs.push(input);
    }
    let mut assembled = assemble(&texts, inputs, &stated, progress)?;
    let mut texts = assembled.quoted(texts);
    for (file, text) in assembled.rest_of_streams.drain(..) {
        texts[usize::from(file.0)] = text;
    }
    let files = std::mem::take(&mut assembled.files);
    let (timeline, findings) = assembled.build();
    Ok(OpenedTimeline {
        timeline,
        findings,
        texts,
        files,
    })
}

/// Recognises a file by its first bytes. Its text is read here if a reader needs all of it, and empty otherwise.
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
            let opened = opened.with_memory(reader.memory_per_ten_bytes)?;
            let read = move |file, progress: &Progress| opened.decode(decode, file, progress);
            Ok((no_text, RecognisedInput::stream(reader, read)))
        }
        Recognition::Read(reader, FormatDecoder::Text(decode)) => {
            let opened = opened.with_memory(reader.memory_per_ten_bytes)?;
            Ok((
                whole_text(opened, size, progress)?,
                RecognisedInput::text(reader, decode),
            ))
        }
        Recognition::Undecided => {
            let opened = opened.with_memory(recognise::memory_of_undecided())?;
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

/// All of a file as a text, which may be larger than the file if that is packed.
fn whole_text(
    opened: OpenedFile<'_>,
    size: u64,
    progress: &Progress,
) -> Result<SourceText, ReadFailure> {
    let text = opened.text()?;
    progress.expect((text.len() as u64).saturating_sub(size));
    Ok(text)
}

/// Assembles texts in memory, logs among them.
fn assemble_texts(
    texts: &[SourceText],
    zone: Option<&Zone>,
    progress: &Progress,
) -> AssembledDraft {
    let inputs = texts.iter().map(|text| match recognise::by_text(text) {
        Recognition::Read(reader, FormatDecoder::Text(decode)) => {
            RecognisedInput::text(reader, decode)
        }
        Recognition::Read(reader, FormatDecoder::Stream(decode)) => {
            let stream = LogStream {
                name: text.name(),
                bytes: progress.watched(text.text().as_bytes()),
                is_utf16: text.is_utf16(),
                damage: text.damage(),
                zone: zone.cloned(),
            };
            RecognisedInput::stream(reader, move |file, progress: &Progress| {
                let read = decode(stream, file, progress);
                read.map_err(|error| ReadFailure::of_text(text, error))
            })
        }
        Recognition::Refused(refused) => RecognisedInput::refused(refused),
        Recognition::Undecided => unreachable!("a whole text is decided"),
    });
    let stated = vec![zone.cloned(); texts.len()];
    assemble(texts, inputs.collect(), &stated, progress).unwrap_or_else(|failure| {
        unreachable!("the text is in memory, and not too large for it: {failure}")
    })
}
