//! A tree that grows statement by statement.

use std::ops::Range;

use ::toml::Spanned;
use ::toml::de::{DeString, DeTable, DeValue};

use super::scan::{QuickHeading, QuickValue};

type QuickKey<'t> = Spanned<DeString<'t>>;

/// The tables so far. Every method gives up with `None`.
#[derive(Default)]
pub(super) struct QuickDocument<'t> {
    /// The keys above the first heading.
    root: DeTable<'t>,
    /// The tables of the first level, in the order of the text: there are few.
    sections: Vec<QuickSection<'t>>,
    /// The keys below the last heading.
    keys: DeTable<'t>,
    last: LastHeading<'t>,
}

/// What the last heading begins.
#[derive(Default)]
enum LastHeading<'t> {
    #[default]
    None,
    /// The last table of a section.
    Section(usize),
    /// A table below the last table of a section.
    Table(usize, QuickKey<'t>, Range<usize>),
    /// A table of a list below the last table of a section.
    Item(usize, QuickKey<'t>, Range<usize>),
}

/// All headings with the same first key.
struct QuickSection<'t> {
    key: QuickKey<'t>,
    /// The heading.
    place: Range<usize>,
    is_list: bool,
    /// One table, or those of the list.
    tables: Vec<SectionTable<'t>>,
}

/// A table of a section.
#[derive(Default)]
struct SectionTable<'t> {
    place: Range<usize>,
    keys: DeTable<'t>,
    lists: Vec<TableList<'t>>,
}

/// A list of tables below a table, such as `[[events.claims]]`.
struct TableList<'t> {
    key: QuickKey<'t>,
    /// The first heading.
    place: Range<usize>,
    tables: Vec<QuickValue<'t>>,
}

impl<'t> QuickDocument<'t> {
    /// Adds a key to the table of the last heading.
    pub fn put(&mut self, key: QuickKey<'t>, value: QuickValue<'t>) -> Option<()> {
        self.keys.insert(key, value).is_none().then_some(())
    }

    /// Begins the table of a heading.
    pub fn begin(&mut self, heading: QuickHeading<'t>) -> Option<()> {
        self.close()?;
        let QuickHeading {
            first,
            second,
            place,
            is_list,
        } = heading;
        let known = (self.sections.iter()).position(|it| it.key.get_ref() == first.get_ref());
        let Some(second) = second else {
            let table = SectionTable {
                place: place.clone(),
                ..SectionTable::default()
            };
            let number = match known {
                Some(number) => {
                    let section = self.sections.get_mut(number)?;
                    if !(is_list && section.is_list) {
                        return None;
                    }
                    section.tables.push(table);
                    number
                }
                None => self.add_section(first, place, is_list, table)?,
            };
            self.last = LastHeading::Section(number);
            return Some(());
        };
        let number = if let Some(number) = known {
            number
        } else {
            let place = first.span();
            self.add_section(first, place, false, SectionTable::default())?
        };
        let table = self.sections.get(number)?.tables.last()?;
        let has_list = table.list(&second).is_some();
        if table.keys.contains_key(second.get_ref().as_ref()) || (has_list && !is_list) {
            return None;
        }
        self.last = if is_list {
            LastHeading::Item(number, second, place)
        } else {
            LastHeading::Table(number, second, place)
        };
        Some(())
    }

    /// Adds the first table of a section.
    fn add_section(
        &mut self,
        key: QuickKey<'t>,
        place: Range<usize>,
        is_list: bool,
        table: SectionTable<'t>,
    ) -> Option<usize> {
        if self.root.contains_key(key.get_ref().as_ref()) {
            return None;
        }
        self.sections.push(QuickSection {
            key,
            place,
            is_list,
            tables: vec![table],
        });
        Some(self.sections.len() - 1)
    }

    fn last_table(&mut self, section: usize) -> Option<&mut SectionTable<'t>> {
        self.sections.get_mut(section)?.tables.last_mut()
    }

    /// Puts the keys below the last heading where they belong.
    fn close(&mut self) -> Option<()> {
        let keys = std::mem::take(&mut self.keys);
        match std::mem::take(&mut self.last) {
            LastHeading::None => self.root = keys,
            LastHeading::Section(number) => self.last_table(number)?.keys = keys,
            LastHeading::Table(number, key, place) => {
                let value = Spanned::new(place, DeValue::Table(keys));
                let twice = self.last_table(number)?.keys.insert(key, value);
                return twice.is_none().then_some(());
            }
            LastHeading::Item(number, key, place) => {
                let table = self.last_table(number)?;
                let value = Spanned::new(place.clone(), DeValue::Table(keys));
                match table.list(&key).and_then(|at| table.lists.get_mut(at)) {
                    Some(list) => list.tables.push(value),
                    None => table.lists.push(TableList {
                        key,
                        place,
                        tables: vec![value],
                    }),
                }
            }
        }
        Some(())
    }

    /// The whole tree.
    pub fn finish(mut self) -> Option<DeTable<'t>> {
        self.close()?;
        let mut root = self.root;
        for section in self.sections {
            let mut tables = section.tables.into_iter();
            let value = if section.is_list {
                DeValue::Array(tables.map(SectionTable::finish).collect())
            } else {
                tables.next()?.finish().into_inner()
            };
            root.insert(section.key, Spanned::new(section.place, value));
        }
        Some(root)
    }
}

impl<'t> SectionTable<'t> {
    /// The number of the list with a key.
    fn list(&self, key: &QuickKey<'t>) -> Option<usize> {
        (self.lists.iter()).position(|list| list.key.get_ref() == key.get_ref())
    }

    fn finish(mut self) -> QuickValue<'t> {
        for list in self.lists {
            let tables = DeValue::Array(list.tables.into_iter().collect());
            self.keys.insert(list.key, Spanned::new(list.place, tables));
        }
        Spanned::new(self.place, DeValue::Table(self.keys))
    }
}
