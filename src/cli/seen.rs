//! What is seen of files while they are read: enough to know whether they say something else later.

use std::fmt;
use std::fs::File;
use std::hash::{BuildHasher, Hasher};
use std::io::{self, Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Context, Result};
use foldhash::quality::FixedState;

use crate::formats::{Incoming, Source};

/// How many bytes are read and compared at once.
const BLOCK: u64 = 1 << 16;

/// What was seen of a file when it was read.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Seen {
    /// A file that can be read again.
    File(Fingerprint),
    /// Standard input and pipes give their bytes but once. They are kept if anything else can be read again.
    Once(Arc<Vec<u8>>),
}

/// What tells the bytes of a file from any others, as far as a number can: how many there are, and their hash.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Fingerprint {
    len: u64,
    hash: u64,
}

impl Fingerprint {
    /// Adds the next block. Each but the last has [`BLOCK`] bytes, so that the same bytes make the same blocks.
    fn add(&mut self, block: &[u8]) {
        if block.is_empty() {
            return;
        }
        let mut hasher = FixedState::with_seed(self.hash).build_hasher();
        hasher.write(block);
        self.hash = hasher.finish();
        self.len += block.len() as u64;
    }
}

/// Reads the next block; it is empty at the end.
fn next_block(source: &mut impl Read, block: &mut Vec<u8>) -> io::Result<()> {
    block.clear();
    source.take(BLOCK).read_to_end(block)?;
    Ok(())
}

/// What is seen of a file while it is read.
#[derive(Clone)]
pub struct Trace(Arc<Mutex<Traces>>);

#[derive(Default)]
struct Traces {
    print: Fingerprint,
    is_file: bool,
    is_kept: bool,
    kept: Arc<Vec<u8>>,
}

impl fmt::Debug for Trace {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Trace({:?})", self.lock().print)
    }
}

impl Trace {
    fn lock(&self) -> MutexGuard<'_, Traces> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What has been seen.
    pub(super) fn seen(&self) -> Seen {
        let traces = self.lock();
        if traces.is_file {
            Seen::File(traces.print)
        } else {
            Seen::Once(Arc::clone(&traces.kept))
        }
    }
}

/// Files that leave a trace when they are read.
pub(super) struct Traced<'r> {
    pub files: Vec<Incoming<'r>>,
    pub traces: Vec<Trace>,
}

impl<'r> Traced<'r> {
    /// Files, and the paths under which they were named.
    pub fn new(files: Vec<Incoming<'r>>, paths: &[PathBuf]) -> Self {
        let is_file = |at: usize| paths.get(at).is_some_and(|path| path.is_file());
        let is_kept = (0..files.len()).any(is_file);
        let numbered = files.into_iter().enumerate();
        let (files, traces) = numbered
            .map(|(at, file)| {
                let traces = Traces {
                    is_file: is_file(at),
                    is_kept: is_kept && !is_file(at),
                    ..Traces::default()
                };
                let trace = Trace(Arc::new(Mutex::new(traces)));
                let left = trace.clone();
                let through = |source| -> Source<'r> {
                    Box::new(Tracing {
                        source,
                        block: Cursor::default(),
                        trace: left,
                    })
                };
                (file.through(through), trace)
            })
            .unzip();
        Self { files, traces }
    }
}

/// Reads a file and leaves a trace.
struct Tracing<'r> {
    source: Source<'r>,
    block: Cursor<Vec<u8>>,
    trace: Trace,
}

impl Read for Tracing<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.block.position() == self.block.get_ref().len() as u64 {
            next_block(&mut self.source, self.block.get_mut())?;
            self.block.set_position(0);
            let mut traces = self.trace.lock();
            let block = self.block.get_ref();
            traces.print.add(block);
            if traces.is_kept {
                Arc::make_mut(&mut traces.kept).extend_from_slice(block);
            }
        }
        self.block.read(into)
    }
}

/// What tells the bytes of a file from any others.
pub(super) fn fingerprint(path: &Path) -> Result<Fingerprint> {
    let print = File::open(path).and_then(|mut file| {
        let mut print = Fingerprint::default();
        let mut block = Vec::new();
        loop {
            next_block(&mut file, &mut block)?;
            print.add(&block);
            if block.is_empty() {
                return Ok(print);
            }
        }
    });
    print.with_context(|| format!("`{}` cannot be read", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats;
    use crate::formats::progress::Progress;

    fn seen(bytes: &[u8], path: &Path) -> Seen {
        let files = vec![Incoming::new("a.csv", Box::new(bytes), None)];
        let traced = Traced::new(files, &[path.to_path_buf()]);
        let reading = formats::open_files(traced.files, &Progress::default());
        assert!(reading.is_ok());
        traced.traces[0].seen()
    }

    #[test]
    fn a_file_that_changed_is_known_by_its_bytes_and_not_by_their_number() {
        let here = Path::new(file!());
        let text = b"datetime,message\n2021,first\n".repeat(9000);
        let mut other = text.clone();
        other[200_000] ^= 1;
        assert!(seen(&text, here) == seen(&text, here));
        assert!(seen(&text, here) != seen(&other, here));
        let print = fingerprint(&Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.lock"));
        let lock =
            std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.lock")).expect("a file");
        assert_eq!(print.expect("a file").len, lock.len() as u64);
    }
}
