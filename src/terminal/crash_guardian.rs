//! A small process, the guardian, that restores the terminal if this process dies without doing so.
//!
//! A failed allocation, the kernel's out-of-memory killer, `kill -9` and a stack overflow end a process on the spot:
//! none of its own code runs any more. The guardian is another process of this program, on the other end of a pipe.
//! While it waits there, the pipe closes in one case only: its owner has died. An owner that restores the terminal
//! itself kills the guardian, so nothing is written late.
//!
//! It is in a session of its own. There no key sends it a signal, no shell treats it as part of a job, and setting the
//! modes of the terminal does not stop it (POSIX.1-2024, 11.1.4 is only about the controlling terminal of a process).

#[cfg(unix)]
mod unix {
    use std::ffi::OsString;
    use std::io::{self, Read as _, Write as _};
    use std::os::fd::AsFd as _;
    use std::os::unix::process::CommandExt as _;
    use std::path::PathBuf;
    use std::process::{Child, Command, ExitCode, Stdio};

    use signal_hook::consts::{
        SIGALRM, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1, SIGUSR2,
    };

    use crate::terminal::input_terminal::InputTerminal;
    use crate::terminal::terminal_modes::TerminalModes;

    /// The argument that makes this program a guardian. No other may follow.
    const ARGUMENT: &str = "--guard-terminal";

    /// More than any owner sends.
    const LONGEST: u64 = 1 << 16;

    /// Ends an escape sequence that the owner was writing (ECMA-48, 8.3.9), then the frame (mode 2026), then what half
    /// a frame may leave on: a style, and lines that do not wrap.
    const UNFINISHED: &str = "\x18\x1b[?2026l\x1b[0m\x1b[?7h";

    /// In ASCII, which every terminal shows. A faster shell has already written its prompt on the alternate screen.
    const NOTICE: &str = "\rdateline: ended without warning: it was killed, or memory ran out.\r\n\
                          The terminal has been restored; press enter if the prompt is missing.\r\n";

    /// The process that guards the terminal.
    pub(in crate::terminal) struct CrashGuardian(Child);

    impl CrashGuardian {
        /// Starts to guard a terminal that still has its own modes. `undo` is written to it if this process dies.
        ///
        /// `None` if it cannot be started: the terminal works without it.
        pub fn start(undo: &[u8]) -> Option<Self> {
            let modes = TerminalModes::now().to_line()?;
            let tty = InputTerminal::open()
                .ok()?
                .as_fd()
                .try_clone_to_owned()
                .ok()?;
            // Our own standard error may be a file or a pipe whose end another program waits for.
            let child = Command::new(own_program()?)
                .arg0("dateline")
                .arg(ARGUMENT)
                .stdin(Stdio::piped())
                .stderr(tty)
                .spawn();
            let mut guardian = Self(child.ok()?);
            guardian.send(modes.as_bytes());
            guardian.send(b"\n");
            guardian.send(undo);
            Some(guardian)
        }

        /// Adds to the bytes that are written if this process dies.
        pub fn add(&mut self, undo: &[u8]) {
            self.send(undo);
        }

        /// Errors do not matter: the terminal works without a guardian. The pipe holds more than is ever sent.
        fn send(&mut self, bytes: &[u8]) {
            if let Some(pipe) = &mut self.0.stdin {
                let _ = pipe.write_all(bytes);
            }
        }

        /// Ends the guardian, once the terminal has been restored.
        pub fn dismiss(mut self) {
            let _ = self.0.kill();
            let _ = self.0.wait();
        }
    }

    /// This program, even if its file has been replaced or deleted since it was started, where the system can say so.
    fn own_program() -> Option<PathBuf> {
        if cfg!(target_os = "linux") {
            return Some("/proc/self/exe".into());
        }
        std::env::current_exe().ok()
    }

    /// Whether these arguments, with the name of the program, make it a guardian.
    pub fn is_guardian(arguments: &[OsString]) -> bool {
        matches!(arguments, [_, argument] if argument == ARGUMENT)
    }

    /// Waits until the owner dies, and restores its terminal: standard output, with standard error for the modes.
    pub fn guard() -> ExitCode {
        match restore_after_owner() {
            Ok(()) => ExitCode::SUCCESS,
            Err(_) => ExitCode::FAILURE,
        }
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the pipe to the owner is standard input"
    )]
    fn restore_after_owner() -> io::Result<()> {
        rustix::process::setsid()?;
        // At a log-out every process gets one of these before the signal that cannot be caught.
        for signal in [
            SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGALRM, SIGUSR1, SIGUSR2,
        ] {
            signal_hook::flag::register(signal, std::sync::Arc::default())?;
        }
        let mut sent = Vec::new();
        io::stdin().take(LONGEST).read_to_end(&mut sent)?;
        let mut parts = sent.splitn(2, |byte| *byte == b'\n');
        let modes = parts.next().and_then(|line| str::from_utf8(line).ok());
        // An owner that has sent no modes has not taken the terminal.
        let (Some(modes), Some(undo)) = (modes, parts.next()) else {
            return Ok(());
        };
        // The modes come first, since a terminal that takes no output may still take these.
        TerminalModes::restore_from(modes, &io::stderr());
        // The bytes are written in one piece, since a shell may be writing already.
        let written = [UNFINISHED.as_bytes(), undo, NOTICE.as_bytes()].concat();
        let mut out = io::stdout().lock();
        out.write_all(&written)?;
        out.flush()
    }
}

#[cfg(unix)]
pub(super) use unix::CrashGuardian;
#[cfg(unix)]
pub use unix::{guard, is_guardian};

#[cfg(not(unix))]
mod other {
    use std::ffi::OsString;
    use std::process::ExitCode;

    pub(in crate::terminal) struct CrashGuardian;

    impl CrashGuardian {
        pub fn start(_: &[u8]) -> Option<Self> {
            None
        }

        pub fn add(&mut self, _: &[u8]) {}

        pub fn dismiss(self) {}
    }

    pub fn is_guardian(_: &[OsString]) -> bool {
        false
    }

    pub fn guard() -> ExitCode {
        ExitCode::FAILURE
    }
}

#[cfg(not(unix))]
pub(super) use other::CrashGuardian;
#[cfg(not(unix))]
pub use other::{guard, is_guardian};
