//! Reads a bundle of STIX 2.0, 2.1 or 2.2 as a timeline, such as the campaigns of ATT&CK.
//!
//! The objects are read one by one, and only those are kept that may become part of a timeline. What depends on the order
//! of something is done in the order of ids, so the order of the objects in the bundle changes nothing.

mod case;
mod citation;
mod claims;
mod dates;
mod events;
mod index;
mod marks;
mod member_types;
mod notices;
mod own;
mod parties;
mod prose;
mod relations;
mod sources;

use self::case::BundleCase;
use self::index::{BundleIndex, BundleObject, EVENTS};
use crate::diagnostic::{Diagnostic, FileId, JSON_SYNTAX, SourceText, TextPlace};
use crate::formats::json_object::{JsonEnd, begins_with, each_item};
use crate::formats::log::file_name;
use crate::formats::progress::{Progress, stopped};
use crate::formats::readers::format_reader::FileDraft;
use crate::formats::stix::extensions;
use crate::formats::toml;
use crate::timeline::draft::{DraftHead, DraftTimeline, Located};
use crate::timeline::term::Tlp;

/// Types whose one object is the timeline as a whole.
const WHOLES: [&str; 3] = ["attack-flow", "grouping", "report"];

/// Whether the beginning of a text is that of a bundle: an object of type `bundle`, or with a list of STIX objects.
pub(in crate::formats) fn begins(head: &str) -> bool {
    head.trim_start().starts_with('{')
        && begins_with(head, |name, first| match name {
            "type" => first == "bundle",
            "objects" => first.contains("--"),
            _ => false,
        })
}

/// Reads a text that begins as a bundle.
pub(in crate::formats) fn read(
    source: &SourceText,
    file: FileId,
    progress: &Progress,
) -> FileDraft {
    let mut index = BundleIndex::default();
    let end = each_item(source, file, progress, "objects", |item| index.add(item));
    index.settle();
    let mut findings = toml::findings_of_text(source, file);
    let mut unread = Vec::new();
    if let Err(end) = &end {
        unread.push(TextPlace::new(file, end.unread(source)));
        findings.push(broken_off(end, file));
    }
    let mut case = BundleCase::new(index, file_name(source.name()));
    let wholes = case.index.of(&WHOLES);
    // dateline's own report has the sources in the order of their timeline, and more of each than events have.
    for report in &wholes {
        if is_by_dateline(&case, report) {
            let tlp = case.marking(report);
            case.cited(report, tlp.as_ref());
        }
    }
    case.index.used(&extensions::author());
    case.noted = claims::noted_relations(&case.index);
    events::add_events(&mut case);
    let relations = relations::add_relations(&mut case);
    let questions = claims::add_claims(&mut case, relations);
    events::add_doubts(&mut case);
    add_reports(&mut case, &wholes);
    let mut draft = DraftTimeline {
        head: head(&mut case, &wholes, source, file),
        questions,
        ..DraftTimeline::default()
    };
    case.events.sort_by_cached_key(|event| {
        let when = event.when.as_ref().map(|when| when.value.order_key());
        (
            when.is_none(),
            when,
            event.id.as_ref().map(|id| id.value.clone()),
        )
    });
    draft.events = case.events;
    draft.entities = case.parties.entities;
    draft.sources = case.sources.end();
    let whole = TextPlace::new(file, first_sign(source));
    let is_marked = mark(&mut draft, end.is_ok(), whole);
    findings.extend(case.index.wrong_types.findings());
    findings.extend(case.notices.end(&case.index, whole));
    FileDraft {
        draft,
        findings,
        unread,
        is_marked,
        ..FileDraft::default()
    }
}

fn first_sign(source: &SourceText) -> std::ops::Range<usize> {
    let start = source.text().len() - source.text().trim_start().len();
    start..start + 1
}

fn broken_off(end: &JsonEnd, file: FileId) -> Diagnostic {
    match end {
        JsonEnd::Stopped { at } => stopped(file, *at),
        JsonEnd::Mistake { at, message } => Diagnostic::new(
            &JSON_SYNTAX,
            TextPlace::new(file, *at..*at),
            message.clone(),
        )
        .label("nothing from here on is read")
        .help("export the bundle again, or fix this place"),
    }
}

/// A report is a source of the events that it lists, unless it is the timeline as a whole and can be read nowhere.
fn add_reports(case: &mut BundleCase<'_>, wholes: &[BundleObject<'_>]) {
    for report in wholes.iter().filter(|it| it.kind == "report") {
        let is_whole = wholes.len() == 1 && report.json.items("external_references").is_empty();
        let rows: Vec<usize> = (report.json.texts("object_refs").iter())
            .filter_map(|reference| case.rows.get(reference.value.as_str()).copied())
            .collect();
        if rows.is_empty() {
            continue;
        }
        case.index.used(&report.id);
        if is_by_dateline(case, report) {
            for party in report.json.texts("object_refs") {
                case.party(&party);
            }
            continue;
        }
        if is_whole {
            continue;
        }
        let source = case.sources.report(&case.index, &mut case.notices, report);
        for row in rows {
            let place = case.events[row].place;
            let source = Located::new(source.value.clone(), place);
            case::add_once(&mut case.events[row].sources, source);
        }
    }
}

/// Whether dateline wrote the report: it lists only events that dateline described, and its sources are theirs.
fn is_by_dateline(case: &BundleCase<'_>, report: &BundleObject<'_>) -> bool {
    let refs = report.json.texts("object_refs");
    let events = refs.iter().filter_map(|id| case.index.get(&id.value));
    let mut events = events.filter(|it| EVENTS.contains(&it.kind.as_ref()));
    let is_own = |object: &BundleObject<'_>| own::is_event(&object.json);
    events.next().is_some_and(is_own) && events.all(is_own)
}

/// The title of the whole: that of its only report, grouping or flow, or else the name of the file.
fn head(
    case: &mut BundleCase<'_>,
    wholes: &[BundleObject<'_>],
    source: &SourceText,
    file: FileId,
) -> DraftHead {
    let [whole] = wholes else {
        let name = file_name(source.name());
        return DraftHead {
            title: Some(Located::new(name.into(), TextPlace::new(file, 0..0))),
            ..DraftHead::default()
        };
    };
    case.index.used(&whole.id);
    DraftHead {
        title: whole.json.located("name"),
        summary: whole.json.located("description").map(prose::prose),
        banner: marks::statement(&case.index, whole),
        tlp: case.marking(whole),
        ..DraftHead::default()
    }
}

/// Marks the timeline as a whole: as its report, and as strictly as anything in it. Without a report that is marked, only if
/// everything else is; what could not be read may have been RED. Returns whether everything has a marking.
fn mark(draft: &mut DraftTimeline, is_whole: bool, place: TextPlace) -> bool {
    let own = draft.head.tlp.take();
    let tlp = if is_whole {
        let is_marked = own.is_some() || is_all_marked(draft);
        strictest(draft)
            .max(own.map(|it| it.value))
            .filter(|_| is_marked)
    } else {
        draft.head.tlp_unread = true;
        Some(Tlp::Red)
    };
    draft.head.tlp = tlp.map(|tlp| Located::new(tlp, place));
    is_whole && tlp.is_some()
}

/// Whether everything of a draft has a marking of its own, and there is something.
fn is_all_marked(draft: &DraftTimeline) -> bool {
    let events = draft.events.iter().all(|it| it.tlp.is_some());
    let entities = draft.entities.iter().all(|it| it.tlp.is_some());
    let sources = draft.sources.iter().all(|it| it.tlp.is_some());
    !draft.events.is_empty() && events && entities && sources
}

fn strictest(draft: &DraftTimeline) -> Option<Tlp> {
    let events = draft.events.iter().map(|it| &it.tlp);
    let claims = draft
        .events
        .iter()
        .flat_map(|it| &it.claims)
        .map(|it| &it.tlp);
    let entities = draft.entities.iter().map(|it| &it.tlp);
    let sources = draft.sources.iter().map(|it| &it.tlp);
    let questions = draft.questions.iter().map(|it| &it.tlp);
    let all = events
        .chain(claims)
        .chain(entities)
        .chain(sources)
        .chain(questions);
    all.flatten().map(|it| it.value).max()
}
