//! The keys of `[[events]]`, of their links and of their claims.

use ::toml::de::DeValue;

use super::file_key::{IdSpace, KeyContent, ValueShape};
use super::given::{GivenKey, GivenTable};
use super::row::{KeyRow, TableRows, word};
use crate::diagnostic::{MISSING_KEY, MISSING_TITLE};
use crate::formats::toml::closed_words::{ClosedWord, WordList};
use crate::formats::toml::fail_closed::UnreadKeys;
use crate::formats::toml::key_names::{CLAIMS, DISCLOSED, ID, SAID, SOURCE, SOURCES, TITLE, WHEN};
use crate::formats::toml::reader::TomlReader;
use crate::timeline::draft::{DraftClaim, DraftEvent, DraftLink, Located, LocatedText};
use crate::timeline::likelihood::Yardstick;
use crate::timeline::term::{Aspect, Confidence, LinkKind, Stance};

type EventKey = KeyRow<DraftEvent>;
type LinkKey = KeyRow<LinkParts>;
type ClaimKey = KeyRow<DraftClaim>;

pub(super) static EVENT: TableRows<DraftEvent> = TableRows {
    heading: "[[events]]",
    name: "an event",
    head: None,
    rows: &[
        EventKey::text(ID, |event| &mut event.id)
            .content(KeyContent::OwnId(IdSpace::Event))
            .summary("the name by which scenes, links and questions refer to it")
            .example("\"commission-compromise\""),
        EventKey::date(WHEN, |event| &mut event.when)
            .summary("when it happened, as exactly as is known")
            .example("\"2021-08/2022-10\""),
        EventKey::text(TITLE, |event| &mut event.title)
            .summary("what happened, in a few words")
            .example("\"Electoral Commission systems compromised\"")
            .required(&MISSING_TITLE, "say in a few words what happened")
            .shown_as("(untitled)"),
        EventKey::text("phase", |event| &mut event.phase)
            .content(KeyContent::Usual(WordList::PHASES))
            .summary("the part of the case that it belongs to")
            .example("\"compromise\""),
        EventKey::text_or_list("lane", |event| &mut event.lanes)
            .summary("the lanes of the chart in which it appears")
            .example("\"Electoral Commission\""),
        EventKey::text_list("actors", |event| &mut event.actors)
            .names(IdSpace::Entity)
            .summary("who acted")
            .example("[\"apt31\"]"),
        EventKey::text_list("targets", |event| &mut event.targets)
            .names(IdSpace::Entity)
            .summary("who was acted upon")
            .example("[\"ncsc\"]"),
        EventKey::text_list("accused", |event| &mut event.accused)
            .names(IdSpace::Entity)
            .summary("who is accused, named, charged or sanctioned by it")
            .example("[\"apt31\"]"),
        EventKey::text_list("addressees", |event| &mut event.addressees)
            .names(IdSpace::Entity)
            .summary("who is informed, warned, summoned, asked or answered by it")
            .example("[\"ncsc\"]"),
        EventKey::text_list("techniques", |event| &mut event.techniques)
            .content(KeyContent::Technique)
            .summary("the ATT&CK techniques that were used")
            .example("[\"T1190\"]"),
        EventKey::text_list("tags", |event| &mut event.tags)
            .summary("words to filter by")
            .example("[\"proxyshell\"]"),
        EventKey::text("summary", |event| &mut event.summary)
            .summary("what happened, in a few sentences")
            .example("\"The intruders read email and the electoral registers.\""),
        EventKey::rare_date("discovered", |event| &mut event.discovered)
            .summary("when someone noticed it")
            .example("\"2022-10\""),
        EventKey::rare_date(DISCLOSED, |event| &mut event.disclosed)
            .summary("when the public learned of it")
            .example("\"2023-08-08\""),
        EventKey::text_list(SOURCES, |event| &mut event.sources)
            .names(IdSpace::Source)
            .summary("the documents that carry the event as a whole")
            .example("[\"fcdo-web\"]"),
        EventKey::custom(
            "links",
            ValueShape::TableList(&LINK),
            |reader, event, given, unread| {
                event.links = reader.links(given, unread);
            },
        )
        .summary("how it relates to other events")
        .example("[{ to = \"first-access\", as = \"caused-by\" }]"),
        EventKey::text_list("after", |event| &mut event.after)
            .names(IdSpace::Event)
            .summary("the events before it, where the dates leave the order open")
            .example("[\"first-access\"]"),
        EventKey::marking(|event| &mut event.tlp)
            .summary("how far the event may be passed on")
            .example("\"GREEN\""),
        EventKey::custom(
            CLAIMS,
            ValueShape::TableList(&CLAIM),
            |reader, event, given, unread| {
                let tables = reader.tables(given, unread);
                event.claims = tables
                    .into_iter()
                    .map(|table| reader.claim(table))
                    .collect();
            },
        )
        .summary("who says what about it"),
    ],
};

/// The parts of a link, while it is read.
#[derive(Debug, Default)]
pub(super) struct LinkParts {
    to: Option<LocatedText>,
    kind: Option<Located<LinkKind>>,
}

pub(super) static LINK: TableRows<LinkParts> = TableRows {
    heading: "links = [{ … }]",
    name: "a link",
    head: None,
    rows: &[
        LinkKey::text("to", |link| &mut link.to)
            .names(IdSpace::Event)
            .summary("the other event")
            .example("\"first-access\"")
            .required(&MISSING_KEY, "name the other event by its id"),
        word!(LinkKey, "as", LinkKind, kind)
            .summary("what the other event is to this one")
            .example("\"caused-by\"")
            .required(
                &MISSING_KEY,
                "say how the two belong together, such as `caused-by`",
            ),
    ],
};

pub(super) static CLAIM: TableRows<DraftClaim> = TableRows {
    heading: "[[events.claims]]",
    name: "a claim",
    head: None,
    rows: &[
        ClaimKey::text(ID, |claim| &mut claim.id)
            .content(KeyContent::OwnId(IdSpace::Claim))
            .summary("the name by which other claims answer it")
            .example("\"ncsc-names\""),
        ClaimKey::text_or_list("answers", |claim| &mut claim.answers)
            .names(IdSpace::Claim)
            .summary("the claims that it disputes, repeats or corrects")
            .example("\"fcdo-names\""),
        ClaimKey::text("by", |claim| &mut claim.by)
            .names(IdSpace::Entity)
            .summary("the speaker")
            .example("\"ncsc\""),
        ClaimKey::text(SOURCE, |claim| &mut claim.source)
            .names(IdSpace::Source)
            .summary("the document that has the claim")
            .example("\"fcdo-web\""),
        ClaimKey::text("at", |claim| &mut claim.at)
            .summary("where in the document")
            .example("\"second paragraph\""),
        ClaimKey::date(SAID, |claim| &mut claim.said)
            .summary("when it was said, if not on the day of the document")
            .example("\"2024-03-25\""),
        word!(ClaimKey, "about", Aspect, about)
            .summary("the aspect of the event")
            .example("\"actor\""),
        ClaimKey::custom(
            "value",
            ValueShape::TextOrDate,
            |reader, claim, given, _| {
                claim.value = reader.claimed_value(given);
            },
        )
        .content(KeyContent::ByAspect)
        .summary("what it says of the aspect: the id of an entity, a date, or words")
        .example("\"apt31\""),
        word!(ClaimKey, "stance", Stance, stance)
            .summary("what the speaker does with the statement")
            .example("\"asserts\""),
        ClaimKey::text("text", |claim| &mut claim.text)
            .summary("the claim in the author's own words")
            .example("\"It was APT31\""),
        ClaimKey::text("words", |claim| &mut claim.words)
            .summary("the speaker's exact words of likelihood")
            .example("\"highly likely\""),
        ClaimKey::text("likelihood", |claim| &mut claim.likelihood)
            .content(KeyContent::YardstickTerm)
            .summary("the term on the speaker's yardstick")
            .example("\"highly likely\""),
        word!(ClaimKey, "yardstick", Yardstick, yardstick)
            .summary("the speaker's yardstick, if it is not the file's")
            .example("\"phia\""),
        ClaimKey::word("confidence", Confidence::LIST, |reader, claim, given, _| {
            claim.confidence = reader.confidence(given.value, given.key.name);
        })
        .summary("how sound the grounds are, in the speaker's view")
        .example("\"high\""),
        ClaimKey::marking(|claim| &mut claim.tlp)
            .summary("how far the claim may be passed on")
            .example("\"GREEN\""),
    ],
};

impl TomlReader<'_> {
    pub(super) fn event(&mut self, table: GivenTable<'_>) -> DraftEvent {
        let mut event = DraftEvent {
            place: table.place,
            ..DraftEvent::default()
        };
        let unread = self.read_table(&EVENT, table, &mut event);
        unread.mark(&mut event.tlp);
        let has_none = event.sources.is_empty() && event.claims.is_empty();
        event.day_unread = unread.has(&[DISCLOSED]) || (has_none && unread.has(&[SOURCES, CLAIMS]));
        event
    }

    /// The links of an event. A key of a link that could not be read counts as one of the event.
    fn links(&mut self, given: GivenKey<'_>, unread: &mut UnreadKeys) -> Vec<DraftLink> {
        let mut links = Vec::new();
        for table in self.tables(given, unread) {
            let mut link = LinkParts::default();
            unread.append(self.read_table(&LINK, table, &mut link));
            if let (Some(to), Some(kind)) = (link.to, link.kind) {
                links.push(DraftLink { to, kind });
            }
        }
        links
    }

    fn claim(&mut self, table: GivenTable<'_>) -> DraftClaim {
        let mut claim = DraftClaim {
            place: table.place,
            ..DraftClaim::default()
        };
        let unread = self.read_table(&CLAIM, table, &mut claim);
        unread.mark(&mut claim.tlp);
        claim.day_unread = unread.has(&[SAID, SOURCE]);
        claim
    }

    /// A text, or a date as TOML writes it.
    fn claimed_value(&mut self, given: GivenKey<'_>) -> Option<LocatedText> {
        if matches!(
            given.value.get_ref(),
            DeValue::Datetime(_) | DeValue::Integer(_)
        ) {
            return Some(Located::new(self.raw(given.place).into(), given.place));
        }
        self.text(given.value, given.key.name)
    }
}
