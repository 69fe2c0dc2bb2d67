//! Views, scenes and questions.

use super::super::draft::{DraftQuestion, DraftScene, DraftView, LocatedText};
use super::super::story::{Question, Scene, View};
use super::super::term::{Grouping, QuestionStatus};
use super::builder::TimelineBuilder;
use super::values::{text, texts, value};

impl TimelineBuilder {
    /// Stores the event that is selected first.
    pub fn start_at(&mut self, start: Option<&LocatedText>) {
        self.timeline.head.start = start.and_then(|id| self.find(&id.value));
    }

    pub fn add_story(
        &mut self,
        views: &[DraftView],
        scenes: &[DraftScene],
        questions: &[DraftQuestion],
    ) {
        self.timeline.views = views
            .iter()
            .map(|view| View {
                key: view.id.value.to_string(),
                title: text(view.title.as_ref()).unwrap_or_else(|| view.id.value.to_string()),
                filter: text(view.filter.as_ref()),
                group: text(view.group.as_ref()).and_then(|word| Grouping::parse(&word)),
                sort: text(view.sort.as_ref()),
                tlp: value(view.tlp.as_ref()),
            })
            .collect();
        self.timeline.scenes = scenes.iter().map(|scene| self.scene(scene)).collect();
        self.timeline.questions = questions
            .iter()
            .map(|question| Question {
                text: text(question.text.as_ref()).unwrap_or_default(),
                status: value(question.status.as_ref()).unwrap_or(QuestionStatus::Open),
                events: question
                    .events
                    .iter()
                    .filter_map(|id| self.find(&id.value))
                    .collect(),
                settles: text(question.settles.as_ref()),
                tlp: value(question.tlp.as_ref()),
            })
            .collect();
    }

    fn scene(&self, scene: &DraftScene) -> Scene {
        Scene {
            title: text(scene.title.as_ref()).unwrap_or_default(),
            view: text(scene.view.as_ref()),
            select: scene.select.as_ref().and_then(|id| self.find(&id.value)),
            say: text(scene.say.as_ref()),
            notes: text(scene.notes.as_ref()),
            seconds: value(scene.seconds.as_ref()),
            audience: texts(&scene.audience),
            axis: value(scene.axis.as_ref()).unwrap_or_default(),
            reveal: texts(&scene.reveal),
            tlp: value(scene.tlp.as_ref()),
            account: None,
        }
    }
}
