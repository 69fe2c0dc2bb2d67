//! Patterns of a mapping: names of columns in braces, and text between them, as in `{Channel} {EventId}`.

/// A text with the values of columns in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::formats) struct ColumnPattern(pub Vec<PatternPart>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::formats) enum PatternPart {
    Text(String),
    /// The name of a column.
    Column(String),
    /// The first of several columns that is filled, written with `|` between their names.
    FirstOf(Vec<String>),
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
            let names: Vec<String> = name.split('|').map(|it| it.trim().to_owned()).collect();
            if names.iter().any(String::is_empty) {
                return Err("there is no column on one side of `|`".to_owned());
            }
            parts.push(match <[String; 1]>::try_from(names) {
                Ok([name]) => PatternPart::Column(name),
                Err(names) => PatternPart::FirstOf(names),
            });
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
        self.0.iter().flat_map(PatternPart::columns)
    }

    /// The first column, or several: then the first that is filled counts.
    pub fn first_columns(&self) -> impl Iterator<Item = &str> {
        let mut parts = self.0.iter();
        let first = parts.find(|part| !matches!(part, PatternPart::Text(_)));
        first.into_iter().flat_map(PatternPart::columns)
    }

    /// The pattern as it is written in a mapping file.
    pub fn written(&self) -> String {
        match self.only_column().filter(|it| !it.contains(['{', '}'])) {
            Some(name) => name.to_owned(),
            None => (self.0.iter())
                .map(|part| match part {
                    PatternPart::Text(text) => text.clone(),
                    PatternPart::Column(name) => format!("{{{name}}}"),
                    PatternPart::FirstOf(names) => format!("{{{}}}", names.join("|")),
                })
                .collect(),
        }
    }

    /// The text with the values of columns, which `value` finds. Text between two columns is written if both are filled,
    /// text at an end if the column next to it is. Empty if no column is filled.
    pub fn filled<'v>(&self, value: impl Fn(&str) -> &'v str) -> String {
        let value = |part: &PatternPart| {
            let mut values = part.columns().map(&value);
            values.find(|it| !it.is_empty()).unwrap_or_default()
        };
        let is_filled = |part: Option<&PatternPart>| part.is_some_and(|it| !value(it).is_empty());
        let has_value = |parts: &[PatternPart]| parts.iter().any(|part| is_filled(Some(part)));
        let mut text = String::new();
        for (at, part) in self.0.iter().enumerate() {
            let (before, behind) = (self.0.get(..at), self.0.get(at + 1..));
            let (before, behind) = (before.unwrap_or_default(), behind.unwrap_or_default());
            match part {
                PatternPart::Column(_) | PatternPart::FirstOf(_) => text.push_str(value(part)),
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

impl PatternPart {
    fn columns(&self) -> impl Iterator<Item = &str> {
        let names = match self {
            Self::Text(_) => &[],
            Self::Column(name) => std::slice::from_ref(name),
            Self::FirstOf(names) => names.as_slice(),
        };
        names.iter().map(String::as_str)
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
    fn of_names_with_bars_between_them_the_first_that_is_filled_counts() {
        let pattern = ColumnPattern::parse("{a} by {b | c}").expect("a pattern");
        let filled = |b, c| {
            pattern.filled(|name| match name {
                "a" => "x",
                "b" => b,
                _ => c,
            })
        };
        assert_eq!(filled("y", "z"), "x by y");
        assert_eq!(filled("", "z"), "x by z");
        assert_eq!(filled("", ""), "x");
        assert_eq!(pattern.columns().collect::<Vec<_>>(), ["a", "b", "c"]);
        assert_eq!(pattern.written(), "{a} by {b|c}");
    }

    #[test]
    fn a_name_alone_is_a_column_and_a_brace_needs_its_partner() {
        let read = |text: &str| ColumnPattern::parse(text).map(|it| it.written());
        assert_eq!(read("Date/Time"), Ok("Date/Time".to_owned()));
        assert_eq!(read("{ Date }"), Ok("Date".to_owned()));
        for wrong in ["{a", "a}", "{a} b}", "{}", "x } {a}", "{a|}"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
