//! The command that opens an editor at an event, a claim or a finding.

use crate::app::effect::{Effect, SourceSpot};
use crate::app::model::Model;
use crate::app::overlay::Overlay;
use crate::app::screen::{Focus, PageView, Screen};
use crate::app::state::notice::Notice;
use crate::document::{Evidence, PageSubject};

/// Requests an editor at the selected event, claim or finding.
pub(in crate::app) fn edit(model: &mut Model) -> Vec<Effect> {
    if model.has_room() {
        let why = "Cannot edit during a briefing: the room would see the file";
        return refuse(model, why.to_owned());
    }
    let spot = match &model.view.overlay {
        Some(Overlay::Problems(at)) => finding(model, *at),
        _ => selected(model),
    };
    if let Ok(spot) = &spot
        && spot.is_in_settings()
    {
        return vec![Effect::Edit(spot.clone())];
    }
    // An editor would show the redacted parts to everyone in the room.
    if let Some(ceiling) = model.files.whole.redactions().ceiling {
        let why = format!(
            "Cannot edit: the file has parts above TLP:{ceiling}; open it without `--max-tlp`"
        );
        return refuse(model, why);
    }
    if model.files.reload.is_beginning() {
        let why = "Cannot edit yet: still loading the files";
        return refuse(model, why.to_owned());
    }
    match spot {
        Ok(spot) => vec![Effect::Edit(SourceSpot {
            fingerprint: model.files.reload.shown_fingerprint(spot.place.file),
            ..spot
        })],
        Err(why) => refuse(model, why),
    }
}

fn refuse(model: &mut Model, why: String) -> Vec<Effect> {
    model.view.notice = Some(Notice {
        text: why,
        is_error: true,
    });
    Vec::new()
}

/// The first visible finding of the overlay.
fn finding(model: &Model, at: usize) -> Result<SourceSpot, String> {
    let problem = model.files.problems.get(at).ok_or("No finding to edit")?;
    match problem.at {
        Some(place) => Ok(SourceSpot::of_finding(place)),
        None if problem.place.is_empty() => {
            Err("Cannot edit: the place is hidden while something is withheld".to_owned())
        }
        None => Err(format!("Cannot edit: see the settings, {}", problem.place)),
    }
}

/// The shown or selected subject, and the target of the selected link.
pub(in crate::app) fn here(model: &Model) -> (Option<PageSubject>, Option<PageSubject>) {
    match model.screen() {
        Screen::Timeline(screen) => {
            let detail = screen.detail.as_ref();
            let detail = detail.filter(|_| screen.focus == Focus::Detail);
            let link = detail.and_then(PageView::followed);
            (screen.event().map(PageSubject::Event), link)
        }
        Screen::Page(page_view) => (Some(page_view.subject), page_view.followed()),
        Screen::Scene(scene) => (scene.event().map(PageSubject::Event), None),
        Screen::Follower(_) => (None, None),
    }
}

/// The claim of the selected link, or else the shown or selected event.
fn selected(model: &Model) -> Result<SourceSpot, String> {
    let timeline = &*model.timeline;
    let (shown, link) = here(model);
    if let Some(PageSubject::Evidence(Evidence::Claim(id))) = link {
        return Ok(SourceSpot::of_claim(timeline, id));
    }
    if let Some(PageSubject::Evidence(Evidence::Claim(id))) = shown {
        return Ok(SourceSpot::of_claim(timeline, id));
    }
    let event = shown.into_iter().chain(link).find_map(|it| match it {
        PageSubject::Event(id) => Some(id),
        PageSubject::Evidence(evidence) => evidence.event(timeline),
        _ => None,
    });
    let problems = &model.files.problems;
    if timeline.is_empty()
        && let Some(place) = problems.get(0).and_then(|problem| problem.at)
    {
        return Ok(SourceSpot::of_finding(place));
    }
    event.map_or_else(
        || Err("Cannot edit this; select an event or a claim first".to_owned()),
        |id| Ok(SourceSpot::of_event(timeline, id)),
    )
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use ratatui::layout::Size;

    use super::*;
    use crate::app::effect::test_file::ENTRY;
    use crate::app::input::key::parse;
    use crate::app::{Message, run};
    use crate::diagnostic::SourceText;
    use crate::timeline::Timeline;
    use crate::timeline::term::Tlp;

    fn read(text: &str) -> Timeline {
        crate::formats::open(&[SourceText::new("t.toml", text)]).0
    }

    /// A marked file with two events.
    fn file() -> String {
        format!("[timeline]\ntlp = \"green\"\n{ENTRY}[[events]]\ntitle = \"Exit\"\n")
    }

    /// The line for the editor, or the notice, after some keys.
    fn asked(timeline: Timeline, keys: &str) -> (Option<usize>, Option<String>) {
        let mut model = crate::app::open(Arc::new(timeline), Vec::new(), Size::new(100, 30));
        let mut line = None;
        for input in parse(keys).expect("keys") {
            for effect in run(&mut model, Message::Input(input)) {
                if let Effect::Edit(spot) = effect {
                    line = Some(SourceText::new("t.toml", file()).line_of(spot.place.start()));
                }
            }
        }
        (line, model.view.notice.map(|notice| notice.text))
    }

    #[test]
    fn the_selected_event_and_the_claim_under_the_cursor_are_edited() {
        for (keys, line) in [
            ("e", 4),
            ("je", 14),
            ("ve", 4),
            ("we", 4),
            ("v/window<enter>e", 4),
        ] {
            assert_eq!(asked(read(&file()), keys), (Some(line), None), "{keys}");
        }
        let claims: Vec<usize> = (1..12)
            .filter_map(|tabs| asked(read(&file()), &format!("v{}e", "<tab>".repeat(tabs))).0)
            .collect();
        assert!(claims.contains(&6) && claims.contains(&10), "{claims:?}");
    }

    #[test]
    fn a_page_without_an_event_is_not_edited() {
        let (line, notice) = asked(read(&file()), "ie");
        assert_eq!(line, None);
        assert!(notice.is_some_and(|it| it.contains("select an event")));
    }

    #[test]
    fn nothing_is_edited_while_a_marking_withholds_something() {
        let timeline = read(&file()).up_to(Tlp::Green).expect("it is marked");
        let (line, notice) = asked(timeline, "e");
        assert_eq!(line, None);
        assert!(notice.is_some_and(|it| it.contains("--max-tlp")));
    }
}
