//! Synthetic timelines with everything that can be withheld: markings, notes, a story, and words that are each in one
//! place only. Everything that belongs to `event-12q` contains those characters, and nothing else does.

use dateline::date::EventDate;
use dateline::diagnostic::{FileId, TextPlace};
use dateline::timeline::draft::{
    DraftEntity, DraftEvent, DraftQuestion, DraftScene, DraftSource, DraftTimeline, DraftView,
    Located, LocatedText,
};
use dateline::timeline::term::{Aspect, QuestionStatus, Tlp};

use super::synthetic::{Numbers, Size, draft};

fn at<T>(value: T, start: usize) -> Located<T> {
    Located::new(value, place(start))
}

fn place(start: usize) -> TextPlace {
    TextPlace::new(FileId(0), start..start)
}

fn words(text: impl Into<String>) -> LocatedText {
    at(text.into().into(), 0)
}

fn marking(numbers: &mut Numbers) -> Option<Located<Tlp>> {
    numbers
        .once_in(3)
        .then(|| at(Tlp::ALL[numbers.below(Tlp::ALL.len())], 0))
}

/// A small timeline in a file with a marking.
pub fn marked(seed: u64, tlp: Option<Tlp>) -> DraftTimeline {
    let mut numbers = Numbers::new(seed ^ 0x7175_6965);
    let size = Size {
        events: 3 + numbers.below(30),
        entities: 12,
        sources: 9,
        tags: 6,
    };
    let mut draft = draft(size, seed);
    draft.head.title = Some(words("Marked"));
    draft.head.summary = Some(words("The summary of the whole."));
    draft.head.tlp = tlp.map(|tlp| at(tlp, 0));
    for (number, entity) in draft.entities.iter_mut().enumerate() {
        mark_entity(entity, number, &mut numbers);
    }
    for (number, source) in draft.sources.iter_mut().enumerate() {
        mark_source(source, number, &mut numbers);
    }
    for (number, event) in draft.events.iter_mut().enumerate() {
        mark_event(event, number, &mut numbers);
    }
    sequence(&mut draft.events, &mut numbers);
    draft.views = (0..8).map(|number| view(number, &mut numbers)).collect();
    let all = |_| draft.events.len();
    draft.scenes = (0..4)
        .map(|number| scene(number, all(number), &mut numbers))
        .collect();
    draft.questions = (0..4)
        .map(|number| question(number, all(number), &mut numbers))
        .collect();
    draft
}

/// Puts events after others that may have begun later, up and down the file, without a circle.
fn sequence(events: &mut [DraftEvent], numbers: &mut Numbers) {
    let rank = |number: usize| (number * 7 % 31, number);
    let known: Vec<_> = (events.iter())
        .map(|event| {
            (
                event.id.clone(),
                event.when.as_ref().map(|it| it.value.bounds()),
            )
        })
        .collect();
    for (number, event) in events.iter_mut().enumerate() {
        for (id, other) in known.iter().skip(number.saturating_sub(4)).take(9) {
            let at = known.iter().position(|it| it.0 == *id).unwrap_or(number);
            let is_open = match (known[number].1, other) {
                (Some(event), Some(other)) => event.start.latest >= other.start.earliest,
                _ => true,
            };
            if is_open && rank(at) < rank(number) && numbers.once_in(3) {
                event.after.extend(id.clone());
            }
        }
    }
}

/// Every id ends like this, so that none is the beginning of another.
fn end(words: &mut LocatedText) {
    words.value.push('q');
}

fn mark_entity(entity: &mut DraftEntity, number: usize, numbers: &mut Numbers) {
    end(&mut entity.id);
    entity.name.iter_mut().for_each(end);
    entity.aliases.iter_mut().for_each(end);
    entity.note = numbers
        .once_in(2)
        .then(|| words(format!("Note on entity-{number}q.")));
    entity.attack = numbers
        .once_in(4)
        .then(|| words(format!("G{}q", 1000 + number)));
    entity.tlp = marking(numbers);
}

fn mark_source(source: &mut DraftSource, number: usize, numbers: &mut Numbers) {
    end(&mut source.id);
    source.title.iter_mut().for_each(end);
    source.publisher = Some(words(format!("Publisher of source-{number}q")));
    source.url = Some(words(format!("https://example.org/source-{number}q")));
    source.note = Some(words(format!("Note on source-{number}q.")));
    if numbers.once_in(2) {
        let origin = numbers.below(9);
        source.derives_from = vec![words(format!("source-{origin}q"))];
    }
    source.tlp = marking(numbers);
}

fn mark_event(event: &mut DraftEvent, number: usize, numbers: &mut Numbers) {
    event.place = place(number);
    event.id.iter_mut().for_each(end);
    event.title.iter_mut().for_each(end);
    event.summary = Some(words(format!("Summary of event-{number}q.")));
    event.tags.push(words(format!("tag-of-event-{number}q")));
    if numbers.once_in(3) {
        event.lanes.push(words(format!("Lane of event-{number}q")));
        event.phase = Some(words(format!("phase of event-{number}q")));
        event.techniques.push(words(format!("T-event-{number}q")));
    }
    if numbers.once_in(5) {
        event.tlp = marking(numbers);
    }
    let parties = event.actors.iter_mut().chain(&mut event.targets);
    let others = event.accused.iter_mut().chain(&mut event.addressees);
    parties.chain(others).for_each(end);
    event.sources.iter_mut().for_each(end);
    event.links.iter_mut().for_each(|link| end(&mut link.to));
    for (nth, claim) in event.claims.iter_mut().enumerate() {
        claim.id.iter_mut().for_each(end);
        claim.answers.iter_mut().for_each(end);
        claim.by.iter_mut().for_each(end);
        claim.source.iter_mut().for_each(end);
        let names = claim.value.as_mut();
        if let Some(name) = names.filter(|it| it.value.starts_with("entity-")) {
            // Some name an entity in words, not by its id.
            if (number + nth).is_multiple_of(3) {
                name.value = name.value.replace("entity-", "Entity ").into();
            }
            end(name);
        }
        let dates_it = claim.about.as_ref().map(|it| it.value) == Some(Aspect::Date);
        if dates_it && numbers.once_in(2) {
            let when = event.when.as_ref().map(|when| when.value.written());
            claim.value = when.map(|when| words(when.to_owned()));
        }
        claim.text = Some(words(format!("Said in claim-{nth}-event-{number}q.")));
        claim.words = Some(words(format!("words of claim-{nth}-event-{number}q")));
        claim.tlp = marking(numbers);
    }
}

fn view(number: usize, numbers: &mut Numbers) -> DraftView {
    let (entity, event) = (numbers.below(12), numbers.below(12));
    let filters = [
        format!("actor:entity-{entity}q"),
        format!("entity:\"Entity {entity}q\""),
        format!("link:event-{event}q"),
        format!("tag:tag-of-event-{event}q"),
        format!("source:source-{}q", entity % 9),
        format!("when:2021-{:02}..2021-{:02}", 1 + entity, 1 + entity),
        "contested:yes".to_owned(),
    ];
    DraftView {
        id: words(format!("view-{number}q")),
        title: Some(if number.is_multiple_of(3) {
            words(format!("Title of view-{number}q"))
        } else {
            words(format!("Those of Entity {}q", numbers.below(12)))
        }),
        filter: Some(words(filters[numbers.below(filters.len())].clone())),
        group: None,
        sort: None,
        tlp: number
            .is_multiple_of(3)
            .then(|| at(Tlp::ALL[number % Tlp::ALL.len()], 0)),
    }
}

fn scene(number: usize, events: usize, numbers: &mut Numbers) -> DraftScene {
    DraftScene {
        place: place(0),
        title: Some(words(format!("Title of scene-{number}q"))),
        view: numbers
            .once_in(2)
            .then(|| words(format!("view-{}q", numbers.below(8)))),
        select: Some(words(format!("event-{}q", numbers.below(events)))),
        say: Some(words(format!("Say at scene-{number}q."))),
        notes: Some(words(format!("Notes at scene-{number}q."))),
        seconds: None,
        audience: Vec::new(),
        axis: None,
        reveal: Vec::new(),
        tlp: marking(numbers),
    }
}

fn question(number: usize, events: usize, numbers: &mut Numbers) -> DraftQuestion {
    let asked = 1 + numbers.below(2);
    DraftQuestion {
        place: place(0),
        text: Some(words(format!("Asked in question-{number}q?"))),
        status: Some(at(QuestionStatus::Open, 0)),
        events: (0..asked)
            .map(|_| words(format!("event-{}q", numbers.below(events))))
            .collect(),
        settles: Some(words(format!("Settled in question-{number}q."))),
        tlp: marking(numbers),
    }
}

/// The draft as TOML.
pub fn written(draft: &DraftTimeline) -> toml::Table {
    let mut root = toml::Table::new();
    let head = TableBuilder::default()
        .text("title", draft.head.title.as_ref())
        .text("summary", draft.head.summary.as_ref())
        .word("tlp", draft.head.tlp.as_ref().map(|it| it.value.as_str()));
    root.insert("timeline".to_owned(), head.0.into());
    let sources = draft
        .sources
        .iter()
        .map(|it| (it.id.value.to_string(), source_table(it)));
    root.insert(
        "sources".to_owned(),
        sources.collect::<toml::Table>().into(),
    );
    let entities = draft
        .entities
        .iter()
        .map(|it| (it.id.value.to_string(), entity_table(it)));
    root.insert(
        "entities".to_owned(),
        entities.collect::<toml::Table>().into(),
    );
    let events: Vec<toml::Value> = draft.events.iter().map(event_table).collect();
    root.insert("events".to_owned(), events.into());
    let views = draft.views.iter().map(|it| {
        let keys = TableBuilder::default()
            .text("title", it.title.as_ref())
            .text("filter", it.filter.as_ref())
            .word("tlp", it.tlp.as_ref().map(|it| it.value.as_str()));
        (it.id.value.to_string(), keys.0.into())
    });
    root.insert("views".to_owned(), views.collect::<toml::Table>().into());
    let scenes: Vec<toml::Value> = draft.scenes.iter().map(scene_table).collect();
    root.insert("scenes".to_owned(), scenes.into());
    let questions: Vec<toml::Value> = draft.questions.iter().map(question_table).collect();
    root.insert("questions".to_owned(), questions.into());
    root
}

/// A table without the keys that have no value.
#[derive(Default)]
struct TableBuilder(toml::Table);

impl TableBuilder {
    fn word(mut self, key: &str, value: Option<&str>) -> Self {
        if let Some(value) = value {
            self.0.insert(key.to_owned(), value.into());
        }
        self
    }

    fn text(self, key: &str, value: Option<&LocatedText>) -> Self {
        self.word(key, value.map(|it| it.value.as_str()))
    }

    fn date(self, key: &str, value: Option<&Located<EventDate>>) -> Self {
        self.word(key, value.map(|it| it.value.written()))
    }

    fn texts(mut self, key: &str, values: &[LocatedText]) -> Self {
        let values: Vec<toml::Value> = values.iter().map(|it| it.value.as_str().into()).collect();
        if !values.is_empty() {
            self.0.insert(key.to_owned(), values.into());
        }
        self
    }
}

fn source_table(it: &DraftSource) -> toml::Value {
    let keys = TableBuilder::default()
        .text("title", it.title.as_ref())
        .text("publisher", it.publisher.as_ref())
        .date("published", it.published.as_ref())
        .text("url", it.url.as_ref())
        .texts("derives-from", &it.derives_from)
        .word("standing", it.standing.as_ref().map(|it| it.value.as_str()))
        .text("note", it.note.as_ref())
        .word("tlp", it.tlp.as_ref().map(|it| it.value.as_str()));
    keys.0.into()
}

fn entity_table(it: &DraftEntity) -> toml::Value {
    let keys = TableBuilder::default()
        .text("name", it.name.as_ref())
        .word("kind", it.kind.as_ref().map(|it| it.value.as_str()))
        .texts("aliases", &it.aliases)
        .text("attack", it.attack.as_ref())
        .text("note", it.note.as_ref())
        .word("tlp", it.tlp.as_ref().map(|it| it.value.as_str()));
    keys.0.into()
}

fn event_table(it: &DraftEvent) -> toml::Value {
    let mut keys = TableBuilder::default()
        .text("id", it.id.as_ref())
        .date("when", it.when.as_ref())
        .text("title", it.title.as_ref())
        .text("phase", it.phase.as_ref())
        .texts("lane", &it.lanes)
        .texts("actors", &it.actors)
        .texts("targets", &it.targets)
        .texts("accused", &it.accused)
        .texts("addressees", &it.addressees)
        .texts("techniques", &it.techniques)
        .texts("tags", &it.tags)
        .text("summary", it.summary.as_ref())
        .date("discovered", it.discovered.as_deref())
        .date("disclosed", it.disclosed.as_deref())
        .texts("sources", &it.sources)
        .texts("after", &it.after)
        .word("tlp", it.tlp.as_ref().map(|it| it.value.as_str()));
    let links = it.links.iter().map(|link| {
        let keys = TableBuilder::default()
            .text("to", Some(&link.to))
            .word("as", Some(link.kind.value.as_str()));
        keys.0.into()
    });
    let links: Vec<toml::Value> = links.collect();
    keys.0.insert("links".to_owned(), links.into());
    let claims = it.claims.iter().map(|claim| {
        let keys = TableBuilder::default()
            .text("id", claim.id.as_ref())
            .texts("answers", &claim.answers)
            .text("by", claim.by.as_ref())
            .text("source", claim.source.as_ref())
            .date("said", claim.said.as_ref())
            .word("about", claim.about.as_ref().map(|it| it.value.as_str()))
            .text("value", claim.value.as_ref())
            .word("stance", claim.stance.as_ref().map(|it| it.value.as_str()))
            .text("text", claim.text.as_ref())
            .text("words", claim.words.as_ref())
            .text("likelihood", claim.likelihood.as_ref())
            .word("tlp", claim.tlp.as_ref().map(|it| it.value.as_str()));
        keys.0.into()
    });
    let claims: Vec<toml::Value> = claims.collect();
    keys.0.insert("claims".to_owned(), claims.into());
    keys.0.into()
}

fn scene_table(it: &DraftScene) -> toml::Value {
    let keys = TableBuilder::default()
        .text("title", it.title.as_ref())
        .text("view", it.view.as_ref())
        .text("select", it.select.as_ref())
        .text("say", it.say.as_ref())
        .text("notes", it.notes.as_ref())
        .word("tlp", it.tlp.as_ref().map(|it| it.value.as_str()));
    keys.0.into()
}

fn question_table(it: &DraftQuestion) -> toml::Value {
    let keys = TableBuilder::default()
        .text("text", it.text.as_ref())
        .texts("events", &it.events)
        .text("settles", it.settles.as_ref())
        .word("tlp", it.tlp.as_ref().map(|it| it.value.as_str()));
    keys.0.into()
}
