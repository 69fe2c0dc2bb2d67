//! `dateline query`: a filter as a query for a database that has the events already.

use std::io::Write;

use anyhow::Result;

use super::engine_query::notes;
use super::filter_args::filter_mistake;
use super::input;
use super::output;
use super::query_args::QueryArgs;
use super::report::clean;
use super::status::{CommandError, ExitStatus, print_note};
use super::table_args::{MappingArgument, TableArgs};
use crate::formats::engines::{DIALECTS, EngineDialect, QueryOptions};
use crate::formats::{TableColumns, TableOptions};

/// Prints a query. What the query does not ask is reported on standard error.
pub(super) fn run(args: &QueryArgs, out: &mut dyn Write) -> Result<ExitStatus> {
    if args.list {
        return list(out);
    }
    let wanted = args.language.as_deref().unwrap_or_default();
    let dialect = DIALECTS.iter().find(|dialect| dialect.name == wanted);
    let (Some(dialect), Some(filter)) = (dialect, &args.filter) else {
        let message = format!("`{}` is not a language of a query", clean(wanted));
        return Err(CommandError::usage(message).into());
    };
    let columns = columns(args)?;
    let errors = &mut output::errors();
    let options = QueryOptions {
        table: &args.table,
        columns: &columns,
        limit: args.limit,
        is_typed: args.typed,
        is_zoned: args.tables.zone.is_some(),
    };
    let query = match dialect.query(filter, &options) {
        Ok(query) => query,
        Err(mistakes) => {
            for mistake in &mistakes {
                writeln!(errors, "{}", filter_mistake(filter, "FILTER", mistake))?;
            }
            return Ok(ExitStatus::Usage);
        }
    };
    writeln!(out, "{}", query.text)?;
    out.flush()?;
    if let Some(guess) = &columns.guess {
        print_note(errors, &format!("{}; `--map` changes that", clean(guess)))?;
    }
    for note in notes(dialect, &query, args.limit) {
        print_note(errors, &note)?;
    }
    Ok(ExitStatus::Fine)
}

/// Prints every language.
fn list(out: &mut dyn Write) -> Result<ExitStatus> {
    let width = DIALECTS.iter().map(|it| it.name.len()).max().unwrap_or(0);
    for EngineDialect {
        name,
        summary,
        cannot,
        ..
    } in DIALECTS
    {
        writeln!(out, "{name:width$}  {summary}")?;
        for it in *cannot {
            writeln!(out, "{:width$}  cannot say: {it}", "")?;
        }
    }
    out.flush()?;
    Ok(ExitStatus::Fine)
}

/// The columns of the table, as far as they are known.
fn columns(args: &QueryArgs) -> Result<TableColumns> {
    let options = options(&args.tables)?;
    if let Some(path) = &args.like {
        let name = clean(&input::name(path));
        let file = input::incoming(path)?.with_options(options);
        return TableColumns::of_file(file)?.ok_or_else(|| {
            let error = CommandError::usage(format!("`{name}` has no columns that are known"));
            let hint = format!("`dateline check {name}` says what it is");
            error.hint(hint).into()
        });
    }
    if args.columns.is_empty() {
        return Ok(TableColumns::unlisted(&options));
    }
    TableColumns::listed(&args.columns, &options)
        .map_err(|(message, hint)| CommandError::usage(clean(&message)).hint(hint).into())
}

/// What the user states about the table. A mapping may also be the name of a preset.
fn options(args: &TableArgs) -> Result<TableOptions> {
    let Some(MappingArgument::File(path)) = &args.map else {
        return input::table_options(args);
    };
    let name = path.to_str().unwrap_or_default();
    if path.exists() || path.extension().is_some() {
        return input::table_options(args);
    }
    let others = TableArgs {
        map: None,
        ..args.clone()
    };
    input::table_options(&others)?
        .with_preset(name)
        .map_err(|meant| {
            let message = format!("`{}` is neither a mapping file nor a preset", clean(name));
            let hint = match meant {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "`dateline help tables` lists the presets".to_owned(),
            };
            CommandError::usage(message).hint(hint).into()
        })
}
