//! Dates that contradict each other, and dates that programs read differently.
//!
//! Only sure contradictions are reported: imprecise dates that may agree are taken to agree.

use std::collections::BTreeMap;

use hashbrown::HashMap;

use super::super::draft::{DraftEvent, DraftSource, DraftTimeline, Located};
use super::super::term::{Aspect, Standing};
use crate::date::{EventDate, Precision, Truth};
use crate::diagnostic::{
    DISCLOSED_BEFORE_DISCOVERED, DISCLOSED_BEFORE_EVENT, DISCOVERED_BEFORE_EVENT, Diagnostic,
    FileId, FindingKind, Fix, FixChange, PUBLISHED_AFTER_RETRIEVED, SAID_AFTER_PUBLISHED,
    SAID_BEFORE_EVENT, SAID_LONG_BEFORE_PUBLISHED, SEASON_AMBIGUOUS, TIME_ZONE_UNKNOWN, TextPlace,
};

/// Checks every date against the dates that it depends on.
pub(super) fn check(draft: &DraftTimeline, findings: &mut Vec<Diagnostic>) {
    for date in all(draft).filter(|it| is_season_code(&it.value)) {
        findings.push(season(date));
    }
    clock_times(draft, findings);
    let sources: HashMap<&str, &DraftSource> = (draft.sources.iter().rev())
        .map(|source| (source.id.value.as_str(), source))
        .collect();
    for event in &draft.events {
        event_clocks(event, findings);
        findings.extend(disclosed_first(event));
        let carried = event.claims.iter().filter_map(|claim| {
            let source = sources.get(claim.source.as_ref()?.value.as_str())?;
            carries(source, claim.said.as_ref()?)
        });
        findings.extend(carried);
    }
    for source in &draft.sources {
        if let (Some(published), Some(retrieved)) = (&source.published, &source.retrieved)
            && surely_before(retrieved, published)
        {
            let finding = Diagnostic::new(
                &PUBLISHED_AFTER_RETRIEVED,
                retrieved.place,
                "retrieved before it was published",
            )
            .label("expected a date on or after `published`")
            .help("correct one of the two; if the page was changed later, say so in `note`")
            .related(published.place, "published then");
            findings.push(finding);
        }
    }
}

/// A season in words is the source's own; only the codes 21 to 24 are read differently by programs.
fn is_season_code(date: &EventDate) -> bool {
    // A season is longer than a day, and a date has the precision of its coarsest part.
    if date.precision() >= Precision::Day || !date.uses_season() {
        return false;
    }
    let written = date.written().to_lowercase();
    let mut names = ["spring", "summer", "autumn", "fall", "winter"].iter();
    !names.any(|name| written.contains(name))
}

fn all(draft: &DraftTimeline) -> impl Iterator<Item = &Located<EventDate>> {
    let sources = draft
        .sources
        .iter()
        .flat_map(|it| [it.published.as_ref(), it.retrieved.as_ref()]);
    let events = draft.events.iter().flat_map(|event| {
        let said = event.claims.iter().map(|claim| &claim.said);
        let own = [event.discovered.as_deref(), event.disclosed.as_deref()];
        said.map(Option::as_ref)
            .chain([event.when.as_ref()])
            .chain(own)
    });
    sources.chain(events).flatten()
}

/// Reports times without a zone, once for each file at the first of them.
fn clock_times(draft: &DraftTimeline, findings: &mut Vec<Diagnostic>) {
    let mut by_file: BTreeMap<FileId, (TextPlace, usize)> = BTreeMap::new();
    let values = claimed_dates(draft).filter(|(_, date)| date.lacks_zone());
    let dates = all(draft).filter(|it| it.value.lacks_zone());
    let places = dates.map(|it| it.place);
    for place in places.chain(values.map(|(place, _)| place)) {
        let (first, count) = by_file.entry(place.file).or_insert((place, 0));
        *first = (*first).min(place);
        *count += 1;
    }
    for (first, count) in by_file.into_values() {
        let message = match count {
            1 => "a time names no time zone".to_owned(),
            _ => format!("{count} times name no time zone"),
        };
        let finding = Diagnostic::new(&TIME_ZONE_UNKNOWN, first, message)
            .label("may be any instant of 26 hours")
            .help("write `Z` for UTC or an offset such as `+01:00` behind it, or `zone` in `[timeline]` for the whole file");
        findings.push(finding);
    }
}

/// The date values of claims.
fn claimed_dates(draft: &DraftTimeline) -> impl Iterator<Item = (TextPlace, EventDate)> {
    let claims = draft.events.iter().flat_map(|event| &event.claims);
    claims.filter_map(|claim| {
        let is_about_date = claim.about.as_ref()?.value == Aspect::Date;
        let value = claim.value.as_ref().filter(|_| is_about_date)?;
        Some((value.place, EventDate::parse(&value.value).ok()?))
    })
}

fn season(date: &Located<EventDate>) -> Diagnostic {
    let message = "programs disagree on the months of a season";
    let finding = Diagnostic::new(&SEASON_AMBIGUOUS, date.place, message);
    let Some((first, last)) = months(date.value.written()) else {
        return finding
            .label("read as a northern season")
            .help("write the months");
    };
    let readings = [
        (format!("{first}/{last}"), "for something that lasted"),
        (format!("[{first}..{last}]"), "for some time in it"),
    ];
    let labels = readings
        .each_ref()
        .map(|(text, what)| format!("`{text}` {what}"));
    let finding = finding
        .label(format!("read as {first} to {last}"))
        .help(format!("write {}", labels.join(", or ")));
    let fixes = readings.into_iter().zip(labels).map(|((text, _), label)| {
        Fix::new(format!("write {label}"), FixChange::value(date.place, text))
    });
    fixes.fold(finding, Diagnostic::fix)
}

/// The first and the last month of a single season, such as `2021-21`.
fn months(written: &str) -> Option<(String, String)> {
    let (year, code) = written.split_once('-')?;
    let year: i32 = year.parse().ok()?;
    let (first, last_year, last) = match code {
        "21" => (3, year, 5),
        "22" => (6, year, 8),
        "23" => (9, year, 11),
        "24" => (12, year + 1, 2),
        _ => return None,
    };
    Some((
        format!("{year:04}-{first:02}"),
        format!("{last_year:04}-{last:02}"),
    ))
}

fn event_clocks(event: &DraftEvent, findings: &mut Vec<Diagnostic>) {
    let Some(when) = &event.when else {
        return;
    };
    let mut compare =
        |kind: &'static FindingKind, date: Option<&Located<EventDate>>, done: &str| {
            if let Some(date) = date
                && surely_before(date, when)
            {
                let finding = Diagnostic::new(
                    kind,
                    date.place,
                    format!("{done} before the event can have begun"),
                )
                .label("expected a date that is not before `when`")
                .help("correct one of the two dates")
                .related(when.place, "the event's date");
                findings.push(finding);
            }
        };
    compare(
        &DISCOVERED_BEFORE_EVENT,
        event.discovered.as_deref(),
        "discovered",
    );
    compare(
        &DISCLOSED_BEFORE_EVENT,
        event.disclosed.as_deref(),
        "disclosed",
    );
    for claim in &event.claims {
        compare(&SAID_BEFORE_EVENT, claim.said.as_ref(), "said");
    }
}

/// Reports a discovery after the disclosure: the discloser must have noticed the event.
fn disclosed_first(event: &DraftEvent) -> Option<Diagnostic> {
    let (discovered, disclosed) = (event.discovered.as_ref()?, event.disclosed.as_ref()?);
    surely_before(disclosed, discovered).then(|| {
        Diagnostic::new(
            &DISCLOSED_BEFORE_DISCOVERED,
            disclosed.place,
            "disclosed before it was discovered",
        )
        .label("expected a date that is not before `discovered`")
        .help("correct one of the two dates")
        .related(discovered.place, "discovered then")
    })
}

/// Whether a source can carry a claim of this day.
fn carries(source: &DraftSource, said: &Located<EventDate>) -> Option<Diagnostic> {
    let published = source.published.as_ref()?;
    if surely_before(published, said) {
        let message = format!("said after `{}` was published", source.id.value);
        let finding = Diagnostic::new(&SAID_AFTER_PUBLISHED, said.place, message)
            .label("expected a date that is not after `published`")
            .help("correct one of the two dates, or name the source in which it was said")
            .related(published.place, "published then");
        return Some(finding);
    }
    let repeats = matches!(
        source.standing.as_ref().map(|it| it.value),
        Some(Standing::Copy | Standing::Secondary)
    );
    let later = published.value.start().earliest.micros();
    let is_long = later.saturating_sub(said.value.end().latest.micros()) > YEAR;
    (is_long && !repeats).then(|| {
        let message = format!(
            "said more than a year before `{}` was published",
            source.id.value
        );
        Diagnostic::new(&SAID_LONG_BEFORE_PUBLISHED, said.place, message)
            .label("fine, if the source repeats it")
            .help("name the document in which it was said then; if this one only repeats it, give it `standing = \"secondary\"`")
            .related(published.place, "published then")
    })
}

/// A leap year, in microseconds.
const YEAR: i64 = 366 * 24 * 60 * 60 * 1_000_000;

pub(super) fn surely_before(first: &Located<EventDate>, second: &Located<EventDate>) -> bool {
    first.value.precedes(&second.value) == Truth::Yes
}
