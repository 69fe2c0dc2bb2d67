//! What is shown of the facts, and how it comes to be: another day, the files as they were saved, or the rest of a
//! long one. Whichever it is, it is asked of the world, which finds out all that is costly, and takes the place of
//! what is shown when it is there: nothing is half old, and no key waits.

use std::sync::Arc;

use crate::app::commands::as_of;
use crate::app::commands::briefing;
use crate::app::commands::filter;
use crate::app::effect::Effect;
use crate::app::model::{Model, Notice};
use crate::app::overlay::Overlay;
use crate::app::reload;
use crate::app::reload::loading;
use crate::app::reload::rebase::Exchange;
use crate::app::screen::{Screen, TimelineScreen};
use crate::app::state::briefing::Briefing;
use crate::date::EventDate;
use crate::query::{Filter, Matches};
use crate::timeline::term::Grouping;
use crate::timeline::{Clock, Scene, Timeline};

/// Which events a timeline screen shows, in which order and on which lanes: what has to be found out anew of other
/// facts.
#[derive(Clone, Debug, PartialEq)]
pub struct Face {
    /// The filter.
    pub text: String,
    surely_only: bool,
    clock: Clock,
    grouping: Grouping,
    /// Whether its lanes are those of what the filter leaves.
    is_of_left: bool,
}

impl Face {
    /// That of a screen.
    pub(in crate::app) fn of(screen: &TimelineScreen) -> Self {
        Self {
            text: screen.sieve.text.clone(),
            surely_only: screen.sieve.surely_only,
            clock: screen.clock,
            grouping: screen.lanes.grouping,
            is_of_left: screen.lanes.is_of_shown,
        }
    }

    /// That of a scene, as the briefing shows it: a filter with a mistake leaves everything.
    pub(in crate::app) fn of_scene(timeline: &Timeline, scene: &Scene) -> Self {
        let mut screen = TimelineScreen::new(timeline);
        let view = briefing::view_of(timeline, scene);
        if let Some(view) = view {
            briefing::dress(&mut screen, timeline, view);
        }
        let text = view
            .and_then(|view| view.filter.as_deref())
            .unwrap_or_default();
        let is_right = Filter::parse(timeline, text).is_ok();
        Self {
            text: if is_right {
                text.trim().to_owned()
            } else {
                String::new()
            },
            is_of_left: true,
            ..Self::of(&screen)
        }
    }

    /// A screen that shows it. A filter whose names are not there leaves nothing.
    fn open(&self, timeline: &Timeline) -> Opened {
        let mut screen = TimelineScreen::new(timeline);
        screen.group(timeline, self.grouping);
        if self.clock != screen.clock {
            screen.go_by(timeline, self.clock);
        }
        screen.sieve.surely_only = self.surely_only;
        let filter = Filter::parse(timeline, &self.text);
        let is_refused = filter.is_err();
        let matches = filter.map_or_else(
            |_| Matches::nothing(timeline.len()),
            |filter| filter.matches(timeline),
        );
        screen.put(timeline, self.text.clone(), matches);
        if self.is_of_left {
            screen.group_left(timeline);
        }
        Opened {
            face: self.clone(),
            screen,
            is_refused,
        }
    }
}

/// A screen that shows a face, with nothing chosen on it yet.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::app) struct Opened {
    face: Face,
    pub screen: TimelineScreen,
    /// Whether the filter wants what is not there.
    pub is_refused: bool,
}

/// What is wanted of the facts: the day, and all that has to be found out for the screens that there are.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    day: Option<EventDate>,
    /// What is shown until then.
    before: Arc<Timeline>,
    /// The path of the briefing through that.
    briefing: Option<Briefing>,
    faces: Vec<Face>,
    /// The scenes that are on the screen, by their places on the path.
    scenes: Vec<usize>,
}

impl Wanted {
    /// What is wanted for all that there is on the screen now, and below it.
    pub(in crate::app) fn of(model: &Model) -> Self {
        let mut wanted = Self {
            day: model.wanted_as_of.clone(),
            before: Arc::clone(&model.timeline),
            // Only the path matters: its clock runs on.
            briefing: model.briefing.as_ref().map(|briefing| Briefing {
                audience: briefing.audience.clone(),
                path: briefing.path.clone(),
                ..Briefing::default()
            }),
            faces: Vec::new(),
            scenes: Vec::new(),
        };
        for (depth, screen) in model.trail().enumerate() {
            wanted.add(screen, model.asked_at(depth));
        }
        match &model.overlay {
            Some(Overlay::Search(search)) => wanted.add(&search.screen, None),
            Some(Overlay::Filter(prompt)) => wanted.add(&prompt.screen, None),
            _ => {}
        }
        wanted
    }

    fn add(&mut self, screen: &Screen, asked: Option<&str>) {
        match screen {
            Screen::Timeline(screen) => {
                let mut face = Face::of(screen);
                if let Some(asked) = asked {
                    asked.clone_into(&mut face.text);
                }
                if !self.faces.contains(&face) {
                    self.faces.push(face);
                }
            }
            Screen::Scene(scene) if !self.scenes.contains(&scene.at) => self.scenes.push(scene.at),
            Screen::Scene(_) | Screen::Page(_) => {}
        }
    }

    /// Finds it out, of all that there is to know.
    pub(in crate::app) fn of_whole(self: Box<Self>, whole: &Arc<Timeline>) -> Shown {
        let day = self.day.as_ref();
        let known = day.and_then(|day| whole.as_of(day).ok());
        let timeline = known.map_or_else(|| Arc::clone(whole), Arc::new);
        let exchange = Exchange::new(&self.before, &timeline, self.briefing.as_ref(), &[]);
        let scenes = self
            .scenes
            .iter()
            .filter_map(|&at| exchange.face_of_scene(at));
        let faces = self.faces.iter().cloned().chain(scenes);
        let opened = faces.map(|face| face.open(&timeline)).collect();
        Shown {
            whole: Arc::clone(whole),
            timeline,
            opened,
            wanted: self,
        }
    }
}

/// What was wanted of the facts, found out.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// All that there is to know.
    pub(in crate::app) whole: Arc<Timeline>,
    /// What of it is to be shown.
    pub(in crate::app) timeline: Arc<Timeline>,
    /// The screens that show what was wanted.
    pub(in crate::app) opened: Vec<Opened>,
    wanted: Box<Wanted>,
}

/// The screen that shows a face: as it was found out, or found out now.
pub(in crate::app) fn open(opened: &[Opened], timeline: &Timeline, face: &Face) -> Opened {
    let known = opened.iter().find(|opened| opened.face == *face);
    known.cloned().unwrap_or_else(|| face.open(timeline))
}

/// Facts that are to take the place of all that there were, once it is known what to show of them.
#[derive(Clone, Debug)]
pub(in crate::app) struct Coming {
    whole: Arc<Timeline>,
    news: News,
}

/// How they came.
#[derive(Clone, Debug)]
pub(in crate::app) enum News {
    /// The files were read again: what is different.
    Reread(reload::Changes),
    /// The files whose beginning is shown were read; how many of a hundred bytes, if the user stopped it.
    Loaded(Option<u8>),
}

/// Has found out what to show of other facts.
pub(in crate::app) fn bring(model: &mut Model, whole: Arc<Timeline>, news: News) -> Vec<Effect> {
    model.coming = Some(Coming { whole, news });
    vec![ask(model)]
}

/// Has found out what to show of the newest facts on the day that is wanted.
pub(in crate::app) fn ask(model: &Model) -> Effect {
    Effect::Show {
        whole: Arc::clone(newest(model)),
        wanted: Box::new(Wanted::of(model)),
    }
}

fn newest(model: &Model) -> &Arc<Timeline> {
    let coming = model.coming.as_ref();
    coming.map_or(&model.whole, |coming| &coming.whole)
}

/// It is known what to show: it takes the place of what is shown, if it is still what is wanted.
pub(in crate::app) fn take(model: &mut Model, shown: Shown) -> Vec<Effect> {
    // Whoever wished for another day or brought other facts has asked for those.
    if !Arc::ptr_eq(&shown.whole, newest(model)) || shown.wanted.day != model.wanted_as_of {
        return Vec::new();
    }
    let now = Wanted::of(model);
    if !Arc::ptr_eq(&shown.wanted.before, &now.before) || *shown.wanted != now {
        return vec![ask(model)];
    }
    let news = model.coming.take().map(|coming| coming.news);
    let refused = model.exchange(shown);
    let effects = renew(model);
    let told = match news {
        Some(News::Reread(changes)) => Some(reload::arrive(model, changes)),
        Some(News::Loaded(stopped_at)) => loading::arrive(model, stopped_at),
        None => {
            if let Some(filter) = refused {
                model.notify(format!("not known then: {filter}"));
            }
            return effects;
        }
    };
    let refused = refused.map(|filter| Notice {
        text: format!("nothing there has the name that the filter wants: {filter}"),
        is_error: false,
    });
    let notices = told.into_iter().chain(refused);
    if let Some(notice) = notices.reduce(|one, other| one.and(&other)) {
        model.notice = Some(notice);
    }
    effects
}

/// What lies above the screen follows other facts too.
fn renew(model: &mut Model) -> Vec<Effect> {
    match &mut model.overlay {
        Some(Overlay::Facets(_) | Overlay::Matrix(_)) => filter::count(model),
        Some(Overlay::Filter(_)) => filter::renew_prompt(model),
        Some(Overlay::AsOf(slider)) => {
            as_of::renew(slider, &model.whole, model.wanted_as_of.as_ref());
            Vec::new()
        }
        _ => Vec::new(),
    }
}
