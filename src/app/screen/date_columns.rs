//! How wide the dates of a list are: a property of the timeline, so that nothing moves while the list is scrolled.

use unicode_width::UnicodeWidthStr;

use crate::date::StampForm;
use crate::timeline::{Clock, Timeline};

const FORMS: usize = StampForm::ALL.len();

/// How wide the two halves of dates are on the list, in cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateColumns {
    /// What a date begins with, set right to align the years: in each form of a point in time.
    pub first: [u16; FORMS],
    /// What follows in a date of two ends, with what joins them.
    pub last: u16,
    /// The widest date, with both its ends.
    pub whole: u16,
    /// Whether most dates have two ends, both of them dates.
    pub are_mostly_two: bool,
}

/// As wide as a day at least.
const DAY: usize = "25 Mar 2024".len();
/// Wider than this is a column only if many dates need it; the others take the room from their own titles.
const WIDEST_OF_FEW: usize = 20;

impl DateColumns {
    /// As wide as a day of a month at least, and as most dates need.
    pub(super) fn of(timeline: &Timeline, clock: Clock) -> Self {
        let (mut singles, mut starts) = ([Widths::default(); FORMS], [Widths::default(); FORMS]);
        let mut ends = Widths::default();
        let (mut ended, mut others, mut whole) = (0, 0, 0);
        for words in timeline.events().filter_map(|event| event.words_on(clock)) {
            // An end that is open or not known is a single sign.
            *(if words.last.width() > 1 {
                &mut ended
            } else {
                &mut others
            }) += 1;
            let is_single = words.last.is_empty();
            let first = words.first.width();
            let last = words.joiner.width() + words.last.width();
            let widths = if is_single { &mut singles } else { &mut starts };
            for (form, widths) in StampForm::ALL.iter().zip(widths) {
                widths.add(first - words.saved_by(*form));
            }
            if !is_single {
                ends.add(last);
            }
            whole = whole.max(first + last);
        }
        let last = ends.column();
        let first = |form: usize| {
            // A single date may run into the second column; only what is left needs a wider first one.
            let single = singles[form].column().saturating_sub(last);
            cells(single.max(starts[form].column()).max(DAY))
        };
        let first = [first(0), first(1), first(2), first(3)];
        // Starts are set right in their column, so that the widest end may follow a short one.
        let whole = whole.max(usize::from(first[0]) + ends.widest());
        Self {
            first,
            last: cells(last),
            whole: cells(whole),
            are_mostly_two: ended > others,
        }
    }
}

/// How many dates have which width.
#[derive(Clone, Copy)]
struct Widths([u32; Self::COUNTED]);

impl Default for Widths {
    fn default() -> Self {
        Self([0; Self::COUNTED])
    }
}

impl Widths {
    /// Anything wider is counted as this wide: no column is.
    const COUNTED: usize = 80;

    fn add(&mut self, width: usize) {
        self.0[width.min(Self::COUNTED - 1)] += 1;
    }

    fn widest(&self) -> usize {
        self.0.iter().rposition(|&count| count > 0).unwrap_or(0)
    }

    /// What the widest needs, up to a limit, but at least what three of four need.
    fn column(&self) -> usize {
        let all: u32 = self.0.iter().sum();
        let mut narrower = 0;
        let most = self.0.iter().position(|count| {
            narrower += count;
            narrower >= all - all / 4
        });
        self.widest().min(WIDEST_OF_FEW).max(most.unwrap_or(0))
    }
}

fn cells(width: usize) -> u16 {
    u16::try_from(width).unwrap_or(u16::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::SourceText;

    fn columns(dates: &[&str]) -> DateColumns {
        let event = |when: &&str| format!("[[events]]\ntitle = \"T\"\nwhen = \"{when}\"\n");
        let text: String = dates.iter().map(event).collect();
        let (timeline, _) = crate::formats::open(&[SourceText::new("t.toml", text)]);
        DateColumns::of(&timeline, Clock::Happened)
    }

    #[test]
    fn a_column_of_a_log_is_as_wide_as_its_times_and_one_long_date_widens_none() {
        let log = columns(&["2021-08-14T10:22:31.123456+02:00"; 4]);
        assert_eq!((log.first, log.whole), ([33, 28, 22, 15], 33));
        let case = [
            &["2021-08-14"; 4][..],
            &["2021-08-14T10:22:31.123456+02:00"],
        ]
        .concat();
        let expected = ([20, 20, 20, 15], 33);
        assert_eq!((columns(&case).first, columns(&case).whole), expected);
    }
}
