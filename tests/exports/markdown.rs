//! Reads Markdown as `CommonMark` with tables and as GitHub do, and refuses everything that no handout has.

use comrak::nodes::NodeValue;
use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

/// The visible text, block by block. Fails on any markup that dateline does not write.
pub fn read(markdown: &str) -> String {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_MATH;
    let mut out = String::new();
    let mut strong: Option<usize> = None;
    for event in Parser::new_ext(markdown, options) {
        match event {
            Event::Text(text) => out.push_str(&text),
            Event::Start(Tag::Strong) => strong = Some(out.len()),
            Event::End(TagEnd::Strong) => {
                let from = strong.take().expect("the strong text has a start");
                let words = out.get(from..).unwrap_or_default();
                assert!(is_ours(words), "`{words}` is strong in\n{markdown}");
            }
            Event::Start(tag) => {
                if let Tag::Link {
                    link_type,
                    dest_url,
                    ..
                } = &tag
                {
                    let is_web =
                        dest_url.starts_with("https://") || dest_url.starts_with("http://");
                    assert!(
                        is_web && *link_type == LinkType::Autolink,
                        "{dest_url} in\n{markdown}"
                    );
                }
                assert!(is_expected(&tag), "{tag:?} in\n{markdown}");
            }
            Event::End(TagEnd::Link) => {}
            Event::End(_) | Event::SoftBreak | Event::HardBreak => out.push('\n'),
            other => panic!("{other:?} in\n{markdown}"),
        }
    }
    out
}

fn is_expected(tag: &Tag<'_>) -> bool {
    matches!(
        tag,
        Tag::Paragraph
            | Tag::Heading { .. }
            | Tag::List(_)
            | Tag::Item
            | Tag::BlockQuote(None)
            | Tag::CodeBlock(pulldown_cmark::CodeBlockKind::Indented)
            | Tag::Table(_)
            | Tag::TableHead
            | Tag::TableRow
            | Tag::TableCell
            | Tag::Link { .. }
    )
}

/// Whether words are dateline's: only those are bold, never those of a file.
fn is_ours(words: &str) -> bool {
    words.starts_with("TLP:")
        || words.starts_with("Claims on ")
        || words.ends_with(':')
        || [
            "Notes for the briefer",
            "Linked events",
            "What the claims say",
            "Open",
            "Answered in part",
            "Answered",
        ]
        .contains(&words)
}

/// The visible text when rendered as GitHub does: with autolinks, raw HTML and every other extension. Fails on any
/// markup that dateline does not write, and on a link to any other address.
pub fn read_gfm(markdown: &str, addresses: &[&str]) -> String {
    let options = gfm();
    let arena = comrak::Arena::new();
    let root = comrak::parse_document(&arena, markdown, &options);
    let mut out = String::new();
    for node in root.descendants() {
        match &node.data().value {
            NodeValue::Text(text) => out.push_str(text),
            NodeValue::Link(link) => {
                let is_mail = link.url.starts_with("mailto:") || link.url.starts_with("xmpp:");
                assert!(
                    is_mail || addresses.contains(&link.url.as_str()),
                    "{} in\n{markdown}",
                    link.url
                );
            }
            value => {
                assert!(is_of_handout(value), "{value:?} in\n{markdown}");
                if value.block() || matches!(value, NodeValue::LineBreak) {
                    out.push('\n');
                }
            }
        }
    }
    let html = comrak::markdown_to_html(markdown, &options);
    for token in html5gum::Tokenizer::new(&html).flatten() {
        if let html5gum::Token::StartTag(tag) = token {
            let name = String::from_utf8_lossy(&tag.name);
            assert!(TAGS.contains(&&*name), "<{name}> in\n{html}");
            for attribute in tag.attributes.keys() {
                let attribute = String::from_utf8_lossy(attribute);
                assert!(ATTRIBUTES.contains(&&*attribute), "{attribute} in\n{html}");
            }
        }
    }
    out
}

/// The kinds of everything but text in Markdown as GitHub reads it.
pub fn parts(markdown: &str) -> Vec<String> {
    let arena = comrak::Arena::new();
    let root = comrak::parse_document(&arena, markdown, &gfm());
    let kinds = root.descendants().filter_map(|node| {
        let value = &node.data().value;
        let kind = format!("{value:?}");
        let kind = kind.split(['(', ' ']).next()?;
        (kind != "Text").then(|| kind.to_owned())
    });
    kinds.collect()
}

const TAGS: &[&str] = &[
    "h1",
    "h2",
    "h3",
    "p",
    "strong",
    "ul",
    "ol",
    "li",
    "blockquote",
    "pre",
    "code",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "a",
    "br",
];
const ATTRIBUTES: &[&str] = &["href", "start"];

/// Every extension of GitHub, and more: text that this renderer leaves alone is text to others too.
fn gfm() -> comrak::Options<'static> {
    let mut options = comrak::Options::default();
    options.extension.autolink = true;
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    options.extension.footnotes = true;
    options.extension.alerts = true;
    options.extension.math_dollars = true;
    options.extension.math_code = true;
    options.extension.underline = true;
    options.render.r#unsafe = true;
    options
}

const fn is_of_handout(value: &NodeValue) -> bool {
    matches!(
        value,
        NodeValue::Document
            | NodeValue::Paragraph
            | NodeValue::Heading(_)
            | NodeValue::List(_)
            | NodeValue::Item(_)
            | NodeValue::BlockQuote
            | NodeValue::CodeBlock(_)
            | NodeValue::Table(_)
            | NodeValue::TableRow(_)
            | NodeValue::TableCell
            | NodeValue::Strong
            | NodeValue::SoftBreak
            | NodeValue::LineBreak
    )
}
