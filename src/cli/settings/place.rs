//! Where the user's settings are kept. This file does not know their content.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The file in the folder of a program's settings, and its folder.
const FILE: [&str; 2] = ["dateline", "config.toml"];

/// Where the file of settings is looked for, given the variables of the environment; none where
/// neither they nor the system name a place.
///
/// `XDG_CONFIG_HOME` counts on every system, since a user who sets it means it. Without it the place is
/// `~/.config`, also on macOS, where the settings of programs for the terminal are usually kept
/// there; and `%APPDATA%` on Windows.
pub fn file(variable: impl Fn(&str) -> Option<OsString>) -> Option<PathBuf> {
    folder(variable, cfg!(windows)).map(|folder| FILE.iter().fold(folder, |path, it| path.join(it)))
}

fn folder(variable: impl Fn(&str) -> Option<OsString>, on_windows: bool) -> Option<PathBuf> {
    // XDG Base Directory Specification: "all paths set in these environment variables must be
    // absolute. If an implementation encounters a relative path […] it should consider the path
    // invalid and ignore it."
    let absolute = |name: &str| {
        let path = PathBuf::from(variable(name)?);
        path.is_absolute().then_some(path)
    };
    let own = if on_windows {
        absolute("APPDATA")
    } else {
        absolute("HOME").map(|home| home.join(Path::new(".config")))
    };
    absolute("XDG_CONFIG_HOME").or(own)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn found(variables: &[(&str, &str)], on_windows: bool) -> Option<String> {
        let variable = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| OsString::from(value))
        };
        folder(variable, on_windows).map(|path| path.display().to_string())
    }

    #[test]
    fn the_folder_is_the_one_that_the_system_says() {
        let home = ("HOME", "/home/a");
        assert_eq!(found(&[home], false).as_deref(), Some("/home/a/.config"));
        let xdg = ("XDG_CONFIG_HOME", "/x");
        assert_eq!(found(&[home, xdg], false).as_deref(), Some("/x"));
        let appdata = ("APPDATA", "/users/a/roaming");
        assert_eq!(
            found(&[home, appdata], true).as_deref(),
            Some("/users/a/roaming")
        );
        assert_eq!(found(&[], false), None);
    }

    #[test]
    fn a_relative_folder_is_ignored() {
        let variables = [("XDG_CONFIG_HOME", "config"), ("HOME", "/home/a")];
        assert_eq!(found(&variables, false).as_deref(), Some("/home/a/.config"));
        assert_eq!(found(&[("XDG_CONFIG_HOME", "")], false), None);
    }
}
