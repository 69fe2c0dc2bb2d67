//! A timeline as JSON: the same tables and keys as in TOML, read by the same table of keys.
//!
//! Events are read one by one, so that a long file needs no tree of all of them. JSON is written by programs, so reading
//! stops at the first mistake in its syntax: what precedes it is kept, and what may follow counts as strictly as it can.

pub(in crate::formats) mod parser;

use std::borrow::Cow;

use ::toml::Spanned;
use ::toml::de::{DeArray, DeTable, DeValue};

use self::parser::{JsonMistake, JsonParser, only_once};
use super::characters;
use super::keys::is_root_key;
use super::reader::{TomlReader, TomlReading};
use crate::diagnostic::{Diagnostic, FileId, JSON_SYNTAX, SourceText};
use crate::formats::progress::{Progress, stopped};
use crate::timeline::draft::Located;
use crate::timeline::term::Tlp;

/// Names the schema for an editor, and says nothing about the timeline.
const SCHEMA: &str = "$schema";

/// The member whose items are read one by one.
const EVENTS: &str = "events";

/// Whether a text begins as a timeline in JSON: an object whose first member is one of a timeline's, of the right type.
pub(in crate::formats) fn begins(text: &str) -> bool {
    let mut parser = JsonParser::new(text);
    let Ok(true) = parser.opens(b'{') else {
        return false;
    };
    while let Ok(key) = parser.key() {
        if key.get_ref() == SCHEMA {
            let is_more = parser.value().is_ok() && parser.opens(b',') == Ok(true);
            if is_more {
                continue;
            }
            return false;
        }
        let first = parser.peek().unwrap_or_default();
        return match key.get_ref().as_ref() {
            "format" => first.is_ascii_digit(),
            "events" | "scenes" | "questions" => first == b'[',
            name => is_root_key(name) && first == b'{',
        };
    }
    false
}

/// Reads a text whose beginning is that of a timeline in JSON.
pub(in crate::formats) fn read(
    source: &SourceText,
    file: FileId,
    progress: &Progress,
) -> TomlReading {
    let mut whole = TomlReading::default();
    let mut reader = TomlReader::new(source, file, progress, &mut whole).of_foreign();
    reader.report_encoding();
    reader.report_characters();
    let text: &str = &characters::without_controls(source.text());
    if let Err(mistake) = reader.read_json(text) {
        reader.report_mistake(text, mistake);
    }
    let mut reading = TomlReading::default();
    super::finish(&mut reading, whole, file);
    reading
}

impl TomlReader<'_> {
    fn read_json(&mut self, text: &str) -> Result<(), JsonMistake> {
        let mut parser = JsonParser::new(text);
        parser.open(b'{', "an object")?;
        let mut known: Vec<String> = Vec::new();
        let mut advanced = 0;
        if !parser.opens(b'}')? {
            loop {
                let key = parser.key()?;
                only_once(&key, known.iter().any(|it| it == key.get_ref()))?;
                known.push(key.get_ref().clone().into_owned());
                if key.get_ref() == EVENTS && parser.peek() == Some(b'[') {
                    if !self.read_events(&mut parser, &key, &mut advanced)? {
                        return Ok(());
                    }
                } else {
                    let value = parser.value()?;
                    if key.get_ref() != SCHEMA {
                        self.read_member(key, value);
                    }
                }
                if !parser.goes_on(b'}')? {
                    break;
                }
            }
        }
        parser.end()?;
        self.progress.advance((text.len() - advanced) as u64);
        Ok(())
    }

    /// Reads a list of events. Returns whether it came to its end.
    fn read_events<'t>(
        &mut self,
        parser: &mut JsonParser<'t>,
        key: &Spanned<Cow<'t, str>>,
        advanced: &mut usize,
    ) -> Result<bool, JsonMistake> {
        parser.open(b'[', "a list")?;
        if parser.opens(b']')? {
            return Ok(true);
        }
        loop {
            if self.progress.is_stopped() {
                let at = self.source.boundary(parser.at());
                self.reading.findings.push(stopped(self.file, at));
                return Ok(false);
            }
            let event = parser.value()?;
            let mut list = DeArray::new();
            let span = event.span();
            list.push(event);
            self.read_member(key.clone(), Spanned::new(span, DeValue::Array(list)));
            self.progress.advance((parser.at() - *advanced) as u64);
            self.progress.add_events(1);
            *advanced = parser.at();
            if !parser.goes_on(b']')? {
                return Ok(true);
            }
        }
    }

    fn read_member<'i>(&mut self, key: Spanned<Cow<'i, str>>, value: Spanned<DeValue<'i>>) {
        let mut tree = DeTable::new();
        tree.insert(key, value);
        self.reported.clear();
        self.read_root(tree);
    }

    /// Reports a mistake in the syntax. What follows it may have been anything.
    fn report_mistake(&mut self, text: &str, mistake: JsonMistake) {
        let JsonMistake { range, message } = mistake;
        let rest = text.get(range.start..).unwrap_or_default();
        let place = self.place(range.clone());
        let unread = self.place(range.start..text.len());
        self.reading.unread.push(unread);
        let mut finding = Diagnostic::new(&JSON_SYNTAX, place, message)
            .label("nothing from here on is read")
            .help("write the file again with the program that made it, or fix this place");
        let head = &mut self.reading.draft.head;
        if self.reading.heads.is_empty() || rest.contains("\"timeline\"") {
            finding = finding
                .help("the marking of the file may follow: it counts as `RED` until this is fixed");
            head.tlp = Some(Located::new(Tlp::Red, place));
            head.tlp_unread = true;
        }
        self.reading.findings.push(finding);
    }
}
