//! References in the form of ATT&CK: `Author. (2020, December 14). Title. Retrieved December 29, 2020.`

use crate::date::MONTHS;

/// The parts of a reference.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Citation<'r> {
    pub author: &'r str,
    /// A day, a month or a year.
    pub published: Option<String>,
    pub title: &'r str,
    pub retrieved: Option<String>,
}

impl<'r> Citation<'r> {
    /// `None` if the reference is in another form.
    pub fn read(reference: &'r str) -> Option<Self> {
        // The author's own name may have brackets too.
        let is_date = |date: &str| {
            date.starts_with(|it: char| it.is_ascii_digit()) || date.starts_with("n.d.")
        };
        let mut brackets = reference.match_indices(" (");
        let (at, _) =
            brackets.find(|(at, sign)| reference.get(at + sign.len()..).is_some_and(is_date))?;
        let (author, rest) = reference.split_at(at);
        let (date, rest) = rest.strip_prefix(" (")?.split_once("). ")?;
        let (title, retrieved) = match rest.rsplit_once(" Retrieved ") {
            Some((title, retrieved)) => {
                (title, american_day(retrieved.trim().trim_end_matches('.')))
            }
            None => (rest, None),
        };
        let author = author.trim().trim_end_matches('.');
        let title = title.trim().trim_end_matches('.');
        (!author.is_empty() && !title.is_empty()).then(|| Self {
            author,
            published: year_first(date),
            title,
            retrieved,
        })
    }
}

/// `2020, December 14`, `2020, December` or `2020`.
fn year_first(date: &str) -> Option<String> {
    let (year, rest) = date.split_once(',').unwrap_or((date, ""));
    let year = number(year, 1970..=2200)?;
    let mut words = rest.split_whitespace();
    let Some(month) = words.next() else {
        return Some(format!("{year:04}"));
    };
    let month = month_of(month)?;
    match words.next() {
        None => Some(format!("{year:04}-{month:02}")),
        Some(day) => Some(format!("{year:04}-{month:02}-{:02}", number(day, 1..=31)?)),
    }
}

/// `December 29, 2020`.
fn american_day(date: &str) -> Option<String> {
    let (month_and_day, year) = date.split_once(',')?;
    let (month, day) = month_and_day.trim().split_once(' ')?;
    let year = number(year, 1970..=2200)?;
    let (month, day) = (month_of(month)?, number(day, 1..=31)?);
    Some(format!("{year:04}-{month:02}-{day:02}"))
}

fn month_of(word: &str) -> Option<usize> {
    let at = MONTHS
        .iter()
        .position(|month| month.eq_ignore_ascii_case(word.trim()))?;
    Some(at + 1)
}

fn number(digits: &str, range: std::ops::RangeInclusive<u32>) -> Option<u32> {
    let number = digits.trim().parse().ok()?;
    range.contains(&number).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_read_by_its_one_form() {
        let read = Citation::read(
            "Harbour Watch. (2020, December 14). Tide (and Ebb). Part 2. Retrieved December 29, 2020.",
        );
        let expected = Citation {
            author: "Harbour Watch",
            published: Some("2020-12-14".to_owned()),
            title: "Tide (and Ebb). Part 2",
            retrieved: Some("2020-12-29".to_owned()),
        };
        assert_eq!(read, Some(expected));
        let published = |reference| Citation::read(reference).and_then(|it| it.published);
        assert_eq!(published("A. (2021, May). T."), Some("2021-05".to_owned()));
        assert_eq!(
            published("A. (2021). T. Retrieved 2022."),
            Some("2021".to_owned())
        );
        assert_eq!(published("A. (n.d.). T."), None);
        let named = Citation::read("Harbour Centre (HC). (2021, May 27). T.").expect("a reference");
        assert_eq!(named.author, "Harbour Centre (HC)");
    }

    #[test]
    fn other_forms_are_not_references() {
        for text in [
            "",
            "A report (draft). 2020.",
            "(2020). T.",
            "A. (2020). ",
            "A. (2020)",
        ] {
            assert_eq!(Citation::read(text), None, "{text}");
        }
    }
}
