//! `/statement`: one's wallet, posting by posting.

use askama::Template;
use axum::extract::{Query, State};
use kernel::{Id, Locale, Money, Timestamp};
use payments::statement::{self, Line, StatementPage};
use serde::Deserialize;

use crate::App;
use crate::edge::i18n::{has, t};
use crate::edge::page::Page;
use crate::edge::parts::Pager;
use crate::edge::respond::{PageResult, html};
use crate::edge::viewer::RequireLogin;

#[derive(Template)]
#[template(path = "statement/statement.html")]
struct StatementTemplate {
    page: Page,
    view: StatementPage,
    rows: Vec<Row>,
    pager: Pager,
}

/// One posting.
struct Row {
    at: Timestamp,
    what: String,
    order: Option<Id>,
    title: String,
    part: String,
    amount: Money,
    balance: Option<Money>,
}

/// Which page.
#[derive(Deserialize)]
pub struct Which {
    #[serde(default)]
    before: String,
}

fn row(line: &Line, locale: Locale) -> Row {
    let key = format!("ledger-transfer-{}", line.kind.replace('_', "-"));
    let key = if has(locale, &key) {
        key
    } else {
        "ledger-transfer-other".to_owned()
    };
    Row {
        at: line.at,
        what: t(locale, &key),
        order: line.order,
        title: line.title.clone(),
        part: line.part_title.clone(),
        amount: line.amount,
        balance: line.balance,
    }
}

/// GET
pub async fn show(State(app): State<App>, me: RequireLogin, Query(which): Query<Which>) -> PageResult {
    let (actor, locale) = (me.viewer.actor(), me.viewer.locale());
    let before = which.before.parse().ok();
    let view = app
        .store
        .read("statement", move |tx| statement::page(tx, &actor, before, 50))
        .await?;
    let rows = view.lines.iter().map(|line| row(line, locale)).collect();
    let pager = Pager {
        newer: None,
        older: view.next.map(|id| format!("/statement?before={id}")),
    };
    html(&StatementTemplate {
        page: me.viewer.page().hidden(),
        view,
        rows,
        pager,
    })
}
