//! The look of a cell, as the control sequence "select graphic rendition" describes it: for the terminal and for files.

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier};

use super::theme::number;

/// How a cell looks.
pub(crate) type CellStyle = (Color, Color, Modifier);

/// How a cell looks.
pub(crate) const fn style(cell: &Cell) -> CellStyle {
    (cell.fg, cell.bg, cell.modifier)
}

/// The parameters of "select graphic rendition" (ECMA-48, 8.3.117) that change the terminal's own look to a style;
/// empty for that look.
pub(crate) fn sgr((fg, bg, modifier): CellStyle) -> String {
    let mut codes: Vec<String> = Vec::new();
    for (flag, code) in [
        (Modifier::BOLD, "1"),
        (Modifier::DIM, "2"),
        (Modifier::ITALIC, "3"),
        (Modifier::UNDERLINED, "4"),
        (Modifier::REVERSED, "7"),
    ] {
        if modifier.contains(flag) {
            codes.push(code.to_owned());
        }
    }
    codes.extend(number(fg).map(|number| colour_code(number, 30)));
    codes.extend(number(bg).map(|number| colour_code(number, 40)));
    codes.join(";")
}

/// The code of a colour. The first eight have codes of their own, the next eight the codes of `aixterm`, and the others
/// a number (ISO/IEC 8613-6, 13.1.8). A terminal of sixteen colours does not know the form with a number: it obeys each
/// parameter alone, and 5 makes characters blink, 8 hides them.
fn colour_code(number: u8, first: u8) -> String {
    match number {
        0..8 => (first + number).to_string(),
        8..16 => (first + 60 + number - 8).to_string(),
        _ => format!("{};5;{number}", first + 8),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_beyond_sixteen_colours_is_a_number() {
        for (fg, bg, codes) in [
            (Color::Reset, Color::Reset, ""),
            (Color::Red, Color::Reset, "31"),
            (Color::DarkGray, Color::Blue, "90;44"),
            (Color::Indexed(9), Color::Indexed(15), "91;107"),
            (Color::Indexed(200), Color::Indexed(16), "38;5;200;48;5;16"),
        ] {
            assert_eq!(sgr((fg, bg, Modifier::empty())), codes);
        }
        let modifier = Modifier::BOLD | Modifier::REVERSED;
        assert_eq!(sgr((Color::White, Color::Reset, modifier)), "1;7;97");
    }
}
