//! The scenes of the briefing: the words that were said, and the events that were shown.

use super::{HandoutBlock, HandoutBuilder, HandoutHeading, own_marking, some_of};
use crate::date::Truth;
use crate::document::briefing::{duration, in_view, planned, scenes_for};
use crate::document::text_run::{plain, quiet, run, when};
use crate::document::{Role, TextRun, count};
use crate::formats::writers::ExportOptions;
use crate::query::Matches;
use crate::timeline::{EventId, Scene};

impl HandoutBuilder<'_> {
    /// The scenes for the audience; nothing if there are none.
    pub(super) fn scenes(&mut self, options: &ExportOptions<'_>) {
        let timeline = self.timeline();
        let scenes = scenes_for(timeline, options.audience);
        if scenes.is_empty() {
            return;
        }
        let all = timeline.scenes().len();
        self.section("Briefing", &some_of(scenes.len(), all, "scene"), None);
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
        let mut views: Vec<(&str, usize)> = Vec::new();
        for (scene, number) in scenes.into_iter().zip(1..) {
            self.scene(scene, number, options.notes);
            let view = scene.view.as_deref().unwrap_or_default();
            let before = views.iter().find(|(known, _)| *known == view);
            self.events_of(scene, before.map(|(_, number)| *number));
            if before.is_none() && !view.is_empty() {
                views.push((view, number));
            }
        }
    }

    fn scene(&mut self, scene: &Scene, number: usize, notes: bool) {
        let time = scene.seconds.map(duration);
        let time = time.map_or_else(String::new, |time| format!(", {time}"));
        let mark = vec![quiet(&format!("Scene {number}{time}"))];
        let title = if scene.title.trim().is_empty() {
            "(untitled scene)"
        } else {
            &scene.title
        };
        let mut text = vec![run(Role::Heading, title)];
        text.extend(own_marking(scene.tlp));
        self.blocks.push(HandoutBlock::Heading(HandoutHeading {
            mark,
            text,
            of: None,
        }));
        let say = scene.say.as_deref().filter(|say| !say.trim().is_empty());
        self.blocks
            .extend(say.map(|say| HandoutBlock::Said(plain(say))));
        if let Some(notes) = scene.notes.as_deref().filter(|_| notes) {
            let paragraphs = notes.split("\n\n").filter(|it| !it.trim().is_empty());
            let paragraphs = paragraphs.map(|it| plain(it.trim())).collect();
            self.blocks.push(HandoutBlock::Notes(paragraphs));
        }
    }

    /// The events of the handout that the scene shows: the selected one first, then those of its view. The events of a
    /// view that an earlier scene has listed are not listed again.
    fn events_of(&mut self, scene: &Scene, listed_in: Option<usize>) {
        let in_view = in_view(self.timeline(), scene);
        let mut events: Vec<(EventId, Truth)> = Vec::new();
        events.extend(scene.select.map(|id| (id, Truth::Yes)));
        for (id, truth) in in_view.iter().flat_map(Matches::events) {
            if scene.select != Some(id) {
                events.push((id, truth));
            }
        }
        let all = events.len();
        events.retain(|(id, _)| self.events.contains(id));
        if events.is_empty() {
            let words = match all {
                0 => return,
                1 => "Its event is not in this handout.".to_owned(),
                _ => format!("None of its {all} events is in this handout."),
            };
            self.blocks
                .push(HandoutBlock::Paragraph(vec![quiet(&words)]));
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

    fn event_line(&self, id: EventId, truth: Truth, is_selected: bool) -> Vec<TextRun> {
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
