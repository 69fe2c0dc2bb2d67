//! Why a workbook cannot be read.

use std::error::Error;
use std::io;

use crate::formats::zip::{PartsTooLarge, ZipFault};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WorkbookFault {
    Damaged,
    Encrypted,
    /// Its cells have more text than is read.
    TooLarge,
    /// Another document in the same container, or a workbook in a form that is not read.
    Other(OtherDocument),
}

/// What a container holds if not a workbook that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OtherDocument {
    /// A document of before 2007 that is not a workbook.
    OldOffice,
    /// A workbook of Excel 95 or before.
    OldWorkbook,
    /// A binary workbook (XLSB).
    BinaryWorkbook,
}

impl From<quick_xml::Error> for WorkbookFault {
    fn from(error: quick_xml::Error) -> Self {
        match error {
            quick_xml::Error::Io(error) => Self::of_io(&error),
            _ => Self::Damaged,
        }
    }
}

impl From<ZipFault> for WorkbookFault {
    fn from(fault: ZipFault) -> Self {
        match fault {
            ZipFault::Locked => Self::Encrypted,
            ZipFault::Damaged | ZipFault::Missing => Self::Damaged,
        }
    }
}

impl WorkbookFault {
    fn of_io(error: &io::Error) -> Self {
        let inner: Option<&(dyn Error + Send + Sync)> = error.get_ref();
        match inner {
            Some(inner) if inner.is::<PartsTooLarge>() => Self::TooLarge,
            _ => Self::Damaged,
        }
    }
}
