//! `dateline new`: begins a timeline, from a template or from a table.

use std::io::Write;

use anyhow::Result;

use super::import::{ImportRequest, import};
use super::marks_args::MarksFiles;
use super::new_args::NewArgs;
use super::output;
use super::output_file;
use super::status::{CommandError, ExitStatus, print_hint, print_note};
use crate::formats::import::{ImportHead, TimelineImport};
use crate::formats::templates::{self, SHORTEST};

/// Writes a timeline to start from.
pub(super) fn run(args: &NewArgs, out: &mut dyn Write) -> Result<ExitStatus> {
    if let Some(error) = args.mistake() {
        return Err(error.into());
    }
    if args.from.is_empty() {
        let template = args.kind.unwrap_or(&SHORTEST);
        args.deliver(&template.write(args.title.as_deref(), args.tlp), out)?;
        return Ok(ExitStatus::Fine);
    }
    let request = ImportRequest {
        marks: MarksFiles::default(),
        files: &args.from,
        narrowing: &args.narrowing,
        tables: &args.tables,
        precision: args.precision,
    };
    import(&request, |import| args.write(import, out))
}

impl NewArgs {
    /// Writes imported events, and says how the logs were read.
    ///
    /// # Errors
    /// `--tlp` is wider than a marking of the logs.
    fn write(&self, import: &TimelineImport<'_>, out: &mut dyn Write) -> Result<()> {
        let stated = import.strictest_marking().zip(self.tlp);
        if let Some((strictest, _)) = stated.filter(|(strictest, wanted)| strictest > wanted) {
            let message = format!("the table has something marked TLP:{strictest}");
            let hint = format!("write `--tlp {strictest}`, or choose other events with `--filter`");
            return Err(CommandError::usage(message).hint(hint).into());
        }
        let head = ImportHead {
            title: self.title.as_deref(),
            tlp: self.tlp,
        };
        let text = import.clone().with_head(head).write(self.precision);
        self.deliver(&templates::around(&text), out)?;
        let errors = &mut output::errors();
        for (title, program) in import.known_logs() {
            print_note(errors, &format!("read `{title}` as a table of {program}"))?;
        }
        Ok(())
    }

    /// Writes the file, and says so if it has a name.
    fn deliver(&self, text: &str, out: &mut dyn Write) -> Result<()> {
        let file = self.file.as_deref();
        output_file::deliver(file, text, out)?;
        if let Some(file) = file.filter(|file| file.as_os_str() != "-") {
            let errors = &mut output::errors();
            print_note(errors, &format!("wrote `{}`", file.display()))?;
            let hint = "open it with `dateline`, next to your editor: each save appears at once";
            print_hint(errors, hint)?;
        }
        Ok(())
    }
}
