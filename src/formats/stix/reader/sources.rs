//! Sources: the references of events, their reports, and the bundle itself where nothing else is cited.

use std::collections::{BTreeMap, HashMap};

use super::citation::Citation;
use super::dates;
use super::index::{BundleIndex, BundleObject};
use super::marks;
use super::notices::BundleNotices;
use super::own::{OF_SOURCE, read_source};
use super::prose::{at, labelled, value, with_lines};
use crate::date::EventDate;
use crate::diagnostic::TextPlace;
use crate::formats::given_ids::GivenIds;
use crate::formats::json_object::{JsonObject, JsonValue};
use crate::formats::log::title_of;
use crate::timeline::draft::{DraftSource, Located, LocatedText};
use crate::timeline::term::Tlp;

/// The sources that are cited so far.
#[derive(Debug, Default)]
pub(super) struct BundleSources {
    ids: GivenIds,
    /// The number of each source, by what makes it one.
    known: BTreeMap<[String; 3], usize>,
    /// The number of each source, by its id.
    rows: HashMap<String, usize>,
    /// What a source repeats, by its title.
    repeats: Vec<(usize, LocatedText)>,
    pub sources: Vec<DraftSource>,
}

/// A source as an object cites it.
#[derive(Clone, Debug)]
pub(super) struct CitedSource {
    /// The name by which the object cites it.
    pub name: String,
    pub id: LocatedText,
    /// Where in the source.
    pub at: Option<LocatedText>,
}

impl BundleSources {
    /// The documents that an object refers to, in the order of its references. References that are ids, such as those of
    /// CVE, are not documents.
    pub fn cited(
        &mut self,
        notices: &mut BundleNotices,
        json: &JsonObject<'_>,
        tlp: Option<&Located<Tlp>>,
    ) -> Vec<CitedSource> {
        let references = json.items("external_references").into_iter();
        let references: Vec<_> = references.filter_map(JsonValue::object).collect();
        let documents = references.iter().filter(|it| is_document(it));
        documents
            .filter_map(|it| self.reference(notices, it, tlp))
            .collect()
    }

    fn reference(
        &mut self,
        notices: &mut BundleNotices,
        json: &JsonObject<'_>,
        tlp: Option<&Located<Tlp>>,
    ) -> Option<CitedSource> {
        let name = json.located("source_name")?;
        let (url, words) = (json.located("url"), json.located("description"));
        let words_or = words.clone().unwrap_or_else(|| at("", name.place));
        let (labels, rest) = labelled(&words_or.value, &OF_SOURCE);
        let address = url.as_ref().map(|it| it.value.as_str());
        let key = match value(&labels, "Published") {
            // The words of dateline differ with the extent of the reference.
            Some(day) => {
                let publisher = value(&labels, "Publisher").unwrap_or_default();
                let address = address.or_else(|| value(&labels, "Address"));
                let stated = format!("{publisher}\n{day}");
                [&name.value, address.unwrap_or_default(), &stated].map(str::to_owned)
            }
            None => [&name.value, address.unwrap_or_default(), &words_or.value].map(str::to_owned),
        };
        let number = if let Some(&number) = self.known.get(&key) {
            number
        } else {
            let place = words_or.place;
            let mut source = if labels.is_empty() {
                of_reference(notices, &name, words.as_ref())
            } else {
                read_source(&name, &labels, rest, place)
            };
            let repeats = labels.iter().filter(|(label, _)| *label == "Repeats");
            let repeats = repeats.map(|(_, title)| (self.sources.len(), at(title, place)));
            self.repeats.extend(repeats);
            source.url = url.or_else(|| value(&labels, "Address").map(|it| at(it, place)));
            self.add(key, source, &name)
        };
        let source = &mut self.sources[number];
        // The widest of the marked objects that cite it: the reference has no marking of its own.
        if let Some(tlp) = tlp
            && source
                .tlp
                .as_ref()
                .is_none_or(|known| known.value > tlp.value)
        {
            source.tlp = Some(tlp.clone());
        }
        let id = Located::new(source.id.value.clone(), name.place);
        let at_place = value(&labels, "At").map(|it| at(it, words_or.place));
        Some(CitedSource {
            name: name.value.into(),
            id,
            at: at_place,
        })
    }

    /// A report that lists an event.
    pub fn report(
        &mut self,
        index: &BundleIndex<'_>,
        notices: &mut BundleNotices,
        report: &BundleObject<'_>,
    ) -> LocatedText {
        let key = [report.id.to_string(), String::new(), String::new()];
        let json = &report.json;
        let number = if let Some(&number) = self.known.get(&key) {
            number
        } else {
            let name = json
                .located("name")
                .unwrap_or_else(|| at("Report", report.place));
            let published = dates::stamp(notices, json, "published");
            let published = published.and_then(|it| dates::date(notices, &it.value, it.place));
            let author = json.text("created_by_ref");
            let author = author.and_then(|id| index.get(&id)?.json.located("name"));
            let references = json.items("external_references").into_iter();
            let mut urls = references.filter_map(|it| it.object()?.located("url"));
            let source = DraftSource {
                title: Some(name.clone()),
                publisher: author,
                published,
                url: urls.next(),
                tlp: marks::marking(index, notices, report),
                ..DraftSource::default()
            };
            self.add(key, source, &name)
        };
        self.sources[number].id.clone()
    }

    /// The bundle itself, at the place of what it says.
    pub fn bundle(&mut self, file: &str, place: TextPlace) -> LocatedText {
        let key = [file.to_owned(), "bundle".to_owned(), String::new()];
        let number = if let Some(&number) = self.known.get(&key) {
            number
        } else {
            let whole = TextPlace::new(place.file, 0..0);
            let source = DraftSource {
                title: Some(at(file, whole)),
                note: Some(at("STIX bundle", whole)),
                ..DraftSource::default()
            };
            self.add(key, source, &at(file, whole))
        };
        Located::new(self.sources[number].id.value.clone(), place)
    }

    /// All sources, each with those that it repeats. A title that no source has stays in the note.
    pub fn end(mut self) -> Vec<DraftSource> {
        let mut titled = HashMap::new();
        for source in &self.sources {
            let title = source.title.as_ref().map(|title| title.value.clone());
            titled
                .entry(title)
                .or_insert_with(|| source.id.value.clone());
        }
        for (number, title) in std::mem::take(&mut self.repeats) {
            let id = titled.get(&Some(title.value.clone())).cloned();
            let id = id.map(|id| Located::new(id, title.place));
            let source = &mut self.sources[number];
            if let Some(id) = id {
                source.derives_from.push(id);
            } else {
                let line = format!("Repeats: {}", title.value);
                source.note = with_lines(source.note.take(), [line], title.place);
            }
        }
        self.sources
    }

    /// The day on which a source was published.
    pub fn published(&self, id: &str) -> Option<&EventDate> {
        let source = &self.sources[*self.rows.get(id)?];
        source.published.as_ref().map(|day| &day.value)
    }

    /// The publisher of a source.
    pub fn publisher(&self, id: &str) -> Option<&LocatedText> {
        let source = &self.sources[*self.rows.get(id)?];
        source.publisher.as_ref()
    }

    fn add(&mut self, key: [String; 3], source: DraftSource, name: &LocatedText) -> usize {
        let id = self.ids.give(&name.value, "source");
        self.known.insert(key, self.sources.len());
        self.rows.insert(id.clone(), self.sources.len());
        self.sources.push(DraftSource {
            id: Located::new(id.into(), name.place),
            ..source
        });
        self.sources.len() - 1
    }
}

/// Whether a reference names a document, and not an id in a registry or another name of the object.
fn is_document(reference: &JsonObject<'_>) -> bool {
    let words = reference.text("description").unwrap_or_default();
    let is_id = reference.get("external_id").is_some();
    let is_name = words.starts_with("(Citation:");
    !is_id && !is_name && (reference.get("url").is_some() || !words.trim().is_empty())
}

/// A source from a reference in the form of ATT&CK, or in any other.
fn of_reference(
    notices: &mut BundleNotices,
    name: &LocatedText,
    words: Option<&LocatedText>,
) -> DraftSource {
    let citation = words.and_then(|words| Some((Citation::read(&words.value)?, words.place)));
    if let Some((citation, place)) = citation {
        let mut day = |day: Option<String>| dates::date(notices, &day?, place);
        return DraftSource {
            title: Some(at(citation.title, place)),
            publisher: Some(at(citation.author, place)),
            published: day(citation.published),
            retrieved: day(citation.retrieved),
            ..DraftSource::default()
        };
    }
    let title = words.filter(|words| title_of(&words.value).is_none());
    DraftSource {
        title: Some(title.unwrap_or(name).clone()),
        publisher: title.map(|_| name.clone()),
        note: words.filter(|_| title.is_none()).cloned(),
        ..DraftSource::default()
    }
}
