//! Moves the screens from one timeline to another: to another day, or to saved files. Events and other things are found
//! again by their keys, so the place, the filter and the selection stay; the screens of things that are gone close.

use std::sync::Arc;

use super::screen_key::{PreparedScreen, ScreenKey};
use super::swap_request::SwapResult;
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::overview::viewport::Viewport;
use crate::app::screen::{OpeningState, PageView, SceneScreen, Screen, TimelineScreen};
use crate::app::state::briefing::Briefing;
use crate::document::{Evidence, PageSubject};
use crate::timeline::{Claim, ClaimId, EntityId, EventId, Timeline};

impl Model {
    /// Replaces the timeline. Returns the filter that could not be kept.
    pub(in crate::app) fn rebase(&mut self, result: SwapResult) -> Option<String> {
        self.files.whole = Arc::clone(&result.request.whole);
        let old = std::mem::replace(&mut self.timeline, result.timeline);
        let new = Arc::clone(&self.timeline);
        let before = self.briefing.take();
        let rebase = RebaseContext::new(&old, &new, before.as_ref(), &result.screens);
        // Answers about old events are useless.
        let wanted = self.take_asked();
        (self.search.hits, self.search.asked) = (None, None);
        let mut refused = None;
        for (depth, screen) in self.take_screens().into_iter().enumerate() {
            let asked = wanted.as_ref().filter(|(at, _)| *at == depth);
            let (screen, text) = rebase.screen(&screen, asked.map(|(_, text)| text.clone()));
            refused = refused.or(text);
            if let Some(screen) = screen {
                self.push(screen);
            }
        }
        // Cancelling a prompt restores the screen from before it was opened.
        let kept = match &mut self.view.overlay {
            Some(Overlay::Search(search)) => Some(&mut search.screen),
            Some(Overlay::Filter(prompt)) => Some(&mut prompt.screen),
            _ => None,
        };
        if let Some(kept) = kept {
            let (screen, _) = rebase.screen(kept, None);
            match screen {
                Some(screen) => *kept = screen,
                None => self.view.overlay = None,
            }
        }
        self.briefing = rebase.after;
        refused
    }
}

pub(in crate::app) struct RebaseContext<'t> {
    old: &'t Timeline,
    new: &'t Timeline,
    before: Option<&'t Briefing>,
    after: Option<Briefing>,
    /// The prepared screens of the new timeline.
    prepared: &'t [PreparedScreen],
}

impl<'t> RebaseContext<'t> {
    /// `before`: the briefing on the old timeline.
    pub fn new(
        old: &'t Timeline,
        new: &'t Timeline,
        before: Option<&'t Briefing>,
        prepared: &'t [PreparedScreen],
    ) -> Self {
        let mut rebase = Self {
            old,
            new,
            before,
            after: None,
            prepared,
        };
        rebase.after = rebase.path();
        rebase
    }

    /// The screen on the new timeline; `None` if its subject is gone. Also the filter that could not be kept.
    fn screen(&self, screen: &Screen, asked: Option<String>) -> (Option<Screen>, Option<String>) {
        match screen {
            Screen::Timeline(screen) => {
                let (screen, refused) = self.timeline(screen, asked);
                (Some(Screen::Timeline(Box::new(screen))), refused)
            }
            Screen::Page(page_view) => {
                let page = self.page(page_view).map(Box::new);
                (page.map(Screen::Page), None)
            }
            Screen::Scene(scene) => {
                let scene = self.scene_screen(scene).map(Box::new);
                (scene.map(Screen::Scene), None)
            }
            Screen::Follower(screen) => {
                let screen = Box::new(screen.rebased(self.new));
                (Some(Screen::Follower(screen)), None)
            }
        }
    }

    /// The key of a scene of the old path on the new timeline.
    pub fn key_of_scene(&self, at: usize) -> Option<ScreenKey> {
        let briefing = self.after.as_ref()?;
        let scene = briefing.scene(self.new, self.scene(at, briefing)?)?;
        Some(ScreenKey::of_scene(self.new, scene))
    }

    /// The same scene of the new timeline, with the same layers revealed.
    fn scene_screen(&self, old: &SceneScreen) -> Option<SceneScreen> {
        let briefing = self.after.as_ref()?;
        let at = self.scene(old.at, briefing)?;
        let scene = briefing.scene(self.new, at)?;
        let key = ScreenKey::of_scene(self.new, scene);
        let mut view = PreparedScreen::of(self.prepared, self.new, &key).screen;
        view.carry_axis(&old.timeline);
        view.viewport = Viewport::of_scene(scene);
        if let Some(event) = scene.select {
            view.select_event(self.new, event);
        }
        let mut screen = SceneScreen {
            is_blank: old.is_blank,
            ..SceneScreen::new(at, view)
        };
        screen.reveal(self.new, scene, old.step);
        if let (Some(layers), Some(old)) = (&mut screen.layers, &old.layers)
            && self.subject(old.subject) == Some(layers.subject)
        {
            layers.restore_from(old, |subject| self.subject(subject));
        }
        Some(screen)
    }

    /// The same subject in the new timeline.
    fn subject(&self, subject: PageSubject) -> Option<PageSubject> {
        let (old, new) = (self.old, self.new);
        Some(match subject {
            PageSubject::Event(id) => PageSubject::Event(self.event(id)?),
            PageSubject::Entity(id) => PageSubject::Entity(self.entity(id)?),
            PageSubject::Source(id) => {
                let key = &old.source(id).key;
                let found = new.sources().find(|(_, source)| source.key == *key);
                PageSubject::Source(found?.0)
            }
            PageSubject::Technique(id) => {
                PageSubject::Technique(new.techniques().find(old.techniques().word(id))?)
            }
            PageSubject::Evidence(evidence) => PageSubject::Evidence(self.evidence(evidence)?),
            PageSubject::Pair(one, other) => {
                PageSubject::Pair(self.event(one)?, self.event(other)?)
            }
            PageSubject::Timeline
            | PageSubject::Entities
            | PageSubject::Sources
            | PageSubject::Guide
            | PageSubject::Topic(_)
            | PageSubject::Questions
            | PageSubject::Changes => subject,
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
            Evidence::Party(id, part, who) => {
                Evidence::Party(self.event(id)?, part, self.entity(who)?)
            }
            Evidence::Claim(id) => Evidence::Claim(self.claim(id)?),
            Evidence::Entity(id) => Evidence::Entity(self.entity(id)?),
        })
    }

    /// Finds a claim by its id, or else by its event, source and content.
    fn claim(&self, id: ClaimId) -> Option<ClaimId> {
        let old = self.old.claim(id);
        let source = |timeline: &Timeline, claim: &Claim| {
            claim.source.map(|id| timeline.source(id).key.clone())
        };
        let is_same = |new: &Claim| {
            let is_named = new.key.is_some() && new.key == old.key;
            is_named || (new.is_again(old) && source(self.new, new) == source(self.old, old))
        };
        let event = self.new.event(self.event(old.event)?);
        let mut claims = event.claims();
        claims.find(|(_, claim)| is_same(claim)).map(|(id, _)| id)
    }

    /// A page about the same subject, at the same scroll position.
    fn page(&self, old: &PageView) -> Option<PageView> {
        let mut page_view = PageView::open(self.new, self.subject(old.subject)?);
        page_view.restore_from(old, |subject| self.subject(subject));
        Some(page_view)
    }

    /// The same screen of the new timeline. Also returns its filter if the new timeline lacks its names; then the
    /// screen shows no events.
    fn timeline(
        &self,
        old: &TimelineScreen,
        asked: Option<String>,
    ) -> (TimelineScreen, Option<String>) {
        let mut key = ScreenKey::of(old);
        key.filter = asked.unwrap_or(key.filter);
        let PreparedScreen {
            mut screen,
            is_refused,
            ..
        } = PreparedScreen::of(self.prepared, self.new, &key);
        let refused = is_refused.then_some(key.filter);
        screen.active_filter.keep(&old.active_filter, self.new);
        let event = old.event().map(PageSubject::Event);
        let event = event.and_then(|event| self.subject(event));
        screen.lag = old.lag;
        screen.gaps = old.gaps;
        screen.carry_fold(old);
        match event {
            Some(PageSubject::Event(event)) => screen.select_event(self.new, event),
            // The event is gone: the event on the same line is its nearest neighbour.
            _ => match screen.fold.filter(|_| old.selected_fold().is_some()) {
                Some(fold) => screen.select(self.new, fold.line),
                None => screen.select(self.new, old.selected),
            },
        }
        // The selection stays on its line of the screen.
        let line = old.selected.saturating_sub(old.top);
        screen.top = screen.selected.saturating_sub(line);
        screen.viewport = old.viewport;
        screen.carry_axis(old);
        screen.folded = old.folded;
        screen.without_detail = old.without_detail;
        screen.focus = old.focus;
        if old.opening.is_waiting() {
            screen.opening = OpeningState::Waiting(None);
        }
        let detail = old.detail.as_ref().and_then(|detail| self.page(detail));
        let shown = screen.event().map(PageSubject::Event);
        screen.detail = detail.filter(|detail| Some(detail.subject) == shown);
        (screen, refused)
    }

    /// The briefing on the new timeline, at the same scene.
    fn path(&self) -> Option<Briefing> {
        let old = self.before?;
        let mut briefing = Briefing {
            path: Briefing::new(self.new, old.audience.as_deref()).path,
            ..old.clone()
        };
        let seen = old.seen.iter().filter_map(|&at| self.scene(at, &briefing));
        let seen = seen.collect();
        briefing.seen = seen;
        let (at, step) = old.left_at;
        let at = self.scene(at, &briefing);
        let scene = at.and_then(|at| Some((at, briefing.scene(self.new, at)?)));
        briefing.left_at = scene.map_or((0, 0), |(at, scene)| (at, step.min(scene.reveal.len())));
        Some(briefing)
    }

    /// The place on the new path of a scene of the old path: the place of a scene with the same title, else the same
    /// place, else the last one. `None` without scenes.
    fn scene(&self, at: usize, new: &Briefing) -> Option<usize> {
        let last = new.path.len().checked_sub(1)?;
        let old = self.before.and_then(|before| before.scene(self.old, at));
        let is_same = |at: &usize| {
            let scene = new.scene(self.new, *at);
            scene
                .zip(old)
                .is_some_and(|(new, old)| new.title == old.title)
        };
        // Scenes may share a title: the same place comes first.
        let here = Some(at).filter(is_same);
        let elsewhere = || (0..new.path.len()).find(is_same);
        here.or_else(elsewhere).or(Some(at.min(last)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::input::key::parse;
    use crate::app::reload::swap::{prepare_swap, swap_request};
    use crate::app::{Message, run};
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
            run(model, Message::Input(input));
        }
    }

    fn model(text: &str) -> Model {
        crate::app::open(read(text), Vec::new(), Size::new(80, 24))
    }

    fn swap(model: &mut Model, whole: impl Into<Arc<Timeline>>) -> Option<String> {
        let result = prepare_swap(&swap_request(model, whole.into()));
        let refused = model.rebase(result);
        model.update_derived();
        refused
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
        assert_eq!(swap(&mut model, Arc::clone(&new)), None);
        let Screen::Page(page) = model.screen() else {
            panic!("the page is still there");
        };
        assert_eq!(page.subject.name(&new), "The c");
        press(&mut model, "<esc>");
        let screen = model.last_timeline_screen().expect("the first screen");
        assert_eq!(screen.active_filter.rows().len(), 3);
        let selected = screen.event().expect("an event is left");
        assert_eq!(new.event(selected).key(), "c");
    }

    #[test]
    fn an_open_prompt_is_cancelled_to_the_new_timeline() {
        let (a, b) = (event("a", "2021", "x"), event("b", "2022", "y"));
        let mut model = model(&format!("{a}{b}"));
        press(&mut model, "jf");
        swap(&mut model, read(&a));
        model.update_derived();
        press(&mut model, "<esc>");
        assert_eq!(model.active_filter().expect("a filter").rows().len(), 1);
    }

    #[test]
    fn a_scene_is_found_by_its_title_and_keeps_its_layers() {
        let scene = |title: &str| {
            format!(
                "[[scenes]]\ntitle = \"{title}\"\nselect = \"a\"\nreveal = [\"summary\", \"claims\"]\n"
            )
        };
        let it = event("a", "2021", "x");
        let mut model = model(&format!("{it}{}{}", scene("one"), scene("two")));
        press(&mut model, "b2<right>");
        let place = |model: &Model| {
            let (screen, _) = model.scene()?;
            Some((screen.at, screen.step, screen.layers.is_some()))
        };
        // No scene has the title: the one at the same place may have been renamed.
        let text = format!("{it}{}{}", scene("one"), scene("renamed"));
        swap(&mut model, read(&text));
        assert_eq!(place(&model), Some((1, 1, true)));
        let text = format!("{it}{}{}", scene("renamed"), scene("new"));
        swap(&mut model, read(&text));
        assert_eq!(place(&model), Some((0, 1, true)));
        press(&mut model, "2<right>");
        swap(&mut model, read(&format!("{it}{}", scene("one"))));
        assert_eq!(place(&model), Some((0, 1, true)), "the last is the nearest");
        let briefing = model.briefing.as_ref().expect("it goes on");
        assert_eq!(briefing.left_at, (0, 1));
        swap(&mut model, read(&it));
        assert_eq!(place(&model), None, "there are no scenes");
    }

    #[test]
    fn a_briefing_whose_scenes_are_withheld_says_so() {
        let it = event("a", "2021", "x");
        let later = "[[events.claims]]\nabout = \"event\"\nby = \"x\"\nsaid = \"2023\"\n";
        let text = format!("{it}{later}[[scenes]]\ntitle = \"one\"\n");
        let mut model = model(&text);
        let day = crate::date::EventDate::parse("2022-01-01").expect("a day");
        let known = model.timeline.as_of(&day).expect("a day has an end");
        swap(&mut model, Arc::new(known));
        press(&mut model, "b");
        let notice = model
            .view
            .notice
            .map(|notice| notice.text)
            .unwrap_or_default();
        assert!(notice.contains("as of this day"), "{notice}");
    }

    #[test]
    fn a_page_of_a_removed_event_closes_and_a_filter_for_it_is_empty_until_it_returns() {
        let (a, b) = (event("a", "2021", "x"), event("b", "2022", "y"));
        let whole = read(&format!("{a}{b}"));
        let mut model = model(&format!("{a}{b}"));
        press(&mut model, "factor:y<enter>v");
        assert_eq!(swap(&mut model, read(&a)).as_deref(), Some("actor:y"));
        model.update_derived();
        assert!(matches!(model.screen(), Screen::Timeline(_)));
        assert_eq!(model.active_filter().expect("a filter").rows().len(), 0);
        assert_eq!(swap(&mut model, whole), None);
        assert_eq!(model.active_filter().expect("a filter").rows().len(), 1);
    }
}
