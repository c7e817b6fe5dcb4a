//! Asking and bidding over HTTP: what each reader sees, what is refused and kept, how files are served.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::body::Body;
use axum::response::Response;
use gateways::files::LocalFiles;
use http::{HeaderMap, Request, StatusCode, header};
use kernel::{Actor, Id};
use scraper::{Html, Selector};
use testkit::Market;
use tower::ServiceExt as _;
use web::{App, WebSettings, router};

/// A market with pages.
struct Site {
    market: Market,
    router: axum::Router,
    /// The market waits for its store, so the tests themselves are not asynchronous.
    runtime: tokio::runtime::Runtime,
    _folder: tempfile::TempDir,
}

/// Somebody's browser.
struct Browser<'s> {
    site: &'s Site,
    cookies: Vec<(String, String)>,
}

/// What came back.
struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

impl Answer {
    fn location(&self) -> &str {
        self.headers
            .get(header::LOCATION)
            .map_or("", |v| v.to_str().expect("text"))
    }

    fn has(&self, words: &str) -> bool {
        self.body.contains(words)
    }

    /// The value of a form field.
    fn field(&self, name: &str) -> String {
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
    fn open() -> Self {
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
    fn browser(&self, who: &Actor) -> Browser<'_> {
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

    fn visitor(&self) -> Browser<'_> {
        Browser {
            site: self,
            cookies: Vec::new(),
        }
    }
}

impl Browser<'_> {
    fn send(&mut self, mut request: Request<Body>) -> Answer {
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

    fn get(&mut self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).expect("a request"))
    }

    fn token(&mut self) -> String {
        let page = self.get("/styleguide");
        page.field("_csrf")
    }

    fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.token();
        let mut body = url::form_urlencoded::Serializer::new(String::new());
        body.append_pair("_csrf", &token).extend_pairs(fields);
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body.finish())).expect("a request"))
    }

    fn post_file(&mut self, path: &str, fields: &[(&str, &str)], name: &str, bytes: &[u8]) -> Answer {
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

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

/// What a client types; `category` is the key of one.
fn typed<'a>(category: &'a str, deadline: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("title", "给面包店设计标志"),
        (
            "brief",
            "门头、纸袋和小程序都要用，要能单色印刷，风格温暖一点，三周内完成。",
        ),
        ("category", category),
        ("budget_min", "2,000"),
        ("budget_max", "￥４０００"),
        ("deadline", deadline),
        ("wish_days", "21"),
    ]
}

fn category(site: &Site) -> String {
    site.market.request_content("x").category.expect("it has one").short()
}

fn with<'a>(mut fields: Vec<(&'a str, &'a str)>, changed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    fields.retain(|(name, _)| !changed.iter().any(|(n, _)| n == name));
    fields.extend(changed);
    fields
}

fn deadline(site: &Site, days: i64) -> String {
    site.market.now().plus_days(days).to_jiff().to_string()[..10].to_owned()
}

#[test]
fn a_request_is_written_inspected_and_found() {
    let site = Site::open();
    let client = site.market.client("张三丰");
    let (category, day) = (category(&site), deadline(&site, 9));
    let mut browser = site.browser(&client);
    let form = browser.get("/requests/new");
    assert_eq!(form.status, StatusCode::OK);
    assert!(form.has("<auto-save data-url=\"/requests/draft\"") && form.has("multipart/form-data"));
    let sent = browser.post("/requests/new", &typed(&category, &day));
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let path = sent.location().to_owned();
    assert!(browser.get(&path).has("等待审核"));
    assert_eq!(site.visitor().get(&path).status, StatusCode::NOT_FOUND);
    site.market.approve_all();
    let page = site.visitor().get(&path);
    assert!(
        page.has("给面包店设计标志") && page.has("张**") && !page.has("张三丰"),
        "{}",
        page.body
    );
    for (query, found) in [
        ("", true),
        ("?q=%E9%9D%A2%E5%8C%85", true),
        ("?q=%25", false),
        ("?from=4000", true),
        ("?from=4000.01", false),
        ("?to=1999", false),
        ("?category=brand-identity", true),
        ("?category=translation", false),
        ("?from=abc&after=x&category=nope", true),
    ] {
        let list = site.visitor().get(&format!("/requests{query}"));
        assert_eq!(
            (list.status, list.has("给面包店设计标志")),
            (StatusCode::OK, found),
            "{query}"
        );
    }
    assert!(browser.get("/me/requests").has("给面包店设计标志"));
    let english = Request::get(&path)
        .header(header::ACCEPT_LANGUAGE, "en")
        .body(Body::empty())
        .expect("a request");
    assert!(site.visitor().send(english).has("Open for bids"));
}

#[test]
fn what_is_refused_is_said_beside_the_field_and_nothing_is_lost() {
    let site = Site::open();
    let client = site.market.client("张三");
    let (category, day) = (category(&site), deadline(&site, 9));
    let mut browser = site.browser(&client);
    for (name, value, words) in [
        ("title", "三字", "标题至少"),
        ("title", "标\u{202e}志设计啊", "不可见的控制字符"),
        ("brief", "短", "请至少再写"),
        ("category", "", "请选择一个类别"),
        ("category", "0000000000001", "请选择一个类别"),
        ("budget_max", "-5", "预算上限要在"),
        ("budget_max", "99999999999999999999999", "金额太大"),
        ("budget_max", "1.234", "小数位太多"),
        ("budget_max", "三千", "要填金额"),
        ("budget_max", "100", "不能低于下限"),
        ("deadline", "2001-01-01", "报价截止要在"),
        ("deadline", "明天", "请选一个报价截止日期"),
        ("wish_days", "0", "希望天数"),
        ("wish_days", "many", "这里要填整数"),
    ] {
        let answer = browser.post("/requests/new", &with(typed(&category, &day), &[(name, value)]));
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name} {value}");
        assert!(answer.has(words), "{name} {value}: no {words}");
        if name != "title" {
            assert_eq!(answer.field("title"), "给面包店设计标志");
        }
        if name != "brief" {
            assert!(answer.has("门头、纸袋和小程序"), "the brief is kept");
        }
    }
    assert!(
        site.market
            .read(move |tx| orders::requests::mine(tx, &client))
            .expect("a list")
            .is_empty()
    );
}

#[test]
fn scripts_in_every_field_stay_words() {
    let site = Site::open();
    let client = site.market.client("<script>alert(0)</script>");
    let (category, day) = (category(&site), deadline(&site, 9));
    let evil = "<script>alert(1)</script><img src=x onerror=alert(2)> 一二三四五六七八九十一二三四五六七八九十";
    let mut browser = site.browser(&client);
    let sent = browser.post(
        "/requests/new",
        &with(
            typed(&category, &day),
            &[("title", "<script>alert(1)</script>设计"), ("brief", evil)],
        ),
    );
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    site.market.approve_all();
    let path = sent.location().to_owned();
    let provider = site.market.provider("李四");
    let mut other = site.browser(&provider);
    for page in [
        browser.get(&path),
        other.get(&path),
        other.get("/requests"),
        other.get(&format!("{path}/bid")),
        browser.get(&format!("{path}/edit")),
        browser.get("/me/requests"),
    ] {
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.has("<script>alert") && !page.has("<img src=x"), "{}", page.body);
    }
}

#[test]
fn the_draft_saves_itself_and_a_second_tab_is_told() {
    let site = Site::open();
    let client = site.market.client("张三");
    let (category, day) = (category(&site), deadline(&site, 9));
    let mut browser = site.browser(&client);
    let saved = browser.post("/requests/draft", &[("title", "面包"), ("draft", ""), ("version", "0")]);
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.body);
    let said: serde_json::Value = serde_json::from_str(&saved.body).expect("JSON");
    let (id, version) = (
        said["id"].as_str().expect("an id"),
        said["fields"]["version"].as_str().expect("a version"),
    );
    assert_eq!(
        (said["action"].as_str(), version),
        (Some(format!("/requests/{id}/edit").as_str()), "1")
    );
    let again = browser.post(
        "/requests/draft",
        &[("title", "面包店"), ("draft", id), ("version", "1")],
    );
    assert!(again.has("\"version\":\"2\""));
    assert_eq!(
        browser
            .post("/requests/draft", &[("title", "x"), ("draft", id), ("version", "1")])
            .status,
        StatusCode::CONFLICT
    );
    let path = format!("/requests/{id}/edit");
    let stale = browser.post(&path, &with(typed(&category, &day), &[("version", "1")]));
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(
        stale.has("刚在别处改过") && stale.has("<del>面包</del>") && stale.has("<ins>面包店</ins>"),
        "{}",
        stale.body
    );
    assert_eq!(
        (stale.field("version").as_str(), stale.field("title").as_str()),
        ("2", "给面包店设计标志")
    );
    let sent = browser.post(&path, &with(typed(&category, &day), &[("version", "2")]));
    assert_eq!(sent.location(), format!("/requests/{id}"));
    let stranger = site.market.client("王五");
    assert_eq!(site.browser(&stranger).get(&path).status, StatusCode::NOT_FOUND);
    let plain = browser.post("/requests/new", &[("act", "draft"), ("title", "另一份草稿")]);
    assert!(
        plain.location().ends_with("/edit"),
        "without scripts a button saves the draft"
    );
}

#[test]
fn the_outline_fills_an_empty_brief_only() {
    let site = Site::open();
    let client = site.market.client("张三");
    let category = category(&site);
    let mut browser = site.browser(&client);
    let filled = browser.post(
        "/requests/new",
        &[
            ("act", "outline"),
            ("category", &category),
            ("brief", ""),
            ("title", "标志"),
        ],
    );
    assert!(
        filled.has("## 用在哪里") && filled.has("还说不出行情"),
        "{}",
        filled.body
    );
    assert_eq!(filled.field("title"), "标志");
    let kept = browser.post(
        "/requests/new",
        &[("act", "outline"), ("category", &category), ("brief", "我自己写的")],
    );
    assert!(kept.has("我自己写的") && !kept.has("## 用在哪里"));
    assert!(browser.get("/requests/new?category=brand-identity").has("## 用在哪里"));
}

#[test]
fn files_are_kept_and_served_to_those_who_may() {
    let site = Site::open();
    let (client, stranger) = (site.market.client("张三"), site.market.client("王五"));
    let (category, day) = (category(&site), deadline(&site, 9));
    let mut browser = site.browser(&client);
    let liar = browser.post_file(
        "/requests/new",
        &typed(&category, &day),
        "a.png",
        b"MZ\x90\0 not a picture",
    );
    assert_eq!(liar.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(liar.has("内容和扩展名不一致") && liar.field("title") == "给面包店设计标志");
    let refused = browser.post_file(
        "/requests/new",
        &with(typed(&category, &day), &[("title", "")]),
        "参考.png",
        PNG,
    );
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let file = refused.field("file");
    let path = format!("/files/{file}");
    assert_eq!(browser.get(&path).status, StatusCode::OK, "one's own upload");
    assert_eq!(site.browser(&stranger).get(&path).status, StatusCode::NOT_FOUND);
    let sent = browser.post("/requests/new", &with(typed(&category, &day), &[("file", &file)]));
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    assert_eq!(
        site.visitor().get(&path).status,
        StatusCode::NOT_FOUND,
        "not before it is public"
    );
    site.market.approve_all();
    let open = site.visitor().get(&path);
    assert_eq!(open.status, StatusCode::OK);
    assert_eq!(open.headers[header::CONTENT_TYPE], "image/png");
    assert_eq!(open.headers["x-content-type-options"], "nosniff");
    let disposition = open.headers[header::CONTENT_DISPOSITION].to_str().expect("ASCII");
    assert_eq!(
        disposition,
        "inline; filename=\"__.png\"; filename*=UTF-8''%E5%8F%82%E8%80%83.png"
    );
    assert!(
        open.headers[header::CONTENT_SECURITY_POLICY]
            .to_str()
            .expect("text")
            .contains("sandbox")
    );
}

/// What a provider types.
fn bid<'a>(version: &'a str, rows: &[(&'a str, &'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("request_version", version),
        ("price", "3000"),
        ("days", "20"),
        ("letter", "我做过十二家面包店的标志，先给三个方向。"),
    ];
    for (title, amount, days) in rows {
        fields.extend([("step_title", *title), ("step_amount", *amount), ("step_days", *days)]);
    }
    fields
}

fn open_request(site: &Site, client: &Actor) -> (Id, String) {
    let id = site.market.open_request(client, "给面包店设计标志");
    let client = *client;
    let version = site
        .market
        .read(move |tx| orders::requests::own(tx, &client, id))
        .expect("it is there")
        .version;
    (id, version.to_string())
}

const PLAN: [(&str, &str, &str); 2] = [("三个方向", "1,000", "7"), ("定稿与源文件", "2000.00", "13")];

#[test]
fn a_bid_is_looked_at_sent_changed_and_taken_back() {
    let site = Site::open();
    let (client, provider) = (site.market.client("张三"), site.market.provider("李四"));
    let (id, version) = open_request(&site, &client);
    let path = format!("/requests/{id}/bid");
    let mut browser = site.browser(&provider);
    let form = browser.get(&path);
    assert!(form.has("<plan-editor") && form.has("10%"), "{}", form.body);
    let look = browser.post(&path, &with(bid(&version, &PLAN), &[("act", "preview")]));
    assert_eq!(look.status, StatusCode::OK, "{}", look.body);
    assert!(look.has("300.00") && look.has("2,700.00"), "fee and net are shown");
    assert!(
        site.market
            .read(move |tx| orders::bids::mine(tx, &provider))
            .expect("a list")
            .is_empty(),
        "nothing is sent yet"
    );
    let back = browser.post(&path, &with(bid(&version, &PLAN), &[("act", "back")]));
    assert_eq!((back.status, back.field("price").as_str()), (StatusCode::OK, "3000"));
    let sent = browser.post(&path, &with(bid(&version, &PLAN), &[("act", "send"), ("_once", "k1")]));
    assert_eq!(sent.location(), format!("/requests/{id}"), "{}", sent.body);
    let twice = browser.post(&path, &with(bid(&version, &PLAN), &[("act", "send"), ("_once", "k1")]));
    assert_eq!(twice.status, StatusCode::SEE_OTHER, "a second click does nothing");
    let second = browser.post(&path, &with(bid(&version, &PLAN), &[("act", "send"), ("_once", "k2")]));
    assert_eq!(second.status, StatusCode::CONFLICT);
    assert!(browser.get("/me/bids").has("2,700.00"));
    let form = browser.get(&path);
    let (own, seen) = (form.field("bid"), form.field("version"));
    let cheaper = [("三个方向", "500", "7"), ("定稿与源文件", "2000.00", "13")];
    let edit = with(
        bid(&version, &cheaper),
        &[("act", "send"), ("price", "2500"), ("bid", &own), ("version", &seen)],
    );
    assert_eq!(browser.post(&path, &edit).status, StatusCode::SEE_OTHER);
    assert_eq!(
        browser.post(&path, &edit).status,
        StatusCode::CONFLICT,
        "the version that was seen is gone"
    );
    let away = browser.post(&format!("{path}/withdrawal"), &[("bid", &own), ("version", "2")]);
    assert_eq!(away.status, StatusCode::SEE_OTHER, "{}", away.body);
    assert!(!browser.get("/me/bids").has("等待选择"));
}

#[test]
fn plans_that_do_not_add_up_are_refused_by_row() {
    let site = Site::open();
    let (client, provider) = (site.market.client("张三"), site.market.provider("李四"));
    let (id, version) = open_request(&site, &client);
    let path = format!("/requests/{id}/bid");
    let mut browser = site.browser(&provider);
    type Case<'a> = (&'a [(&'a str, &'a str, &'a str)], &'a str);
    let cases: [Case; 7] = [
        (&[], "1 到 10 个阶段"),
        (&[("一", "2999.99", "5")], "加起来是 ¥2,999.99"),
        (&[("一", "3000", "21")], "超过了工期 20 天"),
        (&[("", "", ""), ("一", "abc", "5")], "第 1 个阶段的金额看不懂"),
        (&[("一", "3000", "x")], "第 1 个阶段要写天数"),
        (&[("一", "4000", "5"), ("二", "-1000", "5")], "第 2 个阶段的金额看不懂"),
        (&[("", "3000", "5")], "第 1 个阶段要写明交付什么"),
    ];
    for (rows, words) in cases {
        for act in ["preview", "send"] {
            let answer = browser.post(&path, &with(bid(&version, rows), &[("act", act)]));
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{words}");
            assert!(
                answer.has(words) && answer.has("我做过十二家"),
                "{words}: {}",
                answer.body
            );
        }
    }
    let mut own = site.browser(&client);
    assert_eq!(own.get(&path).location(), format!("/requests/{id}"));
    let answer = own.post(&path, &with(bid(&version, &PLAN), &[("act", "send")]));
    assert!(answer.has("不能给自己的需求报价"), "{}", answer.body);
    assert_eq!(site.visitor().get(&path).status, StatusCode::SEE_OTHER);
}

#[test]
fn the_client_compares_and_nobody_else_does() {
    let site = Site::open();
    let (client, one, two) = (
        site.market.client("张三"),
        site.market.provider("李四光"),
        site.market.provider("赵六顺"),
    );
    let (id, _) = open_request(&site, &client);
    site.market.bid(&one, id, &[200_000]);
    let low = site.market.bid(&two, id, &[50_000, 50_000]);
    let path = format!("/requests/{id}/bids");
    let mut browser = site.browser(&client);
    for sort in ["", "?sort=price", "?sort=days", "?sort=rating", "?sort=nonsense"] {
        let page = browser.get(&format!("{path}{sort}"));
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.has("李四光") && page.has("赵六顺") && page.has(&format!("/award?bid={low}")));
    }
    let page = browser.get(&format!("{path}?sort=price")).body;
    assert!(page.find("赵六顺") < page.find("李四光"), "the lowest price first");
    for who in [&one, &two] {
        assert_eq!(site.browser(who).get(&path).status, StatusCode::NOT_FOUND);
    }
    let seen = site.browser(&one).get(&format!("/requests/{id}"));
    assert!(!seen.has("赵六顺") && seen.has("2 份报价"), "{}", seen.body);
}

#[test]
fn a_profile_is_written_and_kept_when_refused() {
    let site = Site::open();
    let provider = site.market.provider("李四");
    let mut browser = site.browser(&provider);
    let page = browser.get("/me/profile");
    assert_eq!((page.status, page.field("version").as_str()), (StatusCode::OK, "0"));
    let long = "长".repeat(61);
    let refused = browser.post(
        "/me/profile",
        &[("version", "0"), ("headline", &long), ("location", "杭州")],
    );
    assert_eq!(
        (refused.status, refused.field("location").as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, "杭州")
    );
    let fields = [
        ("version", "0"),
        ("headline", "品牌设计师"),
        ("about", "**十年**"),
        ("rate", "800"),
        ("location", "杭州"),
    ];
    assert_eq!(browser.post("/me/profile", &fields).status, StatusCode::SEE_OTHER);
    assert_eq!(
        browser.post("/me/profile", &fields).status,
        StatusCode::CONFLICT,
        "another tab saved meanwhile"
    );
    assert_eq!(browser.get("/me/profile").field("headline"), "品牌设计师");
}
