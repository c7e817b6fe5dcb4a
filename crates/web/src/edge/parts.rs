//! What several pages draw the same way: people, badges, timelines, money's place, pages of a list. Plain structs that
//! slices fill and `templates/components/` draws.

use std::sync::LazyLock;

use kernel::{Money, Timestamp};

/// A person, drawn the same everywhere.
#[derive(Clone, Debug, Default)]
pub struct PersonCard {
    /// Where their profile is; empty for none.
    pub href: String,
    /// The name people see.
    pub name: String,
    /// One line about them.
    pub headline: String,
    /// Proven or named skills, already in words.
    pub skills: Vec<String>,
    /// The rating times one hundred, such as 487; nothing before the first review.
    pub rating_hundredths: Option<i64>,
    /// How many reviews it rests on.
    pub reviews: i64,
    /// Within how many hours they usually answer.
    pub answers_within_hours: Option<i64>,
    /// Finished orders.
    pub finished: i64,
}

impl PersonCard {
    /// The letters of the drawn face: the first character of a Chinese name, the initials of a Latin one.
    pub fn initials(&self) -> String {
        initials(&self.name)
    }

    /// The hue of the drawn face, 0–7, the same for the same name.
    pub fn hue(&self) -> u32 {
        hue(&self.name)
    }
}

/// The letters of a drawn face.
pub fn initials(name: &str) -> String {
    let first = name.chars().next().unwrap_or('?');
    if !first.is_ascii_alphabetic() {
        return first.to_string();
    }
    name.split_whitespace()
        .filter_map(|w| w.chars().next())
        .take(2)
        .collect::<String>()
        .to_uppercase()
}

/// The hue of a drawn face, 0–7.
pub fn hue(name: &str) -> u32 {
    name.bytes()
        .fold(7u32, |sum, b| sum.wrapping_mul(31).wrapping_add(u32::from(b)))
        % 8
}

/// What a badge's colour means; a word and a shape always go with it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Tone {
    /// Nothing special.
    #[default]
    Plain,
    /// Safe money, things done.
    Safe,
    /// Waiting on someone.
    Waiting,
    /// Agreed, sealed: the market's own mark.
    Seal,
    /// Loss or danger.
    Loss,
    /// Over and without effect.
    Over,
}

impl Tone {
    /// The class of this tone.
    pub const fn class(&self) -> &'static str {
        match self {
            Self::Plain => "tone-plain",
            Self::Safe => "tone-safe",
            Self::Waiting => "tone-waiting",
            Self::Seal => "tone-seal",
            Self::Loss => "tone-loss",
            Self::Over => "tone-over",
        }
    }

    /// The shape of this tone.
    pub const fn icon(&self) -> &'static str {
        match self {
            Self::Plain => "circle-dot",
            Self::Safe => "circle-check",
            Self::Waiting => "hourglass",
            Self::Seal => "stamp",
            Self::Loss => "triangle-alert",
            Self::Over => "circle-slash",
        }
    }
}

/// A state in words with its tone.
#[derive(Clone, Debug, Default)]
pub struct Badge {
    /// What it means.
    pub tone: Tone,
    /// The word.
    pub text: String,
}

impl Badge {
    /// A badge.
    pub fn new(tone: Tone, text: impl Into<String>) -> Self {
        Self {
            tone,
            text: text.into(),
        }
    }
}

/// One line of a timeline: who did what and when, or a clock that runs.
#[derive(Clone, Debug, Default)]
pub struct TimelineItem {
    /// What kind of thing happened.
    pub tone: Tone,
    /// The icon.
    pub icon: String,
    /// Who; empty for the market itself.
    pub who: String,
    /// What, in words.
    pub what: String,
    /// More about it: a note, a reason.
    pub note: String,
    /// When; for a clock, when it runs out.
    pub at: Timestamp,
    /// The clock still runs: `what` says what its silence means.
    pub pending: bool,
}

/// Where the money of an order is: you → held → provider.
#[derive(Clone, Debug)]
pub struct MoneyLine {
    /// The names under the three places.
    pub places: [String; 3],
    /// How much is at each.
    pub amounts: [Money; 3],
    /// Which place holds what matters now, 0–2.
    pub at: usize,
    /// One sentence: "Held for milestone 2 until you accept".
    pub says: String,
}

/// One step of several.
#[derive(Clone, Debug, Default)]
pub struct Step {
    /// Its name.
    pub text: String,
    /// Already behind.
    pub done: bool,
    /// Where we are.
    pub current: bool,
}

/// One tab: a link.
#[derive(Clone, Debug, Default)]
pub struct Tab {
    /// Where it leads.
    pub href: String,
    /// Its name.
    pub text: String,
    /// How many are behind it, when that helps.
    pub count: Option<i64>,
    /// Whether it is open.
    pub current: bool,
}

impl Tab {
    /// A tab without a count.
    pub fn new(href: impl Into<String>, text: impl Into<String>, current: bool) -> Self {
        Self {
            href: href.into(),
            text: text.into(),
            count: None,
            current,
        }
    }

    /// The same, with a count.
    #[must_use]
    pub const fn counting(mut self, count: i64) -> Self {
        self.count = Some(count);
        self
    }
}

/// One step of the way here.
#[derive(Clone, Debug, Default)]
pub struct Crumb {
    /// Where it leads; empty for this page.
    pub href: String,
    /// Its name.
    pub text: String,
}

impl Crumb {
    /// A crumb.
    pub fn new(href: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            href: href.into(),
            text: text.into(),
        }
    }
}

/// Pages of a list by key: no page numbers, nothing skipped when rows arrive.
#[derive(Clone, Debug, Default)]
pub struct Pager {
    /// Where newer entries are, if any.
    pub newer: Option<String>,
    /// Where older entries are, if any.
    pub older: Option<String>,
}

/// One choice of a select, a radio group or checkboxes.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What people read.
    pub text: String,
    /// More about it, for radio cards.
    pub hint: String,
}

impl Choice {
    /// A choice without a hint.
    pub fn new(value: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            value: value.into(),
            text: text.into(),
            hint: String::new(),
        }
    }

    /// The same, with a hint.
    #[must_use]
    pub fn hinted(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }
}

static CLEANER: LazyLock<ammonia::Builder<'static>> = LazyLock::new(|| {
    let mut builder = ammonia::Builder::default();
    builder
        .rm_tags([
            "img", "area", "map", "details", "summary", "header", "footer", "nav", "aside", "article",
        ])
        .url_schemes(["http", "https", "mailto"].into())
        .link_rel(Some("nofollow ugc noopener"));
    builder
});

/// Formatted text from a stranger as safe HTML: no pictures, no scripts, links that promise nothing.
pub fn markdown(text: &str) -> String {
    let mut options = comrak::Options::default();
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.cjk_friendly_emphasis = true;
    options.render.hardbreaks = true;
    options.render.escape = true;
    CLEANER.clean(&comrak::markdown_to_html(text, &options)).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faces_are_drawn_from_names() {
        assert_eq!(initials("张伟"), "张");
        assert_eq!(initials("Ada King Lovelace"), "AK");
        assert_eq!(initials(""), "?");
        assert!(hue("张伟") < 8);
    }

    #[test]
    fn formatted_text_is_safe() {
        for bad in [
            "<script>alert(1)</script>",
            "[x](javascript:alert(1))",
            "<img src=x onerror=alert(1)>",
            "![x](https://evil.example/p.png)",
            "<a href='data:text/html,x'>x</a>",
            "<p style='position:fixed'>x</p>",
        ] {
            let html = markdown(bad);
            for never in ["<script", "javascript:alert(1)\"", "<img", "href=\"data:", "<p style"] {
                assert!(!html.contains(never), "{bad} → {html}");
            }
        }
        assert!(markdown("**注意：**请").contains("<strong>注意：</strong>请"));
    }
}
