//! The timeline as a briefing: which scenes are for which audience, how long they take, and what each shows.
//!
//! It knows nothing of the current position in a briefing, or of the time of day.

use super::words::count;
use crate::query::{Filter, Matches};
use crate::timeline::{Scene, Timeline};

/// All named audiences, in the order of the file.
pub fn audiences(timeline: &Timeline) -> Vec<&str> {
    let mut all: Vec<&str> = Vec::new();
    for audience in timeline.scenes().iter().flat_map(|scene| &scene.audience) {
        if !all.contains(&audience.as_str()) {
            all.push(audience);
        }
    }
    all
}

/// Whether a scene is for an audience. A scene without audiences is for everyone.
pub fn is_for(scene: &Scene, audience: Option<&str>) -> bool {
    let named = &scene.audience;
    audience.is_none_or(|audience| named.is_empty() || named.iter().any(|name| name == audience))
}

/// The scenes for an audience, in order; all of them for `None`.
pub fn scenes_for<'t>(timeline: &'t Timeline, audience: Option<&str>) -> Vec<&'t Scene> {
    let scenes = timeline.scenes().iter();
    scenes.filter(|scene| is_for(scene, audience)).collect()
}

/// The planned time of some scenes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PlannedTime {
    /// The sum in seconds, of scenes with a plan.
    pub seconds: u32,
    /// How many scenes have no plan.
    pub without: usize,
}

/// Adds up the planned times of some scenes.
pub fn planned(scenes: &[&Scene]) -> PlannedTime {
    let plans = scenes.iter().filter_map(|scene| scene.seconds);
    PlannedTime {
        seconds: plans.fold(0, u32::saturating_add),
        without: scenes
            .iter()
            .filter(|scene| scene.seconds.is_none())
            .count(),
    }
}

impl PlannedTime {
    /// The sum in words, and how many scenes it lacks; `None` if no scene has a plan.
    pub fn words(self) -> Option<String> {
        let time = (self.seconds > 0).then(|| duration(self.seconds))?;
        Some(match self.without {
            0 => time,
            without => format!(
                "{time}, and {} without a planned time",
                count(without, "scene")
            ),
        })
    }
}

/// A time in minutes and seconds.
pub fn duration(seconds: u32) -> String {
    match (seconds / 60, seconds % 60) {
        (minutes, 0) => format!("{minutes} min"),
        (0, seconds) => format!("{seconds} s"),
        (minutes, seconds) => format!("{minutes} min {seconds} s"),
    }
}

/// The events in the view of a scene; `None` if it has no view, or one with an invalid filter.
pub fn in_view(timeline: &Timeline, scene: &Scene) -> Option<Matches> {
    let view = timeline.view_of(scene)?;
    let filter = Filter::parse(timeline, view.filter.as_deref().unwrap_or_default()).ok()?;
    Some(filter.matches(timeline))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::TextPlace;
    use crate::timeline::build;
    use crate::timeline::draft::{DraftScene, DraftTimeline, Located};

    fn scene(title: &str, seconds: Option<u32>, audience: &[&str]) -> DraftScene {
        let words = |text: &str| Located::new(text.into(), TextPlace::default());
        DraftScene {
            place: TextPlace::default(),
            title: Some(words(title)),
            view: None,
            select: None,
            say: None,
            notes: None,
            seconds: seconds.map(|seconds| Located::new(seconds, TextPlace::default())),
            audience: audience.iter().map(|name| words(name)).collect(),
            axis: None,
            reveal: Vec::new(),
            tlp: None,
        }
    }

    fn timeline() -> Timeline {
        build(DraftTimeline {
            scenes: vec![
                scene("all", Some(90), &[]),
                scene("few", Some(60), &["board", "ministers"]),
                scene("some", None, &["technical", "board"]),
            ],
            ..DraftTimeline::default()
        })
    }

    #[test]
    fn a_scene_without_audiences_is_for_everyone() {
        let timeline = timeline();
        let titles = |audience| -> Vec<&str> {
            let scenes = scenes_for(&timeline, audience);
            scenes.iter().map(|scene| scene.title.as_str()).collect()
        };
        assert_eq!(titles(None), ["all", "few", "some"]);
        assert_eq!(titles(Some("ministers")), ["all", "few"]);
        assert_eq!(titles(Some("technical")), ["all", "some"]);
        assert_eq!(titles(Some("others")), ["all"]);
        assert_eq!(audiences(&timeline), ["board", "ministers", "technical"]);
    }

    #[test]
    fn the_sum_of_the_plans_says_what_is_not_in_it() {
        let timeline = timeline();
        let words = |audience| planned(&scenes_for(&timeline, audience)).words();
        assert_eq!(words(Some("ministers")), Some("2 min 30 s".to_owned()));
        let board = "2 min 30 s, and 1 scene without a planned time";
        assert_eq!(words(Some("board")), Some(board.to_owned()));
        assert_eq!(planned(&[]).words(), None);
        assert_eq!(duration(60), "1 min");
        assert_eq!(duration(45), "45 s");
    }
}
