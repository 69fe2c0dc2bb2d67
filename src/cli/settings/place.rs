//! Where the user's settings are kept. This file does not know their content.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// The folder and the file, below the user's folder of settings.
const FILE: [&str; 2] = ["dateline", "config.toml"];

/// The path of the settings file, given the environment; `None` if no variable names a folder.
///
/// `XDG_CONFIG_HOME` counts on every system, since a user who sets it means it. Without it the folder is `%APPDATA%` on
/// Windows and `~/.config` elsewhere, also on macOS, where programs for the terminal usually keep their settings there.
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
    fn the_folder_is_that_of_the_system() {
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
