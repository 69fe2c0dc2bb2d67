//! The list and its events, one after the other.

use super::session::LinearSession;
use super::words::line;
use crate::document::count;
use crate::formats::linear::{self, sentence};
use crate::timeline::EventId;

impl LinearSession {
    /// The text before the first command: the marking, the title, the summary, and what can be typed.
    pub fn opening(&self) -> String {
        let scenes = match self.briefing.numbered(self.timeline()) {
            0 => String::new(),
            scenes => format!("briefing for the {}, ", count(scenes, "scene")),
        };
        let next = format!("Type list for the events, next for the first one, {scenes}or help");
        let head = linear::head(self.timeline());
        format!("{head}{} {}\n", self.counts(), sentence(&next))
    }

    /// How many events there are, or how many of them the filter leaves.
    pub(super) fn counts(&self) -> String {
        let all = count(self.timeline().len(), "event");
        if self.active_filter.is_open() {
            return sentence(&all);
        }
        let rows = self.active_filter.rows().len();
        let verb = if rows == 1 { "matches" } else { "match" };
        let matching = sentence(&format!(
            "{rows} of {all} {verb} {}",
            self.active_filter.text
        ));
        match (
            self.active_filter.counts().possibly,
            self.active_filter.surely_only,
        ) {
            (0, _) => matching,
            (possibly, true) => format!("{matching} {possibly} possibly match, and are hidden."),
            (possibly, false) => format!("{matching} {possibly} of them possibly."),
        }
    }

    /// The events of the list from a number on; without one, from the first.
    pub(super) fn list(&mut self, from: &str) -> String {
        let rows = self.active_filter.rows().len();
        let first = match from.parse() {
            _ if from.is_empty() => 1,
            Ok(number) if (1..=rows).contains(&number) => number,
            _ => return self.not_on_the_list("list", from),
        };
        if rows == 0 {
            return self.nothing_left();
        }
        let left = self.leave_briefing();
        let page = self.page_of_rows(first - 1..rows);
        format!("{left}{}\n{page}", self.counts())
    }

    pub(super) fn go_to_event(&mut self, to: &str) -> String {
        let number = to.parse::<usize>().ok();
        let row = number.and_then(|number| number.checked_sub(1));
        match row
            .and_then(|row| self.active_filter.rows().get(row))
            .copied()
        {
            Some(id) => self.read(id),
            None => self.not_on_the_list("go", to),
        }
    }

    pub(super) fn next_event(&mut self) -> String {
        let row = match self.event.map(|id| self.active_filter.row_of(id)) {
            None => 0,
            Some(Ok(row)) => row + 1,
            // The filter hides it: its place is before this row.
            Some(Err(row)) => row,
        };
        match self.active_filter.rows().get(row).copied() {
            Some(id) => self.read(id),
            None if self.active_filter.rows().is_empty() => self.nothing_left(),
            None => line("This is the last event"),
        }
    }

    pub(super) fn previous_event(&mut self) -> String {
        let row = match self.event.map(|id| self.active_filter.row_of(id)) {
            None => 0,
            Some(Ok(row) | Err(row)) => row,
        };
        let before = row
            .checked_sub(1)
            .and_then(|row| self.active_filter.rows().get(row));
        match before.copied() {
            Some(id) => self.read(id),
            None if self.active_filter.rows().is_empty() => self.nothing_left(),
            None => line("This is the first event"),
        }
    }

    /// Reads an event: its place on the list, everything that is stated about it, what claims say, its links, and how
    /// many claims and sources it has.
    fn read(&mut self, id: EventId) -> String {
        self.event = Some(id);
        self.forget_rest();
        let timeline = self.timeline();
        let event = timeline.event(id);
        let mut out = String::new();
        if let Ok(row) = self.active_filter.row_of(id) {
            let of = self.active_filter.rows().len();
            out.push_str(&line(&format!("Event {} of {of}", row + 1)));
        }
        out.push_str(&linear::event(timeline, id));
        out.push_str(&linear::marks(timeline, id));
        out.push_str(&linear::verdict(timeline, id));
        for (other, link) in linear::link_sentences(timeline, id) {
            let place = match self.active_filter.row_of(other) {
                Ok(row) => format!("Event {}", row + 1),
                Err(_) => "Hidden by the filter".to_owned(),
            };
            out.push_str(&line(&format!("{link} {place}")));
        }
        let claims = event.claims().len();
        let numbers = [(claims, "claim"), (event.sources().len(), "source")];
        let numbers = numbers.into_iter().filter(|(number, _)| *number > 0);
        let numbers: Vec<String> = numbers.map(|(number, noun)| count(number, noun)).collect();
        if !numbers.is_empty() {
            out.push_str(&line(&format!("{}: type who", numbers.join(" and "))));
        }
        out
    }

    pub(super) fn nothing_left(&self) -> String {
        if self.active_filter.is_open() {
            return line("The timeline has no events");
        }
        format!("{} Type another filter, or clear.\n", self.counts())
    }

    fn not_on_the_list(&self, command: &str, given: &str) -> String {
        let last = self.active_filter.rows().len();
        match (given, last) {
            (_, 0) => self.nothing_left(),
            ("", _) => line(&format!(
                "Type the number of an event, such as: {command} 3"
            )),
            _ => line(&format!(
                "There is no event “{given}”: type a number from 1 to {last}"
            )),
        }
    }
}
