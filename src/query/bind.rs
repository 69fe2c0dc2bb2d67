//! From a tree to a predicate: the row of a field binds each of its terms.

use super::error::QueryError;
use super::field::TermBinder;
use super::fields::text;
use super::predicate::Predicate;
use super::syntax::{ExprNode, FilterExpr, FilterTerm};
use crate::timeline::Timeline;

/// Binds a tree to a timeline. Reports every mistake, in the order of the text.
pub(super) fn bind(timeline: &Timeline, expr: &FilterExpr) -> Result<Predicate, Vec<QueryError>> {
    match bind_with_mistakes(timeline, expr, true) {
        (predicate, mistakes) if mistakes.is_empty() => Ok(predicate),
        (_, mistakes) => Err(mistakes),
    }
}

/// [`bind`], with a predicate also if there are mistakes. What is mistaken matches nothing. `reads_files`: whether texts that
/// stay in files are read, so that a value that none of them has is a mistake.
pub(super) fn bind_with_mistakes(
    timeline: &Timeline,
    expr: &FilterExpr,
    reads_files: bool,
) -> (Predicate, Vec<QueryError>) {
    let mut binder = FilterBinder {
        timeline,
        reads_files,
        errors: Vec::new(),
    };
    (binder.expr(expr), binder.errors)
}

struct FilterBinder<'t> {
    timeline: &'t Timeline,
    reads_files: bool,
    errors: Vec<QueryError>,
}

impl FilterBinder<'_> {
    fn expr(&mut self, expr: &FilterExpr) -> Predicate {
        match &expr.node {
            ExprNode::And(parts) => {
                Predicate::All(parts.iter().map(|part| self.expr(part)).collect())
            }
            ExprNode::Or(parts) => {
                Predicate::Any(parts.iter().map(|part| self.expr(part)).collect())
            }
            ExprNode::Not(inner) => Predicate::Not(Box::new(self.expr(inner))),
            ExprNode::Surely(inner) => Predicate::Surely(Box::new(self.expr(inner))),
            ExprNode::Possibly(inner) => Predicate::Possibly(Box::new(self.expr(inner))),
            ExprNode::Text(value) => {
                let values = std::slice::from_ref(value);
                text::anywhere(self.timeline, values, &mut self.errors)
            }
            ExprNode::Term(term) => self.term(term),
        }
    }

    /// The parser has reported terms with an unknown field or an invalid operator.
    fn term(&mut self, term: &FilterTerm) -> Predicate {
        let Some(field) = term
            .field
            .filter(|field| field.operators.contains(&term.operator))
        else {
            return Predicate::nothing();
        };
        (field.bind)(&mut TermBinder {
            timeline: self.timeline,
            field,
            operator: term.operator,
            values: &term.values,
            reads_files: self.reads_files,
            errors: &mut self.errors,
        })
    }
}
