//! Sources as external references.

use super::bundle::{BundleWriter, LabelledText, text};
use crate::document::source::{reliability_words, standing_words};
use crate::formats::stix::date_words::{UNREAD, date_words};
use crate::formats::writers::json_text::OrderedObject;
use crate::timeline::term::Tlp;
use crate::timeline::{Source, SourceId};

/// How much a reference says of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ReferenceExtent {
    /// Enough to find it.
    Short,
    /// All, with the sources that it repeats. Only the report has it: they may be marked more strictly.
    Whole,
}

/// A reference to a source, with the place in it.
pub(super) fn reference(
    writer: &BundleWriter<'_>,
    id: SourceId,
    at: Option<&str>,
    extent: ReferenceExtent,
) -> OrderedObject {
    let source = writer.timeline.source(id);
    let mut words = LabelledText::default();
    words.put("Publisher", source.publisher.as_deref().unwrap_or_default());
    let published = match &source.published {
        Some(day) => date_words(day),
        None if source.day_unread => UNREAD.to_owned(),
        None => "not dated".to_owned(),
    };
    words.put("Published", &published);
    words.put("At", at.unwrap_or_default());
    let url = source.url.as_deref();
    let address = url.filter(|url| is_address(url));
    if address.is_none() {
        words.put("Address", url.unwrap_or_default());
    }
    let note = match extent {
        ReferenceExtent::Short => "",
        ReferenceExtent::Whole => {
            details(writer, source, &mut words);
            source.note.as_deref().unwrap_or_default()
        }
    };
    let mut reference = OrderedObject::default();
    reference.put("source_name", name(source));
    reference.put("description", words.end(note));
    reference.put("url", address);
    reference
}

fn details(writer: &BundleWriter<'_>, source: &Source, words: &mut LabelledText) {
    let retrieved = source.retrieved.as_ref().map(date_words);
    words.put("Retrieved", &retrieved.unwrap_or_default());
    words.put("Standing", source.standing.map_or("", standing_words));
    words.put(
        "Reliability",
        source.reliability.map_or("", reliability_words),
    );
    for repeated in &source.derives_from {
        words.put("Repeats", &writer.timeline.source(*repeated).title);
    }
}

/// The marking of a source.
pub(super) fn level(writer: &BundleWriter<'_>, id: SourceId) -> Option<Tlp> {
    writer.level(writer.timeline.source(id).tlp)
}

/// The title. The names of two registries are reserved for their ids.
fn name(source: &Source) -> String {
    match text(&source.title).as_str() {
        "" => "(untitled source)".to_owned(),
        name @ ("cve" | "capec") => format!("{name} (source)"),
        name => name.to_owned(),
    }
}

/// Whether a text is an address of the web that needs no escapes (RFC 3986).
fn is_address(url: &str) -> bool {
    let rest = ["https://", "http://"]
        .iter()
        .find_map(|it| url.strip_prefix(it));
    let Some(rest) = rest.filter(|it| it.starts_with(|it: char| it.is_ascii_alphanumeric())) else {
        return false;
    };
    let is_allowed = |it: char| it.is_ascii_alphanumeric() || "-._~:/?#@!$&'()*+,;=%".contains(it);
    let mut escapes = rest.split('%').skip(1);
    let is_escape = |it: &str| {
        let digits = it.as_bytes().get(..2);
        digits.is_some_and(|it| it.iter().all(u8::is_ascii_hexdigit))
    };
    rest.chars().all(is_allowed) && rest.matches('#').count() < 2 && escapes.all(is_escape)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_are_links() {
        for url in [
            "https://example.org/report?a=1&b=2#part",
            "http://example.org/a%20b",
        ] {
            assert!(is_address(url), "{url}");
        }
        for url in [
            "javascript:alert(1)",
            "https://",
            "https:///a",
            "https://example.org/a b",
            "https://example.org/ä",
            "https://example.org/%zz",
            "https://example.org/%4",
            "https://example.org/a#b#c",
            "https://example.org/[a]",
            "ftp://example.org",
            "",
        ] {
            assert!(!is_address(url), "{url}");
        }
    }
}
