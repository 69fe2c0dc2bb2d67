//! Linear text: one paragraph of sentences per event, for screen readers, braille displays and terminals that only print.
//!
//! It has no columns, boxes or symbols. Everything is in words, and only line breaks separate the sentences.

use std::fmt::Write as _;

use crate::date::{DateShape, EventDate, Precision, Truth};
use crate::document::claim_rows::{ClaimTableRow, by_aspect, fold_copies};
use crate::document::claims::{answered_by, answers};
use crate::document::event::lag;
use crate::document::words::yardstick;
use crate::document::writer::DocumentWriter;
use crate::document::{
    Document, DocumentBlock, FoldedRow, Role, TableRow, TextRun, VerdictForm, count,
    marks_in_words, verdict_blocks, with_statements, withheld,
};
use crate::text::visible;
use crate::timeline::facts::FACTS;
use crate::timeline::term::{Aspect, Stance, Standing};
use crate::timeline::{Claim, ClaimValue, Event, EventId, Timeline, unique};

const TAKES_ALL: &str = "a string takes all that is written";

/// The head of the timeline, the number of events, then each event with its claims, links and sources.
pub fn timeline(timeline: &Timeline, shown: &[(EventId, Truth)]) -> String {
    let mut out = head(timeline);
    let hidden = timeline.len() - shown.len();
    let mut counted = sentence(&count(shown.len(), "event"));
    if hidden > 0 {
        write!(counted, " {hidden} hidden by the filter.").expect(TAKES_ALL);
    }
    push(&mut out, &counted);
    for &(id, truth) in shown {
        out.push('\n');
        if truth == Truth::Possibly {
            push(&mut out, "Possibly matches the filter.");
        }
        out.push_str(&event(timeline, id));
        out.push_str(&marks(timeline, id));
        out.push_str(&claims(timeline, id));
        out.push_str(&links(timeline, id));
        out.push_str(&sources(timeline, id));
    }
    out
}

/// The marking, the title, the summary and the redactions.
pub fn head(timeline: &Timeline) -> String {
    let head = timeline.head();
    let mut out = String::new();
    if let Some(tlp) = timeline.effective_marking() {
        push(&mut out, &format!("Marking: TLP:{tlp}."));
    }
    let said = [
        head.banner.as_deref().unwrap_or_default(),
        &head.title,
        &head.summary,
    ];
    for text in said.into_iter().filter(|text| !text.trim().is_empty()) {
        push(&mut out, &sentence(text));
    }
    for line in withheld(timeline) {
        push(&mut out, &sentence(&line));
    }
    out
}

/// A page of the viewer: each block is a line, and an empty line precedes each section.
pub fn document(document: &Document) -> String {
    let mut out = String::new();
    for block in document.every_block() {
        match block {
            DocumentBlock::Title(runs) | DocumentBlock::Paragraph(runs) => {
                push_said(&mut out, &[runs]);
            }
            DocumentBlock::Heading(runs) => push_section(&mut out, runs),
            DocumentBlock::Fact { label, value } => {
                let fact = format!("{}: {}", capital(label), said(value));
                push(&mut out, &sentence(&fact));
            }
            DocumentBlock::Item { mark, body, notes } => push_item(&mut out, (mark, body, notes)),
            DocumentBlock::Table(table) => {
                for row in &table.rows {
                    match row {
                        TableRow::Group(head) => push_section(&mut out, head),
                        TableRow::Cells(cells) => {
                            let FoldedRow { mark, body, notes } = table.fold(cells);
                            push_item(&mut out, (&mark, &body, &notes));
                        }
                    }
                }
            }
            DocumentBlock::Verdict(verdict) => push(&mut out, &sentence(&verdict.sentence)),
            DocumentBlock::Verbatim(lines) => {
                for line in lines {
                    push(&mut out, &line.text);
                }
            }
            // A strip has no words. Empty lines are added before sections only.
            DocumentBlock::Strip(_) | DocumentBlock::Gap => {}
        }
    }
    out
}

/// The text of some runs, without symbols that only a picture needs.
fn said(runs: &[TextRun]) -> String {
    // The bar of a likelihood shows the range that the words next to it state.
    let runs = runs.iter().filter(|run| !run.text.starts_with('▕'));
    let text: String = runs.map(|run| run.text.as_str()).collect();
    text.chars().filter(|it| !matches!(it, '⚑' | '≠')).collect()
}

/// Adds a line with a sentence for each part.
fn push_said(out: &mut String, parts: &[&Vec<TextRun>]) {
    let parts = parts.iter().map(|runs| sentence(&said(runs)));
    let parts: Vec<String> = parts
        .filter(|part| part.contains(char::is_alphanumeric))
        .collect();
    if !parts.is_empty() {
        push(out, &parts.join(" "));
    }
}

fn push_section(out: &mut String, head: &Vec<TextRun>) {
    out.push('\n');
    push_said(out, &[head]);
}

fn push_item(
    out: &mut String,
    (mark, body, notes): (&Vec<TextRun>, &Vec<TextRun>, &[Vec<TextRun>]),
) {
    let parts: Vec<&Vec<TextRun>> = [mark, body].into_iter().chain(notes).collect();
    push_said(out, &parts);
}

/// Date, title and facts in one line; then the summary, then the attributes of the log.
pub fn event(timeline: &Timeline, id: EventId) -> String {
    let event = timeline.event(id);
    let mut stated = vec![String::new(), sentence(event.title())];
    let mut of_log = Vec::new();
    for block in Document::facts(timeline, id).blocks {
        match block {
            DocumentBlock::Fact { label, value } => {
                let value = uncontested(value);
                if label == "when" {
                    stated[0] = sentence(&capital(&value));
                } else {
                    stated.push(sentence(&format!("{}: {value}", named(event, label))));
                }
            }
            DocumentBlock::Item { mark, body, notes } => {
                of_log.push(sentence(&format!("{}: {}", said(&mark), said(&body))));
                of_log.extend(notes.iter().map(|line| sentence(&said(line))));
            }
            _ => {}
        }
    }
    let contested = contested(event);
    if !contested.is_empty() {
        stated.push(sentence(&format!("Claims differ on: {contested}")));
    }
    let mut out = String::new();
    push(&mut out, &stated.join(" "));
    push_lines(&mut out, event.summary());
    if !of_log.is_empty() {
        push(&mut out, &format!("In the log: {}", of_log.join(" ")));
    }
    out
}

/// The marks of people on an event, in one line; empty without any.
pub fn marks(timeline: &Timeline, id: EventId) -> String {
    let said = marks_in_words(timeline, id);
    let said: Vec<String> = said.iter().map(|it| sentence(&capital(it))).collect();
    let mut out = String::new();
    if !said.is_empty() {
        push(&mut out, &said.join(" "));
    }
    out
}

/// The words of a fact without the mark of claims that differ: sentences of their own say it.
pub(super) fn uncontested(value: Vec<TextRun>) -> String {
    let value = value.into_iter().filter(|run| run.role != Role::Contested);
    said(&value.collect::<Vec<TextRun>>())
}

/// What the claims about an event say, a line for each question.
pub fn verdict(timeline: &Timeline, id: EventId) -> String {
    let mut out = String::new();
    for verdict in verdict_blocks(timeline, id, VerdictForm::Whole) {
        push(&mut out, &sentence(&verdict.sentence));
    }
    out
}

/// The label of a fact at the start of a sentence, in the singular if it has one value.
fn named(event: Event<'_>, label: &str) -> String {
    let fact = FACTS.iter().find(|fact| fact.label == label);
    capital(fact.map_or(label, |fact| {
        let [one, several] = fact.sentence;
        if fact.value(event).len() == 1 {
            one
        } else {
            several
        }
    }))
}

/// A layer of an event, under a heading; empty for an unknown or empty layer.
pub fn layer(timeline: &Timeline, id: EventId, layer: &str) -> String {
    match layer {
        "claims" => claims(timeline, id),
        "sources" => sources(timeline, id),
        "links" => links(timeline, id),
        "summary" => {
            let mut out = String::new();
            push_lines(&mut out, timeline.event(id).summary());
            out
        }
        _ => String::new(),
    }
}

/// What the claims say, then the claims, one per line, aspect by aspect, oldest first. Copies of one text are one line.
pub fn claims(timeline: &Timeline, id: EventId) -> String {
    let event = timeline.event(id);
    let mut out = verdict(timeline, id);
    if event.claims().len() > 0 {
        push(&mut out, &sentence(&count(event.claims().len(), "claim")));
    }
    for (_, claims) in by_aspect(event) {
        for row in fold_copies(timeline, &claims) {
            push(&mut out, &claim(timeline, &row));
        }
    }
    out
}

/// The sources of an event, one per line.
pub fn sources(timeline: &Timeline, id: EventId) -> String {
    let sources = timeline.event(id).sources();
    let mut out = String::new();
    if sources.is_empty() {
        return out;
    }
    let counted = count(sources.len(), "source");
    let counted = with_statements(timeline, &counted, sources);
    push(&mut out, &sentence(&counted));
    for &id in sources {
        let source = timeline.source(id);
        let mut said = format!("{}{}", source.title, standing(source.standing));
        for more in source
            .publisher
            .iter()
            .cloned()
            .chain(source.published.as_ref().map(EventDate::sentence))
        {
            said.push_str(", ");
            said.push_str(&more);
        }
        push(&mut out, &sentence(&said));
    }
    out
}

fn links(timeline: &Timeline, id: EventId) -> String {
    let links = link_sentences(timeline, id);
    let mut out = String::new();
    if !links.is_empty() {
        push(&mut out, &sentence(&count(links.len(), "linked event")));
    }
    for (_, link) in links {
        push(&mut out, &link);
    }
    out
}

/// Each linked event: how it is linked, its title, its date, and the time between.
pub fn link_sentences(timeline: &Timeline, id: EventId) -> Vec<(EventId, String)> {
    let links = timeline.event(id).links().iter();
    let sentences = links.map(|link| {
        let other = timeline.event(link.to);
        let when = other
            .when()
            .map_or_else(|| "undated".to_owned(), |when| when.sentence());
        let lag = lag(timeline.event(id), other, *link);
        let lag = lag.map_or_else(String::new, |lag| format!(", {lag}"));
        let said = format!("{}: {}, {when}{lag}", capital(link.reads()), other.title());
        (link.to, sentence(&said))
    });
    sentences.collect()
}

/// A claim in sentences: day, speaker, stance, aspect, value, words, likelihood, answers and source.
pub(super) fn claim(timeline: &Timeline, row: &ClaimTableRow) -> String {
    let claim = timeline.claim(row.first());
    let speaker = claim
        .by
        .map_or("an unnamed speaker", |by| &timeline.entity(by).name);
    let verb = match claim.stance {
        Stance::Asserts => "said",
        Stance::Denies => "denied",
        Stance::Doubts => "doubted",
        Stance::Silent => "said nothing",
    };
    let mut said = match claim.said.as_ref() {
        Some(day) => format!("{} {speaker} {verb}", on(day)),
        None => format!("On an unstated day {speaker} {verb}"),
    };
    let on = about(claim.about);
    said.push_str(if claim.is_silent() {
        on.trim_start_matches(',')
    } else {
        on
    });
    if let Some(value) = &claim.value {
        let value = match value {
            ClaimValue::Entity(id) => timeline.entity(*id).name.clone(),
            ClaimValue::Date(when) => when.sentence(),
            ClaimValue::Text(text) => text.clone(),
        };
        write!(said, ": {value}").expect(TAKES_ALL);
    }
    if let Some(words) = &claim.words {
        write!(said, ", in the words “{}”", words.trim()).expect(TAKES_ALL);
    }
    said.push_str(&likelihood(claim));
    let mut parts = vec![sentence(&said)];
    let texts = row
        .claims()
        .iter()
        .filter_map(|&id| timeline.claim(id).text.as_deref());
    parts.extend(unique(texts).into_iter().map(sentence));
    parts.extend(
        claim
            .confidence
            .map(|level| format!("Confidence: {level}.")),
    );
    let writer = DocumentWriter::new(timeline);
    for runs in [
        answers(&writer, row.claims()),
        answered_by(&writer, row.claims()),
    ] {
        parts.push(sentence(&capital(&self::said(&runs))));
    }
    parts.push(source(timeline, row));
    parts.retain(|part| !part.is_empty());
    parts.join(" ")
}

fn source(timeline: &Timeline, row: &ClaimTableRow) -> String {
    let claim = timeline.claim(row.first());
    let Some(source) = claim.source.map(|id| timeline.source(id)) else {
        return "No source is given.".to_owned();
    };
    let places = row
        .claims()
        .iter()
        .filter_map(|&id| timeline.claim(id).at.as_deref());
    let at = unique(places)
        .into_iter()
        .fold(String::new(), |at, place| at + ", " + place);
    let standing = standing(source.standing);
    let copies = row.copies_in_words(timeline).unwrap_or_default();
    sentence(&format!("Source: {}{standing}{at}{copies}", source.title))
}

/// The estimative term, if the exact words differ from it, and its range on the yardstick.
fn likelihood(claim: &Claim) -> String {
    let term = claim.likelihood.as_deref().map(str::trim);
    let words = claim.words.as_deref().unwrap_or_default();
    let other = term.filter(|term| !words.trim().eq_ignore_ascii_case(term));
    let mut said = other.map_or_else(String::new, |term| format!(", likelihood: {term}"));
    if let Some(term) = claim.likelihood_term() {
        let yardstick = yardstick(claim.yardstick);
        let (from, to) = (term.from, term.to);
        write!(
            said,
            ", {from} to {to} per cent on the {yardstick} yardstick"
        )
        .expect(TAKES_ALL);
    }
    said
}

/// A date at the start of a sentence, with its preposition.
fn on(day: &EventDate) -> String {
    let words = day.sentence();
    let is_plain = matches!(day.shape(), DateShape::Point) && !day.qualifier().approximate;
    match day.precision() {
        _ if !is_plain => capital(&words),
        it if it >= Precision::Day => format!("On {words}"),
        it if it >= Precision::Year => format!("In {words}"),
        _ => capital(&words),
    }
}

const fn about(aspect: Aspect) -> &'static str {
    match aspect {
        Aspect::Event => ", on what happened",
        Aspect::Date => ", on when it happened",
        Aspect::Actor => ", on who did it",
        Aspect::Target => ", on who was targeted",
        Aspect::Accused => ", on who is accused",
        Aspect::Addressee => ", on who was addressed",
        Aspect::Capacity => ", on the capacity",
        Aspect::Number => ", on how many",
        Aspect::Method => ", on how it was done",
        Aspect::Effect => ", on the effect",
        Aspect::Status => ", on the status",
        Aspect::Reason => ", on why",
        Aspect::Response => ", on the response",
    }
}

/// The words for a document that is not the speaker's own.
const fn standing(standing: Option<Standing>) -> &'static str {
    match standing {
        None | Some(Standing::Primary) => "",
        Some(Standing::Copy) => ", a copy",
        Some(Standing::Secondary) => ", a secondary source",
    }
}

fn contested(event: Event<'_>) -> String {
    let aspects = event.contested();
    let words: Vec<&str> = aspects.iter().map(|aspect| aspect.as_str()).collect();
    words.join(", ")
}

pub(super) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

/// A text on one line with a full stop, and with control characters made visible.
pub fn sentence(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut line = visible(&words.join(" ")).into_owned();
    let end = line.trim_end_matches(['"', '”', '’', '\'', ')']);
    if !line.is_empty() && !end.ends_with(['.', '!', '?', '…', ':']) {
        line.push('.');
    }
    line
}

fn push(out: &mut String, line: &str) {
    out.push_str(line);
    out.push('\n');
}

/// Adds each line of a text, as a sentence.
fn push_lines(out: &mut String, text: &str) {
    let lines = text.lines().map(sentence);
    for line in lines.filter(|line| !line.is_empty()) {
        push(out, &line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_once_and_is_one_line() {
        assert_eq!(sentence("a \n b\t"), "a b.");
        assert_eq!(sentence("It said “no.”"), "It said “no.”");
        assert_eq!(sentence("who (x)"), "who (x).");
        assert_eq!(sentence("\u{1b}[2J"), "␛[2J.");
        assert_eq!(sentence(" \n"), "");
    }

    #[test]
    fn a_day_has_the_preposition_that_english_gives_it() {
        let said = |text| on(&EventDate::parse(text).expect("it is a date"));
        assert_eq!(said("2024-03-25"), "On 25 March 2024");
        assert_eq!(said("late 2021"), "In late 2021");
        assert_eq!(said("2021-08"), "In August 2021 (day not stated)");
        assert_eq!(said("by 2021-08"), "At some time no later than August 2021");
        assert_eq!(said("2021/2022"), "From 2021 to 2022");
        assert_eq!(said("2021~"), "About 2021");
    }
}
