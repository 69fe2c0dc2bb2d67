//! `dateline frame`: renders the screen after a sequence of keys, without a terminal.
//!
//! It runs the same program as the viewer, without its effects.

use std::io::Write;

use anyhow::Result;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use super::args::Frame;
use super::audience::check_audience;
use super::input;
use super::output;
use super::settings::{self, Effective};
use super::status::Status;
use crate::app::Message;
use crate::ui::screenshot::{self, Format};
use crate::ui::theme::{Look, Theme};

/// Prints the frame. Neither the environment nor the user's settings have a
/// say in it: the same arguments give the same bytes. A file with errors has one too, of all that could be read;
/// they go to standard error and to the status.
pub(super) fn run(args: &Frame, out: &mut dyn Write) -> Result<Status> {
    let opened = input::open(&args.files, &args.withholding)?;
    check_audience(&opened.timeline, args.audience.as_deref())?;
    let (width, height) = args.size;
    let settings = match &args.config {
        Some(file) => settings::named(file)?,
        None => Effective::default(),
    };
    let settings = settings.with_look(args.theme, args.ascii);
    let status = opened.report_errors(&mut output::errors())?;
    let (mut model, _) = settings.apply(opened.model(Size::new(width, height)));
    if !args.narrowing.apply(&mut model, &mut output::errors())? {
        return Ok(Status::Usage);
    }
    if let Some(audience) = &args.audience {
        crate::app::brief_for(&mut model, Some(audience));
    }
    for &input in &args.keys.0 {
        crate::app::run(&mut model, Message::Input(input));
    }
    let format = Format::from(args.format);
    let mut look = Look {
        depth: args.depth.into(),
        ..settings.look()
    };
    if format == Format::Roles {
        look.theme = Theme::Roles;
    }
    let area = Rect::from(((0, 0).into(), model.size()));
    let mut buffer = Buffer::empty(area);
    crate::ui::draw(&model, look, &mut buffer);
    out.write_all(screenshot::print(&buffer, format, look.theme).as_bytes())?;
    out.flush()?;
    Ok(status)
}
