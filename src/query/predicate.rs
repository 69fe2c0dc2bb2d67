//! A filter bound to one timeline: names are numbers and dates windows, so that rows can be asked quickly.

use std::fmt;
use std::sync::Arc;

use super::bitmap::Bitmap;
use super::matches::Matches;
use crate::timeline::Timeline;

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
}

/// A question about all rows at once: called once for a column, never for a row.
#[derive(Clone)]
pub(super) struct ColumnQuestion(Arc<dyn Fn(&Timeline) -> Matches + Send + Sync>);

impl fmt::Debug for ColumnQuestion {
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

    /// The answers of every event of the timeline to which it is bound.
    pub fn matches(&self, timeline: &Timeline) -> Matches {
        let rows = timeline.len();
        match self {
            Self::All(parts) => {
                let mut all = Matches::everything(rows);
                for part in parts {
                    all.and(&part.matches(timeline));
                }
                all
            }
            Self::Any(parts) => {
                let mut any = Matches::nothing(rows);
                for part in parts {
                    any.or(&part.matches(timeline));
                }
                any
            }
            Self::Not(inner) => inner.matches(timeline).negated(),
            Self::Surely(inner) => inner.matches(timeline).surely().clone().into(),
            Self::Possibly(inner) => inner.matches(timeline).possibly().clone().into(),
            Self::Ask(ColumnQuestion(ask)) => ask(timeline),
        }
    }
}
