//! The page of notices.

use ::talk::notifications::{self, NoticeList};
use askama::Template;
use axum::extract::{Path, Query, State};
use kernel::Id;

use crate::App;
use crate::edge::form::Form;
use crate::edge::page::Page;
use crate::edge::parts::Pager;
use crate::edge::respond::{Flash, PageResult, html, path_id, see_other, see_other_saying};
use crate::edge::viewer::RequireLogin;

#[derive(Template)]
#[template(path = "talk/notices.html")]
struct NoticesPage {
    page: Page,
    list: NoticeList,
    pager: Pager,
    newest: Option<Id>,
}

impl NoticesPage {
    /// The drawing beside a notice.
    fn icon_of(&self, kind: &str) -> &'static str {
        match kind.split('-').next().unwrap_or_default() {
            "message" => "message-circle",
            "review" => "star",
            "bid" => "hammer",
            "contract" => "file-signature",
            "payin" | "refund" => "banknote",
            "order" if kind == "order-reminder" => "hourglass",
            "order" if matches!(kind, "order-fund" | "order-accept" | "order-accept-silence") => "shield-check",
            "order" => "package",
            _ => "clipboard-list",
        }
    }
}

/// Where the list goes on.
#[derive(serde::Deserialize, Default)]
pub(super) struct Before {
    #[serde(default)]
    before: String,
}

pub(super) async fn list(State(app): State<App>, me: RequireLogin, Query(before): Query<Before>) -> PageResult {
    let before = if before.before.is_empty() {
        None
    } else {
        Some(path_id(&before.before)?)
    };
    let (actor, locale) = (me.viewer.actor(), me.viewer.locale());
    let zone = me.viewer.session().map(|s| s.zone.clone()).unwrap_or_default();
    let list = app
        .store
        .read("notices", move |tx| {
            notifications::list(tx, &actor, locale, &zone, before)
        })
        .await?;
    let pager = Pager {
        newer: before.map(|_| "/notifications".to_owned()),
        older: list.next.map(|id| format!("/notifications?before={id}")),
    };
    let newest = list.notices.first().map(|n| n.id);
    html(&NoticesPage {
        page: me.viewer.page().hidden(),
        list,
        pager,
        newest,
    })
}

pub(super) async fn read_all(State(app): State<App>, me: RequireLogin, form: Form) -> PageResult {
    let (actor, up_to) = (me.viewer.actor(), form.id("up_to")?);
    app.store
        .write("notices_read", move |tx| {
            notifications::mark_all_read(tx, &actor, up_to)
        })
        .await?;
    see_other_saying(&app.settings, "/notifications", Flash::done("talk-all-read"))
}

pub(super) async fn read_one(State(app): State<App>, me: RequireLogin, Path(id): Path<String>) -> PageResult {
    let (actor, id) = (me.viewer.actor(), path_id(&id)?);
    let link = app
        .store
        .write("notice_read", move |tx| notifications::mark_read(tx, &actor, id))
        .await?;
    see_other(&link)
}
