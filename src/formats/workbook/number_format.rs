//! Number formats of spreadsheets (ECMA-376, 18.8.30): what of a date a cell shows.
//!
//! A date in a cell is a number of days. Only the format of the cell says how much of it its author knew: "Aug 2021" is
//! the first of August with the format `mmm-yy`. So the format is the precision.

/// What a cell shows of its number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum NumberFormat {
    /// The number itself.
    #[default]
    Plain,
    /// A date down to a part of it. The parts above it count even if they are not shown.
    Date(DatePart),
    /// Hours that may be more than a day, such as `26:10`.
    Elapsed,
}

/// The parts of a date, from the coarsest to the finest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum DatePart {
    Year,
    Month,
    Day,
    Hour,
    Minute,
    /// With a number of digits of a fraction, at most three.
    Second(u8),
}

impl NumberFormat {
    /// The format of a number that programs know without its code.
    pub fn built_in(id: u32) -> Self {
        Self::of_code(match id {
            14 => "mm-dd-yy",
            15 => "d-mmm-yy",
            16 => "d-mmm",
            17 => "mmm-yy",
            18 => "h:mm AM/PM",
            19 => "h:mm:ss AM/PM",
            22 => "m/d/yy h:mm",
            // 27 to 36 and 50 to 58 are of East Asian editions.
            27..=31 | 36 | 50..=54 | 57 | 58 => "yyyy-m-d",
            20 | 32 | 34 | 55 => "h:mm",
            21 | 33 | 35 | 56 => "h:mm:ss",
            45 => "mm:ss",
            46 => "[h]:mm:ss",
            47 => "mm:ss.0",
            _ => "",
        })
    }

    /// The format with a code such as `yyyy-mm-dd hh:mm;@`. Of several sections the first counts.
    pub fn of_code(code: &str) -> Self {
        let letters = Letters::of(code);
        if letters.is_elapsed {
            return Self::Elapsed;
        }
        letters.finest().map_or(Self::Plain, Self::Date)
    }
}

/// The letters of a format that stand for parts of a date, in order.
#[derive(Default)]
struct Letters {
    /// Each run of one letter once, in lower case.
    runs: Vec<char>,
    fraction: u8,
    is_elapsed: bool,
}

impl Letters {
    fn of(code: &str) -> Self {
        let mut letters = Self::default();
        // The code of numbers without a format has an `e` in it.
        if code.trim().eq_ignore_ascii_case("general") {
            return letters;
        }
        let mut rest = code.chars().peekable();
        let mut last = None;
        while let Some(character) = rest.next() {
            let character = character.to_ascii_lowercase();
            match character {
                ';' => break,
                '"' => rest.by_ref().take_while(|&it| it != '"').for_each(drop),
                '\\' | '_' | '*' => drop(rest.next()),
                '[' => {
                    let inside: String = rest.by_ref().take_while(|&it| it != ']').collect();
                    letters.take_bracket(&inside);
                }
                'e' if matches!(rest.peek(), Some('+' | '-')) => {}
                'a' if matches!(rest.peek(), Some('m' | 'M' | '/')) => {
                    // AM/PM or A/P
                    while matches!(rest.peek(), Some('a' | 'A' | 'm' | 'M' | 'p' | 'P' | '/')) {
                        rest.next();
                    }
                }
                'y' | 'm' | 'd' | 'h' | 's' | 'e' if last != Some(character) => {
                    letters.runs.push(character);
                }
                '.' | ',' if letters.runs.last() == Some(&'s') && letters.fraction == 0 => {
                    while rest.next_if_eq(&'0').is_some() {
                        letters.fraction += 1;
                    }
                }
                _ => {}
            }
            last = Some(character);
        }
        letters
    }

    /// `[h]` counts on behind a day; a colour, a locale or a condition says nothing.
    fn take_bracket(&mut self, inside: &str) {
        let mut letters = inside.chars().map(|it| it.to_ascii_lowercase());
        let first = letters.next().filter(|it| matches!(it, 'h' | 'm' | 's'));
        self.is_elapsed |= first.is_some_and(|first| letters.all(|it| it == first));
    }

    fn finest(&self) -> Option<DatePart> {
        let parts = self
            .runs
            .iter()
            .enumerate()
            .map(|(at, letter)| match letter {
                'y' | 'e' => DatePart::Year,
                'd' => DatePart::Day,
                'h' => DatePart::Hour,
                's' => DatePart::Second(self.fraction.min(3)),
                _ if self.is_minute(at) => DatePart::Minute,
                _ => DatePart::Month,
            });
        parts.max()
    }

    /// `m` is a minute behind an hour or before a second, and otherwise a month.
    fn is_minute(&self, at: usize) -> bool {
        let before = at.checked_sub(1).and_then(|at| self.runs.get(at));
        before == Some(&'h') || self.runs.get(at + 1) == Some(&'s')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_finest_part_that_a_format_shows_is_the_precision() {
        use DatePart::{Day, Hour, Minute, Month, Second, Year};
        let cases = [
            ("yyyy", Some(Year)),
            ("mmm-yy", Some(Month)),
            ("mmmm yyyy", Some(Month)),
            ("[$-409]mmm\\-yy;@", Some(Month)),
            ("d-mmm", Some(Day)),
            ("yyyy\\-mm\\-dd", Some(Day)),
            ("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", Some(Day)),
            ("yyyy-mm-dd hh", Some(Hour)),
            ("m/d/yy h:mm", Some(Minute)),
            ("h:mm AM/PM", Some(Minute)),
            ("dd.mm.yyyy hh:mm:ss", Some(Second(0))),
            ("yyyy-mm-dd\\Thh:mm:ss.000\"Z\"", Some(Second(3))),
            ("mm:ss.0", Some(Second(1))),
            ("yyyy/mm/dd hh:mm:ss.000000", Some(Second(3))),
            ("General", None),
            ("@", None),
            ("0.00E+00", None),
            ("#,##0 \"days\"", None),
            ("[Red]0.00;[Blue]-0.00", None),
            ("0;yyyy", None),
            ("", None),
        ];
        for (code, expected) in cases {
            let expected = expected.map_or(NumberFormat::Plain, NumberFormat::Date);
            assert_eq!(NumberFormat::of_code(code), expected, "{code}");
        }
        for code in ["[h]:mm:ss", "[mm]:ss", "[HH]:MM"] {
            assert_eq!(NumberFormat::of_code(code), NumberFormat::Elapsed, "{code}");
        }
    }

    #[test]
    fn formats_that_programs_know_by_number_need_no_code() {
        let part = |id| NumberFormat::built_in(id);
        assert_eq!(part(0), NumberFormat::Plain);
        assert_eq!(part(10), NumberFormat::Plain);
        assert_eq!(part(14), NumberFormat::Date(DatePart::Day));
        assert_eq!(part(17), NumberFormat::Date(DatePart::Month));
        assert_eq!(part(22), NumberFormat::Date(DatePart::Minute));
        assert_eq!(part(47), NumberFormat::Date(DatePart::Second(1)));
        assert_eq!(part(46), NumberFormat::Elapsed);
        assert_eq!(part(49), NumberFormat::Plain);
    }
}
