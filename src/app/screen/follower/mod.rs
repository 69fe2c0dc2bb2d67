//! The follower's screen: the briefer's view in a second terminal while a presenter shows the briefing to the room.
//!
//! It knows the timeline and the last status of the presenter, but not how the status arrives.

mod driving;
mod layout;
mod presenter;
mod timing;

use ratatui::layout::Rect;

use crate::app::state::briefing::{Briefing, BriefingStatus, mark, script, withheld};
use crate::app::state::drive_request::DriveRequest;
use crate::app::state::notice::Notice;
use crate::timeline::{Scene, Timeline};
pub use layout::{FollowerLayout, FollowerPart, FollowerTexts};
pub use presenter::{PresenterPresence, PresenterReport, PublishedStatus};
pub use timing::{BriefingPace, BriefingTiming, SceneBudget, clock_face};

/// Why a presenter that is there takes no steps.
const NOT_ACCEPTED: &str = "the presenter does not accept steps: start it with --drive";

/// The notice of a follower that was started without `--since`.
const NOT_HERE: &str = "the room sees what changed: start this terminal with the same --since";

#[derive(Clone, Debug, PartialEq)]
pub struct FollowerScreen {
    /// The presenter's path; before its first status, the path of the audience on the command line.
    pub briefing: Briefing,
    /// The first visible line of the notes.
    pub scroll: usize,
    /// Recomputed after each message.
    pub layout: FollowerLayout,
    /// `None` before the first report.
    report: Option<PresenterReport>,
    /// The last readable status.
    last: Option<PublishedStatus>,
    /// See [`script`].
    script: u64,
    /// The presenter's version of the files that caused the last reload.
    read_for: Option<u64>,
    /// Whether it was started to take steps in the room.
    pub(in crate::app) is_driver: bool,
    /// The last request and its time, until the presenter grants it.
    sent: Option<(DriveRequest, u64)>,
}

impl FollowerScreen {
    /// The presenter's audience replaces `audience` once it is known.
    pub fn new(timeline: &Timeline, audience: Option<&str>) -> Self {
        Self {
            briefing: Briefing::new(timeline, audience),
            scroll: 0,
            layout: FollowerLayout::default(),
            report: None,
            last: None,
            script: script(timeline, audience),
            read_for: None,
            is_driver: false,
            sent: None,
        }
    }

    /// Stores a report. Returns whether to reload: the presenter shows another version of the files, and no reload was
    /// tried for that version yet.
    pub(in crate::app) fn take(&mut self, report: PresenterReport, timeline: &Timeline) -> bool {
        let mut is_other_version = false;
        if let PresenterReport::Published(published) = &report {
            let status = &published.status;
            if self.briefing.audience != status.audience || self.last.is_none() {
                self.set_path(timeline, status.audience.as_deref());
            }
            if status.script == self.script {
                self.read_for = None;
            } else if self.read_for != Some(status.script) {
                self.read_for = Some(status.script);
                is_other_version = true;
            }
            let before = self.place(timeline);
            self.last = Some(published.clone());
            self.note_granted(timeline);
            if self.place(timeline) != before {
                self.scroll = 0;
            }
        }
        self.report = Some(report);
        is_other_version
    }

    fn set_path(&mut self, timeline: &Timeline, audience: Option<&str>) {
        self.briefing = Briefing::new(timeline, audience);
        self.script = script(timeline, audience);
    }

    /// The same screen over a newer version of the timeline.
    pub(in crate::app) fn rebased(&self, timeline: &Timeline) -> Self {
        let mut screen = self.clone();
        screen.set_path(timeline, self.briefing.audience.as_deref());
        screen
    }

    pub(in crate::app) fn fit(&mut self, timeline: &Timeline, area: Rect) {
        let notes = |scene: Option<&Scene>| scene.and_then(|it| it.notes.clone());
        let scene = self.scene(timeline);
        let say = scene.and_then(|scene| scene.say.clone());
        let texts = FollowerTexts {
            notes: &notes(scene).unwrap_or_default(),
            say: &say.unwrap_or_default(),
            next: &self.next(timeline),
            next_notes: &notes(self.next_scene(timeline)).unwrap_or_default(),
        };
        self.layout = layout::lay_out(area, texts);
        self.scroll = self.scroll.min(self.last_scroll());
    }

    /// The first visible line if the end of the notes is visible.
    pub(in crate::app) fn last_scroll(&self) -> usize {
        let notes = &self.layout.notes;
        notes.lines.len().saturating_sub(notes.area.height.into())
    }

    /// The number of lines that a screenful scrolls: one line stays visible.
    pub(in crate::app) fn screenful(&self) -> usize {
        usize::from(self.layout.notes.area.height.max(2) - 1)
    }

    /// The place of the presenter's scene on our path: the place in the status, unless our path has that scene
    /// elsewhere. `None` before the first readable status.
    fn place(&self, timeline: &Timeline) -> Option<usize> {
        let status = &self.last.as_ref()?.status;
        if self.is_meant(timeline, status.at, status) {
            return Some(status.at);
        }
        let mut places = 0..self.briefing.path.len();
        let found = places.find(|&at| self.is_meant(timeline, at, status));
        Some(found.unwrap_or(status.at))
    }

    /// Whether the scene at a place of our path is the presenter's. If the status does not name a scene, any place will
    /// do.
    fn is_meant(&self, timeline: &Timeline, at: usize, status: &BriefingStatus) -> bool {
        let here = self.briefing.scene(timeline, at).map(mark);
        status.scene.is_none() || here == status.scene
    }

    /// The place of the scene on the path, from 0; 0 before the first status.
    pub fn at(&self, timeline: &Timeline) -> usize {
        self.place(timeline).unwrap_or(0)
    }

    fn step(&self) -> usize {
        self.last.as_ref().map_or(0, |last| last.status.step)
    }

    /// The scene that the room sees, or will see first.
    pub fn scene<'t>(&self, timeline: &'t Timeline) -> Option<&'t Scene> {
        self.briefing.scene(timeline, self.at(timeline))
    }

    /// The place of the scene in the room, and the number of its layers there.
    pub(in crate::app) fn place_in_room(&self, timeline: &Timeline) -> (usize, usize) {
        let layers = self.scene(timeline).map_or(0, |scene| scene.reveal.len());
        (self.at(timeline), self.step().min(layers))
    }

    /// What the room sees, in a few words, for a small terminal without room for the picture.
    pub fn room_in_words(&self, timeline: &Timeline) -> String {
        let scene = self.scene(timeline);
        let layers = scene.map_or(&[][..], |scene| &scene.reveal);
        let is_account = scene.is_some_and(|scene| scene.account.is_some());
        let (_, step) = self.place_in_room(timeline);
        match step.checked_sub(1).and_then(|last| layers.get(last)) {
            Some(layer) => format!("layer {step} of {}, {layer}", layers.len()),
            None if is_account => "what changed, in sentences".to_owned(),
            None => "time axis and list".to_owned(),
        }
    }

    /// Why the room does not see the scene; `None` if it does.
    pub fn not_in_room(&self) -> Option<&'static str> {
        let status = &self.last.as_ref()?.status;
        match self.presence()? {
            PresenterPresence::Left => Some("the presenter has left"),
            _ if status.exploring => Some("the presenter is exploring"),
            _ if status.blank => Some("the screen is blank"),
            _ => None,
        }
    }

    fn next_scene<'t>(&self, timeline: &'t Timeline) -> Option<&'t Scene> {
        let at = self.at(timeline).saturating_add(1);
        self.briefing.scene(timeline, at)
    }

    /// The next layer of this scene, then the next scene.
    fn next(&self, timeline: &Timeline) -> Vec<String> {
        let Some(scene) = self.scene(timeline) else {
            return Vec::new();
        };
        let layer = scene.reveal.get(self.step());
        let layer = layer.map(|layer| format!("layer: {layer}"));
        let scene = match self.next_scene(timeline) {
            Some(scene) => {
                let name = self
                    .briefing
                    .name(timeline, self.at(timeline).saturating_add(1));
                format!("{name}: {}", scene.title)
            }
            None => "the end of the briefing".to_owned(),
        };
        layer.into_iter().chain([scene]).collect()
    }

    /// The times by the presenter's clock, which stops when the presenter is gone.
    pub fn timing(&self, timeline: &Timeline, now: u64) -> BriefingTiming {
        let Some(last) = &self.last else {
            let scene = self.scene(timeline);
            return BriefingTiming {
                planned: self.briefing.planned(timeline).into(),
                budget: scene.and_then(|scene| scene.seconds).map(u64::from),
                ..BriefingTiming::default()
            };
        };
        let now = match self.presence() {
            Some(PresenterPresence::Present) => now,
            _ => last.published_at,
        };
        let status = BriefingStatus {
            at: self.at(timeline),
            ..last.status.clone()
        };
        BriefingTiming::at(timeline, &self.briefing, &status, now)
    }

    /// `None` before the first readable status. If a later status is unreadable, the presenter counts as present, and
    /// its clock runs on.
    fn presence(&self) -> Option<PresenterPresence> {
        let last = self.last.as_ref()?;
        Some(match self.report {
            Some(PresenterReport::Absent) => PresenterPresence::Lost,
            _ => last.presence,
        })
    }

    /// When a time on screen changes next without a message, in milliseconds since the machine was started; `None`
    /// while no clock runs.
    pub fn next_change(&self, now: u64) -> Option<u64> {
        let last = self.last.as_ref()?;
        let wait = match self.presence()? {
            PresenterPresence::Present => timing::until_next_second(&last.status, now)?,
            _ if last.has_restarted => return None,
            _ => timing::until_older(now.saturating_sub(last.published_at)),
        };
        Some(now.saturating_add(wait))
    }

    /// The number of things withheld from the room; before the first status, from this terminal.
    pub fn withheld(&self, timeline: &Timeline) -> usize {
        let last = self.last.as_ref();
        last.map_or_else(|| withheld(timeline), |last| last.status.withheld)
    }

    /// Everything unusual about the presenter; empty while it presents and its clock runs. `says` replaces the names of
    /// commands by their keys.
    pub fn states(
        &self,
        timeline: &Timeline,
        now: u64,
        says: &dyn Fn(&str) -> String,
    ) -> Vec<Notice> {
        let problem = match &self.report {
            Some(PresenterReport::OtherVersion) => {
                Some("the presenter is another version of dateline")
            }
            Some(PresenterReport::Unreadable) => Some("the presenter's status is unreadable"),
            Some(PresenterReport::Refused(why)) => Some(why.as_str()),
            Some(PresenterReport::Absent | PresenterReport::Published(_)) | None => None,
        };
        let mut states: Vec<Notice> = problem.map(Notice::error).into_iter().collect();
        let Some(last) = &self.last else {
            if self.report == Some(PresenterReport::Absent) {
                states.push(Notice::new("no presenter yet"));
            }
            return states;
        };
        match self.presence() {
            Some(PresenterPresence::Left) => {
                let age = last.age(now);
                states.push(Notice::error(format!("the presenter has left, {age}")));
            }
            Some(PresenterPresence::Lost) => {
                let age = last.age(now);
                let room = "the room may be at another scene";
                states.push(Notice::error(format!("lost the presenter {age}: {room}")));
            }
            Some(PresenterPresence::Present) | None => {
                states.extend(self.other_version(timeline, &last.status, says));
                states.extend(unusual(&last.status).map(Notice::new));
                let refuses = self.is_driver && !last.takes_steps;
                states.extend(refuses.then(|| Notice::new(NOT_ACCEPTED)));
            }
        }
        states
    }

    /// The notice that the room sees what changed and this terminal was not started to show it.
    fn other_start(&self, timeline: &Timeline, status: &BriefingStatus) -> Option<Notice> {
        let mut places = 0..self.briefing.path.len();
        let is_here = places.any(|at| self.is_meant(timeline, at, status));
        (!is_here).then(|| Notice::error(NOT_HERE))
    }

    fn other_version(
        &self,
        timeline: &Timeline,
        status: &BriefingStatus,
        says: &dyn Fn(&str) -> String,
    ) -> Option<Notice> {
        if status.script == self.script {
            return self.other_start(timeline, status);
        }
        let here = self.briefing.path.len();
        let other = if status.scenes == here {
            "the presenter has another version of the file".to_owned()
        } else {
            let scenes = crate::document::count(status.scenes, "scene");
            format!("the presenter has {scenes}, this file {here}")
        };
        let reload = says("reload there, or here with {follower-reload}");
        Some(Notice::error(format!("{other}: {reload}")))
    }
}

/// Whether the room sees something other than the scene, and whether the clock is stopped.
fn unusual(status: &BriefingStatus) -> impl Iterator<Item = &'static str> {
    let clock = match (status.stopwatch.since, status.stopwatch.is_fresh()) {
        (Some(_), _) => None,
        (None, true) => Some("the clock has not started"),
        (None, false) => Some("the clock is stopped"),
    };
    let exploring = status.exploring.then_some("the presenter is exploring");
    let blank = status.blank.then_some("the screen is blank");
    [exploring, blank, clock].into_iter().flatten()
}
