//! One's own profile, as a form.

use askama::Template;
use axum::extract::State;
use catalog::profiles::{self, EditProfile, Profile};
use kernel::{AccountId, Currency, Refusal};

use super::views::{ChoiceGroup, skill_groups};
use super::write_form::ids;
use crate::App;
use crate::edge::form::{Form, FormState};
use crate::edge::page::Page;
use crate::edge::respond::{Flash, PageError, PageResult, html, html_refused, see_other_saying};
use crate::edge::viewer::{RequireLogin, Viewer};

#[derive(Template)]
#[template(path = "requests/profile.html")]
struct ProfilePage {
    page: Page,
    form: FormState,
    version: i64,
    skills: Vec<ChoiceGroup>,
    skills_open: bool,
    sign: String,
    person: String,
}

/// GET /me/profile
pub async fn form(State(app): State<App>, me: RequireLogin) -> PageResult {
    show(&app, &me, None, None).await
}

/// POST /me/profile
pub async fn save(State(app): State<App>, me: RequireLogin, form: Form) -> PageResult {
    match edit(&app, &me.viewer, &form).await {
        Ok(()) => see_other_saying(&app.settings, "/me/profile", Flash::done("profile-saved")),
        Err(PageError::Refused(refusal)) => show(&app, &me, Some(form), Some(refusal)).await,
        Err(other) => Err(other),
    }
}

async fn edit(app: &App, viewer: &Viewer, form: &Form) -> Result<(), PageError> {
    let currency = app
        .store
        .read("currency", |tx| Ok(site::settings::load(tx)?.currency))
        .await?;
    let rate = form.find("rate").map(|_| form.money("rate", currency)).transpose()?;
    let cmd = EditProfile {
        headline: form.get("headline").to_owned(),
        about: form.get("about").to_owned(),
        location: form.get("location").to_owned(),
        rate,
        skills: ids(form, "skills"),
        seen_version: form.int("version")?,
    };
    let actor = viewer.actor();
    Ok(app
        .store
        .write("edit_profile", move |tx| profiles::edit(tx, &actor, &cmd))
        .await?)
}

async fn show(app: &App, me: &RequireLogin, typed: Option<Form>, refusal: Option<Refusal>) -> PageResult {
    let account: AccountId = me.account;
    let found = app.store.read("my_profile", move |tx| {
        let currency: Currency = site::settings::load(tx)?.currency;
        Ok((
            profiles::of(tx, account)?,
            catalog::categories::tree(tx)?,
            catalog::skills::list(tx)?,
            currency,
        ))
    });
    let (profile, tree, skills, currency) = found.await?;
    let version = profile.version;
    let form = typed.unwrap_or_else(|| filled(&profile));
    let page = me.viewer.page();
    let skills_open = form.get_all("skills").next().is_some();
    let state = match &refusal {
        Some(refusal) => FormState::refused(&me.viewer, &form, refusal),
        None => FormState::with(&form.fields().collect::<Vec<_>>()),
    };
    let skills = skill_groups(&page, &tree, &skills);
    let page = ProfilePage {
        page,
        form: state,
        version,
        skills,
        skills_open,
        sign: currency.symbol(),
        person: format!("/people/{account}"),
    };
    match &refusal {
        Some(refusal) => html_refused(&page, refusal),
        None => html(&page),
    }
}

fn filled(profile: &Profile) -> Form {
    let rate = profile.rate.map(|rate| rate.plain()).unwrap_or_default();
    let skills: Vec<String> = profile.skills.iter().map(|skill| skill.id.short()).collect();
    let mut pairs = vec![
        ("headline", profile.headline.as_str()),
        ("about", profile.about.as_str()),
        ("location", profile.location.as_str()),
        ("rate", rate.as_str()),
    ];
    pairs.extend(skills.iter().map(|id| ("skills", id.as_str())));
    Form::from_pairs(&pairs)
}
