//! The shape of each family of phases in a picture: paper may have no colours.

use super::picture_scale::MARK;
use crate::document::PhaseFamily;

/// The half height of a shape within a band.
const SMALL: usize = 3;

/// A mark that is too short for a band. It is hollow if the day is unknown.
pub(super) fn point(family: PhaseFamily, x: usize, middle: usize, is_hollow: bool) -> String {
    let class = if is_hollow { "hollow" } else { "certain" };
    shape(family, class, (x, middle), MARK / 2)
}

/// A small shape within a band.
pub(super) fn within_band(family: PhaseFamily, x: usize, middle: usize, is_full: bool) -> String {
    let class = if is_full {
        "within full"
    } else {
        "within light"
    };
    shape(family, class, (x, middle), SMALL)
}

/// The drawn counterpart of [`PhaseFamily::sign`].
fn shape(family: PhaseFamily, class: &str, (x, middle): (usize, usize), half: usize) -> String {
    let (left, right) = (x - half, x + half);
    let (top, bottom) = (middle - half, middle + half);
    match family {
        PhaseFamily::Hostile => format!(
            "<path class=\"{class}\" d=\"M{x} {top}L{right} {middle}L{x} {bottom}L{left} {middle}Z\"/>"
        ),
        PhaseFamily::Knowledge => {
            format!("<circle class=\"{class}\" cx=\"{x}\" cy=\"{middle}\" r=\"{half}\"/>")
        }
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
            format!("<circle class=\"{class} ring\" cx=\"{x}\" cy=\"{middle}\" r=\"{half}\"/>")
        }
    }
}
