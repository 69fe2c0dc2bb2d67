//! Texts for the clipboard, in sentences. Each begins with its marking, since it is pasted elsewhere.

use super::linear::{self, sentence};
use crate::date::EventDate;
use crate::document::claim_rows::ClaimTableRow;
use crate::document::{Document, DocumentBlock, Evidence, PageSubject, TextRun, count, withheld};
use crate::text::visible;
use crate::timeline::term::Tlp;
use crate::timeline::{ClaimId, SourceId, Timeline, TimelineChanges};

/// Everything about a subject, under its marking and the redactions.
pub fn about(timeline: &Timeline, subject: PageSubject) -> String {
    let mut out = head(timeline, marking(timeline, subject));
    for line in withheld(timeline) {
        out.push_str(&sentence(&line));
        out.push('\n');
    }
    out.push_str(&match subject {
        PageSubject::Event(id) => {
            let parts = [linear::event, linear::claims, linear::sources];
            parts.map(|part| part(timeline, id)).concat()
        }
        PageSubject::Evidence(Evidence::Claim(id)) => one_claim(timeline, id),
        PageSubject::Timeline => whole(timeline),
        _ => linear::document(&Document::about(timeline, subject)),
    });
    out
}

/// The title, the summary and the number of events.
fn whole(timeline: &Timeline) -> String {
    let head = timeline.head();
    let events = count(timeline.len(), "event");
    let said = [head.title.as_str(), &head.summary, &events].map(sentence);
    let said = said.into_iter().filter(|text| !text.is_empty());
    said.fold(String::new(), |out, line| out + &line + "\n")
}

/// A claim, after a line with its event.
fn one_claim(timeline: &Timeline, id: ClaimId) -> String {
    let event = timeline.event(timeline.claim(id).event);
    let when = event.when();
    let when = when.map_or_else(|| "undated".to_owned(), |it| it.sentence());
    let of = sentence(&format!("On the event “{}”, {when}", event.title()));
    let claim = linear::claim(timeline, &ClaimTableRow::of(id));
    format!("{of}\n{claim}\n")
}

/// Citations of documents, one per line: title, publisher, day, place and address, under their marking.
pub fn cited(timeline: &Timeline, cited: &[(SourceId, Option<&str>)]) -> String {
    let tlp = cited.iter().map(|(id, _)| timeline.source(*id).tlp).max();
    let mut out = head(timeline, tlp.flatten().max(timeline.head().tlp));
    for (id, at) in cited {
        let source = timeline.source(*id);
        let day = source.published.as_ref().map(EventDate::sentence);
        let parts = [
            Some(source.title.as_str()),
            source.publisher.as_deref(),
            day.as_deref(),
            *at,
            source.url.as_deref(),
        ];
        let parts = parts.into_iter().flatten().map(one_line);
        let parts: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
        out.push_str(&parts.join(", "));
        out.push('\n');
    }
    out
}

/// The marking and the author's own line.
fn head(timeline: &Timeline, tlp: Option<Tlp>) -> String {
    let tlp = tlp.map(|tlp| format!("Marking: TLP:{tlp}"));
    let banner = timeline.head().banner.clone();
    let lines = tlp.into_iter().chain(banner);
    let lines = lines.map(|line| sentence(&line));
    lines
        .filter(|line| !line.is_empty())
        .fold(String::new(), |out, line| out + &line + "\n")
}

fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    visible(&words.join(" ")).into_owned()
}

/// The file's marking, or a stricter marking of something that the text names, as in a handout.
fn marking(timeline: &Timeline, subject: PageSubject) -> Option<Tlp> {
    let document = Document::about(timeline, subject);
    let links = document
        .every_block()
        .flat_map(runs)
        .filter_map(|run| run.link);
    let named = links.chain([subject]).map(|it| own(timeline, it));
    named.max().flatten().max(timeline.head().tlp)
}

/// The strictest marking of a subject and its claims, without that of the file.
fn own(timeline: &Timeline, subject: PageSubject) -> Option<Tlp> {
    let of_event = |id| {
        let event = timeline.event(id);
        let claims = event.claims().map(|(_, claim)| claim.tlp);
        claims.max().flatten().max(event.tlp())
    };
    match subject {
        PageSubject::Event(id) => of_event(id),
        PageSubject::Entity(id) => timeline.entity(id).tlp,
        PageSubject::Source(id) => timeline.source(id).tlp,
        PageSubject::Evidence(evidence) => evidence.event(timeline).and_then(of_event),
        PageSubject::Changes => timeline.changes().and_then(TimelineChanges::marking),
        PageSubject::Pair(one, other) => of_event(one).max(of_event(other)),
        PageSubject::Questions => timeline.questions().iter().map(|it| it.tlp).max().flatten(),
        PageSubject::Technique(_)
        | PageSubject::Timeline
        | PageSubject::Entities
        | PageSubject::Sources
        | PageSubject::Guide
        | PageSubject::Topic(_) => None,
    }
}

/// All text of a block.
fn runs(block: &DocumentBlock) -> Vec<&TextRun> {
    match block {
        DocumentBlock::Title(runs)
        | DocumentBlock::Heading(runs)
        | DocumentBlock::Paragraph(runs)
        | DocumentBlock::Verbatim(runs) => runs.iter().collect(),
        DocumentBlock::Fact { value, .. } => value.iter().collect(),
        DocumentBlock::Item { mark, body, notes } => mark
            .iter()
            .chain(body)
            .chain(notes.iter().flatten())
            .collect(),
        DocumentBlock::Table(table) => {
            let cells = table.rows.iter().filter_map(|row| row.cells());
            cells.flatten().flatten().collect()
        }
        DocumentBlock::Verdict(verdict) => verdict.label.iter().collect(),
        DocumentBlock::Strip(_) | DocumentBlock::Gap => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceText;

    const FILE: &str = r#"
        [timeline]
        title = "The case"
        tlp = "GREEN"
        [entities.police]
        [entities.spy]
        tlp = "AMBER"
        [sources.report]
        title = "The report"
        publisher = "The police"
        published = "2022-03-01"
        url = "https://example.org/report"
        [sources.memo]
        title = "A\tmemo \u001B[2J"
        tlp = "AMBER+STRICT"
        [[events]]
        id = "entry"
        when = "2022-02-27"
        title = "Entry"
        claims = [
          { by = "police", source = "report", at = "page 4", about = "date", value = "2022-02-27" },
          { by = "police", source = "report", about = "date", value = "2022-02-26" },
        ]
        [[events]]
        id = "exit"
        title = "Exit"
        actors = ["spy"]
        claims = [{ by = "police", source = "memo", text = "they left", tlp = "RED" }]
        [[questions]]
        text = "Why then?"
        settles = "a confession"
        events = ["entry"]
    "#;

    fn read() -> Timeline {
        crate::formats::open(&[SourceText::new("case.toml", FILE)]).0
    }

    fn event(timeline: &Timeline, key: &str) -> PageSubject {
        PageSubject::Event(timeline.find_event(key).expect("it is there").id())
    }

    #[test]
    fn an_event_is_copied_in_sentences_under_its_marking() {
        let timeline = read();
        let expected = "\
Marking: TLP:GREEN.
27 February 2022. Entry. Claims differ on: date.
When: 26 February 2022. police stated it flatly. Another answer: 27 February 2022. police stated it flatly.
No claim on: who did it, what for, effect.
2 claims.
On 1 March 2022 police said, on when it happened: 27 February 2022. Source: The report, page 4.
On 1 March 2022 police said, on when it happened: 26 February 2022. Source: The report.
1 source.
The report, The police, 1 March 2022.
";
        assert_eq!(about(&timeline, event(&timeline, "entry")), expected);
    }

    #[test]
    fn a_claim_is_copied_after_its_event_and_a_page_without_its_signs() {
        let timeline = read();
        let (id, _) = timeline.claims().next().expect("there are some");
        let expected = "\
Marking: TLP:GREEN.
On the event “Entry”, 27 February 2022.
On 1 March 2022 police said, on when it happened: 27 February 2022. Source: The report, page 4.
";
        assert_eq!(about(&timeline, Evidence::Claim(id).into()), expected);
        let expected = "\
Marking: TLP:GREEN.
Questions.

Open 1.
Why then? Would settle it: a confession. Entry.
";
        assert_eq!(about(&timeline, PageSubject::Questions), expected);
        let event = timeline.find_event("entry").expect("it is there").id();
        let page = about(&timeline, Evidence::Event(event).into());
        assert!(!page.contains(['⚑', '≠', '█']), "{page}");
    }

    #[test]
    fn a_stricter_marking_than_the_files_marks_the_copy() {
        let timeline = read();
        let marked = |subject| {
            let text = about(&timeline, subject);
            text.lines().next().map(str::to_owned)
        };
        let marking = |tlp| Some(format!("Marking: TLP:{tlp}."));
        assert_eq!(marked(event(&timeline, "exit")), marking("RED"));
        assert_eq!(marked(PageSubject::Entities), marking("AMBER"));
        assert_eq!(marked(PageSubject::Sources), marking("AMBER+STRICT"));
        assert_eq!(marked(PageSubject::Timeline), marking("GREEN"));
    }

    #[test]
    fn a_source_is_cited_on_one_line_with_the_place_in_it_and_under_its_marking() {
        let timeline = read();
        let find = |key: &str| {
            let mut sources = timeline.sources();
            let found = sources.find(|(_, source)| source.key == key);
            found.expect("it is there").0
        };
        let expected = "\
Marking: TLP:AMBER+STRICT.
The report, The police, 1 March 2022, page 4, https://example.org/report
A memo ␛[2J
";
        let both = [(find("report"), Some("page 4")), (find("memo"), None)];
        assert_eq!(cited(&timeline, &both), expected);
    }

    #[test]
    fn a_copy_says_what_is_withheld() {
        let timeline = read().up_to(Tlp::Green).expect("the file is marked");
        let text = about(&timeline, event(&timeline, "entry"));
        assert!(text.contains("\nwithheld above TLP:GREEN: "), "{text}");
    }
}
