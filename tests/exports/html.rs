//! Reads HTML as a browser does, and refuses everything that no handout has.

use std::collections::BTreeSet;

use html5gum::{StartTag, Token, Tokenizer};

const EMPTY: &[&str] = &["meta", "br"];
const KNOWN: &[&str] = &[
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "a",
    "header",
    "footer",
    "h1",
    "h2",
    "h3",
    "nav",
    "ul",
    "ol",
    "li",
    "main",
    "section",
    "article",
    "p",
    "span",
    "b",
    "i",
    "strong",
    "blockquote",
    "aside",
    "dl",
    "dt",
    "dd",
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "br",
    "figure",
    "figcaption",
    "div",
    "svg",
    "path",
    "circle",
    "rect",
    "text",
    "tspan",
    "g",
];
const ATTRIBUTES: &[&str] = &[
    "lang",
    "charset",
    "http-equiv",
    "content",
    "name",
    "class",
    "href",
    "id",
    "aria-label",
    "aria-labelledby",
    "aria-hidden",
    "rel",
    "role",
    "scope",
    "colspan",
    "data-label",
    "tabindex",
    "viewbox",
    "xmlns",
    "cx",
    "cy",
    "d",
    "r",
    "x",
    "y",
    "width",
    "height",
    "font-size",
    "text-anchor",
    "textlength",
    "lengthadjust",
];

/// The state of the reader.
#[derive(Default)]
struct HtmlReader {
    text: String,
    open: Vec<String>,
    ids: BTreeSet<String>,
    links: Vec<String>,
    headings: Vec<char>,
}

/// The visible text of a page. Fails if the page is not well formed, or has anything unexpected.
pub fn read(html: &str) -> String {
    let mut page = HtmlReader::default();
    for token in Tokenizer::new(html) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => page.start(&tag, html),
            Token::EndTag(tag) => {
                let name = words(&tag.name);
                assert_eq!(
                    page.open.pop().as_ref(),
                    Some(&name),
                    "</{name}> in\n{html}"
                );
                if !["span", "b", "i", "strong", "a"].contains(&name.as_str()) {
                    page.text.push('\n');
                }
            }
            Token::String(text) => {
                if page.open.last().is_none_or(|name| name != "style") {
                    page.text.push_str(&words(&text));
                }
            }
            Token::Doctype(doctype) => assert_eq!(words(&doctype.name), "html"),
            Token::Comment(_) => panic!("a comment in\n{html}"),
            Token::Error(error) => panic!("{error:?} in\n{html}"),
        }
    }
    assert!(page.open.is_empty(), "{:?} is never closed", page.open);
    for link in &page.links {
        let inside = link.strip_prefix('#');
        let leads = inside.map_or(link.starts_with("http"), |id| page.ids.contains(id));
        assert!(leads, "{link} leads nowhere");
    }
    let titles = page.headings.iter().filter(|level| **level == '1').count();
    assert_eq!(titles, 1, "the title of the page");
    assert!(
        page.headings
            .windows(2)
            .all(|pair| pair[1] <= pair[0] || u32::from(pair[1]) == u32::from(pair[0]) + 1)
    );
    page.text
}

/// The elements of a page, but for those of its pictures.
pub fn parts(html: &str) -> Vec<String> {
    let names = Tokenizer::new(html)
        .flatten()
        .filter_map(|token| match token {
            Token::StartTag(tag) => Some(words(&tag.name)),
            _ => None,
        });
    let in_pictures = ["svg", "path", "circle", "rect", "text", "tspan", "g"];
    names
        .filter(|name| !in_pictures.contains(&name.as_str()))
        .collect()
}

fn words(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("a page is UTF-8")
}

impl HtmlReader {
    fn start(&mut self, tag: &StartTag<()>, html: &str) {
        let name = words(&tag.name);
        assert!(KNOWN.contains(&name.as_str()), "<{name}> in\n{html}");
        let value = |wanted: &str| {
            let mut all = tag.attributes.iter();
            all.find(|(name, _)| words(name) == wanted)
                .map(|(_, value)| words(value))
        };
        for attribute in tag.attributes.keys() {
            let attribute = words(attribute);
            assert!(
                ATTRIBUTES.contains(&attribute.as_str()),
                "<{name} {attribute}> in\n{html}"
            );
        }
        if let Some(id) = value("id") {
            assert!(self.ids.insert(id.clone()), "#{id} twice");
        }
        if let Some(href) = value("href") {
            assert!(
                href.starts_with('#') || value("rel").as_deref() == Some("noreferrer"),
                "{href}"
            );
            self.links.push(href);
        }
        if name == "th" {
            assert!(value("scope").is_some(), "a header without a scope");
        }
        if let ["h", level] = [
            name.get(..1).unwrap_or_default(),
            name.get(1..).unwrap_or_default(),
        ] {
            self.headings
                .extend(level.chars().filter(char::is_ascii_digit));
        }
        if !tag.self_closing && !EMPTY.contains(&name.as_str()) {
            self.open.push(name);
        }
    }
}
