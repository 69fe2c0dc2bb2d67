//! Values of arguments that have a notation of their own.

use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::app::input::key::{self, UserInput};
use crate::formats::import::MidnightPrecision;

/// Keys to press. A type of its own, since clap would take a list for many values.
#[derive(Clone, Debug)]
pub(super) struct PressedKeys(pub Vec<UserInput>);

pub(super) fn parse_keys(line: &str) -> Result<PressedKeys, String> {
    key::parse(line).map(PressedKeys)
}

/// Milliseconds.
pub(super) fn parse_elapsed(text: &str) -> Result<u64, String> {
    let wrong = || "expected minutes and seconds, such as 6:35".to_owned();
    let (minutes, seconds) = text.split_once(':').ok_or_else(wrong)?;
    let number = |digits: &str| digits.parse::<u32>().map_err(|_| wrong());
    let (minutes, seconds) = (number(minutes)?, number(seconds)?);
    if seconds >= 60 {
        return Err(wrong());
    }
    Ok((u64::from(minutes) * 60 + u64::from(seconds)) * 1000)
}

pub(super) fn parse_size(text: &str) -> Result<(u16, u16), String> {
    let wrong = || "expected columns and rows, such as 120x36, each from 0 to 1000".to_owned();
    let (width, height) = text.split_once('x').ok_or_else(wrong)?;
    let side = |side: &str| {
        side.parse()
            .ok()
            .filter(|side| *side <= 1000)
            .ok_or_else(wrong)
    };
    Ok((side(width)?, side(height)?))
}

/// The precisions to write instead of stamps at midnight.
pub(super) fn precisions() -> impl TypedValueParser<Value = MidnightPrecision> {
    PossibleValuesParser::new(MidnightPrecision::ALL.map(MidnightPrecision::as_str)).map(|name| {
        let mut all = MidnightPrecision::ALL.into_iter();
        all.find(|it| it.as_str() == name)
            .expect("clap lets only their names through")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_two_numbers() {
        assert_eq!(parse_size("80x24"), Ok((80, 24)));
        for wrong in ["80", "80x", "x24", "-1x2", "80x24x3", "9999x1"] {
            assert!(parse_size(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_elapsed_time_is_minutes_and_seconds() {
        assert_eq!(parse_elapsed("75:09"), Ok(4_509_000));
        for wrong in ["6", "6:", ":35", "6:60", "-1:00", "1:02:03"] {
            assert!(parse_elapsed(wrong).is_err(), "{wrong}");
        }
    }
}
