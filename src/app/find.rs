//! Finding: from where one is to the next event or line that has what is looked for.

use super::model::Model;
use super::overlay::Overlay;
use super::screen::{Reading, Screen};
use crate::query::search::Needle;
use crate::timeline::{Event, EventId, Timeline};

/// Which way to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    Forward,
    Backward,
}

/// The row or the line where one is.
pub(super) fn position(model: &Model) -> usize {
    match model.screen() {
        Screen::Timeline(screen) => screen.selected,
        Screen::Page(reading) => reading.scroll,
        Screen::Scene(scene) => scene.timeline.selected,
    }
}

/// Goes to a row or line, as [`position`] gave it.
pub(super) fn return_to(model: &mut Model, position: usize) {
    let timeline = std::sync::Arc::clone(&model.timeline);
    match model.screen_mut() {
        Screen::Timeline(screen) => screen.select(&timeline, position),
        Screen::Page(reading) => reading.scroll_to(position),
        // A scene stays as it was made: who searches has left it.
        Screen::Scene(_) => {}
    }
}

/// Follows the words in the search prompt: to the first match from where the search began.
pub(super) fn follow(model: &mut Model) {
    let Some(Overlay::Search(search)) = &model.overlay else {
        return;
    };
    let (origin, needle) = (search.origin, search.needle());
    model.needle.clone_from(&needle);
    return_to(model, origin);
    if let Some(needle) = needle
        && !matches_at(model, &needle, origin)
    {
        go(model, &needle, Way::Forward);
    }
}

/// To the next match of what was last looked for.
pub(super) fn again(model: &mut Model, way: Way) {
    match model.needle.clone() {
        Some(needle) => {
            let from = match model.screen() {
                // At the end of a page its last lines are all in view: what comes next is at its beginning.
                Screen::Page(reading) if way == Way::Forward && !reading.more().1 => {
                    reading.page.lines.len().saturating_sub(1)
                }
                Screen::Page(_) | Screen::Timeline(_) | Screen::Scene(_) => position(model),
            };
            go_from(model, &needle, way, from);
        }
        None => model.notify("nothing was searched for yet: / searches"),
    }
}

/// To the next event on which claims differ.
pub(super) fn contested(model: &mut Model, way: Way) {
    let from = position(model);
    let Screen::Timeline(screen) = model.screen() else {
        return;
    };
    let is_contested = |event: Event<'_>| event.is_contested();
    match next_row(
        &model.timeline,
        screen.sieve.rows(),
        from,
        way,
        is_contested,
    ) {
        Some(row) => return_to(model, row),
        None => model.notify(format!("no event is contested{}", beyond(model))),
    }
}

/// What a remark that there is nothing must add if a filter hides events.
fn beyond(model: &Model) -> &'static str {
    match model.screen() {
        Screen::Timeline(screen) if screen.sieve.rows().len() < model.timeline.len() => {
            " among those that the filter leaves"
        }
        Screen::Timeline(_) | Screen::Page(_) | Screen::Scene(_) => "",
    }
}

fn matches_at(model: &Model, needle: &Needle, position: usize) -> bool {
    match model.screen() {
        Screen::Timeline(screen) => screen.sieve.rows().get(position).is_some_and(|&event| {
            let said = needle.among(&model.timeline);
            said.is_said_by(model.timeline.event(event))
        }),
        Screen::Page(reading) => line_has(reading, needle, position),
        Screen::Scene(_) => false,
    }
}

fn go(model: &mut Model, needle: &Needle, way: Way) {
    go_from(model, needle, way, position(model));
}

fn go_from(model: &mut Model, needle: &Needle, way: Way, from: usize) {
    let found = match model.screen() {
        Screen::Timeline(screen) => {
            let said = needle.among(&model.timeline);
            next_row(&model.timeline, screen.sieve.rows(), from, way, |event| {
                said.is_said_by(event)
            })
        }
        Screen::Page(reading) => next_line(reading, from, way, needle),
        Screen::Scene(_) => None,
    };
    match found {
        Some(position) => {
            let wrapped = if way == Way::Forward {
                position <= from
            } else {
                position >= from
            };
            return_to(model, position);
            if wrapped {
                model.notify(match way {
                    Way::Forward => "past the end: on from the beginning",
                    Way::Backward => "past the beginning: on from the end",
                });
            }
        }
        None => model.notify(format!("“{}” is nowhere{}", needle.as_str(), beyond(model))),
    }
}

/// The next of the rows of a list for whose event `holds`, past the end and on from the beginning.
fn next_row(
    timeline: &Timeline,
    rows: &[EventId],
    from: usize,
    way: Way,
    holds: impl Fn(Event<'_>) -> bool,
) -> Option<usize> {
    next(rows.len(), from, way, |row| {
        holds(timeline.event(rows[row]))
    })
}

fn next_line(reading: &Reading, from: usize, way: Way, needle: &Needle) -> Option<usize> {
    next(reading.page.lines.len(), from, way, |line| {
        line_has(reading, needle, line)
    })
}

fn line_has(reading: &Reading, needle: &Needle, line: usize) -> bool {
    reading
        .page
        .lines
        .get(line)
        .is_some_and(|line| needle.is_in(&line.text()))
}

/// The next of `count` positions for which `holds`; the present one comes last.
fn next(count: usize, from: usize, way: Way, holds: impl Fn(usize) -> bool) -> Option<usize> {
    let at = |step: usize| match way {
        Way::Forward => (from + step) % count,
        Way::Backward => (from + count - step) % count,
    };
    (1..=count).map(at).find(|&position| holds(position))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn looking_goes_round_and_comes_to_itself_last() {
        let even = |position: usize| position.is_multiple_of(2);
        assert_eq!(next(5, 1, Way::Forward, even), Some(2));
        assert_eq!(next(5, 4, Way::Forward, even), Some(0));
        assert_eq!(next(5, 0, Way::Backward, even), Some(4));
        assert_eq!(next(5, 3, Way::Forward, |position| position == 3), Some(3));
        assert_eq!(next(5, 3, Way::Forward, |_| false), None);
        assert_eq!(next(0, 0, Way::Forward, |_| true), None);
    }
}
