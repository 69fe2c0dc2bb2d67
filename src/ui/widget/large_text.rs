//! Text in large letters, made of blocks: each letter is eight by eight pixels, four to a cell.

use font8x8::legacy::BASIC_LEGACY;

use crate::app::screen::scene_layout::LETTER;
use crate::ui::glyphs::QUADRANTS;

/// The rows of an ASCII text, each [`LETTER`] cells a character. A character without a letter is blank.
pub fn rows(text: &str) -> [String; LETTER as usize] {
    std::array::from_fn(|row| {
        text.chars()
            .map(|character| BASIC_LEGACY.get(character as usize))
            .flat_map(|letter| cells(letter.copied().unwrap_or_default(), row))
            .collect()
    })
}

/// The cells of one row of a letter, whose bytes are rows of pixels, the leftmost in the lowest bit.
fn cells(letter: [u8; 8], row: usize) -> [char; LETTER as usize] {
    let [upper, lower] = [letter[2 * row], letter[2 * row + 1]];
    std::array::from_fn(|column| {
        let pair = |pixels: u8| usize::from(pixels >> (2 * column) & 0b11);
        QUADRANTS[pair(upper) | pair(lower) << 2]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_is_four_cells_wide_and_high() {
        assert_eq!(rows("Ab"), ["▗█▖ ▜▌  ", "█ █ ▐▙▄ ", "█▀█ ▐▌▐▌", "▀ ▀ ▀▝▀ "]);
    }

    #[test]
    fn every_character_of_ascii_but_the_space_has_a_letter() {
        for character in '!'..='~' {
            let letter = rows(&character.to_string()).concat();
            assert!(letter.chars().any(|cell| cell != ' '), "{character}");
        }
        assert_eq!(rows(" é").concat().trim(), "");
    }
}
