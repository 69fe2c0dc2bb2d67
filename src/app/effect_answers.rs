//! The answers to effects that need nothing but a timeline.

use std::sync::Arc;

use super::effect::Effect;
use super::message::Message;
use super::reload::swap::prepare_swap;
use crate::query;
use crate::timeline::Timeline;

/// The answer to an effect, if it needs nothing but a timeline. May run on any thread.
pub fn answer(timeline: &Timeline, effect: &Effect) -> Option<Message> {
    match effect {
        Effect::Filter {
            timeline,
            generation,
            filter,
            facets,
        } => Some(Message::Filtered {
            generation: *generation,
            matches: filter.matches(timeline),
            facets: facets.then(|| query::facets(timeline, filter)),
        }),
        Effect::Search { timeline, needle } => Some(Message::Searched {
            timeline: Arc::clone(timeline),
            needle: needle.clone(),
            events: needle.events(timeline),
        }),
        Effect::Complete { text, cursor } => Some(Message::Completed {
            text: text.clone(),
            cursor: *cursor,
            completion: query::complete(timeline, text, *cursor),
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
        | Effect::Drive(_) => None,
    }
}
