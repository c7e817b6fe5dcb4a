//! Joining in two pages: where to send the code, then the code with a name, perhaps a password, and consent.

use ::accounts::signup::{Join, check, join};
use ::accounts::{consents, names};
use askama::Template;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use kernel::Refusal;

use super::NextQuery;
use super::entry::{Pending, Way, hash_password, let_in, new_session, next_of, send_code, slowly};
use crate::App;
use crate::edge::form::{Form, FormState};
use crate::edge::page::Page;
use crate::edge::respond::{Flash, PageError, PageResult, html, html_refused, see_other};
use crate::edge::viewer::Viewer;

#[derive(Template)]
#[template(path = "accounts/signup.html")]
struct SignupPage {
    page: Page,
    form: FormState,
    next: String,
}

#[derive(Template)]
#[template(path = "accounts/signup_code.html")]
struct CodePage {
    page: Page,
    form: FormState,
    to: String,
    texts: String,
    sent_again: bool,
}

pub(super) async fn show(viewer: Viewer, Query(query): Query<NextQuery>) -> PageResult {
    if viewer.account().is_some() {
        return see_other(&query.path());
    }
    html(&SignupPage {
        page: viewer.page(),
        form: FormState::empty(),
        next: query.path(),
    })
}

pub(super) async fn ask(State(app): State<App>, viewer: Viewer, form: Form) -> PageResult {
    let next = next_of(&form);
    match send_code(&app, &viewer, Way::Signup, form.get("to")).await {
        Ok(to) => {
            let mut response = see_other("/signup/code")?;
            Pending::new(Way::Signup, &to, &next).put(&app, &mut response);
            Ok(response)
        }
        Err(PageError::Refused(refusal)) => {
            let form = FormState::refused(&viewer, &form, &refusal);
            html_refused(
                &SignupPage {
                    page: viewer.page(),
                    form,
                    next,
                },
                &refusal,
            )
        }
        Err(other) => Err(other),
    }
}

pub(super) async fn show_code(State(app): State<App>, viewer: Viewer, headers: HeaderMap) -> PageResult {
    match Pending::open(&app, &headers, Way::Signup) {
        Some(pending) => html(&code_page(&app, &viewer, &pending, FormState::empty(), false).await?),
        None => see_other("/signup"),
    }
}

pub(super) async fn finish(State(app): State<App>, viewer: Viewer, headers: HeaderMap, form: Form) -> PageResult {
    let Some(pending) = Pending::open(&app, &headers, Way::Signup) else {
        return see_other("/signup");
    };
    let again = form.is_on("again");
    let outcome = if again {
        send_code(&app, &viewer, Way::Signup, &pending.to).await.map(|_| None)
    } else {
        enter(&app, &viewer, &headers, &pending, &form).await.map(Some)
    };
    match outcome {
        Ok(Some(response)) => Ok(response),
        Ok(None) => html(&code_page(&app, &viewer, &pending, FormState::typed(&form), true).await?),
        Err(PageError::Refused(refusal)) => {
            let form = FormState::refused(&viewer, &form, &refusal);
            html_refused(&code_page(&app, &viewer, &pending, form, false).await?, &refusal)
        }
        Err(other) => Err(other),
    }
}

async fn enter(
    app: &App,
    viewer: &Viewer,
    headers: &HeaderMap,
    pending: &Pending,
    form: &Form,
) -> Result<axum::response::Response, PageError> {
    let password_hash = prove(pending, form).await?;
    let (token, session) = new_session(viewer, headers);
    let cmd = Join {
        to: pending.destination()?,
        code: form.get("code").to_owned(),
        name: form.get("name").to_owned(),
        password_hash,
        agreed: form.is_on("consent"),
        seen_texts: form.get("texts").to_owned(),
        locale: viewer.locale(),
        zone: app.settings.zone.clone(),
        session,
    };
    let joined = app.store.write("join", move |tx| join(tx, &cmd)).await?.into_result()?;
    let flash = if joined.existed {
        Flash::info("signup-existed")
    } else {
        Flash::done("signup-done").with("name", names::clean(form.get("name")).unwrap_or_default())
    };
    let_in(app, &token, &pending.next, Some(flash))
}

/// Everything that can be wrong before the code is looked at; then the hash of the password, if one was chosen.
async fn prove(pending: &Pending, form: &Form) -> Result<Option<String>, PageError> {
    let password = form.find("password").map(str::to_owned);
    let (to, name, typed, agreed) = (
        pending.destination()?,
        form.get("name").to_owned(),
        password.clone(),
        form.is_on("consent"),
    );
    let checked: Result<(), Refusal> = slowly(move || check(&to, &name, typed.as_deref(), agreed)).await?;
    checked?;
    match password {
        Some(password) => hash_password(password).await.map(Some),
        None => Ok(None),
    }
}

async fn code_page(
    app: &App,
    viewer: &Viewer,
    pending: &Pending,
    form: FormState,
    sent_again: bool,
) -> Result<CodePage, PageError> {
    let texts = app.store.read("texts_in_force", consents::in_force).await?;
    Ok(CodePage {
        page: viewer.page().hidden(),
        form,
        to: pending.to.clone(),
        texts,
        sent_again,
    })
}
