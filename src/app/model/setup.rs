//! Sets up a model that was just opened: the files, the settings, and a notice of the errors in both.

use std::sync::Arc;

use super::Model;
use crate::app::reload::ReadingFingerprints;
use crate::app::screen::Screen;
use crate::app::state::notice::Notice;
use crate::app::state::problem::Problem;
use crate::app::state::settings::Settings;
use crate::diagnostic::{ANSWER_LIMITED, COLUMNS_GUESSED, FindingKind};
use crate::timeline::Timeline;

impl Model {
    /// `whole`: the timeline of all days, if the open one is as of a day.
    #[must_use]
    pub fn with_files(
        mut self,
        name: String,
        fingerprints: ReadingFingerprints,
        whole: Option<Arc<Timeline>>,
    ) -> Self {
        self.files.name = name;
        self.files.reload.read_from(fingerprints);
        self.files.whole = whole.unwrap_or(self.files.whole);
        self
    }

    /// Notes that only the beginning of the files is open, and the rest is being read.
    pub fn begin_reading(&mut self) {
        self.files.reload.begin();
    }

    /// Applies the settings, and keeps their problems for the user. Called once, before the first message. The derived
    /// state is computed later, once the filter or the briefing is known too.
    #[must_use]
    pub fn with_settings(mut self, settings: Settings, wrong: Vec<Problem>) -> Self {
        let initial_view = settings.initial_view;
        self.settings = settings;
        let timeline = Arc::clone(&self.timeline);
        if let Screen::Timeline(screen) = self.screen_mut() {
            initial_view.give(&timeline, screen);
            screen.open_at_start(&timeline);
        }
        self.files.problems.of_settings = wrong;
        self.view.notice = self.opening_notice();
        self
    }

    /// The notice of errors in the files and in the settings.
    pub(in crate::app) fn opening_notice(&self) -> Option<Notice> {
        let of_files = self.files.problems.of_files.iter();
        let errors = Problem::count(of_files.filter(|it| it.is_error()));
        let in_settings = self.files.problems.of_settings.len();
        let text = match (errors, in_settings) {
            (0, 0) => return self.table_notice(),
            (1, 0) => "1 error in the file; {problems} shows it".to_owned(),
            (_, 0) => format!("{errors} errors in the file; {{problems}} shows them"),
            (0, 1) => "1 error in the settings; {problems} shows it".to_owned(),
            (0, _) => format!("{in_settings} errors in the settings; {{problems}} shows them"),
            _ => "Errors in the file and in the settings; {problems} shows them".to_owned(),
        };
        Some(Notice::error(self.settings.keymap.says(&text)))
    }

    /// The notice that an answer lacks rows, or how the columns of a table were understood.
    fn table_notice(&self) -> Option<Notice> {
        let of_files = &self.files.problems.of_files;
        let of_kind = |kind: &FindingKind| of_files.iter().find(|it| it.kind == kind.name);
        let note = of_kind(&ANSWER_LIMITED).or_else(|| of_kind(&COLUMNS_GUESSED))?;
        Some(Notice::new(note.message.clone()))
    }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Size;

    use super::*;
    use crate::app::commands::keymap;
    use crate::app::screen::InitialView;
    use crate::diagnostic::Severity;
    use crate::timeline::Clock;

    fn model(settings: Settings, wrong: Vec<Problem>) -> Model {
        let model = crate::app::open(
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
            message: "`colour` is not a setting".to_owned(),
            expected: String::new(),
            help: Vec::new(),
            severity: Severity::Error,
            more: 0,
        }
    }

    #[test]
    fn every_timeline_screen_opens_with_the_initial_view() {
        let settings = Settings {
            detail_percent: 60,
            initial_view: InitialView {
                folded: true,
                without_detail: false,
                clock: Clock::Disclosed,
            },
            ..Settings::new(keymap())
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
    fn errors_in_the_settings_are_reported_at_once_and_kept() {
        let model = model(Settings::new(keymap()), vec![problem()]);
        let notice = model
            .view
            .notice
            .as_ref()
            .map(|notice| notice.text.as_str());
        assert_eq!(notice, Some("1 error in the settings; p shows it"));
        assert_eq!(model.files.problems.len(), 1);
    }
}
