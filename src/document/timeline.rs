//! The page of the timeline.

use std::fmt::Write as _;

use super::block::DocumentBlock;
use super::role::{PhaseFamily, Role};
use super::subject::PageSubject;
use super::text_run::{TextRun, link, plain, run};
use super::words::count;
use super::writer::DocumentWriter;
use crate::timeline::term::{PHASES, QuestionStatus};
use crate::timeline::{TermId, Timeline, unique};

pub(super) fn write(writer: &mut DocumentWriter<'_>) {
    let timeline = writer.timeline;
    let head = timeline.head();
    writer.title(if head.title.is_empty() {
        "(untitled timeline)"
    } else {
        &head.title
    });
    writer.paragraphs(&head.summary);
    writer.gap();
    writer.text_fact("marking", marking(timeline).as_deref());
    writer.text_fact("banner", head.banner.as_deref());
    super::redactions::of_timeline(writer);
    let undated = timeline
        .events()
        .filter(|event| event.bounds().is_none())
        .count();
    let contested = timeline
        .events()
        .filter(|event| event.is_contested())
        .count();
    let mut events = timeline.len().to_string();
    for (number, what) in [(undated, "undated"), (contested, "contested")] {
        if number > 0 {
            write!(events, ", {number} {what}").expect("a string takes all");
        }
    }
    writer.text_fact("events", Some(&events));
    let entities = match timeline.entities().count() {
        1 => "1 entity".to_owned(),
        entities => format!("{entities} entities"),
    };
    let evidence = format!(
        "{} in {}, {entities}",
        count(timeline.claims().count(), "claim"),
        count(timeline.sources().count(), "source"),
    );
    writer.text_fact("evidence", Some(&evidence));
    writer.fact("questions", questions(timeline));
    let numbers = EventCounts::of(timeline);
    phases(writer, &numbers);
    lanes(writer, &numbers);
    super::legend::write(writer);
}

/// The marking of the file, and the strictest in it.
fn marking(timeline: &Timeline) -> Option<String> {
    let (file, strictest) = (timeline.head().tlp, timeline.effective_marking()?);
    Some(match file {
        Some(file) if file == strictest => format!("TLP:{file}"),
        Some(file) => format!("TLP:{file}, parts up to TLP:{strictest}"),
        None => format!("parts up to TLP:{strictest}"),
    })
}

/// How many events have each phase and each lane, by number: counted in one pass, since there may be a million events.
struct EventCounts {
    phases: Vec<usize>,
    lanes: Vec<usize>,
}

impl EventCounts {
    fn of(timeline: &Timeline) -> Self {
        let mut numbers = Self {
            phases: vec![0; timeline.phases().len()],
            lanes: vec![0; timeline.lanes().len()],
        };
        for event in timeline.events() {
            add(&mut numbers.phases, event.phase_id().as_slice());
            add(&mut numbers.lanes, event.lanes());
        }
        numbers
    }
}

/// Counts an event once for each of its words.
fn add(numbers: &mut [usize], words: &[TermId]) {
    for word in unique(words.iter().copied()) {
        if let Some(number) = numbers.get_mut(word.0 as usize) {
            *number += 1;
        }
    }
}

/// The phases in use, in the order of a case and in the colours of their families: the colour legend.
fn phases(writer: &mut DocumentWriter<'_>, numbers: &EventCounts) {
    let timeline = writer.timeline;
    let known = PHASES
        .iter()
        .copied()
        .filter(|phase| timeline.phases().find(phase).is_some());
    let own = timeline
        .phases()
        .iter()
        .map(|(_, phase)| phase)
        .filter(|phase| !PHASES.contains(phase));
    let phases: Vec<&str> = known.chain(own).collect();
    if phases.is_empty() {
        return;
    }
    writer.heading("Phases", Vec::new());
    for phase in phases {
        let number = timeline.phases().find(phase);
        let events = number.and_then(|it| numbers.phases.get(it.0 as usize));
        let events = events.copied().unwrap_or(0);
        item(
            writer,
            run(PhaseFamily::of(phase).into(), phase),
            &count(events, "event"),
        );
    }
}

fn lanes(writer: &mut DocumentWriter<'_>, numbers: &EventCounts) {
    let timeline = writer.timeline;
    if timeline.lanes().is_empty() {
        return;
    }
    writer.heading("Lanes", Vec::new());
    for ((_, lane), &events) in timeline.lanes().iter().zip(&numbers.lanes) {
        item(writer, run(Role::Label, lane), &count(events, "event"));
    }
}

fn item(writer: &mut DocumentWriter<'_>, mark: TextRun, body: &str) {
    writer.block(DocumentBlock::Item {
        mark: vec![mark],
        body: vec![plain(body)],
        notes: Vec::new(),
    });
}

/// How many questions have each status, as a link to them.
fn questions(timeline: &Timeline) -> Vec<TextRun> {
    let standing = |status: QuestionStatus| {
        let asked = timeline
            .questions()
            .iter()
            .filter(|question| question.status == status)
            .count();
        let words = match status {
            QuestionStatus::Open => "open",
            QuestionStatus::Partly => "answered in part",
            QuestionStatus::Answered => "answered",
        };
        (asked > 0).then(|| format!("{asked} {words}"))
    };
    let parts: Vec<String> = QuestionStatus::ALL
        .iter()
        .filter_map(|&status| standing(status))
        .collect();
    if parts.is_empty() {
        Vec::new()
    } else {
        vec![link(PageSubject::Questions, &parts.join(", "))]
    }
}
