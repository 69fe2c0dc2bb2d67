//! A sheet of a workbook: a header that stays on screen, filters, widths, and the marking on every printed page.

use std::borrow::Cow;
use std::fmt::Write as _;

use unicode_segmentation::UnicodeSegmentation;

use crate::formats::writers::csv_table::RecordTable;

/// The most characters that Excel takes in a cell.
const LONGEST: usize = 32_767;

/// The most characters that Excel takes in a header, without those of the codes around the marking.
const LONGEST_MARKING: usize = 255 - "&C&\"-,Bold\"&R&P".len();

/// Styles of `styles.xml`, by their number.
const HEADER: usize = 1;
const DATE: usize = 2;

/// A sheet while its rows are written.
pub(super) struct SheetWriter {
    pub name: String,
    rows: String,
    count: usize,
    /// How many columns it has.
    pub width: usize,
    widths: Vec<usize>,
    /// The columns whose values are instants.
    instants: Vec<usize>,
}

/// How wide columns are, in characters.
const NARROWEST: usize = 8;
const WIDEST: usize = 60;

impl SheetWriter {
    pub fn new(name: impl Into<String>, width: usize) -> Self {
        Self {
            name: name.into(),
            rows: String::new(),
            count: 0,
            width,
            widths: vec![NARROWEST; width],
            instants: Vec::new(),
        }
    }

    /// Adds a row of texts.
    pub fn texts<'t>(&mut self, texts: impl IntoIterator<Item = &'t str>) {
        let cells = texts.into_iter().map(str::to_owned).enumerate();
        self.add(&mut cells.filter(|(_, text)| !text.is_empty()));
    }

    /// The XML of the sheet. `marking` is in its header and footer.
    pub fn xml(&self, marking: &str) -> String {
        let mut xml = String::from(
            "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
             <sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" \
             activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><cols>",
        );
        for (column, width) in (1..).zip(&self.widths) {
            put(
                &mut xml,
                format_args!(
                    "<col min=\"{column}\" max=\"{column}\" width=\"{width}\" customWidth=\"1\"/>"
                ),
            );
        }
        xml.push_str("</cols><sheetData>\n");
        xml.push_str(&self.rows);
        put(
            &mut xml,
            format_args!("</sheetData><autoFilter ref=\"{}\"/>", self.area("")),
        );
        xml.push_str("<pageSetup orientation=\"landscape\"/>");
        if !marking.is_empty() {
            let marking = escaped(&in_header(marking));
            put(
                &mut xml,
                format_args!(
                    "<headerFooter><oddHeader>&amp;C&amp;\"-,Bold\"{marking}</oddHeader>\
                     <oddFooter>&amp;C&amp;\"-,Bold\"{marking}&amp;R&amp;P</oddFooter></headerFooter>"
                ),
            );
        }
        xml.push_str("</worksheet>");
        xml
    }

    /// The area of all cells, such as `A1:C9`. `fixed` is before each letter and number.
    pub fn area(&self, fixed: &str) -> String {
        let last = letters_of(self.width.saturating_sub(1));
        format!("{fixed}A{fixed}1:{fixed}{last}{fixed}{}", self.count.max(1))
    }

    fn cell(&mut self, column: usize, text: &str) {
        let address = format!("{}{}", letters_of(column), self.count);
        let longest = text.lines().map(str::len).max().unwrap_or(0) + 2;
        if let Some(width) = self.widths.get_mut(column) {
            *width = longest.clamp(*width, WIDEST);
        }
        let day = (self.count > 1 && self.instants.contains(&column)).then(|| serial(text));
        if let Some(day) = day.flatten() {
            put(
                &mut self.rows,
                format_args!("<c r=\"{address}\" s=\"{DATE}\"><v>{day}</v></c>"),
            );
            return;
        }
        let style = if self.count == 1 { HEADER } else { 0 };
        put(
            &mut self.rows,
            format_args!(
                "<c r=\"{address}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{}</t></is></c>",
                escaped(&shortened(text, LONGEST))
            ),
        );
    }
}

impl RecordTable for SheetWriter {
    fn add(&mut self, cells: &mut dyn Iterator<Item = (usize, String)>) {
        self.count += 1;
        put(&mut self.rows, format_args!("<row r=\"{}\">", self.count));
        for (column, text) in cells {
            if self.count == 1 && matches!(text.as_str(), "earliest" | "latest") {
                self.instants.push(column);
            }
            // A cell with an empty text would not count as blank in a filter.
            if !text.is_empty() {
                self.cell(column, &text);
            }
        }
        self.rows.push_str("</row>\n");
    }
}

fn put(out: &mut String, text: std::fmt::Arguments<'_>) {
    out.write_fmt(text)
        .expect("a string takes all that is written");
}

/// The number of a day and its time, such as `2021-08-14T10:05:07.000000+00:00`. `None` before March 1900: from then
/// on all spreadsheets count alike. In whole seconds, as cells show them: Excel would round the last microsecond of a day
/// to the next day.
fn serial(instant: &str) -> Option<f64> {
    const MARCH_1900: f64 = 61.0;
    const SECONDS_TO_1970: i64 = 25_569 * 86_400;
    const SECONDS_OF_DAY: f64 = 86_400.0;
    let at = chrono::DateTime::parse_from_rfc3339(instant).ok()?;
    let seconds = at.timestamp() + SECONDS_TO_1970;
    #[expect(
        clippy::cast_precision_loss,
        reason = "years of four digits have fewer seconds"
    )]
    let day = seconds as f64 / SECONDS_OF_DAY;
    (day >= MARCH_1900).then_some(day)
}

/// A text of at most `longest` characters, counted as Excel does.
fn shortened(text: &str, longest: usize) -> Cow<'_, str> {
    if text.len() <= longest || text.encode_utf16().count() <= longest {
        return text.into();
    }
    let mut left = longest - 1;
    let fits = |it: &&str| {
        let units = it.encode_utf16().count();
        let fits = units <= left;
        left = if fits { left - units } else { 0 };
        fits
    };
    let mut short: String = text.graphemes(true).take_while(fits).collect();
    short.push('…');
    short.into()
}

/// A marking in the codes of a header, where `&&` is one `&`. Excel drops a header that is too long.
fn in_header(marking: &str) -> String {
    let coded = marking.replace('&', "&&");
    let short = shortened(&coded, LONGEST_MARKING);
    let Some(kept) = short
        .strip_suffix('…')
        .filter(|kept| kept.len() < coded.len())
    else {
        return short.into_owned();
    };
    // Half of a `&&` would be a code of its own.
    let ands = kept.len() - kept.trim_end_matches('&').len();
    let kept = kept.get(..kept.len() - ands % 2).unwrap_or_default();
    format!("{kept}…")
}

/// A text as XML, in which `_x0041_` would be a character by its number.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, character) in text.char_indices() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\r' => out.push_str("_x000D_"),
            '_' if text.get(at + 1..).is_some_and(is_code) => out.push_str("_x005F_"),
            '\t' | '\n' => out.push(character),
            // XML 1.0 has no other control characters and no noncharacters.
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push(char::REPLACEMENT_CHARACTER),
            _ => out.push(character),
        }
    }
    out
}

fn is_code(rest: &str) -> bool {
    let code = rest.strip_prefix('x').and_then(|rest| rest.get(..5));
    code.and_then(|code| code.strip_suffix('_'))
        .is_some_and(|code| code.bytes().all(|it| it.is_ascii_hexdigit()))
}

fn letters_of(column: usize) -> String {
    let mut letters = String::new();
    let mut left = column + 1;
    while left > 0 {
        let letter = u8::try_from((left - 1) % 26).unwrap_or(0);
        letters.insert(0, char::from(b'A' + letter));
        left = (left - 1) / 26;
    }
    letters
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_a_number_of_days_where_all_programs_agree() {
        assert_eq!(serial("2021-08-01T12:00:00.000000+00:00"), Some(44_409.5));
        let last = serial("2022-10-31T23:59:59.999999+00:00");
        assert_eq!(last, Some((44_866.0 * 86_400.0 - 1.0) / 86_400.0));
        assert_eq!(serial("1900-01-01T00:00:00.000000+00:00"), None);
        assert_eq!(serial("soon"), None);
    }

    #[test]
    fn texts_are_escaped_for_xml_and_for_excel() {
        assert_eq!(
            escaped("a<b>&\"\r_x0041_ _x1_"),
            "a&lt;b&gt;&amp;&quot;_x000D__x005F_x0041_ _x1_"
        );
        let long = "x".repeat(40_000);
        assert_eq!(shortened(&long, LONGEST).chars().count(), LONGEST);
        // An accent stays with its letter.
        assert_eq!(shortened("abe\u{301}d", 4), "ab…");
    }

    #[test]
    fn a_header_is_as_long_as_excel_takes_and_has_no_half_of_a_code() {
        assert_eq!(in_header("TLP:RED  R&D…"), "TLP:RED  R&&D…");
        for before in ["x", "xx"] {
            let header = in_header(&format!("{before}{}", "&".repeat(200)));
            let ands = header.matches('&').count();
            assert!(ands.is_multiple_of(2) && header.ends_with("&…"), "{header}");
            assert!((238..=LONGEST_MARKING).contains(&header.chars().count()));
        }
    }
}
