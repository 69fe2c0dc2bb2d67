//! The state of the program: only `app` writes to it, and it stays in groups that a reader can keep in mind.

use super::{Source, none, position, sources};

/// The most fields of the model, and of each of its groups.
const MOST_FIELDS: usize = 14;

/// A field of a struct, and whether every module may write to it.
#[derive(Debug, PartialEq, Eq)]
struct Field {
    name: String,
    is_public: bool,
}

impl Source {
    /// The fields of a struct; `None` if the file has no such struct.
    fn fields_of(&self, name: &str) -> Option<Vec<Field>> {
        let mut at = position(&self.tokens, &["struct", name, "{"])? + 3;
        let (mut fields, mut depth, mut is_public) = (Vec::new(), 0, false);
        while depth > 0 || self.text_at(at) != "}" {
            match self.text_at(at) {
                "" => return None,
                "{" | "[" | "(" | "<" => depth += 1,
                "}" | "]" | ")" | ">" => depth -= 1,
                "," if depth == 0 => is_public = false,
                "pub" if depth == 0 => is_public = self.text_at(at + 1) != "(",
                ":" if depth == 0 => fields.push(Field {
                    name: self.text_at(at - 1).to_owned(),
                    is_public,
                }),
                _ => {}
            }
            at += 1;
        }
        Some(fields)
    }
}

#[test]
fn only_app_writes_to_the_model_and_its_groups_stay_small() {
    let sources = sources();
    let fields_of = |name: &str| {
        let mut all = sources.iter().filter(|source| source.layer() == "app");
        all.find_map(|source| source.fields_of(name))
    };
    let model = fields_of("Model").expect("`app` has the struct `Model`");
    let mut found = Vec::new();
    for field in model.iter().filter(|field| field.is_public) {
        found.push(format!(
            "Model.{}: `pub(in crate::app)`, and a method for those who read it",
            field.name
        ));
    }
    let groups = ["Files", "View", "Filter", "Search", "Input"].map(|name| format!("{name}State"));
    for name in groups.iter().map(String::as_str).chain(["Model"]) {
        let count = fields_of(name).map(|fields| fields.len());
        match count {
            None => found.push(format!("{name}: gone: take it from this test")),
            Some(count) if count > MOST_FIELDS => found.push(format!(
                "{name}: {count} fields, at most {MOST_FIELDS}: make a group of those that change together"
            )),
            Some(_) => {}
        }
    }
    none(&found);
}

#[test]
fn fields_are_counted_whatever_their_types() {
    let text = "pub struct Model { /// A.\n pub a: Vec<(u8, String)>, pub(in crate::app) b: Option<[u8; 2]>, c: Arc<str> }";
    let source = Source::new("src/app/model.rs", text.to_owned());
    let fields = source.fields_of("Model").expect("it is there");
    let names: Vec<(&str, bool)> = fields
        .iter()
        .map(|field| (field.name.as_str(), field.is_public))
        .collect();
    assert_eq!(names, [("a", true), ("b", false), ("c", false)]);
    assert_eq!(source.fields_of("Other"), None);
}
