//! The back office over HTTP: who sees it, what staff decide, what is written down; and the demo's clock.

use std::sync::Arc;

use accounts::sessions::NewSession;
use axum::body::Body;
use gateways::files::LocalFiles;
use http::{Request, StatusCode, header};
use kernel::{Actor, DAY, Id};
use serde_json::json;
use store::{JobState, NewJob, OffsetClock};
use testkit::{Market, engines};
use tower::ServiceExt as _;
use web::{App, WebSettings, router};

const PAGES: [&str; 11] = [
    "/watch",
    "/watch/inspections",
    "/watch/orders",
    "/watch/orders?state=disputed",
    "/watch/payments",
    "/watch/payments/notices",
    "/watch/ledger",
    "/watch/ledger/accounts",
    "/watch/jobs?state=waiting",
    "/watch/events",
    "/watch/audit",
];

/// A market with its pages.
struct Site {
    app: App,
    clock: Arc<OffsetClock>,
    runtime: tokio::runtime::Runtime,
    // Dropped last: the pages hold its store.
    market: Market,
    folder: tempfile::TempDir,
}

/// Somebody's browser.
struct Browser<'s> {
    site: &'s Site,
    session: String,
    lang: &'static str,
}

impl Site {
    fn open(market: Market) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = Arc::new(OffsetClock::default());
        let app = App::new(
            market.store(),
            Arc::new(LocalFiles::new(folder.path())),
            WebSettings::for_tests(),
        )
        .with_demo_clock(clock.clone(), folder.path().join("clock"));
        Self {
            app,
            clock,
            runtime: tokio::runtime::Runtime::new().expect("a runtime"),
            market,
            folder,
        }
    }

    fn browser(&self, actor: &Actor, lang: &'static str) -> Browser<'_> {
        let account = actor.account().expect("a person");
        let session = format!("token-of-{account}");
        let new = NewSession {
            token_hash: accounts::sessions::token_hash(&session),
            device: "test".to_owned(),
            address: "127.0.0.1".to_owned(),
        };
        self.market
            .write(move |tx| accounts::sessions::open(tx, account, &new))
            .expect("the test can go on");
        Browser {
            site: self,
            session,
            lang,
        }
    }

    fn submit(&self, client: &Actor, title: &str) -> Id {
        let save = orders::requests::Save {
            request: None,
            seen_version: 0,
            content: self.market.request_content(title),
        };
        let client = *client;
        self.market
            .write(move |tx| orders::requests::submit(tx, &client, &save))
            .expect("the test can go on")
    }

    fn waiting(&self) -> Vec<orders::inspections::Waiting> {
        self.market
            .read(|tx| Ok(orders::inspections::queue(tx, None, 50)?))
            .expect("the test can go on")
    }

    /// What staff did since the market was set up.
    fn acts(&self) -> Vec<site::audit::AuditRecord> {
        let all = self
            .market
            .read(|tx| Ok(site::audit::list(tx, None, 50)?))
            .expect("the audit log is read");
        all.into_iter().filter(|act| act.act != "setting.change").collect()
    }
}

impl Browser<'_> {
    fn ask(&self, request: http::request::Builder, body: String) -> (StatusCode, String, String) {
        let cookies = format!(
            "jd_session={}; jd_csrf=AAAAAAAAAAAAAAAAAAAAAA; jd_lang={}",
            self.session, self.lang
        );
        let request = request
            .header(header::COOKIE, cookies)
            .body(Body::from(body))
            .expect("a request");
        self.site.runtime.block_on(async {
            let response = router(self.site.app.clone()).oneshot(request).await.expect("an answer");
            let to = response
                .headers()
                .get(header::LOCATION)
                .map_or("", |v| v.to_str().expect("text"))
                .to_owned();
            let status = response.status();
            let bytes = axum::body::to_bytes(response.into_body(), 10 << 20)
                .await
                .expect("a page");
            (status, to, String::from_utf8(bytes.to_vec()).expect("a page"))
        })
    }

    fn get(&self, path: &str) -> (StatusCode, String) {
        let (status, _, page) = self.ask(Request::get(path), String::new());
        (status, page)
    }

    fn post(&self, path: &str, fields: &[(&str, &str)]) -> (StatusCode, String, String) {
        let encode = |text: &str| text.bytes().map(|b| format!("%{b:02X}")).collect::<String>();
        let token = after(&self.get("/orders").1, "name=\"csrf\" content=\"");
        let body = fields.iter().fold(format!("_csrf={}", encode(&token)), |body, (n, v)| {
            format!("{body}&{n}={}", encode(v))
        });
        self.ask(
            Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded"),
            body,
        )
    }
}

fn after(page: &str, mark: &str) -> String {
    let at = page.find(mark).unwrap_or_else(|| panic!("no {mark} in {page}")) + mark.len();
    page[at..].split('"').next().expect("a value").to_owned()
}

/// On every engine at hand.
fn on_both(test: impl Fn(&Site)) {
    for market in engines() {
        test(&Site::open(market));
    }
}

#[test]
fn staff_see_every_page_and_nobody_else_finds_one() {
    on_both(|site| {
        let (client, provider) = (site.market.client("张三"), site.market.provider("李雷"));
        let order = site.market.running_order(&client, &provider, &[100_000, 50_000]);
        let other = site.market.client("王五");
        let (zh, en) = (
            site.browser(&site.market.staff(), "zh-CN"),
            site.browser(&site.market.operator(), "en"),
        );
        let stranger = site.browser(&other, "zh-CN");
        for round in ["empty", "full"] {
            if round == "full" {
                site.market.fund(&client, order, 0);
                site.submit(&client, "门头设计");
            }
            let one = [
                format!("/watch/orders/{order}"),
                "/watch/ledger/account?key=clearing:sandbox".to_owned(),
            ];
            for path in PAGES.iter().map(|path| (*path).to_owned()).chain(one) {
                for browser in [&zh, &en] {
                    let (status, page) = browser.get(&path);
                    assert_eq!(status, StatusCode::OK, "{path}");
                    let missing = ["watch-", "payin-state-", "ledger-account-", "ledger-transfer-"];
                    assert!(
                        missing.iter().all(|key| !page.contains(&format!(">{key}"))),
                        "{path} lacks words: {page}"
                    );
                }
                assert_eq!(stranger.get(&path).0, StatusCode::NOT_FOUND, "{path}");
            }
        }
        for path in ["/watch/orders/zzz", "/watch/ledger/account?key=nothing"] {
            assert_eq!(zh.get(path).0, StatusCode::NOT_FOUND, "{path}");
        }
        let (_, page) = en.get(&format!("/watch/orders/{order}"));
        assert!(
            page.contains("张三") && page.contains("Refund for non-delivery") && page.contains("1,000.00"),
            "{page}"
        );
        assert!(en.get("/watch/orders?state=funded").1.contains("品牌标志设计"));
        assert!(
            en.get("/watch/orders?state=disputed")
                .1
                .contains("No order is in this state")
        );
    });
}

#[test]
fn a_request_is_approved_or_sent_back_and_both_are_written_down() {
    on_both(|site| {
        let client = site.market.client("张三");
        site.submit(&client, "门头设计");
        site.submit(&client, "菜单翻译");
        let staff = site.browser(&site.market.staff(), "zh-CN");
        let [first, second] = site.waiting().try_into().unwrap();
        let version = first.version.to_string();
        let path = format!("/watch/inspections/{}", first.id);

        let (status, _, page) = staff.post(&format!("{path}/rejection"), &[("version", &version), ("reason", " ")]);
        assert!(
            status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("请写明退回的原因"),
            "{status} {page}"
        );
        let stranger = site.browser(&client, "zh-CN");
        assert_eq!(
            stranger.post(&format!("{path}/approval"), &[("version", &version)]).0,
            StatusCode::NOT_FOUND
        );
        assert_eq!((site.waiting().len(), site.acts().len()), (2, 0));

        let reason = "请补充尺寸 <b>";
        let (status, to, _) = staff.post(
            &format!("{path}/rejection"),
            &[("version", &version), ("reason", reason)],
        );
        assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/watch/inspections"));
        let (status, _, page) = staff.post(&format!("{path}/approval"), &[("version", &version), ("again", "1")]);
        assert!(
            status == StatusCode::CONFLICT && page.contains("这次审核没有生效") && page.contains("菜单翻译"),
            "{status} {page}"
        );
        let version = second.version.to_string();
        let (status, _, _) = staff.post(
            &format!("/watch/inspections/{}/approval", second.id),
            &[("version", &version)],
        );
        assert_eq!((status, site.waiting().len()), (StatusCode::SEE_OTHER, 0));

        let acts = site.acts();
        assert_eq!(acts.len(), 2);
        assert_eq!((acts[1].subject, acts[1].reason.as_str()), (first.request, reason));
        assert_eq!(
            (&acts[1].before["state"], &acts[1].after["state"]),
            (&json!("pending"), &json!("rejected"))
        );
        assert_eq!(
            (&acts[0].before["state"], &acts[0].after["state"]),
            (&json!("pending"), &json!("open"))
        );
        let (_, page) = staff.get("/watch/audit");
        assert!(
            page.contains("审核需求") && page.contains("&#60;b&#62;") && page.contains("运营"),
            "{page}"
        );
    });
}

#[test]
fn a_dispute_is_ruled_upon_and_nobody_rules_in_their_own() {
    on_both(|site| {
        let (client, provider) = (site.market.client("张三"), site.market.provider("李雷"));
        let order = site.market.running_order(&client, &provider, &[100_000]);
        site.market.fund(&client, order, 0);
        site.market.step(&client, order, Some(0), "dispute").unwrap();
        let staff = site.browser(&site.market.staff(), "en");
        let path = format!("/watch/orders/{order}");
        let (_, page) = staff.get(&path);
        let action = format!("action=\"{path}/moves/rule\"");
        assert!(page.contains(&action) && page.contains("Half each"), "{page}");
        let version = after(&page[page.find(&action).unwrap()..], "name=\"version\" value=\"");
        let rule = |share: &str, reason: &str| {
            staff.post(
                &format!("{path}/moves/rule"),
                &[
                    ("version", &version),
                    ("part", "0"),
                    ("share_0", share),
                    ("reason", reason),
                ],
            )
        };
        for (share, reason) in [("1000.01", "why not"), ("abc", "why not"), ("600", "")] {
            let (status, _, page) = rule(share, reason);
            assert!(
                status == StatusCode::UNPROCESSABLE_ENTITY && page.contains(&format!("value=\"{share}\"")),
                "{share} {status} {page}"
            );
        }
        let stranger = site.browser(&client, "en");
        assert_eq!(
            stranger.post(&format!("{path}/moves/rule"), &[("version", &version)]).0,
            StatusCode::NOT_FOUND
        );

        let (status, to, page) = rule("600", "Six of ten pages were done.");
        assert_eq!((status, to), (StatusCode::SEE_OTHER, path.clone()), "{page}");
        site.market.pump();
        assert_eq!(site.market.wallet(provider.account().unwrap()), 54_000);
        let act = site.acts().into_iter().find(|act| act.act == "order.rule").unwrap();
        assert_eq!(
            (act.subject, act.reason.as_str()),
            (order, "Six of ten pages were done.")
        );
        let (_, page) = staff.get(&path);
        assert!(
            page.contains("Ruled on an order") && page.contains("Six of ten pages were done."),
            "{page}"
        );

        let judge = site.market.operator();
        let own = site.market.running_order(&judge, &provider, &[100_000]);
        site.market.fund(&judge, own, 0);
        site.market.step(&judge, own, Some(0), "dispute").unwrap();
        let (browser, path) = (site.browser(&judge, "en"), format!("/watch/orders/{own}"));
        let (_, page) = browser.get(&path);
        assert!(page.contains("You are a party") && !page.contains("/moves/"), "{page}");
        let version = site.market.order(&judge, own).version.to_string();
        let fields = [
            ("version", version.as_str()),
            ("part", "0"),
            ("share_0", "0"),
            ("reason", "It is mine."),
        ];
        assert_ne!(
            browser.post(&format!("{path}/moves/rule"), &fields).0,
            StatusCode::SEE_OTHER
        );
        assert_eq!(site.market.order(&judge, own).version.to_string(), version);
    });
}

#[test]
fn a_dead_job_is_given_its_tries_back_once() {
    on_both(|site| {
        let id = site
            .market
            .write(|tx| Ok(tx.enqueue(NewJob::now("test.breaks", json!({ "id": "x" })))?))
            .unwrap()
            .unwrap();
        site.market
            .write(|tx| {
                for job in tx.claim_jobs("test", 50)? {
                    tx.fail_job(&job, "it <broke>", true)?;
                }
                Ok(())
            })
            .unwrap();
        let staff = site.browser(&site.market.staff(), "en");
        let (_, page) = staff.get("/watch/jobs");
        assert!(
            page.contains("it &#60;broke&#62;") && page.contains("test.breaks"),
            "{page}"
        );
        let path = format!("/watch/jobs/{id}/retry");
        let stranger = site.browser(&site.market.client("王五"), "en");
        assert_eq!(stranger.post(&path, &[]).0, StatusCode::NOT_FOUND);
        for _ in 0..2 {
            assert_eq!(staff.post(&path, &[]).0, StatusCode::SEE_OTHER);
        }
        let states = site
            .market
            .read(|tx| Ok((tx.count_jobs(JobState::Dead)?, tx.count_jobs(JobState::Waiting)?)))
            .unwrap();
        assert_eq!(states, (0, 1));
        let acts: Vec<_> = site.acts().into_iter().map(|act| (act.act, act.subject)).collect();
        assert_eq!(acts, [("job.retry".to_owned(), id)]);
        site.market.write(move |tx| Ok(tx.finish_job(id)?)).unwrap();
    });
}

#[test]
fn the_clock_of_the_demo_moves_ahead_and_is_kept() {
    let mut site = Site::open(Market::sqlite());
    let file = site.folder.path().join("clock");
    let client = site.market.client("张三");
    {
        let browser = site.browser(&client, "zh-CN");
        let (status, page) = browser.get("/demo/clock");
        assert!(
            status == StatusCode::OK && page.contains("只有演示站点有这个时钟"),
            "{page}"
        );
        for (jump, offset) in [("8d", 8), ("1d", 9)] {
            assert_eq!(browser.post("/demo/clock", &[("ahead", jump)]).0, StatusCode::SEE_OTHER);
            assert_eq!(
                (site.clock.offset(), web::demo_clock_offset(&file)),
                (offset * DAY, offset * DAY)
            );
        }
        assert_eq!(
            browser.post("/demo/clock", &[("ahead", "-1d")]).0,
            StatusCode::NOT_FOUND
        );
        assert!(browser.get("/demo/clock").1.contains("9 天 0 小时"));
        site.clock.advance(3_640 * DAY);
        assert_eq!(
            browser.post("/demo/clock", &[("ahead", "15d")]).0,
            StatusCode::SEE_OTHER
        );
        assert_eq!(site.clock.offset(), 3_649 * DAY);
    }
    let mut settings = WebSettings::for_tests();
    settings.demo = false;
    site.app.settings = Arc::new(settings);
    let browser = Browser {
        site: &site,
        session: format!("token-of-{}", client.account().unwrap()),
        lang: "en",
    };
    assert_eq!(browser.get("/demo/clock").0, StatusCode::NOT_FOUND);
    assert_eq!(browser.post("/demo/clock", &[("ahead", "1h")]).0, StatusCode::NOT_FOUND);
    std::fs::write(&file, "words").unwrap();
    assert_eq!(web::demo_clock_offset(&file), 0);
}
