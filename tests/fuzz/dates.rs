//! Dates: an accepted date has ordered bounds and a text to show; a refusal marks its place.

use dateline::date::EventDate;

use super::random::Random;

const PARTS: &[&str] = &[
    "2021",
    "2021-08",
    "2021-08-14",
    "2021-08-14T10:22Z",
    "2021-08-14T11:00:03.5Z",
    "202X",
    "20XX",
    "2021-XX",
    "2021-21",
    "2021-39",
    "late 2021",
    "early 2021-08",
    "mid 2022",
    "Q3 2021",
    "H1 2021",
    "by 2021-08",
    "since 2021-08",
    "about 2021-08",
    "summer 2018",
    "March 2021",
    "14 August 2021",
    "..",
    "",
    "-0044",
    "Y170000002",
    "2021~",
    "2021?",
    "2021%",
    "2021-02-30",
    "0000",
    "9999-12-31",
    "[2021-10-03, 2022-03-14]",
    "[2021..2022]",
    "{2021,2022}",
    "today",
    "2021-08-14T24:00Z",
    "2021-08-14T10:22+05:30",
    "~2021-?08",
    "04/08/2021",
];

pub fn round(random: &mut Random) {
    let parts = random.words(PARTS, 2, "/");
    let text = random.spoiled(&parts, 3);
    let date = match EventDate::parse(&text) {
        Ok(date) => date,
        Err(error) => {
            assert!(text.get(error.range.clone()).is_some(), "{text:?}");
            return;
        }
    };
    let shown = date.to_string();
    assert!(!shown.chars().any(char::is_control), "{text:?}: {shown:?}");
    assert!(!date.words().first.is_empty(), "{text:?}");
    assert!(date.start().earliest <= date.start().latest, "{text:?}");
    assert!(date.end().earliest <= date.end().latest, "{text:?}");
    assert!(date.start().earliest <= date.end().latest, "{text:?}");
}
