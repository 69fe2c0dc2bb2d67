//! `--zone`, `--dates` and `--map`, for every subcommand that reads files.

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::date::Zone;
use crate::formats::{DateOrder, GivenMapping};

/// What the user states about tables and their times.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct TableArgs {
    /// Time zone for times without one, such as +01:00 or Europe/London (a file's own zone takes precedence)
    #[arg(long, value_name = "ZONE", allow_hyphen_values = true, value_parser = parse_zone)]
    pub zone: Option<Zone>,

    /// Order of day and month in dates such as 04/08/2021, if no row of the table makes it clear
    #[arg(long, value_name = "ORDER", value_parser = orders())]
    pub dates: Option<DateOrder>,

    /// How to read the columns of a table: when=Date+Time,title=Activity, or a mapping file in TOML
    #[arg(long, value_name = "MAPPING", value_parser = parse_mapping)]
    pub map: Option<MappingArgument>,
}

/// A mapping as it is given.
#[derive(Clone, Debug)]
pub enum MappingArgument {
    File(PathBuf),
    Columns(GivenMapping, String),
}

impl TableArgs {
    /// The arguments as the user would write them.
    pub fn words(&self) -> Vec<String> {
        let zone = self.zone.as_ref().map(|zone| format!("--zone={zone}"));
        let dates = self.dates.map(|order| format!("--dates={}", word(order)));
        let map = self.map.as_ref().map(|map| match map {
            MappingArgument::File(path) => format!("--map={}", path.display()),
            MappingArgument::Columns(_, text) => format!("--map={text}"),
        });
        [zone, dates, map].into_iter().flatten().collect()
    }
}

const ORDERS: [(&str, DateOrder); 2] =
    [("dmy", DateOrder::DayFirst), ("mdy", DateOrder::MonthFirst)];

fn word(order: DateOrder) -> &'static str {
    let word = ORDERS.iter().find(|(_, known)| *known == order);
    word.map_or("", |(word, _)| word)
}

fn orders() -> impl TypedValueParser<Value = DateOrder> {
    PossibleValuesParser::new(ORDERS.map(|(word, _)| word)).map(|name| {
        let order = ORDERS.into_iter().find(|(word, _)| *word == name);
        order.expect("clap lets only these words through").1
    })
}

fn parse_mapping(text: &str) -> Result<MappingArgument, String> {
    if !text.contains('=') || Path::new(text).extension().is_some_and(|it| it == "toml") {
        return Ok(MappingArgument::File(PathBuf::from(text)));
    }
    let mapping = GivenMapping::parse(text)?;
    Ok(MappingArgument::Columns(mapping, text.to_owned()))
}

fn parse_zone(text: &str) -> Result<Zone, String> {
    text.parse().map_err(|()| {
        "expected an offset such as +01:00 or UTC, or a place such as Europe/London".to_owned()
    })
}
