//! `/requests/{id}/award`: the client sees every ending of a bid, then accepts it.

use ::orders::contracts::{self, Award, Preview};
use askama::Template;
use axum::extract::{Path, Query, State};
use serde::Deserialize;

use super::clauses::{Clause, clauses};
use super::outcomes::{PartTable, tables};
use crate::App;
use crate::edge::form::{Form, FormState};
use crate::edge::page::Page;
use crate::edge::respond::{Flash, PageError, PageResult, html, html_refused, path_id, see_other_saying};
use crate::edge::viewer::{RequireLogin, Viewer};
use kernel::{Id, Money};

#[derive(Template)]
#[template(path = "contracts/award.html")]
struct AwardPage {
    page: Page,
    form: FormState,
    view: AwardView,
}

/// What the page says.
struct AwardView {
    request: Id,
    bid: Id,
    title: String,
    provider: String,
    provider_id: Id,
    price: Money,
    to_pay_first: Money,
    fingerprint: String,
    tables: Vec<PartTable>,
    clauses: Vec<Clause>,
    client_fee: bool,
}

/// Which bid.
#[derive(Deserialize)]
pub struct Which {
    #[serde(default)]
    bid: String,
}

async fn view(app: &App, viewer: &Viewer, bid: Id) -> Result<AwardView, PageError> {
    let (actor, locale) = (viewer.actor(), viewer.locale());
    let view = app.store.read("award_page", move |tx| {
        let seen = contracts::preview(tx, &actor, bid)?;
        let name = accounts::people::card(tx, seen.bid.provider)?
            .map(|person| person.name)
            .unwrap_or_default();
        Ok(tell(&seen, name, locale))
    });
    Ok(view.await?)
}

fn tell(seen: &Preview, provider: String, locale: kernel::Locale) -> AwardView {
    let titles: Vec<_> = seen.plan.iter().map(|part| part.title.clone()).collect();
    let first = seen.table.parts.first().map_or(0, |part| {
        let paid = part.rows.iter().map(|row| row.amounts.paid_in.max).max();
        paid.unwrap_or(part.price_minor)
    });
    AwardView {
        request: seen.bid.request,
        bid: seen.bid.bid,
        title: seen.bid.title.clone(),
        provider,
        provider_id: seen.bid.provider,
        price: seen.bid.price,
        to_pay_first: Money::new(first, seen.bid.currency),
        fingerprint: seen.fingerprint.clone(),
        tables: tables(&seen.table, None, &titles, locale),
        clauses: clauses(&seen.process, &seen.terms, locale),
        client_fee: seen.terms.fee.client_bp > 0,
    }
}

/// GET
pub async fn show(
    State(app): State<App>,
    me: RequireLogin,
    Path(_request): Path<String>,
    Query(which): Query<Which>,
) -> PageResult {
    let view = view(&app, &me.viewer, path_id(&which.bid)?).await?;
    html(&AwardPage {
        page: me.viewer.page().hidden(),
        form: FormState::empty(),
        view,
    })
}

/// POST
pub async fn award(State(app): State<App>, me: RequireLogin, Path(_request): Path<String>, form: Form) -> PageResult {
    let bid = path_id(form.get("bid"))?;
    let cmd = Award {
        bid,
        fingerprint: form.get("fingerprint").to_owned(),
    };
    let actor = me.viewer.actor();
    let done = app.store.write_once("award", form.once(&me.viewer), move |tx| {
        contracts::award(tx, &actor, &cmd)
    });
    match done.await.map_err(PageError::from) {
        Ok(contract) => see_other_saying(
            &app.settings,
            &format!("/contracts/{contract}"),
            Flash::done("contract-offered-said"),
        ),
        Err(PageError::Refused(refusal)) if refusal.code == "contract-terms-changed" => {
            let view = view(&app, &me.viewer, bid).await?;
            let form = FormState::refused(&me.viewer, &form, &refusal);
            html_refused(
                &AwardPage {
                    page: me.viewer.page().hidden(),
                    form,
                    view,
                },
                &refusal,
            )
        }
        Err(other) => Err(other),
    }
}
