//! The ledger: trial balance, accounts, transfers with their postings, one account's postings.

use std::collections::HashMap;

use ::ledger::{Account, AccountRow, Purpose, StatementLine, TransferRow, TrialRow};
use askama::Template;
use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;
use kernel::Id;
use serde::Deserialize;
use store::{Fault, Tx};

use super::nav::{self, Before};
use crate::App;
use crate::edge::page::Page;
use crate::edge::parts::{Pager, Tab};
use crate::edge::respond::{PageError, PageResult, html};
use crate::edge::viewer::RequireStaff;

pub fn routes() -> Router<App> {
    Router::new()
        .route("/watch/ledger", get(transfers))
        .route("/watch/ledger/accounts", get(accounts))
        .route("/watch/ledger/account", get(account))
}

/// Names of people and titles of orders behind accounts, looked up once a page.
pub type Names = HashMap<Id, String>;

/// An account in words: its purpose, and whose it is.
pub fn said(page: &Page, names: &Names, account: &Account) -> String {
    let purpose = purpose_word(page, account.purpose());
    let name = |id: &Id| names.get(id).cloned().unwrap_or_else(|| id.short());
    match account {
        Account::Wallet(owner) | Account::RefundDue(owner) => format!("{purpose} · {}", name(owner)),
        Account::Escrow { order, part } => format!("{purpose} · {} · {}", name(order), part + 1),
        Account::Revenue => purpose,
        Account::GatewayClearing(gateway) => format!("{purpose} · {gateway}"),
    }
}

fn purpose_word(page: &Page, purpose: Purpose) -> String {
    match purpose {
        Purpose::Wallet => page.t("ledger-account-wallet"),
        Purpose::Escrow => page.t("ledger-account-escrow"),
        Purpose::RefundDue => page.t("ledger-account-refund-due"),
        Purpose::Revenue => page.t("ledger-account-revenue"),
        Purpose::Clearing => page.t("ledger-account-clearing"),
    }
}

/// Learns the name behind an account.
pub fn learn(tx: &mut Tx, names: &mut Names, account: &Account) -> Result<(), Fault> {
    let (id, found) = match account {
        Account::Wallet(owner) | Account::RefundDue(owner) => {
            (*owner, ::accounts::people::card(tx, *owner)?.map(|p| p.name))
        }
        Account::Escrow { order, .. } => (*order, ::orders::orders::heading(tx, *order)?.map(|(title, _)| title)),
        Account::Revenue | Account::GatewayClearing(_) => return Ok(()),
    };
    if let Some(name) = found {
        names.insert(id, name);
    }
    Ok(())
}

fn tabs(page: &Page, here: &str) -> Vec<Tab> {
    let tab = |href: &str, text: String| Tab::new(href, text, href == here);
    vec![
        tab("/watch/ledger", page.t("watch-ledger-transfers")),
        tab("/watch/ledger/accounts", page.t("watch-ledger-accounts")),
    ]
}

#[derive(Template)]
#[template(path = "watch/ledger.html")]
struct TransfersPage {
    page: Page,
    nav: Vec<Tab>,
    tabs: Vec<Tab>,
    trial: Vec<TrialRow>,
    transfers: Vec<TransferRow>,
    names: Names,
    pager: Pager,
}

impl TransfersPage {
    fn said(&self, account: &Account) -> String {
        said(&self.page, &self.names, account)
    }
}

async fn transfers(State(app): State<App>, staff: RequireStaff, Query(before): Query<Before>) -> PageResult {
    let from = before.id();
    let read = app.store.read("watch_transfers", move |tx| {
        let transfers = ::ledger::transfers(tx, from, nav::ROWS)?;
        let mut names = Names::new();
        for posting in transfers.iter().flat_map(|t| &t.postings) {
            learn(tx, &mut names, &posting.account)?;
        }
        Ok((::ledger::trial_balance(tx)?, transfers, names))
    });
    let (trial, transfers, names) = read.await?;
    let page = staff.viewer.page().wide();
    let pager = nav::pager(
        "/watch/ledger",
        &before,
        transfers.len(),
        transfers.last().map(|t| t.id.short()),
    );
    let (nav, tabs) = (nav::tabs(&page, "/watch/ledger"), tabs(&page, "/watch/ledger"));
    html(&TransfersPage {
        page,
        nav,
        tabs,
        trial,
        transfers,
        names,
        pager,
    })
}

#[derive(Template)]
#[template(path = "watch/ledger_accounts.html")]
struct AccountsPage {
    page: Page,
    nav: Vec<Tab>,
    tabs: Vec<Tab>,
    accounts: Vec<AccountRow>,
    names: Names,
    pager: Pager,
}

impl AccountsPage {
    fn said(&self, account: &Account) -> String {
        said(&self.page, &self.names, account)
    }
}

/// `?after=KEY`: accounts after that one.
#[derive(Debug, Default, Deserialize)]
struct After {
    #[serde(default)]
    after: String,
}

async fn accounts(State(app): State<App>, staff: RequireStaff, Query(query): Query<After>) -> PageResult {
    let after = query.after.clone();
    let read = app.store.read("watch_accounts", move |tx| {
        let accounts = ::ledger::accounts(tx, None, &after, nav::ROWS)?;
        let mut names = Names::new();
        for row in &accounts {
            learn(tx, &mut names, &row.account)?;
        }
        Ok((accounts, names))
    });
    let (accounts, names) = read.await?;
    let page = staff.viewer.page().wide();
    let full = i64::try_from(accounts.len()).is_ok_and(|n| n >= nav::ROWS);
    let pager = Pager {
        newer: (!query.after.is_empty()).then(|| "/watch/ledger/accounts".to_owned()),
        older: accounts
            .last()
            .filter(|_| full)
            .map(|row| format!("/watch/ledger/accounts?after={}", row.key)),
    };
    let (nav, tabs) = (nav::tabs(&page, "/watch/ledger"), tabs(&page, "/watch/ledger/accounts"));
    html(&AccountsPage {
        page,
        nav,
        tabs,
        accounts,
        names,
        pager,
    })
}

#[derive(Template)]
#[template(path = "watch/ledger_account.html")]
struct AccountPage {
    page: Page,
    nav: Vec<Tab>,
    tabs: Vec<Tab>,
    title: String,
    lines: Vec<StatementLine>,
    pager: Pager,
}

/// `?key=KEY`: which account.
#[derive(Debug, Deserialize)]
struct Key {
    key: String,
}

async fn account(
    State(app): State<App>,
    staff: RequireStaff,
    Query(key): Query<Key>,
    Query(before): Query<Before>,
) -> PageResult {
    let account = Account::from_key(&key.key).ok_or(PageError::NotFound)?;
    let (from, wanted) = (before.id(), account.clone());
    let read = app.store.read("watch_account", move |tx| {
        let mut names = Names::new();
        learn(tx, &mut names, &wanted)?;
        Ok((::ledger::statement(tx, &wanted, from, nav::ROWS)?, names))
    });
    let (lines, names) = read.await?;
    let page = staff.viewer.page().wide();
    let path = format!("/watch/ledger/account?key={}", account.key());
    let pager = nav::pager(&path, &before, lines.len(), lines.last().map(|l| l.id.short()));
    let (nav, tabs) = (nav::tabs(&page, "/watch/ledger"), tabs(&page, "/watch/ledger/account"));
    html(&AccountPage {
        nav,
        tabs,
        title: said(&page, &names, &account),
        page,
        lines,
        pager,
    })
}
