//! What the system tells of a process and its children. Where it tells nothing, nothing is printed.

use std::collections::BTreeMap;
use std::fs;

/// The use of a process and its children.
#[derive(Clone, Copy, Default)]
pub struct Use {
    /// The most memory that they had, in KiB, each at its own time.
    pub most_memory: u64,
    /// Nanoseconds on a core.
    pub on_core: u64,
    /// How often a thread of theirs went to sleep of its own will.
    pub sleeps: u64,
}

/// The use so far; none where the system does not tell.
pub fn of(process: u32) -> Option<Use> {
    fs::metadata(format!("/proc/{process}/status")).ok()?;
    let mut sum = Use::default();
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

/// A process that ends meanwhile has nothing to tell.
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
