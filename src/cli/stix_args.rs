//! `--profile`, `--spec` and `--created`: which STIX an export writes, and when its objects or those of MISP were made.

use anyhow::Result;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::redaction_args::parse_day;
use super::status::CommandError;
use crate::date::{EventDate, Instant};
use crate::formats::FormatWriter;
use crate::formats::writers::stix::{StixOptions, StixProfile, StixVersion, has_stamp, latest_day};
use crate::timeline::Timeline;

#[derive(Clone, Debug, clap::Args)]
pub(super) struct StixArgs {
    /// How much of STIX to use; default: plain, or incident with --spec 2.2
    #[arg(long, value_name = "PROFILE", value_parser = profiles())]
    pub profile: Option<StixProfile>,

    /// Version of STIX; 2.2 is a draft [default: 2.1]
    #[arg(long, value_name = "VERSION", value_parser = versions())]
    pub spec: Option<StixVersion>,

    /// Date on which the objects of STIX or MISP were made, such as 2026-11-22; default: the latest day of a claim or source
    #[arg(long, value_name = "DATE", value_parser = parse_created)]
    pub created: Option<EventDate>,
}

impl StixArgs {
    /// The options of an export in a format. A bundle that is only explained needs no date.
    ///
    /// # Errors
    /// An option that does not fit the format, the other options or the timeline.
    pub fn options(
        &self,
        writer: &FormatWriter,
        timeline: &Timeline,
        is_written: bool,
    ) -> Result<StixOptions> {
        self.refuse(writer)?;
        let created = self.created(writer, timeline, is_written)?;
        if writer.profiles().is_empty() {
            return Ok(StixOptions {
                created,
                ..StixOptions::default()
            });
        }
        let version = self.spec.unwrap_or_default();
        let default = match version {
            StixVersion::V21 => StixProfile::Plain,
            StixVersion::V22 => StixProfile::Incident,
        };
        let profile = self.profile.unwrap_or(default);
        if (version, profile) == (StixVersion::V22, StixProfile::Plain) {
            let error = CommandError::usage("the profile `plain` is for STIX 2.1");
            return Err(error
                .hint("leave out `--spec`, or use `--profile incident`")
                .into());
        }
        Ok(StixOptions {
            profile,
            version,
            created,
        })
    }

    /// When the objects were made, if the user states it. Fails if the format needs a day and the timeline has none
    /// either.
    fn created(
        &self,
        writer: &FormatWriter,
        timeline: &Timeline,
        is_written: bool,
    ) -> Result<Option<Instant>> {
        let created = self.created.as_ref().map(|day| day.start().earliest);
        let is_known = || created.or_else(|| latest_day(timeline)).is_some();
        if is_written && writer.has_day() && !is_known() {
            let error = CommandError::usage(format!(
                "`{}` needs a date of creation, and no claim or source of the timeline has a day",
                writer.name
            ));
            return Err(error
                .hint("state one, such as `--created 2026-11-22`")
                .into());
        }
        Ok(created)
    }

    /// Refuses options that another format has.
    fn refuse(&self, writer: &FormatWriter) -> Result<()> {
        let has_profiles = !writer.profiles().is_empty();
        let given = [
            ("--profile", self.profile.is_some() && !has_profiles),
            ("--spec", self.spec.is_some() && !has_profiles),
            ("--created", self.created.is_some() && !writer.has_day()),
        ];
        let Some((option, _)) = given.into_iter().find(|(_, is_given)| *is_given) else {
            return Ok(());
        };
        let error = CommandError::usage(format!("`{option}` is not for `{}`", writer.name));
        Err(error
            .hint("use it with `--to stix`, or leave it out")
            .into())
    }
}

const MICROSECONDS_OF_A_DAY: i64 = 86_400_000_000;

/// A day or a time that STIX can write.
fn parse_created(text: &str) -> Result<EventDate, String> {
    let day = parse_day(text)?;
    let is_exact = day.whole().length() < MICROSECONDS_OF_A_DAY && !day.is_vague();
    if is_exact && has_stamp(day.start().earliest) {
        Ok(day)
    } else {
        Err("expected a day or a time, such as 2026-11-22 or 2026-11-22T10:00Z".to_owned())
    }
}

fn profiles() -> impl TypedValueParser<Value = StixProfile> {
    let values = StixProfile::ALL.map(|it| PossibleValue::new(it.as_str()).help(it.summary()));
    PossibleValuesParser::new(values)
        .map(|name| StixProfile::find(&name).expect("clap lets only names of rows through"))
}

fn versions() -> impl TypedValueParser<Value = StixVersion> {
    PossibleValuesParser::new(StixVersion::ALL.map(StixVersion::as_str))
        .map(|name| StixVersion::find(&name).expect("clap lets only names of rows through"))
}
