//! The table of the keys of a timeline file.
//!
//! Each key has one row: its name, the type and the meaning of its value, a summary, an example, and where the reader
//! puts the value. From the rows come the reader, the keys that a finding lists, the types that it expects, and the
//! tables of README.md.

mod briefing;
mod declarations;
mod events;
mod file_key;
mod given;
pub(super) mod marks;
mod root;
mod row;

pub(in crate::formats) use briefing::LONGEST_SCENE;
pub use file_key::{FileKey, FileTable, IdSpace, KeyContent, ValueShape};

/// Every table of the file, in the order in which they are explained.
pub const FILE_TABLES: [&dyn FileTable; 10] = [
    &root::ROOT,
    &declarations::HEAD,
    &declarations::SOURCE,
    &declarations::ENTITY,
    &events::EVENT,
    &events::LINK,
    &events::CLAIM,
    &declarations::VIEW,
    &briefing::SCENE,
    &briefing::QUESTION,
];

/// Whether a name is a key at the top of a timeline.
pub(super) fn is_root_key(name: &str) -> bool {
    root::ROOT.keys().any(|key| key.name == name)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::diagnostic::{SourceText, UNUSED_SOURCE};
    use crate::formats;
    use crate::formats::toml::closed_words::OTHER_WORDS;
    use crate::formats::toml::key_names::REQUIRED;
    use crate::formats::toml::statements::TABLES;
    use crate::timeline::facts::FACTS;

    fn all_keys() -> impl Iterator<Item = &'static FileKey> {
        FILE_TABLES.into_iter().flat_map(FileTable::keys)
    }

    fn names(table: &dyn FileTable) -> BTreeSet<&'static str> {
        table.keys().map(|key| key.name).collect()
    }

    fn is_table(key: &FileKey) -> bool {
        key.example.is_empty()
    }

    /// The declarations to which the examples refer.
    const REFERENCES: &str = r#"
[sources.fcdo-press]
title = "Press notice"

[entities.ncsc]
name = "National Cyber Security Centre"

[[events]]
id    = "first-access"
when  = "2021-07"
title = "First access"

  [[events.claims]]
  id     = "fcdo-names"
  by     = "ncsc"
  source = "fcdo-press"
  about  = "event"
"#;

    #[test]
    fn the_examples_of_all_keys_make_a_timeline_without_findings() {
        let mut text = String::new();
        for table in FILE_TABLES {
            let id = match table.heading() {
                "[sources.ID]" => "fcdo-web",
                "[entities.ID]" => "apt31",
                _ => "attribution",
            };
            // Inline tables are in the example of the table around them.
            if table.heading().starts_with("links") {
                continue;
            }
            let heading = table.heading().replace("ID", id);
            let keys = table.keys().filter(|key| !is_table(key));
            let lines = keys.map(|key| format!("{} = {}", key.name, key.example));
            let lines: Vec<String> = [String::new(), heading].into_iter().chain(lines).collect();
            text.push_str(&lines.join("\n"));
        }
        text.push_str(REFERENCES);
        let (_, findings) = formats::open(&[SourceText::new("a.toml", text.as_str())]);
        let findings: Vec<_> = findings
            .iter()
            .filter(|it| *it.kind != UNUSED_SOURCE)
            .map(|it| (&it.message, text.get(it.place.range())))
            .collect();
        assert!(findings.is_empty(), "{findings:?} in {text}");
    }

    #[test]
    fn each_key_is_explained_and_has_a_bit_of_its_own() {
        for table in FILE_TABLES {
            assert!(table.keys().count() <= 32, "{}", table.name());
            assert_eq!(names(table).len(), table.keys().count(), "{}", table.name());
        }
        for key in all_keys() {
            let summary = key.summary;
            assert!(!summary.is_empty() && !summary.ends_with('.'), "{key:?}");
            let has_tables = matches!(
                key.shape,
                ValueShape::Table(_) | ValueShape::TableList(_) | ValueShape::NamedTables(_)
            );
            assert!(has_tables || !is_table(key), "{key:?}");
        }
    }

    #[test]
    fn required_keys_are_known_by_their_names() {
        let required: BTreeSet<&str> = all_keys()
            .filter(|key| key.is_required())
            .map(|key| key.name)
            .collect();
        assert_eq!(required, REQUIRED.iter().copied().collect());
    }

    #[test]
    fn the_keys_of_an_event_are_those_of_its_facts_and_a_few_others() {
        let of_facts: BTreeSet<&str> = FACTS.iter().filter_map(|fact| fact.key).collect();
        let others = BTreeSet::from(["id", "title", "links", "claims"]);
        let all: BTreeSet<&str> = of_facts.union(&others).copied().collect();
        assert_eq!(names(&events::EVENT), all);
    }

    #[test]
    fn a_careful_reader_knows_the_headings_of_the_tables() {
        let keys = root::ROOT.keys().filter(|key| is_table(key));
        let tables: BTreeSet<&str> = keys.map(|key| key.name).collect();
        assert_eq!(tables, TABLES.iter().copied().collect());
    }

    #[test]
    fn a_suggested_word_is_a_key_or_a_word_of_a_list() {
        let mut known: BTreeSet<&str> = all_keys().map(|key| key.name).collect();
        for key in all_keys() {
            if let KeyContent::Closed(words) = key.content {
                known.extend(words.words());
            }
        }
        for (written, ours) in OTHER_WORDS {
            assert!(known.contains(ours), "{written}: {ours}");
        }
    }
}
