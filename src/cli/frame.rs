//! `dateline frame`: renders the screen after a sequence of keys, without a terminal.
//!
//! It runs the same program as the viewer, without its effects.

use std::io::Write;
use std::sync::Arc;

use anyhow::Result;
use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};

use super::args::FrameArgs;
use super::audience::check_audience;
use super::brief::no_scenes;
use super::engine_query;
use super::filter_args;
use super::input;
use super::output;
use super::settings::{self, EffectiveSettings};
use super::status::ExitStatus;
use crate::app::input::key::UserInput;
use crate::app::model::Model;
use crate::app::screen::{PresenterPresence, PresenterReport, PublishedStatus};
use crate::app::{Effect, Message};
use crate::formats::progress::Progress;
use crate::ui::screenshot::{self, ScreenshotFormat};
use crate::ui::theme::{ScreenAppearance, Theme};

/// Prints the frame. It depends on the arguments alone, not on the environment or the user's settings: the same
/// arguments give the same bytes. If a file has errors, the frame shows everything else, and standard error has their
/// number.
pub(super) fn run(args: &FrameArgs, out: &mut dyn Write) -> Result<ExitStatus> {
    let mut opened = input::open_to_view(&args.files, &args.withholding, &Progress::default())?;
    if let Some(earlier) = args.baseline.scene(&args.files, &opened)? {
        earlier.add_scene(&mut opened, &args.withholding)?;
    }
    let audience = args.audience.as_deref();
    check_audience(&opened.timeline, audience)?;
    if args.follow.is_some() && opened.timeline.scenes().is_empty() {
        return Err(no_scenes(&opened.timeline).into());
    }
    let (width, height) = args.size;
    let settings = match &args.config {
        Some(file) => settings::named(file)?,
        None => EffectiveSettings::default(),
    };
    let settings = settings.with_appearance(args.theme, args.ascii);
    let status = opened.report_errors(&mut output::errors())?;
    let writer = engine_query::writer(&args.files, &args.withholding, &opened.traces);
    let (mut model, _) = settings.apply(opened.model(Size::new(width, height)));
    model.set_query_writer(writer);
    if let Some(baseline) = args.baseline.read(&args.files, &args.withholding)? {
        crate::app::compare_with(&mut model, baseline);
    }
    let is_piped = filter_args::is_piped(&args.files);
    if !args
        .narrowing
        .apply(&mut model, is_piped, &mut output::errors())?
    {
        return Ok(ExitStatus::Usage);
    }
    if let Some(keys) = &args.follow {
        follow(&mut model, audience, &keys.0, args.elapsed);
    } else if audience.is_some() {
        crate::app::brief_for(&mut model, audience);
    }
    for &input in &args.keys.0 {
        for input in crate::ui::inputs(&model, input) {
            crate::app::run(&mut model, Message::Input(input));
        }
    }
    let format = ScreenshotFormat::from(args.format);
    let mut appearance = ScreenAppearance {
        depth: args.depth.into(),
        ..settings.appearance()
    };
    if format == ScreenshotFormat::Roles {
        appearance.theme = Theme::Roles;
    }
    let appearance = crate::ui::with_chosen_theme(&model, appearance);
    let area = Rect::from(((0, 0).into(), model.size()));
    let mut buffer = Buffer::empty(area);
    crate::ui::draw(&model, appearance, &mut buffer);
    out.write_all(screenshot::print(&buffer, format, appearance.theme).as_bytes())?;
    out.flush()?;
    Ok(status)
}

/// Opens the screen of a follower, some milliseconds after a presenter has pressed keys in `dateline brief`.
fn follow(model: &mut Model, audience: Option<&str>, keys: &[UserInput], elapsed: u64) {
    let timeline = Arc::clone(model.timeline());
    let mut presenter = crate::app::open(timeline, Vec::new(), model.size());
    presenter.set_keymap(model.keymap().clone());
    let mut effects = crate::app::open_briefing(&mut presenter, audience);
    for &input in keys {
        effects.extend(crate::app::run(&mut presenter, Message::Input(input)));
    }
    let published = effects.into_iter().rev().find_map(|effect| match effect {
        Effect::PublishStatus(status) => Some(PublishedStatus {
            status,
            published_at: 0,
            presence: PresenterPresence::Present,
            has_restarted: false,
            takes_steps: false,
        }),
        _ => None,
    });
    crate::app::open_follower(model, audience);
    crate::app::run(model, Message::Time(elapsed));
    let report = published.map_or(PresenterReport::Absent, PresenterReport::Published);
    crate::app::run(model, Message::Presenter(report));
}
