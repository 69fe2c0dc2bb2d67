//! Chooses what to copy. The texts are made elsewhere.

use crate::app::commands::edit::here;
use crate::app::effect::{Citation, CopyRequest, Effect};
use crate::app::model::Model;
use crate::app::state::notice::Notice;
use crate::document::{Evidence, PageSubject};
use crate::timeline::Timeline;

/// Copies the claim under the cursor, or else the shown or selected thing.
pub(in crate::app) fn selected(model: &mut Model) -> Vec<Effect> {
    let (shown, link) = here(model);
    let claim = link.filter(|link| matches!(link, PageSubject::Evidence(Evidence::Claim(_))));
    match claim.or(shown) {
        Some(subject) => vec![Effect::Copy(CopyRequest::Said(subject))],
        None => refuse(model, "Nothing to copy here"),
    }
}

/// Copies the source of the claim under the cursor, or else the sources of the shown thing.
pub(in crate::app) fn sources(model: &mut Model) -> Vec<Effect> {
    let (shown, link) = here(model);
    let subjects = link.into_iter().chain(shown);
    let cited = subjects.map(|it| citations(&model.timeline, it));
    match cited.into_iter().find(|cited| !cited.is_empty()) {
        Some(cited) => vec![Effect::Copy(CopyRequest::Cited(cited))],
        None => refuse(model, "No source here"),
    }
}

fn citations(timeline: &Timeline, subject: PageSubject) -> Vec<Citation> {
    let event = match subject {
        PageSubject::Source(id) => return vec![Citation::whole(id)],
        PageSubject::Evidence(Evidence::Claim(id)) => {
            let claim = timeline.claim(id);
            let at = claim.at.clone();
            let source = claim.source.map(|source| Citation { source, at });
            return source.into_iter().collect();
        }
        PageSubject::Event(id) => Some(id),
        PageSubject::Evidence(evidence) => evidence.event(timeline),
        _ => None,
    };
    let sources = event.map_or(&[][..], |id| timeline.event(id).sources());
    sources.iter().copied().map(Citation::whole).collect()
}

pub(in crate::app) fn command(_: &mut Model) -> Vec<Effect> {
    vec![Effect::Copy(CopyRequest::Command)]
}

pub(in crate::app) fn filter(model: &mut Model) -> Vec<Effect> {
    let filter = model.filter_text().to_owned();
    if filter.is_empty() {
        return refuse(model, "No filter to copy");
    }
    vec![Effect::Copy(CopyRequest::Filter(filter))]
}

fn refuse(model: &mut Model, why: &str) -> Vec<Effect> {
    model.view.notice = Some(Notice {
        text: why.to_owned(),
        is_error: true,
    });
    Vec::new()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use ratatui::layout::Size;

    use super::*;
    use crate::app::input::key::parse;
    use crate::app::{Message, run};
    use crate::diagnostic::SourceText;

    const FILE: &str = "\
[entities.bureau]
[sources.report]
[sources.paper]
[[events]]
id = \"entry\"
title = \"Entry\"
sources = [\"paper\"]
[[events.claims]]
by = \"bureau\"
source = \"report\"
at = \"page 4\"
text = \"a door\"
[[events]]
title = \"Exit\"
";

    /// The copied thing and the notice after some keys.
    fn asked(keys: &str) -> (Option<CopyRequest>, Option<String>) {
        let timeline = crate::formats::open(&[SourceText::new("t.toml", FILE)]).0;
        let mut model = crate::app::open(Arc::new(timeline), Vec::new(), Size::new(100, 30));
        let mut copied = None;
        for input in parse(keys).expect("keys") {
            for effect in run(&mut model, Message::Input(input)) {
                if let Effect::Copy(it) = effect {
                    copied = Some(it);
                }
            }
        }
        (copied, model.view.notice.map(|notice| notice.text))
    }

    #[test]
    fn events_pages_and_the_claim_under_the_cursor_are_copied() {
        for (keys, name) in [
            ("y", "event"),
            ("vy", "event"),
            ("Ey", "page"),
            ("Qy", "page"),
        ] {
            let (copied, _) = asked(keys);
            let copied = copied.expect(keys);
            assert_eq!(copied.name(), format!("the {name}"), "{keys}");
        }
        let names = (1..12).filter_map(|tabs| {
            let keys = format!("v{}y", "<tab>".repeat(tabs));
            asked(&keys).0.map(|copied| copied.name())
        });
        assert!(names.collect::<Vec<_>>().contains(&"the claim"));
    }

    #[test]
    fn an_event_is_cited_by_its_sources_and_a_claim_by_its_own_with_the_place() {
        let (copied, _) = asked("gy");
        assert_eq!(copied.map(|it| it.name()), Some("the sources"));
        let cited = (1..12).filter_map(|tabs| asked(&format!("v{}gy", "<tab>".repeat(tabs))).0);
        let places: Vec<Option<String>> = cited
            .filter_map(|it| match it {
                CopyRequest::Cited(cited) if cited.len() == 1 => cited.into_iter().next(),
                _ => None,
            })
            .map(|citation| citation.at)
            .collect();
        assert!(places.contains(&Some("page 4".to_owned())), "{places:?}");
        assert!(
            places.contains(&None),
            "a source under the cursor is cited as a whole"
        );
        assert_eq!(asked("jgy").1.as_deref(), Some("No source here"));
    }

    #[test]
    fn the_filter_is_copied_as_written_if_there_is_one() {
        let (copied, _) = asked("fid:entry<enter>gF");
        assert_eq!(copied, Some(CopyRequest::Filter("id:entry".to_owned())));
        assert_eq!(asked("gF").1.as_deref(), Some("No filter to copy"));
    }
}
