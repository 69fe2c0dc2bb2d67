//! The title of the terminal's window while dateline runs.

use crate::app::model::Model;
use crate::app::screen::Screen;
use crate::text::{beginning, visible};
use crate::timeline::TimelineHead;
use crate::timeline::term::Tlp;

/// How many characters of a title a list of windows has room for.
const LONGEST: usize = 80;

/// The title of the window: the title of the timeline, and the strictest marking in it. A timeline that is marked
/// `TLP:AMBER` or more strictly, or with a line of the author's own, is not named: others may see a list of windows, as
/// when a screen is shared.
pub fn title(model: &Model) -> String {
    let timeline = model.timeline();
    let title = name(timeline.head(), timeline.effective_marking());
    match model.screen() {
        Screen::Follower(_) => format!("notes · {title}"),
        Screen::Timeline(_) | Screen::Page(_) | Screen::Scene(_) => title,
    }
}

fn name(head: &TimelineHead, tlp: Option<Tlp>) -> String {
    let marking = tlp.map(|tlp| format!("TLP:{tlp}"));
    let is_open = tlp.is_none_or(|tlp| tlp < Tlp::Amber) && head.banner.is_none();
    let name = Some(short(&head.title)).filter(|name| is_open && !name.is_empty());
    let parts = [name, marking, Some("dateline".to_owned())];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(" · ")
}

/// The beginning of a text, on one line.
fn short(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let line = words.join(" ");
    beginning(&visible(&line), LONGEST).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(title: &str, tlp: Option<Tlp>) -> String {
        let head = TimelineHead {
            title: title.to_owned(),
            ..TimelineHead::default()
        };
        name(&head, tlp)
    }

    #[test]
    fn a_window_has_the_title_and_the_marking() {
        assert_eq!(of("Mail", Some(Tlp::Clear)), "Mail · TLP:CLEAR · dateline");
        assert_eq!(of("Mail", None), "Mail · dateline");
        assert_eq!(of("", None), "dateline");
    }

    #[test]
    fn what_few_may_see_is_not_named_in_a_list_of_windows() {
        assert_eq!(of("Mail", Some(Tlp::Amber)), "TLP:AMBER · dateline");
        assert_eq!(of("Mail", Some(Tlp::Red)), "TLP:RED · dateline");
        let head = TimelineHead {
            title: "Mail".to_owned(),
            banner: Some("OFFICIAL".to_owned()),
            ..TimelineHead::default()
        };
        assert_eq!(name(&head, None), "dateline");
    }

    #[test]
    fn nothing_in_it_is_a_command_and_it_is_not_long() {
        assert_eq!(of("a\u{7}\n\u{1b}]b", None), "a␇ ␛]b · dateline");
        assert_eq!(
            of(&"x".repeat(1000), None).chars().count(),
            LONGEST + " · dateline".chars().count()
        );
    }
}
