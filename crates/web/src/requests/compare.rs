//! The client's table of bids: side by side, sorted by price, days or rating.

use ::orders::bids::{self as bids, Bid, PlanStep, Sort};
use askama::Template;
use axum::extract::{Path, Query, State};
use kernel::{Actor, Id, Locale, Money, Timestamp};
use store::{Fail, Tx};

use super::people;
use super::views::bid_badge;
use crate::App;
use crate::edge::page::Page;
use crate::edge::parts::{Badge, Crumb, PersonCard, Tab};
use crate::edge::respond::{PageResult, html, path_id};
use crate::edge::viewer::RequireLogin;

/// One bid in the table.
struct BidView {
    id: String,
    provider: String,
    person: PersonCard,
    price: Money,
    days: i64,
    steps: Vec<PlanStep>,
    letter: String,
    at: Timestamp,
    badge: Option<Badge>,
    lowest: bool,
    fastest: bool,
    outdated: bool,
}

#[derive(Template)]
#[template(path = "bids/compare.html")]
struct ComparePage {
    page: Page,
    id: String,
    title: String,
    edit_href: String,
    crumbs: Vec<Crumb>,
    tabs: Vec<Tab>,
    bids: Vec<BidView>,
    awardable: bool,
    deadline: Option<Timestamp>,
    choose_until: Option<Timestamp>,
}

/// GET /requests/{id}/bids
pub async fn compare(
    State(app): State<App>,
    me: RequireLogin,
    Path(id): Path<String>,
    Query(asked): Query<Vec<(String, String)>>,
) -> PageResult {
    let (id, actor, locale) = (path_id(&id)?, me.viewer.actor(), me.viewer.locale());
    let word = asked
        .into_iter()
        .find(|(name, _)| name == "sort")
        .map(|(_, value)| value)
        .unwrap_or_default();
    let sort = match word.as_str() {
        "price" => Sort::Price,
        "days" => Sort::Days,
        "rating" => Sort::Rating,
        _ => Sort::Newest,
    };
    let (found, cards) = app
        .store
        .read("bids_compare", move |tx| look(tx, &actor, id, sort, locale))
        .await?;
    let page = me.viewer.page().wide();
    let request = found.request;
    let lowest = found.bids.iter().map(|bid| bid.price.minor()).min();
    let fastest = found.bids.iter().map(|bid| bid.days).min();
    let several = found.bids.len() > 1;
    let mut rows: Vec<BidView> = found
        .bids
        .into_iter()
        .zip(cards)
        .map(|(bid, person)| bid_view(&page, bid, person, request.version))
        .collect();
    for row in &mut rows {
        row.lowest = several && Some(row.price.minor()) == lowest;
        row.fastest = several && Some(row.days) == fastest;
    }
    if sort == Sort::Rating {
        rows.sort_by_key(|row| std::cmp::Reverse(row.person.rating_hundredths.unwrap_or_default()));
    }
    html(&ComparePage {
        tabs: tabs(&page, id, sort),
        id: id.short(),
        edit_href: format!("/requests/{id}/edit"),
        crumbs: vec![
            Crumb::new("/me/requests", page.t("my-requests-title")),
            Crumb::new(format!("/requests/{id}"), &request.content.title),
            Crumb::new("", page.t("bids-compare-title")),
        ],
        awardable: request.state.may_award(),
        deadline: request.content.deadline,
        choose_until: request.choose_until(),
        title: request.content.title,
        bids: rows,
        page,
    })
}

fn look(
    tx: &mut Tx,
    actor: &Actor,
    id: Id,
    sort: Sort,
    locale: Locale,
) -> Result<(bids::Comparison, Vec<PersonCard>), Fail> {
    let found = bids::compare(tx, actor, id, sort)?;
    let mut cards = Vec::new();
    for bid in &found.bids {
        cards.push(people::card(tx, bid.provider, locale)?);
    }
    Ok((found, cards))
}

fn bid_view(page: &Page, bid: Bid, person: PersonCard, request_version: i64) -> BidView {
    BidView {
        id: bid.id.short(),
        provider: bid.provider.short(),
        person,
        price: bid.price,
        days: bid.days,
        outdated: bid.request_version < request_version,
        badge: (bid.state == bids::BidState::Awarded).then(|| bid_badge(page, bid.state)),
        steps: bid.steps,
        letter: bid.letter,
        at: bid.changed_at,
        lowest: false,
        fastest: false,
    }
}

fn tabs(page: &Page, id: Id, sort: Sort) -> Vec<Tab> {
    let tab =
        |word: &str, text: String, this: Sort| Tab::new(format!("/requests/{id}/bids?sort={word}"), text, sort == this);
    vec![
        tab("newest", page.t("bids-sort-newest"), Sort::Newest),
        tab("price", page.t("bids-sort-price"), Sort::Price),
        tab("days", page.t("bids-sort-days"), Sort::Days),
        tab("rating", page.t("bids-sort-rating"), Sort::Rating),
    ]
}
