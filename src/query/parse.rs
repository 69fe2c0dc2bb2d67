//! From text to a tree. It never fails as a whole: unreadable parts are reported and left out.

use std::ops::Range;

use super::error::QueryError;
use super::field::FilterField;
use super::fields;
use super::syntax::{ExprNode, FilterExpr, FilterTerm, ParsedFilter};
use super::value::{ComparisonOperator, FilterValue, ValueForm};
use crate::diagnostic::nearest;

/// The maximum nesting of parentheses and negations.
const DEEPEST: usize = 64;

const TERM: &str = "text, `field:value`, or an expression in parentheses";

pub fn parse(text: &str) -> ParsedFilter {
    let mut parser = FilterParser::new(text);
    let mut parts = Vec::new();
    loop {
        parts.extend(parser.alternatives());
        let Some(range) = parser.take(")") else { break };
        let error = QueryError::new(range, "no parenthesis is open here");
        parser
            .errors
            .push(error.help("remove this `)`, or open it with `(`"));
    }
    parser.errors.sort_by_key(|error| error.range.start);
    parser.errors.dedup();
    ParsedFilter {
        expr: joined(parts, ExprNode::And),
        errors: parser.errors,
    }
}

/// Parses a single value.
pub(super) fn value(text: &str) -> FilterValue {
    FilterParser::new(text).value()
}

struct FilterParser<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
    is_too_deep: bool,
    errors: Vec<QueryError>,
}

impl<'a> FilterParser<'a> {
    const fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            depth: 0,
            is_too_deep: false,
            errors: Vec::new(),
        }
    }

    /// Expressions separated by `or`.
    fn alternatives(&mut self) -> Option<FilterExpr> {
        let mut parts = Vec::new();
        let mut joiner: Option<Range<usize>> = None;
        loop {
            let part = self.conjunction();
            let next = self.keyword("or");
            if part.is_none() {
                self.errors
                    .extend(next.clone().or(joiner).map(nothing_beside));
            }
            parts.extend(part);
            joiner = next;
            if joiner.is_none() {
                return joined(parts, ExprNode::Or);
            }
        }
    }

    /// Expressions side by side, with or without `and`.
    fn conjunction(&mut self) -> Option<FilterExpr> {
        let mut parts = Vec::new();
        let mut joiner: Option<Range<usize>> = None;
        loop {
            self.skip_spaces();
            if let Some(range) = self.keyword("and") {
                if parts.is_empty() || joiner.is_some() {
                    self.errors.push(nothing_beside(range.clone()));
                }
                joiner = Some(range);
                continue;
            }
            if self.rest().is_empty()
                || self.rest().starts_with(')')
                || self.peek_keyword("or").is_some()
            {
                self.errors.extend(joiner.map(nothing_beside));
                return joined(parts, ExprNode::And);
            }
            joiner = None;
            parts.extend(self.unary());
        }
    }

    fn unary(&mut self) -> Option<FilterExpr> {
        if self.depth == DEEPEST {
            let error = QueryError::new(self.at..self.text.len(), "this is nested too deeply");
            self.errors
                .push(error.expected(format!("at most {DEEPEST} levels")));
            self.at = self.text.len();
            self.is_too_deep = true;
            return None;
        }
        self.depth += 1;
        let part = self.unary_inside();
        self.depth -= 1;
        part
    }

    fn unary_inside(&mut self) -> Option<FilterExpr> {
        let start = self.at;
        if let Some(range) = self.keyword("not") {
            self.skip_spaces();
            return self.negated(start, &range);
        }
        if let Some(range) = self.take("-") {
            return self.negated(start, &range);
        }
        for (word, node) in [
            ("surely", ExprNode::Surely as fn(_) -> _),
            ("possibly", ExprNode::Possibly),
        ] {
            if self.starts_with_word(word) && self.rest().get(word.len()..)?.starts_with('(') {
                self.at += word.len();
                let inner = self.group()?;
                return Some(self.since(start, node(Box::new(inner))));
            }
        }
        if self.rest().starts_with('(') {
            return self.group();
        }
        self.term()
    }

    fn negated(&mut self, start: usize, sign: &Range<usize>) -> Option<FilterExpr> {
        let ends = |character: char| character.is_whitespace() || character == ')';
        if self.rest().is_empty() || self.rest().starts_with(ends) {
            let written = self.text.get(sign.clone()).unwrap_or_default();
            let error = QueryError::new(sign.clone(), format!("nothing follows `{written}`"));
            self.errors.push(error.expected(TERM));
            return None;
        }
        let inner = self.unary()?;
        Some(self.since(start, ExprNode::Not(Box::new(inner))))
    }

    /// A parenthesised expression.
    fn group(&mut self) -> Option<FilterExpr> {
        let open = self.take("(")?;
        let inner = self.alternatives();
        let close = self.take(")");
        if self.is_too_deep {
            // The text beyond the deepest level is not read, so no parenthesis is known to be open.
            return None;
        }
        if close.is_none() {
            let error = QueryError::new(open.clone(), "this parenthesis is not closed");
            self.errors.push(error.expected("`)`"));
        } else if inner.is_none() {
            let error =
                QueryError::new(open.start..self.at, "there is nothing in these parentheses");
            self.errors.push(error.expected(TERM));
        }
        let inner = inner?;
        Some(self.since(open.start, inner.node))
    }

    fn term(&mut self) -> Option<FilterExpr> {
        let start = self.at;
        if let Some((name, operator)) = self.field_and_operator() {
            let term = self.compared(name, operator);
            return Some(self.since(start, ExprNode::Term(term)));
        }
        let value = if self.rest().starts_with('"') {
            self.quotation()
        } else {
            let end =
                self.find(|character| character.is_whitespace() || "()\"".contains(character));
            let text = self.advance_to(end).to_owned();
            let range = start..end;
            FilterValue {
                text,
                form: ValueForm::Plain,
                range,
                is_one_piece: true,
            }
        };
        if value.text.trim().is_empty() {
            self.errors.push(QueryError::blank(value.range));
            return None;
        }
        Some(self.since(start, ExprNode::Text(value)))
    }

    /// The name of a field directly followed by an operator.
    fn field_and_operator(&mut self) -> Option<(Range<usize>, ComparisonOperator)> {
        let start = self.at;
        let is_letter =
            |character: char| character.is_ascii_alphanumeric() || "-_".contains(character);
        let end = self.find(|character| !is_letter(character));
        let name = self.text.get(start..end)?;
        let rest = self.text.get(end..)?;
        if !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
            return None;
        }
        if rest.starts_with("!=") || rest.starts_with("!:") {
            self.at = end + 2;
            let written = self.text.get(end..self.at).unwrap_or_default();
            let error = QueryError::new(end..self.at, format!("`{written}` is not an operator"));
            self.errors.push(error.help(format!("write `-{name}:…`")));
            return Some((start..end, ComparisonOperator::Is));
        }
        let longest = ComparisonOperator::ALL
            .iter()
            .filter(|(sign, _)| rest.starts_with(sign));
        let (sign, operator) = longest.max_by_key(|(sign, _)| sign.len())?;
        self.at = end + sign.len();
        Some((start..end, *operator))
    }

    fn compared(&mut self, name: Range<usize>, operator: ComparisonOperator) -> FilterTerm {
        let written = self.text.get(name.clone()).unwrap_or_default();
        let field = fields::find(written);
        if let Some(field) = field.filter(|field| !field.operators.contains(&operator)) {
            let range = name.end..self.at;
            self.errors.push(unknown_operator(range, field, operator));
        }
        let before = self.errors.len();
        let values = self.values(field);
        if field.is_none() {
            let rest = self.text.get(name.end..self.at).unwrap_or_default();
            let error = unknown_field(name.clone(), (written, rest));
            self.errors.insert(before, error);
        }
        FilterTerm {
            name,
            field,
            operator,
            values,
        }
    }

    /// Values separated by commas.
    fn values(&mut self, field: Option<&'static FilterField>) -> Vec<FilterValue> {
        let mut values = Vec::new();
        loop {
            let value = self.value();
            if value.range.is_empty() {
                let after = self
                    .text
                    .get(..self.at)
                    .unwrap_or_default()
                    .chars()
                    .next_back();
                let after = after.map_or(String::new(), |sign| format!(" after `{sign}`"));
                let error = QueryError::new(self.at..self.at, format!("a value is missing{after}"));
                let error = error.expected(field.map_or("a value".to_owned(), FilterField::wants));
                let is_spaced = !values.is_empty() && self.rest().starts_with(' ');
                self.errors.push(if is_spaced {
                    error.help("write no space after a comma")
                } else {
                    error
                });
            } else {
                values.push(value);
            }
            if self.take(",").is_none() {
                return values;
            }
        }
    }

    /// One value: plain and quoted pieces without a space, a set of dates in brackets, or `event(…)`.
    fn value(&mut self) -> FilterValue {
        let start = self.at;
        let mut text = String::new();
        let mut form = ValueForm::Plain;
        let mut end_of_first = None;
        loop {
            let rest = self.rest();
            let Some(next) = rest.chars().next() else {
                break;
            };
            if next == '"' {
                let is_first = self.at == start;
                text.push_str(&self.quotation().text);
                form = ValueForm::Quoted;
                end_of_first = end_of_first.or(is_first.then_some(self.at));
            } else if next == '(' && text == "event" {
                text = self.reference();
                form = ValueForm::Event;
                break;
            } else if let Some(length) =
                set_length(rest).filter(|_| text.is_empty() || text.ends_with(".."))
            {
                text.push_str(self.advance_to(self.at + length));
            } else if next.is_whitespace() || "(),".contains(next) {
                break;
            } else {
                text.push(next);
                self.at += next.len_utf8();
            }
        }
        if form == ValueForm::Plain && !text.is_empty() && text.chars().all(|it| it == '*') {
            form = ValueForm::Any;
        }
        FilterValue {
            text,
            form,
            range: start..self.at,
            is_one_piece: form != ValueForm::Quoted || end_of_first == Some(self.at),
        }
    }

    /// The id in `event(id)`.
    fn reference(&mut self) -> String {
        let open = self.at;
        self.at += 1;
        let id = if self.rest().starts_with('"') {
            self.quotation().text
        } else {
            let end =
                self.find(|character| character.is_whitespace() || "()\"".contains(character));
            self.advance_to(end).to_owned()
        };
        if self.take(")").is_none() {
            let error = QueryError::new(open..open + 1, "this parenthesis is not closed");
            self.errors.push(error.expected("`)`"));
        }
        id
    }

    /// Text in quotation marks; `\"` and `\\` are a quotation mark and a backslash.
    fn quotation(&mut self) -> FilterValue {
        let start = self.at;
        let mut text = String::new();
        let mut characters = self.rest().char_indices().skip(1);
        let mut end = None;
        while let Some((at, character)) = characters.next() {
            match character {
                '"' => {
                    end = Some(start + at + 1);
                    break;
                }
                '\\' => text.push(characters.next().map_or('\\', |(_, escaped)| escaped)),
                _ => text.push(character),
            }
        }
        if end.is_none() {
            let error = QueryError::new(start..start + 1, "this quotation mark is not closed");
            self.errors.push(error.expected("`\"`"));
        }
        self.at = end.unwrap_or(self.text.len());
        FilterValue {
            text,
            form: ValueForm::Quoted,
            range: start..self.at,
            is_one_piece: true,
        }
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn skip_spaces(&mut self) {
        self.at = self.find(|character| !character.is_whitespace());
    }

    /// The offset of the next character that matches; the end of the text if there is none.
    fn find(&self, sort: impl Fn(char) -> bool) -> usize {
        self.rest()
            .find(sort)
            .map_or(self.text.len(), |length| self.at + length)
    }

    fn advance_to(&mut self, end: usize) -> &'a str {
        let passed = self.text.get(self.at..end).unwrap_or_default();
        self.at = end;
        passed
    }

    fn take(&mut self, sign: &str) -> Option<Range<usize>> {
        let start = self.at;
        self.rest().starts_with(sign).then(|| {
            self.at += sign.len();
            start..self.at
        })
    }

    fn starts_with_word(&self, word: &str) -> bool {
        let head = self.rest().get(..word.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(word))
    }

    /// A keyword on its own.
    fn peek_keyword(&self, word: &str) -> Option<Range<usize>> {
        let ends = |next: char| next.is_whitespace() || "()\"".contains(next);
        let after = self.rest().get(word.len()..)?;
        let is_whole_word = after.is_empty() || after.starts_with(ends);
        (is_whole_word && self.starts_with_word(word)).then(|| self.at..self.at + word.len())
    }

    fn keyword(&mut self, word: &str) -> Option<Range<usize>> {
        let range = self.peek_keyword(word)?;
        self.at = range.end;
        Some(range)
    }

    fn since(&self, start: usize, node: ExprNode) -> FilterExpr {
        FilterExpr {
            node,
            range: start..self.at,
        }
    }
}

/// `[…]` and `{…}` are sets of dates, with commas and spaces of their own.
fn set_length(text: &str) -> Option<usize> {
    let close = match text.chars().next()? {
        '[' => ']',
        '{' => '}',
        _ => return None,
    };
    text.find([close, '"', '(', ')'])
        .filter(|&at| text.get(at..).is_some_and(|rest| rest.starts_with(close)))
        .map(|at| at + 1)
}

/// Joins parts; a single part stays as it is.
fn joined(mut parts: Vec<FilterExpr>, join: fn(Vec<FilterExpr>) -> ExprNode) -> Option<FilterExpr> {
    if parts.len() < 2 {
        return parts.pop();
    }
    let range = parts.first()?.range.start..parts.last()?.range.end;
    Some(FilterExpr {
        node: join(parts),
        range,
    })
}

fn nothing_beside(joiner: Range<usize>) -> QueryError {
    let word = if joiner.len() == 2 { "or" } else { "and" };
    QueryError::new(joiner, format!("something is missing beside `{word}`"))
        .expected(TERM)
        .help(format!("to look for the word itself, write `\"{word}\"`"))
}

/// `rest`: the operator and the values after the name.
fn unknown_field(range: Range<usize>, (written, rest): (&str, &str)) -> QueryError {
    let error = QueryError::new(range, format!("no field is called `{written}`"));
    let meant = fields::meant_by(written).map(|name| format!("{name}{rest}"));
    match meant.or_else(|| nearest(written, fields::names()).map(str::to_owned)) {
        Some(name) => error.help(format!("did you mean `{name}`?")),
        None => error.help("to look for text with a colon in it, put it in quotation marks"),
    }
    .expected("a field, such as `phase`, `actor` or `when`")
}

fn unknown_operator(
    range: Range<usize>,
    field: &FilterField,
    operator: ComparisonOperator,
) -> QueryError {
    let name = field.name;
    let message = format!("`{name}` cannot be compared with `{}`", operator.as_str());
    let signs: Vec<String> = field
        .operators
        .iter()
        .map(|sign| format!("`{}`", sign.as_str()))
        .collect();
    let error = QueryError::new(range, message).expected(signs.join(", "));
    match operator {
        ComparisonOperator::Is => error,
        ComparisonOperator::Less
        | ComparisonOperator::AtMost
        | ComparisonOperator::More
        | ComparisonOperator::AtLeast => error.help(format!("write `{name}:…`")),
    }
}
