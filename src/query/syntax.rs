//! The tree of a filter: every node has its byte range.

use std::ops::Range;

use super::error::QueryError;
use super::field::FilterField;
use super::value::{ComparisonOperator, FilterValue};

/// The result of parsing: as much of a tree as possible, and every mistake in the order of the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ParsedFilter {
    /// The tree; `None` if the text is empty.
    pub expr: Option<FilterExpr>,
    /// The mistakes.
    pub errors: Vec<QueryError>,
}

/// A part of a filter and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct FilterExpr {
    pub node: ExprNode,
    /// The byte range, with its parentheses.
    pub range: Range<usize>,
}

/// The kinds of parts of a filter.
#[derive(Clone, Debug, PartialEq)]
pub enum ExprNode {
    /// All of these.
    And(Vec<FilterExpr>),
    /// Any of these.
    Or(Vec<FilterExpr>),
    Not(Box<FilterExpr>),
    /// Only sure matches.
    Surely(Box<FilterExpr>),
    /// Possible matches, taken as sure.
    Possibly(Box<FilterExpr>),
    /// `field:value`
    Term(FilterTerm),
    /// Text anywhere in an event.
    Text(FilterValue),
}

/// A field, an operator and its values; any of several matches.
#[derive(Clone, Debug, PartialEq)]
pub struct FilterTerm {
    /// The byte range of the field name.
    pub name: Range<usize>,
    /// The field; `None` if the name is unknown.
    pub field: Option<&'static FilterField>,
    pub operator: ComparisonOperator,
    /// At least one, unless the text breaks off.
    pub values: Vec<FilterValue>,
}

impl FilterExpr {
    /// The parts that must all match: those of the outermost *and*, or the whole.
    pub fn conjuncts(&self) -> &[FilterExpr] {
        if let ExprNode::And(parts) = &self.node {
            parts
        } else {
            std::slice::from_ref(self)
        }
    }

    /// Every term, in the order of the text.
    pub fn terms(&self) -> Vec<&FilterTerm> {
        match &self.node {
            ExprNode::And(parts) | ExprNode::Or(parts) => {
                parts.iter().flat_map(Self::terms).collect()
            }
            ExprNode::Not(inner) | ExprNode::Surely(inner) | ExprNode::Possibly(inner) => {
                inner.terms()
            }
            ExprNode::Term(term) => vec![term],
            ExprNode::Text(_) => Vec::new(),
        }
    }

    /// The term, and whether it is included (`field:value`) or excluded (`-field:value`), if the part is one.
    pub fn as_term(&self) -> Option<(&FilterTerm, bool)> {
        let (node, is_wanted) = if let ExprNode::Not(inner) = &self.node {
            (&inner.node, false)
        } else {
            (&self.node, true)
        };
        if let ExprNode::Term(term) = node {
            Some((term, is_wanted))
        } else {
            None
        }
    }
}
