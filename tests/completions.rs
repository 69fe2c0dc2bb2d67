//! Shell completions and manual pages of the command line.

use std::fs;
use std::path::PathBuf;

use dateline::ui::theme::Theme;

use crate::support::program;

fn standard_output(arguments: &[&str]) -> String {
    let output = program::run(arguments);
    assert!(output.status.success(), "{arguments:?}");
    String::from_utf8(output.stdout).expect("the output is UTF-8")
}

/// The subcommands, as the help lists them.
fn subcommands() -> Vec<String> {
    let help = standard_output(&["--help"]);
    let (_, after) = help
        .split_once("Commands:\n")
        .expect("the help lists the commands");
    let (list, _) = after
        .split_once("\n\n")
        .expect("an empty line ends the list");
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
        let script = standard_output(&["completions", shell]);
        for name in subcommands() {
            assert!(script.contains(&name), "{shell} does not complete {name}");
        }
        for option in ["as-of", "config", "export"] {
            assert!(
                script.contains(option),
                "{shell} does not complete {option}"
            );
        }
        if shell == "elvish" || shell == "powershell" {
            // The scripts of these shells complete no values.
            continue;
        }
        for theme in Theme::ALL {
            assert!(
                script.contains(theme.as_str()),
                "{shell} does not complete {}",
                theme.as_str()
            );
        }
    }
}

#[test]
fn kinds_of_findings_complete_but_the_help_does_not_list_them() {
    for shell in ["bash", "fish", "zsh"] {
        let script = standard_output(&["completions", shell]);
        for kind in ["date-not-edtf", "key-wrong"] {
            assert!(script.contains(kind), "{shell} does not complete {kind}");
        }
    }
    assert!(!standard_output(&["check", "--help"]).contains("key-wrong"));
}

#[test]
fn file_names_complete() {
    assert!(standard_output(&["completions", "zsh"]).contains("FILE:_files"));
    assert!(standard_output(&["completions", "bash"]).contains("compgen -f"));
}

#[test]
fn every_subcommand_has_a_manual_page() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("man");
    let _ = fs::remove_dir_all(&folder);
    standard_output(&["man", "--dir", &folder.display().to_string()]);
    let read = |name: &str| {
        fs::read_to_string(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    };
    let main = read("dateline.1");
    assert_eq!(main, standard_output(&["man"]));
    let (_, others) = main.split_once(".SH \"SEE ALSO\"").expect("it has one");
    for name in others.trim().replace("\\-", "-").split(", ") {
        let file = name.replace('(', ".").replace(')', "");
        assert!(read(&file).contains(".SH DESCRIPTION"), "{name}");
    }
    for name in &subcommands() {
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
