//! A source of bytes: a file, a pipe, memory, or a reader around one.

use std::io::Read;

pub type ByteSource<'r> = Box<dyn Read + Send + 'r>;
