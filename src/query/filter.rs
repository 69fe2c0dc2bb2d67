//! A filter: its text, its tree, and its predicate for one timeline.

use super::bind::bind;
use super::error::QueryError;
use super::matches::Matches;
use super::parse::parse;
use super::predicate::Predicate;
use super::syntax::{FilterExpr, ParsedFilter};
use crate::timeline::Timeline;

/// A filter bound to one timeline.
#[derive(Clone, Debug)]
pub struct Filter {
    text: String,
    expr: Option<FilterExpr>,
    predicate: Predicate,
}

impl Filter {
    /// Parses and binds a filter.
    ///
    /// # Errors
    /// Every mistake in the text, in order.
    pub fn parse(timeline: &Timeline, text: &str) -> Result<Self, Vec<QueryError>> {
        let ParsedFilter { expr, mut errors } = parse(text);
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

    pub fn text(&self) -> &str {
        &self.text
    }

    /// The tree; `None` if the filter is empty.
    pub fn expr(&self) -> Option<&FilterExpr> {
        self.expr.as_ref()
    }

    /// Whether the filter is empty and leaves everything.
    pub fn is_empty(&self) -> bool {
        self.expr.is_none()
    }

    /// Asks every event of the timeline to which the filter is bound.
    pub fn matches(&self, timeline: &Timeline) -> Matches {
        self.predicate.matches(timeline)
    }
}
