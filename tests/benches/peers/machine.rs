//! The machine on which the figures were measured.

use std::fs;

/// The machine in a line, as far as the system reports it.
pub fn name() -> String {
    let first = |path: &str, key: &str| {
        let text = fs::read_to_string(path).unwrap_or_default();
        let line = text.lines().find(|line| line.starts_with(key));
        line.and_then(|line| line.split_once(':'))
            .map(|(_, value)| value.trim().to_owned())
    };
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let model = first("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown".to_owned());
    let memory = first("/proc/meminfo", "MemTotal").and_then(|it| {
        let kibi: f64 = it.split_whitespace().next()?.parse().ok()?;
        Some(format!(", {:.0} GiB", kibi / 1_048_576.0))
    });
    let system = fs::read_to_string("/proc/sys/kernel/ostype").unwrap_or_default();
    let release = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let release: Vec<&str> = release.split(['.', '-']).take(2).collect();
    let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load
        .split_whitespace()
        .next()
        .unwrap_or("unknown")
        .to_owned();
    format!(
        "{cores} cores of {model}{}, {} {}; load {load} at the beginning",
        memory.unwrap_or_default(),
        system.trim(),
        release.join(".")
    )
}
