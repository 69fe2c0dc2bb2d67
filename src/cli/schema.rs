//! `dateline schema`: prints the JSON Schema of a timeline file.

use std::io::Write;

use anyhow::Result;

use super::status::ExitStatus;
use crate::formats;

pub(super) fn run(out: &mut dyn Write) -> Result<ExitStatus> {
    out.write_all(formats::json_schema().as_bytes())?;
    out.flush()?;
    Ok(ExitStatus::Fine)
}
