//! Tests of the first lines of a text.

/// How many lines are tested.
const ENOUGH: usize = 20;

/// The first lines of a text that are not blank.
pub(super) struct FirstLines<'t> {
    text: &'t str,
    first: Vec<&'t str>,
}

impl<'t> FirstLines<'t> {
    pub fn new(text: &'t str) -> Self {
        let lines = text.lines().map(str::trim_end);
        let first = lines.filter(|line| !line.is_empty()).take(ENOUGH);
        Self {
            text,
            first: first.collect(),
        }
    }

    /// Whether the first line is exactly this.
    pub fn first_is(&self, line: &str) -> bool {
        self.first.first() == Some(&line)
    }

    /// Whether the text begins with this, in any letter case.
    pub fn begin(&self, with: &str) -> bool {
        let head = self.text.trim_start().get(..with.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(with))
    }

    pub fn any(&self, test: fn(&str) -> bool) -> bool {
        self.first.iter().any(|line| test(line))
    }

    pub fn all(&self, test: fn(&str) -> bool) -> bool {
        !self.first.is_empty() && self.first.iter().all(|line| test(line))
    }

    pub fn is_element(&self) -> bool {
        let mut head = self.text.trim_start().chars();
        head.next() == Some('<')
            && head
                .next()
                .is_some_and(|it| it.is_ascii_alphabetic() || it == '!')
    }
}

/// `2021-08: What happened`, `1930 - 1967: What happened`.
pub(super) fn is_markwhen_entry(line: &str) -> bool {
    let date = line.split(": ").next().unwrap_or_default();
    let is_digit = |it: char| it.is_ascii_digit();
    date.starts_with(is_digit) && date.len() < 30 && !line.contains('=')
}

/// `key: value`, `key:` or `- item`.
pub(super) fn is_yaml_line(line: &str) -> bool {
    let line = line.trim_start();
    let key = line.split(':').next().unwrap_or_default();
    let is_key = key.len() < line.len()
        && key
            .bytes()
            .all(|it| it.is_ascii_alphanumeric() || matches!(it, b'_' | b'-'));
    line.starts_with("- ") || line.starts_with('#') || is_key
}
