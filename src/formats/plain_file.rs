//! A file that can be read at any place: not a pipe, and not packed.

use std::fmt;
use std::fs::File;
use std::io;
use std::sync::Arc;

/// Bytes at any place of a file, which may change meanwhile.
pub trait FileBytes: Send + Sync {
    /// Reads from an offset on, as much as fits and is there. Returns the number of bytes.
    ///
    /// # Errors
    /// Those of the system.
    fn read_at(&self, into: &mut [u8], offset: u64) -> io::Result<usize>;
}

impl FileBytes for File {
    #[cfg(unix)]
    fn read_at(&self, into: &mut [u8], offset: u64) -> io::Result<usize> {
        std::os::unix::fs::FileExt::read_at(self, into, offset)
    }

    #[cfg(windows)]
    fn read_at(&self, into: &mut [u8], offset: u64) -> io::Result<usize> {
        std::os::windows::fs::FileExt::seek_read(self, into, offset)
    }

    #[cfg(not(any(unix, windows)))]
    fn read_at(&self, _: &mut [u8], _: u64) -> io::Result<usize> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

impl FileBytes for Vec<u8> {
    fn read_at(&self, into: &mut [u8], offset: u64) -> io::Result<usize> {
        let from = usize::try_from(offset).ok().and_then(|at| self.get(at..));
        let from = from.unwrap_or_default();
        let read = from.len().min(into.len());
        into[..read].copy_from_slice(&from[..read]);
        Ok(read)
    }
}

/// A file whose text stays where it is.
#[derive(Clone)]
pub struct PlainFile {
    bytes: Arc<dyn FileBytes>,
    /// Where the text begins, behind a byte order mark.
    start: u64,
}

impl fmt::Debug for PlainFile {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("PlainFile").finish_non_exhaustive()
    }
}

impl PlainFile {
    pub fn new(bytes: Arc<dyn FileBytes>) -> Self {
        Self { bytes, start: 0 }
    }

    /// The same file, whose text begins later.
    pub(super) fn starting_at(self, start: u64) -> Self {
        Self { start, ..self }
    }

    /// Fills a buffer with the text from an offset on; `None` if there is less now.
    pub(super) fn read(&self, mut into: &mut [u8], offset: u64) -> Option<()> {
        let mut at = self.start + offset;
        while !into.is_empty() {
            match self.bytes.read_at(into, at) {
                Ok(0) => return None,
                Ok(read) => {
                    into = into.get_mut(read..)?;
                    at += read as u64;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => return None,
            }
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_at_any_place_and_never_beyond_its_end() {
        let file = PlainFile::new(Arc::new(b"\xEF\xBB\xBFabcdef".to_vec())).starting_at(3);
        let mut read = [0; 3];
        assert_eq!(file.read(&mut read, 2), Some(()));
        assert_eq!(&read, b"cde");
        assert_eq!(file.read(&mut read, 4), None);
        assert_eq!(file.read(&mut read, u64::from(u32::MAX) + 9), None);
    }
}
