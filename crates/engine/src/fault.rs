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
    /// The path that shows the fault, step by step, such as `funded`, `disputed (dispute)`, `silence: 100 % stays in escrow`. Empty when the line alone shows it.
    pub path: Vec<Words>,
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

    pub(crate) fn along(mut self, path: Vec<Words>) -> Self {
        self.path = path;
        self
    }

    /// The fault in the reader's language: line, code, what, path, mend.
    pub fn shown(&self, locale: Locale) -> String {
        let path: Vec<_> = self.path.iter().map(|step| step.pick(locale)).collect();
        let path = if path.is_empty() {
            String::new()
        } else {
            format!("\n    {}{}", locale.pick("路径：", "path: "), path.join(" → "))
        };
        format!(
            "{}: [{}] {}{path}\n    {}{}",
            match locale {
                Locale::ZhCn => format!("第 {} 行", self.line),
                Locale::En => format!("line {}", self.line),
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

/// A pair of texts from two format strings.
macro_rules! two {
    ($zh:literal, $en:literal) => {
        $crate::Words::new(format!($zh), format!($en))
    };
}
pub(crate) use two;

pub(crate) fn missing_key(line: u32, place: &str, key: &str) -> Fault {
    Fault::new(
        line,
        "missing-key",
        two!("{place} 缺少「{key}」", "{place} lacks `{key}`"),
        two!("在 {place} 里写上 {key} = …", "write {key} = … in {place}"),
    )
}

pub(crate) fn bad_value(line: u32, key: &str, zh: &str, en: &str) -> Fault {
    Fault::new(
        line,
        "bad-value",
        two!("「{key}」的值不对", "the value of `{key}` is not right"),
        Words::new(zh, en),
    )
}

pub(crate) fn missing_words(line: u32, place: &str, key: &str, language: &str) -> Fault {
    Fault::new(
        line,
        "missing-words",
        two!(
            "{place} 的「{key}」没有写好这种语言的文字：{language}",
            "{place} has no proper words for `{key}` in: {language}"
        ),
        two!(
            "写成 {key} = {{ zh = \"中文\", en = \"English\" }}，两种语言都要有",
            "write {key} = {{ zh = \"中文\", en = \"English\" }} with both languages"
        ),
    )
}

pub(crate) fn unknown_key(line: u32, place: &str, key: &str, known: &[&str]) -> Fault {
    let list = known.join(", ");
    Fault::new(
        line,
        "unknown-key",
        two!("{place} 里没有「{key}」这一项", "{place} knows no key `{key}`"),
        two!("只能用：{list}；或删掉这一行", "use one of: {list}; or delete the line"),
    )
}

pub(crate) fn unknown_name(line: u32, kind_zh: &str, kind_en: &str, name: &str, known: &[&str]) -> Fault {
    let list = known.join(", ");
    Fault::new(
        line,
        "unknown-name",
        two!("没有叫「{name}」的{kind_zh}", "there is no {kind_en} called `{name}`"),
        two!("改成已有的{kind_zh}之一：{list}", "use an existing {kind_en}: {list}"),
    )
}

pub(crate) fn twice(line: u32, name: &str) -> Fault {
    Fault::new(
        line,
        "duplicate-name",
        two!("「{name}」这个名称用了两次", "the name `{name}` is used twice"),
        two!("给其中一个换个名称", "rename one of them"),
    )
}
