//! Reads a file of MISP: one event, or the events that an answer of its API has.
//!
//! Attributes and objects are read one by one, and most are only counted, so that a long file needs no tree of all of them.
//! Reading stops at the first mistake in the syntax, as programs write such files: what precedes it is kept.

use super::content::{MispAttribute, MispEvent, MispObject, notes, tags};
use super::draft::MispDraft;
use super::draft_objects::is_of_timelines;
use super::keyed_text::{KeyedKind, KeyedLines};
use super::recognise::{self, EVENT, RESPONSE};
use super::tags::TagMeaning;
use super::values::{JsonValue, items, located, place};
use crate::diagnostic::{Diagnostic, FileId, JSON_SYNTAX, SourceText, TextPlace};
use crate::formats::progress::{Progress, stopped};
use crate::formats::readers::format_reader::FileDraft;
use crate::formats::toml::characters;
use crate::formats::toml::json::parser::{JsonMistake, JsonParser};
use crate::timeline::draft::LocatedText;

/// Reads a text that begins as a file of MISP.
pub(in crate::formats) fn read(
    source: &SourceText,
    file: FileId,
    progress: &Progress,
) -> FileDraft {
    let text: &str = &characters::without_controls(source.text());
    let mut reader = MispReader {
        text,
        parser: JsonParser::new(text),
        source,
        file,
        progress,
        advanced: 0,
        event: None,
        draft: MispDraft::new(),
        findings: characters::findings(source, file),
        unread: Vec::new(),
    };
    if let Err(mistake) = reader.file() {
        reader.report(mistake, text);
    }
    progress.advance((text.len() - reader.advanced) as u64);
    let (draft, findings, is_marked) = reader.draft.end(source.name(), file);
    reader.findings.extend(findings);
    FileDraft {
        draft,
        findings: reader.findings,
        unread: reader.unread,
        is_marked,
        ..FileDraft::default()
    }
}

struct MispReader<'t> {
    text: &'t str,
    parser: JsonParser<'t>,
    source: &'t SourceText,
    file: FileId,
    progress: &'t Progress,
    /// How far the progress is.
    advanced: usize,
    /// The event that is being read.
    event: Option<MispEvent>,
    draft: MispDraft,
    findings: Vec<Diagnostic>,
    unread: Vec<TextPlace>,
}

impl MispReader<'_> {
    fn file(&mut self) -> Result<(), JsonMistake> {
        if self.parser.opens(b'[')? {
            self.list()?;
        } else {
            self.item()?;
        }
        // The rest of a file that the user stopped is not read.
        if self.progress.is_stopped() {
            return Ok(());
        }
        self.parser.end()
    }

    /// An event, or an object that holds one.
    fn item(&mut self) -> Result<(), JsonMistake> {
        let rest = self.text.get(self.parser.at()..).unwrap_or_default();
        if recognise::is_bare(rest) {
            return self.event();
        }
        self.parser.open(b'{', "an object")?;
        self.wrapper()
    }

    /// The items of a list, behind its bracket.
    fn list(&mut self) -> Result<(), JsonMistake> {
        if self.parser.opens(b']')? {
            return Ok(());
        }
        loop {
            if self.parser.peek() == Some(b'{') {
                self.item()?;
            } else {
                self.parser.value()?;
            }
            if self.is_stopped() || !self.parser.goes_on(b']')? {
                return Ok(());
            }
        }
    }

    /// An object that holds an event or a list of such objects, behind its brace.
    fn wrapper(&mut self) -> Result<(), JsonMistake> {
        if self.parser.opens(b'}')? {
            return Ok(());
        }
        loop {
            let key = self.parser.key()?;
            match (key.get_ref().as_ref(), self.parser.peek()) {
                (EVENT, Some(b'{')) => self.event()?,
                (RESPONSE, Some(b'[')) => {
                    self.parser.open(b'[', "a list")?;
                    self.list()?;
                }
                (name, _) => {
                    let value = self.parser.value()?;
                    let at = place(&value, self.file);
                    self.draft.not_read.add(&format!("member {name}"), at);
                }
            }
            if self.is_stopped() || !self.parser.goes_on(b'}')? {
                return Ok(());
            }
        }
    }

    fn event(&mut self) -> Result<(), JsonMistake> {
        let start = self.parser.at();
        self.event = Some(MispEvent {
            place: TextPlace::new(self.file, start..start + 1),
            is_cut: true,
            ..MispEvent::default()
        });
        self.parser.open(b'{', "an object")?;
        if !self.parser.opens(b'}')? {
            loop {
                let key = self.parser.key()?;
                self.member(key.get_ref())?;
                if self.is_stopped() {
                    return Ok(());
                }
                if !self.parser.goes_on(b'}')? {
                    break;
                }
            }
        }
        if let Some(mut event) = self.event.take() {
            event.is_cut = false;
            self.draft.add(&event);
        }
        Ok(())
    }

    fn member(&mut self, key: &str) -> Result<(), JsonMistake> {
        let is_list = self.parser.peek() == Some(b'[');
        match key {
            "Attribute" if is_list => self.each(Self::attribute),
            "Object" if is_list => self.each(Self::object),
            _ => self.other(key),
        }
    }

    fn each(&mut self, read: fn(&mut Self, &JsonValue<'_>)) -> Result<(), JsonMistake> {
        self.parser.open(b'[', "a list")?;
        if self.parser.opens(b']')? {
            return Ok(());
        }
        loop {
            let value = self.parser.value()?;
            read(self, &value);
            self.progress
                .advance((self.parser.at() - self.advanced) as u64);
            self.advanced = self.parser.at();
            if self.progress.is_stopped() || !self.parser.goes_on(b']')? {
                return Ok(());
            }
        }
    }

    fn attribute(&mut self, value: &JsonValue<'_>) {
        let not_read = &mut self.draft.not_read;
        let Some(attribute) = MispAttribute::read(value, self.file, not_read) else {
            return;
        };
        let Some(event) = &mut self.event else { return };
        if !attribute.seen.is_known() {
            for note in &attribute.notes {
                not_read.add("note on an attribute", note.place);
            }
            event.techniques.extend(techniques(&attribute.tags));
        }
        if attribute.is_of_timelines() {
            event.attributes.push(attribute);
        } else {
            not_read.add(&attribute.kind, attribute.place);
        }
    }

    fn object(&mut self, value: &JsonValue<'_>) {
        let not_read = &mut self.draft.not_read;
        let Some(object) = MispObject::read(value, self.file, not_read) else {
            return;
        };
        let Some(event) = &mut self.event else { return };
        if object.seen.is_known() || is_of_timelines(&object.name) {
            event.objects.push(object);
            return;
        }
        not_read.add(&format!("object {}", object.name), object.place);
        for note in &object.notes {
            not_read.add("note on an object", note.place);
        }
        let tags = object.attributes.iter().flat_map(|it| techniques(&it.tags));
        event.techniques.extend(tags);
    }

    /// A member that is not a list of attributes or objects. Lists and objects that mean nothing here are counted; single
    /// values are what MISP keeps about the record.
    fn other(&mut self, key: &str) -> Result<(), JsonMistake> {
        let value = self.parser.value()?;
        let Some(event) = &mut self.event else {
            return Ok(());
        };
        self.draft.not_read.check_member(key, &value, self.file);
        match key {
            "info" => event.info = located(&value, self.file),
            "date" => event.date = located(&value, self.file),
            "Orgc" => {
                let name = value.get_ref().as_table().and_then(|it| it.get("name"));
                event.organisation = name.and_then(|name| located(name, self.file));
            }
            "Org" => {}
            "Tag" | "Galaxy" | "Note" | "Opinion" => {
                let mut alone = ::toml::de::DeTable::new();
                let name = ::toml::Spanned::new(value.span(), key.into());
                alone.insert(name, value);
                event.tags.extend(tags(&alone, self.file));
                super::draft::unique(&mut event.tags);
                event.notes.extend(notes(&alone, self.file));
            }
            _ => {
                let mut alone = ::toml::de::DeTable::new();
                let at = place(&value, self.file);
                let is_object = value.get_ref().as_table().is_some_and(|it| !it.is_empty());
                alone.insert(::toml::Spanned::new(value.span(), key.into()), value);
                let found = items(&alone, key).len();
                (0..found + usize::from(is_object)).for_each(|_| self.draft.not_read.add(key, at));
            }
        }
        Ok(())
    }

    /// Whether the user stopped the reading, which is reported once.
    fn is_stopped(&mut self) -> bool {
        let is_stopped = self.progress.is_stopped();
        if is_stopped && self.unread.is_empty() {
            let at = self.source.boundary(self.parser.at());
            self.findings.push(stopped(self.file, at));
            let rest = at..self.source.len();
            self.unread.push(TextPlace::new(self.file, rest));
            self.finish_cut();
        }
        is_stopped
    }

    /// Adds the event that breaks off.
    fn finish_cut(&mut self) {
        if let Some(event) = self.event.take() {
            self.draft.add(&event);
        }
    }

    /// Reports a mistake in the syntax. What follows it may have been anything.
    fn report(&mut self, mistake: JsonMistake, text: &str) {
        let JsonMistake { range, message } = mistake;
        let place = |range: std::ops::Range<usize>| {
            let start = self.source.boundary(range.start);
            let end = self.source.boundary(range.end).max(start);
            TextPlace::new(self.file, start..end)
        };
        self.unread.push(place(range.start..text.len()));
        let mut finding = Diagnostic::new(&JSON_SYNTAX, place(range), message)
            .label("nothing from here on is read")
            .help("export the event from MISP again, or fix this place");
        if self.event.is_some() {
            finding = finding.help(
                "tags with a marking may follow: everything counts as `RED` until this is fixed",
            );
        }
        self.findings.push(finding);
        self.finish_cut();
    }
}

impl MispAttribute {
    /// Whether it becomes part of a timeline.
    fn is_of_timelines(&self) -> bool {
        let comment = self.comment.as_ref().map_or("", |comment| &comment.value);
        self.seen.is_known()
            || self.is_document()
            || matches!(self.kind.as_str(), "threat-actor" | "target-org")
            || KeyedLines::read(KeyedKind::Technique, comment).is_some()
    }

    /// Whether it links to a document about the event.
    pub(super) fn is_document(&self) -> bool {
        self.kind == "link" && self.category == "External analysis"
    }
}

/// The techniques in tags of something that is not read itself: they were used all the same.
fn techniques(tags: &[LocatedText]) -> impl Iterator<Item = LocatedText> {
    tags.iter()
        .filter_map(|tag| match TagMeaning::of(&tag.value) {
            TagMeaning::Technique(id) => Some(super::draft::at(id, tag.place)),
            _ => None,
        })
}
