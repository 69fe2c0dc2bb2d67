//! Long files: their beginning is shown while the rest of them is read, and the whole takes its place.
//! It knows nothing of files.

use std::sync::Arc;

use crate::app::effect::Effect;
use crate::app::model::{Model, Notice, Problem};
use crate::app::reload::swap::{self, News};
use crate::app::screen::{Focus, Screen};
use crate::timeline::Timeline;

/// How much of the files is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Extent {
    /// All of them.
    Whole,
    /// Their beginning, while the rest is being read.
    Beginning {
        /// How many of a hundred bytes have been read, from 0 to 99.
        percent: u8,
        /// Whether the user wants no more to be read.
        is_stopping: bool,
        /// Whether the user has done anything since they were opened.
        is_touched: bool,
    },
    /// What had been read when the user stopped it.
    Part {
        /// How many of a hundred bytes had been read then, from 0 to 99.
        percent: u8,
    },
}

impl Extent {
    /// The beginning, before anything more was read.
    pub const BEGINNING: Self = Self::Beginning {
        percent: 0,
        is_stopping: false,
        is_touched: false,
    };

    /// Whether more is being read.
    pub const fn grows(self) -> bool {
        matches!(self, Self::Beginning { .. })
    }

    /// The user does something.
    pub(in crate::app) fn touch(&mut self) {
        if let Self::Beginning { is_touched, .. } = self {
            *is_touched = true;
        }
    }
}

/// What came of reading the files to the end, or as far as the user wanted.
#[derive(Clone, Debug, PartialEq)]
pub struct Loaded {
    /// What they say.
    pub timeline: Arc<Timeline>,
    /// What is wrong with them.
    pub problems: Vec<Problem>,
    /// How many of a hundred of their bytes were read, if the user stopped it.
    pub stopped_at: Option<u8>,
}

/// More was read.
pub(in crate::app) fn advance(model: &mut Model, read: u8) {
    if let Extent::Beginning { percent, .. } = &mut model.extent {
        *percent = read;
    }
}

/// Whether the key that leads back would stop the reading: elsewhere it leads back.
pub fn can_stop(model: &Model) -> bool {
    let is_list = matches!(model.screen(), Screen::Timeline(screen) if screen.focus == Focus::List);
    let leads_nowhere = model.depth() == 0 && model.overlay.is_none() && model.needle.is_none();
    let is_read = matches!(model.extent, Extent::Beginning { percent: 99.., .. });
    model.extent.grows() && !is_read && is_list && leads_nowhere
}

/// The user wants no more to be read. None if nothing can be stopped.
pub(in crate::app) fn stop(model: &mut Model) -> Option<Vec<Effect>> {
    if !can_stop(model) {
        return None;
    }
    let Extent::Beginning { is_stopping, .. } = &mut model.extent else {
        return None;
    };
    let was_stopping = std::mem::replace(is_stopping, true);
    Some(if was_stopping {
        Vec::new()
    } else {
        vec![Effect::StopLoading]
    })
}

/// Has the files read again, unless they are being read.
pub(in crate::app) fn reload(model: &mut Model) -> Vec<Effect> {
    if model.extent.grows() {
        model.notify("the files are being read");
        return Vec::new();
    }
    vec![Effect::Read]
}

/// What was read is to take the place of the beginning.
pub(in crate::app) fn take(model: &mut Model, loaded: Loaded) -> Vec<Effect> {
    // There is nothing left to stop.
    advance(model, 99);
    model.is_partial = loaded.problems.iter().any(Problem::is_error);
    model.problems.of_files = loaded.problems;
    // Whoever stops it at once keeps what is on the screen.
    let is_less = loaded.stopped_at.is_some() && loaded.timeline.len() < model.whole.len();
    let whole = if is_less {
        Arc::clone(&model.whole)
    } else {
        loaded.timeline
    };
    swap::bring(model, whole, News::Loaded(loaded.stopped_at))
}

/// What was read is shown in the place of the beginning. Returns what is told of it.
pub(in crate::app) fn arrive(model: &mut Model, stopped_at: Option<u8>) -> Option<Notice> {
    let is_touched = !matches!(
        model.extent,
        Extent::Beginning {
            is_touched: false,
            ..
        }
    );
    model.extent = match stopped_at {
        Some(percent) => Extent::Part { percent },
        None => Extent::Whole,
    };
    let timeline = Arc::clone(&model.timeline);
    if let (false, Screen::Timeline(screen)) = (is_touched, model.screen_mut()) {
        // Nobody chose the event that came first in the beginning.
        screen.select(&timeline, 0);
        screen.top = 0;
    }
    if stopped_at.is_none() {
        return model.opening_notice();
    }
    let told = model
        .keymap
        .says("no more is read: {reload} reads all of it");
    Some(Notice {
        text: told.into_owned(),
        is_error: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::input::key::parse;
    use crate::app::{Msg, run};
    use crate::diagnostic::Severity;
    use crate::diagnostic::SourceText;
    use ratatui::layout::Size;

    const A: &str = "[[events]]\nid = \"a\"\nwhen = \"2021\"\ntitle = \"A\"\nactors = [\"x\"]\n";
    const B: &str = "[[events]]\nid = \"b\"\nwhen = \"2022\"\ntitle = \"B\"\nactors = [\"x\"]\n";
    const C: &str = "[[events]]\nid = \"c\"\nwhen = \"2020\"\ntitle = \"C\"\nactors = [\"x\"]\n";

    fn open(text: &str) -> Arc<Timeline> {
        Arc::new(crate::formats::open(&[SourceText::new("t", text)]).0)
    }

    fn beginning(text: &str) -> Model {
        let mut model = Model::new(open(text), Vec::new(), Size::new(80, 24));
        model.extent = Extent::BEGINNING;
        model
    }

    fn press(model: &mut Model, keys: &str) -> Vec<Effect> {
        let inputs = parse(keys).expect("keys");
        let effects = inputs.into_iter().map(|it| run(model, Msg::Input(it)));
        effects.flatten().collect()
    }

    fn load(model: &mut Model, text: &str, stopped_at: Option<u8>) {
        let loaded = Loaded {
            timeline: open(text),
            problems: Vec::new(),
            stopped_at,
        };
        run(model, Msg::Loaded(Box::new(loaded)));
    }

    fn selected(model: &Model) -> String {
        let screen = model.last_timeline_screen().expect("there is one");
        let event = screen.event().expect("an event is selected");
        model.timeline.event(event).key().into_owned()
    }

    #[test]
    fn the_whole_is_shown_from_its_first_event_unless_somebody_has_chosen_one() {
        let mut model = beginning(&format!("{A}{B}"));
        load(&mut model, &format!("{A}{B}{C}"), None);
        assert_eq!(
            (selected(&model).as_str(), model.extent),
            ("c", Extent::Whole)
        );
        let mut model = beginning(&format!("{A}{B}"));
        press(&mut model, "j");
        load(&mut model, &format!("{A}{B}{C}"), None);
        assert_eq!(selected(&model), "b");
    }

    #[test]
    fn a_filter_and_a_page_that_were_opened_meanwhile_stay() {
        let mut model = beginning(A);
        press(&mut model, "factor:x<enter>v");
        load(&mut model, &format!("{A}{B}{C}"), None);
        assert!(matches!(model.screen(), Screen::Page(_)));
        press(&mut model, "<esc>");
        let rows = model.sieve().expect("there is one").rows().len();
        assert_eq!((model.filter_text(), rows), ("actor:x", 3));
    }

    #[test]
    fn what_is_not_found_may_still_come() {
        let mut model = beginning(A);
        press(&mut model, "/B");
        let told = |model: &Model| model.notice.as_ref().map(|notice| notice.text.clone());
        assert_eq!(
            told(&model).as_deref(),
            Some("“b” is nowhere in what is read so far")
        );
        load(&mut model, &format!("{A}{B}"), None);
        press(&mut model, "<enter>n");
        assert_eq!(told(&model).as_deref(), Some("match 1 of 1"));
        assert_eq!(selected(&model), "b");
    }

    #[test]
    fn escape_stops_the_reading_once_where_it_would_lead_nowhere() {
        let mut model = beginning(A);
        let stops = |effects: &[Effect]| {
            let is_stop = |effect: &&Effect| matches!(effect, Effect::StopLoading);
            effects.iter().filter(is_stop).count()
        };
        assert_eq!(stops(&press(&mut model, "v<esc>")), 0, "it leads back");
        assert_eq!(stops(&press(&mut model, "h<left>")), 0, "no other key does");
        assert_eq!(stops(&press(&mut model, "<esc><esc>")), 1);
        load(&mut model, A, Some(40));
        assert_eq!(model.extent, Extent::Part { percent: 40 });
        assert_eq!(stops(&press(&mut model, "<esc>")), 0);
    }

    #[test]
    fn stopped_at_once_the_beginning_stays() {
        let mut model = beginning(&format!("{A}{B}"));
        load(&mut model, A, Some(0));
        assert_eq!(model.timeline.len(), 2);
        let mut model = beginning(A);
        load(&mut model, &format!("{A}{B}"), Some(50));
        assert_eq!(model.timeline.len(), 2);
    }

    #[test]
    fn how_far_it_is_counts_only_while_more_is_read() {
        let mut model = beginning(A);
        run(&mut model, Msg::Progress(50));
        assert!(matches!(
            model.extent,
            Extent::Beginning { percent: 50, .. }
        ));
        load(&mut model, A, None);
        run(&mut model, Msg::Progress(90));
        assert_eq!(model.extent, Extent::Whole);
    }

    #[test]
    fn what_is_wrong_with_the_settings_is_kept_beside_what_is_wrong_with_the_files() {
        let problem = |message: &str| Problem {
            kind: "toml-syntax",
            at: None,
            place: String::new(),
            message: message.to_owned(),
            expected: String::new(),
            help: Vec::new(),
            severity: Severity::Error,
            more: 0,
        };
        let mut model = beginning(A);
        model.problems.of_settings = vec![problem("in the settings")];
        let loaded = Loaded {
            timeline: open(A),
            problems: vec![problem("in the file")],
            stopped_at: None,
        };
        run(&mut model, Msg::Loaded(Box::new(loaded)));
        let told: Vec<&str> = (model.problems.each().map(|it| it.message.as_str())).collect();
        assert_eq!(told, ["in the file", "in the settings"]);
        assert!(model.is_partial && model.notice.is_some_and(|notice| notice.is_error));
    }
}
