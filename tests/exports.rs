//! Handouts: their content, and that no text of a file becomes markup.

pub mod exchange;
pub mod html;
pub mod losses;
pub mod markdown;
mod signs;
mod stix;
mod svg;
mod workbooks;

use std::fmt::Write as _;
use std::path::Path;

use dateline::cli::input::LoadedTimeline;
use dateline::formats::{ExportOptions, FormatWriter, HandoutExtent};
use dateline::query::Filter;
use dateline::timeline::term::Grouping;
use proptest::prelude::*;

use crate::support::program;

/// The options of a handout; by default, none.
#[derive(Clone, Copy, Default)]
struct HandoutRequest<'a> {
    filter: &'a str,
    surely: bool,
    group: Grouping,
    audience: Option<&'a str>,
    notes: bool,
    extent: HandoutExtent,
}

/// A timeline in a format.
fn exported(opened: &LoadedTimeline, form: &str, request: HandoutRequest<'_>) -> String {
    let timeline = &opened.timeline;
    let filter = Filter::parse(timeline, request.filter).expect("a filter without mistakes");
    let matches = filter.matches(timeline);
    let options = ExportOptions {
        filter: filter.text(),
        surely: request.surely,
        grouping: request.group,
        audience: request.audience,
        notes: request.notes,
        extent: request.extent,
        ..ExportOptions::new(&matches)
    };
    let writer = FormatWriter::find(form).expect("the format exists");
    (writer.write)(timeline, &options)
}

fn everything() -> LoadedTimeline {
    program::opened(
        "everything.toml",
        &program::read("tests/exports/everything.toml"),
    )
}

/// The style is the same on every page, so snapshots leave it out.
fn without_style(text: &str) -> String {
    match (text.split_once("<style>"), text.split_once("</style>")) {
        (Some((before, _)), Some((_, after))) => format!("{before}<style>…</style>{after}"),
        _ => text.to_owned(),
    }
}

fn snapshot(name: &str, suffix: &str, text: &str) {
    let text = without_style(text);
    insta::with_settings!({
        prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "exports/snapshots",
        snapshot_suffix => suffix,
    }, {
        insta::assert_snapshot!(name, text);
    });
}

#[test]
fn every_timeline_is_exported_as_reviewed() {
    for path in program::files("tests/exports", ".toml") {
        let opened = program::opened(&path, &program::read(&path));
        let name = Path::new(&path)
            .file_stem()
            .expect("the file has a name")
            .to_string_lossy();
        let notes = HandoutRequest {
            notes: true,
            ..HandoutRequest::default()
        };
        for format in program::handouts() {
            snapshot(format.name, &name, &exported(&opened, format.name, notes));
        }
    }
}

#[test]
fn one_event_is_exported_as_reviewed() {
    let request = HandoutRequest {
        filter: "id:alarm",
        audience: Some("technical"),
        ..HandoutRequest::default()
    };
    for format in program::handouts() {
        snapshot(
            format.name,
            "harbour-alarm",
            &exported(&program::open("harbour"), format.name, request),
        );
    }
}

#[test]
fn a_brief_handout_is_as_reviewed() {
    let request = HandoutRequest {
        audience: Some("board"),
        extent: HandoutExtent::Brief,
        ..HandoutRequest::default()
    };
    for format in program::handouts() {
        let out = exported(&everything(), format.name, request);
        snapshot(format.name, "everything-brief", &out);
    }
}

/// Checks that both formats have a text, or that neither does.
#[track_caller]
fn assert_has(request: HandoutRequest<'_>, text: &str, expected: bool) {
    for format in program::handouts() {
        let out = exported(&everything(), format.name, request);
        assert_eq!(
            out.contains(text),
            expected,
            "`{text}` in {}:\n{out}",
            format.name
        );
    }
}

#[test]
fn notes_are_exported_only_on_request() {
    assert_has(HandoutRequest::default(), "nobody is named", false);
    assert_has(
        HandoutRequest {
            notes: true,
            ..HandoutRequest::default()
        },
        "nobody is named",
        true,
    );
}

#[test]
fn a_text_keeps_its_lines_and_its_paragraphs() {
    let prose = "\"First.\\n \\n- Second\\n- third.\\r\\n\\r\\nFourth.\"";
    let file = format!(
        "[timeline]\nsummary = {prose}\n[[events]]\nid = \"a\"\ntitle = \"A\"\nsummary = {prose}\n\
         [[scenes]]\ntitle = \"S\"\nselect = \"a\"\nnotes = {prose}\n"
    );
    let opened = program::opened("x.toml", &file);
    for (extent, places) in [(HandoutExtent::Full, 3), (HandoutExtent::Brief, 2)] {
        let request = HandoutRequest {
            notes: true,
            extent,
            ..HandoutRequest::default()
        };
        for (format, expected) in [
            (
                "markdown",
                "First.\n\n\\- Second\\\n\\- third.\n\nFourth.\n",
            ),
            (
                "html",
                "<p>First.</p>\n<p>- Second<br>- third.</p>\n<p>Fourth.</p>\n",
            ),
        ] {
            let out = exported(&opened, format, request);
            assert_eq!(out.matches(expected).count(), places, "{format}: {out}");
        }
    }
}

#[test]
fn an_audience_gets_its_scenes_and_their_planned_time() {
    let technical = HandoutRequest {
        audience: Some("technical"),
        ..HandoutRequest::default()
    };
    assert_has(technical, "What was done", false);
    assert_has(technical, "The same server, later", true);
    assert_has(technical, "2 of 3 scenes", true);
    assert_has(
        technical,
        "Planned: 1 min 30 s, and 1 scene without a planned time.",
        true,
    );
    assert_has(
        HandoutRequest::default(),
        "Planned: 3 min 30 s, and 1 scene without a planned time.",
        true,
    );
}

#[test]
fn a_handout_says_what_the_filter_leaves_out() {
    let request = HandoutRequest {
        filter: "lane:Public",
        ..HandoutRequest::default()
    };
    assert_has(request, "This handout has 2 of 4 events.", true);
    assert_has(request, "Web shells were placed", false);
    assert_has(request, "(not in this handout)", true);
    assert_has(request, "Who was it?", false);
    assert_has(request, "None of its 2 events is in this handout.", true);
    assert_has(HandoutRequest::default(), "Left out", false);
    // The undated event may have been at any time.
    let request = HandoutRequest {
        filter: "when:2023-08-08",
        ..HandoutRequest::default()
    };
    assert_has(request, "1 are possible", false);
    assert_has(request, "1 is a possible match and is marked so.", true);
    assert_has(request, "Possibly matches the filter", true);
    let request = HandoutRequest {
        surely: true,
        ..request
    };
    assert_has(request, "This handout has 1 of 4 events.", true);
    assert_has(request, "1 possible match is left out.", true);
}

#[test]
fn sections_that_would_be_empty_are_absent() {
    let path = "tests/exports/three-lines.toml";
    let opened = program::opened(path, &program::read(path));
    for format in program::handouts() {
        let out = exported(&opened, format.name, HandoutRequest::default());
        for section in [
            "Briefing",
            "Claims",
            "Questions",
            "Sources",
            "Linked",
            "TLP",
        ] {
            assert!(!out.contains(&format!("{section} ")), "{section} in {out}");
        }
        assert!(out.contains("late 2021"), "{out}");
        let text = "[timeline]\ntitle = \"Nothing\"\n";
        let out = exported(
            &program::opened("x.toml", text),
            format.name,
            HandoutRequest::default(),
        );
        assert!(!out.contains("Overview"), "{out}");
    }
}

/// Checks the marking of a handout.
#[track_caller]
fn assert_marking(head: &str, event: &str, filter: &str, expected: &str) {
    let text = format!(
        "[timeline]\ntitle = \"T\"\n{head}\n[[events]]\nid = \"a\"\ntitle = \"A\"\n{event}\n[[events]]\nid = \"b\"\ntitle = \"B\"\n"
    );
    let request = HandoutRequest {
        filter,
        ..HandoutRequest::default()
    };
    let out = exported(&program::opened("x.toml", &text), "markdown", request);
    let first = out.lines().next().unwrap_or_default();
    assert_eq!(first, expected, "{out}");
    assert_eq!(
        out.trim_end().lines().last().unwrap_or_default(),
        if expected.starts_with('#') {
            "- **when:** undated: no source says when"
        } else {
            expected
        }
    );
}

#[test]
fn a_handout_has_the_strictest_marking_of_its_content() {
    assert_marking("tlp = \"GREEN\"", "", "", "**TLP:GREEN**");
    assert_marking("", "tlp = \"AMBER+STRICT\"", "", "**TLP:AMBER+STRICT**");
    assert_marking("", "tlp = \"RED\"", "id:b", "# T");
    assert_marking("tlp = \"RED\"", "tlp = \"CLEAR\"", "id:a", "**TLP:RED**");
    assert_marking("banner = \"OFFICIAL\"", "", "", "OFFICIAL");
}

#[test]
fn an_event_that_is_only_named_marks_the_handout_too() {
    let named = "tlp = \"GREEN\"\nlinks = [{ to = \"c\", as = \"part-of\" }]\n[[events]]\nid = \"c\"\ntitle = \"C\"\ntlp = \"RED\"";
    let text = format!("[[events]]\nid = \"a\"\ntitle = \"A\"\n{named}\n");
    let request = HandoutRequest {
        filter: "id:a",
        ..HandoutRequest::default()
    };
    let out = exported(&program::opened("x.toml", &text), "markdown", request);
    assert!(out.starts_with("**TLP:RED**"), "{out}");
}

#[test]
fn a_source_has_one_number_and_copies_count_once() {
    let out = exported(&everything(), "markdown", HandoutRequest::default());
    assert!(
        out.contains("## Sources (2, from 1 original statement)"),
        "{out}"
    );
    assert!(out.contains("\n1. Report \\[final\\]"), "{out}");
    assert!(out.contains("derives from \\[1\\]"), "{out}");
    assert!(
        out.contains("Not cited: 1 more source of the timeline."),
        "{out}"
    );
}

#[test]
fn lanes_follow_the_grouping_of_the_view() {
    let request = HandoutRequest {
        group: Grouping::Phase,
        ..HandoutRequest::default()
    };
    let out = exported(&everything(), "markdown", request);
    assert!(out.contains("\n    compromise  "), "{out}");
    assert!(!out.contains("\n    Mail "), "{out}");
}

/// Plain characters, and texts that are special in Markdown, in HTML, to a terminal, or to a reader.
fn text() -> impl Strategy<Value = String> {
    let marks: Vec<char> =
        "\\`*_{}[]()<>#+-.!|~&\"'=:;$^@/%,? \n\t0129abcxé日\u{1b}\u{202e}\u{200b}\u{a0}\u{3000}"
            .chars()
            .collect();
    let words = vec![
        "<script>alert(1)</script>",
        "-->",
        "]]>",
        "</title>",
        "</style>",
        "&lt;",
        "&#60;",
        "![x](y)",
        "[x]: y",
        "```",
        "~~~",
        "    x",
        "---",
        "===",
        "| a | b |",
        "|---|",
        "<!--",
        "javascript:alert(1)",
        "<https://x>",
        "https://example.org",
        "1. ",
        "- ",
        "> ",
        "# ",
        "\\",
        "\r\n\r\n",
        "**",
        "__",
        "<b onclick=x>",
        "https://a/<img src=x onerror=alert(1)//>",
        "www.a.com/<img src=https://evil.example/track.png width=1>",
        "ftp://a.com/<a href=https://evil.example/login>",
        "HTTP://a.com/<svg onload=alert(1)//>",
        "http://www.",
        "mail@a.example",
        "@name",
        ":smile:",
        "[^1]",
        "[^1]: note",
        "- [x] ",
        "[!NOTE]",
        "GH-1",
        "&#x3c;img&#62;",
    ];
    let part = prop_oneof![
        6 => proptest::sample::select(marks).prop_map(String::from),
        3 => proptest::sample::select(words).prop_map(String::from),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(part, 1..24).prop_map(|parts| format!("{}x", parts.concat()))
}

/// The TOML string of a text.
fn quoted(text: &str) -> String {
    let mut escaped = String::new();
    for character in text.chars() {
        write!(escaped, "\\U{:08X}", u32::from(character)).expect("a string takes everything");
    }
    format!("\"{escaped}\"")
}

/// The one address that the timeline of one text declares.
const ADDRESS: &str = "https://declared.example/?a=b&c";

/// A timeline whose texts are all the same.
fn of_one_text(text: &str) -> LoadedTimeline {
    let text = quoted(text);
    let file = format!(
        "[timeline]\ntitle = {text}\nsummary = {text}\nbanner = {text}\ntlp = \"CLEAR\"\n\
         [sources.s]\ntitle = {text}\npublisher = {text}\nurl = {text}\nnote = {text}\n\
         [sources.web]\ntitle = \"Web\"\nurl = \"{ADDRESS}\"\n\
         [entities.e]\nname = {text}\n\
         [[events]]\nid = \"a\"\nwhen = \"2021\"\nsources = [\"web\"]\ntitle = {text}\nsummary = {text}\nlane = {text}\nactors = [\"e\"]\n\
         tags = [{text}]\nphase = {text}\n\
         [[events.claims]]\nby = \"e\"\nsource = \"s\"\nat = {text}\nabout = \"effect\"\nvalue = {text}\ntext = {text}\nwords = {text}\n\
         [[events]]\nid = \"b\"\nwhen = \"2022-01-02\"\ntitle = {text}\nlinks = [{{ to = \"a\", as = \"part-of\" }}]\n\
         [[scenes]]\ntitle = {text}\nsay = {text}\nnotes = {text}\nselect = \"a\"\n\
         [[questions]]\ntext = {text}\nstatus = \"open\"\nsettles = {text}\nevents = [\"a\"]\n"
    );
    program::opened("x.toml", &file)
}

/// The visible form of a text: on one line, with pictures for invisible characters.
fn visible_form(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    dateline::text::visible(&words.join(" ")).into_owned()
}

/// Each was once a tag, an attribute or a link in a renderer that makes links of plain addresses.
#[test]
fn no_plain_address_opens_a_tag_in_any_field() {
    for text in [
        "See www.a.com/<img src=https://evil.example/track.png width=1>",
        "https://a/<img src=x onerror=alert(1)//>",
        "http://a.com/<a href=https://phish.example/login>x",
        "ftp://a.com/<details open ontoggle=alert(1)//>",
        "(https://a.com/<svg onload=alert(1)//>",
        "www.a.com/&lt;<svg onload=alert(1)//>",
        "https://a.com/|<img src=x>",
        "HTTPS://a.com/`<img src=x>`",
        "https://a.com/\\\\<img src=x>",
        "![a](https://a.com/<img src=x>)",
        "<https://a.com/<img src=x>>",
        "https\\://a.com <https\\://a.com>",
        "[x](https://a.com)",
        "[x]: https://a.com",
        "a@b.example/<img src=x>",
        "www.a.com www\\.a.com WWW.A.COM",
    ] {
        let notes = HandoutRequest {
            notes: true,
            ..HandoutRequest::default()
        };
        let handout = exported(&of_one_text(text), "markdown", notes);
        let read = markdown::read_gfm(&handout, &[ADDRESS]);
        let found = read.matches(&visible_form(text)).count();
        assert!(found >= 15, "{found} times {text} in\n{read}");
    }
}

proptest! {
    #![proptest_config(crate::properties::cases(40))]

    #[test]
    fn no_text_of_a_file_becomes_markup(text in text()) {
        let opened = of_one_text(&text);
        let notes = HandoutRequest { notes: true, ..HandoutRequest::default() };
        for (extent, least) in [
            (HandoutExtent::Full, 15),
            (HandoutExtent::Brief, 8),
            (HandoutExtent::BriefWithAnnex, 20),
        ] {
            let request = HandoutRequest { extent, ..notes };
            let handout = exported(&opened, "markdown", request);
            let markdown = markdown::read(&handout);
            let gfm = markdown::read_gfm(&handout, &[ADDRESS, &text]);
            let html = html::read(&exported(&opened, "html", request));
            prop_assert!(extent == HandoutExtent::Brief || gfm.contains(ADDRESS), "{gfm}");
            for read in [&markdown, &gfm, &html] {
                // Each place (title, event, scene, source, claim, question and so on) must read back the original text.
                let found = read.matches(&visible_form(&text)).count();
                prop_assert!(found >= least, "{found} times {:?} in\n{read}", visible_form(&text));
            }
        }
    }
}

#[test]
fn the_handouts_of_the_shipped_case_are_well_formed_and_reproducible() {
    let [opened, again] = ["shipped"; 2].map(program::open);
    for format in program::handouts() {
        let first = exported(&opened, format.name, HandoutRequest::default());
        let second = exported(&again, format.name, HandoutRequest::default());
        assert_eq!(first, second);
        let read = if format.name == "html" {
            html::read(&first)
        } else {
            markdown::read(&first)
        };
        for event in opened.timeline.events() {
            assert!(
                read.contains(&visible_form(event.title())),
                "{}",
                event.title()
            );
        }
    }
}
