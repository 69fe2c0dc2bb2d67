//! Reads Markdown as `CommonMark` with tables does, and refuses what a handout never has.

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

/// The text that a reader sees, block by block. Fails if there is any markup but ours.
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
                let from = strong.take().expect("it was begun");
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

/// Words of the program stand in bold, and never those of a file.
fn is_ours(words: &str) -> bool {
    words.starts_with("TLP:")
        || words.starts_with("Claims on ")
        || words.ends_with(':')
        || [
            "Notes for the briefer",
            "Linked events",
            "Open",
            "Answered in part",
            "Answered",
        ]
        .contains(&words)
}
