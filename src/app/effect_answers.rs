//! The answers to effects that need nothing but a timeline.

use std::sync::Arc;

use super::effect::Effect;
use super::message::Message;
use super::reload::swap::prepare_swap;
use crate::query;
use crate::timeline::{Timeline, VisitControl};

/// The answer to an effect, if it needs nothing but a timeline and is not stopped. May run on any thread.
pub fn answer(timeline: &Timeline, effect: &Effect, control: &VisitControl) -> Option<Message> {
    match effect {
        Effect::Filter {
            timeline,
            generation,
            filter,
            facets,
        } => {
            let (matches, facets) = if *facets {
                let (matches, facets) = query::matches_and_facets(timeline, filter, control)?;
                (matches, Some(facets))
            } else {
                (filter.matches_unless_stopped(timeline, control)?, None)
            };
            Some(Message::Filtered {
                generation: *generation,
                matches,
                facets,
            })
        }
        Effect::Search { timeline, needle } => Some(Message::Searched {
            timeline: Arc::clone(timeline),
            needle: needle.clone(),
            events: needle.events_unless_stopped(timeline, control)?,
        }),
        Effect::Complete { text, cursor } => Some(Message::Completed {
            text: text.clone(),
            cursor: *cursor,
            completion: query::complete_unless_stopped(timeline, text, *cursor, control)?,
        }),
        Effect::Swap(request) => Some(Message::Swapped(Box::new(prepare_swap(request)))),
        Effect::Quit
        | Effect::Suspend
        | Effect::Redraw
        | Effect::Files(_)
        | Effect::ReadBaseline(_)
        | Effect::Promote(_)
        | Effect::WriteFile(_)
        | Effect::SaveMarks(_)
        | Effect::Fail(_)
        | Effect::Edit(_)
        | Effect::Copy(_)
        | Effect::Mouse(_)
        | Effect::PublishStatus(_)
        | Effect::Follow
        | Effect::StopQuery(_)
        | Effect::Drive(_) => None,
    }
}
