//! Questions over a timeline: a small typed language of filters, and an honest answer about imprecise dates.
//!
//! A text is read into a tree (`parse`, `syntax`), which is bound to one timeline (`bind`, `choice`, `clock`, `glob`, `phrases`):
//! names become numbers, dates become windows, and a mistake is told with its place. What is bound (`predicate`) is
//! asked of all events at once (`evaluate`, `bitmap`). `field` is the one table of what can be asked; `tally` counts the
//! values of a field, for `facet` and `complete`, and `matrix` the levels of all aspects; `edit` changes the text of a filter as a facet is chosen.
//!
//! It knows nothing of files or screens. A million events are asked in a few milliseconds, without an index: every
//! question runs down one column.
//!
//! # Grammar
//!
//! ```text
//! filter   = [ any ]
//! any      = all { "or" all }
//! all      = part { [ "and" ] part }                   side by side is "and", and binds tighter than "or"
//! part     = ( "-" | "not" ) part | group | term | text
//! group    = [ "surely" | "possibly" ] "(" any ")"     no space before the parenthesis of surely and possibly
//! term     = field operator value { "," value }        no spaces; any of the values will do
//! operator = ":" | "=" | "<" | "<=" | ">" | ">="       ":" and "=" are the same
//! value    = "*" | "event(" id ")" | { piece }         "*" is any value at all
//! piece    = quoted | set | plain                      set: a set of dates, "[…]" or "{…}", as EDTF has it
//! text     = quoted | plain                            stands anywhere in an event
//! quoted   = '"' … '"'                                 \" and \\ stand for a quotation mark and a backslash
//! ```
//!
//! `or`, `and` and `not` are words of the language in any letter case; in quotation marks they are text.
//!
//! # Answers
//!
//! Every filter has two answers for every event: whether it surely matches, and whether it possibly does. What is
//! known is both or neither; a question about an imprecise date can be possible without being sure. `and`, `or` and
//! `-` are those of Kleene's strong logic: so an event that only possibly matches `when:2021` only possibly matches
//! `-when:2021`. `surely(…)` keeps what is sure and `possibly(…)` takes what is possible as if it were sure.
//!
//! # Comparisons
//!
//! | values | `:` | `<` `<=` `>` `>=` |
//! |---|---|---|
//! | text | the words stand in it, whatever their letter case and the white space between them | |
//! | word, entity, source, event | is it, by id, name or alias, whatever the letter case; `*` inside stands for anything | |
//! | attribute | a log says something under that name, or `name=value` says that; `*` inside stands for anything | |
//! | date | was going on in that time | see below |
//! | number | is it, or is in the range `2..5`, `2..`, `..5` | as numbers |
//! | fixed words in order (`confidence`, `tlp`) | is it | in that order |
//! | likelihood | is that word, or one that means the same on the speaker's own yardstick | by the order of the speaker's own yardstick |
//!
//! A speaker who names no yardstick may have used any, so a comparison of likelihood with another word is then *possibly*
//! at most. A field of claims (`by`, `said`, `stance` …) is true of an event if it is of one of its claims; two such
//! fields may be true of two different claims.
//!
//! # Dates
//!
//! A date in a filter is a window: everything it allows, from its earliest start to its latest end.
//!
//! | written | asks |
//! |---|---|
//! | `when:A..B`, `when:A` | was it going on at some time from A to B, or in A? |
//! | `within:A..B` | did it lie wholly in that time? |
//! | `before:A`, `when<A` | had it ended before A began? |
//! | `after:A`, `when>A` | did it start after A had ended? |
//! | `when<=A`, `when>=A` | had it ended when A ended? did it start no sooner than A? |
//! | `before:event(x)`, `after:event(x)` | the same of another event's date: sure only if it is so whatever both dates turn out to be, or `after` in the file says so and the dates allow it |
//! | `discovered:A`, `disclosed:A`, `attributed:A` … | the same of the day it was noticed, the public was told, or somebody was first said to have done it ([`crate::timeline::clock`]); `when` stands for the day it happened |
//! | `said:A`, `published:A` … | the same of one of its claims, or of one of the documents that carry it |
//! | `when:event(x)`, `within:event(x)` | sure if it is so of the time when x was surely going on, possible if of the time when it may have been |
//!
//! Everything happened at some time and every claim was made at some time: where the file does not say when, the answer
//! is *possibly*. But not everything was noticed, made public or attributed: an event without such a day is no answer to
//! a question about it.
#![deny(clippy::disallowed_methods, clippy::wildcard_enum_match_arm)]

mod bind;
mod bitmap;
mod columns;
mod complete;
mod date_answers;
mod date_question;
mod edit;
mod error;
mod facet;
mod field;
mod fields;
mod filter;
mod glob;
mod matches;
mod matrix;
mod parse;
mod phrases;
mod predicate;
mod questions;
pub mod search;
mod selection;
mod spelling;
mod syntax;
mod tally;
mod value;
pub mod views;

pub use bitmap::Bitmap;
pub use complete::{Candidate, Completion, complete};
pub use edit::{clear, exclude, remove, set_range, set_when, toggle};
pub use error::QueryError;
pub use facet::{FacetGroup, FacetValue, Selected, facet, facets};
pub use field::{Field, Kind};
pub use fields::{FIELDS, find as find_field};
pub use filter::Filter;
pub use matches::{Counts, Matches};
pub use matrix::assessed_counts;
pub use parse::parse;
pub use spelling::Spelling;
pub use syntax::{Expr, Node, Parsed, Term};
pub use value::{Form, Operator, Value, quoted};
