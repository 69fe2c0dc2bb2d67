//! `dateline brief`: opens the viewer in the briefing. `--follow` opens the screen of a follower, `--check` rehearses
//! without a terminal, and `--linear` prints sentences.

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;

use anyhow::Result;

use super::args::BriefArgs;
use super::audience::check_audience;
use super::baseline::BaselineArgs;
use super::capabilities::only_prints;
use super::earlier_version::EarlierVersion;
use super::input::{self, LoadedTimeline};
use super::linear::{LinearOptions, LinearSession, converse, is_interactive};
use super::output;
use super::pressed;
use super::rehearsal;
use super::settings;
use super::source_files::SourceFiles;
use super::status::{CommandError, ExitStatus};
use super::view;
use crate::app::input::key::UserInput;
use crate::app::model::Model;
use crate::app::{Effect, Message};
use crate::terminal;
use crate::timeline::{ItemEdit, Timeline};

/// Presents the briefing, or rehearses it.
pub(super) fn run(args: &BriefArgs, out: &mut dyn Write) -> Result<ExitStatus> {
    let mut opened = input::open(&args.files, &args.withholding)?;
    let earlier = EarlierVersion::of(&args.files, args.since.as_deref())?;
    if let Some(earlier) = &earlier {
        earlier.add_scene(&mut opened, &args.withholding)?;
    }
    let audience = args.audience.as_deref();
    check_audience(&opened.timeline, audience)?;
    if args.check {
        return rehearsal::run(&opened, args, earlier.as_ref(), out);
    }
    if opened.timeline.scenes().is_empty() {
        return Err(no_scenes(&opened.timeline).into());
    }
    let can_draw = io::stdout().is_terminal() && !only_prints();
    if args.second.follow && !can_draw {
        let why = "`--follow` needs a terminal that can move the cursor";
        return Err(CommandError::usage(why).into());
    }
    if args.linear || !can_draw {
        let status = opened.report_errors(&mut output::errors())?;
        let options = LinearOptions {
            audience,
            has_pages: is_interactive(),
            has_marks: false,
            ..LinearOptions::default()
        };
        let mut session = LinearSession::new(opened, options);
        let opening = session.opening_of_briefing();
        let input = &mut io::stdin().lock();
        // Marks cannot be made in a briefing.
        let save = |_: &[ItemEdit]| Ok(());
        converse(&mut session, &opening, &save, input, out)?;
        return Ok(status);
    }
    on_a_terminal(args, opened, earlier)
}

/// The briefing, or the screen of a follower.
fn on_a_terminal(
    args: &BriefArgs,
    opened: LoadedTimeline,
    earlier: Option<EarlierVersion>,
) -> Result<ExitStatus> {
    let audience = args.audience.as_deref();
    let store = terminal::StatusStore::of(&args.files);
    let settings = settings::load(&args.settings)?;
    let appearance = settings.appearance();
    let files = SourceFiles::new(&args.files, &args.withholding, &opened.traces)
        .with_settings(settings.file.as_deref())
        .since(earlier);
    let files = Arc::new(files);
    let reads_strings = super::capabilities::reads_strings();
    let (mut model, mut effects) = settings.apply(opened.model(terminal::size()?));
    let baseline = BaselineArgs {
        since: args.since.clone(),
    };
    if let Some(baseline) = baseline.read(&args.files, &args.withholding)? {
        crate::app::compare_with(&mut model, baseline);
    }
    let (words, pressed) = if args.second.follow {
        effects.extend(crate::app::open_follower(&mut model, audience));
        if args.second.drive {
            crate::app::let_drive(&mut model);
        }
        // No command for a frame leads here: the screen depends on the other program.
        (Vec::new(), Vec::new())
    } else {
        effects.extend(crate::app::open_briefing(&mut model, audience));
        let (resumed, to_there) = resume(args, &mut model, &store)?;
        effects.extend(resumed);
        let mut words = view::frame_words(&args.files, &settings, &args.withholding);
        words.extend(audience.map(|audience| format!("--audience={audience}")));
        let since = args.since.as_deref();
        words.extend(since.map(|since| format!("--since={since}")));
        let mut pressed = pressed::command(model.keymap(), "brief");
        pressed.extend(to_there);
        (words, pressed)
    };
    view::end(&terminal::run(terminal::SessionStart {
        model,
        appearance,
        effects,
        store,
        takes_steps: args.second.drive && !args.second.follow,
        words,
        pressed,
        files,
        watch: settings.watch(),
        reads_strings,
        copied_text: super::copy::words,
        fault: None,
    })?)
}

/// Resumes the last briefing of the timeline, or offers to. Returns the effects, and the keys that lead to the same
/// scene.
fn resume(
    args: &BriefArgs,
    model: &mut Model,
    store: &terminal::StatusStore,
) -> Result<(Vec<Effect>, Vec<UserInput>)> {
    let point = store.resume_point().filter(|_| !args.resuming.from_start);
    let is_offered = point.is_some_and(|point| crate::app::offer_to_resume(model, point));
    if !args.resuming.resume {
        return Ok(Default::default());
    }
    if !is_offered {
        let why = "no briefing of this timeline and audience stopped within the last day";
        return Err(CommandError::usage(why)
            .hint("leave out `--resume` to begin with the first scene")
            .into());
    }
    crate::app::run(model, Message::Time(terminal::now()));
    let effects = crate::app::resume_briefing(model);
    let next = pressed::command(model.keymap(), "scene-next");
    let steps = model.steps_taken();
    let keys = std::iter::repeat_n(next, steps).flatten().collect();
    Ok((effects, keys))
}

/// Why there is no briefing: the file has no scenes, or all are withheld.
pub(super) fn no_scenes(timeline: &Timeline) -> CommandError {
    let withheld = timeline.redactions();
    match withheld.later.scenes + withheld.marked.scenes {
        0 => CommandError::usage("the timeline has no scenes to present").hint(
            "press gs in the viewer for the current view as a scene, and paste that into the file",
        ),
        _ => CommandError::usage(
            "every scene is withheld, since scenes are written with the knowledge of today",
        )
        .hint("leave out `--as-of`, or raise `--max-tlp`"),
    }
}
