//! `dateline man`: writes man pages from the definition of the arguments and from the guide.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, Result};
use clap::CommandFactory;
use clap_mangen::roff::{Inline, Roff, bold, line_break, roman};

use super::args::CliArgs;
use super::output_file;
use super::status::ExitStatus;
use crate::document::{Document, DocumentBlock, Role, TextRun};
use crate::guide::Topic;

/// A man page made of topics of the guide.
struct ManualPage {
    name: &'static str,
    /// 5 for file formats, 7 for languages and conventions (man-pages(7)).
    section: &'static str,
    /// The first becomes the description, each other a section.
    topics: &'static [Topic],
}

const GUIDE: &[ManualPage] = &[
    ManualPage {
        name: "dateline-timeline",
        section: "5",
        topics: &[Topic::FileFormat, Topic::Dates],
    },
    ManualPage {
        name: "dateline-filter",
        section: "7",
        topics: &[Topic::Filters],
    },
    ManualPage {
        name: "dateline-briefing",
        section: "7",
        topics: &[Topic::Briefing],
    },
];

/// Prints the man page of the program, or writes all pages into a folder.
pub(super) fn man(folder: Option<&Path>, out: &mut dyn Write) -> Result<ExitStatus> {
    let Some(folder) = folder else {
        out.write_all(&program()?)?;
        out.flush()?;
        return Ok(ExitStatus::Fine);
    };
    let name = folder.display();
    std::fs::create_dir_all(folder).with_context(|| format!("cannot make `{name}`"))?;
    let mut written = Vec::new();
    for (page, text) in &pages()? {
        output_file::replace(&folder.join(page), text).with_context(|| match &written[..] {
            [] => "no page was written".to_owned(),
            written => format!("only these pages were written: {}", written.join(", ")),
        })?;
        written.push(page.as_str());
    }
    Ok(ExitStatus::Fine)
}

/// Every page, with its file name.
fn pages() -> Result<Vec<(String, Vec<u8>)>> {
    let mut program = command();
    program.build();
    let mut pages = Vec::new();
    for command in program.get_subcommands().filter(|it| !it.is_hide_set()) {
        let man = clap_mangen::Man::new(command.clone());
        let mut text = Vec::new();
        man.render(&mut text)?;
        pages.push((man.get_filename(), text));
    }
    pages.push(("dateline.1".to_owned(), self::program()?));
    pages.extend(GUIDE.iter().map(|page| {
        let name = format!("{}.{}", page.name, page.section);
        (name, page.text().into_bytes())
    }));
    Ok(pages)
}

/// The page of the program, with references to the other pages at its end.
fn program() -> Result<Vec<u8>> {
    let mut text = Vec::new();
    clap_mangen::Man::new(command()).render(&mut text)?;
    let mut end = Roff::new();
    end.control("SH", ["GUIDE"]);
    end.text(vec![
        bold("dateline help"),
        roman(" TOPIC shows one of these topics:"),
    ]);
    for topic in Topic::ALL {
        end.control("TP", []);
        end.text(vec![bold(topic.name())]);
        end.text(vec![roman(topic.summary())]);
    }
    end.control("SH", ["SEE ALSO"]);
    let pages = GUIDE
        .iter()
        .map(|page| format!("{}({})", page.name, page.section));
    end.text(vec![roman(pages.collect::<Vec<_>>().join(", "))]);
    end.to_writer(&mut text)?;
    Ok(text)
}

fn command() -> clap::Command {
    CliArgs::command()
}

impl ManualPage {
    fn text(&self) -> String {
        let mut roff = Roff::new();
        let version = concat!("dateline ", env!("CARGO_PKG_VERSION"));
        let name = self.name.to_uppercase();
        roff.control("TH", [name.as_str(), self.section, "", version]);
        roff.control("SH", ["NAME"]);
        let summary = self.topics.first().map_or("", |topic| topic.summary());
        roff.text(vec![roman(format!("{} - {summary}", self.name))]);
        for (number, &topic) in self.topics.iter().enumerate() {
            let title = topic.title().to_uppercase();
            let head = if number == 0 { "DESCRIPTION" } else { &title };
            roff.control("SH", [head]);
            push(&mut roff, &Document::topic(topic));
        }
        roff.control("SH", ["SEE ALSO"]);
        roff.text(vec![roman("dateline(1)")]);
        roff.to_roff()
    }
}

/// Adds the blocks of a page, except its title: that is already a section heading.
fn push(roff: &mut Roff, document: &Document) {
    for block in &document.blocks {
        match block {
            DocumentBlock::Title(_)
            | DocumentBlock::Gap
            | DocumentBlock::Strip(_)
            | DocumentBlock::Table(_)
            | DocumentBlock::Verdict(_) => {}
            DocumentBlock::Heading(runs) => {
                roff.control("SS", [words(runs).as_str()]);
            }
            DocumentBlock::Paragraph(runs) => {
                roff.control("PP", []);
                roff.text(inlines(runs));
            }
            DocumentBlock::Fact { label, value } => {
                push_item(roff, vec![roman(*label)], value, &[]);
            }
            DocumentBlock::Item { mark, body, notes } => {
                push_item(roff, inlines(mark), body, notes);
            }
            DocumentBlock::Verbatim(lines) => {
                roff.control("PP", []);
                roff.control("RS", ["4"]);
                roff.control("nf", []);
                for line in lines {
                    roff.text(vec![roman(line.text.as_str())]);
                }
                roff.control("fi", []);
                roff.control("RE", []);
            }
        }
    }
}

fn push_item(roff: &mut Roff, mark: Vec<Inline>, body: &[TextRun], notes: &[Vec<TextRun>]) {
    roff.control("TP", []);
    roff.text(mark);
    let mut lines = inlines(body);
    for note in notes {
        lines.push(line_break());
        lines.extend(inlines(note));
    }
    roff.text(lines);
}

fn words(runs: &[TextRun]) -> String {
    runs.iter().map(|run| run.text.as_str()).collect()
}

/// Text that the user types is bold.
fn inlines(runs: &[TextRun]) -> Vec<Inline> {
    let inline = |run: &TextRun| match run.role {
        Role::Quote => bold(run.text.trim_matches('`')),
        _ => roman(run.text.as_str()),
    };
    runs.iter().map(inline).collect()
}
