//! The keys of a briefing: `[[scenes]]` and `[[questions]]`.

use super::file_key::{IdSpace, KeyContent, ValueShape};
use super::given::{GivenKey, GivenTable};
use super::row::{KeyRow, TableRows, word};
use crate::diagnostic::{Diagnostic, MISSING_KEY, OUT_OF_RANGE};
use crate::formats::toml::closed_words::{ClosedWord, WordList};
use crate::formats::toml::key_names::TITLE;
use crate::formats::toml::reader::TomlReader;
use crate::timeline::draft::{DraftQuestion, DraftScene, Located, LocatedText};
use crate::timeline::term::{QuestionStatus, SceneAxis};

type SceneKey = KeyRow<DraftScene>;
type QuestionKey = KeyRow<DraftQuestion>;

/// The longest scene, in minutes.
pub(in crate::formats) const LONGEST_SCENE: f64 = 24.0 * 60.0;

pub(super) static SCENE: TableRows<DraftScene> = TableRows {
    heading: "[[scenes]]",
    name: "a scene",
    head: None,
    rows: &[
        SceneKey::text(TITLE, |scene| &mut scene.title)
            .summary("its title on the screen")
            .example("\"Two campaigns, not one\""),
        SceneKey::text("view", |scene| &mut scene.view)
            .names(IdSpace::View)
            .summary("the view that it shows")
            .example("\"attribution\""),
        SceneKey::text("select", |scene| &mut scene.select)
            .names(IdSpace::Event)
            .summary("the event that it selects")
            .example("\"commission-compromise\""),
        SceneKey::text("say", |scene| &mut scene.say)
            .summary("what the room reads, one or two lines on the screen")
            .example("\"Two states, two campaigns, one week.\""),
        SceneKey::text("notes", |scene| &mut scene.notes)
            .summary("notes for the briefer alone")
            .example("\"Pause here for questions\""),
        SceneKey::custom("minutes", ValueShape::Minutes, |reader, scene, given, _| {
            scene.seconds = reader.minutes(given);
        })
        .summary("how long it is meant to take")
        .example("2.5"),
        SceneKey::text_or_list("audience", |scene| &mut scene.audience)
            .summary("the audiences that it is for; everyone if there are none")
            .example("[\"ministers\", \"technical\"]"),
        word!(SceneKey, "axis", SceneAxis, axis)
            .summary("the time on its axis: that of its events (`fit`, the default) or of the timeline (`whole`)")
            .example("\"whole\""),
        SceneKey::custom(
            "reveal",
            ValueShape::TextOrList,
            |reader, scene, given, _| {
                scene.reveal = reader.layers(given);
            },
        )
        .content(KeyContent::Closed(WordList::LAYERS))
        .summary("the parts of the event that appear one key press after the other")
        .example("[\"claims\", \"sources\"]"),
        SceneKey::marking(|scene| &mut scene.tlp)
            .summary("how far the scene may be passed on")
            .example("\"AMBER\""),
    ],
};

pub(super) static QUESTION: TableRows<DraftQuestion> = TableRows {
    heading: "[[questions]]",
    name: "a question",
    head: None,
    rows: &[
        QuestionKey::text("text", |question| &mut question.text)
            .summary("the question")
            .example("\"Who found the reconnaissance first?\"")
            .required(&MISSING_KEY, "say what is asked"),
        word!(QuestionKey, "status", QuestionStatus, status)
            .summary("whether it is answered")
            .example("\"open\""),
        QuestionKey::text_list("events", |question| &mut question.events)
            .names(IdSpace::Event)
            .summary("the events that it is about")
            .example("[\"commission-compromise\"]"),
        QuestionKey::text("settles", |question| &mut question.settles)
            .summary("what would answer it")
            .example("\"A statement by the NCSC\""),
        QuestionKey::marking(|question| &mut question.tlp)
            .summary("how far the question may be passed on")
            .example("\"CLEAR\""),
    ],
};

impl TomlReader<'_> {
    pub(super) fn scene(&mut self, table: GivenTable<'_>) -> DraftScene {
        let mut scene = DraftScene {
            place: table.place,
            ..DraftScene::default()
        };
        self.read_table(&SCENE, table, &mut scene)
            .mark(&mut scene.tlp);
        scene
    }

    pub(super) fn question(&mut self, table: GivenTable<'_>) -> DraftQuestion {
        let mut question = DraftQuestion {
            place: table.place,
            ..DraftQuestion::default()
        };
        self.read_table(&QUESTION, table, &mut question)
            .mark(&mut question.tlp);
        question
    }

    /// A number of minutes as seconds.
    fn minutes(&mut self, given: GivenKey<'_>) -> Option<Located<u32>> {
        let minutes: Located<f64> = self.decode(given)?;
        if !(minutes.value > 0.0 && minutes.value <= LONGEST_SCENE) {
            let raw = self.raw(minutes.place);
            let message = format!("a scene cannot take {raw} minutes");
            let finding = Diagnostic::new(&OUT_OF_RANGE, minutes.place, message)
                .label("expected more than 0 and at most 1440")
                .help("write how long the scene is meant to take, or delete the line");
            self.report(finding);
            return None;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it is more than zero and at most a day"
        )]
        let seconds = (minutes.value * 60.0).round() as u32;
        Some(Located::new(seconds, minutes.place))
    }

    fn layers(&mut self, given: GivenKey<'_>) -> Vec<LocatedText> {
        let known = WordList::LAYERS;
        let mut layers = self.text_or_texts(given.value, given.key.name);
        layers.retain(|layer| {
            let is_known = known.words().contains(&layer.value.as_str());
            if !is_known {
                let message = format!("`{}` is not {}", layer.value, known.name);
                self.report_unknown_word(layer, message, &known.words());
            }
            is_known
        });
        layers
    }
}
