//! A file as it is in a commit, from git.
//!
//! The network is never used: an environment variable keeps git from fetching what a partial clone lacks. Git runs no
//! other program: the blob is read without filters.

use std::ffi::OsString;
use std::io::ErrorKind;
use std::path::Path;
use std::process::Command;

use anyhow::Result;

use super::input;
use super::status::CommandError;

/// The last commit.
pub(super) const HEAD: &str = "HEAD";

/// The bytes of a file in a revision.
pub(super) fn committed(file: &Path, revision: &str) -> Result<Vec<u8>> {
    let name = input::name(file);
    let Some(base) = file.file_name().filter(|_| file.as_os_str() != "-") else {
        let error = CommandError::usage(format!("`{name}` has no earlier version"));
        return Err(error
            .hint("name two files, or a file in a git repository")
            .into());
    };
    if revision.starts_with('-') || revision.is_empty() {
        return Err(CommandError::usage(format!("`{revision}` cannot be a revision")).into());
    }
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let mut blob = OsString::from(format!("{revision}:./"));
    blob.push(base);
    let done = Command::new("git")
        .arg("-C")
        .arg(folder.unwrap_or_else(|| Path::new(".")))
        .args(["cat-file", "blob"])
        .arg(&blob)
        .env("LC_ALL", "C")
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .output();
    let done = match done {
        Ok(done) => done,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            let error = CommandError::system("git was not found");
            return Err(error.hint("install git, or name two files").into());
        }
        Err(error) => {
            return Err(CommandError::system(format!("git cannot be run: {error}")).into());
        }
    };
    if done.status.success() {
        return Ok(done.stdout);
    }
    Err(refusal(&name, revision, &String::from_utf8_lossy(&done.stderr)).into())
}

/// A refusal of git as an error of dateline, with its remedy.
fn refusal(file: &str, revision: &str, said: &str) -> CommandError {
    let says = |part: &str| said.contains(part);
    if says("dubious ownership") {
        let error =
            CommandError::system("git does not trust the folder: it belongs to another user");
        error.hint("`git config --global --add safe.directory` makes git trust it")
    } else if says("not a git repository") {
        let error = CommandError::system(format!("`{file}` is not in a git repository"));
        error.hint("name two files: dateline diff OLD NEW")
    } else if says("exists on disk, but not in") {
        let error = CommandError::system(format!("`{file}` was not yet in {revision}"));
        error.hint("`git log --follow` shows the commits that have it")
    } else if says("does not exist in") {
        CommandError::system(format!("{revision} has no file `{file}`"))
    } else if says("invalid object name")
        || says("Not a valid object name")
        || says("unknown revision")
    {
        let error = CommandError::system(format!("the repository has no revision `{revision}`"));
        error.hint("a commit, a branch or a tag is a revision, such as HEAD~1")
    } else if says("missing") || says("promisor") || says("bad file") {
        let error = CommandError::system(format!(
            "this clone lacks the version of `{file}` in {revision}"
        ));
        error.hint("`git fetch` gets it; dateline never uses the network")
    } else {
        let first = said.lines().next().unwrap_or("it gave no reason");
        let first = first.strip_prefix("fatal: ").unwrap_or(first);
        CommandError::system(format!("git refused: {first}"))
    }
}
