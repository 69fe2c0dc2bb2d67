//! The panel of the first screen: the summary of the case, the signs on that screen, and the keys to begin with.

use super::block::{Document, DocumentBlock};
use super::role::{PhaseFamily, Role};
use super::text_run::{TextRun, date, date_role, plain, quiet, run};
use super::writer::DocumentWriter;
use crate::timeline::Timeline;

/// What the panel shows next to the timeline's own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpeningPanel {
    /// The name of the file, or the number of files; may be empty.
    pub file: String,
    /// The families whose marks are on the screen.
    pub families: Vec<PhaseFamily>,
    /// The shades that are on the screen.
    pub shades: Vec<ShadeSign>,
    /// Whether an event on the screen is contested.
    pub has_contested: bool,
    /// Keys, each with the words for what it does.
    pub keys: Vec<(String, String)>,
}

/// How much of the panel has room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OpeningForm {
    /// Title, summary, signs and keys, with empty lines between them.
    Long,
    /// Without the title and the empty lines.
    Short,
    /// As short, and the caller leaves out the shades.
    Shortest,
}

impl OpeningForm {
    /// The longest first.
    pub const ALL: [Self; 3] = [Self::Long, Self::Short, Self::Shortest];
}

/// How sure it is that an event was going on, as a sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ShadeSign {
    Certain,
    Core,
    Possible,
    Open,
}

impl ShadeSign {
    const fn sign(self) -> &'static str {
        match self {
            Self::Certain => "█",
            Self::Core => "▒",
            Self::Possible => "░",
            Self::Open => "╌",
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Core => "likely by the words",
            Self::Possible => "possible",
            Self::Open => "start or end unknown",
        }
    }
}

impl Document {
    /// The panel of the first screen, with as much of the summary as has room.
    pub fn opening(
        timeline: &Timeline,
        panel: &OpeningPanel,
        (form, summary): (OpeningForm, &str),
    ) -> Self {
        let mut writer = DocumentWriter::new(timeline);
        let is_long = form == OpeningForm::Long;
        let title = timeline.head().title.as_str();
        if is_long && !title.is_empty() {
            writer.title(title);
        }
        if is_long {
            writer.paragraphs(summary);
        } else {
            for line in summary.lines().filter(|line| !line.trim().is_empty()) {
                writer.block(DocumentBlock::Paragraph(vec![plain(line)]));
            }
        }
        if timeline.head().summary.trim().is_empty() {
            facts(&mut writer, panel, is_long);
        }
        let [families, shades] = signs(panel);
        if is_long {
            writer.gap();
            phrases(&mut writer, &families);
            phrases(&mut writer, &shades);
            writer.gap();
        } else {
            phrases(&mut writer, &[families, shades].concat());
        }
        let keys = panel.keys.iter();
        let keys = keys.map(|(key, words)| phrase((Role::Key, key), words));
        phrases(&mut writer, &keys.collect::<Vec<_>>());
        writer.finish()
    }
}

/// What the files are, where no summary says it.
fn facts(writer: &mut DocumentWriter<'_>, panel: &OpeningPanel, is_long: bool) {
    if is_long {
        writer.gap();
    }
    let timeline = writer.timeline;
    if !panel.file.is_empty() {
        writer.text_fact("file", Some(&panel.file));
    }
    if let Some(value) = whole_time(timeline) {
        writer.fact("time", value);
    }
    writer.text_fact("events", Some(&timeline.len().to_string()));
}

/// The time of all events: from the earliest known start to the latest known end.
fn whole_time(timeline: &Timeline) -> Option<Vec<TextRun>> {
    let dated = || {
        let events = timeline.events();
        events.filter_map(|event| Some((event, event.bounds()?)))
    };
    // The stated order may place an event before another whose date begins earlier.
    let started = dated().filter(|(_, bounds)| bounds.start.earliest.is_bounded());
    let earliest = started.min_by_key(|(_, bounds)| bounds.start.earliest);
    let (first, _) = earliest.or_else(|| dated().next())?;
    let ended = dated().filter(|(_, bounds)| bounds.end.latest.is_bounded());
    let latest = ended.max_by_key(|(_, bounds)| bounds.end.latest);
    let (last, _) = latest.unwrap_or((first, first.bounds()?));
    let is_ongoing = dated().any(|(_, bounds)| bounds.is_ongoing());
    let (first, last) = (first.when()?, last.when()?);
    let mut value = if first == last {
        vec![date(&first)]
    } else {
        let ends = [first.words(), last.words()].map(|it| (it.joiner == INTERVAL, it));
        let [(has_end, start), (has_start, end)] = ends;
        let start = if has_end {
            start.first
        } else {
            start.to_string()
        };
        let end = if has_start { end.last } else { end.to_string() };
        vec![
            run(date_role(&first), &start),
            quiet(" to "),
            run(date_role(&last), &end),
        ]
    };
    if is_ongoing && first != last {
        value.push(quiet(", still going on"));
    }
    Some(value)
}

/// What joins the two ends of an interval in words.
const INTERVAL: &str = " – ";

/// The signs of families, and of shades and disagreement, each with its meaning.
fn signs(panel: &OpeningPanel) -> [Vec<Vec<TextRun>>; 2] {
    let families = panel.families.iter().map(|family| {
        let sign = family.sign().to_string();
        phrase(((*family).into(), &sign), family.words())
    });
    let shades = panel.shades.iter();
    let shades = shades.map(|shade| phrase((Role::Context, shade.sign()), shade.words()));
    let contested = panel.has_contested;
    let contested = contested.then(|| phrase((Role::Contested, "⚑"), "claims differ"));
    [families.collect(), shades.chain(contested).collect()]
}

/// A sign and its meaning, which no line break separates.
fn phrase((role, sign): (Role, &str), words: &str) -> Vec<TextRun> {
    let run = |role, text: String| TextRun {
        text,
        role,
        link: None,
    };
    let words = format!(" {words}").replace(' ', "\u{a0}");
    vec![run(role, sign.to_owned()), run(Role::Text, words)]
}

/// Phrases side by side, as many on a line as there is room for.
fn phrases(writer: &mut DocumentWriter<'_>, all: &[Vec<TextRun>]) {
    let apart = TextRun {
        text: "   ".to_owned(),
        role: Role::Text,
        link: None,
    };
    let runs = all.join(&apart);
    if !runs.is_empty() {
        writer.block(DocumentBlock::Paragraph(runs));
    }
}
