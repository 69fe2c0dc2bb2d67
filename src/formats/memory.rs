//! Checks that there is enough memory for a file before it is read.
//!
//! A program that runs out of memory ends at once and cannot report why. So if a file certainly exceeds a limit, such as
//! that of `ulimit -v`, it is refused. If memory runs out later, the guardian restores the terminal.

use std::hint::black_box;
use std::io;

/// Allocates the memory that a file takes, and frees it.
///
/// # Errors
/// The system does not give that much.
pub(super) fn check(per_ten_bytes: u64, bytes: u64) -> io::Result<()> {
    let needed = (bytes / 10).saturating_mul(per_ten_bytes);
    let mut room: Vec<u8> = Vec::new();
    let is_available = usize::try_from(needed).is_ok_and(|needed| {
        let asked = room.try_reserve_exact(needed);
        // The compiler could remove an unused allocation.
        black_box(&room);
        asked.is_ok()
    });
    if is_available {
        return Ok(());
    }
    let mebibytes = needed >> 20;
    Err(io::Error::new(
        io::ErrorKind::OutOfMemory,
        format!("this needs at least {mebibytes} MiB of memory, more than the system gives"),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_any_machine_has_is_refused_before_it_is_used() {
        assert!(check(11, 1 << 20).is_ok());
        let error = check(40, 1 << 62).expect_err("no machine has as much");
        assert_eq!(error.kind(), io::ErrorKind::OutOfMemory);
    }
}
