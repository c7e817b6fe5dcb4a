//! Joining and logging in: what members and strangers see, and what guessing meets.

use http::StatusCode;
use web::WebSettings;

use crate::browser::{Market, PASSWORD, words};

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
