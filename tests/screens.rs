//! The content of the screen after some keys: lanes, stretches, notices, hints and marks.

use std::sync::Arc;

use dateline::app::commands::keymap;
use dateline::app::input::keymap::{KeySequence, Keymap};
use dateline::app::overlay::{Overlay, TimeRange};
use dateline::app::screen::InitialView;
use dateline::app::state::settings::Settings;
use dateline::app::{self, Message};
use dateline::date::EventDate;
use dateline::timeline::Clock;
use dateline::ui::screenshot::ScreenshotFormat;
use ratatui::layout::Size;

use crate::support::program::{self, Stage};

/// Opens a text at a size.
fn stage(text: &str, size: &str) -> Stage {
    Stage::show(program::opened("t.toml", text), program::size(size))
}

/// Opens a text at a size with settings.
fn stage_with_settings(text: &str, size: &str, settings: Settings) -> Stage {
    let mut stage = stage(text, size);
    let none = dateline::app::open(Arc::default(), Vec::new(), Size::ZERO);
    let model = std::mem::replace(&mut stage.model, none);
    stage.model = model.with_settings(settings, Vec::new());
    stage
}

/// Opens a text at a size with an initial view.
fn stage_with_initial_view(text: &str, size: &str, initial_view: InitialView) -> Stage {
    let settings = Settings {
        initial_view,
        ..Settings::new(keymap())
    };
    stage_with_settings(text, size, settings)
}

/// The rows of a stage.
fn rows(stage: &Stage) -> Vec<String> {
    let frame = stage.frame(ScreenshotFormat::Text);
    frame.lines().map(str::to_owned).collect()
}

/// The title of the selected event.
fn selected(stage: &Stage) -> String {
    let screen = stage
        .model
        .last_timeline_screen()
        .expect("some screen is a timeline");
    let event = screen.event().expect("an event is selected");
    stage.model.timeline().event(event).title().to_owned()
}

/// Three lanes; the scene's view leaves out the middle one.
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
fn leaving_a_scene_shows_events_on_their_own_lanes() {
    for keys in ["b<tab>x", "bx", "b<esc>b<tab>x"] {
        let mut left = stage(LANES, "100x30");
        left.press(keys);
        // The event of the first scene is selected first.
        let never = stage(LANES, "100x30");
        assert_eq!(selected(&left), selected(&never), "{keys}");
        let overview = |stage: &Stage| rows(stage)[1..6].to_vec();
        assert_eq!(overview(&left), overview(&never), "{keys}");
    }
}

#[test]
fn returning_to_a_scene_restores_the_lanes_of_its_view() {
    let mut stage = stage(LANES, "100x30");
    stage.press("b");
    let scene = rows(&stage);
    assert!(!scene.join(" ").contains("First"), "{scene:#?}");
    stage.press("<tab>x<esc>");
    assert_eq!(rows(&stage), scene);
}

#[test]
fn leaving_a_scene_shows_the_requested_initial_view() {
    let initial_view = InitialView {
        folded: true,
        without_detail: true,
        clock: Clock::Disclosed,
    };
    let mut stage = stage_with_initial_view(LANES, "100x30", initial_view);
    stage.press("b<tab>");
    let screen = stage
        .model
        .last_timeline_screen()
        .expect("some screen is a timeline");
    assert!(screen.folded && screen.without_detail);
    assert_eq!(screen.clock, Clock::Happened, "the clock of the scene");
}

#[test]
fn an_event_is_selected_on_any_initial_clock() {
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
    let initial_view = InitialView {
        clock: Clock::Disclosed,
        ..InitialView::default()
    };
    for (keys, title) in [("Gvt", "Known last"), ("ggvt", "Known first")] {
        let mut stage = stage_with_initial_view(text, "100x30", initial_view);
        stage.press(keys);
        assert_eq!(selected(&stage), title, "{keys}");
    }
}

/// The stretch that is being chosen on the time axis, as a date range of the filter.
fn stretch(stage: &Stage) -> Option<TimeRange> {
    match stage.model.overlay() {
        Some(Overlay::Range(range)) => Some(*range),
        _ => None,
    }
}

#[test]
fn a_resize_keeps_the_stretch_that_is_being_chosen() {
    let mut stage = Stage::open("shipped", Size::new(200, 40));
    stage.press("r<space>LLLLLLLLLLLLLLLLL");
    let before = stretch(&stage).expect("a stretch is being chosen");
    for (width, height) in [(100, 40), (40, 20), (200, 40)] {
        stage.resize(Size::new(width, height));
        let now = stretch(&stage).expect("the stretch is still being chosen");
        let axis = now.axis;
        let (first, last) = now.columns();
        assert!(last < axis.width, "column {last} of {}", axis.width);
        assert!(axis.cell(first).earliest <= before.axis.cell(before.columns().0).earliest);
        assert!(axis.cell(last).latest >= before.axis.cell(before.columns().1).latest);
        let row = rows(&stage).pop().expect("there is a last row");
        assert!(row.contains(&now.text()), "{row}");
    }
    stage.resize(Size::new(100, 7));
    assert_eq!(
        stretch(&stage),
        None,
        "without an axis no stretch can be chosen"
    );
    let row = rows(&stage).pop().expect("there is a last row");
    assert!(row.contains("No time axis to choose a range on"), "{row}");
}

#[test]
fn a_stretch_can_be_dragged_on_after_a_resize() {
    let mut stage = Stage::open("shipped", Size::new(200, 40));
    stage.press("<click-150-2><drag-160-2>");
    let from = stretch(&stage).expect("a stretch is being chosen");
    let from = from.axis.cell(from.columns().0).earliest;
    stage.resize(Size::new(100, 40));
    stage.press("<drag-90-2>");
    let now = stretch(&stage).expect("the stretch is still being chosen");
    assert_eq!(now.columns().0, now.axis.column(from));
    stage.press("<release-90-2>");
    assert!(stage.model.filter_text().starts_with("when:"));
}

#[test]
fn a_drag_replaces_an_earlier_notice() {
    for keys in ["T<click-40-2><drag-60-2>", "<click-40-2>T<drag-60-2>"] {
        let mut stage = Stage::open("shipped", Size::new(120, 36));
        stage.press(keys);
        let row = rows(&stage).pop().expect("there is a last row");
        let chosen = stretch(&stage).expect("a stretch is being chosen").text();
        assert!(row.contains(&chosen), "{keys}: {row}");
        assert_eq!(stage.model.notice(), None, "{keys}");
    }
}

#[test]
fn releasing_the_mouse_keeps_the_notice_of_the_click() {
    let mut stage = stage(LANES, "100x30");
    stage.press("T<wheel-down-3-20>");
    assert_eq!(stage.model.notice(), None);
    stage.press("T<release-3-20>");
    assert!(stage.model.notice().is_some());
}

#[test]
fn a_long_banner_leaves_room_for_the_notice() {
    let banner = "HANDLE WITH CARE ".repeat(6);
    let banner = banner.trim_end();
    let text = format!("[timeline]\nbanner = \"{banner}\"\n{LANES}");
    let mut stage = stage(&text, "100x24");
    let last = |stage: &Stage| rows(stage).pop().expect("there is a last row");
    stage.press("flane:First");
    let row = last(&stage);
    assert!(
        row.contains("filter lane:First") && row.contains("HANDLE WITH"),
        "{row}"
    );
    assert!(row.ends_with('…'), "{row}");
    stage.press("<enter>");
    let row = last(&stage);
    assert!(
        row.contains("filter lane") && row.contains(" 1 of 3 "),
        "{row}"
    );
    stage.press("T");
    assert!(last(&stage).contains("Clock: "), "{}", last(&stage));
    stage.resize(Size::new(160, 30));
    assert!(rows(&stage)[0].contains(banner), "{}", rows(&stage)[0]);
}

#[test]
fn esc_on_the_list_clears_the_filter_and_undo_brings_it_back() {
    let mut stage = stage(LANES, "80x24");
    let last = |stage: &Stage| rows(stage).pop().expect("there is a last row");
    stage.press("flane:First<enter>");
    assert!(
        last(&stage).contains("filter lane:First   x clear   u undo"),
        "{}",
        last(&stage)
    );
    assert!(
        rows(&stage)[0].contains("1 of 3 events"),
        "{}",
        rows(&stage)[0]
    );
    // The other keys of `back` are pressed again and again.
    stage.press("h");
    assert_eq!(stage.model.filter_text(), "lane:First");
    stage.press("<esc>");
    assert_eq!(stage.model.filter_text(), "");
    assert!(
        last(&stage).contains("Filter cleared; u brings it back"),
        "{}",
        last(&stage)
    );
    stage.press("u");
    assert_eq!(stage.model.filter_text(), "lane:First");
}

#[test]
fn an_applied_view_is_named_until_the_filter_changes() {
    let mut stage = stage(LANES, "80x24");
    let last = |stage: &Stage| rows(stage).pop().expect("there is a last row");
    stage.press("1");
    assert!(
        last(&stage).contains("View: Second; u undoes"),
        "{}",
        last(&stage)
    );
    stage.press("j");
    assert!(
        last(&stage).contains(" view Second   x clear   u undo"),
        "{}",
        last(&stage)
    );
    stage.press("u");
    assert!(!last(&stage).contains("view Second"), "{}", last(&stage));
    stage.press("1xflane:First<enter>");
    assert!(
        last(&stage).contains(" filter lane:First"),
        "{}",
        last(&stage)
    );
}

#[test]
fn a_search_stays_in_the_last_line_and_scrolls_the_detail_to_a_match_that_no_title_has() {
    let summary = "word ".repeat(400);
    let text = format!(
        "[[events]]\nwhen = \"2021\"\ntitle = \"First\"\nsummary = \"{summary} needle\"\n\
         [[events]]\nwhen = \"2022\"\ntitle = \"A needle\"\n"
    );
    let mut stage = stage(&text, "80x24");
    let last = |stage: &Stage| rows(stage).pop().expect("there is a last row");
    stage.press("/needle");
    assert!(
        last(&stage).contains("Match 1 of 2, in a summary"),
        "{}",
        last(&stage)
    );
    stage.press("<enter>");
    let seen = rows(&stage)
        .iter()
        .filter(|row| row.contains("needle"))
        .count();
    assert_eq!(
        seen,
        2,
        "a title and the end of the detail: {:#?}",
        rows(&stage)
    );
    assert!(
        rows(&stage).iter().any(|row| row.starts_with("/  ")),
        "the other row is marked"
    );
    stage.press("n");
    assert!(last(&stage).contains("Match 2 of 2"), "{}", last(&stage));
    stage.press("i<esc>");
    assert!(last(&stage).contains(" 2/2  n next"), "{}", last(&stage));
    stage.press("k");
    assert!(
        last(&stage).contains(" /needle  n next"),
        "{}",
        last(&stage)
    );
    stage.press("<esc>");
    assert!(!last(&stage).contains("next"), "{}", last(&stage));
}

/// The lines of the box that `gs` opens.
fn scene_stub(stage: &mut Stage) -> String {
    stage.press("gs");
    match stage.model.overlay() {
        Some(Overlay::Stub(stub)) => stub.lines.clone(),
        _ => panic!("`gs` opens a box"),
    }
}

#[test]
fn a_scene_to_paste_has_the_present_view() {
    let text = r#"
[[events]]
when  = "2021"
phase = "legal"
title = "Surely"
[[events]]
when  = "late 2021"
phase = "legal"
title = "Possibly"
[views.spring]
filter = "when:..2021-11"
"#;
    let mut seen = stage(text, "100x30");
    seen.press("1");
    assert!(scene_stub(&mut seen).starts_with("[[scenes]]"));
    for (keys, line) in [
        ("1s", "surely(when:..2021-11)"),
        ("1O", "group  = \"phase\""),
    ] {
        let mut narrowed = stage(text, "100x30");
        narrowed.press(keys);
        let stub = scene_stub(&mut narrowed);
        assert!(
            stub.contains("[views.name]") && stub.contains(line),
            "{keys}: {stub}"
        );
    }
    // Once the file has the pasted view, no new view is offered.
    let pasted = text.replace("when:..2021-11", "surely(when:..2021-11)");
    let mut seen = stage(&pasted, "100x30");
    seen.press("1");
    assert!(scene_stub(&mut seen).starts_with("[[scenes]]"));
    let mut seen = stage(&pasted, "100x30");
    seen.press("fwhen:..2021-11<enter>s");
    assert!(scene_stub(&mut seen).starts_with("[[scenes]]"));
}

/// A pasted scene becomes part of the file, in which an empty text would be a finding.
#[test]
fn a_scene_to_paste_has_no_findings_on_any_screen() {
    let text = "[[events]]\nid = \"a\"\nwhen = \"2021\"\ntitle = \"A\"\n\
                [[events]]\nid = \"b\"\nwhen = \"2022\"\nphase = \"legal\"\n";
    for keys in [
        "",
        "j",
        "fphase:legal<enter>",
        "O",
        "fid:a<enter>-",
        "T",
        "f-id:*<enter>",
    ] {
        let mut stage = stage(text, "100x30");
        stage.press(keys);
        let stub = scene_stub(&mut stage);
        assert!(!stub.contains("\"\""), "{keys}: {stub}");
        let found = |text: &str| {
            let findings = program::opened("t.toml", text).findings;
            let found = findings
                .iter()
                .map(|it| format!("{}: {}", it.kind.name, it.message));
            found.collect::<Vec<String>>()
        };
        let before = found(text);
        let after = found(&format!("{text}\n{stub}"));
        assert_eq!(after, before, "{keys}: {stub}");
    }
}

#[test]
fn the_box_promises_to_print_only_a_view_and_counts_lines_without_room() {
    let mut stage = Stage::open("shipped", Size::new(100, 30));
    stage.press("Y");
    assert!(rows(&stage).join("\n").contains("--print-view"));
    stage.press("<esc>");
    let stub = scene_stub(&mut stage);
    let all = rows(&stage).join("\n");
    assert!(!all.contains("--print-view"), "{all}");
    assert!(stub.lines().all(|line| all.contains(line)), "{all}");
    stage.resize(Size::new(100, 9));
    let all = rows(&stage).join("\n");
    let is_seen = |line: &&str| all.contains(&format!("│ {line:<30}"));
    let seen = stub.lines().filter(is_seen).count();
    assert!(seen > 0, "{all}");
    let count = format!("… {} lines more", stub.lines().count() - seen);
    assert!(all.contains(&count), "{count}\n{all}");
}

#[test]
fn a_scrolling_list_marks_its_cut_ends() {
    // The last row has hints, such as `↓ next`.
    let count = |rows: &[String], sign: char| {
        let boxed = &rows[..rows.len() - 1];
        boxed.iter().filter(|row| row.contains(sign)).count()
    };
    for (keys, size) in [(":", "80x24"), ("f", "80x24"), ("f", "60x12")] {
        let mut stage = Stage::open("shipped", program::size(size));
        // The rows above the box have no such marks.
        let before = (count(&rows(&stage), '↓'), count(&rows(&stage), '↑'));
        stage.press(keys);
        let opened = rows(&stage);
        assert_eq!(
            count(&opened, '↓'),
            before.0 + 1,
            "{keys} {size}: {opened:#?}"
        );
        stage.press(&"<down>".repeat(if keys == ":" { 30 } else { 0 }));
        stage.press(&"<tab>".repeat(if keys == "f" { 11 } else { 0 }));
        let moved = rows(&stage);
        assert_eq!(
            count(&moved, '↑'),
            before.1 + 1,
            "{keys} {size}: {moved:#?}"
        );
    }
    // The matrix scrolls its aspects. Without room for the whole rule it has that of the selected level.
    let mut stage = Stage::open("shipped", Size::new(60, 22));
    stage.press("Ml");
    let rule =
        "likely: at least one speaker uses an estimative word, and none a word below even odds.";
    let shown = |stage: &Stage| rows(stage).join(" ").replace(['│', ' '], "");
    assert!(shown(&stage).contains(&rule.replace(' ', "")));
    stage.resize(Size::new(60, 12));
    let low = rows(&stage);
    assert_eq!((count(&low, '↑'), count(&low, '↓')), (0, 1), "{low:#?}");
    stage.press(&"<down>".repeat(30));
    let end = rows(&stage);
    assert_eq!((count(&end, '↑'), count(&end, '↓')), (1, 0), "{end:#?}");
    assert!(shown(&stage).contains(&rule.replace(' ', "")));
    stage.resize(Size::new(100, 30));
    let last = "it has no level as a whole.";
    assert!(rows(&stage).join("").contains(last));
}

#[test]
fn the_chosen_candidate_is_visible_on_a_low_terminal() {
    let mut stage = Stage::open("shipped", Size::new(60, 8));
    stage.press("f");
    stage.press(&"<tab>".repeat(9));
    let Some(Overlay::Filter(prompt)) = stage.model.overlay() else {
        panic!("the prompt is open");
    };
    let chosen = prompt.chosen.expect("a candidate is chosen");
    let label = prompt.completion.candidates[chosen].label.clone();
    let boxed = rows(&stage).into_iter().filter(|row| row.starts_with('│'));
    let boxed: Vec<String> = boxed.collect();
    assert!(
        boxed.iter().any(|row| row.contains(&label)),
        "{label}: {boxed:#?}"
    );
}

#[test]
fn the_palette_ignores_case() {
    let text = LANES.replace("views.second", "views.SecondOne");
    for letters in ["secondone", "SecondOne", "scone"] {
        let mut stage = stage(&text, "100x30");
        stage.press(&format!(":{letters}<enter>"));
        assert_eq!(stage.model.filter_text(), "lane:Second", "{letters}");
    }
}

/// Four scenes; the second and the last are for the ministers.
const AUDIENCES: &str = r#"
[[events]]
when  = "2021"
title = "Something"
[[scenes]]
title    = "Alpha"
audience = ["technical"]
[[scenes]]
title    = "Beta"
audience = ["ministers"]
[[scenes]]
title    = "Gamma"
audience = ["technical", "press"]
[[scenes]]
title    = "Delta"
"#;

#[test]
fn the_palette_counts_the_scenes_of_the_path_and_warns_on_leaving_it() {
    let begun = || {
        let mut stage = stage(AUDIENCES, "100x30");
        app::open_briefing(&mut stage.model, Some("ministers"));
        stage
    };
    let mut palette = begun();
    palette.press(":scene");
    let all = rows(&palette);
    let has = |name: &str, title: &str| {
        all.iter()
            .any(|row| row.contains(name) && row.contains(title))
    };
    assert!(
        has("scene 1 ", "Beta") && has("scene 2 ", "Delta"),
        "{all:#?}"
    );
    assert!(
        has("scene for others", "Gamma (for technical, press)"),
        "{all:#?}"
    );
    assert!(!has("scene 1 ", "Alpha"), "{all:#?}");

    let mut stayed = begun();
    stayed.press(":scene 2<enter>");
    assert!(rows(&stayed)[0].contains("scene 2 of 2"));
    assert_eq!(stayed.model.notice(), None);

    let mut left = begun();
    left.press(":gamma<enter>");
    assert!(rows(&left)[0].contains("scene 3 of 4"));
    let notice = left.model.notice().expect("there is a notice");
    assert!(notice.text.contains("not for ministers"), "{}", notice.text);
}

/// The last row after a paste.
fn pasted(stage: &mut Stage) -> String {
    app::run(&mut stage.model, Message::Paste("x".to_owned()));
    rows(stage).pop().expect("there is a last row")
}

#[test]
fn hints_and_notices_name_keys_that_work_here() {
    let mut stage = stage(LANES, "100x30");
    assert!(pasted(&mut stage).contains("paste into; / searches, f filters"));
    stage.press("<enter>v");
    let page = pasted(&mut stage);
    assert!(
        page.contains("paste into; / searches") && !page.contains("filters"),
        "{page}"
    );
    stage.press("<esc><esc>F");
    let facets = pasted(&mut stage);
    assert!(
        facets.contains("paste into") && !facets.contains("searches"),
        "{facets}"
    );

    let mut keys = keymap();
    let set = |keymap: &mut Keymap, name: &str, keys: &[&str]| {
        let command = keymap.commands().find(|it| it.name == name);
        let keys = keys
            .iter()
            .map(|keys| KeySequence::parse(keys).expect("keys"));
        keymap.set(command.expect("the table has the command"), keys.collect());
    };
    set(&mut keys, "search", &["X"]);
    set(&mut keys, "open", &[]);
    let settings = Settings {
        keymap: Arc::new(keys),
        ..Settings::new(keymap())
    };
    let mut stage = stage_with_settings(LANES, "100x30", settings);
    let hints = rows(&stage).pop().expect("there is a last row");
    assert!(
        hints.contains("f filter") && !hints.contains(" open"),
        "{hints}"
    );
    assert!(pasted(&mut stage).contains("X searches"));
    stage.press("n");
    let notice = stage.model.notice().map(|it| it.text.as_str());
    assert_eq!(notice, Some("No search yet; X searches"));
}

#[test]
fn a_command_that_needs_a_number_names_the_key_that_leads_to_it() {
    let mut stage = stage(LANES, "100x30");
    stage.press(":view<enter>");
    let last = rows(&stage).pop().expect("there is a last row");
    assert!(
        last.contains("Press the number of a view; : finds it by its name"),
        "{last}"
    );
}

#[test]
fn the_slider_is_on_the_day_shown_even_before_any_event() {
    let mut stage = Stage::open("shipped", Size::new(120, 36));
    stage.press("@2001-01-01<enter>@");
    let Some(Overlay::AsOf(slider)) = stage.model.overlay() else {
        panic!("the slider is open");
    };
    let shown = slider.day().map(EventDate::sentence);
    assert_eq!(shown.as_deref(), Some("1 January 2001"));
    let next = slider.stops[1].sentence();
    stage.press("l<enter>@");
    let Some(Overlay::AsOf(slider)) = stage.model.overlay() else {
        panic!("the slider is open");
    };
    let shown = slider.day().map(EventDate::sentence);
    assert_eq!(
        shown,
        Some(next),
        "the next day is the first on which something was known"
    );
}

#[test]
fn a_link_far_down_stays_selected_after_a_resize() {
    let mut stage = Stage::open("shipped", Size::new(120, 36));
    stage.press("S<end>");
    stage.press(&"<tab>".repeat(3));
    for width in [60, 200, 80] {
        stage.resize(Size::new(width, 20));
        // The editor key asks for the target of the selected link.
        stage.press("e");
    }
    let sources = rows(&stage).join("\n");
    stage.press("<enter>");
    assert_ne!(rows(&stage).join("\n"), sources, "the link is followed");
}
