//! The help of the command line says what the program does, and its examples run.

use dateline::app::commands::COMMANDS;
use dateline::app::input::key;
use dateline::formats::WRITERS;
use dateline::guide::Topic;

use super::examples::{folder, runs};
use crate::support::program;

/// What the program prints on success.
pub fn printed(arguments: &[&str]) -> String {
    let output = program::run(arguments);
    assert!(output.status.success(), "{arguments:?}");
    String::from_utf8(output.stdout).expect("it is UTF-8")
}

/// The subcommands, as the help lists them.
pub fn subcommands() -> Vec<String> {
    let text = printed(&["--help"]);
    let (_, after) = text.split_once("Commands:\n").expect("they are listed");
    let (list, _) = after.split_once("\n\n").expect("the list ends");
    let names = list
        .lines()
        .filter_map(|line| line.split_whitespace().next());
    names.map(str::to_owned).collect()
}

/// The help of the program and of each subcommand.
pub fn everything() -> Vec<String> {
    let names = subcommands().into_iter();
    let pages = names.map(|name| printed(&[&name, "--help"]));
    pages.chain([printed(&["--help"])]).collect()
}

#[test]
#[expect(clippy::too_many_lines, reason = "one run over every page of the help")]
fn the_help_names_every_subcommand_and_option_and_its_examples_run() {
    let folder = folder("help");
    let all = printed(&["--help"]);
    for word in [
        "list",
        "check",
        "frame",
        "export",
        "--theme",
        "--version",
        "Exit status: 0",
        "FILE",
    ] {
        assert!(
            all.contains(word),
            "`dateline --help` says nothing of {word}"
        );
    }
    let known = [
        ("list", &["FILE"][..]),
        ("check", &["FILE", "--explain"]),
        ("config", &["--path", "--config", "--no-config", "--theme"]),
        ("completions", &["bash", "zsh", "fish"]),
        ("man", &["--dir"]),
        ("query", &["FILTER", "--for", "--like", "--list", "--map"]),
        (
            "new",
            &[
                "FILE", "--title", "--tlp", "--kind", "incident", "--from", "--map",
            ],
        ),
        (
            "frame",
            &[
                "FILE", "--size", "--keys", "--theme", "--format", "roles", "svg", "mono",
            ],
        ),
    ];
    let names: Vec<&str> = (WRITERS.iter().map(|writer| writer.name)).collect();
    let options = ["FILE", "--filter", "--audience", "--notes", "--output"];
    let of_export = [&options[..], &names].concat();
    let of_import = ["FILE", "--filter", "--precision", "--output"];
    let known = known
        .into_iter()
        .chain([("export", &of_export[..]), ("import", &of_import[..])]);
    let timeline = program::read("tests/frames/timelines/three-lines.toml");
    for (command, expected) in known {
        let text = printed(&[command, "--help"]);
        for word in expected {
            assert!(
                text.contains(word),
                "`dateline {command} --help` says nothing of {word}"
            );
        }
        let examples: Vec<&str> = text
            .lines()
            .map(|line| line.trim_start_matches("Example:").trim())
            .filter(|line| line.starts_with("dateline "))
            .collect();
        assert!(
            !examples.is_empty(),
            "`dateline {command} --help` has no example"
        );
        for example in examples {
            runs(example, &timeline, &folder);
        }
    }
}

#[test]
fn every_key_that_the_help_names_is_a_key() {
    let text = printed(&["frame", "--help"]);
    let (_, listed) = text.split_once("by name:").expect("the help lists keys");
    let mut count = 0;
    for word in listed.split_whitespace() {
        key::parse(word).unwrap_or_else(|error| panic!("the help of frame: {error}"));
        count += 1;
    }
    assert!(count > 10, "{listed}");
    // And every key of the command table has a name that the help lists.
    for key in COMMANDS.iter().flat_map(|command| command.keys) {
        let is_named = key.starts_with('<') && !key.starts_with("<ctrl-");
        assert!(
            !is_named || listed.contains(key),
            "the help of frame does not name {key}"
        );
    }
}

#[test]
fn every_topic_of_the_guide_is_printed_in_eighty_columns() {
    let contents = printed(&["help"]);
    for topic in Topic::ALL {
        let (name, title) = (topic.name(), topic.title());
        assert!(contents.contains(name), "`dateline help` lacks {name}");
        let page = printed(&["help", name]);
        let plain = title.replace('`', "");
        assert!(page.replace('`', "").starts_with(&plain), "{page}");
        for line in page.lines() {
            let width = dateline::text::width(line);
            assert!(width <= 80, "{name}: {width} columns: {line}");
            assert!(!line.ends_with(' '), "{name}: {line:?}");
        }
    }
}

#[test]
fn the_help_of_a_subcommand_is_the_same_both_ways_and_an_unknown_topic_is_refused() {
    for command in ["list", "frame"] {
        assert_eq!(printed(&["help", command]), printed(&[command, "--help"]));
    }
    for (wrong, hint) in [
        ("filtres", "did you mean `filters`?"),
        ("lst", "did you mean `list`?"),
        ("zzzzzz", "`dateline help` lists the topics"),
    ] {
        let output = program::run(&["help", wrong]);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{errors}");
        assert!(errors.contains(wrong) && errors.contains(hint), "{errors}");
    }
}
