//! "Who says so?": the evidence for a statement, and the statement behind each place of a page.

mod answer;
mod page;

use super::subject::{Evidence, PageSubject};
use super::text_run::TextRun;
use crate::timeline::Timeline;
use crate::timeline::term::Aspect;

pub(super) use page::write;

/// The target of "who says so?" from a page and the run under the cursor, if any.
///
/// `None` if the page is itself the evidence, such as that of a source, or if there is nothing to state.
pub fn evidence_of(
    timeline: &Timeline,
    page: PageSubject,
    at: Option<&TextRun>,
) -> Option<PageSubject> {
    let on = match page {
        PageSubject::Event(id) => Some(id),
        PageSubject::Evidence(evidence) => evidence.event(timeline),
        _ => None,
    };
    let linked = at.and_then(|run| Some((run.link?, run.role)));
    let of_link = linked.map(|(link, role)| match (link, role, on) {
        (PageSubject::Entity(entity), role, Some(event)) => match role.part() {
            Some(part) => Evidence::Party(event, part, entity).into(),
            None => Evidence::Event(event).into(),
        },
        (PageSubject::Technique(_), _, Some(event)) => {
            Evidence::Aspect(event, Aspect::Method).into()
        }
        (PageSubject::Entity(entity), _, None) => Evidence::Entity(entity).into(),
        (PageSubject::Event(event), _, _) => Evidence::Event(event).into(),
        (other, _, _) => other,
    });
    let of_page = match page {
        PageSubject::Event(event) => Some(Evidence::Event(event).into()),
        PageSubject::Entity(entity) => Some(Evidence::Entity(entity).into()),
        _ => None,
    };
    let is_evidence = |subject: &PageSubject| {
        matches!(subject, PageSubject::Evidence(_) | PageSubject::Source(_))
    };
    of_link
        .or(of_page)
        .filter(is_evidence)
        .filter(|&found| found != page)
}

/// Links the dates of an event to their evidence.
pub(super) fn linked(runs: Vec<TextRun>, evidence: Evidence) -> Vec<TextRun> {
    let to = Some(PageSubject::Evidence(evidence));
    runs.into_iter()
        .map(|run| TextRun { link: to, ..run })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::answer::answer;
    use super::*;
    use crate::diagnostic::SourceText;
    use crate::document::text_run::run;
    use crate::document::{Document, DocumentBlock, Role, TableRow, VerdictBlock};
    use crate::timeline::{ClaimId, EntityId, EventId};

    const FILE: &str = r#"
        [entities.group]
        [entities.band]
        [sources.report]
        url = "https://example.org/report"
        standing = "primary"
        reliability = "B"
        [sources.copy]
        derives-from = ["report"]
        [sources.paper]
        [sources.silence]
        [[events]]
        id = "entry"
        when = "2021"
        title = "Entry"
        actors = ["group"]
        discovered = "2022"
        techniques = ["T1190"]
        claims = [
          { by = "police", source = "report", about = "actor", value = "group" },
          { by = "bureau", source = "copy", about = "actor", value = "group" },
          { by = "paper", source = "paper", about = "actor", value = "band" },
          { by = "group", source = "paper", about = "actor", value = "group", stance = "denies" },
          { by = "police", source = "report", about = "date", value = "2021" },
          { by = "press", source = "silence", about = "actor", stance = "silent" },
        ]
        [[events]]
        id = "bare"
        title = "Bare"
        sources = ["paper"]
        [[events]]
        id = "nothing"
        title = "Nothing"
    "#;

    fn timeline() -> Timeline {
        crate::formats::open(&[SourceText::new("evidence.toml", FILE)]).0
    }

    fn event(timeline: &Timeline, key: &str) -> EventId {
        timeline.find_event(key).expect("it is there").id()
    }

    fn entity(timeline: &Timeline, key: &str) -> EntityId {
        let mut all = timeline.entities();
        all.find(|(_, entity)| entity.key == key)
            .expect("it is there")
            .0
    }

    /// Checks the speakers behind a statement, then those who differ.
    fn check(timeline: &Timeline, evidence: Evidence, behind: &[&str], others: &[&str]) {
        let answer = answer(timeline, evidence);
        let speakers = |claims: &[ClaimId]| -> Vec<String> {
            let by = claims.iter().filter_map(|&id| timeline.claim(id).by);
            by.map(|by| timeline.entity(by).key.clone()).collect()
        };
        assert_eq!(
            (speakers(&answer.behind), speakers(&answer.others)),
            (
                behind.iter().map(|&name| name.to_owned()).collect(),
                others.iter().map(|&name| name.to_owned()).collect(),
            ),
            "{evidence:?}"
        );
    }

    fn text(timeline: &Timeline, evidence: Evidence) -> String {
        let document = Document::about(timeline, PageSubject::Evidence(evidence));
        let mut text = String::new();
        for block in &document.blocks {
            let runs: Vec<&TextRun> = match block {
                DocumentBlock::Paragraph(runs) | DocumentBlock::Heading(runs) => {
                    runs.iter().collect()
                }
                DocumentBlock::Item { mark, body, notes } => mark
                    .iter()
                    .chain(body)
                    .chain(notes.iter().flatten())
                    .collect(),
                _ => continue,
            };
            text.extend(runs.iter().map(|run| run.text.as_str()));
            text.push('\n');
        }
        text
    }

    #[test]
    fn a_statement_rests_on_those_who_say_it_and_not_on_those_who_deny_it() {
        let timeline = timeline();
        let (entry, group, band) = (
            event(&timeline, "entry"),
            entity(&timeline, "group"),
            entity(&timeline, "band"),
        );
        check(
            &timeline,
            Evidence::Party(entry, Aspect::Actor, group),
            &["police", "bureau"],
            &["paper", "group"],
        );
        check(
            &timeline,
            Evidence::Party(entry, Aspect::Actor, band),
            &["paper"],
            &["police", "bureau", "group"],
        );
        check(
            &timeline,
            Evidence::Entity(group),
            &["police", "bureau"],
            &["group"],
        );
        check(&timeline, Evidence::Discovered(entry), &[], &[]);
    }

    #[test]
    fn silence_is_neither_behind_a_statement_nor_against_it() {
        let timeline = timeline();
        let entry = event(&timeline, "entry");
        let group = entity(&timeline, "group");
        let found = answer(&timeline, Evidence::Party(entry, Aspect::Actor, group));
        let by = |id: ClaimId| {
            timeline
                .claim(id)
                .by
                .map(|by| timeline.entity(by).key.as_str())
        };
        let silent: Vec<_> = found.silent.iter().map(|&id| by(id)).collect();
        assert_eq!(silent, [Some("press")]);
        let page = text(&timeline, Evidence::Claim(found.silent[0]));
        assert!(page.contains("silent on the actor of Entry"), "{page}");
        assert!(!page.contains("No claim"), "{page}");
        // Its source does not carry the event.
        let carrying = timeline.event(entry).sources().iter();
        let mut carrying = carrying.map(|&id| timeline.source(id).key.as_str());
        assert!(carrying.all(|key| key != "silence"));
    }

    #[test]
    fn an_event_is_asked_about_aspect_by_aspect_and_who_did_it_comes_first() {
        let timeline = timeline();
        let entry = event(&timeline, "entry");
        let page = |evidence: Evidence| Document::about(&timeline, evidence.into());
        let of_event = page(Evidence::Event(entry));
        let of_date = page(Evidence::Aspect(entry, Aspect::Date));
        assert_eq!(of_event.opens_on, Some(Aspect::Actor));
        assert_eq!(of_date.opens_on, Some(Aspect::Date));
        assert_eq!(of_event.details, of_date.details);
        let aspects = of_event.details.iter().map(|details| details.aspect);
        assert!(aspects.eq([Aspect::Actor, Aspect::Date]));
        let rows = |aspect: Aspect| -> usize {
            let blocks = of_event.blocks_on(Some(aspect));
            let tables = blocks.filter_map(|block| match block {
                DocumentBlock::Table(table) => Some(table.rows.len()),
                _ => None,
            });
            tables.sum()
        };
        assert_eq!((rows(Aspect::Actor), rows(Aspect::Date)), (5, 1));
        let labels = of_event.verdicts().map(VerdictBlock::label_text);
        let labels: Vec<String> = labels.collect();
        assert_eq!(labels, ["Who did it ⚑", "When", "No claim on"]);
        // What no claim is about opens on nothing, and says so.
        let of_method = Evidence::Aspect(entry, Aspect::Method);
        assert_eq!(page(of_method).opens_on, None);
        assert!(text(&timeline, of_method).contains("No claim says this"));
    }

    #[test]
    fn copies_of_one_text_are_one_row_with_all_their_words() {
        let file = r#"
            [sources.press]
            standing = "primary"
            [sources.web]
            standing = "copy"
            derives-from = ["press"]
            [sources.paper]
            [[events]]
            id = "entry"
            title = "Entry"
            claims = [
              { by = "bureau", source = "press", about = "effect", value = "none", at = "page 1", text = "One.", said = "2022" },
              { by = "bureau", source = "web", about = "effect", value = "None", at = "page 2", text = "Two.", said = "2022" },
              { by = "bureau", source = "web", about = "effect", value = "none", words = "likely", said = "2022" },
              { by = "bureau", source = "paper", about = "effect", value = "none", said = "2022" },
              { by = "police", source = "web", about = "effect", value = "none", said = "2022" },
            ]
        "#;
        let timeline = crate::formats::open(&[SourceText::new("copies.toml", file)]).0;
        let entry = event(&timeline, "entry");
        let page = Document::about(&timeline, Evidence::Event(entry).into());
        let tables = page.every_block().filter_map(|block| match block {
            DocumentBlock::Table(table) => Some(table),
            _ => None,
        });
        let rows = tables.flat_map(|table| &table.rows);
        let rows: Vec<String> = rows
            .filter_map(TableRow::cells)
            .map(|cells| {
                cells
                    .iter()
                    .flatten()
                    .map(|run| run.text.as_str())
                    .collect()
            })
            .collect();
        assert_eq!(rows.len(), 4, "{rows:?}");
        let folded = rows
            .iter()
            .find(|row| row.contains("(2 copies of one text)"));
        let folded = folded.expect("there are copies");
        assert!(
            folded.contains("One. Two.") && folded.contains("page 1; page 2"),
            "{folded}"
        );
    }

    #[test]
    fn one_claim_comes_before_those_that_say_the_same_and_those_that_do_not() {
        let timeline = timeline();
        let first = timeline
            .event(event(&timeline, "entry"))
            .claims()
            .next()
            .expect("it has claims")
            .0;
        check(
            &timeline,
            Evidence::Claim(first),
            &["police"],
            &["paper", "group"],
        );
        assert_eq!(answer(&timeline, Evidence::Claim(first)).alike.len(), 1);
    }

    #[test]
    fn sources_that_repeat_one_another_count_once() {
        let timeline = timeline();
        let text = text(
            &timeline,
            Evidence::Party(
                event(&timeline, "entry"),
                Aspect::Actor,
                entity(&timeline, "group"),
            ),
        );
        assert!(
            text.contains("Sources 2, from 1 original statement"),
            "{text}"
        );
        assert!(
            text.contains("https://example.org/report") && text.contains("usually reliable"),
            "{text}"
        );
    }

    #[test]
    fn what_no_claim_says_is_the_authors_reading() {
        let timeline = timeline();
        let bare = text(&timeline, Evidence::Event(event(&timeline, "bare")));
        assert!(
            bare.contains("No claim says this") && bare.contains("Sources 1\n"),
            "{bare}"
        );
        let nothing = text(&timeline, Evidence::Event(event(&timeline, "nothing")));
        assert!(nothing.contains("the file names no source"), "{nothing}");
        let discovered = text(&timeline, Evidence::Discovered(event(&timeline, "entry")));
        assert!(
            discovered.contains("Entry, discovered: 2022")
                && discovered.contains("No claim says this"),
            "{discovered}"
        );
    }

    #[test]
    fn who_says_so_leads_from_what_is_under_the_cursor_else_from_the_page() {
        let timeline = timeline();
        let (entry, bare) = (event(&timeline, "entry"), event(&timeline, "bare"));
        let group = entity(&timeline, "group");
        let source = timeline.sources().next().expect("there is one").0;
        let at = |role, link| TextRun {
            link: Some(link),
            ..run(role, "words")
        };
        let check = |page: PageSubject, at: Option<TextRun>, expected: Option<PageSubject>| {
            assert_eq!(
                evidence_of(&timeline, page, at.as_ref()),
                expected,
                "{page:?}, {at:?}"
            );
        };
        let page = PageSubject::Event(entry);
        let to = |evidence: Evidence| Some(PageSubject::Evidence(evidence));
        check(page, None, to(Evidence::Event(entry)));
        check(
            page,
            Some(at(Role::Actor, PageSubject::Entity(group))),
            to(Evidence::Party(entry, Aspect::Actor, group)),
        );
        check(
            page,
            Some(at(Role::Target, PageSubject::Entity(group))),
            to(Evidence::Party(entry, Aspect::Target, group)),
        );
        check(
            page,
            Some(at(Role::Event, PageSubject::Event(bare))),
            to(Evidence::Event(bare)),
        );
        check(
            page,
            Some(at(Role::Source, PageSubject::Source(source))),
            Some(PageSubject::Source(source)),
        );
        let dated = Evidence::Aspect(entry, Aspect::Date);
        check(page, Some(at(Role::Date, dated.into())), to(dated));
        check(
            PageSubject::Entity(group),
            None,
            to(Evidence::Entity(group)),
        );
        check(
            PageSubject::Entity(group),
            Some(at(Role::Event, page)),
            to(Evidence::Event(entry)),
        );
        check(PageSubject::Source(source), None, None);
        check(PageSubject::Timeline, None, None);
        // The current page is not an answer.
        check(dated.into(), Some(at(Role::Date, dated.into())), None);
    }

    #[test]
    fn the_dates_of_an_event_its_quotes_and_the_days_of_claims_lead_to_who_says_so() {
        let timeline = timeline();
        let entry = event(&timeline, "entry");
        let document = Document::about(&timeline, PageSubject::Event(entry));
        let fact = |wanted: &str| {
            document.blocks.iter().find_map(|block| match block {
                DocumentBlock::Fact { label, value } if *label == wanted => value[0].link,
                _ => None,
            })
        };
        assert_eq!(
            fact("dated"),
            Some(Evidence::Aspect(entry, Aspect::Date).into())
        );
        assert_eq!(fact("discovered"), Some(Evidence::Discovered(entry).into()));
        let table = document.blocks.iter().find_map(|block| match block {
            DocumentBlock::Table(table) => table.rows.iter().find_map(TableRow::cells),
            _ => None,
        });
        let day = table.expect("it has claims")[0][0].link;
        assert!(matches!(
            day,
            Some(PageSubject::Evidence(Evidence::Claim(_)))
        ));
    }
}
