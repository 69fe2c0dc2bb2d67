//! From a tree to a predicate: each term is bound by the row of its field.

use super::error::QueryError;
use super::field::TermBinder;
use super::fields::text;
use super::predicate::Predicate;
use super::syntax::{Expr, Node, Term};
use crate::timeline::Timeline;

/// Binds a tree to a timeline; every mistake is reported, in the order of the text.
pub(super) fn bind(timeline: &Timeline, expr: &Expr) -> Result<Predicate, Vec<QueryError>> {
    let mut binder = Binder {
        timeline,
        errors: Vec::new(),
    };
    let predicate = binder.expr(expr);
    if binder.errors.is_empty() {
        Ok(predicate)
    } else {
        Err(binder.errors)
    }
}

struct Binder<'t> {
    timeline: &'t Timeline,
    errors: Vec<QueryError>,
}

impl Binder<'_> {
    fn expr(&mut self, expr: &Expr) -> Predicate {
        match &expr.node {
            Node::And(parts) => Predicate::All(parts.iter().map(|part| self.expr(part)).collect()),
            Node::Or(parts) => Predicate::Any(parts.iter().map(|part| self.expr(part)).collect()),
            Node::Not(inner) => Predicate::Not(Box::new(self.expr(inner))),
            Node::Surely(inner) => Predicate::Surely(Box::new(self.expr(inner))),
            Node::Possibly(inner) => Predicate::Possibly(Box::new(self.expr(inner))),
            Node::Text(value) => {
                let values = std::slice::from_ref(value);
                text::anywhere(self.timeline, values, &mut self.errors)
            }
            Node::Term(term) => self.term(term),
        }
    }

    /// A term whose field or operator is wrong was reported by the parser.
    fn term(&mut self, term: &Term) -> Predicate {
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
            errors: &mut self.errors,
        })
    }
}
