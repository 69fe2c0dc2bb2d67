//! Reports characters that are not UTF-8, that a terminal would obey, or that are invisible.

use std::borrow::Cow;
use std::collections::HashSet;

use memchr::memmem;

use super::reader::TomlReader;
use crate::diagnostic::{
    CONTROL_CHARACTER, Diagnostic, FileId, FindingKind, Fix, FixChange, INVISIBLE_CHARACTER,
    NOT_UTF8, SourceText, TextEdit, TextPlace,
};
use crate::formats::unseen::{escape_of, is_layout, unseen_but_layout, unseen_finding};
use crate::text::{UnprintableKind, has_controls, push_picture};
use crate::timeline::draft::LocatedText;

/// Bytes that are not UTF-8, and characters that do not belong in a text.
pub(in crate::formats) fn findings(source: &SourceText, file: FileId) -> Vec<Diagnostic> {
    let mut findings = of_encoding(source, file);
    findings.extend(of_characters(source, file));
    findings
}

/// Bytes that are not UTF-8, once a line.
fn of_encoding(source: &SourceText, file: FileId) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    if source.is_utf16() {
        let place = TextPlace::new(file, 0..0);
        let finding = Diagnostic::new(&NOT_UTF8, place, "the file is UTF-16")
            .label("expected UTF-8")
            .help("save the file as UTF-8");
        findings.push(finding);
    }
    let mut last_line = 0;
    for range in source.damage() {
        let line = source.line_of(range.start);
        if line == last_line {
            continue;
        }
        last_line = line;
        let place = TextPlace::new(file, range.clone());
        let finding = Diagnostic::new(&NOT_UTF8, place, "a byte here is not UTF-8")
            .label("shown as `�`")
            .help("save the file as UTF-8; it may be Latin-1 or Windows-1252");
        findings.push(finding);
    }
    findings
}

/// Characters that do not belong in a text, once a line and sort.
fn of_characters(source: &SourceText, file: FileId) -> Vec<Diagnostic> {
    let text = source.text();
    let mut findings = Vec::new();
    let mut last = (0, None);
    for (at, character, unseen) in unseen_but_layout(text) {
        let line = source.line_of(at);
        let place = TextPlace::new(file, at..at + character.len_utf8());
        let fixes = fixes(place, character, unseen);
        if last == (line, Some(unseen)) {
            join_fixes(findings.last_mut(), fixes);
            continue;
        }
        last = (line, Some(unseen));
        let finding = finding(unseen, character, place);
        findings.push(fixes.into_iter().fold(finding, Diagnostic::fix));
    }
    findings
}

impl TomlReader<'_> {
    /// Reports bytes that are not UTF-8.
    pub(super) fn report_encoding(&mut self) {
        let findings = of_encoding(self.source, self.file);
        self.reading.findings.extend(findings);
    }

    /// Reports characters that do not belong in a text.
    pub(super) fn report_characters(&mut self) {
        let findings = of_characters(self.source, self.file);
        self.reading.findings.extend(findings);
    }

    /// Reports the characters that an escape sequence hides in a value, once a sort, and a combining mark at the
    /// beginning of a value: in the file it would be drawn on the quotation mark.
    pub(super) fn report_escapes(&mut self, words: &LocatedText) {
        let raw = self.raw(words.place);
        let is_escaped = raw.contains('\\');
        let mut reported = Vec::new();
        let mut seen = HashSet::new();
        for (at, character, unseen) in unseen_but_layout(&words.value) {
            // A value may have a million of one character, and each is looked for in all of it.
            if !seen.insert(character) {
                continue;
            }
            let is_hidden = is_escaped && !raw.contains(character);
            let begins = at == 0 && unseen == UnprintableKind::LoneMark;
            if reported.contains(&unseen) || !(is_hidden || begins) {
                continue;
            }
            reported.push(unseen);
            let escape = escape_of(character, raw);
            let place = escape.map(|escape| words.place.part(escape));
            let finding = finding(unseen, character, place.unwrap_or(words.place));
            let fixes = place.map(|place| fixes(place, character, unseen));
            self.report(fixes.into_iter().flatten().fold(finding, Diagnostic::fix));
        }
    }
}

fn finding(unseen: UnprintableKind, character: char, place: TextPlace) -> Diagnostic {
    let kind: &'static FindingKind = match unseen {
        UnprintableKind::Control => &CONTROL_CHARACTER,
        UnprintableKind::Invisible | UnprintableKind::LoneMark | UnprintableKind::SurplusMark => {
            &INVISIBLE_CHARACTER
        }
    };
    unseen_finding(kind, unseen, character, place).help("delete it, or write its name instead")
}

/// The fixes of a character at the place of it or of its escape sequence.
fn fixes(place: TextPlace, character: char, unseen: UnprintableKind) -> [Fix; 2] {
    let mut name = String::new();
    push_picture(&mut name, character, unseen);
    let deleted = FixChange::Edits(vec![TextEdit::new(place, "")]);
    [
        Fix::new("delete it", deleted),
        Fix::new("write its name instead", FixChange::value(place, name)),
    ]
}

/// The most characters of a line that one fix replaces: a line may have a million.
const TOGETHER: usize = 100;

/// Extends the fixes of a finding to a further character of its line.
fn join_fixes(finding: Option<&mut Diagnostic>, further: [Fix; 2]) {
    let fixes = finding.into_iter().flat_map(|finding| &mut finding.fixes);
    for (fix, further) in fixes.zip(further) {
        if let (
            FixChange::Edits(edits) | FixChange::Values(edits),
            FixChange::Edits(more) | FixChange::Values(more),
        ) = (&mut fix.change, further.change)
            && edits.len() < TOGETHER
        {
            edits.extend(more);
        }
    }
}

/// The text with control characters blanked byte for byte, since they would stop the parser.
pub(in crate::formats) fn without_controls(text: &str) -> Cow<'_, str> {
    let mut parts = text.as_bytes().chunks(AT_ONCE);
    if !parts.any(has_controls::<true>) {
        return Cow::Borrowed(text);
    }
    let mut blanked: Option<String> = None;
    for (at, character) in text.char_indices() {
        if character.is_ascii_control() && !is_layout(text, at, character) {
            let so_far = blanked.get_or_insert_with(|| text.to_owned());
            so_far.replace_range(at..=at, " ");
        }
    }
    blanked.map_or(Cow::Borrowed(text), Cow::Owned)
}

/// Testing this number of bytes at once is faster than stopping at the first that decides.
const AT_ONCE: usize = 1 << 10;

/// Whether the text has three quotation marks in a row: without them, no value has several lines.
pub(super) fn has_long_quotes(text: &str) -> bool {
    let has = |marks: &str| memmem::find(text.as_bytes(), marks.as_bytes()).is_some();
    has("\"\"\"") || has("'''")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_quotes_are_found_anywhere() {
        for before in [0, 1, AT_ONCE - 2, AT_ONCE - 1, AT_ONCE, 3 * AT_ONCE + 5] {
            let space = " ".repeat(before);
            assert!(has_long_quotes(&format!("{space}\"\"\"")), "{before}");
            assert!(has_long_quotes(&format!("{space}'''x")), "{before}");
            assert!(!has_long_quotes(&format!("{space}\"\"''\"")), "{before}");
        }
        assert!(!has_long_quotes(""));
    }
}
