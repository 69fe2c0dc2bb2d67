//! The second terminal: what the briefer sees while another terminal shows the briefing to the room.
//!
//! A model of its own, beside the viewer's. It knows the timeline and what the presenter last said;
//! it does not know how that reaches it, and reads no clock.

mod setting;
pub mod timing;

use std::ops::ControlFlow;
use std::sync::Arc;

use ratatui::layout::{Rect, Size};

use crate::app::input::key::{self, Input, Key};
use crate::app::model::Problem;
use crate::app::reload::{
    FileRequest, NO_EVENTS, ReloadAction, ReloadEvent, ReloadMachine, ReloadNotice,
};
use crate::app::state::briefing::{Briefing, Told, mark, script, withheld};
use crate::timeline::{Scene, Timeline};
pub use setting::{Part, Setting};
use timing::{Timing, ago};

/// What reaches the second terminal.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    /// The briefer pressed a key.
    Key(Key),
    /// The terminal has another size.
    Resize(Size),
    /// What time it is, in milliseconds since the machine was started.
    Time(u64),
    /// What there is to hear of a presenter.
    Heard(Heard),
    /// Something has happened to the files, or to their reading.
    Files(ReloadEvent),
}

/// What there is to hear of a presenter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Heard {
    /// Nobody has presented this timeline.
    #[default]
    Nobody,
    /// Where the briefing is.
    Report(Report),
    /// It comes from another version of dateline.
    OtherVersion,
    /// It cannot be understood.
    Broken,
    /// Nobody may hear it: why not.
    Refused(String),
}

/// What a presenter said, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Where the briefing is.
    pub told: Told,
    /// When that was said, in milliseconds since the machine was started.
    pub said: u64,
    /// Whether the presenter is still there.
    pub presence: Presence,
    /// Whether the machine was started again since: how long ago it was is not known.
    pub has_restarted: bool,
}

/// Whether a presenter is still there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It is.
    Here,
    /// It said that it left.
    Left,
    /// It ended without saying so, or it cannot say where the briefing is any more.
    Lost,
}

/// In which state the presenter is: words for the briefer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// The words.
    pub text: String,
    /// Whether something is wrong.
    pub is_wrong: bool,
}

/// One thing that the briefer can do here.
pub struct Deed {
    /// The keys, in the notation of [`crate::app::input::key`]; the first is shown.
    pub keys: &'static [&'static str],
    /// What it does, in a word or two.
    pub summary: &'static str,
    run: fn(&mut Follower) -> ControlFlow<()>,
}

/// Everything that the briefer can do here.
pub static DEEDS: &[Deed] = &[
    Deed {
        keys: &["j", "<down>"],
        summary: "down",
        run: |it| it.scroll_by(1),
    },
    Deed {
        keys: &["k", "<up>"],
        summary: "up",
        run: |it| it.scroll_by(-1),
    },
    Deed {
        keys: &["<pgdn>", "<space>", "<ctrl-f>"],
        summary: "on",
        run: |it| it.scroll_by(it.screenful()),
    },
    Deed {
        keys: &["<pgup>", "<ctrl-b>"],
        summary: "back",
        run: |it| it.scroll_by(-it.screenful()),
    },
    Deed {
        keys: &["q", "<esc>", "<ctrl-c>"],
        summary: "quit",
        run: |_| ControlFlow::Break(()),
    },
    Deed {
        keys: &["r"],
        summary: "reload",
        run: |it| it.reload(),
    },
];

/// The state of the second terminal.
#[derive(Clone, Debug)]
pub struct Follower {
    /// The facts.
    pub timeline: Arc<Timeline>,
    /// The size of the terminal.
    pub size: Size,
    /// The path of the presenter.
    pub briefing: Briefing,
    /// The first line of the notes that is shown.
    pub scroll: usize,
    /// Where the parts stand.
    pub setting: Setting,
    now: u64,
    heard: Heard,
    /// The last that was understood.
    report: Option<Report>,
    /// Which version of the files is shown, and which one is on its way.
    pub reload: ReloadMachine,
    /// What is asked of the world about the files, until it is taken.
    requests: Vec<FileRequest>,
    version: Version,
    /// What came of a reading, or why a save is not seen, until the next key.
    notice: Option<State>,
}

/// The version of the files that is shown, and whether another one should be.
#[derive(Clone, Debug)]
struct Version {
    /// See [`script`].
    script: u64,
    /// The version of the presenter for which the files were last read.
    read_for: Option<u64>,
}

impl Follower {
    /// No presenter is heard yet; until then the path is that of an audience. The problems are those of the files.
    pub fn new(
        timeline: Arc<Timeline>,
        problems: &[Problem],
        audience: Option<&str>,
        size: Size,
    ) -> Self {
        let mut follower = Self {
            briefing: Briefing::new(&timeline, audience),
            version: Version {
                script: script(&timeline, audience),
                read_for: None,
            },
            timeline,
            reload: ReloadMachine::new(problems),
            requests: Vec::new(),
            size,
            scroll: 0,
            setting: Setting::default(),
            now: 0,
            heard: Heard::Nobody,
            report: None,
            notice: None,
        };
        follower.settle();
        follower
    }

    /// Applies a message. Breaks when the briefer wants to leave.
    pub fn update(&mut self, msg: Msg) -> ControlFlow<()> {
        match msg {
            Msg::Key(key) => self.press(key)?,
            Msg::Resize(size) => self.size = size,
            Msg::Time(now) => self.now = now,
            Msg::Heard(heard) => self.hear(heard),
            Msg::Files(event) => self.take(event),
        }
        self.settle();
        ControlFlow::Continue(())
    }

    fn press(&mut self, key: Key) -> ControlFlow<()> {
        self.notice = None;
        let is_meant = |deed: &&Deed| deed.keys.iter().any(|it| is_key(it, key));
        match DEEDS.iter().find(is_meant) {
            Some(deed) => (deed.run)(self),
            None => ControlFlow::Continue(()),
        }
    }

    fn hear(&mut self, heard: Heard) {
        if let Heard::Report(report) = &heard {
            let told = &report.told;
            if self.briefing.audience != told.audience || self.report.is_none() {
                self.set_path(told.audience.as_deref());
            }
            if told.script == self.version.script {
                self.version.read_for = None;
            } else if self.version.read_for != Some(told.script) {
                self.version.read_for = Some(told.script);
                self.take(ReloadEvent::Recheck);
            }
            let before = self.place();
            self.report = Some(report.clone());
            if self.place() != before {
                self.scroll = 0;
            }
        }
        self.heard = heard;
    }

    fn set_path(&mut self, audience: Option<&str>) {
        self.briefing = Briefing::new(&self.timeline, audience);
        self.version.script = script(&self.timeline, audience);
    }

    fn reload(&mut self) -> ControlFlow<()> {
        self.take(ReloadEvent::Asked);
        ControlFlow::Continue(())
    }

    /// What is asked of the world about the files since it was last taken.
    pub fn take_requests(&mut self) -> Vec<FileRequest> {
        std::mem::take(&mut self.requests)
    }

    /// Takes an event of the files. No screens have to be prepared for a swap.
    fn take(&mut self, event: ReloadEvent) {
        let actions = self.reload.on(event, &self.timeline);
        for action in actions {
            match action {
                ReloadAction::Request(request) => self.requests.push(request),
                ReloadAction::PrepareSwap => {
                    if let Some(timeline) = self.reload.pending() {
                        self.timeline = Arc::clone(timeline);
                        let audience = self.briefing.audience.take();
                        self.set_path(audience.as_deref());
                        self.take(ReloadEvent::Swapped);
                    }
                }
                ReloadAction::Notify(notice) => self.notify(&notice),
                ReloadAction::ShowProblems(_)
                | ReloadAction::SelectFirstEvent
                | ReloadAction::Fail(_) => {}
            }
        }
    }

    fn notify(&mut self, notice: &ReloadNotice) {
        let (is_wrong, text) = match notice {
            ReloadNotice::Unchanged => (false, "reloaded: no changes".to_owned()),
            ReloadNotice::Changed(_) | ReloadNotice::WholeRead => (false, "reloaded".to_owned()),
            ReloadNotice::KeptForError(first) => {
                (true, kept(&format!("{} ({})", first.message, first.place)))
            }
            ReloadNotice::KeptForEvents => (true, kept(NO_EVENTS)),
            ReloadNotice::KeptForFailure(why) => (true, kept(why)),
            ReloadNotice::NothingToReload => (true, kept("what is shown is not a file")),
            ReloadNotice::WatchFailed(why) => (true, format!("saves are not seen: {why}")),
            ReloadNotice::StillReading | ReloadNotice::Stopped | ReloadNotice::Opened => return,
        };
        self.say(is_wrong, text);
    }

    fn say(&mut self, is_wrong: bool, text: String) {
        self.notice = Some(State { text, is_wrong });
    }

    /// The place on our path of the scene that the presenter is at: where it says, unless the scene there is another
    /// one and its own stands elsewhere.
    fn place(&self) -> Option<usize> {
        let told = &self.report.as_ref()?.told;
        if self.is_meant(told.at, told) {
            return Some(told.at);
        }
        let mut places = 0..self.briefing.path.len();
        Some(
            places
                .find(|&at| self.is_meant(at, told))
                .unwrap_or(told.at),
        )
    }

    /// Whether the scene at a place of our path is the one that the presenter means, as far as it says which.
    fn is_meant(&self, at: usize, told: &Told) -> bool {
        let here = self.briefing.scene(&self.timeline, at).map(mark);
        told.scene.is_none() || here == told.scene
    }

    fn scroll_by(&mut self, lines: isize) -> ControlFlow<()> {
        self.scroll = self.scroll.saturating_add_signed(lines);
        ControlFlow::Continue(())
    }

    fn screenful(&self) -> isize {
        isize::try_from(self.setting.notes.area.height.max(2) - 1).unwrap_or(1)
    }

    /// Where the briefing is, from 0: at its beginning until a presenter is heard.
    pub fn at(&self) -> usize {
        self.place().unwrap_or(0)
    }

    /// How many layers the room sees.
    pub fn step(&self) -> usize {
        self.report.as_ref().map_or(0, |report| report.told.step)
    }

    /// The scene that the room sees, or would see first.
    pub fn scene(&self) -> Option<&Scene> {
        self.briefing.scene(&self.timeline, self.at())
    }

    /// The times by the clock of the presenter. It stands once the presenter is not there any more.
    pub fn timing(&self) -> Timing {
        let Some(report) = &self.report else {
            return Timing {
                planned: self.briefing.planned(&self.timeline).into(),
                budget: self.scene().and_then(|scene| scene.seconds).map(u64::from),
                ..Timing::default()
            };
        };
        let now = match self.presence() {
            Some(Presence::Here) => self.now,
            _ => report.said,
        };
        let told = Told {
            at: self.at(),
            ..report.told.clone()
        };
        Timing::at(&self.timeline, &self.briefing, &told, now)
    }

    /// Whether a presenter is there; none before one was heard. Of one that is not understood any more it is not
    /// known that it left.
    fn presence(&self) -> Option<Presence> {
        let report = self.report.as_ref()?;
        Some(match self.heard {
            Heard::Nobody => Presence::Lost,
            _ => report.presence,
        })
    }

    /// How many things are withheld from the room; until a presenter is heard, from this terminal.
    pub fn withheld(&self) -> usize {
        match &self.report {
            Some(report) => report.told.withheld,
            None => withheld(&self.timeline),
        }
    }

    /// In which state the presenter is; nothing if it is there and all is as usual.
    pub fn states(&self) -> Vec<State> {
        let mut states: Vec<State> = self.notice.iter().cloned().collect();
        let mut say = |is_wrong, text: String| states.push(State { text, is_wrong });
        match &self.heard {
            Heard::OtherVersion => say(true, "the presenter is another version of dateline".into()),
            Heard::Broken => say(true, "what the presenter says cannot be read".into()),
            Heard::Refused(why) => say(true, why.clone()),
            Heard::Nobody | Heard::Report(_) => {}
        }
        let Some(report) = &self.report else {
            if self.heard == Heard::Nobody {
                say(false, "no presenter yet".into());
            }
            return states;
        };
        let since = if report.has_restarted {
            "before this machine was restarted".to_owned()
        } else {
            ago(self.now.saturating_sub(report.said) / 1000)
        };
        match self.presence() {
            Some(Presence::Left) => {
                say(true, format!("the presenter has left, {since}"));
                return states;
            }
            Some(Presence::Lost) => {
                let room = "the room may be at another scene";
                say(true, format!("lost the presenter {since}: {room}"));
                return states;
            }
            Some(Presence::Here) | None => {}
        }
        let (told, here) = (&report.told, self.briefing.path.len());
        if told.script != self.version.script {
            let other = if told.scenes == here {
                "the presenter has another version of the file".to_owned()
            } else {
                let other = crate::document::count(told.scenes, "scene");
                format!("the presenter has {other}, this file {here}")
            };
            say(true, format!("{other}: reload there, or here with r"));
        }
        if told.exploring {
            say(false, "the presenter is exploring".into());
        }
        if told.blank {
            say(false, "the screen is blank".into());
        }
        if told.stopwatch.since.is_none() {
            let is_fresh = told.stopwatch.is_fresh();
            let words = ["the clock stands", "the clock has not started"];
            say(false, words[usize::from(is_fresh)].into());
        }
        states
    }

    /// What comes next, one thing a line: the layer of this scene, then the next scene.
    fn next(&self) -> Vec<String> {
        let Some(scene) = self.scene() else {
            return Vec::new();
        };
        let mut next = Vec::new();
        if let Some(layer) = scene.reveal.get(self.step()) {
            next.push(format!("layer: {layer}"));
        }
        next.push(match self.next_scene() {
            Some(scene) => format!("scene {}: {}", self.at() + 2, scene.title),
            None => "the end of the briefing".to_owned(),
        });
        next
    }

    fn next_scene(&self) -> Option<&Scene> {
        self.briefing
            .scene(&self.timeline, self.at().saturating_add(1))
    }

    fn settle(&mut self) {
        let notes = |scene: Option<&Scene>| scene.and_then(|it| it.notes.clone());
        let scene = self.scene();
        let say = scene.and_then(|scene| scene.say.clone());
        let wishes = setting::Wishes {
            notes: &notes(scene).unwrap_or_default(),
            say: &say.unwrap_or_default(),
            next: &self.next(),
            next_notes: &notes(self.next_scene()).unwrap_or_default(),
        };
        self.setting = setting::set(Rect::from(((0, 0).into(), self.size)), wishes);
        let notes = &self.setting.notes;
        let last = notes.lines.len().saturating_sub(notes.area.height.into());
        self.scroll = self.scroll.min(last);
    }
}

fn kept(why: &str) -> String {
    format!("kept the last good version: {why}")
}

fn is_key(written: &str, key: Key) -> bool {
    let inputs = key::parse(written).expect("a test reads every key of the table");
    inputs == [Input::Key(key)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_of_the_table_can_be_read_and_means_one_thing() {
        let keys = DEEDS.iter().flat_map(|deed| deed.keys);
        let mut seen = Vec::new();
        for written in keys {
            let read = key::parse(written).expect("it is in the notation");
            assert!(matches!(read[..], [Input::Key(_)]), "{written}");
            assert!(!seen.contains(&read), "{written} means two things");
            seen.push(read);
        }
    }
}
