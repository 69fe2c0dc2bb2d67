//! Circles of files: files of a module that need each other, so that none can be read, moved or tested alone.
//!
//! A file needs another if it has a path to it. A path through a re-export leads to the file of the item, and the
//! re-export itself is not a need. Unit tests do not count.

use std::collections::{BTreeMap, BTreeSet};

use super::{Mention, Source, none, position, sources};

/// The path of a file's module.
type Module = Vec<String>;

/// The source files, and the other files that each needs.
struct FileGraph {
    needs: BTreeMap<Module, BTreeSet<Module>>,
}

impl FileGraph {
    fn new(sources: &[Source]) -> Self {
        let modules: BTreeSet<Module> = sources.iter().map(names).collect();
        let exports = sources
            .iter()
            .map(|source| (names(source), exports(source)));
        let paths = PathResolver {
            exports: exports.collect(),
            modules,
        };
        let needs = sources.iter().map(|source| {
            let own = names(source);
            let needed = needed(source).into_iter();
            let files = needed.filter_map(|path| paths.file(&own, &path));
            let others = files.filter(|file| *file != own).collect();
            (own.clone(), others)
        });
        Self {
            needs: needs.collect(),
        }
    }

    /// Every file that a file needs, directly or through others of its module.
    fn reach(&self, from: &Module) -> BTreeSet<&Module> {
        let mut reached = BTreeSet::new();
        let mut open = vec![from];
        while let Some(file) = open.pop() {
            let needs = self.needs.get_key_value(file);
            for (needed, _) in needs
                .into_iter()
                .flat_map(|(_, needs)| needs)
                .filter_map(|it| self.needs.get_key_value(it))
            {
                if needed.first() == from.first() && reached.insert(needed) {
                    open.push(needed);
                }
            }
        }
        reached
    }

    /// The circles, each with its files.
    fn circles(&self) -> Vec<BTreeSet<&Module>> {
        let reach: BTreeMap<&Module, BTreeSet<&Module>> = self
            .needs
            .keys()
            .map(|file| (file, self.reach(file)))
            .collect();
        let mut circles: Vec<BTreeSet<&Module>> = Vec::new();
        for (file, reached) in reach
            .iter()
            .filter(|(file, reached)| reached.contains(*file))
        {
            if circles.iter().any(|circle| circle.contains(file)) {
                continue;
            }
            let returns = |other: &&&Module| reach[*other].contains(file);
            circles.push(reached.iter().filter(returns).copied().collect());
        }
        circles
    }

    /// The needs of the files of a circle among each other, one file a line.
    fn within(&self, circle: &BTreeSet<&Module>) -> Vec<String> {
        let graph = circle.iter().map(|file| {
            let others = self.needs[*file]
                .iter()
                .filter(|other| circle.contains(other));
            let others: Vec<String> = others.map(|other| other.join("/")).collect();
            format!("    {} needs {}", file.join("/"), others.join(", "))
        });
        graph.collect()
    }
}

/// Resolves the paths of the source.
struct PathResolver {
    modules: BTreeSet<Module>,
    exports: BTreeMap<Module, BTreeMap<String, Module>>,
}

impl PathResolver {
    /// The file that a path in a module leads to; `None` outside the package.
    fn file(&self, own: &Module, path: &[String]) -> Option<Module> {
        let first = path.first()?;
        let names = if first == "crate" {
            path.get(1..)?.to_vec()
        } else {
            let child: Module = [own.as_slice(), path].concat();
            if !self.modules.contains(child.get(..=own.len())?) {
                return None;
            }
            child
        };
        self.resolve(&names, 0)
    }

    fn resolve(&self, names: &[String], depth: usize) -> Option<Module> {
        let length = (0..=names.len())
            .rev()
            .find(|&length| self.modules.contains(&names[..length]))?;
        let (module, rest) = names.split_at(length);
        let export = rest
            .first()
            .and_then(|name| self.exports.get(module)?.get(name));
        match export {
            Some(path) if depth < 8 => {
                let path: Module = path.iter().chain(rest.iter().skip(1)).cloned().collect();
                self.resolve(&path, depth + 1)
            }
            _ => Some(module.to_vec()),
        }
    }
}

fn names(source: &Source) -> Module {
    source.module().into_iter().map(str::to_owned).collect()
}

/// The items that a file re-exports, each with its path from the root of the package.
fn exports(source: &Source) -> BTreeMap<String, Module> {
    let own = names(source);
    let found = source.exports();
    let found = found.into_iter().filter_map(|(name, mention)| {
        let path = match mention.names.first()?.as_str() {
            "crate" => mention.names.get(1..)?.to_vec(),
            _ => [own.as_slice(), &mention.names].concat(),
        };
        Some((name, path))
    });
    found.collect()
}

/// The paths that a file needs, without those that it only re-exports.
fn needed(source: &Source) -> Vec<Module> {
    let exports = source.exports();
    let is_export = |mention: &Mention| {
        let name = exports.iter().find(|(_, export)| export == mention);
        name.is_some_and(|(name, _)| !source.uses(name))
    };
    let mentions = source.mentions().iter();
    let needed = mentions.filter(|mention| !is_export(mention));
    needed.map(|mention| mention.names.clone()).collect()
}

impl Source {
    /// The paths of `pub use`, each with its name in this file.
    fn exports(&self) -> Vec<(String, Mention)> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(offset) = position(&self.tokens[at..], &["pub"]) {
            at += offset + 1;
            if self.text_at(at) == "(" {
                at += position(&self.tokens[at..], &[")"]).map_or(0, |end| end + 1);
            }
            if self.text_at(at) == "use" {
                let mut mentions = Vec::new();
                let end = self.tree(at + 1, &[], &mut mentions);
                for mut mention in mentions {
                    self.resolve(&mut mention, 0);
                    let renamed = self.text_at(end) == "as";
                    let name = if renamed {
                        self.text_at(end + 1).to_owned()
                    } else {
                        mention.names.last().cloned().unwrap_or_default()
                    };
                    found.push((name, mention));
                }
                at = end;
            }
        }
        found
    }

    /// Whether a name occurs outside imports, re-exports and module declarations.
    fn uses(&self, name: &str) -> bool {
        let mut is_import = false;
        self.tokens.iter().any(|token| {
            let starts = matches!(token.text.as_str(), "use" | "mod");
            is_import = (is_import && token.text != ";") || starts;
            !is_import && token.text == name
        })
    }
}

#[test]
fn no_files_are_in_a_circle() {
    let graph = FileGraph::new(sources());
    let mut found = Vec::new();
    for circle in graph.circles() {
        found.push(format!(
            "{} files need each other: move what two of them both need into a file below them",
            circle.len()
        ));
        found.extend(graph.within(&circle));
    }
    none(&found);
}

#[test]
fn a_circle_is_found_through_re_exports() {
    let file = |path: &str, text: &str| Source::new(path, text.to_owned());
    let files = [
        file(
            "src/a/mod.rs",
            "mod b; mod c; mod d; pub use b::B; pub use c::{C, Other as D};",
        ),
        file("src/a/b.rs", "use super::C; pub struct B;"),
        file(
            "src/a/c.rs",
            "use crate::a::{B, d::E}; pub struct C; pub struct Other;",
        ),
        file(
            "src/a/d.rs",
            "use super::Gone; #[cfg(test)] mod tests { use super::super::C; }",
        ),
    ];
    let graph = FileGraph::new(&files);
    let circles: Vec<Vec<String>> = graph
        .circles()
        .iter()
        .map(|circle| circle.iter().map(|file| file.join("/")).collect())
        .collect();
    assert_eq!(circles, [["a/b", "a/c"]]);
}
