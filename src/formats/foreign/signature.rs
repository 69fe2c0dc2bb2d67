//! Formats that their first bytes show.

use crate::diagnostic::SourceText;

/// A format of files that dateline does not read.
pub(super) struct Signature {
    /// What the file is, with its article.
    pub name: &'static str,
    is_it: fn(&[u8]) -> bool,
    /// How to get a file that dateline reads.
    pub help: &'static str,
}

/// A file whose first bytes are not text, and that no row of [`SIGNATURES`] knows.
pub(super) static NOT_TEXT: Signature = Signature {
    name: "not text",
    is_it: |_| false,
    help: "export its events as CSV, with `datetime` and `message` in the first line",
};

/// Formats in which people receive evidence and tables.
static SIGNATURES: &[Signature] = &[
    Signature {
        name: "an Excel workbook",
        is_it: |head| is_zip(head) && has(head, b"xl/work"),
        help: "save the sheet of the timeline as CSV UTF-8, with `datetime` and `message` in the first line",
    },
    Signature {
        name: "a ZIP archive or an office document",
        is_it: is_zip,
        help: "save the sheet of a workbook as CSV UTF-8; unpack an archive, and open the file in it",
    },
    Signature {
        name: "an SQLite database",
        is_it: |head| head.starts_with(b"SQLite format 3\0"),
        help: "if it is a store of plaso, run `psort.py -o dynamic -w log.csv FILE`; export a table of any other as CSV",
    },
    Signature {
        name: "a Windows event log (EVTX)",
        is_it: |head| head.starts_with(b"ElfFile\0"),
        help: "run `hayabusa csv-timeline -f FILE -o log.csv`, or `log2timeline.py` and `psort.py -o dynamic`",
    },
    Signature {
        name: "a Parquet table",
        is_it: |head| head.starts_with(b"PAR1"),
        help: "write it as CSV, for example with DuckDB: `COPY (FROM 'FILE') TO 'log.csv'`",
    },
    Signature {
        name: "a pointer of Git LFS",
        is_it: |head| head.starts_with(b"version https://git-lfs"),
        help: "run `git lfs pull` to get the file itself",
    },
    Signature {
        name: "packed with bzip2",
        is_it: |head| head.starts_with(b"BZh") && head.get(4..10) == Some(b"1AY&SY"),
        help: "unpack it with `bunzip2`; dateline unpacks gzip and zstd",
    },
    Signature {
        name: "packed with xz",
        is_it: |head| head.starts_with(b"\xFD7zXZ\0"),
        help: "unpack it with `unxz`; dateline unpacks gzip and zstd",
    },
    Signature {
        name: "packed with lz4",
        is_it: |head| head.starts_with(b"\x04\x22\x4D\x18"),
        help: "unpack it with `unlz4`; dateline unpacks gzip and zstd",
    },
    Signature {
        name: "a 7z archive",
        is_it: |head| head.starts_with(b"7z\xBC\xAF\x27\x1C"),
        help: "unpack it with `7z x FILE`, and open the file in it",
    },
    Signature {
        name: "a RAR archive",
        is_it: |head| head.starts_with(b"Rar!\x1A\x07"),
        help: "unpack it with `unrar x FILE`, and open the file in it",
    },
    Signature {
        name: "a tar archive",
        is_it: |head| head.get(257..262) == Some(b"ustar"),
        help: "unpack it with `tar xf FILE`, and open the file in it",
    },
    Signature {
        name: "a PDF document",
        is_it: |head| head.starts_with(b"%PDF-"),
        help: "write its events as a timeline in TOML; the document is a source of them",
    },
    Signature {
        name: "an office document of before 2007 (.xls, .doc or .msg)",
        is_it: |head| head.starts_with(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"),
        help: "save the sheet of the timeline as CSV UTF-8, with `datetime` and `message` in the first line",
    },
    Signature {
        name: "a capture of network packets",
        is_it: |head| {
            const MAGIC: [&[u8]; 4] = [
                b"\xD4\xC3\xB2\xA1",
                b"\xA1\xB2\xC3\xD4",
                b"\x4D\x3C\xB2\xA1",
                b"\x0A\x0D\x0D\x0A",
            ];
            MAGIC.iter().any(|magic| head.starts_with(magic))
        },
        help: "export what matters as CSV, for example with `tshark -T fields -E header=y -E separator=,`",
    },
    Signature {
        name: "a registry hive",
        is_it: |head| head.starts_with(b"regf"),
        help: "run `log2timeline.py` on it, then `psort.py -o dynamic -w log.csv`",
    },
    Signature {
        name: "a disk image (E01)",
        is_it: |head| head.starts_with(b"EVF\x09\x0D\x0A\xFF\0"),
        help: "run `log2timeline.py` on it, then `psort.py -o dynamic -w log.csv`",
    },
    Signature {
        name: "a program",
        is_it: |head| head.starts_with(b"\x7FELF") || (head.starts_with(b"MZ") && has_nul(head)),
        help: "name the timeline or the log that you want to open",
    },
    Signature {
        name: "an image",
        is_it: |head| head.starts_with(b"\x89PNG\r\n") || head.starts_with(b"\xFF\xD8\xFF"),
        help: "name the timeline or the log that you want to open",
    },
    Signature {
        name: "text as UTF-32",
        is_it: |head| head.starts_with(b"\xFF\xFE\0\0") || head.starts_with(b"\0\0\xFE\xFF"),
        help: "save the file as UTF-8",
    },
];

/// The format that the first bytes of a file show.
pub(super) fn known(head: &[u8]) -> Option<&'static Signature> {
    SIGNATURES.iter().find(|signature| (signature.is_it)(head))
}

/// How many bytes are enough to see that a file is not text.
const ENOUGH: usize = 1 << 10;

/// Whether the first kilobyte is not text: it has a NUL, or more control characters than any text.
///
/// Text in an encoding of one byte, such as Windows-1251, has many bytes that are not UTF-8, but few control characters.
pub(super) fn is_binary(head: &SourceText) -> bool {
    let first = head.slice(0..head.boundary(ENOUGH));
    let is_odd = |it: &char| it.is_control() && !matches!(it, '\n' | '\r' | '\t' | '\u{1b}');
    let is_damaged = |it: &char| *it == char::REPLACEMENT_CHARACTER;
    let share = |of: usize| of * 100 / first.chars().count().max(1);
    let odd = share(first.chars().filter(is_odd).count());
    let damaged = share(first.chars().filter(is_damaged).count());
    has_nul(first.as_bytes()) || odd > 10 || (odd > 5 && damaged > 10)
}

fn has_nul(head: &[u8]) -> bool {
    head.iter().take(ENOUGH).any(|&byte| byte == 0)
}

fn is_zip(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06")
}

fn has(head: &[u8], word: &[u8]) -> bool {
    memchr::memmem::find(head, word).is_some()
}
