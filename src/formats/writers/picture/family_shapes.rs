//! The shape of each family of phases in a picture: paper may have no colours.

use crate::document::PhaseFamily;

/// A mark that is too short for a band. It is hollow if the day is unknown.
pub(super) fn point(family: PhaseFamily, at: (i32, i32), half: i32, is_hollow: bool) -> String {
    let class = match (family, is_hollow) {
        (PhaseFamily::Context, true) => "hollow ring",
        (PhaseFamily::Context, false) => "certain ring",
        (_, true) => "hollow",
        (_, false) => "certain",
    };
    shape(family, class, at, half)
}

/// A small shape within a band, on a ground that is full or light.
pub(super) fn within_band(family: PhaseFamily, at: (i32, i32), half: i32, is_full: bool) -> String {
    let class = match (family, is_full) {
        (PhaseFamily::Context, true) => "inner-ring-full",
        (PhaseFamily::Context, false) => "inner-ring",
        (_, true) => "inner-full",
        (_, false) => "inner",
    };
    shape(family, class, at, half)
}

/// The drawn counterpart of [`PhaseFamily::sign`].
fn shape(family: PhaseFamily, class: &str, (x, middle): (i32, i32), half: i32) -> String {
    let (left, right) = (x - half, x + half);
    let (top, bottom) = (middle - half, middle + half);
    match family {
        PhaseFamily::Hostile => format!(
            "<path class=\"{class}\" d=\"M{x} {top}L{right} {middle}L{x} {bottom}L{left} {middle}Z\"/>"
        ),
        PhaseFamily::Knowledge => {
            format!("<circle class=\"{class}\" cx=\"{x}\" cy=\"{middle}\" r=\"{half}\"/>")
        }
        // A square looks as large as a circle if it is a little smaller.
        PhaseFamily::Consequence => {
            let (side, half) = (2 * half - 1, half - 1);
            let (left, top) = (x - half, middle - half);
            format!("<path class=\"{class}\" d=\"M{left} {top}h{side}v{side}h-{side}Z\"/>")
        }
        PhaseFamily::Denial => {
            format!("<path class=\"{class}\" d=\"M{x} {top}L{right} {bottom}L{left} {bottom}Z\"/>")
        }
        PhaseFamily::Context => {
            let half = half - 1;
            format!("<circle class=\"{class}\" cx=\"{x}\" cy=\"{middle}\" r=\"{half}\"/>")
        }
    }
}
