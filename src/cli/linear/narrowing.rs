//! What narrows the list: a filter, a search, a day in the past.

use super::session::LinearSession;
use super::words::{line, spoken};
use crate::cli::redaction_args::parse_day;
use crate::date::Truth;
use crate::document::{count, withheld};
use crate::formats::linear::sentence;
use crate::query::search::SearchPhrase;
use crate::query::{Filter, Matches, QueryError};
use crate::timeline::Timeline;

impl LinearSession {
    /// Filters the list; without a text, reports the filter.
    pub(super) fn filter(&mut self, text: &str) -> String {
        if text.is_empty() && self.active_filter.is_open() {
            let hint = "Type words or a field, such as: filter phase:sanction";
            return format!("There is no filter. {}\n", sentence(hint));
        }
        if text.is_empty() {
            return format!("{}\n", self.counts());
        }
        let filter = match Filter::parse(self.timeline(), text) {
            Ok(filter) => filter,
            Err(mistakes) => return self.refuse(&mistakes),
        };
        let matches = filter.matches(self.timeline());
        self.active_filter.put(text.to_owned(), matches);
        self.forget_rest();
        let left = self.leave_briefing();
        if self.active_filter.rows().is_empty() {
            return left + &self.nothing_left();
        }
        format!("{left}{} Type list or next.\n", self.counts())
    }

    /// Explains the mistakes in a filter, each with its remedy, and says what stays.
    fn refuse(&self, mistakes: &[QueryError]) -> String {
        let mut out = String::new();
        for mistake in mistakes {
            let remedy = match (&mistake.help, mistake.expected.as_str()) {
                (Some(help), _) => format!(" {}", spoken(help)),
                (None, "") => String::new(),
                (None, expected) => format!(" {}", spoken(&format!("expected: {expected}"))),
            };
            out = format!("{out}{}{remedy}\n", spoken(&mistake.message));
        }
        let stays = match self.active_filter.text.as_str() {
            "" => "There is still no filter".to_owned(),
            text => format!("The filter is still: {text}"),
        };
        out + &line(&stays)
    }

    pub(super) fn clear(&mut self) -> String {
        if self.active_filter.is_open() {
            return line("There is no filter");
        }
        let everything = Matches::everything(self.timeline().len());
        self.active_filter.put(String::new(), everything);
        self.forget_rest();
        let left = self.leave_briefing();
        format!("{left}The filter is cleared. {}\n", self.counts())
    }

    /// Lists the events that contain some words, among those that the filter leaves.
    pub(super) fn find(&mut self, words: &str) -> String {
        let Some(phrase) = SearchPhrase::new(words) else {
            return line("Type the words to look for, such as: find mail server");
        };
        let found = phrase.events(self.timeline());
        let rows = self.active_filter.rows().iter().enumerate();
        let rows = rows.filter(|(_, id)| found.truth(**id) == Truth::Yes);
        let rows: Vec<usize> = rows.map(|(row, _)| row).collect();
        let hidden = found.counts().surely - rows.len();
        let hides = |what: String| match hidden {
            0 => String::new(),
            _ => format!(" The filter hides {what}."),
        };
        if rows.is_empty() {
            let none = sentence(&format!("No match for “{words}”"));
            return format!("{none}{}\n", hides(count(hidden, "match")));
        }
        let verb = if rows.len() == 1 {
            "contains"
        } else {
            "contain"
        };
        let events = count(rows.len(), "event");
        let head = sentence(&format!("{events} {verb} “{words}”"));
        let left = self.leave_briefing();
        let page = self.page_of_rows(rows);
        format!("{left}{head}{}\n{page}", hides(format!("{hidden} more")))
    }

    /// Shows what was public on a day, or everything for `today`; without an argument, reports the day.
    pub(super) fn as_of(&mut self, day: &str) -> String {
        if day.is_empty() {
            let (now, hint) = match self.timeline().redactions().as_of {
                None => (
                    line("Everything is shown, whenever it became public"),
                    "Type a day to go back to it, such as: as of 2023-08-08",
                ),
                Some(_) => (
                    redacted(self.timeline()),
                    "Type as of today to show everything",
                ),
            };
            return now + &line(hint);
        }
        let known = match day.to_lowercase().as_str() {
            "today" => None,
            _ => match parse_day(day) {
                Ok(date) => match self.whole.as_of(&date) {
                    Ok(known) => Some(known),
                    Err(why) => return spoken(&why.to_string()) + "\n",
                },
                Err(why) => return spoken(&why) + "\n",
            },
        };
        let had_scene = self.is_briefing;
        let cleared = self.show(known);
        let mut out = match self.timeline().redactions().as_of {
            None => line("Everything is shown, whenever it became public"),
            Some(_) => redacted(self.timeline()),
        };
        if let Some(text) = cleared {
            let why = "The filter is cleared, since it names something that was not yet public";
            out.push_str(&line(&format!("{why}: {text}")));
        }
        if had_scene && !self.is_briefing {
            out.push_str(&line(
                "The scenes are hidden: next and back go through the events",
            ));
        }
        out.push_str(&self.counts());
        out.push('\n');
        out
    }
}

/// Sentences about what is hidden, and why.
fn redacted(timeline: &Timeline) -> String {
    let lines = withheld(timeline).into_iter();
    lines.map(|it| spoken(&it) + "\n").collect()
}
