//! Who takes which part in an event, on one line.

use super::role::Role;
use crate::timeline::facts::{FACTS, FactColumn};
use crate::timeline::{Event, Timeline};

/// Those who take one part in an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parties {
    /// What leads to them from those before: an arrow to targets, words to others.
    pub lead: &'static str,
    /// Their names.
    pub names: String,
    /// What the names mean.
    pub role: Role,
}

/// Those who act, then those to whom it is done, who are accused, and to whom it is addressed, as far as there are any.
///
/// An arrow is for what is done to someone. To be accused or addressed is not that, and is said in words.
pub fn parties_of(timeline: &Timeline, event: Event<'_>) -> Vec<Parties> {
    let mut all: Vec<Parties> = Vec::new();
    for fact in FACTS {
        let FactColumn::Parties(part) = fact.column else {
            continue;
        };
        let ids = event.parties(part);
        if ids.is_empty() {
            continue;
        }
        let names: Vec<&str> = ids
            .iter()
            .map(|&id| timeline.entity(id).name.as_str())
            .collect();
        let [first, later] = fact.leads;
        let lead = if all.is_empty() { first } else { later };
        all.push(Parties {
            lead,
            names: names.join(", "),
            role: Role::of_part(part),
        });
    }
    all
}
