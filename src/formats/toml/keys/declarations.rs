//! The keys of what events refer to: `[timeline]`, `[sources.ID]`, `[entities.ID]` and `[views.ID]`.

use super::file_key::{IdSpace, KeyContent, ValueShape};
use super::given::{GivenKey, GivenTable};
use super::row::{KeyRow, TableRows, word};
use crate::date::Zone;
use crate::diagnostic::{Diagnostic, NOT_A_TIME_ZONE};
use crate::formats::toml::closed_words::ClosedWord;
use crate::formats::toml::key_names::{NAME, NOTE, PUBLISHED, TITLE};
use crate::formats::toml::reader::TomlReader;
use crate::timeline::draft::{DraftEntity, DraftHead, DraftSource, DraftView, LocatedText};
use crate::timeline::likelihood::Yardstick;
use crate::timeline::term::{Clock, EntityKind, Grouping, Reliability, Standing};

type HeadKey = KeyRow<DraftHead>;
type SourceKey = KeyRow<DraftSource>;
type EntityKey = KeyRow<DraftEntity>;
type ViewKey = KeyRow<DraftView>;

pub(super) static HEAD: TableRows<DraftHead> = TableRows {
    heading: "[timeline]",
    name: "the timeline's head",
    head: None,
    rows: &[
        HeadKey::text(TITLE, |head| &mut head.title)
            .summary("the title of the whole")
            .example("\"China state-affiliated activity against UK democratic institutions\""),
        HeadKey::text("summary", |head| &mut head.summary)
            .summary("what it is about, in a few sentences")
            .example("\"Two campaigns, not one.\""),
        HeadKey::marking(|head| &mut head.tlp)
            .summary("how far the file may be passed on")
            .example("\"AMBER\""),
        HeadKey::text("banner", |head| &mut head.banner)
            .summary("words next to the marking on every screen, such as another scheme's marking")
            .example("\"EXERCISE\""),
        word!(HeadKey, "yardstick", Yardstick, yardstick)
            .summary("whose words of likelihood the file uses")
            .example("\"phia\""),
        HeadKey::custom("zone", ValueShape::Text, |reader, head, given, _| {
            head.zone = reader.zone(given);
        })
        .content(KeyContent::TimeZone)
        .summary("the time zone of times that name none")
        .example("\"Europe/London\""),
        HeadKey::text("start", |head| &mut head.start)
            .names(IdSpace::Event)
            .summary("the event that the viewer selects first")
            .example("\"commission-compromise\""),
    ],
};

pub(super) static SOURCE: TableRows<DraftSource> = TableRows {
    heading: "[sources.ID]",
    name: "a source",
    head: None,
    rows: &[
        SourceKey::text(TITLE, |source| &mut source.title)
            .summary("the title of the document")
            .example("\"UK holds China state-affiliated organisations responsible\""),
        SourceKey::text("publisher", |source| &mut source.publisher)
            .summary("who published it")
            .example("\"Foreign, Commonwealth & Development Office\""),
        SourceKey::date(PUBLISHED, |source| &mut source.published)
            .summary("when it was published")
            .example("\"2024-03-25\""),
        SourceKey::text("url", |source| &mut source.url)
            .content(KeyContent::Url)
            .summary("where it is on the web")
            .example("\"https://www.gov.uk/government/news\""),
        SourceKey::date("retrieved", |source| &mut source.retrieved)
            .summary("when the author read it")
            .example("2026-11-22"),
        SourceKey::text_list("derives-from", |source| &mut source.derives_from)
            .names(IdSpace::Source)
            .summary("the documents whose words it repeats")
            .example("[\"fcdo-press\"]"),
        word!(SourceKey, "reliability", Reliability, reliability)
            .summary("its grade on the Admiralty scale; `F` means not judged")
            .example("\"A\""),
        word!(SourceKey, "standing", Standing, standing)
            .summary("how near it is to the words that it carries")
            .example("\"primary\""),
        SourceKey::text(NOTE, |source| &mut source.note)
            .summary("a remark of the author")
            .example("\"The page was changed on the same day\""),
        SourceKey::marking(|source| &mut source.tlp)
            .summary("how far the document may be passed on")
            .example("\"CLEAR\""),
    ],
};

pub(super) static ENTITY: TableRows<DraftEntity> = TableRows {
    heading: "[entities.ID]",
    name: "an entity",
    head: None,
    rows: &[
        EntityKey::text(NAME, |entity| &mut entity.name)
            .summary("its name on the screen")
            .example("\"APT31\""),
        word!(EntityKey, "kind", EntityKind, kind)
            .summary("what it is, in the terms of STIX 2.1")
            .example("\"intrusion-set\""),
        EntityKey::text_list("aliases", |entity| &mut entity.aliases)
            .summary("its other names")
            .example("[\"ZIRCONIUM\", \"Violet Typhoon\"]"),
        EntityKey::text("attack", |entity| &mut entity.attack)
            .content(KeyContent::AttackGroup)
            .summary("its id in ATT&CK, if it is a group there")
            .example("\"G0128\""),
        EntityKey::text(NOTE, |entity| &mut entity.note)
            .summary("a remark of the author")
            .example("\"A name that others gave\""),
        EntityKey::marking(|entity| &mut entity.tlp)
            .summary("how far the name may be passed on")
            .example("\"CLEAR\""),
    ],
};

pub(super) static VIEW: TableRows<DraftView> = TableRows {
    heading: "[views.ID]",
    name: "a view",
    head: None,
    rows: &[
        ViewKey::text(TITLE, |view| &mut view.title)
            .summary("its title on the screen")
            .example("\"Who says it was whom\""),
        ViewKey::text("filter", |view| &mut view.filter)
            .content(KeyContent::Filter)
            .summary("the filter, as it is typed on the screen")
            .example("\"phase:attribution,denial\""),
        // `query::views` checks these words, since it needs the events of the file for the filter anyway.
        ViewKey::text("group", |view| &mut view.group)
            .content(KeyContent::Closed(Grouping::LIST))
            .summary("the field whose values are the lanes of the chart")
            .example("\"actor\""),
        ViewKey::text("sort", |view| &mut view.sort)
            .content(KeyContent::Closed(Clock::LIST))
            .summary("the clock by which the list is sorted")
            .example("\"disclosed\""),
    ],
};

impl TomlReader<'_> {
    pub(super) fn head(&mut self, table: GivenTable<'_>) -> DraftHead {
        let mut head = DraftHead::default();
        self.reading.heads.push(table.place);
        self.read_table(&HEAD, table, &mut head)
            .mark_file(&mut head);
        head
    }

    fn zone(&mut self, given: GivenKey<'_>) -> Option<Zone> {
        let words = self.text(given.value, given.key.name)?;
        let zone = words.value.parse().ok();
        if zone.is_none() {
            let message = format!("`{}` is not a time zone", words.value);
            let finding = Diagnostic::new(&NOT_A_TIME_ZONE, words.place, message)
                .label("expected an offset such as `+01:00`, or a place such as `Europe/London`");
            self.report(finding);
        }
        zone
    }

    pub(super) fn declared_source(
        &mut self,
        id: LocatedText,
        table: GivenTable<'_>,
    ) -> DraftSource {
        let mut source = DraftSource {
            id,
            ..DraftSource::default()
        };
        let unread = self.read_table(&SOURCE, table, &mut source);
        unread.mark(&mut source.tlp);
        source.day_unread = unread.has(&[PUBLISHED]);
        source
    }

    pub(super) fn declared_entity(
        &mut self,
        id: LocatedText,
        table: GivenTable<'_>,
    ) -> DraftEntity {
        let mut entity = DraftEntity {
            id,
            ..DraftEntity::default()
        };
        self.read_table(&ENTITY, table, &mut entity)
            .mark(&mut entity.tlp);
        entity
    }

    pub(super) fn declared_view(&mut self, id: LocatedText, table: GivenTable<'_>) -> DraftView {
        let mut view = DraftView {
            id,
            ..DraftView::default()
        };
        self.read_table(&VIEW, table, &mut view).mark(&mut view.tlp);
        view
    }
}
