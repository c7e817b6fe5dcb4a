//! The legal texts, and the page that asks for consent when newer ones were published.

use ::accounts::consents;
use askama::Template;
use axum::extract::{Path, Query, State};
use axum::response::IntoResponse as _;
use kernel::Actor;
use site::LegalText;

use super::NextQuery;
use super::entry::next_of;
use crate::App;
use crate::edge::form::{Form, FormState};
use crate::edge::page::Page;
use crate::edge::parts::Tab;
use crate::edge::respond::{Flash, PageError, PageResult, html, html_refused, see_other, see_other_saying};
use crate::edge::viewer::Viewer;

#[derive(Template)]
#[template(path = "accounts/legal.html")]
struct LegalPage {
    page: Page,
    text: LegalText,
    tabs: Vec<Tab>,
}

#[derive(Template)]
#[template(path = "accounts/consent.html")]
struct ConsentPage {
    page: Page,
    form: FormState,
    texts: String,
    due: Vec<LegalText>,
    next: String,
}

pub(super) async fn legal(State(app): State<App>, viewer: Viewer, Path(kind): Path<String>) -> PageResult {
    if !site::legal::KINDS.contains(&kind.as_str()) {
        return Err(PageError::NotFound);
    }
    let (locale, wanted) = (viewer.locale(), kind.clone());
    let text = app
        .store
        .read("legal_text", move |tx| Ok(site::legal::current(tx, &wanted, locale)?))
        .await?;
    let page = viewer.page();
    let tab = |of: &str, text: String| Tab::new(format!("/legal/{of}"), text, of == kind);
    let tabs = vec![
        tab(site::legal::TERMS, page.t("footer-terms")),
        tab(site::legal::PRIVACY, page.t("footer-privacy")),
        tab(site::legal::TRADING_RULES, page.t("footer-rules")),
    ];
    html(&LegalPage {
        text: text.ok_or(PageError::NotFound)?,
        page,
        tabs,
    })
}

pub(super) async fn show(State(app): State<App>, viewer: Viewer, Query(query): Query<NextQuery>) -> PageResult {
    match viewer.session() {
        None => see_other("/login"),
        Some(session) if !session.consent_due => see_other(&query.path()),
        Some(_) => html(&consent_page(&app, &viewer, FormState::empty(), query.path()).await?),
    }
}

pub(super) async fn agree(State(app): State<App>, viewer: Viewer, form: Form) -> PageResult {
    let next = next_of(&form);
    let (actor, locale, ticked, seen) = (
        viewer.actor(),
        viewer.locale(),
        form.is_on("consent"),
        form.get("texts").to_owned(),
    );
    let agreed = app
        .store
        .write("agree", move |tx| consents::agree(tx, &actor, locale, ticked, &seen))
        .await;
    match agreed.map_err(PageError::from) {
        Ok(()) => see_other_saying(&app.settings, &next, Flash::done("consent-done")),
        Err(PageError::Refused(refusal)) if viewer.account().is_some() => {
            let form = FormState::refused(&viewer, &form, &refusal);
            html_refused(&consent_page(&app, &viewer, form, next).await?, &refusal)
        }
        Err(PageError::Refused(_)) => Ok(see_other("/login")?.into_response()),
        Err(other) => Err(other),
    }
}

async fn consent_page(app: &App, viewer: &Viewer, form: FormState, next: String) -> Result<ConsentPage, PageError> {
    let (actor, locale) = (viewer.actor(), viewer.locale());
    let (texts, due) = app
        .store
        .read("consent_due", move |tx| {
            let Actor::Person { account, .. } = actor else {
                return Ok((String::new(), Vec::new()));
            };
            let mut due = Vec::new();
            for kind in consents::due(tx, account)? {
                due.extend(site::legal::current(tx, &kind, locale)?);
            }
            Ok((consents::in_force(tx)?, due))
        })
        .await?;
    Ok(ConsentPage {
        page: viewer.page().hidden(),
        form,
        texts,
        due,
        next,
    })
}
