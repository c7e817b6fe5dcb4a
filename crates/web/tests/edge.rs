//! The edge, asked over HTTP: who may send forms, what errors look like, what is kept, what is limited.

use std::sync::Arc;

use axum::body::Body;
use axum::response::Response;
use gateways::files::LocalFiles;
use http::{Request, StatusCode, header};
use store::{Location, Options, Store};
use tower::ServiceExt as _;
use web::{App, LimitSettings, WebSettings, router};

/// A market in a folder of its own, and a browser that keeps cookies.
struct Site {
    router: axum::Router,
    cookies: Vec<(String, String)>,
    _folder: tempfile::TempDir,
}

impl Site {
    fn open() -> Self {
        Self::with(WebSettings::for_tests())
    }

    fn with(settings: WebSettings) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(
            &Location::Sqlite(folder.path().join("market.sqlite")),
            Options::default(),
        );
        let files = Arc::new(LocalFiles::new(folder.path().join("files")));
        let app = App::new(store.expect("a store"), files, settings);
        Self {
            router: router(app),
            cookies: Vec::new(),
            _folder: folder,
        }
    }

    async fn send(&mut self, mut request: Request<Body>) -> Response {
        let jar: Vec<String> = self.cookies.iter().map(|(n, v)| format!("{n}={v}")).collect();
        if !jar.is_empty() {
            request
                .headers_mut()
                .insert(header::COOKIE, jar.join("; ").parse().expect("cookies"));
        }
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().expect("text").split(';').next().expect("a pair");
            let (name, value) = pair.split_once('=').expect("a value");
            self.cookies.retain(|(n, _)| n != name);
            self.cookies.push((name.to_owned(), value.to_owned()));
        }
        response
    }

    async fn get(&mut self, path: &str) -> (StatusCode, String) {
        let response = self
            .send(Request::get(path).body(Body::empty()).expect("a request"))
            .await;
        (response.status(), text(response).await)
    }

    async fn token(&mut self) -> String {
        let (_, page) = self.get("/styleguide").await;
        let at = page.find("name=\"_csrf\" value=\"").expect("a token") + 20;
        page[at..].split('"').next().expect("a value").to_owned()
    }

    async fn post(&mut self, path: &str, body: impl Into<Body>) -> Response {
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(body.into()).expect("a request")).await
    }
}

async fn text(response: Response) -> String {
    let bytes = axum::body::to_bytes(response.into_body(), 10 << 20)
        .await
        .expect("a body");
    String::from_utf8(bytes.to_vec()).expect("text")
}

#[tokio::test]
async fn forms_need_their_token() {
    let mut site = Site::open();
    let token = site.token().await;
    assert_eq!(site.post("/theme", "theme=dark").await.status(), StatusCode::FORBIDDEN);
    assert_eq!(
        site.post("/theme", format!("theme=dark&_csrf={token}x")).await.status(),
        StatusCode::FORBIDDEN
    );
    assert_eq!(
        site.post("/theme", format!("theme=dark&_csrf={token}")).await.status(),
        StatusCode::SEE_OTHER
    );
    let mut other = Site::open();
    other.get("/").await;
    let stolen = other.post("/theme", format!("theme=dark&_csrf={token}")).await;
    assert_eq!(
        stolen.status(),
        StatusCode::FORBIDDEN,
        "a token of another browser is worth nothing"
    );
}

#[tokio::test]
async fn forms_from_elsewhere_are_refused_even_with_a_token() {
    let mut site = Site::open();
    let token = site.token().await;
    for (name, value, status) in [
        ("origin", "https://evil.example", StatusCode::FORBIDDEN),
        ("origin", "null", StatusCode::FORBIDDEN),
        ("sec-fetch-site", "cross-site", StatusCode::FORBIDDEN),
        ("origin", "http://127.0.0.1:8080", StatusCode::SEE_OTHER),
        ("sec-fetch-site", "same-origin", StatusCode::SEE_OTHER),
    ] {
        let request = Request::post("/theme")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(name, value)
            .body(Body::from(format!("theme=dark&_csrf={token}")))
            .expect("a request");
        assert_eq!(site.send(request).await.status(), status, "{name}: {value}");
    }
}

#[tokio::test]
async fn multipart_forms_carry_their_token_first() {
    let mut site = Site::open();
    let token = site.token().await;
    for (given, status) in [
        (token.as_str(), StatusCode::SEE_OTHER),
        ("wrong", StatusCode::FORBIDDEN),
    ] {
        let body = format!(
            "--b\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n{given}\r\n--b\r\n\
             Content-Disposition: form-data; name=\"theme\"\r\n\r\ndark\r\n--b--\r\n"
        );
        let request = Request::post("/theme").header(header::CONTENT_TYPE, "multipart/form-data; boundary=b");
        let response = site.send(request.body(Body::from(body)).expect("a request")).await;
        assert_eq!(response.status(), status);
    }
}

#[tokio::test]
async fn what_is_too_large_or_no_text_is_refused() {
    let mut site = Site::open();
    let token = site.token().await;
    let large = format!("_csrf={token}&theme={}", "x".repeat(300 << 10));
    assert_eq!(site.post("/theme", large).await.status(), StatusCode::PAYLOAD_TOO_LARGE);
    let broken = site.post("/theme", format!("_csrf={token}&theme=%ff%fe")).await;
    assert_eq!(broken.status(), StatusCode::BAD_REQUEST);
    let fields = format!("_csrf={token}{}", "&a=1".repeat(300));
    assert_eq!(
        site.post("/theme", fields).await.status(),
        StatusCode::PAYLOAD_TOO_LARGE
    );
}

#[tokio::test]
async fn language_and_colours_are_remembered() {
    let mut site = Site::open();
    let token = site.token().await;
    assert!(site.get("/").await.1.contains("<html lang=\"zh-CN\""));
    let response = site
        .post("/language", format!("lang=en&next=/styleguide&_csrf={token}"))
        .await;
    assert_eq!(response.headers()[header::LOCATION], "/styleguide");
    assert!(site.get("/").await.1.contains("<html lang=\"en\""));
    site.post("/theme", format!("theme=dark&next=//evil.example&_csrf={token}"))
        .await;
    assert!(site.get("/").await.1.contains("data-theme=\"jiedan-dark\""));
    let away = site
        .post("/theme", format!("theme=light&next=//evil.example&_csrf={token}"))
        .await;
    assert_eq!(away.headers()[header::LOCATION], "/", "nobody is led away");
}

#[tokio::test]
async fn errors_are_pages_in_the_readers_language() {
    let mut site = Site::open();
    for (language, words) in [("zh-CN", "没有找到这个页面"), ("en", "There is no such page")] {
        let request = Request::get("/no/such/page").header(header::ACCEPT_LANGUAGE, language);
        let response = site.send(request.body(Body::empty()).expect("a request")).await;
        assert_eq!(response.status(), StatusCode::NOT_FOUND);
        let page = text(response).await;
        assert!(page.contains(words) && page.contains("action=\"/requests\""), "{page}");
    }
    let request = Request::put("/styleguide").body(Body::empty()).expect("a request");
    assert_eq!(site.send(request).await.status(), StatusCode::FORBIDDEN);
    let token = site.token().await;
    let response = site.post("/styleguide", format!("_csrf={token}")).await;
    assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert!(response.headers().contains_key(header::ALLOW));
}

#[tokio::test]
async fn every_answer_is_protected() {
    let mut site = Site::open();
    for path in ["/", "/nope", "/robots.txt", "/favicon.svg", "/assets/nope.js"] {
        let response = site
            .send(Request::get(path).body(Body::empty()).expect("a request"))
            .await;
        let headers = response.headers();
        let policy = headers[header::CONTENT_SECURITY_POLICY].to_str().expect("text");
        assert!(
            policy.contains("default-src 'none'") && !policy.contains("unsafe"),
            "{path}: {policy}"
        );
        assert_eq!(headers["x-content-type-options"], "nosniff", "{path}");
        assert_eq!(headers["x-frame-options"], "DENY", "{path}");
    }
}

#[tokio::test]
async fn nothing_on_a_page_needs_inline_scripts_or_styles() {
    let mut site = Site::open();
    for path in ["/", "/styleguide", "/nope"] {
        let (_, page) = site.get(path).await;
        for never in [" style=\"", "<style", " onclick", " onload", "javascript:", "<script>"] {
            assert!(!page.contains(never), "{path} has {never}");
        }
    }
}

#[tokio::test]
async fn assets_are_kept_forever_and_sent_small() {
    let mut site = Site::open();
    let (_, page) = site.get("/").await;
    let at = page.find("/assets/").expect("a style sheet");
    let path = page[at..].split('"').next().expect("an address").to_owned();
    let ask = |encoding: &str, tag: Option<&str>| {
        let mut request = Request::get(&path).header(header::ACCEPT_ENCODING, encoding);
        if let Some(tag) = tag {
            request = request.header(header::IF_NONE_MATCH, tag);
        }
        request.body(Body::empty()).expect("a request")
    };
    let plain = site.send(ask("identity", None)).await;
    assert_eq!(plain.status(), StatusCode::OK);
    assert!(
        plain.headers()[header::CACHE_CONTROL]
            .to_str()
            .expect("text")
            .contains("immutable")
    );
    let tag = plain.headers()[header::ETAG].to_str().expect("text").to_owned();
    assert_eq!(
        site.send(ask("identity", Some(&tag))).await.status(),
        StatusCode::NOT_MODIFIED
    );
    let small = site.send(ask("br, gzip", None)).await;
    assert_eq!(small.headers()[header::CONTENT_ENCODING], "br");
    assert_eq!(site.get("/assets/../Cargo.toml").await.0, StatusCode::NOT_FOUND);
    assert_eq!(site.get("/assets/.vite/manifest.json").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn too_many_tries_wait() {
    let mut settings = WebSettings::for_tests();
    settings.limits = LimitSettings {
        read_per_minute: 3,
        ..LimitSettings::generous()
    };
    let mut site = Site::with(settings);
    for _ in 0..3 {
        assert_eq!(site.get("/robots.txt").await.0, StatusCode::OK, "assets do not count");
        assert_eq!(site.get("/").await.0, StatusCode::OK);
    }
    let response = site
        .send(Request::get("/").body(Body::empty()).expect("a request"))
        .await;
    assert_eq!(response.status(), StatusCode::TOO_MANY_REQUESTS);
    let seconds: u64 = response.headers()[header::RETRY_AFTER]
        .to_str()
        .expect("text")
        .parse()
        .expect("seconds");
    assert!((1..=60).contains(&seconds));
}

#[tokio::test]
async fn the_health_check_asks_the_store() {
    let mut site = Site::open();
    assert_eq!(site.get("/healthz").await, (StatusCode::OK, "ok".to_owned()));
}

/// Every refusal any room can make has words in both languages. Read from the sources, so that no list can be stale.
#[test]
fn every_refusal_has_words() {
    let crates = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut codes: Vec<String> = web::edge::form::CODES.iter().map(|c| (*c).to_owned()).collect();
    let rooms = std::fs::read_dir(crates)
        .expect("the rooms")
        .flatten()
        .map(|e| e.path().join("src"));
    rooms
        .filter(|p| !p.ends_with("testkit/src") && !p.ends_with("kernel/src"))
        .for_each(|p| collect(&p, &mut codes));
    assert!(
        codes.len() > 60,
        "only {} codes were found: has the macro changed its shape?",
        codes.len()
    );
    let mut missing = Vec::new();
    for code in codes {
        for locale in kernel::Locale::ALL {
            if !web::edge::i18n::has(locale, &format!("refusal-{code}")) {
                missing.push(format!("{} refusal-{code}", locale.tag()));
            }
        }
    }
    missing.sort();
    missing.dedup();
    assert!(
        missing.is_empty(),
        "no words for {}:\n{}",
        missing.len(),
        missing.join("\n")
    );
}

/// The codes of `refusals!` lists (`Variant => ("code", Status…)`) and of `Refusal::new("code", …)`.
fn collect(path: &std::path::Path, codes: &mut Vec<String>) {
    for entry in std::fs::read_dir(path).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            collect(&path, codes);
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for mark in ["=> (\"", "Refusal::new(\""] {
            let listed = mark != "=> (\"" || code.contains("refusals!");
            for (at, _) in code.match_indices(mark).filter(|_| listed) {
                let found = code[at + mark.len()..].split('"').next().unwrap_or_default();
                if found.contains('-') && !found.contains(' ') {
                    codes.push(found.to_owned());
                }
            }
        }
    }
}
