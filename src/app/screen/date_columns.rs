//! The widths of the date columns of a list, for the rows on the screen.

use crate::date::{DateWords, EventDate, StampForm};
use crate::text;
use crate::timeline::{Clock, Event};

const FORMS: usize = StampForm::ALL.len();

/// The widths of the columns that the dates on the screen need, in cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DateColumns {
    /// If there are two columns, the width of beginnings, which are aligned right to align the years.
    pub first: u16,
    /// If there are two columns, the width of ends with the joiner before them; 0 if no date has two ends.
    pub last: u16,
    /// If there is one column, the width of dates that are not points in time, for each of [`Self::LIMITS`]: each date
    /// is in its longest spelling within the limit, or else in its shortest.
    pub one: [u16; Self::LIMITS.len()],
    /// The width of points in time in each form, if the row above says what the form leaves out.
    pub stamps: [u16; FORMS],
    /// The same, including points in time whose row above does not say all of it.
    pub stamps_with_changes: [u16; FORMS],
    /// The width of the heading in each form: it says what the first row leaves out.
    pub heading: [u16; FORMS],
    /// Whether most dates have two ends that are both known.
    pub are_mostly_two: bool,
}

/// The least width of the first column.
const DAY: usize = "25 Mar 2024".len();
/// A wider column is only made if many dates need it; the few wider dates are spelled shorter.
const WIDEST_OF_FEW: usize = 20;

impl DateColumns {
    /// `late 2021 – Oct 2022`, `25 or 26 Mar 2024`, `Apr – May 2021`, `25 Mar 2024`.
    pub const LIMITS: [u16; 4] = [20, 17, 14, 11];

    pub(super) fn of<'t>(events: impl Iterator<Item = Event<'t>>, clock: Clock) -> Self {
        let (mut firsts, mut singles) = (WidthCounts::default(), WidthCounts::default());
        let mut ends = WidthCounts::default();
        let (mut ended, mut others) = (0, 0);
        let mut one = [DAY; Self::LIMITS.len()];
        let mut stamps = StampWidths::default();
        let mut above = None;
        for date in events.filter_map(|event| event.on(clock)) {
            let words = date.words();
            // An end that is open or unknown is a single character.
            *(if text::width(&words.last) > 1 {
                &mut ended
            } else {
                &mut others
            }) += 1;
            if words.last.is_empty() {
                singles.add(text::width(&words.first));
            } else {
                firsts.add(text::width(&words.first));
                ends.add(text::width(words.joiner) + text::width(&words.last));
            }
            if words.is_stamp() {
                stamps.add(&words, above.as_ref(), clock);
            } else {
                let widths = widths(&date, &words);
                for (limit, column) in Self::LIMITS.into_iter().zip(&mut one) {
                    *column = width_within(&widths, limit).max(*column);
                }
            }
            above = Some(words);
        }
        let last = ends.column();
        // A date without a second half may extend into the second column.
        let single = singles.column().saturating_sub(last);
        Self {
            first: cells(single.max(firsts.column()).max(DAY)),
            last: cells(last),
            one: one.map(cells),
            stamps: stamps.typical.map(cells),
            stamps_with_changes: stamps.all.map(cells),
            heading: stamps.heading.map(cells),
            are_mostly_two: ended > others,
        }
    }
}

/// The widths of a date in its spellings, the longest first; only the longest if that is within every limit.
fn widths(date: &EventDate, words: &DateWords) -> Vec<usize> {
    let mut widths = vec![width(words)];
    if DateColumns::LIMITS
        .iter()
        .any(|&limit| widths[0] > limit.into())
    {
        widths.extend(date.spellings().iter().map(width));
    }
    widths
}

/// The width of a date in its longest spelling within a limit, or in its shortest.
fn width_within(widths: &[usize], limit: u16) -> usize {
    let within = widths.iter().find(|&&width| width <= limit.into());
    within.or(widths.last()).copied().unwrap_or_default()
}

fn width(words: &DateWords) -> usize {
    text::width(&words.first) + text::width(words.joiner) + text::width(&words.last)
}

/// The widths of points in time, for each form.
#[derive(Default)]
struct StampWidths {
    typical: [usize; FORMS],
    all: [usize; FORMS],
    heading: [usize; FORMS],
}

impl StampWidths {
    fn add(&mut self, words: &DateWords, above: Option<&DateWords>, clock: Clock) {
        let end = text::width(&words.end_mark());
        for (at, form) in StampForm::ALL.into_iter().enumerate() {
            let width = |form| text::width(&words.first) - words.saved_by(form) + end;
            // The heading says what the first row leaves out, unless it has to name the clock.
            let is_first = above.is_none() && clock == Clock::Happened;
            let said = if is_first {
                self.heading[at] = text::width(&words.left_out_by(form));
                form
            } else {
                words.form_below(above, form)
            };
            self.typical[at] = self.typical[at].max(width(form));
            self.all[at] = self.all[at].max(width(said));
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
    /// Wider dates are counted as if they had this width, which no column has.
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
        assert_eq!((log.stamps, log.first), ([33, 28, 22, 15], 33));
        let case = [
            &["2021-08-14"; 4][..],
            &["2021-08-14T10:22:31.123456+02:00"],
        ]
        .concat();
        assert_eq!(columns(&case).first, 20);
    }

    #[test]
    fn a_column_of_whole_dates_is_as_wide_as_their_spellings_within_a_limit() {
        let one = |dates: &[&str]| columns(dates).one;
        assert_eq!(one(&["2021-08-14", "2021"]), [11, 11, 11, 11]);
        assert_eq!(one(&["2021-04/2021-05"]), [19, 14, 14, 11]);
        assert_eq!(one(&["[2024-03-25, 2024-03-26]"]), [17, 17, 11, 11]);
        assert_eq!(one(&["before 2024-03-25"]), [18, 18, 18, 18]);
    }

    #[test]
    fn a_new_year_in_a_log_widens_the_column_that_leaves_years_out() {
        let dates = [
            "2020-12-31T10:22Z",
            "2021-01-01T10:22Z",
            "2021-01-01T10:23Z",
        ];
        let log = columns(&dates);
        assert_eq!(log.stamps, [18, 13, 12, 5]);
        assert_eq!(log.stamps_with_changes, [18, 17, 17, 17]);
        assert_eq!(log.heading, [0, 4, 8, 15]);
    }
}
