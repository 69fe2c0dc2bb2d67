//! Pictures: every event is in them once and whole, nothing lies upon anything else, and they need nothing to be shown.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use dateline::chart::ChartEvents;
use dateline::document::PhaseFamily;
use dateline::formats::ExportOptions;
use dateline::formats::writers::picture::{
    self, PICTURE_SIZES, PictureLabels, PictureOptions, PictureSize,
};
use dateline::query::{Filter, Matches};
use dateline::text;
use dateline::timeline::term::{Grouping, Tlp};
use dateline::timeline::{Event, EventId, Timeline};
use html5gum::{Token, Tokenizer};
use proptest::prelude::*;

use super::{of_one_text, visible_form};
use crate::support::program::{self, TIMELINES};

/// From left to right, from top to bottom.
#[derive(Clone, Copy, Debug)]
struct InkBox {
    x: (i32, i32),
    y: (i32, i32),
}

#[derive(Clone, Debug, Default)]
struct PictureText {
    class: String,
    font: i32,
    is_end: bool,
    is_middle: bool,
    /// What is written before the title in another look.
    date: String,
    /// Everything else.
    words: String,
    lines: Vec<(i32, i32, String)>,
}

/// What a picture draws.
#[derive(Default)]
struct DrawnPicture {
    size: (i32, i32),
    title: String,
    description: String,
    texts: Vec<PictureText>,
    /// The shapes of each mark.
    marks: Vec<Vec<InkBox>>,
    /// Where the axis begins, and how many columns it has.
    axis: Option<(i32, u16)>,
}

fn number(text: &str) -> i32 {
    text.parse()
        .unwrap_or_else(|_| panic!("{text} is not a number"))
}

/// Reads a picture. Fails if it is not well formed, or has an element or an attribute that no picture has.
fn read(svg: &str) -> DrawnPicture {
    let mut reader = quick_xml::Reader::from_str(svg);
    while !matches!(
        reader.read_event().expect(svg),
        quick_xml::events::Event::Eof
    ) {}
    let mut picture = DrawnPicture::default();
    let mut open: Vec<(String, BTreeMap<String, String>)> = Vec::new();
    for token in Tokenizer::new(svg) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                let word = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("it is UTF-8");
                let attributes = tag.attributes.iter();
                let attributes: BTreeMap<String, String> = attributes
                    .map(|(name, value)| (word(name), word(value)))
                    .collect();
                let name = word(&tag.name);
                picture.start(&name, &attributes, &open);
                if !tag.self_closing {
                    open.push((name, attributes));
                }
            }
            Token::EndTag(_) => _ = open.pop(),
            Token::String(text) => {
                let text = String::from_utf8(text.to_vec()).expect("it is UTF-8");
                picture.text(&text, &open);
            }
            other => panic!("{other:?} in\n{svg}"),
        }
    }
    picture
}

impl DrawnPicture {
    fn start(
        &mut self,
        name: &str,
        attributes: &BTreeMap<String, String>,
        open: &[(String, BTreeMap<String, String>)],
    ) {
        const KNOWN: [&str; 10] = [
            "svg", "title", "desc", "style", "g", "path", "rect", "circle", "text", "tspan",
        ];
        assert!(KNOWN.contains(&name), "<{name}>");
        for attribute in attributes.keys() {
            let is_known = !attribute.starts_with("on") && !attribute.contains("href");
            assert!(is_known, "<{name} {attribute}>");
        }
        let of = |name: &str| attributes.get(name).map_or("", String::as_str);
        let class = of("class");
        match name {
            "svg" => {
                assert_eq!(of("role"), "img");
                let sides: Vec<i32> = of("viewbox").split(' ').map(number).collect();
                self.size = (sides[2], sides[3]);
            }
            "text" => {
                let fonts = open.iter().rev().find_map(|(_, it)| it.get("font-size"));
                self.texts.push(PictureText {
                    class: class.to_owned(),
                    font: number(fonts.expect("writing has a font")),
                    is_end: of("text-anchor") == "end",
                    is_middle: of("text-anchor") == "middle",
                    ..PictureText::default()
                });
                if !of("x").is_empty() {
                    self.line(number(of("x")), number(of("y")));
                }
            }
            "tspan" if !of("x").is_empty() => self.line(number(of("x")), number(of("y"))),
            "g" if class.contains(" event") => self.marks.push(Vec::new()),
            "path" if class == "edge" => {
                let ink = of_path(of("d"));
                let columns = (ink.x.1 - ink.x.0) / 2;
                let columns = u16::try_from(columns).expect("an axis has a width");
                self.axis = Some((ink.x.0, columns));
            }
            "path" | "rect" | "circle" => {
                let is_mark = |(_, it): &(_, BTreeMap<String, String>)| {
                    it.get("class")
                        .is_some_and(|class| class.contains(" event"))
                };
                if open.last().is_some_and(is_mark) {
                    let ink = of_shape(name, attributes);
                    self.marks.last_mut().expect("a mark is open").push(ink);
                }
            }
            _ => {}
        }
    }

    fn line(&mut self, x: i32, y: i32) {
        let text = self.texts.last_mut().expect("a text is open");
        text.lines.push((x, y, String::new()));
    }

    fn text(&mut self, words: &str, open: &[(String, BTreeMap<String, String>)]) {
        let Some((name, attributes)) = open.last() else {
            return assert_eq!(words.trim(), "");
        };
        match name.as_str() {
            "title" => self.title.push_str(words),
            "desc" => self.description.push_str(words),
            "text" | "tspan" => {
                let text = self.texts.last_mut().expect("a text is open");
                let is_date = attributes.get("class").is_some_and(|class| class == "date");
                if is_date {
                    text.date.push_str(words);
                } else {
                    text.words.push_str(words);
                }
                let line = text.lines.last_mut().expect("a line is open");
                line.2.push_str(words);
            }
            _ => {}
        }
    }

    /// The titles that are written in it, sorted.
    fn titles(&self) -> Vec<String> {
        let labels = self
            .texts
            .iter()
            .filter(|text| text.class.starts_with("label"));
        let mut titles: Vec<String> = labels.map(|text| text.words.trim().to_owned()).collect();
        titles.sort();
        titles
    }
}

impl PictureText {
    /// About where each line is: a character is half as wide as it is high.
    fn boxes(&self) -> impl Iterator<Item = InkBox> {
        self.lines.iter().map(|(x, y, line)| {
            let cells = i32::try_from(text::width(line.trim())).expect("a line is short");
            let width = cells * self.font / 2;
            let from = match (self.is_end, self.is_middle) {
                (true, _) => x - width,
                (_, true) => x - width / 2,
                _ => *x,
            };
            InkBox {
                x: (from, from + width),
                y: (y - self.font * 7 / 10, y + self.font / 5),
            }
        })
    }
}

impl InkBox {
    fn overlaps(self, other: Self) -> bool {
        let meets = |one: (i32, i32), other: (i32, i32)| one.0 < other.1 && other.0 < one.1;
        meets(self.x, other.x) && meets(self.y, other.y)
    }
}

fn of_shape(name: &str, attributes: &BTreeMap<String, String>) -> InkBox {
    let of = |name: &str| number(attributes.get(name).expect("the shape has a place"));
    match name {
        "rect" => InkBox {
            x: (of("x"), of("x") + of("width")),
            y: (of("y"), of("y") + of("height")),
        },
        "circle" => InkBox {
            x: (of("cx") - of("r"), of("cx") + of("r")),
            y: (of("cy") - of("r"), of("cy") + of("r")),
        },
        _ => of_path(&attributes["d"]),
    }
}

/// Where a path of straight lines is.
fn of_path(path: &str) -> InkBox {
    let (mut at, mut all) = ((0, 0), Vec::new());
    // Each command on a line of its own.
    let spaced: String = path
        .chars()
        .flat_map(|it| match it {
            it if it.is_alphabetic() => vec!['\n', it, ' '],
            '-' => vec![' ', it],
            it => vec![it],
        })
        .collect();
    for line in spaced.lines().filter(|line| !line.is_empty()) {
        let (command, numbers) = line.split_once(' ').expect("a command has numbers");
        let numbers: Vec<i32> = numbers.split_whitespace().map(number).collect();
        match (command, &numbers[..]) {
            ("M" | "L", &[x, y]) => at = (x, y),
            ("l", &[x, y]) => at = (at.0 + x, at.1 + y),
            ("H", &[x]) => at.0 = x,
            ("h", &[x]) => at.0 += x,
            ("V", &[y]) => at.1 = y,
            ("v", &[y]) => at.1 += y,
            ("Z" | "z", []) => {}
            _ => panic!("{path}"),
        }
        all.push(at);
    }
    let of = |part: fn(&(i32, i32)) -> i32| {
        let parts = || all.iter().map(part);
        (
            parts().fold(i32::MAX, i32::min),
            parts().fold(i32::MIN, i32::max),
        )
    };
    InkBox {
        x: of(|at| at.0),
        y: of(|at| at.1),
    }
}

/// A picture of some events of a timeline.
fn drawn(timeline: &Timeline, filter: &str, options: PictureOptions) -> Option<String> {
    let filter = Filter::parse(timeline, filter).expect("a filter without mistakes");
    let matches = filter.matches(timeline);
    let options = ExportOptions {
        picture: options,
        filter: filter.text(),
        ..ExportOptions::new(&matches)
    };
    picture::draw(timeline, &options).ok()
}

fn of_size(size: &str) -> PictureOptions {
    PictureOptions {
        size: PictureSize::parse(size).expect("a size"),
        labels: PictureLabels::All,
    }
}

fn ids(timeline: &Timeline) -> Vec<EventId> {
    timeline.events().map(Event::id).collect()
}

/// Every law that a picture of all events of a timeline obeys.
#[track_caller]
fn check_laws(name: &str, timeline: &Timeline, svg: &str) -> DrawnPicture {
    let picture = read(svg);
    let title = |event: Event<'_>| match visible_form(event.title()) {
        title if title.is_empty() => "(untitled event)".to_owned(),
        title => title,
    };
    let mut expected: Vec<String> = timeline.events().map(title).collect();
    expected.sort();
    assert_eq!(
        picture.titles(),
        expected,
        "{name}: each title is there once"
    );
    check_places(name, &picture);
    check_numbers(name, &picture);
    check_extents(name, timeline, &picture);
    let marking = timeline.head().tlp.map(|tlp| format!("TLP:{tlp}"));
    if let Some(marking) = marking {
        let level = |text: &&PictureText| text.class == "strong" && text.words.starts_with("TLP:");
        let levels: Vec<&PictureText> = picture.texts.iter().filter(level).collect();
        assert_eq!(
            levels.len(),
            2,
            "{name}: {marking} at the top and at the bottom"
        );
        assert!(levels[0].lines[0].1 < levels[1].lines[0].1);
        assert!(picture.title.starts_with(&levels[0].words), "{name}");
    }
    // Events without a date have their signs in the list only.
    let families = timeline
        .events()
        .map(|event| PhaseFamily::of(event.phase()));
    for family in families.collect::<BTreeSet<_>>() {
        let is_key = |text: &PictureText| text.class == "key" && text.words == family.words();
        let is_explained = picture.texts.iter().any(is_key);
        assert!(is_explained, "{name}: {}", family.words());
    }
    let count = timeline.len();
    assert!(
        picture.description.contains(&format!("{count} event")),
        "{name}"
    );
    picture
}

/// Nothing is outside, and no writing lies upon other writing or upon a mark.
#[track_caller]
fn check_places(name: &str, picture: &DrawnPicture) {
    let boxes = |text: &PictureText| text.boxes().collect::<Vec<_>>();
    let texts: Vec<(&PictureText, Vec<InkBox>)> = picture
        .texts
        .iter()
        .map(|text| (text, boxes(text)))
        .collect();
    for (text, boxes) in &texts {
        for ink in boxes {
            let is_inside = ink.x.0 >= 0
                && ink.x.1 <= picture.size.0
                && ink.y.0 >= 0
                && ink.y.1 <= picture.size.1;
            assert!(is_inside, "{name}: {text:?} is outside {:?}", picture.size);
        }
    }
    for (index, (text, inks)) in texts.iter().enumerate() {
        for (other, others) in &texts[index + 1..] {
            let overlap = inks
                .iter()
                .any(|ink| others.iter().any(|it| ink.overlaps(*it)));
            assert!(!overlap, "{name}: {text:?} lies upon {other:?}");
        }
        if text.class.starts_with("label") || text.class == "number" {
            for ink in picture.marks.iter().flatten() {
                let overlap = inks.iter().any(|it| it.overlaps(*ink));
                assert!(!overlap, "{name}: {text:?} lies upon a mark at {ink:?}");
            }
        }
    }
}

/// Each number is in the picture and in the list.
#[track_caller]
fn check_numbers(name: &str, picture: &DrawnPicture) {
    let numbers = picture.texts.iter().filter(|text| text.class == "number");
    let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
    for text in numbers {
        *counts
            .entry(text.words.parse().expect("a number"))
            .or_default() += 1;
    }
    for (at, (number, count)) in counts.iter().enumerate() {
        // The legend has the first one too.
        let expected = if at == 0 { 3 } else { 2 };
        assert_eq!((*number, *count), (at + 1, expected), "{name}");
    }
}

/// Each mark reaches as far as the bounds of its event.
#[track_caller]
fn check_extents(name: &str, timeline: &Timeline, picture: &DrawnPicture) {
    let events = ChartEvents::new(timeline, ids(timeline), Grouping::Lane).on_whole_axis();
    let Some((left, columns)) = picture.axis else {
        return assert!(!events.is_drawn(), "{name}");
    };
    let chart = events.draw(columns).expect("something is dated");
    let marks: Vec<_> = chart.lanes.iter().flat_map(|lane| &lane.marks).collect();
    assert_eq!(marks.len(), picture.marks.len(), "{name}");
    for (mark, shapes) in marks.into_iter().zip(&picture.marks) {
        let event = timeline.event(mark.event);
        let whole = event.when().expect("it is on the axis").whole();
        let x = |instant| left + 2 * i32::from(chart.axis.column(instant));
        let from = shapes.iter().map(|ink| ink.x.0).fold(i32::MAX, i32::min);
        let to = shapes.iter().map(|ink| ink.x.1).fold(i32::MIN, i32::max);
        let is_within = from <= x(whole.earliest) && x(whole.latest) <= to;
        assert!(
            is_within,
            "{name}: {} is drawn from {from} to {to}",
            event.title()
        );
    }
}

#[test]
fn pictures_of_every_timeline_are_whole() {
    let mut checked = 0;
    for name in TIMELINES {
        let timeline = &program::ready(name).0;
        let names = PICTURE_SIZES.iter().map(|named| named.name);
        for size in names.chain(["1600x900", "700x2000"]) {
            if let Some(svg) = drawn(timeline, "", of_size(size)) {
                check_laws(&format!("{name} in {size}"), timeline, &svg);
                checked += 1;
            }
        }
    }
    assert!(checked > 55, "{checked}");
}

/// Titles become numbers rather than being cut.
#[test]
fn titles_without_room_are_in_the_list_by_number() {
    let timeline = &program::ready("shipped").0;
    for labels in [PictureLabels::Scenes, PictureLabels::None] {
        let options = PictureOptions {
            labels,
            ..of_size("1400x1400")
        };
        let svg = drawn(timeline, "", options).expect("it fits");
        check_laws(&format!("{labels:?}"), timeline, &svg);
        assert!(svg.contains("number in the list"));
    }
}

/// From a height that holds every title down to that which holds hardly any.
#[test]
fn as_many_titles_as_have_room_are_next_to_their_marks() {
    let timeline = &program::ready("shipped").0;
    let heights = (40..110).rev().map(|tens| tens * 10).step_by(3);
    let pictures = heights.map_while(|height| {
        let size = format!("1280x{height}");
        Some((drawn(timeline, "", of_size(&size))?, size))
    });
    let mut counts = Vec::new();
    for (svg, size) in pictures {
        let picture = check_laws(&size, timeline, &svg);
        let numbers = picture
            .texts
            .into_iter()
            .filter(|text| text.class == "number");
        // Each is in the picture and in the list, and the first also in the legend.
        counts.push(numbers.count() / 2);
    }
    assert_eq!(counts.first(), Some(&0), "{counts:?}");
    assert!(counts.last() > Some(&0) && counts.is_sorted(), "{counts:?}");
}

#[test]
fn a_picture_that_is_too_small_names_a_height_that_suffices() {
    let timeline = &program::ready("shipped").0;
    let matches = Matches::everything(timeline.len());
    let mut options = ExportOptions::new(&matches);
    options.picture = of_size("500x400");
    let refused = picture::draw(timeline, &options).expect_err("it does not fit");
    assert_eq!(
        (refused.events, refused.width, refused.height),
        (96, 500, 400)
    );
    let needed = refused.needed.expect("some height suffices");
    options.picture = of_size(&format!("500x{needed}"));
    let svg = picture::draw(timeline, &options).expect("it fits now");
    check_laws("500", timeline, &svg);
}

#[test]
fn a_picture_has_the_same_bytes_twice_and_needs_nothing() {
    let draw = || drawn(&program::open("shipped").timeline, "", of_size("a4"));
    let svg = draw().expect("it fits");
    assert_eq!(Some(&svg), draw().as_ref());
    for word in [
        "<script",
        "http://",
        "https://",
        "@import",
        "@font-face",
        "url(",
        "var(",
        "<a ",
    ] {
        let svg = svg.replace("xmlns=\"http://www.w3.org/2000/svg\"", "");
        assert!(!svg.contains(word), "{word}");
    }
}

#[test]
fn what_is_left_out_is_counted() {
    let timeline = &program::ready("shipped").0;
    let svg = drawn(timeline, "phase:sanction", of_size("slide")).expect("it fits");
    let words = "Filter: phase:sanction. This picture has 4 of 96 events.";
    assert!(svg.contains(words), "{svg}");
    let whole = &program::open("marked").timeline;
    let shown = whole.up_to(Tlp::Green).expect("it is marked");
    let svg = drawn(&shown, "", of_size("a4")).expect("it fits");
    assert!(svg.contains("Withheld above TLP:GREEN: "), "{svg}");
    check_laws("marked", &shown, &svg);
    for event in whole
        .events()
        .filter(|event| event.tlp().is_none_or(|tlp| tlp > Tlp::Green))
    {
        assert!(!svg.contains(event.title()), "{}", event.title());
    }
    assert!(
        !svg.contains("TLP:AMBER") && !svg.contains("TLP:RED"),
        "{svg}"
    );
}

/// A marking is never wider than that of an event, a claim or an entity that the picture shows.
#[test]
fn a_picture_is_marked_as_strictly_as_anything_in_it() {
    let text = "[timeline]\ntitle = \"T\"\ntlp = \"CLEAR\"\nbanner = \"Exercise\"\n\
                [[events]]\nid = \"a\"\nwhen = \"2021\"\ntitle = \"A\"\n\
                [[events]]\nid = \"b\"\nwhen = \"2022\"\ntitle = \"B\"\n[[events.claims]]\ntext = \"x\"\ntlp = \"AMBER\"\n";
    let timeline = &program::opened("x.toml", text).timeline;
    let svg = |filter: &str| drawn(timeline, filter, of_size("slide")).expect("it fits");
    assert_eq!(svg("").matches(">TLP:AMBER<").count(), 2);
    assert_eq!(svg("id:a").matches(">TLP:CLEAR<").count(), 2);
    assert_eq!(svg("id:a").matches(">Exercise<").count(), 2);
}

#[test]
fn a_small_picture_is_as_reviewed() {
    let text = program::read("tests/frames/timelines/three-lines.toml");
    let timeline = &program::opened("three-lines.toml", &text).timeline;
    let svg = drawn(timeline, "", of_size("640x400")).expect("it fits");
    super::snapshot("svg", "three-lines", &svg);
}

fn dates() -> impl Strategy<Value = Option<&'static str>> {
    let dates = [
        "2021",
        "2021-08",
        "2021-08-14",
        "2021-08-14T10:22Z",
        "2021-08-14/2021-08-17",
        "late 2021",
        "about 2021-11",
        "2021?",
        "2021-08-14?",
        "[2021-08-14, 2021-09-02]",
        "{2021-02,2021-12}",
        "2021-08-14/..",
        "2022-03-14/",
        "/2021-05",
        "by 2024-03-25",
        "since at least 2010",
        "202X",
        "1893",
        "-0500",
        "12021",
        "2021-08-14T10:22:31.5Z",
        "between 2020 and 2023",
        "summer 2018",
    ];
    proptest::option::weighted(0.9, proptest::sample::select(dates.to_vec()))
}

fn titles() -> impl Strategy<Value = String> {
    let words = [
        "a",
        "attack",
        "W",
        "MMMMMMMM",
        "日本語の題名",
        "é",
        "<b>",
        "&amp;",
        "🎓",
        "مرحبا",
        "x\u{202e}y",
    ];
    let word = prop_oneof![
        8 => proptest::sample::select(words.to_vec()).prop_map(str::to_owned),
        1 => (1..120usize).prop_map(|length| "x".repeat(length)),
    ];
    prop::collection::vec(word, 0..14).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 24, failure_persistence: None, ..ProptestConfig::default()
    })]

    #[test]
    fn no_timeline_is_cut_or_drawn_upon_itself(
        events in prop::collection::vec((dates(), titles(), 0..4usize), 0..24),
        (width, height) in (400..1800u16, 400..1400u16),
        labels in proptest::sample::select(vec![PictureLabels::All, PictureLabels::None]),
    ) {
        let mut file = String::from("[timeline]\ntitle = \"Some events\"\ntlp = \"GREEN\"\n");
        for (when, title, lane) in &events {
            let when = when.map_or_else(String::new, |when| format!("when = '{when}'\n"));
            let lanes = ["\"One\"", "\"A lane with a longer name\"", "[\"One\", \"Two\"]", "\"x\""];
            let lane = lanes[*lane];
            let title = super::quoted(title);
            writeln!(file, "[[events]]\n{when}title = {title}\nlane = {lane}").expect("a string takes all");
        }
        let timeline = &program::opened("x.toml", &file).timeline;
        let matches = Matches::everything(timeline.len());
        let mut options = ExportOptions::new(&matches);
        options.picture = PictureOptions { labels, ..of_size(&format!("{width}x{height}")) };
        match picture::draw(timeline, &options) {
            Ok(svg) => _ = check_laws("it", timeline, &svg),
            Err(refused) => {
                let needed = refused.needed.expect("few events fit somewhere");
                prop_assert!(needed > height);
                options.picture.size = PictureSize::parse(&format!("{width}x{needed}")).expect("a size");
                check_laws("higher", timeline, &picture::draw(timeline, &options).expect("it fits now"));
            }
        }
    }

    #[test]
    fn no_text_of_a_file_becomes_markup_in_a_picture(text in super::text()) {
        let timeline = &of_one_text(&text).timeline;
        let svg = program::exported(&of_one_text(&text), "svg");
        check_laws("it", timeline, &svg);
        prop_assert!(svg.chars().all(|it| it == '\n' || !it.is_control()));
    }
}
