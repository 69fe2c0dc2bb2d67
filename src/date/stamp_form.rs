//! Points in time for a narrow column: the year, the zone and the day may be left to the line above or to a heading,
//! the digits of the time never.

use std::borrow::Cow;
use std::ops::Range;

use super::display::DateWords;
use super::stamp_parts::StampForm;

impl DateWords {
    /// Whether the date is, or starts with, a point in time.
    pub const fn is_stamp(&self) -> bool {
        self.stamp.is_some()
    }

    /// The date, or what comes before the joiner, in a form; only a point in time has more than one.
    pub fn first_in(&self, form: StampForm) -> Cow<'_, str> {
        let Some(parts) = self.stamp.as_ref().filter(|_| form != StampForm::Whole) else {
            return Cow::Borrowed(&self.first);
        };
        let (mut kept, mut from) = (String::with_capacity(self.first.len()), 0);
        for part in parts.left_out(form) {
            kept.push_str(self.part(from..part.start));
            from = part.end;
        }
        kept.push_str(self.part(from..self.first.len()));
        Cow::Owned(kept)
    }

    fn part(&self, range: Range<usize>) -> &str {
        self.first.get(range).unwrap_or_default()
    }

    /// How many cells narrower a form is than the whole: all that is left out is ASCII.
    pub fn saved_by(&self, form: StampForm) -> usize {
        let parts = self.stamp.iter().flat_map(|parts| parts.left_out(form));
        parts.map(|part| part.len()).sum()
    }

    /// What a form leaves out, for a heading: `14 Aug 2021 UTC`.
    pub fn left_out_by(&self, form: StampForm) -> String {
        let parts = self.stamp.iter().flat_map(|parts| parts.left_out(form));
        let words = parts.map(|part| match self.part(part).trim_end() {
            "Z" => "UTC",
            other => other,
        });
        let words: Vec<&str> = words.filter(|part| !part.is_empty()).collect();
        words.join(" ")
    }

    /// Whether other words say all that a form leaves out of these.
    pub fn repeats(&self, other: &Self, form: StampForm) -> bool {
        let (Some(parts), Some(others)) = (&self.stamp, &other.stamp) else {
            return false;
        };
        let mut pairs = parts.left_out(form).zip(others.left_out(form));
        pairs.all(|(part, its)| self.part(part) == other.part(its))
    }

    /// The form nearest to a column's whose left out parts the line above says; longer ones come first.
    pub fn form_below(&self, above: Option<&Self>, form: StampForm) -> StampForm {
        let is_said = |&it: &StampForm| {
            it == StampForm::Whole || above.is_some_and(|above| self.repeats(above, it))
        };
        let longer = StampForm::ALL.into_iter().rev().filter(|it| *it <= form);
        longer.into_iter().find(is_said).unwrap_or(StampForm::Whole)
    }

    /// The same with another beginning.
    #[must_use]
    pub fn with_first(&self, first: String) -> Self {
        Self {
            first,
            stamp: None,
            ..self.clone()
        }
    }

    /// A beginning with [`Self::end_mark`] instead of the end.
    #[must_use]
    pub fn cut_after(&self, first: String) -> Self {
        Self {
            first: first + &self.end_mark(),
            joiner: "",
            last: String::new(),
            stamp: None,
        }
    }

    /// What follows a point in time where its end has no room: the sign of a cut, or an end of one character.
    pub fn end_mark(&self) -> String {
        match self.last.chars().count() {
            0 => String::new(),
            1 => format!("{}{}", self.joiner, self.last),
            _ => "…".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(written: &str) -> [String; 4] {
        let words = DateWords::parse(written).expect("it is a date");
        StampForm::ALL.map(|form| {
            let first = words.first_in(form).into_owned();
            assert_eq!(
                words.first.len() - first.len(),
                words.saved_by(form),
                "{first}"
            );
            first
        })
    }

    #[test]
    fn the_digits_of_a_time_are_in_every_form() {
        let stamp = forms("2021-08-04T10:22:31.1234567+02:00");
        let expected = [
            "4 Aug 2021 10:22:31.1234567+02:00",
            "4 Aug 10:22:31.1234567+02:00",
            "4 Aug 10:22:31.1234567",
            "10:22:31.1234567",
        ];
        assert_eq!(stamp, expected);
        let doubtful = forms("before 2021-08-14T10:22Z?");
        let expected = [
            "before 14 Aug 2021 10:22Z?",
            "before 14 Aug 10:22Z?",
            "before 14 Aug 10:22?",
            "before 10:22?",
        ];
        assert_eq!(doubtful, expected);
        let start = forms("2021-08-14T10:22/2021-08-15");
        assert_eq!(start[2..], ["14 Aug 10:22", "10:22"]);
        assert_eq!(forms("2021-08-14"), ["14 Aug 2021"; 4]);
    }

    #[test]
    fn what_is_left_out_is_what_the_context_says() {
        let words = |written| DateWords::parse(written).expect("it is a date");
        let (one, next) = (words("2021-08-14T10:22:31Z"), words("2021-12-31T23:59Z"));
        assert_eq!(one.left_out_by(StampForm::Clock), "14 Aug 2021 UTC");
        assert_eq!(next.left_out_by(StampForm::WithoutYear), "2021");
        assert!(one.repeats(&next, StampForm::WithoutZone));
        assert!(!one.repeats(&next, StampForm::Clock));
        let elsewhere = words("2021-08-14T10:22:31+02:00");
        assert!(one.repeats(&elsewhere, StampForm::WithoutYear));
        assert!(!one.repeats(&elsewhere, StampForm::WithoutZone));
        assert!(!one.repeats(&words("2021-08-14"), StampForm::WithoutYear));
    }
}
