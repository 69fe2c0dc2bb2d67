//! What comes first, and what was known when: small timelines in `order/*.toml`. Each line of one that begins with
//! `#>` has the arguments of a call, in which FILE is the timeline; the snapshot has what the calls print.

use std::fmt::Write as _;
use std::fs;

use crate::support::program::run;

#[test]
fn each_timeline_is_in_its_order() {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, snapshot_path => "order/snapshots" }, {
        insta::glob!("order/*.toml", |path| {
            let text = fs::read_to_string(path).expect("the file can be read");
            let file = path.to_str().expect("a path in UTF-8");
            let mut printed = String::new();
            for call in text.lines().filter_map(|line| line.strip_prefix("#> ")) {
                let arguments: Vec<&str> = call
                    .split(' ')
                    .map(|argument| if argument == "FILE" { file } else { argument })
                    .collect();
                let output = run(&arguments);
                writeln!(printed, "$ dateline {call}").expect("a string takes all");
                for stream in [output.stdout, output.stderr] {
                    let words = String::from_utf8(stream).expect("what is printed is UTF-8");
                    printed.push_str(&words.replace(file, "FILE"));
                }
                printed.push('\n');
            }
            insta::assert_snapshot!("order", printed.trim_end());
        });
    });
}
