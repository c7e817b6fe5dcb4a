//! Bidding: the form, the look at fee and net before sending, and the same again for changes.

use ::orders::bids::{self as bids, Bid, BidDraft, EditBid, PlaceBid, Preview};
use ::orders::requests::{self as requests, FieldChange, Request, RequestState};
use askama::Template;
use axum::extract::{Path, State};
use kernel::{Actor, Id, Money, Refusal, Timestamp};
use store::{Fail, Tx};

use super::bid_form::{RowInput, draft, filled, row_inputs, tidy};
use super::views::{ChangeView, change_views};
use super::write_form::{gather, with};
use crate::App;
use crate::edge::form::{Form, FormState};
use crate::edge::page::Page;
use crate::edge::respond::{Flash, PageError, PageResult, html, html_refused, path_id, see_other, see_other_saying};
use crate::edge::viewer::{RequireLogin, Viewer};

#[derive(Template)]
#[template(path = "bids/form.html")]
struct BidPage {
    page: Page,
    form: FormState,
    id: String,
    title: String,
    brief: String,
    budget_min: Option<Money>,
    budget_max: Option<Money>,
    deadline: Option<Timestamp>,
    wish_days: Option<i64>,
    request_version: i64,
    /// One's own bid; empty for a first one.
    bid: String,
    version: i64,
    rows: Vec<RowInput>,
    rows_max: usize,
    fee: String,
    sign: String,
    changes: Vec<ChangeView>,
}

#[derive(Template)]
#[template(path = "bids/preview.html")]
struct PreviewPage {
    page: Page,
    id: String,
    title: String,
    bid: String,
    preview: Preview,
    fee: String,
    /// Everything that was typed, to be sent on.
    typed: Vec<(String, String)>,
}

struct Sheet {
    request: Request,
    own: Option<Bid>,
    fee_bp: u32,
    changes: Vec<FieldChange>,
    currency: kernel::Currency,
}

/// GET /requests/{id}/bid
pub async fn form(State(app): State<App>, me: RequireLogin, Path(id): Path<String>) -> PageResult {
    let id = path_id(&id)?;
    let sheet = read(&app, &me.viewer, id, 0).await?;
    let closed = sheet.request.state != RequestState::Open || sheet.request.is_of(&me.viewer.actor());
    if closed {
        return see_other(&format!("/requests/{id}"));
    }
    let form = sheet.own.as_ref().map_or_else(Form::default, filled);
    let state = FormState::with(&form.fields().collect::<Vec<_>>());
    html(&view(&me.viewer, sheet, state))
}

/// POST /requests/{id}/bid
pub async fn send(State(app): State<App>, me: RequireLogin, Path(id): Path<String>, form: Form) -> PageResult {
    let (id, form) = (path_id(&id)?, tidy(&form));
    let done = match form.get("act") {
        "back" => return again(&app, &me.viewer, id, &form, None).await,
        "send" => place_or_edit(&app, &me.viewer, id, &form).await,
        _ => return preview(&app, &me.viewer, id, &form).await,
    };
    match done {
        Ok(()) => see_other_saying(&app.settings, &format!("/requests/{id}"), Flash::done("bid-sent")),
        Err(PageError::Refused(refusal)) => again(&app, &me.viewer, id, &form, Some(refusal)).await,
        Err(other) => Err(other),
    }
}

async fn read(app: &App, viewer: &Viewer, id: Id, seen: i64) -> Result<Sheet, PageError> {
    let actor = viewer.actor();
    let found = app
        .store
        .read("bid_form", move |tx| sheet(tx, &actor, id, seen))
        .await?;
    found.ok_or(PageError::NotFound)
}

fn sheet(tx: &mut Tx, actor: &Actor, id: Id, seen: i64) -> Result<Option<Sheet>, Fail> {
    let Some(request) = requests::visible(tx, actor, id)? else {
        return Ok(None);
    };
    let own = bids::mine_on(tx, actor, id)?;
    let settings = site::settings::load(tx)?;
    let fee_bp = own.as_ref().map_or(settings.provider_fee_bp, |bid| bid.provider_fee_bp);
    let moved = seen > 0 && seen < request.version;
    let changes = if moved {
        requests::changes_since(tx, actor, id, seen)?
    } else {
        Vec::new()
    };
    Ok(Some(Sheet {
        request,
        own,
        fee_bp,
        changes,
        currency: settings.currency,
    }))
}

/// A commission in percent: `10%`, `7.5%`.
pub fn percent(basis_points: u32) -> String {
    let (whole, rest) = (basis_points / 100, basis_points % 100);
    let decimals = format!("{rest:02}");
    let decimals = decimals.trim_end_matches('0');
    if decimals.is_empty() {
        format!("{whole}%")
    } else {
        format!("{whole}.{decimals}%")
    }
}

fn view(viewer: &Viewer, sheet: Sheet, form: FormState) -> BidPage {
    let page = viewer.page().wide();
    let content = sheet.request.content;
    BidPage {
        id: sheet.request.id.short(),
        title: content.title,
        brief: content.brief,
        budget_min: content.budget_min,
        budget_max: content.budget_max,
        deadline: content.deadline,
        wish_days: content.wish_days,
        request_version: sheet.request.version,
        bid: sheet.own.as_ref().map(|bid| bid.id.short()).unwrap_or_default(),
        version: sheet.own.as_ref().map_or(0, |bid| bid.version),
        rows: row_inputs(&form),
        rows_max: bids::STEPS_MAX,
        fee: percent(sheet.fee_bp),
        sign: sheet.currency.symbol(),
        changes: change_views(&page, &sheet.changes),
        form,
        page,
    }
}

async fn again(app: &App, viewer: &Viewer, id: Id, form: &Form, refusal: Option<Refusal>) -> PageResult {
    let sheet = read(app, viewer, id, form.int("request_version").unwrap_or_default()).await?;
    let Some(refusal) = refusal else {
        return html(&view(
            viewer,
            sheet,
            FormState::with(&form.fields().collect::<Vec<_>>()),
        ));
    };
    html_refused(
        &view(viewer, sheet, FormState::refused(viewer, form, &refusal)),
        &refusal,
    )
}

async fn preview(app: &App, viewer: &Viewer, id: Id, form: &Form) -> PageResult {
    let sheet = read(app, viewer, id, 0).await?;
    let (typed, unreadable) = draft(form, sheet.currency);
    match look(app, viewer, id, typed, unreadable).await {
        Ok(preview) => {
            let form = with(form, &[("act", "send".to_owned())]);
            html(&PreviewPage {
                page: viewer.page(),
                id: id.short(),
                title: sheet.request.content.title,
                bid: sheet.own.map(|bid| bid.id.short()).unwrap_or_default(),
                fee: percent(preview.provider_fee_bp),
                preview,
                typed: form
                    .fields()
                    .filter(|(name, _)| *name != "act")
                    .map(|(n, v)| (n.to_owned(), v.to_owned()))
                    .collect(),
            })
        }
        Err(PageError::Refused(refusal)) => again(app, viewer, id, form, Some(refusal)).await,
        Err(other) => Err(other),
    }
}

/// What is unreadable and what the rules refuse are said together.
async fn look(
    app: &App,
    viewer: &Viewer,
    id: Id,
    typed: BidDraft,
    unreadable: Vec<Refusal>,
) -> Result<Preview, PageError> {
    let actor = viewer.actor();
    let answer = app
        .store
        .read("bid_preview", move |tx| bids::preview(tx, &actor, id, &typed))
        .await;
    match answer {
        Ok(preview) if unreadable.is_empty() => Ok(preview),
        Ok(_) => Err(gather(unreadable, None).map_or(PageError::NotFound, PageError::Refused)),
        Err(Fail::Refused(refusal)) => {
            Err(gather(unreadable, Some(*refusal)).map_or(PageError::NotFound, PageError::Refused))
        }
        Err(fault) => Err(fault.into()),
    }
}

async fn place_or_edit(app: &App, viewer: &Viewer, id: Id, form: &Form) -> Result<(), PageError> {
    let sheet = read(app, viewer, id, 0).await?;
    let (draft, unreadable) = draft(form, sheet.currency);
    if let Some(refusal) = gather(unreadable, None) {
        return Err(refusal.into());
    }
    let actor = viewer.actor();
    if let Ok(bid) = form.id("bid") {
        let cmd = EditBid {
            bid,
            seen_version: form.int("version").unwrap_or_default(),
            draft,
        };
        return Ok(app
            .store
            .write_once("edit_bid", form.once(viewer), move |tx| bids::edit(tx, &actor, &cmd))
            .await?);
    }
    let cmd = PlaceBid {
        request: id,
        seen_request_version: form.int("request_version").unwrap_or_default(),
        draft,
    };
    app.store
        .write_once("place_bid", form.once(viewer), move |tx| bids::place(tx, &actor, &cmd))
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::percent;

    #[test]
    fn commissions_are_written_as_people_write_them() {
        for (basis_points, said) in [(1_000, "10%"), (750, "7.5%"), (5, "0.05%"), (0, "0%")] {
            assert_eq!(percent(basis_points), said);
        }
    }
}
