//! What a filter says: a tree in which every node knows the bytes it was read from.

use std::ops::Range;

use super::error::QueryError;
use super::field::Field;
use super::value::{Operator, Value};

/// What was read of a text: as much of a tree as could be, and every mistake in the order of the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parsed {
    /// The tree; none if the text asks for nothing.
    pub expr: Option<Expr>,
    /// What is wrong.
    pub errors: Vec<QueryError>,
}

/// A part of a filter and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Expr {
    /// What it says.
    pub node: Node,
    /// The bytes it was read from, with its parentheses.
    pub range: Range<usize>,
}

/// What a part of a filter says.
#[derive(Clone, Debug, PartialEq)]
pub enum Node {
    /// All of these: words side by side.
    And(Vec<Expr>),
    /// Any of these.
    Or(Vec<Expr>),
    /// Not this.
    Not(Box<Expr>),
    /// Only what is surely so.
    Surely(Box<Expr>),
    /// What may be so, taken as if it were.
    Possibly(Box<Expr>),
    /// `field:value`
    Term(Term),
    /// Text that stands anywhere in an event.
    Text(Value),
}

/// A field, a comparison and the values it is compared with; any of several will do.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// The field as written.
    pub name: Range<usize>,
    /// The field; none if there is none of that name.
    pub field: Option<&'static Field>,
    /// The comparison.
    pub operator: Operator,
    /// At least one, unless the text breaks off.
    pub values: Vec<Value>,
}

impl Expr {
    /// The parts that must all hold: those of the outermost *and*, or the whole.
    pub fn conjuncts(&self) -> &[Expr] {
        if let Node::And(parts) = &self.node {
            parts
        } else {
            std::slice::from_ref(self)
        }
    }

    /// Every term, in the order of the text.
    pub fn terms(&self) -> Vec<&Term> {
        match &self.node {
            Node::And(parts) | Node::Or(parts) => parts.iter().flat_map(Self::terms).collect(),
            Node::Not(inner) | Node::Surely(inner) | Node::Possibly(inner) => inner.terms(),
            Node::Term(term) => vec![term],
            Node::Text(_) => Vec::new(),
        }
    }

    /// The term that this part is, and whether it is wanted (`field:value`) or not (`-field:value`).
    pub fn as_term(&self) -> Option<(&Term, bool)> {
        let (node, is_wanted) = if let Node::Not(inner) = &self.node {
            (&inner.node, false)
        } else {
            (&self.node, true)
        };
        if let Node::Term(term) = node {
            Some((term, is_wanted))
        } else {
            None
        }
    }
}
