//! Unusual words in open vocabularies: phases, and ids of ATT&CK.

use hashbrown::HashSet;

use super::super::draft::DraftTimeline;
use super::super::term::{PHASES, is_group, is_technique};
use crate::diagnostic::{
    Diagnostic, Fix, UNKNOWN_ATTACK_GROUP, UNKNOWN_PHASE, UNKNOWN_TECHNIQUE, nearest,
};

/// Checks phases, techniques and groups.
pub(super) fn check(draft: &DraftTimeline, findings: &mut Vec<Diagnostic>) {
    let mut known: HashSet<&str> = HashSet::new();
    for phase in draft.events.iter().filter_map(|it| it.phase.as_ref()) {
        if known.insert(&phase.value) && !PHASES.contains(&phase.value.as_str()) {
            let message = format!("`{}` is not one of the usual phases", phase.value);
            let finding =
                Diagnostic::new(&UNKNOWN_PHASE, phase.place, message).label("fine, if you mean it");
            findings.push(match nearest(&phase.value, PHASES.iter().copied()) {
                Some(meant) => finding.did_you_mean_value(Some(meant)),
                None => finding.help(format!("the usual ones are {}", PHASES.join(", "))),
            });
        }
    }
    for technique in draft.events.iter().flat_map(|it| &it.techniques) {
        if !is_technique(&technique.value) {
            let message = format!("`{}` is not the id of an ATT&CK technique", technique.value);
            let finding = Diagnostic::new(&UNKNOWN_TECHNIQUE, technique.place, message)
                .label("expected `T` and four digits, such as `T1566` or `T1566.002`")
                .help("look the id up at attack.mitre.org, or put the word into `tags`");
            findings.push(in_capitals(finding, &technique.value, is_technique));
        }
    }
    for group in draft.entities.iter().filter_map(|it| it.attack.as_ref()) {
        if !is_group(&group.value) {
            let message = format!("`{}` is not the id of an ATT&CK group", group.value);
            let finding = Diagnostic::new(&UNKNOWN_ATTACK_GROUP, group.place, message)
                .label("expected `G` and four digits, such as `G0128`")
                .help("look the id up at attack.mitre.org, or put the name into `aliases`");
            findings.push(in_capitals(finding, &group.value, is_group));
        }
    }
}

/// Adds the fix of an id that was written with a small letter or with white space.
fn in_capitals(finding: Diagnostic, written: &str, is_id: fn(&str) -> bool) -> Diagnostic {
    let id = written.trim().to_ascii_uppercase();
    if !is_id(&id) {
        return finding;
    }
    let place = finding.place;
    finding.fix(Fix::value(place, id).sure())
}
