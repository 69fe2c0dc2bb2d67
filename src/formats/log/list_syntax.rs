//! Reads lists in a cell of a table, in the notation of JSON or of Python.

use std::borrow::Cow;

use memchr::memchr2;

/// How deep lists may be nested.
const DEEPEST: usize = 32;

/// The result of reading a text as a list.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum ListSyntax<'t> {
    /// Its items, with those of inner lists.
    List(Vec<Cow<'t, str>>),
    /// It is in brackets, and is not a list.
    Broken,
    /// It is something else.
    Words,
}

/// Reads a JSON list, or a list, tuple or set of Python. Items that are not texts are kept as they are written, but
/// `null` and `None` are left out.
pub(super) fn read(text: &str) -> ListSyntax<'_> {
    let text = text.trim();
    if matches!(text, "{}" | "set()") {
        return ListSyntax::List(Vec::new());
    }
    let Some(first) = text.chars().next().filter(|it| "[({".contains(*it)) else {
        return ListSyntax::Words;
    };
    let mut reader = ListReader {
        text,
        at: 0,
        items: Vec::new(),
    };
    let read = reader.list(0);
    if read.is_some() && reader.rest().trim().is_empty() {
        return ListSyntax::List(reader.items);
    }
    // A text in parentheses is not meant as a list.
    let is_in_brackets = first == '[' || first == '{' && text.ends_with('}');
    if is_in_brackets {
        ListSyntax::Broken
    } else {
        ListSyntax::Words
    }
}

/// The items of a list in a cell. What is not in brackets has commas, semicolons or line breaks between them.
pub(in crate::formats) fn items(text: &str) -> Vec<String> {
    match read(text) {
        ListSyntax::List(items) => items.into_iter().map(Cow::into_owned).collect(),
        ListSyntax::Broken | ListSyntax::Words => {
            let items = text.split([',', ';', '\n']).map(str::trim);
            items
                .filter(|item| !item.is_empty())
                .map(str::to_owned)
                .collect()
        }
    }
}

struct ListReader<'t> {
    text: &'t str,
    at: usize,
    items: Vec<Cow<'t, str>>,
}

impl<'t> ListReader<'t> {
    fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn next(&self) -> Option<char> {
        // Nearly every list is ASCII outside of its texts.
        match self.text.as_bytes().get(self.at) {
            Some(byte) if byte.is_ascii() => Some(char::from(*byte)),
            _ => self.rest().chars().next(),
        }
    }

    fn skip_space(&mut self) {
        let byte = self.text.as_bytes().get(self.at);
        if byte.is_some_and(u8::is_ascii_graphic) {
            return;
        }
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    fn take(&mut self, wanted: char) -> bool {
        let is_there = self.next() == Some(wanted);
        if is_there {
            self.at += wanted.len_utf8();
        }
        is_there
    }

    /// A list with its brackets.
    fn list(&mut self, depth: usize) -> Option<()> {
        let open = self.next()?;
        let close = match open {
            '[' => ']',
            '(' => ')',
            '{' => '}',
            _ => return None,
        };
        if depth > DEEPEST {
            return None;
        }
        self.at += 1;
        let mut count = 0;
        loop {
            self.skip_space();
            if self.take(close) {
                // `{}` is an empty object, and `(a)` is not a tuple.
                return (open != '{' || count > 0).then_some(());
            }
            self.item(depth)?;
            count += 1;
            self.skip_space();
            // NumPy writes spaces between texts.
            let is_of_numpy = open == '[' && self.next().is_some_and(|it| "\"'".contains(it));
            if !is_of_numpy && !self.take(',') {
                let is_closed = self.take(close);
                return (is_closed && (open != '(' || count > 1)).then_some(());
            }
        }
    }

    fn item(&mut self, depth: usize) -> Option<()> {
        match self.next()? {
            '[' | '(' => self.list(depth + 1),
            '{' => {
                let (at, count) = (self.at, self.items.len());
                if self.list(depth + 1).is_none() {
                    self.items.truncate(count);
                    self.at = at;
                    let object = self.object(depth + 1)?;
                    self.items.push(Cow::Borrowed(object));
                }
                Some(())
            }
            '"' | '\'' => self.string(false),
            _ => self.word(),
        }
    }

    /// A number, a literal such as `true` or `None`, or a text with a prefix of Python.
    fn word(&mut self) -> Option<()> {
        let is_of_word = |it: char| it.is_ascii_alphanumeric() || "+-._".contains(it);
        let end = self.rest().find(|it| !is_of_word(it))?;
        let word = self.rest().get(..end)?;
        let is_before_text = self.rest().get(end..)?.starts_with(['"', '\'']);
        self.at += end;
        if is_before_text {
            return match word.to_ascii_lowercase().as_str() {
                "u" | "b" => self.string(false),
                "r" | "br" | "rb" => self.string(true),
                _ => None,
            };
        }
        let is_number = || {
            let digits = word.trim_start_matches(['+', '-']);
            digits.starts_with(|it: char| it.is_ascii_digit() || it == '.')
                && word.parse::<f64>().is_ok()
        };
        match word {
            "null" | "None" | "nan" | "NaN" => {}
            "true" | "false" | "True" | "False" => self.items.push(Cow::Borrowed(word)),
            _ if is_number() => self.items.push(Cow::Borrowed(word)),
            _ => return None,
        }
        Some(())
    }

    /// A text in single or double quotation marks.
    fn string(&mut self, is_raw: bool) -> Option<()> {
        let mark = if self.next()? == '"' { b'"' } else { b'\'' };
        self.at += 1;
        let (mut read, mut done) = (String::new(), self.at);
        loop {
            // Both are ASCII, and so never part of another character.
            self.at += memchr2(mark, b'\\', self.rest().as_bytes())?;
            if self.text.as_bytes().get(self.at) == Some(&mark) {
                let last = self.text.get(done..self.at)?;
                self.items.push(if read.is_empty() {
                    Cow::Borrowed(last)
                } else {
                    Cow::Owned(read + last)
                });
                self.at += 1;
                return Some(());
            }
            if is_raw {
                self.at += 1;
                self.at += self.next()?.len_utf8();
                continue;
            }
            read.push_str(self.text.get(done..self.at)?);
            self.at += push_unescaped(&mut read, self.rest())?;
            done = self.at;
        }
    }

    /// An object of JSON or a dict of Python, as it is written.
    fn object(&mut self, depth: usize) -> Option<&'t str> {
        let start = self.at;
        let count = self.items.len();
        self.at += 1;
        loop {
            self.skip_space();
            if self.take('}') {
                break;
            }
            self.item(depth)?;
            self.skip_space();
            if !self.take(':') {
                return None;
            }
            self.skip_space();
            self.item(depth)?;
            self.skip_space();
            if !self.take(',') {
                if !self.take('}') {
                    return None;
                }
                break;
            }
        }
        self.items.truncate(count);
        self.text.get(start..self.at)
    }
}

/// Adds the character of the escape sequence at the beginning of a text. Returns the length of the sequence. Keeps an
/// unknown sequence as it is written, as Python does.
fn push_unescaped(read: &mut String, escape: &str) -> Option<usize> {
    let letter = escape.chars().nth(1)?;
    let hex = |from: usize, digits: usize| {
        let written = escape.get(from..from + digits)?;
        u32::from_str_radix(written, 16).ok()
    };
    let digits = match letter {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        _ => 0,
    };
    if digits > 0 {
        let code = hex(2, digits)?;
        // JSON writes a character beyond U+FFFF as two surrogates.
        if (0xd800..0xdc00).contains(&code) && escape.get(6..8) == Some("\\u") {
            let low = hex(8, 4)?.checked_sub(0xdc00).filter(|it| *it < 0x400)?;
            read.push(char::from_u32(0x1_0000 + ((code - 0xd800) << 10) + low)?);
            return Some(12);
        }
        read.push(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
        return Some(2 + digits);
    }
    match letter {
        'n' => read.push('\n'),
        't' => read.push('\t'),
        'r' => read.push('\r'),
        'b' => read.push('\u{8}'),
        'f' => read.push('\u{c}'),
        '\\' | '\'' | '"' | '/' => read.push(letter),
        '\n' => {}
        other => read.extend(['\\', other]),
    }
    Some(1 + letter.len_utf8())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let list = expected.iter().map(|&it| Cow::Borrowed(it)).collect();
        assert_eq!(read(text), ListSyntax::List(list), "{text}");
    }

    #[test]
    fn a_list_is_read_in_the_spelling_of_json_and_of_python() {
        check(
            r#"["ioc", 2, -1.5e3, true, null]"#,
            &["ioc", "2", "-1.5e3", "true"],
        );
        check(
            r#"["a, b", ["c", ["d"]], {"k": [1, "}"]}, "e"]"#,
            &["a, b", "c", "d", r#"{"k": [1, "}"]}"#, "e"],
        );
        check(r#"["\u00e4\n\"\\", "\ud83d\udc4d"]"#, &["ä\n\"\\", "👍"]);
        check(
            "['browser-search', 'rdp logon']",
            &["browser-search", "rdp logon"],
        );
        check(
            r#"['it\'s', "it's", u'\xe4', b'x', r'C:\new', 'C:\P']"#,
            &["it's", "it's", "ä", "x", r"C:\new", r"C:\P"],
        );
        check("[True, None, nan, 'a',]", &["True", "a"]);
        check("('a',)", &["a"]);
        check("('a', ('b', 'c'))", &["a", "b", "c"]);
        check("{'a', 'b'}", &["a", "b"]);
        check("['a' 'b'\n 'c']", &["a", "b", "c"]);
        for empty in ["[]", "{}", "()", "set()", " [ ] ", "[null]"] {
            check(empty, &[]);
        }
    }

    #[test]
    fn what_is_in_brackets_and_no_list_is_broken() {
        let deep = format!("{}{}", "[".repeat(5000), "]".repeat(5000));
        for text in [
            "[ioc, 2]",
            "['a'",
            "['a'] b",
            "[\"a]",
            "['a', 'b\\'",
            "[1 2]",
            r#"{"name": "ioc"}"#,
            "{'a': 1}",
            &deep,
        ] {
            assert_eq!(read(text), ListSyntax::Broken, "{text}");
        }
        for text in ["ioc", "a [b]", "(suspicious)", "('a')", "{a", "", "-"] {
            assert_eq!(read(text), ListSyntax::Words, "{text}");
        }
    }
}
