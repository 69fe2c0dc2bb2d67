//! A filter: its text, its tree, and its predicate for one timeline.

use super::bind::bind_with_mistakes;
use super::error::QueryError;
use super::matches::Matches;
use super::parse::parse;
use super::predicate::Predicate;
use super::syntax::{FilterExpr, FilterTerm, ParsedFilter};
use super::value::ValueForm;
use crate::timeline::{Timeline, VisitControl};

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
        match Self::parse_with_mistakes(timeline, text, true) {
            (filter, mistakes) if mistakes.is_empty() => Ok(filter),
            (_, mistakes) => Err(mistakes),
        }
    }

    /// Parses and binds a filter without reading texts that stay in files: a value that may be in one of them is not a
    /// mistake.
    ///
    /// # Errors
    /// Every other mistake in the text, in order.
    pub fn parse_unread(timeline: &Timeline, text: &str) -> Result<Self, Vec<QueryError>> {
        match Self::parse_with_mistakes(timeline, text, false) {
            (filter, mistakes) if mistakes.is_empty() => Ok(filter),
            (_, mistakes) => Err(mistakes),
        }
    }

    /// Binds a filter to a part of a timeline. A name that this part lacks matches nothing in it. Such names are returned: each
    /// is a mistake only if all parts lack it.
    ///
    /// # Errors
    /// Every other mistake in the text, in order.
    pub fn parse_in_part(
        timeline: &Timeline,
        text: &str,
    ) -> Result<(Self, Vec<QueryError>), Vec<QueryError>> {
        let (filter, mistakes) = Self::parse_with_mistakes(timeline, text, true);
        if mistakes.iter().all(|it| it.is_unknown_name) {
            Ok((filter, mistakes))
        } else {
            Err(mistakes)
        }
    }

    fn parse_with_mistakes(
        timeline: &Timeline,
        text: &str,
        reads_files: bool,
    ) -> (Self, Vec<QueryError>) {
        let ParsedFilter { expr, mut errors } = parse(text);
        let (predicate, mistakes) = match &expr {
            Some(expr) => bind_with_mistakes(timeline, expr, reads_files),
            None => (Predicate::All(Vec::new()), Vec::new()),
        };
        errors.extend(mistakes);
        errors.sort_by_key(|error| error.range.start);
        let text = text.to_owned();
        let filter = Self {
            text,
            expr,
            predicate,
        };
        (filter, errors)
    }

    /// Whether each event is asked only about what a row of a log says. Then rows can be asked as they are read.
    pub fn is_asked_by_row(&self) -> bool {
        let is_by_row = |term: &FilterTerm| {
            term.field.is_some_and(|field| field.is_asked_by_row)
                && term.values.iter().all(|it| it.form != ValueForm::Event)
        };
        self.expr.iter().flat_map(FilterExpr::terms).all(is_by_row)
    }

    /// Whether it asks about the marks of people: then it has other answers after an edit of them.
    pub fn is_about_marks(&self) -> bool {
        let mut terms = self.expr.iter().flat_map(FilterExpr::terms);
        terms.any(|term| term.field.is_some_and(|field| field.is_about_marks))
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

    /// The same, unless it is stopped.
    pub fn matches_unless_stopped(
        &self,
        timeline: &Timeline,
        control: &VisitControl,
    ) -> Option<Matches> {
        self.predicate.matches_unless_stopped(timeline, control)
    }
}
