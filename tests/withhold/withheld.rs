//! What is withheld of a synthetic timeline up to a marking, by the rules of `timeline::redact` and in the plainest way: it
//! reads the draft, and does not use the projection.

use std::collections::BTreeSet;

use dateline::timeline::draft::{DraftClaim, DraftEvent, DraftTimeline, Located, LocatedText};
use dateline::timeline::term::Tlp;
use regex::Regex;

type Names = BTreeSet<String>;

/// A draft, and what may be shown of it.
struct Shown<'d> {
    draft: &'d DraftTimeline,
    default: Tlp,
    ceiling: Tlp,
}

/// Texts that only withheld items have, each only one of them.
pub fn marks(draft: &DraftTimeline, ceiling: Tlp) -> Vec<String> {
    let default = draft.head.tlp.as_ref().map_or(Tlp::Red, |it| it.value);
    let shown = Shown {
        draft,
        default,
        ceiling,
    };
    let mut marks = shown.of_entities();
    marks.extend(shown.of_sources());
    marks.extend(shown.of_events());
    // A view goes if it names anything that is gone.
    let names: Vec<String> = marks.iter().map(|mark| regex::escape(mark)).collect();
    let names = Regex::new(&names.join("|")).expect("names are short");
    let views = draft.views.iter().filter(|view| {
        let texts = [&view.title, &view.filter].into_iter().flatten();
        let mut texts = texts.map(|text| text.value.as_str());
        let is_refused = default > ceiling || !shown.allows(view.tlp.as_ref());
        is_refused || (!marks.is_empty() && texts.any(|text| names.is_match(text)))
    });
    let views: Names = views.map(|view| view.id.value.to_string()).collect();
    marks.extend(shown.of_scenes(&views));
    marks.extend(shown.of_questions());
    marks.extend(views);
    marks.extend((default > ceiling).then(|| "summary of the whole".to_owned()));
    marks
}

fn names<'d>(texts: impl IntoIterator<Item = &'d LocatedText>) -> Names {
    let names = texts.into_iter().map(|text| text.value.to_string());
    names.collect()
}

fn parties(event: &DraftEvent) -> impl Iterator<Item = &LocatedText> {
    let parties = event.actors.iter().chain(&event.targets);
    parties.chain(&event.accused).chain(&event.addressees)
}

impl Shown<'_> {
    fn allows(&self, tlp: Option<&Located<Tlp>>) -> bool {
        tlp.map_or(self.default, |it| it.value) <= self.ceiling
    }

    fn has_event(&self, event: &DraftEvent) -> bool {
        self.allows(event.tlp.as_ref())
    }

    fn has_claim(&self, event: &DraftEvent, claim: &DraftClaim) -> bool {
        // A name in words is marked as its entity is.
        let value = claim.value.as_ref().map(|it| it.value.as_str());
        let mut entities = self.draft.entities.iter();
        let named = entities.find(|entity| {
            let name = entity.name.as_ref().map(|it| it.value.as_str());
            value.is_some() && value == name
        });
        let allows_name = named.is_none_or(|entity| self.allows(entity.tlp.as_ref()));
        self.has_event(event) && self.allows(claim.tlp.as_ref()) && allows_name
    }

    /// Every claim with its event, and whether it is shown.
    fn claims(&self) -> impl Iterator<Item = (&DraftEvent, &DraftClaim, bool)> {
        let events = self.draft.events.iter();
        events.flat_map(move |event| {
            let claims = event.claims.iter();
            claims.map(move |claim| (event, claim, self.has_claim(event, claim)))
        })
    }

    /// The entities that shown events and claims name, or withheld ones.
    fn entities_named_by(&self, shown: bool) -> Names {
        let events = self.draft.events.iter();
        let events = events.filter(|event| self.has_event(event) == shown);
        let mut named = names(events.flat_map(parties));
        for (_, claim, _) in self.claims().filter(|it| it.2 == shown) {
            named.extend(names(claim.by.iter().chain(&claim.value)));
        }
        named
    }

    fn of_entities(&self) -> Vec<String> {
        let (shown, hidden) = (self.entities_named_by(true), self.entities_named_by(false));
        let mut marks = Vec::new();
        for (number, entity) in self.draft.entities.iter().enumerate() {
            let id = entity.id.value.as_str();
            let is_allowed = self.allows(entity.tlp.as_ref());
            let is_lost = hidden.contains(id) && !shown.contains(id);
            // A shown claim may have its name as text.
            let is_said = shown.contains(&format!("Entity {number}q"));
            if !is_allowed || (is_lost && !is_said) {
                let known = ["entity-", "Entity ", "Alias ", "G100"];
                marks.extend(known.map(|it| format!("{it}{number}q")));
            }
        }
        marks
    }

    /// These sources and those from which they derive, as far as `passes` allows.
    fn with_origins(&self, mut all: Names, passes: impl Fn(&str) -> bool) -> Names {
        loop {
            let sources = self.draft.sources.iter();
            let reached =
                sources.filter(|it| all.contains(it.id.value.as_str()) && passes(&it.id.value));
            let origins = names(reached.flat_map(|it| &it.derives_from));
            let before = all.len();
            all.extend(origins);
            if all.len() == before {
                return all;
            }
        }
    }

    /// The sources that shown events and claims name, or withheld ones.
    fn sources_named_by(&self, shown: bool) -> Names {
        let events = self.draft.events.iter();
        let events = events.filter(|event| self.has_event(event) == shown);
        let mut named = names(events.flat_map(|event| &event.sources));
        for (_, claim, _) in self.claims().filter(|it| it.2 == shown) {
            named.extend(names(&claim.source));
        }
        named
    }

    fn of_sources(&self) -> Vec<String> {
        let sources = &self.draft.sources;
        let allowed = sources.iter().filter(|it| self.allows(it.tlp.as_ref()));
        let allowed = names(allowed.map(|it| &it.id));
        let refused = sources
            .iter()
            .filter(|it| !allowed.contains(it.id.value.as_str()));
        let mut hidden = self.sources_named_by(false);
        hidden.extend(names(refused.flat_map(|it| &it.derives_from)));
        let hidden = self.with_origins(hidden, |_| true);
        let mut shown = self.sources_named_by(true);
        shown.extend(allowed.difference(&hidden).cloned());
        let shown = self.with_origins(shown, |id| allowed.contains(id));
        let is_gone = |id: &str| !allowed.contains(id) || !shown.contains(id);
        let numbered = sources.iter().enumerate();
        let gone = numbered.filter(|(_, source)| is_gone(&source.id.value));
        gone.flat_map(|(number, _)| ["source-", "Report "].map(|it| format!("{it}{number}q")))
            .collect()
    }

    fn of_events(&self) -> Vec<String> {
        let mut marks = Vec::new();
        for (number, event) in self.draft.events.iter().enumerate() {
            if !self.has_event(event) {
                marks.extend(["event-", "case "].map(|it| format!("{it}{number}q")));
            }
            for (nth, claim) in event.claims.iter().enumerate() {
                if !self.has_claim(event, claim) {
                    marks.push(format!("claim-{nth}-event-{number}q"));
                    marks.extend(names(&claim.id));
                }
            }
        }
        marks
    }

    fn has_event_called(&self, id: &str) -> bool {
        let mut events = self.draft.events.iter();
        let event = events.find(|event| event.id.as_ref().is_some_and(|it| it.value == id));
        event.is_some_and(|event| self.has_event(event))
    }

    fn of_scenes(&self, lost_views: &Names) -> Vec<String> {
        let numbered = self.draft.scenes.iter().enumerate();
        let gone = numbered.filter(|(_, scene)| {
            let selected = scene.select.as_ref();
            let view = scene.view.as_ref();
            !self.allows(scene.tlp.as_ref())
                || selected.is_some_and(|id| !self.has_event_called(&id.value))
                || view.is_some_and(|view| lost_views.contains(view.value.as_str()))
        });
        gone.map(|(number, _)| format!("scene-{number}q")).collect()
    }

    fn of_questions(&self) -> Vec<String> {
        let numbered = self.draft.questions.iter().enumerate();
        let gone = numbered.filter(|(_, question)| {
            let mut events = question.events.iter();
            !self.allows(question.tlp.as_ref())
                || !events.any(|id| self.has_event_called(&id.value))
        });
        gone.map(|(number, _)| format!("question-{number}q"))
            .collect()
    }
}
