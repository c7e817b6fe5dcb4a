//! The demo market's outbox: every letter and text message that would have left, the newest first. Only where the
//! operator set the demo; elsewhere this page does not exist.

use askama::Template;
use axum::extract::{Query, State};
use kernel::{Id, Timestamp};
use site::outgoing::{self, SentView};

use crate::App;
use crate::edge::page::Page;
use crate::edge::parts::Pager;
use crate::edge::respond::{PageError, PageResult, html, path_id};
use crate::edge::viewer::Viewer;

const LETTERS_A_PAGE: i64 = 20;
const RECIPIENT_CHARS_MAX: usize = 254;

#[derive(Template)]
#[template(path = "demo/outbox.html")]
struct OutboxPage {
    page: Page,
    letters: Vec<LetterView>,
    to: String,
    pager: Pager,
}

struct LetterView {
    is_mail: bool,
    to: String,
    made_at: Timestamp,
    subject: String,
    lang: &'static str,
    paragraphs: Vec<Paragraph>,
}

struct Paragraph {
    is_code: bool,
    lines: Vec<String>,
}

/// What the address asks for.
#[derive(Debug, Default, serde::Deserialize)]
pub(super) struct OutboxQuery {
    to: Option<String>,
    before: Option<String>,
}

pub(super) async fn show(State(app): State<App>, viewer: Viewer, Query(query): Query<OutboxQuery>) -> PageResult {
    if !app.settings.demo {
        return Err(PageError::NotFound);
    }
    let before = query.before.as_deref().map(path_id).transpose()?;
    let to = recipient(query.to.as_deref().unwrap_or_default());
    let wanted = to.clone();
    let rows = app
        .store
        .read("outbox", move |tx| {
            if wanted.is_empty() {
                Ok(outgoing::list(tx, before, LETTERS_A_PAGE + 1)?)
            } else {
                Ok(outgoing::to(tx, &wanted, LETTERS_A_PAGE)?)
            }
        })
        .await?;
    let pager = pager(&rows, before);
    let letters = rows
        .into_iter()
        .take(usize::try_from(LETTERS_A_PAGE).unwrap_or(usize::MAX))
        .map(letter)
        .collect();
    html(&OutboxPage {
        page: viewer.page().hidden(),
        letters,
        to,
        pager,
    })
}

/// What was typed, in the form rows have; what cannot be read finds nothing.
fn recipient(typed: &str) -> String {
    let short: String = typed.chars().take(RECIPIENT_CHARS_MAX).collect();
    ::accounts::destinations::Destination::parse(&short).map_or(short, |to| to.value)
}

fn pager(rows: &[SentView], before: Option<Id>) -> Pager {
    let full = usize::try_from(LETTERS_A_PAGE).unwrap_or(usize::MAX);
    let older = (rows.len() > full).then(|| format!("/demo/outbox?before={}", rows[full - 1].id));
    Pager {
        newer: before.map(|_| "/demo/outbox".to_owned()),
        older,
    }
}

fn letter(row: SentView) -> LetterView {
    let message = row.message;
    let paragraphs = message.body.split("\n\n").map(str::trim).filter(|p| !p.is_empty());
    LetterView {
        is_mail: message.channel == site::Channel::Mail,
        made_at: row.made_at,
        lang: message.locale.tag(),
        paragraphs: paragraphs
            .map(|text| Paragraph {
                is_code: text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit()),
                lines: text.lines().map(str::to_owned).collect(),
            })
            .collect(),
        to: message.to,
        subject: message.subject,
    }
}
