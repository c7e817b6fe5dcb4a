//! Somebody's public page: what they say of themselves, and what others say of them, with every receipt.

use ::trust::reviews::{self, Hat, RatingView, ReviewView};
use accounts::people::Person;
use askama::Template;
use axum::extract::{Path, Query, State};
use catalog::profiles::Profile;
use kernel::{AccountId, Id};
use store::{Fail, Tx};

use crate::App;
use crate::edge::form::FormState;
use crate::edge::page::Page;
use crate::edge::parts::{self, Pager, Tab};
use crate::edge::respond::{PageError, PageResult, html, path_id};
use crate::edge::viewer::Viewer;

const REVIEWS: i64 = 10;

/// Everything the page shows.
pub(super) struct Facts {
    pub(super) person: Person,
    pub(super) profile: Profile,
    pub(super) finished: i64,
    pub(super) hat: Hat,
    pub(super) rating: RatingView,
    pub(super) other_count: i64,
    pub(super) reviews: Vec<ReviewView>,
    pub(super) older: Option<Id>,
    pub(super) is_first: bool,
}

#[derive(Template)]
#[template(path = "people/person.html")]
pub(super) struct PersonPage {
    page: Page,
    facts: Facts,
    tabs: Vec<Tab>,
    pager: Pager,
    form: FormState,
    /// The review the reader tried to reply to.
    replying: Option<Id>,
}

impl PersonPage {
    fn initials(&self, name: &str) -> String {
        parts::initials(name)
    }

    fn hue(&self, name: &str) -> u32 {
        parts::hue(name)
    }

    fn is_me(&self) -> bool {
        self.page.viewer.account() == Some(self.facts.person.id)
    }

    /// Whether the form of this review holds what was refused.
    fn is_replying(&self, review: &Id) -> bool {
        self.replying == Some(*review)
    }

    fn text_for(&self, review: &Id) -> &str {
        if self.is_replying(review) {
            self.form.value("reply")
        } else {
            ""
        }
    }
}

/// Which hat, and where the list goes on.
#[derive(serde::Deserialize, Default)]
pub(super) struct Asked {
    #[serde(default, rename = "as")]
    hat: String,
    #[serde(default)]
    before: String,
}

pub(super) async fn show(
    State(app): State<App>,
    viewer: Viewer,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> PageResult {
    let id = path_id(&id)?;
    let before = if asked.before.is_empty() {
        None
    } else {
        Some(path_id(&asked.before)?)
    };
    let hat = Hat::from_word(&asked.hat);
    let facts = app
        .store
        .read("person_page", move |tx| facts(tx, id, hat, before))
        .await?
        .ok_or(PageError::NotFound)?;
    html(&page(&viewer, facts, FormState::empty(), None))
}

/// The page of the reviewed side again, with a reply that was refused.
pub(super) async fn refused_reply(
    app: &App,
    viewer: &Viewer,
    review: Id,
    form: FormState,
) -> Result<PersonPage, PageError> {
    let me = viewer.account().ok_or(PageError::NotFound)?;
    let found = app.store.read("person_page", move |tx| {
        let hat = reviews::hat_of(tx, review)?;
        facts(tx, me, hat, Some(Id::from_raw(review.raw().saturating_add(1))))
    });
    let facts = found.await?.ok_or(PageError::NotFound)?;
    Ok(page(viewer, facts, form, Some(review)))
}

pub(super) fn page(viewer: &Viewer, facts: Facts, form: FormState, replying: Option<Id>) -> PersonPage {
    let page = viewer.page();
    let here = format!("/people/{}", facts.person.id);
    let tab = |hat: Hat, words: String| {
        let own = hat == facts.hat;
        let count = if own { facts.rating.count } else { facts.other_count };
        Tab::new(format!("{here}?as={}", hat.word()), words, own).counting(count)
    };
    let tabs = vec![
        tab(Hat::Provider, page.t("people-as-provider")),
        tab(Hat::Client, page.t("people-as-client")),
    ];
    let pager = Pager {
        newer: (!facts.is_first).then(|| format!("{here}?as={}", facts.hat.word())),
        older: facts
            .older
            .map(|id| format!("{here}?as={}&before={id}", facts.hat.word())),
    };
    PersonPage {
        page,
        facts,
        tabs,
        pager,
        form,
        replying,
    }
}

fn facts(tx: &mut Tx, id: AccountId, hat: Option<Hat>, before: Option<Id>) -> Result<Option<Facts>, Fail> {
    let Some(person) = accounts::people::card(tx, id)? else {
        return Ok(None);
    };
    let as_provider = reviews::summary(tx, id)?;
    let as_client = reviews::summary_as(tx, id, Hat::Client)?;
    // Without a wish: the hat they are known by.
    let hat = hat.unwrap_or(if as_provider.count == 0 && as_client.count > 0 {
        Hat::Client
    } else {
        Hat::Provider
    });
    let (rating, other) = match hat {
        Hat::Provider => (as_provider, as_client),
        Hat::Client => (as_client, as_provider),
    };
    let mut shown = reviews::received(tx, id, hat, before, REVIEWS + 1)?;
    let more = shown.len() > usize::try_from(REVIEWS).unwrap_or(usize::MAX);
    shown.truncate(usize::try_from(REVIEWS).unwrap_or(usize::MAX));
    Ok(Some(Facts {
        profile: catalog::profiles::of(tx, id)?,
        finished: ::orders::orders::finished_count(tx, id)?,
        other_count: other.count,
        older: shown.last().filter(|_| more).map(|r| r.id),
        is_first: before.is_none(),
        reviews: shown,
        person,
        hat,
        rating,
    }))
}
