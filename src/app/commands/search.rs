//! Searching: from the selected row or line to the next match, in the list and on pages.
//!
//! In a small timeline a search is immediate; in a large one it is an effect, and the jump follows with the answer.

use std::ops::Range;
use std::sync::Arc;

use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::overlay::{Overlay, SearchPrompt};
use crate::app::reload::ShownExtent;
use crate::app::screen::{PageView, Screen};
use crate::app::state::search::{
    PendingSearch, ReachedMatch, RoundMatch, SearchDirection, SearchHits, SearchRound,
};
use crate::document::count;
use crate::query::Matches;
use crate::query::search::SearchPhrase;
use crate::timeline::{EventId, Timeline};

/// Up to this many events are searched immediately, which takes a few milliseconds.
const FEW: usize = 50_000;

/// The lines of a detail that stay visible above a match.
const LINES_BEFORE_MATCH: usize = 2;

/// A round through all rows or lines of the screen.
fn round_of(model: &Model, from: usize, direction: SearchDirection) -> SearchRound {
    SearchRound {
        from,
        direction,
        count: model.search_place().count,
    }
}

/// The selected row, or the first visible line.
pub(in crate::app) fn position(model: &Model) -> usize {
    model.search_place().position
}

/// Restores a [`position`].
pub(in crate::app) fn return_to(model: &mut Model, position: usize) {
    let timeline = std::sync::Arc::clone(&model.timeline);
    match model.screen_mut() {
        Screen::Timeline(screen) => screen.reach(&timeline, position),
        Screen::Page(page_view) => page_view.scroll_to(position),
        // These screens have no search.
        Screen::Scene(_) | Screen::Follower(_) => {}
    }
}

pub(in crate::app) fn prompt(model: &mut Model) -> Vec<Effect> {
    let origin = position(model);
    let before = model.search.needle.clone();
    model.view.overlay = Some(Overlay::Search(SearchPrompt {
        input: tui_input::Input::default(),
        origin,
        before,
        screen: model.screen().clone(),
    }));
    Vec::new()
}

/// Goes to the first match of the search prompt, from where the search began.
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
    // While the hits are unknown, the last match stays in view.
    let round = round_of(model, from, SearchDirection::Forward);
    look(model, &needle, round, 0..round.count)
}

/// Goes to the next match of the last search.
pub(in crate::app) fn again(model: &mut Model, direction: SearchDirection) -> Vec<Effect> {
    let Some(needle) = model.search.needle.clone() else {
        model.notify_keys("No search yet; {search} searches");
        return Vec::new();
    };
    set_whole(model);
    let from = match model.screen() {
        // At the end of a page all its last lines are in view, so the next match is at the beginning.
        Screen::Page(page_view) if direction == SearchDirection::Forward && !page_view.more().1 => {
            page_view.page.lines.len().saturating_sub(1)
        }
        Screen::Page(_) | Screen::Timeline(_) | Screen::Scene(_) | Screen::Follower(_) => {
            position(model)
        }
    };
    if goes_later(model, &needle, direction) {
        return Vec::new();
    }
    let round = round_of(model, from, direction);
    // The current position comes last.
    look(model, &needle, round, 1..round.count + 1)
}

/// Lays out all lines of a page, since a search needs them.
fn set_whole(model: &mut Model) {
    if let Screen::Page(page_view) = model.screen_mut() {
        page_view.set_whole();
    }
}

/// Goes to the first position in a round that has the words.
fn look(
    model: &mut Model,
    needle: &SearchPhrase,
    round: SearchRound,
    steps: Range<usize>,
) -> Vec<Effect> {
    let found = match model.screen() {
        Screen::Timeline(_) => return go(model, needle, round, steps),
        Screen::Page(page_view) => round.find(steps, |line| line_has(page_view, needle, line)),
        Screen::Scene(_) | Screen::Follower(_) => None,
    };
    arrive(model, needle, round, found);
    Vec::new()
}

/// Goes to a match and shows its rank, or reports that there is none.
pub(in crate::app) fn arrive(
    model: &mut Model,
    needle: &SearchPhrase,
    round: SearchRound,
    found: Option<RoundMatch>,
) {
    let Some(RoundMatch { step, rank, of }) = found else {
        model.search.reached = None;
        return_to(model, round.from);
        model.notify(format!(
            "No match for “{}”{}",
            needle.as_str(),
            scope_note(model)
        ));
        return;
    };
    return_to(model, round.position(step));
    let wrapped = match round.direction {
        _ if !round.is_past(step) => "",
        SearchDirection::Forward => ", wrapped to the beginning",
        SearchDirection::Backward => ", wrapped to the end",
    };
    let part = reveal(model, needle);
    let part = part.map_or_else(String::new, |part| format!(", in {}", article(part)));
    model.notify(format!("Match {rank} of {of}{part}{wrapped}"));
    let place = model.search_place();
    model.search.reached = Some(ReachedMatch { place, rank, of });
}

fn article(part: &str) -> String {
    let article = if part.starts_with('a') { "an" } else { "a" };
    format!("{article} {part}")
}

/// Scrolls the detail of the selected event to the words, unless its title has them. Returns the part that has them.
fn reveal(model: &mut Model, needle: &SearchPhrase) -> Option<&'static str> {
    let Screen::Timeline(screen) = model.screen() else {
        return None;
    };
    let event = model.timeline.event(screen.event()?);
    let part = needle.part_of(event, &model.timeline)?;
    // The detail of the newly selected event needs its size.
    model.update_derived();
    if let Screen::Timeline(screen) = model.screen_mut()
        && let Some(detail) = &mut screen.detail
    {
        detail.set_whole();
        let lines = 0..detail.page.lines.len();
        let line = lines
            .into_iter()
            .find(|&line| line_has(detail, needle, line));
        detail.scroll_to(line.unwrap_or_default().saturating_sub(LINES_BEFORE_MATCH));
    }
    Some(part)
}

/// Goes to the next contested event.
pub(in crate::app) fn contested(model: &mut Model, direction: SearchDirection) -> Vec<Effect> {
    let is_contested = |timeline: &Timeline, id| timeline.event(id).is_contested();
    to_event(model, direction, is_contested, "No contested event")
}

/// Goes to the next event with a mark.
pub(in crate::app) fn marked(model: &mut Model, direction: SearchDirection) -> Vec<Effect> {
    let is_marked = |timeline: &Timeline, id| !timeline.marks().of(id).is_empty();
    to_event(model, direction, is_marked, "No marked event")
}

/// Goes to the next event that `is_wanted` accepts; `none` is the notice if there is none.
fn to_event(
    model: &mut Model,
    direction: SearchDirection,
    is_wanted: fn(&Timeline, EventId) -> bool,
    none: &str,
) -> Vec<Effect> {
    let Screen::Timeline(screen) = model.screen() else {
        return Vec::new();
    };
    let round = round_of(model, position(model), direction);
    let is_wanted = |line: usize| {
        let event = screen.event_at(line);
        event.is_some_and(|event| is_wanted(&model.timeline, event))
    };
    match round.find(1..round.count + 1, is_wanted) {
        Some(found) => return_to(model, round.position(found.step)),
        None => model.notify(format!("{none}{}", scope_note(model))),
    }
    Vec::new()
}

/// Qualifies the notice that nothing was found, if a filter hides events or more events are being read.
fn scope_note(model: &Model) -> &'static str {
    match model.screen() {
        Screen::Timeline(screen) if screen.active_filter.rows().len() < model.timeline.len() => {
            " among the filtered events"
        }
        Screen::Timeline(_) if model.files.reload.extent() != ShownExtent::Whole => {
            " in the part read so far"
        }
        Screen::Timeline(_) | Screen::Page(_) | Screen::Scene(_) | Screen::Follower(_) => "",
    }
}

fn line_has(page_view: &PageView, needle: &SearchPhrase, line: usize) -> bool {
    page_view
        .page
        .lines
        .get(line)
        .is_some_and(|line| needle.is_in(&line.text()))
}

/// Goes to the first event of a round that has the words, as soon as the hits are known.
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
    let is_found = |line: usize| screen.event_at(line).is_some_and(|event| hits.have(event));
    let found = round.find(steps, is_found);
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
        rows: screen.active_filter.shared_rows(),
        at: screen.selected,
    });
    notify_search(model, needle);
    vec![Effect::Search {
        timeline: Arc::clone(&model.timeline),
        needle: needle.clone(),
    }]
}

fn notify_search(model: &mut Model, needle: &SearchPhrase) {
    let all = count(model.timeline.len(), "event");
    model.notify(format!("Searching {all} for “{}”", needle.as_str()));
}

/// Adds a step to a search that waits for its hits. Returns whether there is one.
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
        notify_search(model, needle);
    }
    is_wanted
}

/// Whether the list and the selection are the same as when the search was requested.
fn is_wanted(asked: &PendingSearch, model: &Model) -> bool {
    let Screen::Timeline(screen) = model.screen() else {
        return false;
    };
    Arc::ptr_eq(&screen.active_filter.shared_rows(), &asked.rows) && screen.selected == asked.at
}

/// Stores the hits, and goes to the first one if the search is still wanted.
pub(in crate::app) fn take(
    model: &mut Model,
    timeline: &Timeline,
    needle: &SearchPhrase,
    events: Matches,
) {
    // A mark that was made meanwhile does not change any text.
    let is_of_these = model.timeline.has_tables_of(timeline);
    if !is_of_these || model.search.needle.as_ref() != Some(needle) {
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
    use crate::app::screen::{ListTicks, Screen};
    use crate::app::state::notice::Notice;
    use crate::app::{Message, answer, run, update};
    use crate::diagnostic::SourceText;
    use crate::timeline::VisitControl;

    /// Only the last two events contain `needle`.
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

    /// Presses keys, and returns the answer to the effect of the last one.
    fn press(model: &mut Model, keys: &str) -> Option<Message> {
        let inputs = parse(keys).expect("keys").into_iter();
        let effects = inputs
            .map(|input| update(model, Message::Input(input)))
            .last();
        let mut effects = effects.unwrap_or_default().into_iter();
        effects.find_map(|effect| answer(&model.timeline, &effect, &VisitControl::default()))
    }

    const MANY: usize = FEW + 1;

    #[test]
    fn few_events_are_searched_at_once() {
        let mut model = model(&timeline(4));
        assert!(press(&mut model, "/needle").is_none());
        assert_eq!(at(&model), (2, "Match 1 of 2"));
        press(&mut model, "<enter>n");
        assert_eq!(at(&model), (3, "Match 2 of 2"));
        press(&mut model, "n");
        assert_eq!(at(&model), (2, "Match 1 of 2, wrapped to the beginning"));
        press(&mut model, "NN");
        assert_eq!(at(&model), (2, "Match 1 of 2"));
        press(&mut model, "N");
        assert_eq!(at(&model), (3, "Match 2 of 2, wrapped to the end"));
    }

    #[test]
    fn many_events_are_searched_with_an_effect_and_the_jump_follows() {
        let mut model = model(&timeline(MANY));
        let answer = press(&mut model, "/needle").expect("an answer");
        assert_eq!(at(&model), (0, "Searching 50001 events for “needle”"));
        assert!(press(&mut model, "<enter>").is_none(), "it goes on");
        update(&mut model, answer);
        assert_eq!(at(&model), (MANY - 2, "Match 1 of 2"));
        assert!(press(&mut model, "n").is_none(), "it is known now");
        assert_eq!(at(&model), (MANY - 1, "Match 2 of 2"));
    }

    #[test]
    fn the_next_match_may_be_requested_before_the_first_is_known() {
        let mut model = model(&timeline(MANY));
        let answer = press(&mut model, "/needle").expect("an answer");
        assert!(
            press(&mut model, "<enter>n").is_none(),
            "it was asked already"
        );
        update(&mut model, answer);
        assert_eq!(at(&model), (MANY - 1, "Match 2 of 2"));
    }

    #[test]
    fn a_mark_does_not_throw_a_search_away() {
        let mut model = model(&timeline(MANY));
        let answer = press(&mut model, "/needle").expect("an answer");
        press(&mut model, "<enter>!");
        let event = model.timeline.events().next().expect("an event");
        assert!(event.marks().own().is_starred);
        update(&mut model, answer);
        assert_eq!(at(&model), (MANY - 2, "Match 1 of 2"));
    }

    #[test]
    fn a_search_without_a_match_says_so() {
        let mut model = model(&timeline(MANY));
        let answer = press(&mut model, "/thread").expect("an answer");
        update(&mut model, answer);
        assert_eq!(at(&model), (0, "No match for “thread”"));
    }

    /// The screen and the notice, without the ticks of matches in the scrollbar: these come with the answer.
    fn without_ticks(model: &Model) -> (Screen, Option<Notice>) {
        let mut screen = model.screen().clone();
        if let Screen::Timeline(timeline) = &mut screen {
            timeline.ticks = ListTicks::default();
        }
        (screen, model.view.notice.clone())
    }

    #[test]
    fn an_answer_does_not_move_a_user_who_has_moved_on() {
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
            let answer = press(&mut model, "/needle").expect("an answer");
            let keys = parse(keys).expect("keys").into_iter();
            keys.for_each(|input| drop(run(&mut model, Message::Input(input))));
            let before = without_ticks(&model);
            update(&mut model, answer);
            assert!(without_ticks(&model) == before);
        }
    }

    #[test]
    fn an_answer_about_an_old_timeline_is_dropped() {
        let mut first = model(&timeline(MANY));
        let answer = press(&mut first, "/needle").expect("an answer");
        let mut other = model(&timeline(3));
        press(&mut other, "/needle<enter>");
        let request = swap_request(&first, Arc::clone(&other.timeline));
        first.rebase(prepare_swap(&request));
        update(&mut first, answer);
        press(&mut first, "<enter>n");
        assert_eq!(at(&first), (1, "Match 1 of 2"));
    }
}
