//! A step of an order: `POST /orders/{id}/moves/{transition}`, for every transition of every process.

use ::orders::orders::{self, Fire};
use axum::extract::{Path, State};
use kernel::Id;

use super::actions::typed_shares;
use super::workroom;
use crate::App;
use crate::edge::multipart::UploadForm;
use crate::edge::respond::{Flash, PageError, PageResult, path_id, see_other_saying};
use crate::edge::viewer::{RequireLogin, Viewer};

/// POST
pub async fn fire(
    State(app): State<App>,
    me: RequireLogin,
    Path((id, transition)): Path<(String, String)>,
    sent: UploadForm,
) -> PageResult {
    let id = path_id(&id)?;
    match take(&app, &me.viewer, id, &transition, &sent).await {
        Ok(()) => see_other_saying(&app.settings, &format!("/orders/{id}"), Flash::done("order-step-said")),
        Err(PageError::Refused(refusal)) => {
            workroom::again(&app, &me.viewer, id, &transition, &sent.form, &refusal).await
        }
        Err(other) => Err(other),
    }
}

/// The part a form names; none for the whole order.
pub fn part(text: &str) -> Result<Option<usize>, PageError> {
    if text.is_empty() {
        Ok(None)
    } else {
        text.parse().map(Some).map_err(|_| PageError::NotFound)
    }
}

async fn take(app: &App, viewer: &Viewer, id: Id, transition: &str, sent: &UploadForm) -> Result<(), PageError> {
    let order = workroom::read(app, viewer, id).await?;
    let (form, actor) = (&sent.form, viewer.actor());
    let part = part(form.get("part"))?;
    let cmd = Fire {
        transition: transition.to_owned(),
        part,
        seen_version: form.int("version")?,
        note: form.get("note").to_owned(),
        reason: form.get("reason").to_owned(),
        files: crate::files::keep(app, viewer, &sent.files).await?,
        shares: typed_shares(&order, form, transition, part)?,
    };
    let fired = app.store.write_once("order_step", form.once(viewer), move |tx| {
        orders::fire(tx, &actor, id, &cmd).map(|fired| fired.version)
    });
    fired.await?;
    Ok(())
}
