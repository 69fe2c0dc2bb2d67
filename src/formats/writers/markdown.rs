//! A handout as Markdown: `CommonMark` with pipe tables, as GitHub reads it too.
//!
//! No text of a file becomes markup: every character that could is escaped, here and only here. The only links are the
//! addresses that sources declare. GitHub links a mail address even so, and emoji codes and `@names` are replaced
//! after Markdown has been read: no escape in Markdown prevents that, and none of it leads anywhere but to what the text says.

use std::fmt::Write as _;

use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::handout::table::{cell, columns, label};
use super::handout::{
    Handout, HandoutBlock, HandoutHeading, HandoutMarking, HandoutReference, LINE_BREAK,
};
use crate::chart::{
    BandSegment, Chart, ChartEvents, ChartLane, ColumnFill, EventMark, MarkShape, TickLabels,
};
use crate::document::is_web_address;
use crate::document::{PhaseFamily, Role, Table, TableRow, TextRun, count_sign};

/// The columns of the overview, beside the names of the lanes.
const COLUMNS: u16 = 64;
/// The longest name of a lane, in columns.
const LONGEST: usize = 24;
/// How many labels the axis has at most: the longest have twelve characters.
const LABELS: TickLabels = TickLabels::Full { most: 7, letter: 1 };

pub fn write(handout: &Handout<'_>) -> String {
    let mut parts = Vec::new();
    parts.extend(marking(&handout.marking));
    parts.push(format!("# {}", text(std::slice::from_ref(&handout.title))));
    parts.extend(handout.blocks.iter().map(|it| block(handout, it)));
    parts.extend(marking(&handout.marking));
    let mut out = parts.join("\n\n");
    out.push('\n');
    out
}

fn marking(marking: &HandoutMarking) -> Option<String> {
    let tlp = marking.tlp.map(|tlp| format!("**TLP:{tlp}**"));
    let banner = marking.banner.as_ref();
    let banner = banner.map(|banner| text(std::slice::from_ref(banner)));
    let parts: Vec<String> = tlp.into_iter().chain(banner).collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

fn block(handout: &Handout<'_>, block: &HandoutBlock<'_>) -> String {
    match block {
        HandoutBlock::Section(head) => heading("##", head),
        HandoutBlock::Heading(head) => heading("###", head),
        HandoutBlock::Paragraph(runs) => lines(runs, ""),
        HandoutBlock::Said(said) => format!("> {}", text(std::slice::from_ref(said))),
        HandoutBlock::Notes(notes) => {
            let mut parts = vec!["**Notes for the briefer**".to_owned()];
            parts.extend(notes.iter().map(|note| lines(note, "")));
            parts.join("\n\n")
        }
        HandoutBlock::Facts(facts) => {
            let facts = facts
                .iter()
                .map(|(label, value)| format!("- **{label}:** {}", text(value)));
            facts.collect::<Vec<_>>().join("\n")
        }
        HandoutBlock::List(lead, items) => {
            let items = items.iter().map(|item| format!("- {}", lines(item, "  ")));
            let lead = format!("{}:", led(lead));
            let lines = [lead, String::new()].into_iter().chain(items);
            lines.collect::<Vec<_>>().join(
                "
",
            )
        }
        HandoutBlock::Table(claims) => table(claims),
        HandoutBlock::Overview(events) => overview(events, handout.words_of_breaks()),
        HandoutBlock::Picture(events) => picture(events),
        HandoutBlock::Verdict(rows) => {
            let rows = rows.iter().map(|(label, lines)| {
                let lines: Vec<String> = lines.iter().map(|line| text(line)).collect();
                format!("- {}: {}", text(label), lines.join("\\\n  "))
            });
            rows.collect::<Vec<_>>().join("\n")
        }
        HandoutBlock::References(all) => {
            let numbered = all.iter().zip(1..);
            let numbered = numbered.map(|(reference, number)| self::reference(reference, number));
            numbered.collect::<Vec<_>>().join("\n")
        }
    }
}

fn heading(level: &str, heading: &HandoutHeading) -> String {
    if heading.mark.is_empty() {
        return format!("{level} {}", text(&heading.text));
    }
    format!("{level} {} · {}", text(&heading.mark), text(&heading.text))
}

/// A table for each group: Markdown has no heads within a table.
fn table(table: &Table) -> String {
    let columns = columns(table);
    let labels: Vec<String> = columns.iter().map(|column| label(table, column)).collect();
    let head = format!(
        "| {} |\n|{}",
        labels.join(" | "),
        "---|".repeat(labels.len())
    );
    let mut parts: Vec<String> = Vec::new();
    let mut is_open = false;
    for row in &table.rows {
        match row {
            TableRow::Group(heading) => {
                parts.push(led(heading));
                is_open = false;
            }
            TableRow::Cells(cells) => {
                if !is_open {
                    parts.push(head.clone());
                    is_open = true;
                }
                let cells = columns.iter().map(|column| text(&cell(cells, column)));
                let cells: Vec<String> = cells.collect();
                let table = parts.last_mut().expect("the head was put there");
                write!(table, "\n| {} |", cells.join(" | ")).expect("a string takes all");
            }
        }
    }
    parts.join("\n\n")
}

/// A line whose first words, which are ours, lead to what follows.
fn led(runs: &[TextRun]) -> String {
    match runs {
        [first, rest @ ..] if matches!(first.role, Role::Heading | Role::Label) => {
            let rest: String = rest.iter().map(|run| run.text.as_str()).collect();
            format!(
                "**{}**{}",
                text(std::slice::from_ref(first)),
                escaped(&rest)
            )
        }
        _ => text(runs),
    }
}

fn reference(reference: &HandoutReference, number: usize) -> String {
    let mut lines = vec![text(&reference.body)];
    lines.extend(reference.address.as_ref().map(address));
    lines.extend(reference.notes.iter().map(|note| text(note)));
    // Further lines belong to the item by standing under its text.
    let number = format!("{number}. ");
    let indent = format!("\\\n{}", " ".repeat(number.len()));
    format!("{number}{}", lines.join(&indent))
}

fn address(address: &TextRun) -> String {
    if is_web_address(&address.text) {
        format!("<{}>", address.text)
    } else {
        text(std::slice::from_ref(address))
    }
}

/// Runs as the lines of a paragraph or an item, each but the last with a hard line break.
fn lines(runs: &[TextRun], indent: &str) -> String {
    let lines = runs.split(|run| run.text == LINE_BREAK).map(text);
    lines.collect::<Vec<_>>().join(&format!("\\\n{indent}"))
}

/// Runs as one line of text that says what they say and nothing more.
fn text(runs: &[TextRun]) -> String {
    let plain: String = runs.iter().map(|run| run.text.as_str()).collect();
    escaped(plain.trim())
}

/// Text with an escape for each character that `CommonMark`, a pipe table or an autolink of GFM could take for markup.
///
/// A backslash does not protect `<` and `>` in GFM: an autolink takes the backslash for a part of its address, and what
/// follows is a tag. So these two are entities, and no address begins an autolink either.
pub(in crate::formats) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let digits = text.len()
        - text
            .trim_start_matches(|it: char| it.is_ascii_digit())
            .len();
    for (at, character) in text.char_indices() {
        let (before, after) = text.split_at_checked(at).unwrap_or_default();
        let is_markup = match character {
            '<' => {
                out.push_str("&lt;");
                continue;
            }
            '>' => {
                out.push_str("&gt;");
                continue;
            }
            '\\' | '`' | '*' | '_' | '[' | ']' | '&' | '|' | '~' | '#' | '$' | '@' => true,
            ':' => at == 0 || after.starts_with("://") || is_emoji_code(after),
            // What begins a list, a rule or an underline only does so at the beginning of a line.
            '+' | '-' | '=' => at == 0,
            '.' => digits > 0 && at == digits || ends_with_www(before),
            ')' => digits > 0 && at == digits,
            _ => false,
        };
        if is_markup {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

/// Whether a text begins with the code of an emoji, such as `:bomb:`. The colons of a time are not one.
fn is_emoji_code(text: &str) -> bool {
    let code = text.strip_prefix(':').and_then(|code| code.split_once(':'));
    let is_part = |it: u8| it.is_ascii_alphanumeric() || b"_+-".contains(&it);
    code.is_some_and(|(code, _)| {
        code.bytes().all(is_part) && code.bytes().any(|it| !it.is_ascii_digit())
    })
}

fn ends_with_www(text: &str) -> bool {
    let last = text.len().checked_sub("www".len());
    let last = last.and_then(|at| text.get(at..));
    last.is_some_and(|last| last.eq_ignore_ascii_case("www"))
}

/// The overview in characters, with what its signs mean.
fn overview(events: &ChartEvents<'_>, words_of_breaks: &str) -> String {
    let Some(chart) = events.draw(COLUMNS) else {
        return String::new();
    };
    let families = PhaseFamily::ALL.map(|family| format!("{} {}", family.sign(), family.words()));
    let signs = format!(
        "█ certain, ▒ possible (core of an imprecise date), ░ possible, ╌ start or end unknown. Too short for a band: {}, \
         ◇ day unknown, 2 two events or bands that begin there, + more, ◂ ▸ goes on outside the axis.",
        families.join(", ")
    );
    let words = [words_of_breaks.to_owned(), chart.off_axis.words()];
    let mut parts = vec![characters(&chart), signs];
    parts.extend(words.into_iter().filter(|words| !words.is_empty()));
    parts.join("\n\n")
}

/// The events of a scene in characters.
fn picture(events: &ChartEvents<'_>) -> String {
    let Some(chart) = events.draw(COLUMNS) else {
        return String::new();
    };
    let words = [events.words_of_clock(), chart.off_axis.words()];
    let mut parts = vec![characters(&chart)];
    parts.extend(words.into_iter().filter(|words| !words.is_empty()));
    parts.join("\n\n")
}

/// An indented block of code ends only where its lines are no longer indented.
fn characters(chart: &Chart) -> String {
    let names = chart.lanes.iter().map(|lane| cut(&lane.name, LONGEST));
    let names: Vec<String> = names.collect();
    let width = names.iter().map(|name| name.width()).max().unwrap_or(0);
    let mut lines = vec![format!("    {}  {}", " ".repeat(width), axis(chart))];
    for (lane, name) in chart.lanes.iter().zip(&names) {
        let pad = " ".repeat(width - name.width());
        lines.push(format!("    {name}{pad}  {}", cells(lane)));
    }
    let lines: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
    lines.join("\n")
}

fn axis(chart: &Chart) -> String {
    let ticks = chart.axis.ticks(LABELS).into_iter();
    let ticks = ticks.map(|tick| (usize::from(tick.column), tick.label));
    let breaks = chart.axis.breaks().map(|gap| {
        let room = usize::from(gap.last - gap.first) + 1;
        let label = gap.label(room);
        let first = usize::from(gap.first) + (room - label.width()) / 2;
        (first, label)
    });
    let mut labels: Vec<(usize, String)> = ticks.chain(breaks).collect();
    labels.sort_unstable();
    let mut line = String::new();
    for (first, label) in labels.iter().filter(|(_, label)| !label.is_empty()) {
        line.push_str(&" ".repeat(first.saturating_sub(line.width())));
        line.push_str(label);
    }
    line
}

/// One character a column: how sure it is that something was going on, or how many events there are.
fn cells(lane: &ChartLane) -> String {
    let mut fills: Vec<Option<ColumnFill>> = vec![None; usize::from(COLUMNS)];
    let mut points = vec![(0_usize, None); usize::from(COLUMNS)];
    let mut begun = vec![0_usize; usize::from(COLUMNS)];
    for mark in &lane.marks {
        match &mark.shape {
            MarkShape::Point { column, is_hollow } => {
                let (count, family) = &mut points[usize::from(*column)];
                *count += 1;
                *family = (*family).max(Some(mark.family).filter(|_| !is_hollow));
            }
            MarkShape::Band(stretches) => {
                if let Some(stretch) = stretches.first() {
                    begun[usize::from(stretch.first)] += 1;
                }
                for &BandSegment { first, last, fill } in stretches {
                    for cell in &mut fills[usize::from(first)..=usize::from(last)] {
                        *cell = (*cell).max(Some(fill));
                    }
                }
            }
        }
    }
    let mut left = ' ';
    let last = usize::from(COLUMNS) - 1;
    let goes_on = |column: usize| {
        let is_cut = |mark: &EventMark| match column {
            0 => mark.cut.before,
            _ => column == last && mark.cut.after,
        };
        lane.marks.iter().any(is_cut)
    };
    let cell = |column: usize| {
        left = match (points[column].0, begun[column]) {
            (0, 2..) => count_sign(begun[column], left),
            (0, _) if goes_on(column) && column == 0 => '◂',
            (0, _) if goes_on(column) => '▸',
            _ => sign(fills[column], points[column], left),
        };
        left
    };
    (0..usize::from(COLUMNS)).map(cell).collect()
}

/// The sign of a column next to the one on its left. A point is how many there are, and the highest family of those
/// whose day is known.
fn sign(fill: Option<ColumnFill>, point: (usize, Option<PhaseFamily>), left: char) -> char {
    match (point, fill) {
        ((0, _), None) => ' ',
        ((0, _), Some(ColumnFill::Open)) => '╌',
        ((0, _), Some(ColumnFill::Possible)) => '░',
        ((0, _), Some(ColumnFill::Core)) => '▒',
        ((0, _), Some(ColumnFill::Certain)) => '█',
        ((1, None), _) => '◇',
        ((1, Some(family)), _) => family.sign(),
        ((count, _), _) => count_sign(count, left),
    }
}

/// Text in at most a number of columns.
fn cut(text: &str, most: usize) -> String {
    if text.width() <= most {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut width = 0;
    for cluster in text.graphemes(true) {
        width += cluster.width();
        if width >= most {
            break;
        }
        out.push_str(cluster);
    }
    out.push('…');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(plain: &str, markdown: &str) {
        assert_eq!(escaped(plain), markdown);
    }

    #[test]
    fn what_could_be_markup_is_escaped() {
        check("*bold* _and_ `code`", "\\*bold\\* \\_and\\_ \\`code\\`");
        check("<script> [x](y) &amp;", "&lt;script&gt; \\[x\\](y) \\&amp;");
        check("a|b \\| c", "a\\|b \\\\\\| c");
    }

    #[test]
    fn an_address_within_a_text_begins_no_autolink() {
        check("https://a/<b>", "https\\://a/&lt;b&gt;");
        check("see WWW.a.com.", "see WWW\\.a.com.");
        check("a@b.example", "a\\@b.example");
    }

    #[test]
    fn an_emoji_code_is_escaped_and_a_time_is_not() {
        check("a :bomb: b", "a \\:bomb: b");
        check("at 10:22:33, C:\\x", "at 10:22:33, C:\\\\x");
    }

    #[test]
    fn what_begins_a_block_is_escaped_only_where_one_begins() {
        check("- a - b", "\\- a - b");
        check("12. March 2.", "12\\. March 2.");
        check("25 March, 3.5", "25 March, 3.5");
        check("1) 2)", "1\\) 2)");
    }

    #[test]
    fn a_long_name_of_a_lane_is_cut_to_its_columns() {
        assert_eq!(cut("Electoral", 9), "Electoral");
        assert_eq!(cut("Electoral Commission", 9), "Electora…");
        assert_eq!(cut("情報通信研究", 6), "情報…");
    }
}
