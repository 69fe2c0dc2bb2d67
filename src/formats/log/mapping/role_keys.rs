//! The keys of a mapping file that say what a column is, as a table.

use crate::formats::log::column_role::ColumnRole;
use crate::timeline::facts::{FactId, LIST_FACTS, SINGLE_FACTS};

/// The key of columns that are not read.
const LEAVE_OUT: &str = "leave-out";

/// The keys that are not those of a fact.
const KEYS: &[(&str, ColumnRole)] = &[
    ("when", ColumnRole::When),
    ("until", ColumnRole::Until),
    ("epoch", ColumnRole::Epoch),
    ("edtf", ColumnRole::Imprecise),
    ("day", ColumnRole::Day),
    ("time", ColumnRole::Time),
    ("zone", ColumnRole::Zone),
    ("title", ColumnRole::Title),
    ("short-title", ColumnRole::Short),
    ("level", ColumnRole::Tag),
    ("labels", ColumnRole::Labels),
    ("attack", ColumnRole::Attack),
    ("id", ColumnRole::Id),
    ("clock", ColumnRole::Clock),
    ("meaning", ColumnRole::Described),
    ("tlp", ColumnRole::Marking),
];

/// Every key, with its role.
pub(in crate::formats::log) fn role_keys() -> impl Iterator<Item = (&'static str, ColumnRole)> {
    let key = |fact: &FactId| fact.row().key;
    let single = (SINGLE_FACTS.iter())
        .filter_map(move |fact| Some((key(fact)?, ColumnRole::Fact(fact.slot()))));
    let lists = LIST_FACTS.iter().filter_map(move |fact| {
        let role = match *fact {
            FactId::TAGS => ColumnRole::Tags,
            FactId::TECHNIQUES => ColumnRole::Techniques,
            other => ColumnRole::Names(other.slot()),
        };
        Some((key(fact)?, role))
    });
    let facts = single.chain(lists);
    (KEYS.iter().copied())
        .chain(facts)
        .chain([(LEAVE_OUT, ColumnRole::Nothing)])
}

pub(in crate::formats::log) fn role_of_key(key: &str) -> Option<ColumnRole> {
    let mut keys = role_keys();
    keys.find(|(known, _)| *known == key).map(|(_, role)| role)
}

pub(in crate::formats::log) fn key_of_role(role: ColumnRole) -> Option<&'static str> {
    let mut keys = role_keys();
    keys.find(|(_, known)| *known == role).map(|(key, _)| key)
}

/// Whether several columns each add to the value, instead of the first that is filled.
pub(in crate::formats::log) fn takes_all(role: ColumnRole) -> bool {
    matches!(
        role,
        ColumnRole::Tags
            | ColumnRole::Labels
            | ColumnRole::Tag
            | ColumnRole::Techniques
            | ColumnRole::Attack
            | ColumnRole::Names(_)
            | ColumnRole::Marking
            | ColumnRole::Nothing
    )
}

/// What columns of a role are taken for, in a sentence.
pub(in crate::formats::log) fn words_of_role(role: ColumnRole) -> String {
    match role {
        ColumnRole::When | ColumnRole::Epoch | ColumnRole::Imprecise => "the date".to_owned(),
        ColumnRole::Until => "the end".to_owned(),
        ColumnRole::Tag => "tags".to_owned(),
        ColumnRole::Names(slot) => LIST_FACTS[slot].row().label.to_owned(),
        ColumnRole::Attack => "techniques".to_owned(),
        other => {
            let key = key_of_role(other).unwrap_or_default();
            if takes_all(other) {
                key.to_owned()
            } else {
                format!("the {key}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_key_has_a_role_of_its_own() {
        for (key, role) in role_keys() {
            assert_eq!(role_of_key(key), Some(role), "{key}");
            assert_eq!(key_of_role(role), Some(key), "{role:?}");
        }
    }
}
