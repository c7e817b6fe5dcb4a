//! What the market may ask of the sandbox. Every call is signed with the shared secret; a repeat is answered alike.

use aws_lc_rs::rand;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;

use super::super::signing::{SIGNATURE, TIME, ask_holds, is_near};
use super::super::wire::{CreatePayin, CreateRefund, PayinCreated, PayinStands, RefundStands};
use super::Shared;
use super::book::{Pages, PayinEntry, RefundEntry};

type No = (StatusCode, &'static str);

const fn no(status: StatusCode, why: &'static str) -> No {
    (status, why)
}

/// Whether the merchant signed this call.
fn signed(gateway: &Shared, method: &Method, uri: &Uri, headers: &HeaderMap, body: &[u8]) -> Result<(), No> {
    let text = |name: &str| {
        headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    };
    let holds = ask_holds(
        &gateway.config.merchant_secret,
        text(TIME),
        method.as_str(),
        uri.path(),
        body,
        text(SIGNATURE),
    );
    if holds && is_near(text(TIME)) {
        Ok(())
    } else {
        Err(no(StatusCode::UNAUTHORIZED, "bad signature"))
    }
}

fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, No> {
    serde_json::from_slice(body).map_err(|_| no(StatusCode::BAD_REQUEST, "bad body"))
}

fn kept<T>(kept: std::io::Result<Result<T, No>>) -> Result<T, No> {
    kept.map_err(|_| no(StatusCode::SERVICE_UNAVAILABLE, "the book cannot be written"))?
}

fn json<T: serde::Serialize>(value: &T) -> Response {
    axum::Json(value).into_response()
}

/// A name nobody can guess.
fn secret_name() -> Result<String, No> {
    let mut bytes = [0_u8; 16];
    rand::fill(&mut bytes).map_err(|_| no(StatusCode::SERVICE_UNAVAILABLE, "no randomness"))?;
    Ok(hex::encode(bytes))
}

/// `POST /api/payins`
pub(super) async fn create_payin(
    State(gateway): State<Shared>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, No> {
    signed(&gateway, &method, &uri, &headers, &body)?;
    let asked: CreatePayin = read(&body)?;
    if asked.amount_minor <= 0 {
        return Err(no(StatusCode::UNPROCESSABLE_ENTITY, "bad amount"));
    }
    let token = secret_name()?;
    let entry = kept(gateway.book.write(|pages| open(pages, asked, token)))?;
    let pay_url = format!("{}/pay/{}", gateway.config.public_url, entry.token);
    Ok(json(&PayinCreated {
        gateway_ref: entry.gateway_ref,
        pay_url,
    }))
}

fn open(pages: &mut Pages, asked: CreatePayin, token: String) -> Result<PayinEntry, No> {
    if let Some(entry) = pages.payins.get(&asked.payin) {
        let same = CreatePayin {
            expires_at_s: asked.expires_at_s,
            ..entry.asked.clone()
        } == asked;
        return if same {
            Ok(entry.clone())
        } else {
            Err(no(StatusCode::CONFLICT, "the key is taken"))
        };
    }
    let gateway_ref = format!("SBX{:010}", pages.number());
    let entry = PayinEntry {
        gateway_ref,
        token,
        state: "pending".to_owned(),
        refunded_minor: 0,
        asked,
    };
    pages.payins.insert(entry.asked.payin.clone(), entry.clone());
    Ok(entry)
}

fn stands(entry: &PayinEntry) -> PayinStands {
    PayinStands {
        payin: entry.asked.payin.clone(),
        order: entry.asked.order.clone(),
        gateway_ref: entry.gateway_ref.clone(),
        amount_minor: entry.asked.amount_minor,
        currency: entry.asked.currency.clone(),
        state: entry.state.clone(),
    }
}

/// `GET /api/payins/{payin}`
pub(super) async fn payin(
    State(gateway): State<Shared>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    Path(payin): Path<String>,
) -> Result<Response, No> {
    signed(&gateway, &method, &uri, &headers, b"")?;
    let found = gateway.book.read(|pages| pages.payins.get(&payin).map(stands));
    found
        .map(|found| json(&found))
        .ok_or(no(StatusCode::NOT_FOUND, "no such payin"))
}

/// `POST /api/payins/{payin}/close`
pub(super) async fn close_payin(
    State(gateway): State<Shared>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    Path(payin): Path<String>,
    body: Bytes,
) -> Result<Response, No> {
    signed(&gateway, &method, &uri, &headers, &body)?;
    let closed = kept(gateway.book.write(|pages| {
        let entry = pages
            .payins
            .get_mut(&payin)
            .ok_or(no(StatusCode::NOT_FOUND, "no such payin"))?;
        if entry.state == "pending" {
            "closed".clone_into(&mut entry.state);
        }
        Ok(stands(entry))
    }))?;
    Ok(json(&closed))
}

/// `POST /api/refunds`
pub(super) async fn create_refund(
    State(gateway): State<Shared>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, No> {
    signed(&gateway, &method, &uri, &headers, &body)?;
    let asked: CreateRefund = read(&body)?;
    let sent = kept(gateway.book.write(|pages| send_back(pages, &asked)))?;
    Ok(json(&sent))
}

fn send_back(pages: &mut Pages, asked: &CreateRefund) -> Result<RefundStands, No> {
    if let Some(known) = pages.refunds.get(&asked.refund) {
        let same =
            known.payin == asked.payin && known.amount_minor == asked.amount_minor && known.currency == asked.currency;
        let gateway_ref = known.gateway_ref.clone();
        return if same {
            Ok(done(asked, gateway_ref))
        } else {
            Err(no(StatusCode::CONFLICT, "the key is taken"))
        };
    }
    let gateway_ref = format!("SBR{:010}", pages.number());
    let entry = pages
        .payins
        .get_mut(&asked.payin)
        .ok_or(no(StatusCode::NOT_FOUND, "no such payin"))?;
    let left = entry.asked.amount_minor - entry.refunded_minor;
    if entry.state != "paid"
        || asked.amount_minor <= 0
        || asked.amount_minor > left
        || asked.currency != entry.asked.currency
    {
        return Err(no(StatusCode::UNPROCESSABLE_ENTITY, "more than was paid"));
    }
    entry.refunded_minor += asked.amount_minor;
    let refund = RefundEntry {
        payin: asked.payin.clone(),
        amount_minor: asked.amount_minor,
        currency: asked.currency.clone(),
        gateway_ref: gateway_ref.clone(),
    };
    pages.refunds.insert(asked.refund.clone(), refund);
    Ok(done(asked, gateway_ref))
}

fn done(asked: &CreateRefund, gateway_ref: String) -> RefundStands {
    RefundStands {
        refund: asked.refund.clone(),
        gateway_ref,
        state: "done".to_owned(),
    }
}

/// `GET /api/refunds/{refund}`
pub(super) async fn refund(
    State(gateway): State<Shared>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    Path(refund): Path<String>,
) -> Result<Response, No> {
    signed(&gateway, &method, &uri, &headers, b"")?;
    let found = gateway
        .book
        .read(|pages| pages.refunds.get(&refund).map(|entry| entry.gateway_ref.clone()));
    let gateway_ref = found.ok_or(no(StatusCode::NOT_FOUND, "no such refund"))?;
    Ok(json(&RefundStands {
        refund,
        gateway_ref,
        state: "done".to_owned(),
    }))
}
