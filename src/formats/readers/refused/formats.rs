//! The formats of other programs that dateline recognises and does not read, as a table: how each is recognised, and how
//! to get a file that dateline reads.

use super::bytes::{has_nul, is_zip};
use super::lines::{FirstLines, is_markwhen_entry};

/// A format that dateline does not read.
pub(super) struct RefusedFormat {
    /// What the file is, with its article.
    pub name: &'static str,
    pub sign: FormatSign,
    /// How to get a file that dateline reads.
    pub help: &'static str,
}

/// How a format is recognised, before any reader is asked.
pub(super) enum FormatSign {
    Bytes(fn(&[u8]) -> bool),
    Lines(fn(&FirstLines<'_>) -> bool),
}

/// Every such format, in the order in which they are tried: of two that fit, the first is named.
pub(super) static REFUSED_FORMATS: &[RefusedFormat] = &[
    RefusedFormat {
        name: "a ZIP archive or an office document",
        sign: FormatSign::Bytes(is_zip),
        help: "unpack an archive, and open the file in it; save a spreadsheet as XLSX or ODS",
    },
    RefusedFormat {
        name: "an SQLite database",
        sign: FormatSign::Bytes(|head| head.starts_with(b"SQLite format 3\0")),
        help: "if it is a store of plaso, run `psort.py -o dynamic -w log.csv FILE`; export a table of any other as CSV",
    },
    RefusedFormat {
        name: "a Windows event log (EVTX)",
        sign: FormatSign::Bytes(|head| head.starts_with(b"ElfFile\0")),
        help: "run `hayabusa csv-timeline -f FILE -o log.csv`, or `log2timeline.py` and `psort.py -o dynamic`",
    },
    RefusedFormat {
        name: "a Parquet table",
        sign: FormatSign::Bytes(|head| head.starts_with(b"PAR1")),
        help: "write it as CSV, for example with DuckDB: `COPY (FROM 'FILE') TO 'log.csv'`",
    },
    RefusedFormat {
        name: "a pointer of Git LFS",
        sign: FormatSign::Bytes(|head| head.starts_with(b"version https://git-lfs")),
        help: "run `git lfs pull` to get the file itself",
    },
    RefusedFormat {
        name: "packed with bzip2",
        sign: FormatSign::Bytes(|head| {
            head.starts_with(b"BZh") && head.get(4..10) == Some(b"1AY&SY")
        }),
        help: "unpack it with `bunzip2`; dateline unpacks gzip and zstd",
    },
    RefusedFormat {
        name: "packed with xz",
        sign: FormatSign::Bytes(|head| head.starts_with(b"\xFD7zXZ\0")),
        help: "unpack it with `unxz`; dateline unpacks gzip and zstd",
    },
    RefusedFormat {
        name: "packed with lz4",
        sign: FormatSign::Bytes(|head| head.starts_with(b"\x04\x22\x4D\x18")),
        help: "unpack it with `unlz4`; dateline unpacks gzip and zstd",
    },
    RefusedFormat {
        name: "a 7z archive",
        sign: FormatSign::Bytes(|head| head.starts_with(b"7z\xBC\xAF\x27\x1C")),
        help: "unpack it with `7z x FILE`, and open the file in it",
    },
    RefusedFormat {
        name: "a RAR archive",
        sign: FormatSign::Bytes(|head| head.starts_with(b"Rar!\x1A\x07")),
        help: "unpack it with `unrar x FILE`, and open the file in it",
    },
    RefusedFormat {
        name: "a tar archive",
        sign: FormatSign::Bytes(|head| head.get(257..262) == Some(b"ustar")),
        help: "unpack it with `tar xf FILE`, and open the file in it",
    },
    RefusedFormat {
        name: "a PDF document",
        sign: FormatSign::Bytes(|head| head.starts_with(b"%PDF-")),
        help: "write its events as a timeline in TOML; the document is a source of them",
    },
    RefusedFormat {
        name: "a capture of network packets",
        sign: FormatSign::Bytes(|head| {
            const MAGIC: [&[u8]; 4] = [
                b"\xD4\xC3\xB2\xA1",
                b"\xA1\xB2\xC3\xD4",
                b"\x4D\x3C\xB2\xA1",
                b"\x0A\x0D\x0D\x0A",
            ];
            MAGIC.iter().any(|magic| head.starts_with(magic))
        }),
        help: "export what matters as CSV, for example with `tshark -T fields -E header=y -E separator=,`",
    },
    RefusedFormat {
        name: "a registry hive",
        sign: FormatSign::Bytes(|head| head.starts_with(b"regf")),
        help: "run `log2timeline.py` on it, then `psort.py -o dynamic -w log.csv`",
    },
    RefusedFormat {
        name: "a disk image (E01)",
        sign: FormatSign::Bytes(|head| head.starts_with(b"EVF\x09\x0D\x0A\xFF\0")),
        help: "run `log2timeline.py` on it, then `psort.py -o dynamic -w log.csv`",
    },
    RefusedFormat {
        name: "a program",
        sign: FormatSign::Bytes(|head| {
            head.starts_with(b"\x7FELF") || (head.starts_with(b"MZ") && has_nul(head))
        }),
        help: "name the timeline or the log that you want to open",
    },
    RefusedFormat {
        name: "an image",
        sign: FormatSign::Bytes(|head| {
            head.starts_with(b"\x89PNG\r\n") || head.starts_with(b"\xFF\xD8\xFF")
        }),
        help: "name the timeline or the log that you want to open",
    },
    RefusedFormat {
        name: "text as UTF-32",
        sign: FormatSign::Bytes(|head| {
            head.starts_with(b"\xFF\xFE\0\0") || head.starts_with(b"\0\0\xFE\xFF")
        }),
        help: "save the file as UTF-8",
    },
    RefusedFormat {
        name: "a calendar (ICS)",
        sign: FormatSign::Lines(|lines| lines.begin("BEGIN:VCALENDAR")),
        help: "write each `DTSTART` and `SUMMARY` as a row of CSV below the line `datetime,message`",
    },
    RefusedFormat {
        name: "an HTML page",
        sign: FormatSign::Lines(|lines| lines.begin("<!DOCTYPE html") || lines.begin("<html")),
        help: "write its events as a timeline in TOML; the page is a source of them",
    },
    RefusedFormat {
        name: "an XML document",
        sign: FormatSign::Lines(|lines| lines.begin("<?xml") || lines.is_element()),
        help: "export its events as CSV, with `datetime` and `message` in the first line",
    },
    RefusedFormat {
        name: "a YAML document, or a text with front matter",
        sign: FormatSign::Lines(|lines| lines.begin("%YAML") || lines.first_is("---")),
        help: "write a timeline in TOML: `[[events]]`, and below it `when = \"2021-08\"` and `title = \"What happened\"`",
    },
    RefusedFormat {
        name: "a text with front matter",
        sign: FormatSign::Lines(|lines| lines.first_is("+++")),
        help: "keep the part between the two `+++` if it is a timeline, and delete the rest",
    },
    RefusedFormat {
        name: "a private key or a signed message (PEM, PGP)",
        sign: FormatSign::Lines(|lines| lines.begin("-----BEGIN ")),
        help: "name the timeline or the log that you want to open",
    },
    RefusedFormat {
        name: "a diff",
        sign: FormatSign::Lines(|lines| lines.begin("diff --git ") || lines.begin("--- a/")),
        help: "apply it with `git apply`, and open the file that it changes",
    },
    RefusedFormat {
        name: "a timeline of markwhen",
        sign: FormatSign::Lines(|lines| {
            lines.all(|line| line.contains(": ")) && lines.any(is_markwhen_entry)
        }),
        help: "write each entry as `[[events]]`, with `when` and `title` below it",
    },
];

fn find(fits: impl Fn(&FormatSign) -> bool) -> Option<&'static RefusedFormat> {
    REFUSED_FORMATS.iter().find(|format| fits(&format.sign))
}

pub(super) fn of_bytes(head: &[u8]) -> Option<&'static RefusedFormat> {
    find(|sign| matches!(sign, FormatSign::Bytes(fits) if fits(head)))
}

pub(super) fn of_lines(lines: &FirstLines<'_>) -> Option<&'static RefusedFormat> {
    find(|sign| matches!(sign, FormatSign::Lines(fits) if fits(lines)))
}
