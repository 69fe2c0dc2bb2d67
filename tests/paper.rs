//! The brief handout: everything on it is in the timeline, nothing on it is withheld, and its scenes are those of the room.

use std::collections::BTreeSet;
use std::sync::Arc;

use dateline::app;
use dateline::date::EventDate;
use dateline::document::briefing::{audiences, scenes_for};
use dateline::document::{
    CitedLine, PageSubject, TextRun, VerdictForm, cited_verdicts, verdict_blocks,
};
use dateline::formats::writers::handout::{Handout, HandoutBlock};
use dateline::formats::{ExportOptions, HandoutExtent};
use dateline::query::Matches;
use dateline::timeline::term::Tlp;
use dateline::timeline::{SourceId, Timeline};
use dateline::ui::screenshot::ScreenshotFormat;

use crate::support::program::{Stage, TIMELINES, exported_as, handouts, open, ready, size};

fn text(runs: &[TextRun]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

/// Builds the brief handout for an audience, and looks at it.
fn with_brief<T>(
    timeline: &Timeline,
    audience: Option<&str>,
    look: impl FnOnce(&Handout<'_>) -> T,
) -> T {
    let matches = Matches::everything(timeline.len());
    let options = ExportOptions {
        audience,
        extent: HandoutExtent::Brief,
        ..ExportOptions::new(&matches)
    };
    look(&Handout::new(timeline, &options))
}

/// The numbers and titles of the scenes on paper.
fn on_paper(timeline: &Timeline, audience: Option<&str>) -> Vec<(String, String)> {
    with_brief(timeline, audience, |handout| {
        let headings = handout.blocks.iter().filter_map(|block| match block {
            HandoutBlock::Heading(heading) => Some((text(&heading.mark), text(&heading.text))),
            _ => None,
        });
        headings.collect()
    })
}

/// The numbers of the scenes in the room, as its header has them, and their titles.
fn in_the_room(timeline: &Arc<Timeline>, audience: Option<&str>) -> Vec<(String, String)> {
    let mut stage = Stage::on(Arc::clone(timeline), size("160x16"));
    app::open_briefing(&mut stage.model, audience);
    let mut seen: Vec<(String, String)> = Vec::new();
    let path = stage.model.briefing().map_or(0, |it| it.path.len());
    while seen.len() < path {
        let frame = stage.frame(ScreenshotFormat::Text);
        let (_, place) = frame
            .split_once("scene ")
            .expect("the header has the scene");
        let number = place.split(' ').next().unwrap_or_default();
        let at: usize = number.parse().expect("a scene has a number");
        if at > seen.len() {
            let briefing = stage.model.briefing().expect("the briefing is open");
            let scene = briefing.scene(timeline, at - 1).expect("the scene exists");
            assert!(frame.contains(&scene.title), "{frame}");
            seen.push((format!("Scene {at}"), scene.title.clone()));
        }
        stage.press("<space>");
    }
    seen
}

/// Timelines, whole and withheld in part, that have scenes.
fn with_scenes() -> Vec<(String, Arc<Timeline>)> {
    let mut all: Vec<(String, Arc<Timeline>)> = Vec::new();
    for name in TIMELINES {
        let whole = &ready(name).0;
        all.push(((*name).to_owned(), Arc::clone(whole)));
        if let Ok(left) = whole.up_to(Tlp::Green) {
            all.push((format!("{name} up to TLP:GREEN"), Arc::new(left)));
        }
    }
    all.retain(|(_, timeline)| !timeline.scenes().is_empty());
    assert!(all.len() > 4, "too few timelines have scenes");
    all
}

#[test]
fn scenes_on_paper_are_numbered_as_in_the_room() {
    for (name, timeline) in with_scenes() {
        let named = audiences(&timeline).into_iter().map(Some);
        for audience in named.chain([None]) {
            let room = in_the_room(&timeline, audience);
            assert_eq!(
                on_paper(&timeline, audience),
                room,
                "{name} for {audience:?}"
            );
        }
    }
}

/// The sources of the claims about the selected events of all scenes, and those of these events.
fn sources_of_scenes(timeline: &Timeline) -> BTreeSet<SourceId> {
    let selected = scenes_for(timeline, None).into_iter();
    let events = selected.filter_map(|scene| Some(timeline.event(scene.select?)));
    let sources = events.flat_map(|event| {
        let of_claims = event.claims().filter_map(|(_, claim)| claim.source);
        let of_claims: Vec<SourceId> = of_claims.collect();
        event.sources().iter().copied().chain(of_claims)
    });
    sources.collect()
}

#[test]
fn every_claim_on_paper_is_in_the_timeline_and_so_is_its_source() {
    let mut lines_on_paper = 0;
    for (name, timeline) in with_scenes() {
        let selected = scenes_for(&timeline, None);
        let selected = selected.iter().filter_map(|scene| scene.select);
        let whole: BTreeSet<String> = selected
            .flat_map(|event| verdict_blocks(&timeline, event, VerdictForm::Whole))
            .flat_map(|block| {
                let lines = block.lines(VerdictForm::Whole).iter();
                lines.map(|line| text(line)).collect::<Vec<_>>()
            })
            .collect();
        let known = sources_of_scenes(&timeline);
        with_brief(&timeline, None, |handout| {
            for block in &handout.blocks {
                match block {
                    HandoutBlock::Verdict(rows) => {
                        for line in rows.iter().flat_map(|(_, lines)| lines) {
                            lines_on_paper += 1;
                            // Citations and the number of further values follow the line.
                            let line = text(line);
                            let is_known = whole.iter().any(|it| line.starts_with(it.as_str()));
                            assert!(is_known, "{name}: {line}");
                        }
                    }
                    HandoutBlock::References(references) => {
                        for reference in references {
                            let Some(PageSubject::Source(id)) = reference.of else {
                                panic!("{name}: {reference:?} is not a source");
                            };
                            assert!(known.contains(&id), "{name}: {reference:?}");
                        }
                    }
                    HandoutBlock::Table(table) => panic!("{name}: {table:?}"),
                    _ => {}
                }
            }
        });
    }
    assert!(lines_on_paper > 100, "{lines_on_paper}");
}

/// The number before some words in a text; 0 without it.
fn number_before(text: &str, words: &str) -> usize {
    let before = text.split(words).next().filter(|it| it.len() < text.len());
    let number = before.and_then(|before| before.rsplit([' ', '+']).next());
    number.and_then(|number| number.parse().ok()).unwrap_or(0)
}

#[test]
fn a_value_without_room_is_counted() {
    let is_value = |line: &CitedLine| !text(&line.text).starts_with("no value named");
    let mut hidden = 0;
    for name in TIMELINES {
        let timeline = &ready(name).0;
        for event in timeline.events() {
            let all = cited_verdicts(timeline, event.id(), usize::MAX);
            for most in 1..4 {
                let some = cited_verdicts(timeline, event.id(), most);
                assert_eq!(some.len(), all.len());
                for (some, all) in some.iter().zip(&all) {
                    let values =
                        |lines: &[CitedLine]| lines.iter().filter(|it| is_value(it)).count();
                    let others = some.lines.last().map(|line| text(&line.others));
                    let others = others.unwrap_or_default();
                    let counted = number_before(&others, " more value");
                    let (shown, all) = (values(&some.lines), values(&all.lines));
                    assert_eq!(shown + counted, all, "{name}: {:?}: {others}", some.label);
                    assert!(shown <= most, "{name}: {shown} of {all}");
                    hidden += counted;
                }
            }
        }
    }
    assert!(hidden > 100, "{hidden}");
}

#[test]
fn a_withheld_scene_leaves_nothing_but_its_number() {
    let file = r#"
[timeline]
title = "T"
tlp = "CLEAR"
[[events]]
id = "seen"
when = "2021-05-06"
title = "Seen"
[[events]]
id = "hidden"
when = "2021-05-07"
title = "Zebra"
tlp = "RED"
[views.all]
title = "All"
filter = "when:2021"
[[scenes]]
title = "Quagga"
select = "hidden"
tlp = "RED"
[[scenes]]
title = "Shown"
view = "all"
select = "seen"
"#;
    let mut opened = crate::support::program::opened("x.toml", file);
    opened.timeline = opened.timeline.up_to(Tlp::Green).expect("it is marked");
    for format in handouts() {
        for extent in [HandoutExtent::Brief, HandoutExtent::BriefWithAnnex] {
            let out = exported_as(&opened, format.name, extent);
            let form = format.name;
            assert!(!out.contains("Zebra") && !out.contains("Quagga"), "{out}");
            assert!(out.contains("GREEN: 1 event, 1 scene"), "{out}");
            assert!(
                out.contains("Scene 1") && !out.contains("Scene 2"),
                "{form}: {out}"
            );
            assert!(
                out.contains("TLP:CLEAR") && !out.contains("TLP:RED"),
                "{out}"
            );
        }
    }
}

#[test]
fn as_of_a_day_the_cover_says_so_and_no_scene_follows() {
    let mut opened = open("shipped");
    let day = EventDate::parse("2023-08-08").expect("it is a day");
    opened.timeline = opened.timeline.as_of(&day).expect("it has an end");
    for format in handouts() {
        let out = exported_as(&opened, format.name, HandoutExtent::Brief);
        assert!(out.contains("as of 8 Aug 2023, not yet public: "), "{out}");
        assert!(out.contains("17 scenes"), "{out}");
        assert!(!out.contains("Scene 1"), "{out}");
    }
}

#[test]
fn a_printer_keeps_each_scene_on_one_page() {
    let opened = open("shipped");
    let out = exported_as(&opened, "html", HandoutExtent::Brief);
    let scenes = opened.timeline.scenes().len();
    assert_eq!(out.matches("<article class=\"whole\">").count(), scenes);
    assert!(out.contains(".whole { break-inside: avoid; }"));
    let full = exported_as(&opened, "html", HandoutExtent::Full);
    assert!(!full.contains("class=\"whole\"") && !full.contains("size: A4"));
}

/// The annex has what the brief handout leaves out; both together have everything.
#[test]
fn events_and_their_claims_are_only_in_the_annex() {
    let opened = open("shipped");
    for format in handouts() {
        let brief = exported_as(&opened, format.name, HandoutExtent::Brief);
        let annexed = exported_as(&opened, format.name, HandoutExtent::BriefWithAnnex);
        let full = exported_as(&opened, format.name, HandoutExtent::Full);
        assert!(brief.len() * 3 < full.len(), "{}", brief.len());
        for heading in ["Open questions", "Sources"] {
            assert!(brief.contains(heading) && annexed.contains(heading));
        }
        for heading in [
            "Annex: all events",
            "Annex: other questions",
            "Annex: all sources",
        ] {
            assert!(!brief.contains(heading), "{heading}");
            assert!(annexed.contains(heading), "{heading}");
        }
    }
    let annexed = exported_as(&opened, "markdown", HandoutExtent::BriefWithAnnex);
    let sections = annexed.lines().filter_map(|line| line.strip_prefix("## "));
    let sections = sections.map(|line| line.split(" (").next().unwrap_or_default());
    let expected = [
        "Briefing",
        "Open questions",
        "Sources",
        "Annex: all events",
        "Annex: other questions",
        "Annex: all sources",
    ];
    assert_eq!(sections.collect::<Vec<_>>(), expected);
}
