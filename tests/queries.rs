//! Filters: their syntax, results, mistakes, and the laws that hold for any filter.
//!
//! The data files in `tests/queries` are the tests. The head of each explains its columns.

mod laws;
mod naive;

use std::fmt::Write as _;
use std::sync::OnceLock;

use dateline::change::{Baseline, TimelineComparison};
use dateline::date::{EventDate, Truth};
use dateline::diagnostic::TextPlace;
use dateline::query::{
    CompletionCandidate, ExprNode, FIELDS, FacetSelection, FacetValue, Filter, FilterExpr,
    FilterTerm, FilterValue, Matches, QueryError, ValueForm, ValueSpelling, clear, complete,
    exclude, facet, find_field, parse, remove, set_when, toggle,
};
use dateline::timeline::{
    ChangesSince, EventMark, FileMark, MarkedItem, MarksFile, Timeline, TimelineMarks,
};

use crate::support::{check, program};

/// The timeline of the data files, compared with an earlier version: without the recovery, with another date of the
/// patches, and with a less likely actor behind the emails.
fn harbour() -> &'static Timeline {
    static COMPARED: OnceLock<Timeline> = OnceLock::new();
    COMPARED.get_or_init(|| {
        let now = program::read("tests/frames/timelines/harbour.toml");
        let (before, rest) = now
            .split_once("[[events]]\nid     = \"recovery\"")
            .expect("it has the event");
        let (_, after) = rest.split_once("[[events]]").expect("it is not the last");
        let earlier = [before, "[[events]]", after].concat();
        let earlier = earlier
            .replacen("\"2021-04/2021-05\"", "\"2021\"", 1)
            .replacen("\"almost certain\"", "\"likely\"", 1);
        let earlier = program::opened("harbour.toml", &earlier).timeline;
        let now = program::open("harbour").timeline;
        let changes = TimelineComparison::between(&earlier, &now).changes(ChangesSince::Save);
        with_marks(now.with_changes(changes))
    })
}

/// The timeline with the marks of two people.
fn with_marks(timeline: Timeline) -> Timeline {
    let mark = |event: &str, is_starred, tags: &[&str], note: &str| FileMark {
        of: "harbour.toml".to_owned(),
        item: MarkedItem::Event(event.to_owned()),
        mark: EventMark {
            is_starred,
            tags: tags.iter().map(|&tag| tag.to_owned()).collect(),
            note: note.to_owned(),
            tlp: None,
        },
        place: TextPlace::default(),
    };
    let file = |by: &str, marks| MarksFile {
        by: by.to_owned(),
        tlp: None,
        marks,
    };
    let files = [
        file(
            "Ana",
            vec![
                mark(
                    "web-shell",
                    true,
                    &["ioc"],
                    "First use of the stolen token.",
                ),
                mark("notice", false, &["ask"], ""),
            ],
        ),
        file(
            "Ben",
            vec![mark("web-shell", false, &["ioc", "host"], "Which host?")],
        ),
    ];
    let (marks, lost) = TimelineMarks::find(&timeline, ["harbour.toml"], &files);
    assert_eq!(lost, []);
    timeline.with_marks(marks)
}

/// A timeline compared with what of it was public by the end of a day.
fn since(timeline: &Timeline, day: &str) -> Timeline {
    let day = EventDate::parse(day).expect("it is a day");
    Baseline::day(day).compare(timeline, timeline.clone())
}

#[test]
fn each_text_has_the_expected_tree() {
    check(include_str!("queries/syntax.txt"), |columns| {
        let parsed = parse(columns[0]);
        let tree = parsed.expr.as_ref().map_or("everything".to_owned(), tree);
        format!("{} | {tree}", columns[0])
    });
}

#[test]
fn each_mistake_is_marked_with_the_expectation_and_a_fix() {
    check(include_str!("queries/errors.txt"), |columns| {
        let errors = Filter::parse(harbour(), columns[0]).expect_err(columns[0]);
        let mistakes: Vec<String> = errors
            .iter()
            .map(|error| described(columns[0], error))
            .collect();
        format!("{} | {}", columns[0], mistakes.join(" & "))
    });
}

#[test]
fn each_filter_finds_the_expected_events() {
    check(include_str!("queries/results.txt"), |columns| {
        let matches = matches(harbour(), columns[0]);
        let (surely, possibly) = (keys(&matches, Truth::Yes), keys(&matches, Truth::Possibly));
        format!("{} | {surely} | {possibly}", columns[0])
    });
}

#[test]
fn each_edit_changes_one_part_and_keeps_the_rest() {
    check(include_str!("queries/edits.txt"), |columns| {
        let [text, act, ..] = columns else {
            panic!("a line needs two columns: {columns:?}")
        };
        let (verb, what) = act.split_once(' ').expect("a verb and its object");
        let (name, value) = what.split_once('=').unwrap_or((what, ""));
        let field = find_field(name).expect(name);
        let (range, value) = (value, &ValueSpelling::typed(value));
        let edited = match verb {
            "toggle" => toggle(text, field, value),
            "exclude" => exclude(text, field, value),
            "remove" => remove(text, field, value),
            "clear" => clear(text, field),
            _ => set_when(text, Some(range).filter(|range| !range.is_empty())),
        };
        assert_eq!(parse(&edited).errors, [], "{edited}");
        let edited = if edited.is_empty() {
            "everything"
        } else {
            &edited
        };
        format!("{text} | {act} | {edited}")
    });
}

#[test]
fn each_facet_has_the_expected_values_and_counts() {
    check(include_str!("queries/facets.txt"), |columns| {
        let [text, name, ..] = columns else {
            panic!("a line needs two columns: {columns:?}")
        };
        let filter = Filter::parse(harbour(), text).expect(text);
        let field = find_field(name).expect(name);
        let group = facet(harbour(), &filter, field).expect("a facet");
        let count = group.values.len();
        let mut shown: Vec<String> = group.values.iter().take(6).map(facet_value).collect();
        if count > shown.len() {
            shown.push(format!("… {count}"));
        }
        format!("{text} | {name} | {}", shown.join(", "))
    });
}

fn facet_value(value: &FacetValue) -> String {
    let mark = match value.selected {
        FacetSelection::Included => "+",
        FacetSelection::Excluded => "-",
        FacetSelection::Not => "",
    };
    let possibly = if value.possibly > 0 {
        format!("~{}", value.possibly)
    } else {
        String::new()
    };
    format!("{mark}{} {}{possibly}", value.label, value.surely)
}

#[test]
fn each_place_has_the_expected_completions() {
    check(include_str!("queries/completions.txt"), |columns| {
        let cursor = columns[0].find('^').expect("a cursor");
        let text = columns[0].replace('^', "");
        let completion = complete(harbour(), &text, cursor);
        let replaced = text
            .get(completion.range.clone())
            .expect("a range on character boundaries");
        let count = completion.candidates.len();
        let mut shown: Vec<String> = completion
            .candidates
            .iter()
            .take(5)
            .map(candidate)
            .collect();
        if count > shown.len() {
            shown.push(format!("… {count}"));
        }
        format!("{} | [{replaced}] {}", columns[0], shown.join(", "))
    });
}

fn candidate(candidate: &CompletionCandidate) -> String {
    let count = candidate
        .count
        .map_or(String::new(), |count| format!(" {count}"));
    let CompletionCandidate { insert, label, .. } = candidate;
    let label = if insert.contains(label.as_str()) {
        String::new()
    } else {
        format!(" ({label})")
    };
    format!("{insert}{count}{label}")
}

#[test]
fn the_results_file_uses_each_field_that_the_timeline_has() {
    let mut asked = String::new();
    for line in include_str!("queries/results.txt").lines() {
        let text = line.split(" | ").next().unwrap_or_default();
        let expr = parse(text).expr.filter(|_| !text.starts_with('#'));
        for term in expr.iter().flat_map(FilterExpr::terms) {
            _ = write!(asked, "{} ", term.field.map_or("", |field| field.name));
        }
    }
    for field in FIELDS {
        let is_asked = asked.split(' ').any(|name| name == field.name);
        assert!(
            is_asked,
            "tests/queries/results.txt: no filter uses `{}:`",
            field.name
        );
    }
}

/// The shipped case has no marks, and no attributes from a log.
#[test]
fn the_example_of_each_field_finds_something() {
    let shipped = &since(&program::ready("shipped").0, "2023-08-07");
    let log = program::opened("log.csv", "when,title,computer\n2021-08-24,Logon,mail01\n");
    let timelines = [shipped, harbour(), &log.timeline];
    for field in FIELDS {
        // A filter with a name that a timeline does not have is an error.
        let is_found = |timeline: &&Timeline| {
            Filter::parse(timeline, field.example)
                .is_ok_and(|filter| !filter.matches(timeline).possibly().is_empty())
        };
        assert!(
            timelines.iter().any(is_found),
            "src/query/fields: `{}` finds nothing; choose another example",
            field.example
        );
    }
}

#[test]
fn a_timeline_that_is_compared_with_nothing_has_no_answer_about_changes() {
    let alone = &program::ready("harbour").0;
    for text in ["changed:yes", "changed:no", "-changed:new", "changed:*"] {
        let errors = Filter::parse(alone, text).expect_err(text);
        assert_eq!(errors.len(), 1, "{text}");
        assert!(
            errors[0].message.contains("not compared") && errors[0].help.is_some(),
            "{errors:?}"
        );
    }
    let field = find_field("changed").expect("the field exists");
    let open = Filter::parse(alone, "").expect("an empty filter is valid");
    let group = facet(alone, &open, field).expect("a facet");
    assert_eq!(group.values, []);
}

#[test]
fn each_view_of_the_shipped_case_finds_something() {
    let shipped = &program::ready("shipped").0;
    for view in shipped.views() {
        let filter = view.filter.as_deref().unwrap_or_default();
        assert!(!matches(shipped, filter).possibly().is_empty(), "{filter}");
    }
}

fn matches(timeline: &Timeline, filter: &str) -> Matches {
    let bound =
        Filter::parse(timeline, filter).unwrap_or_else(|errors| panic!("{filter}: {errors:?}"));
    bound.matches(timeline)
}

/// The ids of up to six events, and the number of all.
fn keys(matches: &Matches, truth: Truth) -> String {
    let found: Vec<_> = matches
        .events()
        .filter(|(_, found)| *found == truth)
        .map(|(event, _)| harbour().event(event).key())
        .collect();
    match found.len() {
        0 => "none".to_owned(),
        1..=6 => found.join(" "),
        count => format!("{count}: {} …", found[..4].join(" ")),
    }
}

fn described(text: &str, error: &QueryError) -> String {
    let marked = text
        .get(error.range.clone())
        .expect("a range on character boundaries");
    let help = error.help.as_deref().unwrap_or("-");
    let expected = if error.expected.is_empty() {
        "-"
    } else {
        &error.expected
    };
    format!("[{marked}] {}; expected {expected}; {help}", error.message)
}

/// The tree as nested words.
fn tree(expr: &FilterExpr) -> String {
    let all = |name: &str, parts: &[FilterExpr]| {
        let parts: Vec<String> = parts.iter().map(tree).collect();
        format!("({name} {})", parts.join(" "))
    };
    match &expr.node {
        ExprNode::And(parts) => all("and", parts),
        ExprNode::Or(parts) => all("or", parts),
        ExprNode::Not(inner) => all("not", std::slice::from_ref(inner)),
        ExprNode::Surely(inner) => all("surely", std::slice::from_ref(inner)),
        ExprNode::Possibly(inner) => all("possibly", std::slice::from_ref(inner)),
        ExprNode::Text(value) => format!("‹{}›", value.text),
        ExprNode::Term(FilterTerm {
            field,
            operator,
            values,
            ..
        }) => {
            let name = field.map_or("?", |field| field.name);
            let values: Vec<String> = values.iter().map(shown).collect();
            format!("{name}{}{}", operator.as_str(), values.join("|"))
        }
    }
}

fn shown(value: &FilterValue) -> String {
    match value.form {
        ValueForm::Plain | ValueForm::Quoted => format!("‹{}›", value.text),
        ValueForm::Any => "any".to_owned(),
        ValueForm::Event => format!("event‹{}›", value.text),
    }
}

/// A date of quoted and plain pieces: the position of a part in the filter is unknown, so all of it is marked.
#[test]
fn a_mistake_in_a_value_of_several_pieces_is_marked_on_character_boundaries() {
    let timeline = Timeline::default();
    let text = "said:\"electoral\u{301} commis:\"electoral\u{301} commisssion\" ";
    let errors = Filter::parse(&timeline, text).expect_err("the value is not a date");
    for error in errors {
        assert!(text.get(error.range.clone()).is_some(), "{error:?}");
    }
}
