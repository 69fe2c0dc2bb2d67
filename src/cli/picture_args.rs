//! `--size` and `--labels`: how large a picture is, and where its titles are.

use anyhow::Result;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::status::CommandError;
use crate::document::count;
use crate::formats::writers::WriterPurpose;
use crate::formats::writers::picture::{
    self, PICTURE_LABELS, PictureLabels, PictureOptions, PictureSize, PictureTooSmall,
};
use crate::formats::{ExportOptions, FormatWriter};
use crate::timeline::Timeline;

#[derive(Debug, clap::Args)]
pub(super) struct PictureArgs {
    /// Size of a picture: a4, a4-portrait, slide, or width and height such as 1600x900 (the default)
    #[arg(long, value_name = "SIZE", value_parser = PictureSize::parse)]
    size: Option<PictureSize>,

    /// Titles that a picture has next to their marks; the others are in a list below
    #[arg(long, value_name = "LABELS", value_parser = labels())]
    labels: Option<PictureLabels>,
}

impl PictureArgs {
    pub fn options(&self) -> PictureOptions {
        PictureOptions {
            size: self.size.unwrap_or_default(),
            labels: self.labels.unwrap_or_default(),
        }
    }

    /// Refuses the options with a format that is not a picture.
    pub fn refuse_for(&self, writer: &FormatWriter) -> Result<()> {
        let is_given = self.size.is_some() || self.labels.is_some();
        if writer.purpose == WriterPurpose::Picture || !is_given {
            return Ok(());
        }
        let error = CommandError::usage(format!("`{}` is not a picture", writer.name));
        Err(error
            .hint("`--size` and `--labels` are for `--to svg`")
            .into())
    }
}

/// Draws the picture.
///
/// # Errors
/// When the size does not hold the events.
pub(super) fn draw(timeline: &Timeline, options: &ExportOptions<'_>) -> Result<String> {
    picture::draw(timeline, options).map_err(|small| too_small(small).into())
}

fn too_small(small: PictureTooSmall) -> CommandError {
    let PictureTooSmall {
        events,
        width,
        height,
        needed,
    } = small;
    let events = count(events, "event");
    let error = CommandError::usage(format!(
        "a picture of {width}x{height} does not hold {events}"
    ));
    let fewer = "choose events with `--filter` or `--view`";
    error.hint(match needed {
        Some(needed) => format!("`--size {width}x{needed}` does; or {fewer}"),
        None => format!("{fewer}: not even the largest picture of this width holds them"),
    })
}

fn labels() -> impl TypedValueParser<Value = PictureLabels> {
    let values = PICTURE_LABELS.map(|(name, _, summary)| PossibleValue::new(name).help(summary));
    PossibleValuesParser::new(values).map(|name| {
        let labels = PICTURE_LABELS
            .into_iter()
            .find(|(known, _, _)| *known == name);
        labels.expect("clap lets only these words through").1
    })
}
