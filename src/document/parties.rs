//! The parties of an event, on one line.

use super::role::Role;
use crate::timeline::facts::{FACTS, FactColumn};
use crate::timeline::{Event, Timeline};

/// The parties in one aspect of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyNames {
    /// What separates them from the parties before: an arrow before targets, words before others.
    pub lead: &'static str,
    pub names: String,
    /// What the names mean.
    pub role: Role,
}

/// The actors, then the targets, the accused and the addressees, as far as there are any.
///
/// An arrow is for what is done to someone. Being accused or addressed is different, and is said in words.
pub fn parties_of(timeline: &Timeline, event: Event<'_>) -> Vec<PartyNames> {
    let mut all: Vec<PartyNames> = Vec::new();
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
        all.push(PartyNames {
            lead,
            names: names.join(", "),
            role: Role::of_part(part),
        });
    }
    all
}
