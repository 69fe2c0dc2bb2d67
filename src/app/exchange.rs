//! Another timeline takes the place of the present one: what was known on another day, or the same file
//! after it was saved. Whoever reads keeps the place, the filter and the selection, by the names that the file
//! gives; what is no longer there is left.

use std::sync::Arc;

use super::briefing::Briefing;
use super::model::Model;
use super::overlay::Overlay;
use super::screen::{Reading, SceneScreen, Screen, TimelineScreen};
use crate::document::{Evidence, Subject};
use crate::query::{Filter, Matches};
use crate::timeline::{Claim, ClaimId, EntityId, EventId, Timeline};

impl Model {
    /// Shows another timeline in the place of the present one. Says which filter could not be kept.
    pub fn exchange(&mut self, timeline: Arc<Timeline>) -> Option<String> {
        let old = std::mem::replace(&mut self.timeline, timeline);
        let new = Arc::clone(&self.timeline);
        let before = self.briefing.take();
        let mut exchange = Exchange {
            old: &old,
            new: &new,
            before,
            after: None,
        };
        exchange.after = exchange.path();
        // What was asked of the old events would be answered for them.
        let wanted = self.take_asked();
        (self.hits, self.asked_hits) = (None, None);
        let mut refused = None;
        for (depth, screen) in self.take_screens().into_iter().enumerate() {
            let asked = wanted.as_ref().filter(|(at, _)| *at == depth);
            let (screen, text) = exchange.screen(screen, asked.map(|(_, text)| text.clone()));
            refused = refused.or(text);
            if let Some(screen) = screen {
                self.push(screen);
            }
        }
        // Leaving a prompt brings back the screen as it was when the prompt was opened.
        let kept = match &mut self.overlay {
            Some(Overlay::Search(search)) => Some(&mut search.screen),
            Some(Overlay::Filter(prompt)) => Some(&mut prompt.screen),
            _ => None,
        };
        if let Some(kept) = kept {
            let (screen, _) = exchange.screen(kept.clone(), None);
            match screen {
                Some(screen) => *kept = screen,
                None => self.overlay = None,
            }
        }
        self.briefing = exchange.after;
        refused
    }
}

/// The old timeline and the new one, and the paths through both.
struct Exchange<'t> {
    old: &'t Timeline,
    new: &'t Timeline,
    before: Option<Briefing>,
    after: Option<Briefing>,
}

impl Exchange<'_> {
    /// What a screen over the old timeline is over the new one, if there is such a place, with the filter
    /// that could not be kept.
    fn screen(&self, screen: Screen, asked: Option<String>) -> (Option<Screen>, Option<String>) {
        match screen {
            Screen::Timeline(screen) => {
                let (screen, refused) = self.timeline(&screen, asked);
                (Some(Screen::Timeline(Box::new(screen))), refused)
            }
            Screen::Page(reading) => {
                let page = self.page(&reading).map(Box::new);
                (page.map(Screen::Page), None)
            }
            Screen::Scene(scene) => {
                let scene = self.scene_screen(*scene, asked).map(Box::new);
                (scene.map(Screen::Scene), None)
            }
        }
    }

    /// The scene of the same title, with as much of it revealed.
    fn scene_screen(&self, mut screen: SceneScreen, asked: Option<String>) -> Option<SceneScreen> {
        screen.at = self.scene(screen.at, self.after.as_ref())?;
        screen.timeline = self.timeline(&screen.timeline, asked).0;
        let scene = self.after.as_ref()?.scene(self.new, screen.at)?;
        let step = screen.step;
        screen.reveal(self.new, scene, step);
        Some(screen)
    }

    /// What a subject of the old timeline is in the new one.
    fn subject(&self, subject: Subject) -> Option<Subject> {
        let (old, new) = (self.old, self.new);
        Some(match subject {
            Subject::Event(id) => Subject::Event(self.event(id)?),
            Subject::Entity(id) => Subject::Entity(self.entity(id)?),
            Subject::Source(id) => {
                let key = &old.source(id).key;
                let found = new.sources().find(|(_, source)| source.key == *key);
                Subject::Source(found?.0)
            }
            Subject::Technique(id) => {
                Subject::Technique(new.techniques().find(old.techniques().word(id))?)
            }
            Subject::Evidence(evidence) => Subject::Evidence(self.evidence(evidence)?),
            Subject::Timeline
            | Subject::Entities
            | Subject::Sources
            | Subject::Fields
            | Subject::Questions => subject,
        })
    }

    fn event(&self, id: EventId) -> Option<EventId> {
        let key = self.old.event(id).key();
        Some(self.new.find_event(&key)?.id())
    }

    fn entity(&self, id: EntityId) -> Option<EntityId> {
        let key = &self.old.entity(id).key;
        let found = self.new.entities().find(|(_, entity)| entity.key == *key);
        found.map(|(id, _)| id)
    }

    fn evidence(&self, evidence: Evidence) -> Option<Evidence> {
        Some(match evidence {
            Evidence::Event(id) => Evidence::Event(self.event(id)?),
            Evidence::Aspect(id, aspect) => Evidence::Aspect(self.event(id)?, aspect),
            Evidence::Discovered(id) => Evidence::Discovered(self.event(id)?),
            Evidence::Disclosed(id) => Evidence::Disclosed(self.event(id)?),
            Evidence::Actor(id, who) => Evidence::Actor(self.event(id)?, self.entity(who)?),
            Evidence::Target(id, who) => Evidence::Target(self.event(id)?, self.entity(who)?),
            Evidence::Claim(id) => Evidence::Claim(self.claim(id)?),
            Evidence::Entity(id) => Evidence::Entity(self.entity(id)?),
        })
    }

    /// A claim has no name: it is the one about the same event that says the same, in the same source.
    fn claim(&self, id: ClaimId) -> Option<ClaimId> {
        let old = self.old.claim(id);
        let source = |timeline: &Timeline, claim: &Claim| {
            claim.source.map(|id| timeline.source(id).key.clone())
        };
        let is_same =
            |new: &Claim| new.is_worded_as(old) && source(self.new, new) == source(self.old, old);
        let event = self.new.event(self.event(old.event)?);
        let mut claims = event.claims();
        claims.find(|(_, claim)| is_same(claim)).map(|(id, _)| id)
    }

    /// A page about the same subject, as far down as it was.
    fn page(&self, old: &Reading) -> Option<Reading> {
        let mut reading = Reading::open(self.new, self.subject(old.subject)?);
        reading.scroll = old.scroll;
        Some(reading)
    }

    /// The same screen over the new events; the filter is put to them at once. Says which filter the new
    /// timeline does not know the names of: it leaves nothing.
    fn timeline(
        &self,
        old: &TimelineScreen,
        asked: Option<String>,
    ) -> (TimelineScreen, Option<String>) {
        let mut screen = TimelineScreen::new(self.new);
        let text = asked.unwrap_or_else(|| old.sieve.text.clone());
        let filter = Filter::parse(self.new, &text);
        let refused = filter.is_err().then(|| text.clone());
        let matches = filter.map_or_else(
            |_| Matches::nothing(self.new.len()),
            |filter| filter.matches(self.new),
        );
        let event = old.event().map(Subject::Event);
        let event = event.and_then(|event| self.subject(event));
        screen.sieve.keep(&old.sieve);
        screen.group(self.new, old.lanes.grouping);
        if old.clock != screen.clock {
            screen.go_by(self.new, old.clock);
        }
        screen.lag = old.lag;
        screen.put(self.new, text, matches);
        match event {
            Some(Subject::Event(event)) => screen.select_event(self.new, event),
            // It is not there: its neighbour by the number of its row is as near as can be said.
            _ => screen.select(self.new, old.selected),
        }
        screen.top = old
            .top
            .saturating_sub(old.selected.abs_diff(screen.selected));
        screen.viewport = old.viewport;
        screen.folded = old.folded;
        screen.without_detail = old.without_detail;
        screen.focus = old.focus;
        (screen, refused)
    }

    /// The path through the scenes of the new timeline, at the scene where one was.
    fn path(&self) -> Option<Briefing> {
        let old = self.before.as_ref()?;
        let mut briefing = Briefing::new(self.new, old.audience.as_deref());
        briefing.stopwatch = old.stopwatch;
        let (at, step) = old.left_at;
        let at = self.scene(at, Some(&briefing));
        briefing.left_at = at.map_or((0, 0), |at| (at, step));
        Some(briefing)
    }

    /// The place on the new path of the scene at a place of the old one: the one of its title.
    fn scene(&self, at: usize, new: Option<&Briefing>) -> Option<usize> {
        let title = &self.before.as_ref()?.scene(self.old, at)?.title;
        let new = new?;
        let is_same = |at: &usize| {
            new.scene(self.new, *at)
                .is_some_and(|scene| scene.title == *title)
        };
        // Scenes may share a title: the one at the same place comes first.
        Some(at)
            .filter(is_same)
            .or_else(|| (0..new.path.len()).find(is_same))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::key::parse;
    use crate::app::{Msg, run};
    use crate::diagnostic::SourceText;
    use ratatui::layout::Size;

    fn read(text: &str) -> Arc<Timeline> {
        Arc::new(crate::formats::open(&[SourceText::new("t", text)]).0)
    }

    fn event(id: &str, when: &str, actor: &str) -> String {
        format!(
            "[[events]]\nid = \"{id}\"\nwhen = \"{when}\"\ntitle = \"The {id}\"\nactors = [\"{actor}\"]\n"
        )
    }

    fn press(model: &mut Model, keys: &str) {
        for input in parse(keys).expect("keys") {
            run(model, Msg::Input(input));
        }
    }

    fn model(text: &str) -> Model {
        Model::new(read(text), Vec::new(), Size::new(80, 24))
    }

    #[test]
    fn filter_selection_and_pages_are_kept_by_name() {
        let (a, b, c) = (
            event("a", "2021", "x"),
            event("b", "2022", "y"),
            event("c", "2023", "y"),
        );
        let mut model = model(&format!("{a}{b}{c}"));
        press(&mut model, "factor:y<enter>jv");
        let new = read(&format!("{}{c}{b}{a}", event("z", "2020", "y")));
        assert_eq!(model.exchange(Arc::clone(&new)), None);
        model.settle();
        let Screen::Page(page) = model.screen() else {
            panic!("the page is still there");
        };
        assert_eq!(page.subject.name(&new), "The c");
        press(&mut model, "<esc>");
        let screen = model.last_timeline_screen().expect("the first screen");
        assert_eq!(screen.sieve.rows().len(), 3);
        let selected = screen.event().expect("an event is left");
        assert_eq!(new.event(selected).key(), "c");
    }

    #[test]
    fn a_prompt_that_is_open_is_left_to_what_is_shown_now() {
        let (a, b) = (event("a", "2021", "x"), event("b", "2022", "y"));
        let mut model = model(&format!("{a}{b}"));
        press(&mut model, "jf");
        model.exchange(read(&a));
        model.settle();
        press(&mut model, "<esc>");
        assert_eq!(model.sieve().expect("there is one").rows().len(), 1);
    }

    #[test]
    fn a_scene_is_found_by_its_title_with_as_much_of_it_revealed() {
        let scene = |title: &str| {
            format!(
                "[[scenes]]\ntitle = \"{title}\"\nselect = \"a\"\nreveal = [\"summary\", \"claims\"]\n"
            )
        };
        let it = event("a", "2021", "x");
        let mut model = model(&format!("{it}{}{}", scene("one"), scene("two")));
        press(&mut model, "b2<right>");
        model.exchange(read(&format!("{it}{}{}", scene("new"), scene("one"))));
        model.settle();
        assert!(model.scene().is_none(), "the scene is gone");
        press(&mut model, "b2<right>");
        model.exchange(read(&format!("{it}{}", scene("one"))));
        model.settle();
        let (screen, _) = model.scene().expect("the scene is there");
        assert_eq!(
            (screen.at, screen.step, screen.layers.is_some()),
            (0, 1, true)
        );
    }

    #[test]
    fn a_briefing_whose_scenes_are_withheld_says_so() {
        let it = event("a", "2021", "x");
        let later = "[[events.claims]]\nabout = \"event\"\nby = \"x\"\nsaid = \"2023\"\n";
        let text = format!("{it}{later}[[scenes]]\ntitle = \"one\"\n");
        let mut model = model(&text);
        let day = crate::date::EventDate::parse("2022-01-01").expect("a day");
        let known = model.timeline.as_of(&day).expect("a day has an end");
        model.exchange(Arc::new(known));
        press(&mut model, "b");
        let notice = model.notice.map(|notice| notice.text).unwrap_or_default();
        assert!(notice.contains("as of a day"), "{notice}");
    }

    #[test]
    fn what_is_gone_is_left_and_a_filter_for_it_leaves_nothing_until_it_is_back() {
        let (a, b) = (event("a", "2021", "x"), event("b", "2022", "y"));
        let whole = read(&format!("{a}{b}"));
        let mut model = model(&format!("{a}{b}"));
        press(&mut model, "factor:y<enter>v");
        assert_eq!(model.exchange(read(&a)).as_deref(), Some("actor:y"));
        model.settle();
        assert!(matches!(model.screen(), Screen::Timeline(_)));
        assert_eq!(model.sieve().expect("there is one").rows().len(), 0);
        assert_eq!(model.exchange(whole), None);
        assert_eq!(model.sieve().expect("there is one").rows().len(), 1);
    }
}
