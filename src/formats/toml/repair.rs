//! Leaving out what is no TOML, statement by statement, and saying what is wrong with it.
//!
//! Each statement of a broken piece is parsed alone, so that one mistake is told once, and where it
//! is. A statement that cannot be read is blanked, byte for byte; places stay true.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use ::toml::de::{DeTable, Error};

use super::Reader;
use super::statement::{Extent, Statements, Trust, heading, heading_or_ruin};
use super::syntax::{Use, as_said};
use super::unread::{Sections, is_unreadable_marking, with_meaning};
use crate::diagnostic::{DUPLICATE_ID, DUPLICATE_KEY, Diagnostic, NOT_CLOSED, Place};

impl Reader<'_> {
    /// The piece without the statements that cannot be read.
    pub(super) fn repaired<'p>(&mut self, piece: &'p str) -> Cow<'p, str> {
        let statements: Vec<_> = Statements::new(piece, Trust::Careful).collect();
        self.sections = Sections::of(piece, &statements);
        let mut blanks = Vec::new();
        let mut below: Option<Vec<&str>> = None;
        let mut owner = None;
        for range in statements {
            let statement = piece.get(range.clone()).unwrap_or_default();
            let keys = heading_or_ruin(statement);
            if let Some(lost) = &below {
                let is_below = keys.len() > lost.len() && keys.starts_with(lost);
                if keys.is_empty() || is_below {
                    match owner {
                        Some(owner) => self.lose_of(owner, statement, range.clone()),
                        None => _ = self.lose(piece, range.clone()),
                    }
                    blanks.push(range);
                    continue;
                }
                below = None;
            }
            if self.tell_of_statement(piece, &range) == Use::Leave {
                owner = self.declared_before(&keys, range.start);
                let meaning = self.lose(piece, range.clone());
                if let Some(finding) = self.reading.findings.pop() {
                    self.reading.findings.push(with_meaning(finding, meaning));
                }
                blanks.push(range);
                below = (!keys.is_empty()).then_some(keys);
            }
        }
        self.blanked(piece, blanks)
    }

    fn blanked<'p>(&mut self, piece: &'p str, blanks: Vec<Range<usize>>) -> Cow<'p, str> {
        if blanks.is_empty() {
            return Cow::Borrowed(piece);
        }
        let mut text = piece.to_owned();
        for range in blanks {
            let spaces = " ".repeat(range.len().saturating_sub(1)) + "\n";
            let place = self.place(range.clone());
            self.reading.unread.push(place);
            text.replace_range(range, &spaces);
        }
        Cow::Owned(text)
    }

    /// Tells what is wrong with one statement.
    fn tell_of_statement(&mut self, piece: &str, range: &Range<usize>) -> Use {
        let statement = piece.get(range.clone()).unwrap_or_default();
        if let Some(finding) = self.twice(statement, range.start) {
            self.tell_at(range.clone(), finding);
            return Use::Leave;
        }
        let (tree, mut errors) = DeTable::parse_recoverable(statement);
        errors.sort_by_key(|error| error.span().map_or(0, |span| span.start));
        let Some(first) = errors.first() else {
            return Use::Read;
        };
        let unclosed = Extent::of(statement, Trust::Full).unclosed;
        if !first.message().starts_with("unexpected key or value")
            && let Some(unclosed) = unclosed
        {
            let opener = self.place(shifted(&unclosed.opener, range.start));
            let what = unclosed.what;
            let finding =
                Diagnostic::new(&NOT_CLOSED, opener, format!("this {what} is never closed")).label(
                    format!("expected a closing `{}` after it", closer(self.raw(opener))),
                );
            self.tell_at(range.clone(), finding);
            let one_line = what == "text" && errors.len() == 1 && unclosed.opener.len() == 1;
            // A key that is never closed has no value.
            let is_read = one_line && !tree.get_ref().is_empty();
            return if is_read { Use::Read } else { Use::Leave };
        }
        self.tell_of_errors(statement, range, &errors)
    }

    fn tell_of_errors(&mut self, statement: &str, range: &Range<usize>, errors: &[Error]) -> Use {
        let mut told = Vec::new();
        for error in errors {
            let (finding, usable) = self.syntax(statement, range.start, error);
            if usable == Use::Leave {
                self.tell_at(range.clone(), finding);
                return Use::Leave;
            }
            told.push(finding);
        }
        for finding in told {
            self.tell_at(range.clone(), finding);
        }
        // What is read in spite of a mistake, and says nothing, would be told of no more.
        if is_unreadable_marking(statement) {
            return Use::Leave;
        }
        Use::Read
    }

    /// Where a heading with an id stood before, if it did.
    fn declared_before(&self, keys: &[&str], at: usize) -> Option<Place> {
        let first = self.headings.get(&keys.join("."))?;
        (first.start() < self.base + at).then_some(*first)
    }

    /// A heading such as `[sources.fcdo]` that stood in this text before.
    fn twice(&mut self, statement: &str, start: usize) -> Option<Diagnostic> {
        let keys = heading(statement);
        let single =
            statement.trim_start().starts_with('[') && !statement.trim_start().starts_with("[[");
        if !single || !matches!(keys[..], [_, _]) {
            return None;
        }
        let id = keys.last().copied().unwrap_or_default();
        // The name of the table may have the id in it.
        let behind = statement.find('.').unwrap_or_default();
        let found = statement.get(behind..).and_then(|rest| rest.find(id));
        let at = start + behind + found.unwrap_or_default();
        let place = self.place(at..at + id.len());
        let first = *self.headings.entry(keys.join(".")).or_insert(place);
        (first != place).then(|| {
            Diagnostic::new(&DUPLICATE_ID, place, format!("`{id}` is declared twice"))
                .label("expected another id")
                .help("give one of the two another id, or join them")
                .related(first, "first declared here")
        })
    }

    /// Tells what only shows when the statements stand together: a key that is given twice.
    pub(super) fn tell_of_the_rest(&mut self, piece: &str, errors: Vec<Error>) {
        if errors.is_empty() {
            return;
        }
        let repeated = repeated_keys(piece);
        for error in errors {
            let span = error.span().unwrap_or_default();
            let place = self.place(span.clone());
            let written = piece.get(span.clone()).unwrap_or_default();
            // What was told already is left out, or read in spite of it.
            let meaning = (!self.was_told(place))
                .then(|| self.lose_repeated(piece, span.start))
                .flatten();
            let finding = if error.message().starts_with("duplicate key") {
                let finding =
                    Diagnostic::new(&DUPLICATE_KEY, place, format!("`{written}` is given twice"))
                        .label("the second is not shown")
                        .help("delete one of the two, or join them");
                match repeated.get(&span.start) {
                    Some(first) => finding.related(self.place(first.clone()), "first given here"),
                    None => finding,
                }
            } else {
                as_said(&error, place)
            };
            self.tell(with_meaning(finding, meaning));
        }
    }
}

const fn shifted(range: &Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

/// What closes what an opener opens.
fn closer(opener: &str) -> String {
    opener
        .chars()
        .map(|it| match it {
            '[' => ']',
            '{' => '}',
            quote => quote,
        })
        .collect()
}

/// The keys that stand a second time under one heading: where, and where the first is.
fn repeated_keys(piece: &str) -> HashMap<usize, Range<usize>> {
    let mut repeated = HashMap::new();
    let mut seen: HashMap<&str, Range<usize>> = HashMap::new();
    for range in Statements::new(piece, Trust::Full) {
        let statement = piece.get(range.clone()).unwrap_or_default();
        if !heading(statement).is_empty() {
            seen.clear();
        } else if let Some((key, _)) = statement.split_once('=') {
            let start = range.start + key.len() - key.trim_start().len();
            let key = key.trim();
            let place = start..start + key.len();
            let first = seen.entry(key).or_insert(place);
            if first.start != start {
                repeated.insert(start, first.clone());
            }
        }
    }
    repeated
}
