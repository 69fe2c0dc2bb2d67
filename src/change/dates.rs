//! How one date differs from another.

use super::difference::DifferenceList;
use super::kind::ChangeKind;
use crate::date::{Bounds, EventDate};

impl DifferenceList {
    pub fn date(&mut self, key: &'static str, old: Option<&EventDate>, new: Option<&EventDate>) {
        if let Some((kind, old, new)) = date_change(old, new) {
            self.add(key, kind, &old, &new);
        }
    }
}

/// The kind of change, and both dates in words; `None` if they are written alike.
pub(super) fn date_change(
    old: Option<&EventDate>,
    new: Option<&EventDate>,
) -> Option<(ChangeKind, String, String)> {
    let shown = |date: Option<&EventDate>| date.map_or_else(String::new, ToString::to_string);
    let kind = match (old, new) {
        (None, None) => return None,
        (None, Some(_)) => ChangeKind::Dated,
        (Some(_), None) => ChangeKind::Undated,
        (Some(old), Some(new)) if old.written() == new.written() => return None,
        (Some(old), Some(new)) => kind_of(old, new),
    };
    let (old_words, new_words) = (shown(old), shown(new));
    // Two dates may be shown alike, such as `2021-08` and `August 2021`.
    if old_words == new_words {
        let written = |date: Option<&EventDate>| date.map_or("", EventDate::written).to_owned();
        return Some((kind, written(old), written(new)));
    }
    Some((kind, old_words, new_words))
}

fn kind_of(old: &EventDate, new: &EventDate) -> ChangeKind {
    if old.allows_the_same_as(new) {
        return match (doubts(old), doubts(new)) {
            (before, after) if after < before => ChangeKind::MoreCertain,
            (before, after) if after > before => ChangeKind::LessCertain,
            _ => ChangeKind::Reworded,
        };
    }
    match (is_inside(new, old), is_inside(old, new)) {
        (true, false) => ChangeKind::Narrowed,
        (false, true) => ChangeKind::Widened,
        (true, true) => ChangeKind::Reworded,
        (false, false) if old.whole().overlaps(new.whole()) => ChangeKind::Shifted,
        (false, false) => ChangeKind::Moved,
    }
}

/// How many doubts the source has about its own date.
fn doubts(date: &EventDate) -> u8 {
    let qualifier = date.qualifier();
    u8::from(qualifier.approximate) + u8::from(qualifier.uncertain)
}

/// Whether all that one date allows, another allows too.
fn is_inside(inner: &EventDate, outer: &EventDate) -> bool {
    let (inner, outer) = (members(inner), members(outer));
    inner.iter().all(|inner| {
        outer.iter().any(|outer| {
            let is_start_inside = outer.start.earliest <= inner.start.earliest
                && inner.start.latest <= outer.start.latest;
            let is_end_inside =
                outer.end.earliest <= inner.end.earliest && inner.end.latest <= outer.end.latest;
            is_start_inside && is_end_inside
        })
    })
}

fn members(date: &EventDate) -> Vec<Bounds> {
    match date.members() {
        [] => vec![date.bounds()],
        several => several.to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(old: &str, new: &str, expected: ChangeKind) {
        let date = |text| EventDate::parse(text).expect("the date is right");
        let (old, new) = (date(old), date(new));
        assert_eq!(kind_of(&old, &new), expected);
        assert_eq!(kind_of(&new, &old), expected.mirror());
    }

    #[test]
    fn a_date_inside_the_former_one_is_narrower() {
        check("2021", "2021-08", ChangeKind::Narrowed);
        check("2021-08", "2021-08-14", ChangeKind::Narrowed);
        check("2021-08-14", "2021-08-14T10:22Z", ChangeKind::Narrowed);
        check("2021/2022-10", "late 2021/2022-10", ChangeKind::Narrowed);
        check(
            "[2021-03-25,2021-03-26]",
            "2021-03-25",
            ChangeKind::Narrowed,
        );
        check("2021-08/..", "2021-08/2021-10", ChangeKind::Shifted);
        check("by 2021", "2020", ChangeKind::Narrowed);
    }

    #[test]
    fn a_date_that_is_neither_inside_nor_around_has_shifted_or_moved() {
        check("2021-08/2021-10", "2021-09/2021-11", ChangeKind::Shifted);
        check("2021", "2022", ChangeKind::Moved);
        check("2021-08-14", "2021-08-15", ChangeKind::Moved);
    }

    #[test]
    fn the_same_time_can_be_written_and_doubted_differently() {
        check("2021-08", "August 2021", ChangeKind::Reworded);
        check("2021-08?", "2021-08", ChangeKind::MoreCertain);
        check("2021-08", "2021-08?", ChangeKind::LessCertain);
    }

    #[test]
    fn a_date_can_come_and_go() {
        let date = EventDate::parse("2021-08").expect("the date is right");
        let kind = |old, new| date_change(old, new).map(|change| change.0);
        assert_eq!(kind(None, Some(&date)), Some(ChangeKind::Dated));
        assert_eq!(kind(Some(&date), None), Some(ChangeKind::Undated));
        assert_eq!(kind(Some(&date), Some(&date)), None);
        assert_eq!(kind(None, None), None);
    }
}
