//! The questions, and what would settle them.

use super::{HandoutBlock, HandoutBuilder, own_marking};
use crate::document::text_run::{join, plain, quiet, run};
use crate::document::{self, PageSubject, Role, TextRun};
use crate::formats::writers::HandoutExtent;
use crate::timeline::Question;
use crate::timeline::term::QuestionStatus;

impl<'t> HandoutBuilder<'t> {
    /// The questions about events of the handout, and those about no event.
    pub(super) fn about_these(&self) -> Vec<&'t Question> {
        let is_about_these = |question: &&Question| {
            question.events.is_empty() || question.events.iter().any(|id| self.events.contains(id))
        };
        let questions = self.timeline().questions().iter();
        questions.filter(is_about_these).collect()
    }

    /// A section of questions; nothing if there are none. The first one is where links to questions lead.
    pub(super) fn questions(&mut self, title: &str, asked: Vec<&'t Question>) {
        if asked.is_empty() {
            return;
        }
        let of = self.asked.is_empty().then_some(PageSubject::Questions);
        self.section(title, &asked.len().to_string(), of);
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
        self.asked.extend(asked);
    }

    /// The question, what settles it, and, where those have a part of their own, its events.
    fn question(&self, question: &Question) -> Vec<TextRun> {
        let mut runs = vec![plain(&question.text)];
        runs.extend(own_marking(question.tlp));
        if let Some(settles) = question.settles.as_deref() {
            let settled = document::questions::settled(question.status);
            runs.extend([quiet(" "), quiet(settled), plain(settles)]);
        }
        let events = question.events.iter();
        let events: Vec<Vec<TextRun>> = events.map(|&id| vec![self.writer.event(id)]).collect();
        if !events.is_empty() && self.extent != HandoutExtent::Brief {
            runs.push(quiet(" Events: "));
            runs.extend(join(events, "; "));
        }
        runs
    }
}
