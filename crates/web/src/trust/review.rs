//! Reviewing the other side of an order, and replying to a review.

use ::trust::reviews::{self, ReplyToReview, ReviewPage, ReviewView, WriteReview};
use askama::Template;
use axum::extract::{Path, State};
use kernel::{Id, Status};

use super::person;
use crate::App;
use crate::edge::form::{Form, FormState};
use crate::edge::page::Page;
use crate::edge::respond::{Flash, PageError, PageResult, html, html_refused, path_id, see_other_saying};
use crate::edge::viewer::{RequireLogin, Viewer};

/// The fields of marks begin with this; the dimension's code follows.
const MARK: &str = "mark_";

/// One line of stars.
struct Asked {
    name: String,
    label: String,
    hint: String,
}

#[derive(Template)]
#[template(path = "trust/review.html")]
struct Shown {
    page: Page,
    form: FormState,
    review: ReviewPage,
    asked: Vec<Asked>,
    /// Why no review can be written, in words.
    refused: Option<String>,
}

impl Shown {
    fn new(viewer: &Viewer, review: ReviewPage, form: FormState) -> Self {
        let page = viewer.page().hidden();
        let asked = review.asked.iter().map(|d| Asked {
            name: format!("{MARK}{}", d.code),
            label: page.pick(&d.zh, &d.en).to_owned(),
            hint: page.pick(&d.hint_zh, &d.hint_en).to_owned(),
        });
        let asked = asked.collect();
        let refused = review.refused.clone().map(|r| viewer.say(&r.into()));
        Self {
            page,
            form,
            review,
            asked,
            refused,
        }
    }

    fn may_reply(&self, one: &ReviewView) -> bool {
        one.reply_until.is_some() && self.page.viewer.account() == Some(one.about)
    }
}

pub(super) async fn show(State(app): State<App>, me: RequireLogin, Path(id): Path<String>) -> PageResult {
    let review = load(&app, &me.viewer, path_id(&id)?).await?;
    html(&Shown::new(&me.viewer, review, FormState::empty()))
}

async fn load(app: &App, viewer: &Viewer, order: Id) -> Result<ReviewPage, PageError> {
    let actor = viewer.actor();
    Ok(app
        .store
        .read("review_page", move |tx| reviews::for_order(tx, &actor, order))
        .await?)
}

pub(super) async fn send(State(app): State<App>, me: RequireLogin, Path(id): Path<String>, form: Form) -> PageResult {
    let order = path_id(&id)?;
    match write(&app, &me.viewer, order, &form).await {
        Ok(written) => {
            let key = if written.opened {
                "review-sent-open"
            } else {
                "review-sent-hidden"
            };
            see_other_saying(&app.settings, &format!("/orders/{order}/review"), Flash::done(key))
        }
        Err(PageError::Refused(refusal)) if refusal.status != Status::NotFound => {
            let review = load(&app, &me.viewer, order).await?;
            let form = FormState::refused(&me.viewer, &form, &refusal);
            html_refused(&Shown::new(&me.viewer, review, form), &refusal)
        }
        Err(other) => Err(other),
    }
}

async fn write(app: &App, viewer: &Viewer, order: Id, form: &Form) -> Result<reviews::Written, PageError> {
    // What is no number is no mark; the rules say what is missing.
    let mark = |(name, value): (&str, &str)| Some((name.strip_prefix(MARK)?.to_owned(), value.parse().unwrap_or(0)));
    let cmd = WriteReview {
        order,
        marks: form.fields().filter_map(mark).collect(),
        body: form.get("body").to_owned(),
        private_note: form.get("private_note").to_owned(),
    };
    let actor = viewer.actor();
    Ok(app
        .store
        .write_once("write_review", form.once(viewer), move |tx| {
            reviews::write(tx, &actor, &cmd)
        })
        .await?)
}

pub(super) async fn reply(State(app): State<App>, me: RequireLogin, Path(id): Path<String>, form: Form) -> PageResult {
    let review = path_id(&id)?;
    let cmd = ReplyToReview {
        review,
        reply: form.get("reply").to_owned(),
    };
    let (actor, once) = (me.viewer.actor(), form.once(&me.viewer));
    match app
        .store
        .write_once("reply_review", once, move |tx| reviews::reply(tx, &actor, &cmd))
        .await
        .map_err(PageError::from)
    {
        Ok(()) => see_other_saying(
            &app.settings,
            &format!("/people/{}#r-{review}", me.account),
            Flash::done("review-replied"),
        ),
        Err(PageError::Refused(refusal)) if refusal.status != Status::NotFound => {
            let form = FormState::refused(&me.viewer, &form, &refusal);
            html_refused(&person::refused_reply(&app, &me.viewer, review, form).await?, &refusal)
        }
        Err(other) => Err(other),
    }
}
