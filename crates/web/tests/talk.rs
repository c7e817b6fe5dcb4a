//! Threads, notices, reviews and live pages, asked over HTTP as two people and a stranger.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops here")]

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::{Duration, Instant};

use accounts::sessions::NewSession;
use axum::body::Body;
use gateways::files::LocalFiles;
use http::{Request, StatusCode, header};
use kernel::{Actor, Id};
use testkit::Market;
use tower::ServiceExt as _;
use web::{App, WebSettings, router};

/// A market with its pages.
struct Site {
    app: App,
    runtime: tokio::runtime::Runtime,
    // Dropped last: the pages hold its store.
    market: Market,
    _folder: tempfile::TempDir,
}

/// Somebody's browser.
struct Browser<'s> {
    site: &'s Site,
    session: String,
    seed: String,
}

impl Site {
    fn open() -> Self {
        let (market, folder) = (Market::sqlite(), tempfile::tempdir().unwrap());
        let files = Arc::new(LocalFiles::new(folder.path()));
        let app = App::new(market.store(), files, WebSettings::for_tests());
        Self {
            app,
            runtime: tokio::runtime::Runtime::new().unwrap(),
            market,
            _folder: folder,
        }
    }

    fn browser(&self, actor: &Actor) -> Browser<'_> {
        let session = format!("token-of-{}", actor.account().unwrap());
        let account = actor.account().unwrap();
        let new = NewSession {
            token_hash: accounts::sessions::token_hash(&session),
            device: "test".to_owned(),
            address: "127.0.0.1".to_owned(),
        };
        self.market
            .write(move |tx| accounts::sessions::open(tx, account, &new))
            .unwrap();
        Browser {
            site: self,
            session,
            seed: "AAAAAAAAAAAAAAAAAAAAAA".to_owned(),
        }
    }

    fn order(&self, client: &Actor, provider: &Actor) -> Id {
        let order = self.market.running_order(client, provider, &[100_000]);
        self.market.pump();
        order
    }
}

impl Browser<'_> {
    fn ask(&self, request: http::request::Builder, body: String) -> (StatusCode, String, String) {
        let cookies = format!("jd_session={}; jd_csrf={}; jd_lang=zh-CN", self.session, self.seed);
        let request = request.header(header::COOKIE, cookies).body(Body::from(body)).unwrap();
        self.site.runtime.block_on(async {
            let response = router(self.site.app.clone()).oneshot(request).await.unwrap();
            let to = response
                .headers()
                .get(header::LOCATION)
                .map_or("", |v| v.to_str().unwrap())
                .to_owned();
            let status = response.status();
            let bytes = axum::body::to_bytes(response.into_body(), 10 << 20).await.unwrap();
            (status, to, String::from_utf8(bytes.to_vec()).unwrap())
        })
    }

    fn get(&self, path: &str) -> (StatusCode, String) {
        let (status, _, page) = self.ask(Request::get(path), String::new());
        (status, page)
    }

    fn go(&self, path: &str) -> String {
        let (status, to, _) = self.ask(Request::get(path), String::new());
        assert_eq!(status, StatusCode::SEE_OTHER, "{path}");
        to
    }

    fn post(&self, path: &str, fields: &[(&str, &str)]) -> (StatusCode, String, String) {
        let (_, page) = self.get("/notifications");
        let at = page.find("name=\"csrf\" content=\"").unwrap() + 21;
        let token = page[at - 1..]
            .trim_start_matches('"')
            .split('"')
            .next()
            .unwrap()
            .to_owned();
        let encode = |text: &str| text.bytes().map(|b| format!("%{b:02X}")).collect::<String>();
        let body = fields
            .iter()
            .fold(format!("_csrf={}", encode(&token)), |body, (name, value)| {
                format!("{body}&{name}={}", encode(value))
            });
        self.ask(
            Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded"),
            body,
        )
    }
}

#[test]
fn two_people_talk_and_a_stranger_finds_nothing() {
    let site = Site::open();
    let (client, provider, stranger) = (
        site.market.client("张三"),
        site.market.provider("李雷"),
        site.market.client("王五"),
    );
    let order = site.order(&client, &provider);
    let (c, p, s) = (site.browser(&client), site.browser(&provider), site.browser(&stranger));
    let thread = c.go(&format!("/orders/{order}/thread"));
    let (status, to, _) = c.post(
        &format!("{thread}/messages"),
        &[("body", "你好 <script>alert(1)</script>"), ("back", &thread)],
    );
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, thread.as_str()));

    let (_, list) = p.get("/threads");
    assert!(list.contains("1 条未读") && list.contains("品牌标志设计"));
    let (status, page) = p.get(&thread);
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("你好 &#60;script&#62;") && !page.contains("<script>alert"));
    assert!(
        !p.get("/threads").1.contains("1 条未读"),
        "what was on the screen is read"
    );

    // Nothing typed is lost, and a link away is not followed.
    let long = "好".repeat(5001);
    let (status, _, page) = p.post(&format!("{thread}/messages"), &[("body", &long)]);
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        page.contains(&long) && page.contains("一条消息最多 5,000 个字") || page.contains("一条消息最多 5000 个字")
    );
    let (_, to, _) = p.post(
        &format!("{thread}/messages"),
        &[("body", "收到"), ("back", "//evil.example")],
    );
    assert_eq!(to, "/");

    assert_eq!(s.get(&thread).0, StatusCode::NOT_FOUND);
    assert_eq!(
        s.post(&format!("{thread}/messages"), &[("body", "我也来")]).0,
        StatusCode::NOT_FOUND
    );
    assert_eq!(s.get(&format!("/orders/{order}/thread")).0, StatusCode::NOT_FOUND);
    assert_eq!(s.get("/threads/xxx").0, StatusCode::NOT_FOUND);
    assert!(!s.get("/threads").1.contains("品牌标志设计"));
}

#[test]
fn the_workroom_holds_its_thread() {
    let site = Site::open();
    let (client, provider) = (site.market.client("张三"), site.market.provider("李雷"));
    let order = site.order(&client, &provider);
    let (c, p) = (site.browser(&client), site.browser(&provider));
    let thread = c.go(&format!("/orders/{order}/thread"));
    let back = format!("/orders/{order}#talk");
    let (_, to, _) = c.post(
        &format!("{thread}/messages"),
        &[("body", "什么时候能看到初稿？"), ("back", &back)],
    );
    assert_eq!(to, back);
    let (status, page) = p.get(&format!("/orders/{order}"));
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("什么时候能看到初稿？"));
}

#[test]
fn notices_are_read_one_by_one_or_all_at_once() {
    let site = Site::open();
    let (client, provider) = (site.market.client("张三"), site.market.provider("李雷"));
    let order = site.order(&client, &provider);
    let (c, p) = (site.browser(&client), site.browser(&provider));
    let (_, page) = c.get("/notifications");
    assert!(page.contains("李雷 同意了《品牌标志设计》的合同"));
    let at = page.find("/notifications/0").unwrap();
    let one: String = page[at..].chars().take_while(|c| *c != '"').collect();
    let (status, to, _) = c.post(&one, &[]);
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert!(
        to.starts_with("/contracts/") || to == format!("/orders/{order}"),
        "{to}"
    );
    assert_eq!(
        p.post(&one, &[]).0,
        StatusCode::NOT_FOUND,
        "notices of others do not exist"
    );
    let at = page.find("name=\"up_to\" value=\"").unwrap() + 20;
    let up_to: String = page[at - 1..]
        .trim_start_matches('"')
        .chars()
        .take_while(|c| *c != '"')
        .collect();
    assert_eq!(
        c.post("/notifications/reading", &[("up_to", &up_to)]).0,
        StatusCode::SEE_OTHER
    );
    assert!(!c.get("/notifications").1.contains("is-unread"));
}

#[test]
fn both_review_and_everybody_sees_the_score_with_its_receipts() {
    let site = Site::open();
    let (client, provider) = (site.market.client("张三"), site.market.provider("李雷"));
    let order = site.order(&client, &provider);
    let (c, p) = (site.browser(&client), site.browser(&provider));
    let path = format!("/orders/{order}/review");
    assert!(c.get(&path).1.contains("订单还在进行"));
    site.market.fund(&client, order, 0);
    site.market.step(&provider, order, Some(0), "deliver").unwrap();
    site.market.step(&client, order, Some(0), "accept").unwrap();
    site.market.pump();

    let (status, _, page) = c.post(&path, &[("mark_quality", "5"), ("body", "很好")]);
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("请给每一项打分") && page.contains("请至少写 10 个字") && page.contains("很好</textarea>"));
    let marks = [
        ("mark_quality", "5"),
        ("mark_communication", "5"),
        ("mark_timeliness", "4"),
        ("mark_value", "4"),
    ];
    let full = [&marks[..], &[("body", "交付很及时，沟通顺畅，下次还会合作。")]].concat();
    assert_eq!(c.post(&path, &full).0, StatusCode::SEE_OTHER);
    let person = format!("/people/{}", provider.account().unwrap());
    assert!(!c.get(&person).1.contains("下次还会合作"), "hidden until both are in");
    let (_, page) = p.get(&path);
    assert!(page.contains("张三 已经写好了") && !page.contains("下次还会合作"));
    let own = [
        ("mark_clear_brief", "5"),
        ("mark_communication", "5"),
        ("mark_timely_acceptance", "5"),
        ("body", "需求写得清楚，验收也很快，谢谢。"),
    ];
    assert_eq!(p.post(&path, &own).0, StatusCode::SEE_OTHER);

    // (4.0 × 8 + 4.5) ÷ 9 = 4.056
    let (status, page) = c.get(&person);
    assert_eq!(status, StatusCode::OK);
    assert!(page.contains("下次还会合作") && page.contains("4.1") && page.contains("这个分数是怎么来的"));
    let (_, mine) = p.get(&person);
    let at = mine.find("/reviews/").unwrap();
    let reply: String = mine[at..].chars().take_while(|c| *c != '"').collect();
    assert_eq!(c.post(&reply, &[("reply", "不是我的评价")]).0, StatusCode::NOT_FOUND);
    let (status, _, page) = p.post(&reply, &[("reply", "谢")]);
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("回应需要 2 到 2,000 个字") || page.contains("回应需要 2 到 2000 个字"));
    assert_eq!(
        p.post(&reply, &[("reply", "谢谢，期待下次合作。")]).0,
        StatusCode::SEE_OTHER
    );
    assert!(c.get(&person).1.contains("期待下次合作"));
    assert_eq!(c.get("/people/0000000000001").0, StatusCode::NOT_FOUND);
}

/// A page's end of a live socket: as much of the protocol as a page needs.
struct Socket(TcpStream);

impl Socket {
    fn open(at: SocketAddr, browser: &Browser, origin: &str) -> Result<Self, String> {
        let mut stream = TcpStream::connect(at).unwrap();
        let cookies = format!("jd_session={}", browser.session);
        write!(
            stream,
            "GET /live HTTP/1.1\r\nHost: {at}\r\nOrigin: {origin}\r\nCookie: {cookies}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
        )
        .unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte).unwrap();
            head.push(byte[0]);
        }
        let head = String::from_utf8(head).unwrap();
        if head.starts_with("HTTP/1.1 101") {
            Ok(Self(stream))
        } else {
            Err(head.lines().next().unwrap_or_default().to_owned())
        }
    }

    fn say(&mut self, text: &str) {
        // A masked text frame; a mask of zeros leaves the text as it is.
        let mut frame = vec![0x81, 0x80 | u8::try_from(text.len()).unwrap(), 0, 0, 0, 0];
        frame.extend_from_slice(text.as_bytes());
        self.0.write_all(&frame).unwrap();
    }

    /// The next text, if one comes in time.
    fn hear(&mut self, within: Duration) -> Option<String> {
        let end = Instant::now() + within;
        loop {
            let left = end
                .checked_duration_since(Instant::now())?
                .max(Duration::from_millis(1));
            self.0.set_read_timeout(Some(left)).unwrap();
            let mut head = [0; 2];
            self.0.read_exact(&mut head).ok()?;
            let mut long = [0; 2];
            let length = match head[1] {
                126 => {
                    self.0.read_exact(&mut long).unwrap();
                    usize::from(u16::from_be_bytes(long))
                }
                short => usize::from(short),
            };
            let mut body = vec![0; length];
            self.0.read_exact(&mut body).unwrap();
            if head[0] == 0x81 {
                return Some(String::from_utf8(body).unwrap());
            }
        }
    }
}

#[test]
fn the_other_browser_hears_without_asking() {
    let site = Site::open();
    let (client, provider, stranger) = (
        site.market.client("张三"),
        site.market.provider("李雷"),
        site.market.client("王五"),
    );
    let order = site.order(&client, &provider);
    let (c, p, s) = (site.browser(&client), site.browser(&provider), site.browser(&stranger));
    let thread = c.go(&format!("/orders/{order}/thread"));
    let listener = site
        .runtime
        .block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))
        .unwrap();
    let at = listener.local_addr().unwrap();
    site.runtime
        .spawn(axum::serve(listener, router(site.app.clone())).into_future());
    let following = site.runtime.spawn(site.app.live.clone().follow(site.market.store()));
    let origin = format!("http://{at}");

    let elsewhere = Socket::open(at, &p, "https://evil.example").err().unwrap();
    assert!(elsewhere.contains("403"), "{elsewhere}");
    let mut near = Socket::open(at, &p, &origin).unwrap();
    let mut far = Socket::open(at, &s, &origin).unwrap();
    let (of_order, of_provider) = (
        format!("order:{order}"),
        format!("account:{}", provider.account().unwrap()),
    );
    let topics = format!("{{\"topics\":[\"{of_order}\",\"{of_provider}\"]}}");
    near.say(&topics);
    far.say(&topics);
    // Both are answered by nothing; a moment lets the hub start and the topics arrive.
    assert!(near.hear(Duration::from_millis(300)).is_none());

    let began = Instant::now();
    assert_eq!(
        c.post(&format!("{thread}/messages"), &[("body", "在吗")]).0,
        StatusCode::SEE_OTHER
    );
    site.market.pump();
    // How long it took is told, not demanded: a machine that does other things as well is no fault of ours.
    let heard = near.hear(Duration::from_secs(20)).expect("the other browser hears");
    println!("heard after {:?}", began.elapsed());
    let heard: serde_json::Value = serde_json::from_str(&heard).unwrap();
    assert_eq!(heard["kind"], "message.sent");
    assert!(heard["unread"].as_i64().unwrap() > 0);
    assert!(
        far.hear(Duration::from_millis(300)).is_none(),
        "a stranger hears nothing"
    );
    assert_eq!(site.app.live.open_sockets(), 2);
    following.abort();
}
