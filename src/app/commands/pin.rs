//! Two events side by side: the first is pinned, and the next is compared with it.

use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::screen::Screen;
use crate::document::PageSubject;
use crate::timeline::EventId;

/// Pins the event, unpins it, or compares it with the pinned event. On the page of a pair, goes back.
pub(in crate::app) fn pin(model: &mut Model) -> Vec<Effect> {
    if matches!(model.screen(), Screen::Page(page) if matches!(page.subject, PageSubject::Pair(..)))
    {
        model.back();
        return Vec::new();
    }
    let Some(event) = event(model) else {
        model.notify("No event to compare here");
        return Vec::new();
    };
    match model.pinned() {
        Some(pinned) if pinned == event => {
            model.view.pinned = None;
            model.notify("Not pinned any more");
        }
        Some(pinned) => model.visit(PageSubject::Pair(pinned, event)),
        None => {
            let key = model.timeline.event(event).key().into_owned();
            model.view.pinned = Some(key);
            model.notify_keys("Pinned; {pin} on another event shows both side by side");
        }
    }
    Vec::new()
}

/// The event that the screen is about.
pub(in crate::app) fn event(model: &Model) -> Option<EventId> {
    match model.screen() {
        Screen::Timeline(screen) => screen.event(),
        Screen::Page(page) => match page.subject {
            PageSubject::Event(id) => Some(id),
            PageSubject::Evidence(evidence) => evidence.event(&model.timeline),
            _ => None,
        },
        Screen::Scene(_) | Screen::Follower(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use ratatui::layout::Size;

    use crate::app::input::key::parse;
    use crate::app::model::Model;
    use crate::app::reload::swap::{prepare_swap, swap_request};
    use crate::app::screen::Screen;
    use crate::app::{Message, run};
    use crate::diagnostic::SourceText;
    use crate::document::PageSubject;
    use crate::timeline::Timeline;

    fn timeline(ids: &[&str]) -> Arc<Timeline> {
        let event = |id: &&str| format!("[[events]]\nid = \"{id}\"\ntitle = \"{id}\"\n");
        let text: String = ids.iter().map(event).collect();
        Arc::new(crate::formats::open(&[SourceText::new("t", text)]).0)
    }

    fn press(model: &mut Model, keys: &str) {
        for input in parse(keys).expect("keys") {
            run(model, Message::Input(input));
        }
    }

    fn model(keys: &str) -> Model {
        let events = timeline(&["a", "b", "c"]);
        let mut model = crate::app::open(events, Vec::new(), Size::new(80, 24));
        press(&mut model, keys);
        model
    }

    /// The keys of the two events on the page.
    fn pair(model: &Model) -> Option<[String; 2]> {
        let Screen::Page(page) = model.screen() else {
            return None;
        };
        let PageSubject::Pair(one, other) = page.subject else {
            return None;
        };
        Some([one, other].map(|id| model.timeline.event(id).key().into_owned()))
    }

    fn pinned(model: &Model) -> Option<String> {
        let id = model.pinned()?;
        Some(model.timeline.event(id).key().into_owned())
    }

    #[test]
    fn the_key_pins_compares_goes_back_and_takes_the_pin() {
        let expected = Some(["a", "c"].map(str::to_owned));
        assert_eq!(pair(&model("XjjX")), expected);
        assert_eq!(pinned(&model("XjjXX")).as_deref(), Some("a"));
        assert_eq!(pair(&model("XjjXX")), None);
        assert_eq!(pair(&model("XjjvX")), expected, "from the page of an event");
        assert_eq!(pinned(&model("XX")), None);
        assert_eq!(pair(&model("XjjX<esc>jX")), expected, "the pin stays");
    }

    #[test]
    fn the_pin_and_the_page_survive_a_reload_by_id() {
        let mut model = model("jXjX");
        let swap = |model: &mut Model, ids: &[&str]| {
            let result = prepare_swap(&swap_request(model, timeline(ids)));
            model.rebase(result);
            model.update_derived();
        };
        swap(&mut model, &["z", "c", "b", "a"]);
        assert_eq!(pair(&model), Some(["b", "c"].map(str::to_owned)));
        swap(&mut model, &["z", "c"]);
        assert_eq!((pair(&model), pinned(&model)), (None, None));
        swap(&mut model, &["z", "c", "b"]);
        assert_eq!(pinned(&model).as_deref(), Some("b"), "it is found again");
    }
}
