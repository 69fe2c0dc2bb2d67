//! The tokens of one statement, each with the bracket around it.
//!
//! Knows enough of TOML to find a value, its list and its comment. A broken statement gives tokens too.

use std::ops::Range;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// A string with its quotation marks.
    Quoted,
    /// A key, or a value without quotation marks.
    Bare,
    Comment,
    /// `[` or `{`
    Open,
    /// `]` or `}`
    Close,
    Comma,
    Equals,
}

#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    /// In the whole text.
    pub(super) range: Range<usize>,
    /// The number of the bracket around it; a closing bracket is inside its pair.
    pub(super) within: Option<usize>,
}

/// The tokens of the statement at a range of a text.
pub(super) fn tokens(text: &str, statement: Range<usize>) -> Vec<Token> {
    let inner = text.get(statement.clone()).unwrap_or_default();
    let mut tokens: Vec<Token> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut at = 0;
    while let Some(rest) = inner.get(at..).filter(|rest| !rest.is_empty()) {
        let (kind, len) = match rest.as_bytes()[0] {
            byte if byte.is_ascii_whitespace() => {
                at += 1;
                continue;
            }
            b'#' => (TokenKind::Comment, line_len(rest)),
            b'"' | b'\'' => (TokenKind::Quoted, quoted_len(rest)),
            b'[' | b'{' => (TokenKind::Open, 1),
            b']' | b'}' => (TokenKind::Close, 1),
            b',' => (TokenKind::Comma, 1),
            b'=' => (TokenKind::Equals, 1),
            _ => (TokenKind::Bare, bare_len(rest)),
        };
        let start = statement.start + at;
        let within = open.last().copied();
        match kind {
            TokenKind::Open => open.push(tokens.len()),
            TokenKind::Close => _ = open.pop(),
            _ => {}
        }
        tokens.push(Token {
            kind,
            range: start..start + len,
            within,
        });
        at += len;
    }
    tokens
}

fn line_len(rest: &str) -> usize {
    let line = rest.lines().next().unwrap_or_default();
    line.trim_end().len()
}

/// A string that is never closed ends with its line.
fn quoted_len(rest: &str) -> usize {
    let quote = rest.get(..1).unwrap_or_default();
    let triple = quote.repeat(3);
    let is_long = rest.starts_with(&triple);
    let marks = if is_long { triple.as_str() } else { quote };
    let mut at = marks.len();
    while let Some(tail) = rest.get(at..).filter(|tail| !tail.is_empty()) {
        let byte = tail.as_bytes()[0];
        if tail.starts_with(marks) {
            let end = at + marks.len();
            let more = rest.bytes().skip(end).take(2);
            let more = more.take_while(|it| is_long && quote.as_bytes() == [*it]);
            return end + more.count();
        }
        if byte == b'\n' && !is_long {
            break;
        }
        at += match byte {
            b'\\' if quote == "\"" => 1 + next_len(tail.get(1..).unwrap_or_default()),
            _ => next_len(tail),
        };
    }
    rest.get(..at)
        .map_or(rest.len(), |text| text.trim_end().len())
}

fn next_len(text: &str) -> usize {
    text.chars().next().map_or(0, char::len_utf8)
}

/// Spaces inside it belong to it, as in `2021-08-14 10:22:33`.
fn bare_len(rest: &str) -> usize {
    let end = rest.find(|it: char| "#,=[]{}\"'\n".contains(it));
    let bare = rest.get(..end.unwrap_or(rest.len())).unwrap_or_default();
    bare.trim_end().len().max(next_len(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, Option<usize>)]) {
        let found = tokens(text, 0..text.len());
        let found: Vec<_> = found
            .iter()
            .map(|it| (text.get(it.range.clone()).expect("text"), it.within))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_statement_has_its_tokens_with_the_brackets_around_them() {
        check(
            "a = [ { b = \"x\\\"]\" }, 'y' ] # z \n",
            &[
                ("a", None),
                ("=", None),
                ("[", None),
                ("{", Some(2)),
                ("b", Some(3)),
                ("=", Some(3)),
                ("\"x\\\"]\"", Some(3)),
                ("}", Some(3)),
                (",", Some(2)),
                ("'y'", Some(2)),
                ("]", Some(2)),
                ("# z", None),
            ],
        );
    }

    #[test]
    fn texts_of_several_lines_and_bare_dates_are_one_token() {
        check(
            "a = \"\"\"x\n\"y\"\"\"\"\n",
            &[("a", None), ("=", None), ("\"\"\"x\n\"y\"\"\"\"", None)],
        );
        check(
            "a=2021-08-14 10:22 #\n",
            &[
                ("a", None),
                ("=", None),
                ("2021-08-14 10:22", None),
                ("#", None),
            ],
        );
        check(
            "a = \"é \nb",
            &[("a", None), ("=", None), ("\"é", None), ("b", None)],
        );
        check("]\\", &[("]", None), ("\\", None)]);
    }
}
