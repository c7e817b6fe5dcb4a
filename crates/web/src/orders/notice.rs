//! `/gateway/{name}/notice`: what gateways tell us. No session and no form token: the signature is the proof, and
//! nothing of the body is read before it is checked.

use axum::body::{Body, to_bytes};
use axum::extract::{Path, State};
use axum::response::{IntoResponse as _, Response};
use http::{HeaderMap, StatusCode};
use payments::notices::{self, Notice, Outcome};

use crate::App;
use crate::edge::respond::PageError;

/// The largest notice that is read.
const LARGEST: usize = 64 << 10;

/// POST
pub async fn take(
    State(app): State<App>,
    Path(name): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, PageError> {
    let Some(gateway) = app.gateways.iter().find(|gateway| gateway.name() == name).cloned() else {
        return Err(PageError::NotFound);
    };
    let Ok(body) = to_bytes(body, LARGEST).await else {
        return Err(PageError::TooLarge);
    };
    let header = |name: &str| {
        headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned)
    };
    match gateway.verify_notice(&header, &body) {
        Err(fault) => {
            let why = fault.to_string();
            app.store
                .write("notice_forged", move |tx| notices::forged(tx, &name, &why))
                .await?;
            Ok((StatusCode::BAD_REQUEST, "not believed").into_response())
        }
        Ok(said) => {
            let notice = Notice {
                gateway: name,
                event: said.event,
                payin: said.payin,
                order: said.order,
                gateway_ref: said.gateway_ref,
                amount_minor: said.amount_minor,
                currency: said.currency,
                outcome: if said.paid { Outcome::Paid } else { Outcome::Failed },
            };
            let verdict = app
                .store
                .write("notice", move |tx| notices::settle(tx, &notice))
                .await?;
            Ok((StatusCode::OK, verdict.word()).into_response())
        }
    }
}
