//! Late answers: the viewer evaluates filters while it goes on reading keys.

use dateline::app::input::key::{self, UserInput};
use dateline::app::model::Model;
use dateline::app::{Effect, Message, answer, update, view_stub};

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
            .filter_map(|effect| answer(model.timeline(), effect))
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
