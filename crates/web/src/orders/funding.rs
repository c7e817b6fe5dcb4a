//! Paying a part into escrow: begin, be taken to the gateway, come back and see what became of it.

use std::time::Duration;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use http::{HeaderValue, StatusCode, header};
use kernel::Id;
use payments::payins::{self, Begin, PayinPage, PayinState};

use crate::App;
use crate::edge::form::Form;
use crate::edge::page::Page;
use crate::edge::parts::{Badge, Tone};
use crate::edge::respond::{PageError, PageResult, html, path_id, see_other};
use crate::edge::viewer::{RequireLogin, Viewer};
use crate::orders::workroom;

#[derive(Template)]
#[template(path = "payins/payin.html")]
struct PayinTemplate {
    page: Page,
    view: PayinView,
}

/// What the page says.
struct PayinView {
    badge: Badge,
    state: PayinState,
    found: PayinPage,
}

/// POST /orders/{id}/parts/{part}/funding
pub async fn begin(
    State(app): State<App>,
    me: RequireLogin,
    Path((id, part)): Path<(String, String)>,
    form: Form,
) -> PageResult {
    let id = path_id(&id)?;
    match start(&app, &me.viewer, id, &part, &form).await {
        Ok(payin) => to_gateway(&app, &me.viewer, payin).await,
        Err(PageError::Refused(refusal)) => {
            let form = form_with_part(&form, &part);
            workroom::again(&app, &me.viewer, id, form.get("transition"), &form, &refusal).await
        }
        Err(other) => Err(other),
    }
}

fn form_with_part(form: &Form, part: &str) -> Form {
    Form::from_pairs(&[("part", part), ("transition", form.get("transition"))])
}

async fn start(app: &App, viewer: &Viewer, order: Id, part: &str, form: &Form) -> Result<Id, PageError> {
    let part = part.parse().map_err(|_| PageError::NotFound)?;
    let gateway = app
        .gateways
        .first()
        .map(|gateway| gateway.name())
        .ok_or_else(|| PageError::Refused(payins::PayinRefusal::NoGateway.into()))?;
    let cmd = Begin {
        order,
        part,
        seen_version: form.int("version")?,
        gateway: gateway.to_owned(),
    };
    let actor = viewer.actor();
    Ok(app
        .store
        .write_once("begin_payin", form.once(viewer), move |tx| {
            payins::begin(tx, &actor, &cmd)
        })
        .await?)
}

/// Takes the payer to the gateway as soon as it has opened a page; shows a waiting page when that takes long.
async fn to_gateway(app: &App, viewer: &Viewer, payin: Id) -> PageResult {
    for _ in 0..20 {
        let found = find(app, viewer, payin).await?;
        match (found.payin.state, found.payin.pay_url) {
            (PayinState::Waiting, Some(url)) => return away(&url),
            (PayinState::Begun, _) => tokio::time::sleep(Duration::from_millis(150)).await,
            _ => break,
        }
    }
    see_other(&format!("/payins/{payin}"))
}

/// Leaves the market for an address that the gateway gave us.
fn away(url: &str) -> PageResult {
    let place = HeaderValue::from_str(url).map_err(PageError::fault)?;
    let mut answer: Response = StatusCode::SEE_OTHER.into_response();
    answer.headers_mut().insert(header::LOCATION, place);
    Ok(answer)
}

async fn find(app: &App, viewer: &Viewer, payin: Id) -> Result<PayinPage, PageError> {
    let actor = viewer.actor();
    app.store
        .read("payin_page", move |tx| payins::find_for(tx, &actor, payin))
        .await?
        .ok_or(PageError::NotFound)
}

/// GET /payins/{id}
pub async fn show(State(app): State<App>, me: RequireLogin, Path(id): Path<String>) -> PageResult {
    let found = find(&app, &me.viewer, path_id(&id)?).await?;
    let state = found.payin.state;
    let tone = match state {
        PayinState::Begun | PayinState::Waiting => Tone::Waiting,
        PayinState::Paid => Tone::Safe,
        PayinState::Returned => Tone::Waiting,
        PayinState::Failed => Tone::Loss,
        PayinState::Expired => Tone::Over,
    };
    let key = format!("payin-state-{}", state.word());
    let badge = Badge::new(tone, crate::edge::i18n::t(me.viewer.locale(), &key));
    let mut answer = html(&PayinTemplate {
        page: me.viewer.page().hidden(),
        view: PayinView { badge, state, found },
    })?;
    if state.is_live() {
        // Works without scripts: the page looks again by itself until the gateway has answered.
        answer.headers_mut().insert("refresh", HeaderValue::from_static("3"));
    }
    Ok(answer)
}

/// GET /payins/{id}/page: on to the gateway's page.
pub async fn go(State(app): State<App>, me: RequireLogin, Path(id): Path<String>) -> PageResult {
    let found = find(&app, &me.viewer, path_id(&id)?).await?;
    match found.payin.pay_url {
        Some(url) if found.payin.state == PayinState::Waiting => away(&url),
        _ => see_other(&format!("/payins/{}", found.payin.id)),
    }
}
