//! The mark of an event: a sign, or a band that shows how sure each part of it is.

use std::fmt::Write as _;

use super::family_shapes::{point, within_band};
use super::scale::PictureScale;
use crate::chart::{BandSegment, ColumnFill, EventMark, MarkShape};
use crate::document::PhaseFamily;

/// A mark on the line at `middle`.
pub(super) fn draw(mark: &EventMark, scale: PictureScale, middle: i32) -> String {
    let canvas = MarkCanvas { scale, middle };
    match &mark.shape {
        MarkShape::Point { column, is_hollow } => {
            let at = (scale.x_of(*column), middle);
            point(mark.family, at, scale.half, *is_hollow)
        }
        MarkShape::Band(segments) => {
            let mut out = canvas.arrows(mark);
            let mut before = None;
            for run in runs(segments) {
                // Days that lie apart are one event all the same.
                if let (Some(end), Some(next)) = (before, run.first()) {
                    let (x, width) = (scale.x_of(end), scale.x_of(next.first) - scale.x_of(end));
                    write!(out, "<path class=\"one\" d=\"M{x} {middle}h{width}\"/>")
                        .expect("a string takes all");
                }
                out.push_str(&canvas.joined(run, mark));
                before = run.last().map(|segment| segment.last + 1);
            }
            out
        }
    }
}

/// A piece of a band of some fill.
pub(super) fn segment(fill: ColumnFill, (x, middle): (i32, i32), width: i32, half: i32) -> String {
    let class = match fill {
        ColumnFill::Open => return format!("<path class=\"open\" d=\"M{x} {middle}h{width}\"/>"),
        ColumnFill::Possible => "possible",
        ColumnFill::Core => "core",
        ColumnFill::Certain => "certain",
    };
    rect(class, (x, middle), width, half)
}

/// A line around a band, so that a light one is seen on poor paper.
pub(super) fn outline(at: (i32, i32), width: i32, half: i32) -> String {
    rect("outline", at, width, half)
}

fn rect(class: &str, (x, middle): (i32, i32), width: i32, half: i32) -> String {
    let (y, height) = (middle - half, 2 * half);
    format!("<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>")
}

/// From where to where a mark reaches.
pub(super) fn extent(mark: &EventMark, scale: PictureScale) -> (i32, i32) {
    let half = scale.half;
    match &mark.shape {
        MarkShape::Point { column, .. } => {
            let x = scale.x_of(*column);
            (x - half, x + half)
        }
        MarkShape::Band(segments) => {
            let (Some(first), Some(last)) = (segments.first(), segments.last()) else {
                return (scale.left, scale.left);
            };
            let (mut from, mut to) = scale.extent(*first, *last);
            // A sign is wider than a day, and an arrow is outside the axis.
            if is_sign(runs(segments).next().unwrap_or_default()) || mark.cut.before {
                from -= half;
            }
            if is_sign(runs(segments).last().unwrap_or_default()) || mark.cut.after {
                to += half;
            }
            (from, to)
        }
    }
}

/// Whether a sign of a mark says that its day is not certain.
pub(super) fn has_hollow_sign(mark: &EventMark) -> bool {
    match &mark.shape {
        MarkShape::Point { is_hollow, .. } => *is_hollow,
        MarkShape::Band(segments) => runs(segments)
            .filter(|run| is_sign(run))
            .any(|run| run.iter().any(|segment| mark.is_hollow_at(*segment))),
    }
}

/// Segments without gaps between them.
fn runs(segments: &[BandSegment]) -> impl Iterator<Item = &[BandSegment]> {
    segments.chunk_by(|one, next| one.last + 1 == next.first)
}

/// Whether a run is too short for a band.
fn is_sign(run: &[BandSegment]) -> bool {
    matches!(run, [only] if only.last - only.first < 2 && only.fill != ColumnFill::Open)
}

/// Where a band is drawn.
#[derive(Clone, Copy)]
struct MarkCanvas {
    scale: PictureScale,
    middle: i32,
}

impl MarkCanvas {
    /// Arrows at the edges of the axis that a mark goes on beyond.
    fn arrows(self, mark: &EventMark) -> String {
        let (half, top) = (self.scale.half, self.middle - self.scale.half);
        let mut out = String::new();
        let mut arrow = |x: i32, sign: &str, back: &str| {
            write!(
                out,
                "<path d=\"M{x} {top}l{sign}{half} {half}l{back}{half} {half}z\"/>"
            )
            .expect("a string takes all");
        };
        if mark.cut.before {
            arrow(self.scale.left, "-", "");
        }
        if mark.cut.after {
            arrow(self.scale.right(), "", "-");
        }
        out
    }

    /// Segments without gaps: a band, or a sign where they are too short for one.
    fn joined(self, run: &[BandSegment], mark: &EventMark) -> String {
        let (scale, middle) = (self.scale, self.middle);
        match run {
            &[only] if is_sign(run) => {
                let (from, to) = scale.extent(only, only);
                let at = (i32::midpoint(from, to), middle);
                point(mark.family, at, scale.half, mark.is_hollow_at(only))
            }
            _ => {
                let bands = run.iter().map(|&it| {
                    let (from, to) = scale.extent(it, it);
                    segment(it.fill, (from, middle), to - from, scale.half)
                });
                let inner = self.family_within(run, mark.family);
                bands.chain([self.outline(run), inner]).collect()
            }
        }
    }

    /// A line around what is bounded.
    fn outline(self, run: &[BandSegment]) -> String {
        let mut bounded = (run.iter().copied()).filter(|it| it.fill != ColumnFill::Open);
        let Some(first) = bounded.next() else {
            return String::new();
        };
        let (from, to) = self
            .scale
            .extent(first, bounded.next_back().unwrap_or(first));
        outline((from, self.middle), to - from, self.scale.half)
    }

    /// The shape of the family in the first segment that has room for it; empty if none has.
    fn family_within(self, run: &[BandSegment], family: PhaseFamily) -> String {
        let PictureScale { half, .. } = self.scale;
        let width = |it: &BandSegment| {
            let (from, to) = self.scale.extent(*it, *it);
            to - from
        };
        let has_room = |it: &&BandSegment| it.fill != ColumnFill::Open && width(it) >= 4 * half;
        let Some(&found) = run.iter().find(has_room) else {
            return String::new();
        };
        let at = (self.scale.x_of(found.first) + 2 * half, self.middle);
        let small = (half * 3 / 5).max(2);
        within_band(family, at, small, found.fill == ColumnFill::Certain)
    }
}
