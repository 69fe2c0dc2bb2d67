//! The widths of the date columns of a list, for the rows on the screen.

use unicode_width::UnicodeWidthStr;

use crate::date::StampForm;
use crate::timeline::{Clock, Event};

const FORMS: usize = StampForm::ALL.len();

/// The widths of the two halves of dates, in cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateColumns {
    /// The beginning of a date, aligned right to align the years, for each form of times.
    pub first: [u16; FORMS],
    /// The end of a date that has two ends, with the joiner before it.
    pub last: u16,
    pub whole: u16,
    /// Whether most dates have two ends that are both known.
    pub are_mostly_two: bool,
}

/// The least width of the first column.
const DAY: usize = "25 Mar 2024".len();
/// A wider column is only made if many dates need it; otherwise the few wider dates take room from their titles.
const WIDEST_OF_FEW: usize = 20;

impl DateColumns {
    pub(super) fn of<'t>(events: impl Iterator<Item = Event<'t>>, clock: Clock) -> Self {
        let (mut singles, mut starts) = (
            [WidthCounts::default(); FORMS],
            [WidthCounts::default(); FORMS],
        );
        let mut ends = WidthCounts::default();
        let (mut ended, mut others, mut whole) = (0, 0, 0);
        for words in events.filter_map(|event| event.words_on(clock)) {
            // An end that is open or unknown is a single character.
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
            // A date without a second half may extend into the second column.
            let single = singles[form].column().saturating_sub(last);
            cells(single.max(starts[form].column()).max(DAY))
        };
        let first = [first(0), first(1), first(2), first(3)];
        // Starts are aligned right, so the widest end may follow a short start.
        let whole = whole.max(usize::from(first[0]) + ends.widest());
        Self {
            first,
            last: cells(last),
            whole: cells(whole),
            are_mostly_two: ended > others,
        }
    }
}

/// The number of dates of each width.
#[derive(Clone, Copy)]
struct WidthCounts([u32; Self::COUNTED]);

impl Default for WidthCounts {
    fn default() -> Self {
        Self([0; Self::COUNTED])
    }
}

impl WidthCounts {
    /// Wider dates are counted as this wide: a column never is.
    const COUNTED: usize = 80;

    fn add(&mut self, width: usize) {
        self.0[width.min(Self::COUNTED - 1)] += 1;
    }

    fn widest(&self) -> usize {
        self.0.iter().rposition(|&count| count > 0).unwrap_or(0)
    }

    /// The width of the widest date up to a limit, but at least a width that three of four dates fit in.
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
        DateColumns::of(timeline.events(), Clock::Happened)
    }

    #[test]
    fn a_column_of_a_log_is_as_wide_as_its_times_and_one_long_date_widens_no_column() {
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
