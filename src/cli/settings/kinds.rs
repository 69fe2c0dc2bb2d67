//! The kinds of finding about settings, for `check --explain`. Those about timelines are in [`crate::diagnostic`].

use crate::diagnostic::FindingKind;
use crate::diagnostic::Severity::Error;

/// Declares a static for each row and the table of them all.
macro_rules! kinds {
    ($($ident:ident = $name:literal, $summary:literal, $explanation:literal, $wrong:literal => $fixed:literal;)+) => {
        $(
            #[doc = concat!("`", $name, "`: ", $summary, ".")]
            pub static $ident: FindingKind = FindingKind {
                name: $name,
                severity: Error,
                summary: $summary,
                explanation: $explanation,
                wrong: $wrong,
                fixed: $fixed,
            };
        )+

        /// The kinds of finding about the text of a settings file.
        pub static KINDS: &[&FindingKind] = &[$(&$ident),+];
    };
}

kinds! {
    SETTINGS_SYNTAX = "settings-syntax",
    "a line of the settings is not TOML",
    "Settings are TOML: `name = value`, with text between quotation marks. dateline skips a line that is not TOML and reads the others.",
    "theme = light\n" =>
    "theme = \"light\"\n";

    SETTING_UNKNOWN = "setting-unknown",
    "a setting does not exist",
    "A name that dateline does not know changes nothing. `dateline config` lists all settings.",
    "thema = \"light\"\n" =>
    "theme = \"light\"\n";

    SETTING_WRONG = "setting-wrong",
    "a setting cannot have this value",
    "The default replaces a value that dateline cannot use. `dateline config` prints the settings in effect.",
    "detail = 120\n" =>
    "detail = 60\n";

    SETTING_REFUSED = "setting-refused",
    "something cannot be a setting, since it belongs in the timeline",
    "A timeline must say the same to every reader. Anything that adds to its facts belongs in the file, where all readers see it.",
    "yardstick = \"uk\"\n" =>
    "theme = \"light\"\n";

    COMMAND_UNKNOWN = "command-unknown",
    "keys are given to a command that does not exist",
    "Names in `[keys]` are names of commands, as the palette and `dateline config` show them.",
    "[keys]\nquiet = \"~\"\n" =>
    "[keys]\nquit = \"~\"\n";

    KEY_WRONG = "key-wrong",
    "a key cannot be read",
    "Keys are written as they are typed, and others by name between angle brackets: `gg`, `<enter>`, `<ctrl-d>`; `<lt>` is the bracket itself.",
    "[keys]\nquit = \"<f2>\"\n" =>
    "[keys]\nquit = \"<ctrl-x>\"\n";

    KEY_TAKEN = "key-taken",
    "two commands would have the same key in the same mode",
    "In each mode a key gives one command. If the requested key belongs to another command, the command keeps its default keys. To take the key over, give the other command another key too.",
    "[keys]\nquit = \"x\"\n" =>
    "[keys]\nquit = \"x\"\nclear = \"~\"\n";

    KEY_HIDES_ANOTHER = "key-hides-another",
    "a key is the beginning of another",
    "A key acts as soon as it is pressed: with a command on `g`, you could not type `gg`.",
    "[keys]\nquit = \"g\"\n" =>
    "[keys]\nquit = \"gz\"\n";

    KEY_IS_TYPED = "key-is-typed",
    "a key is a character where text is typed",
    "In the palette, the search and the filter prompt every character is part of the text. Commands there need a key by name, or one with Ctrl.",
    "[keys]\naccept = \"y\"\n" =>
    "[keys]\naccept = [\"<enter>\", \"<ctrl-y>\"]\n";

    KEYS_FIXED = "keys-fixed",
    "the keys of a command cannot be changed",
    "Views and scenes are chosen by their number, with the digits. Another key would not say which of them is meant.",
    "[keys]\nview = \"<ctrl-x>\"\n" =>
    "[keys]\nquit = \"<ctrl-x>\"\n";
}

/// `settings-not-read`: the settings file cannot be read.
pub static SETTINGS_NOT_READ: FindingKind = FindingKind {
    name: "settings-not-read",
    severity: Error,
    summary: "the settings file cannot be read",
    explanation: "The file exists, but the system refuses to read it, or it is something else, such as a directory. The defaults apply.",
    wrong: "mkdir -p ~/.config/dateline/config.toml\n",
    fixed: "rmdir ~/.config/dateline/config.toml\n",
};

/// Every kind of finding about settings.
pub fn all() -> impl Iterator<Item = &'static FindingKind> + Clone {
    KINDS.iter().copied().chain([&SETTINGS_NOT_READ])
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::{SettingValues, read};
    use super::*;
    use crate::diagnostic::SourceText;

    fn found(example: &str) -> BTreeSet<&'static str> {
        let text = SourceText::new("config.toml", example);
        let (_, findings) = read(&text, &mut SettingValues::default());
        findings.iter().map(|finding| finding.kind.name).collect()
    }

    #[test]
    fn the_wrong_example_of_a_kind_has_that_finding_and_the_fixed_one_has_none() {
        for kind in KINDS {
            assert_eq!(found(kind.wrong), [kind.name].into(), "{}", kind.name);
            assert_eq!(found(kind.fixed), BTreeSet::new(), "{}", kind.name);
        }
    }
}
