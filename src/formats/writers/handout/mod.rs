//! A handout for people who were in the room: its content, order and evidence.
//!
//! It knows nothing of Markdown or HTML: both write the same blocks, so both have the same content. Its words are those of
//! the documents on the screen.

mod brief;
mod changes;
mod event;
mod left_out;
pub(super) mod losses;
mod marking;
mod question;
mod scene;
mod source;
pub mod table;

use std::collections::{BTreeMap, BTreeSet};

use crate::chart::{ChartEvents, WORDS_OF_BREAKS};
use crate::date::Truth;
use crate::document::text_run::{plain, quiet, run};
use crate::document::writer::DocumentWriter;
use crate::document::{self, Document, PageSubject, Role, Table, TextRun, count};
use crate::formats::writers::{ExportOptions, HandoutExtent};
use crate::timeline::term::{Grouping, Tlp};
use crate::timeline::{EventId, Question, SourceId, Timeline};

/// The text of a run that ends a line inside a paragraph or an item.
pub const LINE_BREAK: &str = "\n";

/// The content of a timeline as blocks, from top to bottom.
#[derive(Clone, Debug)]
pub struct Handout<'t> {
    /// At the top and at the bottom.
    pub marking: HandoutMarking,
    pub title: TextRun,
    pub blocks: Vec<HandoutBlock<'t>>,
    /// How much it has.
    pub extent: HandoutExtent,
    /// The events that have a part of their own.
    described: BTreeSet<EventId>,
    numbers: BTreeMap<SourceId, usize>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HandoutMarking {
    pub tlp: Option<Tlp>,
    /// The author's own line.
    pub banner: Option<TextRun>,
}

#[derive(Clone, Debug)]
pub enum HandoutBlock<'t> {
    /// The head of a section.
    Section(HandoutHeading),
    /// The head of one thing in a section: a scene, an event.
    Heading(HandoutHeading),
    /// Running text.
    Paragraph(Vec<TextRun>),
    /// The words that the presenter says.
    Said(TextRun),
    /// The briefer's notes, in paragraphs.
    Notes(Vec<Vec<TextRun>>),
    /// Labelled values.
    Facts(Vec<(&'static str, Vec<TextRun>)>),
    /// A list, under a line that introduces it.
    List(Vec<TextRun>, Vec<Vec<TextRun>>),
    /// Claims.
    Table(Table),
    /// All events on one axis.
    Overview(ChartEvents<'t>),
    /// The events of a scene on an axis that fits them, without the legend.
    Picture(ChartEvents<'t>),
    /// What claims say, aspect by aspect: a label, and a line for each value.
    Verdict(Vec<(Vec<TextRun>, Vec<Vec<TextRun>>)>),
    /// The sources, numbered from 1.
    References(Vec<HandoutReference>),
}

/// The head of a section, an event or a scene.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HandoutHeading {
    /// Precedes the text, such as a date.
    pub mark: Vec<TextRun>,
    pub text: Vec<TextRun>,
    /// The subject, for links that lead here.
    pub of: Option<PageSubject>,
    /// Whether everything up to the next heading belongs on one printed page.
    pub is_on_one_page: bool,
}

/// A source in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandoutReference {
    /// The subject, for links that lead here.
    pub of: Option<PageSubject>,
    /// Title, publisher and day.
    pub body: Vec<TextRun>,
    /// As in the file, with invisible characters made visible.
    pub address: Option<TextRun>,
    pub notes: Vec<Vec<TextRun>>,
}

impl<'t> Handout<'t> {
    pub fn new(timeline: &'t Timeline, options: &ExportOptions<'_>) -> Self {
        let shown = options.events();
        let mut builder = HandoutBuilder {
            writer: DocumentWriter::new(timeline),
            extent: options.extent,
            blocks: Vec::new(),
            events: shown.iter().map(|(event, _)| *event).collect(),
            described: BTreeSet::new(),
            answered_in: BTreeMap::new(),
            asked: Vec::new(),
            order: Vec::new(),
            numbers: BTreeMap::new(),
        };
        match options.extent {
            HandoutExtent::Full => builder.full(&shown, options),
            HandoutExtent::Brief | HandoutExtent::BriefWithAnnex => builder.brief(&shown, options),
        }
        let marking = builder.marking(options);
        let title = &timeline.head().title;
        let title = if title.trim().is_empty() {
            "(untitled timeline)"
        } else {
            title
        };
        let mut described = builder.described;
        if options.extent == HandoutExtent::Brief {
            described.clear();
        }
        Self {
            marking,
            title: run(Role::Title, title),
            blocks: builder.blocks,
            extent: options.extent,
            described,
            numbers: builder.numbers,
        }
    }

    /// What a break of an axis is, if any picture has one; otherwise empty.
    pub fn words_of_breaks(&self) -> &'static str {
        let is_broken = self.blocks.iter().any(|block| match block {
            HandoutBlock::Overview(events) | HandoutBlock::Picture(events) => events.is_broken(),
            _ => false,
        });
        if is_broken { WORDS_OF_BREAKS } else { "" }
    }

    /// The anchor of something in the handout; `None` if it is not in it.
    pub fn anchor(&self, subject: PageSubject) -> Option<String> {
        match subject {
            PageSubject::Event(id) if self.described.contains(&id) => {
                Some(format!("event-{}", id.0 + 1))
            }
            PageSubject::Source(id) => {
                let number = self.numbers.get(&id)?;
                Some(format!("source-{number}"))
            }
            PageSubject::Questions => Some("questions".to_owned()),
            PageSubject::Sources if !self.numbers.is_empty() => Some("sources".to_owned()),
            _ => None,
        }
    }
}

struct HandoutBuilder<'t> {
    writer: DocumentWriter<'t>,
    extent: HandoutExtent,
    blocks: Vec<HandoutBlock<'t>>,
    /// The events that the options select.
    events: BTreeSet<EventId>,
    /// The events whose claims are in the handout.
    described: BTreeSet<EventId>,
    /// The scene that has what the claims about an event say, by its number.
    answered_in: BTreeMap<EventId, usize>,
    /// The questions in the handout.
    asked: Vec<&'t Question>,
    /// The sources, in the order of their first citation.
    order: Vec<SourceId>,
    /// The numbers of the sources, from 1.
    numbers: BTreeMap<SourceId, usize>,
}

impl<'t> HandoutBuilder<'t> {
    fn timeline(&self) -> &'t Timeline {
        self.writer.timeline
    }

    fn section(&mut self, text: &str, remark: &str, of: Option<PageSubject>) {
        let mut text = vec![run(Role::Heading, text)];
        if !remark.is_empty() {
            text.push(quiet(&format!(" ({remark})")));
        }
        self.blocks.push(HandoutBlock::Section(HandoutHeading {
            text,
            of,
            ..HandoutHeading::default()
        }));
    }

    fn full(&mut self, shown: &[(EventId, Truth)], options: &ExportOptions<'_>) {
        self.summary();
        self.left_out(options);
        self.changes(options);
        self.overview(shown, options.grouping);
        self.scenes(options);
        self.events("Events", shown);
        self.questions("Questions", self.about_these());
        self.references("Sources", 0);
    }

    /// The first section of the timeline's page.
    fn summary(&mut self) {
        let document = Document::about(self.timeline(), PageSubject::Timeline);
        self.opening(document, &["marking", "banner", "withheld"]);
    }

    /// The paragraphs and the facts of a document before its first section, except the facts `but`.
    fn opening(&mut self, document: Document, but: &[&str]) {
        let mut facts = Vec::new();
        let mut lines: Vec<TextRun> = Vec::new();
        for block in document.blocks {
            if !matches!(block, document::DocumentBlock::Paragraph(_)) && !lines.is_empty() {
                let lines = std::mem::take(&mut lines);
                self.blocks.push(HandoutBlock::Paragraph(lines));
            }
            match block {
                document::DocumentBlock::Heading(_) => break,
                document::DocumentBlock::Fact { label, value } if !but.contains(&label) => {
                    facts.push((label, value));
                }
                document::DocumentBlock::Paragraph(runs) => {
                    lines.extend((!lines.is_empty()).then(line_break));
                    lines.extend(runs);
                }
                _ => {}
            }
        }
        if !lines.is_empty() {
            self.blocks.push(HandoutBlock::Paragraph(lines));
        }
        if !facts.is_empty() {
            self.blocks.push(HandoutBlock::Facts(facts));
        }
    }

    fn overview(&mut self, shown: &[(EventId, Truth)], grouping: Grouping) {
        let events = shown.iter().map(|(event, _)| *event).collect();
        let overview = ChartEvents::new(self.timeline(), events, grouping);
        if overview.is_drawn() {
            self.section("Overview", "", None);
            self.blocks.push(HandoutBlock::Overview(overview));
        }
    }

    fn events(&mut self, title: &str, shown: &[(EventId, Truth)]) {
        self.section(title, &shown.len().to_string(), None);
        let timeline = self.timeline();
        if shown
            .iter()
            .any(|(id, _)| timeline.event(*id).is_contested())
        {
            let words =
                "⚑ marks an aspect on which claims differ, ≠ the part of a claim that differs.";
            self.blocks
                .push(HandoutBlock::Paragraph(vec![quiet(words)]));
        }
        for &(event, truth) in shown {
            self.event(event, truth);
        }
    }

    /// A citation of a source by its number. The first citation gives it one.
    fn cite(&mut self, id: SourceId) -> TextRun {
        let number = self.number(id);
        TextRun {
            link: Some(PageSubject::Source(id)),
            ..run(Role::Source, &format!("[{number}]"))
        }
    }

    fn number(&mut self, id: SourceId) -> usize {
        let order = &mut self.order;
        *self.numbers.entry(id).or_insert_with(|| {
            order.push(id);
            order.len()
        })
    }
}

/// The paragraphs of a text, which blank lines separate, with their lines.
fn paragraphs(text: &str) -> Vec<Vec<TextRun>> {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    let paragraphs = lines.split(|line| line.is_empty());
    let paragraphs = paragraphs.filter(|lines| !lines.is_empty());
    let runs = paragraphs.map(|lines| {
        let runs = lines.iter().flat_map(|line| [line_break(), plain(line)]);
        runs.skip(1).collect()
    });
    runs.collect()
}

/// A run that ends a line: text of a timeline has no line break in it by now.
fn line_break() -> TextRun {
    TextRun {
        text: LINE_BREAK.to_owned(),
        role: Role::Quiet,
        link: None,
    }
}

/// An item's own marking, to print behind it.
fn own_marking(tlp: Option<Tlp>) -> Option<TextRun> {
    tlp.map(|tlp| quiet(&format!(" (TLP:{tlp})")))
}

/// A count with its noun: `3 of 5 scenes` if some are left out.
fn some_of(shown: usize, all: usize, noun: &str) -> String {
    if shown == all {
        count(all, noun)
    } else {
        format!("{shown} of {}", count(all, noun))
    }
}
