//! Writing a request: inspected and found, refused beside the field, saved as it is typed, with its files.

use axum::body::Body;
use http::{Request, StatusCode, header};

use crate::browser::Site;
use crate::{category, deadline, typed, with};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";

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
