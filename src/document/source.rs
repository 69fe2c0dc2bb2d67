//! The page of a source: where it can be read, what it repeats, its claims, and the events that are based on it.

use super::block::DocumentBlock;
use super::claims::{self, ClaimColumn, ClaimGroup};
use super::role::Role;
use super::text_run::{TextRun, date, join, plain, quiet, run, when as when_of};
use super::writer::DocumentWriter;
use crate::timeline::term::{Reliability, Standing};
use crate::timeline::{Claim, ClaimId, Event, EventId, Source, SourceId, Timeline};

pub(super) fn write(writer: &mut DocumentWriter<'_>, id: SourceId) {
    let timeline = writer.timeline;
    let source = timeline.source(id);
    writer.title(&source.title);
    writer.gap();
    writer.text_fact("publisher", source.publisher.as_deref());
    writer.fact(
        "published",
        source
            .published
            .iter()
            .map(|when| TextRun {
                text: when.sentence(),
                ..date(when)
            })
            .collect(),
    );
    writer.text_fact("standing", source.standing.map(standing_words));
    writer.text_fact("reliability", source.reliability.map(reliability_words));
    writer.address_fact(source.url.as_deref());
    writer.fact("retrieved", source.retrieved.iter().map(date).collect());
    let origins = source
        .derives_from
        .iter()
        .map(|&origin| vec![writer.source(origin)])
        .collect();
    writer.fact("derives from", join(origins, "; "));
    let roots = timeline.roots(&[id]);
    let roots = roots.iter().filter(|&&root| root != id);
    let roots = roots.map(|&root| vec![writer.source(root)]).collect();
    writer.fact("original", join(roots, "; "));
    let copies = timeline
        .sources()
        .filter(|(_, other)| other.derives_from.contains(&id));
    let copies = copies
        .map(|(other, _)| vec![writer.source(other)])
        .collect();
    writer.fact("repeated by", join(copies, "; "));
    writer.text_fact("note", source.note.as_deref());
    carried(writer, id);
    let rests: Vec<EventId> = timeline
        .events()
        .filter(|event| event.sources().contains(&id))
        .map(Event::id)
        .collect();
    let roots = timeline.roots(&[id]);
    let (alone, shared): (Vec<EventId>, Vec<EventId>) = rests.into_iter().partition(|&event| {
        timeline
            .roots(timeline.event(event).sources())
            .is_subset(&roots)
    });
    events(writer, "Events based only on it", source, &alone);
    events(writer, "Events based on it and others", source, &shared);
}

/// Events, each with the time until the source was published.
fn events(writer: &mut DocumentWriter<'_>, heading: &str, source: &Source, events: &[EventId]) {
    if events.is_empty() {
        return;
    }
    writer.heading(heading, vec![quiet(&events.len().to_string())]);
    for &id in events {
        let event = writer.timeline.event(id);
        let mut body = vec![writer.event(id)];
        if let (Some(when), Some(published)) = (event.when(), &source.published) {
            body.push(quiet(&format!(
                ", published {}",
                when.lag_to(published).later()
            )));
        }
        writer.block(DocumentBlock::Item {
            mark: vec![when_of(event)],
            body,
            notes: Vec::new(),
        });
    }
}

pub(crate) const fn standing_words(standing: Standing) -> &'static str {
    match standing {
        Standing::Primary => "primary: the issuing body's own text",
        Standing::Copy => "copy of the issuing body's text",
        Standing::Secondary => "secondary: another party's report",
    }
}

pub(crate) const fn reliability_words(reliability: Reliability) -> &'static str {
    match reliability {
        Reliability::A => "A, completely reliable (Admiralty)",
        Reliability::B => "B, usually reliable (Admiralty)",
        Reliability::C => "C, fairly reliable (Admiralty)",
        Reliability::D => "D, not usually reliable (Admiralty)",
        Reliability::E => "E, unreliable (Admiralty)",
        Reliability::F => "F, reliability cannot be judged (Admiralty)",
    }
}

/// The claims of the source: those that no independent source makes, those that others make too, then those without a
/// value, which cannot be compared.
fn carried(writer: &mut DocumentWriter<'_>, id: SourceId) {
    let timeline = writer.timeline;
    let (mut alone, mut shared, mut other) = (Vec::new(), Vec::new(), Vec::new());
    let mut silent = Vec::new();
    for (claim, said) in timeline
        .claims()
        .filter(|(_, claim)| claim.source == Some(id))
    {
        let side = match said.value {
            None if said.is_silent() => &mut silent,
            None => &mut other,
            Some(_) if is_alone(timeline, id, said) => &mut alone,
            Some(_) => &mut shared,
        };
        side.push(claim);
    }
    let groups = [
        ("Claims that only it makes", alone),
        ("Claims that others make too", shared),
        ("Claims without a value", other),
        ("Silent on", silent),
    ];
    let group = |(head, mut claims): (&str, Vec<ClaimId>)| {
        claims::oldest_first(timeline, &mut claims);
        let head = vec![
            run(Role::Heading, head),
            plain(" "),
            quiet(&claims.len().to_string()),
        ];
        ClaimGroup::each(head, &claims)
    };
    let groups: Vec<ClaimGroup> = groups
        .into_iter()
        .filter(|(_, claims)| !claims.is_empty())
        .map(group)
        .collect();
    if groups.is_empty() {
        return;
    }
    writer.gap();
    let table = claims::table(writer, PARTS, &groups);
    writer.block(table);
}

/// The columns for the claims of one source: its title is above them.
const PARTS: &[ClaimColumn] = &[
    ClaimColumn::Day,
    ClaimColumn::Speaker,
    ClaimColumn::Stance,
    ClaimColumn::AboutEvent,
    ClaimColumn::Value,
    ClaimColumn::Text,
    ClaimColumn::Answers,
    ClaimColumn::AnsweredBy,
    ClaimColumn::Words,
    ClaimColumn::Likelihood,
    ClaimColumn::Confidence,
    ClaimColumn::At,
];

/// Whether no independent source makes the same claim on the same aspect of the event.
fn is_alone(timeline: &Timeline, id: SourceId, claim: &Claim) -> bool {
    let roots = timeline.roots(&[id]);
    let others = timeline.event(claim.event).claims();
    let others =
        others.filter(|(_, other)| other.about == claim.about && other.says_the_same_as(claim));
    others
        .filter_map(|(_, other)| other.source)
        .all(|source| !timeline.roots(&[source]).is_disjoint(&roots))
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::SourceText;
    use crate::document::{Document, DocumentBlock, PageSubject, TableRow, TextRun};
    use crate::timeline::Timeline;

    const FILE: &str = r#"
        [sources.report]
        published = "2022-03-01"
        [sources.copy]
        derives-from = ["report"]
        [sources.paper]
        [[events]]
        when = "2022-02-27"
        title = "Entry"
        claims = [
          { by = "police", source = "report", about = "date", value = "2022-02-27" },
          { by = "police", source = "report", about = "effect", value = "mail" },
          { by = "police", source = "report", text = "it happened" },
          { by = "bureau", source = "copy", about = "date", value = "2022-02-27" },
          { by = "bureau", source = "paper", about = "effect", value = "Mail" },
        ]
        [[events]]
        title = "Bare"
        sources = ["copy", "report"]
    "#;

    fn headings(key: &str) -> Vec<String> {
        let timeline: Timeline = crate::formats::open(&[SourceText::new("source.toml", FILE)]).0;
        let mut sources = timeline.sources();
        let id = sources
            .find(|(_, source)| source.key == key)
            .expect("it is there")
            .0;
        let text = |runs: &[TextRun]| runs.iter().map(|run| run.text.as_str()).collect::<String>();
        let mut found = Vec::new();
        for block in Document::about(&timeline, PageSubject::Source(id)).blocks {
            match &block {
                DocumentBlock::Heading(runs) => found.push(text(runs)),
                DocumentBlock::Item { mark, body, .. } => {
                    found.push(format!("{}: {}", text(mark), text(body)));
                }
                DocumentBlock::Table(table) => {
                    found.extend(table.rows.iter().filter_map(|row| match row {
                        TableRow::Group(head) => Some(text(head)),
                        TableRow::Cells(_) => None,
                    }));
                }
                DocumentBlock::Fact { label, value } if *label == "original" => {
                    found.push(format!("{label} {}", text(value)));
                }
                _ => {}
            }
        }
        found
    }

    #[test]
    fn a_copy_does_not_count_as_another_source_of_a_claim() {
        let expected = [
            "Claims that only it makes 1",
            "Claims that others make too 1",
            "Claims without a value 1",
            "Events based only on it 1",
            "undated: Bare",
            "Events based on it and others 1",
            "27 Feb 2022: Entry, published 2 days later",
        ];
        assert_eq!(headings("report"), expected);
    }

    #[test]
    fn a_copy_names_its_original() {
        let found = headings("copy");
        assert_eq!(found[0], "original report");
        assert_eq!(found[1], "Claims that only it makes 1");
    }
}
