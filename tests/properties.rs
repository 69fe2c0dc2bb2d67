//! Laws of the viewer, for any keys, sizes and texts.
//!
//! The cases are the same in every run, so that a green run stays green. To test more, set `PROPTEST_CASES=1000` and
//! another `PROPTEST_RNG_SEED`, as `.ci/long` does.

pub mod texts;
mod verdicts;

use std::ops::Range;

use dateline::app::Effect;
use dateline::app::commands::COMMANDS;
use dateline::app::input::key::{self, Code, Key, Mouse, MouseAct, UserInput};
use dateline::app::screen::Screen;
use dateline::document::PageSubject;
use dateline::ui::screenshot::ScreenshotFormat;
use dateline::ui::theme::Theme;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use ratatui::layout::{Position, Size};

use crate::support::program::{Stage, TIMELINES};

/// Runs this many cases, always the same ones unless the environment says otherwise.
pub fn cases(cases: u32) -> ProptestConfig {
    let requested = ProptestConfig::default();
    let is_plain = requested.cases == 256;
    ProptestConfig {
        cases: if is_plain { cases } else { requested.cases },
        rng_seed: match requested.rng_seed {
            RngSeed::Random => RngSeed::Fixed(2021),
            fixed @ RngSeed::Fixed(_) => fixed,
        },
        failure_persistence: None,
        ..requested
    }
}

/// Numbers for this many rounds of a law that makes its own input, the same ones whenever [`cases`] are.
pub fn seeds(count: u32) -> Range<u64> {
    let requested = cases(count);
    let RngSeed::Fixed(seed) = requested.rng_seed else {
        unreachable!("the cases are always the same");
    };
    let first = seed.wrapping_sub(2021) << 20;
    first..first + u64::from(requested.cases)
}

/// An action of the user or the terminal.
#[derive(Clone, Debug)]
enum UserAction {
    Inputs(Vec<UserInput>),
    Resize(Size),
}

pub fn any_size() -> impl Strategy<Value = Size> {
    let tiny = (0..30_u16, 0..12_u16);
    let usual = (30..130_u16, 8..45_u16);
    let large = (0..=250_u16, 0..=80_u16);
    prop_oneof![4 => tiny, 5 => usual, 1 => large]
        .prop_map(|(width, height)| Size::new(width, height))
}

/// Every key of the command table, in each of its bindings.
fn bound() -> impl Strategy<Value = Vec<UserInput>> {
    let all: Vec<Vec<UserInput>> = COMMANDS
        .iter()
        .flat_map(|command| command.keys)
        .map(|keys| key::parse(keys).expect("a test reads every key of the table"))
        .collect();
    proptest::sample::select(all)
}

fn typed() -> impl Strategy<Value = Vec<UserInput>> {
    let character = prop_oneof![
        6 => proptest::char::range(' ', '~'),
        1 => texts::nasty(),
    ];
    (character, prop::bool::weighted(0.1)).prop_map(|(character, ctrl)| {
        let code = Code::Char(character);
        vec![UserInput::Key(Key { code, ctrl })]
    })
}

fn mouse() -> impl Strategy<Value = Vec<UserInput>> {
    let acts = vec![MouseAct::Click, MouseAct::WheelUp, MouseAct::WheelDown];
    let place = prop_oneof![
        9 => (0..130_u16, 0..45_u16),
        1 => (any::<u16>(), any::<u16>()),
    ];
    (proptest::sample::select(acts), place)
        .prop_map(|(act, (column, row))| vec![UserInput::Mouse(Mouse { act, column, row })])
}

fn act() -> impl Strategy<Value = UserAction> {
    prop_oneof![
        10 => bound().prop_map(UserAction::Inputs),
        2 => typed().prop_map(UserAction::Inputs),
        2 => mouse().prop_map(UserAction::Inputs),
        1 => any_size().prop_map(UserAction::Resize),
    ]
}

fn acts(most: usize) -> impl Strategy<Value = Vec<UserAction>> {
    prop::collection::vec(act(), 0..most)
}

fn timeline() -> impl Strategy<Value = &'static str> {
    proptest::sample::select(TIMELINES)
}

fn perform(stage: &mut Stage, act: &UserAction) -> Vec<Effect> {
    match act {
        UserAction::Inputs(inputs) => inputs
            .iter()
            .flat_map(|&input| stage.input(input))
            .collect(),
        UserAction::Resize(size) => {
            stage.resize(*size);
            Vec::new()
        }
    }
}

/// The selection on every screen: the selected event, or the subject of a page and its selected link.
fn selection(stage: &Stage) -> Vec<(Option<usize>, Option<PageSubject>, Option<usize>)> {
    let one = |screen: &Screen| match screen {
        Screen::Timeline(screen) => (Some(screen.selected), None, None),
        Screen::Page(page_view) => (None, Some(page_view.subject), page_view.link),
        Screen::Scene(scene) => (Some(scene.at), None, Some(scene.step)),
        Screen::Follower(screen) => (Some(screen.scroll), None, None),
    };
    stage.model.trail().map(one).collect()
}

/// Closes the overlay, and drops a half-typed command and the notice.
fn come_to_rest(stage: &mut Stage) {
    // A half-typed day in the day slider takes two.
    for _ in 0..2 {
        if stage.model.overlay().is_some() {
            stage.press("<esc>");
        }
    }
    stage.model.clear_status_line();
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn any_keys_at_any_size_never_panic_and_drawing_twice_gives_the_same_cells(
        name in timeline(), size in any_size(), acts in acts(40),
    ) {
        let mut stage = Stage::open(name, size);
        for act in &acts {
            perform(&mut stage, act);
            let first = stage.buffer(Theme::default());
            let (buffer, cursor) = stage.drawn(Theme::default());
            prop_assert_eq!(&first, &buffer);
            let at = cursor.position();
            prop_assert!(at == Position::ORIGIN || buffer.area.contains(at), "{:?}", cursor);
        }
        for theme in Theme::ALL {
            stage.buffer(*theme);
        }
    }

    #[test]
    fn a_resize_and_its_reverse_keep_the_selection(
        name in timeline(), size in any_size(), acts in acts(20), other in any_size(),
    ) {
        let mut stage = Stage::open(name, size);
        for act in &acts {
            perform(&mut stage, act);
        }
        let (size, before) = (stage.model.size(), selection(&stage));
        stage.resize(other);
        stage.resize(size);
        prop_assert_eq!(before, selection(&stage));
    }

    #[test]
    fn going_back_after_any_visits_restores_the_same_frame(
        name in timeline(), size in any_size(), before in acts(12),
        visit in proptest::sample::select(vec!["v", "i", "E", "S", "t", "<enter>", "<tab><enter>", "<tab><tab><enter>"]),
        during in prop::collection::vec(bound(), 0..20),
    ) {
        let mut stage = Stage::open(name, size);
        for act in &before {
            perform(&mut stage, act);
        }
        come_to_rest(&mut stage);
        // Selecting a link or entering the detail is not part of the visit.
        let (select, last) = visit.rsplit_once("<tab>").map_or(("", visit), |(_, last)| (visit, last));
        if !select.is_empty() {
            let tabs = select.matches("<tab>").count();
            stage.press(&"<tab>".repeat(tabs));
            come_to_rest(&mut stage);
        }
        let (depth, needle) = (stage.model.depth(), stage.model.needle().cloned());
        let frame = stage.frame(ScreenshotFormat::Roles);
        stage.press(last);
        // Without a visit there is nothing to go back from.
        if stage.model.depth() == depth {
            return Ok(());
        }
        for inputs in &during {
            let leads_out = stage.model.depth() == depth + 1 && is_back(&stage, inputs)
                || is_back_to_scene(&stage, inputs);
            for &input in inputs.iter().filter(|_| !leads_out) {
                stage.input(input);
            }
        }
        come_to_rest(&mut stage);
        // All screens share the search term.
        stage.model.set_needle(needle);
        let mut steps = 0;
        while stage.model.depth() > depth {
            stage.press("<esc>");
            steps += 1;
            prop_assert!(steps < 200, "no way back");
        }
        stage.model.clear_status_line();
        prop_assert_eq!(frame, stage.frame(ScreenshotFormat::Roles));
    }
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn a_cancelled_search_restores_the_frame(
        name in timeline(), size in any_size(), before in acts(12), words in "[a-z0-9 ]{1,4}",
    ) {
        let mut stage = Stage::open(name, size);
        for act in &before {
            perform(&mut stage, act);
        }
        come_to_rest(&mut stage);
        let frame = stage.frame(ScreenshotFormat::Roles);
        let was_scene = matches!(stage.model.screen(), Screen::Scene(_));
        stage.press(&format!("/{words}<esc>"));
        // A search at a scene explores the timeline behind it; `b` returns to the path.
        if was_scene {
            stage.press("b");
        }
        stage.model.clear_status_line();
        prop_assert_eq!(frame, stage.frame(ScreenshotFormat::Roles));
    }

    #[test]
    fn a_cancelled_filter_prompt_restores_the_frame(
        name in timeline(), size in any_size(), before in acts(12), words in "[a-z:0-9 ]{1,6}",
    ) {
        let mut stage = Stage::open(name, size);
        for act in &before {
            perform(&mut stage, act);
        }
        come_to_rest(&mut stage);
        let frame = stage.frame(ScreenshotFormat::Roles);
        // A page has no filter, so the characters would be commands.
        if stage.meant_by(Key::char('f')).is_some_and(|command| command.name == "filter") {
            stage.press(&format!("f{words}<esc>"));
            stage.model.clear_status_line();
            prop_assert_eq!(frame, stage.frame(ScreenshotFormat::Roles));
        }
    }

    #[test]
    fn a_cancelled_day_slider_restores_the_frame(
        name in timeline(), size in any_size(), before in acts(12),
        moves in prop::collection::vec(proptest::sample::select(vec!["<left>", "<right>", "<pgup>", "gg", "<pgdn>"]), 0..4),
    ) {
        let mut stage = Stage::open(name, size);
        for act in &before {
            perform(&mut stage, act);
        }
        come_to_rest(&mut stage);
        cancel_day_slider(&mut stage, &moves.concat());
    }

    #[test]
    fn shown_and_hidden_events_add_up_to_all_events(
        name in timeline(), size in any_size(), before in acts(20),
    ) {
        let mut stage = Stage::open(name, size);
        for act in &before {
            perform(&mut stage, act);
        }
        let active_filter = stage.model.active_filter().expect("some screen is a timeline");
        let counts = active_filter.counts();
        prop_assert_eq!(counts.surely + counts.possibly + counts.hidden, stage.model.timeline().len());
        let shown = if active_filter.surely_only { counts.surely } else { counts.surely + counts.possibly };
        prop_assert_eq!(active_filter.rows().len(), shown);
    }
}

/// Moves the slider of days and cancels it: the frame is as before.
fn cancel_day_slider(stage: &mut Stage, moves: &str) {
    let command = stage.meant_by(Key::char('@'));
    if command.is_none_or(|command| command.name != "as-of") {
        return;
    }
    stage.model.clear_status_line();
    let frame = stage.frame(ScreenshotFormat::Roles);
    stage.press("@");
    if stage.model.overlay().is_some() {
        stage.press(&format!("{moves}<esc>"));
    }
    stage.model.clear_status_line();
    assert_eq!(frame, stage.frame(ScreenshotFormat::Roles));
}

/// A single row of a list shows whether the scrolling came back, too.
#[test]
fn a_cancelled_day_slider_brings_back_the_selection_the_rows_and_the_page() {
    for name in TIMELINES {
        for size in [Size::new(1, 4), Size::new(80, 24)] {
            for before in ["", "jjj", "Gv", "jj<tab>"] {
                let mut stage = Stage::open(name, size);
                stage.press(before);
                for moves in ["<pgup>", "gg<right>"] {
                    cancel_day_slider(&mut stage, moves);
                }
            }
        }
    }
}

/// Whether keys would lead back to the scene of a briefing, from any screen above it.
fn is_back_to_scene(stage: &Stage, inputs: &[UserInput]) -> bool {
    stage.model.scene().is_some_and(|(_, is_left)| is_left)
        && inputs.iter().any(|&input| match input {
            UserInput::Key(key) => {
                let command = stage.meant_by(key);
                command.is_some_and(|command| matches!(command.name, "brief" | "accept"))
            }
            UserInput::Mouse(_) | UserInput::Resize(_) => false,
        })
}

/// Whether keys would lead back from a screen.
fn is_back(stage: &Stage, inputs: &[UserInput]) -> bool {
    let is_answered = matches!(
        stage.model.screen(),
        Screen::Page(page_view) if matches!(page_view.subject, PageSubject::Evidence(_))
    );
    let leads_back = |name: &str| match name {
        "back" | "accept" | "quit" => true,
        // The key for the claims behind a fact also leads back from them.
        "says-who" => is_answered,
        _ => false,
    };
    inputs.iter().any(|&input| match input {
        UserInput::Key(key) => stage
            .meant_by(key)
            .is_some_and(|command| leads_back(command.name)),
        UserInput::Mouse(_) | UserInput::Resize(_) => false,
    })
}
