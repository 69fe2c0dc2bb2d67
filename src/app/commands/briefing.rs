//! The commands of a briefing: along the path of scenes, off it to explore, and back.

use std::sync::Arc;

use crate::app::commands::filter;
use crate::app::effect::Effect;
use crate::app::input::key::Code;
use crate::app::model::Model;
use crate::app::overview::viewport::Viewport;
use crate::app::reload::ShownExtent;
use crate::app::screen::{SceneScreen, Screen, TimelineScreen};
use crate::app::state::briefing::{Briefing, Stopwatch};
use crate::timeline::term::Grouping;
use crate::timeline::{Clock, Event, Scene, View};

/// Returns to the last scene, or starts the briefing.
pub(in crate::app) fn brief(model: &mut Model) -> Vec<Effect> {
    if model.timeline.scenes().is_empty() {
        let withheld = model.timeline.redactions();
        model.notify_keys(if withheld.later.scenes > 0 {
            "Scenes are hidden as of this day; {as-of} and {whole} show them"
        } else if withheld.marked.scenes > 0 {
            "Scenes are hidden: all are marked above the shown level"
        } else if model.files.reload.is_beginning() {
            "No scene loaded yet"
        } else if model.files.reload.extent() != ShownExtent::Whole {
            "No scene in the loaded part; {reload} loads everything"
        } else {
            "No scenes in the file; {scene-stub} shows one to paste"
        });
        return Vec::new();
    }
    if model.back_to_scene() {
        return Vec::new();
    }
    let timeline = Arc::clone(&model.timeline);
    let briefing = model
        .briefing
        .get_or_insert_with(|| Briefing::new(&timeline, None));
    let (at, step) = briefing.left_at;
    go(model, at, step)
}

/// Goes to a place on the path, with `step` layers revealed. If the scene changes, requests the filter of its view.
pub(in crate::app) fn go(model: &mut Model, at: usize, step: usize) -> Vec<Effect> {
    let timeline = Arc::clone(&model.timeline);
    let briefing = model.briefing.as_ref();
    let Some(scene) = briefing.and_then(|briefing| briefing.scene(&timeline, at)) else {
        return Vec::new();
    };
    let mut effects = Vec::new();
    let is_here = model.scene_mut().is_some_and(|screen| screen.at == at);
    if !is_here {
        let mut view = TimelineScreen::new(&timeline);
        view.viewport = Viewport::of_scene(scene);
        if let Some(event) = scene.select {
            view.select_event(&timeline, event);
        }
        let screen = Screen::Scene(Box::new(SceneScreen::new(at, view)));
        match model.screen_mut() {
            here @ Screen::Scene(_) => *here = screen,
            Screen::Timeline(_) | Screen::Page(_) | Screen::Follower(_) => model.push(screen),
        }
        effects = show_view(model, scene);
    }
    if let Some(screen) = model.scene_mut() {
        screen.is_blank = false;
        screen.reveal(&timeline, scene, step);
        let (step, now) = (screen.step, model.now);
        if let Some(briefing) = &mut model.briefing {
            briefing.arrive_at(at, step, now);
        }
    }
    effects
}

/// Applies a scene's view, and requests its filter.
fn show_view(model: &mut Model, scene: &Scene) -> Vec<Effect> {
    let timeline = Arc::clone(&model.timeline);
    let Some(view) = timeline.view_of(scene) else {
        return Vec::new();
    };
    if let Some(screen) = model.scene_mut() {
        screen.timeline.arrange(&timeline, view);
    }
    filter::want(model, view.filter.as_deref().unwrap_or_default())
}

/// Reveals the next layer, or goes to the next scene.
pub(in crate::app) fn next(model: &mut Model) -> Vec<Effect> {
    let Some((at, step)) = place(model) else {
        return Vec::new();
    };
    start_clock(model);
    let (scenes, layers) = lengths(model, at);
    if step < layers {
        go(model, at, step + 1)
    } else if at + 1 < scenes {
        go(model, at + 1, 0)
    } else {
        model.notify("End of the briefing");
        Vec::new()
    }
}

/// Hides the last layer, or goes to the previous scene with all its layers.
pub(in crate::app) fn previous(model: &mut Model) -> Vec<Effect> {
    let Some((at, step)) = place(model) else {
        return Vec::new();
    };
    start_clock(model);
    if step > 0 {
        go(model, at, step - 1)
    } else if at > 0 {
        go(model, at - 1, usize::MAX)
    } else {
        model.notify("First scene");
        Vec::new()
    }
}

/// Goes to a scene by its place on the path, from 0.
pub(in crate::app) fn jump(model: &mut Model, at: usize) -> Vec<Effect> {
    let Some(briefing) = &model.briefing else {
        return Vec::new();
    };
    if at >= briefing.path.len() {
        let count = briefing.numbered(&model.timeline);
        let count = crate::document::count(count, "scene");
        model.notify(format!("The briefing has {count}"));
        return Vec::new();
    }
    start_clock(model);
    go(model, at, 0)
}

pub(in crate::app) fn last(model: &mut Model) -> Vec<Effect> {
    let count = model.briefing.as_ref().map_or(0, |it| it.path.len());
    jump(model, count.saturating_sub(1))
}

/// Goes to the scene whose number was pressed; 0 is the tenth.
pub(in crate::app) fn numbered(model: &mut Model) -> Vec<Effect> {
    let digit = model.input.pressed.and_then(|key| match key.code {
        Code::Char(digit) => digit.to_digit(10),
        _ => None,
    });
    let timeline = Arc::clone(&model.timeline);
    let (Some(number), Some(briefing)) = (digit, &model.briefing) else {
        model.notify_keys("Press the number of a scene; {palette} finds it by its title");
        return Vec::new();
    };
    let number = if number == 0 { 10 } else { number as usize };
    jump(model, briefing.place_of_number(&timeline, number))
}

/// Goes to a scene by its number in the file, from any screen.
pub(in crate::app) fn to_scene(model: &mut Model, number: usize) -> Vec<Effect> {
    let timeline = Arc::clone(&model.timeline);
    let on_path = |briefing: &Briefing| briefing.path.iter().position(|&it| it == number);
    let at = model.briefing.as_ref().and_then(on_path);
    model.back_to_scene();
    // A scene for another audience is not on the path: the briefing changes to the path for everyone.
    let at = at.unwrap_or_else(|| {
        leave_path(model);
        let audience = model.briefing.as_ref().and_then(|it| it.audience.clone());
        if let Some(audience) = audience {
            model.notify(format!(
                "Changed to the path for everyone: this scene is not for {audience}"
            ));
        }
        let stopwatch = model.briefing.as_ref().map(|briefing| briefing.stopwatch);
        let stopwatch = stopwatch.unwrap_or_default();
        model.briefing = Some(Briefing {
            stopwatch,
            entered: stopwatch.elapsed(model.now),
            ..Briefing::new(&timeline, None)
        });
        number
    });
    start_clock(model);
    go(model, at, 0)
}

/// Moves the scene on screen to its place on the path for everyone, which is its number in the file.
fn leave_path(model: &mut Model) {
    let briefing = model.briefing.as_ref();
    let path = briefing.map(|briefing| briefing.path.clone());
    if let (Some(path), Some(screen)) = (path, model.scene_mut())
        && let Some(&number) = path.get(screen.at)
    {
        screen.at = number;
    }
}

pub(in crate::app) fn blank(model: &mut Model) -> Vec<Effect> {
    if let Some(scene) = model.scene_mut() {
        scene.is_blank = !scene.is_blank;
    }
    Vec::new()
}

pub(in crate::app) fn pause(model: &mut Model) -> Vec<Effect> {
    let now = model.now;
    if let Some(briefing) = &mut model.briefing {
        let runs = briefing.stopwatch.since.is_some();
        briefing.stopwatch = if runs {
            briefing.stopwatch.stopped(now)
        } else {
            briefing.stopwatch.started(now)
        };
        model.notify(if runs {
            "Clock stopped"
        } else {
            "Clock running"
        });
    }
    Vec::new()
}

/// Goes on where an earlier briefing stopped, with its clock.
pub(in crate::app) fn resume(model: &mut Model) -> Vec<Effect> {
    let Some((at, point)) = model.offered_place() else {
        model.notify("No earlier briefing to resume");
        return Vec::new();
    };
    let now = model.now;
    if let Some(briefing) = &mut model.briefing {
        briefing.stopwatch = Stopwatch {
            before: point.elapsed,
            since: Some(now),
        };
    }
    model.earlier = None;
    let effects = go(model, at, point.step);
    if let Some(briefing) = &mut model.briefing {
        briefing.entered = point.entered;
        briefing.seen = (0..=at).collect();
    }
    effects
}

/// Resets the clock, which starts again with the next step. Asks first, since nothing brings the time back.
pub(in crate::app) fn reset(model: &mut Model) -> Vec<Effect> {
    const COMMAND: &str = "reset-clock";
    let is_fresh = (model.briefing.as_ref()).is_none_or(|it| it.stopwatch.is_fresh());
    if !is_fresh && model.input.asked != Some(COMMAND) {
        model.input.asked = Some(COMMAND);
        return Vec::new();
    }
    if let Some(briefing) = &mut model.briefing {
        briefing.reset_clock();
        model.notify("Clock reset: it starts with the next step");
    }
    Vec::new()
}

/// Starts a clock that was not started yet, and drops the offer to resume. A stopped clock stays stopped.
pub(in crate::app) fn start_clock(model: &mut Model) {
    let now = model.now;
    model.earlier = None;
    if let Some(briefing) = &mut model.briefing
        && briefing.stopwatch.is_fresh()
    {
        briefing.stopwatch = briefing.stopwatch.started(now);
    }
}

/// Opens the timeline at the scene's event. The scene stays below it on the stack.
pub(in crate::app) fn explore(model: &mut Model) -> Vec<Effect> {
    let view = model.scene_mut().map(|scene| {
        scene.is_blank = false;
        scene.timeline.clone()
    });
    if let Some(mut view) = view {
        model.settings.initial_view.furnish(&mut view);
        model.push(Screen::Timeline(Box::new(view)));
    }
    Vec::new()
}

/// The current view, selection and filter as a scene in TOML, to paste into the file.
pub(in crate::app) fn stub(model: &Model) -> String {
    let Some(screen) = model.last_timeline_screen() else {
        return String::new();
    };
    let timeline = &model.timeline;
    let filter = filter::filter_of_view(model);
    let is_present = |view: &&View| {
        view.filter.as_deref().unwrap_or_default() == filter
            && view.group.unwrap_or_default() == screen.lanes.grouping
            && view.clock().unwrap_or(Clock::Happened) == screen.clock
    };
    let is_plain = filter.is_empty()
        && screen.lanes.grouping == Grouping::default()
        && screen.clock == Clock::Happened;
    let mut out = String::new();
    let view = match timeline.views().iter().find(is_present) {
        Some(view) => Some(view.key.as_str()),
        // A scene without a view shows everything.
        None if is_plain => None,
        None => {
            out.push_str(&filter::stub(model));
            out.push('\n');
            Some("name")
        }
    };
    let event = screen.event().map(|id| timeline.event(id));
    let title = event.map(Event::title);
    let title = title.filter(|title| !title.is_empty());
    let select = event.map(Event::key);
    let lines = [
        ("title", title.map(filter::toml_string)),
        ("view", view.map(filter::toml_string)),
        ("select", select.map(|key| filter::toml_string(&key))),
        ("say", None),
        ("notes", None),
        ("minutes", Some("2".to_owned())),
        ("reveal", Some("[\"claims\", \"sources\"]".to_owned())),
    ];
    out.push_str("[[scenes]]\n");
    for (key, value) in lines {
        let line = match value {
            Some(value) => format!("{key:<7} = {value}\n"),
            // A comment, since an empty text would be a mistake: the author fills it in.
            None if ["title", "say", "notes"].contains(&key) => format!("# {key:<5} = \"…\"\n"),
            None => continue,
        };
        out.push_str(&line);
    }
    out
}

/// The place on the path, and the number of revealed layers.
fn place(model: &Model) -> Option<(usize, usize)> {
    model.scene().map(|(scene, _)| (scene.at, scene.step))
}

/// The number of scenes on the path, and the number of layers of the scene at a place.
fn lengths(model: &Model, at: usize) -> (usize, usize) {
    let briefing = model.briefing.as_ref();
    let scene = briefing.and_then(|briefing| briefing.scene(&model.timeline, at));
    (
        briefing.map_or(0, |briefing| briefing.path.len()),
        scene.map_or(0, |scene| scene.reveal.len()),
    )
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use ratatui::layout::Size;

    use crate::app::input::key::parse;
    use crate::app::model::Model;
    use crate::app::{Effect, Message, run};
    use crate::diagnostic::SourceText;
    use crate::document::PageSubject;

    const FILE: &str = r#"
        [[events]]
        id = "first"
        title = "First"
        when = "2021"
        disclosed = "2024"
        [[events]]
        id = "second"
        title = "Second"
        when = "2022"
        disclosed = "2023"
        phase = "legal"
        [views.late]
        filter = "phase:legal"
        [views.disclosed]
        sort = "disclosed"
        [views.nothing]
        filter = "phase:sanction"
        [[scenes]]
        title = "Of a view"
        view = "late"
        reveal = ["claims"]
        audience = ["ministers"]
        [[scenes]]
        title = "By disclosure"
        view = "disclosed"
        reveal = ["claims"]
        audience = ["technical"]
        [[scenes]]
        title = "Of nothing"
        view = "nothing"
        reveal = ["claims", "sources"]
        audience = ["ministers"]
        [[scenes]]
        title = "The end"
    "#;

    fn press(model: &mut Model, keys: &str) {
        for input in parse(keys).expect("keys") {
            run(model, Message::Input(input));
        }
    }

    fn model(keys: &str) -> Model {
        let timeline = crate::formats::open(&[SourceText::new("t", FILE)]).0;
        let mut model = crate::app::open(Arc::new(timeline), Vec::new(), Size::new(80, 24));
        press(&mut model, keys);
        model
    }

    /// The event whose layers are shown.
    fn revealed(model: &Model) -> Option<String> {
        let (scene, _) = model.scene()?;
        let PageSubject::Event(id) = scene.layers.as_ref()?.subject else {
            return None;
        };
        Some(model.timeline.event(id).key().into_owned())
    }

    #[test]
    fn a_scene_without_a_selection_reveals_the_first_event_of_its_view() {
        for keys in ["b<space>", "b2<left>", "b<space><esc>b", "b2<space>"] {
            assert_eq!(revealed(&model(keys)).as_deref(), Some("second"), "{keys}");
        }
    }

    #[test]
    fn a_scene_whose_view_is_empty_does_not_stop_the_briefing() {
        let place = |keys: &str| {
            let model = model(keys);
            model.scene().map(|(scene, _)| (scene.at, scene.step))
        };
        assert_eq!(place("b3<space>"), Some((2, 1)));
        assert_eq!(place("b3<space><space><space>"), Some((3, 0)));
        assert_eq!(place("b4<left>"), Some((2, 2)));
    }

    #[test]
    fn a_scene_of_another_audience_shows_its_own_view_though_its_place_is_the_same() {
        let mut model = model("");
        crate::app::open_briefing(&mut model, Some("ministers"));
        press(&mut model, "2");
        super::to_scene(&mut model, 1);
        let (scene, _) = model.scene().expect("a scene");
        assert_eq!(scene.at, 1);
        assert_eq!(scene.timeline.clock, crate::timeline::Clock::Disclosed);
        assert_eq!(scene.timeline.active_filter.rows().len(), 2);
    }

    #[test]
    fn followers_see_no_blank_screen_while_something_covers_it() {
        let mut model = model("b");
        let mut blank = |keys: &str| {
            let inputs = parse(keys).expect("keys").into_iter();
            let effects = inputs.flat_map(|input| run(&mut model, Message::Input(input)));
            let published = effects.filter_map(|effect| match effect {
                Effect::PublishStatus(status) => Some(status.blank),
                _ => None,
            });
            published.last()
        };
        assert_eq!(blank("."), Some(true));
        assert_eq!(blank("w"), Some(false));
        assert_eq!(blank("<esc>"), Some(true));
    }
}
