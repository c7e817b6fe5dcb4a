//! What several pages of this slice draw the same way: rows of requests, categories to choose from, changed fields.

use ::orders::requests::{FieldChange, RequestState, Row};
use catalog::categories::{Branch, Category};
use catalog::files::FileView;
use kernel::{Arg, Id, Money, Timestamp};

use crate::edge::page::Page;
use crate::edge::parts::{Badge, Choice, Tone};

/// A row of a list of requests.
pub struct RowView {
    pub href: String,
    pub title: String,
    pub excerpt: String,
    pub category: String,
    pub budget_min: Option<Money>,
    pub budget_max: Option<Money>,
    pub deadline: Option<Timestamp>,
    pub wish_days: Option<i64>,
    pub bids: i64,
    pub at: Timestamp,
    pub badge: Badge,
    pub rejection: Option<String>,
}

impl RowView {
    /// From a row of the read model.
    pub fn new(page: &Page, row: Row, categories: &[Category]) -> Self {
        let untitled = row.title.is_empty();
        Self {
            href: format!("/requests/{}", row.id),
            title: if untitled {
                page.t("request-untitled")
            } else {
                row.title
            },
            excerpt: row.excerpt,
            category: category_name(page, row.category, categories),
            budget_min: row.budget_min,
            budget_max: row.budget_max,
            deadline: row.deadline,
            wish_days: row.wish_days,
            bids: row.bids,
            at: row.at,
            badge: state_badge(page, row.state),
            rejection: row.rejection,
        }
    }
}

/// The name of a category in the reader's language; empty for none.
pub fn category_name(page: &Page, id: Option<Id>, categories: &[Category]) -> String {
    let found = categories.iter().find(|category| Some(category.id) == id);
    found.map_or_else(String::new, |category| category.name(page.viewer.locale()).to_owned())
}

/// The word and colour of a request's state.
pub fn state_badge(page: &Page, state: RequestState) -> Badge {
    let tone = match state {
        RequestState::Draft => Tone::Plain,
        RequestState::Pending => Tone::Waiting,
        RequestState::Rejected => Tone::Loss,
        RequestState::Open => Tone::Safe,
        RequestState::Awarded => Tone::Seal,
        RequestState::Withdrawn | RequestState::Closed => Tone::Over,
    };
    Badge::new(tone, page.t(&format!("request-state-{}", state.word())))
}

/// The word and colour of a bid's state.
pub fn bid_badge(page: &Page, state: ::orders::bids::BidState) -> Badge {
    use ::orders::bids::BidState;
    let tone = match state {
        BidState::Live => Tone::Waiting,
        BidState::Awarded => Tone::Seal,
        BidState::Withdrawn | BidState::Declined => Tone::Over,
    };
    Badge::new(tone, page.t(&format!("bid-state-{}", state.word())))
}

/// A group of choices under a heading.
pub struct ChoiceGroup {
    pub heading: String,
    pub choices: Vec<Choice>,
}

/// Categories as groups of choices; the value is the key.
pub fn category_groups(page: &Page, tree: &[Branch]) -> Vec<ChoiceGroup> {
    let locale = page.viewer.locale();
    let choice = |c: &Category| Choice::new(c.id.short(), c.name(locale));
    tree.iter()
        .map(|branch| ChoiceGroup {
            heading: branch.top.name(locale).to_owned(),
            choices: branch.children.iter().map(choice).collect(),
        })
        .collect()
}

/// Skills as groups under their first-level category.
pub fn skill_groups(page: &Page, tree: &[Branch], skills: &[catalog::skills::Skill]) -> Vec<ChoiceGroup> {
    let locale = page.viewer.locale();
    let group = |branch: &Branch| {
        let inside = skills.iter().filter(|skill| skill.category == branch.top.id);
        let choices = inside
            .map(|skill| Choice::new(skill.id.short(), skill.name(locale)))
            .collect();
        ChoiceGroup {
            heading: branch.top.name(locale).to_owned(),
            choices,
        }
    };
    tree.iter().map(group).collect()
}

/// A field that changed, in words.
pub struct ChangeView {
    pub label: String,
    pub before: String,
    pub after: String,
}

/// Changed fields in the reader's words.
pub fn change_views(page: &Page, changes: &[FieldChange]) -> Vec<ChangeView> {
    let say = |arg: &Option<Arg>| match arg {
        None => page.t("request-change-nothing"),
        Some(Arg::Number(n)) => page.count(n),
        Some(Arg::Text(text)) => text.clone(),
        Some(Arg::Money(money)) => money.shown(),
        Some(Arg::Time(at)) => page.time_text(at),
    };
    let view = |change: &FieldChange| ChangeView {
        label: page.t(&format!("request-field-{}", change.field)),
        before: say(&change.before),
        after: say(&change.after),
    };
    changes.iter().map(view).collect()
}

/// An attached file as it is listed.
pub struct FileRow {
    pub id: String,
    pub href: String,
    pub name: String,
    pub size: i64,
    pub icon: &'static str,
}

/// Files as they are listed.
pub fn file_rows(files: &[FileView]) -> Vec<FileRow> {
    let row = |file: &FileView| FileRow {
        id: file.id.short(),
        href: format!("/files/{}", file.id),
        name: file.name.clone(),
        size: file.size_bytes,
        icon: if file.is_picture() { "file-image" } else { "file-text" },
    };
    files.iter().map(row).collect()
}
