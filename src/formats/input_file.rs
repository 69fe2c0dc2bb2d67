//! A file to read: its name, and its bytes as they come.

use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::ops::Range;
use std::sync::Arc;
use std::{fmt, mem};

use super::head::HEAD_BYTES;
use super::log::{JournalReader, LogFormat, LogStream, TableOptions, TextStore, begins_journal};
use super::marks::WantedPrints;
use super::memory;
use super::plain_file::PlainFile;
use super::progress::{Progress, ReceivedBytes};
use super::read_ahead::ReadAhead;
use super::readers::format_reader::{FileDraft, StreamDecoder};
use super::readers::recognise::{self, Recognition};
use super::row_selection::RowSelection;
use super::unpack::{LARGEST, UnpackedReader};
use super::utf16::Utf16Reader;
use super::workbook::WorkbookForm;
use crate::date::Zone;
use crate::diagnostic::{ByteOrder, FileId, SourceText};

use super::source::ByteSource;

/// A file of a timeline that is not read yet.
pub struct InputFile<'r> {
    name: String,
    source: ByteSource<'r>,
    size: Option<u64>,
    options: TableOptions,
    selection: Option<Arc<RowSelection>>,
    /// The same file, if it can be read at any place.
    plain: Option<PlainFile>,
    /// From which size on, in bytes, the texts of its rows stay in the file; `None` if they are kept in columns.
    leaves_from: Option<u64>,
    prints: Option<Arc<WantedPrints>>,
    chunk_size: Option<usize>,
}

/// An error while a file was read.
#[derive(Debug)]
pub struct ReadFailure {
    name: String,
    is_packed: bool,
    error: io::Error,
}

impl fmt::Display for ReadFailure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, error, .. } = self;
        let verb = if self.is_packed { "unpack" } else { "read" };
        write!(formatter, "cannot {verb} `{name}`: {error}")
    }
}

impl std::error::Error for ReadFailure {}

impl ReadFailure {
    /// The failure for a text in memory.
    pub(super) fn of_text(text: &SourceText, error: io::Error) -> Self {
        Self {
            name: text.name().to_owned(),
            is_packed: false,
            error,
        }
    }
}

impl<'r> InputFile<'r> {
    /// `name` is for messages. `size` is in bytes, if it is known.
    pub fn new(name: impl Into<String>, source: ByteSource<'r>, size: Option<u64>) -> Self {
        Self {
            name: name.into(),
            source,
            size,
            options: TableOptions::default(),
            selection: None,
            plain: None,
            leaves_from: None,
            prints: None,
            chunk_size: None,
        }
    }

    /// The same file, which can be read at any place too.
    #[must_use]
    pub fn at_any_place(self, plain: PlainFile) -> Self {
        Self {
            plain: Some(plain),
            ..self
        }
    }

    /// Reads the texts of rows again when they are asked for, if it is a log of about `from` bytes or more: from the file, or
    /// from packed blocks in memory if it is packed or a pipe.
    #[must_use]
    pub fn leaving_texts(self, from: u64) -> Self {
        Self {
            leaves_from: Some(from),
            ..self
        }
    }

    /// Lets the file be larger than a text in memory can be: only its first bytes are asked for.
    #[must_use]
    pub(super) fn of_any_size(self) -> Self {
        self.leaving_texts(u64::MAX)
    }

    /// The bytes as they come, still packed if they are.
    pub fn into_source(self) -> ByteSource<'r> {
        self.source
    }

    /// Sets what the user states about tables, and the zone for times without one. A zone that the file states takes
    /// precedence.
    #[must_use]
    pub fn with_options(self, options: TableOptions) -> Self {
        Self { options, ..self }
    }

    /// Keeps only chosen rows if all files are logs.
    #[must_use]
    pub fn with_selection(self, selection: Option<Arc<RowSelection>>) -> Self {
        Self { selection, ..self }
    }

    /// Keeps the prints of rows that marks may be on.
    #[must_use]
    pub fn with_prints(self, prints: Option<Arc<WantedPrints>>) -> Self {
        Self { prints, ..self }
    }

    /// Sets the approximate size of chunks in bytes, instead of megabytes, so that a short log has several.
    #[must_use]
    pub fn in_chunks_of(self, bytes: usize) -> Self {
        Self {
            chunk_size: Some(bytes),
            ..self
        }
    }

    /// Whether only chosen rows may be kept.
    pub fn has_selection(&self) -> bool {
        self.selection.is_some()
    }

    pub(super) fn selection(&self) -> Option<Arc<RowSelection>> {
        self.selection.clone()
    }

    pub(super) fn zone(&self) -> Option<&Zone> {
        self.options.zone.as_ref()
    }

    /// The same file with a wrapped source, such as a reader that hashes the bytes.
    #[must_use]
    pub fn through(self, wrap: impl FnOnce(ByteSource<'r>) -> ByteSource<'r>) -> Self {
        Self {
            source: wrap(self.source),
            ..self
        }
    }

    /// The whole text.
    ///
    /// # Errors
    /// The file cannot be read to its end, is damaged in its packed form, or is too large.
    pub fn text(self) -> Result<SourceText, ReadFailure> {
        self.open()?.text()
    }

    /// The bytes of some ranges of the text, as places number them. `None` if the text is made of something else, such as a
    /// workbook.
    ///
    /// # Errors
    /// The file cannot be read to its end, or is damaged in its packed form.
    pub fn slices(self, ranges: &[Range<usize>]) -> Result<Option<Vec<Vec<u8>>>, ReadFailure> {
        self.open()?.slices(ranges)
    }

    pub(super) fn size(&self) -> Option<u64> {
        self.size
    }

    /// Reads the first bytes.
    pub(super) fn open(self) -> Result<OpenedFile<'r>, ReadFailure> {
        OpenedFile::new(self)
    }
}

/// The least memory that a log takes whose texts stay in the file, in bytes per ten bytes.
const PAGED_PER_TEN_BYTES: u64 = 1;

/// About how many times its size a packed log has.
const USUAL_PACKING: u64 = 8;

/// Where the texts of rows stay. `leaves_from`: see [`InputFile::leaving_texts`]. A pipe may be too short for blocks yet.
fn text_store(
    leaves_from: Option<u64>,
    plain: Option<PlainFile>,
    size: Option<u64>,
    is_packed: bool,
) -> TextStore {
    let Some(from) = leaves_from else {
        return TextStore::Columns;
    };
    let times = if is_packed { USUAL_PACKING } else { 1 };
    if size.is_some_and(|size| size.saturating_mul(times) < from) {
        return TextStore::Columns;
    }
    let plain = plain.filter(|_| !is_packed);
    plain.map_or(TextStore::Blocks, TextStore::File)
}

/// Reads as much of a file as its format needs to be recognised.
fn read_head(file: &mut impl Read, head: &mut Vec<u8>, options: &TableOptions) -> io::Result<()> {
    let mut needed = HEAD_BYTES;
    loop {
        let missing = needed.saturating_sub(head.len());
        file.by_ref().take(missing as u64).read_to_end(head)?;
        match recognise::needed(head, options).filter(|_| head.len() >= needed) {
            Some(more) => needed = more,
            None => return Ok(()),
        }
    }
}

/// A file whose first bytes are known.
pub(super) struct OpenedFile<'r> {
    name: String,
    head: Vec<u8>,
    rest: UnpackedReader<'r>,
    /// In bytes, unpacked; 0 if that is not known.
    size: u64,
    options: TableOptions,
    selection: Option<Arc<RowSelection>>,
    texts: TextStore,
    /// How many bytes of a pipe are read before it counts as long.
    wants_ahead: u64,
    /// What follows the head, if it was read to know that.
    ahead: ReadAhead,
    prints: Option<Arc<WantedPrints>>,
    chunk_size: Option<usize>,
}

impl<'r> OpenedFile<'r> {
    fn new(input: InputFile<'r>) -> Result<Self, ReadFailure> {
        let InputFile {
            name,
            source,
            size,
            options,
            selection,
            plain,
            leaves_from,
            prints,
            chunk_size,
        } = input;
        let most = if selection.is_some() || leaves_from.is_some() {
            u64::MAX
        } else {
            LARGEST
        };
        let mut rest = match UnpackedReader::with_most(source, size, most) {
            Ok(rest) => rest,
            Err(error) => {
                return Err(ReadFailure {
                    name,
                    is_packed: false,
                    error,
                });
            }
        };
        let mut head = Vec::new();
        let read = read_head(&mut rest, &mut head, &options);
        let is_packed = rest.is_packed();
        let opened = Self {
            name,
            head,
            rest,
            size: size.filter(|_| !is_packed).unwrap_or(0),
            options,
            selection,
            texts: text_store(leaves_from, plain, size, is_packed),
            wants_ahead: leaves_from.filter(|_| size.is_none()).unwrap_or(0),
            ahead: ReadAhead::default(),
            prints,
            chunk_size,
        };
        match read {
            Ok(()) => Ok(opened),
            Err(error) => Err(opened.failure(error)),
        }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn recognise(&self) -> Recognition {
        recognise::by_head(&self.name, &self.head, &self.options)
    }

    /// The format of the table that the file is.
    pub fn log_format(&self) -> Option<LogFormat> {
        let mut head = self.head.clone();
        if begins_journal(&head) {
            let mut read = Vec::new();
            if JournalReader::new(head.as_slice())
                .read_to_end(&mut read)
                .is_ok()
            {
                head = read;
            }
        }
        let text = SourceText::from_bytes(self.name.clone(), head);
        LogFormat::recognise(&text, &self.options)
    }

    /// With all texts in columns.
    pub fn with_texts(self) -> Self {
        Self {
            texts: TextStore::Columns,
            ..self
        }
    }

    /// Checks that there is enough memory to read the file.
    ///
    /// # Errors
    /// The system does not give that much.
    pub fn with_memory(self, per_ten_bytes: u64) -> Result<Self, ReadFailure> {
        // Of a log whose rows are chosen, only some are kept.
        let size = if self.selection.is_some() {
            0
        } else {
            self.size
        };
        let per_ten_bytes = if self.texts.is_paged() {
            PAGED_PER_TEN_BYTES
        } else {
            per_ten_bytes
        };
        match memory::check(per_ten_bytes, size) {
            Ok(()) => Ok(self),
            Err(error) => Err(self.failure(error)),
        }
    }

    /// The whole text.
    pub fn text(self) -> Result<SourceText, ReadFailure> {
        self.text_watched(&Progress::default())
    }

    /// The whole text, with a progress that counts what comes of a source of unknown length.
    pub fn text_watched(mut self, progress: &Progress) -> Result<SourceText, ReadFailure> {
        if let Err(error) = self.rest.limit_to_places(self.size) {
            return Err(self.failure(error));
        }
        let mut bytes = mem::take(&mut self.head);
        let expected = usize::try_from(self.size).unwrap_or(0) + 1;
        bytes.reserve_exact(expected.saturating_sub(bytes.len()));
        progress.receive(bytes.len() as u64);
        let mut rest = ReceivedBytes(&mut self.rest, progress);
        match rest.read_to_end(&mut bytes) {
            Ok(_) => Ok(SourceText::from_bytes(self.name, bytes)),
            Err(error) => Err(self.failure(error)),
        }
    }

    /// Reads the file as a stream.
    pub fn decode(
        mut self,
        decode: Box<StreamDecoder>,
        file: FileId,
        progress: &Progress,
    ) -> Result<FileDraft, ReadFailure> {
        if let Err(error) = self.read_ahead(progress) {
            return Err(self.failure(error));
        }
        let is_chosen = self.selection.as_ref().is_some_and(|it| it.has_begun());
        let is_unlimited = is_chosen || self.texts.is_paged();
        if !is_unlimited && let Err(error) = self.rest.limit_to_places(self.size) {
            return Err(self.failure(error));
        }
        let read = decode(self.stream(progress), file, progress);
        read.map_err(|error| self.failure(error))
    }

    /// Keeps the texts of a pipe in columns, if it is short.
    fn read_ahead(&mut self, progress: &Progress) -> io::Result<()> {
        if !matches!(self.texts, TextStore::Blocks) || self.wants_ahead == 0 {
            return Ok(());
        }
        let mut rest = ReceivedBytes(&mut self.rest, progress);
        if !self.ahead.fill(&mut rest, self.wants_ahead)? {
            self.texts = TextStore::Columns;
        }
        Ok(())
    }

    fn slices(mut self, ranges: &[Range<usize>]) -> Result<Option<Vec<Vec<u8>>>, ReadFailure> {
        if WorkbookForm::of(&self.head).is_some() || begins_journal(&self.head) {
            return Ok(None);
        }
        let last = ranges.iter().map(|range| range.end).max().unwrap_or(0);
        let mut slices = vec![Vec::new(); ranges.len()];
        let progress = Progress::default();
        let mut stream = BufReader::new(self.stream(&progress).bytes);
        let (mut at, mut line) = (0, Vec::new());
        let read = loop {
            line.clear();
            match stream.read_until(b'\n', &mut line) {
                Ok(0) => break Ok(()),
                Ok(_) => {}
                Err(error) => break Err(error),
            }
            // Bytes that are not UTF-8 are replaced before places are numbered.
            let text = String::from_utf8_lossy(&line);
            for (range, slice) in ranges.iter().zip(&mut slices) {
                let start = range.start.max(at) - at;
                let end = range.end.min(at + text.len()).saturating_sub(at);
                slice.extend_from_slice(text.as_bytes().get(start..end).unwrap_or_default());
            }
            at += text.len();
            if at >= last {
                break Ok(());
            }
        };
        drop(stream);
        match read {
            Ok(()) => Ok(Some(slices)),
            Err(error) => Err(self.failure(error)),
        }
    }

    /// The bytes in UTF-8 without a byte order mark. Bytes that are not UTF-8 are passed on.
    fn stream<'s>(&'s mut self, progress: &'s Progress) -> LogStream<'s> {
        let head = mem::take(&mut self.head);
        let order = ByteOrder::of(&head);
        let marked = if head.starts_with(b"\xEF\xBB\xBF") {
            3
        } else {
            0
        };
        let texts = match mem::take(&mut self.texts) {
            TextStore::File(file) if order.is_none() => TextStore::File(file.starting_at(marked)),
            texts => texts.of_made_text(),
        };
        let mut head = Cursor::new(head);
        head.set_position(marked);
        let ahead = mem::take(&mut self.ahead);
        let bytes = head.chain(ahead).chain(self.rest.watched(progress));
        LogStream {
            name: &self.name,
            is_utf16: order.is_some(),
            damage: &[],
            options: self.options.clone(),
            selection: self.selection.as_deref(),
            texts,
            prints: self.prints.as_deref(),
            chunk_size: self.chunk_size,
            bytes: match order {
                Some(order) => Box::new(Utf16Reader::new(bytes, order)),
                None => Box::new(bytes),
            },
        }
    }

    /// Adds the name of the file to an error.
    fn failure(self, error: io::Error) -> ReadFailure {
        ReadFailure {
            is_packed: self.rest.is_packed(),
            name: self.name,
            error,
        }
    }
}
