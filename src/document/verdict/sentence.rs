//! A verdict in sentences, to be read aloud: no sign that has to be seen.

use super::speakers::{SpeakerGroup, SpeakerNames, SpeakerVoice, where_silent};
use super::{objected, reserve, separator, term_words};
use crate::text::visible;
use crate::timeline::{ClaimValue, EntityId, Timeline};
use crate::verdict::{
    AspectVerdict, IndependentSpeakers, Objection, ValueLine, WordedClaims, Wording,
};

/// Numbers up to twelve in words, as sentences have them.
const NUMBERS: [&str; 13] = [
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
];

/// Writes the sentences of one aspect.
pub(super) struct SentenceWriter<'w, 't> {
    pub timeline: &'w Timeline,
    pub names: &'w SpeakerNames<'w>,
    pub verdict: &'w AspectVerdict<'t>,
}

impl<'t> SentenceWriter<'_, 't> {
    /// The question, then its sentences, on one line.
    pub fn paragraph(&self) -> String {
        let mut sentences: Vec<String> = Vec::new();
        for (at, line) in self.verdict.lines.iter().enumerate() {
            let lead = if at == 0 { "" } else { "Another answer: " };
            sentences.push(format!("{lead}{}", self.value(line)));
            sentences.extend(self.speakers(line));
            sentences.extend(self.objections(&line.objections, " it"));
        }
        if self.verdict.lines.is_empty() {
            sentences.push("not stated".to_owned());
        }
        let unnamed = &self.verdict.objections;
        sentences.extend(self.objections(unnamed, ", without naming a value"));
        let without_value = &self.verdict.without_value;
        if !without_value.is_empty() {
            let claims = match without_value.len() {
                1 => "One claim gives".to_owned(),
                many => format!("{} claims give", capital(&number(many))),
            };
            let voices = self.voices(&self.names.voices(without_value));
            sentences.push(format!("{claims} no value to compare: {voices}"));
        }
        for voice in self.names.voices(&self.verdict.silent) {
            let where_silent = where_silent(self.verdict, voice.speaker);
            let name = self.name(voice.speaker);
            sentences.push(format!("Silent on it: {name}{where_silent}"));
        }
        self.joined(&sentences)
    }

    /// The question and its sentences on one line, each with its stop and capital.
    fn joined(&self, sentences: &[String]) -> String {
        let mut line = format!("{}:", self.verdict.aspect.question());
        for (at, sentence) in sentences.iter().enumerate() {
            let words: Vec<&str> = sentence.split_whitespace().collect();
            let words = words.join(" ");
            // Names and values keep their letters: only words of this file begin with a small one.
            let is_own = at > 0 && words.starts_with(UNNAMED);
            line.push(' ');
            line.push_str(&if is_own { capital(&words) } else { words });
            line.push('.');
        }
        visible(&line).into_owned()
    }

    /// The value, and how many speakers state it if there is not just one.
    fn value(&self, line: &ValueLine<'t>) -> String {
        let value = self.value_words(line.value);
        match line.speakers.len() {
            0 => format!("{value}: no speaker states it"),
            1 => value,
            many => format!("{value}, say {}", counted(many, line.independent)),
        }
    }

    fn value_words(&self, value: &ClaimValue) -> String {
        match value {
            ClaimValue::Entity(id) => self.timeline.entity(*id).name.clone(),
            ClaimValue::Date(when) => when.sentence(),
            ClaimValue::Text(text) => text.trim().trim_end_matches('.').to_owned(),
        }
    }

    /// How each speaker puts it.
    fn speakers(&self, line: &ValueLine<'t>) -> Option<String> {
        let groups = SpeakerGroup::all(self.verdict, &line.speakers);
        let groups = groups.iter().map(|group| {
            let said = self.wordings(group.wordings);
            format!("{} {said}", self.names_of(group))
        });
        let groups: Vec<String> = groups.collect();
        (!groups.is_empty()).then(|| groups.join("; "))
    }

    /// What speakers did: `stated it flatly and said “likely”`. The past fits a name in the singular and in the plural.
    fn wordings(&self, wordings: &[WordedClaims<'t>]) -> String {
        let (worded, bare): (Vec<_>, Vec<_>) =
            wordings.iter().partition(|it| words(&it.wording).is_some());
        let mut parts: Vec<String> = Vec::new();
        for it in bare {
            let how = reserve(&it.wording).unwrap_or_else(|| "flatly".to_owned());
            parts.push(format!("{}stated it {how}", self.later(it)));
        }
        let words = worded.into_iter().filter_map(|it| {
            let reserve = reserve(&it.wording).map(|words| format!(" {words}"));
            Some(self.later(it).to_owned() + &words(&it.wording)? + &reserve.unwrap_or_default())
        });
        let words: Vec<String> = words.collect();
        if !words.is_empty() {
            parts.push(format!("said {}", listed(words)));
        }
        listed(parts)
    }

    fn later(&self, worded: &WordedClaims<'t>) -> &'static str {
        if self.verdict.is_later(worded) {
            "later "
        } else {
            ""
        }
    }

    /// Who denies or doubts, and in which words. `what` is denied if no value is named.
    fn objections(&self, objections: &[Objection<'t>], what: &str) -> Vec<String> {
        let groups = SpeakerGroup::objecting(self.verdict, objections).into_iter();
        let groups = groups.map(|(objection, group)| {
            let verb = objected(objection.stance);
            let named = objection.named;
            let what = named.map_or_else(
                || what.to_owned(),
                |it| format!(" {}", self.value_words(it)),
            );
            let is_later = group.wordings.iter().all(|it| self.verdict.is_later(it));
            let later = if is_later { "later " } else { "" };
            let words = group.wordings.iter().filter_map(|it| {
                let parts = words(&it.wording).into_iter().chain(reserve(&it.wording));
                let parts: Vec<String> = parts.collect();
                let later = if is_later { "" } else { self.later(it) };
                (!parts.is_empty()).then(|| later.to_owned() + &parts.join(" "))
            });
            let words: Vec<String> = words.collect();
            let words = match words.len() {
                0 => String::new(),
                _ => format!(": {}", listed(words)),
            };
            format!("{} {later}{verb}{what}{words}", self.names_of(&group))
        });
        groups.collect()
    }

    fn names_of(&self, group: &SpeakerGroup<'_, '_>) -> String {
        let names = group.speakers.iter().map(|it| self.name(it.speaker));
        listed(names.collect())
    }

    /// Speakers with their exact words.
    fn voices(&self, voices: &[SpeakerVoice<'_>]) -> String {
        let voices = voices.iter().map(|voice| {
            let words = voice.words.iter().map(|words| format!("“{words}”"));
            let words = listed(words.collect());
            let said = if words.is_empty() { "" } else { " said " };
            format!("{}{said}{words}", self.name(voice.speaker))
        });
        listed(voices.collect())
    }

    fn name(&self, speaker: Option<EntityId>) -> String {
        self.names.name(speaker).unwrap_or(UNNAMED).to_owned()
    }
}

/// The exact words, otherwise the term.
fn words(wording: &Wording<'_>) -> Option<String> {
    let term = wording.term;
    let term = term.map(|(term, yardstick)| term_words(term, yardstick));
    wording.words.map(|words| format!("“{words}”")).or(term)
}

/// The speaker of a claim without one.
const UNNAMED: &str = "an unnamed speaker";

/// A number of speakers, and how many of them are independent.
fn counted(speakers: usize, independent: IndependentSpeakers) -> String {
    let least = if independent.is_least {
        "at least "
    } else {
        ""
    };
    match independent.count {
        all if all == speakers => format!("{} independent speakers", number(speakers)),
        some => {
            let (speakers, some) = (number(speakers), number(some));
            format!("{speakers} speakers, {least}{some} of them independent")
        }
    }
}

fn number(number: usize) -> String {
    let words = NUMBERS.get(number).map(|&words| words.to_owned());
    words.unwrap_or_else(|| number.to_string())
}

/// Items in one sentence: `a, b and c`.
fn listed(items: Vec<String>) -> String {
    let count = items.len();
    let items = items.into_iter().enumerate();
    items.fold(String::new(), |text, (at, item)| {
        text + separator(at, count) + &item
    })
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}
