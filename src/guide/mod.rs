//! The guide for users: one text for `dateline help`, the viewer, the man pages, the documentation of the crate and the web.
//!
//! Each topic is a file of Markdown in this folder. `tests/documents.rs` runs its examples and writes its tables from the
//! tables of the program.

/// Where the links between topics lead in the documentation of the crate: of two definitions of one link, the first counts.
macro_rules! links {
    () => {
        "[briefing]: crate::guide::briefing\n\
         [changes]: crate::guide::changes\n\
         [checks]: crate::guide::checks\n\
         [ci]: crate::guide::ci\n\
         [claims]: crate::guide::claims\n\
         [dates]: crate::guide::dates\n\
         [editors]: crate::guide::editors\n\
         [event-list]: crate::guide::event_list\n\
         [file-format]: crate::guide::file_format\n\
         [files]: crate::guide::files\n\
         [filters]: crate::guide::filters\n\
         [first-hour]: crate::guide::first_hour\n\
         [keys]: crate::guide::keys\n\
         [markings]: crate::guide::markings\n\
         [marks]: crate::guide::marks\n\
         [overview]: crate::guide::overview\n\
         [scale]: crate::guide::scale\n\
         [settings]: crate::guide::settings\n\
         [tables]: crate::guide::tables\n\
         [terminals]: crate::guide::terminals\n"
    };
}

/// Declares the topics: for each its variant, module, name and summary.
macro_rules! topics {
    ($($variant:ident $module:ident $name:literal $summary:literal)+) => {
        /// A page of the guide.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Topic { $(#[doc = $summary] $variant),+ }

        impl Topic {
            /// Every topic, in the order in which a newcomer reads them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word behind `dateline help`, and the name of the file without `.md`.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// What the page is about, in a few words.
            pub const fn summary(self) -> &'static str {
                match self { $(Self::$variant => $summary),+ }
            }

            /// The page, in Markdown.
            pub const fn text(self) -> &'static str {
                match self { $(Self::$variant => include_str!(concat!($name, ".md"))),+ }
            }
        }

        $(pub mod $module {
            #![allow(clippy::doc_markdown, reason = "a page for users marks what they type, not names")]
            #![doc = links!()]
            #![doc = include_str!(concat!($name, ".md"))]
        })+
    };
}

topics! {
    FirstHour first_hour "first-hour" "From the first key to a timeline of your own"
    FileFormat file_format "file-format" "Write a timeline: events, claims, sources, and every key of the file"
    Editors editors "editors" "Write in your editor: the language server, and the schema"
    Dates dates "dates" "Write a date as exactly as its source states it"
    Overview overview "overview" "Read the overview: signs, the time that it shows, axis breaks"
    EventList event_list "event-list" "Read the list: spellings of dates, gaps, the scrollbar"
    Filters filters "filters" "Ask for events: the filter language and all its fields"
    Claims claims "claims" "Read who says what: verdict lines, and the rule behind them"
    Briefing briefing "briefing" "Write scenes, present them, rehearse them"
    Markings markings "markings" "Show only what a marking or a day allows"
    Files files "files" "Open logs, import them, export handouts and records"
    Marks marks "marks" "Star, tag and note events and rows, next to the evidence"
    Tables tables "tables" "Open any table: columns, mappings, known programs"
    Scale scale "scale" "Go beyond one machine: streams, and the engine where the data are"
    Changes changes "changes" "See what changed: two versions, two files, or two days"
    Keys keys "keys" "Every command and its keys"
    Settings settings "settings" "Set the theme, the layout and your own keys"
    Terminals terminals "terminals" "Colours, ASCII, screen readers, saved and long files, crashes"
    Checks checks "checks" "The problems that a check reports, and how to fix them"
    Ci ci "ci" "Check, rehearse and compare frames automatically"
}

impl Topic {
    /// The topic of a name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|topic| topic.name() == name)
    }

    /// The heading of the page.
    pub fn title(self) -> &'static str {
        let first = self.text().lines().next().unwrap_or_default();
        first.trim_start_matches("# ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_page_begins_with_its_title_and_can_be_linked_to() {
        for &topic in Topic::ALL {
            let name = topic.name();
            assert!(topic.text().starts_with("# "), "{name}");
            let module = name.replace('-', "_");
            let link = format!("[{name}]: crate::guide::{module}\n");
            assert!(links!().contains(&link), "add {link:?} to `links!`");
            assert_eq!(Topic::parse(name), Some(topic));
        }
    }
}
