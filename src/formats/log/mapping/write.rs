//! Writes a mapping as a mapping file that reads back to the same mapping.

use std::collections::BTreeMap;

use toml_writer::{ToTomlKey as _, ToTomlValue as _, TomlKeyBuilder, TomlStringBuilder};

use super::read::{ORDERS, UNITS};
use super::role_keys::role_keys;
use super::{
    ColumnPattern, ColumnWords, DATE_PARTS, DateColumns, FieldRecipe, StampPrecision, TableMapping,
    ValueForm,
};
use crate::date::Zone;
use crate::formats::log::column_role::ColumnRole;

impl TableMapping {
    /// The mapping as a file in TOML.
    pub fn written(&self) -> String {
        let mut out = String::new();
        self.write_head(&mut out);
        out.push_str("\n[columns]\n");
        for (key, role) in role_keys() {
            self.write_role(&mut out, key, role);
        }
        for stamp in &self.stamps {
            let (column, means) = (quoted(&stamp.column), quoted(&stamp.means));
            push(&mut out, "\n[[stamps]]\ncolumn", &column);
            push(&mut out, "means", &means);
        }
        for ColumnWords { column, words } in &self.values {
            out.push_str("\n[values.");
            out.push_str(&key(column));
            out.push_str("]\n");
            for (value, word) in words {
                push(&mut out, &key(value), &quoted(word));
            }
        }
        if !self.skip.is_empty() {
            out.push_str("\n[skip]\n");
        }
        for (column, texts) in &self.skip {
            let texts = list(texts.iter().map(String::as_str));
            push(&mut out, &key(column), &texts);
        }
        out
    }

    fn write_head(&self, out: &mut String) {
        let mut line = |key: &str, value: Option<String>| {
            if let Some(value) = value {
                push(out, key, &value);
            }
        };
        let layout = &self.layout;
        let text = |text: &str| (!text.is_empty()).then(|| quoted(text));
        let texts =
            |texts: &[String]| (!texts.is_empty()).then(|| list(texts.iter().map(String::as_str)));
        let sign = |byte: Option<u8>| byte.map(|it| quoted(&char::from(it).to_string()));
        let flag = |is_set: bool| is_set.then(|| "true".to_owned());
        line("name", text(&self.name));
        let needs = self.needs.iter().map(|group| match group.as_slice() {
            [one] => quoted(one),
            several => list(several.iter().map(AsRef::as_ref)),
        });
        let needs: Vec<String> = needs.collect();
        line(
            "needs",
            (!needs.is_empty()).then(|| format!("[{}]", needs.join(", "))),
        );
        line(
            "zone",
            self.zone.as_ref().map(|zone| quoted(&name_of(zone))),
        );
        line("date-order", word(&ORDERS, self.order));
        let precision = self.precision.and_then(|it| word(&StampPrecision::ALL, it));
        line("precision", precision);
        line("unit", word(&UNITS, self.unit));
        let separators: String = self.separators.iter().collect();
        line("separator", text(&separators));
        line("header", texts(&layout.header));
        line("header-line", layout.header_line.as_deref().map(quoted));
        line("delimiter", sign(layout.delimiter));
        line("comment", sign(layout.comment));
        line("rows", layout.rows.as_deref().map(quoted));
        line("open", texts(&layout.open));
        line("unwrap", texts(&layout.unwrap));
        line("bytes", texts(&layout.bytes));
        line("json", flag(layout.is_json));
        line("verbatim", flag(layout.values == ValueForm::Verbatim));
        line("bare-quotes", flag(layout.values == ValueForm::Bare));
        line("guarded", flag(layout.values == ValueForm::Guarded));
    }

    /// Writes the columns of a role.
    fn write_role(&self, out: &mut String, key: &str, role: ColumnRole) {
        let plain = self.roles.iter().filter(|(_, known)| *known == role);
        let mut values: Vec<String> = plain
            .map(|(name, _)| ColumnPattern::column(name.as_ref()).written())
            .collect();
        for made in &self.made {
            match &made.recipe {
                FieldRecipe::First(patterns) if made.role == role => {
                    values.extend(patterns.iter().map(ColumnPattern::written));
                }
                FieldRecipe::Date(date) if role == ColumnRole::When => {
                    push(out, key, &date.written());
                }
                FieldRecipe::First(_) | FieldRecipe::Date(_) => {}
            }
        }
        let value = match values.as_slice() {
            [] => return,
            [one] => quoted(one),
            several => list(several.iter().map(String::as_str)),
        };
        push(out, key, &value);
    }

    /// The part of the mapping about these columns, each under its own name, as it is understood for one table.
    pub fn for_columns(&self, names: &[String]) -> Self {
        let mut grouped: BTreeMap<usize, Vec<ColumnPattern>> = BTreeMap::new();
        for name in names.iter().filter(|name| !name.is_empty()) {
            let (role, _) = self.known(name);
            let place = role_keys().position(|(_, known)| known == role);
            if let Some(place) = place {
                grouped
                    .entry(place)
                    .or_default()
                    .push(ColumnPattern::column(name));
            }
        }
        let mut own = Self {
            roles: Vec::new(),
            needs: Vec::new(),
            ..self.clone()
        };
        own.layout.is_ours = false;
        let roles: Vec<ColumnRole> = role_keys().map(|(_, role)| role).collect();
        let made = std::mem::take(&mut own.made);
        for (place, patterns) in grouped {
            own.give(roles[place], patterns);
        }
        own.made.extend(made);
        own.needs = (own.columns())
            .filter(|name| names.iter().any(|it| it == name))
            .map(|name| vec![name.to_owned().into()])
            .collect();
        own.needs.dedup();
        own
    }
}

impl DateColumns {
    fn written(&self) -> String {
        let parts = |parts: &[Option<String>; 4]| -> Vec<String> {
            let parts = DATE_PARTS.iter().zip(parts);
            let written = parts.filter_map(|(key, name)| Some((key, name.as_ref()?)));
            written
                .map(|(key, name)| format!("{key} = {}", quoted(name)))
                .collect()
        };
        let mut all = parts(&self.parts);
        let end = parts(&self.end);
        if !end.is_empty() {
            all.push(format!("to = {{ {} }}", end.join(", ")));
        }
        format!("{{ {} }}", all.join(", "))
    }
}

fn name_of(zone: &Zone) -> String {
    if *zone == Zone::UTC {
        return "UTC".to_owned();
    }
    zone.to_string()
}

fn push(out: &mut String, key: &str, value: &str) {
    for part in [key, " = ", value, "\n"] {
        out.push_str(part);
    }
}

fn word<T: PartialEq + Copy>(words: &[(&'static str, T)], value: T) -> Option<String> {
    let word = words.iter().find(|(_, known)| *known == value);
    word.map(|(word, _)| quoted(word))
}

fn list<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    let texts: Vec<String> = texts.map(quoted).collect();
    format!("[{}]", texts.join(", "))
}

fn key(text: &str) -> String {
    TomlKeyBuilder::new(text).as_default().to_toml_key()
}

fn quoted(text: &str) -> String {
    TomlStringBuilder::new(text).as_default().to_toml_value()
}
