//! One's own account: devices, password, contact, consent, and the texts one agrees to.

use http::StatusCode;
use kernel::Locale;

use crate::browser::{Market, PASSWORD};

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

#[test]
fn every_refusal_of_the_room_has_words() {
    for code in accounts::refusal_codes() {
        for locale in Locale::ALL {
            let key = format!("refusal-{code}");
            assert_ne!(web::edge::i18n::t(locale, &key), key, "{locale:?}");
        }
    }
}
