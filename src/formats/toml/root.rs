//! The tables of a timeline but its events: the head, sources, entities, views, scenes, questions.

use ::toml::de::DeTable;

use super::Reader;
use super::fields::Fields;
use crate::date::Zone;
use crate::diagnostic::{Diagnostic, NOT_A_TIME_ZONE, OUT_OF_RANGE, UNKNOWN_FORMAT, UNKNOWN_WORD};
use crate::timeline::draft::{
    At, DraftEntity, DraftHead, DraftQuestion, DraftScene, DraftSource, DraftView, Words,
};
use crate::timeline::term::LAYERS;

/// The longest scene, in minutes.
const DAY: f64 = 24.0 * 60.0;

impl Reader<'_> {
    /// Adds a tree to the draft.
    pub(super) fn walk(&mut self, tree: DeTable<'_>) {
        let mut root = Fields::new("a timeline", self.place(0..0), tree);
        self.format(&mut root);
        self.head(&mut root);
        for (id, table) in root.named_tables(self, "sources", "a source") {
            let source = self.draft_source(id, table);
            self.reading.draft.sources.push(source);
        }
        for (id, table) in root.named_tables(self, "entities", "an entity") {
            let entity = self.draft_entity(id, table);
            self.reading.draft.entities.push(entity);
        }
        for table in root.tables(self, "events", "an event") {
            let event = self.event(table);
            self.reading.draft.events.push(event);
        }
        for (id, table) in root.named_tables(self, "views", "a view") {
            let view = self.draft_view(id, table);
            self.reading.draft.views.push(view);
        }
        for table in root.tables(self, "scenes", "a scene") {
            let scene = self.scene(table);
            self.reading.draft.scenes.push(scene);
        }
        for table in root.tables(self, "questions", "a question") {
            let question = self.question(table);
            self.reading.draft.questions.push(question);
        }
        for (key, value) in root.rest() {
            self.lose_claims(key.get_ref(), value.get_ref());
        }
        // What stands outside of `[timeline]` and marks something marks the file.
        root.finish(self).mark_file(&mut self.reading.draft.head);
    }

    fn format(&mut self, root: &mut Fields<'_>) {
        let Some(value) = root.take("format") else {
            return;
        };
        let Some(format) = self.decode::<i64>(value, "format", "the number 1") else {
            return;
        };
        if format.value != 1 {
            let message = format!("this is format {}", format.value);
            let finding = Diagnostic::new(&UNKNOWN_FORMAT, format.place, message)
                .label("expected 1")
                .help("write `format = 1`, or open the file with the dateline it was written for");
            self.tell(finding);
        }
    }

    fn head(&mut self, root: &mut Fields<'_>) {
        let Some(value) = root.take("timeline") else {
            return;
        };
        let Some(mut table) = self.table(value, "timeline", "the timeline's head") else {
            return;
        };
        self.reading.heads.push(table.place);
        let mut head = DraftHead {
            title: table.text(self, "title"),
            summary: table.text(self, "summary"),
            tlp: table.marking(self),
            tlp_unread: false,
            banner: table.text(self, "banner"),
            yardstick: table.word(self, "yardstick"),
            zone: self.zone(&mut table),
        };
        table.finish(self).mark_file(&mut head);
        join_heads(&mut self.reading.draft.head, head);
    }

    fn zone(&mut self, head: &mut Fields<'_>) -> Option<Zone> {
        let words = head.text(self, "zone")?;
        let zone = words.value.parse().ok();
        if zone.is_none() {
            let message = format!("`{}` is not a time zone", words.value);
            let finding = Diagnostic::new(&NOT_A_TIME_ZONE, words.place, message)
                .label("expected an offset such as `+01:00`, or a place such as `Europe/London`");
            self.tell(finding);
        }
        zone
    }

    fn draft_source(&mut self, id: Words, mut table: Fields<'_>) -> DraftSource {
        let mut source = DraftSource {
            id,
            title: table.text(self, "title"),
            publisher: table.text(self, "publisher"),
            published: table.date(self, "published"),
            day_unread: false,
            url: table.text(self, "url"),
            retrieved: table.date(self, "retrieved"),
            derives_from: table.texts(self, "derives-from"),
            reliability: table.word(self, "reliability"),
            standing: table.word(self, "standing"),
            note: table.text(self, "note"),
            tlp: table.marking(self),
        };
        let unread = table.finish(self);
        unread.mark(&mut source.tlp);
        source.day_unread = unread.has(&["published"]);
        source
    }

    fn draft_entity(&mut self, id: Words, mut table: Fields<'_>) -> DraftEntity {
        let mut entity = DraftEntity {
            id,
            name: table.text(self, "name"),
            kind: table.word(self, "kind"),
            aliases: table.texts(self, "aliases"),
            attack: table.text(self, "attack"),
            note: table.text(self, "note"),
            tlp: table.marking(self),
        };
        table.finish(self).mark(&mut entity.tlp);
        entity
    }

    fn draft_view(&mut self, id: Words, mut table: Fields<'_>) -> DraftView {
        let mut view = DraftView {
            id,
            title: table.text(self, "title"),
            filter: table.text(self, "filter"),
            group: table.text(self, "group"),
            sort: table.text(self, "sort"),
            tlp: None,
        };
        table.finish(self).mark(&mut view.tlp);
        view
    }

    fn scene(&mut self, mut table: Fields<'_>) -> DraftScene {
        let mut scene = DraftScene {
            place: table.place,
            title: table.text(self, "title"),
            view: table.text(self, "view"),
            select: table.text(self, "select"),
            say: table.text(self, "say"),
            notes: table.text(self, "notes"),
            seconds: self.seconds(&mut table),
            audience: table.text_or_texts(self, "audience"),
            reveal: self.reveal(&mut table),
            tlp: table.marking(self),
        };
        table.finish(self).mark(&mut scene.tlp);
        scene
    }

    /// `minutes`, whole or in parts, as seconds.
    fn seconds(&mut self, table: &mut Fields<'_>) -> Option<At<u32>> {
        let value = table.take("minutes")?;
        let minutes: At<f64> = self.decode(value, "minutes", "a number of minutes")?;
        if !(minutes.value > 0.0 && minutes.value <= DAY) {
            let raw = self.raw(minutes.place);
            let finding = Diagnostic::new(
                &OUT_OF_RANGE,
                minutes.place,
                format!("a scene cannot take {raw} minutes"),
            )
            .label("expected more than 0 and at most 1440")
            .help("write how long the scene is meant to take, or delete the line");
            self.tell(finding);
            return None;
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it is more than zero and at most a day"
        )]
        let seconds = (minutes.value * 60.0).round() as u32;
        Some(At::new(seconds, minutes.place))
    }

    fn reveal(&mut self, table: &mut Fields<'_>) -> Vec<Words> {
        let mut layers = table.text_or_texts(self, "reveal");
        layers.retain(|layer| {
            let known = LAYERS.contains(&layer.value.as_str());
            if !known {
                let message = format!("`{}` is not a layer of an event", layer.value);
                let finding = Diagnostic::new(&UNKNOWN_WORD, layer.place, message)
                    .label(format!("expected {}", super::vocabulary::listed(LAYERS)))
                    .did_you_mean(super::vocabulary::meant(&layer.value, LAYERS));
                self.tell(finding);
            }
            known
        });
        layers
    }

    fn question(&mut self, mut table: Fields<'_>) -> DraftQuestion {
        let mut question = DraftQuestion {
            place: table.place,
            text: table.text(self, "text"),
            status: table.word(self, "status"),
            events: table.texts(self, "events"),
            settles: table.text(self, "settles"),
            tlp: table.marking(self),
        };
        table.tell_of_missing(self, "text", "say what is asked");
        table.finish(self).mark(&mut question.tlp);
        question
    }
}

/// Adds a head that stands later: what stands first stays.
pub(super) fn join_heads(head: &mut DraftHead, later: DraftHead) {
    head.title = head.title.take().or(later.title);
    head.summary = head.summary.take().or(later.summary);
    head.banner = head.banner.take().or(later.banner);
    head.yardstick = head.yardstick.take().or(later.yardstick);
    head.zone = head.zone.take().or(later.zone);
    head.tlp_unread |= later.tlp_unread;
    // Of files that are opened together, the narrowest audience is the audience of all.
    let tlp = head.tlp.take().into_iter().chain(later.tlp);
    head.tlp = tlp.reduce(|first, next| {
        if next.value > first.value {
            next
        } else {
            first
        }
    });
}
