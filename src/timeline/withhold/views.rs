//! Whether the words of a view name something that is gone.
//!
//! A view is text: its title, and a filter in a language that this layer does not know. So it is read word by
//! word, as keys are made of titles, and what it calls by its name or key is found whatever stands around it.

use std::collections::HashSet;

use super::super::column::TermId;
use super::super::entity::Entity;
use super::super::keys::slug;
use super::super::source::Source;
use super::super::{Timeline, View};
use super::left::Left;
use super::names::Names;

/// The longest name that is looked for, in words.
const LONGEST: usize = 12;

/// What of the words in views names something that is gone.
pub(super) struct Gone {
    names: HashSet<String>,
}

impl Gone {
    pub fn new(
        timeline: &Timeline,
        left: &Left,
        keeps_words: bool,
        entities: &[Option<Entity>],
        sources: &[Option<Source>],
    ) -> Self {
        let said: HashSet<String> = timeline.views.iter().flat_map(names).collect();
        let mut gone = Self {
            names: HashSet::new(),
        };
        if said.is_empty() {
            return gone;
        }
        let mut kept = HashSet::new();
        let (mut key, mut new) = (String::new(), String::new());
        let renamed = Names::new(timeline, left).keys;
        let mut rows = 0..;
        for event in timeline.events() {
            let names = [event.key_in(&mut key), event.title()];
            if !left.has_event(event.id()) {
                keep_said(&said, &mut gone.names, names);
                continue;
            }
            // An event that got another key is called by the old one no more.
            let new = rows.next().map_or("", |row| renamed.read(row, &mut new));
            keep_said(&said, &mut gone.names, names);
            keep_said(&said, &mut kept, [new, event.title()]);
        }
        for (word, is_used) in terms(timeline, left, keeps_words) {
            let names = if is_used { &mut kept } else { &mut gone.names };
            keep_said(&said, names, [word]);
        }
        for (whole, left) in timeline.entities.iter().zip(entities) {
            let stays = |name: &&str| left.as_ref().is_some_and(|left| bears(left, name));
            let (here, away): (Vec<&str>, Vec<&str>) = names_of(whole).partition(stays);
            keep_said(&said, &mut kept, here);
            keep_said(&said, &mut gone.names, away);
        }
        for (whole, left) in timeline.sources.iter().zip(sources) {
            let is_left = left.as_ref().is_some_and(|left| left.key == whole.key);
            let names = if is_left { &mut kept } else { &mut gone.names };
            keep_said(&said, names, [whole.key.as_str(), whole.title.as_str()]);
        }
        gone.names.retain(|name| !kept.contains(name));
        gone
    }

    /// Whether a view names something that is gone.
    pub fn is_named_by(&self, view: &View) -> bool {
        names(view).any(|name| self.names.contains(&name))
    }
}

fn names_of(entity: &Entity) -> impl Iterator<Item = &str> {
    let own = [&entity.key, &entity.name]
        .into_iter()
        .chain(&entity.attack);
    own.chain(&entity.aliases).map(String::as_str)
}

fn bears(entity: &Entity, name: &str) -> bool {
    names_of(entity).any(|own| own == name)
}

/// Phases, lanes, techniques and tags, and whether an event that is left has them.
fn terms<'t>(timeline: &'t Timeline, left: &Left, keeps_words: bool) -> Vec<(&'t str, bool)> {
    let (phases, lanes) = (&timeline.phases, &timeline.lanes);
    let all = [phases, lanes, &timeline.techniques, &timeline.tags];
    let mut used = all.map(|words| vec![false; words.len()]);
    let mut note = |sort: usize, terms: &[TermId]| {
        for term in terms {
            used[sort][term.0 as usize] = true;
        }
    };
    for event in timeline.events().filter(|event| left.has_event(event.id())) {
        let row = event.id().0 as usize;
        note(0, event.phase_id().as_slice());
        note(1, event.lanes());
        if keeps_words {
            note(2, timeline.columns().techniques.get(row));
            note(3, event.tag_ids());
        }
    }
    let words = all
        .into_iter()
        .zip(&used)
        .flat_map(|(words, used)| words.iter().map(|(id, word)| (word, used[id.0 as usize])));
    words.collect()
}

fn keep_said<'n>(
    said: &HashSet<String>,
    names: &mut HashSet<String>,
    found: impl IntoIterator<Item = &'n str>,
) {
    let slugs = found.into_iter().map(|name| slug(name, ""));
    names.extend(slugs.filter(|name| said.contains(name)));
}

/// Every run of words in a view, as a key is made of it.
fn names(view: &View) -> impl Iterator<Item = String> {
    let texts = [Some(&view.key), Some(&view.title), view.filter.as_ref()];
    texts.into_iter().flatten().flat_map(|text| {
        let whole = slug(text, "");
        let words: Vec<&str> = whole.split('-').filter(|word| !word.is_empty()).collect();
        let runs = (0..words.len()).flat_map(|start| {
            let longest = words.len().min(start + LONGEST);
            let words = &words;
            (start + 1..=longest).map(move |end| words[start..end].join("-"))
        });
        runs.collect::<Vec<String>>()
    })
}
