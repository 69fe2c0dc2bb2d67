//! The names of keys that more than the table of keys needs: the checks that fail closed, and `dateline import`.

/// The key of a marking, in every table that has one.
pub(in crate::formats) const MARKING: &str = "tlp";

pub(in crate::formats) const ID: &str = "id";
pub(in crate::formats) const NAME: &str = "name";
pub(in crate::formats) const NOTE: &str = "note";
pub(in crate::formats) const TITLE: &str = "title";
pub(in crate::formats) const WHEN: &str = "when";

/// The keys that a table cannot do without, in any table that has one.
pub(super) const REQUIRED: &[&str] = &[TITLE, "to", "as", "text"];

// The keys that decide when something became public: those of an event, of a claim and of a source.
pub(in crate::formats) const DISCLOSED: &str = "disclosed";
pub(in crate::formats) const SOURCES: &str = "sources";
pub(super) const CLAIMS: &str = "claims";
pub(in crate::formats) const SAID: &str = "said";
pub(super) const SOURCE: &str = "source";
pub(in crate::formats) const PUBLISHED: &str = "published";
