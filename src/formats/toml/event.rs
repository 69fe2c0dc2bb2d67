//! Events, with their links and claims.

use ::toml::de::DeValue;

use super::Reader;
use super::fields::Fields;
use super::unread::Unread;
use crate::diagnostic::{Diagnostic, MISSING_TITLE};
use crate::timeline::draft::{At, DraftClaim, DraftEvent, DraftLink, Words};

impl Reader<'_> {
    pub(super) fn event(&mut self, mut table: Fields<'_>) -> DraftEvent {
        let mut unread = Unread::default();
        let mut event = DraftEvent {
            place: table.place,
            id: table.text(self, "id"),
            when: table.date(self, "when"),
            title: table.text(self, "title"),
            phase: table.text(self, "phase"),
            lanes: table.text_or_texts(self, "lane"),
            actors: table.texts(self, "actors"),
            targets: table.texts(self, "targets"),
            accused: table.texts(self, "accused"),
            addressees: table.texts(self, "addressees"),
            techniques: table.texts(self, "techniques"),
            tags: table.texts(self, "tags"),
            summary: table.text(self, "summary"),
            discovered: table.date(self, "discovered").map(Box::new),
            disclosed: table.date(self, "disclosed").map(Box::new),
            day_unread: false,
            sources: table.texts(self, "sources"),
            links: self.links(&mut table, &mut unread),
            after: table.texts(self, "after"),
            tlp: table.marking(self),
            claims: self.claims(&mut table),
        };
        if !table.was_given("title") && !table.is_doubtful(self, "title") {
            let finding = Diagnostic::new(&MISSING_TITLE, table.place, "an event lacks `title`")
                .label("expected `title`; shown as `(untitled)`")
                .help("say in a few words what happened");
            self.tell(finding);
        }
        let of_event = table.finish(self);
        unread.mark(&mut event.tlp);
        of_event.mark(&mut event.tlp);
        let has_none = event.sources.is_empty() && event.claims.is_empty();
        event.day_unread =
            of_event.has(&["disclosed"]) || (has_none && of_event.has(&["sources", "claims"]));
        event
    }

    /// The links of an event. What cannot be read in one is not read of the event.
    fn links(&mut self, event: &mut Fields<'_>, unread: &mut Unread) -> Vec<DraftLink> {
        let tables = event.tables(self, "links", "a link");
        tables
            .into_iter()
            .filter_map(|table| self.link(table, unread))
            .collect()
    }

    fn link(&mut self, mut table: Fields<'_>, unread: &mut Unread) -> Option<DraftLink> {
        let to = table.text(self, "to");
        let kind = table.word(self, "as");
        table.tell_of_missing(self, "to", "name the other event by its id");
        table.tell_of_missing(
            self,
            "as",
            "say how the two belong together, such as `caused-by`",
        );
        unread.append(table.finish(self));
        Some(DraftLink {
            to: to?,
            kind: kind?,
        })
    }

    fn claims(&mut self, event: &mut Fields<'_>) -> Vec<DraftClaim> {
        let tables = event.tables(self, "claims", "a claim");
        tables.into_iter().map(|table| self.claim(table)).collect()
    }

    fn claim(&mut self, mut table: Fields<'_>) -> DraftClaim {
        let mut claim = DraftClaim {
            place: table.place,
            id: table.text(self, "id"),
            answers: table.text_or_texts(self, "answers"),
            by: table.text(self, "by"),
            source: table.text(self, "source"),
            at: table.text(self, "at"),
            said: table.date(self, "said"),
            day_unread: false,
            about: table.word(self, "about"),
            value: self.claimed_value(&mut table),
            stance: table.word(self, "stance"),
            text: table.text(self, "text"),
            words: table.text(self, "words"),
            likelihood: table.text(self, "likelihood"),
            yardstick: table.word(self, "yardstick"),
            confidence: table.word(self, "confidence"),
            tlp: table.marking(self),
        };
        let unread = table.finish(self);
        unread.mark(&mut claim.tlp);
        claim.day_unread = unread.has(&["said", "source"]);
        claim
    }

    /// `value`: text, or a date as TOML writes it.
    fn claimed_value(&mut self, table: &mut Fields<'_>) -> Option<Words> {
        let value = table.take("value")?;
        if matches!(value.get_ref(), DeValue::Datetime(_) | DeValue::Integer(_)) {
            let place = self.place(value.span());
            return Some(At::new(self.raw(place).into(), place));
        }
        self.text(value, "value")
    }
}
