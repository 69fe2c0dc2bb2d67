//! Repairs a piece that is not TOML: reports its broken statements and leaves them out.
//!
//! Each statement is parsed alone, so that one mistake is reported once, at its own place. A statement that cannot be
//! read is blanked byte for byte: the places of the others stay true.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use ::toml::de::{DeTable, Error};

use super::fail_closed::{PieceSections, is_unreadable_marking, with_meaning};
use super::key_names::MARKING;
use super::reader::TomlReader;
use super::statements::{StatementExtent, TextStatements, TextTrust, heading, heading_or_ruin};
use super::syntax_errors::{BrokenStatement, as_parser_says};
use crate::diagnostic::{
    DUPLICATE_ID, DUPLICATE_KEY, Diagnostic, Fix, FixChange, NOT_CLOSED, TextPlace,
};

impl TomlReader<'_> {
    /// The piece without the statements that cannot be read.
    pub(super) fn repaired<'p>(&mut self, piece: &'p str) -> Cow<'p, str> {
        let statements: Vec<_> = TextStatements::new(piece, TextTrust::Careful).collect();
        self.sections = PieceSections::of(piece, &statements);
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
            if self.report_statement(piece, &range) == BrokenStatement::Leave {
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

    /// Reports the mistakes in a statement.
    fn report_statement(&mut self, piece: &str, range: &Range<usize>) -> BrokenStatement {
        let statement = piece.get(range.clone()).unwrap_or_default();
        if let Some(finding) = self.twice(statement, range.start) {
            self.report_once(range.clone(), finding);
            return BrokenStatement::Leave;
        }
        let (tree, mut errors) = DeTable::parse_recoverable(statement);
        errors.sort_by_key(|error| error.span().map_or(0, |span| span.start));
        let Some(first) = errors.first() else {
            return BrokenStatement::Read;
        };
        let unclosed = StatementExtent::of(statement, TextTrust::Full).unclosed;
        if !first.message().starts_with("unexpected key or value")
            && let Some(unclosed) = unclosed
        {
            let opener = self.place(shifted(&unclosed.opener, range.start));
            let what = unclosed.what;
            let closer = closer(self.raw(opener));
            let finding =
                Diagnostic::new(&NOT_CLOSED, opener, format!("this {what} is never closed"))
                    .label(format!("expected a closing `{closer}` after it"));
            let fix = self.closed(statement, range.start, &closer, &unclosed);
            self.report_once(
                range.clone(),
                fix.into_iter().fold(finding, Diagnostic::fix),
            );
            let one_line = what == "text" && errors.len() == 1 && unclosed.opener.len() == 1;
            // A key that is never closed has no value.
            let is_read = one_line && !tree.get_ref().is_empty();
            return if is_read {
                BrokenStatement::Read
            } else {
                BrokenStatement::Leave
            };
        }
        self.report_errors(statement, range, &errors)
    }

    fn report_errors(
        &mut self,
        statement: &str,
        range: &Range<usize>,
        errors: &[Error],
    ) -> BrokenStatement {
        let mut findings = Vec::new();
        for error in errors {
            let (finding, usable) = self.syntax(statement, range.start, error);
            if usable == BrokenStatement::Leave {
                self.report_once(range.clone(), finding);
                return BrokenStatement::Leave;
            }
            findings.push(finding);
        }
        for finding in findings {
            self.report_once(range.clone(), finding);
        }
        // A marking that is read in spite of a mistake and says nothing would get no finding.
        if is_unreadable_marking(statement) {
            return BrokenStatement::Leave;
        }
        BrokenStatement::Read
    }

    /// The place of an earlier heading with the same id.
    fn declared_before(&self, keys: &[&str], at: usize) -> Option<TextPlace> {
        let first = self.headings.get(&keys.join("."))?;
        (first.start() < self.base + at).then_some(*first)
    }

    /// The finding about a heading such as `[sources.fcdo]` that the text has a second time.
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

    /// Reports mistakes that show only when the statements are read together: a key that is given twice.
    pub(super) fn report_the_rest(&mut self, piece: &str, errors: Vec<Error>) {
        if errors.is_empty() {
            return;
        }
        let repeated = repeated_keys(piece);
        for error in errors {
            let span = error.span().unwrap_or_default();
            let place = self.place(span.clone());
            let written = piece.get(span.clone()).unwrap_or_default();
            // A reported statement is left out, or read in spite of its mistake.
            let meaning = (!self.is_reported(place))
                .then(|| self.lose_repeated(piece, span.start))
                .flatten();
            let finding = if error.message().starts_with("duplicate key") {
                let finding =
                    Diagnostic::new(&DUPLICATE_KEY, place, format!("`{written}` is given twice"))
                        .label("the second is not shown")
                        .help("delete one of the two, or join them");
                match repeated.get(&span.start) {
                    Some(first) => self.repeated(finding, first.clone()),
                    None => finding,
                }
            } else {
                as_parser_says(&error, place)
            };
            self.report(with_meaning(finding, meaning));
        }
    }
}

/// The first statement of a key, and the fixes that delete one of the two. Without one of two markings the other would
/// count alone, which may be less strict.
impl TomlReader<'_> {
    fn repeated(&self, finding: Diagnostic, first: Range<usize>) -> Diagnostic {
        let (first, second) = (self.place(first), finding.place);
        let is_marking = self.raw(second) == MARKING;
        let finding = finding.related(first, "first given here");
        let fixes = [("delete the second", second), ("delete the first", first)];
        let fixes = fixes.map(|(label, place)| Fix::new(label, FixChange::Without(place)));
        let fixes = fixes.into_iter().filter(|_| !is_marking);
        fixes.fold(finding, Diagnostic::fix)
    }
}

const fn shifted(range: &Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

/// The marks that close an opener.
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

/// The places of keys that one heading has a second time, each with the place of the first.
fn repeated_keys(piece: &str) -> HashMap<usize, Range<usize>> {
    let mut repeated = HashMap::new();
    let mut seen: HashMap<&str, Range<usize>> = HashMap::new();
    for range in TextStatements::new(piece, TextTrust::Full) {
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
