//! The events that say what is looked for: known at once among few events, and asked of the world among many.

use std::ops::Range;
use std::sync::Arc;

use crate::app::commands::search::{self, Round, Way};
use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::screen::Screen;
use crate::date::Truth;
use crate::document::count;
use crate::query::Matches;
use crate::query::search::SearchPhrase;
use crate::timeline::{EventId, Timeline};

/// Among so many events it is found out at once which say some words: it takes a few milliseconds.
const FEW: usize = 50_000;

/// Which of all events say some words.
pub(in crate::app) struct Hits {
    needle: SearchPhrase,
    events: Matches,
}

impl Hits {
    fn have(&self, event: EventId) -> bool {
        self.events.truth(event) == Truth::Yes
    }
}

/// What to do once the hits are known.
pub(in crate::app) struct Asked {
    needle: SearchPhrase,
    /// Where to go first, and which ways from there.
    round: Round,
    steps: Range<usize>,
    then: Vec<Way>,
    /// The rows of the list then, and the one where one was: who has gone elsewhere since is not carried off.
    rows: Arc<Vec<EventId>>,
    at: usize,
}

/// Goes to the first of some steps on a round through the list where the event says the words, once that is known.
pub(in crate::app) fn go(
    model: &mut Model,
    needle: &SearchPhrase,
    round: Round,
    steps: Range<usize>,
) -> Vec<Effect> {
    let is_known = model.hits.as_ref().is_some_and(|it| it.needle == *needle);
    if !is_known && model.timeline.len() > FEW {
        return ask(model, needle, round, steps);
    }
    if !is_known {
        model.hits = Some(Hits {
            needle: needle.clone(),
            events: needle.events(&model.timeline),
        });
    }
    model.asked_hits = None;
    let (Some(hits), Screen::Timeline(screen)) = (&model.hits, model.screen()) else {
        return Vec::new();
    };
    let rows = screen.sieve.rows();
    let found = round.find(steps, |row| hits.have(rows[row]));
    search::arrive(model, needle, round, found);
    Vec::new()
}

fn ask(model: &mut Model, needle: &SearchPhrase, round: Round, steps: Range<usize>) -> Vec<Effect> {
    let Screen::Timeline(screen) = model.screen() else {
        return Vec::new();
    };
    model.asked_hits = Some(Asked {
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
pub(in crate::app) fn goes_later(model: &mut Model, needle: &SearchPhrase, way: Way) -> bool {
    let is_wanted = model
        .asked_hits
        .as_ref()
        .is_some_and(|asked| asked.needle == *needle && asked.is_wanted(model));
    if let (true, Some(asked)) = (is_wanted, &mut model.asked_hits) {
        asked.then.push(way);
        tell(model, needle);
    }
    is_wanted
}

impl Asked {
    /// Whether one is still where one was.
    fn is_wanted(&self, model: &Model) -> bool {
        let Screen::Timeline(screen) = model.screen() else {
            return false;
        };
        Arc::ptr_eq(&screen.sieve.shared_rows(), &self.rows) && screen.selected == self.at
    }
}

/// It is known which events of a timeline say some words: goes to the first, if that is still wanted.
pub(in crate::app) fn take(
    model: &mut Model,
    timeline: &Arc<Timeline>,
    needle: &SearchPhrase,
    events: Matches,
) {
    if !Arc::ptr_eq(timeline, &model.timeline) || model.needle.as_ref() != Some(needle) {
        return;
    }
    model.hits = Some(Hits {
        needle: needle.clone(),
        events,
    });
    let asked = model.asked_hits.take_if(|asked| asked.needle == *needle);
    if let Some(asked) = asked.filter(|asked| asked.is_wanted(model)) {
        model.notice = None;
        go(model, needle, asked.round, asked.steps);
        for way in asked.then {
            search::again(model, way);
        }
    }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Size;

    use super::*;
    use crate::app::input::key::parse;
    use crate::app::reload::SwapRequest;
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
        Model::new(Arc::clone(timeline), Vec::new(), Size::new(80, 24))
    }

    fn at(model: &Model) -> (usize, &str) {
        let notice = model.notice.as_ref().map_or("", |notice| &notice.text);
        (search::position(model), notice)
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
            let before = (model.screen().clone(), model.notice.clone());
            update(&mut model, answer);
            assert!((model.screen().clone(), model.notice.clone()) == before);
        }
    }

    #[test]
    fn what_is_said_in_another_timeline_counts_no_more() {
        let mut first = model(&timeline(MANY));
        let answer = press(&mut first, "/needle").expect("they are many");
        let mut other = model(&timeline(3));
        press(&mut other, "/needle<enter>");
        let request = SwapRequest::new(&first, Arc::clone(&other.timeline));
        first.rebase(request.prepare());
        update(&mut first, answer);
        press(&mut first, "<enter>n");
        assert_eq!(at(&first), (1, "match 1 of 2"));
    }
}
