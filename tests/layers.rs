//! The structure of the source: the modules that each module may use, and limits of size.
//!
//! The tables at the head have the rules. Each message says how to fix a violation.

mod circles;
mod model;

use std::fmt;
use std::sync::{LazyLock, OnceLock};

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use crate::support::program;

/// A module, and the other modules of the package that it may use.
pub const LAYERS: &[(&str, &[&str])] = &[
    ("packed", &[]),
    ("diagnostic", &["packed"]),
    ("text", &[]),
    ("date", &[]),
    ("guide", &[]),
    ("timeline", &["date", "diagnostic", "text", "packed"]),
    ("query", &["timeline", "date", "diagnostic", "text"]),
    ("verdict", &["timeline", "date"]),
    ("change", &["timeline", "date", "diagnostic", "text"]),
    (
        "document",
        &[
            "timeline", "date", "text", "query", "verdict", "guide", "change",
        ],
    ),
    ("chart", &["timeline", "date", "document"]),
    (
        "app",
        &[
            "diagnostic",
            "text",
            "date",
            "guide",
            "timeline",
            "query",
            "change",
            "document",
            "chart",
        ],
    ),
    (
        "ui",
        &[
            "diagnostic",
            "text",
            "date",
            "timeline",
            "query",
            "document",
            "chart",
            "app",
        ],
    ),
    (
        "formats",
        &[
            "packed",
            "diagnostic",
            "text",
            "date",
            "timeline",
            "query",
            "change",
            "document",
            "chart",
        ],
    ),
    (
        "lsp",
        &["diagnostic", "text", "date", "timeline", "query", "formats"],
    ),
    ("terminal", &["text", "timeline", "app", "ui"]),
    (
        "cli",
        &[
            "diagnostic",
            "text",
            "date",
            "guide",
            "timeline",
            "query",
            "change",
            "document",
            "chart",
            "app",
            "ui",
            "formats",
            "lsp",
            "terminal",
        ],
    ),
];

/// A path outside the package, the only modules that may use it, and why.
pub const OUTSIDE: &[(&str, &[&str], &str)] = &[
    (
        "serde",
        &["formats", "cli"],
        "facts do not know the formats that they are written in",
    ),
    (
        "toml",
        &["formats", "cli"],
        "facts do not know the formats that they are written in",
    ),
    (
        "toml_writer",
        &["formats", "cli"],
        "facts do not know the formats that they are written in",
    ),
    (
        "serde_json",
        &["formats", "lsp", "terminal"],
        "facts do not know the formats that they are written in; `lsp` writes messages, and `terminal` the status of a briefing",
    ),
    (
        "csv_core",
        &["formats"],
        "facts do not know the formats that they are written in",
    ),
    (
        "quick_xml",
        &["formats"],
        "facts do not know the formats that they are written in",
    ),
    ("clap", &["cli"], "only the command line reads arguments"),
    (
        "clap_complete",
        &["cli"],
        "only the command line reads arguments",
    ),
    (
        "clap_mangen",
        &["cli"],
        "only the command line reads arguments",
    ),
    (
        "anyhow",
        &["cli", "terminal"],
        "a problem that the reader can fix is a diagnostic",
    ),
    (
        "ratatui::layout",
        &["app", "ui", "terminal", "cli"],
        "facts have no place on a screen",
    ),
    (
        "ratatui",
        &["ui", "terminal", "cli"],
        "`app` knows positions, not styles: only `ratatui::layout`",
    ),
    (
        "crossterm",
        &["terminal"],
        "keys are `app::input::key::Key` everywhere else",
    ),
    (
        "signal_hook",
        &["terminal", "cli"],
        "signals come from outside",
    ),
    ("notify", &["terminal"], "only a terminal needs a watcher"),
    (
        "rustix",
        &["terminal"],
        "only code outside the model checks owners of files",
    ),
    ("lsp_server", &["lsp"], "only `lsp` speaks with an editor"),
    (
        "std::thread",
        &["terminal", "formats", "lsp"],
        "everything else runs on its caller's thread",
    ),
    (
        "std::fs",
        &["cli", "terminal", "formats"],
        "return a diagnostic or ask for an effect",
    ),
    (
        "std::env",
        &["cli", "terminal", "main"],
        "the same input gives the same frame",
    ),
    (
        "std::process",
        &["cli", "terminal", "main"],
        "ask for an effect",
    ),
    (
        "std::time",
        &["terminal"],
        "the same input gives the same frame: no clock",
    ),
    ("std::net", &[], "dateline never touches the network"),
    (
        "rand",
        &[],
        "the same input gives the same frame: no randomness",
    ),
];

/// The questions to a date that decide how certain a column is. Only `chart` asks them; everything that draws asks
/// `chart`.
const ASKED_BY_CHART: &[&str] = &["going_on", "core", "is_stated_to_the_day"];

const LONGEST_FILE: usize = 500;

/// Files that may be longer, with the reasons.
const LONG_FILES: &[(&str, &str)] = &[("src/app/commands/table.rs", "a table")];

/// A source file. Its tokens leave out comments and unit tests.
struct Source {
    path: String,
    text: String,
    tokens: Vec<Token>,
    mentions: OnceLock<Vec<Mention>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Token {
    text: String,
    line: usize,
}

/// A full path in the source.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Mention {
    names: Vec<String>,
    line: usize,
}

impl Mention {
    fn begins_with(&self, path: &str) -> bool {
        let mut names = self.names.iter();
        path.split("::")
            .all(|wanted| names.next().is_some_and(|name| name == wanted))
    }
}

impl fmt::Display for Mention {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.names.join("::"))
    }
}

impl Source {
    fn new(path: &str, text: String) -> Self {
        let mut tokens = tokens(path, without_last_tests(&text));
        remove_tests(&mut tokens);
        Self {
            path: path.to_owned(),
            text,
            tokens,
            mentions: OnceLock::new(),
        }
    }

    /// The path of this file's module.
    fn module(&self) -> Vec<&str> {
        let path = self.path.strip_prefix("src/").unwrap_or(&self.path);
        let path = path.strip_suffix(".rs").unwrap_or(path);
        let mut names: Vec<&str> = path.split('/').collect();
        if matches!(names.last(), Some(&("mod" | "lib"))) {
            names.pop();
        }
        names
    }

    /// The outermost module of the file.
    fn layer(&self) -> &str {
        self.module().first().copied().unwrap_or("lib")
    }

    /// Every path of two names or more, with `crate`, `self` and `super` resolved.
    fn mentions(&self) -> &[Mention] {
        self.mentions.get_or_init(|| self.find_mentions())
    }

    fn find_mentions(&self) -> Vec<Mention> {
        let mut found = Vec::new();
        let (mut at, mut depth) = (0, 0);
        // The depths of the inline modules around the present token.
        let mut inline = Vec::new();
        while let Some(token) = self.tokens.get(at) {
            let starts = is_name(&token.text) && self.text_at(at + 1) == "::";
            // `pub(in path)` limits the users of an item; it is not a use of the path.
            let is_behind = |back: usize, text| at >= back && self.text_at(at - back) == text;
            let continues = is_behind(1, "::") || (is_behind(1, "in") && is_behind(2, "("));
            if starts && !continues {
                let first = found.len();
                at = self.tree(at, &[], &mut found);
                for mention in &mut found[first..] {
                    self.resolve(mention, inline.len());
                }
                continue;
            }
            match token.text.as_str() {
                "{" if is_behind(2, "mod") => {
                    depth += 1;
                    inline.push(depth);
                }
                "{" => depth += 1,
                "}" => {
                    inline.retain(|inner| *inner < depth);
                    depth -= 1;
                }
                _ => {}
            }
            at += 1;
        }
        found
    }

    fn text_at(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.text.as_str())
    }

    /// Reads a path, or a tree of paths in braces, from `at` on. Returns the position behind it.
    fn tree(&self, mut at: usize, before: &[String], found: &mut Vec<Mention>) -> usize {
        let mut names = before.to_vec();
        let line = self.tokens.get(at).map_or(0, |token| token.line);
        while is_name(self.text_at(at)) || self.text_at(at) == "*" {
            names.push(self.text_at(at).to_owned());
            at += 1;
            if self.text_at(at) != "::" {
                break;
            }
            at += 1;
            if self.text_at(at) == "{" {
                return self.group(at + 1, &names, found);
            }
        }
        found.push(Mention { names, line });
        at
    }

    fn group(&self, mut at: usize, names: &[String], found: &mut Vec<Mention>) -> usize {
        while at < self.tokens.len() && self.text_at(at) != "}" {
            at = match self.text_at(at) {
                "as" => at + 2,
                name if is_name(name) => self.tree(at, names, found),
                _ => at + 1,
            };
        }
        at + 1
    }

    /// Resolves `self` and `super` of a path inside this many inline modules.
    fn resolve(&self, mention: &mut Mention, inside: usize) {
        let module = self.module();
        let ups = mention
            .names
            .iter()
            .take_while(|name| *name == "super")
            .count();
        let is_local = ups > 0 || mention.names.first().is_some_and(|name| name == "self");
        if is_local {
            let kept = module.len().saturating_sub(ups.saturating_sub(inside));
            let mut names = vec!["crate".to_owned()];
            names.extend(module.iter().take(kept).map(|&name| name.to_owned()));
            let rest = mention.names.iter().skip(ups.max(1)).cloned();
            names.extend(rest);
            mention.names = names;
        }
    }
}

/// A text up to the module of unit tests that ends it. Most files end so, and reading tokens is most of the work.
fn without_last_tests(text: &str) -> &str {
    let tests = text.split_once("\n#[cfg(test)]\nmod tests {\n");
    match tests {
        Some((code, tests)) if tests.find("\n}\n") == tests.len().checked_sub(3) => code,
        _ => text,
    }
}

/// Removes the modules of unit tests, each with its attribute, and nothing behind them.
fn remove_tests(tokens: &mut Vec<Token>) {
    const MARKS: [&[&str]; 2] = [
        &["#", "[", "cfg", "(", "test", ")", "]"],
        &["#", "[", "cfg", "(", "all", "(", "test"],
    ];
    let mut from = 0;
    while let Some(rest) = tokens.get(from..) {
        let marks = MARKS.iter().filter_map(|mark| position(rest, mark));
        let Some(at) = marks.min().map(|at| from + at) else {
            return;
        };
        let is = |at: usize, text| tokens.get(at).is_some_and(|token| token.text == text);
        let mut end = at;
        while is(end, "#") {
            end = end_of_group(tokens, end + 1);
        }
        if is(end, "mod") {
            // Behind the name of the module is its body, or a `;`.
            end = end_of_group(tokens, end + 2);
            tokens.drain(at..end);
            from = at;
        } else {
            from = at + 1;
        }
    }
}

/// The position behind a token or, if it opens a group, behind the group.
fn end_of_group(tokens: &[Token], from: usize) -> usize {
    let mut depth = 0;
    for (at, token) in tokens.iter().enumerate().skip(from) {
        match token.text.as_str() {
            "{" | "[" | "(" => depth += 1,
            "}" | "]" | ")" => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    tokens.len()
}

fn is_name(text: &str) -> bool {
    matches!(
        text.as_bytes(),
        [b'a'..=b'z' | b'A'..=b'Z' | b'_' | 0x80.., ..]
    )
}

fn position(tokens: &[Token], wanted: &[&str]) -> Option<usize> {
    for at in 0..tokens.len() {
        if tokens[at].text != wanted[0] {
            continue;
        }
        let mut pairs = tokens[at..].iter().zip(wanted);
        if tokens.len() - at >= wanted.len() && pairs.all(|(token, text)| token.text == *text) {
            return Some(at);
        }
    }
    None
}

/// Names, punctuation and literals, each with its line.
fn tokens(path: &str, text: &str) -> Vec<Token> {
    let stream: TokenStream = text
        .parse()
        .unwrap_or_else(|error| panic!("{path}: {error}"));
    let mut tokens = Vec::new();
    flatten(stream, &mut tokens);
    tokens
}

fn flatten(stream: TokenStream, tokens: &mut Vec<Token>) {
    let mut trees = stream.into_iter().peekable();
    while let Some(tree) = trees.next() {
        let line = tree.span().start().line;
        let mut add = |text: &str| {
            let text = text.to_owned();
            tokens.push(Token { text, line });
        };
        let TokenTree::Group(group) = &tree else {
            // The lexer reads `::` as two characters.
            let is_colon =
                |tree: &TokenTree| matches!(tree, TokenTree::Punct(it) if it.as_char() == ':');
            match &tree {
                _ if is_colon(&tree) && trees.next_if(is_colon).is_some() => add("::"),
                TokenTree::Punct(sign) => add(sign.as_char().encode_utf8(&mut [0; 4])),
                _ => add(&tree.to_string()),
            }
            continue;
        };
        let (open, close) = match group.delimiter() {
            Delimiter::Brace => ("{", "}"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::None => continue,
        };
        add(open);
        flatten(group.stream(), tokens);
        let (text, line) = (close.to_owned(), group.span_close().start().line);
        tokens.push(Token { text, line });
    }
}

/// The number of lines of a file, if it exists.
fn lines_of(path: &str) -> Option<usize> {
    let text = std::fs::read_to_string(program::root().join(path)).ok()?;
    Some(text.lines().count())
}

/// The source files, read once for all tests.
fn sources() -> &'static [Source] {
    static SOURCES: LazyLock<Vec<Source>> = LazyLock::new(|| {
        let all: Vec<Source> = program::files("src", ".rs")
            .iter()
            .map(|path| Source::new(path, program::read(path)))
            .collect();
        assert!(all.len() > 20, "the source was not found");
        all
    });
    &SOURCES
}

/// Fails with all violations, if there are any.
fn none(found: &[String]) {
    assert!(found.is_empty(), "\n{}\n", found.join("\n"));
}

#[test]
fn a_module_uses_only_the_modules_below_it() {
    let mut found = Vec::new();
    for source in sources() {
        let layer = source.layer();
        if matches!(layer, "lib" | "main") {
            continue;
        }
        let Some((_, allowed)) = LAYERS.iter().find(|(name, _)| *name == layer) else {
            found.push(format!(
                "{}: give the module `{layer}` its row in LAYERS of tests/layers.rs",
                source.path
            ));
            continue;
        };
        for mention in source.mentions() {
            let is_inside = mention.begins_with("crate") && mention.names.len() > 1;
            let used = mention.names.get(1).map_or("", String::as_str);
            if is_inside && used != layer && !allowed.contains(&used) {
                found.push(format!(
                    "{}:{}: `{mention}`: `{layer}` may use only {allowed:?}; move what it needs down, or hand it in from above",
                    source.path, mention.line
                ));
            }
        }
    }
    none(&found);
}

#[test]
fn only_the_permitted_modules_use_outside_paths() {
    let mut found = Vec::new();
    for source in sources() {
        for mention in source.mentions() {
            // The first matching row counts, so a part of a path comes before the whole.
            let row = OUTSIDE.iter().find(|(path, ..)| mention.begins_with(path));
            let Some((path, allowed, why)) = row else {
                continue;
            };
            if !allowed.contains(&source.layer()) {
                found.push(format!(
                    "{}:{}: `{mention}`: only {allowed:?} may use `{path}`: {why}",
                    source.path, mention.line
                ));
            }
        }
    }
    none(&found);
}

#[test]
fn only_the_chart_decides_how_certain_a_column_is() {
    let mut found = Vec::new();
    for source in sources() {
        if !["app", "ui", "formats"].contains(&source.layer()) {
            continue;
        }
        for (at, token) in source.tokens.iter().enumerate() {
            let is_asked = ASKED_BY_CHART.contains(&token.text.as_str());
            if is_asked && at > 0 && source.text_at(at - 1) == "." {
                found.push(format!(
                    "{}:{}: `{}`: ask `chart` for the position of an event and the certainty of each column",
                    source.path, token.line, token.text
                ));
            }
        }
    }
    none(&found);
}

#[test]
fn every_file_begins_with_its_purpose() {
    let found: Vec<String> = sources()
        .iter()
        .filter(|source| !source.text.starts_with("//! "))
        .map(|source| {
            format!(
                "{}: begin with `//!`, its purpose and its limits",
                source.path
            )
        })
        .collect();
    none(&found);
}

#[test]
fn files_stay_short() {
    let mut found = Vec::new();
    for source in sources() {
        let lines = source.text.lines().count();
        let exempt = LONG_FILES.iter().any(|(path, _)| *path == source.path);
        if lines > LONGEST_FILE && !exempt {
            found.push(format!(
                "{}: {lines} lines, at most {LONGEST_FILE}: split it by subject",
                source.path
            ));
        }
    }
    none(&found);
}

#[test]
fn every_exception_is_still_needed() {
    let mut found = Vec::new();
    for (path, reason) in LONG_FILES {
        if lines_of(path).is_none_or(|lines| lines <= LONGEST_FILE) {
            found.push(format!(
                "{path}: gone or short: remove it ({reason}) from LONG_FILES"
            ));
        }
    }
    none(&found);
}

#[test]
fn no_file_of_tests_is_forgotten() {
    let manifest = program::read("Cargo.toml");
    let files = program::files("tests", ".rs");
    let mut found = Vec::new();
    for path in &files {
        // A file that the manifest names is the root of its own program.
        if manifest.contains(&format!("path = \"{path}\"")) {
            continue;
        }
        let inside = path.strip_suffix(".rs").unwrap_or(path);
        let (folder, name) = inside.rsplit_once('/').unwrap_or(("", inside));
        let (folder, name) = match name {
            "mod" => folder.rsplit_once('/').unwrap_or(("", folder)),
            _ => (folder, name),
        };
        let parents = [
            format!("{folder}.rs"),
            format!("{folder}/mod.rs"),
            format!("{folder}/main.rs"),
        ];
        let line = format!("mod {name};");
        let declares = |parent: &String| {
            let is_there = files.contains(parent);
            is_there
                && program::read(parent)
                    .lines()
                    .any(|declaration| declaration.trim().ends_with(&line))
        };
        let by_path = |parent: &String| program::read(parent).contains(&format!("{name}.rs\"]"));
        if !parents.iter().any(declares) && !files.iter().any(by_path) {
            found.push(format!(
                "{path} never runs: write `{line}` in {}",
                parents.join(" or ")
            ));
        }
    }
    none(&found);
}

/// The map in `src/lib.rs` and the picture in `src/README.md` name the modules of LAYERS, whose table is written by
/// `tests/documents.rs`.
#[test]
fn the_maps_of_the_layers_agree() {
    let modules = |text: &str, mark: &str| {
        let rows = text.lines().filter(|line| line.contains(mark));
        let words = rows.flat_map(|row| row.split(mark).skip(1));
        let words = words.filter_map(|rest| rest.split(['`', ' ', ',']).next());
        words.map(str::to_owned).collect::<Vec<String>>()
    };
    let mut layers: Vec<String> = LAYERS.iter().map(|(name, _)| (*name).to_owned()).collect();
    layers.sort_unstable();

    let library = program::read("src/lib.rs");
    let map = library.lines().filter(|line| line.starts_with("//! | "));
    let mut in_library = modules(&map.collect::<Vec<_>>().join("\n"), "[`");
    in_library.sort_unstable();
    assert_eq!(in_library, layers, "the map of src/lib.rs");
    let mut declared: Vec<&str> = library
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'))
        .collect();
    declared.sort_unstable();
    assert_eq!(declared, layers, "the modules of src/lib.rs");

    let page = program::read("src/README.md");
    let (_, picture) = page
        .split_once("```text")
        .expect("src/README.md has the picture");
    let picture = picture.split("```").next().unwrap_or_default();
    let words: Vec<&str> = picture.split(|it: char| !it.is_ascii_lowercase()).collect();
    for layer in &layers {
        assert!(
            words.contains(&layer.as_str()),
            "the picture of src/README.md lacks `{layer}`"
        );
    }
}

#[test]
fn paths_are_read_from_code_only() {
    let text = r##"
        //! use crate::comment::A;
        use crate::{app::{self, Key}, date::EventDate as Date};
        use super::super::ui::draw;
        fn short<'a>(x: [u8; 2]) -> &'a str {
            let c = '{'; let s = "crate::string::B }"; let r = r#"crate::raw::C"#;
            let b = br"crate::bytes::E"; write!(out, "{}", crate::text::F);
            std::fs::read(ratatui::layout::Rect::new())
        }
        trait T { fn none(&self); }
        #[cfg(test)]
        mod laws;
        #[cfg(test)]
        #[path = "other.rs"]
        mod tests { use crate::cli::D; fn f() { crate::cli::E; } }
        #[cfg(test)]
        use crate::date::ForTests;
        #[cfg(all(test, unix))]
        mod tests { use crate::cli::F; }
        fn last() { crate::query::G }
    "##;
    let source = Source::new("src/app/screen/page.rs", text.to_owned());
    let mentions: Vec<String> = source.mentions().iter().map(ToString::to_string).collect();
    assert_eq!(
        mentions,
        [
            "crate::app::self",
            "crate::app::Key",
            "crate::date::EventDate",
            "crate::app::ui::draw",
            "crate::text::F",
            "std::fs::read",
            "ratatui::layout::Rect::new",
            "crate::date::ForTests",
            "crate::query::G",
        ]
    );
}
