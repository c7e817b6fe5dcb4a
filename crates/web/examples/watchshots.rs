//! Scratch.
use axum::{
    extract::Path,
    response::{IntoResponse, Redirect},
    routing::get,
};
use gateways::files::LocalFiles;
use std::sync::Arc;
use store::{NewJob, OffsetClock};
use web::{App, WebSettings, router};
fn main() {
    let port: u16 = 8098;
    let market = testkit::Market::sqlite();
    let (c, p, p2) = (
        market.client("张小芸"),
        market.provider("李光远"),
        market.provider("Ada King"),
    );
    let order = market.running_order(&c, &p, &[100_000, 250_000]);
    market.fund(&c, order, 0);
    market.advance(3_600_000_000);
    market.step(&p, order, Some(0), "deliver").unwrap();
    market.advance(3_600_000_000);
    market.step(&c, order, Some(0), "dispute").unwrap();
    let o2 = market.running_order(&c, &p2, &[88_000]);
    market.fund(&c, o2, 0);
    market.step(&p2, o2, Some(0), "deliver").unwrap();
    market.step(&c, o2, Some(0), "accept").unwrap();
    let o3 = market.running_order(&c, &p2, &[66_600]);
    let _ = market.begin_payin(&c, o3, 0);
    for t in ["餐饮小程序点单页改版", "把产品手册译成英文（1.2 万字）"] {
        market.advance(3_600_000_000);
        let save = orders::requests::Save {
            request: None,
            seen_version: 0,
            content: market.request_content(t),
        };
        market.write(move |tx| orders::requests::submit(tx, &c, &save)).unwrap();
    }
    market.run_jobs();
    market
        .write(|tx| Ok(tx.enqueue(NewJob::now("outgoing.send", serde_json::json!({"id":"0000000000abc"})))?))
        .unwrap();
    market
        .write(|tx| {
            for j in tx.claim_jobs("x", 50)? {
                tx.fail_job(&j, "the mail server said 550: no such mailbox <a@b.example>", true)?;
            }
            Ok(())
        })
        .unwrap();
    let staff = market.staff();
    let a = staff.account().unwrap();
    let session = accounts::sessions::NewSession {
        token_hash: accounts::sessions::token_hash("tok"),
        device: "x".into(),
        address: "127.0.0.1".into(),
    };
    market
        .write(move |tx| accounts::sessions::open(tx, a, &session))
        .unwrap();
    std::fs::write("/tmp/watchshots.id", order.short()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let mut settings = WebSettings::for_tests();
    settings.base_url = format!("http://127.0.0.1:{port}");
    let app = App::new(market.store(), Arc::new(LocalFiles::new(folder.path())), settings)
        .with_demo_clock(Arc::new(OffsetClock::new(90_000_000_000)), folder.path().join("clock"));
    let site = axum::Router::new()
        .route(
            "/as/{lang}/{*rest}",
            get(|Path((lang, rest)): Path<(String, String)>| async move {
                let mut r = Redirect::to(&format!("/{}", rest.replace('~', "?"))).into_response();
                r.headers_mut()
                    .append("set-cookie", "jd_session=tok; Path=/".parse().unwrap());
                r.headers_mut()
                    .append("set-cookie", format!("jd_lang={lang}; Path=/").parse().unwrap());
                r
            }),
        )
        .merge(router(app));
    let rt = tokio::runtime::Runtime::new().unwrap();
    rt.block_on(async {
        let l = tokio::net::TcpListener::bind(("127.0.0.1", port)).await.unwrap();
        axum::serve(l, site.into_make_service_with_connect_info::<std::net::SocketAddr>())
            .await
            .unwrap();
    });
}
