//! Every output that names the actor of a disputed event also marks the claims as contested.

use dateline::app;
use dateline::query::Filter;
use dateline::timeline::term::Aspect;
use dateline::timeline::{Event, Timeline};
use dateline::ui::screenshot::ScreenshotFormat;

use crate::support::program::{Stage, open, run, size};

/// The events whose claims disagree on who did it, by id, title and first actor.
fn disputed(timeline: &Timeline) -> Vec<(String, String, String)> {
    let disputed = timeline
        .events()
        .filter(|event| event.contested().contains(&Aspect::Actor));
    let described = |event: Event<'_>| {
        let actor = event
            .actors()
            .first()
            .map(|&id| timeline.entity(id).name.clone());
        (
            event.key().into_owned(),
            event.title().to_owned(),
            actor.unwrap_or_default(),
        )
    };
    let found: Vec<_> = disputed.map(described).collect();
    assert!(found.len() > 5, "the case has disputed attributions");
    found
}

fn standard_output(arguments: &[&str]) -> String {
    let output = run(arguments);
    String::from_utf8(output.stdout).expect("the output is UTF-8")
}

/// The viewer with a single event in its list.
fn stage_of(key: &str, at: &str) -> Stage {
    let mut stage = Stage::open("shipped", size(at));
    let asked = Filter::parse(stage.model.timeline(), &format!("id:{key}"));
    let asked = asked.expect("the filter is valid");
    app::open_with(&mut stage.model, &asked, None, false);
    stage
}

/// The paragraphs of a text, each as one line.
fn paragraphs(text: &str) -> impl Iterator<Item = String> {
    text.split("\n\n")
        .map(|it| it.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[test]
fn a_list_flags_the_contested_actor_on_the_line_that_names_it() {
    let timeline = open("shipped").timeline;
    let list = standard_output(&["list"]);
    for (_, title, actor) in disputed(&timeline) {
        let line = list
            .lines()
            .find(|line| line.contains(&title))
            .expect("the list has the event");
        assert!(line.contains(&actor), "{line}");
        let (_, contested) = line.split_once("[contested: ").unwrap_or_default();
        assert!(contested.contains("actor"), "{line}");
    }
}

#[test]
fn the_viewer_flags_each_row_that_names_the_actor_at_every_width() {
    let timeline = open("shipped").timeline;
    for at in ["60x20", "80x24", "100x30", "120x36", "160x40", "240x60"] {
        for (key, title, _) in disputed(&timeline) {
            let mut stage = stage_of(&key, at);
            stage.press("d");
            let frame = stage.frame(ScreenshotFormat::Text);
            let start: String = title.chars().take(12).collect();
            let rows: Vec<&str> = frame
                .lines()
                .filter(|row| row.starts_with('▸') && row.contains(&start))
                .collect();
            assert!(!rows.is_empty(), "{at}: {title}\n{frame}");
            assert!(rows.iter().all(|row| row.contains('⚑')), "{at}: {rows:?}");
        }
    }
}

#[test]
fn the_event_page_flags_the_contested_actor() {
    let timeline = open("shipped").timeline;
    for at in ["40x60", "80x60", "200x80"] {
        for (key, title, _) in disputed(&timeline) {
            let mut stage = stage_of(&key, at);
            stage.press("v");
            let frame = stage.frame(ScreenshotFormat::Text);
            let facts = frame.split_once(" actors ").unwrap_or_default().1;
            // The fact ends where the next one begins, at the same indent.
            let fact: Vec<&str> = facts
                .lines()
                .take_while(|line| !line.starts_with(" t"))
                .collect();
            assert!(fact.join(" ").contains("⚑"), "{at}: {title}\n{frame}");
        }
    }
}

#[test]
fn linear_text_and_handouts_flag_it_in_the_paragraph_of_the_event() {
    let timeline = open("shipped").timeline;
    let linear = standard_output(&["--linear"]);
    let markdown = standard_output(&["export", "--to", "markdown"]);
    let html = standard_output(&["export", "--to", "html"]);
    for (_, title, actor) in disputed(&timeline) {
        let paragraph = linear
            .lines()
            .find(|line| line.contains(&format!("{title}. ")) && line.contains("Phase: "));
        let paragraph = paragraph.expect("the linear text has the event");
        assert!(paragraph.contains(&actor), "{paragraph}");
        let (_, differ) = paragraph
            .split_once("Claims differ on: ")
            .unwrap_or_default();
        assert!(differ.contains("actor"), "{paragraph}");
        for (name, text) in [("markdown", &markdown), ("html", &html)] {
            let section = section(text, &title);
            assert!(section.contains("contested"), "{name}: {title}\n{section}");
        }
    }
    assert!(paragraphs(&markdown).count() > 100);
}

/// The section of a handout about an event: from its heading to the next.
fn section<'t>(text: &'t str, title: &str) -> &'t str {
    let escaped = title.replace('\'', "&#39;");
    let head = |line: &str| {
        (line.starts_with("### ") || line.contains("<h3"))
            && (line.contains(title) || line.contains(&escaped))
    };
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if head(line) {
            let rest = text.get(start + line.len()..).unwrap_or_default();
            let end = rest
                .find("\n### ")
                .or_else(|| rest.find("<h3"))
                .unwrap_or(rest.len());
            return rest.get(..end).unwrap_or_default();
        }
        start += line.len();
    }
    panic!("no heading for {title}");
}
