//! A scene of a briefing: its title, what the room hears, and its view or what is revealed of its event.

use ratatui::layout::Rect;

use super::{list, page};
use crate::app::model::Model;
use crate::app::screen::SceneScreen;
use crate::app::screen::scene_layout::{SceneLayout, TitleSize};
use crate::document::Role;
use crate::text::width;
use crate::ui::paint::{Painter, row};
use crate::ui::widget;

pub(in crate::ui) fn draw(painter: &mut Painter<'_>, model: &Model, scene: &SceneScreen) {
    let layout = &scene.layout;
    painter.select(layout.title);
    title(painter, layout);
    let last = usize::from(layout.words.height).saturating_sub(1);
    for (index, line) in (0..layout.words.height).zip(&layout.say) {
        let is_cut = usize::from(index) == last && layout.say.len() > last + 1;
        let line = if is_cut {
            format!("{line} …")
        } else {
            line.clone()
        };
        painter.clipped(row(layout.words, index), &line, Role::Text);
    }
    remark(painter, model, scene, layout.remark);
    if let Some(layers) = &scene.layers {
        event(painter, model, scene, layout.list);
        page::lines(painter, model, layers, layout.layers, false);
    } else {
        if let Some(overview) = &scene.timeline.overview {
            let lanes = &scene.timeline.lanes;
            let marks = widget::OverviewMarks::of(model);
            widget::overview(painter, overview, lanes, marks, layout.overview);
        }
        list::draw(painter, model, &scene.timeline, layout.head, layout.list);
    }
    progress(painter, model, scene, layout.progress);
}

/// How the event of the scene differs from an earlier version, if there is room.
fn remark(painter: &mut Painter<'_>, model: &Model, scene: &SceneScreen, line: Rect) {
    let timeline = model.timeline();
    let briefing = model.briefing();
    let shown = briefing.and_then(|briefing| briefing.scene(timeline, scene.at));
    let event = shown.and_then(|shown| scene.timeline.active_filter.event_of(shown));
    let remark = event.and_then(|event| timeline.remark(event));
    painter.clipped(line, remark.unwrap_or_default(), Role::Quiet);
}

/// The title, as large as the room for it.
fn title(painter: &mut Painter<'_>, layout: &SceneLayout) {
    let lines = &layout.title_lines;
    match layout.title_size {
        TitleSize::Plain => plain_title(painter, lines.iter().map(String::as_str), layout.title),
        // Large letters are made of blocks, which ASCII does not have.
        TitleSize::Large if painter.is_ascii() => {
            let longest = lines.iter().map(|line| width(line)).max().unwrap_or(0);
            let underline = "=".repeat(longest);
            let lines = lines.iter().map(String::as_str).chain([underline.as_str()]);
            let count = u16::try_from(layout.title_lines.len()).unwrap_or(u16::MAX);
            let above = layout.title.height.saturating_sub(count.saturating_add(1)) / 2;
            let below = layout.title.rows().skip(usize::from(above));
            let room = below.reduce(Rect::union).unwrap_or_default();
            plain_title(painter, lines, room);
        }
        TitleSize::Large => {
            let letters = lines.iter().flat_map(|line| widget::large_text(line));
            for (index, letters) in (0..layout.title.height).zip(letters) {
                painter.text(row(layout.title, index), letters.trim_end(), Role::Title);
            }
        }
    }
}

fn plain_title<'a>(painter: &mut Painter<'_>, lines: impl Iterator<Item = &'a str>, room: Rect) {
    for (line, at) in lines.zip(room.rows()) {
        painter.clipped(at, line, Role::Title);
    }
}

/// The event whose layers are shown: its date and its title on one line.
fn event(painter: &mut Painter<'_>, model: &Model, scene: &SceneScreen, line: Rect) {
    let subject = scene.layers.as_ref().map(|layers| layers.subject);
    let Some(crate::document::PageSubject::Event(id)) = subject else {
        return;
    };
    let event = model.timeline().event(id);
    painter.select(line);
    let rest = painter.text(line, "▸ ", Role::Span);
    let rest = match event.when() {
        Some(when) => {
            let role = crate::document::date_role(&when);
            painter.clipped(rest, &when.to_string(), role)
        }
        None => painter.text(rest, "undated", Role::Imprecise),
    };
    let rest = painter.text(rest, "  ", Role::Text);
    let rest = painter.clipped(rest, event.title(), Role::Event);
    if event.is_contested() {
        painter.text(rest, " ⚑", Role::Contested);
    }
}

/// Draws the progress of the briefing as a thin line across the foot. Layers are parts of their scene.
fn progress(painter: &mut Painter<'_>, model: &Model, scene: &SceneScreen, line: Rect) {
    let count = model.briefing().map_or(0, |it| it.path.len());
    let briefing = model.briefing();
    let layers = briefing
        .and_then(|briefing| briefing.scene(model.timeline(), scene.at))
        .map_or(0, |shown| shown.reveal.len());
    let parts = count * (layers + 1);
    if parts == 0 {
        return;
    }
    let done = scene.at * (layers + 1) + scene.step + 1;
    let width = usize::from(line.width);
    let filled = (width * done).div_ceil(parts).min(width);
    let rest = painter.text(line, &"━".repeat(filled), Role::Quiet);
    painter.text(rest, &"─".repeat(width - filled), Role::Faint);
}
