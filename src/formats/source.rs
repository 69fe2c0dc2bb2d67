//! Where the bytes of a file come from.

use std::io::Read;

/// Where bytes come from.
pub type ByteSource<'r> = Box<dyn Read + Send + 'r>;
