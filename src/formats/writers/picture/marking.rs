//! The marking of a picture, at its top and at its bottom: at least as strict as anything in it.

use std::fmt::Write as _;

use super::lanes::int;
use super::measure::{WrappedLine, bold_width, wrapped};
use super::subject::PictureSubject;
use super::writing::{TextAnchor, TextLines, line};
use crate::document::Role;
use crate::document::text_run::run;
use crate::formats::writers::tlp_colour::tlp_colour;
use crate::timeline::Event;
use crate::timeline::term::Tlp;

/// The level and the author's own line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PictureMarking {
    pub tlp: Option<Tlp>,
    banner: String,
}

/// The marking with its measures.
pub(super) struct MarkingLine<'a> {
    marking: &'a PictureMarking,
    lines: Vec<WrappedLine>,
    font: i32,
}

impl PictureMarking {
    /// The marking of the file, or a stricter one of anything that the picture shows. A flag shows that there are claims,
    /// and lanes may have the names of entities.
    pub fn of(subject: &PictureSubject<'_>) -> Self {
        let timeline = subject.timeline;
        let events = || subject.order.iter().map(|&id| timeline.event(id));
        let of_events = events().map(Event::tlp);
        let of_claims = events().flat_map(|event| event.claims().map(|(_, claim)| claim.tlp));
        let of_entities = timeline.entities().map(|(_, entity)| entity.tlp);
        let head = timeline.head();
        let all = std::iter::once(head.tlp).chain(of_events).chain(of_claims);
        let banner = head.banner.as_deref().unwrap_or_default();
        Self {
            tlp: all.chain(of_entities).flatten().max(),
            banner: run(Role::Bar, banner).text.trim().to_owned(),
        }
    }

    fn level(&self) -> String {
        self.tlp
            .map_or_else(String::new, |tlp| format!("TLP:{tlp}"))
    }

    /// Before the title of the picture, for programs that show no more than that.
    pub fn prefix(&self) -> String {
        let level = self.level();
        if level.is_empty() { level } else { level + " " }
    }

    /// The marking in the right half of some room.
    pub fn line(&self, font: i32, room: i32) -> MarkingLine<'_> {
        // The other half is for the title, or for the legend.
        let room = room / 2 - self.tag(font);
        MarkingLine {
            marking: self,
            // The banner is bold.
            lines: match self.banner.as_str() {
                "" => Vec::new(),
                banner => wrapped(banner, font, (room * 100 / 118).max(font), 0),
            },
            font,
        }
    }

    /// The width of the level with its ground and the gap before it.
    fn tag(&self, font: i32) -> i32 {
        match self.level().as_str() {
            "" => 0,
            level => bold_width(level, font) + 2 * font,
        }
    }
}

impl MarkingLine<'_> {
    /// 0 without a marking.
    pub fn height(&self) -> i32 {
        let banner = match int(self.lines.len()) {
            0 => 0,
            // The first line is in the middle of the level's ground.
            lines => self.ground() + (lines - 1) * self.pitch(),
        };
        let level = self.marking.tlp.map_or(0, |_| self.ground());
        level.max(banner)
    }

    /// 0 without a marking.
    pub fn width(&self) -> i32 {
        let lines = self.lines.iter();
        let banner = lines.map(|line| bold_width(&line.text, self.font)).max();
        let tag = self.marking.tag(self.font);
        match banner {
            Some(banner) => tag + banner,
            // The gap is between the banner and the level.
            None => (tag - self.font).max(0),
        }
    }

    /// The height of the ground of the level.
    const fn ground(&self) -> i32 {
        self.font * 18 / 10
    }

    /// From one line of the banner to the next.
    const fn pitch(&self) -> i32 {
        self.font * 13 / 10
    }

    /// The marking that ends at `right`.
    pub fn draw(&self, right: i32, top: i32) -> String {
        let (font, ground) = (self.font, self.ground());
        let baseline = top + ground / 2 + font * 36 / 100;
        let tag = self.marking.tag(font);
        let mut out = String::new();
        if let Some(tlp) = self.marking.tlp {
            let (level, colour) = (self.marking.level(), tlp_colour(tlp));
            let (x, width) = (right - tag + font, tag - font);
            let middle = (x + width / 2, baseline);
            write!(
                out,
                "<rect fill=\"#000\" x=\"{x}\" y=\"{top}\" width=\"{width}\" height=\"{ground}\"/>\n<g fill=\"{colour}\">\n{}</g>\n",
                line("strong", &level, middle, TextAnchor::Middle)
            )
            .expect("a string takes all");
        }
        if !self.lines.is_empty() {
            let lines = TextLines {
                class: "head",
                lead: "",
                lines: &self.lines,
                font,
                pitch: self.pitch(),
            };
            out.push_str(&lines.draw((right - tag, baseline), TextAnchor::End));
        }
        out
    }
}
