//! The demo market's clock: the market's time beside the machine's, and buttons that move it ahead, so that a visitor
//! sees what silence does. Only where the operator set the demo; elsewhere this page does not exist.

use std::path::Path;

use askama::Template;
use axum::extract::State;
use kernel::{DAY, Timestamp};
use store::{Clock as _, SystemClock};
use tokio::sync::Mutex;

use crate::App;
use crate::edge::form::Form;
use crate::edge::page::Page;
use crate::edge::respond::{Flash, PageError, PageResult, html, see_other_saying};
use crate::edge::viewer::Viewer;

const HOUR: i64 = DAY / 24;

/// How far ahead the demo may go: beyond it, dates stop being believable.
const AHEAD_MAX: i64 = 3_650 * DAY;

/// One jump at a time, so that what is kept is what the clock shows.
static JUMPING: Mutex<()> = Mutex::const_new(());

#[derive(Template)]
#[template(path = "demo/clock.html")]
struct ClockPage {
    page: Page,
    market: Timestamp,
    machine: Timestamp,
    days: i64,
    hours: i64,
    jumps: Vec<(&'static str, String)>,
}

/// The offset that `file` keeps, in microseconds; 0 when it keeps none.
pub fn offset(file: &Path) -> i64 {
    let kept = std::fs::read_to_string(file).ok();
    kept.and_then(|text| text.trim().parse().ok())
        .unwrap_or(0)
        .clamp(0, AHEAD_MAX)
}

/// The length of a jump, by its name in the form.
fn length(name: &str) -> Option<i64> {
    match name {
        "1h" => Some(HOUR),
        "1d" => Some(DAY),
        "3d" => Some(3 * DAY),
        "8d" => Some(8 * DAY),
        "15d" => Some(15 * DAY),
        _ => None,
    }
}

/// GET
pub(super) async fn show(State(app): State<App>, viewer: Viewer) -> PageResult {
    let clock = app
        .demo_clock
        .as_ref()
        .filter(|_| app.settings.demo)
        .ok_or(PageError::NotFound)?;
    let page = viewer.page().hidden();
    let jumps = vec![
        ("1h", page.t("clock-jump-hour")),
        ("1d", page.t1("clock-jump-days", "days", 1_i64)),
        ("3d", page.t1("clock-jump-days", "days", 3_i64)),
        ("8d", page.t1("clock-jump-days", "days", 8_i64)),
        ("15d", page.t1("clock-jump-days", "days", 15_i64)),
    ];
    let (days, hours) = (clock.offset() / DAY, clock.offset() % DAY / HOUR);
    html(&ClockPage {
        page,
        market: clock.now(),
        machine: SystemClock.now(),
        days,
        hours,
        jumps,
    })
}

/// POST
pub(super) async fn jump(State(app): State<App>, form: Form) -> PageResult {
    let clock = app
        .demo_clock
        .as_ref()
        .filter(|_| app.settings.demo)
        .ok_or(PageError::NotFound)?;
    let step = length(form.get("ahead")).ok_or(PageError::NotFound)?;
    let _alone = JUMPING.lock().await;
    let ahead = clock.offset() + step;
    if ahead > AHEAD_MAX {
        return see_other_saying(&app.settings, "/demo/clock", Flash::warn("clock-far-enough"));
    }
    // Kept first: a market whose time fell back after a restart would contradict what it wrote down.
    keep(&app.demo_clock_file, ahead).await.map_err(PageError::fault)?;
    clock.advance(step);
    see_other_saying(&app.settings, "/demo/clock", Flash::done("clock-jumped"))
}

/// Writes the offset beside its place and moves it there, so that a crash leaves the old one or the new one.
async fn keep(file: &Path, offset: i64) -> std::io::Result<()> {
    let (fresh, file) = (file.with_extension("new"), file.to_owned());
    let write = move || {
        std::fs::write(&fresh, offset.to_string())?;
        std::fs::rename(&fresh, &file)
    };
    tokio::task::spawn_blocking(write)
        .await
        .map_err(std::io::Error::other)?
}
