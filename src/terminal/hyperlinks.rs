//! Turns addresses on the screen into hyperlinks of the terminal (OSC 8, as VTE describes it: "Hyperlinks in terminal
//! emulators").
//!
//! Each cell opens and closes a link of its own: any cell may be rewritten alone, and no link may spill into the next
//! one. The terminal joins the parts of a link by their address and their common id.

use std::num::NonZeroU16;

use ratatui::buffer::{Buffer, CellDiffOption};

use crate::ui::AddressLink;

/// Ends a link.
pub(super) const CLOSE_LINK: &str = "\x1b]8;;\x1b\\";

/// Turns the cells of addresses into links; the width of the cells stays.
pub(super) fn put(buffer: &mut Buffer, addresses: &[AddressLink]) {
    let shown = buffer.area;
    for address in addresses {
        for position in address.area.intersection(shown).positions() {
            let cell = &mut buffer[position];
            let linked = format!(
                "\x1b]8;id=dateline;{}\x1b\\{}{CLOSE_LINK}",
                address.url,
                cell.symbol()
            );
            cell.set_symbol(&linked)
                .set_diff_option(CellDiffOption::ForcedWidth(NonZeroU16::MIN));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::layout::Rect;

    fn buffer() -> Buffer {
        Buffer::with_lines(["see https://x.y now"])
    }

    fn linked(url: &str) -> Buffer {
        let mut buffer = buffer();
        let address = AddressLink {
            area: Rect::new(4, 0, 11, 1),
            url: url.to_owned(),
        };
        put(&mut buffer, &[address]);
        buffer
    }

    #[test]
    fn each_cell_is_a_link_of_its_own_and_one_cell_wide() {
        let buffer = linked("https://x.y");
        let cell = &buffer[(4, 0)];
        assert_eq!(
            cell.symbol(),
            "\x1b]8;id=dateline;https://x.y\x1b\\h\x1b]8;;\x1b\\"
        );
        assert_eq!(buffer[(3, 0)].symbol(), " ");
        assert_eq!(buffer[(15, 0)].symbol(), " ");
    }

    #[test]
    fn only_what_is_different_is_written_again() {
        let (plain, link) = (buffer(), linked("https://x.y"));
        assert_eq!(plain.diff(&link).len(), 11);
        assert_eq!(link.diff(&link).len(), 0);
        assert_eq!(link.diff(&plain).len(), 11);
        assert_eq!(link.diff(&linked("https://x.z")).len(), 11);
    }
}
