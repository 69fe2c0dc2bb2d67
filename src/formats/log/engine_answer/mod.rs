//! Answers of search engines and databases: one document of JSON, with the rows within it.
//!
//! A row is an object, or a list of values whose names are before the rows. What is around the rows says whether any are
//! missing.

mod columns;
mod form;
mod gaps;
mod reported_error;
mod rows;
mod stop;

pub(super) use form::{EngineAnswer, FIELDS, only_item, without_lists, wrapper_of};
pub(in crate::formats) use reported_error::reported_error;
pub(super) use rows::read;
pub(super) use stop::{AnswerStop, LONGEST_ERROR};
