//! One difference of one key.

use super::kind::ChangeKind;

/// How one key differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The key in the file, or the name of what is computed.
    pub key: &'static str,
    pub kind: ChangeKind,
    /// The value in the older timeline; empty if there is none.
    pub old: String,
    /// The value in the newer timeline; empty if there is none.
    pub new: String,
    /// Whether it follows from other differences.
    pub is_computed: bool,
}

/// The differences of one pair, in the order in which they are found.
#[derive(Debug, Default)]
pub(super) struct DifferenceList(pub Vec<Difference>);

impl DifferenceList {
    pub fn add(&mut self, key: &'static str, kind: ChangeKind, old: &str, new: &str) {
        self.0.push(Difference {
            key,
            kind,
            old: old.to_owned(),
            new: new.to_owned(),
            is_computed: false,
        });
    }

    /// Something that follows from other differences.
    pub fn add_computed(&mut self, key: &'static str, kind: ChangeKind, old: &str, new: &str) {
        self.add(key, kind, old, new);
        if let Some(last) = self.0.last_mut() {
            last.is_computed = true;
        }
    }

    /// Prose: other words, or text where there was none.
    pub fn prose(&mut self, key: &'static str, old: &str, new: &str) {
        self.value_as(key, old, new, ChangeKind::Reworded);
    }

    /// Prose that may be missing.
    pub fn optional_prose(&mut self, key: &'static str, old: Option<&str>, new: Option<&str>) {
        self.prose(key, old.unwrap_or_default(), new.unwrap_or_default());
    }

    /// A single value that may be missing.
    pub fn optional(&mut self, key: &'static str, old: Option<&str>, new: Option<&str>) {
        self.value(key, old.unwrap_or_default(), new.unwrap_or_default());
    }

    /// A single value.
    pub fn value(&mut self, key: &'static str, old: &str, new: &str) {
        self.value_as(key, old, new, ChangeKind::Replaced);
    }

    /// A single value, with the kind for a pair of different ones.
    pub fn value_as(&mut self, key: &'static str, old: &str, new: &str, differs: ChangeKind) {
        let kind = match (old, new) {
            (old, new) if old == new => return,
            ("", _) => ChangeKind::Stated,
            (_, "") => ChangeKind::Unstated,
            _ => differs,
        };
        self.add(key, kind, old, new);
    }

    /// A list: each text with a key by which the two sides agree.
    pub fn list<K: PartialEq>(
        &mut self,
        key: &'static str,
        old: &[(K, String)],
        new: &[(K, String)],
    ) {
        let before = self.0.len();
        for (id, text) in old {
            if !new.iter().any(|(other, _)| other == id) {
                self.add(key, ChangeKind::Dropped, text, "");
            }
        }
        for (id, text) in new {
            if !old.iter().any(|(other, _)| other == id) {
                self.add(key, ChangeKind::Added, "", text);
            }
        }
        let is_in_order = old
            .iter()
            .map(|(id, _)| id)
            .eq(new.iter().map(|(id, _)| id));
        if self.0.len() == before && !is_in_order {
            let joined = |all: &[(K, String)]| {
                let texts: Vec<_> = all.iter().map(|(_, text)| text.as_str()).collect();
                texts.join(", ")
            };
            self.add(key, ChangeKind::Reordered, &joined(old), &joined(new));
        }
    }

    /// A list of words.
    pub fn words<'w>(
        &mut self,
        key: &'static str,
        old: impl IntoIterator<Item = &'w str>,
        new: impl IntoIterator<Item = &'w str>,
    ) {
        let each = |word: &'w str| (word, word.to_owned());
        let old: Vec<_> = old.into_iter().map(each).collect();
        let new: Vec<_> = new.into_iter().map(each).collect();
        self.list(key, &old, &new);
    }
}
