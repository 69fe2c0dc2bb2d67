//! A log that is read in each way: its texts in columns, left in its file, and packed in blocks.

use std::io::Cursor;
use std::sync::Arc;

use dateline::formats::progress::Progress;
use dateline::formats::{self, FileBytes, InputFile, OpenedTimeline, PlainFile};
use dateline::query::search::SearchPhrase;
use dateline::query::{Filter, Matches, QueryError, complete, facets};
use dateline::timeline::Event;

use super::description;
use super::streams::CHUNK_SIZE;

/// Reads logs in chunks of about a number of bytes.
fn open(inputs: Vec<InputFile<'_>>, chunk: usize) -> OpenedTimeline {
    let inputs = inputs.into_iter().map(|it| it.in_chunks_of(chunk));
    let opened = formats::open_files(inputs.collect(), &Progress::default());
    opened.unwrap_or_else(|it| panic!("{it}"))
}

fn columns_input(name: &str, bytes: &[u8]) -> InputFile<'static> {
    InputFile::new(name, Box::new(Cursor::new(bytes.to_vec())), None)
}

fn file_input(name: &str, bytes: &[u8], file: Arc<dyn FileBytes>) -> InputFile<'static> {
    let source = Box::new(Cursor::new(bytes.to_vec()));
    let input = InputFile::new(name, source, Some(bytes.len() as u64));
    input.at_any_place(PlainFile::new(file)).leaving_texts(0)
}

fn blocks_input(name: &str, bytes: &[u8]) -> InputFile<'static> {
    columns_input(name, bytes).leaving_texts(0)
}

pub fn in_columns(name: &str, bytes: &[u8]) -> OpenedTimeline {
    open(vec![columns_input(name, bytes)], CHUNK_SIZE)
}

pub fn in_file(name: &str, bytes: &[u8], file: Arc<dyn FileBytes>) -> OpenedTimeline {
    // What is shown does not depend on the chunks: they are others than in memory.
    open(vec![file_input(name, bytes, file)], CHUNK_SIZE / 2)
}

/// A log from a pipe or a packed file.
pub fn in_blocks(name: &str, bytes: &[u8]) -> OpenedTimeline {
    open(vec![blocks_input(name, bytes)], CHUNK_SIZE)
}

/// A log, read in each way.
pub struct AllWays {
    name: String,
    pub columns: OpenedTimeline,
    file: OpenedTimeline,
    blocks: OpenedTimeline,
}

impl AllWays {
    pub fn new(name: &str, bytes: &[u8]) -> Self {
        Self::of_logs(name, &[bytes], CHUNK_SIZE)
    }

    /// Several logs together. Those whose texts are not in columns are read in smaller chunks.
    pub fn of_logs(name: &str, logs: &[&[u8]], chunk: usize) -> Self {
        let each = |input: &dyn Fn(&[u8]) -> InputFile<'static>, chunk| {
            open(logs.iter().map(|bytes| input(bytes)).collect(), chunk)
        };
        let file = |bytes: &[u8]| file_input(name, bytes, Arc::new(bytes.to_vec()));
        Self {
            name: name.to_owned(),
            columns: each(&|bytes| columns_input(name, bytes), CHUNK_SIZE),
            file: each(&file, chunk / 2),
            blocks: each(&|bytes| blocks_input(name, bytes), chunk),
        }
    }

    #[track_caller]
    pub fn same<T: PartialEq + std::fmt::Debug>(
        &self,
        what: &str,
        of: impl Fn(&OpenedTimeline) -> T,
    ) {
        self.same_as(&of(&self.columns), what, of);
    }

    /// Compares what both logs whose texts are not in columns have with what is expected.
    #[track_caller]
    pub fn same_as<T: PartialEq + std::fmt::Debug>(
        &self,
        expected: &T,
        what: &str,
        of: impl Fn(&OpenedTimeline) -> T,
    ) {
        for (way, paged) in [("file", &self.file), ("blocks", &self.blocks)] {
            let paged = of(paged);
            assert!(
                *expected == paged,
                "{}, {way}: {what}\n{expected:?}\n{paged:?}",
                self.name
            );
        }
    }

    /// Whether the texts of events are not in columns, and were read again.
    pub fn is_paged(&self) -> bool {
        let pages = [&self.file, &self.blocks].map(|it| it.timeline.pages_in_memory());
        assert_eq!(pages[0], pages[1], "{}", self.name);
        pages[0] > 0
    }

    #[track_caller]
    pub fn same_events(&self) {
        self.same("events", |it| description(&it.timeline, &[]));
        self.same("findings", |it| it.findings.clone());
        let place = |event: Event<'_>| (event.place(), event.written().map(str::to_owned));
        self.same("places", |it| {
            it.timeline.events().map(place).collect::<Vec<_>>()
        });
        let names = |it: &OpenedTimeline| {
            let names = it.timeline.attribute_names().iter();
            let mut names: Vec<_> = names.map(|(_, name)| name.to_owned()).collect();
            names.sort();
            names
        };
        self.same("names", names);
    }

    /// The titles, summaries and values of attributes.
    pub fn texts(&self) -> impl Iterator<Item = &str> {
        self.columns.timeline.events().flat_map(|event| {
            let values = event.attributes().map(|(_, value)| value);
            [event.title(), event.summary()].into_iter().chain(values)
        })
    }

    /// The names and values of attributes.
    pub fn attributes(&self) -> Vec<(String, String)> {
        let events = self.columns.timeline.events();
        let pairs = events.flat_map(|event| event.attributes().collect::<Vec<_>>());
        pairs
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect()
    }

    /// Compares what a filter leaves, or the mistakes in it. Returns how many events it leaves.
    #[track_caller]
    pub fn same_matches(&self, filter: &str) -> usize {
        let expected = matches(&self.columns, filter);
        self.same_as(&expected, filter, |it| matches(it, filter));
        expected.map_or(0, |found| found.counts().surely)
    }

    /// Compares what a filter without mistakes leaves if it is parsed without reading files.
    #[track_caller]
    pub fn same_unread(&self, filter: &str) {
        let expected = matches(&self.columns, filter);
        if expected.is_ok() {
            self.same_as(&expected, filter, |it| {
                let unread = Filter::parse_unread(&it.timeline, filter);
                unread.map(|bound| bound.matches(&it.timeline))
            });
        }
    }

    /// Compares what is suggested at the end of a filter.
    #[track_caller]
    pub fn same_completion(&self, filter: &str) {
        self.same(filter, |it| complete(&it.timeline, filter, filter.len()));
    }

    /// Compares the facets of a filter.
    #[track_caller]
    pub fn same_facets(&self, filter: &str) {
        self.same(filter, |it| {
            let bound = Filter::parse(&it.timeline, filter).ok()?;
            Some(facets(&it.timeline, &bound))
        });
    }

    #[track_caller]
    pub fn same_answers(&self, filters: &[String]) {
        for (number, filter) in filters.iter().enumerate() {
            self.same_matches(filter);
            self.same_completion(filter);
            // Filters of one kind follow each other, and their facets are counted alike.
            if number % 3 == 0 {
                self.same_facets(filter);
            }
            if !filter.contains("attribute:") {
                self.same_hits(filter.trim_matches('"'));
            }
        }
    }

    /// Compares what a search finds, and in which parts of the events.
    #[track_caller]
    pub fn same_hits(&self, words: &str) {
        let Some(phrase) = SearchPhrase::new(words) else {
            return;
        };
        self.same(words, |it| {
            let found = phrase.events(&it.timeline);
            let parts = found
                .events()
                .take(50)
                .map(|(id, _)| phrase.part_of(it.timeline.event(id), &it.timeline));
            (parts.collect::<Vec<_>>(), found)
        });
    }
}

/// What a filter leaves, or the mistakes in it.
fn matches(opened: &OpenedTimeline, filter: &str) -> Result<Matches, Vec<QueryError>> {
    let bound = Filter::parse(&opened.timeline, filter)?;
    Ok(bound.matches(&opened.timeline))
}
