//! `--zone`, for every subcommand that reads files.

use crate::date::Zone;

/// The zone for times without one.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct ZoneArgs {
    /// Time zone for times without one, such as +01:00 or Europe/London (a file's own zone takes precedence)
    #[arg(long, value_name = "ZONE", allow_hyphen_values = true, value_parser = parse)]
    pub zone: Option<Zone>,
}

impl ZoneArgs {
    /// The argument as the user would write it.
    pub fn words(&self) -> Option<String> {
        self.zone.as_ref().map(|zone| format!("--zone={zone}"))
    }
}

fn parse(text: &str) -> Result<Zone, String> {
    text.parse().map_err(|()| {
        "expected an offset such as +01:00 or UTC, or a place such as Europe/London".to_owned()
    })
}
