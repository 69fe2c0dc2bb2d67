//! The signs of the screen and what they mean.

use super::block::DocumentBlock;
use super::role::Role;
use super::text_run::{plain, quiet, run};
use super::writer::DocumentWriter;

const SIGNS: &[(&str, Role, &str)] = &[
    (
        "█",
        Role::Hostile,
        "an event was certainly going on, in the colour of its phase",
    ),
    (
        "▒",
        Role::Hostile,
        "possibly going on: the core of an imprecise date",
    ),
    ("░", Role::Hostile, "possibly going on"),
    ("╌", Role::Hostile, "start or end unknown"),
    (
        "◆ 2 +",
        Role::Hostile,
        "one event in a column; two, or two bands that begin there; ten or more, or several next to a number",
    ),
    (
        "●",
        Role::Knowledge,
        "an event by which something became known",
    ),
    ("■", Role::Consequence, "a response"),
    ("▲", Role::Denial, "a denial"),
    ("○", Role::Context, "context, or an event of another phase"),
    (
        "▂▅ ┈",
        Role::Context,
        "density: the expected number of events; ┈ the filter hides them all",
    ),
    ("━", Role::Span, "the selected event"),
    (
        "┈ ◇ ◈",
        Role::Knowledge,
        "the time until an event was disclosed, and attributed; for the selected event also on the axis",
    ),
    (
        "≈9mo≈",
        Role::Quiet,
        "axis break: nine months in which nothing begins or ends, drawn shorter",
    ),
    (
        "◂█ █▸",
        Role::Hostile,
        "at the edge of the axis: the event goes on outside it",
    ),
    (
        "◂3 5▸",
        Role::Quiet,
        "three events before the axis, five after it",
    ),
    (
        "2021",
        Role::Imprecise,
        "slanted: the date is less precise than a day",
    ),
    (
        "– … ?",
        Role::Date,
        "ongoing, with no known end; ? after the dash: the end is unknown",
    ),
    (
        "..",
        Role::Date,
        "at some time between the two days, not all the time",
    ),
    (
        "┊",
        Role::Quiet,
        "order uncertain: may precede the event above",
    ),
    ("?", Role::Imprecise, "uncertain match of the filter"),
    (
        "╡ ┼ ╢ ┤",
        Role::Quiet,
        "in the scrollbar: matches of the search, marks, what changed, claims that differ",
    ),
    (
        "*",
        Role::Imprecise,
        "as of a day: its date was stated only later",
    ),
    ("⚑", Role::Contested, "claims about it differ"),
    ("★ •", Role::Key, "marked with a star; with a note or tags"),
    (
        "≠",
        Role::Contested,
        "this value differs from the event, or from other claims",
    ),
    (
        "▕·█▏",
        Role::Quiet,
        "the range of a likelihood on its speaker's own yardstick, from 0 to 100 %",
    ),
];

/// The sign for some events that are shorter than a column and in the same one, next to the sign on its left: a figure
/// that every font has. Two figures side by side would be read as one number.
pub fn count_sign(count: usize, left: char) -> char {
    let figure = u32::try_from(count).ok();
    let figure = figure.and_then(|count| char::from_digit(count, 10));
    match figure {
        Some('0' | '1') => '◆',
        Some(figure) if !left.is_ascii_digit() => figure,
        _ => '+',
    }
}

pub(super) fn write(writer: &mut DocumentWriter<'_>) {
    writer.heading("Signs", Vec::new());
    for (sign, role, meaning) in SIGNS {
        // The empty run marks a sign: dates are aligned right, signs are not.
        let mark = vec![run(*role, sign), quiet("")];
        writer.block(DocumentBlock::Item {
            mark,
            body: vec![plain(meaning)],
            notes: Vec::new(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::count_sign;

    #[test]
    fn a_figure_counts_and_never_follows_another() {
        let signs = |counts: &[usize]| {
            let mut left = ' ';
            let sign = |count: &usize| {
                left = count_sign(*count, left);
                left
            };
            counts.iter().map(sign).collect::<String>()
        };
        assert_eq!(signs(&[1, 2, 1, 9, 1, 10]), "◆2◆9◆+");
        assert_eq!(signs(&[3, 2, 4]), "3+4");
    }
}
