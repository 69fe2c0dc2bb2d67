//! Steps that a follower asks its presenter for.

use super::{FollowerScreen, PresenterPresence};
use crate::app::state::drive_request::{DriveRequest, DriveStep};
use crate::timeline::Timeline;

/// How long to expect that a request will be granted, in milliseconds. A further step within that time begins from the
/// request, since the presenter's new status has not arrived yet.
const PENDING: u64 = 2000;

impl FollowerScreen {
    /// Whether this terminal was started to take steps, and the presenter to accept them.
    pub fn can_drive(&self) -> bool {
        self.is_driver && self.last.as_ref().is_some_and(|last| last.takes_steps) && self.is_led()
    }

    /// Whether the presenter is there.
    pub(super) fn is_led(&self) -> bool {
        self.presence() == Some(PresenterPresence::Present)
    }

    /// The request for a step, or why there is none.
    ///
    /// # Errors
    /// The path has no such scene, or one of the terminals was not started for it. `{name}` is replaced by
    /// the key of a command.
    pub(in crate::app) fn request(
        &mut self,
        timeline: &Timeline,
        step: DriveStep,
        now: u64,
    ) -> Result<DriveRequest, &'static str> {
        if !self.is_driver {
            return Err(
                "To take steps from here, start this terminal and the presenter with --drive",
            );
        }
        if !self.is_led() {
            return Err("No presenter to take steps for");
        }
        if !self.can_drive() {
            return Err("The presenter was not started with --drive");
        }
        let request = self.after(timeline, step, now)?;
        self.sent = Some((request, now));
        Ok(request)
    }

    fn after(
        &self,
        timeline: &Timeline,
        step: DriveStep,
        now: u64,
    ) -> Result<DriveRequest, &'static str> {
        let sent = self
            .sent
            .filter(|(_, at)| now.saturating_sub(*at) < PENDING);
        let status = self.last.as_ref().map(|last| &last.status);
        let (at, shown) = match sent {
            Some((sent, _)) => (sent.at, sent.step),
            None => self.place_in_room(timeline),
        };
        let is_exploring = sent.is_none() && status.is_some_and(|status| status.exploring);
        let is_blank = match sent {
            Some((sent, _)) => sent.blank,
            None => status.is_some_and(|status| status.blank),
        };
        let layers = |at| {
            let scene = self.briefing.scene(timeline, at);
            scene.map_or(0, |scene| scene.reveal.len())
        };
        let (to, step, blank) = match step {
            DriveStep::Blank => (at, shown, !is_blank),
            DriveStep::To(to) => (to, 0, false),
            // The first step leads back to the scene that was left.
            DriveStep::Next | DriveStep::Back if is_exploring => (at, shown, false),
            DriveStep::Next if shown < layers(at) => (at, shown + 1, false),
            DriveStep::Next if at + 1 < self.briefing.path.len() => (at + 1, 0, false),
            DriveStep::Next => return Err("End of the briefing"),
            DriveStep::Back if shown > 0 => (at, shown - 1, false),
            DriveStep::Back if at > 0 => (at - 1, layers(at - 1), false),
            DriveStep::Back => return Err("First scene"),
        };
        let request = DriveRequest::new(&self.briefing, timeline, to, step);
        let request = request.ok_or("The briefing has no such scene")?;
        Ok(DriveRequest { blank, ..request })
    }

    /// Forgets the request once the presenter has granted it. If the presenter explores from there, it was granted
    /// before.
    pub(super) fn note_granted(&mut self, timeline: &Timeline) {
        let Some(last) = &self.last else { return };
        let (at, step) = self.place_in_room(timeline);
        let is_blank = last.status.blank;
        let is_granted =
            |sent: &DriveRequest| (sent.at, sent.step, sent.blank) == (at, step, is_blank);
        if self.sent.is_some_and(|(sent, _)| is_granted(&sent)) {
            self.sent = None;
        }
    }
}
