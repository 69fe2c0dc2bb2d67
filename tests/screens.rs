//! What stands on the screen after some keys is so: lanes, stretches, notices, hints and marks.

use dateline::app::model::Model;
use dateline::app::settings::{FirstLook, Settings};
use dateline::timeline::Clock;
use dateline::ui::screenshot::Format;
use ratatui::layout::Size;

use crate::support::program::{self, Stage};

/// Opens a text at a size.
fn stage(text: &str, size: &str) -> Stage {
    Stage::show(program::opened("t.toml", text), program::size(size))
}

/// Opens a text at a size with a first look.
fn looked(text: &str, size: &str, first_look: FirstLook) -> Stage {
    let mut stage = stage(text, size);
    let settings = Settings {
        first_look,
        ..Settings::default()
    };
    let model = std::mem::replace(
        &mut stage.model,
        Model::new(std::sync::Arc::default(), Vec::new(), Size::ZERO),
    );
    stage.model = model.with_settings(settings, Vec::new());
    stage
}

/// The rows of a stage.
fn rows(stage: &Stage) -> Vec<String> {
    let frame = stage.frame(Format::Text);
    frame.lines().map(str::to_owned).collect()
}

/// The title of the selected event.
fn selected(stage: &Stage) -> String {
    let screen = stage.model.last_timeline_screen().expect("there is one");
    let event = screen.event().expect("an event is selected");
    stage.model.timeline.event(event).title().to_owned()
}

/// Three lanes, of which the scene's view leaves the middle one.
const LANES: &str = r#"
[[events]]
when  = "2021-01-01"
title = "On the first lane"
lane  = "First"
[[events]]
id    = "middle"
when  = "2021-06-01"
title = "On the second lane"
lane  = "Second"
[[events]]
when  = "2021-12-01"
title = "On the third lane"
lane  = "Third"
[views.second]
title  = "Second"
filter = "lane:Second"
[[scenes]]
title  = "The second lane"
view   = "second"
select = "middle"
"#;

#[test]
fn whoever_leaves_a_scene_sees_events_on_their_own_lanes() {
    for keys in ["b<tab>x", "bx", "b<esc>b<tab>x"] {
        let mut left = stage(LANES, "100x30");
        left.press(keys);
        let mut never = stage(LANES, "100x30");
        never.press("j");
        assert_eq!(selected(&left), selected(&never), "{keys}");
        let overview = |stage: &Stage| rows(stage)[1..6].to_vec();
        assert_eq!(overview(&left), overview(&never), "{keys}");
    }
}

#[test]
fn a_scene_has_the_lanes_of_its_view_again_after_it_was_left() {
    let mut stage = stage(LANES, "100x30");
    stage.press("b");
    let scene = rows(&stage);
    assert!(!scene.join(" ").contains("First"), "{scene:#?}");
    stage.press("<tab>x<esc>");
    assert_eq!(rows(&stage), scene);
}

#[test]
fn whoever_leaves_a_scene_sees_the_first_look_that_was_wished() {
    let wished = FirstLook {
        folded: true,
        without_detail: true,
        clock: Clock::Disclosed,
    };
    let mut stage = looked(LANES, "100x30", wished);
    stage.press("b<tab>");
    let screen = stage.model.last_timeline_screen().expect("there is one");
    assert!(screen.folded && screen.without_detail);
    assert_eq!(screen.clock, Clock::Happened, "the clock is the scene's");
}

#[test]
fn an_event_is_selected_on_whatever_clock_the_timeline_opens() {
    let text = r#"
[[events]]
when      = "2021"
disclosed = "2024"
title     = "Known last"
[[events]]
when      = "2022"
disclosed = "2023"
title     = "Known first"
"#;
    let wished = FirstLook {
        clock: Clock::Disclosed,
        ..FirstLook::default()
    };
    for (keys, title) in [("Gvt", "Known last"), ("ggvt", "Known first")] {
        let mut stage = looked(text, "100x30", wished);
        stage.press(keys);
        assert_eq!(selected(&stage), title, "{keys}");
    }
}
