//! A market with its pages, and browsers that keep cookies: what the tests of asking and bidding share.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::body::Body;
use axum::response::Response;
use gateways::files::LocalFiles;
use http::{HeaderMap, Request, StatusCode, header};
use kernel::Actor;
use scraper::{Html, Selector};
use testkit::Market;
use tower::ServiceExt as _;
use web::{App, WebSettings, router};

/// A market with pages.
pub(super) struct Site {
    pub(super) market: Market,
    router: axum::Router,
    /// The market waits for its store, so the tests themselves are not asynchronous.
    runtime: tokio::runtime::Runtime,
    _folder: tempfile::TempDir,
}

/// Somebody's browser.
pub(super) struct Browser<'s> {
    site: &'s Site,
    cookies: Vec<(String, String)>,
}

/// What came back.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

impl Answer {
    pub(super) fn location(&self) -> &str {
        self.headers
            .get(header::LOCATION)
            .map_or("", |v| v.to_str().expect("text"))
    }

    pub(super) fn has(&self, words: &str) -> bool {
        self.body.contains(words)
    }

    /// The value of a form field.
    pub(super) fn field(&self, name: &str) -> String {
        let page = Html::parse_document(&self.body);
        let selector = Selector::parse(&format!("main [name='{name}']")).expect("a selector");
        page.select(&selector)
            .next()
            .and_then(|e| e.attr("value"))
            .unwrap_or_default()
            .to_owned()
    }
}

impl Site {
    pub(super) fn open() -> Self {
        let (market, folder) = (Market::sqlite(), tempfile::tempdir().expect("a folder"));
        let files = Arc::new(LocalFiles::new(folder.path().join("files")));
        let router = router(App::new(market.store(), files, WebSettings::for_tests()));
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime");
        Self {
            market,
            router,
            runtime,
            _folder: folder,
        }
    }

    /// A browser in which somebody is signed in.
    pub(super) fn browser(&self, who: &Actor) -> Browser<'_> {
        let account = who.account().expect("a person");
        static SESSIONS: AtomicU64 = AtomicU64::new(0);
        let token = format!("{account}{}", SESSIONS.fetch_add(1, Ordering::Relaxed));
        let session = accounts::sessions::NewSession {
            token_hash: accounts::sessions::token_hash(&token),
            device: "test".to_owned(),
            address: "127.0.0.1".to_owned(),
        };
        self.market
            .write(move |tx| accounts::sessions::open(tx, account, &session))
            .expect("a session");
        Browser {
            site: self,
            cookies: vec![("jd_session".to_owned(), token)],
        }
    }

    pub(super) fn visitor(&self) -> Browser<'_> {
        Browser {
            site: self,
            cookies: Vec::new(),
        }
    }
}

impl Browser<'_> {
    pub(super) fn send(&mut self, mut request: Request<Body>) -> Answer {
        let jar: Vec<String> = self.cookies.iter().map(|(n, v)| format!("{n}={v}")).collect();
        if !jar.is_empty() {
            request
                .headers_mut()
                .insert(header::COOKIE, jar.join("; ").parse().expect("cookies"));
        }
        let response: Response = self
            .site
            .runtime
            .block_on(self.site.router.clone().oneshot(request))
            .expect("an answer");
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().expect("text").split(';').next().expect("a pair");
            let (name, value) = pair.split_once('=').expect("a value");
            self.cookies.retain(|(n, _)| n != name);
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = self
            .site
            .runtime
            .block_on(axum::body::to_bytes(response.into_body(), 10 << 20))
            .expect("a body");
        Answer {
            status,
            headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    pub(super) fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).expect("a request"))
    }

    pub(super) fn token(&mut self) -> String {
        let page = self.get("/styleguide");
        page.field("_csrf")
    }

    pub(super) fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.token();
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        body.append_pair("_csrf", &token).extend_pairs(fields);
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body.finish())).expect("a request"))
    }

    pub(super) fn post_file(&mut self, path: &str, fields: &[(&str, &str)], name: &str, bytes: &[u8]) -> Answer {
        let token = self.token();
        let mut body = Vec::new();
        for (field, value) in [("_csrf", token.as_str())].iter().chain(fields) {
            body.extend(format!("--b\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n").bytes());
        }
        let head = format!(
            "--b\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\nContent-Type: image/png\r\n\r\n"
        );
        body.extend(head.bytes());
        body.extend(bytes);
        body.extend(b"\r\n--b--\r\n");
        let request = Request::post(path).header(header::CONTENT_TYPE, "multipart/form-data; boundary=b");
        self.send(request.body(Body::from(body)).expect("a request"))
    }
}
