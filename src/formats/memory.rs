//! Whether there is memory for what a file becomes, asked before it is read.
//!
//! A program that runs out of memory is ended on the spot, and cannot say why. So a limit that a file surely exceeds, such
//! as one of `ulimit -v`, is reported instead. What runs out later is left to the guardian of the terminal.

use std::hint::black_box;
use std::io;

/// Asks for the memory that a file takes, and gives it back.
///
/// # Errors
/// The system refuses it.
pub(super) fn ask(per_ten_bytes: u64, bytes: u64) -> io::Result<()> {
    let needed = (bytes / 10).saturating_mul(per_ten_bytes);
    let mut room: Vec<u8> = Vec::new();
    let is_there = usize::try_from(needed).is_ok_and(|needed| {
        let asked = room.try_reserve_exact(needed);
        // An allocation that nothing uses could be left out.
        black_box(&room);
        asked.is_ok()
    });
    if is_there {
        return Ok(());
    }
    let mebibytes = needed >> 20;
    Err(io::Error::new(
        io::ErrorKind::OutOfMemory,
        format!(
            "this takes at least {mebibytes} MiB of memory, and the system does not give as much"
        ),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_any_machine_has_is_refused_before_it_is_used() {
        assert!(ask(11, 1 << 20).is_ok());
        let error = ask(40, 1 << 62).expect_err("no machine has as much");
        assert_eq!(error.kind(), io::ErrorKind::OutOfMemory);
    }
}
