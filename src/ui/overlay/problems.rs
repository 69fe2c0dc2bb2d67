//! The findings in the files, one after the other, each with its remedy.

use ratatui::layout::Rect;

use super::frame::{boxed, more_marks};
use crate::app::model::Model;
use crate::app::state::problem::{Problem, Problems};
use crate::diagnostic::Severity;
use crate::document::Role;
use crate::text;
use crate::ui::paint::{Painter, row};

/// The widest box, in cells.
const WIDEST: u16 = 110;

pub(super) fn draw(painter: &mut Painter<'_>, model: &Model, scroll: usize, area: Rect) {
    let title = title(model.problems());
    let width = usize::from(area.width.min(WIDEST)).saturating_sub(4);
    // There may be thousands of findings: only as many lines are made as can be seen.
    let room = usize::from(area.height);
    let height = lines_from(model, 0, width).take(room).count();
    let height = u16::try_from(height + 1).unwrap_or(u16::MAX);
    let inside = boxed(painter, area, WIDEST, height, &title);
    let seen = usize::from(inside.height) + 2;
    let shown: Vec<FindingLine> = lines_from(model, scroll, width).take(seen).collect();
    for (index, line) in (0..inside.height).zip(&shown) {
        let rest = painter.clipped(row(inside, index), &line.text, line.role);
        painter.clipped(rest, &line.remark, Role::Quiet);
    }
    painter.select(row(inside, 0));
    more_marks(
        painter,
        inside,
        (scroll > 0, shown.len() > usize::from(inside.height) + 1),
    );
}

/// The number of findings of each severity.
fn title(problems: &Problems) -> String {
    let counts = [Severity::Error, Severity::Warning, Severity::Note].map(|severity| {
        let count = Problem::count(problems.each().filter(|it| it.severity == severity));
        (count > 0).then(|| crate::document::count(count, severity.as_str()))
    });
    let counts: Vec<String> = counts.into_iter().flatten().collect();
    counts.join(", ")
}

struct FindingLine {
    text: String,
    role: Role,
    remark: String,
}

/// The lines of the findings, from the one with the index `first` on.
fn lines_from(model: &Model, first: usize, width: usize) -> impl Iterator<Item = FindingLine> {
    let findings = model.problems().each().skip(first);
    findings.flat_map(move |problem| lines(problem, width))
}

/// A finding, what was expected and what to do, with an empty line after it.
fn lines(problem: &Problem, width: usize) -> Vec<FindingLine> {
    let room = width.saturating_sub(2).max(1);
    let role = match problem.severity {
        Severity::Error => Role::Error,
        Severity::Warning => Role::Warning,
        Severity::Note => Role::Label,
    };
    let sort = format!("{}[{}]", problem.severity.as_str(), problem.kind);
    let mut lines = vec![FindingLine {
        remark: place(&problem.place, width.saturating_sub(sort.len() + 4)),
        text: sort,
        role,
    }];
    let paragraphs = [
        (&problem.message, Role::Text),
        (&problem.expected, Role::Quiet),
    ];
    let help = problem.help.iter().map(|help| (help, Role::Quiet));
    for (paragraph, role) in paragraphs
        .into_iter()
        .chain(help)
        .filter(|(text, _)| !text.is_empty())
    {
        for line in text::wrap(paragraph, room) {
            lines.push(FindingLine {
                text: format!("  {line}"),
                role,
                remark: String::new(),
            });
        }
    }
    lines.push(FindingLine {
        text: String::new(),
        role: Role::Text,
        remark: String::new(),
    });
    lines
}

/// The place of a problem, in at most `room` cells. A long path keeps its end, which has the name, the line and the
/// column.
fn place(place: &str, room: usize) -> String {
    // A character takes at most four bytes, so anything that begins before these does not fit.
    let near = (place.char_indices()).filter(|(at, _)| at + 4 * room >= place.len());
    let mut ends = near.map(|(at, _)| place.get(at..).unwrap_or_default());
    let whole = (text::width(place) <= room).then(|| place.to_owned());
    let kept = whole.or_else(|| {
        let end = ends.find(|end| text::width(end) < room)?;
        Some(format!("…{end}"))
    });
    format!("  {}", kept.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_long_way_to_a_file_the_end_is_kept() {
        assert_eq!(place("/a/b/t.toml:1:2", 15), "  /a/b/t.toml:1:2");
        assert_eq!(place("/a/b/t.toml:1:2", 11), "  …t.toml:1:2");
        assert_eq!(place("/a/b/t.toml:1:2", 4), "  …1:2");
        assert_eq!(place("t:1:2", 0), "  ");
    }
}
