//! Problems of a timeline as a whole: unknown names, contradicting dates, markings narrower than the file's.
//!
//! The reader has already reported problems of single values.

mod after;
mod answers;
mod circle;
mod claims;
mod dates;
mod ids;
mod links;
mod names;
mod prose;
mod sources;
mod terms;

use super::draft::DraftTimeline;
use crate::diagnostic::{Diagnostic, Fix, FixChange, MARKING_EXCEEDS_FILE, NO_EVENTS, TextPlace};
use ids::TimelineIds;

/// All problems of a timeline as a whole, in no particular order.
pub fn check(draft: &DraftTimeline) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let ids = TimelineIds::new(draft, &mut findings);
    // The reader of logs reports empty logs.
    if draft.events.is_empty() && draft.logs.is_empty() {
        findings.push(no_events());
    }
    names::check(draft, &ids, &mut findings);
    links::check(draft, &ids, &mut findings);
    after::check(draft, &ids, &mut findings);
    sources::check(draft, &mut findings);
    dates::check(draft, &mut findings);
    claims::check(draft, &mut findings);
    answers::check(draft, &mut findings);
    prose::check(draft, &mut findings);
    terms::check(draft, &mut findings);
    markings(draft, &mut findings);
    findings
}

fn no_events() -> Diagnostic {
    Diagnostic::new(
        &NO_EVENTS,
        TextPlace::default(),
        "the timeline has no events",
    )
    .label("expected `[[events]]`")
    .help("write `[[events]]`, and below it `when = \"2021-08\"` and `title = \"What happened\"`")
}

fn markings(draft: &DraftTimeline, findings: &mut Vec<Diagnostic>) {
    let Some(file) = &draft.head.tlp else {
        return;
    };
    let sources = draft.sources.iter().map(|it| ("source", &it.tlp));
    let entities = draft.entities.iter().map(|it| ("entity", &it.tlp));
    let scenes = draft.scenes.iter().map(|it| ("scene", &it.tlp));
    let questions = draft.questions.iter().map(|it| ("question", &it.tlp));
    let events = draft.events.iter().flat_map(|event| {
        let claims = event.claims.iter().map(|it| ("claim", &it.tlp));
        claims.chain([("event", &event.tlp)])
    });
    let all = sources
        .chain(entities)
        .chain(scenes)
        .chain(questions)
        .chain(events);
    for (what, marking) in all.filter_map(|(what, tlp)| Some((what, tlp.as_ref()?))) {
        if marking.value > file.value {
            let message = format!(
                "this {what} is TLP:{}, the file is TLP:{}",
                marking.value, file.value
            );
            let finding = Diagnostic::new(&MARKING_EXCEEDS_FILE, marking.place, message)
                .label(format!("expected at most `{}`", file.value))
                .help(format!(
                    "mark the file `{}`, or keep the {what} in another file",
                    marking.value
                ))
                .fix(Fix::new(
                    format!("mark the file `{}`", marking.value),
                    FixChange::value(file.place, marking.value.to_string()),
                ))
                .related(file.place, "the file's marking");
            findings.push(finding);
        }
    }
}
