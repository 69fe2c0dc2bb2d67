//! The elapsed times of a briefing and its scene, compared with the plan.

use crate::app::state::briefing::{Briefing, BriefingStatus};
use crate::document::count;
use crate::timeline::Timeline;

/// The briefer is warned in the last fifth of a scene's time.
const LAST_PART: u64 = 5;

/// Times in whole seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BriefingTiming {
    /// Since the clock was started.
    pub elapsed: u64,
    /// The plan for the whole briefing.
    pub planned: u64,
    /// The plan for everything except this scene and the scenes still to come.
    pub before: u64,
    /// Since the scene was entered.
    pub in_scene: u64,
    /// The plan for this scene.
    pub budget: Option<u64>,
}

/// A briefing compared with its plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BriefingPace {
    /// The clock has not been started.
    NotStarted,
    /// No scene has minutes.
    Unplanned,
    /// Seconds before the scene was due.
    Ahead(u64),
    /// Within the time of the scene.
    OnTime,
    /// Seconds after the scene should have ended.
    Behind(u64),
    /// Seconds after the briefing should have ended.
    Over(u64),
}

/// A scene compared with its plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SceneBudget {
    /// The scene has no minutes.
    Unplanned,
    /// Seconds left.
    Left(u64),
    /// Seconds left in the last part: time to finish.
    Short(u64),
    /// Seconds too long.
    Over(u64),
}

impl BriefingTiming {
    /// `now`: in milliseconds since the machine was started.
    pub fn at(timeline: &Timeline, briefing: &Briefing, status: &BriefingStatus, now: u64) -> Self {
        let elapsed = status.stopwatch.elapsed(now);
        let scene = briefing.scene(timeline, status.at);
        Self {
            elapsed: elapsed / 1000,
            planned: briefing.planned(timeline).into(),
            before: status.due_from,
            in_scene: elapsed.saturating_sub(status.entered) / 1000,
            budget: scene.and_then(|scene| scene.seconds).map(u64::from),
        }
    }

    /// The planned end of this scene.
    pub fn due(self) -> u64 {
        self.before.saturating_add(self.budget.unwrap_or(0))
    }

    /// Between its planned start and its planned end, a scene is on time.
    pub fn pace(self) -> BriefingPace {
        let Self {
            elapsed, planned, ..
        } = self;
        match () {
            () if planned == 0 => BriefingPace::Unplanned,
            () if elapsed == 0 => BriefingPace::NotStarted,
            () if elapsed > planned => BriefingPace::Over(elapsed - planned),
            () if elapsed < self.before => BriefingPace::Ahead(self.before - elapsed),
            () if elapsed > self.due() => BriefingPace::Behind(elapsed - self.due()),
            () => BriefingPace::OnTime,
        }
    }

    pub fn scene_budget(self) -> SceneBudget {
        let Some(budget) = self.budget else {
            return SceneBudget::Unplanned;
        };
        match budget.checked_sub(self.in_scene) {
            None => SceneBudget::Over(self.in_scene - budget),
            Some(left) if left * LAST_PART <= budget => SceneBudget::Short(left),
            Some(left) => SceneBudget::Left(left),
        }
    }
}

/// The milliseconds until one of the clocks shows the next second; `None` while they are stopped.
pub(super) fn until_next_second(status: &BriefingStatus, now: u64) -> Option<u64> {
    status.stopwatch.since?;
    let elapsed = status.stopwatch.elapsed(now);
    let in_scene = elapsed.saturating_sub(status.entered);
    let until = |time: u64| 1000 - time % 1000;
    Some(until(elapsed).min(until(in_scene)))
}

/// Formats seconds: `4:05`, `1:04:05`.
pub fn clock_face(seconds: u64) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours == 0 {
        format!("{minutes}:{seconds:02}")
    } else {
        format!("{hours}:{minutes:02}:{seconds:02}")
    }
}

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
const DAY: u64 = 24 * HOUR;

/// An age in seconds, rounded down to the largest unit.
pub(super) fn ago(seconds: u64) -> String {
    match seconds {
        0..MINUTE => "a moment ago".to_owned(),
        MINUTE..HOUR => format!("{} min ago", seconds / MINUTE),
        HOUR..DAY => format!("{} h ago", seconds / HOUR),
        _ => {
            let days = usize::try_from(seconds / DAY).unwrap_or(usize::MAX);
            format!("{} ago", count(days, "day"))
        }
    }
}

/// The milliseconds until [`ago`] changes for an age in milliseconds.
pub(super) fn until_older(age: u64) -> u64 {
    let unit = match age / 1000 {
        0..HOUR => MINUTE,
        HOUR..DAY => HOUR,
        _ => DAY,
    };
    let unit = unit * 1000;
    unit - age % unit
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::state::briefing::Stopwatch;

    fn timing(elapsed: u64, in_scene: u64) -> BriefingTiming {
        BriefingTiming {
            elapsed,
            planned: 600,
            before: 120,
            in_scene,
            budget: Some(60),
        }
    }

    #[test]
    fn a_scene_is_on_time_from_when_it_is_due_until_it_should_be_over() {
        let pace = |elapsed| timing(elapsed, 0).pace();
        assert_eq!(pace(0), BriefingPace::NotStarted);
        assert_eq!(pace(119), BriefingPace::Ahead(1));
        assert_eq!(
            (pace(120), pace(180)),
            (BriefingPace::OnTime, BriefingPace::OnTime)
        );
        assert_eq!(pace(181), BriefingPace::Behind(1));
        assert_eq!(
            (pace(600), pace(601)),
            (BriefingPace::Behind(420), BriefingPace::Over(1))
        );
        let free = BriefingTiming {
            planned: 0,
            ..timing(9, 9)
        };
        assert_eq!(free.pace(), BriefingPace::Unplanned);
    }

    #[test]
    fn a_scene_runs_short_before_it_runs_over() {
        let budget = |in_scene| timing(120, in_scene).scene_budget();
        assert_eq!(budget(47), SceneBudget::Left(13));
        assert_eq!(
            (budget(48), budget(60)),
            (SceneBudget::Short(12), SceneBudget::Short(0))
        );
        assert_eq!(budget(61), SceneBudget::Over(1));
        let free = BriefingTiming {
            budget: None,
            ..timing(0, 0)
        };
        assert_eq!(free.scene_budget(), SceneBudget::Unplanned);
    }

    #[test]
    fn times_are_written_as_people_write_them() {
        assert_eq!(
            (clock_face(5).as_str(), clock_face(3725).as_str()),
            ("0:05", "1:02:05")
        );
        assert_eq!(
            (ago(59).as_str(), ago(3599).as_str()),
            ("a moment ago", "59 min ago")
        );
        assert_eq!(
            (ago(7200).as_str(), ago(86_400).as_str()),
            ("2 h ago", "1 day ago")
        );
    }

    #[test]
    fn an_age_changes_only_when_its_unit_has_passed() {
        for age in [
            0, 1, 59_999, 60_000, 3_599_000, 3_600_000, 86_399_999, 86_400_000,
        ] {
            let next = age + until_older(age);
            assert_eq!(ago((next - 1) / 1000), ago(age / 1000), "{age}");
            assert_ne!(ago(next / 1000), ago(age / 1000), "{age}");
        }
    }

    #[test]
    fn stopped_clocks_wake_nothing() {
        let at = |stopwatch| BriefingStatus {
            audience: None,
            at: 0,
            scene: None,
            step: 0,
            exploring: false,
            blank: false,
            scenes: 1,
            script: 0,
            withheld: 0,
            stopwatch,
            entered: 300,
            due_from: 0,
        };
        let running = Stopwatch::default().started(1000);
        assert_eq!(until_next_second(&at(Stopwatch::default()), 5000), None);
        assert_eq!(until_next_second(&at(running.stopped(1500)), 5000), None);
        // 1700 ms since the start, and 1400 ms in the scene.
        assert_eq!(until_next_second(&at(running), 2700), Some(300));
        assert_eq!(until_next_second(&at(running), 3000), Some(300));
    }
}
