//! How the other tables differ: the head, entities, sources, views, scenes and questions.

use std::collections::BTreeSet;

use super::counterparts::Counterparts;
use super::difference::DifferenceList;
use super::kind::ChangeKind;
use super::names::{ComparedNames, SharedId, Side};
use crate::timeline::term::QuestionStatus;
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
    let shown = |text: &Option<String>| text.clone().unwrap_or_default();
    list.marking([*tlp, new.tlp], [None; 2]);
    list.prose("title", title, &new.title);
    list.prose("summary", summary, &new.summary);
    list.value("banner", &shown(banner), &shown(&new.banner));
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

pub(super) fn entity(old: &Entity, new: &Entity, list: &mut DifferenceList) {
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
    let shown = |text: &Option<String>| text.clone().unwrap_or_default();
    list.marking([*tlp, new.tlp], [None; 2]);
    list.value_as("id", key, &new.key, ChangeKind::Renamed);
    list.prose("name", name, &new.name);
    let kinds = [kind, &new.kind].map(|kind| kind.map_or("", |kind| kind.as_str()));
    list.value("kind", kinds[0], kinds[1]);
    list.words(
        "aliases",
        aliases.iter().map(String::as_str),
        new.aliases.iter().map(String::as_str),
    );
    list.value("attack", &shown(attack), &shown(&new.attack));
    list.prose("note", &shown(note), &shown(&new.note));
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
    let shown = |text: &Option<String>| text.clone().unwrap_or_default();
    list.marking([*tlp, new.tlp], [None; 2]);
    list.value_as("id", key, &new.key, ChangeKind::Renamed);
    list.prose("title", title, &new.title);
    list.value("publisher", &shown(publisher), &shown(&new.publisher));
    list.date("published", published.as_ref(), new.published.as_ref());
    list.value("url", &shown(url), &shown(&new.url));
    list.date("retrieved", retrieved.as_ref(), new.retrieved.as_ref());
    list.list(
        "derives-from",
        &names.sources(Side::Old, derives_from),
        &names.sources(Side::New, &new.derives_from),
    );
    let reliabilities = [reliability, &new.reliability].map(|it| it.map_or("", |it| it.as_str()));
    list.value("reliability", reliabilities[0], reliabilities[1]);
    let standings = [standing, &new.standing].map(|it| it.map_or("", |it| it.as_str()));
    list.value("standing", standings[0], standings[1]);
    list.prose("note", &shown(note), &shown(&new.note));
}

pub(super) fn views(old: &[View], new: &[View]) -> Counterparts {
    Counterparts::none(old.len(), new.len()).by(|at| Some(&*old[at].key), |at| Some(&*new[at].key))
}

pub(super) fn view(old: &View, new: &View, list: &mut DifferenceList) {
    let View {
        key: _,
        title,
        filter,
        group,
        sort,
        tlp,
    } = old;
    let shown = |text: &Option<String>| text.clone().unwrap_or_default();
    list.marking([*tlp, new.tlp], [None; 2]);
    list.prose("title", title, &new.title);
    list.value("filter", &shown(filter), &shown(&new.filter));
    let groups = [group, &new.group].map(|group| group.map_or("", |group| group.as_str()));
    list.value("group", groups[0], groups[1]);
    list.value("sort", &shown(sort), &shown(&new.sort));
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
    } = old;
    let shown = |text: &Option<String>| text.clone().unwrap_or_default();
    list.marking([*tlp, new.tlp], [None; 2]);
    list.prose("title", title, &new.title);
    list.value("view", &shown(view), &shown(&new.view));
    let selected = |side, id: &Option<EventId>| names.events(side, id.as_slice());
    list.single(
        "select",
        &selected(Side::Old, select),
        &selected(Side::New, &new.select),
    );
    list.prose("say", &shown(say), &shown(&new.say));
    list.prose("notes", &shown(notes), &shown(&new.notes));
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
    let shown = |text: &Option<String>| text.clone().unwrap_or_default();
    list.marking([*tlp, new.tlp], [None; 2]);
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
    list.prose("settles", &shown(settles), &shown(&new.settles));
}
