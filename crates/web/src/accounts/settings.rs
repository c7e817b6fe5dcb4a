//! One's own settings: name, language and zone, on one page; password and contact each have their own.

use ::accounts::consents::{self, Consent};
use ::accounts::settings::{OwnAccount, own, rename, set_language};
use askama::Template;
use axum::extract::State;
use http::header;
use kernel::{Locale, Refusal};

use crate::App;
use crate::edge::cookies;
use crate::edge::form::{Form, FormState};
use crate::edge::page::Page;
use crate::edge::parts::Choice;
use crate::edge::respond::{Flash, PageError, PageResult, html, html_refused, see_other_saying};
use crate::edge::viewer::{RequireLogin, Viewer};

const YEAR_SECONDS: i64 = 60 * 60 * 24 * 365;
/// The zones offered: where most of this market's people live; the zone somebody has is always among them.
const ZONES: [&str; 24] = [
    "Asia/Shanghai",
    "Asia/Urumqi",
    "Asia/Hong_Kong",
    "Asia/Taipei",
    "Asia/Singapore",
    "Asia/Tokyo",
    "Asia/Seoul",
    "Asia/Kolkata",
    "Asia/Dubai",
    "Europe/Moscow",
    "Europe/Berlin",
    "Europe/Paris",
    "Europe/London",
    "Africa/Cairo",
    "Africa/Johannesburg",
    "America/Sao_Paulo",
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Los_Angeles",
    "Australia/Sydney",
    "Australia/Perth",
    "Pacific/Auckland",
    "UTC",
];

#[derive(Template)]
#[template(path = "accounts/settings.html")]
struct SettingsPage {
    page: Page,
    form: FormState,
    account: OwnAccount,
    languages: Vec<Choice>,
    zones: Vec<Choice>,
    consents: Vec<Consent>,
}

pub(super) async fn show(State(app): State<App>, me: RequireLogin) -> PageResult {
    html(&settings_page(&app, &me.viewer, FormState::empty()).await?)
}

pub(super) async fn change_name(State(app): State<App>, me: RequireLogin, form: Form) -> PageResult {
    let (actor, typed) = (me.viewer.actor(), form.get("name").to_owned());
    let outcome = app.store.write("rename", move |tx| rename(tx, &actor, &typed)).await;
    answer(
        &app,
        &me.viewer,
        &form,
        outcome.map_err(PageError::from),
        "settings-name-saved",
    )
    .await
}

pub(super) async fn change_language(State(app): State<App>, me: RequireLogin, form: Form) -> PageResult {
    let locale = Locale::from_tag(form.get("locale")).unwrap_or_default();
    let (actor, zone) = (me.viewer.actor(), form.get("zone").to_owned());
    let outcome = app
        .store
        .write("set_language", move |tx| set_language(tx, &actor, locale, &zone))
        .await;
    let saved = outcome.is_ok();
    let mut response = answer(
        &app,
        &me.viewer,
        &form,
        outcome.map_err(PageError::from),
        "settings-language-saved",
    )
    .await?;
    if saved {
        let cookie = cookies::set(&app.settings, cookies::LANG, locale.tag(), YEAR_SECONDS);
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

async fn answer(app: &App, viewer: &Viewer, form: &Form, outcome: Result<(), PageError>, said: &str) -> PageResult {
    match outcome {
        Ok(()) => see_other_saying(&app.settings, "/me/settings", Flash::done(said)),
        Err(PageError::Refused(refusal)) => refuse(app, viewer, form, &refusal).await,
        Err(other) => Err(other),
    }
}

async fn refuse(app: &App, viewer: &Viewer, form: &Form, refusal: &Refusal) -> PageResult {
    let state = FormState::refused(viewer, form, refusal);
    html_refused(&settings_page(app, viewer, state).await?, refusal)
}

async fn settings_page(app: &App, viewer: &Viewer, form: FormState) -> Result<SettingsPage, PageError> {
    let actor = viewer.actor();
    let (account, consents) = app
        .store
        .read("own_settings", move |tx| {
            Ok((own(tx, &actor)?, consents::list(tx, &actor)?))
        })
        .await?;
    let mut zones: Vec<&str> = ZONES.to_vec();
    if !zones.contains(&account.contact.zone.as_str()) {
        zones.push(&account.contact.zone);
    }
    let zones = zones
        .into_iter()
        .map(|zone| Choice::new(zone, zone_words(zone, viewer)))
        .collect();
    let languages = vec![Choice::new("zh-CN", "中文"), Choice::new("en", "English")];
    Ok(SettingsPage {
        page: viewer.page(),
        form,
        account,
        languages,
        zones,
        consents,
    })
}

/// The zone with its present distance from UTC: `UTC+08:00 Asia/Shanghai`.
fn zone_words(zone: &str, viewer: &Viewer) -> String {
    let Ok(known) = jiff::tz::TimeZone::get(zone) else {
        return zone.to_owned();
    };
    let minutes = known.to_offset(viewer.now().to_jiff()).seconds() / 60;
    let sign = if minutes < 0 { '−' } else { '+' };
    format!(
        "UTC{sign}{:02}:{:02} {}",
        minutes.abs() / 60,
        minutes.abs() % 60,
        zone.replace('_', " ")
    )
}
