//! Changing the password, with the present one. Who has none sets one by code, on the page for forgotten ones.

use ::accounts::passwords;
use ::accounts::settings::{begin_confirmation, change_password, own, wrong_current};
use askama::Template;
use axum::extract::State;

use super::entry::{hash_password, matches, slowly};
use crate::App;
use crate::edge::form::{Form, FormState};
use crate::edge::page::Page;
use crate::edge::respond::{Flash, PageError, PageResult, html, html_refused, see_other, see_other_saying};
use crate::edge::viewer::{RequireLogin, Viewer};

#[derive(Template)]
#[template(path = "accounts/password.html")]
struct PasswordPage {
    page: Page,
    form: FormState,
}

pub(super) async fn show(me: RequireLogin) -> PageResult {
    if me.viewer.session().is_some_and(|s| !s.has_password) {
        return see_other("/reset");
    }
    html(&PasswordPage {
        page: me.viewer.page(),
        form: FormState::empty(),
    })
}

pub(super) async fn change(State(app): State<App>, me: RequireLogin, form: Form) -> PageResult {
    match renew(&app, &me.viewer, &form).await {
        Ok(()) => see_other_saying(&app.settings, "/me/settings", Flash::done("password-saved")),
        Err(PageError::Refused(refusal)) => {
            let form = FormState::refused(&me.viewer, &form, &refusal);
            html_refused(
                &PasswordPage {
                    page: me.viewer.page(),
                    form,
                },
                &refusal,
            )
        }
        Err(other) => Err(other),
    }
}

async fn renew(app: &App, viewer: &Viewer, form: &Form) -> Result<(), PageError> {
    let kept = confirm(app, viewer, form.get("current"))
        .await?
        .ok_or_else(wrong_current)?;
    let actor = viewer.actor();
    let contact = app.store.read("own_contact", move |tx| own(tx, &actor)).await?.contact;
    let (typed, password) = (form.get("password").to_owned(), form.get("password").to_owned());
    let about = [
        contact.name,
        contact.email.unwrap_or_default(),
        contact.phone.unwrap_or_default(),
    ];
    slowly(move || passwords::check(&typed, &about.each_ref().map(String::as_str))).await??;
    let hash = hash_password(password).await?;
    let session = viewer
        .session()
        .map(|s| s.session_id)
        .ok_or_else(|| PageError::fault("no session"))?;
    app.store
        .write("change_password", move |tx| {
            change_password(tx, &actor, &kept, &hash, session)
        })
        .await?;
    Ok(())
}

/// Compares the present password with the kept one; answers the kept one, or nothing where there is none.
pub(super) async fn confirm(app: &App, viewer: &Viewer, typed: &str) -> Result<Option<String>, PageError> {
    let actor = viewer.actor();
    let kept = app
        .store
        .write("confirm", move |tx| begin_confirmation(tx, &actor))
        .await?
        .into_result()?;
    match kept {
        None => Ok(None),
        Some(kept) if matches(typed.to_owned(), Some(kept.clone())).await? => Ok(Some(kept)),
        Some(_) => Err(wrong_current().into()),
    }
}
