//! Fingerprints of files, which show whether a file still has the bytes that were read. The reader of the bytes
//! computes them.

use crate::diagnostic::FileId;

/// The length and a hash of a file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FileFingerprint {
    /// In bytes.
    pub len: u64,
    pub hash: u64,
}

/// The fingerprints of one reading, by the number of the file. `None` for a file that can be read only once, such as a
/// pipe.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadingFingerprints(pub Vec<Option<FileFingerprint>>);

impl ReadingFingerprints {
    pub fn of(&self, file: FileId) -> Option<FileFingerprint> {
        self.0.get(usize::from(file.0)).copied().flatten()
    }
}
