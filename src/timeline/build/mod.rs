//! Builds a timeline from a draft: sorts events and resolves references.
//!
//! Nothing is refused here. [`super::check`] has reported what cannot be resolved. A name without a declaration gets an
//! entity or source of its own; a link without a target is dropped.

mod builder;
mod claims;
mod declarations;
mod duplicates;
mod event_runs;
mod events;
mod links;
mod log_names;
mod log_part;
mod merge;
mod names;
mod order;
mod rows;
mod story;
mod values;

use std::mem;

use super::data::{Timeline, TimelineHead};
use super::draft::DraftTimeline;
use builder::TimelineBuilder;
use order::in_order;
use values::{text, value};

pub(super) use names::{AuthoredNames, names};
pub use rows::build_rows;

pub fn build(mut draft: DraftTimeline) -> Timeline {
    let mut builder = begin(&draft);
    let mut events = draft.events.iter();
    builder.has_attributes =
        !draft.logs.is_empty() || events.any(|event| !event.attributes.is_empty());
    builder.declare_entities(&draft);
    builder.declare_sources(&draft);
    builder.declare_lanes(&draft.events, &draft.logs);
    let after = names::after(&draft.events);
    let (events, logs) = (mem::take(&mut draft.events), mem::take(&mut draft.logs));
    let (events, sequence) = in_order(events, after);
    let tied = builder.add_events(events, &sequence, logs);
    builder.add_links(&tied.links);
    builder.add_answers(&tied.answers);
    builder.timeline.events.attribute_by_links();
    finish(builder, &draft)
}

fn begin(draft: &DraftTimeline) -> TimelineBuilder {
    let mut builder = TimelineBuilder::default();
    builder.timeline.head = head(draft);
    builder.timeline.has_open_names = draft.entities.is_empty() && !draft.has_unread;
    builder
}

/// Adds what refers to events.
fn finish(mut builder: TimelineBuilder, draft: &DraftTimeline) -> Timeline {
    builder.start_at(draft.head.start.as_ref());
    builder.add_story(&draft.views, &draft.scenes, &draft.questions);
    builder.timeline.events.shrink();
    builder.timeline.compute_effective_marking();
    builder.timeline
}

fn head(draft: &DraftTimeline) -> TimelineHead {
    let head = &draft.head;
    TimelineHead {
        title: text(head.title.as_ref()).unwrap_or_default(),
        summary: text(head.summary.as_ref()).unwrap_or_default(),
        tlp: value(head.tlp.as_ref()),
        tlp_unread: head.tlp_unread,
        banner: text(head.banner.as_ref()),
        yardstick: value(head.yardstick.as_ref()).unwrap_or_default(),
        zone: head.zone.clone(),
        start: None,
    }
}
