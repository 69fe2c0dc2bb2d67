//! The names by which the cells of a workbook call entities and sources: where two have one name, with the id behind it.

use std::collections::HashMap;

use crate::formats::writers::records::visible_lines;
use crate::timeline::{EntityId, SourceId, Timeline};

pub(super) struct SheetNames {
    entities: Vec<String>,
    sources: Vec<String>,
    /// Whether each is the only item of its name.
    pub are_unique: bool,
}

impl SheetNames {
    pub fn new(timeline: &Timeline) -> Self {
        let entities = timeline.entities();
        let entities = entities.map(|(_, it)| (it.name.as_str(), it.key.as_str()));
        let sources = timeline.sources();
        let sources = sources.map(|(_, it)| (it.title.as_str(), it.key.as_str()));
        let (entities, have_twins) = named(&entities.collect::<Vec<_>>());
        let (sources, are_repeated) = named(&sources.collect::<Vec<_>>());
        Self {
            entities,
            sources,
            are_unique: !have_twins && !are_repeated,
        }
    }

    pub fn entity(&self, id: EntityId) -> &str {
        &self.entities[id.0 as usize]
    }

    pub fn source(&self, id: SourceId) -> &str {
        &self.sources[id.0 as usize]
    }
}

/// The name in a cell of each name and id, and whether any has its id behind it.
fn named(items: &[(&str, &str)]) -> (Vec<String>, bool) {
    let names: Vec<String> = items.iter().map(|(name, _)| visible_lines(name)).collect();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for name in &names {
        *counts.entry(name).or_default() += 1;
    }
    let has_twin = |name: &String| counts[name.as_str()] > 1;
    let of_cell = |(name, (_, id)): (&String, &(&str, &str))| {
        if has_twin(name) {
            format!("{name} [{id}]")
        } else {
            name.clone()
        }
    };
    let cells = names.iter().zip(items).map(of_cell).collect();
    (cells, names.iter().any(has_twin))
}
