//! The status of a presenter as JSON: one terminal writes it and others read it.
//!
//! An incomplete text, or one with a field of another type, is refused as a whole: the reader reports it and keeps the
//! last good status. Fields are mapped by hand, since a derive would compile two more crates for this one type.

use anyhow::{Result, ensure};
use serde_json::{Value, json};

use crate::app::state::briefing::{BriefingStatus, Stopwatch};

/// Increase it whenever a field is added or removed, or changes its meaning.
const VERSION: u64 = 5;

/// The longest message in bytes. A typical one has 400; only the name of an audience is unbounded.
pub(super) const LONGEST: u64 = 16 * 1024;

/// The status of a briefing, with its presenter and its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StatusMessage {
    pub status: BriefingStatus,
    /// In milliseconds since the machine was started.
    pub published_at: u64,
    /// The id of that start, if the system has one.
    pub boot: Option<String>,
    /// Whether the presenter has ended.
    pub is_last: bool,
    /// The number that identifies the presenter among those of this timeline.
    pub presenter: u64,
    /// The number that requests of followers have to name; `None` if it takes no steps from them.
    pub driver: Option<u64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WireError {
    OtherVersion,
    Unreadable,
}

type WireResult<T> = std::result::Result<T, WireError>;

/// The message as JSON.
///
/// # Errors
/// It is longer than readers accept.
pub(super) fn write(message: &StatusMessage) -> Result<Vec<u8>> {
    let StatusMessage {
        status,
        published_at,
        boot,
        is_last,
        presenter,
        driver,
    } = message;
    let BriefingStatus {
        audience,
        at,
        scene,
        step,
        exploring,
        blank,
        scenes,
        script,
        withheld,
        stopwatch: Stopwatch { before, since },
        entered,
        due_from,
    } = status;
    let text = json!({
        "version": VERSION,
        "presenter": presenter,
        "driver": driver,
        "published_at": published_at,
        "boot": boot,
        "is_last": is_last,
        "audience": audience,
        "at": at,
        "scene": scene,
        "step": step,
        "exploring": exploring,
        "blank": blank,
        "scenes": scenes,
        "script": script,
        "withheld": withheld,
        "stopwatch": { "before": before, "since": since },
        "entered": entered,
        "due_from": due_from,
    });
    let text = text.to_string().into_bytes();
    ensure!(text.len() as u64 <= LONGEST, "the status is too long");
    Ok(text)
}

pub(super) fn read(text: &[u8]) -> WireResult<StatusMessage> {
    let message: Value = serde_json::from_slice(text).map_err(|_| WireError::Unreadable)?;
    if number(&message, "version")? != VERSION {
        return Err(WireError::OtherVersion);
    }
    let stopwatch = field(&message, "stopwatch")?;
    Ok(StatusMessage {
        presenter: number(&message, "presenter")?,
        driver: optional(&message, "driver", number)?,
        published_at: number(&message, "published_at")?,
        boot: optional(&message, "boot", text_of)?,
        is_last: truth(&message, "is_last")?,
        status: BriefingStatus {
            audience: optional(&message, "audience", text_of)?,
            at: count(&message, "at")?,
            scene: optional(&message, "scene", number)?,
            step: count(&message, "step")?,
            exploring: truth(&message, "exploring")?,
            blank: truth(&message, "blank")?,
            scenes: count(&message, "scenes")?,
            script: number(&message, "script")?,
            withheld: count(&message, "withheld")?,
            stopwatch: Stopwatch {
                before: number(stopwatch, "before")?,
                since: optional(stopwatch, "since", number)?,
            },
            entered: number(&message, "entered")?,
            due_from: number(&message, "due_from")?,
        },
    })
}

pub(super) fn field<'v>(object: &'v Value, name: &str) -> WireResult<&'v Value> {
    object.get(name).ok_or(WireError::Unreadable)
}

pub(super) fn number(object: &Value, name: &str) -> WireResult<u64> {
    field(object, name)?.as_u64().ok_or(WireError::Unreadable)
}

pub(super) fn count(object: &Value, name: &str) -> WireResult<usize> {
    usize::try_from(number(object, name)?).map_err(|_| WireError::Unreadable)
}

pub(super) fn truth(object: &Value, name: &str) -> WireResult<bool> {
    field(object, name)?.as_bool().ok_or(WireError::Unreadable)
}

fn text_of(object: &Value, name: &str) -> WireResult<String> {
    let text = field(object, name)?.as_str();
    text.map(str::to_owned).ok_or(WireError::Unreadable)
}

/// `None` if the field is `null`; it is never absent.
fn optional<T>(
    object: &Value,
    name: &str,
    read: fn(&Value, &str) -> WireResult<T>,
) -> WireResult<Option<T>> {
    match field(object, name)? {
        Value::Null => Ok(None),
        _ => read(object, name).map(Some),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_message() -> impl Strategy<Value = StatusMessage> {
        let status = (
            any::<Option<String>>(),
            any::<(usize, Option<u64>, usize, usize, usize)>(),
            any::<(bool, bool)>(),
            any::<(u64, Option<u64>, u64, u64, u64)>(),
        );
        let status = status.prop_map(
            |(audience, (at, scene, step, scenes, withheld), (exploring, blank), time)| {
                BriefingStatus {
                    audience,
                    at,
                    scene,
                    step,
                    exploring,
                    blank,
                    scenes,
                    withheld,
                    stopwatch: Stopwatch {
                        before: time.0,
                        since: time.1,
                    },
                    entered: time.2,
                    script: time.3,
                    due_from: time.4,
                }
            },
        );
        let rest = any::<(u64, Option<String>, bool, u64, Option<u64>)>();
        (status, rest).prop_map(
            |(status, (published_at, boot, is_last, presenter, driver))| StatusMessage {
                status,
                published_at,
                boot,
                is_last,
                presenter,
                driver,
            },
        )
    }

    fn written(message: &StatusMessage) -> Vec<u8> {
        write(message).expect("it is short")
    }

    proptest! {
        #[test]
        fn a_message_is_read_back_and_is_one_line(message in any_message()) {
            let text = written(&message);
            prop_assert!(!text.iter().any(|&byte| byte < b' '));
            prop_assert_eq!(read(&text), Ok(message));
        }

        #[test]
        fn a_half_written_message_is_unreadable(message in any_message(), at in any::<prop::sample::Index>()) {
            let text = written(&message);
            prop_assert_eq!(read(&text[..at.index(text.len())]), Err(WireError::Unreadable));
        }

        #[test]
        fn a_damaged_message_is_refused_or_another_whole_one(
            message in any_message(), at in any::<prop::sample::Index>(), put in any::<u8>(),
        ) {
            let mut text = written(&message);
            *at.get_mut(&mut text) = put;
            if let Ok(other) = read(&text) {
                prop_assert_eq!(read(&written(&other)), Ok(other));
            }
        }

        #[test]
        fn any_bytes_are_answered(bytes in any::<Vec<u8>>()) {
            _ = read(&bytes);
        }
    }

    #[test]
    fn another_version_differs_from_rubbish() {
        assert_eq!(read(b"{\"version\": 1}"), Err(WireError::OtherVersion));
        assert_eq!(read(b"{\"version\": 5}"), Err(WireError::Unreadable));
        assert_eq!(read(b"{\"version\": \"5\"}"), Err(WireError::Unreadable));
        for text in ["", "{}", "[]", "null", "dateline-briefing 3\n"] {
            assert_eq!(read(text.as_bytes()), Err(WireError::Unreadable), "{text}");
        }
        let deep = "[".repeat(16 * 1024);
        assert_eq!(read(deep.as_bytes()), Err(WireError::Unreadable));
    }

    #[test]
    fn a_message_that_no_reader_would_accept_is_not_written() {
        let long = StatusMessage {
            status: BriefingStatus {
                audience: Some("x".repeat(16 * 1024)),
                ..message().status
            },
            ..message()
        };
        assert!(write(&message()).is_ok());
        assert!(write(&long).is_err());
    }

    fn message() -> StatusMessage {
        StatusMessage {
            status: BriefingStatus {
                audience: None,
                at: 0,
                scene: None,
                step: 0,
                exploring: false,
                blank: false,
                scenes: 1,
                script: 0,
                withheld: 0,
                stopwatch: Stopwatch::default(),
                entered: 0,
                due_from: 0,
            },
            published_at: 0,
            boot: None,
            is_last: false,
            presenter: 0,
            driver: None,
        }
    }
}
