//! Suggests the subcommand that the user probably meant by a word that dateline takes for a file.

use std::ffi::OsStr;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use clap::{Command, CommandFactory};

use super::args::CliArgs;
use super::status::CommandError;
use crate::diagnostic::nearest;

/// The error for a first file that does not exist, if its name is close to the name of a subcommand.
pub(super) fn missing_file(file: &Path) -> Option<CommandError> {
    let hint = hint(file.as_os_str())?;
    let error = fs::metadata(file).err()?;
    Some(CommandError::system(format!("cannot read `{}`: {error}", file.display())).hint(hint))
}

/// The hint for a word that is close to the name of a subcommand and is not the name of a file.
pub(super) fn hint(word: &OsStr) -> Option<String> {
    let name = word.to_str()?;
    let is_missing = fs::metadata(word).is_err_and(|it| it.kind() == ErrorKind::NotFound);
    if !is_missing || name.contains(['.', '/', '\\']) {
        return None;
    }
    let program = CliArgs::command();
    let meant = nearest(name, program.get_subcommands().map(Command::get_name))?;
    Some(format!("did you mean `dateline {meant}`?"))
}
