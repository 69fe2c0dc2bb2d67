//! dateline: a terminal viewer for the timelines of cyber incidents.
//!
//! A timeline is a TOML file. It is read into a draft, checked, and built into facts that never
//! change. Documents say in words what the facts mean. The program's state changes one message at a
//! time, and one pure function draws it, for the terminal and for tests alike.
//!
//! # The map, in reading order
//!
//! | layer | module | knows |
//! |---|---|---|
//! | domain | [`packed`] | many numbers in few bytes |
//! | | [`diagnostic`], [`text`] | findings about a user's text; how to make any text visible |
//! | | [`date`] | imprecise dates: four bounds, three-valued answers; nothing else |
//! | | [`timeline`] | events, entities, sources, claims: the facts, and the findings about a draft of them |
//! | | [`guide`] | the pages for users, and nothing else |
//! | engine | [`query`] | questions over a timeline |
//! | | [`verdict`] | what the claims about an event say: values, speakers and objections, in one rule |
//! | | [`change`] | what differs between two timelines, in kinds from one closed table |
//! | | [`document`] | the text about a subject, as blocks with meanings |
//! | | [`chart`] | events on lanes over a time axis: where each event is, and how certain each column |
//! | program | [`app`] | the state, the table of commands, and how the state changes |
//! | | [`ui`] | how the state looks: cells, themes, frames as files |
//! | outside | [`formats`] | files in and out |
//! | | [`lsp`] | what an editor asks while a timeline is written |
//! | | [`terminal`] | the terminal, its events, and the loop |
//! | | [`cli`] | arguments and exit codes |
//!
//! A module uses only those above it (and `formats` only the domain and the engine). The point is what
//! each may *not* know: the domain and the program do no input or output and read no clock; drawing
//! changes nothing; only `formats` and `cli` know serde, only `terminal` knows crossterm, only `ui` and
//! `terminal` know widgets. `tests/layers.rs` checks all of it.
//!
//! # A timeline in a few lines
//!
//! ```
//! use dateline::diagnostic::SourceText;
//! use dateline::query::Filter;
//!
//! let text = SourceText::new("mail.toml", "[[events]]\nwhen = \"late 2021\"\ntitle = \"Mail server entered\"\n");
//! let (timeline, findings) = dateline::formats::open(&[text]);
//! assert!(findings.is_empty());
//!
//! let event = timeline.events().next().expect("one was written");
//! assert_eq!(event.when().expect("it is dated").to_string(), "late 2021");
//!
//! // Late 2021 may have been August: possibly, and not surely.
//! let filter = Filter::parse(&timeline, "when:2021-08").expect("a filter without mistakes");
//! let counts = filter.matches(&timeline).counts();
//! assert_eq!((counts.surely, counts.possibly), (0, 1));
//! ```
//!
//! # Words
//!
//! A **timeline** is one file, or several opened together. An **event** is something that happened,
//! with an imprecise date. An **entity** is a person, organisation, group or system that events name.
//! A **claim** is what one speaker says about one aspect of an event, in one source, on one day; a
//! **source** is a document that carries claims. **Likelihood** is the estimative words of a claim on
//! its speaker's yardstick, and never **confidence**. A **lane** is a row of the overview. **Surely**
//! and **possibly** say whether an event of imprecise date fits a question.

#![warn(clippy::self_named_module_files)]

pub mod app;
pub mod change;
pub mod chart;
pub mod cli;
pub mod date;
pub mod diagnostic;
pub mod document;
pub mod formats;
pub mod guide;
pub mod lsp;
pub mod packed;
pub mod query;
pub mod terminal;
pub mod text;
pub mod timeline;
pub mod ui;
pub mod verdict;
