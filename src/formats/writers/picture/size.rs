//! The size of a picture, and where its titles are.

/// How large a picture is, and where the titles of its events are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PictureOptions {
    pub size: PictureSize,
    pub labels: PictureLabels,
}

impl PictureOptions {
    /// The same width and height for no purpose in particular, as if they had been given as numbers.
    pub(super) const fn without_purpose(self) -> Self {
        let PictureSize { width, height, .. } = self.size;
        Self {
            size: PictureSize::of(width, height),
            ..self
        }
    }
}

/// The size of a picture in its own units. Where a program shows it at its size, 96 units are an inch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PictureSize {
    pub width: u16,
    pub height: u16,
    /// Width and height in millimetres, of a picture for paper.
    pub paper: Option<[u16; 2]>,
    /// The smallest writing, in units.
    pub least_font: u16,
}

/// A size with a name: a row of [`PICTURE_SIZES`].
#[derive(Clone, Copy, Debug)]
pub struct NamedSize {
    /// On the command line.
    pub name: &'static str,
    pub summary: &'static str,
    pub size: PictureSize,
}

/// The sizes that have a name.
pub const PICTURE_SIZES: &[NamedSize] = &[
    NamedSize {
        name: "a4",
        summary: "a sheet of A4 on its side",
        size: PictureSize {
            width: 1122,
            height: 794,
            paper: Some([297, 210]),
            least_font: 9,
        },
    },
    NamedSize {
        name: "a4-portrait",
        summary: "a sheet of A4 upright",
        size: PictureSize {
            width: 794,
            height: 1122,
            paper: Some([210, 297]),
            least_font: 9,
        },
    },
    NamedSize {
        name: "slide",
        summary: "a slide of 16 to 9, with larger writing",
        size: PictureSize {
            width: 1280,
            height: 720,
            paper: None,
            least_font: 12,
        },
    },
];

/// The smallest and the largest width and height.
const SIDES: std::ops::RangeInclusive<u16> = 400..=10_000;

impl Default for PictureSize {
    fn default() -> Self {
        Self::of(1600, 900)
    }
}

impl PictureSize {
    const fn of(width: u16, height: u16) -> Self {
        Self {
            width,
            height,
            paper: None,
            least_font: 10,
        }
    }

    /// A height that a picture may have, and that is at least as high; `None` if that is too high.
    pub(super) fn height_of(least: i32) -> Option<u16> {
        let rounded = u16::try_from((least + 9) / 10 * 10).ok()?;
        SIDES.contains(&rounded).then_some(rounded)
    }

    /// Reads a size: a name, or width and height such as `1600x900`.
    ///
    /// # Errors
    /// A text that is neither, with what is expected instead.
    pub fn parse(text: &str) -> Result<Self, String> {
        if let Some(named) = PICTURE_SIZES.iter().find(|named| named.name == text) {
            return Ok(named.size);
        }
        let names: Vec<String> = (PICTURE_SIZES.iter())
            .map(|named| format!("`{}`", named.name))
            .collect();
        let wrong = || {
            format!(
                "expected {}, or width and height such as 1600x900, each from {} to {}",
                names.join(", "),
                SIDES.start(),
                SIDES.end()
            )
        };
        let (width, height) = text.split_once('x').ok_or_else(wrong)?;
        let side = |side: &str| {
            let side = side.parse().ok();
            side.filter(|side| SIDES.contains(side)).ok_or_else(wrong)
        };
        Ok(Self::of(side(width)?, side(height)?))
    }
}

/// Which titles are next to their marks. The others are in a list below, by number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PictureLabels {
    /// As many as there is room for.
    #[default]
    All,
    /// Those of the events that a scene selects.
    Scenes,
    None,
}

/// The choices by name, with a summary of each.
pub const PICTURE_LABELS: [(&str, PictureLabels, &str); 3] = [
    (
        "all",
        PictureLabels::All,
        "every title next to its mark, as far as there is room",
    ),
    (
        "scenes",
        PictureLabels::Scenes,
        "only the titles of events that a scene selects",
    ),
    ("none", PictureLabels::None, "only numbers"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_a_name_or_two_numbers_within_limits() {
        let of = |text| PictureSize::parse(text).map(|size| (size.width, size.height));
        assert_eq!(of("1600x900"), Ok((1600, 900)));
        assert_eq!(of("slide"), Ok((1280, 720)));
        for wrong in ["", "A4", "1600", "1600x", "399x900", "1600x10001", "-1x900"] {
            let error = PictureSize::parse(wrong).expect_err(wrong);
            assert!(error.contains("`a4`, `a4-portrait`, `slide`"), "{error}");
        }
    }
}
