//! `dateline lsp`: serves an editor over standard input and output.

use std::io::{self, IsTerminal};

use anyhow::Result;

use super::status::{CommandError, ExitStatus};
use crate::lsp::{ServerEnd, serve_stdio};

pub(super) fn run() -> Result<ExitStatus> {
    if io::stdin().is_terminal() {
        let error =
            CommandError::usage("`dateline lsp` is started by an editor, not in a terminal");
        return Err(error
            .hint("`dateline help editors` has the settings of editors")
            .into());
    }
    Ok(match serve_stdio() {
        ServerEnd::Orderly => ExitStatus::Fine,
        ServerEnd::Abrupt => ExitStatus::HungUp,
    })
}
