//! A market in a folder, and a browser that keeps cookies, fills in forms and runs no scripts.

use std::sync::Arc;

use accounts::passwords;
use accounts::people::{self, NewPerson};
use axum::body::Body;
use axum::response::Response;
use gateways::files::LocalFiles;
use http::{Request, StatusCode, header};
use kernel::Locale;
use site::Pack;
use store::{Location, Options, Store};
use tower::ServiceExt as _;
use web::{App, WebSettings, router};

pub(super) const PASSWORD: &str = "kumquat-ferry-42-ladder";

/// A market in a folder of its own.
pub(super) struct Market {
    pub(super) store: Store,
    pub(super) router: axum::Router,
    pub(super) _folder: tempfile::TempDir,
}

impl Market {
    pub(super) fn open() -> Self {
        Self::with(WebSettings::for_tests())
    }

    pub(super) fn with(settings: WebSettings) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let location = Location::Sqlite(folder.path().join("market.sqlite"));
        let store = Store::open(&location, Options::default()).expect("a store");
        let files = Arc::new(LocalFiles::new(folder.path().join("files")));
        let router = router(App::new(store.clone(), files, settings));
        Self {
            store,
            router,
            _folder: folder,
        }
    }

    pub(super) async fn installed(self) -> Self {
        self.store
            .write("install", |tx| site::install(tx, &Pack::general()))
            .await
            .expect("the pack");
        self
    }

    pub(super) async fn member(&self, name: &str, email: &str) {
        let mut new = NewPerson::named(name, email, Locale::ZhCn);
        new.password_hash = Some(passwords::hash(PASSWORD, &[3; 16]));
        self.store
            .write("member", move |tx| people::create(tx, &new))
            .await
            .expect("a member");
    }

    pub(super) fn browser(&self) -> Browser {
        Browser {
            router: self.router.clone(),
            cookies: Vec::new(),
        }
    }
}

/// A browser that keeps cookies and reads forms, and runs no scripts.
pub(super) struct Browser {
    pub(super) router: axum::Router,
    pub(super) cookies: Vec<(String, String)>,
}

/// What came back.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) location: String,
    pub(super) cookies: Vec<String>,
    pub(super) body: String,
}

impl Browser {
    pub(super) async fn send(&mut self, mut request: Request<Body>) -> Answer {
        let jar: Vec<String> = self.cookies.iter().map(|(n, v)| format!("{n}={v}")).collect();
        if !jar.is_empty() {
            request
                .headers_mut()
                .insert(header::COOKIE, jar.join("; ").parse().expect("cookies"));
        }
        let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
        request
            .headers_mut()
            .insert(header::USER_AGENT, agent.parse().expect("text"));
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let cookies: Vec<String> = response
            .headers()
            .get_all(header::SET_COOKIE)
            .iter()
            .map(|c| c.to_str().expect("text").to_owned())
            .collect();
        for cookie in &cookies {
            let (name, value) = cookie
                .split(';')
                .next()
                .and_then(|pair| pair.split_once('='))
                .expect("a pair");
            self.cookies.retain(|(n, _)| n != name);
            if !value.is_empty() {
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        let location = response
            .headers()
            .get(header::LOCATION)
            .map_or("", |l| l.to_str().expect("text"))
            .to_owned();
        Answer {
            status: response.status(),
            location,
            cookies,
            body: text(response).await,
        }
    }

    pub(super) async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).expect("a request"))
            .await
    }

    /// Opens `page`, fills its form in and sends it to `path`, as people do.
    pub(super) async fn fill(&mut self, page: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let shown = self.get(page).await.body;
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.append_pair("_csrf", &hidden(&shown, "_csrf"));
        for name in ["texts", "next"] {
            if shown.contains(&format!("name=\"{name}\"")) && !fields.iter().any(|(n, _)| *n == name) {
                form.append_pair(name, &hidden(&shown, name));
            }
        }
        form.extend_pairs(fields);
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(form.finish())).expect("a request"))
            .await
    }

    /// The code of the newest letter to this address, read from the outbox page.
    pub(super) async fn code(&mut self, to: &str) -> String {
        let page = self
            .get(&format!(
                "/demo/outbox?to={}",
                to.replace('@', "%40").replace('+', "%2B")
            ))
            .await
            .body;
        let at = page.find("letter-code\">").expect("a letter with a code") + "letter-code\">".len();
        page[at..at + 6].to_owned()
    }

    pub(super) async fn log_in(&mut self, email: &str) {
        let answer = self
            .fill("/login", "/login", &[("to", email), ("password", PASSWORD)])
            .await;
        assert_eq!(
            (answer.status, answer.location.as_str()),
            (StatusCode::SEE_OTHER, "/me")
        );
    }
}

pub(super) async fn text(response: Response) -> String {
    let bytes = axum::body::to_bytes(response.into_body(), 10 << 20)
        .await
        .expect("a body");
    String::from_utf8(bytes.to_vec()).expect("text")
}

/// The value of the last hidden field of this name: the page's own form, not those of the frame around it.
pub(super) fn hidden(page: &str, name: &str) -> String {
    let main = &page[page.find("<main").expect("a main part")..];
    let mark = format!("name=\"{name}\" value=\"");
    let at = main.find(&mark).unwrap_or_else(|| panic!("no field {name}")) + mark.len();
    main[at..]
        .split('"')
        .next()
        .expect("a value")
        .replace("&#38;", "&")
        .replace("&amp;", "&")
}

/// The words of a page without what differs by chance or by what was typed.
pub(super) fn words(answer: &Answer, typed: &str) -> String {
    let document = scraper::Html::parse_document(&answer.body);
    let main = scraper::Selector::parse("main").expect("a selector");
    let said: String = document.select(&main).flat_map(|m| m.text()).collect();
    said.replace(typed, "NAME")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}
