//! A timeline for promoted rows, and what the outside answers about files that are written.

use dateline::app::model::Model;
use dateline::app::reload::FileFingerprint;
use dateline::app::state::marks::SavedMarks;
use dateline::app::state::promotion::{AddedLines, FileChange, PromotionPlan};
use dateline::app::{self, Effect, Message};
use dateline::diagnostic::{FileId, SourceText};
use dateline::formats::TableOptions;
use dateline::formats::promotion::promote;
use dateline::timeline::{EventId, Timeline};

/// The timeline that is open next to the log.
pub const CASE: &str =
    "[timeline]\ntitle = \"Case\"\n\n[[events]]\ntitle = \"Alert\"\n\n[[scenes]]\ntitle = \"S\"\n";

/// What rows add to the timeline.
pub fn plan(timeline: &Timeline, rows: &[EventId]) -> Result<PromotionPlan, String> {
    let case = SourceText::new("case.toml", CASE);
    let promoted = promote(&case, &TableOptions::default(), timeline, rows)?;
    let added = promoted.added.into_iter().map(|it| AddedLines {
        line: it.line,
        text: it.text,
    });
    Ok(PromotionPlan {
        rows: promoted.events,
        added: added.collect(),
        change: FileChange {
            file: FileId(0),
            name: "case.toml".to_owned(),
            before: CASE.as_bytes().into(),
            after: promoted.text.into_bytes().into(),
        },
    })
}

/// Answers the effects of promotions and marks as the outside does if all goes well. Returns all effects.
pub fn answered(model: &mut Model, effects: Vec<Effect>) -> Vec<Effect> {
    let mut all = Vec::new();
    for effect in effects {
        let message = match &effect {
            Effect::Promote(request) => {
                Some(Message::Promotion(plan(&request.timeline, &request.rows)))
            }
            Effect::WriteFile(write) => Some(Message::Written {
                write: write.clone(),
                outcome: Ok(()),
            }),
            Effect::SaveMarks(_) => Some(Message::MarksSaved(Ok(SavedMarks {
                file: FileId(1),
                fingerprint: FileFingerprint::default(),
            }))),
            _ => None,
        };
        all.push(effect);
        if let Some(message) = message {
            let more = app::run(model, message);
            all.extend(answered(model, more));
        }
    }
    all
}
