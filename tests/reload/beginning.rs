//! Long files: their start is shown while the rest is read.

use dateline::app::Effect;
use dateline::app::model::Model;
use dateline::app::reload::{FileReading, FileRequest, ReloadEvent, ShownExtent};
use dateline::app::screen::Screen;
use dateline::app::state::settings::Settings;

use super::{error, model, press, read, reading, report};

const A: &str = "[[events]]\nid = \"a\"\nwhen = \"2021\"\ntitle = \"A\"\nactors = [\"x\"]\n";
const B: &str = "[[events]]\nid = \"b\"\nwhen = \"2022\"\ntitle = \"B\"\nactors = [\"x\"]\n";
const C: &str = "[[events]]\nid = \"c\"\nwhen = \"2020\"\ntitle = \"C\"\nactors = [\"x\"]\n";

fn beginning(text: &str) -> Model {
    let mut model = model(text);
    model.begin_reading();
    model
}

fn load(model: &mut Model, text: &str, stopped_at: Option<u8>) {
    let reading = FileReading {
        stopped_at,
        ..reading(model, text, Vec::new())
    };
    report(model, read(reading));
}

fn selected(model: &Model) -> String {
    let screen = model
        .last_timeline_screen()
        .expect("some screen is a timeline");
    let event = screen.event().expect("an event is selected");
    model.timeline().event(event).key().into_owned()
}

#[test]
fn a_loaded_file_selects_its_first_event_unless_the_user_chose_one() {
    let mut model = beginning(&format!("{A}{B}"));
    load(&mut model, &format!("{A}{B}{C}"), None);
    assert_eq!(
        (selected(&model).as_str(), model.reload().extent()),
        ("c", ShownExtent::Whole)
    );
    let mut model = beginning(&format!("{A}{B}"));
    press(&mut model, "j");
    load(&mut model, &format!("{A}{B}{C}"), None);
    assert_eq!(selected(&model), "b");
}

#[test]
fn a_filter_and_a_page_opened_meanwhile_stay() {
    let mut model = beginning(A);
    press(&mut model, "factor:x<enter>v");
    load(&mut model, &format!("{A}{B}{C}"), None);
    assert!(matches!(model.screen(), Screen::Page(_)));
    press(&mut model, "<esc>");
    let rows = model
        .active_filter()
        .expect("some screen is a timeline")
        .rows()
        .len();
    assert_eq!((model.filter_text(), rows), ("actor:x", 3));
}

#[test]
fn a_search_without_a_match_may_match_later() {
    let mut model = beginning(A);
    press(&mut model, "/B");
    let notice = |model: &Model| model.notice().map(|notice| notice.text.clone());
    assert_eq!(
        notice(&model).as_deref(),
        Some("No match for “b” in the part read so far")
    );
    load(&mut model, &format!("{A}{B}"), None);
    press(&mut model, "<enter>n");
    assert_eq!(notice(&model).as_deref(), Some("Match 1 of 1"));
    assert_eq!(selected(&model), "b");
}

#[test]
fn escape_stops_loading_where_it_has_no_other_meaning() {
    let mut model = beginning(A);
    let stops = |effects: &[Effect]| {
        let is_stop = |effect: &&Effect| matches!(effect, Effect::Files(FileRequest::Stop));
        effects.iter().filter(is_stop).count()
    };
    assert_eq!(stops(&press(&mut model, "v<esc>")), 0, "escape leads back");
    assert_eq!(stops(&press(&mut model, "h<left>")), 0, "no other key does");
    assert_eq!(stops(&press(&mut model, "<esc><esc>")), 1);
    load(&mut model, A, Some(40));
    assert_eq!(model.reload().extent(), ShownExtent::Part { percent: 40 });
    assert_eq!(stops(&press(&mut model, "<esc>")), 0);
}

#[test]
fn the_beginning_stays_if_loading_stops_at_once() {
    let mut model = beginning(&format!("{A}{B}"));
    load(&mut model, A, Some(0));
    assert_eq!(model.timeline().len(), 2);
    let mut model = beginning(A);
    load(&mut model, &format!("{A}{B}"), Some(50));
    assert_eq!(model.timeline().len(), 2);
}

#[test]
fn progress_counts_only_while_loading() {
    let mut model = beginning(A);
    report(&mut model, ReloadEvent::Progress(50));
    assert!(matches!(
        model.reload().extent(),
        ShownExtent::Beginning { percent: 50, .. }
    ));
    load(&mut model, A, None);
    report(&mut model, ReloadEvent::Progress(90));
    assert_eq!(model.reload().extent(), ShownExtent::Whole);
}

#[test]
fn findings_on_the_settings_are_kept_next_to_those_on_the_files() {
    let settings = Settings::new(dateline::app::commands::keymap());
    let mut model = beginning(A).with_settings(settings, vec![error("in the settings")]);
    let reading = reading(&model, A, vec![error("in the file")]);
    report(&mut model, read(reading));
    let notice: Vec<&str> = (model.problems().each().map(|it| it.message.as_str())).collect();
    assert_eq!(notice, ["in the file", "in the settings"]);
    assert!(model.reload().is_incomplete() && model.notice().is_some_and(|notice| notice.is_error));
}
