//! The public list of open requests: words, category, budget; newest first.

use std::str::FromStr;

use ::orders::requests::{self as requests, Browse};
use askama::Template;
use axum::extract::{Query, State};
use kernel::{Currency, Id, Money, Timestamp};
use url::form_urlencoded::Serializer;

use super::views::{ChoiceGroup, RowView, category_groups};
use crate::App;
use crate::edge::form::{Form, FormState};
use crate::edge::page::Page;
use crate::edge::parts::Pager;
use crate::edge::respond::{PageResult, html};
use crate::edge::viewer::Viewer;

/// Rows of one page.
const ROWS: i64 = 20;

#[derive(Template)]
#[template(path = "requests/list.html")]
struct ListPage {
    page: Page,
    form: FormState,
    categories: Vec<ChoiceGroup>,
    rows: Vec<RowView>,
    pager: Pager,
    sign: String,
    filtered: bool,
    chosen: String,
}

/// GET /requests
pub async fn list(State(app): State<App>, viewer: Viewer, Query(pairs): Query<Vec<(String, String)>>) -> PageResult {
    let pairs: Vec<(&str, &str)> = pairs.iter().take(20).map(|(n, v)| (n.as_str(), v.as_str())).collect();
    let asked = Form::from_pairs(&pairs);
    let typed = asked.clone();
    let found = app.store.read("request_list", move |tx| {
        let currency = site::settings::load(tx)?.currency;
        let category = match typed.find("category") {
            Some(text) => category(tx, text)?,
            None => None,
        };
        let results = requests::browse(tx, &query(&typed, currency, category))?;
        Ok((
            results,
            catalog::categories::tree(tx)?,
            catalog::categories::all(tx)?,
            currency,
            category,
        ))
    });
    let (results, tree, all, currency, category) = found.await?;
    let page = viewer.page().wide();
    let rows = results
        .rows
        .into_iter()
        .map(|row| RowView::new(&page, row, &all))
        .collect();
    let next = results.next.map(|(at, id)| format!("{}-{id}", at.as_micros()));
    let older = next.map(|after| address(&asked, Some(&after)));
    let newer = asked.find("after").map(|_| address(&asked, None));
    let chosen = category.map(|id| id.short()).unwrap_or_default();
    let filtered = ["q", "category", "from", "to"]
        .iter()
        .any(|name| asked.find(name).is_some());
    html(&ListPage {
        categories: category_groups(&page, &tree),
        form: FormState::with(&asked.fields().collect::<Vec<_>>()),
        page,
        rows,
        pager: Pager { newer, older },
        sign: currency.symbol(),
        filtered,
        chosen,
    })
}

/// A category by its word or its key; what is neither filters nothing.
fn category(tx: &mut store::Tx, text: &str) -> Result<Option<Id>, store::Fault> {
    if let Ok(id) = Id::from_str(text) {
        return Ok(catalog::categories::find(tx, id)?.map(|c| c.id));
    }
    Ok(catalog::categories::find_slug(tx, text)?.map(|c| c.id))
}

/// What is unreadable in a filter is left out: a link never breaks.
fn query(asked: &Form, currency: Currency, category: Option<Id>) -> Browse {
    let money = |name| {
        asked
            .find(name)
            .and_then(|text| Money::parse(text, currency).ok())
            .filter(|m| m.minor() >= 0)
    };
    let after = asked.find("after").and_then(|text| {
        let (at, id) = text.split_once('-')?;
        Some((Timestamp::from_micros(at.parse().ok()?), id.parse().ok()?))
    });
    Browse {
        words: asked.get("q").chars().filter(|c| !c.is_control()).take(60).collect(),
        category,
        skill: asked.find("skill").and_then(|text| text.parse().ok()),
        budget_from: money("from"),
        budget_to: money("to"),
        after,
        limit: ROWS,
    }
}

/// The same filters, continued after a row or from the start.
fn address(asked: &Form, after: Option<&str>) -> String {
    let mut out = Serializer::new(String::new());
    for (name, value) in asked
        .fields()
        .filter(|(name, value)| *name != "after" && !value.is_empty())
    {
        out.append_pair(name, value);
    }
    if let Some(after) = after {
        out.append_pair("after", after);
    }
    let query = out.finish();
    if query.is_empty() {
        "/requests".to_owned()
    } else {
        format!("/requests?{query}")
    }
}
