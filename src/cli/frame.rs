//! `dateline frame`: renders the screen after a sequence of keys, without a terminal.
//!
//! It runs the same program as the viewer, without its effects.

use std::io::Write;

use anyhow::Result;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use super::args::FrameArgs;
use super::audience::check_audience;
use super::input;
use super::output;
use super::settings::{self, EffectiveSettings};
use super::status::ExitStatus;
use crate::app::Message;
use crate::ui::screenshot::{self, ScreenshotFormat};
use crate::ui::theme::{ScreenAppearance, Theme};

/// Prints the frame. It depends on the arguments alone, not on the environment or the user's settings: the same arguments
/// give the same bytes. If a file has errors, the frame shows everything else, and standard error has their number.
pub(super) fn run(args: &FrameArgs, out: &mut dyn Write) -> Result<ExitStatus> {
    let opened = input::open(&args.files, &args.withholding)?;
    check_audience(&opened.timeline, args.audience.as_deref())?;
    let (width, height) = args.size;
    let settings = match &args.config {
        Some(file) => settings::named(file)?,
        None => EffectiveSettings::default(),
    };
    let settings = settings.with_appearance(args.theme, args.ascii);
    let status = opened.report_errors(&mut output::errors())?;
    let (mut model, _) = settings.apply(opened.model(Size::new(width, height)));
    if !args.narrowing.apply(&mut model, &mut output::errors())? {
        return Ok(ExitStatus::Usage);
    }
    if let Some(audience) = &args.audience {
        crate::app::brief_for(&mut model, Some(audience));
    }
    for &input in &args.keys.0 {
        crate::app::run(&mut model, Message::Input(input));
    }
    let format = ScreenshotFormat::from(args.format);
    let mut appearance = ScreenAppearance {
        depth: args.depth.into(),
        ..settings.appearance()
    };
    if format == ScreenshotFormat::Roles {
        appearance.theme = Theme::Roles;
    }
    let area = Rect::from(((0, 0).into(), model.size()));
    let mut buffer = Buffer::empty(area);
    crate::ui::draw(&model, appearance, &mut buffer);
    out.write_all(screenshot::print(&buffer, format, appearance.theme).as_bytes())?;
    out.flush()?;
    Ok(status)
}
