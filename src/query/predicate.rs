//! A filter bound to one timeline: names have become numbers and dates windows, so that rows can be asked quickly.

use std::fmt;
use std::sync::Arc;

use super::bitmap::Bitmap;
use super::matches::Matches;
use crate::timeline::Timeline;

/// What a filter asks of each event of one timeline.
#[derive(Clone, Debug)]
pub(super) enum Predicate {
    /// All of these; of none, everything.
    All(Vec<Predicate>),
    /// Any of these; of none, nothing.
    Any(Vec<Predicate>),
    /// Not this.
    Not(Box<Predicate>),
    /// Only what is surely so.
    Surely(Box<Predicate>),
    /// What may be so, taken as if it were.
    Possibly(Box<Predicate>),
    /// One question.
    Ask(Question),
}

/// A question that is put to all rows at once: called once for a whole column, never for a row.
#[derive(Clone)]
pub(super) struct Question(Arc<dyn Fn(&Timeline) -> Matches + Send + Sync>);

impl fmt::Debug for Question {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Question").finish_non_exhaustive()
    }
}

impl Predicate {
    /// What no event matches.
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
        Self::Ask(Question(Arc::new(question)))
    }

    /// A question whose answer is known for each row.
    pub fn known(question: impl Fn(&Timeline) -> Bitmap + Send + Sync + 'static) -> Self {
        Self::ask(move |timeline| question(timeline).into())
    }

    /// The answers of every event of the timeline to which it was bound.
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
            Self::Ask(Question(ask)) => ask(timeline),
        }
    }
}
