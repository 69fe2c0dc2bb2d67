//! Fingerprints of files: enough to say whether a file still has the bytes that were read.
//!
//! They are data here. Who reads the bytes computes them.

use crate::diagnostic::FileId;

/// Length and hash of the bytes of a file. Equal fingerprints mean equal bytes, as far as a hash can say so.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FileFingerprint {
    /// In bytes.
    pub len: u64,
    /// Of all the bytes.
    pub hash: u64,
}

/// The fingerprints of one reading, by the number of the file; `None` for a file that can be read only once, such
/// as a pipe: it never changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReadingFingerprints(pub Vec<Option<FileFingerprint>>);

impl ReadingFingerprints {
    /// The fingerprint of a file, if it can be read again.
    pub fn of(&self, file: FileId) -> Option<FileFingerprint> {
        self.0.get(usize::from(file.0)).copied().flatten()
    }
}
