//! What is wrong with a process file: the line, the path that shows it, and the mend. For the operator who edits
//! the file; not a refusal, which is for the people of an order.

use std::fmt;

use kernel::Locale;

use crate::Words;

/// One thing the checker found wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// The line of the file, from 1.
    pub line: u32,
    /// The stable code, such as `money-without-clock`. All of them stand in `docs/PROCESSES.md`.
    pub code: &'static str,
    /// The path that shows the fault, step by step, such as `funded`, `dispute`, `disputed`. Empty when the line alone shows it.
    pub path: Vec<String>,
    /// What is wrong.
    pub what: Words,
    /// How to mend it.
    pub mend: Words,
}

impl Fault {
    pub(crate) fn new(line: u32, code: &'static str, what: Words, mend: Words) -> Self {
        Self {
            line,
            code,
            path: Vec::new(),
            what,
            mend,
        }
    }

    pub(crate) fn along(mut self, path: Vec<String>) -> Self {
        self.path = path;
        self
    }

    /// The fault in the reader's language: line, code, what, path, mend.
    pub fn shown(&self, locale: Locale) -> String {
        let path = if self.path.is_empty() {
            String::new()
        } else {
            format!("\n    {}{}", locale.pick("路径：", "path: "), self.path.join(" → "))
        };
        format!(
            "{} {}: [{}] {}{path}\n    {}{}",
            locale.pick("第", "line"),
            match locale {
                Locale::ZhCn => format!("{} 行", self.line),
                Locale::En => self.line.to_string(),
            },
            self.code,
            self.what.pick(locale),
            locale.pick("改法：", "mend: "),
            self.mend.pick(locale),
        )
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown(Locale::En))
    }
}

impl std::error::Error for Fault {}
