//! Fingerprints of files, taken while the files are read. They show later whether a file has changed.

use std::fmt;
use std::fs::File;
use std::hash::{BuildHasher, Hasher};
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result};
use foldhash::quality::FixedState;

use crate::app::reload::{FileFingerprint, ReadingFingerprints};
use crate::formats::{ByteSource, InputFile};

/// How many bytes are hashed at once. All blocks except the last have this size: equal bytes make equal blocks.
const BLOCK: u64 = 1 << 16;

/// Adds the next block to a fingerprint.
fn add_block(print: &mut FileFingerprint, block: &[u8]) {
    if block.is_empty() {
        return;
    }
    let mut hasher = FixedState::with_seed(print.hash).build_hasher();
    hasher.write(block);
    print.hash = hasher.finish();
    print.len += block.len() as u64;
}

/// Reads the next block; it is empty at the end.
fn next_block(source: &mut impl Read, block: &mut Vec<u8>) -> io::Result<()> {
    block.clear();
    source.take(BLOCK).read_to_end(block)?;
    Ok(())
}

/// The fingerprint of a file as it is now.
pub(super) fn fingerprint(path: &Path) -> Result<FileFingerprint> {
    let print = File::open(path).and_then(|mut file| {
        let mut print = FileFingerprint::default();
        let mut block = Vec::new();
        loop {
            next_block(&mut file, &mut block)?;
            add_block(&mut print, &block);
            if block.is_empty() {
                return Ok(print);
            }
        }
    });
    print.with_context(|| format!("`{}` cannot be read", path.display()))
}

/// The fingerprint of a marks file as it is now. A file that does not exist yet has the fingerprint of an empty one.
pub(super) fn fingerprint_of_marks(path: &Path) -> FileFingerprint {
    fingerprint(path).unwrap_or_default()
}

/// The bytes of a file that can be read only once.
pub(super) type KeptBytes = Arc<Vec<u8>>;

/// The trace of each file, by its number.
#[derive(Debug, Default)]
pub struct FileTraces {
    files: Vec<FileTrace>,
    /// For the marks files, which follow.
    marks: Vec<FileFingerprint>,
}

impl FileTraces {
    /// The fingerprints of the files that can be read again.
    pub(super) fn fingerprints(&self) -> ReadingFingerprints {
        let prints = self.files.iter().map(|trace| {
            let trace = trace.lock();
            trace.is_file.then_some(trace.print)
        });
        let marks = self.marks.iter().copied().map(Some);
        ReadingFingerprints(prints.chain(marks).collect())
    }

    /// Takes the fingerprints of marks files, before they are read.
    pub(super) fn trace_marks(&mut self, paths: &[PathBuf]) {
        self.marks = paths
            .iter()
            .map(|path| fingerprint_of_marks(path))
            .collect();
    }

    /// The bytes of the files that can be read only once, such as standard input. They are kept if any other file can
    /// be read again.
    pub(super) fn kept_bytes(&self) -> Vec<Option<KeptBytes>> {
        let kept = self.files.iter().map(|trace| {
            let trace = trace.lock();
            (!trace.is_file).then(|| Arc::clone(&trace.kept))
        });
        kept.collect()
    }

    /// The first bytes of the files that can be read only once.
    pub(super) fn heads(&self) -> Vec<Option<KeptBytes>> {
        let heads = self.files.iter().map(|trace| {
            let trace = trace.lock();
            (!trace.is_file).then(|| Arc::clone(&trace.head))
        });
        heads.collect()
    }
}

#[derive(Clone)]
struct FileTrace(Arc<Mutex<TraceState>>);

#[derive(Default)]
struct TraceState {
    print: FileFingerprint,
    is_file: bool,
    is_kept: bool,
    kept: KeptBytes,
    /// The first bytes of a file that can be read only once.
    head: KeptBytes,
}

impl fmt::Debug for FileTrace {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "FileTrace({:?})", self.lock().print)
    }
}

impl FileTrace {
    fn lock(&self) -> MutexGuard<'_, TraceState> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Files whose fingerprints are taken while they are read.
pub(super) struct TracedFiles<'r> {
    pub files: Vec<InputFile<'r>>,
    pub traces: FileTraces,
}

impl<'r> TracedFiles<'r> {
    pub fn new(files: Vec<InputFile<'r>>, paths: &[PathBuf]) -> Self {
        let is_file = |at: usize| paths.get(at).is_some_and(|path| path.is_file());
        let is_kept = (0..files.len()).any(is_file);
        let numbered = files.into_iter().enumerate();
        let (files, traces) = numbered
            .map(|(at, file)| {
                let state = TraceState {
                    is_file: is_file(at),
                    is_kept: is_kept && !is_file(at),
                    ..TraceState::default()
                };
                let trace = FileTrace(Arc::new(Mutex::new(state)));
                let left = trace.clone();
                let through = |source| -> ByteSource<'r> {
                    Box::new(TracingReader {
                        source,
                        block: Cursor::default(),
                        trace: left,
                    })
                };
                (file.through(through), trace)
            })
            .unzip();
        Self {
            files,
            traces: FileTraces {
                files: traces,
                marks: Vec::new(),
            },
        }
    }
}

/// Reads a file, and records its fingerprint.
struct TracingReader<'r> {
    source: ByteSource<'r>,
    block: Cursor<Vec<u8>>,
    trace: FileTrace,
}

impl Read for TracingReader<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.block.position() == self.block.get_ref().len() as u64 {
            next_block(&mut self.source, self.block.get_mut())?;
            self.block.set_position(0);
            let mut state = self.trace.lock();
            let block = self.block.get_ref();
            add_block(&mut state.print, block);
            if state.is_kept {
                Arc::make_mut(&mut state.kept).extend_from_slice(block);
            }
            if !state.is_file && state.head.is_empty() {
                state.head = Arc::new(block.clone());
            }
        }
        self.block.read(into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats;
    use crate::formats::progress::Progress;

    fn read(bytes: &[u8], path: &Path) -> ReadingFingerprints {
        let files = vec![InputFile::new("a.csv", Box::new(bytes), None)];
        let traced = TracedFiles::new(files, &[path.to_path_buf()]);
        let reading = formats::open_files(traced.files, &Progress::default());
        assert!(reading.is_ok());
        traced.traces.fingerprints()
    }

    #[test]
    fn a_changed_file_is_known_by_its_bytes_and_not_by_its_size() {
        let here = Path::new(file!());
        let text = b"datetime,message\n2021,first\n".repeat(9000);
        let mut other = text.clone();
        other[200_000] ^= 1;
        assert!(read(&text, here) == read(&text, here));
        assert!(read(&text, here) != read(&other, here));
        let print = fingerprint(&Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock"));
        let lock =
            std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.lock")).expect("a file");
        assert_eq!(print.expect("a file").len, lock.len() as u64);
    }
}
