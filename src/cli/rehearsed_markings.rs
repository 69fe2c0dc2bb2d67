//! A rehearsal with `--since`: if a marking is wider now, more people may see the item, and the room must hear that.
//!
//! The words of a scene are its title and what it says. They mention a wider marking if they name the item by its title
//! or its id, or if they name the new marking in a scene that shows the event. The scene that dateline adds does not
//! count: a briefer may skip it.

use anyhow::Result;

use super::args::BriefArgs;
use super::earlier_version::EarlierVersion;
use super::input::LoadedTimeline;
use super::redaction_args::RedactionArgs;
use super::report::clean;
use crate::app::state::active_filter::ActiveFilter;
use crate::app::state::briefing::Briefing;
use crate::change::{ChangeKind, ComparedItem, ItemKind};
use crate::timeline::{Event, EventId, Scene, Timeline};

/// A problem for each wider marking that no scene mentions.
pub(super) fn run(
    opened: &LoadedTimeline,
    briefing: &Briefing,
    args: &BriefArgs,
    earlier: &EarlierVersion,
) -> Result<Vec<String>> {
    let timeline = &opened.timeline;
    let scenes = (0..briefing.path.len()).filter_map(|at| briefing.scene(timeline, at));
    let scenes: Vec<&Scene> = scenes.filter(|scene| scene.account.is_none()).collect();
    // A comparison for readers up to a marking leaves out what became visible to them. Here it counts.
    let everything = RedactionArgs {
        max_tlp: None,
        ..args.withholding.clone()
    };
    earlier.compare_anew(&everything, |comparison| {
        let items = comparison.items.iter().filter(|it| is_shown(timeline, it));
        let wider = items.filter_map(|item| Some((item, new_marking(item)?)));
        let silent = wider.filter(|(item, marking)| {
            let mut scenes = scenes.iter();
            !scenes.any(|scene| mentions(scene, timeline, item, marking))
        });
        let problems = silent.map(|(item, marking)| problem(opened, item, marking, earlier.name()));
        problems.collect()
    })
}

/// Whether the briefing may name an item at all. Marking scenes and views is the briefer's own work, and no fact of the
/// case.
fn is_shown(timeline: &Timeline, item: &ComparedItem) -> bool {
    match item.kind {
        ItemKind::Timeline => true,
        ItemKind::Event => timeline.find_event(&item.key).is_some(),
        ItemKind::Question => timeline.questions().iter().any(|it| it.text == item.title),
        ItemKind::Entity => timeline.entities().any(|(_, it)| it.key == item.key),
        ItemKind::Source => timeline.sources().any(|(_, it)| it.key == item.key),
        ItemKind::Scene | ItemKind::View => false,
    }
}

/// The marking that an item or a claim of it has now, if it is wider than before.
fn new_marking(item: &ComparedItem) -> Option<&str> {
    let of_claims = item.claims.iter().flat_map(|claim| &claim.differences);
    let mut all = item.differences.iter().chain(of_claims);
    let wider = all.find(|difference| difference.kind == ChangeKind::Wider)?;
    Some(&wider.new)
}

fn mentions(scene: &Scene, timeline: &Timeline, item: &ComparedItem, marking: &str) -> bool {
    let says = |words: &str| {
        let texts = [Some(scene.title.as_str()), scene.say.as_deref()];
        texts
            .into_iter()
            .flatten()
            .any(|text| has_words(text, words))
    };
    let is_named = says(&item.title) || says(&item.key);
    let is_shown = match timeline.find_event(&item.key) {
        Some(event) if item.kind == ItemKind::Event => shows(scene, timeline, event.id()),
        // Anything else has no place on the screen.
        _ => true,
    };
    is_named || (is_shown && says(marking))
}

/// Whether a text has `words` in a row, in any letter case. An empty phrase is in no text.
fn has_words(text: &str, words: &str) -> bool {
    let split = |text: &str| -> Vec<String> {
        let words = text.split(|it: char| !it.is_alphanumeric());
        let words = words.filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let (text, words) = (split(text), split(words));
    !words.is_empty() && text.windows(words.len()).any(|part| part == words)
}

/// Whether a scene selects an event, or has it in its view.
fn shows(scene: &Scene, timeline: &Timeline, event: EventId) -> bool {
    let view = timeline.view_of(scene);
    scene.select == Some(event) || ActiveFilter::of_view(timeline, view).shows(event)
}

/// The problem: the item with a wider marking, where it is, and what to do.
fn problem(opened: &LoadedTimeline, item: &ComparedItem, marking: &str, since: &str) -> String {
    let what = match item.kind {
        ItemKind::Timeline => "the timeline".to_owned(),
        kind => format!("the {} “{}”", kind.as_str(), clean(&item.title)),
    };
    let place = place(opened, item);
    let name = match item.kind {
        ItemKind::Event => format!("name it or, where it is shown, {marking}"),
        ItemKind::Timeline => format!("name {marking}"),
        _ => format!("name it or {marking}"),
    };
    format!(
        "{place}{what} is marked wider than {since}, {marking} now, and no scene mentions it: {name} in the `say` of a scene"
    )
}

/// The place of an event in the file, with a colon behind it; empty for anything else, and where something is withheld.
fn place(opened: &LoadedTimeline, item: &ComparedItem) -> String {
    let timeline = &opened.timeline;
    let is_placed = item.kind == ItemKind::Event && timeline.redactions().is_whole();
    let event = timeline.find_event(&item.key).filter(|_| is_placed);
    let place = event.map(Event::place);
    let text = place.and_then(|place| Some((opened.texts.get(usize::from(place.file.0))?, place)));
    text.map_or_else(String::new, |(text, place)| {
        let position = text.position(place.start());
        let (line, column) = (position.line, position.column);
        format!("{}:{line}:{column}: ", clean(text.name()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whatever_their_case_and_only_whole() {
        assert!(has_words("The finding is now TLP:GREEN.", "GREEN"));
        assert!(has_words(
            "Mail server entered, 2021",
            "mail server ENTERED"
        ));
        assert!(!has_words("Evergreen", "GREEN"));
        assert!(!has_words("Mail entered", "mail server entered"));
        assert!(!has_words("anything", ""));
    }
}
