//! Links, stored at both of their events.

use std::collections::BTreeMap;

use super::super::draft::DraftLink;
use super::super::link::{EventId, EventLink};
use super::builder::TimelineBuilder;

impl TimelineBuilder {
    /// Adds each link to both of its events.
    pub fn add_links(&mut self, drafts: &[(EventId, Vec<DraftLink>)]) {
        let mut links: BTreeMap<EventId, Vec<EventLink>> = BTreeMap::new();
        for reversed in [false, true] {
            for (row, link) in drafts
                .iter()
                .flat_map(|(row, links)| links.iter().map(|link| (*row, link)))
            {
                let Some(to) = self.find(&link.to.value) else {
                    continue;
                };
                let (at, to) = if reversed { (to, row) } else { (row, to) };
                let kind = link.kind.value;
                let here = links.entry(at).or_default();
                here.push(EventLink { to, kind, reversed });
            }
        }
        let (rows, column) = (self.timeline.events.len(), &mut self.timeline.events.links);
        for (row, here) in links {
            column.push_alike(&[], row.0 as usize - column.len());
            column.push(here);
        }
        column.push_alike(&[], rows - column.len());
    }
}
