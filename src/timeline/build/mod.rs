//! From a draft to a timeline: events are put in order and names become references.
//!
//! Nothing is refused here. What cannot be resolved was reported by [`super::check`]; an entity or
//! source that is named but not declared stands for itself, and a link to nowhere is left out.

mod builder;
mod claims;
mod declarations;
mod duplicates;
mod events;
mod links;
mod log_names;
mod merge;
mod names;
mod order;
mod story;
mod values;

use super::data::{Head, Timeline};
use super::draft::Draft;
use builder::Builder;
use order::in_order;
use values::{text, value};

pub(super) use names::{Called, names};

/// Makes a timeline of what authors wrote.
pub fn build(draft: Draft) -> Timeline {
    let mut builder = Builder::default();
    builder.timeline.head = head(&draft);
    builder.timeline.has_open_names = draft.entities.is_empty() && !draft.has_unread;
    builder.has_logs = !draft.logs.is_empty();
    builder.declare_entities(&draft);
    builder.declare_sources(&draft);
    builder.declare_lanes(&draft.events, &draft.logs);
    let after = names::after(&draft.events);
    let (events, sequence) = in_order(draft.events, after);
    let tied = builder.add_events(events, &sequence, draft.logs);
    builder.add_links(&tied.links);
    builder.add_answers(&tied.answers);
    builder.timeline.events.attribute_by_links();
    builder.add_story(&draft.views, &draft.scenes, &draft.questions);
    builder.timeline.events.shrink();
    builder.timeline.compute_effective_marking();
    builder.timeline
}

fn head(draft: &Draft) -> Head {
    let head = &draft.head;
    Head {
        title: text(head.title.as_ref()).unwrap_or_default(),
        summary: text(head.summary.as_ref()).unwrap_or_default(),
        tlp: value(head.tlp.as_ref()),
        tlp_unread: head.tlp_unread,
        banner: text(head.banner.as_ref()),
        yardstick: value(head.yardstick.as_ref()).unwrap_or_default(),
        zone: head.zone.clone(),
    }
}
