//! `dateline`: the viewer.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Result;

use super::input;
use super::status::Status;
use crate::app::model::Model;
use crate::terminal;
use crate::ui::theme::Theme;

/// Opens the viewer on the terminal.
pub(super) fn run(files: &[PathBuf], theme: Option<Theme>) -> Result<Status> {
    let opened = input::open(files)?;
    let problems = opened.problems();
    let model = Model::new(Arc::new(opened.timeline), problems, terminal::size()?);
    let theme = theme.unwrap_or_else(theme_of_environment);
    match terminal::run(model, theme)? {
        None => Ok(Status::Fine),
        Some(signal) => {
            end_by(signal)?;
            Ok(Status::System)
        }
    }
}

/// `NO_COLOR` (no-color.org) takes the colour away, and nothing else.
fn theme_of_environment() -> Theme {
    let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    if no_colour {
        Theme::Mono
    } else {
        Theme::default()
    }
}

/// Ends the way the signal would have ended the program, so that whoever sent it can tell.
#[cfg(unix)]
fn end_by(signal: i32) -> Result<()> {
    signal_hook::low_level::emulate_default_handler(signal)?;
    Ok(())
}

#[cfg(not(unix))]
fn end_by(_: i32) -> Result<()> {
    Ok(())
}
