//! A table of the file, read key by key, so that every fault knows its line and a key nobody asked for is a fault too.

use std::collections::BTreeSet;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::fault::{Fault, two};
use crate::{Words, fault};

/// Where lines begin, and the faults found so far.
pub(crate) struct Reader {
    starts: Vec<usize>,
    pub(crate) faults: Vec<Fault>,
}

/// A table that is being read.
pub(crate) struct Sheet<'t> {
    table: &'t DeTable<'t>,
    /// The line of its header.
    pub(crate) line: u32,
    /// What it is called in messages, such as `[state.funded]`.
    pub(crate) place: String,
    known: BTreeSet<&'static str>,
}

/// A value with the line it stands on.
#[derive(Clone, Debug)]
pub(crate) struct At<T> {
    pub(crate) line: u32,
    pub(crate) value: T,
}

impl<'t> Sheet<'t> {
    pub(crate) fn new(table: &'t DeTable<'t>, line: u32, place: impl Into<String>) -> Self {
        Self {
            table,
            line,
            place: place.into(),
            known: BTreeSet::new(),
        }
    }

    fn take(&mut self, key: &'static str) -> Option<&'t Spanned<DeValue<'t>>> {
        self.known.insert(key);
        self.table.get(key)
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }
}

impl Reader {
    pub(crate) fn new(text: &str) -> Self {
        let starts = text
            .bytes()
            .enumerate()
            .filter(|(_, b)| *b == b'\n')
            .map(|(at, _)| at + 1);
        Self {
            starts: starts.collect(),
            faults: Vec::new(),
        }
    }

    pub(crate) fn line(&self, offset: usize) -> u32 {
        u32::try_from(self.starts.partition_point(|start| *start <= offset) + 1).unwrap_or(u32::MAX)
    }

    fn line_of<T>(&self, spanned: &Spanned<T>) -> u32 {
        self.line(spanned.span().start)
    }

    pub(crate) fn say(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    fn missing(&mut self, sheet: &Sheet<'_>, key: &str) {
        let place = &sheet.place;
        self.say(fault::missing_key(sheet.line, place, key));
    }

    fn wrong(&mut self, line: u32, key: &str, zh: &str, en: &str) {
        self.say(fault::bad_value(line, key, zh, en));
    }

    /// A text that may be absent.
    pub(crate) fn text(&mut self, sheet: &mut Sheet<'_>, key: &'static str) -> Option<At<String>> {
        let value = sheet.take(key)?;
        let line = self.line_of(value);
        match value.get_ref().as_str() {
            Some(text) => Some(At {
                line,
                value: text.to_owned(),
            }),
            None => {
                self.wrong(line, key, "要写成一段文字（加引号）", "write a text in quotes");
                None
            }
        }
    }

    /// A text that must be there.
    pub(crate) fn need_text(&mut self, sheet: &mut Sheet<'_>, key: &'static str) -> Option<At<String>> {
        if !sheet.has(key) {
            self.missing(sheet, key);
        }
        self.text(sheet, key)
    }

    /// A whole number that may be absent.
    pub(crate) fn number(&mut self, sheet: &mut Sheet<'_>, key: &'static str) -> Option<At<i64>> {
        let value = sheet.take(key)?;
        let line = self.line_of(value);
        let read = value
            .get_ref()
            .as_integer()
            .and_then(|n| i64::from_str_radix(n.as_str(), n.radix()).ok());
        if read.is_none() {
            self.wrong(line, key, "要写成整数", "write a whole number");
        }
        read.map(|value| At { line, value })
    }

    /// `true` or `false`; absent is `false`.
    pub(crate) fn flag(&mut self, sheet: &mut Sheet<'_>, key: &'static str) -> bool {
        let Some(value) = sheet.take(key) else { return false };
        value.get_ref().as_bool().unwrap_or_else(|| {
            let line = self.line_of(value);
            self.wrong(line, key, "要写成 true 或 false", "write true or false");
            false
        })
    }

    /// One text or a list of texts; absent is an empty list.
    pub(crate) fn list(&mut self, sheet: &mut Sheet<'_>, key: &'static str) -> Vec<At<String>> {
        let Some(value) = sheet.take(key) else {
            return Vec::new();
        };
        let items: Vec<_> = match value.get_ref() {
            DeValue::Array(items) => items.iter().collect(),
            _ => vec![value],
        };
        let mut texts: Vec<At<String>> = Vec::new();
        for item in items {
            let line = self.line_of(item);
            match item.get_ref().as_str() {
                Some(text) if texts.iter().any(|t| t.value == text) => {
                    self.wrong(line, key, "同一项写了两次", "the same entry stands here twice");
                }
                Some(text) => texts.push(At {
                    line,
                    value: text.to_owned(),
                }),
                None => self.wrong(
                    line,
                    key,
                    "要写成文字列表，如 [\"a\", \"b\"]",
                    "write a list of texts, such as [\"a\", \"b\"]",
                ),
            }
        }
        texts
    }

    /// A list that must not be empty.
    pub(crate) fn need_list(&mut self, sheet: &mut Sheet<'_>, key: &'static str) -> Vec<At<String>> {
        let had = sheet.has(key);
        let before = self.faults.len();
        let list = self.list(sheet, key);
        if !had {
            self.missing(sheet, key);
        } else if list.is_empty() && self.faults.len() == before {
            let line = sheet.take(key).map_or(sheet.line, |value| self.line_of(value));
            self.wrong(line, key, "列表不能为空", "the list must not be empty");
        }
        list
    }

    /// A pair of words that must be there, in both languages, at most `max` characters each.
    pub(crate) fn words(&mut self, sheet: &mut Sheet<'_>, key: &'static str, max: usize) -> Words {
        let place = sheet.place.clone();
        let Some(value) = sheet.take(key) else {
            self.say(fault::missing_words(sheet.line, &place, key, "zh, en"));
            return Words::default();
        };
        let line = self.line_of(value);
        let Some(table) = value.get_ref().as_table() else {
            self.wrong(
                line,
                key,
                "要写成 { zh = \"…\", en = \"…\" }",
                "write { zh = \"…\", en = \"…\" }",
            );
            return Words::default();
        };
        let mut pair = Sheet::new(table, line, format!("{place} {key}"));
        let zh = self.text(&mut pair, "zh").map_or_else(String::new, |t| t.value);
        let en = self.text(&mut pair, "en").map_or_else(String::new, |t| t.value);
        self.close(&pair);
        for (language, text, good) in [("zh", &zh, has_han(&zh)), ("en", &en, !has_han(&en))] {
            if text.trim().is_empty() || !good {
                self.say(fault::missing_words(line, &place, key, language));
            } else if text.chars().count() > max || text.chars().any(char::is_control) {
                self.wrong(
                    line,
                    key,
                    &format!("最多 {max} 个字，只能一行"),
                    &format!("at most {max} characters, one line"),
                );
            }
        }
        Words::new(zh, en)
    }

    /// The tables under a key such as `[state.NAME]`, in the file's order.
    pub(crate) fn named<'t>(
        &mut self,
        sheet: &mut Sheet<'t>,
        key: &'static str,
        prefix: &str,
    ) -> Vec<(String, Sheet<'t>)> {
        let Some(value) = sheet.take(key) else {
            return Vec::new();
        };
        let Some(table) = value.get_ref().as_table() else {
            let line = self.line_of(value);
            self.wrong(line, key, "要写成一组具名的表", "write named tables under it");
            return Vec::new();
        };
        let mut entries: Vec<_> = table.iter().collect();
        entries.sort_by_key(|(name, _)| name.span().start);
        let mut sheets = Vec::new();
        for (name, value) in entries {
            let line = self.line_of(name);
            let place = format!("[{prefix}{key}.{}]", name.get_ref());
            self.check_name(line, name.get_ref());
            match value.get_ref().as_table() {
                Some(table) => sheets.push((name.get_ref().to_string(), Sheet::new(table, line, place))),
                None => self.wrong(line, name.get_ref(), "这里要写成一个表", "this must be a table"),
            }
        }
        sheets
    }

    /// The tables of a list such as `[[transition]]`, in the file's order.
    pub(crate) fn tables<'t>(&mut self, sheet: &mut Sheet<'t>, key: &'static str, prefix: &str) -> Vec<Sheet<'t>> {
        let Some(value) = sheet.take(key) else {
            return Vec::new();
        };
        let line = self.line_of(value);
        let Some(items) = value.get_ref().as_array() else {
            self.wrong(line, key, "要写成表的列表", "write a list of tables");
            return Vec::new();
        };
        let mut sheets = Vec::new();
        for item in items.iter() {
            let line = self.line_of(item);
            match item.get_ref().as_table() {
                Some(table) => sheets.push(Sheet::new(table, line, format!("[[{prefix}{key}]]"))),
                None => self.wrong(line, key, "列表的每一项都要是表", "every entry must be a table"),
            }
        }
        sheets
    }

    /// One table under a key.
    pub(crate) fn table<'t>(&mut self, sheet: &mut Sheet<'t>, key: &'static str) -> Option<Sheet<'t>> {
        let value = sheet.take(key)?;
        let line = self.line_of(value);
        match value.get_ref().as_table() {
            Some(table) => Some(Sheet::new(table, line, format!("[{key}]"))),
            None => {
                self.wrong(line, key, "要写成一个表", "this must be a table");
                None
            }
        }
    }

    /// A key name: lower-case letters, digits and `_`, at most 40.
    pub(crate) fn check_name(&mut self, line: u32, name: &str) {
        let letters = name
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        if !letters || name.len() > 40 || !name.starts_with(|c: char| c.is_ascii_lowercase()) {
            self.say(Fault::new(
                line,
                "bad-name",
                two!("名称「{name}」不合规则", "the name `{name}` is not allowed"),
                two!(
                    "名称以小写字母开头，只用小写字母、数字和下划线，最多 40 个",
                    "begin with a small letter; use small letters, digits and `_`, at most 40"
                ),
            ));
        }
    }

    /// Every key nobody asked for is a fault.
    pub(crate) fn close(&mut self, sheet: &Sheet<'_>) {
        let known: Vec<_> = sheet.known.iter().copied().collect();
        for key in sheet.table.keys() {
            if !sheet.known.contains(key.get_ref().as_ref()) {
                let line = self.line_of(key);
                self.say(fault::unknown_key(line, &sheet.place, key.get_ref(), &known));
            }
        }
    }
}

fn has_han(text: &str) -> bool {
    text.chars()
        .any(|c| matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{323af}'))
}
