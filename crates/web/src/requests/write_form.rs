//! The form of a request: what was typed as a command, and a request as what stands in the form.

use std::str::FromStr;

use ::orders::requests::{Content, Request, RequestRefusal};
use jiff::civil::Date;
use kernel::{Currency, Id, Money, Refusal, Timestamp};

use crate::edge::form::Form;
use crate::edge::viewer::Viewer;

/// Days until the bids close, when nothing else is chosen.
const DEADLINE_DAYS: i64 = 14;

/// What was typed, and what of it is unreadable.
pub fn content(form: &Form, viewer: &Viewer, currency: Currency) -> (Content, Vec<Refusal>) {
    let mut wrong = Vec::new();
    let mut money = |name: &'static str| -> Option<Money> {
        form.find(name)?;
        form.money(name, currency).map_err(|refusal| wrong.push(refusal)).ok()
    };
    let (budget_min, budget_max) = (money("budget_min"), money("budget_max"));
    let deadline = form.find("deadline").and_then(|text| {
        let read = end_of_day(text, viewer);
        read.or_else(|| {
            wrong.push(RequestRefusal::DeadlineMissing.into());
            None
        })
    });
    let wish_days = form
        .find("wish_days")
        .and_then(|_| form.int("wish_days").map_err(|refusal| wrong.push(refusal)).ok());
    let content = Content {
        title: form.get("title").to_owned(),
        brief: form.get("brief").to_owned(),
        category: form.find("category").and_then(|text| text.parse().ok()),
        skills: ids(form, "skills"),
        budget_min,
        budget_max,
        deadline,
        wish_days,
        files: ids(form, "file"),
    };
    (content, wrong)
}

/// The ids of a field with several; what is not an id is left out.
pub fn ids(form: &Form, name: &str) -> Vec<Id> {
    form.get_all(name).filter_map(|text| Id::from_str(text).ok()).collect()
}

/// The last minute of a day, where the reader lives.
fn end_of_day(text: &str, viewer: &Viewer) -> Option<Timestamp> {
    let date: Date = text.trim().parse().ok()?;
    let end = date.at(23, 59, 0, 0).to_zoned(viewer.zone().clone()).ok()?;
    Some(end.timestamp().into())
}

/// A moment as the day a date field shows.
fn day(at: Timestamp, viewer: &Viewer) -> String {
    at.to_jiff().to_zoned(viewer.zone().clone()).date().to_string()
}

/// A request as what stands in its form.
pub fn filled(request: &Request, viewer: &Viewer) -> Form {
    let content = &request.content;
    let mut pairs = vec![
        ("title", content.title.clone()),
        ("brief", content.brief.clone()),
        ("category", content.category.map(Id::short).unwrap_or_default()),
        ("budget_min", content.budget_min.map(|m| m.plain()).unwrap_or_default()),
        ("budget_max", content.budget_max.map(|m| m.plain()).unwrap_or_default()),
        (
            "deadline",
            content.deadline.map(|at| day(at, viewer)).unwrap_or_default(),
        ),
        (
            "wish_days",
            content.wish_days.map(|n| n.to_string()).unwrap_or_default(),
        ),
        ("version", request.version.to_string()),
    ];
    pairs.extend(content.skills.iter().map(|id| ("skills", id.short())));
    pairs.extend(content.files.iter().map(|id| ("file", id.short())));
    owned(&pairs)
}

/// An empty form, with a deadline in two weeks.
pub fn fresh(viewer: &Viewer) -> Form {
    owned(&[("deadline", day(viewer.now().plus_days(DEADLINE_DAYS), viewer))])
}

/// The form with some fields put to other values, or added.
pub fn with(form: &Form, changed: &[(&str, String)]) -> Form {
    let keeps = |name: &str| !changed.iter().any(|(n, _)| *n == name);
    let kept = form
        .fields()
        .filter(|(name, _)| keeps(name))
        .map(|(n, v)| (n, v.to_owned()));
    let mut pairs: Vec<(&str, String)> = kept.collect();
    pairs.extend(changed.iter().cloned());
    owned(&pairs)
}

/// The form with files that were just kept.
pub fn with_files(form: Form, kept: &[Id]) -> Form {
    if kept.is_empty() {
        return form;
    }
    let mut all: Vec<(&str, String)> = form.get_all("file").map(|v| ("file", v.to_owned())).collect();
    all.extend(kept.iter().map(|id| ("file", id.short())));
    let once = form.find("_once").map(|key| ("_once", key.to_owned()));
    all.extend(once);
    with(&form, &all)
}

fn owned(pairs: &[(&str, String)]) -> Form {
    let pairs: Vec<(&str, &str)> = pairs.iter().map(|(n, v)| (*n, v.as_str())).collect();
    Form::from_pairs(&pairs)
}

/// What is unreadable together with what the rules refuse; a field is complained about once.
pub fn gather(mut unreadable: Vec<Refusal>, refused: Option<Refusal>) -> Option<Refusal> {
    if let Some(mut first) = refused {
        let more = std::mem::take(&mut first.more);
        for refusal in std::iter::once(first).chain(more) {
            let said = refusal.field.is_some() && unreadable.iter().any(|other| other.field == refusal.field);
            if !said {
                unreadable.push(refusal);
            }
        }
    }
    Refusal::gather(unreadable)
}
