//! Words of objects: citations and links of ATT&CK taken out, and lines with a label found.

use crate::diagnostic::TextPlace;
use crate::timeline::draft::{Located, LocatedText};

const CITATION: &str = "(Citation: ";
const ATTACK_LINK: &str = "](https://attack.mitre.org/";

/// A description without the citations and links of ATT&CK, whose targets are sources and entities.
pub(super) fn prose(text: LocatedText) -> LocatedText {
    if !text.value.contains(CITATION) && !text.value.contains(ATTACK_LINK) {
        return text;
    }
    let words = without_links(&without_citations(&text.value));
    Located::new(words.trim().into(), text.place)
}

/// The names of the references that a text cites.
pub(super) fn cited(text: &str) -> Vec<&str> {
    let parts = text.split(CITATION).skip(1);
    parts
        .filter_map(|part| Some(part.split_once(')')?.0.trim()))
        .collect()
}

fn without_citations(text: &str) -> String {
    let mut parts = text.split(CITATION);
    let mut words = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        words.push_str(part.split_once(')').map_or("", |(_, rest)| rest));
    }
    words
}

/// `[APT29](https://attack.mitre.org/groups/G0016)` becomes `APT29`.
fn without_links(text: &str) -> String {
    let mut words = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once(ATTACK_LINK) {
        let Some((_, after)) = behind.split_once(')') else {
            break;
        };
        match before.rsplit_once('[') {
            Some((start, name)) => words.extend([start, name]),
            None => words.push_str(before),
        }
        rest = after;
    }
    words.push_str(rest);
    words
}

/// The first lines of a text that begin with one of some labels, and the rest of it.
pub(super) fn labelled<'w>(text: &'w str, labels: &[&str]) -> (Vec<(&'w str, &'w str)>, &'w str) {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some((label, value)) = first_line(rest).split_once(": ") {
        if !labels.contains(&label) {
            break;
        }
        found.push((label, value.trim()));
        rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
    }
    (found, rest.trim())
}

fn first_line(text: &str) -> &str {
    text.split('\n').next().unwrap_or_default()
}

/// The value of a label.
pub(super) fn value<'w>(found: &[(&str, &'w str)], label: &str) -> Option<&'w str> {
    let (_, value) = found.iter().find(|(known, _)| *known == label)?;
    Some(value)
}

/// A place for what no object states.
pub(super) fn at(text: &str, place: TextPlace) -> LocatedText {
    Located::new(text.into(), place)
}

/// Adds lines to a text at the place of the text, or else at another.
pub(super) fn with_lines(
    text: Option<LocatedText>,
    lines: impl IntoIterator<Item = String>,
    place: TextPlace,
) -> Option<LocatedText> {
    let place = text.as_ref().map_or(place, |text| text.place);
    let own = text.map(|text| text.value.into());
    let parts: Vec<String> = own
        .into_iter()
        .chain(lines)
        .filter(|it| !it.is_empty())
        .collect();
    (!parts.is_empty()).then(|| at(&parts.join("\n"), place))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn citations_and_links_of_attack_are_taken_out() {
        let text = "[C0024](https://attack.mitre.org/campaigns/C0024) was [2020] work of \
                    [APT29](https://attack.mitre.org/groups/G0016).(Citation: A B)(Citation: C)";
        let words = prose(Located::new(text.into(), TextPlace::default()));
        assert_eq!(words.value, "C0024 was [2020] work of APT29.");
        assert_eq!(cited(text), ["A B", "C"]);
        for text in [
            "](https://attack.mitre.org/)",
            "a](https://attack.mitre.org/",
            "(Citation: a",
        ] {
            let words = prose(Located::new(text.into(), TextPlace::default()));
            assert!(
                words.value.len() < text.len() || text.starts_with('a'),
                "{text}"
            );
        }
    }

    #[test]
    fn labels_are_read_from_the_first_lines() {
        let (found, rest) = labelled(
            "When: 2021\nPhase: legal\n\nNote: the rest\n",
            &["When", "Phase"],
        );
        assert_eq!(found, [("When", "2021"), ("Phase", "legal")]);
        assert_eq!(rest, "Note: the rest");
        assert_eq!(value(&found, "Phase"), Some("legal"));
    }
}
