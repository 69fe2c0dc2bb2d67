//! The resources that a process and its children use, as the system reports them. Where it reports none, none are
//! printed.

use std::collections::BTreeMap;
use std::fs;

/// The resources that a process and its children used.
#[derive(Clone, Copy, Default)]
pub struct ResourceUse {
    /// The sum of their peaks of memory, in KiB.
    pub most_memory: u64,
    /// Nanoseconds on a core.
    pub on_core: u64,
    /// How often a thread of theirs went to sleep voluntarily.
    pub sleeps: u64,
}

/// The use so far; `None` where the system does not report it.
pub fn of(process: u32) -> Option<ResourceUse> {
    fs::metadata(format!("/proc/{process}/status")).ok()?;
    let mut sum = ResourceUse::default();
    for process in with_children(process) {
        let status = read(&format!("/proc/{process}/status"));
        sum.most_memory += number(&status, "VmHWM:");
        let Ok(threads) = fs::read_dir(format!("/proc/{process}/task")) else {
            continue;
        };
        for thread in threads.filter_map(Result::ok) {
            let folder = thread.path();
            let file = |name: &str| read(&folder.join(name).display().to_string());
            sum.sleeps += number(&file("status"), "voluntary_ctxt_switches:");
            let scheduled = file("schedstat");
            let on_core = scheduled.split_whitespace().next();
            sum.on_core += on_core.and_then(|it| it.parse().ok()).unwrap_or(0);
        }
    }
    Some(sum)
}

/// Empty if the process has ended meanwhile.
fn read(path: &str) -> String {
    fs::read_to_string(path).unwrap_or_default()
}

fn number(status: &str, name: &str) -> u64 {
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let word = line.and_then(|line| line.split_whitespace().next());
    word.and_then(|word| word.parse().ok()).unwrap_or(0)
}

fn with_children(process: u32) -> Vec<u32> {
    let parents = parents();
    let mut found = vec![process];
    let mut at = 0;
    while let Some(&parent) = found.get(at) {
        let children = parents.iter().filter(|(_, it)| **it == parent);
        found.extend(children.map(|(child, _)| *child));
        at += 1;
    }
    found
}

/// The parent of each process.
fn parents() -> BTreeMap<u32, u32> {
    let Ok(all) = fs::read_dir("/proc") else {
        return BTreeMap::new();
    };
    let parent = |entry: fs::DirEntry| {
        let process: u32 = entry.file_name().to_str()?.parse().ok()?;
        let status = read(&format!("/proc/{process}/status"));
        u32::try_from(number(&status, "PPid:"))
            .ok()
            .map(|it| (process, it))
    };
    all.filter_map(|entry| parent(entry.ok()?)).collect()
}
