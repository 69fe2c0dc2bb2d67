//! `brief --since`: a scene about what changed comes first, the scenes of the file keep their numbers, and nothing that is
//! withheld is revealed by the comparison.

use std::fs;
use std::path::PathBuf;

use dateline::app::screen::{PresenterPresence, PresenterReport, PublishedStatus};
use dateline::app::state::resume_point::ResumePoint;
use dateline::app::{self, Effect};
use dateline::diagnostic::SourceText;
use dateline::formats::comparison::account_scene;
use dateline::timeline::Timeline;
use dateline::ui::screenshot::ScreenshotFormat;
use ratatui::layout::Size;

use crate::support::program::{Stage, run};

const BEFORE: &str = r#"
[timeline]
title = "The mail server"
tlp   = "RED"

[entities.team]
name = "The response team"
tlp  = "GREEN"

[entities.press]
name = "The Gazette"
tlp  = "GREEN"

[[events]]
id     = "entry"
when   = "2021"
title  = "Mail server entered"
actors = ["team"]
tlp    = "AMBER"

  [[events.claims]]
  id         = "named"
  by         = "team"
  about      = "actor"
  value      = "press"
  likelihood = "likely"
  yardstick  = "phia"

[[events]]
id    = "notice"
when  = "2022-03"
title = "Breach made public"
tlp   = "GREEN"

[[events]]
id    = "hidden"
when  = "2022-04"
title = "A quiet arrest"

[[questions]]
text   = "Who was it?"
status = "open"
events = ["entry"]
tlp    = "GREEN"

[[scenes]]
title   = "How it began"
select  = "entry"
say     = "The server was entered."
notes   = "No source gives the month."
minutes = 2
reveal  = ["claims"]
tlp     = "GREEN"

[[scenes]]
title   = "What was said"
select  = "entry"
say     = "Two speakers differ."
notes   = "None."
minutes = 1
tlp     = "GREEN"
"#;

/// The later version: one change of each sort.
fn after() -> String {
    let law = "[[events]]\nid = \"law\"\nwhen = \"2024-03-01\"\ntitle = \"Law changed\"\ntlp = \"GREEN\"\n\n[[questions]]";
    let raid = "[[events]]\nid = \"raid\"\nwhen = \"2024\"\ntitle = \"A second raid\"\n\n";
    let denial = "  [[events.claims]]\n  by = \"press\"\n  about = \"actor\"\n  value = \"press\"\n  stance = \"denies\"\n\n[[events]]\nid    = \"notice\"";
    let notice = "[[events]]\nid    = \"notice\"\nwhen  = \"2022-03\"\ntitle = \"Breach made public\"\ntlp   = \"GREEN\"\n";
    [
        ("when   = \"2021\"", "when   = \"late 2021\""),
        ("tlp    = \"AMBER\"", "tlp    = \"GREEN\""),
        ("\"likely\"", "\"highly likely\""),
        ("[[events]]\nid    = \"notice\"", denial),
        (notice, ""),
        ("status = \"open\"", "status = \"answered\""),
        ("[[questions]]", law),
        ("[[questions]]", &format!("{raid}[[questions]]")),
    ]
    .iter()
    .fold(BEFORE.to_owned(), |text, (old, new)| {
        assert!(text.contains(old), "{old}");
        text.replacen(old, new, 1)
    })
}

/// The two versions as files of their own for a test.
struct Versions {
    folder: PathBuf,
}

impl Versions {
    fn of(test: &str, before: &str, after: &str) -> Self {
        let folder =
            std::env::temp_dir().join(format!("dateline-since-{}-{test}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join("before.toml"), before).expect("it is written");
        fs::write(folder.join("after.toml"), after).expect("it is written");
        Self { folder }
    }

    /// The output of a subcommand on the later version, since the earlier one; whether it succeeded.
    fn run(&self, subcommand: &str, arguments: &[&str]) -> (String, bool) {
        let path = |name: &str| self.folder.join(name).to_string_lossy().into_owned();
        let (before, after) = (path("before.toml"), path("after.toml"));
        let first = [subcommand, after.as_str(), "--since", before.as_str()];
        let output = run(&[&first, arguments].concat());
        let text = String::from_utf8(output.stdout).expect("the output is UTF-8");
        (text, output.status.success())
    }

    fn frame(&self, size: &str, keys: &str) -> String {
        self.run("frame", &["--size", size, "--keys", keys]).0
    }
}

impl Drop for Versions {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn timeline(text: &str) -> Timeline {
    dateline::formats::open(&[SourceText::new("t.toml", text)]).0
}

/// The later version with the scene about what changed.
fn compared() -> Timeline {
    let (old, new) = (timeline(BEFORE), timeline(&after()));
    let comparison = dateline::change::TimelineComparison::between(&old, &new);
    let (scene, view) = account_scene(&comparison, "1 Aug 2023");
    new.with_account(scene, view)
}

/// The places of some words in a text, each behind the one before.
#[track_caller]
fn in_order(text: &str, words: &[&str]) {
    let mut rest = text;
    for word in words {
        let Some((_, behind)) = rest.split_once(word) else {
            panic!("{word:?} is missing or too early in\n{text}");
        };
        rest = behind;
    }
}

#[test]
fn the_first_scene_says_what_changed_the_most_important_first() {
    let versions = Versions::of("first", BEFORE, &after());
    let (linear, _) = versions.run("brief", &["--linear"]);
    in_order(
        &linear,
        &[
            "2 scenes, 3 minutes planned",
            "Before scene 1 of 2. What changed since before.toml.",
            "2 events are new, 1 is withdrawn, 1 changed, 1 is as it was.",
            "Marking: “Mail server entered” is marked GREEN, not AMBER: more people may see it.",
            "Date: “Mail server entered”: date narrower, late 2021, not 2021.",
            "Likelihood: “Mail server entered”: The response team on the actor: “highly likely”, stronger than “likely”.",
            "Dispute: “Mail server entered”: claims on the actor differ now.",
            "New: “A second raid”, 2024.",
            "New: “Law changed”, 1 Mar 2024.",
            "Withdrawn: “Breach made public”, Mar 2022.",
            "Question: “Who was it?” is answered now, not open.",
            "Claims: “Mail server entered” has a new claim, on the actor.",
        ],
    );
    let room = versions.frame("60x24", "b");
    in_order(
        &room,
        &[
            "before scene 1 of 2",
            "What changed since before.toml",
            "2 events are new",
            "marking ",
            "date ",
            "likelihood ",
            "dispute ",
        ],
    );
}

#[test]
fn the_scenes_of_the_file_keep_their_numbers() {
    let versions = Versions::of("numbers", BEFORE, &after());
    let head = |keys: &str| {
        let frame = versions.frame("80x24", keys);
        frame.lines().take(3).collect::<Vec<_>>().join("\n")
    };
    assert!(head("b1").contains("scene 1 of 2"), "{}", head("b1"));
    assert!(head("b2").contains("What was said"), "{}", head("b2"));
    assert!(head("b1<left>").contains("before scene 1 of 2"));
    let palette = versions.frame("80x24", "b2:what changed<enter>");
    assert!(palette.contains("before scene 1 of 2"), "{palette}");
    let (linear, _) = versions.run("frame", &["--size", "80x24", "--keys", "b<tab>"]);
    assert!(linear.contains("briefing (what changed)"), "{linear}");
    let (of_others, _) = versions.run("frame", &["--size", "80x24", "--keys", "b2<tab>"]);
    assert!(of_others.contains("briefing (scene 2)"), "{of_others}");
}

#[test]
fn exploring_from_the_first_scene_shows_the_events_that_differ() {
    let versions = Versions::of("explore", BEFORE, &after());
    let explored = versions.frame("100x24", "b<tab>");
    for (title, is_listed) in [
        ("Mail server entered", true),
        ("Law changed", true),
        ("A second raid", true),
        ("A quiet arrest", false),
    ] {
        assert_eq!(explored.contains(title), is_listed, "{title}\n{explored}");
    }
}

#[test]
fn a_scene_whose_event_changed_says_so_if_there_is_room() {
    let remark = "changed since before.toml: marking wider, date narrowed";
    let versions = Versions::of("remark", BEFORE, &after());
    for keys in ["b1", "b1<space>"] {
        let frame = versions.frame("80x24", keys);
        assert!(frame.contains(remark), "{frame}");
    }
    let small = versions.frame("80x14", "b1");
    assert!(!small.contains("changed since"), "{small}");
    let (linear, _) = versions.run("brief", &["--linear"]);
    assert!(
        !linear.contains(remark),
        "the first scene is not about one event"
    );
}

#[test]
fn a_follower_and_a_resumed_briefing_take_it_for_a_scene() {
    let shown = std::sync::Arc::new(compared());
    let published = |effects: Vec<Effect>| {
        let status = effects.into_iter().rev().find_map(|effect| match effect {
            Effect::PublishStatus(status) => Some(status),
            _ => None,
        });
        status.expect("the presenter publishes its status")
    };
    let mut presenter = Stage::on(shown.clone(), Size::new(80, 24));
    let effects = app::open_briefing(&mut presenter.model, None);
    let status = published(effects);
    let report = PresenterReport::Published(PublishedStatus {
        status: status.clone(),
        published_at: 0,
        presence: PresenterPresence::Present,
        has_restarted: false,
        takes_steps: false,
    });
    let follower = |timeline: Timeline| {
        let mut stage = Stage::on(timeline.into(), Size::new(100, 30));
        stage.follow(None);
        stage.hear(report.clone());
        stage.frame(ScreenshotFormat::Text)
    };
    let same = follower((*shown).clone());
    in_order(
        &same,
        &[
            "before scene 1 of 2",
            "What changed",
            "scene 1: How it began",
        ],
    );
    assert!(!same.contains("--since"), "{same}");
    let without = follower(timeline(&after()));
    assert!(
        without.contains("start this terminal with the same --since"),
        "{without}"
    );
    let status = published(presenter.press("<space><left>"));
    let point = ResumePoint::of(status, 60_000).expect("it has begun");
    let mut again = Stage::on(shown, Size::new(80, 24));
    app::open_briefing(&mut again.model, None);
    assert!(app::offer_to_resume(&mut again.model, point));
    let hints = again.frame(ScreenshotFormat::Text);
    assert!(hints.contains("resume what changed"), "{hints}");
}

#[test]
fn what_is_withheld_on_either_side_is_not_named() {
    let versions = Versions::of("withheld", BEFORE, &after());
    for subcommand in ["brief", "frame"] {
        let arguments: &[&str] = match subcommand {
            "brief" => &["--linear", "--max-tlp", "GREEN"],
            _ => &["--follow", "", "--size", "100x60", "--max-tlp", "GREEN"],
        };
        let (shown, is_right) = versions.run(subcommand, arguments);
        assert!(is_right && shown.contains("What changed since"), "{shown}");
        assert!(shown.contains("Law changed"), "{shown}");
        for secret in ["raid", "arrest", "AMBER"] {
            assert!(!shown.contains(secret), "{secret}\n{shown}");
        }
    }
}

#[test]
fn the_scene_is_marked_as_the_strictest_thing_on_either_side() {
    let file = |tlp: &str, law: &str| {
        format!(
            "[timeline]\ntlp = \"{tlp}\"\n{law}[[events]]\ntitle = \"A\"\n[[scenes]]\ntitle = \"B\"\n"
        )
    };
    let before = file("RED", "[[events]]\ntitle = \"Withdrawn\"\n");
    let versions = Versions::of("marked", &before, &file("GREEN", ""));
    let frame = versions.frame("80x24", "b");
    assert!(
        frame.contains("Withdrawn") && frame.contains("TLP:RED"),
        "{frame}"
    );
}

#[test]
fn nothing_changed_is_said_as_well() {
    let versions = Versions::of("nothing", BEFORE, BEFORE);
    let (linear, _) = versions.run("brief", &["--linear"]);
    in_order(
        &linear,
        &[
            "What changed since before.toml.",
            "Nothing in the timeline has changed.",
        ],
    );
}

#[test]
fn what_an_author_adds_with_hindsight_is_not_new_since_a_day() {
    let text = r#"
[sources.early]
title = "Early"
published = "2021-05-01"
[sources.late]
title = "Late"
published = "2024-05-01"
[[events]]
id = "known"
when = "2021"
title = "Known early"
summary = "Written today."
tags = ["today"]
sources = ["early"]
[[events]]
id = "later"
when = "2021"
title = "Known later"
sources = ["late"]
[[scenes]]
title = "Only"
select = "known"
[[questions]]
text = "Who?"
"#;
    let versions = Versions::of("hindsight", "", text);
    let file = versions.folder.join("after.toml");
    let file = file.to_string_lossy();
    let output = run(&["brief", &file, "--since", "2023-08-01", "--linear"]);
    let linear = String::from_utf8(output.stdout).expect("the output is UTF-8");
    in_order(
        &linear,
        &[
            "What changed since 1 Aug 2023.",
            "1 event is new, 1 is as it was.",
            "New: “Known later”, 2021.",
        ],
    );
    for word in ["Who?", "Briefing:", "tags", "summary"] {
        let (_, first) = linear.split_once("What changed").expect("the scene");
        let first = first.split("Scene 1").next().unwrap_or_default();
        assert!(!first.contains(word), "{word}\n{first}");
    }
    let handout = run(&["export", &file, "--to", "markdown", "--since", "2023-08-01"]);
    let handout = String::from_utf8(handout.stdout).expect("the output is UTF-8");
    assert!(handout.contains("1 new, 1 the same"), "{handout}");
}

#[test]
fn a_rehearsal_demands_that_a_wider_marking_is_mentioned() {
    let check = |say: &str, arguments: &[&str]| {
        let text = after().replacen("The server was entered.", say, 1);
        let versions = Versions::of("check", BEFORE, &text);
        versions.run("brief", &[&["--check"], arguments].concat())
    };
    let (silent, is_right) = check("The server was entered.", &[]);
    let problem = "after.toml:14:1: the event “Mail server entered” is marked wider than before.toml, GREEN now, and no scene mentions it: name it or, where it is shown, GREEN in the `say` of a scene";
    assert!(silent.contains(problem) && !is_right, "{silent}");
    assert_eq!(silent.lines().count(), 2, "{silent}");
    for say in [
        "The mail server entered the news: anybody in the sector may know of it.",
        "This is now TLP:GREEN.",
    ] {
        assert!(check(say, &[]).1, "{say}");
    }
    // For readers up to that marking the event is new, and the words are demanded all the same.
    let (up_to, is_right) = check("The server was entered.", &["--max-tlp", "GREEN"]);
    assert!(
        up_to.starts_with("the event “Mail server entered”") && !is_right,
        "{up_to}"
    );
}

#[test]
fn a_marking_is_mentioned_where_the_event_is_shown() {
    let views = "[views.law]\ntitle = \"Law\"\nfilter = \"id:law\"\n\n[[scenes]]\ntitle   = \"What was said\"\nview    = \"law\"";
    let text = after()
        .replacen("[[scenes]]\ntitle   = \"What was said\"", views, 1)
        .replacen("title   = \"What was said\"\nview    = \"law\"\nselect  = \"entry\"\nsay     = \"Two speakers differ.\"", "title   = \"What was said\"\nview    = \"law\"\nselect  = \"law\"\nsay     = \"All of it is GREEN.\"", 1);
    assert!(text.contains("All of it is GREEN."));
    let versions = Versions::of("elsewhere", BEFORE, &text);
    let (report, is_right) = versions.run("brief", &["--check"]);
    assert!(
        report.contains("no scene mentions it") && !is_right,
        "{report}"
    );
}

#[test]
fn a_version_that_cannot_be_read_is_refused_with_a_remedy() {
    for (arguments, expected) in [
        (
            &["brief", "-", "--since", "2023-08-01", "--check"][..],
            "save it to a file",
        ),
        (
            &["brief", "--since", "2023-08-01", "--check"],
            "name one timeline",
        ),
        (
            &[
                "brief",
                "tests/changes/base.toml",
                "--since",
                "no-such-version",
                "--check",
            ],
            "no-such-version",
        ),
    ] {
        let output = run(arguments);
        let message = String::from_utf8_lossy(&output.stderr);
        assert!(
            message.contains(expected) && !output.status.success(),
            "{message}"
        );
    }
}
