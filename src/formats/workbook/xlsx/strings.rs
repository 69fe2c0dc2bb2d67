//! Texts of an XLSX workbook: those that cells share (`xl/sharedStrings.xml`), and how characters are escaped in them.

use std::borrow::Cow;
use std::io::BufRead;

use crate::formats::workbook::fault::WorkbookFault;
use crate::formats::workbook::xml::{XmlItem, XmlReader};

/// The texts that cells refer to by number.
#[derive(Debug, Default)]
pub(super) struct SharedStrings {
    text: String,
    /// The byte behind each.
    ends: Vec<usize>,
}

impl SharedStrings {
    pub fn read(part: impl BufRead) -> Result<Self, WorkbookFault> {
        let mut xml = XmlReader::new(part);
        let mut strings = Self::default();
        let mut text = RichText::default();
        loop {
            match xml.next()? {
                XmlItem::Open(tag) => text.open(tag.name()),
                XmlItem::Close(name) if name == "si" => {
                    strings.text.push_str(&text.take());
                    strings.ends.push(strings.text.len());
                }
                XmlItem::Close(name) => text.close(&name),
                XmlItem::Text(part) => text.push(&part),
                XmlItem::End => return Ok(strings),
            }
        }
    }

    pub fn get(&self, number: usize) -> Option<&str> {
        let start = number
            .checked_sub(1)
            .map_or(Some(0), |before| self.ends.get(before).copied());
        self.text.get(start?..*self.ends.get(number)?)
    }
}

/// A text in runs of different looks, without the readings of East Asian characters above it.
#[derive(Debug, Default)]
pub(super) struct RichText {
    text: String,
    is_text: bool,
    is_phonetic: bool,
}

impl RichText {
    pub fn open(&mut self, name: &str) {
        match name {
            "t" => self.is_text = true,
            "rPh" => self.is_phonetic = true,
            _ => {}
        }
    }

    pub fn close(&mut self, name: &str) {
        match name {
            "t" => self.is_text = false,
            "rPh" => self.is_phonetic = false,
            _ => {}
        }
    }

    pub fn push(&mut self, part: &str) {
        if self.is_text && !self.is_phonetic {
            self.text.push_str(part);
        }
    }

    /// Takes the text so far out.
    pub fn take(&mut self) -> String {
        let text = std::mem::take(&mut self.text);
        match unescaped(&text) {
            Cow::Borrowed(_) => text,
            Cow::Owned(text) => text,
        }
    }
}

/// A text with the characters that XML does not allow: `_x000D_` is a carriage return (ECMA-376, 22.4.2.4).
pub(super) fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains("_x") {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, behind) = rest.split_at(at);
        out.push_str(before);
        let code = behind.get(2..7).and_then(|code| code.strip_suffix('_'));
        let character = code
            .filter(|code| code.bytes().all(|it| it.is_ascii_hexdigit()))
            .and_then(|code| u32::from_str_radix(code, 16).ok())
            .and_then(char::from_u32);
        let used = if let Some(character) = character {
            out.push(character);
            7
        } else {
            out.push_str("_x");
            2
        };
        rest = behind.get(used..).unwrap_or_default();
    }
    out.push_str(rest);
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shared_texts_have_no_phonetic_readings_and_no_escapes() {
        let part = "<sst><si><t>a &amp; b</t></si><si/><si><r><t>one </t></r><r><t xml:space=\"preserve\">two</t></r>\
                    <rPh><t>three</t></rPh></si><si><t>x_x000D_y_x005F_x0041_z_x12_</t></si></sst>";
        let strings = SharedStrings::read(part.as_bytes()).expect("it is XML");
        let all: Vec<_> = (0..5).map(|number| strings.get(number)).collect();
        let expected = [
            Some("a & b"),
            Some(""),
            Some("one two"),
            Some("x\ry_x0041_z_x12_"),
            None,
        ];
        assert_eq!(all, expected);
    }
}
