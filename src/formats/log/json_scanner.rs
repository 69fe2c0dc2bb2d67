//! Finds the entries of a JSON object without looking at each byte.
//!
//! Nearly every row of a log is correct JSON. Such an object is only split here; the meaning of a value depends on its
//! column. Anything else is left to `serde_json`, which explains the mistake.

use memchr::memchr2;

/// How deep lists and objects may be nested here.
const DEEPEST: usize = 16;

/// A name or a value as it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct RawJson<'t> {
    pub text: &'t str,
    /// Whether it is a text in quotation marks without escapes.
    pub is_plain_text: bool,
}

impl<'t> RawJson<'t> {
    /// JSON that `serde_json` split.
    pub const fn of(text: &'t str) -> Self {
        Self {
            text,
            is_plain_text: false,
        }
    }
}

/// Calls a function with each name and value of an object, in the order of the text. `None` if the text is not an
/// object, or must be read by `serde_json`: some entries may have been visited by then.
pub(super) fn visit<'t>(
    text: &'t str,
    mut entry: impl FnMut(RawJson<'t>, RawJson<'t>),
) -> Option<()> {
    let mut scanner = JsonScanner { text, at: 0 };
    scanner.object(&mut entry, 0)?;
    scanner.skip_space();
    (scanner.at == text.len()).then_some(())
}

struct JsonScanner<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> JsonScanner<'t> {
    fn next(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn skip_space(&mut self) {
        while let Some(b' ' | b'\n' | b'\t' | b'\r') = self.next() {
            self.at += 1;
        }
    }

    /// Takes a character and the white space around it.
    fn take(&mut self, sign: u8) -> bool {
        self.skip_space();
        let is_there = self.next() == Some(sign);
        if is_there {
            self.at += 1;
            self.skip_space();
        }
        is_there
    }

    fn object(
        &mut self,
        entry: &mut dyn FnMut(RawJson<'t>, RawJson<'t>),
        depth: usize,
    ) -> Option<()> {
        if !self.take(b'{') {
            return None;
        }
        if self.take(b'}') {
            return Some(());
        }
        loop {
            let name = self.string()?;
            if !self.take(b':') {
                return None;
            }
            let value = self.value(depth)?;
            entry(name, value);
            if !self.take(b',') {
                return self.take(b'}').then_some(());
            }
        }
    }

    fn list(&mut self, depth: usize) -> Option<()> {
        if !self.take(b'[') {
            return None;
        }
        if self.take(b']') {
            return Some(());
        }
        loop {
            self.value(depth)?;
            if !self.take(b',') {
                return self.take(b']').then_some(());
            }
        }
    }

    fn value(&mut self, depth: usize) -> Option<RawJson<'t>> {
        let start = self.at;
        let is_too_deep = depth >= DEEPEST;
        match self.next()? {
            b'"' => return self.string(),
            b'[' | b'{' if is_too_deep => return None,
            b'[' => self.list(depth + 1)?,
            b'{' => self.object(&mut |_, _| (), depth + 1)?,
            _ => self.word()?,
        }
        let text = self.text.get(start..self.at)?;
        Some(RawJson::of(text.trim_ascii_end()))
    }

    /// A number, `true`, `false` or `null`.
    fn word(&mut self) -> Option<()> {
        let rest = self.text.as_bytes().get(self.at..)?;
        let is_of_word = |byte: &u8| byte.is_ascii_alphanumeric() || b"+-.".contains(byte);
        let end = rest.iter().position(|byte| !is_of_word(byte))?;
        let word = rest.get(..end)?;
        self.at += end;
        (matches!(word, b"null" | b"true" | b"false") || is_number(word)).then_some(())
    }

    /// A text in quotation marks.
    fn string(&mut self) -> Option<RawJson<'t>> {
        let start = self.at;
        if self.next()? != b'"' {
            return None;
        }
        self.at += 1;
        let bytes = self.text.as_bytes();
        let mut is_plain_text = true;
        loop {
            let rest = bytes.get(self.at..)?;
            let end = memchr2(b'"', b'\\', rest)?;
            let part = rest.get(..end)?;
            if has_controls(part) {
                return None;
            }
            self.at += end;
            if bytes.get(self.at) == Some(&b'"') {
                self.at += 1;
                let text = self.text.get(start..self.at)?;
                return Some(RawJson {
                    text,
                    is_plain_text,
                });
            }
            is_plain_text = false;
            self.at += match bytes.get(self.at + 1)? {
                b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => 2,
                b'u' => {
                    let code = bytes.get(self.at + 2..self.at + 6)?;
                    code.iter().all(u8::is_ascii_hexdigit).then_some(6)?
                }
                _ => return None,
            };
        }
    }
}

/// Whether any byte is a control character that JSON escapes.
fn has_controls(bytes: &[u8]) -> bool {
    // Looking at all of them is faster than stopping at the first, and a `fold` is slow without optimisation.
    let (mut any, mut at) = (false, 0);
    while at < bytes.len() {
        any |= bytes[at] < b' ';
        at += 1;
    }
    any
}

/// Whether a word is a JSON number: without leading zeros, and with digits on both sides of its point.
fn is_number(word: &[u8]) -> bool {
    let digits = |from: &[u8]| from.iter().take_while(|it| it.is_ascii_digit()).count();
    let word = word.strip_prefix(b"-").unwrap_or(word);
    let whole = digits(word);
    if whole == 0 || whole > 1 && word.starts_with(b"0") {
        return false;
    }
    let mut rest = word.get(whole..).unwrap_or_default();
    if let Some(fraction) = rest.strip_prefix(b".") {
        let count = digits(fraction);
        if count == 0 {
            return false;
        }
        rest = fraction.get(count..).unwrap_or_default();
    }
    if let [b'e' | b'E', exponent @ ..] = rest {
        let exponent = match exponent {
            [b'+' | b'-', digits @ ..] => digits,
            _ => exponent,
        };
        let count = digits(exponent);
        return count > 0 && count == exponent.len();
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use serde::de::Deserializer;

    use super::super::json_entries::EntryVisitor;
    use super::*;

    /// The entries of an object, as written.
    fn visited(text: &str) -> Option<Vec<(&str, &str)>> {
        let mut entries = Vec::new();
        visit(text, |name, value| entries.push((name.text, value.text)))?;
        Some(entries)
    }

    /// The same by `serde_json`.
    fn read(text: &str) -> Option<Vec<(&str, &str)>> {
        let mut entries = Vec::new();
        let mut json = serde_json::Deserializer::from_str(text);
        let entry = EntryVisitor(|name, value| entries.push((name, value)));
        json.deserialize_map(entry).ok()?;
        json.end().ok()?;
        let texts = entries
            .into_iter()
            .map(|(name, value)| (name.get(), value.get()));
        Some(texts.collect())
    }

    #[test]
    fn what_is_usual_is_divided_as_serde_json_divides_it() {
        for text in [
            "{}",
            r#"{"a":"b"}"#,
            r#"{ "a" : "b" , "ä\"日" : "\u00e9\\" }"#,
            "{\n  \"a\": [ 1, \"x\", {} ] ,\n  \"b\": {\"c\": [[]], \"d\": null}\n}",
            r#"{"a":-0.5e+10,"b":0,"c":12,"d":1E5,"e":true,"f":false,"g":null}"#,
            r#"{"a":"","a":"twice"}"#,
        ] {
            let entries = visited(text);
            assert!(entries.is_some(), "{text}");
            assert_eq!(entries, read(text), "{text}");
        }
    }

    #[test]
    fn what_is_not_json_is_left_to_serde_json() {
        for text in [
            "",
            "{",
            "[]",
            "{}x",
            r#"{"a"}"#,
            r#"{"a":}"#,
            r#"{"a":1,}"#,
            r#"{,"a":1}"#,
            r#"{"a":01}"#,
            r#"{"a":-}"#,
            r#"{"a":1.}"#,
            r#"{"a":.5}"#,
            r#"{"a":1e}"#,
            r#"{"a":+1}"#,
            r#"{"a":NaN}"#,
            r#"{"a":[1,]}"#,
            r#"{"a":[1 2]}"#,
            r#"{"a":"\x"}"#,
            r#"{"a":"\u12g4"}"#,
            r#"{"a":"b}"#,
            "{\"a\":\"b\tc\"}",
            r"{'a':1}",
            r#"{"a":1 "b":2}"#,
            "{\"a\":1}\u{a0}",
        ] {
            assert_eq!(read(text), None, "{text}");
            assert_eq!(visited(text), None, "{text}");
        }
        let deep = format!("{{\"a\":{}{}}}", "[".repeat(100), "]".repeat(100));
        assert_eq!(visited(&deep), None);
        assert!(read(&deep).is_some());
    }

    /// Every short text of these characters has the same entries by both, or is an object for neither.
    #[test]
    fn no_text_of_a_few_signs_is_divided_otherwise() {
        const SIGNS: [&str; 12] = [
            "\"a\"", "\"a\":", ",", "{", "}", "[", "]", " ", "1", "-", "0", "null",
        ];
        let mut seen = 0;
        for number in 0..SIGNS.len().pow(5) {
            let mut rest = number;
            let mut text = String::from("{");
            for _ in 0..5 {
                text.push_str(SIGNS[rest % SIGNS.len()]);
                rest /= SIGNS.len();
            }
            text.push('}');
            let entries = visited(&text);
            seen += usize::from(entries.is_some());
            assert_eq!(entries, read(&text), "{text}");
        }
        assert!(seen > 100, "{seen}");
    }
}
