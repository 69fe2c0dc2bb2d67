//! The colours of markings on black (FIRST, Traffic Light Protocol 2.0).

use crate::timeline::term::Tlp;

/// The colour of a marking on black.
pub(super) const fn tlp_colour(tlp: Tlp) -> &'static str {
    match tlp {
        Tlp::Clear => "#FFFFFF",
        Tlp::Green => "#33FF00",
        Tlp::Amber | Tlp::AmberStrict => "#FFC000",
        Tlp::Red => "#FF2B2B",
    }
}
