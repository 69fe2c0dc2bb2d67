//! The guarantees to packagers: the files of the package, its metadata and its dependencies.

use std::collections::{BTreeMap, BTreeSet};
use std::process::Command;

use crate::support::program;

fn table(path: &str) -> toml::Table {
    program::read(path)
        .parse()
        .unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn cargo(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(program::root())
        .output()
        .expect("cargo runs this test");
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("the output is UTF-8")
}

fn texts<'t>(table: &'t toml::Table, path: &[&str]) -> Vec<&'t str> {
    let (key, tables) = path.split_last().expect("the path has a key");
    let inner = tables.iter().fold(table, |table, name| {
        table[*name].as_table().expect("the value is a table")
    });
    let list = inner[*key].as_array().expect("the value is a list");
    list.iter()
        .map(|item| item.as_str().expect("the item is text"))
        .collect()
}

/// Whether the allowed licences satisfy an SPDX expression; `/` is an old form of `OR`.
fn is_met(expression: &str, allowed: &[&str]) -> bool {
    let parsed = spdx::Expression::parse_mode(expression, spdx::ParseMode::LAX)
        .unwrap_or_else(|error| panic!("{error}"));
    parsed.evaluate(|wanted| {
        let licence = wanted.license.id();
        licence.is_some_and(|licence| allowed.contains(&licence.name))
    })
}

#[test]
#[ignore = "it runs cargo: .ci/run includes it"]
fn every_dependency_has_an_allowed_licence_and_every_allowed_licence_is_needed() {
    let deny = table(".cargo/deny.toml");
    let allowed = texts(&deny, &["licenses", "allow"]);
    let printed = cargo(&[
        "tree",
        "--offline",
        "--locked",
        "--edges",
        "normal,build,dev",
        "--prefix",
        "none",
        "--format",
        "{p}|{l}",
    ]);
    let mut licences = BTreeSet::new();
    for line in printed.lines().filter(|line| !line.is_empty()) {
        let (package, licence) = line
            .split_once('|')
            .expect("the line has a package and a licence");
        let licence = licence.trim_end_matches(" (*)");
        assert!(
            is_met(licence, &allowed),
            "{package}: `{licence}` is not among {allowed:?} of .cargo/deny.toml"
        );
        licences.insert(licence.to_owned());
    }
    assert!(licences.len() > 3, "{licences:?}");
    for licence in &allowed {
        let others: Vec<&str> = allowed.iter().copied().filter(|it| it != licence).collect();
        let is_needed = licences
            .iter()
            .any(|expression| !is_met(expression, &others));
        // Most packages have both licences; our own text names both.
        assert!(
            is_needed || *licence == "Apache-2.0",
            ".cargo/deny.toml allows {licence}, which no package needs"
        );
    }
}

#[test]
fn a_package_in_two_versions_needs_a_reason() {
    let (deny, lock) = (table(".cargo/deny.toml"), table("Cargo.lock"));
    let mut versions: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for package in lock["package"].as_array().expect("the value is a list") {
        let text = |key: &str| package[key].as_str().expect("the value is text");
        versions
            .entry(text("name"))
            .or_default()
            .push(text("version"));
    }
    let skip = deny["bans"]["skip"]
        .as_array()
        .expect("the value is a list");
    let text = |skipped: &toml::Value, key: &str| {
        skipped[key].as_str().expect("the value is text").to_owned()
    };
    let skipped: BTreeMap<String, String> = skip
        .iter()
        .map(|it| (text(it, "crate"), text(it, "reason")))
        .collect();
    let is_skipped = |name: &str, version: &str| skipped.contains_key(&format!("{name}@{version}"));
    for (name, versions) in &versions {
        let left: Vec<&&str> = versions
            .iter()
            .filter(|version| !is_skipped(name, version))
            .collect();
        assert_eq!(
            left.len(),
            1,
            "{name} {versions:?}: give a reason in .cargo/deny.toml, or have one version"
        );
    }
    for (skipped, reason) in &skipped {
        let (name, version) = skipped.split_once('@').expect("the entry has a version");
        let there = versions
            .get(name)
            .is_some_and(|all| all.len() > 1 && all.contains(&version));
        assert!(
            there && !reason.is_empty(),
            "{skipped} is no longer needed in .cargo/deny.toml"
        );
    }
}

#[test]
#[ignore = "it runs cargo: .ci/run includes it"]
fn the_package_has_only_the_listed_files() {
    let listed = cargo(&["package", "--list", "--offline", "--allow-dirty"]);
    let files: Vec<String> = listed.lines().map(|line| line.replace('\\', "/")).collect();
    for file in &files {
        let belongs = ["src/", "timelines/"]
            .iter()
            .any(|folder| file.starts_with(folder))
            || [
                "Cargo.toml",
                "Cargo.toml.orig",
                "Cargo.lock",
                "README.md",
                "CHANGELOG.md",
                "LICENSE",
                ".cargo_vcs_info.json",
            ]
            .contains(&file.as_str());
        assert!(
            belongs,
            "{file} does not belong in the package: see `include` in Cargo.toml"
        );
    }
    for file in [
        "src/main.rs",
        "timelines/uk-democratic-institutions.toml",
        "README.md",
        "CHANGELOG.md",
        "LICENSE",
        "src/guide/filters.md",
        "src/README.md",
        "timelines/README.md",
    ] {
        assert!(
            files.iter().any(|it| it == file),
            "{file} is not in the package"
        );
    }
}

#[test]
fn the_package_metadata_is_correct() {
    let manifest = table("Cargo.toml");
    let package = |key: &str| {
        manifest["package"][key]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    };
    for key in [
        "name",
        "version",
        "description",
        "license",
        "readme",
        "rust-version",
    ] {
        assert!(!package(key).is_empty(), "{key}");
    }
    assert_eq!(package("license"), "MIT OR Apache-2.0");
    let licence = program::read("LICENSE");
    for words in [
        "Permission is hereby granted, free of charge",
        "Apache License",
        "TERMS AND CONDITIONS FOR USE",
    ] {
        assert!(licence.contains(words), "LICENSE lacks {words}");
    }
    let needs = format!("Rust {} or later", package("rust-version"));
    assert!(
        program::read("README.md").contains(&needs),
        "README.md does not say {needs}"
    );
    let changes = program::read("CHANGELOG.md");
    assert!(changes.contains(&package("version")) && changes.contains("## [Unreleased]"));
    // Unwinding lets the panic hook restore the terminal, and lets the program survive a panic of a worker.
    for profile in ["release", "dist"] {
        let panic = manifest["profile"][profile].get("panic");
        assert_eq!(panic, None, "profile.{profile} must unwind");
    }
}

/// The figures in tests/benches/README.md are those of the published program.
#[test]
fn benchmarks_are_compiled_like_the_published_program() {
    let manifest = table("Cargo.toml");
    let own = |name: &str| {
        let keys = manifest["profile"][name].as_table();
        keys.cloned().expect("the value is a table")
    };
    let profile = |name: &str| {
        let mut keys = own("release");
        keys.extend(own(name));
        keys.remove("inherits");
        keys
    };
    assert_eq!(profile("bench"), profile("dist"));
}
