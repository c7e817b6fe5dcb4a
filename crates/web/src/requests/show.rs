//! One request: the matter left, what this reader may do right.

use ::orders::requests::{self as requests, RequestPage, RequestState};
use askama::Template;
use axum::extract::{Path, State};
use catalog::files::FileView;
use kernel::{Actor, Id, Locale, Money, Timestamp};
use store::{Fail, Tx};

use super::people;
use super::views::{FileRow, category_name, file_rows, state_badge};
use crate::App;
use crate::edge::page::Page;
use crate::edge::parts::{Badge, Crumb, PersonCard};
use crate::edge::respond::{PageError, PageResult, html, path_id};
use crate::edge::viewer::Viewer;

/// Everything the page shows, read in one snapshot.
struct Seen {
    found: RequestPage,
    client: PersonCard,
    skills: Vec<String>,
    categories: Vec<catalog::categories::Category>,
    files: Vec<FileView>,
}

/// What the reader may do here.
pub enum Stance {
    /// Its client.
    Client,
    /// A provider whose bid counts.
    Bidder {
        price: Money,
        days: i64,
        net: Money,
        badge: Badge,
        version: i64,
        bid: String,
        editable: bool,
        outdated: bool,
    },
    /// May bid.
    MayBid,
    /// Nobody signed in.
    Visitor,
    /// Only look.
    Reader,
}

#[derive(Template)]
#[template(path = "requests/show.html")]
struct ShowPage {
    page: Page,
    id: String,
    version: i64,
    title: String,
    brief: String,
    badge: Badge,
    state: &'static str,
    crumbs: Vec<Crumb>,
    category: String,
    skills: Vec<String>,
    budget_min: Option<Money>,
    budget_max: Option<Money>,
    deadline: Option<Timestamp>,
    choose_until: Option<Timestamp>,
    wish_days: Option<i64>,
    published_at: Option<Timestamp>,
    rejection: Option<String>,
    files: Vec<FileRow>,
    bids: i64,
    client: PersonCard,
    record: (i64, i64),
    stance: Stance,
    editable: bool,
    withdrawable: bool,
}

/// GET /requests/{id}
pub async fn show(State(app): State<App>, viewer: Viewer, Path(id): Path<String>) -> PageResult {
    let (id, actor, locale) = (path_id(&id)?, viewer.actor(), viewer.locale());
    let seen = app
        .store
        .read("request_page", move |tx| look(tx, &actor, id, locale))
        .await?;
    let seen = seen.ok_or(PageError::NotFound)?;
    if seen.found.request.state == RequestState::Draft {
        return crate::edge::respond::see_other(&format!("/requests/{id}/edit"));
    }
    html(&view(viewer.page().wide(), seen))
}

fn look(tx: &mut Tx, actor: &Actor, id: Id, locale: Locale) -> Result<Option<Seen>, Fail> {
    let Some(found) = requests::page(tx, actor, id)? else {
        return Ok(None);
    };
    let client = people::card(tx, found.request.client, locale)?;
    let client = if actor.account().is_some() {
        client
    } else {
        people::masked(client)
    };
    let chosen = catalog::skills::known(tx, &found.request.content.skills)?;
    let skills = chosen.iter().map(|skill| skill.name(locale).to_owned()).collect();
    let categories = catalog::categories::all(tx)?;
    let files = catalog::files::of(tx, "request", id)?;
    Ok(Some(Seen {
        found,
        client,
        skills,
        categories,
        files,
    }))
}

fn view(page: Page, seen: Seen) -> ShowPage {
    let Seen {
        found,
        client,
        skills,
        categories,
        files,
    } = seen;
    let stance = stance(&page, &found);
    let request = found.request;
    let category = category_name(&page, request.content.category, &categories);
    let crumbs = vec![
        Crumb::new("/requests", page.t("requests-title")),
        Crumb::new(
            request
                .content
                .category
                .map(|id| format!("/requests?category={id}"))
                .unwrap_or_default(),
            &category,
        ),
    ];
    let withdrawable = found.is_client && (request.state.is_editable() || request.state == RequestState::Closed);
    ShowPage {
        id: request.id.short(),
        version: request.version,
        badge: state_badge(&page, request.state),
        state: request.state.word(),
        crumbs,
        category,
        skills,
        budget_min: request.content.budget_min,
        budget_max: request.content.budget_max,
        deadline: request.content.deadline,
        choose_until: request.choose_until(),
        wish_days: request.content.wish_days,
        published_at: request.published_at,
        files: file_rows(&files),
        bids: found.bids,
        client,
        record: found.client_record,
        stance,
        editable: found.is_client && request.state.is_editable(),
        withdrawable,
        rejection: if found.is_client { request.rejection } else { None },
        title: request.content.title,
        brief: request.content.brief,
        page,
    }
}

fn stance(page: &Page, found: &RequestPage) -> Stance {
    if found.is_client {
        return Stance::Client;
    }
    if let Some(bid) = &found.own_bid {
        let open = found.request.state == RequestState::Open;
        return Stance::Bidder {
            price: bid.price,
            days: bid.days,
            net: bid.net(),
            badge: super::views::bid_badge(page, bid.state),
            version: bid.version,
            bid: bid.id.short(),
            editable: open && bid.state == ::orders::bids::BidState::Live,
            outdated: found.request.version > bid.request_version && bid.state == ::orders::bids::BidState::Live,
        };
    }
    let now = page.viewer.now();
    let open = found.request.state == RequestState::Open && found.request.content.deadline.is_some_and(|at| at > now);
    match (open, page.signed_in()) {
        (true, true) => Stance::MayBid,
        (true, false) => Stance::Visitor,
        (false, _) => Stance::Reader,
    }
}
