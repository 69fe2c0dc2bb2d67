//! What a statement that is left out may have said of markings, and of days on which something became public.

use std::ops::Range;

use ::toml::de::{DeTable, DeValue};

use super::fail_closed::{LostKey, PieceSection, lost_keys, may_be, meaning};
use super::key_names::{CLAIMS, MARKING};
use super::marking::parse_marking;
use super::reader::TomlReader;
use super::statements::{StatementExtent, TextTrust, heading_or_ruin};
use crate::diagnostic::TextPlace;
use crate::timeline::term::Tlp;

/// The table or the file that a lost key belongs to.
#[derive(Clone, Copy)]
struct KeyOwner {
    section: TextPlace,
    is_of_file: bool,
}

impl KeyOwner {
    const fn of_table(section: TextPlace) -> Self {
        Self {
            section,
            is_of_file: false,
        }
    }
}

impl TomlReader<'_> {
    /// Records the keys that a statement may have held that is left out. Returns what becomes of them until they are
    /// fixed.
    pub(super) fn lose(&mut self, piece: &str, statement: Range<usize>) -> Option<&'static str> {
        let text = piece.get(statement.clone()).unwrap_or_default();
        let place = self.place(statement.clone());
        let keys = heading_or_ruin(text);
        if keys.len() > 1 && may_be(keys[0], "events") {
            // A piece has one event, at its head: the statement may have been a claim about it.
            let event = self.place(self.sections.at(0).range);
            self.lose_key(CLAIMS, None, KeyOwner::of_table(event), place);
        }
        let PieceSection { range, is_of_file } = self.sections.at(statement.start);
        if range.start == statement.start && !keys.is_empty() {
            return None;
        }
        let owner = KeyOwner {
            section: self.place(range),
            is_of_file,
        };
        let keys = lost_keys(text);
        for key in &keys {
            self.lose_key(key, None, owner, place);
        }
        meaning(&keys)
    }

    /// Records the keys of a statement below the second heading of a table, which is left out.
    pub(super) fn lose_of(&mut self, owner: TextPlace, statement: &str, at: Range<usize>) {
        let place = self.place(at);
        for key in lost_keys(statement) {
            self.lose_key(key, None, KeyOwner::of_table(owner), place);
        }
    }

    /// Records a key that is given a second time: of two markings the stricter counts.
    pub(super) fn lose_repeated(&mut self, piece: &str, at: usize) -> Option<&'static str> {
        let rest = piece.get(at..).unwrap_or_default();
        let range = at..at + StatementExtent::of(rest, TextTrust::Careful).end;
        let statement = piece.get(range.clone()).unwrap_or_default();
        let (tree, _) = DeTable::parse_recoverable(statement);
        let first = tree.into_inner().into_iter().next();
        let Some((key, value)) = first else {
            return self.lose(piece, range);
        };
        let section = self.sections.at(at);
        let owner = KeyOwner {
            section: self.place(section.range),
            is_of_file: section.is_of_file,
        };
        let place = self.place(range);
        let read = value.get_ref().as_str().and_then(parse_marking);
        let read = read.filter(|_| key.get_ref() == MARKING);
        let keys = lost_keys(key.get_ref());
        for key in &keys {
            self.lose_key(key, read, owner, place);
        }
        if read.is_some() {
            return Some("the stricter of the two counts");
        }
        meaning(&keys)
    }

    /// Records the claims below a misspelt heading, such as `[[event.claims]]`, for the event above them.
    pub(super) fn lose_claims(&mut self, key: &str, value: &DeValue<'_>) {
        let Some(table) = value.as_table().filter(|_| may_be(key, "events")) else {
            return;
        };
        let claims = table
            .iter()
            .filter(|(key, _)| may_be(key.get_ref(), CLAIMS));
        for claim in claims
            .filter_map(|(_, value)| value.get_ref().as_array())
            .flatten()
        {
            let place = self.place(claim.span());
            let events = &self.reading.draft.events;
            let next = events.partition_point(|it| it.place.start() < place.start());
            if let Some(event) = next.checked_sub(1).and_then(|it| events.get(it)) {
                let event = event.place;
                self.lose_key(CLAIMS, None, KeyOwner::of_table(event), place);
            }
        }
    }

    fn lose_key(&mut self, key: &'static str, tlp: Option<Tlp>, owner: KeyOwner, place: TextPlace) {
        self.reading.lost.push(LostKey {
            section: owner.section,
            key,
            tlp,
            is_of_file: owner.is_of_file,
            place,
        });
    }
}
