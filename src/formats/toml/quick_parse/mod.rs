//! Parses TOML in the forms in which nearly every timeline is written, in less than half the time of a parser of all TOML.
//!
//! It gives up on anything else, such as dotted keys, a table that is given twice, or any mistake. Then the crate `toml`
//! parses the text. Where it does not give up, its tree is that of the crate, with the same places.

mod document;
mod scan;

use ::toml::de::{DeTable, Error};

use document::QuickDocument;
use scan::QuickScan;

/// The tree of a text, and its mistakes.
pub(super) fn parse_recoverable(text: &str) -> (DeTable<'_>, Vec<Error>) {
    if let Some(tree) = parse(text) {
        return (tree, Vec::new());
    }
    let (tree, errors) = DeTable::parse_recoverable(text);
    (tree.into_inner(), errors)
}

/// The tree of a text; `None` if it has a form that is not read here.
fn parse(text: &str) -> Option<DeTable<'_>> {
    let mut scan = QuickScan::new(text);
    let mut document = QuickDocument::default();
    while scan.skip_to_statement()? {
        if scan.is_at(b'[') {
            document.begin(scan.heading()?)?;
        } else {
            let (key, value) = scan.assignment()?;
            document.put(key, value)?;
        }
        scan.end_line()?;
    }
    document.finish()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// Checks that a text has the tree of the crate, if it is read here. Returns whether it is.
    #[track_caller]
    fn check(text: &str) -> bool {
        let Some(tree) = parse(text) else {
            return false;
        };
        let (whole, errors) = DeTable::parse_recoverable(text);
        assert!(errors.is_empty(), "{errors:?} in {text}");
        assert_eq!(
            format!("{tree:?}"),
            format!("{:?}", whole.get_ref()),
            "{text}"
        );
        true
    }

    #[test]
    fn the_usual_forms_are_read_here() {
        for text in [
            "",
            "# a\n\nformat = 1 # b\r\n",
            "[timeline]\ntitle = \"a\\u00e9\\\" b\" \n[ sources . a-b ]\nurl='c:\\d'\n[sources.c]\n",
            "[[events]]\nwhen = 2021-08-14\nat = 07:30:00 # c\nn = -1.5e3\nb = true\n\n\t[[events.claims]]\n\tx = 0x1F\n\
             [[events.claims]]\n[events.x]\n[[events]] # d\n[[events.claims]]\n",
            "a = [ 'b', \"c\" , # d\n\n 1, ]\nl = [{ to = \"x\", as = 'y' }, {}]\n",
            "a = \"\"\"\nb \\\n  [c]\n\"\"\"\"\"\nd = '''\n\\'''\n[timeline]\n[timeline.e]\nf = \"\tg\"",
        ] {
            assert!(check(text), "{text}");
        }
    }

    #[test]
    fn anything_else_is_left_to_the_parser_of_all_toml() {
        for text in [
            "a.b = 1\n",
            "\"a\" = 1\n",
            "a = 1\na = 2\n",
            "a = [[1]]\n",
            "a = { b = 1,\nc = 2 }\n",
            "a = 1\n[a.b]\n",
            "a = 1\n[[a]]\n",
            "[a]\n[a]\n",
            "[[a]]\n[a]\n",
            "[a]\n[[a]]\n",
            "[[a]]\nb = []\n[[a.b]]\n",
            "[[a]]\n[[a.b]]\n[a.b]\n",
            "[a.b.c]\n",
            "[a.b]\n[a]\n",
            "[ [a]]\n",
            "a = \"b\u{1}\"\n",
            "a = 1 # \u{7f}\n",
            "a = \"b\nc\"\n",
            "a = \"b\\q\"\n",
            "a = b\n",
            "a = 2021-08-14 07:30:00\n",
            "a = 1\rb = 2\n",
            "a = [1\n",
            "a = [,]\n",
            "a = { b = 1, }\n",
            "a = { b = 1, b = 2 }\n",
            "a = 1 b = 2\n",
            "a =\n",
            "é = 1\n",
            "a = \"\"\"b\n",
        ] {
            assert!(!check(text), "{text}");
        }
    }

    #[test]
    #[expect(
        clippy::disallowed_methods,
        reason = "the fixtures are read, and nothing else"
    )]
    fn every_fixture_has_the_tree_of_the_crate() {
        let mut read = 0;
        for folder in ["tests/diagnostics", "tests/facts", "timelines"] {
            let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/").to_owned() + folder;
            for file in fs::read_dir(folder).into_iter().flatten() {
                let path = file.expect("the folder can be read").path();
                if path.extension().is_some_and(|it| it == "toml") {
                    let bytes = fs::read(path).expect("the file can be read");
                    read += usize::from(check(&String::from_utf8_lossy(&bytes)));
                }
            }
        }
        assert!(read > 50, "only {read} are read here");
        let shipped = include_str!("../../../../timelines/uk-democratic-institutions.toml");
        assert!(check(shipped));
    }

    /// What random texts are made of.
    const PARTS: [&str; 40] = [
        "[[events]]",
        "[events]",
        "[events.claims]",
        "[[events.claims]]",
        "[timeline]",
        "[a.b]",
        "[a]",
        "[[a.b]]",
        "[",
        "]",
        "{",
        "}",
        "a",
        "b",
        "claims",
        "events",
        "\"a\"",
        "'b'",
        "\"\"\"c\n\"\"\"",
        "'''d'''",
        "\"\\n\"",
        "\"",
        "'",
        " = ",
        "=",
        ".",
        ",",
        "1",
        "2021-01-02",
        "true",
        "# c",
        "\n",
        "\n",
        "\n",
        "\r\n",
        " ",
        "\t",
        "[1, 2]",
        "{ a = 1 }",
        "\u{e9}",
    ];

    #[test]
    fn random_texts_have_the_tree_of_the_crate() {
        let mut numbers = 1_u64;
        let mut next = |limit: usize| {
            numbers = numbers
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(numbers >> 33).unwrap_or(0) % limit
        };
        let mut read = 0;
        for _ in 0..20_000 {
            let mut text = String::new();
            for _ in 0..=next(6) {
                // Half of the lines are statements, so that some texts are read to their end.
                match next(4) {
                    0 => text.push_str(PARTS[next(8)]),
                    1 => text.extend([PARTS[12 + next(4)], " = ", PARTS[16 + next(5)]]),
                    _ => text.extend((0..=next(4)).map(|_| PARTS[next(PARTS.len())])),
                }
                text.push('\n');
            }
            read += usize::from(check(&text));
        }
        assert!(read > 2_000, "only {read} are read here");
    }
}
