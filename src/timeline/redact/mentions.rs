//! Whether a view mentions something redacted.
//!
//! A view is text: a title, and a filter in a language that this layer does not know. So it is read word by word, like
//! a title for a key: a name or key is found in any surroundings.

use std::collections::HashSet;

use super::super::data::Timeline;
use super::super::entity::Entity;
use super::super::facts::{FACTS, FactColumn, RedactionRule};
use super::super::keys::slug;
use super::super::source::Source;
use super::super::story::View;
use super::remaining::RemainingRows;
use super::remaining_keys::RemainingKeys;
use crate::text::StarPattern;

/// The longest run of words stored for each place in a view.
const LONGEST: usize = 12;

/// The redacted names that views mention.
pub(super) struct RedactedMentions(MentionedNames);

impl RedactedMentions {
    pub fn new(
        timeline: &Timeline,
        left: &RemainingRows,
        keeps_words: bool,
        entities: &[Option<Entity>],
        sources: &[Option<Source>],
    ) -> Self {
        let said = ViewTexts::new(&timeline.views);
        let (mut gone, mut kept) = (MentionedNames::default(), MentionedNames::default());
        if said.runs.is_empty() {
            return Self(gone);
        }
        let (mut key, mut new) = (String::new(), String::new());
        let renamed = RemainingKeys::new(timeline, left).keys;
        // The old key of a renamed event is gone.
        for event in timeline.events() {
            gone.add(&said, [event.key_in(&mut key), event.title()]);
        }
        for (row, event) in left.kept(timeline).enumerate() {
            kept.add(&said, [renamed.read(row, &mut new), event.title()]);
        }
        for (word, is_used) in terms(timeline, left, keeps_words) {
            let names = if is_used { &mut kept } else { &mut gone };
            names.add(&said, [word]);
        }
        for (whole, left) in timeline.entities.iter().zip(entities) {
            let stays = |name: &&str| left.as_ref().is_some_and(|left| bears(left, name));
            let (here, away): (Vec<&str>, Vec<&str>) = names_of(whole).partition(stays);
            kept.add(&said, here);
            gone.add(&said, away);
        }
        for (whole, left) in timeline.sources.iter().zip(sources) {
            let is_left = left.as_ref().is_some_and(|left| left.key == whole.key);
            let names = if is_left { &mut kept } else { &mut gone };
            names.add(&said, [whole.key.as_str(), whole.title.as_str()]);
        }
        gone.remove(&kept);
        Self(gone)
    }

    /// Whether a view mentions something redacted, or everything that a word with stars matches is redacted.
    pub fn is_named_by(&self, view: &View) -> bool {
        let Self(gone) = self;
        let is_long = |name: &&String| word_count(name) > LONGEST;
        let mut long = gone.names.iter().filter(is_long);
        runs(view).any(|run| gone.names.contains(&run))
            || long.any(|name| texts(view).any(|text| has_words(&text, name)))
            || starred(view).any(|star| gone.stars.contains(&star))
    }
}

/// The texts of views.
struct ViewTexts {
    /// Every run of words, none longer than [`LONGEST`].
    runs: HashSet<String>,
    /// Whole texts as keys, for longer names.
    texts: Vec<String>,
    /// The words with stars, each with its pattern.
    stars: Vec<(String, StarPattern)>,
}

impl ViewTexts {
    fn new(views: &[View]) -> Self {
        let mut words: Vec<String> = views.iter().flat_map(starred).collect();
        words.sort_unstable();
        words.dedup();
        let stars = words.into_iter().map(|word| {
            let starred = StarPattern::new(&word);
            (word, starred)
        });
        Self {
            runs: views.iter().flat_map(runs).collect(),
            texts: views.iter().flat_map(texts).collect(),
            stars: stars.collect(),
        }
    }

    /// Whether a view mentions a name, given as a key.
    fn has(&self, name: &str) -> bool {
        match name.match_indices('-').nth(LONGEST - 1) {
            None => self.runs.contains(name),
            Some((end, _)) => {
                let beginning = name.get(..end).unwrap_or_default();
                self.runs.contains(beginning) && self.texts.iter().any(|text| has_words(text, name))
            }
        }
    }
}

/// Names that views mention, and words with stars that match a name.
#[derive(Default)]
struct MentionedNames {
    names: HashSet<String>,
    stars: HashSet<String>,
}

impl MentionedNames {
    fn add<'n>(&mut self, said: &ViewTexts, names: impl IntoIterator<Item = &'n str>) {
        for name in names {
            for (word, starred) in &said.stars {
                let fits = || {
                    starred.matches(name) || name.split_whitespace().any(|it| starred.matches(it))
                };
                if !self.stars.contains(word) && fits() {
                    self.stars.insert(word.clone());
                }
            }
            let name = slug(name, "");
            if said.has(&name) {
                self.names.insert(name);
            }
        }
    }

    fn remove(&mut self, kept: &Self) {
        self.names.retain(|name| !kept.names.contains(name));
        self.stars.retain(|star| !kept.stars.contains(star));
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

/// The words of facts, and whether a remaining event uses them.
fn terms<'t>(
    timeline: &'t Timeline,
    left: &RemainingRows,
    keeps_words: bool,
) -> Vec<(&'t str, bool)> {
    let mut words = Vec::new();
    for fact in FACTS {
        let (FactColumn::Word(_, known) | FactColumn::Words(_, known)) = fact.column else {
            continue;
        };
        let known = (known.get)(&timeline.vocabularies);
        let mut used = vec![false; known.len()];
        let stays = keeps_words || fact.redaction != RedactionRule::OwnWords;
        for event in (left.kept(timeline)).filter(|_| stays) {
            let row = event.id().0 as usize;
            match fact.column {
                FactColumn::Word(column, _) => {
                    if let Some(term) = (column.get)(timeline.columns()).get(row).flatten() {
                        used[term.0 as usize] = true;
                    }
                }
                FactColumn::Words(column, _) => {
                    for term in (column.get)(timeline.columns()).get(row) {
                        used[term.0 as usize] = true;
                    }
                }
                _ => {}
            }
        }
        words.extend(known.iter().map(|(id, word)| (word, used[id.0 as usize])));
    }
    words
}

/// The texts of a view as keys.
fn texts(view: &View) -> impl Iterator<Item = String> {
    let texts = [Some(&view.key), Some(&view.title), view.filter.as_ref()];
    texts.into_iter().flatten().map(|text| slug(text, ""))
}

/// Every run of words in a view, as a key.
fn runs(view: &View) -> impl Iterator<Item = String> {
    texts(view).flat_map(|whole| {
        let words: Vec<&str> = whole.split('-').filter(|word| !word.is_empty()).collect();
        let runs = (0..words.len()).flat_map(|start| {
            let longest = words.len().min(start + LONGEST);
            let words = &words;
            (start + 1..=longest).map(move |end| words[start..end].join("-"))
        });
        runs.collect::<Vec<String>>()
    })
}

/// The words with stars in the filter of a view, without their field; a single star matches everything and does not
/// count.
fn starred(view: &View) -> impl Iterator<Item = String> {
    let is_between = |it: char| it.is_whitespace() || "(),\"".contains(it);
    let words = view
        .filter
        .iter()
        .flat_map(move |filter| filter.split(is_between));
    let words = words.map(|word| word.rsplit_once(':').map_or(word, |(_, value)| value));
    words
        .filter(|word| word.contains('*') && word.contains(|it| it != '*'))
        .map(str::to_owned)
}

fn word_count(key: &str) -> usize {
    key.split('-').count()
}

/// Whether a text has a name as whole words; both are keys.
fn has_words(text: &str, name: &str) -> bool {
    let ends = |rest: Option<&str>, edge: fn(&str) -> bool| rest.is_some_and(edge);
    text.match_indices(name).any(|(at, _)| {
        ends(text.get(..at), |before| {
            before.is_empty() || before.ends_with('-')
        }) && ends(text.get(at + name.len()..), |after| {
            after.is_empty() || after.starts_with('-')
        })
    })
}
