//! The places of web addresses on the screen, for a terminal that can make links of them.

use ratatui::layout::Rect;

use crate::app::model::Model;
use crate::app::page::PageLine;
use crate::app::screen::Screen;
use crate::app::screen::layout::{self, PageColumns};
use crate::document::{Role, is_web_address};

/// The longest address that becomes a link, in bytes: tmux takes no longer one.
const LONGEST: usize = 1024;

/// A part of an address on one row of the screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressLink {
    /// The cells.
    pub area: Rect,
    /// The whole address: ASCII without spaces, quotes and control characters.
    pub url: String,
}

/// A part of an address on a line of a page.
struct AddressPart<'p> {
    line: usize,
    column: usize,
    text: &'p str,
}

/// The visible addresses. An overlay above the page hides them all.
pub fn addresses(model: &Model) -> Vec<AddressLink> {
    let Screen::Page(page_view) = model.screen() else {
        return Vec::new();
    };
    if model.overlay().is_some() {
        return Vec::new();
    }
    let area = layout::text_area(layout::page_area(model.regions().body));
    let columns = PageColumns::of(area, page_view.subject.has_columns());
    let mut seen = Vec::new();
    for parts in whole(&page_view.page.lines) {
        let url: String = parts.iter().map(|part| part.text).collect();
        if url.len() > LONGEST || !is_web_address(&url) {
            continue;
        }
        let areas = parts.iter().filter_map(|part| {
            let line = u16::try_from(part.line.checked_sub(page_view.scroll)?).ok()?;
            let row = columns.row(line)?;
            let part = Rect {
                x: row.x.saturating_add(u16::try_from(part.column).ok()?),
                width: u16::try_from(part.text.len()).ok()?,
                ..row
            };
            Some(part.intersection(row)).filter(|part| !part.is_empty())
        });
        seen.extend(areas.map(|area| AddressLink {
            area,
            url: url.clone(),
        }));
    }
    seen
}

/// The addresses of a page, each as the parts into which the lines break it.
fn whole(lines: &[PageLine]) -> Vec<Vec<AddressPart<'_>>> {
    let mut found: Vec<Vec<AddressPart<'_>>> = Vec::new();
    let mut goes_on = false;
    for (line, set) in lines.iter().enumerate() {
        let mut column = 0;
        for piece in &set.pieces {
            let text = piece.text.as_str();
            if piece.role == Role::Address {
                if !goes_on {
                    found.push(Vec::new());
                }
                let parts = found.last_mut().expect("one was begun");
                parts.push(AddressPart { line, column, text });
            }
            // An address continues behind an indent.
            goes_on = piece.role == Role::Address || (goes_on && text.trim().is_empty());
            column += crate::text::width(text);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use ratatui::buffer::Buffer;
    use ratatui::layout::Size;

    use super::*;
    use crate::app::input::key::parse;
    use crate::app::{Message, run};
    use crate::diagnostic::SourceText;
    use crate::ui::theme::Theme;

    fn model(url: &str, keys: &str, size: Size) -> Model {
        let file = format!(
            "[sources.s]\ntitle = \"Report\"\nurl = \"{url}\"\n[[events]]\ntitle = \"E\"\nsources = [\"s\"]\n"
        );
        let timeline = crate::formats::open(&[SourceText::new("t.toml", file)]).0;
        let mut model = crate::app::open(Arc::new(timeline), Vec::new(), size);
        for input in parse(keys).expect("keys") {
            run(&mut model, Message::Input(input));
        }
        model
    }

    /// The cells of each address, as they are drawn.
    fn drawn(model: &Model) -> Vec<String> {
        let mut buffer = Buffer::empty(Rect::from(((0, 0).into(), model.size())));
        crate::ui::draw(model, Theme::default(), &mut buffer);
        let symbols = |area: Rect| area.positions().map(|at| buffer[at].symbol()).collect();
        let addresses = addresses(model);
        addresses.iter().map(|it| symbols(it.area)).collect()
    }

    const URL: &str = "https://example.org/a/rather/long/address?of=a&report#here";
    const WIDE: Size = Size::new(100, 30);

    #[test]
    fn an_address_is_found_where_it_is_drawn() {
        for keys in ["S<tab><enter>", "w"] {
            let model = model(URL, keys, WIDE);
            assert_eq!(drawn(&model), [URL], "{keys}");
            assert_eq!(addresses(&model)[0].url, URL);
        }
    }

    #[test]
    fn each_part_of_a_broken_address_leads_to_the_whole() {
        let model = model(URL, "S<tab><enter>", Size::new(40, 30));
        assert!(drawn(&model).len() > 1);
        assert_eq!(drawn(&model).concat(), URL);
        assert!(addresses(&model).iter().all(|it| it.url == URL));
    }

    #[test]
    fn a_part_that_is_scrolled_away_is_none() {
        let small = Size::new(30, 7);
        let top = drawn(&model(URL, "S<tab><enter>", small));
        let end = drawn(&model(URL, "S<tab><enter><end>", small));
        assert_ne!(top, end);
        assert!(
            end.iter().all(|part| URL.contains(part.as_str())),
            "{end:?}"
        );
    }

    #[test]
    fn nothing_else_is_a_link_and_what_lies_above_hides_it() {
        for url in [
            "javascript:alert(1)",
            "https://a b",
            "https://x\\u001B]8;;",
            "",
        ] {
            assert!(
                drawn(&model(url, "S<tab><enter>", WIDE)).is_empty(),
                "{url}"
            );
        }
        let long = format!("https://example.org/{}", "x".repeat(LONGEST));
        assert!(drawn(&model(&long, "S<tab><enter>", WIDE)).is_empty());
        assert!(drawn(&model(URL, "S<tab><enter>?", WIDE)).is_empty());
    }
}
