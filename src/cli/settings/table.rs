//! The settings, one row each. The reader of the file, `dateline config` and the guide use these rows.

use std::sync::Arc;

use ::toml::de::DeValue;

use crate::app::commands::keymap;
use crate::app::input::keymap::Keymap;
use crate::app::screen::InitialView;
use crate::app::screen::layout::DETAIL_PERCENT;
use crate::app::state::settings::Settings;
use crate::cli::capabilities::{AUTO, ThemeChoice};
use crate::timeline::Clock;
use crate::ui::theme::Theme;

/// The share of the width that the detail may have, in percent. Both it and the list must remain readable.
const DETAIL: std::ops::RangeInclusive<i64> = 20..=80;

/// The values of all settings.
#[derive(Clone, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a setting of its own"
)]
pub struct SettingValues {
    /// `None` is `auto`: the theme follows the terminal.
    pub theme: Option<Theme>,
    /// Whether to draw in ASCII only; `None` is `auto`: it follows the locale.
    pub ascii: Option<bool>,
    /// Whether the program listens to the mouse.
    pub mouse: bool,
    /// Whether files are reloaded when they are saved.
    pub watch: bool,
    /// The width of the detail next to the list, in percent.
    pub detail_percent: u16,
    /// Whether the detail is open at the start.
    pub detail: bool,
    /// Whether the overview is folded to a strip at the start.
    pub folded: bool,
    /// Which of an event's times axis and list show at the start.
    pub clock: Clock,
    pub keymap: Keymap,
}

impl Default for SettingValues {
    fn default() -> Self {
        Self {
            theme: None,
            ascii: None,
            mouse: true,
            watch: true,
            detail_percent: DETAIL_PERCENT,
            detail: true,
            folded: false,
            clock: Clock::Happened,
            keymap: keymap(),
        }
    }
}

impl SettingValues {
    /// The settings that `app` knows: the look and watching are not among them.
    pub fn settings(&self) -> Settings {
        Settings {
            keymap: Arc::new(self.keymap.clone()),
            mouse: self.mouse,
            detail_percent: self.detail_percent,
            initial_view: InitialView {
                folded: self.folded,
                without_detail: !self.detail,
                clock: self.clock,
            },
            theme: self.theme.unwrap_or_default(),
        }
    }
}

/// The values that a setting can have.
#[derive(Clone, Copy, Debug)]
pub enum SettingShape {
    /// One of several words.
    Words(fn() -> Vec<&'static str>),
    /// Other values, described.
    Other(&'static str),
}

#[derive(Clone, Copy, Debug)]
pub struct SettingRow {
    pub name: &'static str,
    /// What it does, as a line of the guide.
    pub summary: &'static str,
    pub shape: SettingShape,
    /// Sets the value. Returns false, and changes nothing, if it is not a value of this setting.
    pub take: fn(&mut SettingValues, &DeValue<'_>) -> bool,
    /// The value as it is written in a settings file.
    pub print: fn(&SettingValues) -> String,
}

/// Every setting but the keys.
pub static SETTINGS: &[SettingRow] = &[
    SettingRow {
        name: "theme",
        summary: "the colour theme; `auto` follows the terminal, by `NO_COLOR`, `TERM` and `COLORFGBG`",
        shape: SettingShape::Words(|| {
            let names = Theme::ALL.iter().map(|theme| theme.as_str());
            std::iter::once(AUTO).chain(names).collect()
        }),
        take: |values, value| {
            put(
                &mut values.theme,
                value
                    .as_str()
                    .and_then(ThemeChoice::parse)
                    .map(|choice| choice.0),
            )
        },
        print: |values| quoted(values.theme.map_or(AUTO, Theme::as_str)),
    },
    SettingRow {
        name: "ascii",
        summary: "whether everything is drawn in ASCII only; `auto` follows the locale",
        shape: SettingShape::Other("`true`, `false` or `\"auto\"`"),
        take: |values, value| {
            let ascii = match value.as_str() {
                Some(AUTO) => Some(None),
                _ => value.as_bool().map(Some),
            };
            put(&mut values.ascii, ascii)
        },
        print: |values| {
            let said = values.ascii.map(|ascii| ascii.to_string());
            said.unwrap_or_else(|| quoted(AUTO))
        },
    },
    SettingRow {
        name: "mouse",
        summary: "whether the mouse works in dateline; otherwise the terminal selects text with it",
        shape: SettingShape::Other("`true` or `false`"),
        take: |values, value| put(&mut values.mouse, value.as_bool()),
        print: |values| values.mouse.to_string(),
    },
    SettingRow {
        name: "watch",
        summary: "whether a file is reloaded when it is saved; otherwise only on request",
        shape: SettingShape::Other("`true` or `false`"),
        take: |values, value| put(&mut values.watch, value.as_bool()),
        print: |values| values.watch.to_string(),
    },
    SettingRow {
        name: "detail",
        summary: "the width of the detail next to the list, in percent; `false` opens without it",
        shape: SettingShape::Other("`false`, or a number from 20 to 80"),
        take: take_detail,
        print: |values| {
            if values.detail {
                values.detail_percent.to_string()
            } else {
                "false".to_owned()
            }
        },
    },
    SettingRow {
        name: "overview",
        summary: "lanes, or one strip with all events",
        shape: SettingShape::Words(|| vec!["lanes", "strip"]),
        take: |values, value| {
            let folded = match value.as_str() {
                Some("lanes") => Some(false),
                Some("strip") => Some(true),
                _ => None,
            };
            put(&mut values.folded, folded)
        },
        print: |values| quoted(if values.folded { "strip" } else { "lanes" }),
    },
    SettingRow {
        name: "clock",
        summary: "which of an event's times the axis and the list show",
        shape: SettingShape::Words(|| Clock::ALL.iter().map(|clock| clock.as_str()).collect()),
        take: |values, value| put(&mut values.clock, value.as_str().and_then(Clock::parse)),
        print: |values| quoted(values.clock.as_str()),
    },
];

/// Names that look like a setting and are not one, each with the reason and what to do instead.
pub static REFUSED: &[(&str, &str, &str)] = &[(
    "yardstick",
    "without a yardstick in the file, its words of likelihood have no numbers; a default would invent what the speakers meant",
    "name it in the file: `yardstick` below `[timeline]`, or in the source or the claim",
)];

fn put<T>(place: &mut T, value: Option<T>) -> bool {
    let is_there = value.is_some();
    if let Some(value) = value {
        *place = value;
    }
    is_there
}

fn take_detail(values: &mut SettingValues, value: &DeValue<'_>) -> bool {
    if let Some(shown) = value.as_bool() {
        values.detail = shown;
        return !shown;
    }
    let percent = value.as_integer().and_then(|it| {
        let digits = i64::from_str_radix(it.as_str(), it.radix()).ok()?;
        let fits = DETAIL.contains(&digits);
        u16::try_from(digits).ok().filter(|_| fits)
    });
    values.detail |= percent.is_some();
    put(&mut values.detail_percent, percent)
}

/// A text as a TOML string.
pub(in crate::cli) fn quoted(text: &str) -> String {
    ::toml::Value::from(text).to_string()
}

impl SettingRow {
    /// The values that it can have, for a message.
    pub fn expected(&self) -> String {
        let words = self.words();
        match (self.shape, words.split_last()) {
            (SettingShape::Words(_), Some((last, rest))) if !rest.is_empty() => {
                let rest: Vec<_> = rest.iter().map(|word| format!("`\"{word}\"`")).collect();
                format!("{} or `\"{last}\"`", rest.join(", "))
            }
            (SettingShape::Words(_), _) => words.concat(),
            (SettingShape::Other(words), _) => words.to_owned(),
        }
    }

    /// The words that it can have as a value; none if its values are not words.
    pub fn words(&self) -> Vec<&'static str> {
        match self.shape {
            SettingShape::Words(words) => words(),
            SettingShape::Other(_) => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_of_a_setting_is_accepted_and_printed_as_it_was_written() {
        for setting in SETTINGS {
            let words = setting.words().into_iter().map(quoted);
            let others = ["true", "false", "\"auto\"", "20", "80", "61"].map(str::to_owned);
            let mut taken = 0;
            for written in words.chain(others) {
                let value = DeValue::parse(&written).expect("it is TOML");
                let mut values = SettingValues::default();
                if (setting.take)(&mut values, value.get_ref()) {
                    assert_eq!((setting.print)(&values), written, "{}", setting.name);
                    taken += 1;
                }
            }
            assert!(taken >= 2, "{}", setting.name);
        }
    }

    #[test]
    fn the_detail_leaves_room_for_the_list() {
        for wrong in ["19", "81", "-40", "\"40\"", "40.0", "99999999999999999999"] {
            let value = DeValue::parse(wrong).expect("it is TOML");
            assert!(
                !take_detail(&mut SettingValues::default(), value.get_ref()),
                "{wrong}"
            );
        }
    }
}
