//! `dateline brief --check`: rehearses the briefing scene by scene at each size, and lists its problems.

use std::io::Write;
use std::sync::Arc;

use anyhow::Result;
use ratatui::layout::Size;

use super::args::BriefArgs;
use super::earlier_version::EarlierVersion;
use super::input::LoadedTimeline;
use super::rehearsed_markings;
use super::report::clean;
use super::status::ExitStatus;
use crate::app::input::key::{Code, Key, UserInput};
use crate::app::state::briefing::Briefing;
use crate::app::{self, Message};
use crate::document::briefing::duration;
use crate::document::count;
use crate::query::Filter;
use crate::timeline::{Scene, Timeline};

/// The smallest size at which an audience sees all of a layer `claims` at once. On smaller screens its lines scroll.
const ROOM: (u16, u16) = (80, 24);

/// Rehearses the briefing and lists its problems.
pub(super) fn run(
    opened: &LoadedTimeline,
    args: &BriefArgs,
    earlier: Option<&EarlierVersion>,
    out: &mut dyn Write,
) -> Result<ExitStatus> {
    let briefing = Briefing::new(&opened.timeline, args.audience.as_deref());
    let timeline = Arc::new(opened.timeline.clone());
    let mut faults: Vec<String> = errors_of(opened).into_iter().collect();
    if briefing.path.is_empty() {
        faults.push("there are no scenes".to_owned());
    }
    for at in 0..briefing.path.len() {
        let scene = briefing
            .scene(&timeline, at)
            .expect("the path is of scenes");
        // Dateline has made the scene about what changed.
        if scene.account.is_some() {
            continue;
        }
        let name = scene_name(&briefing, &timeline, at);
        let faults_here = faults_of_scene(&timeline, scene);
        faults.extend(
            faults_here
                .into_iter()
                .map(|fault| format!("{name}: {fault}")),
        );
    }
    for &(width, height) in &args.sizes {
        faults.extend(misfits(&timeline, args, Size::new(width, height)));
    }
    if let Some(earlier) = earlier {
        faults.extend(rehearsed_markings::run(opened, &briefing, args, earlier)?);
    }
    let planned = briefing.planned(&timeline);
    faults.extend(args.minutes.and_then(|minutes| too_long(planned, minutes)));
    for fault in &faults {
        writeln!(out, "{fault}")?;
    }
    let scenes = count(briefing.numbered(&timeline), "scene");
    writeln!(
        out,
        "{scenes}{}: {}",
        match planned {
            0 => String::new(),
            planned => format!(", {} planned", duration(planned)),
        },
        match faults.len() {
            0 => "ready".to_owned(),
            faults => format!("{} to fix", count(faults, "problem")),
        }
    )?;
    out.flush()?;
    Ok(if faults.is_empty() {
        ExitStatus::Fine
    } else {
        ExitStatus::Errors
    })
}

/// The problem that the files have errors: the viewer would show them to the room as soon as the briefing opens.
fn errors_of(opened: &LoadedTimeline) -> Option<String> {
    let errors = opened.errors();
    let them = if errors == 1 { "it" } else { "them" };
    let number = count(errors, "error");
    let words = format!("{number} in the timeline: `dateline check` shows {them}");
    (errors > 0).then_some(words)
}

/// Such as `scene 3 “How it began”`.
fn scene_name(briefing: &Briefing, timeline: &Timeline, at: usize) -> String {
    let title = briefing.scene(timeline, at).map_or("", |it| &it.title);
    format!("{} “{}”", briefing.name(timeline, at), clean(title))
}

/// A problem if the scenes exceed the budget.
fn too_long(planned: u32, minutes: u32) -> Option<String> {
    let budget = minutes.saturating_mul(60);
    let over = planned.checked_sub(budget).filter(|over| *over > 0)?;
    Some(format!(
        "the scenes take {}, {} over the budget of {}",
        duration(planned),
        duration(over),
        duration(budget)
    ))
}

/// Problems of a scene at any size.
fn faults_of_scene(timeline: &Timeline, scene: &Scene) -> Vec<String> {
    let mut faults = Vec::new();
    let is_missing = |text: Option<&String>| text.is_none_or(|text| text.trim().is_empty());
    if scene.title.is_empty() {
        faults.push("no title: give it `title`".to_owned());
    }
    if is_missing(scene.say.as_ref()) {
        faults.push("nothing to say: give it `say`".to_owned());
    }
    if is_missing(scene.notes.as_ref()) {
        faults.push("no notes for the briefer: give it `notes`".to_owned());
    }
    if scene.select.is_none() {
        faults.push("no event is selected: give it `select`".to_owned());
    }
    if scene.seconds.is_none() {
        faults.push("no time is planned: give it `minutes`".to_owned());
    }
    if let Some(name) = &scene.view {
        let name_shown = clean(name);
        match timeline.views().iter().find(|known| known.key == *name) {
            None => faults.push(format!("there is no view `{name_shown}`")),
            Some(view) => {
                let filter = view.filter.as_deref().unwrap_or_default();
                let mistakes = Filter::parse(timeline, filter).err().unwrap_or_default();
                faults.extend(mistakes.first().map(|mistake| {
                    let mistake = mistake.to_string();
                    format!(
                        "mistake in the filter of its view `{name_shown}`: {}",
                        clean(&mistake)
                    )
                }));
            }
        }
    }
    faults
}

/// Problems of the scenes at one size.
fn misfits(timeline: &Arc<Timeline>, args: &BriefArgs, size: Size) -> Vec<String> {
    let mut model = crate::app::open(Arc::clone(timeline), Vec::new(), size);
    app::open_briefing(&mut model, args.audience.as_deref());
    let Size { width, height } = size;
    let mut faults = Vec::new();
    loop {
        let Some((screen, _)) = model.scene() else {
            return faults;
        };
        let briefing = model.briefing();
        let shown = briefing.and_then(|it| Some((it, it.scene(timeline, screen.at)?)));
        let Some((path, scene)) = shown else {
            return faults;
        };
        let name = scene_name(path, timeline, screen.at);
        if screen.step == 0 {
            if !screen.layout.fits {
                faults.push(format!(
                    "{name}: title and words do not fit {width}x{height}"
                ));
            }
            // The events of the view do not depend on the size: they are checked once.
            if args.sizes.first() == Some(&(width, height)) && scene.account.is_none() {
                if screen.timeline.active_filter.rows().is_empty() {
                    faults.push(format!("{name}: its view has no events"));
                } else if scene
                    .select
                    .is_some_and(|id| !screen.timeline.active_filter.shows(id))
                {
                    faults.push(format!("{name}: its view hides the event that it selects"));
                }
            }
        }
        let revealed = screen
            .step
            .checked_sub(1)
            .and_then(|at| scene.reveal.get(at));
        let layers = screen.layers.as_ref();
        let is_for_room = width >= ROOM.0 && height >= ROOM.1;
        if is_for_room
            && revealed.is_some_and(|layer| layer == "claims")
            && layers.is_some_and(|layers| !layers.fits_verdicts())
        {
            faults.push(format!(
                "{name}: what the claims of its event say does not fit {width}x{height}"
            ));
        }
        let before = model.briefing().map(|it| it.left_at);
        app::run(
            &mut model,
            Message::Input(UserInput::Key(Key {
                code: Code::Right,
                ctrl: false,
            })),
        );
        if model.briefing().map(|it| it.left_at) == before {
            return faults;
        }
    }
}
