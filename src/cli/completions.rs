//! `dateline completions` and `dateline man`: what a shell and a reader of manuals want to know, from
//! the definition of the arguments itself.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use clap::CommandFactory;
use clap_complete::Shell;

use super::args::Args;
use super::new_file;
use super::status::Status;

/// Prints the completions for a shell.
pub(super) fn completions(shell: Shell, out: &mut dyn Write) -> Result<Status> {
    // The library gives up with a panic where nothing can be written any more; a vector takes all.
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "dateline", &mut script);
    out.write_all(&script)?;
    out.flush()?;
    Ok(Status::Fine)
}

/// Prints the page of the manual, or writes one for each subcommand into a folder.
pub(super) fn man(folder: Option<&Path>, out: &mut dyn Write) -> Result<Status> {
    let Some(folder) = folder else {
        clap_mangen::Man::new(manual()).render(out)?;
        out.flush()?;
        return Ok(Status::Fine);
    };
    let name = folder.display();
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make `{name}`"))?;
    let pages = pages()?;
    let mut written = Vec::new();
    for (page, text) in &pages {
        new_file::replace(&folder.join(page), text).with_context(|| match &written[..] {
            [] => "no page was written".to_owned(),
            written => format!("only these pages were written: {}", written.join(", ")),
        })?;
        written.push(page.as_str());
    }
    Ok(Status::Fine)
}

/// The page of the program and that of each subcommand, with the names of their files.
fn pages() -> Result<Vec<(String, Vec<u8>)>> {
    let mut program = manual();
    program.build();
    let commands = program.get_subcommands().filter(|it| !it.is_hide_set());
    let commands: Vec<clap::Command> = commands.chain([&program]).cloned().collect();
    let page = |command| {
        let man = clap_mangen::Man::new(command);
        let mut text = Vec::new();
        man.render(&mut text)?;
        Ok((man.get_filename(), text))
    };
    commands.into_iter().map(page).collect()
}

/// The command line without `dateline help`, which says what the manual says.
fn manual() -> clap::Command {
    Args::command().disable_help_subcommand(true)
}
