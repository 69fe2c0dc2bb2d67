//! The oracle: it cuts everything that is not yet public from the TOML of a timeline, by the rules and in the plainest
//! way.
//!
//! It does not use the projection: it edits texts, as an author with a text editor would.

use std::collections::BTreeSet;

use dateline::date::{EventDate, Instant};
use toml::{Table, Value};

type Names = BTreeSet<String>;

/// The parties of an event: the aspect of a claim about one, and the key of their list.
const PARTIES: [(&str, &str); 4] = [
    ("actor", "actors"),
    ("target", "targets"),
    ("accused", "accused"),
    ("addressee", "addressees"),
];

/// The timeline as of the end of a day.
pub fn as_of(whole: &Table, day: &str) -> Table {
    let limit = EventDate::parse(day).expect("a day").end().latest;
    let issued = issued(whole, limit);
    let mut left = whole.clone();
    let mut is_whole = true;
    let mut events = Vec::new();
    for event in tables(whole, "events") {
        let shown = event_as_of(&event, &issued, whole, limit);
        is_whole &= shown.as_ref() == Some(&event);
        events.extend(shown);
    }
    let events = Value::Array(events.into_iter().map(Value::Table).collect());
    left.insert("events".to_owned(), events);
    is_whole &= take_sources(&mut left, whole, &issued);
    take_entities(&mut left, whole, is_whole);
    if !is_whole {
        take_words(&mut left);
    }
    take_links(&mut left);
    take_views(&mut left, whole, limit);
    left
}

fn tables(root: &Table, key: &str) -> Vec<Table> {
    let items = root.get(key).and_then(Value::as_array);
    let tables = items.into_iter().flatten().filter_map(Value::as_table);
    tables.cloned().collect()
}

fn named(root: &Table, key: &str) -> Table {
    table_of(root, key).cloned().unwrap_or_default()
}

fn table_of<'t>(root: &'t Table, key: &str) -> Option<&'t Table> {
    root.get(key).and_then(Value::as_table)
}

fn text(table: &Table, key: &str) -> Option<String> {
    table.get(key).and_then(Value::as_str).map(str::to_owned)
}

fn texts(table: &Table, key: &str) -> Vec<String> {
    match table.get(key) {
        Some(Value::String(one)) => vec![one.clone()],
        Some(Value::Array(many)) => many
            .iter()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        _ => Vec::new(),
    }
}

fn set(table: &mut Table, key: &str, texts: Vec<String>) {
    if texts.is_empty() {
        table.remove(key);
    } else {
        let values = texts.into_iter().map(Value::String).collect();
        table.insert(key.to_owned(), Value::Array(values));
    }
}

fn date(table: &Table, key: &str) -> Option<EventDate> {
    text(table, key).and_then(|text| EventDate::parse(&text).ok())
}

fn is_past(date: Option<EventDate>, limit: Instant) -> bool {
    date.is_some_and(|date| !date.qualifier().uncertain && date.end().latest <= limit)
}

fn issued(whole: &Table, limit: Instant) -> Names {
    let sources = named(whole, "sources");
    let issued = sources.iter().filter(|(_, source)| {
        let source = source.as_table().expect("a source is a table");
        is_past(date(source, "published"), limit)
    });
    issued.map(|(id, _)| id.clone()).collect()
}

/// The date on which a claim was made.
fn said(claim: &Table, whole: &Table) -> Option<EventDate> {
    let sources = table_of(whole, "sources");
    let source = text(claim, "source");
    let published = source.as_ref().and_then(|it| sources?.get(it)?.as_table());
    date(claim, "said").or(published.and_then(|it| date(it, "published")))
}

/// The date of an event as it was known: later claims about it do not count.
fn date_as_of(event: &Table, public: &[Table], whole: &Table) -> Option<EventDate> {
    let when = date(event, "when")?;
    let dates = |claims: &[Table]| {
        let of_date = |claim: &&Table| {
            text(claim, "about").as_deref() == Some("date")
                && text(claim, "stance").is_none_or(|stance| stance == "asserts")
        };
        let mut dates = Vec::new();
        for claim in claims.iter().filter(of_date) {
            let said = said(claim, whole).map(|said| said.whole());
            let said = said.map_or((i64::MAX, 0), |it| {
                (it.latest.micros(), -it.earliest.micros())
            });
            dates.extend(date(claim, "value").map(|value| (said, value)));
        }
        dates
    };
    let (all, known) = (dates(&tables(event, "claims")), dates(public));
    let states =
        |dates: &[(_, EventDate)]| dates.iter().any(|(_, it)| it.allows_the_same_as(&when));
    if !states(&all) || states(&known) {
        return Some(when);
    }
    let last = known.iter().map(|(said, _)| said).max();
    let latest = known.iter().find(|(said, _)| Some(said) == last);
    Some(latest.map_or(when, |it| it.1.clone()))
}

/// The event without anything that is not public; `None` if the event itself is not public.
fn event_as_of(event: &Table, issued: &Names, whole: &Table, limit: Instant) -> Option<Table> {
    let is_public = |claim: &Table| {
        let source = text(claim, "source");
        source.is_none_or(|source| issued.contains(&source)) && is_past(said(claim, whole), limit)
    };
    let claims = tables(event, "claims");
    let public: Vec<Table> = claims.iter().filter(|it| is_public(it)).cloned().collect();
    let when = date_as_of(event, &public, whole);
    let listed = texts(event, "sources");
    let carried: Vec<String> = listed
        .iter()
        .filter(|it| issued.contains(*it))
        .cloned()
        .collect();
    let speaking = |claims: &[Table]| {
        let mut stances = claims.iter().map(|it| text(it, "stance"));
        stances.any(|stance| stance.as_deref() != Some("silent"))
    };
    let is_shown = match date(event, "disclosed") {
        Some(disclosed) => is_past(Some(disclosed), limit),
        None if !speaking(&claims) && listed.is_empty() => is_past(date(event, "when"), limit),
        None => speaking(&public) || !carried.is_empty(),
    };
    if !is_shown
        || when
            .as_ref()
            .is_some_and(|when| when.start().earliest > limit)
    {
        return None;
    }
    let mut left = event.clone();
    if let Some(when) = when {
        left.insert("when".to_owned(), Value::String(when.written().to_owned()));
    }
    for (part, key) in PARTIES {
        let names = |claims: &[Table], id: &str| {
            claims.iter().any(|claim| {
                text(claim, "about").as_deref() == Some(part)
                    && text(claim, "value").as_deref() == Some(id)
            })
        };
        let mut parties = texts(event, key);
        parties.retain(|id| !names(&claims, id) || names(&public, id));
        set(&mut left, key, parties);
    }
    if left.contains_key("claims") {
        let public = public.into_iter().map(Value::Table).collect();
        left.insert("claims".to_owned(), Value::Array(public));
    }
    set(&mut left, "sources", carried);
    if !is_past(date(event, "discovered"), limit) {
        left.remove("discovered");
    }
    Some(left)
}

/// The sources that events name, in claims and elsewhere.
fn sources_of(events: &[Table]) -> Names {
    let mut names = Names::new();
    for event in events {
        names.extend(texts(event, "sources"));
        names.extend(
            tables(event, "claims")
                .iter()
                .filter_map(|claim| text(claim, "source")),
        );
    }
    names
}

/// The events reduced to the claims and parties that were cut.
fn withheld(left: &Table, whole: &Table) -> Vec<Table> {
    let shown = tables(left, "events");
    let mut withheld = Vec::new();
    for mut event in tables(whole, "events") {
        if let Some(shown) = shown.iter().find(|it| it.get("id") == event.get("id")) {
            let public = tables(shown, "claims");
            let mut claims = tables(&event, "claims");
            claims.retain(|claim| !public.contains(claim));
            event.insert(
                "claims".to_owned(),
                Value::Array(claims.into_iter().map(Value::Table).collect()),
            );
            for (_, key) in PARTIES {
                let stays = texts(shown, key);
                let mut parties = texts(&event, key);
                parties.retain(|it| !stays.contains(it));
                set(&mut event, key, parties);
            }
            event.remove("sources");
        }
        withheld.push(event);
    }
    withheld
}

/// Keeps the sources that are public and that not only withheld items name. Returns whether all are kept.
fn take_sources(left: &mut Table, whole: &Table, issued: &Names) -> bool {
    let all = named(whole, "sources");
    let origins = |id: &String| {
        let source = all.get(id).and_then(Value::as_table);
        source
            .map(|it| texts(it, "derives-from"))
            .unwrap_or_default()
    };
    let closed = |mut names: Names, passes: &dyn Fn(&String) -> bool| loop {
        let more: Names = names
            .iter()
            .filter(|it| passes(it))
            .flat_map(origins)
            .collect();
        let before = names.len();
        names.extend(more);
        if names.len() == before {
            return names;
        }
    };
    let unissued = all.keys().filter(|id| !issued.contains(*id));
    let mut hidden = sources_of(&withheld(left, whole));
    hidden.extend(unissued.flat_map(origins));
    let hidden = closed(hidden, &|_| true);
    let mut shown = sources_of(&tables(left, "events"));
    shown.extend(issued.iter().filter(|id| !hidden.contains(*id)).cloned());
    let shown = closed(shown, &|id| issued.contains(id));
    let mut sources = all.clone();
    sources.retain(|id, _| issued.contains(id) && shown.contains(id));
    let stay: Names = sources.keys().cloned().collect();
    for (_, source) in &mut sources {
        let source = source.as_table_mut().expect("a source is a table");
        let mut origins = texts(source, "derives-from");
        origins.retain(|it| stay.contains(it));
        set(source, "derives-from", origins);
    }
    left.insert("sources".to_owned(), Value::Table(sources));
    stay.len() == all.len()
}

fn entities_of(events: &[Table]) -> Names {
    let mut names = Names::new();
    for event in events {
        for (_, key) in PARTIES {
            names.extend(texts(event, key));
        }
        for claim in tables(event, "claims") {
            names.extend(text(&claim, "by"));
            let about = text(&claim, "about");
            if PARTIES
                .iter()
                .any(|(part, _)| about.as_deref() == Some(part))
            {
                names.extend(text(&claim, "value"));
            }
        }
    }
    names
}

fn take_entities(left: &mut Table, whole: &Table, is_whole: bool) {
    let shown = entities_of(&tables(left, "events"));
    let hidden = entities_of(&withheld(left, whole));
    let mut entities = named(whole, "entities");
    entities.retain(|id, _| shown.contains(id));
    for (id, entity) in &mut entities {
        let entity = entity.as_table_mut().expect("an entity is a table");
        if hidden.contains(id) {
            entity.remove("aliases");
            entity.remove("attack");
        }
        if !is_whole {
            entity.remove("note");
        }
    }
    left.insert("entities".to_owned(), Value::Table(entities));
}

/// Cuts texts that are written with hindsight.
fn take_words(left: &mut Table) {
    let mut take = |path: &[&str], keys: &[&str]| {
        let tables: Vec<&mut Table> = match (left.get_mut(path[0]), path.len()) {
            (Some(Value::Table(one)), 1) => vec![one],
            (Some(Value::Table(many)), _) => many
                .iter_mut()
                .filter_map(|(_, it)| it.as_table_mut())
                .collect(),
            (Some(Value::Array(many)), _) => {
                many.iter_mut().filter_map(Value::as_table_mut).collect()
            }
            _ => Vec::new(),
        };
        for table in tables {
            for key in keys {
                table.remove(*key);
            }
        }
    };
    take(&["timeline"], &["summary"]);
    take(&["events", "*"], &["summary", "techniques", "tags"]);
    take(&["sources", "*"], &["note"]);
    take(&["views", "*"], &["title"]);
    left.remove("scenes");
    left.remove("questions");
}

fn take_links(left: &mut Table) {
    let ids: Names = tables(left, "events")
        .iter()
        .filter_map(|it| text(it, "id"))
        .collect();
    let events = left.get_mut("events").and_then(Value::as_array_mut);
    for event in events.into_iter().flatten().filter_map(Value::as_table_mut) {
        let mut after = texts(event, "after");
        after.retain(|id| ids.contains(id));
        set(event, "after", after);
        if let Some(links) = event.get_mut("links").and_then(Value::as_array_mut) {
            links.retain(|link| {
                let to = link.as_table().and_then(|link| text(link, "to"));
                to.is_some_and(|to| ids.contains(&to))
            });
        }
    }
}

fn simple(text: &str) -> String {
    let letter = |it: char| if it.is_alphanumeric() { it } else { ' ' };
    let spaced: String = text.to_lowercase().chars().map(letter).collect();
    let words: Vec<&str> = spaced.split_whitespace().collect();
    format!(" {} ", words.join(" "))
}

/// The ids, names and titles of everything.
fn called(root: &Table) -> Names {
    let mut names = Names::new();
    for event in tables(root, "events") {
        for key in ["id", "title", "phase"] {
            names.extend(text(&event, key));
        }
        for key in ["lane", "tags", "techniques"] {
            names.extend(texts(&event, key));
        }
    }
    for sort in ["entities", "sources"] {
        for (id, it) in named(root, sort) {
            let it = it.as_table().expect("each item is a table");
            names.insert(id.clone());
            for key in ["name", "title", "attack"] {
                if sort == "entities" || key == "title" {
                    names.extend(text(it, key));
                }
            }
            names.extend(texts(it, "aliases"));
        }
    }
    names
        .iter()
        .map(|name| simple(name))
        .filter(|name| name.len() > 2)
        .collect()
}

fn take_views(left: &mut Table, whole: &Table, limit: Instant) {
    let stay = called(left);
    let gone: Vec<String> = called(whole)
        .into_iter()
        .filter(|it| !stay.contains(it))
        .collect();
    let Some(Value::Table(views)) = left.get_mut("views") else {
        return;
    };
    let names_gone = |words: &str| gone.iter().any(|name| simple(words).contains(name));
    for view in views.iter_mut().filter_map(|(_, view)| view.as_table_mut()) {
        if text(view, "title").is_some_and(|title| names_gone(&title)) {
            view.remove("title");
        }
    }
    views.retain(|id, view| {
        let view = view.as_table().expect("a view is a table");
        let filter = text(view, "filter").unwrap_or_default();
        let later = filter
            .split([' ', '"', ':', ',', '(', ')', '<', '>', '='])
            .flat_map(|it| it.split(".."))
            .filter_map(|it| EventDate::parse(it).ok())
            .any(|date| date.start().earliest > limit);
        !names_gone(id) && !names_gone(&filter) && !later
    });
}
