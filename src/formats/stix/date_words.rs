//! Dates in descriptions and notes: words for people, and behind them in square brackets the date as its source has it,
//! such as `July 2021 (day not stated) [2021-07]`.

use crate::date::EventDate;

/// What replaces a day that could not be read. It cannot be read either, so it counts as strictly as before.
pub const UNREAD: &str = "(unreadable)";

pub fn date_words(when: &EventDate) -> String {
    let (sentence, written) = (when.sentence(), when.written());
    if sentence == written {
        sentence
    } else {
        format!("{sentence} [{written}]")
    }
}

/// The date of such words. `None` if there is none, or if the words and the brackets say different things.
pub fn read_date_words(words: &str) -> Option<EventDate> {
    let both = words.strip_suffix(']').and_then(|it| it.split_once(" ["));
    let Some((sentence, written)) = both else {
        return EventDate::parse(words).ok();
    };
    let date = EventDate::parse(written).ok()?;
    (date.sentence() == sentence).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_read_as_it_was_written() {
        for text in [
            "2021-07",
            "late 2021",
            "since at least 2016",
            "[2022-01-03, 2022-03-14]",
            "2021-08-14?",
            "14 August 2021",
            "2021-07/2022-10",
            "2020s",
        ] {
            let when = EventDate::parse(text).expect("a date");
            let words = date_words(&when);
            let again = read_date_words(&words).expect("the words are read");
            assert_eq!(again.written(), text, "{words}");
        }
        let words = |text| date_words(&EventDate::parse(text).expect("a date"));
        assert_eq!(words("2021-07"), "July 2021 (day not stated) [2021-07]");
        assert_eq!(words("late 2021"), "late 2021");
    }

    #[test]
    fn brackets_that_say_something_else_are_not_read() {
        for words in [
            "2021 [2021-07-04]",
            "July 2021 (day not stated) [2021-08]",
            "July 2021 (day not stated) []",
            "Monday",
            UNREAD,
            "",
        ] {
            assert_eq!(read_date_words(words), None, "{words}");
        }
    }
}
