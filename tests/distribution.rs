//! What is published: archives and packages have the names that installers look for, and workflows, hooks and the action
//! use commands that exist.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use regex::Regex;

use crate::support::program::{self, run};

const CHECK: &str = ".github/workflows/check.yml";
const RELEASE: &str = ".github/workflows/release.yml";
const HOOKS: &str = ".pre-commit-hooks.yaml";
const ACTION: &str = ".github/actions/check/check.bash";

fn manifest() -> toml::Table {
    program::read("Cargo.toml")
        .parse()
        .expect("the manifest is TOML")
}

/// An empty folder of a test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("distribution-{name}"));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder for the test");
    folder
}

/// Each value of a key of YAML, without its quotation marks.
fn values(text: &str, key: &str) -> Vec<String> {
    let lines = text
        .lines()
        .map(|line| line.trim().trim_start_matches("- "));
    let values = lines.filter_map(|line| line.strip_prefix(key)?.strip_prefix(": "));
    values.map(|it| it.trim_matches('"').to_owned()).collect()
}

#[test]
fn every_command_of_dateline_in_the_workflows_exists_with_its_options() {
    let command = Regex::new(r"\bdateline ([a-z]+)((?: --?[a-z-]+)*)").expect("a pattern");
    let mut found = BTreeSet::new();
    for file in [CHECK, RELEASE, HOOKS, ACTION, "src/guide/ci.md"] {
        let text = program::read(file);
        let code = text
            .lines()
            .filter(|line| !line.trim_start().starts_with('#'));
        for line in code {
            for found_here in command.captures_iter(line) {
                found.insert((found_here[1].to_owned(), found_here[2].to_owned()));
            }
        }
    }
    found.retain(|(_, options)| !options.is_empty());
    assert!(found.len() >= 4, "{found:?}");
    for (name, options) in &found {
        let help = run(&[name, "--help"]);
        let help = String::from_utf8(help.stdout).expect("the help is UTF-8");
        for option in options.split_whitespace().filter(|option| *option != "--") {
            assert!(help.contains(option), "`dateline {name}` has no {option}");
        }
    }
}

#[test]
fn both_workflows_use_one_rust_and_the_oldest_is_that_of_the_manifest() {
    let [check, release] = [CHECK, RELEASE].map(program::read);
    assert_eq!(values(&check, "TOOLCHAIN"), values(&release, "TOOLCHAIN"));
    let manifest = manifest();
    let oldest = manifest["package"]["rust-version"].as_str();
    let oldest = oldest.expect("the oldest Rust is stated");
    let stated = check.lines().filter(|line| !line.contains("TOOLCHAIN:"));
    assert!(!stated.into_iter().any(|line| line.contains(oldest)));
    assert!(check.contains(".packages[0].rust_version"), "{check}");
}

#[test]
fn every_target_of_a_release_has_its_archive_where_installers_look() {
    let release = program::read(RELEASE);
    let targets = values(&release, "target");
    assert!(targets.len() >= 5, "{targets:?}");
    let manifest = manifest();
    let metadata = &manifest["package"]["metadata"];
    let binstall = &metadata["binstall"];
    let text = |key: &str| {
        binstall[key]
            .as_str()
            .expect("the value is text")
            .to_owned()
    };
    assert!(text("pkg-url").ends_with("/v{ version }/{ name }-{ target }{ archive-suffix }"));
    assert_eq!(text("bin-dir"), "{ name }-{ target }/{ bin }{ binary-ext }");
    assert!(program::read(".ci/package").contains("name=dateline-$target\n"));
    let overrides = binstall["overrides"]
        .as_table()
        .expect("the value is a table");
    for target in &targets {
        let format = overrides.get(target).unwrap_or(binstall)["pkg-fmt"].as_str();
        let is_windows = target.contains("-windows-");
        assert_eq!(format == Some("zip"), is_windows, "{target}: {format:?}");
    }
    assert!(overrides.keys().all(|target| targets.contains(target)));
}

/// The files that both package managers take, without the program.
#[cfg(unix)]
fn made_assets() -> BTreeSet<String> {
    let manifest = manifest();
    let metadata = &manifest["package"]["metadata"];
    let assets = |name: &str| {
        let assets = metadata[name]["assets"].as_array();
        assets.expect("the value is a list").clone()
    };
    let of_deb = assets("deb").into_iter().map(|asset| asset[0].clone());
    let of_rpm = assets("generate-rpm")
        .into_iter()
        .map(|asset| asset["source"].clone());
    let all = of_deb.chain(of_rpm);
    let all = all.map(|asset| asset.as_str().expect("the value is text").to_owned());
    all.filter(|asset| asset != "target/release/dateline")
        .collect()
}

/// Both package managers find what they take from `target/package`.
#[cfg(unix)]
#[track_caller]
fn every_asset_is_there() {
    for asset in made_assets() {
        let path = program::root().join(&asset);
        let (folder, name) = (path.parent(), path.file_name());
        let (folder, name) = (folder.expect("a folder"), name.expect("a name"));
        let name = name.to_string_lossy().replace('*', "");
        let mut files = fs::read_dir(folder).expect(&asset).flatten();
        let is_there = files.any(|it| it.file_name().to_string_lossy().ends_with(&name));
        assert!(is_there, "nothing is {asset}");
    }
}

#[cfg(unix)]
#[test]
#[ignore = "it runs .ci/package, which writes into target: .ci/run includes it"]
fn an_archive_has_the_program_its_pages_and_its_completions_and_a_checksum() {
    use std::os::unix::fs::PermissionsExt as _;
    // The test program is large: a script in its place keeps the archive small.
    let script = folder("package").join("dateline");
    let text = format!(
        "#!/bin/sh\nexec '{}' \"$@\"\n",
        env!("CARGO_BIN_EXE_dateline")
    );
    fs::write(&script, text).expect("the script can be written");
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).expect("it is ours");
    let target = "x86_64-apple-darwin";
    let package = |program: &Path, target: &str| {
        let mut command = Command::new(program::root().join(".ci/package"));
        command.arg(program).arg(target).output().expect("it runs")
    };
    let packed = package(&script, target);
    assert!(packed.status.success(), "{packed:?}");
    let made = program::root().join("target/package");
    let archive = made.join(format!("archives/dateline-{target}.tar.gz"));
    let listed = Command::new("tar").arg("-tzf").arg(&archive).output();
    let listed = String::from_utf8(listed.expect("tar runs").stdout).expect("names are UTF-8");
    let files: BTreeSet<&str> = listed.lines().collect();
    for file in [
        "dateline",
        "LICENSE",
        "man/dateline.1",
        "man/dateline-new.1",
        "man/dateline-timeline.5",
        "completions/_dateline",
        "completions/dateline.bash",
        "completions/dateline.fish",
    ] {
        let path = format!("dateline-{target}/{file}");
        assert!(files.contains(path.as_str()), "{path} is not in {listed}");
    }
    let sum = fs::read_to_string(made.join(format!("archives/dateline-{target}.tar.gz.sha256")));
    let sum = sum.expect("there is a checksum");
    assert!(
        sum.trim_end()
            .ends_with(&format!("dateline-{target}.tar.gz")),
        "{sum}"
    );
    every_asset_is_there();
    if cfg!(target_env = "gnu") {
        let refused = package(
            Path::new(env!("CARGO_BIN_EXE_dateline")),
            "x86_64-unknown-linux-musl",
        );
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(said.contains("it is not static"), "{said}");
        assert!(!refused.status.success());
    }
    let _ = fs::remove_dir_all(made);
}

/// A folder with a good timeline, a bad one and a good one whose name has a space.
#[cfg(unix)]
fn timelines(name: &str) -> PathBuf {
    let folder = folder(name);
    let good = program::read("src/formats/templates/incident.toml");
    for (file, text) in [
        ("good.timeline.toml", good.as_str()),
        ("two words.timeline.toml", good.as_str()),
        ("bad.timeline.toml", "[[events]]\nwhat = \"x\"\n"),
    ] {
        fs::write(folder.join(file), text).expect("the file can be written");
    }
    folder
}

/// A command in a folder, in whose path dateline is.
#[cfg(unix)]
fn with_dateline(program: &str, folder: &Path) -> Command {
    let dateline = Path::new(env!("CARGO_BIN_EXE_dateline")).parent();
    let dateline = dateline.expect("it is in a folder").display();
    let path = std::env::var("PATH").unwrap_or_default();
    let mut command = Command::new(program);
    command
        .current_dir(folder)
        .env("PATH", format!("{dateline}:{path}"));
    command
}

#[cfg(unix)]
#[test]
fn a_hook_checks_each_file_alone_and_fails_if_one_is_bad() {
    let folder = timelines("hooks");
    let entries = values(&program::read(HOOKS), "entry");
    assert_eq!(entries.len(), 2);
    for entry in entries {
        let words = shell_words::split(&entry).expect("a shell reads it");
        let run = |files: &[&str]| {
            let (program, arguments) = words.split_first().expect("it has a program");
            let mut command = with_dateline(program, &folder);
            command
                .args(arguments)
                .args(files)
                .output()
                .expect("it runs")
        };
        let good = run(&["good.timeline.toml", "two words.timeline.toml"]);
        assert!(good.status.success(), "{entry}: {good:?}");
        let bad = run(&["bad.timeline.toml", "good.timeline.toml"]);
        assert_eq!(bad.status.code(), Some(1), "{entry}: {bad:?}");
    }
}

#[cfg(unix)]
#[test]
fn the_action_checks_what_the_patterns_name_and_fails_if_nothing_is_named() {
    let folder = timelines("action");
    let script = program::root().join(ACTION);
    let run = |patterns: &str, rehearse: &str| {
        let mut command = with_dateline("bash", &folder);
        let command = command.arg(&script).env("PATTERNS", patterns);
        let output = command.env("REHEARSE", rehearse).output().expect("it runs");
        let said = [output.stdout, output.stderr].concat();
        let said = String::from_utf8(said).expect("the messages are UTF-8");
        (output.status.code(), said)
    };
    let (status, said) = run("good.*.toml\ntwo words.*\n", "true");
    assert_eq!(status, Some(0), "{said}");
    assert_eq!(said.matches("ready").count(), 2, "{said}");
    let (status, said) = run("**/*.timeline.toml", "false");
    assert_eq!(status, Some(1), "{said}");
    assert!(said.contains("bad.timeline.toml"), "{said}");
    let (status, said) = run("none/*.toml", "false");
    assert_eq!(status, Some(2));
    assert!(said.contains("no file matches `none/*.toml`"), "{said}");
}
