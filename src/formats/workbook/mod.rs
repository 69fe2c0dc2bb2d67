//! Workbooks: the sheets that are timelines, and what else a workbook says about them.
//!
//! A sheet becomes a table of text, which the reader of logs takes as if it came from a file of its own. Two kinds are read
//! as a whole: those that dateline wrote, and spreadsheets of doom. Findings point to rows of sheets.

mod cell_findings;
pub(in crate::formats) mod columns;
mod doom;
mod draft;
mod fault;
mod number_format;
mod ods;
mod own;
mod serial_date;
mod sheet;
mod table;
mod workbook_text;
mod xls;
mod xlsx;
mod xml;

use std::io::{self, Read};

use self::doom::DoomWorkbook;
use self::draft::WorkbookDraft;
use self::fault::{OtherDocument, WorkbookFault};
use self::own::OwnWorkbook;
use self::sheet::{Sheet, TextBudget};
use super::log::LogStream;
use super::progress::Progress;
use super::readers::format_reader::FileDraft;
use super::readers::refused;
use super::zip::ZipArchive;
use crate::diagnostic::FileId;

/// The container of a workbook, by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::formats) enum WorkbookForm {
    /// XLSX and XLSM.
    OpenXml,
    /// ODS.
    OpenDocument,
    /// XLS, and workbooks that are encrypted.
    Compound,
}

impl WorkbookForm {
    /// `None` if the first bytes of a file are not those of a workbook.
    pub fn of(head: &[u8]) -> Option<Self> {
        const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
        const ODS: &[u8] = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet";
        const PARTS: [&[u8]; 5] = [
            b"xl/work",
            b"xl/styles",
            b"xl/theme",
            b"xl/sharedStrings",
            b"xl/_rels",
        ];
        if head.starts_with(COMPOUND) {
            return Some(Self::Compound);
        }
        if !head.starts_with(b"PK\x03\x04") {
            return None;
        }
        let has = |word| memchr::memmem::find(head, word).is_some();
        if has(ODS) {
            return Some(Self::OpenDocument);
        }
        PARTS.into_iter().any(has).then_some(Self::OpenXml)
    }

    /// Reads a workbook.
    ///
    /// # Errors
    /// The file cannot be read. Anything that is wrong in the workbook is a finding.
    pub fn read(
        self,
        mut stream: LogStream<'_>,
        file: FileId,
        progress: &Progress,
    ) -> io::Result<FileDraft> {
        let mut bytes = Vec::new();
        stream.bytes.read_to_end(&mut bytes)?;
        match self.sheets(&bytes) {
            Ok(sheets) => {
                drop(bytes);
                let is_mapped = stream.options.has_mapping();
                if let Some(own) = OwnWorkbook::of(&sheets).filter(|_| !is_mapped) {
                    return Ok(own.read(&sheets, stream.name, file, progress));
                }
                if let Some(doom) = DoomWorkbook::of(&sheets).filter(|_| !is_mapped) {
                    return Ok(doom.read(&sheets, stream.name, file));
                }
                WorkbookDraft::new(&stream, file).read(sheets, progress)
            }
            Err(fault) => Ok(refusal(fault, stream.name, file, &bytes)),
        }
    }

    fn sheets(self, bytes: &[u8]) -> Result<Vec<Sheet>, WorkbookFault> {
        let mut budget = TextBudget::new(bytes.len());
        match self {
            Self::OpenXml => xlsx::read(&ZipArchive::open(bytes)?, &mut budget),
            Self::OpenDocument => ods::read(&ZipArchive::open(bytes)?, &mut budget),
            Self::Compound => xls::read(bytes, &mut budget),
        }
    }
}

/// The only finding of a workbook that cannot be read.
fn refusal(fault: WorkbookFault, name: &str, file: FileId, bytes: &[u8]) -> FileDraft {
    let (what, help) = match fault {
        WorkbookFault::Encrypted => (
            "an encrypted workbook",
            "open it with its password in a spreadsheet program, and save a copy without one",
        ),
        WorkbookFault::Damaged => (
            "a damaged workbook",
            "fetch it again, or open it in a spreadsheet program and save it again",
        ),
        WorkbookFault::TooLarge => (
            "a workbook with more text than fits in its size",
            "save the sheet of the timeline as CSV UTF-8, and open that",
        ),
        WorkbookFault::Other(OtherDocument::OldOffice) => (
            "an office document of before 2007 (.doc, .ppt or .msg)",
            "write its events as a timeline in TOML; the document is a source of them",
        ),
        WorkbookFault::Other(OtherDocument::OldWorkbook) => (
            "an Excel workbook of before 1997",
            "save it as XLSX in a spreadsheet program, or run `soffice --convert-to xlsx FILE`",
        ),
        WorkbookFault::Other(OtherDocument::BinaryWorkbook) => (
            "a binary workbook (XLSB)",
            "save it as XLSX in a spreadsheet program, or run `soffice --convert-to xlsx FILE`",
        ),
    };
    let refused = refused::document(name, bytes, what, help);
    FileDraft {
        findings: vec![refused.finding(file)],
        text: Some(refused.into_text()),
        is_refused: true,
        ..FileDraft::default()
    }
}
