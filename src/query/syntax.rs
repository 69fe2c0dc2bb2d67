//! What a filter says: a tree in which every node knows the bytes it was read from.

use std::fmt;
use std::ops::Range;

use super::field::Field;

/// What was read of a text: as much of a tree as could be, and every mistake in the order of the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Parsed {
    /// The tree; none if the text asks for nothing.
    pub expr: Option<Expr>,
    /// What is wrong.
    pub errors: Vec<QueryError>,
}

/// A mistake in a filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueryError {
    /// The bytes that are wrong, on character boundaries; empty where something is missing.
    pub range: Range<usize>,
    /// What is wrong: lower case, no final stop, names the thing in backticks.
    pub message: String,
    /// What could stand there; empty when the message says it all.
    pub expected: String,
    /// How to mend it, as an instruction or a question.
    pub help: Option<String>,
}

impl QueryError {
    pub(super) fn new(range: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            range,
            message: message.into(),
            expected: String::new(),
            help: None,
        }
    }

    /// Quotation marks around nothing: nothing is not looked for, since everything has it.
    pub(super) fn blank(range: Range<usize>) -> Self {
        Self::new(range, "there are no words in these quotation marks")
            .expected("words to look for")
    }

    pub(super) fn expected(mut self, expected: impl Into<String>) -> Self {
        self.expected = expected.into();
        self
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(super) fn did_you_mean(self, word: Option<&str>) -> Self {
        match word {
            Some(word) => self.help(format!("did you mean `{word}`?")),
            None => self,
        }
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for QueryError {}

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

/// How a field is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operator {
    /// `:` or `=`
    Is,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    More,
    /// `>=`
    AtLeast,
}

impl Operator {
    /// Every operator; a longer one stands before the one it begins with.
    pub const ALL: &'static [(&'static str, Self)] = &[
        (":", Self::Is),
        ("=", Self::Is),
        ("<=", Self::AtMost),
        (">=", Self::AtLeast),
        ("<", Self::Less),
        (">", Self::More),
    ];

    /// As it is written.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Is => ":",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::More => ">",
            Self::AtLeast => ">=",
        }
    }
}

/// One value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// The text, without its quotation marks.
    pub text: String,
    /// What kind of value it is by its looks.
    pub form: Form,
    /// The bytes it was read from.
    pub range: Range<usize>,
    /// Whether it is one piece, all in quotation marks or all without: only then is it known where in the filter
    /// a part of it stands.
    pub is_one_piece: bool,
}

/// What a value looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Words; a star stands for anything.
    Plain,
    /// Words in quotation marks: a star is a star.
    Quoted,
    /// A single `*`: any value at all.
    Any,
    /// `event(id)`: when another event took place.
    Event,
}

impl Value {
    /// The bytes of a part of the text in the filter; all of the value where escapes make that unknowable.
    pub(super) fn part(&self, inner: &Range<usize>) -> Range<usize> {
        let mark = match self.range.len().checked_sub(self.text.len()) {
            Some(0) => 0,
            Some(2) if self.form == Form::Quoted && self.is_one_piece => 1,
            _ => return self.range.clone(),
        };
        let start = self.range.start + mark;
        start + inner.start..start + inner.end
    }
}

impl Expr {
    /// The parts that must all hold: those of the outermost *and*, or the whole.
    pub fn conjuncts(&self) -> &[Expr] {
        match &self.node {
            Node::And(parts) => parts,
            _ => std::slice::from_ref(self),
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
        match &self.node {
            Node::Term(term) => Some((term, true)),
            Node::Not(inner) => match &inner.node {
                Node::Term(term) => Some((term, false)),
                _ => None,
            },
            _ => None,
        }
    }
}

/// A value as it is written in a filter: `apt*` is a pattern, `"apt*"` is a word with a star in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spelling(String);

impl Spelling {
    /// The spelling that means this value and no other.
    pub fn exact(value: &str) -> Self {
        Self(quoted(value))
    }

    /// The spelling that the user has typed.
    pub fn typed(written: &str) -> Self {
        Self(written.to_owned())
    }

    /// The text, as it goes into a filter.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a value of a filter means the same.
    pub(super) fn means(&self, value: &Value) -> bool {
        let own = super::parse::value(&self.0);
        let is_open = |value: &Value| value.form != Form::Quoted && value.text.contains('*');
        value.form != Form::Event
            && is_open(&own) == is_open(value)
            && own.text.to_lowercase() == value.text.to_lowercase()
    }
}

/// A value as it must be written in a filter to mean itself. Everything that writes a filter for the user asks here.
pub fn quoted(value: &str) -> String {
    let is_plain =
        |character: char| !character.is_whitespace() && !r#"(),"*\[]{}"#.contains(character);
    if !value.is_empty() && value.chars().all(is_plain) {
        return value.to_owned();
    }
    format!("\"{}\"", value.replace('\\', r"\\").replace('"', "\\\""))
}
