//! Changing the e-mail address or the phone number: a code goes to the new one, the old one is told.

use ::accounts::destinations::{Channel, Destination};
use ::accounts::settings::{ask_contact, change_contact, own};
use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;

use super::entry::{Pending, Way, fresh_code};
use super::password::confirm;
use crate::App;
use crate::edge::form::{Form, FormState};
use crate::edge::page::Page;
use crate::edge::respond::{Flash, PageError, PageResult, html, html_refused, see_other, see_other_saying};
use crate::edge::viewer::{RequireLogin, Viewer};

#[derive(Template)]
#[template(path = "accounts/contact.html")]
struct AskPage {
    page: Page,
    form: FormState,
    is_phone: bool,
    current: String,
    has_password: bool,
}

#[derive(Template)]
#[template(path = "accounts/contact_enter.html")]
struct EnterPage {
    page: Page,
    form: FormState,
    to: String,
    sent_again: bool,
}

pub(super) async fn show_email(State(app): State<App>, me: RequireLogin) -> PageResult {
    html(&ask_page(&app, &me.viewer, Channel::Mail, FormState::empty()).await?)
}

pub(super) async fn show_phone(State(app): State<App>, me: RequireLogin) -> PageResult {
    html(&ask_page(&app, &me.viewer, Channel::Sms, FormState::empty()).await?)
}

pub(super) async fn ask_email(State(app): State<App>, me: RequireLogin, form: Form) -> PageResult {
    ask(&app, &me.viewer, Channel::Mail, &form).await
}

pub(super) async fn ask_phone(State(app): State<App>, me: RequireLogin, form: Form) -> PageResult {
    ask(&app, &me.viewer, Channel::Sms, &form).await
}

async fn ask(app: &App, viewer: &Viewer, channel: Channel, form: &Form) -> PageResult {
    let sent = async {
        let to = Destination::parse(form.get("to"))?;
        confirm(app, viewer, form.get("current")).await?;
        send(app, viewer, &to).await?;
        Ok(to)
    };
    match sent.await {
        Ok(to) => {
            let mut response = see_other("/me/contact")?;
            Pending::new(Way::Contact, &to, "/me/settings").put(app, &mut response);
            Ok(response)
        }
        Err(PageError::Refused(refusal)) => {
            let form = FormState::refused(viewer, form, &refusal);
            html_refused(&ask_page(app, viewer, channel, form).await?, &refusal)
        }
        Err(other) => Err(other),
    }
}

pub(super) async fn show_enter(State(app): State<App>, me: RequireLogin, headers: HeaderMap) -> PageResult {
    match Pending::open(&app, &headers, Way::Contact) {
        Some(pending) => html(&enter_page(&me.viewer, &pending, FormState::empty(), false)),
        None => see_other("/me/settings"),
    }
}

pub(super) async fn enter(State(app): State<App>, me: RequireLogin, headers: HeaderMap, form: Form) -> PageResult {
    let Some(pending) = Pending::open(&app, &headers, Way::Contact) else {
        return see_other("/me/settings");
    };
    let to = pending.destination()?;
    let outcome = if form.is_on("again") {
        send(&app, &me.viewer, &to).await.map(|()| false)
    } else {
        let (actor, code) = (me.viewer.actor(), form.get("code").to_owned());
        let changed = app
            .store
            .write("change_contact", move |tx| change_contact(tx, &actor, &to, &code))
            .await;
        changed
            .and_then(::accounts::Verdict::into_result)
            .map(|()| true)
            .map_err(PageError::from)
    };
    match outcome {
        Ok(true) => {
            let mut response = see_other_saying(&app.settings, "/me/settings", Flash::done("contact-saved"))?;
            Pending::forget(&app, &mut response);
            Ok(response)
        }
        Ok(false) => html(&enter_page(&me.viewer, &pending, FormState::empty(), true)),
        Err(PageError::Refused(refusal)) => {
            let form = FormState::refused(&me.viewer, &form, &refusal);
            html_refused(&enter_page(&me.viewer, &pending, form, false), &refusal)
        }
        Err(other) => Err(other),
    }
}

async fn send(app: &App, viewer: &Viewer, to: &Destination) -> Result<(), PageError> {
    let (actor, to, fresh) = (viewer.actor(), to.clone(), fresh_code()?);
    let verdict = app
        .store
        .write("ask_contact", move |tx| ask_contact(tx, &actor, &to, &fresh))
        .await?;
    Ok(verdict.into_result()?)
}

async fn ask_page(app: &App, viewer: &Viewer, channel: Channel, form: FormState) -> Result<AskPage, PageError> {
    let actor = viewer.actor();
    let account = app.store.read("own_contact", move |tx| own(tx, &actor)).await?;
    let current = account.contact.of(channel).unwrap_or_default().to_owned();
    let is_phone = channel == Channel::Sms;
    Ok(AskPage {
        page: viewer.page(),
        form,
        is_phone,
        current,
        has_password: account.has_password,
    })
}

fn enter_page(viewer: &Viewer, pending: &Pending, form: FormState, sent_again: bool) -> EnterPage {
    EnterPage {
        page: viewer.page(),
        form,
        to: pending.to.clone(),
        sent_again,
    }
}
