//! The marking of a handout: at least as strict as the marking of anything in it.

use super::{HandoutBuilder, HandoutMarking};
use crate::document::Role;
use crate::document::briefing;
use crate::document::text_run::run;
use crate::formats::writers::ExportOptions;
use crate::timeline::Event;

impl HandoutBuilder<'_> {
    /// The file's marking, or a stricter marking of anything in the handout.
    pub(super) fn marking(&self, options: &ExportOptions<'_>) -> HandoutMarking {
        let timeline = self.timeline();
        let events = || self.events.iter().map(|&id| timeline.event(id));
        let of_events = events().map(Event::tlp);
        // Events that are named only as links or selections.
        // A change may be about any event.
        let with_claims = match options.changes {
            Some(_) => &self.events,
            None => &self.described,
        };
        let described = || with_claims.iter().map(|&id| timeline.event(id));
        let linked = described().flat_map(|event| event.links().iter().map(|link| link.to));
        let scenes = briefing::scenes_for(timeline, options.audience);
        let selected = scenes.iter().filter_map(|scene| scene.select);
        let asked = &self.asked;
        let asked_of = asked.iter().flat_map(|question| &question.events).copied();
        let named = linked.chain(selected).chain(asked_of);
        let of_named = named.map(|id| timeline.event(id).tlp());
        let of_claims = described().flat_map(|event| event.claims().map(|(_, claim)| claim.tlp));
        let of_sources = self.order.iter().map(|&id| timeline.source(id).tlp);
        let of_scenes = scenes.iter().map(|scene| scene.tlp);
        let of_questions = asked.iter().map(|question| question.tlp);
        // Claims and links name entities in many ways: any that is marked counts.
        let of_entities = timeline.entities().map(|(_, entity)| entity.tlp);
        let of_views = timeline.views().iter().map(|view| view.tlp);
        // A change shows what was withdrawn, and former values.
        let of_changes = options.changes;
        let of_changes = of_changes.map(|it| it.comparison.old.effective_marking());
        let head = timeline.head();
        let tlp = std::iter::once(head.tlp)
            .chain(of_events)
            .chain(of_named)
            .chain(of_claims)
            .chain(of_sources)
            .chain(of_scenes)
            .chain(of_questions)
            .chain(of_entities)
            .chain(of_views)
            .chain(of_changes)
            .flatten()
            .max();
        let banner = head.banner.as_deref();
        HandoutMarking {
            tlp,
            banner: banner
                .filter(|banner| !banner.trim().is_empty())
                .map(|banner| run(Role::Bar, banner)),
        }
    }
}
