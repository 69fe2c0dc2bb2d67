//! Late answers: the viewer evaluates filters while it goes on reading keys.

use dateline::app::input::key::{self, UserInput};
use dateline::app::model::Model;
use dateline::app::state::query_work::{QueryKind, QueryWork};
use dateline::app::{Effect, Message, answer, update, view_stub};
use dateline::timeline::VisitControl;
use dateline::ui::screenshot::ScreenshotFormat;

use crate::support::program::{Stage, size};

fn open() -> Model {
    Stage::open("harbour", size("100x30")).model
}

/// Presses keys without answering. Returns the effects to answer.
fn press(model: &mut Model, keys: &str) -> Vec<Effect> {
    let inputs = key::parse(keys).expect("keys are written in the notation");
    let pressed = inputs
        .into_iter()
        .map(|input: UserInput| Message::Input(input));
    pressed.flat_map(|msg| update(model, msg)).collect()
}

/// Answers all effects in order, with those that follow from them.
fn answer_all(model: &mut Model, mut effects: Vec<Effect>) {
    while !effects.is_empty() {
        let answers: Vec<Message> = effects
            .iter()
            .filter_map(|effect| answer(model.timeline(), effect, &VisitControl::default()))
            .collect();
        effects = answers
            .into_iter()
            .flat_map(|msg| update(model, msg))
            .collect();
    }
}

fn filter(model: &Model) -> &str {
    model
        .active_filter()
        .map_or("", |active_filter| &active_filter.text)
}

#[test]
fn a_late_filter_applies_to_the_screen_that_asked_for_it() {
    let mut model = open();
    let late = press(&mut model, "vtfphase:sanction<enter><esc>");
    answer_all(&mut model, late);
    assert_eq!(filter(&model), "", "the screen of the filter is gone");

    let mut model = open();
    let late = press(&mut model, "fphase:sanction<enter>vt");
    answer_all(&mut model, late);
    assert_eq!(filter(&model), "", "the new screen has its own filter");
    press(&mut model, "<esc><esc>");
    assert_eq!(filter(&model), "phase:sanction");
}

#[test]
fn esc_in_a_prompt_keeps_a_late_filter() {
    for keys in [
        "fphase:sanction<enter>fx<esc>",
        "fphase:sanction<enter>/x<esc>",
    ] {
        let mut model = open();
        let late = press(&mut model, keys);
        answer_all(&mut model, late);
        assert_eq!(filter(&model), "phase:sanction", "{keys}");
    }
    let mut model = open();
    let late = press(&mut model, "fphase:sanction<enter>/x");
    answer_all(&mut model, late);
    let late = press(&mut model, "<esc>");
    answer_all(&mut model, late);
    assert_eq!(
        filter(&model),
        "phase:sanction",
        "answered while one searched"
    );
}

#[test]
fn a_view_to_paste_has_the_requested_filter() {
    let mut model = open();
    press(&mut model, "fphase:sanction<enter>");
    assert!(view_stub(&model).contains("phase:sanction"));
}

#[test]
fn tab_before_the_completion_arrives_accepts_it_on_arrival() {
    let mut model = open();
    let late = press(&mut model, "fphase:sanc<tab>");
    answer_all(&mut model, late);
    assert_eq!(filter(&model), "phase:sanction");
    let late = press(&mut model, "<enter>");
    answer_all(&mut model, late);
    assert!(model.overlay().is_none());
}

fn shows(stage: &Stage, words: &str) -> bool {
    stage.frame(ScreenshotFormat::Text).contains(words)
}

/// What takes longer than a moment is in the header, with the key that stops it.
#[test]
fn a_long_filter_is_in_the_header_and_is_stopped_by_esc() {
    let mut stage = Stage::open("harbour", size("100x30"));
    let working = |percent| {
        let kind = QueryKind::Filter;
        Message::Working(Some(QueryWork { kind, percent }))
    };
    for input in key::parse("ftitle:mail<enter>").expect("keys") {
        drop(update(&mut stage.model, Message::Input(input)));
    }
    drop(update(&mut stage.model, working(None)));
    assert!(shows(&stage, " filtering: esc stops "));
    drop(update(&mut stage.model, working(Some(40))));
    assert!(shows(&stage, " filtering 40 %: esc stops "));
    let esc = key::parse("<esc>").expect("a key");
    let effects = update(&mut stage.model, Message::Input(esc[0]));
    assert!(matches!(
        effects[..],
        [Effect::StopQuery(QueryKind::Filter)]
    ));
    drop(update(&mut stage.model, Message::Working(None)));
    assert!(shows(&stage, "Filter stopped; the list is as before"));
    assert!(!shows(&stage, "filtering"));
}
