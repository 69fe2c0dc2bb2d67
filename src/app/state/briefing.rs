//! A briefing: the path through the scenes for one audience, and its stopwatch.
//!
//! It reads no clock: times arrive with messages, in milliseconds since the machine was started.

use std::collections::BTreeSet;

use crate::app::state::fnv_hash::Fnv;
use crate::document::briefing::is_for;
use crate::timeline::{Scene, Timeline};

/// The name of the scene that has no number.
pub const WHAT_CHANGED: &str = "what changed";

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Briefing {
    /// `None` means everyone.
    pub audience: Option<String>,
    /// The scenes in order, by their numbers in the file, from 0.
    pub path: Vec<usize>,
    pub stopwatch: Stopwatch,
    /// The scene and the step to return to.
    pub left_at: (usize, usize),
    /// The elapsed time of the stopwatch when that scene was entered.
    pub entered: u64,
    /// The places on the path that the room has seen.
    pub seen: BTreeSet<usize>,
}

impl Briefing {
    /// The path for an audience: the scenes that name it, and those that name no audience.
    pub fn new(timeline: &Timeline, audience: Option<&str>) -> Self {
        let scenes = timeline.scenes().iter().enumerate();
        let path = scenes.filter(|(_, scene)| is_for(scene, audience));
        Self {
            audience: audience.map(str::to_owned),
            path: path.map(|(number, _)| number).collect(),
            ..Self::default()
        }
    }

    /// The place of the scene with a [`mark`]: the expected place, or else the first with it.
    pub fn place_of(&self, timeline: &Timeline, expected: usize, scene: u64) -> Option<usize> {
        let is_it = |at: &usize| self.scene(timeline, *at).map(mark) == Some(scene);
        let here = Some(expected).filter(is_it);
        here.or_else(|| (0..self.path.len()).find(is_it))
    }

    pub fn is_same_path(&self, other: &Self) -> bool {
        self.path == other.path && self.audience == other.audience
    }

    /// The scene at a place of the path.
    pub fn scene<'t>(&self, timeline: &'t Timeline, at: usize) -> Option<&'t Scene> {
        timeline.scenes().get(*self.path.get(at)?)
    }

    /// How many scenes at the beginning of the path have no number: the one about what changed, if there is one.
    fn unnumbered(&self, timeline: &Timeline) -> usize {
        let first = self.scene(timeline, 0);
        usize::from(first.is_some_and(|scene| scene.account.is_some()))
    }

    /// The number of scenes of the file on the path.
    pub fn numbered(&self, timeline: &Timeline) -> usize {
        self.path.len() - self.unnumbered(timeline)
    }

    /// The number of the scene at a place of the path, from 1; `None` for the scene about what changed.
    pub fn number(&self, timeline: &Timeline, at: usize) -> Option<usize> {
        at.saturating_add(1)
            .checked_sub(self.unnumbered(timeline))
            .filter(|number| *number > 0)
    }

    /// The place on the path of a number from 1; it may be beyond the end.
    pub fn place_of_number(&self, timeline: &Timeline, number: usize) -> usize {
        number
            .saturating_add(self.unnumbered(timeline))
            .saturating_sub(1)
    }

    /// Such as `scene 4`.
    pub fn name(&self, timeline: &Timeline, at: usize) -> String {
        let number = self.number(timeline, at);
        number.map_or_else(
            || WHAT_CHANGED.to_owned(),
            |number| format!("scene {number}"),
        )
    }

    /// The planned seconds of all scenes before a place of the path.
    pub fn planned_before(&self, timeline: &Timeline, at: usize) -> u32 {
        let numbers = self.path.iter().take(at);
        let scenes = numbers.filter_map(|&number| timeline.scenes().get(number));
        let seconds = scenes.filter_map(|scene| scene.seconds);
        seconds.fold(0, u32::saturating_add)
    }

    /// Records the current place and its number of revealed layers. A return to the same scene is not a new entry.
    pub fn arrive_at(&mut self, at: usize, step: usize, now: u64) {
        if self.left_at.0 != at {
            self.entered = self.stopwatch.elapsed(now);
        }
        self.left_at = (at, step);
        self.seen.insert(at);
    }

    /// When the present scene is due, in seconds of the plan: the planned time of everything except it and the scenes
    /// still to come. Later scenes that the room has seen count, so that a jump back is not a delay; skipped earlier
    /// scenes count too.
    pub fn due_from(&self, timeline: &Timeline) -> u64 {
        let at = self.left_at.0;
        let planned = |at| {
            u64::from(
                self.scene(timeline, at)
                    .and_then(|it| it.seconds)
                    .unwrap_or(0),
            )
        };
        let later = at.saturating_add(1)..self.path.len();
        let seen = later.filter(|at| self.seen.contains(at)).map(planned);
        u64::from(self.planned_before(timeline, at)).saturating_add(seen.sum())
    }

    /// Resets the stopwatch: it starts with the next step.
    pub fn reset_clock(&mut self) {
        self.stopwatch = Stopwatch::default();
        self.entered = 0;
        self.seen = BTreeSet::from([self.left_at.0]);
    }

    /// The planned seconds of the whole path.
    pub fn planned(&self, timeline: &Timeline) -> u32 {
        self.planned_before(timeline, self.path.len())
    }
}

/// Measures milliseconds, except while it is stopped.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stopwatch {
    /// The milliseconds up to the last stop.
    pub before: u64,
    /// When it was last started; `None` while it is stopped.
    pub since: Option<u64>,
}

impl Stopwatch {
    /// Whether it was not started since it was created or reset.
    pub fn is_fresh(self) -> bool {
        self == Self::default()
    }

    /// The elapsed milliseconds. If `now` is before the start, no time is subtracted.
    pub fn elapsed(self, now: u64) -> u64 {
        let running = self.since.map_or(0, |since| now.saturating_sub(since));
        self.before.saturating_add(running)
    }

    /// Starts it, if it does not run already.
    #[must_use]
    pub fn started(self, now: u64) -> Self {
        Self {
            since: self.since.or(Some(now)),
            ..self
        }
    }

    /// Stops it, and keeps the elapsed time.
    #[must_use]
    pub fn stopped(self, now: u64) -> Self {
        Self {
            before: self.elapsed(now),
            since: None,
        }
    }
}

/// What a presenter publishes for its followers: the place in the briefing, and the clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BriefingStatus {
    pub audience: Option<String>,
    /// The place on the path, from 0.
    pub at: usize,
    /// The mark of the scene there: see [`mark`]. `None` if the path has no scene.
    pub scene: Option<u64>,
    /// The number of revealed layers.
    pub step: usize,
    /// Whether the presenter has left the scene to explore the timeline.
    pub exploring: bool,
    pub blank: bool,
    /// The number of scenes on the path.
    pub scenes: usize,
    /// The version of the file: see [`script`].
    pub script: u64,
    /// The number of things withheld from the room.
    pub withheld: usize,
    pub stopwatch: Stopwatch,
    /// The elapsed time of the stopwatch when the scene was entered.
    pub entered: u64,
    /// See [`Briefing::due_from`].
    pub due_from: u64,
}

/// A hash of the title of a scene, to find it in another version of the file. The title itself is private.
pub fn mark(scene: &Scene) -> u64 {
    with(Fnv::default(), &scene.title).finish()
}

/// A hash of everything in the file that a follower shows: two versions of the file differ in it if that differs. What
/// changed since another version is not in the file.
pub fn script(timeline: &Timeline, audience: Option<&str>) -> u64 {
    let path = Briefing::new(timeline, audience).path;
    let scenes = path.iter().filter_map(|&at| timeline.scenes().get(at));
    let scenes = scenes.filter(|scene| scene.account.is_none());
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
            axis: _,
            tlp: _,
            account: _,
        } = scene;
        let texts = [say, notes].map(|text| text.as_deref().unwrap_or_default());
        let all = with(with(with(all, title), texts[0]), texts[1]);
        let all = with(all, &seconds.unwrap_or_default().to_string());
        // The number separates the layers of one scene from the title of the next.
        let all = with(all, &reveal.len().to_string());
        reveal.iter().fold(all, |all, layer| with(all, layer))
    });
    all.finish()
}

/// Adds a text. No byte of UTF-8 is 0xFF, so it separates one text from the next.
fn with(hash: Fnv, text: &str) -> Fnv {
    hash.with(text.as_bytes()).with(&[0xff])
}

/// The number of things withheld from a timeline, whatever the reason.
pub fn withheld(timeline: &Timeline) -> usize {
    let withheld = timeline.redactions();
    let each = [withheld.marked.each(), withheld.later.each()];
    each.as_flattened().iter().map(|(count, _)| count).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::timeline::build;
    use crate::timeline::draft::{DraftScene, DraftTimeline, Located};

    fn timeline(scenes: &[(&str, u32, &[&str])]) -> Timeline {
        let words = |text: &str| Located::new(text.into(), crate::diagnostic::TextPlace::default());
        let scenes = scenes.iter().map(|(title, seconds, audience)| DraftScene {
            place: crate::diagnostic::TextPlace::default(),
            title: Some(words(title)),
            view: None,
            select: None,
            say: None,
            notes: None,
            seconds: Some(Located::new(
                *seconds,
                crate::diagnostic::TextPlace::default(),
            )),
            audience: audience.iter().map(|name| words(name)).collect(),
            axis: None,
            reveal: Vec::new(),
            tlp: None,
        });
        build(DraftTimeline {
            scenes: scenes.collect(),
            ..DraftTimeline::default()
        })
    }

    #[test]
    fn a_jump_back_is_not_over_time_and_a_skipped_scene_is_not_to_come() {
        let timeline = timeline(&[
            ("a", 60, &[]),
            ("b", 30, &[]),
            ("c", 15, &[]),
            ("d", 7, &[]),
        ]);
        let mut briefing = Briefing::new(&timeline, None);
        let mut due_at = |at| {
            briefing.arrive_at(at, 0, 0);
            briefing.due_from(&timeline)
        };
        assert_eq!([due_at(0), due_at(1)], [0, 60]);
        assert_eq!(due_at(3), 105, "c was skipped");
        assert_eq!(due_at(0), 37, "b and d have been shown");
        assert_eq!(due_at(2), 97);
        briefing.reset_clock();
        assert_eq!(briefing.due_from(&timeline), 90);
    }

    #[test]
    fn the_path_of_an_audience_has_its_scenes_and_those_for_everyone_and_their_seconds() {
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
    fn the_script_differs_if_anything_differs_that_followers_show() {
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
    fn a_scene_is_entered_once_however_often_its_layers_change() {
        let mut briefing = Briefing {
            stopwatch: Stopwatch::default().started(1000),
            ..Briefing::default()
        };
        briefing.arrive_at(1, 0, 5000);
        assert_eq!(briefing.entered, 4000);
        briefing.arrive_at(1, 2, 9000);
        assert_eq!((briefing.entered, briefing.left_at), (4000, (1, 2)));
        briefing.arrive_at(0, 0, 9500);
        assert_eq!(briefing.entered, 8500);
        briefing.reset_clock();
        assert_eq!(
            (briefing.entered, briefing.stopwatch),
            (0, Stopwatch::default())
        );
    }

    #[test]
    fn a_stopwatch_counts_only_while_it_runs() {
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
