//! A handout for people who were in the room: its content, order and evidence.
//!
//! It knows nothing of Markdown or HTML: both write the same blocks, so both say the same. Its words are
//! those of the documents on the screen.

mod event;
mod left_out;
mod marking;
mod scene;
mod source;
pub mod table;

use std::collections::{BTreeMap, BTreeSet};

use crate::chart::ChartEvents;
use crate::date::Truth;
use crate::document::text_run::{join, plain, quiet, run};
use crate::document::writer::DocumentWriter;
use crate::document::{self, Document, PageSubject, Role, Table, TextRun, count};
use crate::formats::writers::ExportOptions;
use crate::timeline::term::Grouping;
use crate::timeline::term::{QuestionStatus, Tlp};
use crate::timeline::{EventId, Question, SourceId, Timeline};

/// The text of a run that ends a line inside an item.
pub const LINE_BREAK: &str = "\n";

/// What a timeline says, as blocks from top to bottom.
#[derive(Clone, Debug)]
pub struct Handout<'t> {
    /// Who may read it: at the top and at the bottom.
    pub marking: HandoutMarking,
    /// What it is about.
    pub title: TextRun,
    /// What is said.
    pub blocks: Vec<HandoutBlock<'t>>,
    events: BTreeSet<EventId>,
    numbers: BTreeMap<SourceId, usize>,
}

/// Who may read it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HandoutMarking {
    /// By the Traffic Light Protocol.
    pub tlp: Option<Tlp>,
    /// The author's own line.
    pub banner: Option<TextRun>,
}

/// One block of a handout.
#[derive(Clone, Debug)]
pub enum HandoutBlock<'t> {
    /// The head of a section.
    Section(HandoutHeading),
    /// The head of one thing in a section: a scene, an event.
    Heading(HandoutHeading),
    /// Running text.
    Paragraph(Vec<TextRun>),
    /// What the room hears.
    Said(TextRun),
    /// What only the briefer reads, in paragraphs.
    Notes(Vec<TextRun>),
    /// Labelled values.
    Facts(Vec<(&'static str, Vec<TextRun>)>),
    /// Several things of one sort, under a line that says which.
    List(Vec<TextRun>, Vec<Vec<TextRun>>),
    /// Who says what.
    Table(Table),
    /// All events on one axis.
    Overview(ChartEvents<'t>),
    /// The sources, numbered from 1.
    References(Vec<HandoutReference>),
}

/// The head of a section, an event or a scene.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HandoutHeading {
    /// What precedes the text, such as a date.
    pub mark: Vec<TextRun>,
    /// What it is called.
    pub text: Vec<TextRun>,
    /// What it is about, so that links lead to it.
    pub of: Option<PageSubject>,
}

/// A source in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HandoutReference {
    /// Which it is.
    pub id: SourceId,
    /// Its title, and who issued it when.
    pub body: Vec<TextRun>,
    /// Where it can be read, as in the file but with nothing unseen in it.
    pub address: Option<TextRun>,
    /// Further lines.
    pub notes: Vec<Vec<TextRun>>,
}

impl<'t> Handout<'t> {
    /// Puts together what is wanted.
    pub fn new(timeline: &'t Timeline, options: &ExportOptions<'_>) -> Self {
        let shown = options.events();
        let mut draft = HandoutBuilder {
            writer: DocumentWriter::new(timeline),
            blocks: Vec::new(),
            events: shown.iter().map(|(event, _)| *event).collect(),
            order: Vec::new(),
            numbers: BTreeMap::new(),
        };
        draft.summary();
        draft.left_out(options);
        draft.overview(&shown, options.grouping);
        draft.scenes(options);
        draft.events(&shown);
        draft.questions();
        draft.references();
        let marking = draft.marking(options);
        let title = &timeline.head().title;
        let title = if title.trim().is_empty() {
            "(untitled timeline)"
        } else {
            title
        };
        Self {
            marking,
            title: run(Role::Title, title),
            blocks: draft.blocks,
            events: draft.events,
            numbers: draft.numbers,
        }
    }

    /// The anchor of something in the handout; `None` if it is not in it.
    pub fn anchor(&self, subject: PageSubject) -> Option<String> {
        match subject {
            PageSubject::Event(id) if self.events.contains(&id) => {
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

/// A handout in the making.
struct HandoutBuilder<'t> {
    writer: DocumentWriter<'t>,
    blocks: Vec<HandoutBlock<'t>>,
    /// The events that are in it.
    events: BTreeSet<EventId>,
    /// The sources, in the order in which they are first cited.
    order: Vec<SourceId>,
    /// The number of each of them, from 1 on.
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

    /// What the screen about the timeline says before its first section.
    fn summary(&mut self) {
        let document = Document::about(self.timeline(), PageSubject::Timeline);
        self.opening(document, &["marking", "banner", "withheld"]);
    }

    /// The paragraphs and the facts of a document before its first section, but for some facts.
    fn opening(&mut self, document: Document, but: &[&str]) {
        let mut facts = Vec::new();
        for block in document.blocks {
            match block {
                document::DocumentBlock::Heading(_) => break,
                document::DocumentBlock::Fact { label, value } if !but.contains(&label) => {
                    facts.push((label, value));
                }
                document::DocumentBlock::Paragraph(runs) => {
                    self.blocks.push(HandoutBlock::Paragraph(runs));
                }
                _ => {}
            }
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

    fn events(&mut self, shown: &[(EventId, Truth)]) {
        self.section("Events", &shown.len().to_string(), None);
        let timeline = self.timeline();
        if shown
            .iter()
            .any(|(id, _)| timeline.event(*id).is_contested())
        {
            let words = "⚑ marks aspects on which claims differ, ≠ what differs in them.";
            self.blocks
                .push(HandoutBlock::Paragraph(vec![quiet(words)]));
        }
        for &(event, truth) in shown {
            self.event(event, truth);
        }
    }

    /// A source by its number, which it gets when it is first cited.
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

    /// The questions about the events that are in it, and those about no event.
    fn asked(&self) -> Vec<&'t Question> {
        let is_about_these = |question: &&Question| {
            question.events.is_empty() || question.events.iter().any(|id| self.events.contains(id))
        };
        let questions = self.timeline().questions().iter();
        questions.filter(is_about_these).collect()
    }

    fn questions(&mut self) {
        let asked = self.asked();
        if asked.is_empty() {
            return;
        }
        self.section(
            "Questions",
            &asked.len().to_string(),
            Some(PageSubject::Questions),
        );
        for &status in QuestionStatus::ALL {
            let items: Vec<Vec<TextRun>> = asked
                .iter()
                .filter(|question| question.status == status)
                .map(|question| self.question(question))
                .collect();
            if !items.is_empty() {
                let lead = document::questions::heading(status);
                self.blocks
                    .push(HandoutBlock::List(vec![run(Role::Label, lead)], items));
            }
        }
    }

    fn question(&self, question: &Question) -> Vec<TextRun> {
        let mut runs = vec![plain(&question.text)];
        runs.extend(own_marking(question.tlp));
        if let Some(settles) = question.settles.as_deref() {
            runs.extend([quiet(" Would settle it: "), plain(settles)]);
        }
        let events = question.events.iter();
        let events: Vec<Vec<TextRun>> = events.map(|&id| vec![self.writer.event(id)]).collect();
        if !events.is_empty() {
            runs.push(quiet(" On: "));
            runs.extend(join(events, "; "));
        }
        runs
    }
}

/// An item's own marking, to print behind it.
fn own_marking(tlp: Option<Tlp>) -> Option<TextRun> {
    tlp.map(|tlp| quiet(&format!(" (TLP:{tlp})")))
}

/// How many of some things, where some are left out.
fn some_of(shown: usize, all: usize, noun: &str) -> String {
    if shown == all {
        count(all, noun)
    } else {
        format!("{shown} of {}", count(all, noun))
    }
}
