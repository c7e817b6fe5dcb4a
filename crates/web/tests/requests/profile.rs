//! The profile that stands behind a bid, over HTTP.

use http::StatusCode;

use crate::browser::Site;

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
