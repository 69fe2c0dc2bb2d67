//! A filter: its text, what it says, and what it asks of one timeline.

use super::bind::bind;
use super::error::QueryError;
use super::matches::Matches;
use super::parse::parse;
use super::predicate::Predicate;
use super::syntax::{Expr, Parsed};
use crate::timeline::Timeline;

/// A filter that is bound to one timeline.
#[derive(Clone, Debug)]
pub struct Filter {
    text: String,
    expr: Option<Expr>,
    predicate: Predicate,
}

impl Filter {
    /// Reads a filter and binds it.
    ///
    /// # Errors
    /// Every mistake in the text, in its order.
    pub fn parse(timeline: &Timeline, text: &str) -> Result<Self, Vec<QueryError>> {
        let Parsed { expr, mut errors } = parse(text);
        let bound = expr
            .as_ref()
            .map_or(Ok(Predicate::All(Vec::new())), |expr| bind(timeline, expr));
        match bound {
            Ok(predicate) if errors.is_empty() => Ok(Self {
                text: text.to_owned(),
                expr,
                predicate,
            }),
            bound => {
                errors.extend(bound.err().unwrap_or_default());
                errors.sort_by_key(|error| error.range.start);
                Err(errors)
            }
        }
    }

    /// The text it was read from.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What it says; none if it leaves everything.
    pub fn expr(&self) -> Option<&Expr> {
        self.expr.as_ref()
    }

    /// Whether it leaves everything.
    pub fn is_empty(&self) -> bool {
        self.expr.is_none()
    }

    /// Puts it to every event of the timeline to which it is bound.
    pub fn matches(&self, timeline: &Timeline) -> Matches {
        self.predicate.matches(timeline)
    }
}
