//! Laws that hold for any timeline and any filter.

use std::fmt::Write as _;
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use dateline::change::TimelineComparison;
use dateline::date::Truth;
use dateline::query::{
    Bitmap, FIELDS, FacetSelection, Filter, FilterField, Matches, ValueSpelling, assessed_counts,
    clear, complete, exclude, facets, find_field, parse, quoted, remove, set_when, toggle,
};
use dateline::timeline::term::Aspect;
use dateline::timeline::{ChangesSince, Clock, Event, EventId, Level, Timeline, build};
use proptest::prelude::*;

use super::naive;
use crate::properties::{cases, seeds};
use crate::support::synthetic::{Numbers, Size, draft};

/// Pieces of filters, in any order.
const NEARLY: &str = "([a-zé0-9*:<>=!,()\"\\\\ ./\\[\\]{}-]|when|or|and|not|surely|event|phase|likelihood|late 2021| ){0,16}";

/// How many cases each law has.
const CASES: u32 = 50;

/// A random timeline. The laws share as many of them as each has cases, since to make one takes longer than to filter it.
fn timeline(seed: u64) -> &'static Timeline {
    static TIMELINES: LazyLock<Vec<(u64, OnceLock<Timeline>)>> = LazyLock::new(|| {
        let Range { start, end } = seeds(CASES);
        let all = start..end.max(start + u64::from(CASES));
        all.map(|seed| (seed, OnceLock::new())).collect()
    });
    let at = usize::try_from(seed % TIMELINES.len() as u64).expect("it was a usize");
    let (seed, timeline) = &TIMELINES[at];
    timeline.get_or_init(|| made(*seed))
}

fn made(seed: u64) -> Timeline {
    let events = 1 + usize::try_from(seed % 50 * 3).expect("a small number");
    let timeline = build(draft(
        Size {
            events,
            entities: 20,
            sources: 8,
            tags: 6,
        },
        seed,
    ));
    let older = naive::older(&timeline);
    let changes = TimelineComparison::between(&older, &timeline).changes(ChangesSince::Save);
    naive::with_marks(timeline.with_changes(changes), seed)
}

fn matches(timeline: &Timeline, filter: &str) -> Matches {
    let bound =
        Filter::parse(timeline, filter).unwrap_or_else(|errors| panic!("{filter}: {errors:?}"));
    bound.matches(timeline)
}

/// A valid filter whose outermost level has at most one term of each facet field, and another part. A value that two
/// terms share cannot be restored by one key.
fn facet_filter(timeline: &Timeline, numbers: &mut Numbers) -> String {
    let rest = if numbers.once_in(2) {
        naive::filter(timeline, numbers, 1).text
    } else {
        // Many events are left, some of them only possibly.
        ["when:2021", "before:2023-06", "-when:2020..2022"][numbers.below(3)].to_owned()
    };
    let mut parts = vec![format!("({rest} or {rest})")];
    for group in facets(
        timeline,
        &Filter::parse(timeline, "").expect("an empty filter is valid"),
    ) {
        if numbers.once_in(10) && !group.values.is_empty() {
            let sign = if numbers.once_in(3) { "-" } else { "" };
            let mut value = || {
                group.values[numbers.below(group.values.len())]
                    .value
                    .as_str()
            };
            parts.push(format!(
                "{sign}{}:{},{}",
                group.field.name,
                value(),
                value()
            ));
        }
    }
    parts.join(" ")
}

proptest! {
    #![proptest_config(cases(CASES))]

    #[test]
    fn a_filter_answers_every_row_like_the_oracle(seed in any::<u64>(), levels in 0..4_usize) {
        let timeline = timeline(seed);
        let asked = naive::filter(timeline, &mut Numbers::new(seed ^ 1), levels);
        let found = matches(timeline, &asked.text);
        for event in timeline.events() {
            let truth = (asked.meaning)(timeline, event);
            prop_assert_eq!(found.truth(event.id()), truth, "{} of {:?}, {:?}", asked.text, event, event.when());
        }
        prop_assert!(found.surely().is_subset(found.possibly()));
    }

    #[test]
    fn a_clock_has_every_event_once_in_order_and_undated_ones_last(seed in any::<u64>()) {
        let timeline = timeline(seed);
        for &clock in Clock::ALL {
            let order = timeline.by_clock(clock);
            let mut all = order.events().to_vec();
            all.sort_unstable();
            prop_assert_eq!(all, timeline.events().map(Event::id).collect::<Vec<_>>());
            let on = |id: &EventId| timeline.event(*id).on(clock);
            let keys: Vec<_> = order.dated().iter().map(|id| (on(id).expect("the event is dated").order_key(), *id)).collect();
            prop_assert!(keys.is_sorted(), "{clock}: {keys:?}");
            prop_assert!(order.undated().iter().all(|id| on(id).is_none()));
            prop_assert!(order.undated().is_sorted());
        }
    }

    #[test]
    fn each_number_of_the_matrix_counts_the_matches_of_its_filter(seed in any::<u64>()) {
        let timeline = timeline(seed);
        let text = naive::filter(timeline, &mut Numbers::new(seed), 1).text;
        let counts = assessed_counts(timeline, &matches(timeline, &text));
        for (&aspect, counts) in Aspect::ALL.iter().zip(counts) {
            for (&level, count) in Level::ALL.iter().zip(counts) {
                let found = matches(timeline, &format!("({text}) assessed:{aspect}-{level}"));
                prop_assert_eq!(found.possibly().count(), count, "{} {} of {}", aspect, level, text);
                for (id, _) in found.events() {
                    prop_assert_eq!(timeline.event(id).level(aspect), level);
                }
            }
        }
    }

    #[test]
    fn filters_obey_the_laws_of_kleene(seed in any::<u64>()) {
        let timeline = timeline(seed);
        let numbers = &mut Numbers::new(seed);
        let [a, b, c] = [0, 1, 2].map(|_| naive::filter(timeline, numbers, 1).text);
        let is = |one: &str, other: &str| matches(timeline, one) == matches(timeline, other);
        prop_assert!(is(&format!("-(-({a}))"), &a), "{a}, {b}, {c}");
        prop_assert!(is(&format!("{a} {b}"), &format!("{b} {a}")), "{a}, {b}, {c}");
        prop_assert!(is(&format!("-({a} {b})"), &format!("-({a}) or -({b})")), "{a}, {b}, {c}");
        prop_assert!(is(&format!("-({a} or {b})"), &format!("-({a}) -({b})")), "{a}, {b}, {c}");
        prop_assert!(is(&format!("{a} ({b} or {c})"), &format!("{a} {b} or {a} {c}")), "{a}, {b}, {c}");
        prop_assert!(is(&format!("{a} or {a} {b}"), &a), "{a}, {b}, {c}");
        prop_assert!(is(&format!("surely({a} {b})"), &format!("surely({a}) surely({b})")), "{a}, {b}, {c}");
        prop_assert!(is(&format!("possibly({a} or {b})"), &format!("possibly({a}) or possibly({b})")), "{a}, {b}, {c}");
        prop_assert!(is(&format!("-surely({a})"), &format!("possibly(-({a}))")), "{a}, {b}, {c}");
        let sure = matches(timeline, &format!("surely({a})"));
        prop_assert_eq!(sure.surely(), sure.possibly());
        prop_assert!(sure.surely() == matches(timeline, &a).surely());
        prop_assert!(matches(timeline, &format!("{a} -({a})")).surely().is_empty(), "{a}");
    }

    #[test]
    fn no_text_panics_and_every_error_marks_a_place(text in prop_oneof![NEARLY.boxed(), "\\PC*".boxed()], at in 0..40_usize) {
        let timeline = timeline(7);
        if let Err(errors) = Filter::parse(timeline, &text) {
            prop_assert!(!errors.is_empty());
            for error in errors {
                prop_assert!(text.get(error.range.clone()).is_some(), "{error:?}");
            }
        }
        if let Some(expr) = parse(&text).expr {
            prop_assert!(text.get(expr.range).is_some());
        }
        let completion = complete(timeline, &text, at);
        prop_assert!(text.get(completion.range.clone()).is_some() || !text.is_char_boundary(at));
        for field in [find_field("tag").expect("a field"), find_field("when").expect("a field")] {
            let edited = toggle(&text, field, &ValueSpelling::exact("tag-1")) + &exclude(&text, field, &ValueSpelling::exact("x y")) + &set_when(&text, Some("2021"));
            prop_assert!(edited.len() + remove(&text, field, &ValueSpelling::exact("tag-1")).len() + clear(&text, field).len() < 4000);
        }
    }

    #[test]
    fn a_value_toggled_twice_restores_the_meaning(seed in any::<u64>(), pick in any::<prop::sample::Index>()) {
        let timeline = timeline(seed);
        let text = facet_filter(timeline, &mut Numbers::new(seed ^ 2));
        let filter = Filter::parse(timeline, &text).expect("the filter is valid");
        for group in facets(timeline, &filter).iter().filter(|group| !group.values.is_empty()) {
            let value = pick.get(&group.values);
            let twice = |edit: fn(&str, &FilterField, &ValueSpelling) -> String| {
                let once = edit(&text, group.field, &value.value);
                (edit(&once, group.field, &value.value), once)
            };
            if value.selected != FacetSelection::Excluded {
                let (twice, once) = twice(toggle);
                prop_assert_eq!(matches(timeline, &text), matches(timeline, &twice), "{} → {} → {}", text, once, twice);
            }
            if value.selected != FacetSelection::Included {
                let (twice, once) = twice(exclude);
                prop_assert_eq!(matches(timeline, &text), matches(timeline, &twice), "{} → {} → {}", text, once, twice);
            }
        }
    }

    #[test]
    fn a_facet_counts_the_events_that_its_value_would_leave(seed in any::<u64>(), pick in any::<prop::sample::Index>()) {
        let timeline = timeline(seed);
        let text = facet_filter(timeline, &mut Numbers::new(seed ^ 3));
        let filter = Filter::parse(timeline, &text).expect("the filter is valid");
        for group in facets(timeline, &filter).iter().filter(|group| !group.values.is_empty()) {
            let rest = clear(&text, group.field);
            for value in &group.values {
                let alone = toggle(&rest, group.field, &value.value);
                let counts = matches(timeline, &alone).counts();
                prop_assert_eq!((value.surely, value.possibly), (counts.surely, counts.possibly), "{} in {}", alone, text);
            }
            let value = pick.get(&group.values);
            let chosen = if value.selected == FacetSelection::Included { text.clone() } else { toggle(&text, group.field, &value.value) };
            let again = facets(timeline, &Filter::parse(timeline, &chosen).expect("an edited filter is valid"));
            let same = again.iter().find(|other| other.field == group.field).and_then(|other| other.values.iter().find(|other| other.label == value.label));
            prop_assert_eq!(same.map(|value| value.selected), Some(FacetSelection::Included), "{}", chosen);
        }
        // A value is left out only if it would leave nothing. To ask that of all values takes long.
        let listed = facets(timeline, &filter);
        if seed % 3 > 0 {
            return Ok(());
        }
        for group in facets(timeline, &Filter::parse(timeline, "").expect("an empty filter is valid")) {
            let rest = clear(&text, group.field);
            let listed = listed.iter().find(|other| other.field == group.field).map_or(&[][..], |other| &other.values);
            for value in group.values.iter().filter(|value| listed.iter().all(|other| other.label != value.label)) {
                let alone = toggle(&rest, group.field, &value.value);
                prop_assert!(matches(timeline, &alone).possibly().is_empty(), "{alone} is left out in {text}");
            }
        }
    }

    #[test]
    fn each_completion_leaves_as_many_events_as_it_says(seed in any::<u64>()) {
        let timeline = timeline(seed);
        let numbers = &mut Numbers::new(seed);
        let rest = naive::leaf(timeline, numbers).text;
        let field = &FIELDS[numbers.below(FIELDS.len())];
        let operator = field.operators[numbers.below(field.operators.len())];
        let text = format!("{rest} {}{}", field.name, operator.as_str());
        let completion = complete(timeline, &text, text.len());
        for candidate in &completion.candidates {
            let completed = format!("{text}{}", candidate.insert);
            let found = matches(timeline, &completed).possibly().count();
            prop_assert!(candidate.count.is_none_or(|count| count == found), "{completed}: {candidate:?}, {found}");
        }
    }

    #[test]
    fn a_quoted_text_is_read_as_itself(text in "\\PC+") {
        let parsed = parse(&format!("tag:{}", quoted(&text)));
        let values = parsed.expr.map(|expr| expr.terms().iter().flat_map(|term| term.values.clone()).collect::<Vec<_>>());
        prop_assert_eq!(parsed.errors, vec![]);
        prop_assert_eq!(values.map(|values| values[0].text.clone()), Some(text));
    }
}

/// Values with special characters for a filter.
const SPECIAL: &str = "[ab*\"\\\\(),:=<>!.\\[\\]{}é -]{1,5}|or|and|not|surely|event|event\\(a\\)|a\\.\\.b|\\*|-a|caused-by|é";

/// A timeline with an event for each such value: as tags and so on in a file, and as names and values in a log.
fn special(values: &[String]) -> Timeline {
    use serde_json::{Map, Value, json};
    let mut file = String::new();
    let mut log = String::new();
    for value in values {
        let text = toml::Value::String(value.clone()).to_string();
        write!(
            file,
            "[[events]]\ntitle = \"E\"\nid = {text}\nphase = {text}\nlane = [{text}]\n\
             tags = [{text}]\ntechniques = [{text}]\n"
        )
        .expect("a string takes everything");
        let mut row = Map::new();
        row.insert("datetime".into(), json!("2021-01-01T00:00:00Z"));
        row.insert("message".into(), json!("row"));
        row.insert("k".into(), json!(value));
        row.insert(value.clone(), json!("a"));
        writeln!(log, "{}", Value::Object(row)).expect("a string takes everything");
    }
    let texts = [
        dateline::diagnostic::SourceText::new("t.toml", file),
        dateline::diagnostic::SourceText::new("t.jsonl", log),
    ];
    dateline::formats::open(&texts).0
}

/// The values of an event for a field, in the form of a facet.
fn has(timeline: &Timeline, event: Event<'_>, field: &str) -> Vec<String> {
    let owned = |word: &str| word.to_owned();
    match field {
        "phase" => vec![owned(event.phase())],
        "lane" => event
            .lanes()
            .iter()
            .map(|&id| owned(timeline.lanes().word(id)))
            .collect(),
        "tag" => event.tags().map(owned).collect(),
        "technique" => event.techniques().map(owned).collect(),
        "attribute" => event
            .attributes()
            .map(|(name, value)| format!("{name}={value}"))
            .collect(),
        _ => vec![event.key().into_owned()],
    }
}

proptest! {
    #![proptest_config(cases(100))]

    /// A filter ignores case, but no other difference between values.
    #[test]
    fn the_filter_of_a_value_finds_only_that_value(values in prop::collection::vec(SPECIAL, 1..5)) {
        let timeline = special(&values);
        let nothing = Filter::parse(&timeline, "").expect("an empty filter is valid");
        let groups = facets(&timeline, &nothing);
        let mut asked: Vec<_> = groups
            .iter()
            .filter(|group| ["phase", "lane", "tag", "technique", "attribute"].contains(&group.field.name))
            .flat_map(|group| group.values.iter().map(|value| (group.field, value.label.clone(), value.value.clone())))
            .collect();
        let id = find_field("id").expect("the field exists");
        asked.extend(timeline.events().map(|event| (id, event.key().into_owned(), ValueSpelling::exact(&event.key()))));
        prop_assert!(asked.len() > values.len());
        for (field, label, value) in asked {
            let text = toggle("", field, &value);
            let found = matches(&timeline, &text);
            for event in timeline.events() {
                let is_meant = has(&timeline, event, field.name).iter().any(|own| own.to_lowercase() == label.to_lowercase());
                prop_assert_eq!(found.truth(event.id()) == Truth::Yes, is_meant, "{} for `{}` of {:?}", text, label, event.key());
            }
            prop_assert_eq!(toggle(&text, field, &value), "", "{} toggles off", text);
        }
    }

    /// A completion adds a term that means the value it shows.
    #[test]
    fn a_completion_of_a_special_value_means_that_value(values in prop::collection::vec(SPECIAL, 1..5)) {
        let timeline = special(&values);
        for name in ["tag", "id", "link"] {
            let text = format!("{name}:");
            for candidate in complete(&timeline, &text, text.len()).candidates {
                let completed = format!("{text}{}", candidate.insert);
                let bound = Filter::parse(&timeline, &completed);
                let found = bound.unwrap_or_else(|errors| panic!("{completed}: {errors:?}")).matches(&timeline);
                match name {
                    "tag" => prop_assert_eq!(Some(found.counts().surely), candidate.count, "{}", completed),
                    "id" => prop_assert_eq!(found.counts().surely, 1, "{}", completed),
                    _ => {}
                }
            }
        }
    }
}

/// An event with everything, and one with only a title.
const FULL: &str = "[entities.x]\nname = \"X\"\n[sources.s]\ntitle = \"S\"\n[[events]]\ntitle = \"Bare\"\nid = \"bare\"\n\
    [[events]]\ntitle = \"Full\"\nwhen = \"2021\"\ndiscovered = \"2021\"\ndisclosed = \"2021\"\nphase = \"legal\"\nlane = \"l\"\n\
    summary = \"s\"\nactors = [\"x\"]\ntargets = [\"x\"]\ntechniques = [\"T1190\"]\ntags = [\"t\"]\nsources = [\"s\"]\ntlp = \"RED\"\nafter = [\"bare\"]\n\
    links = [{ to = \"bare\", as = \"related\" }]\n\
    claims = [{ by = \"x\", source = \"s\", about = \"actor\", value = \"x\", said = \"2021\", likelihood = \"likely\", confidence = \"high\" }]\n";

#[test]
fn each_word_of_has_asks_for_its_fact() {
    let field = find_field("has").expect("it is a field");
    let words: Vec<&str> = naive::HAS.iter().map(|(word, _)| *word).collect();
    assert_eq!(field.choices(), words, "the oracle knows every word");
    let text = dateline::diagnostic::SourceText::new("t", FULL);
    let full = dateline::formats::open(&[text]).0;
    let random: Vec<&Timeline> = (0..40).map(timeline).collect();
    for (word, has) in naive::HAS {
        let mut answers = [false; 2];
        for timeline in random.iter().copied().chain([&full]) {
            let found = matches(timeline, &format!("has:{word}"));
            for event in timeline.events() {
                let is_so = has(timeline, event);
                answers[usize::from(is_so)] = true;
                assert_eq!(
                    found.truth(event.id()),
                    Truth::from(is_so),
                    "has:{word} of {event:?}"
                );
            }
        }
        assert_eq!(answers, [true; 2], "has:{word} never gave both answers");
    }
}

#[test]
fn present_and_missing_values_are_counted() {
    let timeline = timeline(64);
    let all = matches(timeline, "  ");
    assert_eq!(all.counts().surely, timeline.len());
    assert_eq!(all.surely(), &Bitmap::all(timeline.len()));
    assert!(
        all.events()
            .map(|(event, _)| event.0 as usize)
            .eq(0..timeline.len())
    );
    assert!(all.events().all(|(_, truth)| truth == Truth::Yes));
    assert_eq!(
        matches(timeline, "-(dated:yes or dated:no)")
            .counts()
            .hidden,
        timeline.len()
    );
}

#[test]
fn an_empty_timeline_can_be_filtered() {
    let empty = Timeline::default();
    for text in [
        "when:2021",
        "foo",
        "claims>2",
        "contested:yes",
        "said<2020",
        "-actor:*",
    ] {
        assert_eq!(
            matches(&empty, text).counts(),
            dateline::query::MatchCounts::default()
        );
    }
    let filter = Filter::parse(&empty, "").expect("an empty filter is valid");
    assert!(
        facets(&empty, &filter)
            .iter()
            .all(|group| group.values.is_empty())
    );
    assert!(complete(&empty, "when:", 5).candidates.is_empty());
}

#[test]
fn a_synthetic_timeline_is_reproducible_and_has_some_of_everything() {
    let made = build(draft(Size::of(3000), 31));
    assert!(made == build(draft(Size::of(3000), 31)));
    assert!(made != build(draft(Size::of(3000), 32)));
    for some in [
        "dated:no",
        "when:2020",
        "has:claims",
        "contested:yes",
        "has:links",
        "-actor:*",
        "tlp:RED",
        "proxyshell",
    ] {
        let found = matches(&made, some).surely().count();
        assert!((50..2900).contains(&found), "{some}: {found}");
    }
    assert!(matches(&made, "when:2020").counts().possibly > 100);
}
