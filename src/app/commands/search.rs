//! Searching: from the selected row or line to the next match, in the list and on pages.
//!
//! Among few events the matches are found at once; among many they are requested, and the jump follows with the answer.

use std::ops::Range;
use std::sync::Arc;

use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::overlay::{Overlay, Search};
use crate::app::reload::ShownExtent;
use crate::app::screen::{Reading, Screen};
use crate::app::state::search::{
    PendingSearch, RoundMatch, SearchDirection, SearchHits, SearchRound,
};
use crate::document::count;
use crate::query::Matches;
use crate::query::search::SearchPhrase;
use crate::timeline::Timeline;

/// Among so many events it is found out at once which say some words: it takes a few milliseconds.
const FEW: usize = 50_000;

/// All rows or lines of the screen.
fn round_of(model: &Model, from: usize, direction: SearchDirection) -> SearchRound {
    let count = match model.screen() {
        Screen::Timeline(screen) => screen.sieve.rows().len(),
        Screen::Page(reading) => reading.page.lines.len(),
        Screen::Scene(_) | Screen::Follower(_) => 0,
    };
    SearchRound {
        from,
        direction,
        count,
    }
}

/// The row or the line where one is.
pub(in crate::app) fn position(model: &Model) -> usize {
    match model.screen() {
        Screen::Timeline(screen) => screen.selected,
        Screen::Page(reading) => reading.scroll,
        Screen::Scene(scene) => scene.timeline.selected,
        Screen::Follower(_) => 0,
    }
}

/// Goes to a row or line, as [`position`] gave it.
pub(in crate::app) fn return_to(model: &mut Model, position: usize) {
    let timeline = std::sync::Arc::clone(&model.timeline);
    match model.screen_mut() {
        Screen::Timeline(screen) => screen.select(&timeline, position),
        Screen::Page(reading) => reading.scroll_to(position),
        // A scene stays as it was made: who searches has left it.
        Screen::Scene(_) | Screen::Follower(_) => {}
    }
}

pub(in crate::app) fn prompt(model: &mut Model) -> Vec<Effect> {
    let origin = position(model);
    let before = model.search.needle.clone();
    model.view.overlay = Some(Overlay::Search(Search {
        input: tui_input::Input::default(),
        origin,
        before,
        screen: model.screen().clone(),
    }));
    Vec::new()
}

/// Follows the words in the search prompt: to the first match from where the search began.
pub(in crate::app) fn follow(model: &mut Model) -> Vec<Effect> {
    let Some(Overlay::Search(search)) = &model.view.overlay else {
        return Vec::new();
    };
    let (from, needle) = (search.origin, search.needle());
    model.search.needle.clone_from(&needle);
    let Some(needle) = needle else {
        return_to(model, from);
        return Vec::new();
    };
    set_whole(model);
    // What was found stays in view until it is known where to go from the first letter on.
    let round = round_of(model, from, SearchDirection::Forward);
    look(model, &needle, round, 0..round.count)
}

/// To the next match of what was last looked for.
pub(in crate::app) fn again(model: &mut Model, direction: SearchDirection) -> Vec<Effect> {
    let Some(needle) = model.search.needle.clone() else {
        model.notify_keys("nothing was searched for yet: {search} searches");
        return Vec::new();
    };
    set_whole(model);
    let from = match model.screen() {
        // At the end of a page its last lines are all in view: what comes next is at its beginning.
        Screen::Page(reading) if direction == SearchDirection::Forward && !reading.more().1 => {
            reading.page.lines.len().saturating_sub(1)
        }
        Screen::Page(_) | Screen::Timeline(_) | Screen::Scene(_) | Screen::Follower(_) => {
            position(model)
        }
    };
    if goes_later(model, &needle, direction) {
        return Vec::new();
    }
    let round = round_of(model, from, direction);
    // The present one comes last.
    look(model, &needle, round, 1..round.count + 1)
}

/// A search looks at all lines of a page, so all of them are set.
fn set_whole(model: &mut Model) {
    if let Screen::Page(reading) = model.screen_mut() {
        reading.set_whole();
    }
}

/// Goes to the first of some steps on a round where the words are.
fn look(
    model: &mut Model,
    needle: &SearchPhrase,
    round: SearchRound,
    steps: Range<usize>,
) -> Vec<Effect> {
    let found = match model.screen() {
        Screen::Timeline(_) => return go(model, needle, round, steps),
        Screen::Page(reading) => round.find(steps, |line| line_has(reading, needle, line)),
        Screen::Scene(_) | Screen::Follower(_) => None,
    };
    arrive(model, needle, round, found);
    Vec::new()
}

/// Goes on a round to what was found, and tells how much there is of it; or that there is nothing.
pub(in crate::app) fn arrive(
    model: &mut Model,
    needle: &SearchPhrase,
    round: SearchRound,
    found: Option<RoundMatch>,
) {
    let Some(RoundMatch { step, rank, of }) = found else {
        return_to(model, round.from);
        model.notify(format!("“{}” is nowhere{}", needle.as_str(), beyond(model)));
        return;
    };
    return_to(model, round.position(step));
    let past = match round.direction {
        _ if !round.is_past(step) => "",
        SearchDirection::Forward => ", on from the beginning",
        SearchDirection::Backward => ", on from the end",
    };
    model.notify(format!("match {rank} of {of}{past}"));
}

/// To the next event on which claims differ.
pub(in crate::app) fn contested(model: &mut Model, direction: SearchDirection) -> Vec<Effect> {
    let Screen::Timeline(screen) = model.screen() else {
        return Vec::new();
    };
    let round = round_of(model, position(model), direction);
    let rows = screen.sieve.rows();
    let is_contested = |row: usize| model.timeline.event(rows[row]).is_contested();
    match round.find(1..round.count + 1, is_contested) {
        Some(found) => return_to(model, round.position(found.step)),
        None => model.notify(format!("no event is contested{}", beyond(model))),
    }
    Vec::new()
}

/// What a remark that there is nothing must add if a filter hides events, or more are being read.
fn beyond(model: &Model) -> &'static str {
    match model.screen() {
        Screen::Timeline(screen) if screen.sieve.rows().len() < model.timeline.len() => {
            " among those that the filter leaves"
        }
        Screen::Timeline(_) if model.files.reload.extent() != ShownExtent::Whole => {
            " in what is read so far"
        }
        Screen::Timeline(_) | Screen::Page(_) | Screen::Scene(_) | Screen::Follower(_) => "",
    }
}

fn line_has(reading: &Reading, needle: &SearchPhrase, line: usize) -> bool {
    reading
        .page
        .lines
        .get(line)
        .is_some_and(|line| needle.is_in(&line.text()))
}

/// Goes to the first of some steps on a round through the list where the event says the words, once that is known.
pub(in crate::app) fn go(
    model: &mut Model,
    needle: &SearchPhrase,
    round: SearchRound,
    steps: Range<usize>,
) -> Vec<Effect> {
    let is_known = model
        .search
        .hits
        .as_ref()
        .is_some_and(|it| it.needle == *needle);
    if !is_known && model.timeline.len() > FEW {
        return ask(model, needle, round, steps);
    }
    if !is_known {
        model.search.hits = Some(SearchHits {
            needle: needle.clone(),
            events: needle.events(&model.timeline),
        });
    }
    model.search.asked = None;
    let (Some(hits), Screen::Timeline(screen)) = (&model.search.hits, model.screen()) else {
        return Vec::new();
    };
    let rows = screen.sieve.rows();
    let found = round.find(steps, |row| hits.have(rows[row]));
    arrive(model, needle, round, found);
    Vec::new()
}

fn ask(
    model: &mut Model,
    needle: &SearchPhrase,
    round: SearchRound,
    steps: Range<usize>,
) -> Vec<Effect> {
    let Screen::Timeline(screen) = model.screen() else {
        return Vec::new();
    };
    model.search.asked = Some(PendingSearch {
        needle: needle.clone(),
        round,
        steps,
        then: Vec::new(),
        rows: screen.sieve.shared_rows(),
        at: screen.selected,
    });
    tell(model, needle);
    vec![Effect::Search {
        timeline: Arc::clone(&model.timeline),
        needle: needle.clone(),
    }]
}

fn tell(model: &mut Model, needle: &SearchPhrase) {
    let all = count(model.timeline.len(), "event");
    model.notify(format!("looking for “{}” in {all}", needle.as_str()));
}

/// Goes on to the next hit once there are any, if they are not known yet.
pub(in crate::app) fn goes_later(
    model: &mut Model,
    needle: &SearchPhrase,
    direction: SearchDirection,
) -> bool {
    let is_wanted = model
        .search
        .asked
        .as_ref()
        .is_some_and(|asked| asked.needle == *needle && is_wanted(asked, model));
    if let (true, Some(asked)) = (is_wanted, &mut model.search.asked) {
        asked.then.push(direction);
        tell(model, needle);
    }
    is_wanted
}

/// Whether list and selection are still those of the moment when the search was requested.
fn is_wanted(asked: &PendingSearch, model: &Model) -> bool {
    let Screen::Timeline(screen) = model.screen() else {
        return false;
    };
    Arc::ptr_eq(&screen.sieve.shared_rows(), &asked.rows) && screen.selected == asked.at
}

/// It is known which events of a timeline say some words: goes to the first, if that is still wanted.
pub(in crate::app) fn take(
    model: &mut Model,
    timeline: &Arc<Timeline>,
    needle: &SearchPhrase,
    events: Matches,
) {
    if !Arc::ptr_eq(timeline, &model.timeline) || model.search.needle.as_ref() != Some(needle) {
        return;
    }
    model.search.hits = Some(SearchHits {
        needle: needle.clone(),
        events,
    });
    let asked = model.search.asked.take_if(|asked| asked.needle == *needle);
    if let Some(asked) = asked.filter(|asked| is_wanted(asked, model)) {
        model.view.notice = None;
        go(model, needle, asked.round, asked.steps);
        for direction in asked.then {
            again(model, direction);
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Size;

    use super::*;
    use crate::app::input::key::parse;
    use crate::app::reload::swap::{prepare_swap, swap_request};
    use crate::app::{Msg, answer, run, update};
    use crate::diagnostic::SourceText;

    /// Only the last two events say `needle`.
    fn timeline(events: usize) -> Arc<Timeline> {
        let mut text = "datetime,message\n".to_owned();
        for _ in 2..events {
            text.push_str("2021-01-01T00:00:00Z,straw\n");
        }
        text.push_str("2022-01-01T00:00:00Z,Needle\n2022-01-02T00:00:00Z,needle\n");
        Arc::new(crate::formats::open(&[SourceText::new("t.csv", text)]).0)
    }

    fn model(timeline: &Arc<Timeline>) -> Model {
        crate::app::open(Arc::clone(timeline), Vec::new(), Size::new(80, 24))
    }

    fn at(model: &Model) -> (usize, &str) {
        let notice = model.view.notice.as_ref().map_or("", |notice| &notice.text);
        (position(model), notice)
    }

    /// Presses some keys, and gives the answer to what the last of them asks for.
    fn press(model: &mut Model, keys: &str) -> Option<Msg> {
        let inputs = parse(keys).expect("keys").into_iter();
        let effects = inputs.map(|input| update(model, Msg::Input(input))).last();
        let mut effects = effects.unwrap_or_default().into_iter();
        effects.find_map(|effect| answer(&model.timeline, &effect))
    }

    const MANY: usize = FEW + 1;

    #[test]
    fn among_few_events_the_key_finds_them() {
        let mut model = model(&timeline(4));
        assert!(press(&mut model, "/needle").is_none());
        assert_eq!(at(&model), (2, "match 1 of 2"));
        press(&mut model, "<enter>n");
        assert_eq!(at(&model), (3, "match 2 of 2"));
        press(&mut model, "n");
        assert_eq!(at(&model), (2, "match 1 of 2, on from the beginning"));
        press(&mut model, "NN");
        assert_eq!(at(&model), (2, "match 1 of 2"));
        press(&mut model, "N");
        assert_eq!(at(&model), (3, "match 2 of 2, on from the end"));
    }

    #[test]
    fn among_many_they_are_asked_for_and_gone_to_once_they_are_known() {
        let mut model = model(&timeline(MANY));
        let answer = press(&mut model, "/needle").expect("they are many");
        assert_eq!(at(&model), (0, "looking for “needle” in 50001 events"));
        assert!(press(&mut model, "<enter>").is_none(), "it goes on");
        update(&mut model, answer);
        assert_eq!(at(&model), (MANY - 2, "match 1 of 2"));
        assert!(press(&mut model, "n").is_none(), "it is known now");
        assert_eq!(at(&model), (MANY - 1, "match 2 of 2"));
    }

    #[test]
    fn the_next_may_be_wished_for_before_the_first_is_known() {
        let mut model = model(&timeline(MANY));
        let answer = press(&mut model, "/needle").expect("they are many");
        assert!(
            press(&mut model, "<enter>n").is_none(),
            "it was asked already"
        );
        update(&mut model, answer);
        assert_eq!(at(&model), (MANY - 1, "match 2 of 2"));
    }

    #[test]
    fn what_is_nowhere_is_told_when_that_is_known() {
        let mut model = model(&timeline(MANY));
        let answer = press(&mut model, "/thread").expect("they are many");
        update(&mut model, answer);
        assert_eq!(at(&model), (0, "“thread” is nowhere"));
    }

    #[test]
    fn whoever_goes_elsewhere_is_not_carried_off() {
        let many = timeline(MANY);
        for keys in [
            "<enter>j",
            "<esc>",
            "<enter><esc>",
            "<enter>v",
            "<enter>/x",
            "ftitle:straw<enter>",
        ] {
            let mut model = model(&many);
            let answer = press(&mut model, "/needle").expect("they are many");
            let keys = parse(keys).expect("keys").into_iter();
            keys.for_each(|input| drop(run(&mut model, Msg::Input(input))));
            let before = (model.screen().clone(), model.view.notice.clone());
            update(&mut model, answer);
            assert!((model.screen().clone(), model.view.notice.clone()) == before);
        }
    }

    #[test]
    fn what_is_said_in_another_timeline_counts_no_more() {
        let mut first = model(&timeline(MANY));
        let answer = press(&mut first, "/needle").expect("they are many");
        let mut other = model(&timeline(3));
        press(&mut other, "/needle<enter>");
        let request = swap_request(&first, Arc::clone(&other.timeline));
        first.rebase(prepare_swap(&request));
        update(&mut first, answer);
        press(&mut first, "<enter>n");
        assert_eq!(at(&first), (1, "match 1 of 2"));
    }
}
