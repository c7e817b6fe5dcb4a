//! Bids over HTTP: looked at before they are sent, refused by row, compared by their client alone.

use http::StatusCode;
use kernel::{Actor, Id};

use crate::browser::Site;
use crate::with;

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
