//! Invalid answers: a claim that answers itself, a circle, or an answer given before the claim that it answers.

use hashbrown::HashMap;

use super::super::draft::{DraftClaim, DraftTimeline, Located, LocatedText};
use super::circle::circles;
use super::dates::surely_before;
use crate::date::EventDate;
use crate::diagnostic::{
    ANSWERS_IN_A_CIRCLE, ANSWERS_ITSELF, ANSWERS_LATER_CLAIM, Diagnostic, Fix, FixChange,
};

/// Checks every answer to a claim that is known.
pub(super) fn check(draft: &DraftTimeline, findings: &mut Vec<Diagnostic>) {
    let claims: Vec<&DraftClaim> = draft.events.iter().flat_map(|it| &it.claims).collect();
    if claims.iter().all(|claim| claim.answers.is_empty()) {
        return;
    }
    let mut rows: HashMap<&str, usize> = HashMap::new();
    for (row, claim) in claims.iter().enumerate() {
        if let Some(id) = &claim.id {
            rows.entry(id.value.as_str()).or_insert(row);
        }
    }
    let mut published: HashMap<&str, &Located<EventDate>> = HashMap::new();
    for source in &draft.sources {
        if let Some(date) = &source.published {
            published.entry(source.id.value.as_str()).or_insert(date);
        }
    }
    let mut references: Vec<Vec<(usize, &LocatedText)>> = vec![Vec::new(); claims.len()];
    for (row, claim) in claims.iter().enumerate() {
        for answered in &claim.answers {
            match rows.get(answered.value.as_str()) {
                Some(&to) if to == row => findings.push(itself(answered)),
                Some(&to) => {
                    references[row].push((to, answered));
                    let days = [claim, claims[to]].map(|claim| day(claim, &published));
                    findings.extend(too_early(answered, days));
                }
                None => {}
            }
        }
    }
    for circle in circles(&references) {
        // Claims that are answered have an id.
        let id = |row: usize| claims[row].id.as_ref().map_or("", |id| id.value.as_str());
        let message = format!("{} answer each other in a circle", circle.names(id));
        let finding = Diagnostic::new(&ANSWERS_IN_A_CIRCLE, circle.closed_by.place, message)
            .label("expected a claim that does not lead back here")
            .help("delete the answer that is wrong");
        findings.push(finding);
    }
}

fn itself(answered: &LocatedText) -> Diagnostic {
    let message = format!("`{}` answers itself", answered.value);
    Diagnostic::new(&ANSWERS_ITSELF, answered.place, message)
        .label("expected the id of another claim")
        .help("name the claim you mean, or delete the answer")
        .fix(Fix::new(
            "delete the answer",
            FixChange::Without(answered.place),
        ))
}

/// The day of a claim: its own, or that of its source.
fn day<'d>(
    claim: &'d DraftClaim,
    published: &HashMap<&str, &'d Located<EventDate>>,
) -> Option<&'d Located<EventDate>> {
    let of_source = || {
        published
            .get(claim.source.as_ref()?.value.as_str())
            .copied()
    };
    claim.said.as_ref().or_else(of_source)
}

/// An answer that surely came before the claim that it answers.
fn too_early(
    answered: &LocatedText,
    [day, of_other]: [Option<&Located<EventDate>>; 2],
) -> Option<Diagnostic> {
    let (day, of_other) = (day?, of_other?);
    surely_before(day, of_other).then(|| {
        let message = format!("answers `{}`, which was said later", answered.value);
        Diagnostic::new(&ANSWERS_LATER_CLAIM, answered.place, message)
            .label("expected a claim that was made before")
            .help("correct one of the two dates, or the answer")
            .related(day.place, "the day of this claim")
            .related(of_other.place, "the day of the other")
    })
}
