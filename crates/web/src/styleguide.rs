//! Every component in one place, with real markup: what slices copy from.

use askama::Template;
use axum::Router;
use axum::routing::get;
use kernel::{Currency, DAY, HOUR, Money, Refusal, Status};

use crate::App;
use crate::edge::form::{Form, FormState};
use crate::edge::outcome_view::{OutcomeRow, OutcomeView, Side};
use crate::edge::page::Page;
use crate::edge::parts::{Badge, Choice, Crumb, MoneyLine, Pager, PersonCard, Step, Tab, TimelineItem, Tone};
use crate::edge::respond::{PageResult, html};
use crate::edge::viewer::Viewer;

/// The addresses of this slice.
pub fn routes() -> Router<App> {
    Router::new().route("/styleguide", get(styleguide))
}

#[derive(Template)]
#[template(path = "styleguide/styleguide.html")]
struct StyleGuide {
    page: Page,
    form: FormState,
    choices: Vec<Choice>,
    badges: Vec<Badge>,
    tabs: Vec<Tab>,
    crumbs: Vec<Crumb>,
    steps: Vec<Step>,
    pager: Pager,
    people: Vec<PersonCard>,
    money: MoneyLine,
    timeline: Vec<TimelineItem>,
    outcome: OutcomeView,
    prices: Vec<Money>,
}

fn yuan(amount: i64) -> Money {
    Money::new(amount * 100, Currency::CNY)
}

async fn styleguide(viewer: Viewer) -> PageResult {
    let page = viewer.page().wide().hidden();
    html(&StyleGuide {
        form: form(&viewer),
        choices: choices(&page),
        badges: badges(&page),
        tabs: vec![
            Tab::new("/styleguide", page.pick("进行中", "Running"), true).counting(3),
            Tab::new("/styleguide", page.pick("已完成", "Finished"), false).counting(12),
            Tab::new("/styleguide", page.pick("已取消", "Cancelled"), false),
        ],
        crumbs: vec![
            Crumb::new("/", page.pick("首页", "Home")),
            Crumb::new("/requests", page.pick("需求", "Requests")),
            Crumb::new("", page.pick("小程序商城开发", "Mini-program shop")),
        ],
        steps: steps(&page),
        pager: Pager {
            newer: Some("/styleguide?n".to_owned()),
            older: Some("/styleguide?o".to_owned()),
        },
        people: people(&page),
        money: money_line(&page),
        timeline: timeline(&page),
        outcome: outcome(&page),
        prices: vec![
            yuan(3_000),
            Money::new(7, Currency::CNY),
            yuan(-1_250),
            Money::new(123_456_789, Currency::USD),
        ],
        page,
    })
}

fn form(viewer: &Viewer) -> FormState {
    let typed = Form::from_pairs(&[
        ("title", "小程序商城开发"),
        ("budget", "三千"),
        ("kind", "fixed"),
        ("skill", "b"),
    ]);
    let refusal = Refusal::new("form-money-unreadable", Status::Invalid).on("budget");
    FormState::refused(viewer, &typed, &refusal)
}

fn choices(page: &Page) -> Vec<Choice> {
    vec![
        Choice::new("fixed", page.pick("一口价", "Fixed price"))
            .hinted(page.pick("按里程碑托管和付款", "Held and paid by milestone")),
        Choice::new("b", page.pick("前端开发", "Front-end work"))
            .hinted(page.pick("网页与小程序", "Web and mini-programs")),
        Choice::new("c", page.pick("界面设计", "Interface design"))
            .hinted(page.pick("含切图与标注", "With assets and specs")),
    ]
}

fn badges(page: &Page) -> Vec<Badge> {
    vec![
        Badge::new(Tone::Plain, page.pick("草稿", "Draft")),
        Badge::new(Tone::Safe, page.pick("已托管", "In escrow")),
        Badge::new(Tone::Waiting, page.pick("待验收", "Waiting for acceptance")),
        Badge::new(Tone::Seal, page.pick("合同已签", "Contract agreed")),
        Badge::new(Tone::Loss, page.pick("已逾期", "Overdue")),
        Badge::new(Tone::Over, page.pick("已撤回", "Withdrawn")),
    ]
}

fn steps(page: &Page) -> Vec<Step> {
    let names = [
        ("需求", "Request"),
        ("报价", "Bid"),
        ("签约", "Contract"),
        ("托管", "Escrow"),
        ("交付", "Delivery"),
    ];
    let step = |(at, (zh, en)): (usize, (&str, &str))| Step {
        text: page.pick(zh, en).to_owned(),
        done: at < 3,
        current: at == 3,
    };
    names.into_iter().enumerate().map(step).collect()
}

fn people(page: &Page) -> Vec<PersonCard> {
    vec![
        PersonCard {
            href: "/styleguide".to_owned(),
            name: page.pick("林晓雯", "Lin Xiaowen").to_owned(),
            headline: page
                .pick("八年小程序与支付接入", "Eight years of mini-programs and payments")
                .to_owned(),
            skills: vec![
                "TypeScript".to_owned(),
                page.pick("微信小程序", "WeChat mini-programs").to_owned(),
            ],
            rating_hundredths: Some(487),
            reviews: 32,
            answers_within_hours: Some(2),
            finished: 41,
        },
        PersonCard {
            name: "Ada Park".to_owned(),
            headline: page.pick("品牌与界面设计", "Brand and interface design").to_owned(),
            ..PersonCard::default()
        },
    ]
}

fn money_line(page: &Page) -> MoneyLine {
    MoneyLine {
        places: [
            page.pick("你", "You").to_owned(),
            page.pick("托管中", "Held").to_owned(),
            page.pick("林晓雯", "Lin Xiaowen").to_owned(),
        ],
        amounts: [yuan(0), yuan(3_000), yuan(5_000)],
        at: 1,
        says: page
            .pick(
                "第 2 个里程碑的 ¥3,000.00 由平台托管，你验收后才付给对方。",
                "¥3,000.00 for milestone 2 is held until you accept.",
            )
            .to_owned(),
    }
}

fn timeline(page: &Page) -> Vec<TimelineItem> {
    let now = page.viewer.now();
    let item = |tone, zh: (&str, &str), en: (&str, &str), ago: i64| TimelineItem {
        tone,
        who: page.pick(zh.0, en.0).to_owned(),
        what: page.pick(zh.1, en.1).to_owned(),
        at: now - ago,
        ..TimelineItem::default()
    };
    vec![
        TimelineItem {
            tone: Tone::Waiting,
            icon: "hourglass".to_owned(),
            what: page
                .pick(
                    "到期仍未答复，视为验收通过并付款",
                    "Silence until then means accepted and paid",
                )
                .to_owned(),
            at: now + (2 * DAY + 5 * HOUR),
            pending: true,
            ..TimelineItem::default()
        },
        TimelineItem {
            note: page
                .pick(
                    "首页、商品页和结算流程都可以试用了。",
                    "Home, product and checkout are ready to try.",
                )
                .to_owned(),
            icon: "package-check".to_owned(),
            ..item(
                Tone::Plain,
                ("林晓雯", "交付了第 2 个里程碑"),
                ("Lin Xiaowen", "delivered milestone 2"),
                3 * HOUR,
            )
        },
        item(
            Tone::Safe,
            ("周宁", "托管了 ¥3,000.00"),
            ("Zhou Ning", "put ¥3,000.00 in escrow"),
            6 * DAY,
        ),
        item(
            Tone::Seal,
            ("双方", "签订了合同"),
            ("Both sides", "agreed to the contract"),
            8 * DAY,
        ),
    ]
}

fn outcome(page: &Page) -> OutcomeView {
    let soon = page.viewer.now() + 7 * DAY;
    let row = |title: (&str, &str), path: &[(&str, &str)], tone, money: [i64; 3]| OutcomeRow {
        title: page.pick(title.0, title.1).to_owned(),
        path: path.iter().map(|(zh, en)| page.pick(zh, en).to_owned()).collect(),
        by: None,
        by_words: String::new(),
        silent: false,
        impossible: false,
        happened: false,
        tone,
        provider: yuan(money[0]),
        client: yuan(money[1]),
        platform: yuan(money[2]),
    };
    let delivered = ("对方交付", "Work is delivered");
    OutcomeView {
        now: page.pick("已交付，等你验收", "Delivered, waiting for you").to_owned(),
        total: yuan(3_000),
        reader: Side::Client,
        rows: vec![
            row(
                ("你验收通过", "You accept"),
                &[delivered, ("你点验收", "You accept")],
                Tone::Safe,
                [2_700, 0, 300],
            ),
            OutcomeRow {
                silent: true,
                by: Some(soon),
                ..row(
                    ("到期自动验收", "Silence accepts"),
                    &[delivered, ("7 天没有答复", "7 days without an answer")],
                    Tone::Waiting,
                    [2_700, 0, 300],
                )
            },
            row(
                ("协商分配后取消", "Cancelled with a split"),
                &[("一方提议", "One side proposes"), ("另一方同意", "The other agrees")],
                Tone::Plain,
                [900, 2_000, 100],
            ),
            OutcomeRow {
                impossible: true,
                silent: true,
                by_words: page.pick("交付期后 14 天", "14 days after the deadline").to_owned(),
                ..row(
                    ("逾期未交付，全额退款", "Never delivered: full refund"),
                    &[("没有交付", "Nothing is delivered")],
                    Tone::Loss,
                    [0, 3_000, 0],
                )
            },
        ],
    }
}
