//! The filter as a query for an engine of another program. The command line supplies the writer of queries: neither the
//! languages nor the columns of the files are known here.

use std::fmt;
use std::sync::Arc;

use crate::diagnostic::FileId;

/// A request for a query.
#[derive(Clone, Copy, Debug)]
pub struct EngineQueryRequest<'a> {
    pub filter: &'a str,
    /// The language of the last query; `None` for the first of all languages.
    pub language: Option<&'static str>,
    /// How many languages to go on from `language`. After the last comes the first.
    pub further: isize,
    /// The file of the selected event.
    pub file: Option<FileId>,
}

/// A query, and what its user should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EngineQuery {
    pub language: &'static str,
    pub languages: Vec<&'static str>,
    pub text: String,
    /// What the query leaves to dateline, and where its columns are from.
    pub notes: Vec<String>,
}

/// Writes a query.
///
/// # Errors
/// Why there is none, as the end of a sentence.
pub type QueryWriter = dyn Fn(&EngineQueryRequest<'_>) -> Result<EngineQuery, String> + Send + Sync;

/// The writer of queries, and the language that the user chose last.
#[derive(Clone, Default)]
pub struct EngineQueries {
    writer: Option<Arc<QueryWriter>>,
    language: Option<&'static str>,
}

impl fmt::Debug for EngineQueries {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "EngineQueries({:?})", self.language)
    }
}

impl EngineQueries {
    pub fn new(writer: Arc<QueryWriter>) -> Self {
        Self {
            writer: Some(writer),
            language: None,
        }
    }

    /// Writes a query in the language that is `further` places from the chosen one, and chooses that language.
    pub(in crate::app) fn write(
        &mut self,
        filter: &str,
        file: Option<FileId>,
        further: isize,
    ) -> Result<EngineQuery, String> {
        let writer = self.writer.as_ref();
        let writer = writer.ok_or("this program has no writer of queries")?;
        let query = writer(&EngineQueryRequest {
            filter,
            language: self.language,
            further,
            file,
        })?;
        self.language = Some(query.language);
        Ok(query)
    }
}
