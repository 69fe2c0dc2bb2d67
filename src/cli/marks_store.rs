//! Writes marks. The marks file is read again, the edits are applied to its present content, and a complete new file
//! takes its place. So two people on one file keep each other's marks, and a crash leaves the old file. Evidence is
//! never written to.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::file_replacement::{ReplacementFailure, create_file, replace_file};
use super::incoming::{incoming, name};
use super::marks_args::MarksFiles;
use super::report::clean;
use super::status::CommandError;
use crate::diagnostic::TextPlace;
use crate::formats::marks::{edited, row_print};
use crate::formats::{HEAD_BYTES, PackingFormat, is_binary};
use crate::timeline::{ItemEdit, MarkedItem, RowPrint};

/// How often the file may change while it is written.
const ATTEMPTS: usize = 5;

/// Writes edits into the first marks file of a timeline. `files`: the timeline's own. Returns the path of the marks
/// file.
///
/// # Errors
/// There is no such file, it cannot be written, or it is not a marks file. Then it is as it was.
pub fn save(marks: &MarksFiles, files: &[PathBuf], edits: &[ItemEdit]) -> Result<PathBuf> {
    let Some(path) = marks.paths.first() else {
        let error = CommandError::usage("no marks file to write to");
        return Err(error.hint("name one with `--marks FILE`").into());
    };
    let shown = clean(&name(path));
    let target = target(path).with_context(|| format!("cannot write `{shown}`"))?;
    let is_evidence = |file: &PathBuf| fs::canonicalize(file).is_ok_and(|file| file == target);
    if files.iter().any(is_evidence) {
        let message = format!("`{shown}` is a file of the timeline, which marks never change");
        return Err(CommandError::usage(message)
            .hint("name another file with `--marks`")
            .into());
    }
    let edits = with_prints(edits, files)?;
    for _ in 0..ATTEMPTS {
        if write(&target, &shown, &edits)? {
            return Ok(path.clone());
        }
    }
    let error = CommandError::system(format!("`{shown}` keeps changing while it is written"));
    Err(error.hint("try again").into())
}

/// Writes the edits into the file as it is now. Returns whether nothing changed it meanwhile.
fn write(target: &Path, shown: &str, edits: &[ItemEdit]) -> Result<bool> {
    let failure = || format!("cannot write `{shown}`");
    let before = content(target).with_context(failure)?;
    let text = before.clone().unwrap_or_default();
    let Ok(text) = String::from_utf8(text) else {
        let error = CommandError::system(format!("cannot write `{shown}`: it is not UTF-8"));
        return Err(error.hint("save it as UTF-8").into());
    };
    let new = edited(&text, edits).map_err(|why| {
        let (why, hint) = why.message();
        CommandError::system(format!("cannot write `{shown}`: {why}")).hint(hint)
    })?;
    if new == text {
        return Ok(true);
    }
    let written = match &before {
        Some(before) => replace_file(target, before, new.as_bytes()),
        None => create_file(target, new.as_bytes()),
    };
    match written {
        Ok(()) => Ok(true),
        Err(ReplacementFailure::Changed) => Ok(false),
        Err(ReplacementFailure::ReadOnly) => {
            let error = CommandError::system(format!("cannot write `{shown}`: it is read-only"));
            Err(error.hint("allow writing to it, and try again").into())
        }
        Err(ReplacementFailure::System(error)) if error.kind() == ErrorKind::PermissionDenied => {
            let error = CommandError::system(format!("cannot write `{shown}`: {error}"));
            Err(error
                .hint("name a file in another folder with `--marks`")
                .into())
        }
        Err(ReplacementFailure::System(error)) => Err(error).with_context(failure),
    }
}

/// The bytes of a file; `None` if it does not exist.
fn content(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        read => read.map(Some),
    }
}

/// The file itself, also behind a symbolic link: a new file in place of the link would end it.
fn target(path: &Path) -> io::Result<PathBuf> {
    match fs::canonicalize(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(fs::read_link(path).map_or_else(
            |_| path.to_owned(),
            |link| path.with_file_name("").join(link),
        )),
        found => found,
    }
}

/// The edits, with the prints of rows that have none yet.
fn with_prints(edits: &[ItemEdit], files: &[PathBuf]) -> Result<Vec<ItemEdit>> {
    let mut edits = edits.to_vec();
    for (number, file) in (0u16..).zip(files) {
        let needs_print = |edit: &&mut ItemEdit| {
            let lacks = matches!(edit.item, MarkedItem::Row { print: None, .. });
            lacks && edit.place.file.0 == number && file.as_os_str() != "-"
        };
        let mut rows: Vec<&mut ItemEdit> = edits.iter_mut().filter(needs_print).collect();
        if rows.is_empty() {
            continue;
        }
        let places: Vec<TextPlace> = rows.iter().map(|edit| edit.place).collect();
        for (edit, print) in rows.iter_mut().zip(prints(file, &places)?) {
            if let MarkedItem::Row { print: known, .. } = &mut edit.item {
                *known = print;
            }
        }
    }
    Ok(edits)
}

/// The prints of rows at some places of a file. Rows of a workbook have none.
fn prints(path: &Path, places: &[TextPlace]) -> Result<Vec<Option<RowPrint>>> {
    let direct: Vec<_> = places.iter().map(|place| direct(path, *place)).collect();
    if direct.iter().all(Option::is_some) {
        return Ok(direct);
    }
    let ranges: Vec<_> = places.iter().map(|place| place.range()).collect();
    let rows = incoming(path)?.slices(&ranges)?;
    Ok(match rows {
        Some(rows) => rows.iter().map(|row| Some(row_print(row))).collect(),
        None => vec![None; places.len()],
    })
}

/// The print of a row, read at its place. `None` unless the place has whole lines of plain text: the text then has to
/// be read from its beginning.
fn direct(path: &Path, place: TextPlace) -> Option<RowPrint> {
    let mut file = File::open(path).ok()?;
    let mut head = Vec::new();
    file.by_ref()
        .take(HEAD_BYTES as u64)
        .read_to_end(&mut head)
        .ok()?;
    let has_mark = [&b"\xEF\xBB\xBF"[..], b"\xFF\xFE", b"\xFE\xFF"];
    let is_marked = has_mark.iter().any(|mark| head.starts_with(mark));
    if is_marked || PackingFormat::of(&head).is_some() || is_binary(&head) {
        return None;
    }
    let before = usize::from(place.start() > 0);
    file.seek(SeekFrom::Start((place.start() - before) as u64))
        .ok()?;
    let length = before + place.end() - place.start() + 1;
    let mut bytes = Vec::new();
    file.take(length as u64).read_to_end(&mut bytes).ok()?;
    let is_begin = before == 0 || bytes.first() == Some(&b'\n');
    let row = bytes.get(before..before + place.end() - place.start())?;
    let next = bytes.get(before + row.len());
    let ends = |byte: Option<&u8>| byte.is_none_or(|byte| matches!(byte, b'\n' | b'\r'));
    let is_end = ends(next) || row.last().is_some_and(|last| ends(Some(last)));
    (is_begin && is_end && std::str::from_utf8(row).is_ok()).then(|| row_print(row))
}
