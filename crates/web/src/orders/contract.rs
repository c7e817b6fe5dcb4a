//! `/contracts/{id}`: what both sides agree on, with every ending; the provider agrees or declines.

use ::orders::contracts::{self, Agree, ContractPage, ContractState, Decline};
use ::orders::orders::Side;
use askama::Template;
use axum::extract::{Path, State};
use kernel::{Id, Locale, Money, Timestamp};

use super::capitals::capitals;
use super::clauses::{Clause, clauses};
use super::outcomes::{PartTable, tables};
use crate::App;
use crate::edge::form::{Form, FormState};
use crate::edge::page::Page;
use crate::edge::parts::{Badge, Tone};
use crate::edge::respond::{Flash, PageError, PageResult, html, html_refused, path_id, see_other_saying};
use crate::edge::viewer::{RequireLogin, Viewer};

#[derive(Template)]
#[template(path = "contracts/contract.html")]
struct ContractTemplate {
    page: Page,
    form: FormState,
    view: ContractView,
}

/// What the page says.
struct ContractView {
    id: Id,
    title: String,
    brief: String,
    badge: Badge,
    state: ContractState,
    is_client: bool,
    is_provider: bool,
    client: (Id, String),
    provider: (Id, String),
    client_agreed_at: Timestamp,
    provider_agreed_at: Option<Timestamp>,
    ended_at: Option<Timestamp>,
    answer_by: Option<Timestamp>,
    note: String,
    order: Option<Id>,
    total: Money,
    total_capitals: Option<String>,
    parts: Vec<PlanRow>,
    clauses: Vec<Clause>,
    tables: Vec<PartTable>,
    fingerprint: String,
    process: String,
}

/// One milestone.
struct PlanRow {
    number: usize,
    title: String,
    days: i64,
    amount: Money,
    capitals: Option<String>,
}

fn tell(found: ContractPage, locale: Locale) -> ContractView {
    let contract = found.contract;
    let currency = contract.total.currency();
    let titles: Vec<_> = contract.plan.iter().map(|part| part.title.clone()).collect();
    let key = format!("contract-state-{}", contract.state.word());
    let tone = match contract.state {
        ContractState::Offered => Tone::Waiting,
        ContractState::Agreed => Tone::Seal,
        ContractState::Declined | ContractState::Withdrawn => Tone::Over,
    };
    ContractView {
        id: contract.id,
        badge: Badge::new(tone, crate::edge::i18n::t(locale, &key)),
        is_client: found.side == Some(Side::Client),
        is_provider: found.side == Some(Side::Provider),
        client: (contract.client, found.client_name),
        provider: (contract.provider, found.provider_name),
        client_agreed_at: contract.client_agreed_at,
        provider_agreed_at: contract.provider_agreed_at,
        ended_at: contract.ended_at,
        answer_by: found.answer_by,
        note: contract.note,
        order: contract.order,
        total: contract.total,
        total_capitals: capitals(&contract.total),
        parts: contract
            .plan
            .iter()
            .zip(1..)
            .map(|(part, number)| {
                let amount = Money::new(part.amount_minor, currency);
                PlanRow {
                    number,
                    title: part.title.clone(),
                    days: part.days,
                    amount,
                    capitals: capitals(&amount),
                }
            })
            .collect(),
        clauses: clauses(&found.process, &contract.terms, locale),
        tables: tables(&found.table, None, &titles, locale),
        fingerprint: contract.fingerprint,
        process: format!("{} v{}", found.process.label().pick(locale), contract.process_version),
        title: contract.title,
        brief: contract.brief,
        state: contract.state,
    }
}

async fn view(app: &App, viewer: &Viewer, id: Id) -> Result<ContractView, PageError> {
    let actor = viewer.actor();
    let found = app
        .store
        .read("contract_page", move |tx| contracts::find_for(tx, &actor, id))
        .await?;
    found
        .map(|found| tell(found, viewer.locale()))
        .ok_or(PageError::NotFound)
}

/// GET
pub async fn show(State(app): State<App>, me: RequireLogin, Path(id): Path<String>) -> PageResult {
    let view = view(&app, &me.viewer, path_id(&id)?).await?;
    html(&ContractTemplate {
        page: me.viewer.page().hidden(),
        form: FormState::empty(),
        view,
    })
}

/// Shows the contract again with what was refused.
async fn again(app: &App, me: &RequireLogin, id: Id, form: &Form, error: PageError) -> PageResult {
    let PageError::Refused(refusal) = error else {
        return Err(error);
    };
    let view = view(app, &me.viewer, id).await?;
    let form = FormState::refused(&me.viewer, form, &refusal);
    html_refused(
        &ContractTemplate {
            page: me.viewer.page().hidden(),
            form,
            view,
        },
        &refusal,
    )
}

/// POST /contracts/{id}/agreement
pub async fn agree(State(app): State<App>, me: RequireLogin, Path(id): Path<String>, form: Form) -> PageResult {
    let id = path_id(&id)?;
    let (actor, cmd) = (
        me.viewer.actor(),
        Agree {
            contract: id,
            fingerprint: form.get("fingerprint").to_owned(),
        },
    );
    let done = app
        .store
        .write_once("agree", form.once(&me.viewer), move |tx| {
            contracts::agree(tx, &actor, &cmd)
        })
        .await;
    match done.map_err(PageError::from) {
        Ok(order) => see_other_saying(
            &app.settings,
            &format!("/orders/{order}"),
            Flash::done("contract-agreed-said"),
        ),
        Err(error) => again(&app, &me, id, &form, error).await,
    }
}

/// POST /contracts/{id}/refusal
pub async fn decline(State(app): State<App>, me: RequireLogin, Path(id): Path<String>, form: Form) -> PageResult {
    let id = path_id(&id)?;
    let (actor, cmd) = (
        me.viewer.actor(),
        Decline {
            contract: id,
            note: form.get("note").to_owned(),
        },
    );
    let done = app
        .store
        .write_once("decline_contract", form.once(&me.viewer), move |tx| {
            contracts::decline(tx, &actor, &cmd)
        })
        .await;
    match done.map_err(PageError::from) {
        Ok(()) => see_other_saying(
            &app.settings,
            &format!("/contracts/{id}"),
            Flash::done("contract-declined-said"),
        ),
        Err(error) => again(&app, &me, id, &form, error).await,
    }
}

/// POST /contracts/{id}/withdrawal
pub async fn withdraw(State(app): State<App>, me: RequireLogin, Path(id): Path<String>, form: Form) -> PageResult {
    let id = path_id(&id)?;
    let actor = me.viewer.actor();
    let done = app
        .store
        .write_once("withdraw_contract", form.once(&me.viewer), move |tx| {
            contracts::withdraw(tx, &actor, id)
        })
        .await;
    match done.map_err(PageError::from) {
        Ok(()) => see_other_saying(
            &app.settings,
            &format!("/contracts/{id}"),
            Flash::done("contract-withdrawn-said"),
        ),
        Err(error) => again(&app, &me, id, &form, error).await,
    }
}
