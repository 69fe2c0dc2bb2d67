//! How the other tables differ: the head, entities, sources, views, scenes and questions.

use std::collections::BTreeSet;

use super::counterparts::Counterparts;
use super::difference::DifferenceList;
use super::kind::ChangeKind;
use super::names::{ComparedNames, SharedId, Side};
use crate::timeline::term::{EntityKind, Grouping, QuestionStatus, Reliability, Standing};
use crate::timeline::{Entity, EventId, Question, Scene, Source, TimelineHead, View};

/// Most scenes between which a moved one is looked for; of more, each that has another place has moved.
const FEW: usize = 200;

pub(super) fn head(
    names: &ComparedNames<'_>,
    old: &TimelineHead,
    new: &TimelineHead,
    list: &mut DifferenceList,
) {
    let TimelineHead {
        title,
        summary,
        tlp,
        tlp_unread: _,
        banner,
        yardstick,
        zone,
        start,
    } = old;
    list.marking([*tlp, new.tlp], [None; 2]);
    list.prose("title", title, &new.title);
    list.prose("summary", summary, &new.summary);
    list.optional("banner", banner.as_deref(), new.banner.as_deref());
    list.value("yardstick", yardstick.as_str(), new.yardstick.as_str());
    let zones =
        [zone, &new.zone].map(|zone| zone.as_ref().map_or_else(String::new, ToString::to_string));
    list.value("zone", &zones[0], &zones[1]);
    list.single(
        "start",
        &names.events(Side::Old, start.as_slice()),
        &names.events(Side::New, new.start.as_slice()),
    );
}

pub(super) fn entity(
    names: &ComparedNames<'_>,
    old: &Entity,
    new: &Entity,
    list: &mut DifferenceList,
) {
    let Entity {
        key,
        name,
        kind,
        aliases,
        attack,
        note,
        tlp,
        declared: _,
        is_placeholder: _,
    } = old;
    list.marking([*tlp, new.tlp], names.markings());
    list.value_as("id", key, &new.key, ChangeKind::Renamed);
    list.prose("name", name, &new.name);
    list.optional(
        "kind",
        kind.map(EntityKind::as_str),
        new.kind.map(EntityKind::as_str),
    );
    list.words(
        "aliases",
        aliases.iter().map(String::as_str),
        new.aliases.iter().map(String::as_str),
    );
    list.optional("attack", attack.as_deref(), new.attack.as_deref());
    list.optional_prose("note", note.as_deref(), new.note.as_deref());
}

pub(super) fn source(
    names: &ComparedNames<'_>,
    old: &Source,
    new: &Source,
    list: &mut DifferenceList,
) {
    let Source {
        key,
        title,
        publisher,
        published,
        day_unread: _,
        url,
        retrieved,
        derives_from,
        reliability,
        standing,
        note,
        tlp,
        declared: _,
        is_placeholder: _,
    } = old;
    list.marking([*tlp, new.tlp], names.markings());
    list.value_as("id", key, &new.key, ChangeKind::Renamed);
    list.prose("title", title, &new.title);
    list.optional("publisher", publisher.as_deref(), new.publisher.as_deref());
    list.date("published", published.as_ref(), new.published.as_ref());
    list.optional("url", url.as_deref(), new.url.as_deref());
    list.date("retrieved", retrieved.as_ref(), new.retrieved.as_ref());
    list.list(
        "derives-from",
        &names.sources(Side::Old, derives_from),
        &names.sources(Side::New, &new.derives_from),
    );
    list.optional(
        "reliability",
        reliability.map(Reliability::as_str),
        new.reliability.map(Reliability::as_str),
    );
    list.optional(
        "standing",
        standing.map(Standing::as_str),
        new.standing.map(Standing::as_str),
    );
    list.optional_prose("note", note.as_deref(), new.note.as_deref());
}

pub(super) fn views(old: &[View], new: &[View]) -> Counterparts {
    Counterparts::none(old.len(), new.len()).by(|at| Some(&*old[at].key), |at| Some(&*new[at].key))
}

pub(super) fn view(names: &ComparedNames<'_>, old: &View, new: &View, list: &mut DifferenceList) {
    let View {
        key: _,
        title,
        filter,
        group,
        sort,
        tlp,
    } = old;
    list.marking([*tlp, new.tlp], names.markings());
    list.prose("title", title, &new.title);
    list.optional("filter", filter.as_deref(), new.filter.as_deref());
    list.optional(
        "group",
        group.map(Grouping::as_str),
        new.group.map(Grouping::as_str),
    );
    list.optional("sort", sort.as_deref(), new.sort.as_deref());
}

/// By title; then by view and selected event; then by what is said.
pub(super) fn scenes(names: &ComparedNames<'_>) -> Counterparts {
    let (old, new) = (names.old.scenes(), names.new.scenes());
    let title = |scene: &Scene| Some(scene.title.clone()).filter(|title| !title.is_empty());
    let shows = |side, scene: &Scene| {
        let event = scene.select.map(|id| names.event(side, id));
        Some((scene.view.clone(), event))
    };
    Counterparts::none(old.len(), new.len())
        .by(|at| title(&old[at]), |at| title(&new[at]))
        .by(
            |at| shows(Side::Old, &old[at]),
            |at| shows(Side::New, &new[at]),
        )
        .by(|at| old[at].say.clone(), |at| new[at].say.clone())
        .in_order(|at| title(&old[at]), |at| title(&new[at]))
}

pub(super) fn scene(
    names: &ComparedNames<'_>,
    old: &Scene,
    new: &Scene,
    list: &mut DifferenceList,
) {
    let Scene {
        title,
        view,
        select,
        say,
        notes,
        seconds,
        audience,
        reveal,
        axis,
        tlp,
        account: _,
    } = old;
    list.marking([*tlp, new.tlp], names.markings());
    list.prose("title", title, &new.title);
    list.optional("view", view.as_deref(), new.view.as_deref());
    let selected = |side, id: &Option<EventId>| names.events(side, id.as_slice());
    list.single(
        "select",
        &selected(Side::Old, select),
        &selected(Side::New, &new.select),
    );
    list.optional_prose("say", say.as_deref(), new.say.as_deref());
    list.optional_prose("notes", notes.as_deref(), new.notes.as_deref());
    let minutes = |seconds: Option<u32>| {
        let time = |seconds: u32| format!("{}:{:02}", seconds / 60, seconds % 60);
        seconds.map_or_else(String::new, time)
    };
    list.value("minutes", &minutes(*seconds), &minutes(new.seconds));
    let [old_audience, new_audience] =
        [audience, &new.audience].map(|it| it.iter().map(String::as_str));
    list.words("audience", old_audience, new_audience);
    let [old_reveal, new_reveal] = [reveal, &new.reveal].map(|it| it.iter().map(String::as_str));
    list.words("reveal", old_reveal, new_reveal);
    list.value("axis", axis.as_str(), new.axis.as_str());
}

/// The pairs whose place among the others has changed: the fewest that must be moved to get from one order to the
/// other. Of several such choices, that which keeps the titles that come first in the alphabet: the choice must be the
/// same in both directions.
pub(super) fn moved(pairs: &[(usize, usize)], scenes: &[Scene]) -> BTreeSet<usize> {
    let mut pairs = pairs.to_vec();
    pairs.sort_unstable();
    if pairs.len() > FEW {
        let mut by_new: Vec<usize> = pairs.iter().map(|pair| pair.1).collect();
        by_new.sort_unstable();
        let all = pairs.iter().zip(by_new);
        return all
            .filter(|(pair, here)| pair.1 != *here)
            .map(|(pair, _)| pair.1)
            .collect();
    }
    // The longest rising rows of pairs, each from one pair on.
    let mut rows: Vec<Vec<usize>> = vec![Vec::new(); pairs.len()];
    let titles = |row: &[usize]| -> Vec<&str> {
        row.iter().map(|&at| &*scenes[pairs[at].0].title).collect()
    };
    let is_better = |row: &[usize], than: &[usize]| {
        row.len() > than.len() || row.len() == than.len() && titles(row) < titles(than)
    };
    for at in (0..pairs.len()).rev() {
        let mut best: Vec<usize> = Vec::new();
        for next in at + 1..pairs.len() {
            if pairs[next].1 > pairs[at].1 && is_better(&rows[next], &best) {
                best.clone_from(&rows[next]);
            }
        }
        best.insert(0, at);
        rows[at] = best;
    }
    let mut longest: Vec<usize> = Vec::new();
    for row in rows {
        if is_better(&row, &longest) {
            longest = row;
        }
    }
    let kept: BTreeSet<usize> = longest.into_iter().map(|at| pairs[at].1).collect();
    let all = pairs.iter().map(|pair| pair.1);
    all.filter(|new| !kept.contains(new)).collect()
}

/// By text; then by the events that they are about.
pub(super) fn questions(names: &ComparedNames<'_>) -> Counterparts {
    let (old, new) = (names.old.questions(), names.new.questions());
    let about = |side, question: &Question| -> Option<Vec<SharedId>> {
        let events = question.events.iter();
        let events: Vec<_> = events.map(|&id| names.event(side, id)).collect();
        Some(events).filter(|events| !events.is_empty())
    };
    Counterparts::none(old.len(), new.len())
        .by(|at| Some(&*old[at].text), |at| Some(&*new[at].text))
        .by(
            |at| about(Side::Old, &old[at]),
            |at| about(Side::New, &new[at]),
        )
        .in_order(|at| &*old[at].text, |at| &*new[at].text)
}

pub(super) fn question(
    names: &ComparedNames<'_>,
    old: &Question,
    new: &Question,
    list: &mut DifferenceList,
) {
    let Question {
        text,
        status,
        events,
        settles,
        tlp,
    } = old;
    list.marking([*tlp, new.tlp], names.markings());
    list.prose("text", text, &new.text);
    let answered = |status: &QuestionStatus| QuestionStatus::ALL.iter().position(|it| it == status);
    let kind = if answered(&new.status) > answered(status) {
        ChangeKind::Answered
    } else {
        ChangeKind::Reopened
    };
    list.value_as("status", status.as_str(), new.status.as_str(), kind);
    list.list(
        "events",
        &names.events(Side::Old, events),
        &names.events(Side::New, &new.events),
    );
    list.optional_prose("settles", settles.as_deref(), new.settles.as_deref());
}
