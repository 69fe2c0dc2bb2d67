//! What a picture says of itself in words: what it shows, and what it leaves out.

use chrono::{Datelike, NaiveDateTime};

use super::subject::PictureSubject;
use crate::chart::Chart;
use crate::date::Span;
use crate::document::text_run::run;
use crate::document::{Role, count, withheld};
use crate::formats::writers::ExportOptions;
use crate::timeline::Timeline;

/// The title of the timeline.
pub(super) fn title(timeline: &Timeline) -> String {
    let title = run(Role::Title, &timeline.head().title).text;
    match title.trim() {
        "" => "(untitled timeline)".to_owned(),
        title => title.to_owned(),
    }
}

/// One line below the title: how many events there are, and when they were.
pub(super) fn subtitle(subject: &PictureSubject<'_>) -> String {
    let mut parts = vec![count(subject.order.len(), "event")];
    parts.extend(subject.chart.dates().map(span));
    parts.extend(contested(subject).map(|count| match count {
        1 => "claims about 1 differ".to_owned(),
        count => format!("claims about {count} differ"),
    }));
    parts.extend(undated(subject).map(|count| format!("{count} without a date")));
    parts.join(" · ")
}

/// Sentences for a reader who does not see the picture.
pub(super) fn description(subject: &PictureSubject<'_>, chart: Option<&Chart>) -> String {
    let mut said = vec![match subject.chart.dates() {
        Some(dates) => format!(
            "A timeline of {}, {}.",
            count(subject.order.len(), "event"),
            span(dates)
        ),
        None => format!("A list of {}.", count(subject.order.len(), "event")),
    }];
    if let Some(chart) = chart {
        let lanes = chart.lanes.iter();
        let lanes: Vec<String> = lanes
            .map(|lane| format!("{} ({})", lane.name, count(lane.marks.len(), "event")))
            .collect();
        said.push(format!(
            "It has {} over one axis of time: {}.",
            count(lanes.len(), "lane"),
            lanes.join(", ")
        ));
    }
    said.extend(contested(subject).map(|count| match count {
        1 => "1 event is contested: claims about it differ.".to_owned(),
        count => format!("{count} events are contested: claims about them differ."),
    }));
    let vague = subject.chart.inexact_dates();
    said.extend((vague > 0).then(|| match vague {
        1 => "1 date is less exact than a day, and drawn so.".to_owned(),
        vague => format!("{vague} dates are less exact than a day, and drawn so."),
    }));
    said.extend(undated(subject).map(|count| match count {
        1 => "1 event has no date and is in the list below.".to_owned(),
        count => format!("{count} events have no date and are in the list below."),
    }));
    said.join(" ")
}

/// What is left out, and why: a line each.
pub(super) fn left_out(subject: &PictureSubject<'_>, options: &ExportOptions<'_>) -> Vec<String> {
    let (shown, all) = (subject.order.len(), subject.timeline.len());
    let mut lines = Vec::new();
    let filter = options.filter.trim();
    if !filter.is_empty() || shown < all {
        let filter = match filter {
            "" => String::new(),
            filter => format!("Filter: {filter}. "),
        };
        let possible = options.matches.counts().possibly;
        let possible = match (possible, options.surely) {
            (0, _) => String::new(),
            (some, true) => format!(" {} left out.", possible_matches(some)),
            (some, false) => format!(" {} included.", possible_matches(some)),
        };
        lines.push(format!(
            "{filter}This picture has {shown} of {}.{possible}",
            count(all, "event")
        ));
    }
    let mut withheld = withheld(subject.timeline);
    for line in &mut withheld {
        let first = line.get(..1).map(str::to_uppercase).unwrap_or_default();
        *line = format!("{first}{}.", line.get(1..).unwrap_or_default());
    }
    lines.extend(withheld);
    lines
        .into_iter()
        .map(|line| run(Role::Text, &line).text)
        .collect()
}

fn possible_matches(count: usize) -> String {
    match count {
        1 => "1 possible match is".to_owned(),
        count => format!("{count} possible matches are"),
    }
}

/// How many events are contested; `None` for none.
fn contested(subject: &PictureSubject<'_>) -> Option<usize> {
    let contested = subject.each().filter(|(_, event)| event.is_contested);
    Some(contested.count()).filter(|count| *count > 0)
}

/// How many events have no date; `None` for none.
fn undated(subject: &PictureSubject<'_>) -> Option<usize> {
    let undated = subject.each().filter(|(_, event)| event.date.is_empty());
    Some(undated.count()).filter(|count| *count > 0)
}

/// From when to when, no more exactly than the dates are stated together.
fn span(dates: Span) -> String {
    let (from, to) = (dates.earliest.civil(), dates.latest.civil());
    let in_words = |first: &str, last: &str| match (from.format(first), to.format(last)) {
        (from, to) if first.is_empty() => format!("{from}{to}"),
        (from, to) => format!("{from} to {to}"),
    };
    let same = |part: fn(&NaiveDateTime) -> i64| part(&from) == part(&to);
    if !same(|it| it.year().into()) {
        return format!("{} to {}", from.year(), to.year());
    }
    if !same(|it| it.month().into()) {
        return match (from.ordinal(), to.month(), to.day()) {
            // A whole year.
            (1, 12, 31) => to.year().to_string(),
            _ => in_words("%B", "%B %Y"),
        };
    }
    if same(|it| it.day().into()) {
        return in_words("", "%-d %B %Y");
    }
    in_words("%-d", "%-d %B %Y")
}
