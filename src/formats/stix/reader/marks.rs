//! The markings of objects. What cannot be read counts as RED.

use super::index::{BundleIndex, BundleObject};
use super::notices::BundleNotices;
use crate::diagnostic::TextPlace;
use crate::formats::json_object::{JsonObject, JsonValue};
use crate::formats::stix::{extensions, markings};
use crate::formats::toml::marking::read_marking;
use crate::formats::wrong_types::JsonType;
use crate::timeline::draft::Located;
use crate::timeline::term::Tlp;

/// The statement of copyright that every object of ATT&CK bears. Not every excerpt of ATT&CK has it.
const ATTACK_COPYRIGHT: &str = "marking-definition--fa42a846-8d90-4e51-bc29-71d5b4802168";

/// What one marking says.
enum MarkingMeaning {
    Level(Tlp),
    /// A copyright, which limits no audience.
    Notice,
    /// Words of another scheme. They limit the audience if no level does.
    Words,
    Unknown,
}

/// The strictest marking of an object; `None` if it bears none.
pub(super) fn marking(
    index: &BundleIndex<'_>,
    notices: &mut BundleNotices,
    object: &BundleObject<'_>,
) -> Option<Located<Tlp>> {
    let mut levels: Vec<(Tlp, TextPlace)> = Vec::new();
    let mut words = Vec::new();
    for name in ["object_marking_refs", "granular_markings"] {
        for value in object.json.all(name) {
            if JsonType::of(value.raw()).is_some_and(|it| it != JsonType::List) {
                notices.marking(format!("`{name}` is not a list"), value.place());
                levels.push((Tlp::Red, value.place()));
            }
        }
    }
    let lists = object.json.all("object_marking_refs");
    for item in lists.flat_map(JsonValue::items) {
        let id = item.text().unwrap_or_default();
        match meaning(index, &id) {
            MarkingMeaning::Level(tlp) => levels.push((tlp, item.place())),
            MarkingMeaning::Notice => {}
            MarkingMeaning::Words => words.push((id, item.place())),
            MarkingMeaning::Unknown => {
                let what = format!("`{id}` is not a level of the Traffic Light Protocol");
                notices.marking(what, item.place());
                levels.push((Tlp::Red, item.place()));
            }
        }
    }
    if levels.is_empty() {
        for (id, place) in words {
            let what = format!("`{id}` is a statement, not a level of the Traffic Light Protocol");
            notices.marking(what, place);
            levels.push((Tlp::Red, place));
        }
    }
    for part in object
        .json
        .all("granular_markings")
        .flat_map(JsonValue::items)
    {
        let marks = part
            .object()
            .is_some_and(|it| it.get("marking_ref").is_some());
        // Some parts of the object are marked, and others are not: the whole is as strict as it can be.
        if marks {
            notices.marking(
                "markings of parts of an object are not read".to_owned(),
                part.place(),
            );
            levels.push((Tlp::Red, part.place()));
        }
    }
    let (tlp, place) = levels.into_iter().max_by_key(|(tlp, _)| *tlp)?;
    Some(Located::new(tlp, place))
}

fn meaning(index: &BundleIndex<'_>, id: &str) -> MarkingMeaning {
    if let Some(tlp) = markings::level(id) {
        return MarkingMeaning::Level(tlp);
    }
    if id == ATTACK_COPYRIGHT {
        return MarkingMeaning::Notice;
    }
    let definition = index.get(id).map(|object| &object.json);
    definition.map_or(MarkingMeaning::Unknown, meaning_of_definition)
}

fn meaning_of_definition(definition: &JsonObject<'_>) -> MarkingMeaning {
    let of_tlp_2 = definition
        .object("extensions")
        .and_then(|it| it.object(extensions::TLP_2));
    let of_tlp_1 = definition.object("definition");
    let kind = definition.text("definition_type").unwrap_or_default();
    let level = of_tlp_2.and_then(|it| it.text("tlp_2_0"));
    let level = level.or_else(|| of_tlp_1.as_ref().filter(|_| kind == "tlp")?.text("tlp"));
    if let Some(level) = level {
        let (tlp, _) = read_marking(&level, TextPlace::default());
        return tlp.map_or(MarkingMeaning::Unknown, MarkingMeaning::Level);
    }
    let statement = of_tlp_1.filter(|_| kind == "statement");
    let statement = statement.and_then(|it| it.text("statement"));
    match statement {
        Some(words) if is_copyright(&words) => MarkingMeaning::Notice,
        Some(_) => MarkingMeaning::Words,
        None => MarkingMeaning::Unknown,
    }
}

fn is_copyright(words: &str) -> bool {
    let words = words.trim_start().to_lowercase();
    ["copyright", "©", "(c)"]
        .iter()
        .any(|sign| words.starts_with(sign))
}

/// The words of the statements that an object bears, such as a classification of another scheme.
pub(super) fn statement<'t>(
    index: &BundleIndex<'t>,
    object: &BundleObject<'t>,
) -> Option<crate::timeline::draft::LocatedText> {
    let ids = object.json.texts("object_marking_refs").into_iter();
    let mut statements = ids.filter_map(|id| {
        let words = index
            .get(&id.value)?
            .json
            .object("definition")?
            .located("statement")?;
        (!is_copyright(&words.value)).then_some(words)
    });
    statements.next()
}
