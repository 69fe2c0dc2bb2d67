//! Questions about a timeline: a small typed filter language, with honest answers about imprecise dates.
//!
//! A text is parsed into a tree (`parse`, `syntax`). The tree is bound to one timeline (`bind`, `fields`, `phrases`,
//! `value_pattern`): names become numbers, dates become windows, and mistakes are reported with their places. The bound
//! `predicate` is asked of all events at once (`columns`, `bitmap`, `matches`). `field` and `fields` are the one table
//! of fields. `value_counts` counts the values of a field for `facet` and `complete`, `assessed_counts` the levels of all
//! aspects, and `edit` changes the text of a filter when a facet is chosen.
//!
//! It knows nothing of files or screens. A million events answer in a few milliseconds without an index: every question
//! runs down one column.
//!
//! # Grammar
//!
//! ```text
//! filter   = [ any ]
//! any      = all { "or" all }
//! all      = part { [ "and" ] part }                   side by side is "and", and binds tighter than "or"
//! part     = ( "-" | "not" ) part | group | term | text
//! group    = [ "surely" | "possibly" ] "(" any ")"     no space before the parenthesis of surely and possibly
//! term     = field operator value { "," value }        no spaces; any of the values matches
//! operator = ":" | "=" | "<" | "<=" | ">" | ">="       ":" and "=" are the same
//! value    = "*" | "event(" id ")" | { piece }         "*" is any value
//! piece    = quoted | set | plain                      set: a set of dates, "[…]" or "{…}", as in EDTF
//! text     = quoted | plain                            anywhere in an event
//! quoted   = '"' … '"'                                 \" and \\ are a quotation mark and a backslash
//! ```
//!
//! `or`, `and` and `not` are keywords in any letter case; in quotation marks they are text.
//!
//! # Answers
//!
//! Every filter has two answers for every event: whether it surely matches, and whether it possibly does. For known
//! values both are the same; a question about an imprecise date can be possible without being sure. `and`, `or` and
//! `-` are those of Kleene's strong logic: an event that only possibly matches `when:2021` only possibly matches
//! `-when:2021`. `surely(…)` keeps sure matches, and `possibly(…)` takes possible matches as sure.
//!
//! # Comparisons
//!
//! | values | `:` | `<` `<=` `>` `>=` |
//! |---|---|---|
//! | text | contains the words, in any letter case and with any white space between them | |
//! | word, entity, source, event | equals the id, name or alias, in any letter case; `*` matches anything | |
//! | attribute | a log has an attribute of that name, or `name=value` | |
//! | date | was going on in that time | see below |
//! | number | equals it, or is in the range `2..5`, `2..`, `..5` | as numbers |
//! | ordered words (`confidence`, `tlp`) | equals it | in that order |
//! | likelihood | equals that term, or a synonym on the speaker's own yardstick | by the order of the speaker's own yardstick |
//!
//! A speaker without a yardstick may have used any, so a comparison of likelihood with another term is then *possibly*
//! at most. A field of claims (`by`, `said`, `stance` …) matches an event if it matches one of its claims; two such
//! fields may match two different claims.
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
//! | `before:event(x)`, `after:event(x)` | the same of another event's date: sure only if it holds for all readings of both dates, or if `after` in the file says so and the dates allow it |
//! | `discovered:A`, `disclosed:A`, `attributed:A` … | the same of the day on which it was discovered, disclosed or attributed ([`crate::timeline::clock`]); `when` is the day on which it happened |
//! | `said:A`, `published:A` … | the same of one of its claims, or of one of its sources |
//! | `when:event(x)`, `within:event(x)` | sure for the time when x was surely going on, possible for the time when it may have been |
//!
//! Everything happened at some time, and every claim was made at some time: if the file does not say when, the answer
//! is *possibly*. But not everything was discovered, disclosed or attributed: an event without such a day does not match
//! a question about it.
#![deny(clippy::disallowed_methods, clippy::wildcard_enum_match_arm)]

mod assessed_counts;
mod bind;
mod bitmap;
mod columns;
mod complete;
mod date_answers;
mod date_question;
mod date_span;
mod edit;
mod error;
mod facet;
mod field;
mod fields;
mod filter;
mod matches;
mod number_set;
mod parse;
mod phrases;
mod predicate;
pub mod search;
mod shared_questions;
mod syntax;
mod value;
mod value_counts;
mod value_pattern;
mod value_spelling;
pub mod views;

pub use assessed_counts::assessed_counts;
pub use bitmap::Bitmap;
pub use complete::{Completion, CompletionCandidate, complete, complete_unless_stopped};
pub use date_span::touched_span;
pub use edit::{clear, exclude, remove, set_range, set_when, toggle};
pub use error::QueryError;
pub use facet::{FacetGroup, FacetSelection, FacetValue, facet, facets, matches_and_facets};
pub use field::{FieldKind, FilterField};
pub use fields::{FIELDS, find as find_field};
pub use filter::Filter;
pub use matches::{MatchCounts, Matches};
pub use parse::parse;
pub use syntax::{ExprNode, FilterExpr, FilterTerm, ParsedFilter};
pub use value::{ComparisonOperator, FilterValue, ValueForm, quoted};
pub use value_spelling::ValueSpelling;
