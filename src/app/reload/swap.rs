//! Swaps the timeline on screen for another one: that of another day, of saved files, or of the rest of long ones.
//!
//! Everything costly is prepared on another thread first. So nothing on screen is half old, and no key waits.

use std::sync::Arc;

use super::apply;
use super::event::ReloadEvent;
use super::rebase::Rebase;
use crate::app::commands::{briefing, filter};
use crate::app::effect::Effect;
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::screen::{Screen, TimelineScreen};
use crate::app::state::briefing::Briefing;
use crate::app::state::notice::Notice;
use crate::date::EventDate;
use crate::query::{Filter, Matches};
use crate::timeline::term::Grouping;
use crate::timeline::{Clock, Scene, Timeline};

/// What decides which events a timeline screen shows, in which order and on which lanes. It is prepared anew for
/// another timeline.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct ScreenKey {
    pub filter: String,
    surely_only: bool,
    clock: Clock,
    grouping: Grouping,
    /// Whether the lanes are those of what the filter leaves.
    is_of_left: bool,
}

impl ScreenKey {
    pub fn of(screen: &TimelineScreen) -> Self {
        Self {
            filter: screen.sieve.text.clone(),
            surely_only: screen.sieve.surely_only,
            clock: screen.clock,
            grouping: screen.lanes.grouping,
            is_of_left: screen.lanes.is_of_shown,
        }
    }

    /// The key of a scene as the briefing shows it: a filter with a mistake leaves everything.
    pub fn of_scene(timeline: &Timeline, scene: &Scene) -> Self {
        let mut screen = TimelineScreen::new(timeline);
        let view = briefing::view_of(timeline, scene);
        if let Some(view) = view {
            briefing::dress(&mut screen, timeline, view);
        }
        let filter = view.and_then(|view| view.filter.as_deref());
        let filter = filter.filter(|filter| Filter::parse(timeline, filter).is_ok());
        Self {
            filter: filter.unwrap_or_default().trim().to_owned(),
            is_of_left: true,
            ..Self::of(&screen)
        }
    }

    /// A screen that shows it. A filter whose names are missing leaves nothing.
    fn prepare(&self, timeline: &Timeline) -> PreparedScreen {
        let mut screen = TimelineScreen::new(timeline);
        screen.group(timeline, self.grouping);
        if self.clock != screen.clock {
            screen.go_by(timeline, self.clock);
        }
        screen.sieve.surely_only = self.surely_only;
        let filter = Filter::parse(timeline, &self.filter);
        let is_refused = filter.is_err();
        let matches = filter.map_or_else(
            |_| Matches::nothing(timeline.len()),
            |filter| filter.matches(timeline),
        );
        screen.put(timeline, self.filter.clone(), matches);
        if self.is_of_left {
            screen.group_left(timeline);
        }
        PreparedScreen {
            key: self.clone(),
            screen,
            is_refused,
        }
    }
}

/// A screen over the new timeline, with nothing selected on it yet.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PreparedScreen {
    key: ScreenKey,
    pub screen: TimelineScreen,
    /// Whether the filter has names that the timeline has not.
    pub is_refused: bool,
}

impl PreparedScreen {
    /// The screen of a key: as it was prepared, or prepared now.
    pub fn of(prepared: &[Self], timeline: &Timeline, key: &ScreenKey) -> Self {
        let known = prepared.iter().find(|prepared| prepared.key == *key);
        known.cloned().unwrap_or_else(|| key.prepare(timeline))
    }
}

/// What there is on the screens: a swap prepares it over another timeline.
#[derive(Clone, Debug, Default, PartialEq)]
struct SwapScope {
    /// The `--as-of` day of the timeline on screen.
    day: Option<EventDate>,
    /// The path through the timeline on screen.
    briefing: Option<Briefing>,
    keys: Vec<ScreenKey>,
    /// The scenes on the screens, by their places on the path.
    scenes: Vec<usize>,
}

impl SwapScope {
    fn of(model: &Model) -> Self {
        let mut scope = Self {
            day: model.files.wanted_as_of.clone(),
            // Only the path matters: its clock runs on.
            briefing: model.briefing.as_ref().map(|briefing| Briefing {
                audience: briefing.audience.clone(),
                path: briefing.path.clone(),
                ..Briefing::default()
            }),
            ..Self::default()
        };
        for (depth, screen) in model.trail().enumerate() {
            scope.add(screen, model.asked_at(depth));
        }
        match &model.view.overlay {
            Some(Overlay::Search(search)) => scope.add(&search.screen, None),
            Some(Overlay::Filter(prompt)) => scope.add(&prompt.screen, None),
            _ => {}
        }
        scope
    }

    /// Adds a screen, with the filter that was asked for and is not answered yet.
    fn add(&mut self, screen: &Screen, asked: Option<&str>) {
        match screen {
            Screen::Timeline(screen) => {
                let mut key = ScreenKey::of(screen);
                if let Some(asked) = asked {
                    asked.clone_into(&mut key.filter);
                }
                if !self.keys.contains(&key) {
                    self.keys.push(key);
                }
            }
            Screen::Scene(scene) if !self.scenes.contains(&scene.at) => self.scenes.push(scene.at),
            Screen::Scene(_) | Screen::Page(_) | Screen::Follower(_) => {}
        }
    }
}

/// Asks for the screens to be prepared over another timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct SwapRequest {
    /// The newest timeline, of every day.
    whole: Arc<Timeline>,
    /// What is on screen until then.
    shown: Arc<Timeline>,
    scope: SwapScope,
}

impl SwapRequest {
    /// What is on the screens of the model, over a newer timeline.
    pub(in crate::app) fn new(model: &Model, whole: Arc<Timeline>) -> Self {
        Self {
            whole,
            shown: Arc::clone(&model.timeline),
            scope: SwapScope::of(model),
        }
    }

    /// Prepares the screens; on any thread.
    pub(in crate::app) fn prepare(&self) -> SwapResult {
        let day = self.scope.day.as_ref();
        let known = day.and_then(|day| self.whole.as_of(day).ok());
        let timeline = known.map_or_else(|| Arc::clone(&self.whole), Arc::new);
        let rebase = Rebase::new(&self.shown, &timeline, self.scope.briefing.as_ref(), &[]);
        let scenes = self.scope.scenes.iter();
        let scenes = scenes.filter_map(|&at| rebase.key_of_scene(at));
        let keys = self.scope.keys.iter().cloned().chain(scenes);
        let screens = keys.map(|key| key.prepare(&timeline)).collect();
        SwapResult {
            request: self.clone(),
            timeline,
            screens,
        }
    }
}

/// The screens over another timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct SwapResult {
    request: SwapRequest,
    /// What of it is to be shown.
    pub(super) timeline: Arc<Timeline>,
    pub(super) screens: Vec<PreparedScreen>,
}

impl SwapResult {
    pub(super) const fn whole(&self) -> &Arc<Timeline> {
        &self.request.whole
    }
}

/// Asks for the screens over the newest timeline as of the day that is wanted.
pub(in crate::app) fn request(model: &Model) -> Effect {
    let whole = Arc::clone(newest(model));
    Effect::Swap(Box::new(SwapRequest::new(model, whole)))
}

fn newest(model: &Model) -> &Arc<Timeline> {
    model.files.reload.pending().unwrap_or(&model.files.whole)
}

/// Puts the prepared screens in the place of the present ones, if they are still what is wanted.
pub(in crate::app) fn take(model: &mut Model, result: SwapResult) -> Vec<Effect> {
    let SwapRequest {
        whole,
        shown,
        scope,
    } = &result.request;
    // Another day or newer files have been asked for meanwhile.
    if !Arc::ptr_eq(whole, newest(model)) || scope.day != model.files.wanted_as_of {
        return Vec::new();
    }
    if !Arc::ptr_eq(shown, &model.timeline) || *scope != SwapScope::of(model) {
        return vec![request(model)];
    }
    let is_reload = model.files.reload.pending().is_some();
    let refused = model.rebase(result);
    let mut effects = renew_overlay(model);
    if is_reload {
        effects.extend(finish_reload(model, refused));
    } else if let Some(filter) = refused {
        model.notify(format!("not known then: {filter}"));
    }
    effects
}

fn finish_reload(model: &mut Model, refused: Option<String>) -> Vec<Effect> {
    let before = model.view.notice.take();
    let effects = apply::take(model, ReloadEvent::Swapped);
    let refused = refused.map(|filter| Notice {
        text: format!("The filter names nothing in this version: {filter}"),
        is_error: false,
    });
    let notices = model.view.notice.take().into_iter().chain(refused);
    model.view.notice = notices.reduce(|one, other| one.and(&other)).or(before);
    effects
}

/// Brings what lies above the screen in line with the new timeline.
fn renew_overlay(model: &mut Model) -> Vec<Effect> {
    match &mut model.view.overlay {
        Some(Overlay::Facets(_) | Overlay::Matrix(_)) => filter::count(model),
        Some(Overlay::Filter(_)) => filter::renew_prompt(model),
        Some(Overlay::AsOf(slider)) => {
            slider.renew(&model.files.whole, model.files.wanted_as_of.as_ref());
            Vec::new()
        }
        _ => Vec::new(),
    }
}
