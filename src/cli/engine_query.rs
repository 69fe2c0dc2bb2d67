//! Queries for engines of other programs, with the columns of the files that are open.

use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::fingerprint::FileTraces;
use super::input;
use super::redaction_args::RedactionArgs;
use super::report::clean;
use crate::app::state::engine_query::{EngineQuery, EngineQueryRequest, QueryWriter};
use crate::formats::engines::{DIALECTS, EngineDialect, QueryOptions, WrittenQuery};
use crate::formats::{InputFile, TableColumns, TableOptions};
use crate::text::visible;

/// The name of a table whose name is not known.
pub(super) const TABLE: &str = "events";

/// What the user of a query should know: what the query does not ask, and whether its answer may lack rows.
pub(super) fn notes(
    dialect: &EngineDialect,
    query: &WrittenQuery,
    limit: Option<u64>,
) -> Vec<String> {
    let left = query.left.iter().map(|part| {
        let part = clean(part);
        format!("the query does not ask `{part}`: dateline does, of the answer")
    });
    // Without a filter, the user wants every row.
    let is_surprise = query.is_everything && !query.left.is_empty();
    let everything = is_surprise.then_some("the query asks for every row");
    let most = limit.into_iter().chain(dialect.most_rows).min();
    let most = most
        .map(|most| format!("the answer may lack events that match: it has at most {most} rows"));
    left.chain(everything.map(str::to_owned))
        .chain(most)
        .collect()
}

/// The writer of queries for the viewer. Each time it reads the columns from the first bytes of the files; for standard
/// input and pipes, from the bytes that were read before.
pub fn writer(
    paths: &[PathBuf],
    withholding: &RedactionArgs,
    traces: &FileTraces,
) -> Arc<QueryWriter> {
    let files = ColumnFiles {
        paths: paths.to_vec(),
        heads: traces.heads(),
        // A mapping with errors was reported when the files were opened.
        options: input::table_options(&withholding.tables).unwrap_or_default(),
        is_zoned: withholding.tables.zone.is_some(),
    };
    Arc::new(move |request: &EngineQueryRequest<'_>| files.query(request))
}

/// The open files, as far as their columns are of interest.
struct ColumnFiles {
    paths: Vec<PathBuf>,
    /// The first bytes of each file that can be read only once, by the number of the file.
    heads: Vec<Option<Arc<Vec<u8>>>>,
    options: TableOptions,
    is_zoned: bool,
}

impl ColumnFiles {
    fn query(&self, request: &EngineQueryRequest<'_>) -> Result<EngineQuery, String> {
        let dialect = dialect(request.language, request.further);
        let (columns, about) = self.columns(request)?;
        let options = QueryOptions {
            table: TABLE,
            columns: &columns,
            limit: None,
            is_typed: false,
            is_zoned: self.is_zoned,
        };
        let query = dialect.query(request.filter, &options);
        let query = query.map_err(|mistakes| {
            let first = mistakes.into_iter().next();
            first.map_or_else(String::new, |it| visible(&it.message).into_owned())
        })?;
        let mut notes = notes(dialect, &query, None);
        notes.push(about);
        let guess = columns.guess.as_ref();
        notes.extend(guess.map(|guess| format!("{}; `--map` changes that", clean(guess))));
        Ok(EngineQuery {
            language: dialect.name,
            languages: DIALECTS.iter().map(|it| it.name).collect(),
            text: query.text,
            notes,
        })
    }

    /// The columns of the selected event's file if it is a table, or of the first table; and where they are from.
    fn columns(&self, request: &EngineQueryRequest<'_>) -> Result<(TableColumns, String), String> {
        let selected = request.file.map_or(0, |file| usize::from(file.0));
        let others = (0..self.paths.len()).filter(|at| *at != selected);
        for at in [selected].into_iter().chain(others) {
            let Some(file) = self.file(at)? else {
                continue;
            };
            let name = short_name(&self.paths[at]);
            let read = TableColumns::of_file(file.with_options(self.options.clone()));
            if let Some(columns) = read.map_err(|error| error.to_string())? {
                return Ok((columns, format!("the columns are those of `{name}`")));
            }
        }
        let about = match self.paths.get(selected) {
            Some(path) => format!("`{}` is not a table", short_name(path)),
            None => "the shipped case is not a table".to_owned(),
        };
        let columns = TableColumns::unlisted(&self.options);
        Ok((columns, format!("{about}: no columns are known")))
    }

    /// A file before any of it is read. `None` if its bytes are gone.
    fn file(&self, at: usize) -> Result<Option<InputFile<'static>>, String> {
        let Some(path) = self.paths.get(at) else {
            return Ok(None);
        };
        match self.heads.get(at) {
            Some(Some(head)) => {
                let source = Box::new(Cursor::new(head.as_ref().clone()));
                Ok(Some(InputFile::new(input::name(path), source, None)))
            }
            _ if path.is_file() => opened(path).map(Some),
            _ => Ok(None),
        }
    }
}

/// The name of a file without its folder, for a note.
fn short_name(path: &Path) -> String {
    if path.as_os_str() == "-" {
        return input::name(path);
    }
    let name = path.file_name().unwrap_or(path.as_os_str());
    clean(&name.to_string_lossy())
}

fn opened(path: &Path) -> Result<InputFile<'static>, String> {
    let file = input::incoming(path);
    file.map_err(|error| visible(&format!("{error:#}")).into_owned())
}

/// The dialect `further` rows down the table from `language`; without a language, from the first.
fn dialect(language: Option<&str>, further: isize) -> &'static EngineDialect {
    let known = DIALECTS.iter().position(|it| Some(it.name) == language);
    let last = isize::try_from(DIALECTS.len()).unwrap_or(isize::MAX);
    let at = isize::try_from(known.unwrap_or(0)).unwrap_or(0) + further;
    let at = usize::try_from(at.rem_euclid(last)).unwrap_or(0);
    &DIALECTS[at]
}
