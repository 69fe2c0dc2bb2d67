//! The `dateline` command.

#![allow(
    clippy::disallowed_methods,
    reason = "the arguments come from the outside"
)]

use std::process::ExitCode;

fn main() -> ExitCode {
    dateline::cli::run(std::env::args_os())
}
