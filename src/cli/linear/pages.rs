//! Pages: who says so, the timeline or a name in it, its questions, sources and entities, and the guide.

use super::session::LinearSession;
use super::words::{line, lines};
use crate::diagnostic::nearest;
use crate::document::{Document, PageSubject, count};
use crate::formats::linear;
use crate::guide::Topic;
use crate::text::canonical;
use crate::timeline::Timeline;

/// The answer to "who says so?" where no claim does.
const NO_CLAIMS: &str = "The file has no claims about this.";

impl LinearSession {
    /// What claims say about the present event, and the claims; if there are none, its sources.
    pub(super) fn who(&mut self) -> String {
        let event = if self.is_briefing {
            self.event_of_scene()
        } else {
            self.event
        };
        let Some(event) = event else {
            return line("Go to an event first: type next, or go with a number");
        };
        let timeline = self.timeline();
        let number = timeline.event(event).claims().len();
        if number > 0 {
            let counted = line(&count(number, "claim"));
            let verdict = linear::verdict(timeline, event);
            let text = linear::claims(timeline, event);
            let (_, claims) = text.split_once(&counted).unwrap_or(("", &text));
            let claims = self.page_of_lines(lines(claims), "claim");
            return format!("{verdict}{counted}{claims}");
        }
        let sources = linear::sources(timeline, event);
        match sources.split_once('\n') {
            Some((counted, sources)) => {
                let sources = self.page_of_lines(lines(sources), "source");
                format!("{NO_CLAIMS}\n{counted}\n{sources}")
            }
            None => format!("{NO_CLAIMS}\n"),
        }
    }

    /// What the timeline says about a name in it; without one, about itself.
    pub(super) fn about(&mut self, name: &str) -> String {
        let found = match name {
            "" => Ok(PageSubject::Timeline),
            name => subject(self.timeline(), name),
        };
        let hint = match found {
            Ok(subject) => return self.document(subject, "line"),
            Err(Some(meant)) => format!("Did you mean “{meant}”?"),
            Err(None) => "Entities and sources list the names".to_owned(),
        };
        line(&format!("Nothing is called “{name}”. {hint}"))
    }

    /// A page; `noun` names one of its lines.
    pub(super) fn document(&mut self, subject: PageSubject, noun: &'static str) -> String {
        let text = linear::document(&Document::about(self.timeline(), subject));
        self.page_of_lines(lines(&text), noun)
    }

    /// Two events of the list side by side.
    pub(super) fn compare(&mut self, numbers: &str) -> String {
        let rows = self.active_filter.rows();
        let event = |number: &str| {
            let row = number.parse::<usize>().ok()?.checked_sub(1)?;
            rows.get(row).copied()
        };
        let given: Vec<&str> = numbers.split_whitespace().collect();
        let [one, other] = given[..] else {
            return line("Type the numbers of two events, such as: compare 3 5");
        };
        match (event(one), event(other)) {
            _ if rows.is_empty() => self.nothing_left(),
            (Some(one), Some(other)) if one == other => line("These are one event"),
            (Some(one), Some(other)) => self.document(PageSubject::Pair(one, other), "line"),
            (found, _) => {
                let wrong = if found.is_some() { other } else { one };
                let last = rows.len();
                line(&format!(
                    "There is no event “{wrong}”: type numbers from 1 to {last}"
                ))
            }
        }
    }

    /// A topic of the guide.
    pub(super) fn topic(&mut self, name: &str) -> String {
        if let Some(topic) = Topic::parse(name) {
            let text = linear::document(&Document::topic(topic));
            return self.page_of_lines(lines(&text), "line");
        }
        let names: Vec<&str> = Topic::ALL.iter().map(|topic| topic.name()).collect();
        let hint = match nearest(name, names.iter().copied()) {
            Some(meant) => format!("Did you mean “{meant}”?"),
            None => format!("The topics are {}", names.join(", ")),
        };
        line(&format!("The guide has no topic “{name}”. {hint}"))
    }
}

/// The entity, source or technique with a name, an alias or an id.
///
/// # Errors
/// The name that may have been meant.
fn subject(timeline: &Timeline, name: &str) -> Result<PageSubject, Option<String>> {
    let entities = timeline.entities().flat_map(|(id, entity)| {
        let names = [&entity.name, &entity.key].into_iter();
        let names = names.chain(&entity.aliases);
        names.map(move |known| (known.as_str(), PageSubject::Entity(id)))
    });
    let sources = timeline.sources().flat_map(|(id, source)| {
        let names = [&source.title, &source.key].into_iter();
        names.map(move |known| (known.as_str(), PageSubject::Source(id)))
    });
    let techniques = timeline.techniques().iter();
    let techniques = techniques.map(|(id, known)| (known, PageSubject::Technique(id)));
    let named: Vec<(&str, PageSubject)> = entities.chain(sources).chain(techniques).collect();
    let wanted = canonical(name).to_lowercase();
    let found = named
        .iter()
        .find(|(known, _)| canonical(known).to_lowercase() == wanted);
    let known = named.iter().map(|(name, _)| *name);
    found
        .map(|(_, subject)| *subject)
        .ok_or_else(|| nearest(name, known).map(str::to_owned))
}
