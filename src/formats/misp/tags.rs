//! Tags of MISP, which name a taxonomy, a predicate and a value: markings, galaxies, likelihood, and dateline's own.

use crate::timeline::likelihood::Yardstick;
use crate::timeline::term::{Confidence, EntityKind, Tlp, is_group, is_technique};

const LIKELIHOOD: &str = "estimative-language:likelihood-probability";
const CONFIDENCE: &str = "estimative-language:confidence-in-analytic-judgment";

/// A fact of an event in a tag of dateline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::formats) enum TaggedFact {
    Phase,
    Lane,
    Tag,
}

impl TaggedFact {
    const ALL: [Self; 3] = [Self::Phase, Self::Lane, Self::Tag];

    const fn predicate(self) -> &'static str {
        match self {
            Self::Phase => "dateline:phase",
            Self::Lane => "dateline:lane",
            Self::Tag => "dateline:tag",
        }
    }

    /// The tag with a value. What an author calls `tlp:clear` marks nothing, for it is only a value.
    pub fn tag(self, value: &str) -> String {
        machine_tag(self.predicate(), value)
    }
}

/// What a tag says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::formats) enum TagMeaning<'t> {
    /// `tlp:…`, which may be an unknown level.
    Marking(&'t str),
    Fact(TaggedFact, &'t str),
    /// The id of a technique of ATT&CK.
    Technique(&'t str),
    Actor(NamedActor<'t>),
    /// A term of ICD 203.
    Likelihood(&'static str),
    Confidence(Confidence),
    Other,
}

/// An actor of a galaxy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::formats) struct NamedActor<'t> {
    pub name: &'t str,
    pub kind: EntityKind,
    /// The id of a group of ATT&CK.
    pub attack: Option<&'t str>,
}

impl<'t> TagMeaning<'t> {
    pub fn of(tag: &'t str) -> Self {
        let tag = tag.trim();
        if is_marking(tag) {
            return Self::Marking(tag);
        }
        let Some((predicate, value)) = parts(tag) else {
            return Self::Other;
        };
        let fact = TaggedFact::ALL
            .into_iter()
            .find(|fact| fact.predicate() == predicate);
        if let Some(fact) = fact {
            return Self::Fact(fact, value);
        }
        let meaning = match predicate {
            LIKELIHOOD => likelihood_of(value).map(Self::Likelihood),
            CONFIDENCE => Confidence::parse(value).map(Self::Confidence),
            _ => predicate
                .strip_prefix("misp-galaxy:")
                .and_then(|galaxy| of_galaxy(galaxy, value)),
        };
        meaning.unwrap_or(Self::Other)
    }
}

fn is_marking(tag: &str) -> bool {
    let prefix = tag.split_at_checked(4);
    prefix.is_some_and(|(prefix, _)| prefix.eq_ignore_ascii_case("tlp:"))
}

/// The predicate and the value of `namespace:predicate="value"`.
fn parts(tag: &str) -> Option<(&str, &str)> {
    let (predicate, value) = tag.split_once("=\"")?;
    Some((predicate, value.strip_suffix('"')?))
}

fn of_galaxy<'t>(galaxy: &str, value: &'t str) -> Option<TagMeaning<'t>> {
    let (name, id) = value.rsplit_once(" - ").unwrap_or((value, ""));
    if galaxy.ends_with("attack-pattern") {
        return is_technique(id).then_some(TagMeaning::Technique(id));
    }
    let kind = match galaxy {
        "threat-actor" => EntityKind::ThreatActor,
        "microsoft-activity-group" => EntityKind::IntrusionSet,
        galaxy if galaxy.ends_with("intrusion-set") => EntityKind::IntrusionSet,
        _ => return None,
    };
    let attack = is_group(id).then_some(id);
    Some(TagMeaning::Actor(NamedActor {
        name: if attack.is_some() { name } else { value },
        kind,
        attack,
    }))
}

/// The term of ICD 203 that a value of the taxonomy is.
fn likelihood_of(value: &str) -> Option<&'static str> {
    let mut terms = Yardstick::Icd203.terms().iter().map(|term| term.words[0]);
    terms.find(|term| term.replace(' ', "-") == value)
}

pub(in crate::formats) fn marking_tag(tlp: Tlp) -> String {
    format!("tlp:{}", tlp.as_str().to_lowercase())
}

/// The tag of a term of likelihood. `None` unless it is the very term that the taxonomy has: likelihood on another
/// yardstick has other ranges.
pub(in crate::formats) fn likelihood_tag(yardstick: Yardstick, word: &str) -> Option<String> {
    if yardstick != Yardstick::Icd203 {
        return None;
    }
    let value = word.trim().to_lowercase().replace(' ', "-");
    likelihood_of(&value).map(|_| machine_tag(LIKELIHOOD, &value))
}

pub(in crate::formats) fn confidence_tag(confidence: Confidence) -> String {
    machine_tag(CONFIDENCE, confidence.as_str())
}

fn machine_tag(predicate: &str, value: &str) -> String {
    format!("{predicate}=\"{value}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_of_a_galaxy_names_a_technique_or_an_actor() {
        assert_eq!(
            TagMeaning::of("misp-galaxy:mitre-attack-pattern=\"Phishing: Link - T1566.002\""),
            TagMeaning::Technique("T1566.002")
        );
        assert_eq!(
            TagMeaning::of("misp-galaxy:mitre-intrusion-set=\"APT32 - G0050\""),
            TagMeaning::Actor(NamedActor {
                name: "APT32",
                kind: EntityKind::IntrusionSet,
                attack: Some("G0050"),
            })
        );
        assert_eq!(
            TagMeaning::of("misp-galaxy:threat-actor=\"Lazarus Group\""),
            TagMeaning::Actor(NamedActor {
                name: "Lazarus Group",
                kind: EntityKind::ThreatActor,
                attack: None,
            })
        );
        for other in [
            "misp-galaxy:tool=\"Emotet\"",
            "misp-galaxy:mitre-attack-pattern=\"Phishing\"",
            "type:OSINT",
            "",
        ] {
            assert_eq!(TagMeaning::of(other), TagMeaning::Other, "{other}");
        }
    }

    #[test]
    fn a_value_of_dateline_is_whole_whatever_it_is() {
        for value in ["tlp:clear", "a\"b", "", "x=\"y"] {
            let tag = TaggedFact::Tag.tag(value);
            assert_eq!(
                TagMeaning::of(&tag),
                TagMeaning::Fact(TaggedFact::Tag, value)
            );
        }
        assert_eq!(
            TagMeaning::of("TLP:Amber+Strict"),
            TagMeaning::Marking("TLP:Amber+Strict")
        );
    }

    #[test]
    fn only_the_terms_of_the_taxonomy_become_tags() {
        let tag = likelihood_tag(Yardstick::Icd203, "Very likely").expect("a term");
        assert_eq!(
            tag,
            "estimative-language:likelihood-probability=\"very-likely\""
        );
        assert_eq!(TagMeaning::of(&tag), TagMeaning::Likelihood("very likely"));
        assert_eq!(likelihood_tag(Yardstick::Phia, "likely"), None);
        assert_eq!(likelihood_tag(Yardstick::Icd203, "highly probable"), None);
        for term in Yardstick::Icd203.terms() {
            assert!(likelihood_tag(Yardstick::Icd203, term.words[0]).is_some());
        }
        for confidence in Confidence::ALL {
            let tag = confidence_tag(*confidence);
            assert_eq!(TagMeaning::of(&tag), TagMeaning::Confidence(*confidence));
        }
    }
}
