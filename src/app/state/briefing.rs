//! A briefing: the path through the scenes for one audience, and the clock that runs along with it.
//!
//! It reads no clock. What time it is comes in with messages, in milliseconds since the machine was started, so that a
//! briefing can be tested and printed like everything else.

use crate::app::state::fnv::Fnv;
use crate::document::briefing::is_for;
use crate::timeline::{Scene, Timeline};

/// A briefing that was begun.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Briefing {
    /// For whom; none means everyone.
    pub audience: Option<String>,
    /// The scenes in order, by their numbers in the file, from 0.
    pub path: Vec<usize>,
    /// How long it has been going on.
    pub stopwatch: Stopwatch,
    /// The scene and the step where one was last, to come back to.
    pub left_at: (usize, usize),
    /// What the stopwatch showed when that scene was entered.
    pub entered: u64,
}

impl Briefing {
    /// The path for an audience: the scenes that name it, and those that name nobody.
    pub fn new(timeline: &Timeline, audience: Option<&str>) -> Self {
        let scenes = timeline.scenes().iter().enumerate();
        let path = scenes.filter(|(_, scene)| is_for(scene, audience));
        Self {
            audience: audience.map(str::to_owned),
            path: path.map(|(number, _)| number).collect(),
            ..Self::default()
        }
    }

    /// The scene at a place of the path.
    pub fn scene<'t>(&self, timeline: &'t Timeline, at: usize) -> Option<&'t Scene> {
        timeline.scenes().get(*self.path.get(at)?)
    }

    /// How many seconds are planned for the scenes before a place of the path.
    pub fn planned_before(&self, timeline: &Timeline, at: usize) -> u32 {
        let numbers = self.path.iter().take(at);
        let scenes = numbers.filter_map(|&number| timeline.scenes().get(number));
        let seconds = scenes.filter_map(|scene| scene.seconds);
        seconds.fold(0, u32::saturating_add)
    }

    /// Is at a place now, with some layers revealed. Coming back to the same scene is no new entry.
    pub fn stand_at(&mut self, at: usize, step: usize, now: u64) {
        if self.left_at.0 != at {
            self.entered = self.stopwatch.elapsed(now);
        }
        self.left_at = (at, step);
    }

    /// Sets the clock back: it starts again with the next move.
    pub fn set_back(&mut self) {
        self.stopwatch = Stopwatch::default();
        self.entered = 0;
    }

    /// How many seconds are planned for the whole path.
    pub fn planned(&self, timeline: &Timeline) -> u32 {
        self.planned_before(timeline, self.path.len())
    }
}

/// How long something has been going on, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stopwatch {
    /// What had passed when it was last stopped.
    pub before: u64,
    /// When it was last started; none while it stands.
    pub since: Option<u64>,
}

impl Stopwatch {
    /// Whether it was never started, or was set back.
    pub fn is_fresh(self) -> bool {
        self == Self::default()
    }

    /// How much has passed. A clock that was set back does not take time away.
    pub fn elapsed(self, now: u64) -> u64 {
        let running = self.since.map_or(0, |since| now.saturating_sub(since));
        self.before.saturating_add(running)
    }

    /// Starts it; one that runs goes on.
    #[must_use]
    pub fn started(self, now: u64) -> Self {
        Self {
            since: self.since.or(Some(now)),
            ..self
        }
    }

    /// Stops it; what has passed is kept.
    #[must_use]
    pub fn stopped(self, now: u64) -> Self {
        Self {
            before: self.elapsed(now),
            since: None,
        }
    }
}

/// What the presenter's screen tells whoever follows: where the briefing is, and its clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BriefingStatus {
    /// For whom the path is.
    pub audience: Option<String>,
    /// The place on the path, from 0.
    pub at: usize,
    /// The mark of the scene there: see [`mark`]. None if there is no scene.
    pub scene: Option<u64>,
    /// How many layers are revealed.
    pub step: usize,
    /// Whether the presenter has left the path for now.
    pub exploring: bool,
    /// Whether the screen is blank.
    pub blank: bool,
    /// How many scenes the path has.
    pub scenes: usize,
    /// Which version of the file it is: see [`script`].
    pub script: u64,
    /// How many things are withheld from the room.
    pub withheld: usize,
    /// How long it has been going on.
    pub stopwatch: Stopwatch,
    /// What the stopwatch showed when the scene was entered.
    pub entered: u64,
}

/// A number by which the title of a scene is known in another version of the file. The title itself is private.
pub fn mark(scene: &Scene) -> u64 {
    with(Fnv::default(), &scene.title).finish()
}

/// A number that differs between two versions of the file in which something differs that a follower shows.
pub fn script(timeline: &Timeline, audience: Option<&str>) -> u64 {
    let path = Briefing::new(timeline, audience).path;
    let scenes = path.iter().filter_map(|&at| timeline.scenes().get(at));
    let all = scenes.fold(Fnv::default(), |all, scene| {
        let Scene {
            title,
            say,
            notes,
            seconds,
            reveal,
            // The room sees these; a follower does not.
            view: _,
            select: _,
            audience: _,
            tlp: _,
        } = scene;
        let texts = [say, notes].map(|text| text.as_deref().unwrap_or_default());
        let all = with(with(with(all, title), texts[0]), texts[1]);
        let all = with(all, &seconds.unwrap_or_default().to_string());
        // How many there are parts the layers of one scene from the title of the next.
        let all = with(all, &reveal.len().to_string());
        reveal.iter().fold(all, |all, layer| with(all, layer))
    });
    all.finish()
}

/// Adds a text. No byte of UTF-8 is 0xFF: it parts one text from the next.
fn with(hash: Fnv, text: &str) -> Fnv {
    hash.with(text.bytes().chain([0xff]))
}

/// How many things are withheld of a timeline, for whatever reason.
pub fn withheld(timeline: &Timeline) -> usize {
    let withheld = timeline.redactions();
    let each = [withheld.marked.each(), withheld.later.each()];
    each.as_flattened().iter().map(|(count, _)| count).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::build;
    use crate::timeline::draft::{Draft, DraftScene, Located};

    fn timeline(scenes: &[(&str, u32, &[&str])]) -> Timeline {
        let words = |text: &str| Located::new(text.into(), crate::diagnostic::Place::default());
        let scenes = scenes.iter().map(|(title, seconds, audience)| DraftScene {
            place: crate::diagnostic::Place::default(),
            title: Some(words(title)),
            view: None,
            select: None,
            say: None,
            notes: None,
            seconds: Some(Located::new(*seconds, crate::diagnostic::Place::default())),
            audience: audience.iter().map(|name| words(name)).collect(),
            reveal: Vec::new(),
            tlp: None,
        });
        build(Draft {
            scenes: scenes.collect(),
            ..Draft::default()
        })
    }

    #[test]
    fn an_audience_hears_its_scenes_and_those_for_everyone_and_the_time_is_added_anew() {
        let timeline = timeline(&[
            ("a", 60, &["ministers"]),
            ("b", 30, &["technical"]),
            ("c", 15, &[]),
        ]);
        let all = Briefing::new(&timeline, None);
        assert_eq!((all.path.len(), all.planned(&timeline)), (3, 105));
        let ministers = Briefing::new(&timeline, Some("ministers"));
        assert_eq!(ministers.path, [0, 2]);
        assert_eq!(ministers.planned(&timeline), 75);
        assert_eq!(ministers.planned_before(&timeline, 1), 60);
    }

    #[test]
    fn a_script_is_another_if_anything_is_that_followers_show() {
        let said = |text: &str| {
            let text = format!("[[events]]\ntitle = \"E\"\n[[scenes]]\n{text}");
            let text = crate::diagnostic::SourceText::new("t", text);
            script(&crate::formats::open(&[text]).0, None)
        };
        let versions = [
            "title = \"A\"",
            "title = \"B\"",
            "title = \"A\"\nsay = \"x\"",
            "title = \"A\"\nnotes = \"x\"",
            "title = \"A\"\nminutes = 2",
            "title = \"A\"\nreveal = [\"claims\"]",
            "title = \"A\"\n[[scenes]]\ntitle = \"B\"",
            "title = \"B\"\n[[scenes]]\ntitle = \"A\"",
        ];
        let mut scripts: Vec<u64> = versions.iter().map(|text| said(text)).collect();
        scripts.sort_unstable();
        scripts.dedup();
        assert_eq!(scripts.len(), versions.len());
        assert_eq!(said("title = \"A\""), said("title = \"A\"\nselect = \"e\""));
    }

    #[test]
    fn a_scene_is_entered_once_however_often_its_layers_come_and_go() {
        let mut briefing = Briefing {
            stopwatch: Stopwatch::default().started(1000),
            ..Briefing::default()
        };
        briefing.stand_at(1, 0, 5000);
        assert_eq!(briefing.entered, 4000);
        briefing.stand_at(1, 2, 9000);
        assert_eq!((briefing.entered, briefing.left_at), (4000, (1, 2)));
        briefing.stand_at(0, 0, 9500);
        assert_eq!(briefing.entered, 8500);
        briefing.set_back();
        assert_eq!(
            (briefing.entered, briefing.stopwatch),
            (0, Stopwatch::default())
        );
    }

    #[test]
    fn a_stopwatch_stands_runs_and_goes_on() {
        let watch = Stopwatch::default();
        assert_eq!(watch.elapsed(99), 0);
        let running = watch.started(100);
        assert_eq!(running.started(130).elapsed(150), 50);
        let stopped = running.stopped(150);
        assert_eq!(stopped.elapsed(900), 50);
        assert_eq!(stopped.started(1000).elapsed(1010), 60);
        assert_eq!(running.elapsed(0), 0, "the clock was set back");
        let broken = Stopwatch {
            before: u64::MAX,
            since: Some(0),
        };
        assert_eq!(broken.elapsed(9), u64::MAX);
    }
}
