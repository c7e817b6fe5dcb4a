//! Joining, logging in and one's own account, over HTTP: real pages, real cookies, codes read from the demo's outbox.

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

const PASSWORD: &str = "kumquat-ferry-42-ladder";

/// A market in a folder of its own.
struct Market {
    store: Store,
    router: axum::Router,
    _folder: tempfile::TempDir,
}

impl Market {
    fn open() -> Self {
        Self::with(WebSettings::for_tests())
    }

    fn with(settings: WebSettings) -> Self {
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

    async fn installed(self) -> Self {
        self.store
            .write("install", |tx| site::install(tx, &Pack::general()))
            .await
            .expect("the pack");
        self
    }

    async fn member(&self, name: &str, email: &str) {
        let mut new = NewPerson::named(name, email, Locale::ZhCn);
        new.password_hash = Some(passwords::hash(PASSWORD, &[3; 16]));
        self.store
            .write("member", move |tx| people::create(tx, &new))
            .await
            .expect("a member");
    }

    fn browser(&self) -> Browser {
        Browser {
            router: self.router.clone(),
            cookies: Vec::new(),
        }
    }
}

/// A browser that keeps cookies and reads forms, and runs no scripts.
struct Browser {
    router: axum::Router,
    cookies: Vec<(String, String)>,
}

/// What came back.
struct Answer {
    status: StatusCode,
    location: String,
    cookies: Vec<String>,
    body: String,
}

impl Browser {
    async fn send(&mut self, mut request: Request<Body>) -> Answer {
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

    async fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).expect("a request"))
            .await
    }

    /// Opens `page`, fills its form in and sends it to `path`, as people do.
    async fn fill(&mut self, page: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
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
    async fn code(&mut self, to: &str) -> String {
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

    async fn log_in(&mut self, email: &str) {
        let answer = self
            .fill("/login", "/login", &[("to", email), ("password", PASSWORD)])
            .await;
        assert_eq!(
            (answer.status, answer.location.as_str()),
            (StatusCode::SEE_OTHER, "/me")
        );
    }
}

async fn text(response: Response) -> String {
    let bytes = axum::body::to_bytes(response.into_body(), 10 << 20)
        .await
        .expect("a body");
    String::from_utf8(bytes.to_vec()).expect("text")
}

/// The value of the last hidden field of this name: the page's own form, not those of the frame around it.
fn hidden(page: &str, name: &str) -> String {
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
fn words(answer: &Answer, typed: &str) -> String {
    let document = scraper::Html::parse_document(&answer.body);
    let main = scraper::Selector::parse("main").expect("a selector");
    let said: String = document.select(&main).flat_map(|m| m.text()).collect();
    said.replace(typed, "NAME")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

#[tokio::test]
async fn a_stranger_joins_looks_around_and_leaves() {
    let market = Market::open().installed().await;
    let mut browser = market.browser();
    assert_eq!(browser.get("/me").await.location, "/login?next=%2Fme");
    let bad = browser.fill("/signup", "/signup", &[("to", "lina@")]).await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        bad.body.contains("value=\"lina@\"") && bad.body.contains("邮箱地址不完整"),
        "what was typed stays"
    );
    let asked = browser
        .fill("/signup?next=/requests", "/signup", &[("to", "Lina@Example.com")])
        .await;
    assert_eq!(
        (asked.status, asked.location.as_str()),
        (StatusCode::SEE_OTHER, "/signup/code")
    );
    let code = browser.code("lina@example.com").await;
    let fields = |code: &str, name: &str| [("code", code.to_owned()), ("name", name.to_owned())];
    let send = |fields: [(&'static str, String); 2], consent: bool| {
        let mut all: Vec<(&str, String)> = fields.to_vec();
        if consent {
            all.push(("consent", "1".to_owned()));
        }
        all
    };
    let wrong = if code == "000000" { "000001" } else { "000000" };
    for (fields, said) in [
        (send(fields(&code, "李娜"), false), "勾选同意"),
        (send(fields(&code, "李"), true), "称呼要"),
        (send(fields(wrong, "李娜"), true), "还可以试 4 次"),
    ] {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let refused = browser.fill("/signup/code", "/signup/code", &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains(said), "{said}: {}", words(&refused, ""));
        assert!(refused.body.contains("value=\"李"), "the name stays");
    }
    let good = send(fields(&code, "李娜"), true);
    let good: Vec<(&str, &str)> = good.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let joined = browser.fill("/signup/code", "/signup/code", &good).await;
    assert_eq!(
        (joined.status, joined.location.as_str()),
        (StatusCode::SEE_OTHER, "/requests")
    );
    let session = joined
        .cookies
        .iter()
        .find(|c| c.starts_with("jd_session="))
        .expect("a session");
    assert!(
        session.contains("HttpOnly") && session.contains("SameSite=Lax"),
        "{session}"
    );
    let hub = browser.get("/me").await;
    assert_eq!(hub.status, StatusCode::OK);
    assert!(hub.body.contains("李娜") && hub.body.contains("lina@example.com"));
    assert!(browser.get("/sessions").await.body.contains("Firefox · Linux"));
    assert!(browser.get("/me/settings").await.body.contains("我同意过的协议"));
    let out = browser.fill("/me", "/logout", &[]).await;
    assert_eq!(out.status, StatusCode::SEE_OTHER);
    assert_eq!(browser.get("/me").await.location, "/login?next=%2Fme");
}

#[tokio::test]
async fn members_and_strangers_see_the_same_pages() {
    let market = Market::open().installed().await;
    market.member("王芳", "known@example.com").await;
    let mut seen: Vec<Vec<(StatusCode, String, String)>> = Vec::new();
    for name in ["known@example.com", "unknown@example.com"] {
        let mut browser = market.browser();
        let mut said = Vec::new();
        for (page, path, fields) in [
            (
                "/login",
                "/login",
                vec![("to", name), ("password", "not the right password")],
            ),
            ("/login/code", "/login/code", vec![("to", name)]),
            ("/login/enter", "/login/enter", vec![("code", "000001")]),
            ("/reset", "/reset", vec![("to", name)]),
            (
                "/reset/enter",
                "/reset/enter",
                vec![("code", "000001"), ("password", PASSWORD)],
            ),
            ("/signup", "/signup", vec![("to", name)]),
            (
                "/signup/code",
                "/signup/code",
                vec![("code", "000001"), ("name", "李娜"), ("consent", "1")],
            ),
        ] {
            let answer = browser.fill(page, path, &fields).await;
            said.push((answer.status, answer.location.clone(), words(&answer, name)));
        }
        seen.push(said);
    }
    assert_eq!(seen[0], seen[1]);
    assert_eq!(seen[0][0].0, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(seen[0][1].0, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn logging_in_leads_to_paths_of_this_site_only() {
    let market = Market::open().installed().await;
    market.member("王芳", "fang@example.com").await;
    for (next, location) in [
        ("/orders?page=2", "/orders?page=2"),
        ("https://evil.example/", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
    ] {
        let mut browser = market.browser();
        let fields = [("to", "fang@example.com"), ("password", PASSWORD), ("next", next)];
        let answer = browser.fill("/login", "/login", &fields).await;
        assert_eq!(
            (answer.status, answer.location.as_str()),
            (StatusCode::SEE_OTHER, location),
            "{next}"
        );
    }
}

#[tokio::test]
async fn codes_log_in_and_can_be_sent_again() {
    let market = Market::open().installed().await;
    market.member("王芳", "fang@example.com").await;
    let mut browser = market.browser();
    assert_eq!(
        browser.get("/login/enter").await.location,
        "/login/code",
        "nothing was asked for"
    );
    browser
        .fill("/login/code", "/login/code", &[("to", "fang@example.com")])
        .await;
    let first = browser.code("fang@example.com").await;
    let again = browser.fill("/login/enter", "/login/enter", &[("again", "1")]).await;
    assert_eq!(again.status, StatusCode::OK);
    assert!(again.body.contains("新的验证码已经发出"));
    let second = browser.code("fang@example.com").await;
    if first != second {
        let old = browser.fill("/login/enter", "/login/enter", &[("code", &first)]).await;
        assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let entered = browser.fill("/login/enter", "/login/enter", &[("code", &second)]).await;
    assert_eq!(
        (entered.status, entered.location.as_str()),
        (StatusCode::SEE_OTHER, "/me")
    );
    for _ in 0..4 {
        let mut other = market.browser();
        other
            .fill("/login/code", "/login/code", &[("to", "fang@example.com")])
            .await;
    }
    let mut other = market.browser();
    let refused = other
        .fill("/login/code", "/login/code", &[("to", "fang@example.com")])
        .await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(refused.body.contains("验证码太多了"), "{}", words(&refused, ""));
}

#[tokio::test]
async fn a_device_is_signed_out_from_another() {
    let market = Market::open().installed().await;
    market.member("王芳", "fang@example.com").await;
    let (mut here, mut there) = (market.browser(), market.browser());
    here.log_in("fang@example.com").await;
    there.log_in("fang@example.com").await;
    let page = here.get("/sessions").await.body;
    assert_eq!(page.matches("class=\"session\"").count(), 2);
    assert_eq!(page.matches("这台设备").count(), 1);
    let ended = here.fill("/sessions", "/sessions/others/end", &[]).await;
    assert_eq!(ended.location, "/sessions");
    assert_eq!(there.get("/me").await.location, "/login?next=%2Fme");
    assert_eq!(here.get("/me").await.status, StatusCode::OK);
    let nobodys = here.fill("/sessions", "/sessions/01k3v9p2m4x7c/end", &[]).await;
    assert_eq!(nobodys.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_password_is_changed_with_the_present_one_or_by_code() {
    let market = Market::open().installed().await;
    market.member("王芳", "fang@example.com").await;
    let (mut here, mut there) = (market.browser(), market.browser());
    here.log_in("fang@example.com").await;
    there.log_in("fang@example.com").await;
    let new = "wicker-tuba-19-lagoon";
    for (current, password, said) in [
        ("not the present one", new, "现在的密码不对"),
        (PASSWORD, "short", "至少要 15 个字符"),
        (PASSWORD, "fang@example.com", "太容易猜到"),
    ] {
        let fields = [("current", current), ("password", password)];
        let refused = here.fill("/me/password", "/me/password", &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains(said), "{said}");
        assert!(!refused.body.contains(password), "a password is never shown again");
    }
    let changed = here
        .fill(
            "/me/password",
            "/me/password",
            &[("current", PASSWORD), ("password", new)],
        )
        .await;
    assert_eq!(changed.location, "/me/settings");
    assert_eq!(here.get("/me").await.status, StatusCode::OK, "this browser stays");
    assert_eq!(
        there.get("/me").await.status,
        StatusCode::SEE_OTHER,
        "the other does not"
    );
    let mut forgot = market.browser();
    forgot.fill("/reset", "/reset", &[("to", "fang@example.com")]).await;
    let code = forgot.code("fang@example.com").await;
    let reset = forgot
        .fill(
            "/reset/enter",
            "/reset/enter",
            &[("code", &code), ("password", PASSWORD)],
        )
        .await;
    assert_eq!(reset.location, "/me");
    assert_eq!(
        here.get("/me").await.status,
        StatusCode::SEE_OTHER,
        "a reset ends every session"
    );
    market.browser().log_in("fang@example.com").await;
}

#[tokio::test]
async fn contact_and_settings_change() {
    let market = Market::open().installed().await;
    market.member("王芳", "fang@example.com").await;
    let mut browser = market.browser();
    browser.log_in("fang@example.com").await;
    let wrong = browser
        .fill("/me/phone", "/me/phone", &[("to", "13800138000"), ("current", "no")])
        .await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let asked = browser
        .fill(
            "/me/phone",
            "/me/phone",
            &[("to", "13800138000"), ("current", PASSWORD)],
        )
        .await;
    assert_eq!(asked.location, "/me/contact");
    let page = browser.get("/demo/outbox?to=13800138000").await.body;
    let at = page.find("验证码 ").expect("a message") + "验证码 ".len();
    let code = page[at..at + 6].to_owned();
    let changed = browser.fill("/me/contact", "/me/contact", &[("code", &code)]).await;
    assert_eq!(changed.location, "/me/settings");
    assert!(browser.get("/me/settings").await.body.contains("+8613800138000"));
    assert!(
        browser
            .get("/demo/outbox?to=fang@example.com")
            .await
            .body
            .contains("换了联系方式"),
        "the old one is told"
    );
    let named = browser
        .fill("/me/settings", "/me/settings/name", &[("name", "芳工作室")])
        .await;
    assert_eq!(named.status, StatusCode::SEE_OTHER);
    let fields = [("locale", "en"), ("zone", "Europe/Berlin")];
    browser.fill("/me/settings", "/me/settings/language", &fields).await;
    let english = browser.get("/me/settings").await.body;
    assert!(english.contains("Account settings") && english.contains("芳工作室"));
    let bad = browser
        .fill(
            "/me/settings",
            "/me/settings/language",
            &[("locale", "en"), ("zone", "Mars/X")],
        )
        .await;
    assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn newer_terms_stand_between_log_in_and_everything_else() {
    let market = Market::open().installed().await;
    market.member("王芳", "fang@example.com").await;
    let publish = |tx: &mut store::Tx| {
        for locale in Locale::ALL {
            site::legal::publish(tx, site::legal::TERMS, locale, "9", "新的服务协议", "**新**的正文")?;
        }
        Ok(())
    };
    market.store.write("publish", publish).await.expect("published");
    let mut browser = market.browser();
    browser.log_in("fang@example.com").await;
    assert_eq!(browser.get("/me").await.location, "/consent?next=%2Fme");
    let page = browser.get("/consent?next=/me").await;
    assert!(page.body.contains("新的服务协议") && page.body.contains("<strong>新</strong>"));
    let unticked = browser.fill("/consent?next=/me", "/consent", &[]).await;
    assert_eq!(unticked.status, StatusCode::UNPROCESSABLE_ENTITY);
    let agreed = browser.fill("/consent?next=/me", "/consent", &[("consent", "1")]).await;
    assert_eq!(
        (agreed.status, agreed.location.as_str()),
        (StatusCode::SEE_OTHER, "/me")
    );
    assert_eq!(browser.get("/me").await.status, StatusCode::OK);
}

#[tokio::test]
async fn legal_texts_stand_in_both_languages() {
    let market = Market::open().installed().await;
    for lang in ["zh-CN", "en"] {
        let mut browser = market.browser();
        browser.cookies.push(("jd_lang".to_owned(), lang.to_owned()));
        for kind in site::legal::KINDS {
            let page = browser.get(&format!("/legal/{kind}")).await;
            assert_eq!(page.status, StatusCode::OK);
            assert!(page.body.contains(&format!("lang=\"{lang}\"")));
        }
    }
    assert_eq!(
        market.browser().get("/legal/secrets").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test]
async fn the_outbox_is_the_demos_alone() {
    let mut settings = WebSettings::for_tests();
    settings.demo = false;
    let market = Market::with(settings).installed().await;
    let mut browser = market.browser();
    assert_eq!(browser.get("/demo/outbox").await.status, StatusCode::NOT_FOUND);
    browser.fill("/signup", "/signup", &[("to", "lina@example.com")]).await;
    assert!(!browser.get("/signup/code").await.body.contains("/demo/outbox"));
}

#[tokio::test]
async fn guessing_from_one_address_is_slowed_down() {
    let mut settings = WebSettings::for_tests();
    settings.limits.login_per_minute = 3;
    let market = Market::with(settings).installed().await;
    let mut browser = market.browser();
    let mut last = StatusCode::OK;
    for guess in 0..4 {
        let name = format!("person{guess}@example.com");
        last = browser
            .fill("/login", "/login", &[("to", &name), ("password", "a wrong password")])
            .await
            .status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn strange_input_is_refused_and_shown_as_text() {
    let market = Market::open().installed().await;
    let script = "<script>alert(1)</script>@example.com";
    for (page, path) in [("/login", "/login"), ("/signup", "/signup"), ("/reset", "/reset")] {
        for typed in [
            script,
            "a\u{202e}b@example.com",
            "\u{0}",
            &"9".repeat(100_000),
            "'; DROP TABLE accounts; --",
        ] {
            let answer = market
                .browser()
                .fill(page, path, &[("to", typed), ("password", typed)])
                .await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{path}");
            assert!(!answer.body.contains("<script>alert"));
        }
    }
}

#[test]
fn every_refusal_of_the_room_has_words() {
    for code in accounts::refusal_codes() {
        for locale in Locale::ALL {
            let key = format!("refusal-{code}");
            assert_ne!(web::edge::i18n::t(locale, &key), key, "{locale:?}");
        }
    }
}
