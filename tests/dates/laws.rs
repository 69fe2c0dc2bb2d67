//! Laws that hold for any text, window and pair of dates.

use dateline::date::{EventDate, Instant, Precision, Span, Truth};
use edtf_core::{Bound, Edtf};
use proptest::prelude::*;

/// Pieces of dates, in any order.
const NEARLY: &str =
    "([0-9XYES?~%/.,\\[\\]{}:TZ+ –é-]|to|late|about|since|by|March|aug|between|and|Q3){0,14}";

/// Texts that are dates, or nearly so.
fn text() -> impl Strategy<Value = String> {
    let date = prop_oneof![
        "[12][09][0-9X]{2}(-(0[1-9]|1[0-2]|2[1-9]|3[0-9]|4[01]|XX)(-[0-2][1-9])?)?[~?%]?",
        "(early |mid |late |about |c\\. |by |since |Q[1-4] |H[12] )?(19|20)[0-9]{2}[~?]?",
        "[1-9]? ?(March|aug|Sept|December) 20[0-9]{2}",
        "20[0-9]{2}-0[1-9]-[12][0-9]T[01][0-9]:[0-5][0-9](:[0-5][0-9](\\.[0-9]{1,8})?)?(Z|[+-]0[0-9]:[03]0)?",
        Just(String::new()),
        Just("..".to_owned()),
    ];
    let shape = prop_oneof![
        4 => Just(("", "", "")),
        4 => Just(("", "/", "")),
        1 => Just(("", " to ", "")),
        2 => Just(("[", ",", "]")),
        2 => Just(("{", ", ", "}")),
        1 => Just(("[", "..", "]")),
        1 => Just(("{", "..", "}")),
    ];
    (date.clone(), date, shape).prop_map(|(one, other, (open, joiner, close))| {
        if joiner.is_empty() {
            one
        } else {
            format!("{open}{one}{joiner}{other}{close}")
        }
    })
}

fn date() -> impl Strategy<Value = EventDate> {
    text().prop_filter_map("a date", |text| EventDate::parse(&text).ok())
}

fn instant() -> impl Strategy<Value = Instant> {
    let day = (1800..2100_i32, 1..=12_u32, 1..=28_u32)
        .prop_filter_map("a day", |(y, m, d)| Instant::of_day(y, m, d));
    prop_oneof![8 => day, 1 => Just(Instant::PAST), 1 => Just(Instant::FUTURE)]
}

fn window() -> impl Strategy<Value = Span> {
    (instant(), instant()).prop_map(|(a, b)| Span::new(a.min(b), a.max(b)))
}

fn truth() -> impl Strategy<Value = Truth> {
    prop_oneof![Just(Truth::No), Just(Truth::Possibly), Just(Truth::Yes)]
}

/// The instant at some eighths of a span.
fn somewhere(span: Span, eighths: i64) -> Instant {
    let (first, last) = (
        i128::from(span.earliest.micros()),
        i128::from(span.latest.micros()),
    );
    let micros = first + (last - first) * i128::from(eighths) / 8;
    Instant::from_micros(i64::try_from(micros).expect("between two instants"))
}

/// Whether the words name a month, as only a precise date may.
fn shows_a_month(words: &str) -> bool {
    [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    .iter()
    .any(|month| words.contains(month))
}

proptest! {
    #![proptest_config(crate::properties::cases(250))]

    #[test]
    fn truth_is_a_kleene_algebra(a in truth(), b in truth(), c in truth()) {
        prop_assert_eq!(a & b, b & a);
        prop_assert_eq!(a | b, b | a);
        prop_assert_eq!(a & (b & c), (a & b) & c);
        prop_assert_eq!(a | (b | c), (a | b) | c);
        prop_assert_eq!(a & (b | c), (a & b) | (a & c));
        prop_assert_eq!(a | (a & b), a);
        prop_assert_eq!(!(a & b), !a | !b);
        prop_assert_eq!(!!a, a);
        // Kleene's law: a contradiction is never more certain than a tautology.
        prop_assert!((a & !a) <= (b | !b));
    }

    #[test]
    fn no_text_panics_and_every_error_marks_a_place(text in "\\PC*") {
        if let Err(error) = EventDate::parse(&text) {
            prop_assert!(text.get(error.range).is_some());
        }
    }

    #[test]
    fn no_text_that_is_nearly_a_date_panics(text in NEARLY) {
        match EventDate::parse(&text) {
            Ok(date) => prop_assert!(!date.words().first.is_empty() && !date.sentence().is_empty()),
            Err(error) => prop_assert!(text.get(error.range).is_some()),
        }
    }

    #[test]
    fn a_date_is_parsed_from_its_own_text(date in date()) {
        prop_assert_eq!(EventDate::parse(date.written()), Ok(date));
    }

    #[test]
    fn bounds_never_contradict_each_other(date in date()) {
        let (Span { earliest: start, latest: latest_start }, Span { earliest: end, latest: latest_end }) =
            (date.start(), date.end());
        prop_assert!(start <= latest_start && end <= latest_end);
        prop_assert!(start <= end && latest_start <= latest_end);
        prop_assert_eq!(date.whole(), Span::new(start, latest_end));
        if let Some(core) = date.core() {
            prop_assert!(core.earliest <= core.latest);
            prop_assert!(start <= core.earliest && core.latest <= latest_end);
        }
    }

    #[test]
    fn dates_sort_by_their_earliest_start_or_by_their_latest_if_that_is_unbounded(date in date()) {
        let [first, ..] = date.order_key();
        let Span { earliest, latest } = date.start();
        prop_assert_eq!(first, if earliest.is_bounded() { earliest } else { latest });
    }

    #[test]
    fn a_date_that_ends_before_another_begins_sorts_first(a in date(), b in date()) {
        if a.whole().latest < b.whole().earliest {
            prop_assert!(a.saying_key() < b.saying_key());
        }
    }

    #[test]
    fn answers_never_weaken_in_a_wider_window(date in date(), a in window(), b in window()) {
        let wider = Span::new(a.earliest.min(b.earliest), a.latest.max(b.latest));
        prop_assert!(date.going_on(a) <= date.going_on(wider));
        prop_assert!(date.within(a) <= date.within(wider));
    }

    /// A sure answer is right for every truth within the bounds.
    #[test]
    fn sure_answers_hold_for_every_possible_truth(date in date(), window in window(), at in (0..=8_i64, 0..=8_i64)) {
        let starts = somewhere(date.start(), at.0);
        let ends = somewhere(date.end(), at.1);
        if starts > ends || date.written().contains(['[', '{']) {
            return Ok(());
        }
        let fits = |answer: Truth, truth: bool| answer == Truth::Possibly || answer == Truth::from(truth);
        prop_assert!(fits(date.going_on(window), starts <= window.latest && ends >= window.earliest));
        prop_assert!(fits(date.within(window), starts >= window.earliest && ends <= window.latest));
        prop_assert!(fits(date.before(window.earliest), ends < window.earliest));
        prop_assert!(fits(date.after(window.latest), starts > window.latest));
    }

    #[test]
    fn a_date_within_a_window_was_going_on_in_it(date in date(), window in window()) {
        prop_assert!(date.within(window) <= date.going_on(window));
    }

    #[test]
    fn nothing_both_precedes_and_follows(a in date(), b in date()) {
        prop_assert!(!(a.precedes(&b).is_sure() && b.precedes(&a).is_possible()));
        prop_assert!(a.precedes(&b) <= a.starts_before(&b));
        prop_assert!(!(a.starts_before(&b).is_sure() && b.starts_before(&a).is_possible()));
    }

    #[test]
    fn an_added_qualifier_never_narrows_a_date(
        base in prop_oneof![Just(vec!["2021"]), Just(vec!["2021", "08"]), Just(vec!["2021", "39"]),
            Just(vec!["2021", "24"]), Just(vec!["202X", "08"]), Just(vec!["2021", "08", "14"]), Just(vec!["2021", "XX", "14"])],
        marks in prop::collection::vec(prop_oneof![3 => Just(""), 2 => Just("~"), 1 => Just("?"), 1 => Just("%")], 6),
        (at, more) in (0..6_usize, prop_oneof![Just("~"), Just("%")]),
    ) {
        let text = |marks: &[&str]| {
            let parts = base.iter().enumerate();
            let parts = parts.map(|(i, part)| format!("{}{part}{}", marks[2 * i], marks[2 * i + 1]));
            parts.collect::<Vec<_>>().join("-")
        };
        // Adds a qualifier where the part has none, or turns `?` into `%`.
        let mut others = marks.clone();
        others[at] = match marks[at] {
            "" => more,
            "?" | "%" => "%",
            other => other,
        };
        let (one, other) = (text(&marks), text(&others));
        for prefix in ["", "about "] {
            let read = |text: &str| EventDate::parse(&format!("{prefix}{text}"));
            if let (Ok(one), Ok(other)) = (read(&one), read(&other)) {
                let (inner, outer) = (one.whole(), other.whole());
                prop_assert!(outer.earliest <= inner.earliest && inner.latest <= outer.latest, "{one} is {inner:?}, {other} is {outer:?}");
            }
        }
    }

    #[test]
    fn an_uncertain_date_never_gives_a_sure_answer(date in date(), window in window()) {
        if date.qualifier().uncertain && !date.written().contains(['[', '{']) {
            prop_assert_ne!(date.going_on(window), Truth::Yes);
            prop_assert_ne!(date.before(window.latest), Truth::Yes);
        }
    }

    #[test]
    fn display_is_never_more_precise_than_the_text(date in date()) {
        let words = date.to_string();
        let single = !date.written().contains(['/', '[', '{']) && !date.written().contains(" to ");
        let coarse = single && date.precision() < Precision::Month;
        prop_assert!(!(coarse && shows_a_month(&words)), "{} as {words}", date.written());
        let digits = |text: &str| text.bytes().filter(|byte| byte.is_ascii_digit() || *byte == b'X').count();
        let names_a_month = date.written().bytes().filter(|byte| *byte == b'-').count() > 0;
        prop_assert!(names_a_month || digits(&words) <= digits(date.written()), "{} as {words}", date.written());
    }

    /// dateline accepts what `edtf-core` accepts, with the same days, apart from `~` and approximate thirds.
    #[test]
    fn plain_edtf_has_the_bounds_of_edtf_core(text in text()) {
        let Ok(theirs) = Edtf::parse(&text) else { return Ok(()) };
        let ours = EventDate::parse(&text).expect("EDTF is accepted");
        if ours.qualifier().approximate || ours.is_vague() || matches!(theirs, Edtf::DateTime(_)) {
            return Ok(());
        }
        let day = |bound: Bound, open: Instant| match bound {
            Bound::Date(day) => {
                let year = i32::try_from(day.year).expect("a year of four digits");
                Instant::of_day(year, day.month.into(), day.day.into()).expect("a day of the calendar")
            }
            _ => open,
        };
        let bounds = theirs.bounds();
        let whole = ours.whole();
        prop_assert_eq!(whole.earliest, day(bounds.earliest, Instant::PAST));
        let latest = day(bounds.latest, Instant::FUTURE);
        if latest.is_bounded() {
            prop_assert_eq!(whole.latest.micros(), latest.micros() + 86_400_000_000 - 1);
        } else {
            prop_assert_eq!(whole.latest, latest);
        }
    }
}
