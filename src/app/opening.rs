//! Opens the program: with a filter, in a briefing, as a follower, or on a topic of the guide.

use std::sync::Arc;

use ratatui::layout::Size;

use super::commands::{self, baseline, briefing, filter, follower};
use super::effect::Effect;
use super::model::Model;
use super::screen::{FollowerScreen, Screen};
use super::state::briefing::Briefing;
use super::state::problem::Problem;
use super::state::resume_point::ResumePoint;
use super::state::settings::Settings;
use super::update::answered;
use crate::change::Baseline;
use crate::document::PageSubject;
use crate::guide::Topic;
use crate::query::Filter;
use crate::timeline::{Timeline, View};

/// Opens the program with the keys of the command table.
pub fn open(timeline: Arc<Timeline>, problems: Vec<Problem>, size: Size) -> Model {
    let mut model = open_undrawn(timeline, problems, size);
    model.update_derived();
    model
}

/// [`open`] if settings and a filter follow: only they decide what to draw.
pub fn open_undrawn(timeline: Arc<Timeline>, problems: Vec<Problem>, size: Size) -> Model {
    Model::new(timeline, problems, size, Settings::new(commands::keymap()))
}

/// Applies the filter and the view of the command line.
pub fn open_with(model: &mut Model, asked: &Filter, view: Option<&View>, surely: bool) {
    let timeline = Arc::clone(&model.timeline);
    if let Some(grouping) = view.and_then(|view| view.group) {
        filter::group(model, grouping);
    }
    filter::go_by(model, view.and_then(View::clock));
    if let Some(screen) = model.timeline_screen_mut() {
        screen.put(
            &timeline,
            asked.text().trim().to_owned(),
            asked.matches(&timeline),
        );
        if surely {
            screen.toggle_possibles(&timeline);
        }
        screen.open_at_start(&timeline);
    }
    model.update_derived();
}

/// Compares the timeline with an earlier version, before anything is shown.
pub fn compare_with(model: &mut Model, baseline: Baseline) {
    // Errors in the files are reported first.
    let errors = model.view.notice.take();
    let asked = baseline::set(model, Arc::new(baseline));
    answered(model, asked);
    model.view.notice = errors.or(model.view.notice.take());
    model.update_derived();
}

/// Begins a briefing for an audience at its first scene.
pub fn open_briefing(model: &mut Model, audience: Option<&str>) -> Vec<Effect> {
    brief_for(model, audience);
    model.view.is_briefing = true;
    // The notice of errors in the files is not for the room.
    model.view.notice = None;
    let asked = briefing::go(model, 0, 0);
    let mut rest = answered(model, asked);
    model.update_derived();
    rest.extend(model.take_new_status().map(Effect::PublishStatus));
    rest
}

/// Offers to go on where an earlier briefing stopped. Returns whether the offer can be taken: its scene may be gone.
pub fn offer_to_resume(model: &mut Model, point: ResumePoint) -> bool {
    model.earlier = Some(point);
    model.offered_place().is_some()
}

/// Takes the offer.
pub fn resume_briefing(model: &mut Model) -> Vec<Effect> {
    let asked = briefing::resume(model);
    let mut rest = answered(model, asked);
    model.update_derived();
    rest.extend(model.take_new_status().map(Effect::PublishStatus));
    rest
}

/// Opens the screen of a follower. The presenter's audience replaces `audience` once it is known.
pub fn open_follower(model: &mut Model, audience: Option<&str>) -> Vec<Effect> {
    let screen = FollowerScreen::new(&model.timeline, audience);
    model.push(Screen::Follower(Box::new(screen)));
    // The screen has nothing to click: the terminal keeps the mouse, to select text.
    model.settings.mouse = false;
    let asked = follower::show_room(model);
    let mut rest = answered(model, asked);
    model.update_derived();
    rest.extend([Effect::Mouse(false), Effect::Follow]);
    rest
}

/// Lets the follower take steps in the room, if the presenter accepts them.
pub fn let_drive(model: &mut Model) {
    if let Some(screen) = model.follower_mut() {
        screen.is_driver = true;
    }
}

/// Opens a topic of the guide, with the list of topics below it on the stack.
pub fn open_topic(model: &mut Model, topic: Topic) {
    model.visit(PageSubject::Guide);
    model.update_derived();
    let before = Topic::ALL.iter().take_while(|it| **it != topic).count();
    if let Some(contents) = model.page_view_mut() {
        (0..=before).for_each(|_| contents.next_link());
    }
    model.visit(PageSubject::Topic(topic));
    model.view.opened_at = model.depth();
    model.update_derived();
}

/// Sets the audience of the briefing, before it begins.
pub fn brief_for(model: &mut Model, audience: Option<&str>) {
    model.briefing = Some(Briefing::new(&model.timeline, audience));
}
