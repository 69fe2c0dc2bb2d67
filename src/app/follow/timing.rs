//! How long a briefing and its scene have been going on, against what was planned.

use crate::app::state::briefing::{Briefing, Told};
use crate::timeline::Timeline;

/// In the last part of a scene's time its briefer is warned: one in so many.
const LAST_PART: u64 = 5;

/// Times in whole seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Timing {
    /// How long the briefing has been going on.
    pub elapsed: u64,
    /// What is planned for all of it.
    pub planned: u64,
    /// What is planned for the scenes before this one.
    pub before: u64,
    /// How long this scene has been going on.
    pub in_scene: u64,
    /// What is planned for this scene.
    pub budget: Option<u64>,
}

/// How a briefing stands against its plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// It has not begun.
    Fresh,
    /// No time is planned.
    Unplanned,
    /// So many seconds before the scene was due.
    Ahead(u64),
    /// While the scene is due.
    OnTime,
    /// So many seconds after the scene should have been over.
    Behind(u64),
    /// So many seconds after the whole should have been over.
    Over(u64),
}

/// How a scene stands against its budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Budget {
    /// No time is planned for it.
    None,
    /// So many seconds are left.
    Left(u64),
    /// So few seconds are left that it is time to come to the end.
    Short(u64),
    /// So many seconds too long.
    Over(u64),
}

impl Timing {
    /// The timing at a time, in milliseconds since the machine was started.
    pub fn at(timeline: &Timeline, briefing: &Briefing, told: &Told, now: u64) -> Self {
        let elapsed = told.stopwatch.elapsed(now);
        let scene = briefing.scene(timeline, told.at);
        Self {
            elapsed: elapsed / 1000,
            planned: briefing.planned(timeline).into(),
            before: briefing.planned_before(timeline, told.at).into(),
            in_scene: elapsed.saturating_sub(told.entered) / 1000,
            budget: scene.and_then(|scene| scene.seconds).map(u64::from),
        }
    }

    /// Until when this scene should be over.
    pub fn due(self) -> u64 {
        self.before + self.budget.unwrap_or(0)
    }

    /// How the briefing stands. A scene is due from when it should begin until it should be over: in
    /// between nobody can say that one is late.
    pub fn pace(self) -> Pace {
        let Self {
            elapsed, planned, ..
        } = self;
        match () {
            () if planned == 0 => Pace::Unplanned,
            () if elapsed == 0 => Pace::Fresh,
            () if elapsed > planned => Pace::Over(elapsed - planned),
            () if elapsed < self.before => Pace::Ahead(self.before - elapsed),
            () if elapsed > self.due() => Pace::Behind(elapsed - self.due()),
            () => Pace::OnTime,
        }
    }

    /// How this scene stands.
    pub fn budget(self) -> Budget {
        let Some(budget) = self.budget else {
            return Budget::None;
        };
        match budget.checked_sub(self.in_scene) {
            None => Budget::Over(self.in_scene - budget),
            Some(left) if left * LAST_PART <= budget => Budget::Short(left),
            Some(left) => Budget::Left(left),
        }
    }
}

/// Seconds as a clock shows them: `4:05`, `1:04:05`.
pub fn clock_face(seconds: u64) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours == 0 {
        format!("{minutes}:{seconds:02}")
    } else {
        format!("{hours}:{minutes:02}:{seconds:02}")
    }
}

/// How long ago something was, as coarsely as people say it.
pub fn ago(seconds: u64) -> String {
    match seconds {
        0..60 => "a moment ago".to_owned(),
        60..3600 => format!("{} min ago", seconds / 60),
        3600..86_400 => format!("{} h ago", seconds / 3600),
        _ => format!(
            "{} ago",
            crate::document::count(
                usize::try_from(seconds / 86_400).unwrap_or(usize::MAX),
                "day"
            )
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn timing(elapsed: u64, in_scene: u64) -> Timing {
        Timing {
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
        assert_eq!(pace(0), Pace::Fresh);
        assert_eq!(pace(119), Pace::Ahead(1));
        assert_eq!((pace(120), pace(180)), (Pace::OnTime, Pace::OnTime));
        assert_eq!(pace(181), Pace::Behind(1));
        assert_eq!((pace(600), pace(601)), (Pace::Behind(420), Pace::Over(1)));
        let free = Timing {
            planned: 0,
            ..timing(9, 9)
        };
        assert_eq!(free.pace(), Pace::Unplanned);
    }

    #[test]
    fn a_scene_runs_short_before_it_runs_over() {
        let budget = |in_scene| timing(120, in_scene).budget();
        assert_eq!(budget(47), Budget::Left(13));
        assert_eq!(
            (budget(48), budget(60)),
            (Budget::Short(12), Budget::Short(0))
        );
        assert_eq!(budget(61), Budget::Over(1));
        let free = Timing {
            budget: None,
            ..timing(0, 0)
        };
        assert_eq!(free.budget(), Budget::None);
    }

    #[test]
    fn times_are_said_as_people_say_them() {
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
}
