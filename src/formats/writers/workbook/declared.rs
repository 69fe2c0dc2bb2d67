//! The sheets of what a timeline declares: claims, links, entities, sources and questions.

use std::collections::{BTreeSet, HashSet};

use super::names::SheetNames;
use super::sheet::SheetWriter;
use crate::date::EventDate;
use crate::formats::workbook::columns::{
    CLAIMS, DeclaredSheet, ENTITIES, LINKS, QUESTIONS, SOURCES, UNMARKED,
};
use crate::formats::writers::items::UNREAD;
use crate::formats::writers::records::visible_lines;
use crate::timeline::likelihood::Yardstick;
use crate::timeline::term::{Confidence, EntityKind, Reliability, Standing, Tlp};
use crate::timeline::{Claim, ClaimValue, EntityId, Event, EventId, Source, SourceId, Timeline};

/// What the sheets are of.
pub(super) struct DeclaredContent<'t> {
    pub timeline: &'t Timeline,
    pub names: &'t SheetNames,
    pub events: &'t [EventId],
    pub known: &'t HashSet<EventId>,
}

/// A sheet of these rows. Rare columns without a value are left out.
fn sheet<const WIDTH: usize>(
    declared: &DeclaredSheet,
    rows: impl Iterator<Item = [String; WIDTH]>,
) -> SheetWriter {
    assert_eq!(declared.columns.len(), WIDTH, "each column has a value");
    let rows: Vec<[String; WIDTH]> = rows.collect();
    let numbered = declared.columns.iter().enumerate();
    let columns: Vec<usize> = numbered
        .filter(|(at, column)| !column.is_rare || rows.iter().any(|row| !row[*at].is_empty()))
        .map(|(at, _)| at)
        .collect();
    let mut sheet = SheetWriter::new(declared.name, columns.len());
    sheet.texts(columns.iter().map(|&at| declared.columns[at].name));
    for row in rows {
        let row = row.map(|text| visible_lines(&text));
        sheet.texts(columns.iter().map(|&at| row[at].as_str()));
    }
    sheet
}

fn text(value: Option<&str>) -> String {
    value.unwrap_or_default().to_owned()
}

/// A date as it is written, or the sign that it could not be read.
fn date(value: Option<&EventDate>, is_unread: bool) -> String {
    let unread = Some(UNREAD).filter(|_| is_unread);
    text(value.map(EventDate::written).or(unread))
}

/// Items with commas between them, or a list of JSON if an item could be taken for several.
fn list(items: &[&str]) -> String {
    let is_plain = |item: &&str| {
        let is_bracketed = item.starts_with(['[', '(', '{']);
        !is_bracketed && item.trim() == *item && !item.contains([',', ';', '\n', '"', '\''])
    };
    if items.iter().all(is_plain) {
        return items.join(", ");
    }
    let items = items.iter().map(|item| visible_lines(item));
    items.collect::<serde_json::Value>().to_string()
}

impl DeclaredContent<'_> {
    fn is_whole(&self) -> bool {
        self.events.len() == self.timeline.len()
    }

    fn events(&self) -> impl Iterator<Item = Event<'_>> {
        self.events.iter().map(|&id| self.timeline.event(id))
    }

    fn claims_of_events(&self) -> impl Iterator<Item = (Event<'_>, &Claim)> {
        self.events()
            .flat_map(|event| event.claims().map(move |(_, claim)| (event, claim)))
    }

    fn marked(&self, tlp: Option<Tlp>) -> Option<Tlp> {
        tlp.or(self.timeline.head().tlp)
    }

    /// The strictest marking of a row, and that of its item where it is another.
    fn markings(&self, own: Option<Tlp>, named: impl Iterator<Item = Option<Tlp>>) -> [String; 2] {
        let own = self.marked(own);
        let named = named.map(|tlp| self.marked(tlp)).chain([own]);
        let shown = named.max().flatten();
        let of_item = own.map_or(UNMARKED, Tlp::as_str);
        let of_item = Some(of_item).filter(|_| shown != own);
        [text(shown.map(Tlp::as_str)), text(of_item)]
    }

    pub fn claims(&self) -> SheetWriter {
        let rows = self
            .claims_of_events()
            .map(|(event, claim)| self.claim(event, claim));
        sheet(&CLAIMS, rows)
    }

    fn claim(&self, event: Event<'_>, claim: &Claim) -> [String; 19] {
        let timeline = self.timeline;
        let mut parties: Vec<EntityId> = claim.by.into_iter().collect();
        let value = match &claim.value {
            Some(ClaimValue::Entity(id)) => {
                parties.push(*id);
                self.names.entity(*id).to_owned()
            }
            Some(ClaimValue::Date(date)) => date.written().to_owned(),
            Some(ClaimValue::Text(text)) => text.clone(),
            None => String::new(),
        };
        let of_source = claim.source.map(|id| timeline.source(id).tlp);
        let named = parties.into_iter().map(|id| timeline.entity(id).tlp);
        let named = named.chain(of_source).chain([event.tlp()]);
        let [shown, own] = self.markings(claim.tlp, named);
        let yardstick = Some(claim.yardstick).filter(|it| *it != timeline.head().yardstick);
        let published = claim
            .source
            .and_then(|id| timeline.source(id).published.as_ref());
        let is_of_source = claim.said.is_some() && claim.said.as_ref() == published;
        let is_stated = is_of_source && !claim.is_dated_by_source;
        let answers = claim.answers.iter();
        let answers = answers.filter_map(|&id| timeline.claim(id).key.as_deref());
        [
            event.key().into_owned(),
            event.title().to_owned(),
            text(claim.by.map(|id| self.names.entity(id))),
            text(claim.source.map(|id| self.names.source(id))),
            text(claim.at.as_deref()),
            date(
                claim.said.as_ref().filter(|_| !claim.day_unread),
                claim.day_unread,
            ),
            text(is_stated.then_some("yes")),
            claim.about.as_str().to_owned(),
            value,
            claim.stance.as_str().to_owned(),
            text(claim.text.as_deref()),
            text(claim.words.as_deref()),
            text(claim.likelihood.as_deref()),
            text(yardstick.map(Yardstick::as_str)),
            text(claim.confidence.map(Confidence::as_str)),
            text(claim.key.as_deref()),
            list(&answers.collect::<Vec<_>>()),
            shown,
            own,
        ]
    }

    pub fn links(&self) -> SheetWriter {
        let rows = self.events().flat_map(|event| {
            let links = event.links().iter().filter(|link| !link.reversed);
            let links = links.filter(|link| self.known.contains(&link.to));
            links.map(move |link| {
                let to = self.timeline.event(link.to);
                [
                    event.key().into_owned(),
                    event.title().to_owned(),
                    link.kind.as_str().to_owned(),
                    to.key().into_owned(),
                    to.title().to_owned(),
                ]
            })
        });
        sheet(&LINKS, rows)
    }

    /// Of a filtered timeline, only what its events and claims name.
    pub fn entities(&self) -> SheetWriter {
        let of_claims = self.claims_of_events().flat_map(|(_, claim)| {
            let value = match claim.value {
                Some(ClaimValue::Entity(id)) => Some(id),
                _ => None,
            };
            claim.by.into_iter().chain(value)
        });
        let mut named: BTreeSet<EntityId> = of_claims.collect();
        let parties = self.events().flat_map(Event::all_parties);
        named.extend(parties.map(|(_, id)| id));
        let all = self.timeline.entities();
        let all = all.filter(|(id, _)| self.is_whole() || named.contains(id));
        let rows = all.map(|(_, entity)| {
            let aliases: Vec<&str> = entity.aliases.iter().map(String::as_str).collect();
            [
                entity.key.clone(),
                entity.name.clone(),
                text(entity.kind.map(EntityKind::as_str)),
                list(&aliases),
                text(entity.attack.as_deref()),
                text(entity.note.as_deref()),
                text(self.marked(entity.tlp).map(Tlp::as_str)),
            ]
        });
        sheet(&ENTITIES, rows)
    }

    /// Of a filtered timeline, only what its events and claims name, and what that repeats.
    pub fn sources(&self) -> SheetWriter {
        let of_claims = self
            .claims_of_events()
            .filter_map(|(_, claim)| claim.source);
        let mut named: BTreeSet<SourceId> = of_claims.collect();
        named.extend(
            self.events()
                .flat_map(|event| event.sources().iter().copied()),
        );
        let mut added: Vec<SourceId> = named.iter().copied().collect();
        while let Some(id) = added.pop() {
            let origins = self.timeline.source(id).derives_from.iter();
            added.extend(origins.filter(|origin| named.insert(**origin)));
        }
        let all = self.timeline.sources();
        let all = all.filter(|(id, _)| self.is_whole() || named.contains(id));
        sheet(&SOURCES, all.map(|(_, source)| self.source(source)))
    }

    fn source(&self, source: &Source) -> [String; 12] {
        let origins = source.derives_from.iter();
        let origins: Vec<&str> = origins.map(|&id| self.names.source(id)).collect();
        let of_origins = source.derives_from.iter();
        let of_origins = of_origins.map(|&id| self.timeline.source(id).tlp);
        let [shown, own] = self.markings(source.tlp, of_origins);
        [
            source.key.clone(),
            source.title.clone(),
            text(source.publisher.as_deref()),
            date(source.published.as_ref(), source.day_unread),
            text(source.url.as_deref()),
            date(source.retrieved.as_ref(), false),
            list(&origins),
            text(source.reliability.map(Reliability::as_str)),
            text(source.standing.map(Standing::as_str)),
            text(source.note.as_deref()),
            shown,
            own,
        ]
    }

    /// Of a filtered timeline, only those about one of its events.
    pub fn questions(&self) -> SheetWriter {
        let all = self.timeline.questions().iter().filter(|question| {
            self.is_whole() || question.events.iter().any(|id| self.known.contains(id))
        });
        let rows = all.map(|question| {
            let about = question.events.iter().filter(|id| self.known.contains(id));
            let about: Vec<_> = about.map(|&id| self.timeline.event(id).key()).collect();
            let about: Vec<&str> = about.iter().map(AsRef::as_ref).collect();
            [
                question.text.clone(),
                question.status.as_str().to_owned(),
                list(&about),
                text(question.settles.as_deref()),
                text(self.marked(question.tlp).map(Tlp::as_str)),
            ]
        });
        sheet(&QUESTIONS, rows)
    }
}
