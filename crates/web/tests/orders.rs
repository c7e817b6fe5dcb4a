//! A deal over HTTP, from award to statement, as client, provider and stranger; and the door for gateway notices.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops here")]

use std::sync::Arc;

use accounts::sessions::NewSession;
use axum::body::Body;
use gateways::files::LocalFiles;
use gateways::payment::{
    Answer, GatewayError, Notice, NoticeFault, PayinAsk, PayinOpened, PayinReport, PaymentGateway, RefundAsk,
    RefundStanding,
};
use http::{Request, StatusCode, header};
use kernel::{Actor, Id};
use testkit::{GATEWAY, Market};
use tower::ServiceExt as _;
use web::{App, WebSettings, router};

/// A gateway whose notices are believed when they carry the right word.
struct Door;

fn never<T>() -> Answer<'static, T>
where
    T: 'static,
{
    Box::pin(async { Err(GatewayError::Later("not in this test".to_owned())) })
}

impl PaymentGateway for Door {
    fn name(&self) -> &'static str {
        GATEWAY
    }
    fn create_payin<'a>(&'a self, _: &'a PayinAsk) -> Answer<'a, PayinOpened> {
        never()
    }
    fn verify_notice(&self, headers: &dyn Fn(&str) -> Option<String>, body: &[u8]) -> Result<Notice, NoticeFault> {
        if headers("x-word").as_deref() != Some("right") {
            return Err(NoticeFault::Forged);
        }
        let text = String::from_utf8_lossy(body);
        let parts: Vec<_> = text.split(' ').collect();
        if parts.len() != 4 {
            return Err(NoticeFault::Unreadable);
        }
        Ok(Notice {
            event: parts[0].to_owned(),
            payin: parts[1].to_owned(),
            order: parts[2].to_owned(),
            gateway_ref: "ref".to_owned(),
            amount_minor: parts[3].parse().map_err(|_| NoticeFault::Unreadable)?,
            currency: "CNY".to_owned(),
            paid: true,
        })
    }
    fn query_payin<'a>(&'a self, _: &'a str) -> Answer<'a, PayinReport> {
        never()
    }
    fn close_payin<'a>(&'a self, _: &'a str) -> Answer<'a, PayinReport> {
        never()
    }
    fn refund<'a>(&'a self, _: &'a RefundAsk) -> Answer<'a, RefundStanding> {
        never()
    }
    fn query_refund<'a>(&'a self, _: &'a str) -> Answer<'a, RefundStanding> {
        never()
    }
}

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
    lang: &'static str,
}

impl Site {
    fn open() -> Self {
        let (market, folder) = (Market::sqlite(), tempfile::tempdir().unwrap());
        let files = Arc::new(LocalFiles::new(folder.path()));
        let app = App::new(market.store(), files, WebSettings::for_tests()).with_gateways(vec![Arc::new(Door)]);
        Self {
            app,
            runtime: tokio::runtime::Runtime::new().unwrap(),
            market,
            _folder: folder,
        }
    }

    fn browser(&self, actor: &Actor, lang: &'static str) -> Browser<'_> {
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
            lang,
        }
    }

    fn ask(&self, request: Request<Body>) -> (StatusCode, String, String) {
        self.runtime.block_on(async {
            let response = router(self.app.clone()).oneshot(request).await.unwrap();
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

    fn notice(&self, word: &str, text: String) -> (StatusCode, String) {
        let request = Request::post("/gateway/sandbox/notice")
            .header("x-word", word)
            .body(Body::from(text))
            .unwrap();
        let (status, _, said) = self.ask(request);
        (status, said)
    }
}

impl Browser<'_> {
    fn ask(&self, request: http::request::Builder, body: String) -> (StatusCode, String, String) {
        let cookies = format!(
            "jd_session={}; jd_csrf=AAAAAAAAAAAAAAAAAAAAAA; jd_lang={}",
            self.session, self.lang
        );
        self.site
            .ask(request.header(header::COOKIE, cookies).body(Body::from(body)).unwrap())
    }

    fn get(&self, path: &str) -> (StatusCode, String) {
        let (status, _, page) = self.ask(Request::get(path), String::new());
        (status, page)
    }

    fn token(&self) -> String {
        let (_, page) = self.get("/orders");
        after(&page, "name=\"csrf\" content=\"")
    }

    fn post(&self, path: &str, fields: &[(&str, &str)]) -> (StatusCode, String, String) {
        let encode = |text: &str| text.bytes().map(|b| format!("%{b:02X}")).collect::<String>();
        let body = fields
            .iter()
            .fold(format!("_csrf={}", encode(&self.token())), |body, (name, value)| {
                format!("{body}&{name}={}", encode(value))
            });
        self.ask(
            Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded"),
            body,
        )
    }

    fn upload(&self, path: &str, fields: &[(&str, &str)], file: (&str, &str)) -> (StatusCode, String, String) {
        let part = |name: &str, value: &str| {
            format!("--XX\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let mut body = part("_csrf", &self.token());
        for (name, value) in fields {
            body.push_str(&part(name, value));
        }
        body.push_str(&format!(
            "--XX\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{}\"\r\nContent-Type: text/plain\r\n\r\n{}\r\n--XX--\r\n",
            file.0, file.1
        ));
        self.ask(
            Request::post(path).header(header::CONTENT_TYPE, "multipart/form-data; boundary=XX"),
            body,
        )
    }

    fn version(&self, order: &str) -> String {
        after(&self.get(order).1, "name=\"version\" value=\"")
    }
}

fn after(page: &str, mark: &str) -> String {
    let at = page.find(mark).unwrap_or_else(|| panic!("no {mark} in {page}")) + mark.len();
    page[at..].split('"').next().unwrap().to_owned()
}

struct People {
    client: Actor,
    provider: Actor,
    stranger: Actor,
}

fn people(site: &Site) -> People {
    People {
        client: site.market.client("张三"),
        provider: site.market.provider("李雷"),
        stranger: site.market.client("王五"),
    }
}

/// Two people in a deal, and one who has no part in it.
struct Deal<'s> {
    site: &'s Site,
    c: Browser<'s>,
    p: Browser<'s>,
    s: Browser<'s>,
}

/// From award to agreement; the path of the order.
fn make(deal: &Deal<'_>, who: &People) -> String {
    let Deal { site, c, p, s } = deal;
    let request = site.market.open_request(&who.client, "品牌标志设计");
    let bid = site.market.bid(&who.provider, request, &[300_000]);

    let award = format!("/requests/{request}/award?bid={bid}");
    let (status, page) = c.get(&award);
    assert_eq!(status, StatusCode::OK);
    assert!(
        page.contains("¥2,700.00") && page.contains("¥300.00") && page.contains("没人操作时"),
        "{page}"
    );
    assert_eq!(s.get(&award).0, StatusCode::NOT_FOUND);
    let (bid, fingerprint) = (bid.short(), after(&page, "name=\"fingerprint\" value=\""));
    let (status, _, page) = c.post(
        &format!("/requests/{request}/award"),
        &[("bid", &bid), ("fingerprint", "old")],
    );
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("没有动任何款项") || page.contains("也没有动任何款项"));
    let (status, contract, _) = c.post(
        &format!("/requests/{request}/award"),
        &[("bid", &bid), ("fingerprint", &fingerprint)],
    );
    assert_eq!(status, StatusCode::SEE_OTHER);

    assert!(c.get(&contract).1.contains("叁仟元整"));
    assert_eq!(s.get(&contract).0, StatusCode::NOT_FOUND);
    let (status, page) = p.get(&contract);
    assert!(status == StatusCode::OK && page.contains("Agree and sign"));
    assert_eq!(
        s.post(&format!("{contract}/agreement"), &[("fingerprint", &fingerprint)])
            .0,
        StatusCode::NOT_FOUND
    );
    let (status, order, _) = p.post(&format!("{contract}/agreement"), &[("fingerprint", &fingerprint)]);
    assert_eq!(status, StatusCode::SEE_OTHER);
    site.market.pump();
    order
}

/// Into escrow, up to the gateway's door; the path of the payment.
fn fund(deal: &Deal<'_>, order: &str) -> String {
    let Deal { site, c, p, s } = deal;
    let (status, page) = c.get(order);
    assert!(
        status == StatusCode::OK && page.contains("把 ¥3,000.00 存入托管"),
        "{page}"
    );
    assert_eq!(s.get(order).0, StatusCode::NOT_FOUND);
    let version = c.version(order);
    let (status, payin, _) = c.post(
        &format!("{order}/parts/0/funding"),
        &[("version", &version), ("transition", "fund"), ("part", "0")],
    );
    assert!(
        status == StatusCode::SEE_OTHER && payin.starts_with("/payins/"),
        "{payin}"
    );
    site.market.run_jobs();
    assert!(c.get(&payin).1.contains("等待付款"));
    assert_eq!(
        c.ask(Request::get(format!("{payin}/page")), String::new()).1,
        "http://gateway.example/pay"
    );
    assert_eq!(
        (s.get(&payin).0, p.get(&payin).0),
        (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND)
    );
    payin
}

/// Notices that lie, that tell the truth, and that repeat it.
fn pay(deal: &Deal<'_>, order: &str, payin: &str) {
    let Deal { site, c, .. } = deal;
    let id: Id = order.rsplit('/').next().unwrap().parse().unwrap();
    let key = payin.rsplit('/').next().unwrap();
    site.market.pay_at_gateway(key.parse().unwrap()).unwrap();
    assert_eq!(
        site.notice("wrong", format!("e1 {key} {id} 300000")).0,
        StatusCode::BAD_REQUEST
    );
    assert_eq!(
        site.notice("right", format!("e1 {key} {id} 300001")),
        (StatusCode::OK, "other_amount".to_owned())
    );
    assert!(c.get(payin).1.contains("等待付款"));
    assert_eq!(
        site.notice("right", format!("e2 {key} {id} 300000")),
        (StatusCode::OK, "taken".to_owned())
    );
    assert_eq!(
        site.notice("right", format!("e2 {key} {id} 300000")),
        (StatusCode::OK, "repeated".to_owned())
    );
    assert!(c.get(payin).1.contains("已存入托管"));
}

/// A delivery with a file; the version of the order it was made on.
fn deliver(deal: &Deal<'_>, order: &str) -> String {
    let Deal { c, p, s, .. } = deal;
    let version = p.version(order);
    let (status, _, page) = p.upload(
        &format!("{order}/moves/deliver"),
        &[("version", &version), ("part", "0"), ("note", "x\u{202e}y")],
        ("a.txt", "words"),
    );
    assert!(
        status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("No money moved"),
        "{status} {page}"
    );
    let fields = [
        ("version", version.as_str()),
        ("part", "0"),
        ("note", "<b>first</b> draft"),
    ];
    let (status, _, page) = p.upload(&format!("{order}/moves/deliver"), &fields, ("draft.txt", "the work"));
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    let (_, page) = c.get(order);
    assert!(
        page.contains("draft.txt") && page.contains("&#60;b&#62;first") && page.contains("验收并付款"),
        "{page}"
    );
    let file = format!("/files/{}", after(&page, "href=\"/files/"));
    assert_eq!(
        (c.get(&file).0, s.get(&file).0),
        (StatusCode::OK, StatusCode::NOT_FOUND)
    );
    version
}

/// Acceptance, first from a page that is stale, and what everybody sees after it.
fn accept(deal: &Deal<'_>, order: &str, version: &str) {
    let Deal { c, p, s, .. } = deal;
    let (status, _, page) = c.post(&format!("{order}/moves/accept"), &[("version", version), ("part", "0")]);
    assert!(
        status == StatusCode::CONFLICT && page.contains("提交交付"),
        "a stale page is told what changed: {page}"
    );
    let version = c.version(order);
    let (status, to, _) = c.post(
        &format!("{order}/moves/accept"),
        &[("version", &version), ("part", "0")],
    );
    assert_eq!((status, to), (StatusCode::SEE_OTHER, order.to_owned()));
    assert!(c.get(order).1.contains("订单已结束"));
    let (_, page) = p.get("/statement");
    assert!(page.contains("2,700.00") && page.contains("品牌标志设计"), "{page}");
    assert!(p.get("/orders?ended=1").1.contains("品牌标志设计"));
    assert!(!s.get("/orders").1.contains("品牌标志设计"));
}

#[test]
fn a_deal_is_made_paid_delivered_and_accepted_over_http() {
    let site = Site::open();
    let who = people(&site);
    let deal = Deal {
        site: &site,
        c: site.browser(&who.client, "zh-CN"),
        p: site.browser(&who.provider, "en"),
        s: site.browser(&who.stranger, "zh-CN"),
    };
    let order = make(&deal, &who);
    let payin = fund(&deal, &order);
    pay(&deal, &order, &payin);
    let version = deliver(&deal, &order);
    accept(&deal, &order, &version);
}

#[test]
fn a_split_is_proposed_and_agreed_over_http() {
    let site = Site::open();
    let who = people(&site);
    let (c, p, s) = (
        site.browser(&who.client, "zh-CN"),
        site.browser(&who.provider, "zh-CN"),
        site.browser(&who.stranger, "en"),
    );
    let order = site.market.running_order(&who.client, &who.provider, &[100_000]);
    site.market.fund(&who.client, order, 0);
    let path = format!("/orders/{order}");
    let version = c.version(&path);
    let propose = |share: &str, reason: &str| {
        c.post(
            &format!("{path}/proposals/cancel_by_agreement"),
            &[
                ("version", &version),
                ("part", ""),
                ("share_0", share),
                ("reason", reason),
            ],
        )
    };
    for (share, reason) in [("abc", "不做了"), ("1000.01", "不做了"), ("-1", "不做了"), ("400", "")] {
        let (status, _, page) = propose(share, reason);
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{share} {reason}");
        assert!(
            page.contains(&format!("value=\"{share}\"")),
            "what was typed is kept: {share}"
        );
    }
    assert_eq!(propose("400", "需求变了").0, StatusCode::SEE_OTHER);
    let (_, page) = p.get(&path);
    assert!(page.contains("¥400.00") && page.contains("需求变了"), "{page}");
    let proposal = after(&page, "action=\"/proposals/");
    let agree = format!("/proposals/{proposal}");
    let short = order.short();
    assert_eq!(s.post(&agree, &[("order", &short)]).0, StatusCode::NOT_FOUND);
    assert_eq!(c.post(&agree, &[("order", &short)]).0, StatusCode::FORBIDDEN);
    assert_eq!(p.post(&agree, &[("order", &short)]).0, StatusCode::SEE_OTHER);
    assert_eq!(site.market.wallet(who.provider.account().unwrap()), 36_000);
    assert!(c.get(&path).1.contains("退回需求方 ¥600.00"));
}

#[test]
fn paths_that_lead_nowhere_are_not_found() {
    let site = Site::open();
    let who = people(&site);
    let c = site.browser(&who.client, "zh-CN");
    for path in [
        "/orders/0000000000000",
        "/orders/x",
        "/contracts/0000000000000",
        "/payins/zzz",
        "/requests/0000000000000/award?bid=1",
    ] {
        assert_eq!(c.get(path).0, StatusCode::NOT_FOUND, "{path}");
    }
    assert!(!site.notice("right", "e".to_owned()).0.is_server_error());
    let (status, _, _) = site.ask(Request::post("/gateway/nobody/notice").body(Body::empty()).unwrap());
    assert_eq!(status, StatusCode::NOT_FOUND);
}
