//! What commands do in a briefing: along the path of scenes, off it to explore, and back.

use std::sync::Arc;

use crate::app::commands::filter;
use crate::app::effect::Effect;
use crate::app::input::key::Code;
use crate::app::model::Model;
use crate::app::reload::ShownExtent;
use crate::app::screen::{SceneScreen, Screen, TimelineScreen};
use crate::app::state::briefing::Briefing;
use crate::timeline::term::Grouping;
use crate::timeline::{Clock, Event, Scene, View};

/// To the scene of the briefing that was left, or to its beginning.
pub(in crate::app) fn brief(model: &mut Model) -> Vec<Effect> {
    if model.timeline.scenes().is_empty() {
        let withheld = model.timeline.redactions();
        model.notify_keys(if withheld.later.scenes > 0 {
            "no scene is shown as of a day: {as-of} and {whole} show all again"
        } else if withheld.marked.scenes > 0 {
            "every scene is marked above what is shown here"
        } else if model.files.reload.is_beginning() {
            "no scene has been read yet"
        } else if model.files.reload.extent() != ShownExtent::Whole {
            "no scene was read: {reload} reads the whole file"
        } else {
            "the file has no scenes: {scene-stub} prints one to begin with"
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

/// To a place on the path, with some layers revealed; the view of another scene is asked for.
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
            briefing.stand_at(at, step, now);
        }
    }
    effects
}

/// Asks for the filter of a scene's view, and makes its lanes.
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

/// On: the next layer, else the next scene.
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
        model.notify("this is the end of the briefing");
        Vec::new()
    }
}

/// Back: without the last layer, else the scene before with all of its layers.
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
        model.notify("this is the first scene");
        Vec::new()
    }
}

/// To a scene by its place on the path, from 0.
pub(in crate::app) fn jump(model: &mut Model, at: usize) -> Vec<Effect> {
    let Some(count) = model.briefing.as_ref().map(|briefing| briefing.path.len()) else {
        return Vec::new();
    };
    if at >= count {
        model.notify(format!(
            "the briefing has {}",
            crate::document::count(count, "scene")
        ));
        return Vec::new();
    }
    start_clock(model);
    go(model, at, 0)
}

/// To the last scene.
pub(in crate::app) fn last(model: &mut Model) -> Vec<Effect> {
    let count = model.briefing.as_ref().map_or(0, |it| it.path.len());
    jump(model, count.saturating_sub(1))
}

/// To the scene whose number was pressed; 0 is the tenth.
pub(in crate::app) fn numbered(model: &mut Model) -> Vec<Effect> {
    let digit = model.input.pressed.and_then(|key| match key.code {
        Code::Char(digit) => digit.to_digit(10),
        _ => None,
    });
    match digit {
        Some(0) => jump(model, 9),
        Some(number) => jump(model, number as usize - 1),
        None => {
            model.notify_keys("press the number of a scene; {palette} finds it by its title");
            Vec::new()
        }
    }
}

/// To a scene by its number in the file, from wherever one is.
pub(in crate::app) fn to_scene(model: &mut Model, number: usize) -> Vec<Effect> {
    let timeline = Arc::clone(&model.timeline);
    let on_path = |briefing: &Briefing| briefing.path.iter().position(|&it| it == number);
    let at = model.briefing.as_ref().and_then(on_path);
    model.back_to_scene();
    // A scene that is not for the audience is shown on the path for everyone.
    let at = at.unwrap_or_else(|| {
        leave_path(model);
        let audience = model.briefing.as_ref().and_then(|it| it.audience.clone());
        if let Some(audience) = audience {
            let told =
                format!("this scene is not for {audience}: the path is now that for everyone");
            model.notify(told);
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

/// The scene on the screen gets its place on the path for everyone: its number in the file.
fn leave_path(model: &mut Model) {
    let briefing = model.briefing.as_ref();
    let path = briefing.map(|briefing| briefing.path.clone());
    if let (Some(path), Some(screen)) = (path, model.scene_mut())
        && let Some(&number) = path.get(screen.at)
    {
        screen.at = number;
    }
}

/// Makes the screen blank, or shows it again.
pub(in crate::app) fn blank(model: &mut Model) -> Vec<Effect> {
    if let Some(scene) = model.scene_mut() {
        scene.is_blank = !scene.is_blank;
    }
    Vec::new()
}

/// Stops the clock, or lets it go on.
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
            "the clock is stopped"
        } else {
            "the clock runs"
        });
    }
    Vec::new()
}

/// Sets the clock back: it starts again with the next move.
pub(in crate::app) fn reset(model: &mut Model) -> Vec<Effect> {
    if let Some(briefing) = &mut model.briefing {
        briefing.set_back();
        model.notify("the clock is set back: it starts with the next move");
    }
    Vec::new()
}

/// The clock starts with the first move; one that was stopped stays so.
fn start_clock(model: &mut Model) {
    let now = model.now;
    if let Some(briefing) = &mut model.briefing
        && briefing.stopwatch.is_fresh()
    {
        briefing.stopwatch = briefing.stopwatch.started(now);
    }
}

/// Leaves the path for the timeline, at the event of the scene: the scene stays below.
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

/// The present view, selection and filter as a scene of the file, to be pasted into it.
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
            // What is left to the author is a comment: an empty text would be a mistake.
            None if ["title", "say", "notes"].contains(&key) => format!("# {key:<5} = \"…\"\n"),
            None => continue,
        };
        out.push_str(&line);
    }
    out
}

/// The place on the path and how much is revealed.
fn place(model: &Model) -> Option<(usize, usize)> {
    model.scene().map(|(scene, _)| (scene.at, scene.step))
}

/// How many scenes there are, and how many layers the one at a place has.
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
    use crate::app::{Effect, Msg, run};
    use crate::diagnostic::SourceText;
    use crate::document::Subject;

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
        [views.told]
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
        view = "told"
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
            run(model, Msg::Input(input));
        }
    }

    fn model(keys: &str) -> Model {
        let timeline = crate::formats::open(&[SourceText::new("t", FILE)]).0;
        let mut model = crate::app::open(Arc::new(timeline), Vec::new(), Size::new(80, 24));
        press(&mut model, keys);
        model
    }

    /// The event of which layers are shown.
    fn revealed(model: &Model) -> Option<String> {
        let (scene, _) = model.scene()?;
        let Subject::Event(id) = scene.layers.as_ref()?.subject else {
            return None;
        };
        Some(model.timeline.event(id).key().into_owned())
    }

    #[test]
    fn a_scene_that_selects_nothing_reveals_the_first_event_of_its_view() {
        for keys in ["b<space>", "b2<left>", "b<space><esc>b", "b2<space>"] {
            assert_eq!(revealed(&model(keys)).as_deref(), Some("second"), "{keys}");
        }
    }

    #[test]
    fn a_scene_whose_view_leaves_nothing_does_not_stop_the_briefing() {
        let place = |keys: &str| {
            let model = model(keys);
            model.scene().map(|(scene, _)| (scene.at, scene.step))
        };
        assert_eq!(place("b3<space>"), Some((2, 1)));
        assert_eq!(place("b3<space><space><space>"), Some((3, 0)));
        assert_eq!(place("b4<left>"), Some((2, 2)));
    }

    #[test]
    fn a_scene_of_another_audience_shows_its_own_view_though_its_place_is_that_of_the_one_before() {
        let mut model = model("");
        crate::app::open_briefing(&mut model, Some("ministers"));
        press(&mut model, "2");
        super::to_scene(&mut model, 1);
        let (scene, _) = model.scene().expect("a scene");
        assert_eq!(scene.at, 1);
        assert_eq!(scene.timeline.clock, crate::timeline::Clock::Disclosed);
        assert_eq!(scene.timeline.sieve.rows().len(), 2);
    }

    #[test]
    fn who_follows_is_not_told_that_the_screen_is_blank_while_something_else_is_on_it() {
        let mut model = model("b");
        let mut blank = |keys: &str| {
            let inputs = parse(keys).expect("keys").into_iter();
            let effects = inputs.flat_map(|input| run(&mut model, Msg::Input(input)));
            let told = effects.filter_map(|effect| match effect {
                Effect::PublishStatus(status) => Some(status.blank),
                _ => None,
            });
            told.last()
        };
        assert_eq!(blank("."), Some(true));
        assert_eq!(blank("w"), Some(false));
        assert_eq!(blank("<esc>"), Some(true));
    }
}
