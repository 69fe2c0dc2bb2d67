//! `dateline config`: prints the settings in effect as a settings file, with the origin of each.

use std::io::{IsTerminal, Write};

use anyhow::Result;

use super::args::ConfigArgs;
use super::capabilities::ColourChoice;
use super::output;
use super::report::{clean, renderer, report};
use super::settings::table::quoted;
use super::settings::{self, EffectiveSettings, SETTINGS};
use super::status::{CommandError, ExitStatus};

/// The column of the comments, in characters.
const COMMENTS: usize = 40;

/// Prints the settings, or the path of their file. Findings go to standard error.
pub(super) fn run(args: &ConfigArgs, out: &mut dyn Write) -> Result<ExitStatus> {
    if args.path {
        let Some(path) = args.settings.path() else {
            let error = CommandError::system("cannot find the folder for settings");
            return Err(error.hint("set `XDG_CONFIG_HOME` or `HOME`").into());
        };
        writeln!(out, "{}", clean(&path.display().to_string()))?;
        return Ok(ExitStatus::Fine);
    }
    let effective = settings::load(&args.settings)?;
    let errors = &mut output::errors();
    let renderer = renderer(ColourChoice::Auto.applies(std::io::stderr().is_terminal()));
    for finding in &effective.findings {
        let shown = report(finding, &effective.texts, &renderer);
        writeln!(errors, "{shown}\n")?;
    }
    out.write_all(print(&effective).as_bytes())?;
    out.flush()?;
    let is_fine = effective.findings.is_empty();
    Ok(if is_fine {
        ExitStatus::Fine
    } else {
        ExitStatus::Errors
    })
}

/// The settings as the text of a settings file.
pub fn print(effective: &EffectiveSettings) -> String {
    let mut out = String::from("# The settings in effect, and where each comes from.\n\n");
    let mut line = |text: String, comment: &str| {
        let line = format!("{text:<COMMENTS$}  # {comment}\n");
        out.push_str(&line);
    };
    let values = &effective.resolved();
    for setting in SETTINGS {
        let text = format!("{} = {}", setting.name, (setting.print)(values));
        line(text, &clean(&effective.origin(setting.name).to_string()));
    }
    // Not a setting, but it explains why a theme looks different.
    line(
        format!("# colours: {}", effective.appearance().depth),
        &effective.depth_origin().to_string(),
    );
    line("\n[keys]".to_owned(), "the keys of each command");
    for (command, keys) in values.keymap.rows() {
        if settings::is_fixed(command) {
            line(
                format!("# {}", command.name),
                "its digits cannot be changed",
            );
            continue;
        }
        let keys: Vec<String> = keys.iter().map(|keys| quoted(&keys.to_string())).collect();
        let keys = match keys.as_slice() {
            [one] => one.clone(),
            many => format!("[{}]", many.join(", ")),
        };
        let origin = effective.origin(settings::origin_name(command));
        line(
            format!("{} = {keys}", command.name),
            &clean(&origin.to_string()),
        );
    }
    out
}
