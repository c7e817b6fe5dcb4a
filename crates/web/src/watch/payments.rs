//! Payments: every payin, and everything gateways told us with what became of it.

use ::payments::notices::{self, NoticeRow};
use ::payments::payins::{self, Payin, PayinState};
use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;

use super::nav::{self, Before};
use crate::App;
use crate::edge::i18n::has;
use crate::edge::page::Page;
use crate::edge::parts::{Badge, Pager, Tab, Tone};
use crate::edge::respond::{PageResult, html};
use crate::edge::viewer::RequireStaff;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/watch/payments", get(payins))
        .route("/watch/payments/notices", get(notices))
}

fn tabs(page: &Page, here: &str) -> Vec<Tab> {
    let tab = |href: &str, text: String| Tab::new(href, text, href == here);
    vec![
        tab("/watch/payments", page.t("watch-payins")),
        tab("/watch/payments/notices", page.t("watch-notices")),
    ]
}

#[derive(Template)]
#[template(path = "watch/payins.html")]
struct PayinsPage {
    page: Page,
    nav: Vec<Tab>,
    tabs: Vec<Tab>,
    payins: Vec<Payin>,
    pager: Pager,
}

impl PayinsPage {
    fn badge(&self, payin: &Payin) -> Badge {
        let tone = match payin.state {
            PayinState::Begun | PayinState::Waiting => Tone::Waiting,
            PayinState::Paid => Tone::Safe,
            PayinState::Returned | PayinState::Failed => Tone::Loss,
            PayinState::Expired => Tone::Over,
        };
        Badge::new(tone, self.page.t(&format!("payin-state-{}", payin.state.word())))
    }
}

async fn payins(State(app): State<App>, staff: RequireStaff, Query(before): Query<Before>) -> PageResult {
    let from = before.id();
    let payins = app
        .store
        .read("watch_payins", move |tx| payins::operator_list(tx, from, nav::ROWS))
        .await?;
    let page = staff.viewer.page().wide();
    let pager = nav::pager(
        "/watch/payments",
        &before,
        payins.len(),
        payins.last().map(|p| p.id.short()),
    );
    let (nav, tabs) = (nav::tabs(&page, "/watch/payments"), tabs(&page, "/watch/payments"));
    html(&PayinsPage {
        page,
        nav,
        tabs,
        payins,
        pager,
    })
}

#[derive(Template)]
#[template(path = "watch/notices.html")]
struct NoticesPage {
    page: Page,
    nav: Vec<Tab>,
    tabs: Vec<Tab>,
    notices: Vec<NoticeRow>,
    pager: Pager,
}

impl NoticesPage {
    fn badge(&self, notice: &NoticeRow) -> Badge {
        let tone = match notice.verdict.as_str() {
            "taken" => Tone::Safe,
            "repeated" | "ignored" => Tone::Over,
            "late" => Tone::Waiting,
            _ => Tone::Loss,
        };
        let key = format!("watch-verdict-{}", notice.verdict.replace('_', "-"));
        let said = if has(self.page.viewer.locale(), &key) {
            self.page.t(&key)
        } else {
            notice.verdict.clone()
        };
        Badge::new(tone, said)
    }
}

async fn notices(State(app): State<App>, staff: RequireStaff, Query(before): Query<Before>) -> PageResult {
    let from = before.id();
    let notices = app
        .store
        .read("watch_notices", move |tx| notices::list(tx, from, nav::ROWS))
        .await?;
    let page = staff.viewer.page().wide();
    let pager = nav::pager(
        "/watch/payments/notices",
        &before,
        notices.len(),
        notices.last().map(|n| n.id.short()),
    );
    let (nav, tabs) = (
        nav::tabs(&page, "/watch/payments"),
        tabs(&page, "/watch/payments/notices"),
    );
    html(&NoticesPage {
        page,
        nav,
        tabs,
        notices,
        pager,
    })
}
