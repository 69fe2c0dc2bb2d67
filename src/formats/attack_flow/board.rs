//! The board of a flow: its blocks, and which leads to which. A line ends at latches, a latch is on an anchor, and an anchor
//! is one of a block.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use crate::diagnostic::TextPlace;
use crate::formats::json_object::{JsonObject, JsonValue};
use crate::formats::wrong_types::{JsonType, WrongTypes};
use crate::timeline::draft::LocatedText;

/// How deep the properties of a block may be nested.
const DEEPEST: usize = 8;

/// The properties that are texts.
const TEXTS: [&str; 5] = [
    "description",
    "name",
    "source_name",
    "tactic_id",
    "technique_id",
];

/// A block, such as an action.
#[derive(Clone, Debug)]
pub(super) struct FlowBlock<'t> {
    pub kind: Cow<'t, str>,
    pub instance: String,
    /// The place of its kind.
    pub place: TextPlace,
    properties: Vec<(Cow<'t, str>, JsonValue<'t>)>,
}

/// The blocks in the order of the file, and the lines between them.
#[derive(Debug, Default)]
pub(super) struct FlowBoard<'t> {
    pub blocks: Vec<FlowBlock<'t>>,
    /// The block of each anchor.
    anchors: HashMap<String, String>,
    /// The anchor of each latch.
    latches: HashMap<String, String>,
    /// The latches at the two ends of each line.
    lines: Vec<[String; 2]>,
    /// The members and properties that cannot be read.
    pub wrong_types: WrongTypes,
}

impl<'t> FlowBoard<'t> {
    pub fn add(&mut self, value: JsonValue<'t>) {
        let Some(object) = value.object() else {
            return;
        };
        let Some(kind) = object.get("id") else {
            return;
        };
        self.check(&object);
        let instance = text(&object, "instance");
        if let Some(latches) = object.get("latches") {
            for latch in latches.items().into_iter().filter_map(JsonValue::text) {
                self.latches.insert(latch.into_owned(), instance.clone());
            }
            return;
        }
        if let (Some(source), Some(target)) = (object.text("source"), object.text("target")) {
            self.lines.push([source, target].map(Cow::into_owned));
            return;
        }
        let Some(properties) = object.get("properties") else {
            return;
        };
        for (_, anchor) in object
            .object("anchors")
            .iter()
            .flat_map(JsonObject::entries)
        {
            let anchor = anchor.text().unwrap_or_default().into_owned();
            self.anchors.insert(anchor, instance.clone());
        }
        let properties = pairs(properties);
        for (name, value) in &properties {
            if TEXTS.contains(&name.as_ref()) {
                let found = JsonType::of(value.raw());
                self.wrong_types
                    .check(name, found, JsonType::Text, value.place());
            }
        }
        self.blocks.push(FlowBlock {
            kind: kind.text().unwrap_or_default(),
            instance,
            place: kind.place(),
            properties,
        });
    }

    /// Reports the members of an object whose values cannot be read.
    fn check(&mut self, object: &JsonObject<'_>) {
        for (name, value) in object.entries() {
            let expected = match name {
                "id" | "instance" | "source" | "target" => JsonType::Text,
                "latches" | "properties" => JsonType::List,
                "anchors" => JsonType::Object,
                _ => continue,
            };
            let found = JsonType::of(value.raw());
            self.wrong_types.check(name, found, expected, value.place());
        }
    }

    /// Each line as the blocks that it connects.
    pub fn edges(&self) -> Vec<(String, String)> {
        let block = |latch: &String| self.anchors.get(self.latches.get(latch)?).cloned();
        let lines = self.lines.iter();
        lines
            .filter_map(|[from, to]| Some((block(from)?, block(to)?)))
            .collect()
    }

    pub fn of(&self, kind: &str) -> impl Iterator<Item = &FlowBlock<'t>> {
        self.blocks.iter().filter(move |block| block.kind == kind)
    }

    /// How many blocks there are of each kind.
    pub fn kinds(&self) -> BTreeMap<String, usize> {
        let mut kinds = BTreeMap::new();
        for block in &self.blocks {
            *kinds.entry(block.kind.clone().into_owned()).or_default() += 1;
        }
        kinds
    }
}

impl<'t> FlowBlock<'t> {
    pub fn get(&self, name: &str) -> Option<JsonValue<'t>> {
        let mut known = self.properties.iter();
        known
            .find(|(known, _)| known == name)
            .map(|(_, value)| *value)
    }

    /// A text, or the time of a date.
    pub fn text(&self, name: &str) -> Option<LocatedText> {
        let value = self.get(name)?;
        value.located().or_else(|| value.object()?.located("time"))
    }

    /// The texts below a property, such as the items of a list, each with the name before it.
    pub fn texts(&self, name: &str) -> Vec<(Cow<'t, str>, LocatedText)> {
        let mut found = Vec::new();
        if let Some(value) = self.get(name) {
            collect(value, DEEPEST, &mut found);
        }
        found
    }

    /// The items of a list, each with its own properties.
    pub fn items(&self, name: &str) -> Vec<FlowBlock<'t>> {
        let items = self.get(name).map(pairs).unwrap_or_default().into_iter();
        let items = items.map(|(_, value)| FlowBlock {
            kind: Cow::Borrowed(""),
            instance: String::new(),
            place: value.place(),
            properties: pairs(value),
        });
        items.collect()
    }
}

/// A list of pairs: a name and a value each.
fn pairs(value: JsonValue<'_>) -> Vec<(Cow<'_, str>, JsonValue<'_>)> {
    let pairs = value.items().into_iter().map(JsonValue::items);
    pairs
        .filter_map(|pair| Some((pair.first()?.text()?, *pair.get(1)?)))
        .collect()
}

fn collect<'t>(value: JsonValue<'t>, depth: usize, found: &mut Vec<(Cow<'t, str>, LocatedText)>) {
    for (name, value) in pairs(value) {
        match value.located() {
            Some(text) => found.push((name, text)),
            None if depth > 0 => collect(value, depth - 1, found),
            None => {}
        }
    }
}

fn text(object: &JsonObject<'_>, name: &str) -> String {
    object.text(name).map(Cow::into_owned).unwrap_or_default()
}
