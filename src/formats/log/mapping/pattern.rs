//! Patterns of a mapping: names of columns in braces, and text between them, as in `{Channel} {EventId}`.

/// A text with the values of columns in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::formats) struct ColumnPattern(pub Vec<PatternPart>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::formats) enum PatternPart {
    Text(String),
    /// The name of a column.
    Column(String),
}

impl ColumnPattern {
    /// Only the value of a column.
    pub fn column(name: impl Into<String>) -> Self {
        Self(vec![PatternPart::Column(name.into())])
    }

    /// Reads a pattern. A text without braces is the name of a column.
    ///
    /// # Errors
    /// A brace without a partner, or no name between braces.
    pub fn parse(text: &str) -> Result<Self, String> {
        if !text.contains(['{', '}']) {
            return Ok(Self::column(text.trim()));
        }
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once('{') {
            let Some((name, behind)) = behind.split_once('}') else {
                return Err("a `{` has no `}` behind it".to_owned());
            };
            if before.contains('}') {
                return Err("a `}` has no `{` before it".to_owned());
            }
            if name.trim().is_empty() {
                return Err("there is no column between the braces".to_owned());
            }
            if !before.is_empty() {
                parts.push(PatternPart::Text(before.to_owned()));
            }
            parts.push(PatternPart::Column(name.trim().to_owned()));
            rest = behind;
        }
        if rest.contains('}') {
            return Err("a `}` has no `{` before it".to_owned());
        }
        if !rest.is_empty() {
            parts.push(PatternPart::Text(rest.to_owned()));
        }
        Ok(Self(parts))
    }

    /// The only column, if there is nothing else in it.
    pub fn only_column(&self) -> Option<&str> {
        match self.0.as_slice() {
            [PatternPart::Column(name)] => Some(name),
            _ => None,
        }
    }

    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|part| match part {
            PatternPart::Column(name) => Some(name.as_str()),
            PatternPart::Text(_) => None,
        })
    }

    /// The pattern as it is written in a mapping file.
    pub fn written(&self) -> String {
        match self.only_column().filter(|it| !it.contains(['{', '}'])) {
            Some(name) => name.to_owned(),
            None => (self.0.iter())
                .map(|part| match part {
                    PatternPart::Text(text) => text.clone(),
                    PatternPart::Column(name) => format!("{{{name}}}"),
                })
                .collect(),
        }
    }

    /// The text with the values of columns, which `value` finds. Text between two columns is written if both are filled,
    /// text at an end if the column next to it is. Empty if no column is filled.
    pub fn filled<'v>(&self, value: impl Fn(&str) -> &'v str) -> String {
        let is_filled = |part: Option<&PatternPart>| match part {
            Some(PatternPart::Column(name)) => !value(name).is_empty(),
            Some(PatternPart::Text(_)) | None => false,
        };
        let has_value = |parts: &[PatternPart]| parts.iter().any(|part| is_filled(Some(part)));
        let mut text = String::new();
        for (at, part) in self.0.iter().enumerate() {
            let (before, behind) = (self.0.get(..at), self.0.get(at + 1..));
            let (before, behind) = (before.unwrap_or_default(), behind.unwrap_or_default());
            match part {
                PatternPart::Column(name) => text.push_str(value(name)),
                PatternPart::Text(_) if !before.is_empty() && !has_value(before) => {}
                PatternPart::Text(words) if behind.is_empty() => {
                    if is_filled(before.last()) {
                        text.push_str(words);
                    }
                }
                PatternPart::Text(words) => {
                    if is_filled(behind.first()) {
                        text.push_str(words);
                    }
                }
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_has_the_text_next_to_its_filled_columns() {
        let pattern = ColumnPattern::parse("{a}: {b} ({c})").expect("a pattern");
        let filled = |a, b, c| {
            pattern.filled(|name| match name {
                "a" => a,
                "b" => b,
                _ => c,
            })
        };
        assert_eq!(filled("x", "y", "z"), "x: y (z)");
        assert_eq!(filled("", "y", "z"), "y (z)");
        assert_eq!(filled("x", "", ""), "x");
        assert_eq!(filled("", "", ""), "");
        assert_eq!(filled("x", "y", ""), "x: y");
        assert_eq!(pattern.written(), "{a}: {b} ({c})");
    }

    #[test]
    fn a_name_alone_is_a_column_and_a_brace_needs_its_partner() {
        let read = |text: &str| ColumnPattern::parse(text).map(|it| it.written());
        assert_eq!(read("Date/Time"), Ok("Date/Time".to_owned()));
        assert_eq!(read("{ Date }"), Ok("Date".to_owned()));
        for wrong in ["{a", "a}", "{a} b}", "{}", "x } {a}"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
