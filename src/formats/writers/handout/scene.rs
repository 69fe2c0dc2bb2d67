//! The scenes of the briefing: the words that were said, and the events that were shown.

use super::{HandoutBlock, HandoutBuilder, HandoutHeading, own_marking, paragraphs, some_of};
use crate::date::Truth;
use crate::document::briefing::{duration, in_view, planned, scenes_for};
use crate::document::text_run::{plain, quiet, run, when};
use crate::document::{Role, TextRun, count};
use crate::formats::writers::{ExportOptions, HandoutExtent};
use crate::query::Matches;
use crate::timeline::{EventId, Scene};

/// The events of a scene that are in the handout.
pub(super) struct SceneEvents {
    /// The selected one first, then those of the view.
    pub shown: Vec<(EventId, Truth)>,
    /// How many there are in the file.
    pub all: usize,
}

impl<'t> HandoutBuilder<'t> {
    /// The scenes for the audience, numbered as in the room; nothing if there are none.
    pub(super) fn scenes(&mut self, options: &ExportOptions<'_>) {
        let timeline = self.timeline();
        let scenes = scenes_for(timeline, options.audience);
        if scenes.is_empty() {
            return;
        }
        let is_full = options.extent == HandoutExtent::Full;
        let all = timeline.scenes().len();
        let number = some_of(scenes.len(), all, "scene");
        if !is_full {
            let audience = options.audience.map(|name| format!(", for {name}"));
            let remark = number + audience.as_deref().unwrap_or_default();
            self.section("Briefing", &remark, None);
            let words = "⚑ marks an aspect on which claims differ; a figure in brackets is the number of a source.";
            self.blocks
                .push(HandoutBlock::Paragraph(vec![quiet(words)]));
            self.brief_scenes(&scenes, options.notes);
            return;
        }
        self.section("Briefing", &number, None);
        let mut runs = Vec::new();
        if let Some(audience) = options.audience {
            runs.extend([plain("For "), run(Role::Label, audience), plain(". ")]);
        }
        if let Some(time) = planned(&scenes).words() {
            runs.push(plain(&format!("Planned: {time}.")));
        }
        if !runs.is_empty() {
            self.blocks.push(HandoutBlock::Paragraph(runs));
        }
        self.full_scenes(&scenes, options.notes);
    }

    fn full_scenes(&mut self, scenes: &[&'t Scene], notes: bool) {
        let mut views: Vec<(&str, usize)> = Vec::new();
        for (&scene, number) in scenes.iter().zip(1..) {
            let time = scene.seconds.map(duration);
            let time = time.map_or_else(String::new, |time| format!(", {time}"));
            self.scene_heading(scene, &format!("Scene {number}{time}"));
            self.scene_words(scene, notes);
            let view = scene.view.as_deref().unwrap_or_default();
            let before = views.iter().find(|(known, _)| *known == view);
            self.events_of(scene, before.map(|(_, number)| *number));
            if before.is_none() && !view.is_empty() {
                views.push((view, number));
            }
        }
    }

    pub(super) fn scene_heading(&mut self, scene: &Scene, mark: &str) {
        let title = if scene.title.trim().is_empty() {
            "(untitled scene)"
        } else {
            &scene.title
        };
        let mut text = vec![run(Role::Heading, title)];
        text.extend(own_marking(scene.tlp));
        self.blocks.push(HandoutBlock::Heading(HandoutHeading {
            mark: vec![quiet(mark)],
            text,
            of: None,
            is_on_one_page: self.extent != HandoutExtent::Full,
        }));
    }

    /// What was said, and the notes on request.
    pub(super) fn scene_words(&mut self, scene: &Scene, notes: bool) {
        let say = scene.say.as_deref().filter(|say| !say.trim().is_empty());
        self.blocks
            .extend(say.map(|say| HandoutBlock::Said(plain(say))));
        if let Some(notes) = scene.notes.as_deref().filter(|_| notes) {
            self.blocks.push(HandoutBlock::Notes(paragraphs(notes)));
        }
    }

    /// The events that a scene shows.
    pub(super) fn events_in(&self, scene: &Scene) -> SceneEvents {
        let in_view = in_view(self.timeline(), scene);
        let mut shown: Vec<(EventId, Truth)> = Vec::new();
        shown.extend(scene.select.map(|id| (id, Truth::Yes)));
        for (id, truth) in in_view.iter().flat_map(Matches::events) {
            if scene.select != Some(id) {
                shown.push((id, truth));
            }
        }
        let all = shown.len();
        shown.retain(|(id, _)| self.events.contains(id));
        SceneEvents { shown, all }
    }

    /// Says that none of the events of a scene is in the handout, if it has any.
    pub(super) fn no_events(&mut self, all: usize) {
        let words = match all {
            0 => return,
            1 => "Its event is not in this handout.".to_owned(),
            _ => format!("None of its {all} events is in this handout."),
        };
        self.blocks
            .push(HandoutBlock::Paragraph(vec![quiet(&words)]));
    }

    /// The events of the handout that the scene shows: the selected one first, then those of its view. The events of a
    /// view that an earlier scene has listed are not listed again.
    fn events_of(&mut self, scene: &Scene, listed_in: Option<usize>) {
        let SceneEvents {
            shown: mut events,
            all,
        } = self.events_in(scene);
        if events.is_empty() {
            self.no_events(all);
            return;
        }
        let mut lead = match all - events.len() {
            0 => count(all, "event"),
            left_out => format!(
                "{} of {} ({left_out} not in this handout)",
                events.len(),
                count(all, "event")
            ),
        };
        let selected = usize::from(scene.select.is_some_and(|id| self.events.contains(&id)));
        if let Some(number) = listed_in.filter(|_| events.len() > selected) {
            lead = format!("{lead}, as in scene {number}");
            if selected == 0 {
                let words = format!("{lead}.");
                self.blocks
                    .push(HandoutBlock::Paragraph(vec![quiet(&words)]));
                return;
            }
            lead.push_str("; selected");
            events.truncate(selected);
        }
        let items: Vec<Vec<TextRun>> = events
            .into_iter()
            .map(|(id, truth)| self.event_line(id, truth, scene.select == Some(id)))
            .collect();
        self.blocks
            .push(HandoutBlock::List(vec![quiet(&lead)], items));
    }

    pub(super) fn event_line(&self, id: EventId, truth: Truth, is_selected: bool) -> Vec<TextRun> {
        let mut runs = vec![when(self.timeline().event(id)), quiet(": ")];
        let title = self.writer.event(id);
        runs.push(if is_selected {
            TextRun {
                role: Role::Selected,
                ..title
            }
        } else {
            title
        });
        if truth == Truth::Possibly {
            runs.push(quiet(" (possibly)"));
        }
        runs
    }
}
