//! The formats that dateline writes, as a table: `dateline export --to`, its help, shell completions and the guide use its
//! rows.
//!
//! A new format is a file in this folder and a row here.

mod csv_table;
mod export_options;
pub mod handout;
mod html;
pub(super) mod items;
mod json;
pub(super) mod json_text;
pub mod loss;
pub(super) mod markdown;
mod misp;
mod navigator;
pub mod picture;
mod profile;
mod record_losses;
pub mod record_stamps;
pub mod records;
pub mod stix;
mod time_fit;
mod timelinejs;
mod timesketch;
mod tlp_colour;
pub(super) mod toml_tables;
pub(super) mod toml_timeline;
mod workbook;

pub use export_options::{ExportOptions, ExportedChanges, HandoutExtent};
pub use profile::FormatProfile;

use self::handout::Handout;
use self::handout::losses::LOSSES as HANDOUT_LOSSES;
use self::json::losses::LOSSES as JSON_LOSSES;
use self::loss::{LossReport, LossRow};
use self::record_losses::{LOSSES as RECORD_LOSSES, STAMPED_LOSSES};
use crate::timeline::{EventId, Timeline};

/// A format that dateline writes: one row of [`WRITERS`].
#[derive(Clone, Copy, Debug)]
pub struct FormatWriter {
    /// On the command line.
    pub name: &'static str,
    /// What it is for, for the help.
    pub summary: &'static str,
    /// What it keeps of each kind of content, without a profile.
    pub losses: &'static [LossRow],
    /// What else there is to know of it; may be empty.
    pub remark: &'static str,
    pub purpose: WriterPurpose,
    pub write: fn(&Timeline, &ExportOptions<'_>) -> String,
}

/// What a format is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WriterPurpose {
    /// For people. It has scenes, so that `--audience` and `--notes` apply.
    Handout,
    /// A row for each event, for programs.
    Records,
    /// The timeline as a whole, for programs.
    Exchange,
    /// A picture. Its size and its labels are options: see [`picture::draw`].
    Picture,
    /// Sheets, for people who sort and filter. The written text is made of parts: see [`FormatWriter::bytes`].
    Workbook,
}

/// Every format. Handouts are for people, and records for other programs.
pub const WRITERS: &[FormatWriter] = &[
    FormatWriter {
        name: "markdown",
        summary: "handout to paste into a wiki, an issue or a mail: CommonMark with pipe tables",
        losses: HANDOUT_LOSSES,
        remark: "links within the page and colours are lost; dateline does not read it back",
        purpose: WriterPurpose::Handout,
        write: |timeline, options| markdown::write(&Handout::new(timeline, options)),
    },
    FormatWriter {
        name: "html",
        summary: "handout to read and to print: one page with a picture of the overview, without scripts or downloads",
        losses: HANDOUT_LOSSES,
        remark: "dateline does not read it back",
        purpose: WriterPurpose::Handout,
        write: |timeline, options| html::write(&Handout::new(timeline, options)),
    },
    FormatWriter {
        name: "svg",
        summary: "picture for a report: every event with its title on one axis, at a size that you choose",
        losses: picture::losses::LOSSES,
        remark: "nothing is cut: titles without room next to their marks are in a list below, by number; no scripts, links or downloads; dateline does not read it back",
        purpose: WriterPurpose::Picture,
        write: picture::write,
    },
    FormatWriter {
        name: "timesketch-csv",
        summary: "rows to upload to Timesketch; dateline reads them back",
        losses: STAMPED_LOSSES,
        remark: "`contested` and `after` come back as attributes of a log",
        purpose: WriterPurpose::Records,
        write: |timeline, options| timesketch::timesketch_csv(timeline, &selected(options)),
    },
    FormatWriter {
        name: "jsonl",
        summary: "one object per line, for jq and Timesketch; dateline reads them back",
        losses: RECORD_LOSSES,
        remark: "`contested` and `after` come back as attributes of a log",
        purpose: WriterPurpose::Records,
        write: |timeline, options| records::json_lines(timeline, &selected(options)),
    },
    FormatWriter {
        name: "csv",
        summary: "rows for a spreadsheet; dateline reads them back",
        losses: RECORD_LOSSES,
        remark: "text that a spreadsheet would compute gets a `'` in front, also after a `;`, a `|` or a line break; `contested` and `after` come back as attributes of a log",
        purpose: WriterPurpose::Records,
        write: |timeline, options| records::csv(timeline, &selected(options)),
    },
    FormatWriter {
        name: "toml",
        summary: "the timeline as a whole, as a file to work on: with some of its events, or redacted",
        losses: JSON_LOSSES,
        remark: "comments are lost",
        purpose: WriterPurpose::Exchange,
        write: |timeline, options| toml_timeline::write(timeline, &selected(options)),
    },
    FormatWriter {
        name: "json",
        summary: "the timeline as a whole, with the keys of a TOML file, for jq and programs; dateline reads it back",
        losses: JSON_LOSSES,
        remark: "comments are lost",
        purpose: WriterPurpose::Exchange,
        write: |timeline, options| json::write(timeline, &selected(options)),
    },
    FormatWriter {
        name: "xlsx",
        summary: "workbook for people who sort and filter: sheets of events, claims, links, entities, sources and questions; dateline reads it back",
        losses: workbook::losses::LOSSES,
        remark: "dates are text, with real dates for their bounds in UTC; the marking is on every printed page; no text becomes a formula. Excel takes 32,767 characters in a cell and 255 in the header of a page: longer texts are cut",
        purpose: WriterPurpose::Workbook,
        write: workbook::write,
    },
    FormatWriter {
        name: "navigator",
        summary: "layer of the ATT&CK Navigator: each technique with the number of its events",
        losses: navigator::LOSSES,
        remark: "layer format 4.5, of the domain `enterprise-attack`",
        purpose: WriterPurpose::Exchange,
        write: |timeline, options| navigator::write(timeline, &selected(options)),
    },
    FormatWriter {
        name: "misp",
        summary: "event of MISP: objects with the fidelity of their dates, notes for claims, and the handout as a report",
        losses: misp::losses::LOSSES,
        remark: "its distribution is your organisation only, and its marking is the strictest in it; dateline reads it back",
        purpose: WriterPurpose::Exchange,
        write: |timeline, options| misp::write(timeline, options, &selected(options)),
    },
    FormatWriter {
        name: "timelinejs",
        summary: "slides for TimelineJS, to show on a web page",
        losses: timelinejs::LOSSES,
        remark: "TimelineJS makes links of plain addresses",
        purpose: WriterPurpose::Exchange,
        write: |timeline, options| timelinejs::write(timeline, &selected(options)),
    },
    FormatWriter {
        name: "stix",
        summary: "bundle of STIX for platforms of threat intelligence: a report of the timeline with its events, entities, claims and markings",
        losses: stix::LOSSES,
        remark: "`--profile plain` is the core of STIX 2.1; `--profile incident` has events with the fidelity of their times",
        purpose: WriterPurpose::Exchange,
        write: |timeline, options| stix::write(timeline, options.stix, &selected(options)),
    },
];

/// The formats that have profiles, the default first.
const PROFILED: &[(&str, &[FormatProfile])] = &[("stix", stix::PROFILES)];

/// The formats whose objects state when they were made.
const DATED: &[&str] = &["stix", "misp"];

/// The events that the options select, in the order of the timeline.
fn selected(options: &ExportOptions<'_>) -> Vec<EventId> {
    options.events().into_iter().map(|(id, _)| id).collect()
}

impl FormatWriter {
    pub fn find(name: &str) -> Option<&'static Self> {
        WRITERS.iter().find(|writer| writer.name == name)
    }

    /// Whether it is a handout, for people.
    pub fn is_handout(&self) -> bool {
        self.purpose == WriterPurpose::Handout
    }

    /// Whether its files are not text.
    pub fn is_binary(&self) -> bool {
        self.purpose == WriterPurpose::Workbook
    }

    /// The file that a written text is: of a workbook, the archive of its parts.
    pub fn bytes(&self, written: String) -> Vec<u8> {
        match self.purpose {
            WriterPurpose::Workbook => workbook::pack(&written),
            WriterPurpose::Handout
            | WriterPurpose::Picture
            | WriterPurpose::Records
            | WriterPurpose::Exchange => written.into_bytes(),
        }
    }

    /// The profiles, the default first; none if the format has one form only.
    pub fn profiles(&self) -> &'static [FormatProfile] {
        let row = PROFILED.iter().find(|(name, _)| *name == self.name);
        row.map_or(&[], |(_, profiles)| profiles)
    }

    /// Whether its objects state when they were made, so that `--created` is for it.
    pub fn has_day(&self) -> bool {
        DATED.contains(&self.name)
    }

    /// Each form of the format, as the options name it, with what it keeps.
    pub fn forms(&self) -> Vec<(String, &'static [LossRow])> {
        let others = self.profiles().iter().skip(1);
        let others = others.map(|it| (format!("{} --profile {}", self.name, it.name), it.losses));
        let default = (self.name.to_owned(), self.losses);
        std::iter::once(default).chain(others).collect()
    }

    /// What it keeps of the selected events.
    pub fn report(&self, timeline: &Timeline, options: &ExportOptions<'_>) -> LossReport {
        let name = options.stix.profile.as_str();
        let profile = self.profiles().iter().find(|profile| profile.name == name);
        let losses = profile.map_or(self.losses, |profile| profile.losses);
        LossReport::new(self.name, losses, timeline, selected(options))
    }
}
