//! What a user may wish to be otherwise than it is, and how the program takes it.
//!
//! Where the wishes come from is not known here: a file, the command line, or nowhere.

use std::sync::Arc;

use crate::app::input::keymap::Keymap;
use crate::app::model::{Model, Notice, Problem};
use crate::app::screen::layout::DETAIL_PERCENT;
use crate::app::screen::{Screen, TimelineScreen};
use crate::timeline::{Clock, Timeline};

/// How a timeline screen looks when it is opened. From then on the keys change it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FirstLook {
    /// Whether the overview is folded to a strip.
    pub folded: bool,
    /// Whether the detail is put away.
    pub without_detail: bool,
    /// Which of the times of an event the axis and the order of the list go by.
    pub clock: Clock,
}

impl Default for FirstLook {
    fn default() -> Self {
        Self {
            folded: false,
            without_detail: false,
            clock: Clock::Happened,
        }
    }
}

impl FirstLook {
    /// Gives it to a screen, which begins with its first event on the clock.
    pub fn give(self, timeline: &Timeline, screen: &mut TimelineScreen) {
        self.furnish(screen);
        if screen.clock != self.clock {
            screen.go_by(timeline, self.clock);
            screen.select(timeline, 0);
        }
    }

    /// Gives it to a screen that has its clock already.
    pub fn furnish(self, screen: &mut TimelineScreen) {
        screen.folded = self.folded;
        screen.without_detail = self.without_detail;
    }
}

/// Wishes about the program, as far as they are not about how meanings look.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Which keys give which commands.
    pub keymap: Arc<Keymap>,
    /// Whether the program listens to the mouse from the beginning.
    pub mouse: bool,
    /// The share of the width that the detail has beside the list, in percent.
    pub detail_percent: u16,
    /// How a timeline screen looks when it is opened.
    pub first_look: FirstLook,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            keymap: Arc::default(),
            mouse: true,
            detail_percent: DETAIL_PERCENT,
            first_look: FirstLook::default(),
        }
    }
}

impl Model {
    /// Takes wishes, and what was wrong in the place where they were written. It is done once, before
    /// the first message.
    #[must_use]
    pub fn with_settings(mut self, settings: Settings, wrong: Vec<Problem>) -> Self {
        self.keymap = settings.keymap;
        self.mouse = settings.mouse;
        self.detail_percent = settings.detail_percent;
        self.first_look = settings.first_look;
        let timeline = Arc::clone(&self.timeline);
        if let Screen::Timeline(screen) = self.screen_mut() {
            settings.first_look.give(&timeline, screen);
        }
        self.problems.of_settings = wrong;
        self.notice = self.opening_notice();
        self.settle();
        self
    }

    /// A reader is told at once when something of the file or of the settings is not as it was meant.
    pub(in crate::app) fn opening_notice(&self) -> Option<Notice> {
        let of_files = self.problems.of_files.iter();
        let errors = Problem::count(of_files.filter(|it| it.is_error()));
        let in_settings = self.problems.of_settings.len();
        let text = match (errors, in_settings) {
            (0, 0) => return None,
            (1, 0) => "1 error in the file: {problems} shows it".to_owned(),
            (_, 0) => format!("{errors} errors in the file: {{problems}} shows them"),
            (0, 1) => "1 error in the settings: {problems} shows it".to_owned(),
            (0, _) => format!("{in_settings} errors in the settings: {{problems}} shows them"),
            _ => "errors in the file and in the settings: {problems} shows them".to_owned(),
        };
        Some(Notice {
            text: self.keymap.says(&text).into_owned(),
            is_error: true,
        })
    }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Size;

    use super::*;
    use crate::diagnostic::Severity;

    fn model(settings: Settings, wrong: Vec<Problem>) -> Model {
        let model = Model::new(
            Arc::new(Timeline::default()),
            Vec::new(),
            Size::new(120, 36),
        );
        model.with_settings(settings, wrong)
    }

    fn problem() -> Problem {
        Problem {
            kind: "setting-unknown",
            place: "config.toml:1:1".to_owned(),
            at: None,
            message: "`colour` is no setting".to_owned(),
            expected: String::new(),
            help: Vec::new(),
            severity: Severity::Error,
            more: 0,
        }
    }

    #[test]
    fn every_timeline_screen_opens_as_it_was_wished() {
        let settings = Settings {
            detail_percent: 60,
            first_look: FirstLook {
                folded: true,
                without_detail: false,
                clock: Clock::Disclosed,
            },
            ..Settings::default()
        };
        let mut model = model(settings, Vec::new());
        assert_eq!(model.regions().detail.width, 72);
        for _ in 0..2 {
            let screen = model.timeline_screen_mut().expect("it is on top");
            assert!(screen.folded && screen.clock == Clock::Disclosed);
            model.visit_timeline_filtered();
        }
    }

    #[test]
    fn wrong_settings_are_told_at_once_and_kept_to_be_read() {
        let model = model(Settings::default(), vec![problem()]);
        let notice = model.notice.as_ref().map(|notice| notice.text.as_str());
        assert_eq!(notice, Some("1 error in the settings: p shows it"));
        assert_eq!(model.problems.len(), 1);
    }
}
