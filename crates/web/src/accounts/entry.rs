//! What every way in shares: tokens, codes and hashes, which are made here and nowhere further in; the cookie that
//! holds a session; the cookie that remembers where a code went. No decisions: those are the accounts crate's.

use std::sync::LazyLock;

use ::accounts::codes::FreshCode;
use ::accounts::destinations::Destination;
use ::accounts::sessions::{NewSession, token_hash};
use ::accounts::signup::AskCode;
use ::accounts::{Verdict, login, passwords, reset, signup};
use axum::response::Response;
use http::{HeaderMap, header};
use store::{Fail, Tx};
use tokio::sync::Semaphore;

use crate::App;
use crate::edge::cookies;
use crate::edge::form::Form;
use crate::edge::respond::{Flash, PageError, PageResult, see_other};
use crate::edge::viewer::{Viewer, local_path};

/// Remembers where a code went, signed.
const PENDING: &str = "jd_to";
/// A little longer than a code lives.
const PENDING_SECONDS: i64 = 15 * 60;
/// The store decides how long a session lives; the browser only has to outlast it.
const SESSION_SECONDS: i64 = 400 * 24 * 60 * 60;
/// Where people arrive who were not on their way anywhere.
const ARRIVAL: &str = "/me";
/// Each hash takes 19 MiB: so many at a time.
static HASHING: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(4));

/// What a code is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
pub(super) enum Way {
    Signup,
    Login,
    Reset,
    Contact,
}

/// Where a code went, and where its reader wants to go.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub(super) struct Pending {
    way: Way,
    /// The address or number, as typed.
    pub(super) to: String,
    /// The path to go on to.
    pub(super) next: String,
}

impl Pending {
    pub(super) fn new(way: Way, to: &Destination, next: &str) -> Self {
        Self {
            way,
            to: to.value.clone(),
            next: next.to_owned(),
        }
    }

    /// What the cookie remembers, if it was for this way.
    pub(super) fn open(app: &App, headers: &HeaderMap, way: Way) -> Option<Self> {
        let sealed = cookies::get(headers, PENDING)?;
        let found: Self = serde_json::from_str(&cookies::unseal(&app.settings.secret, "to", sealed)?).ok()?;
        (found.way == way).then_some(found)
    }

    pub(super) fn destination(&self) -> Result<Destination, PageError> {
        Ok(Destination::parse(&self.to)?)
    }

    pub(super) fn put(&self, app: &App, response: &mut Response) {
        let text = serde_json::to_string(self).unwrap_or_default();
        let sealed = cookies::seal(&app.settings.secret, "to", &text);
        add_cookie(app, response, PENDING, &sealed, PENDING_SECONDS);
    }

    pub(super) fn forget(app: &App, response: &mut Response) {
        add_cookie(app, response, PENDING, "", 0);
    }
}

/// The path a form wants to go on to; the hub when it does not say.
pub(super) fn next_of(form: &Form) -> String {
    form.find("next")
        .map_or_else(|| ARRIVAL.to_owned(), |next| local_path(Some(next)))
}

/// Sends a code for one of the three ways in. Known or not, the destination is answered the same.
pub(super) async fn send_code(app: &App, viewer: &Viewer, way: Way, typed: &str) -> Result<Destination, PageError> {
    let to = Destination::parse(typed)?;
    let cmd = AskCode {
        to: to.clone(),
        locale: viewer.locale(),
        fresh: fresh_code()?,
    };
    let ask: fn(&mut Tx, &AskCode) -> Result<Verdict<()>, Fail> = match way {
        Way::Signup => signup::ask,
        Way::Login => login::ask,
        Way::Reset => reset::ask,
        Way::Contact => return Err(PageError::fault("a change of contact is asked for elsewhere")),
    };
    app.store
        .write("ask_code", move |tx| ask(tx, &cmd))
        .await?
        .into_result()?;
    Ok(to)
}

/// A code and its salt from the system's random numbers.
pub(super) fn fresh_code() -> Result<FreshCode, PageError> {
    Ok(FreshCode::from_random(random()?))
}

/// A session about to begin, and the token only the browser will know.
pub(super) fn new_session(viewer: &Viewer, headers: &HeaderMap) -> (String, NewSession) {
    let token = cookies::random::<32>();
    let agent = headers
        .get(header::USER_AGENT)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    let session = NewSession {
        token_hash: token_hash(&token),
        device: device(agent),
        address: viewer.ip().to_string(),
    };
    (token, session)
}

/// Gives the browser its session and sends it on.
pub(super) fn let_in(app: &App, token: &str, next: &str, flash: Option<Flash>) -> PageResult {
    let mut response = see_other(next)?;
    add_cookie(app, &mut response, cookies::SESSION, token, SESSION_SECONDS);
    Pending::forget(app, &mut response);
    if let Some(flash) = flash {
        flash.put(&app.settings, &mut response);
    }
    Ok(response)
}

/// Takes the session out of the browser.
pub(super) fn let_out(app: &App, next: &str, flash: Flash) -> PageResult {
    let mut response = see_other(next)?;
    add_cookie(app, &mut response, cookies::SESSION, "", 0);
    flash.put(&app.settings, &mut response);
    Ok(response)
}

/// Hashes a password on a thread of its own.
pub(super) async fn hash_password(password: String) -> Result<String, PageError> {
    let salt = random()?;
    slowly(move || passwords::hash(&password, &salt)).await
}

/// Compares a password with what is kept, on a thread of its own; as slow when nothing is kept.
pub(super) async fn matches(password: String, kept: Option<String>) -> Result<bool, PageError> {
    slowly(move || passwords::verify(&password, kept.as_deref())).await
}

/// Runs something slow where it keeps nobody else waiting.
pub(super) async fn slowly<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, PageError> {
    let _turn = HASHING.acquire().await.map_err(PageError::fault)?;
    tokio::task::spawn_blocking(work).await.map_err(PageError::fault)
}

fn add_cookie(app: &App, response: &mut Response, name: &str, value: &str, seconds: i64) {
    response
        .headers_mut()
        .append(header::SET_COOKIE, cookies::set(&app.settings, name, value, seconds));
}

fn random<const N: usize>() -> Result<[u8; N], PageError> {
    let mut bytes = [0u8; N];
    aws_lc_rs::rand::fill(&mut bytes).map_err(|_| PageError::fault("no random bytes"))?;
    Ok(bytes)
}

/// The device in words that its owner knows again, such as `Chrome · Windows`; empty when it says nothing we know.
fn device(agent: &str) -> String {
    let known = |list: &[(&str, &'static str)]| {
        list.iter()
            .find(|(mark, _)| agent.contains(mark))
            .map(|(_, word)| *word)
    };
    let browser = known(&[
        ("MicroMessenger/", "微信"),
        ("AlipayClient/", "支付宝"),
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("HuaweiBrowser/", "Huawei Browser"),
        ("MiuiBrowser/", "Mi Browser"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("CriOS/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = known(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("HarmonyOS", "HarmonyOS"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS X", "Mac"),
        ("CrOS", "ChromeOS"),
        ("Linux", "Linux"),
    ]);
    [browser, system].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_have_words() {
        for (agent, words) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
                "Chrome · Windows",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 MicroMessenger/8.0.50",
                "微信 · iPhone",
            ),
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
                "Firefox · Linux",
            ),
            ("curl/8.0", ""),
        ] {
            assert_eq!(device(agent), words);
        }
    }
}
