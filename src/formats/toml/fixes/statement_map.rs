//! Where each statement of a text begins, and the sections below its headings.

use std::ops::Range;

use super::super::statements::{TextStatements, TextTrust, heading};
use super::tokens::{Token, TokenKind, tokens};

/// The statements of a text: headings, keys with values, comments and blank lines.
pub(super) struct StatementMap<'t> {
    pub(super) text: &'t str,
    /// The first byte of each, and the end of the text.
    bounds: Vec<usize>,
    /// The numbers of those that are headings.
    headings: Vec<usize>,
}

impl<'t> StatementMap<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let mut map = Self {
            text,
            bounds: vec![0],
            headings: Vec::new(),
        };
        for (number, statement) in TextStatements::new(text, TextTrust::Careful).enumerate() {
            let written = text.get(statement.clone()).unwrap_or_default();
            if !heading(written).is_empty() {
                map.headings.push(number);
            }
            map.bounds.push(statement.end);
        }
        map
    }

    /// How many statements there are.
    pub(super) fn len(&self) -> usize {
        self.bounds.len() - 1
    }

    pub(super) fn range(&self, number: usize) -> Range<usize> {
        let bound = |number| self.bounds.get(number).copied().unwrap_or(self.text.len());
        bound(number)..bound(number + 1)
    }

    pub(super) fn written(&self, number: usize) -> &'t str {
        self.text.get(self.range(number)).unwrap_or_default()
    }

    pub(super) fn tokens(&self, number: usize) -> Vec<Token> {
        tokens(self.text, self.range(number))
    }

    /// The number of the statement that has a byte.
    pub(super) fn at(&self, byte: usize) -> usize {
        let next = self.bounds.partition_point(|&start| start <= byte);
        next.saturating_sub(1).min(self.len().saturating_sub(1))
    }

    pub(super) fn is_heading(&self, number: usize) -> bool {
        self.headings.binary_search(&number).is_ok()
    }

    /// Whether it is a blank line, or a comment alone.
    pub(super) fn is_aside(&self, number: usize) -> bool {
        let written = self.written(number).trim_start();
        written.is_empty() || written.starts_with('#')
    }

    pub(super) fn is_blank(&self, number: usize) -> bool {
        self.written(number).trim().is_empty()
    }

    /// Every heading, with its keys.
    pub(super) fn headings(&self) -> impl DoubleEndedIterator<Item = (usize, Vec<&'t str>)> {
        let headings = self.headings.iter();
        headings.map(|&number| (number, heading(self.written(number))))
    }

    /// A statement with everything else below its heading: the heading is the first, if there is one. Comments and blank
    /// lines at its end belong to what follows.
    pub(super) fn section(&self, number: usize) -> Range<usize> {
        let next = self.headings.partition_point(|&heading| heading <= number);
        let start = next.checked_sub(1).and_then(|at| self.headings.get(at));
        let start = start.copied().unwrap_or(0);
        let end = self.headings.get(next).copied().unwrap_or(self.len());
        let last = (start..end).rev().find(|&it| !self.is_aside(it));
        start..last.map_or(start, |last| last + 1)
    }

    /// Whether a key is given in the section of a statement.
    pub(super) fn has_key(&self, number: usize, key: &str) -> bool {
        self.section(number).any(|number| {
            let written = self.written(number).trim_start();
            let behind = written.strip_prefix(key).unwrap_or_default();
            behind.trim_start().starts_with('=')
        })
    }

    /// Whether any of some statements has a comment.
    pub(super) fn has_comment(&self, mut statements: Range<usize>) -> bool {
        statements.any(|number| {
            self.written(number).contains('#')
                && (self.tokens(number).iter()).any(|it| it.kind == TokenKind::Comment)
        })
    }

    /// The line break that a statement ends with, or that of the first line of the text.
    pub(super) fn line_break(&self, number: usize) -> &'static str {
        let first = self.text.split_inclusive('\n').next().unwrap_or_default();
        let written = self.written(number);
        let line = if written.ends_with('\n') {
            written
        } else {
            first
        };
        if line.ends_with("\r\n") { "\r\n" } else { "\n" }
    }
}
