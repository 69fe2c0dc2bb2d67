//! What a shell and a reader of manuals are told of the command line.

use std::fs;
use std::path::PathBuf;

use dateline::ui::theme::Theme;

use crate::support::program;

fn printed(arguments: &[&str]) -> String {
    let output = program::run(arguments);
    assert!(output.status.success(), "{arguments:?}");
    String::from_utf8(output.stdout).expect("it is UTF-8")
}

/// The subcommands, as the help lists them.
fn subcommands() -> Vec<String> {
    let help = printed(&["--help"]);
    let (_, after) = help.split_once("Commands:\n").expect("they are listed");
    let (list, _) = after.split_once("\n\n").expect("the list ends");
    let names = list
        .lines()
        .filter_map(|line| line.split_whitespace().next());
    let names: Vec<String> = names.map(str::to_owned).collect();
    assert!(
        names.len() >= 8 && names.contains(&"config".to_owned()),
        "{names:?}"
    );
    names
}

#[test]
fn every_shell_completes_every_subcommand_and_the_themes() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = printed(&["completions", shell]);
        for name in subcommands() {
            assert!(script.contains(&name), "{shell} knows no {name}");
        }
        for option in ["as-of", "config", "export"] {
            assert!(script.contains(option), "{shell} knows no {option}");
        }
        if shell == "elvish" || shell == "powershell" {
            // Their scripts complete no values.
            continue;
        }
        for theme in Theme::ALL {
            assert!(
                script.contains(theme.as_str()),
                "{shell} knows no {}",
                theme.as_str()
            );
        }
    }
}

#[test]
fn kinds_of_findings_complete_and_the_help_is_not_filled_with_them() {
    for shell in ["bash", "fish", "zsh"] {
        let script = printed(&["completions", shell]);
        for kind in ["date-not-edtf", "key-wrong"] {
            assert!(script.contains(kind), "{shell} knows no {kind}");
        }
    }
    assert!(!printed(&["check", "--help"]).contains("key-wrong"));
}

#[test]
fn names_of_files_complete() {
    assert!(printed(&["completions", "zsh"]).contains("FILE:_files"));
    assert!(printed(&["completions", "bash"]).contains("compgen -f"));
}

#[test]
fn there_is_a_page_of_the_manual_for_every_subcommand() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("man");
    let _ = fs::remove_dir_all(&folder);
    printed(&["man", "--dir", &folder.display().to_string()]);
    let read = |name: &str| {
        fs::read_to_string(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    };
    let main = read("dateline.1");
    assert_eq!(main, printed(&["man"]));
    for name in subcommands().iter().filter(|name| *name != "help") {
        assert!(
            main.contains(&format!("dateline\\-{name}(1)")),
            "{name}: {main}"
        );
        assert!(
            read(&format!("dateline-{name}.1")).starts_with(".ie \\n(.g"),
            "{name}"
        );
    }
    assert!(main.contains("Exit status"), "{main}");
}
