//! Fields by their names.

use super::super::field::FilterField;
use super::FIELDS;

/// The field with a name or alias, in any letter case.
pub fn find(name: &str) -> Option<&'static FilterField> {
    let is_called = |known: &str| known.eq_ignore_ascii_case(name);
    FIELDS
        .iter()
        .find(|field| is_called(field.name) || field.aliases.iter().any(|alias| is_called(alias)))
}

/// The field that users mean by a name of another program.
pub(in crate::query) fn meant_by(name: &str) -> Option<&'static str> {
    const WORDS: &[(&str, &[&str])] = &[
        ("when", &["year", "month", "day", "date", "time"]),
        ("actor", &["who", "group", "attacker"]),
        ("target", &["victim"]),
        ("tag", &["label", "keyword"]),
        ("phase", &["type", "category", "stage"]),
    ];
    let has = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(name));
    let field = WORDS.iter().find(|(_, words)| has(words));
    field.map(|(field, _)| *field)
}

/// Every name and alias.
pub(in crate::query) fn names() -> impl Iterator<Item = &'static str> {
    FIELDS.iter().flat_map(|field| {
        [field.name]
            .into_iter()
            .chain(field.aliases.iter().copied())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_fields_share_a_name() {
        let mut all: Vec<&str> = names().collect();
        all.sort_unstable();
        let count = all.len();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
