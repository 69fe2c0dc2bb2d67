//! Recognises a log by its first rows: by the mapping that the user gives, by the columns of known programs, or by a guess
//! that is reported.

use std::borrow::Cow;
use std::sync::Arc;

use super::column_role::ColumnRole;
use super::day_order::{self, ShownOrder};
use super::delimited_log::{self, DelimitedHead};
use super::dialect::{HAYABUSA, MAPPINGS};
use super::engine_answer::{self, EngineAnswer};
use super::guess::{self, TableQuestion};
use super::log_options::TableOptions;
use super::mapping::{TableLayoutKeys, TableMapping, ValueForm, is};
use super::presets::PRESETS;
use super::table_sample::TableSample;
use super::{json_lines, json_objects, json_path};
use crate::date::foreign::DayMonthOrder;
use crate::diagnostic::SourceText;

/// The format of a log: how its text is cut into rows, and what its columns are.
#[derive(Clone, Debug)]
pub(in crate::formats) struct LogFormat {
    pub mapping: Arc<TableMapping>,
    pub notation: LogNotation,
    /// What was taken for what, in a sentence, if nothing but the columns shows it.
    pub guess: Option<String>,
    /// The names of its columns.
    pub names: Vec<String>,
    /// Whether dates could be two days, and no row so far shows which.
    is_order_open: bool,
}

/// How the text of a log is cut into rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::formats) enum LogNotation {
    /// Rows of values with a character between them.
    Delimited(u8),
    /// An object of JSON on each line.
    JsonLines,
    /// Objects of JSON over several lines, in a list, or in a document.
    Objects,
    /// The answer of an engine: a document of JSON with the rows within it.
    Answer,
}

/// How many bytes are read at most to find the order of day and month.
const MOST_FOR_ORDER: usize = 1 << 20;

impl LogFormat {
    /// The format of a log with this head.
    pub fn recognise(head: &SourceText, options: &TableOptions) -> Option<Self> {
        recognised(head.text().trim_start(), options).ok()
    }

    /// Reads escapes in the values of a table that a database wrote.
    fn with_escapes_in(mut self, head: &str) -> Self {
        if let LogNotation::Delimited(delimiter) = self.notation
            && self.mapping.layout.values == ValueForm::Quoted
            && delimited_log::is_escaped(head, delimiter)
        {
            Arc::make_mut(&mut self.mapping).layout.values = ValueForm::Escaped;
        }
        self
    }

    /// Takes the entries of a value for columns, under their own names.
    fn unwrap(&mut self, wrapper: Option<&str>) {
        let Some(wrapper) = wrapper else {
            return;
        };
        let layout = &mut Arc::make_mut(&mut self.mapping).layout;
        if !layout.unwrap.iter().any(|it| it == wrapper) {
            layout.unwrap.push(wrapper.to_owned());
        }
    }

    /// Whether the row or object by which a log is recognised continues behind this head.
    pub fn is_open(head: &str, options: &TableOptions) -> bool {
        let head = head.trim_start();
        let is_cut = if let Some(answer) = answer(head, options) {
            answer.is_open()
        } else if json_objects::begins(head) {
            json_objects::is_open(head)
        } else {
            delimited_log::is_open(head)
        };
        let is_order_open = || {
            let text = SourceText::new("", head);
            Self::recognise(&text, options).is_some_and(|format| format.is_order_open)
        };
        is_cut || head.len() < MOST_FOR_ORDER && is_order_open()
    }

    fn new(
        mapping: &Arc<TableMapping>,
        notation: LogNotation,
        sample: &TableSample,
        options: &TableOptions,
    ) -> Self {
        let shown = day_order::shown(mapping, sample);
        let is_given = options
            .mapping
            .as_ref()
            .is_some_and(|it| Arc::ptr_eq(it, mapping));
        let is_us = || mapping.name == HAYABUSA && has_halves(mapping, sample);
        let order = match (options.order, mapping.order, shown) {
            (Some(order), ..) | (None, DayMonthOrder::Unknown, ShownOrder::Known(order)) => order,
            // A program that writes dates as its computer does shows its order itself.
            (None, _, ShownOrder::Known(order)) if !is_given => order,
            // Of the options of Hayabusa only `--US-time` has twelve hours.
            (None, DayMonthOrder::Unknown, _) if is_us() => DayMonthOrder::MonthFirst,
            (None, order, _) => order,
        };
        let is_guarded = mapping.layout.is_ours && is_for_spreadsheets(&sample.names);
        let mut own = Cow::Borrowed(mapping);
        if order != mapping.order || is_guarded {
            let own = Arc::make_mut(own.to_mut());
            own.order = order;
            if is_guarded {
                own.layout.values = ValueForm::Guarded;
            }
        }
        Self {
            is_order_open: shown == ShownOrder::Open && order == DayMonthOrder::Unknown,
            mapping: own.into_owned(),
            notation,
            guess: None,
            names: sample.names.clone(),
        }
    }
}

/// Whether dates have twelve hours.
fn has_halves(mapping: &TableMapping, sample: &TableSample) -> bool {
    let mut values = mapping.date_columns().flat_map(|name| sample.values(name));
    values.any(|stamp| stamp.contains(" AM") || stamp.contains(" PM"))
}

/// Whether a table of dateline with these columns was written for a spreadsheet: only such a table has no stamp next to
/// `when_edtf`.
fn is_for_spreadsheets(names: &[String]) -> bool {
    !names.iter().any(|name| is(name, "datetime"))
}

/// The mapping of the user, of a dialect or of a preset that has these columns.
fn known<'o>(
    names: &[String],
    options: &'o TableOptions,
    is_of_form: impl Fn(&TableLayoutKeys) -> bool,
) -> Option<&'o Arc<TableMapping>> {
    let mut given = options.mapping.iter();
    if let Some(given) = given.find(|it| it.fits(names)) {
        return Some(given);
    }
    let dialects = MAPPINGS.iter();
    let presets = PRESETS.iter().map(|preset| &preset.mapping);
    let mut all = dialects.chain(presets);
    all.find(|it| is_of_form(&it.layout) && it.fits(names))
}

/// The mapping of the user, of a dialect or of a preset for a table with these columns.
pub(super) fn mapping_for(names: &[String], options: &TableOptions) -> Option<Arc<TableMapping>> {
    known(names, options, |layout| !layout.has_own_head()).cloned()
}

/// The column that describes the stamps of a dialect or a preset, if it is not called `timestamp_desc`.
pub(in crate::formats) fn described(name: &str) -> Option<&'static str> {
    let presets = PRESETS.iter().map(|preset| &preset.mapping);
    let mapping = MAPPINGS.iter().chain(presets).find(|it| it.name == name)?;
    let mut roles = mapping.roles.iter();
    let (name, _) = roles.find(|(_, role)| *role == ColumnRole::Described)?;
    Some(name)
}

/// What a log of unknown columns lacks.
type Unrecognised = Option<TableQuestion>;

fn recognised(head: &str, options: &TableOptions) -> Result<LogFormat, Unrecognised> {
    if let Some(answer) = answer(head, options) {
        return of_answer(&answer, options);
    }
    if json_objects::begins(head) {
        return of_json(head, options);
    }
    of_table(head, options)
}

/// The answer of an engine, unless the user's mapping says where the rows are.
fn answer<'t>(head: &'t str, options: &TableOptions) -> Option<EngineAnswer<'t>> {
    let given = options.mapping.as_ref();
    let is_given = given.is_some_and(|it| it.layout.rows.is_some());
    (!is_given).then(|| EngineAnswer::recognise(head)).flatten()
}

fn of_answer(answer: &EngineAnswer<'_>, options: &TableOptions) -> Result<LogFormat, Unrecognised> {
    let sample = answer.sample();
    let notation = LogNotation::Answer;
    let is_empty = sample.rows.is_empty();
    let mut format = match of_sample(&sample, notation, options, |_| true) {
        // An answer without rows is read with any mapping.
        Err(_) if is_empty => LogFormat::new(&Arc::default(), notation, &sample, options),
        found => found?,
    };
    format.unwrap(answer.wrapper());
    Ok(format)
}

/// The format of rows with these columns: of a known mapping, or a guess.
fn of_sample(
    sample: &TableSample,
    notation: LogNotation,
    options: &TableOptions,
    is_of_form: impl Fn(&TableLayoutKeys) -> bool,
) -> Result<LogFormat, Unrecognised> {
    if let Some(mapping) = known(&sample.names, options, is_of_form) {
        let mut format = LogFormat::new(mapping, notation, sample, options);
        if mapping.layout.rows.is_some() {
            Arc::make_mut(&mut format.mapping).layout.rows = None;
        }
        return Ok(format);
    }
    if let Some(given) = &options.mapping {
        return Err(Some(TableQuestion::of_given(given, &sample.names)));
    }
    let guess = guess::table(sample, options.order.unwrap_or_default())?;
    let format = LogFormat::new(&Arc::new(guess.mapping), notation, sample, options);
    Ok(LogFormat {
        guess: Some(guess.sentence),
        ..format
    })
}

fn of_table(head: &str, options: &TableOptions) -> Result<LogFormat, Unrecognised> {
    if let Some(format) = in_layout(head, options) {
        return Ok(format);
    }
    let heads = delimited_log::heads(head);
    for DelimitedHead { delimiter, sample } in &heads {
        let is_table = |layout: &TableLayoutKeys| {
            let has_delimiter = layout.delimiter.is_none_or(|it| it == *delimiter);
            !layout.is_json && !layout.has_own_head() && has_delimiter
        };
        if let Some(mapping) = known(&sample.names, options, is_table) {
            let notation = LogNotation::Delimited(*delimiter);
            let format = LogFormat::new(mapping, notation, sample, options);
            return Ok(format.with_escapes_in(head));
        }
    }
    let mut question = None;
    let mut found: Option<LogFormat> = None;
    for DelimitedHead { delimiter, sample } in &heads {
        let guess = match &options.mapping {
            Some(given) => Err(TableQuestion::of_given(given, &sample.names)),
            None if !sample.is_even() => continue,
            None => guess::table(sample, options.order.unwrap_or_default()),
        };
        match guess {
            Ok(guess)
                if found
                    .as_ref()
                    .is_none_or(|it| it.names.len() < sample.names.len()) =>
            {
                let notation = LogNotation::Delimited(*delimiter);
                let format = LogFormat::new(&Arc::new(guess.mapping), notation, sample, options);
                found = Some(LogFormat {
                    guess: Some(guess.sentence),
                    ..format.with_escapes_in(head)
                });
            }
            Err(other) => question = question.or(other.of_table(sample)),
            Ok(_) => {}
        }
    }
    found.ok_or(question)
}

/// A table whose header is not its first row, or that has none.
fn in_layout(head: &str, options: &TableOptions) -> Option<LogFormat> {
    let presets = PRESETS.iter().map(|preset| &preset.mapping);
    let mut all = options.mapping.iter().chain(presets);
    all.find_map(|mapping| {
        let layout = &mapping.layout;
        let delimiter = layout.delimiter.filter(|_| layout.has_own_head())?;
        let is_row = |line: &&str| !line.is_empty() && line.bytes().next() != layout.comment;
        let is_possible = if let Some(word) = layout.header_line.as_deref() {
            head.lines().take(20).any(|line| line.starts_with(word))
        } else {
            let first = head.lines().find(is_row);
            first.is_some_and(|row| row.contains(char::from(delimiter)))
        };
        // Taking a sample costs far more.
        if !is_possible {
            return None;
        }
        let sample = delimited_log::sample(head, layout, delimiter);
        let is_even = layout.header.is_empty() || guess::has_rows_of(mapping, &sample);
        let format =
            || LogFormat::new(mapping, LogNotation::Delimited(delimiter), &sample, options);
        (mapping.fits(&sample.names) && is_even).then(format)
    })
}

fn of_json(head: &str, options: &TableOptions) -> Result<LogFormat, Unrecognised> {
    let is_lines = !json_objects::are_joined(head) && json_lines::are_lines(head);
    let notation = if is_lines {
        LogNotation::JsonLines
    } else {
        LogNotation::Objects
    };
    let objects = || -> Box<dyn Iterator<Item = &str>> {
        if is_lines {
            Box::new(json_lines::objects(head))
        } else {
            Box::new(json_objects::objects(head))
        }
    };
    let wrapper = objects().next().and_then(engine_answer::wrapper_of);
    let unwrapped: Vec<String> = match wrapper {
        Some(wrapper) => vec![wrapper.to_owned()],
        None => unwrapped(options),
    };
    let sample = match wrapper {
        Some(engine_answer::FIELDS) => engine_answer::without_lists(sample(objects(), &unwrapped)),
        _ => sample(objects(), &unwrapped),
    };
    // Rows that were taken out of their document, such as one record on each line, have the same names.
    let is_of_rows = |layout: &TableLayoutKeys| {
        let is_keyed = layout.rows.as_deref().is_some_and(json_path::is_keyed);
        !is_keyed && !layout.has_own_head()
    };
    let unrecognised = match of_sample(&sample, notation, options, is_of_rows) {
        Ok(mut format) if format.guess.is_none() || wrapper.is_some() => {
            format.unwrap(wrapper);
            return Ok(format);
        }
        other => other,
    };
    if let Some(format) = in_document(head, options) {
        return Ok(format);
    }
    let question = match unrecognised {
        Ok(format) => return Ok(format),
        Err(question) if options.mapping.is_some() => return Err(question),
        Err(question) => question,
    };
    let order = options.order.unwrap_or_default();
    // The rows may be a list in the only object.
    for name in json_path::lists(head) {
        let from = json_path::first_row(head, &name);
        let rows = from.and_then(|from| head.get(from..)).unwrap_or_default();
        let sample = self::sample(json_objects::objects(rows), &[]);
        if let Ok(mut guess) = guess::table(&sample, order) {
            guess.mapping.layout.rows = Some(name.clone());
            let mapping = Arc::new(guess.mapping);
            let format = LogFormat::new(&mapping, LogNotation::Objects, &sample, options);
            return Ok(LogFormat {
                guess: Some(format!("{}, of the list `{name}`", guess.sentence)),
                ..format
            });
        }
    }
    Err(question)
}

/// The names whose entries any mapping takes under their own names.
fn unwrapped(options: &TableOptions) -> Vec<String> {
    let presets = PRESETS.iter().map(|preset| &preset.mapping);
    let all = options.mapping.iter().chain(presets);
    all.flat_map(|it| it.layout.unwrap.iter().cloned())
        .collect()
}

/// A document of JSON whose rows are below a name.
fn in_document(head: &str, options: &TableOptions) -> Option<LogFormat> {
    let presets = PRESETS.iter().map(|preset| &preset.mapping);
    let mut all = options.mapping.iter().chain(presets);
    all.find_map(|mapping| {
        let from = json_path::first_row(head, mapping.layout.rows.as_deref()?)?;
        let rows = json_objects::objects(head.get(from..).unwrap_or_default());
        let sample = sample(rows, &mapping.layout.unwrap);
        let format = || LogFormat::new(mapping, LogNotation::Objects, &sample, options);
        mapping.fits(&sample.names).then(format)
    })
}

fn sample<'t>(objects: impl Iterator<Item = &'t str>, unwrapped: &[String]) -> TableSample {
    let mut sample = TableSample::default();
    for object in objects {
        // What is not an object is reported when it is read.
        let _ = sample.add_object(object, unwrapped);
    }
    sample
}

/// What must be asked of the user about a table or JSON whose columns are not known; `None` if the text is neither.
pub(in crate::formats) fn question(head: &str, options: &TableOptions) -> Option<TableQuestion> {
    recognised(head.trim_start(), options).err().flatten()
}
