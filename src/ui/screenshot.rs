//! Frames as files: the cells that a terminal would show, as text, as roles, as ANSI or as SVG.
//!
//! All four walk the same runs of cells of one style, so they cannot show different things.

use std::fmt::Write as _;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};

use super::glyphs::QUADRANTS;
use super::rendition::{CellStyle, sgr, style};
use super::theme::{Theme, number, role_of};
use crate::document::Role;
use crate::text::grapheme_width;

/// The forms in which a frame can be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScreenshotFormat {
    /// Characters only.
    Text,
    /// Characters, then what each stretch of them means.
    Roles,
    /// Characters and escape sequences, as for a terminal.
    Ansi,
    /// A picture.
    Svg,
}

/// Prints a frame.
pub fn print(buffer: &Buffer, format: ScreenshotFormat, theme: Theme) -> String {
    let rows: Vec<Vec<CellRun>> = (0..buffer.area.height)
        .map(|row| runs(buffer, row))
        .collect();
    match format {
        ScreenshotFormat::Text => text(&rows),
        ScreenshotFormat::Roles => text(&rows) + &roles(&rows),
        ScreenshotFormat::Ansi => ansi(&rows),
        ScreenshotFormat::Svg => svg(&rows, buffer.area, theme),
    }
}

/// Adjacent cells of one style.
struct CellRun {
    column: u16,
    width: u16,
    text: String,
    style: CellStyle,
}

/// The runs of a row. The second cell of a wide character belongs to the first.
fn runs(buffer: &Buffer, row: u16) -> Vec<CellRun> {
    let wide = usize::from(buffer.area.width);
    let first = usize::from(row) * wide;
    let cells = buffer.content.get(first..first + wide).unwrap_or_default();
    let mut runs: Vec<CellRun> = Vec::new();
    let mut column = 0;
    while let Some(cell) = cells.get(usize::from(column)) {
        let (symbol, style) = (cell.symbol(), style(cell));
        let width = width_of(symbol);
        match runs.last_mut() {
            Some(run) if run.style == style => {
                run.text.push_str(symbol);
                run.width += width;
            }
            _ => runs.push(CellRun {
                column,
                width,
                text: symbol.to_owned(),
                style,
            }),
        }
        column += width;
    }
    runs
}

/// How many columns a symbol takes: at least one.
fn width_of(symbol: &str) -> u16 {
    u16::try_from(grapheme_width(symbol)).unwrap_or(1).max(1)
}

fn text(rows: &[Vec<CellRun>]) -> String {
    let mut out = String::new();
    for runs in rows {
        let line: String = runs.iter().map(|run| run.text.as_str()).collect();
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// One line for each row with a role other than plain text. Columns count from 1; both ends are included.
fn roles(rows: &[Vec<CellRun>]) -> String {
    let mut out = String::from("--- roles ---\n");
    for (number, runs) in (1..).zip(rows) {
        let mut parts = Vec::new();
        for run in runs {
            let names: Vec<&str> = [role_of(run.style.1), role_of(run.style.0)]
                .into_iter()
                .flatten()
                .filter(|role| *role != Role::Text)
                .map(Role::as_str)
                .collect();
            if names.is_empty() || (run.text.trim().is_empty() && role_of(run.style.1).is_none()) {
                continue;
            }
            parts.push(format!(
                "{}-{} {}",
                run.column + 1,
                run.column + run.width,
                names.join("+")
            ));
        }
        if !parts.is_empty() {
            writeln!(out, "{number:>3}: {}", parts.join(", "))
                .expect("a string takes all that is written");
        }
    }
    out
}

fn ansi(rows: &[Vec<CellRun>]) -> String {
    let mut out = String::new();
    for runs in rows {
        for run in runs {
            let codes = sgr(run.style);
            if codes.is_empty() {
                out.push_str(&run.text);
            } else {
                write!(out, "\x1b[{codes}m{}\x1b[0m", run.text)
                    .expect("a string takes all that is written");
            }
        }
        out.push('\n');
    }
    out
}

/// The size of a cell of the picture, in pixels.
const CELL: (u32, u32) = (9, 20);
const MARGIN: u32 = 12;

fn svg(rows: &[Vec<CellRun>], area: Rect, theme: Theme) -> String {
    let Rect { width, height, .. } = area;
    let (wide, high) = (
        u32::from(width) * CELL.0 + 2 * MARGIN,
        u32::from(height) * CELL.1 + 2 * MARGIN,
    );
    let ground = hex(ground(theme).1);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {wide} {high}\" width=\"{wide}\" height=\"{high}\" \
         font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" font-size=\"15\">\n\
         <rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"{ground}\"/>\n"
    );
    for (row, runs) in (0..).zip(rows) {
        let grounds: String = runs.iter().map(|run| svg_ground(run, row, theme)).collect();
        let words: String = runs
            .iter()
            .flat_map(svg_parts)
            .map(|run| svg_text(&run, row, theme))
            .collect();
        out.push_str(&grounds);
        out.push_str(&words);
    }
    out.push_str("</svg>\n");
    out
}

fn place(run: &CellRun, row: u16) -> (u32, u32) {
    (
        MARGIN + u32::from(run.column) * CELL.0,
        MARGIN + u32::from(row) * CELL.1,
    )
}

fn svg_ground(run: &CellRun, row: u16, theme: Theme) -> String {
    let (_, bg) = colours(run, theme);
    if bg == ground(theme).1 {
        return String::new();
    }
    let (x, y) = place(run, row);
    let width = u32::from(run.width) * CELL.0;
    format!(
        "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{}\" fill=\"{}\"/>\n",
        CELL.1,
        hex(bg)
    )
}

/// Words separated by wide gaps become texts of their own, so columns stay aligned in any font.
fn svg_parts(run: &CellRun) -> Vec<CellRun> {
    let mut parts = Vec::new();
    let mut column = run.column;
    let mut part: Option<CellRun> = None;
    for symbol in unicode_segmentation::UnicodeSegmentation::graphemes(run.text.as_str(), true) {
        let width = width_of(symbol);
        if symbol == " " || is_shape(symbol) {
            parts.extend(part.take());
        }
        if is_shape(symbol) {
            parts.push(CellRun {
                column,
                width,
                text: symbol.to_owned(),
                style: run.style,
            });
        } else if symbol != " " {
            let open = part.get_or_insert(CellRun {
                column,
                width: 0,
                text: String::new(),
                style: run.style,
            });
            open.text.push_str(symbol);
            open.width += width;
        }
        column += width;
    }
    parts.extend(part);
    parts
}

/// Box drawing and block elements are drawn, not written: fonts leave gaps between them.
fn is_shape(symbol: &str) -> bool {
    matches!(symbol.chars().next(), Some('\u{2500}'..='\u{259f}' | '◆'))
}

fn svg_text(run: &CellRun, row: u16, theme: Theme) -> String {
    let (x, y) = place(run, row);
    let (fg, _) = colours(run, theme);
    let fill = hex(fg);
    if let Some(quarters) = quarters(&run.text, fg == ground(theme).0) {
        return svg_quarters(quarters, x, y, &fill);
    }
    if let Some(shape) = svg_shape(run, row, theme) {
        return shape;
    }
    let mut attributes = String::new();
    for (flag, attribute) in [
        (Modifier::BOLD, " font-weight=\"bold\""),
        (Modifier::ITALIC, " font-style=\"italic\""),
        (Modifier::UNDERLINED, " text-decoration=\"underline\""),
    ] {
        if run.style.2.contains(flag) {
            attributes.push_str(attribute);
        }
    }
    let width = u32::from(run.width) * CELL.0;
    format!(
        "<text x=\"{x}\" y=\"{}\" fill=\"{fill}\" textLength=\"{width}\" lengthAdjust=\"spacingAndGlyphs\"{attributes}>{}</text>\n",
        y + 15,
        escaped(&run.text)
    )
}

/// The quarters of a cell that a block of a large letter fills: upper left, upper right, lower left, lower right. A
/// full block counts only in text: in a lane it has air above and below.
fn quarters(symbol: &str, is_text: bool) -> Option<[bool; 4]> {
    // The strip of density is made of eighths, and the lower half block is one of them.
    if !is_text {
        return None;
    }
    let symbol = symbol.chars().next()?;
    let bits = QUADRANTS.iter().position(|block| *block == symbol)?;
    (bits > 0).then(|| [0, 1, 2, 3].map(|quarter| bits >> quarter & 1 == 1))
}

fn svg_quarters(quarters: [bool; 4], x: u32, y: u32, fill: &str) -> String {
    let (w, h) = CELL;
    let mut out = String::new();
    for (quarter, (dx, dy)) in quarters.into_iter().zip([(0, 0), (1, 0), (0, 1), (1, 1)]) {
        if quarter {
            // Slightly wider than a quarter, so that there is no visible seam between two.
            let (left, top) = (f64::from(x) + f64::from(w * dx) / 2.0, y + h / 2 * dy);
            let (width, height) = (f64::from(w) / 2.0 + 0.3, f64::from(h) / 2.0 + 0.3);
            let _ = writeln!(
                out,
                "<rect x=\"{left:.1}\" y=\"{top}\" width=\"{width:.1}\" height=\"{height:.1}\" fill=\"{fill}\"/>"
            );
        }
    }
    out
}

fn svg_shape(run: &CellRun, row: u16, theme: Theme) -> Option<String> {
    let (x, y) = place(run, row);
    let (fg, bg) = colours(run, theme);
    let [fill, half, light] = [fg, mixed(fg, bg, 55), mixed(fg, bg, 30)].map(hex);
    let [fill, half, light] = [&*fill, &*half, &*light];
    let (w, h) = CELL;
    let rect = |dx: u32, dy: u32, width: u32, height: u32, fill: &str| {
        format!(
            "<rect x=\"{}\" y=\"{}\" width=\"{width}\" height=\"{height}\" fill=\"{fill}\"/>\n",
            x + dx,
            y + dy
        )
    };
    let arc = |path: &str| {
        format!("<path d=\"M{path}\" fill=\"none\" stroke=\"{fill}\" stroke-width=\"1\"/>\n")
    };
    let (cx, cy) = (x + w / 2, y + h / 2);
    let symbol = run.text.chars().next()?;
    let eighths = |bottom: char| u32::from(symbol).wrapping_sub(u32::from(bottom)) + 1;
    Some(match symbol {
        '█' => rect(0, 3, w, h - 6, fill),
        '▒' => rect(0, 3, w, h - 6, half),
        '░' => rect(0, 3, w, h - 6, light),
        '▁'..='▇' => rect(0, h - h * eighths('▁') / 8, w, h * eighths('▁') / 8, fill),
        '─' => rect(0, h / 2, w, 1, fill),
        '━' => rect(0, h / 2 - 1, w, 3, fill),
        '╌' => rect(1, h / 2, 3, 1, half) + &rect(6, h / 2, 3, 1, half),
        '│' => rect(w / 2, 0, 1, h, fill),
        '┊' => {
            rect(w / 2, 2, 1, 4, fill) + &rect(w / 2, 8, 1, 4, fill) + &rect(w / 2, 14, 1, 4, fill)
        }
        '┬' => rect(0, h / 2, w, 1, fill) + &rect(w / 2, h / 2, 1, h / 4, fill),
        '◆' => {
            let (left, right, top, bottom) = (x, x + w, cy - 5, cy + 5);
            format!(
                "<path d=\"M{cx}.5 {top}L{right} {cy}L{cx}.5 {bottom}L{left} {cy}Z\" fill=\"{fill}\"/>\n"
            )
        }
        '╭' => arc(&format!(
            "{cx}.5 {}V{}Q{cx}.5 {cy}.5 {} {cy}.5",
            y + h,
            y + h - 4,
            x + w
        )),
        '╮' => arc(&format!(
            "{x} {cy}.5Q{cx}.5 {cy}.5 {cx}.5 {}V{}",
            y + h - 4,
            y + h
        )),
        '╰' => arc(&format!(
            "{cx}.5 {y}V{}Q{cx}.5 {cy}.5 {} {cy}.5",
            y + 4,
            x + w
        )),
        '╯' => arc(&format!("{x} {cy}.5Q{cx}.5 {cy}.5 {cx}.5 {}V{y}", y + 4)),
        _ => return None,
    })
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

type RgbColour = (u8, u8, u8);

const FIRST: [RgbColour; 16] = [
    (0, 0, 0),
    (205, 0, 0),
    (0, 205, 0),
    (205, 205, 0),
    (0, 0, 238),
    (205, 0, 205),
    (0, 205, 205),
    (229, 229, 229),
    (127, 127, 127),
    (255, 0, 0),
    (0, 255, 0),
    (255, 255, 0),
    (92, 92, 255),
    (255, 0, 255),
    (0, 255, 255),
    (255, 255, 255),
];

/// The colours that a terminal for this theme would have for plain text and for its background.
const fn ground(theme: Theme) -> (RgbColour, RgbColour) {
    match theme {
        Theme::Light => ((36, 41, 47), (252, 252, 250)),
        _ => ((216, 220, 228), (22, 24, 29)),
    }
}

fn colours(run: &CellRun, theme: Theme) -> (RgbColour, RgbColour) {
    let (plain, ground) = ground(theme);
    let fg = rgb(run.style.0).unwrap_or(plain);
    let bg = rgb(run.style.1).unwrap_or(ground);
    if run.style.2.contains(Modifier::REVERSED) {
        (bg, fg)
    } else {
        (fg, bg)
    }
}

/// The colours of the 256-colour palette. The first sixteen are those of xterm; each terminal has its own.
fn rgb(colour: Color) -> Option<RgbColour> {
    match number(colour)? {
        number @ 0..=15 => FIRST.get(usize::from(number)).copied(),
        number @ 16..=231 => {
            let level = |step: u8| if step == 0 { 0 } else { 55 + 40 * step };
            let cube = number - 16;
            Some((level(cube / 36), level(cube / 6 % 6), level(cube % 6)))
        }
        number @ 232..=255 => Some([8 + 10 * (number - 232); 3].into()),
    }
}

fn hex((red, green, blue): RgbColour) -> String {
    format!("#{red:02x}{green:02x}{blue:02x}")
}

/// One colour mixed into another: `per_cent` of it.
fn mixed(front: RgbColour, back: RgbColour, per_cent: u16) -> RgbColour {
    let mix = |front: u8, back: u8| {
        let sum = u16::from(front) * per_cent + u16::from(back) * (100 - per_cent);
        u8::try_from(sum / 100).expect("a mean of two bytes is a byte")
    };
    (
        mix(front.0, back.0),
        mix(front.1, back.1),
        mix(front.2, back.2),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::ScreenAppearance;

    /// The relative luminance of a colour, by WCAG 2.2.
    fn luminance((red, green, blue): RgbColour) -> f64 {
        let linear = |channel: u8| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.04045 {
                share / 12.92
            } else {
                ((share + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    /// `┊`, which says that an order is uncertain, has this role.
    #[test]
    fn quiet_signs_have_enough_contrast_in_every_theme() {
        for theme in Theme::ALL {
            let style = ScreenAppearance::from(*theme).style(Role::Quiet);
            let (_, ground) = ground(*theme);
            let Some(colour) = style.fg.and_then(rgb) else {
                continue;
            };
            let (one, other) = (luminance(colour), luminance(ground));
            let contrast = (one.max(other) + 0.05) / (one.min(other) + 0.05);
            assert!(contrast >= 4.5, "{theme:?}: {contrast}");
        }
    }
}
