//! Canonical ids: ids that look alike are equal, however Unicode spells them.

use std::collections::BTreeSet;

use super::draft::{DraftEvent, DraftTimeline, LocatedText};
use crate::diagnostic::TextPlace;
use crate::text::canonical;

impl DraftTimeline {
    /// Converts all ids and references to canonical form, and records which were spelled otherwise.
    pub fn use_canonical_ids(&mut self) {
        let mut respelled = BTreeSet::new();
        let mut respell = |id: &mut LocatedText| {
            if !id.value.is_ascii() && *canonical(&id.value) != *id.value {
                id.value = canonical(&id.value).into();
                respelled.insert(id.place);
            }
        };
        for source in &mut self.sources {
            respell(&mut source.id);
            source.derives_from.iter_mut().for_each(&mut respell);
        }
        self.entities.iter_mut().for_each(|it| respell(&mut it.id));
        for event in &mut self.events {
            ids_of(event).for_each(&mut respell);
        }
        self.views.iter_mut().for_each(|it| respell(&mut it.id));
        for scene in &mut self.scenes {
            scene
                .view
                .iter_mut()
                .chain(&mut scene.select)
                .for_each(&mut respell);
        }
        for question in &mut self.questions {
            question.events.iter_mut().for_each(&mut respell);
        }
        self.respelled = respelled;
    }

    /// Whether exactly one of the ids at two places was spelled in another form.
    pub(super) fn spells_differently(&self, one: TextPlace, other: TextPlace) -> bool {
        self.respelled.contains(&one) != self.respelled.contains(&other)
    }
}

/// The id of an event, and all ids that it refers to.
fn ids_of(event: &mut DraftEvent) -> impl Iterator<Item = &mut LocatedText> {
    let links = event.links.iter_mut().map(|link| &mut link.to);
    let claims = event.claims.iter_mut().flat_map(|claim| {
        let names_party = claim.names_party();
        let value = claim.value.iter_mut().filter(move |_| names_party);
        let of_claims = claim.id.iter_mut().chain(&mut claim.answers);
        let named = claim.by.iter_mut().chain(&mut claim.source).chain(value);
        of_claims.chain(named)
    });
    let lists = event
        .actors
        .iter_mut()
        .chain(&mut event.targets)
        .chain(&mut event.accused)
        .chain(&mut event.addressees)
        .chain(&mut event.sources)
        .chain(&mut event.after);
    event.id.iter_mut().chain(lists).chain(links).chain(claims)
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::SourceText;

    #[test]
    fn either_form_of_an_id_names_what_bears_it_in_timelines_and_logs() {
        let case = "[entities.\"caf\u{e9}\"]\nname = \"Le caf\u{e9}\"\n[sources.\"e\u{301}tat\"]\ntitle = \"Lettre\"\n\
            [[events]]\nid = \"d\u{e9}but\"\nwhen = \"2021\"\ntitle = \"A\"\nactors = [\"cafe\u{301}\"]\nsources = [\"\u{e9}tat\"]\n\
            [[events.claims]]\nby = \"cafe\u{301}\"\nsource = \"\u{e9}tat\"\nabout = \"actor\"\nvalue = \"cafe\u{301}\"\n\
            [[events]]\nwhen = \"2022\"\ntitle = \"B\"\nlinks = [{ to = \"de\u{301}but\", as = \"caused-by\" }]\n";
        let log = "message,when_edtf,actors,tag\nC,2023,Le cafe\u{301},\u{e9}t\u{e9}\n";
        let texts = [
            SourceText::new("a.toml", case),
            SourceText::new("b.csv", log),
        ];
        let (timeline, findings) = crate::formats::open(&texts);
        assert!(findings.is_empty(), "{findings:?}");
        assert_eq!(timeline.entities().count(), 1);
        assert_eq!(
            timeline
                .sources()
                .filter(|(_, it)| it.title == "Lettre")
                .count(),
            1
        );
        assert!(
            timeline
                .events()
                .all(|event| event.title() == "B" || event.actors().len() == 1)
        );
        let linked = timeline.find_event("de\u{301}but").expect("it is there");
        assert_eq!(linked.links().len(), 1);
    }
}
