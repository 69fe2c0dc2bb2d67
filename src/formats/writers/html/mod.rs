//! A handout as one HTML page that needs nothing else: no script, no other file, and nothing is fetched.
//!
//! Every text passes `escaped`, every address that becomes a link passes `is_web_address`.

pub(super) mod escape;
mod figure;

use std::fmt::Write as _;

use self::escape::escaped;
use super::handout::table::{cell, columns, label};
use super::handout::{
    Handout, HandoutBlock, HandoutHeading, HandoutMarking, HandoutReference, LINE_BREAK,
};
use crate::document::is_web_address;
use crate::document::{Role, Table, TableRow, TextRun};
use crate::formats::writers::tlp_colour::tlp_colour;
use crate::formats::writers::{HandoutExtent, picture};
use crate::timeline::term::Tlp;

const STYLE: &str = include_str!("page.css");

/// What a browser may do with the page: show it, with the style that is in it.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

pub fn write(handout: &Handout<'_>) -> String {
    let mut page = HtmlPage {
        handout,
        out: String::new(),
        open: Vec::new(),
        sections: 0,
    };
    page.head();
    page.contents();
    page.out.push_str("<main id=\"main\">\n");
    for block in &handout.blocks {
        page.block(block);
    }
    page.close_all();
    page.out.push_str("</main>\n");
    page.marking("footer");
    page.out.push_str("</body>\n</html>\n");
    page.out
}

/// A page in the making.
struct HtmlPage<'a> {
    handout: &'a Handout<'a>,
    out: String,
    /// The elements that are closed when the next section or the next thing in it begins.
    open: Vec<&'static str>,
    sections: usize,
}

impl HtmlPage<'_> {
    fn head(&mut self) {
        let title = escaped(&self.handout.title.text);
        let marking = &self.handout.marking;
        let in_title = marking
            .tlp
            .map_or_else(String::new, |tlp| format!("TLP:{tlp} "));
        self.line("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">");
        self.line(&format!(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"referrer\" content=\"no-referrer\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <meta name=\"generator\" content=\"dateline\">\n\
             <title>{in_title}{title}</title>"
        ));
        self.line(&format!(
            "<style>\n{STYLE}{}{}</style>\n</head>",
            picture::STYLE,
            on_paper(self.handout)
        ));
        let class = match self.handout.extent {
            HandoutExtent::Full => "",
            HandoutExtent::Brief | HandoutExtent::BriefWithAnnex => " class=\"brief\"",
        };
        self.line(&format!("<body{class}>"));
        self.line("<a class=\"skip\" href=\"#main\">Skip to the text</a>");
        self.marking("header");
        self.line(&format!("<h1>{title}</h1>"));
    }

    fn marking(&mut self, element: &str) {
        let HandoutMarking { tlp, banner } = &self.handout.marking;
        let mut parts = Vec::new();
        parts.extend(tlp.map(|tlp| {
            let class = tlp_class(tlp);
            format!("<span class=\"tlp {class}\">TLP:{tlp}</span>")
        }));
        parts.extend(
            banner
                .as_ref()
                .map(|banner| format!("<span class=\"banner\">{}</span>", escaped(&banner.text))),
        );
        if !parts.is_empty() {
            self.line(&format!(
                "<{element} class=\"marking\">{}</{element}>",
                parts.join(" ")
            ));
        }
    }

    /// The way to each section.
    fn contents(&mut self) {
        let sections = self.handout.blocks.iter().filter_map(|block| match block {
            HandoutBlock::Section(heading) => Some(heading),
            _ => None,
        });
        let items: Vec<String> = sections
            .zip(1..)
            .map(|(heading, number)| {
                let id = self.id(heading, number);
                format!("<li><a href=\"#{id}\">{}</a></li>", plain(&heading.text))
            })
            .collect();
        if items.len() > 1 {
            self.line(&format!(
                "<nav aria-label=\"Contents\">\n<ul>\n{}\n</ul>\n</nav>",
                items.join("\n")
            ));
        }
    }

    fn id(&self, heading: &HandoutHeading, number: usize) -> String {
        let anchor = heading.of.and_then(|subject| self.handout.anchor(subject));
        anchor.unwrap_or_else(|| format!("section-{number}"))
    }

    fn block(&mut self, block: &HandoutBlock<'_>) {
        match block {
            HandoutBlock::Section(heading) => self.section(heading),
            HandoutBlock::Heading(heading) => self.heading(heading),
            HandoutBlock::Paragraph(runs) => self.element("p", runs),
            HandoutBlock::Said(said) => {
                let said = self.run(said);
                self.line(&format!("<blockquote><p>{said}</p></blockquote>"));
            }
            HandoutBlock::Notes(notes) => {
                self.line("<aside class=\"notes\">\n<p><b>Notes for the briefer</b></p>");
                for note in notes {
                    self.element("p", note);
                }
                self.line("</aside>");
            }
            HandoutBlock::Facts(facts) => self.facts(facts),
            HandoutBlock::List(lead, items) => {
                let lead = self.runs(lead);
                self.line(&format!("<p class=\"lead\">{lead}:</p>\n<ul>"));
                for item in items {
                    self.element("li", item);
                }
                self.line("</ul>");
            }
            HandoutBlock::Table(table) => self.table(table),
            HandoutBlock::Overview(events) => {
                let figure = figure::overview(events, self.handout.extent);
                self.out.push_str(&figure);
            }
            HandoutBlock::Picture(events) => self.out.push_str(&figure::of_scene(events)),
            HandoutBlock::Verdict(rows) => self.verdict(rows),
            HandoutBlock::References(all) => {
                self.line("<ol class=\"sources\">");
                for reference in all {
                    self.reference(reference);
                }
                self.line("</ol>");
            }
        }
    }

    fn section(&mut self, heading: &HandoutHeading) {
        self.close_all();
        self.sections += 1;
        let id = self.id(heading, self.sections);
        let text = self.runs(&heading.text);
        self.line(&format!(
            "<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{text}</h2>"
        ));
        self.open.push("section");
    }

    fn heading(&mut self, heading: &HandoutHeading) {
        if self.open.last() == Some(&"article") {
            self.open.pop();
            self.line("</article>");
        }
        let anchor = heading.of.and_then(|subject| self.handout.anchor(subject));
        let id = anchor.map_or_else(String::new, |anchor| format!(" id=\"{anchor}\""));
        let (mark, text) = (self.runs(&heading.mark), self.runs(&heading.text));
        let class = if heading.is_on_one_page {
            " class=\"whole\""
        } else {
            ""
        };
        self.line(&format!(
            "<article{id}{class}>\n<h3><span class=\"mark\">{mark}</span> {text}</h3>"
        ));
        self.open.push("article");
    }

    fn close_all(&mut self) {
        while let Some(element) = self.open.pop() {
            self.line(&format!("</{element}>"));
        }
    }

    fn facts(&mut self, facts: &[(&'static str, Vec<TextRun>)]) {
        self.line("<dl>");
        for (label, value) in facts {
            let value = self.runs(value);
            self.line(&format!("<dt>{}</dt><dd>{value}</dd>", escaped(label)));
        }
        self.line("</dl>");
    }

    fn verdict(&mut self, rows: &[(Vec<TextRun>, Vec<Vec<TextRun>>)]) {
        self.line("<dl class=\"verdict\">");
        for (label, lines) in rows {
            let label = self.runs(label);
            let lines = lines.iter().map(|line| match line.split_first() {
                // The value is what a reader looks for.
                Some((value, rest)) if value.role != Role::Quiet => {
                    let value = self.run(value);
                    format!("<dd><b>{value}</b>{}</dd>", self.runs(rest))
                }
                _ => format!("<dd>{}</dd>", self.runs(line)),
            });
            let lines: String = lines.collect();
            self.line(&format!("<dt>{label}</dt>{lines}"));
        }
        self.line("</dl>");
    }

    /// Roles are said, since on a narrow screen the style takes the table apart, and its meaning with it.
    fn table(&mut self, table: &Table) {
        let columns = columns(table);
        let labels: Vec<String> = columns
            .iter()
            .map(|column| escaped(&label(table, column)))
            .collect();
        self.line("<table role=\"table\">\n<caption>Claims, oldest first</caption>");
        let heads = labels
            .iter()
            .map(|label| format!("<th role=\"columnheader\" scope=\"col\">{label}</th>"));
        let heads: String = heads.collect();
        self.line(&format!(
            "<thead role=\"rowgroup\"><tr role=\"row\">{heads}</tr></thead>"
        ));
        let mut is_open = false;
        for row in &table.rows {
            if !is_open || matches!(row, TableRow::Group(_)) {
                let end = if is_open { "</tbody>\n" } else { "" };
                self.line(&format!("{end}<tbody role=\"rowgroup\">"));
                is_open = true;
            }
            match row {
                TableRow::Group(heading) => {
                    let heading = self.runs(heading);
                    self.line(&format!(
                        "<tr class=\"group\" role=\"row\"><th role=\"rowheader\" scope=\"rowgroup\" \
                         colspan=\"{}\">{heading}</th></tr>",
                        columns.len()
                    ));
                }
                TableRow::Cells(cells) => {
                    let cells = columns.iter().map(|column| cell(cells, column));
                    let cells = labels.iter().zip(cells);
                    let cells: String =
                        cells.map(|(label, cell)| self.cell(label, &cell)).collect();
                    self.line(&format!("<tr role=\"row\">{cells}</tr>"));
                }
            }
        }
        self.line(if is_open {
            "</tbody>\n</table>"
        } else {
            "</table>"
        });
    }

    fn cell(&self, label: &str, cell: &[TextRun]) -> String {
        let class = if cell.is_empty() {
            " class=\"none\""
        } else {
            ""
        };
        let runs = self.runs(cell);
        format!("<td role=\"cell\" data-label=\"{label}\"{class}>{runs}</td>")
    }

    fn reference(&mut self, reference: &HandoutReference) {
        let subject = reference.of;
        let id = subject.and_then(|subject| self.handout.anchor(subject));
        let id = id.map_or_else(String::new, |id| format!(" id=\"{id}\""));
        let body = self.runs(&reference.body);
        let mut item = format!("<li{id}>{body}");
        if let Some(address) = &reference.address {
            let text = escaped(&address.text);
            if is_web_address(&address.text) {
                write!(
                    item,
                    "<br><a class=\"address\" rel=\"noreferrer\" href=\"{text}\">{text}</a>"
                )
            } else {
                write!(item, "<br><span class=\"address\">{text}</span>")
            }
            .expect("a string takes all");
        }
        for note in &reference.notes {
            write!(item, "<br>{}", self.runs(note)).expect("a string takes all");
        }
        item.push_str("</li>");
        self.line(&item);
    }

    fn element(&mut self, name: &str, runs: &[TextRun]) {
        let runs = self.runs(runs);
        self.line(&format!("<{name}>{runs}</{name}>"));
    }

    fn runs(&self, runs: &[TextRun]) -> String {
        runs.iter().map(|run| self.run(run)).collect()
    }

    /// Text with its meaning, and with its link where that leads somewhere on the page.
    fn run(&self, run: &TextRun) -> String {
        if run.text == LINE_BREAK {
            return "<br>".to_owned();
        }
        let text = escaped(&run.text);
        if text.trim().is_empty() {
            return text;
        }
        if is_drawing(&run.text) {
            return format!("<span class=\"bar\" aria-hidden=\"true\">{text}</span>");
        }
        let anchor = run.link.and_then(|subject| self.handout.anchor(subject));
        let text = match anchor {
            Some(anchor) => format!("<a href=\"#{anchor}\">{text}</a>"),
            None => text,
        };
        match run.role {
            Role::Quiet => format!("<span class=\"quiet\">{text}</span>"),
            Role::Imprecise => format!("<i class=\"imprecise\">{text}</i>"),
            Role::Quote => format!("<span class=\"quote\">{text}</span>"),
            Role::Denies => format!("<strong class=\"denies\">{text}</strong>"),
            Role::Contested => format!("<strong class=\"contested\">{text}</strong>"),
            Role::Speaker | Role::Label | Role::Selected => format!("<b>{text}</b>"),
            Role::Actor
            | Role::Target
            | Role::Accused
            | Role::Addressee
            | Role::Event
            | Role::Source => {
                format!("<span>{text}</span>")
            }
            _ => text,
        }
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }
}

const fn tlp_class(tlp: Tlp) -> &'static str {
    match tlp {
        Tlp::Clear => "tlp-clear",
        Tlp::Green => "tlp-green",
        Tlp::Amber | Tlp::AmberStrict => "tlp-amber",
        Tlp::Red => "tlp-red",
    }
}

/// The marking in the margins of every printed page, and the number of the page.
fn on_paper(handout: &Handout<'_>) -> String {
    let marking = &handout.marking;
    let banner = marking.banner.as_ref().map(|banner| banner.text.as_str());
    let tlp = marking.tlp.map(|tlp| format!("TLP:{tlp}"));
    let words: Vec<&str> = tlp.as_deref().into_iter().chain(banner).collect();
    let mut boxes =
        String::from("@bottom-right { content: counter(page) \" of \" counter(pages); }\n");
    if !words.is_empty() {
        let words = in_style(&words.join("  "));
        let ground = match marking.tlp {
            Some(tlp) => format!("color: {}; background: #000;", tlp_colour(tlp)),
            None => "color: #000;".to_owned(),
        };
        for place in ["top", "bottom"] {
            writeln!(
                boxes,
                "@{place}-center {{ content: \"{words}\"; {ground} font-weight: bold; \
                 width: max-content; height: 6mm; padding: 0 3mm; margin: auto; }}"
            )
            .expect("a string takes all");
        }
    }
    // The lengths of a brief handout are made for one kind of sheet.
    let size = match handout.extent {
        HandoutExtent::Full => "",
        HandoutExtent::Brief | HandoutExtent::BriefWithAnnex => {
            "size: A4;\nmargin: 13mm 15mm;\nfont: 9pt Arial, \"Liberation Sans\", sans-serif;\n"
        }
    };
    format!("@page {{\n{size}{boxes}}}\n")
}

/// Text inside a string of a style: all but letters and figures by number, so that nothing ends it.
fn in_style(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        if character.is_ascii_alphanumeric() {
            out.push(character);
        } else {
            write!(out, "\\{:06X}", u32::from(character)).expect("a string takes all");
        }
    }
    out
}

/// Whether a text is a bar made of blocks, which a screen reader cannot read. The words next to it say the same.
fn is_drawing(text: &str) -> bool {
    text.starts_with('▕') && text.ends_with('▏')
}

fn plain(runs: &[TextRun]) -> String {
    let text: String = runs.iter().map(|run| run.text.as_str()).collect();
    escaped(&text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_markup() {
        assert_eq!(
            escaped("a<b> & \"c\" 'd'"),
            "a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;"
        );
    }

    #[test]
    fn nothing_ends_a_string_of_the_style() {
        assert_eq!(in_style("A\"}</"), "A\\000022\\00007D\\00003C\\00002F");
    }

    #[test]
    fn markings_have_the_colours_of_the_protocol() {
        for (tlp, colour) in [
            (Tlp::Clear, "#FFFFFF"),
            (Tlp::Green, "#33FF00"),
            (Tlp::Amber, "#FFC000"),
            (Tlp::AmberStrict, "#FFC000"),
            (Tlp::Red, "#FF2B2B"),
        ] {
            assert_eq!(tlp_colour(tlp), colour);
            let rule = format!(".{} {{ color: {colour}; }}", tlp_class(tlp));
            assert!(STYLE.contains(&rule), "page.css has no `{rule}`");
        }
    }
}
