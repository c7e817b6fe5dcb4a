//! The hub: everything that is mine, one link each.

use ::accounts::settings::{OwnAccount, own};
use askama::Template;
use axum::extract::State;

use crate::App;
use crate::edge::page::Page;
use crate::edge::respond::{PageResult, html};
use crate::edge::viewer::RequireLogin;

#[derive(Template)]
#[template(path = "accounts/me.html")]
struct MePage {
    page: Page,
    account: OwnAccount,
    groups: Vec<Group>,
}

/// Links that belong together.
struct Group {
    title: String,
    links: Vec<Link>,
}

/// One place of mine.
struct Link {
    href: String,
    icon: &'static str,
    title: String,
    text: String,
}

pub(super) async fn show(State(app): State<App>, me: RequireLogin) -> PageResult {
    let actor = me.viewer.actor();
    let account = app.store.read("me", move |tx| own(tx, &actor)).await?;
    let page = me.viewer.page();
    let groups = groups(&page);
    html(&MePage { page, account, groups })
}

fn link(href: &str, icon: &'static str, title: String, text: String) -> Link {
    Link {
        href: href.to_owned(),
        icon,
        title,
        text,
    }
}

fn groups(page: &Page) -> Vec<Group> {
    let watch = link("/watch", "list-checks", page.t("nav-watch"), page.t("me-watch-text"));
    let staff = page.is_staff().then(|| Group {
        title: page.t("me-staff"),
        links: vec![watch],
    });
    let mut groups = vec![
        Group {
            title: page.t("me-client"),
            links: vec![
                link(
                    "/me/requests",
                    "megaphone",
                    page.t("me-requests"),
                    page.t("me-requests-text"),
                ),
                link("/requests/new", "square-pen", page.t("me-post"), page.t("me-post-text")),
            ],
        },
        Group {
            title: page.t("me-provider"),
            links: vec![
                link("/me/bids", "send", page.t("me-bids"), page.t("me-bids-text")),
                link("/me/profile", "user", page.t("me-profile"), page.t("me-profile-text")),
            ],
        },
        both(page),
        Group {
            title: page.t("me-account"),
            links: vec![
                link(
                    "/me/settings",
                    "settings",
                    page.t("me-settings"),
                    page.t("me-settings-text"),
                ),
                link(
                    "/sessions",
                    "monitor",
                    page.t("me-sessions"),
                    page.t("me-sessions-text"),
                ),
            ],
        },
    ];
    groups.extend(staff);
    groups
}

/// What both sides of a deal have.
fn both(page: &Page) -> Group {
    let mine = format!("/people/{}", page.my_id());
    Group {
        title: page.t("me-both"),
        links: vec![
            link("/orders", "handshake", page.t("me-orders"), page.t("me-orders-text")),
            link("/statement", "wallet", page.t("me-money"), page.t("me-money-text")),
            link(
                "/threads",
                "message-circle",
                page.t("me-messages"),
                page.t("me-messages-text"),
            ),
            link(
                "/notifications",
                "bell",
                page.t("nav-notifications"),
                page.t("me-notifications-text"),
            ),
            link(&mine, "star", page.t("me-reviews"), page.t("me-reviews-text")),
        ],
    }
}
