//! The XML of the parts of a workbook, item by item.

use std::borrow::Cow;
use std::io::BufRead;

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesStart, Event};

use super::fault::WorkbookFault;

/// A part while it is read.
pub(super) struct XmlReader<R> {
    reader: Reader<R>,
    buffer: Vec<u8>,
}

/// One item of a part. Comments and the like are left out.
pub(super) enum XmlItem<'b> {
    Open(XmlTag<'b>),
    Close(Cow<'b, str>),
    Text(Cow<'b, str>),
    End,
}

pub(super) struct XmlTag<'b>(BytesStart<'b>);

impl<R: BufRead> XmlReader<R> {
    pub fn new(part: R) -> Self {
        let mut reader = Reader::from_reader(part);
        reader.config_mut().expand_empty_elements = true;
        Self {
            reader,
            buffer: Vec::new(),
        }
    }

    pub fn next(&mut self) -> Result<XmlItem<'_>, WorkbookFault> {
        self.buffer.clear();
        Ok(match self.reader.read_event_into(&mut self.buffer)? {
            Event::Start(tag) | Event::Empty(tag) => XmlItem::Open(XmlTag(tag)),
            Event::End(tag) => XmlItem::Close(tag.local_name().into_inner().to_owned().into()),
            Event::Text(text) => XmlItem::Text(text.into_inner()),
            Event::CData(text) => XmlItem::Text(text.into_inner()),
            Event::GeneralRef(named) => {
                XmlItem::Text(if let Some(character) = named.resolve_char_ref()? {
                    character.to_string().into()
                } else {
                    let name = named.into_inner();
                    let known = resolve_xml_entity(&name).map(str::to_owned);
                    known.unwrap_or_else(|| format!("&{name};")).into()
                })
            }
            Event::Eof => XmlItem::End,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {
                XmlItem::Text(Cow::Borrowed(""))
            }
        })
    }
}

impl XmlTag<'_> {
    /// The name without its prefix.
    pub fn name(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The value of an attribute, whose name is given without its prefix.
    pub fn attribute(&self, name: &str) -> Option<Cow<'_, str>> {
        let mut attributes = self.attributes();
        attributes.find_map(|(found, value)| (found == name).then_some(value))
    }

    /// The attributes, without the prefixes of their names.
    pub fn attributes(&self) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
        let mut attributes = self.0.attributes();
        // Office programs write no attribute twice, and looking for one costs as much as reading.
        attributes.with_checks(false);
        attributes.flatten().filter_map(|attribute| {
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
            Some((attribute.key.local_name().into_inner(), value))
        })
    }

    /// Whether an attribute is `1` or `true`.
    pub fn is(&self, name: &str) -> bool {
        let value = self.attribute(name);
        value.is_some_and(|value| matches!(value.as_ref(), "1" | "true"))
    }

    pub fn number(&self, name: &str) -> Option<u32> {
        self.attribute(name)?.trim().parse().ok()
    }
}
