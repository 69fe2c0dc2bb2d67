//! A filter bound to one timeline: names are numbers and dates windows, so that rows can be asked quickly.

use std::fmt;
use std::sync::Arc;

use super::bitmap::Bitmap;
use super::matches::Matches;
use crate::timeline::{Timeline, VisitControl};

/// What a filter asks of the events of one timeline.
#[derive(Clone, Debug)]
pub(super) enum Predicate {
    /// All of these; without parts, everything.
    All(Vec<Predicate>),
    /// Any of these; without parts, nothing.
    Any(Vec<Predicate>),
    Not(Box<Predicate>),
    /// Only sure matches.
    Surely(Box<Predicate>),
    /// Possible matches, taken as sure.
    Possibly(Box<Predicate>),
    Ask(ColumnQuestion),
    /// A question that reads texts in files.
    AskFiles(FileQuestion),
}

/// A question about all rows at once: called once for a column, never for a row.
#[derive(Clone)]
pub(super) struct ColumnQuestion(Arc<dyn Fn(&Timeline) -> Matches + Send + Sync>);

impl fmt::Debug for ColumnQuestion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Question").finish_non_exhaustive()
    }
}

/// A question about texts that stay in files, which takes long and can be stopped.
#[derive(Clone)]
pub(super) struct FileQuestion(Arc<AskFiles>);

type AskFiles = dyn Fn(&Timeline, &VisitControl) -> Bitmap + Send + Sync;

impl fmt::Debug for FileQuestion {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Question").finish_non_exhaustive()
    }
}

impl Predicate {
    /// Matches no event.
    pub const fn nothing() -> Self {
        Self::Any(Vec::new())
    }

    pub fn any(mut parts: Vec<Self>) -> Self {
        if parts.len() == 1 {
            parts.remove(0)
        } else {
            Self::Any(parts)
        }
    }

    /// A question that an imprecise date may leave open.
    pub fn ask(question: impl Fn(&Timeline) -> Matches + Send + Sync + 'static) -> Self {
        Self::Ask(ColumnQuestion(Arc::new(question)))
    }

    /// A question with a sure answer for each row.
    pub fn known(question: impl Fn(&Timeline) -> Bitmap + Send + Sync + 'static) -> Self {
        Self::ask(move |timeline| question(timeline).into())
    }

    /// A question about texts that stay in files.
    pub fn known_in_files(
        question: impl Fn(&Timeline, &VisitControl) -> Bitmap + Send + Sync + 'static,
    ) -> Self {
        Self::AskFiles(FileQuestion(Arc::new(question)))
    }

    /// How many questions read files.
    fn file_questions(&self) -> usize {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().map(Self::file_questions).sum(),
            Self::Not(inner) | Self::Surely(inner) | Self::Possibly(inner) => {
                inner.file_questions()
            }
            Self::Ask(_) => 0,
            Self::AskFiles(_) => 1,
        }
    }

    /// The answers of every event of the timeline to which it is bound.
    pub fn matches(&self, timeline: &Timeline) -> Matches {
        self.answers(timeline, &VisitControl::default())
    }

    /// The same, unless it is stopped.
    pub fn matches_unless_stopped(
        &self,
        timeline: &Timeline,
        control: &VisitControl,
    ) -> Option<Matches> {
        control.expect(self.file_questions() * timeline.columns().paged.pages());
        let matches = self.answers(timeline, control);
        (!control.is_stopped()).then_some(matches)
    }

    fn answers(&self, timeline: &Timeline, control: &VisitControl) -> Matches {
        let rows = timeline.len();
        match self {
            Self::All(parts) => {
                let mut all = Matches::everything(rows);
                // What is in memory may leave nothing to look for in files.
                let (in_files, in_memory): (Vec<_>, Vec<_>) =
                    parts.iter().partition(|part| part.file_questions() > 0);
                for part in in_memory.into_iter().chain(in_files) {
                    if all.possibly().is_empty() || control.is_stopped() {
                        break;
                    }
                    all.and(&part.answers(timeline, control));
                }
                all
            }
            Self::Any(parts) => {
                let mut any = Matches::nothing(rows);
                for part in parts {
                    if control.is_stopped() {
                        break;
                    }
                    any.or(&part.answers(timeline, control));
                }
                any
            }
            Self::Not(inner) => inner.answers(timeline, control).negated(),
            Self::Surely(inner) => inner.answers(timeline, control).surely().clone().into(),
            Self::Possibly(inner) => inner.answers(timeline, control).possibly().clone().into(),
            Self::Ask(ColumnQuestion(ask)) => ask(timeline),
            Self::AskFiles(FileQuestion(ask)) => ask(timeline, control).into(),
        }
    }
}
