//! What was read of a bundle so far, and how its parts are named in it.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::index::{BundleIndex, BundleObject};
use super::marks;
use super::notices::BundleNotices;
use super::parties::BundleParties;
use super::prose::at;
use super::sources::{BundleSources, CitedSource};
use crate::diagnostic::TextPlace;
use crate::formats::given_ids::GivenIds;
use crate::timeline::draft::{DraftClaim, DraftEvent, Located, LocatedText};
use crate::timeline::term::{Confidence, Tlp};

/// A bundle that becomes a timeline.
pub(super) struct BundleCase<'t> {
    pub index: BundleIndex<'t>,
    pub notices: BundleNotices,
    pub parties: BundleParties,
    pub sources: BundleSources,
    pub events: Vec<DraftEvent>,
    /// The event that each object became. An incident and its only event are one.
    pub rows: HashMap<String, usize>,
    /// The events that dateline wrote, each with its date in words.
    pub own: BTreeMap<usize, LocatedText>,
    /// The relationships whose confidence is that of a note by dateline.
    pub noted: HashSet<String>,
    ids: GivenIds,
    /// The name of the file, without folders.
    file_name: &'t str,
}

impl<'t> BundleCase<'t> {
    pub fn new(index: BundleIndex<'t>, file_name: &'t str) -> Self {
        Self {
            parties: BundleParties::new(&index),
            index,
            notices: BundleNotices::default(),
            sources: BundleSources::default(),
            events: Vec::new(),
            rows: HashMap::new(),
            own: BTreeMap::new(),
            noted: HashSet::new(),
            ids: GivenIds::default(),
            file_name,
        }
    }

    /// Adds an event that objects with some ids became.
    pub fn add_event(&mut self, mut event: DraftEvent, ids: &[&str], nameless: &str) -> usize {
        let title = event
            .title
            .clone()
            .unwrap_or_else(|| at(nameless, event.place));
        let id = self.ids.give(&title.value, nameless);
        event.id = Some(Located::new(id.into(), event.place));
        event.title = Some(title);
        let row = self.events.len();
        for &id in ids {
            self.rows.insert(id.to_owned(), row);
            self.index.used(id);
        }
        self.events.push(event);
        row
    }

    pub fn marking(&mut self, object: &BundleObject<'_>) -> Option<Located<Tlp>> {
        marks::marking(&self.index, &mut self.notices, object)
    }

    /// The entity of a reference.
    pub fn party(&mut self, reference: &LocatedText) -> Option<LocatedText> {
        self.parties
            .named(&mut self.index, &mut self.notices, reference)
    }

    /// The entity with a name.
    pub fn called(&mut self, name: &LocatedText) -> LocatedText {
        self.parties
            .called(&mut self.index, &mut self.notices, name)
    }

    pub fn cited(
        &mut self,
        object: &BundleObject<'_>,
        tlp: Option<&Located<Tlp>>,
    ) -> Vec<CitedSource> {
        self.sources.cited(&mut self.notices, &object.json, tlp)
    }

    pub fn bundle_source(&mut self, place: TextPlace) -> LocatedText {
        self.sources.bundle(self.file_name, place)
    }

    /// The id of the event that an object became.
    pub fn event_id(&self, row: usize, place: TextPlace) -> LocatedText {
        let id = self.events[row].id.as_ref();
        at(id.map_or("", |id| id.value.as_str()), place)
    }

    /// The object that a reference names; a missing one is reported.
    pub fn object(&mut self, reference: &LocatedText) -> Option<BundleObject<'t>> {
        let found = self.index.get(&reference.value).cloned();
        if found.is_none() && self.is_missing(reference) {
            self.notices.missing(&reference.value, reference.place);
        }
        found
    }

    /// Whether the bundle lacks the object that a reference names.
    pub fn is_missing(&self, reference: &LocatedText) -> bool {
        !self.index.was_seen(&reference.value)
    }

    /// The speaker of an object: its first author, or else who created it.
    pub fn speaker(&mut self, object: &BundleObject<'_>) -> Option<LocatedText> {
        if let Some(author) = object.json.texts("authors").first() {
            return Some(self.called(author));
        }
        let creator = object.json.located("created_by_ref")?;
        self.object(&creator)?;
        self.party(&creator)
    }

    /// A claim that an object makes. Its source is what the object refers to, or else the bundle.
    pub fn claim(&mut self, object: &BundleObject<'_>) -> DraftClaim {
        let claim = self.sourced_claim(object);
        let source = claim.source.clone();
        DraftClaim {
            source: source.or_else(|| Some(self.bundle_source(object.place))),
            ..claim
        }
    }

    /// A claim that an object makes. Its source is what the object refers to.
    pub fn sourced_claim(&mut self, object: &BundleObject<'_>) -> DraftClaim {
        let tlp = self.marking(object);
        let cited = self.cited(object, tlp.as_ref()).into_iter().next();
        let (source, at_place) = cited.map(|cited| (cited.id, cited.at)).unzip();
        DraftClaim {
            place: object.place,
            by: self.speaker(object),
            source,
            at: at_place.flatten(),
            tlp,
            ..DraftClaim::default()
        }
    }
}

/// The confidence of an object on the scale of dateline, with the number in words.
pub(super) fn confidence(object: &BundleObject<'_>) -> Option<(Located<Confidence>, String)> {
    let value = object.json.get("confidence")?;
    let number = value.number()?;
    let level = match number {
        1..=29 => Confidence::Low,
        30..=69 => Confidence::Moderate,
        70..=100 => Confidence::High,
        _ => return None,
    };
    let level = Located::new(level, value.place());
    Some((level, format!("confidence {number} of 100")))
}

/// Adds an id to a list that lacks it.
pub(super) fn add_once(list: &mut Vec<LocatedText>, id: LocatedText) {
    if list.iter().all(|known| known.value != id.value) {
        list.push(id);
    }
}
