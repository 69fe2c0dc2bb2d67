//! Entities, sources and lanes, as declared by authors.

use hashbrown::HashSet;

use super::super::draft::{DraftEvent, DraftTimeline};
use super::super::entity::Entity;
use super::super::log::DraftLog;
use super::super::source::Source;
use super::builder::TimelineBuilder;
use super::values::{text, texts, value};
use super::{duplicates, merge};

impl TimelineBuilder {
    pub fn declare_entities(&mut self, draft: &DraftTimeline) {
        for entity in &draft.entities {
            let id = self.entity(&entity.id.value);
            let file = self.timeline.head.tlp;
            let known = &mut self.timeline.entities[id.0 as usize];
            if known.declared {
                duplicates::entity(known, entity, file);
                continue;
            }
            *known = Entity {
                key: entity.id.value.to_string(),
                name: text(entity.name.as_ref()).unwrap_or_else(|| entity.id.value.to_string()),
                kind: value(entity.kind.as_ref()),
                aliases: texts(&entity.aliases),
                attack: text(entity.attack.as_ref()),
                note: text(entity.note.as_ref()),
                tlp: value(entity.tlp.as_ref()),
                declared: true,
                is_placeholder: false,
            };
        }
    }

    pub fn declare_sources(&mut self, draft: &DraftTimeline) {
        for source in &draft.sources {
            self.source(&source.id.value);
        }
        let mut declared = HashSet::new();
        for source in &draft.sources {
            let id = self.source(&source.id.value);
            if !declared.insert(id) {
                let known = &mut self.timeline.sources[id.0 as usize];
                duplicates::source(known, source, self.timeline.head.tlp);
                continue;
            }
            let derives_from = source
                .derives_from
                .iter()
                .map(|other| self.source(&other.value))
                .collect();
            self.timeline.sources[id.0 as usize] = Source {
                key: source.id.value.to_string(),
                title: text(source.title.as_ref()).unwrap_or_else(|| source.id.value.to_string()),
                publisher: text(source.publisher.as_ref()),
                published: value(source.published.as_ref()),
                day_unread: source.day_unread,
                url: text(source.url.as_ref()),
                retrieved: value(source.retrieved.as_ref()),
                derives_from,
                reliability: value(source.reliability.as_ref()),
                standing: value(source.standing.as_ref()),
                note: text(source.note.as_ref()),
                tlp: value(source.tlp.as_ref()),
                declared: true,
                is_placeholder: false,
            };
        }
    }

    /// Lanes keep the order in which the author first names them, not that of the sorted events.
    pub fn declare_lanes(&mut self, events: &[DraftEvent], logs: &[DraftLog]) {
        for lane in events.iter().flat_map(|event| &event.lanes) {
            self.timeline.vocabularies.lanes.intern(&lane.value);
        }
        merge::declare_lanes(logs, &mut self.timeline.vocabularies.lanes);
    }
}
