//! The brief handout: what people keep of a briefing. A cover, the scenes as the room saw them, what is open, and the
//! sources of all that. Everything else is in the annex, on request.

use std::collections::{BTreeMap, BTreeSet};

use super::scene::SceneEvents;
use super::{HandoutBlock, HandoutBuilder, own_marking, paragraphs};
use crate::chart::ChartEvents;
use crate::date::Truth;
use crate::document::text_run::{join, plain, quiet};
use crate::document::{CitedLine, TextRun, cited_verdicts, count};
use crate::formats::writers::{ExportOptions, HandoutExtent};
use crate::text::first_sentences;
use crate::timeline::term::QuestionStatus;
use crate::timeline::{Clock, EventId, Question, Scene, View};

/// How many sentences of the summary the cover has.
const SENTENCES: usize = 3;
/// How many values of an aspect a scene has at most: the others are counted.
const VALUES: usize = 2;
/// How many events of a scene are listed at most, if none is selected.
const LISTED: usize = 8;

impl<'t> HandoutBuilder<'t> {
    /// Everything, from the cover to the sources.
    pub(super) fn brief(&mut self, shown: &[(EventId, Truth)], options: &ExportOptions<'_>) {
        self.cover(shown, options);
        self.changes(options);
        self.scenes(options);
        self.questions("Open questions", self.still_open(options));
        let listed = self.short_references();
        if options.extent == HandoutExtent::BriefWithAnnex {
            self.events("Annex: all events", shown);
            let asked = self.about_these().into_iter();
            let others =
                asked.filter(|it| !self.asked.iter().any(|other| std::ptr::eq(*it, *other)));
            self.questions("Annex: other questions", others.collect());
            self.references("Annex: all sources", listed);
        }
    }

    /// What is on the first page below the title.
    fn cover(&mut self, shown: &[(EventId, Truth)], options: &ExportOptions<'_>) {
        let timeline = self.timeline();
        let summary = first_sentences(&timeline.head().summary, SENTENCES);
        let summary = paragraphs(summary).into_iter();
        self.blocks.extend(summary.map(HandoutBlock::Paragraph));
        self.left_out(options);
        let events = shown.iter().map(|(event, _)| *event).collect();
        let overview = ChartEvents::new(timeline, events, options.grouping);
        if overview.is_drawn() {
            self.blocks.push(HandoutBlock::Overview(overview));
        }
    }

    /// Each scene with its picture and its event. Of scenes that show the same, the first has both.
    pub(super) fn brief_scenes(&mut self, scenes: &[&'t Scene], notes: bool) {
        let mut first_with = BTreeMap::new();
        for (&scene, number) in scenes.iter().zip(1..) {
            self.scene_heading(scene, &format!("Scene {number}"));
            self.scene_words(scene, notes);
            let SceneEvents { shown, all } = self.events_in(scene);
            if shown.is_empty() {
                self.no_events(all);
                continue;
            }
            let shows = (scene.view.as_deref(), scene.select);
            let first = *first_with.entry(shows).or_insert(number);
            if first == number {
                self.picture(scene, &shown);
            }
            let selected = shown.iter().find(|(id, _)| scene.select == Some(*id));
            match selected {
                Some(&(id, truth)) if first < number => {
                    let mut line = self.event_line(id, truth, true);
                    line.push(quiet(&format!(" As in scene {first}.")));
                    self.blocks.push(HandoutBlock::Paragraph(line));
                }
                Some(&(id, truth)) => self.answer(id, truth, number),
                None if first < number => {
                    let words = format!("Its events are those of scene {first}.");
                    self.blocks
                        .push(HandoutBlock::Paragraph(vec![quiet(&words)]));
                }
                None => self.listed(&shown),
            }
        }
    }

    /// The events of a scene; nothing if there is no more than one of them to compare.
    fn picture(&mut self, scene: &Scene, shown: &[(EventId, Truth)]) {
        let view = self.timeline().view_of(scene);
        let grouping = view.and_then(|view| view.group).unwrap_or_default();
        let clock = view.and_then(View::clock).unwrap_or(Clock::Happened);
        // In the order of the timeline, as in the room.
        let events: BTreeSet<EventId> = shown.iter().map(|(id, _)| *id).collect();
        let events = events.into_iter().collect();
        let picture = ChartEvents::new(self.timeline(), events, grouping);
        let picture = picture.of_scene(scene, clock);
        if picture.is_drawn() && shown.len() > 1 {
            self.blocks.push(HandoutBlock::Picture(picture));
        }
    }

    /// The selected event of a scene, with what its claims say; only once, if several scenes select it.
    fn answer(&mut self, id: EventId, truth: Truth, number: usize) {
        let event = self.timeline().event(id);
        let mut line = self.event_line(id, truth, true);
        line.extend(own_marking(event.tlp()));
        if let Some(before) = self.answered_in.get(&id) {
            let words = format!(" What the claims say about it is in scene {before}.");
            line.push(quiet(&words));
            self.blocks.push(HandoutBlock::Paragraph(line));
            return;
        }
        let verdicts = cited_verdicts(self.timeline(), id, VALUES);
        if verdicts.is_empty() {
            let sources = event.sources().iter();
            let cited = sources.map(|&source| vec![self.cite(source)]).collect();
            line.push(plain(" "));
            line.extend(join(cited, " "));
            self.blocks.push(HandoutBlock::Paragraph(line));
            return;
        }
        self.blocks.push(HandoutBlock::Paragraph(line));
        let rows = verdicts.into_iter().map(|verdict| {
            let lines = verdict.lines.into_iter().map(|line| self.cited_line(line));
            (verdict.label, lines.collect())
        });
        let rows = rows.collect();
        self.blocks.push(HandoutBlock::Verdict(rows));
        self.described.insert(id);
        self.answered_in.insert(id, number);
    }

    fn cited_line(&mut self, line: CitedLine) -> Vec<TextRun> {
        let mut runs = line.text;
        for source in line.sources {
            let cited = self.cite(source);
            runs.extend([plain(" "), cited]);
        }
        runs.extend(line.others);
        runs
    }

    /// The events of a scene that selects none, if they are few.
    fn listed(&mut self, shown: &[(EventId, Truth)]) {
        let lead = vec![quiet(&count(shown.len(), "event"))];
        let items = shown.iter().take(LISTED);
        let items = items.map(|&(id, truth)| self.event_line(id, truth, false));
        let items: Vec<Vec<TextRun>> = items.collect();
        self.blocks.push(if shown.len() > LISTED {
            HandoutBlock::Paragraph(lead)
        } else {
            HandoutBlock::List(lead, items)
        });
    }

    /// The questions without a full answer that are about events of the scenes, or about none.
    fn still_open(&self, options: &ExportOptions<'_>) -> Vec<&'t Question> {
        let scenes = crate::document::briefing::scenes_for(self.timeline(), options.audience);
        let events = scenes.iter().flat_map(|scene| self.events_in(scene).shown);
        let events: BTreeSet<EventId> = events.map(|(id, _)| id).collect();
        let mut asked = self.about_these();
        asked.retain(|question| {
            let mut about = question.events.iter();
            question.status != QuestionStatus::Answered
                && (question.events.is_empty() || about.any(|id| events.contains(id)))
        });
        asked
    }
}
