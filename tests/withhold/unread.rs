//! Unreadable texts withhold everything that they may have withheld: an unreadable marking counts as the strictest, and
//! an item with an unreadable day was never surely public.

use dateline::diagnostic::{Diagnostic, SourceText};
use dateline::document::PageSubject;
use dateline::formats::{self, copy};
use dateline::timeline::term::Tlp;
use dateline::timeline::{Event, Timeline};

use super::day;
use crate::support::program::{exported, opened};

/// Lines that mark a table unreadably.
const MARKINGS: &[&str] = &[
    "tlp = \"REDD\"",
    "tlp = 5",
    "tlp = true",
    "tlp = [\"RED\"]",
    "tlp = { a = 1 }",
    "tlp = 2021-08-01",
    "tlp = \"\"",
    "tlp = \"  \"",
    "tlp = \"RED\\u200b\"",
    "tlp = \"GREEN\\u200b\"",
    "tlp = \"\u{420}ED\"",
    "tlp = \"CLEAR RED\"",
    "tlp = \"CLEAR\\q\"",
    "tlp.level = \"RED\"",
    // Misspelt keys.
    "tpl = \"RED\"",
    "TLP = \"RED\"",
    "tlp-level = \"CLEAR\"",
    "\"tl\u{440}\" = \"RED\"",
    "marking = \"TLP:RED\"",
    "tlp = \"CLEAR\"\ntpl = \"RED\"",
    // Invalid TOML.
    "tlp",
    "tlp =",
    "tlp \"RED\"",
    "tlp: \"RED\"",
    "tlp == \"RED\"",
    "tlp = R ED",
    "tlp = \"CLEAR\" \"RED\"",
    "tlp = \"\"\"RED",
    "tlp = [ \"RED\"",
    "\"tlp = \"RED\"",
    "tl\u{440} = \"RED\"",
    "// tlp = \"RED\"",
    "(tlp = \"RED\")",
    "[tlp = \"RED\"]",
    "tlp [\"RED\"]",
    "note = \"\"\"x\ntlp = \"RED\"\nmore = \"\"\"y\"\"\"",
    // A repeated key.
    "tlp = \"CLEAR\"\ntlp = \"RED\"",
    "tlp = \"CLEAR\"\n\"tlp\" = \"TLP:RED\"",
    "tlp = \"CLEAR\"\ntlp = \"REDD\"",
    "tlp = \"CLEAR\"\ntlp.level = \"RED\"",
];

/// Tables that can have a marking, and a view, which cannot; each contains `SECRET`.
const TABLES: &[&str] = &[
    "[[events]]\nwhen = \"2021\"\ntitle = \"SECRET\"\n",
    "[[events]]\nwhen = \"2021\"\ntitle = \"X\"\n[[events.claims]]\ntext = \"SECRET\"\n",
    "[entities.a]\nname = \"SECRET\"\n",
    "[sources.a]\ntitle = \"SECRET\"\n",
    "[[scenes]]\ntitle = \"SECRET\"\n",
    "[[questions]]\ntext = \"SECRET\"\n",
    "[views.a]\ntitle = \"SECRET\"\n",
];

fn whole(text: &str) -> Timeline {
    opened("x.toml", text).timeline
}

/// Whether anything in a timeline contains `SECRET`.
fn says_secret(timeline: &Timeline) -> bool {
    super::contents(timeline).contains("SECRET")
}

fn errors(text: &str) -> Vec<String> {
    let (_, findings) = formats::open(&[SourceText::new("x.toml", text)]);
    let errors = findings.into_iter().filter(Diagnostic::is_error);
    errors
        .map(|it| format!("{}: {} ({})", it.kind.name, it.message, it.label))
        .collect()
}

#[test]
fn an_unreadable_marking_counts_as_the_strictest() {
    for table in TABLES {
        for line in MARKINGS {
            let text = format!("[timeline]\ntlp = \"CLEAR\"\n{table}{line}\n");
            let whole = whole(&text);
            assert!(says_secret(&whole), "{text}");
            let left = whole.up_to(Tlp::AmberStrict).expect("the file is marked");
            assert!(!says_secret(&left), "{text}");
            assert!(!left.redactions().marked.is_nothing(), "{text}");
            assert!(
                says_secret(&whole.up_to(Tlp::Red).expect("it is")),
                "{text}"
            );
        }
    }
}

#[test]
fn the_finding_names_the_strictest_marking_and_no_finding_follows_from_it() {
    for line in MARKINGS {
        let text = format!(
            "[timeline]\ntlp = \"CLEAR\"\n[[events]]\nwhen = \"2021\"\ntitle = \"X\"\n{line}\n"
        );
        let errors = errors(&text);
        let says = |it: &&String| it.contains("counts");
        assert!(errors.iter().any(|it| says(&it)), "{line}: {errors:?}");
        let exceeds = errors.iter().any(|it| it.contains("marking-exceeds-file"));
        assert!(!exceeds, "{line}: {errors:?}");
    }
}

#[test]
fn the_stricter_of_two_markings_counts() {
    let shown = |lines: &str, ceiling| {
        let text = format!(
            "[timeline]\ntlp = \"CLEAR\"\n[[events]]\nwhen = \"2021\"\ntitle = \"X\"\n{lines}\n"
        );
        whole(&text)
            .up_to(ceiling)
            .expect("the file is marked")
            .len()
            == 1
    };
    for lines in [
        "tlp = \"GREEN\"\ntlp = \"AMBER\"",
        "tlp = \"AMBER\"\ntlp = \"GREEN\"",
    ] {
        assert!(!shown(lines, Tlp::Green), "{lines}");
        assert!(shown(lines, Tlp::Amber), "{lines}");
    }
    assert!(shown("tlp = \"CLEAR\"\ntlp = \"CLEAR\"", Tlp::Clear));
    // A marking that is readable in spite of a mistake counts as written.
    assert!(shown("tlp = GREEN", Tlp::Green));
    assert!(shown("tlp = \"GREEN", Tlp::Green));
}

#[test]
fn the_stricter_marking_of_two_tables_with_one_id_counts() {
    let event = "[[events]]\nwhen = \"2021\"\ntitle = \"X\"\nactors = [\"a\"]\n";
    for (first, again) in [
        ("tlp = \"CLEAR\"", "tlp = \"RED\""),
        ("", "tlp = \"RED\""),
        ("tlp = \"CLEAR\"", "tlp = \"REDD\""),
        ("tlp = \"CLEAR\"", "tlp \"RED\""),
    ] {
        let (first, again) = (
            format!("[entities.a]\nname = \"SECRET\"\n{first}\n"),
            format!("[entities.a]\n{again}\n"),
        );
        for tables in [
            format!("{first}{again}{event}"),
            format!("{first}{event}{again}"),
            format!("{event}{first}{again}"),
        ] {
            let whole = whole(&format!("[timeline]\ntlp = \"GREEN\"\n{tables}"));
            let left = whole.up_to(Tlp::Amber).expect("the file is marked");
            assert!(!says_secret(&left), "{tables}");
        }
    }
    // The first marking of the file applies, which is stricter than the second.
    let whole = whole(&format!(
        "[timeline]\ntlp = \"AMBER\"\n[entities.a]\nname = \"SECRET\"\n{event}tlp = \"CLEAR\"\n[entities.a]\ntlp = \"GREEN\"\n"
    ));
    assert!(!says_secret(&whole.up_to(Tlp::Green).expect("it is")));
}

#[test]
fn a_file_with_an_unreadable_marking_is_refused_even_if_it_has_another() {
    let event = "[[events]]\nwhen = \"2021\"\ntitle = \"X\"\n";
    let mut heads: Vec<String> = MARKINGS
        .iter()
        .filter(|line| !line.ends_with("RED\"") || !line.starts_with("tlp = \"CLEAR\"\n"))
        .map(|line| format!("[timeline]\ntitle = \"T\"\n{line}\n{event}"))
        .collect();
    let good = "[timeline]\ntlp = \"CLEAR\"\n";
    heads.extend([
        format!("tlp = \"RED\"\n{good}{event}"),
        format!("tlp \"RED\"\n{good}{event}"),
        format!("{good}{event}[timelin]\ntlp = \"RED\"\n"),
        format!("{good}[timeline\ntlp = \"RED\"\n{event}"),
        format!("{good}{event}[timeline]\ntlp = \"REDD\"\n"),
        format!("{good}tpl = \"RED\"\n{event}"),
    ]);
    for text in heads {
        let whole = whole(&text);
        assert!(whole.up_to(Tlp::Red).is_err(), "{text}");
        assert_eq!(whole.head().tlp, Some(Tlp::Red), "{text}");
    }
}

#[test]
fn the_stricter_of_two_markings_of_a_file_counts() {
    for text in [
        "[timeline]\ntlp = \"CLEAR\"\ntlp = \"RED\"\n[[events]]\ntitle = \"X\"\n",
        "[timeline]\ntlp = \"CLEAR\"\n[timeline]\ntlp = \"RED\"\n[[events]]\ntitle = \"X\"\n",
        "timeline.tlp = \"CLEAR\"\ntimeline.tlp = \"RED\"\n[[events]]\ntitle = \"X\"\n",
    ] {
        let whole = whole(text);
        assert_eq!(whole.head().tlp, Some(Tlp::Red), "{text}");
        assert!(whole.up_to(Tlp::Amber).expect("it is").is_empty(), "{text}");
    }
}

#[test]
fn an_unreadable_line_marks_only_its_own_table() {
    let text = "\
        [timeline]\ntlp = \"CLEAR\"\n\
        [[events]]\nwhen = \"2020\"\ntitle = \"before\"\n\
        [[events]]\nwhen = \"2021\"\ntitle = \"broken\"\ntlp \"RED\"\n\
        [[events.claims]]\ntext = \"x\"\n\
        [[events]]\nwhen = \"2022\"\ntitle = \"claimed\"\n\
        [[events.claims]]\ntext = \"y\"\ntlp \"RED\"\n\
        [[events.claims]\ntext = \"z\"\ntlp = \"RED\"\n\
        [[events]]\nwhen = \"2023\"\ntitle = \"behind\"\n\
        [entities.a]\nname = \"A\"\ntlp \"RED\"\n\
        [entities.b]\nname = \"B\"\n";
    let left = whole(text).up_to(Tlp::Green).expect("the file is marked");
    let titles: Vec<&str> = left.events().map(Event::title).collect();
    assert_eq!(titles, ["before", "claimed", "behind"]);
    let marked = left.redactions().marked;
    assert_eq!((marked.events, marked.claims, marked.entities), (1, 2, 1));
    let names: Vec<&str> = left.entities().map(|(_, it)| it.name.as_str()).collect();
    assert_eq!(names, ["B"]);
}

#[test]
fn exports_and_copies_have_the_strictest_marking() {
    let text =
        "[timeline]\ntlp = \"CLEAR\"\n[[events]]\nwhen = \"2021\"\ntitle = \"X\"\ntpl = \"RED\"\n";
    let opened = opened("x.toml", text);
    let event = opened.timeline.events().next().expect("the event is shown");
    assert_eq!(event.tlp(), Some(Tlp::Red));
    assert!(exported(&opened, "markdown").contains("**TLP:RED**"));
    let said = copy::about(&opened.timeline, PageSubject::Event(event.id()));
    assert!(said.contains("Marking: TLP:RED"), "{said}");
}

/// Whether an event of May 2021 is shown at the end of that year.
fn is_shown(lines: &str) -> bool {
    let text = format!(
        "[[events]]\nwhen = \"2021-05\"\ntitle = \"X\"\n{lines}\n[sources.early]\npublished = \"2021-06\"\n"
    );
    let left = whole(&text).as_of(&day("2021")).expect("it ends");
    let withheld = left.redactions().later;
    assert_eq!(left.len() + withheld.events, 1, "{lines}");
    left.len() == 1
}

#[test]
fn an_event_with_an_unreadable_disclosure_is_not_public() {
    assert!(is_shown(""));
    assert!(is_shown("disclosed = \"2021-06\""));
    assert!(is_shown("disclosed = 2021-06"));
    for line in [
        "disclosed = \"2023-08-32\"",
        "disclosed = \"2023-99\"",
        "disclosed = 2023-99",
        "disclosed = 5",
        "disclosed = true",
        "disclosed = [\"2023\"]",
        "disclosed = \"next year\"",
        "disclosed = \"\"",
        "disclosed \"2023\"",
        "disclosed: \"2023\"",
        "disclosed [\"2023\"]",
        "disclosed = next year",
        "disclosd = \"2023\"",
        "Disclosed = \"2023\"",
        "disclosed-on = \"2023\"",
        "disclosed = \"2021-06\"\ndisclosed = \"2023\"",
        "disclosed = \"2021-06\"\ndisclosd = \"2023\"",
    ] {
        assert!(!is_shown(line), "{line}");
        // The disclosure decides, whatever else is public.
        assert!(
            !is_shown(&format!("{line}\nsources = [\"early\"]")),
            "{line}"
        );
    }
}

#[test]
fn an_event_with_unreadable_evidence_has_evidence() {
    for line in [
        "sources = 5",
        "sources = [5]",
        "sources = [\"\"]",
        "sources \"late\"",
        "source = [\"late\"]",
        "claims = 5",
        "claims = [5]",
        "[[events.claim]]\nsaid = \"2023\"",
        "[[events.claims]\nsaid = \"2023\"",
        "[[event.claims]]\nsaid = \"2023\"",
    ] {
        assert!(!is_shown(line), "{line}");
        // The readable part of the evidence decides.
        let more = "[[events.claims]]\nsaid = \"2021-07\"";
        assert!(is_shown(&format!("{more}\n")), "{line}");
    }
    assert!(is_shown("sources = [5, \"early\"]"));
}

#[test]
fn a_claim_with_an_unreadable_day_or_source_is_not_public() {
    let claim = |lines: &str| is_shown(&format!("[[events.claims]]\ntext = \"x\"\n{lines}"));
    assert!(claim("source = \"early\""));
    assert!(claim("said = \"2021-06\""));
    for line in [
        "said = \"2023-99\"",
        "said = 5",
        "said = \"\"",
        "said \"2023\"",
        "sayd = \"2023\"",
        "said = \"2021-06\"\nsaid = \"2023\"",
    ] {
        assert!(!claim(&format!("source = \"early\"\n{line}")), "{line}");
    }
    for line in [
        "source = 5",
        "source = \"\"",
        "source \"late\"",
        "source [\"late\"]",
        "sourc = \"late\"",
        "source = \"early\"\nsource = \"late\"",
    ] {
        assert!(!claim(&format!("said = \"2021-06\"\n{line}")), "{line}");
    }
}

#[test]
fn a_source_with_an_unreadable_day_is_not_public() {
    let source = |lines: &str| {
        is_shown(&format!(
            "sources = [\"s\"]\n[sources.s]\ntitle = \"S\"\n{lines}"
        ))
    };
    let good = "published = \"2021-06\"";
    assert!(source(good));
    for line in [
        "published = \"2023-99\"",
        "published = 5",
        "publishd = \"2023\"",
        "published \"2023\"",
        "published = \"2023\"",
    ] {
        assert!(!source(line), "{line}");
        assert!(!source(&format!("{good}\n{line}")), "{line}");
        assert!(!source(&format!("{good}\n[sources.s]\n{line}")), "{line}");
        let far =
            format!("{good}\n[[events]]\nwhen = \"2030\"\ntitle = \"Y\"\n[sources.s]\n{line}\n");
        let text = format!(
            "[[events]]\nwhen = \"2021-05\"\ntitle = \"X\"\nsources = [\"s\"]\n[sources.s]\n{far}"
        );
        assert!(
            whole(&text).as_of(&day("2021")).expect("ends").is_empty(),
            "{line}"
        );
    }
}

#[test]
fn unreadable_items_stay_withheld_under_a_ceiling() {
    let text = "[timeline]\ntlp = \"CLEAR\"\n[[events]]\nwhen = \"2021\"\ntitle = \"X\"\ndisclosed = \"2023-99\"\n";
    let marked = whole(text).up_to(Tlp::Green).expect("the file is marked");
    assert_eq!(marked.len(), 1);
    assert!(marked.as_of(&day("2030")).expect("it ends").is_empty());
}

/// Headings that were meant to declare `x`, and fail to.
const SPOILT_HEADINGS: &[&str] = &[
    "[entites.x]",
    "[entity.x]",
    "[Entities.x]",
    "[ENTITIES.x]",
    "[[entities]]",
    "[[entities.x]]",
    "[entities.x",
    "entities.x]",
    "[entities.x] text",
    "[events.entities.x]",
    "[timeline.entities.x]",
    "[entities.X]",
    "[entities.x.y]",
    "[entities.\"x \"]",
    "[entities. y]",
    "[entitiesx]",
    "[x]",
    "[\"entities.x\"]",
    "{entities.x}",
    "entities.x",
    "# [entities.x]",
];

/// A file with a name that an event uses, a claim about it, and perhaps other declarations.
fn naming(name: &str, tables: &str) -> String {
    format!(
        "[timeline]\ntlp = \"CLEAR\"\n{tables}\n[[events]]\nwhen = \"2021\"\ntitle = \"T\"\nactors = [\"{name}\"]\n\
         [[events.claims]]\nby = \"{name}\"\nabout = \"actor\"\nvalue = \"{name}\"\ntext = \"words\"\n"
    )
}

#[test]
fn a_name_with_an_unreadable_declaration_is_withheld() {
    let other = "[entities.other]\nname = \"Other\"\n";
    for heading in SPOILT_HEADINGS {
        let declared = format!(
            "{heading}\nname = \"Fancy SECRET\"\naliases = [\"SECRETly\"]\ntlp = \"RED\"\n"
        );
        // A comment declares nothing: where everything was understood, names are shown unchanged.
        let others: &[&str] = if heading.starts_with('#') {
            &[other]
        } else {
            &["", other]
        };
        for other in others {
            for tables in [format!("{other}{declared}"), format!("{declared}{other}")] {
                for name in ["x", "Fancy SECRET"] {
                    let text = naming(name, &tables).replace("\"x\"", "\"xSECRET\"");
                    let text = text.replace("entities.x", "entities.xSECRET");
                    let left = whole(&text).up_to(Tlp::Amber).expect("the file is marked");
                    assert!(!says_secret(&left), "{text}\n{}", super::contents(&left));
                }
            }
        }
    }
}

#[test]
fn a_source_with_an_unreadable_declaration_is_withheld() {
    for heading in SPOILT_HEADINGS {
        let heading = heading
            .replace("entit", "sourc")
            .replace("ies", "es")
            .replace("entity", "source");
        for name in ["xSECRET", "The SECRET paper"] {
            let text = format!(
                "[timeline]\ntlp = \"CLEAR\"\n{heading}\ntitle = \"The SECRET paper\"\ntlp = \"RED\"\n\
                 [[events]]\nwhen = \"2021\"\ntitle = \"T\"\nsources = [\"{name}\"]\n\
                 [[events.claims]]\nsource = \"{name}\"\ntext = \"words\"\n"
            );
            let left = whole(&text).up_to(Tlp::Amber).expect("the file is marked");
            assert!(!says_secret(&left), "{text}");
        }
    }
}

#[test]
fn no_event_claim_or_row_shows_a_name_or_alias_of_a_withheld_entity() {
    let red = "[entities.e1]\nname = \"Fancy SECRET\"\naliases = [\"SECRETly\", \"Two SECRET words\"]\nattack = \"SECRET7\"\ntlp = \"RED\"\n";
    for name in [
        "Fancy SECRET",
        "fancy-SECRET",
        "SECRETly",
        "Two SECRET words",
        "SECRET7",
    ] {
        let text = naming(name, red);
        let left = whole(&text).up_to(Tlp::Amber).expect("the file is marked");
        assert!(!says_secret(&left), "{text}");
        assert!(left.redactions().marked.entities > 0, "{text}");
        let log = format!("message,when_edtf,actors,tlp\nRow,2021,{name},CLEAR\n");
        let head = format!("[timeline]\ntlp = \"CLEAR\"\n{red}");
        let texts = [("a.toml", head), ("b.csv", log)];
        let (both, _) = formats::open(&texts.map(|(name, text)| SourceText::new(name, text)));
        let left = both.up_to(Tlp::Amber).expect("everything is marked");
        assert_eq!(left.len(), 1, "the row itself is public");
        assert!(!says_secret(&left), "{name}");
    }
}

#[test]
fn undeclared_names_are_shown_if_everything_was_understood() {
    let left = whole(&naming("APT31", ""))
        .up_to(Tlp::Clear)
        .expect("the file is marked");
    assert!(super::contents(&left).contains("APT31"));
    let left = whole(&naming("APT31", "[entities.APT31]\n")).up_to(Tlp::Clear);
    assert!(super::contents(&left.expect("the file is marked")).contains("APT31"));
    let left = whole(&naming("APT31", "[entities.other]\n")).up_to(Tlp::Clear);
    assert!(!super::contents(&left.expect("the file is marked")).contains("APT31"));
}

#[test]
fn a_view_that_names_a_withheld_item_in_full_or_in_part_is_removed() {
    let long = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen";
    let file = |filter: &str| {
        format!(
            "[timeline]\ntlp = \"CLEAR\"\n[entities.fancybear]\nname = \"Fancy Bear\"\ntlp = \"RED\"\n\
             [entities.fancycat]\nname = \"Cat\"\n\
             [[events]]\nid = \"hidden-one\"\ntitle = \"{long}\"\ntags = [\"zq\"]\nactors = [\"fancybear\"]\ntlp = \"RED\"\n\
             [[events]]\nid = \"shown\"\ntitle = \"one two three four five six seven eight nine ten eleven twelve\"\nactors = [\"fancycat\"]\n\
             [views.v]\ntitle = \"View\"\nfilter = '{filter}'\n"
        )
    };
    let stays = |filter: &str| {
        let left = whole(&file(filter))
            .up_to(Tlp::Green)
            .expect("the file is marked");
        left.views().len() == 1
    };
    for filter in [
        format!("\"{long}\""),
        format!("title:\"{long} and more\""),
        "actor:fancyb*".to_owned(),
        "actor:*bear or tag:x".to_owned(),
        "not (actor:cat,fancyb*r)".to_owned(),
        "id:hidden-*".to_owned(),
        "tag:z*".to_owned(),
    ] {
        assert!(!stays(&filter), "{filter}");
    }
    for filter in [
        "actor:fancy*".to_owned(),
        "actor:*".to_owned(),
        "id:sh*".to_owned(),
        "\"one two three four five six seven eight nine ten eleven twelve\"".to_owned(),
        "title:nothing*".to_owned(),
    ] {
        assert!(stays(&filter), "{filter}");
    }
}
