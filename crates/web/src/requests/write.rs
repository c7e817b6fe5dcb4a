//! Writing a request: one page, a draft that saves itself, and the same page again for changes.

use ::orders::requests::{self as requests, FieldChange, Guidance, Request, RequestState, Save, Saved};
use askama::Template;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::response::IntoResponse;
use catalog::categories::{Branch, Category};
use catalog::files::FileView;
use catalog::skills::Skill;
use kernel::{Actor, Currency, Id, Money, Refusal};
use store::{Fail, Tx};

use super::views::{ChangeView, ChoiceGroup, FileRow, category_groups, change_views, file_rows, skill_groups};
use super::write_form::{content, filled, fresh, gather, ids, with, with_files};
use crate::App;
use crate::edge::form::{Form, FormState};
use crate::edge::multipart::UploadForm;
use crate::edge::page::Page;
use crate::edge::respond::{Flash, PageError, PageResult, html, html_refused, path_id, see_other, see_other_saying};
use crate::edge::viewer::{RequireLogin, Viewer};

#[derive(Template)]
#[template(path = "requests/form.html")]
struct FormPage {
    page: Page,
    form: FormState,
    action: String,
    /// The request's key; empty for a new one.
    id: String,
    version: i64,
    /// Published already: it is changed, not sent.
    published: bool,
    autosaves: bool,
    inspects: bool,
    rejection: Option<String>,
    categories: Vec<ChoiceGroup>,
    skills: Vec<ChoiceGroup>,
    skills_open: bool,
    guidance: Option<GuidanceView>,
    files: Vec<FileRow>,
    changes: Vec<ChangeView>,
    accept: &'static str,
    sign: String,
}

/// What the market's deals say, in the form.
struct GuidanceView {
    category: String,
    deals: i64,
    quartiles: Option<[Money; 3]>,
    /// What is said instead of quartiles.
    too_few: String,
}

/// What the form needs besides what was typed.
struct Sheet {
    tree: Vec<Branch>,
    skills: Vec<Skill>,
    category: Option<(Category, Guidance)>,
    files: Vec<FileView>,
    request: Option<Request>,
    changes: Vec<FieldChange>,
    currency: Currency,
    inspects: bool,
}

/// GET /requests/new
pub async fn new(State(app): State<App>, me: RequireLogin, Query(asked): Query<Vec<(String, String)>>) -> PageResult {
    let category = asked
        .into_iter()
        .find(|(name, _)| name == "category")
        .map(|(_, value)| value);
    let chosen = app.store.read("request_category", move |tx| {
        let Some(text) = &category else { return Ok(None) };
        match text.parse() {
            Ok(id) => Ok(catalog::categories::find(tx, id)?),
            Err(_) => Ok(catalog::categories::find_slug(tx, text)?),
        }
    });
    let mut form = fresh(&me.viewer);
    if let Some(category) = chosen.await? {
        let outline = category.outline(me.viewer.locale()).to_owned();
        form = with(&form, &[("category", category.id.short()), ("brief", outline)]);
    }
    show(&app, &me.viewer, None, form, None).await
}

/// GET /requests/{id}/edit
pub async fn edit(State(app): State<App>, me: RequireLogin, Path(id): Path<String>) -> PageResult {
    let (id, actor) = (path_id(&id)?, me.viewer.actor());
    let request = app
        .store
        .read("request_own", move |tx| requests::own(tx, &actor, id))
        .await?;
    if !request.state.is_editable() {
        return see_other(&format!("/requests/{id}"));
    }
    let form = filled(&request, &me.viewer);
    show(&app, &me.viewer, Some(id), form, None).await
}

/// POST /requests/new
pub async fn create(State(app): State<App>, me: RequireLogin, sent: UploadForm) -> PageResult {
    let id = sent.form.id("draft").ok();
    take(&app, &me.viewer, id, sent).await
}

/// POST /requests/{id}/edit
pub async fn update(State(app): State<App>, me: RequireLogin, Path(id): Path<String>, sent: UploadForm) -> PageResult {
    let id = path_id(&id)?;
    take(&app, &me.viewer, Some(id), sent).await
}

#[derive(serde::Serialize)]
struct AutoSaved {
    id: Id,
    action: String,
    fields: std::collections::BTreeMap<&'static str, String>,
}

/// POST /requests/draft: the draft saves itself.
pub async fn autosave(State(app): State<App>, me: RequireLogin, form: Form) -> PageResult {
    let id = form.id("draft").ok();
    let saved = save_draft(&app, &me.viewer, id, &form).await?;
    let fields = [("version", saved.version.to_string()), ("draft", saved.id.short())].into();
    Ok(Json(AutoSaved {
        id: saved.id,
        action: format!("/requests/{}/edit", saved.id),
        fields,
    })
    .into_response())
}

async fn take(app: &App, viewer: &Viewer, id: Option<Id>, sent: UploadForm) -> PageResult {
    let kept = match crate::files::keep(app, viewer, &sent.files).await {
        Ok(kept) => kept,
        Err(PageError::Refused(refusal)) => return show(app, viewer, id, sent.form, Some(refusal)).await,
        Err(other) => return Err(other),
    };
    let form = with_files(sent.form, &kept);
    match form.get("act") {
        "outline" => {
            let form = outlined(app, viewer, form).await?;
            show(app, viewer, id, form, None).await
        }
        "draft" => match save_draft(app, viewer, id, &form).await {
            Ok(saved) => see_other_saying(
                &app.settings,
                &format!("/requests/{}/edit", saved.id),
                Flash::done("request-draft-saved"),
            ),
            Err(PageError::Refused(refusal)) => show(app, viewer, id, form, Some(refusal)).await,
            Err(other) => Err(other),
        },
        _ => match send(app, viewer, id, &form).await {
            Ok(id) => see_other_saying(&app.settings, &format!("/requests/{id}"), Flash::done("request-sent")),
            Err(PageError::Refused(refusal)) => show(app, viewer, id, form, Some(refusal)).await,
            Err(other) => Err(other),
        },
    }
}

/// The outline of the chosen category in place of an empty brief or of another outline.
async fn outlined(app: &App, viewer: &Viewer, form: Form) -> Result<Form, PageError> {
    let all = app
        .store
        .read("categories", |tx| Ok(catalog::categories::all(tx)?))
        .await?;
    let plain = |text: &str| text.replace('\r', "").trim().to_owned();
    let brief = plain(form.get("brief"));
    let untouched = brief.is_empty()
        || all
            .iter()
            .any(|c| plain(&c.brief_zh) == brief || plain(&c.brief_en) == brief);
    let chosen = all.iter().find(|c| c.id.short() == form.get("category"));
    Ok(match chosen.filter(|_| untouched) {
        Some(category) => with(&form, &[("brief", category.outline(viewer.locale()).to_owned())]),
        None => form,
    })
}

async fn currency(app: &App) -> Result<Currency, PageError> {
    Ok(app
        .store
        .read("currency", |tx| Ok(site::settings::load(tx)?.currency))
        .await?)
}

fn version(form: &Form) -> i64 {
    form.int("version").unwrap_or_default()
}

/// What is unreadable does not keep a draft from being saved; it just is not in it.
async fn save_draft(app: &App, viewer: &Viewer, id: Option<Id>, form: &Form) -> Result<Saved, PageError> {
    let (content, _) = content(form, viewer, currency(app).await?);
    let (actor, cmd) = (
        viewer.actor(),
        Save {
            request: id,
            seen_version: version(form),
            content,
        },
    );
    Ok(app
        .store
        .write("save_draft", move |tx| requests::save_draft(tx, &actor, &cmd))
        .await?)
}

async fn send(app: &App, viewer: &Viewer, id: Option<Id>, form: &Form) -> Result<Id, PageError> {
    let (content, unreadable) = content(form, viewer, currency(app).await?);
    let (actor, cmd) = (
        viewer.actor(),
        Save {
            request: id,
            seen_version: version(form),
            content,
        },
    );
    if let Some(refusal) = gather(unreadable, None) {
        return Err(refusal.into());
    }
    let sent = app.store.write_once("send_request", form.once(viewer), move |tx| {
        send_or_edit(tx, &actor, &cmd)
    });
    Ok(sent.await?)
}

fn send_or_edit(tx: &mut Tx, actor: &Actor, cmd: &Save) -> Result<Id, Fail> {
    let state = match cmd.request {
        Some(id) => requests::own(tx, actor, id)?.state,
        None => RequestState::Draft,
    };
    match state {
        RequestState::Pending | RequestState::Open => Ok(requests::edit(tx, actor, cmd)?.id),
        _ => requests::submit(tx, actor, cmd),
    }
}

async fn show(app: &App, viewer: &Viewer, id: Option<Id>, form: Form, refusal: Option<Refusal>) -> PageResult {
    let (actor, typed) = (viewer.actor(), form.clone());
    let sheet = app
        .store
        .read("request_form", move |tx| sheet(tx, &actor, id, &typed))
        .await?;
    let state = match &refusal {
        Some(refusal) => FormState::refused(viewer, &form, refusal),
        None => FormState::with(&form.fields().collect::<Vec<_>>()),
    };
    let page = view(viewer, sheet, &form, state);
    match &refusal {
        Some(refusal) => html_refused(&page, refusal),
        None => html(&page),
    }
}

fn sheet(tx: &mut Tx, actor: &Actor, id: Option<Id>, form: &Form) -> Result<Sheet, Fail> {
    let settings = site::settings::load(tx)?;
    let request = id.map(|id| requests::own(tx, actor, id)).transpose()?;
    let category = match form.find("category").and_then(|text| text.parse().ok()) {
        Some(id) => catalog::categories::find(tx, id)?,
        None => None,
    };
    let category = match category {
        Some(category) => {
            let guidance = requests::guidance(tx, category.id)?;
            Some((category, guidance))
        }
        None => None,
    };
    let seen = version(form);
    let changes = match &request {
        Some(request) if seen > 0 && seen < request.version => requests::changes_since(tx, actor, request.id, seen)?,
        _ => Vec::new(),
    };
    Ok(Sheet {
        tree: catalog::categories::tree(tx)?,
        skills: catalog::skills::list(tx)?,
        files: catalog::files::own(tx, actor, &ids(form, "file"))?,
        category,
        request,
        changes,
        currency: settings.currency,
        inspects: settings.inspect_requests,
    })
}

fn view(viewer: &Viewer, sheet: Sheet, typed: &Form, form: FormState) -> FormPage {
    let page = viewer.page().wide();
    let locale = viewer.locale();
    let chosen = ids(typed, "skills");
    let guidance = sheet.category.map(|(category, guidance)| GuidanceView {
        category: category.name(locale).to_owned(),
        deals: guidance.deals,
        quartiles: guidance.quartiles,
        too_few: page.t2("guidance-too-few", "n", guidance.deals, "needed", guidance.needed),
    });
    let id = sheet.request.as_ref().map(|r| r.id.short()).unwrap_or_default();
    let published = sheet
        .request
        .as_ref()
        .is_some_and(|r| matches!(r.state, RequestState::Pending | RequestState::Open));
    FormPage {
        action: if id.is_empty() {
            "/requests/new".to_owned()
        } else {
            format!("/requests/{id}/edit")
        },
        version: sheet.request.as_ref().map_or(0, |r| r.version),
        rejection: sheet.request.and_then(|r| r.rejection),
        published,
        autosaves: !published,
        inspects: sheet.inspects,
        categories: category_groups(&page, &sheet.tree),
        skills: skill_groups(&page, &sheet.tree, &sheet.skills),
        skills_open: !chosen.is_empty(),
        guidance,
        files: file_rows(&sheet.files),
        changes: change_views(&page, &sheet.changes),
        accept: catalog::files::ACCEPT,
        sign: sheet.currency.symbol(),
        form,
        id,
        page,
    }
}
