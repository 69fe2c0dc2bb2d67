//! The user's settings: their precedence, their findings, and the commands that ignore them.

use std::fs;
use std::path::PathBuf;
use std::process::Output;

use dateline::app::commands::{COMMANDS, keymap};
use dateline::app::input::keymap::KeySequence;
use dateline::cli::settings::{SETTINGS, SettingValues, read};
use dateline::diagnostic::SourceText;
use proptest::prelude::*;

use crate::support::program;

const RIGHT: &str = "tests/settings/right.toml";
const WRONG: &str = "tests/settings/wrong.toml";

/// A configuration folder with a settings file in it.
pub fn home(name: &str, text: &str) -> PathBuf {
    let home = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let folder = home.join("dateline");
    fs::create_dir_all(&folder).expect("the folder can be made");
    fs::write(folder.join("config.toml"), text).expect("the file can be written");
    home
}

fn run_at(home: &PathBuf, arguments: &[&str]) -> Output {
    program::dateline()
        .args(arguments)
        .env("XDG_CONFIG_HOME", home)
        .output()
        .expect("the program can be started")
}

fn standard_output(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("the output is UTF-8")
}

fn standard_error(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("the output is UTF-8")
}

/// The line of a setting, with single spaces.
fn line(output: &Output, setting: &str) -> String {
    let standard_output = standard_output(output);
    let mut lines = standard_output.lines();
    let line = lines.find(|line| line.starts_with(&format!("{setting} = ")));
    let line = line.unwrap_or_else(|| panic!("no {setting} in {standard_output}"));
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn without_comments(text: &str) -> Vec<&str> {
    let code = text
        .lines()
        .map(|line| line.split("  # ").next().unwrap_or(line));
    code.map(str::trim_end)
        .filter(|line| !line.starts_with('#'))
        .collect()
}

#[test]
fn the_output_of_config_is_a_valid_settings_file() {
    for arguments in [
        &["config", "--config", RIGHT][..],
        &["config", "--no-config"],
    ] {
        let first = program::run(arguments);
        assert_eq!(
            (first.status.code(), standard_error(&first).as_str()),
            (Some(0), "")
        );
        let home = home("saved", &standard_output(&first));
        let again = run_at(&home, &["config"]);
        assert_eq!(
            (again.status.code(), standard_error(&again).as_str()),
            (Some(0), "")
        );
        let (first, again) = (standard_output(&first), standard_output(&again));
        assert_eq!(without_comments(&first), without_comments(&again));
        let mut settings = again.lines().filter(|line| !line.starts_with('#'));
        assert!(
            settings.all(|line| !line.ends_with("# default")),
            "every line is of the file now"
        );
    }
}

#[test]
fn config_names_every_setting_and_command_with_its_origin() {
    let output = program::run(&["config", "--config", RIGHT]);
    for setting in SETTINGS {
        let line = line(&output, setting.name);
        assert!(line.contains("# right.toml:"), "{line}");
    }
    assert_eq!(line(&output, "detail"), "detail = false # right.toml:5");
    assert_eq!(
        line(&output, "zoom-filter"),
        "zoom-filter = [] # right.toml:11"
    );
    assert_eq!(line(&output, "undo"), "undo = \"u\" # default");
    let standard_output = standard_output(&output);
    for command in COMMANDS {
        assert!(standard_output.contains(command.name), "{}", command.name);
    }
}

#[test]
fn the_command_line_overrides_the_file_and_the_file_the_environment() {
    let theme = |home: &PathBuf, no_color: &str, arguments: &[&str]| {
        let output = program::dateline()
            .arg("config")
            .args(arguments)
            .env("XDG_CONFIG_HOME", home)
            .env("NO_COLOR", no_color)
            .output()
            .expect("the program can be started");
        line(&output, "theme")
    };
    let (light, empty) = (home("light", "theme = \"light\"\n"), home("empty", ""));
    assert_eq!(theme(&empty, "", &[]), "theme = \"dark\" # default");
    assert_eq!(
        theme(&empty, "1", &[]),
        "theme = \"mono\" # environment: NO_COLOR"
    );
    assert_eq!(theme(&light, "1", &[]), "theme = \"light\" # config.toml:1");
    assert_eq!(
        theme(&light, "1", &["--theme", "contrast"]),
        "theme = \"contrast\" # command line: --theme"
    );
    assert_eq!(
        theme(&light, "", &["--no-config"]),
        "theme = \"dark\" # default"
    );
    let auto = home("auto", "theme = \"auto\"\n");
    assert_eq!(
        theme(&auto, "", &[]),
        "theme = \"dark\" # config.toml:1: auto"
    );
    assert_eq!(
        theme(&auto, "1", &[]),
        "theme = \"mono\" # config.toml:1: auto, environment: NO_COLOR"
    );
    assert_eq!(
        theme(&light, "1", &["--theme", "auto"]),
        "theme = \"mono\" # command line: --theme: auto, environment: NO_COLOR"
    );
}

#[test]
fn config_names_the_variable_that_decided() {
    let config = |text: &str, set: &[(&str, &str)], arguments: &[&str]| {
        let output = program::dateline()
            .arg("config")
            .args(arguments)
            .env("XDG_CONFIG_HOME", home("decided", text))
            .envs(set.iter().copied())
            .output()
            .expect("the program can be started");
        let colours = standard_output(&output);
        let mut colours = colours.lines().filter(|line| line.starts_with("# colours"));
        let colours = colours
            .next()
            .expect("the output has the colours")
            .to_owned();
        let colours: Vec<&str> = colours.split_whitespace().collect();
        [
            line(&output, "theme"),
            line(&output, "ascii"),
            line(&output, "watch"),
            colours.join(" "),
        ]
    };
    let vt100 = [("TERM", "vt100"), ("COLORFGBG", "0;15"), ("LC_CTYPE", "C")];
    assert_eq!(
        config("", &vt100, &[]),
        [
            "theme = \"mono\" # environment: TERM",
            "ascii = true # environment: LC_CTYPE",
            "watch = true # default",
            "# colours: none # environment: TERM",
        ]
    );
    let capable = [("COLORTERM", "truecolor"), ("COLORFGBG", "0;15")];
    assert_eq!(
        config("", &capable, &["--ascii", "--no-watch"]),
        [
            "theme = \"light\" # environment: COLORFGBG",
            "ascii = true # command line: --ascii",
            "watch = false # command line: --no-watch",
            "# colours: 256 or more # environment: COLORTERM",
        ]
    );
    let file = "ascii = false\nwatch = false\ntheme = \"light\"\n";
    assert_eq!(
        config(file, &vt100, &[]),
        [
            "theme = \"light\" # config.toml:3",
            "ascii = false # config.toml:1",
            "watch = false # config.toml:2",
            "# colours: none # environment: TERM",
        ]
    );
    assert_eq!(
        config("ascii = \"auto\"", &vt100, &[])[1],
        "ascii = true # config.toml:1: auto, environment: LC_CTYPE"
    );
}

#[test]
fn findings_on_settings_are_coloured_on_request() {
    let is_coloured = |set: &[(&str, &str)]| {
        let mut command = program::dateline();
        command.args(["config", "--config", WRONG]);
        let output = command.envs(set.iter().copied()).output();
        let output = output.expect("the program can be started");
        output.stderr.contains(&0x1b)
    };
    assert!(!is_coloured(&[]));
    assert!(is_coloured(&[("CLICOLOR_FORCE", "1")]));
    assert!(!is_coloured(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
}

#[test]
fn every_mistake_is_reported_and_the_rest_applies() {
    let output = program::run(&["config", "--config", WRONG]);
    assert_eq!(output.status.code(), Some(1));
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "settings" }, {
        insta::assert_snapshot!("wrong", standard_error(&output));
    });
    assert_eq!(line(&output, "detail"), "detail = 55 # wrong.toml:2");
    assert_eq!(line(&output, "theme"), "theme = \"dark\" # default");
    assert_eq!(line(&output, "mouse"), "mouse = true # default");
    // Two commands may swap their keys.
    assert_eq!(line(&output, "down"), "down = \"k\" # wrong.toml:11");
    assert_eq!(line(&output, "up"), "up = \"j\" # wrong.toml:12");
    assert_eq!(line(&output, "quit"), "quit = \"q\" # default");
    assert_eq!(line(&output, "accept"), "accept = \"<enter>\" # default");
}

#[test]
fn an_unreadable_default_file_is_reported_and_an_unreadable_named_file_is_a_failure() {
    let home = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("folder-for-file");
    fs::create_dir_all(home.join("dateline/config.toml")).expect("the folder can be made");
    let output = run_at(&home, &["config"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(standard_error(&output).contains("error[settings-not-read]"));
    assert_eq!(line(&output, "theme"), "theme = \"dark\" # default");

    let output = program::run(&["config", "--config", "no/such/file.toml"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(standard_error(&output).contains("cannot read `no/such/file.toml`"));

    let nowhere = run_at(&home.join("nowhere"), &["config"]);
    assert_eq!(
        (nowhere.status.code(), standard_error(&nowhere).as_str()),
        (Some(0), "")
    );
}

#[test]
fn config_prints_the_path_of_the_file() {
    let home = home("place", "");
    let output = run_at(&home, &["config", "--path"]);
    let expected = home.join("dateline").join("config.toml");
    assert_eq!(
        standard_output(&output).trim_end(),
        expected.display().to_string()
    );
    let output = program::run(&["config", "--path"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(standard_error(&output).contains("XDG_CONFIG_HOME"));
}

#[test]
fn a_frame_ignores_the_settings_unless_config_is_given() {
    let home = home("frames", &program::read(RIGHT));
    let plain = standard_output(&program::run(&["frame"]));
    assert_eq!(standard_output(&run_at(&home, &["frame"])), plain);
    let configured = standard_output(&program::run(&["frame", "--config", RIGHT]));
    assert_ne!(configured, plain);
    assert!(
        plain.contains("? help") && configured.contains("h help"),
        "{configured}"
    );
    let listed = standard_output(&program::run(&["list"]));
    assert_eq!(standard_output(&run_at(&home, &["list"])), listed);
}

#[test]
fn hints_help_palette_and_notices_name_the_configured_keys() {
    let frame = |keys: &str| {
        let arguments = [
            "frame", "--config", RIGHT, "--size", "100x92", "--keys", keys,
        ];
        let output = program::run(&arguments);
        assert!(output.status.success(), "{}", standard_error(&output));
        standard_output(&output)
    };
    let help = frame("h");
    assert!(help.contains("Keys: list"), "{help}");
    assert!(help.contains("  Z ctrl-x "), "{help}");
    assert!(help.contains("  k                   move down"), "{help}");
    let palette = frame(":quit");
    assert!(
        palette.contains("quit") && palette.contains(" Z "),
        "{palette}"
    );
    // The notice for an unbound key names the configured help key, and the default keys do nothing.
    let notice = frame("q");
    assert!(
        notice.contains("q does nothing here; h shows the keys"),
        "{notice}"
    );
    assert!(!frame("kk").eq(&frame("jj")));
    assert_eq!(frame("kkj"), frame("k"));
}

#[test]
fn the_viewer_reports_mistakes_in_the_settings() {
    let arguments = |keys| {
        [
            "frame", "--config", WRONG, "--size", "110x70", "--keys", keys,
        ]
    };
    let opened = standard_output(&program::run(&arguments("")));
    assert!(
        opened.contains("19 errors in the settings; p shows them"),
        "{opened}"
    );
    let shown = standard_output(&program::run(&arguments("p")));
    assert!(
        shown.contains("error[setting-wrong]  tests/settings/wrong.toml:1:9"),
        "{shown}"
    );
    assert!(shown.contains("did you mean `light`?"), "{shown}");
}

/// Keys that are likely to conflict, and some that are invalid.
fn written_key() -> impl Strategy<Value = String> {
    let known = COMMANDS.iter().flat_map(|command| command.keys);
    let known: Vec<&str> = known
        .copied()
        .chain(["g", "gg", "gx", "Z", "<f9>", "", "<click-1-1>"])
        .collect();
    proptest::sample::select(known).prop_map(str::to_owned)
}

fn bindings() -> impl Strategy<Value = Vec<(&'static str, Vec<String>)>> {
    let names: Vec<&str> = COMMANDS.iter().map(|command| command.name).collect();
    let binding = (
        proptest::sample::select(names),
        prop::collection::vec(written_key(), 0..3),
    );
    prop::collection::vec(binding, 0..12)
}

fn written(bindings: &[(&str, Vec<String>)]) -> String {
    let lines = bindings
        .iter()
        .map(|(name, keys)| format!("{name} = {keys:?}\n"));
    std::iter::once("[keys]\n".to_owned())
        .chain(lines)
        .collect()
}

proptest! {
    /// For any bindings, no key has two meanings, and each command has its configured keys or its defaults; rejected
    /// bindings are reported.
    #[test]
    fn keys_never_conflict_and_every_command_has_its_configured_or_default_keys(mut bindings in bindings()) {
        bindings.sort();
        bindings.dedup_by_key(|binding| binding.0);
        let text = SourceText::new("config.toml", written(&bindings));
        let mut values = SettingValues::default();
        let (taken, findings) = read(&text, &mut values);
        prop_assert!(values.keymap.conflict().is_none());
        let standard = keymap();
        for (command, keys) in values.keymap.rows() {
            let binding = bindings.iter().find(|(name, _)| *name == command.name);
            let is_taken = taken.iter().any(|(name, _)| name.strip_prefix("keys.") == Some(command.name));
            if is_taken {
                let configured: Result<Vec<KeySequence>, String> =
                    binding.map_or(&[][..], |(_, keys)| keys).iter().map(|key| KeySequence::parse(key)).collect();
                prop_assert_eq!(Ok(keys.to_vec()), configured);
            } else {
                prop_assert_eq!(keys, standard.keys(command));
            }
        }
        prop_assert_eq!(taken.len() + findings.len(), bindings.len());
    }

    /// No settings file stops the program.
    #[test]
    fn any_text_is_read(text in r#"([a-z]{1,6}|theme|detail|keys|quit|[ =\[\]{}"',.#\n\\-]|[0-9]{1,3}|\PC){0,40}"#) {
        let text = SourceText::new("config.toml", text);
        let mut values = SettingValues::default();
        let (_, findings) = read(&text, &mut values);
        for finding in &findings {
            prop_assert!(finding.place.end() <= text.text().len() && finding.place.start() <= finding.place.end());
        }
        prop_assert!(values.keymap.conflict().is_none());
    }
}
