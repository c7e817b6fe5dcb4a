//! The first page: search first, then what this market is for, and only numbers that are true.

use std::collections::HashMap;

use ::orders::{orders as deals, requests};
use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::response::IntoResponse as _;
use axum::routing::get;
use catalog::categories::{self, Branch};
use kernel::{AccountId, Id, Locale, Money, Timestamp};
use store::{Fail, Tx};

use crate::App;
use crate::edge::page::Page;
use crate::edge::parts::PersonCard;
use crate::edge::respond::{PageResult, html};
use crate::edge::viewer::Viewer;
use crate::requests::people as cards;

/// How many requests the first page shows.
const REQUESTS: i64 = 6;
/// How many people the first page shows, from how many of the newest finished deals of how many days.
const PEOPLE: usize = 6;
const DEALS: i64 = 24;
const DEAL_DAYS: i64 = 365;

/// The addresses of this slice.
pub fn routes() -> Router<App> {
    Router::new().route("/", get(home)).route("/healthz", get(health))
}

#[derive(Template)]
#[template(path = "home/home.html")]
struct HomePage {
    page: Page,
    view: HomeView,
}

/// What stands on the first page.
struct HomeView {
    categories: Vec<CategoryTile>,
    requests: Vec<RequestLine>,
    people: Vec<PersonCard>,
}

/// A category with how many open requests are in it.
struct CategoryTile {
    href: String,
    name: String,
    icon: &'static str,
    open: i64,
}

/// One open request.
struct RequestLine {
    href: String,
    title: String,
    excerpt: String,
    category: String,
    budget: Option<(Money, Option<Money>)>,
    bids: i64,
    at: Timestamp,
}

async fn home(State(app): State<App>, viewer: Viewer) -> PageResult {
    let locale = viewer.locale();
    let view = app.store.read("home", move |tx| read(tx, locale)).await?;
    html(&HomePage {
        page: viewer.page().wide(),
        view,
    })
}

/// Whether this process can answer: asks the store.
async fn health(State(app): State<App>) -> PageResult {
    app.store.read("health", |_| Ok(())).await?;
    Ok("ok".into_response())
}

fn read(tx: &mut Tx, locale: Locale) -> Result<HomeView, Fail> {
    let tree = categories::tree(tx)?;
    let open: HashMap<Id, i64> = requests::counts_by_category(tx)?.into_iter().collect();
    let names = names(&tree, locale);
    let latest = requests::latest(tx, REQUESTS)?;
    Ok(HomeView {
        categories: tree.iter().map(|branch| tile(branch, &open, locale)).collect(),
        requests: latest.into_iter().map(|row| line(row, &names)).collect(),
        people: people(tx, locale)?,
    })
}

/// Those who finished orders lately; nobody is shown who has not.
fn people(tx: &mut Tx, locale: Locale) -> Result<Vec<PersonCard>, Fail> {
    let since = tx.now().plus_days(-DEAL_DAYS);
    let mut providers: Vec<AccountId> = Vec::new();
    for deal in deals::closed_deals(tx, None, since, DEALS)? {
        let Some(parties) = deals::parties(tx, deal.order)? else {
            continue;
        };
        if !providers.contains(&parties.provider) && providers.len() < PEOPLE {
            providers.push(parties.provider);
        }
    }
    providers
        .into_iter()
        .map(|account| Ok(cards::card(tx, account, locale)?))
        .collect()
}

fn names(tree: &[Branch], locale: Locale) -> HashMap<Id, String> {
    let all = tree.iter().flat_map(|b| std::iter::once(&b.top).chain(&b.children));
    all.map(|c| (c.id, c.name(locale).to_owned())).collect()
}

fn tile(branch: &Branch, open: &HashMap<Id, i64>, locale: Locale) -> CategoryTile {
    CategoryTile {
        href: format!("/requests?category={}", branch.top.slug),
        name: branch.top.name(locale).to_owned(),
        icon: icon_of(&branch.top.slug),
        open: open.get(&branch.top.id).copied().unwrap_or(0),
    }
}

/// The drawing of a category; packs with categories of their own get a plain one.
fn icon_of(slug: &str) -> &'static str {
    match slug {
        "design" => "palette",
        "code" => "code-xml",
        "writing" => "pen-line",
        "marketing" => "megaphone",
        "video-audio" => "clapperboard",
        "architecture" => "building-2",
        "business" => "briefcase",
        "local" => "map-pin",
        _ => "layers",
    }
}

fn line(row: requests::Row, names: &HashMap<Id, String>) -> RequestLine {
    RequestLine {
        href: format!("/requests/{}", row.id),
        category: row.category.and_then(|id| names.get(&id).cloned()).unwrap_or_default(),
        budget: row
            .budget_min
            .map(|from| (from, row.budget_max.filter(|to| *to != from))),
        title: row.title,
        excerpt: row.excerpt,
        bids: row.bids,
        at: row.at,
    }
}
