//! Asking and bidding over HTTP: what each reader sees, what is refused and kept, how files are served.

mod asking;
mod bidding;
mod browser;
mod profile;

use crate::browser::Site;

/// What a client types; `category` is the key of one.
fn typed<'a>(category: &'a str, deadline: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("title", "给面包店设计标志"),
        (
            "brief",
            "门头、纸袋和小程序都要用，要能单色印刷，风格温暖一点，三周内完成。",
        ),
        ("category", category),
        ("budget_min", "2,000"),
        ("budget_max", "￥４０００"),
        ("deadline", deadline),
        ("wish_days", "21"),
    ]
}

fn category(site: &Site) -> String {
    site.market.request_content("x").category.expect("it has one").short()
}

fn with<'a>(mut fields: Vec<(&'a str, &'a str)>, changed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    fields.retain(|(name, _)| !changed.iter().any(|(n, _)| n == name));
    fields.extend(changed);
    fields
}

fn deadline(site: &Site, days: i64) -> String {
    site.market.now().plus_days(days).to_jiff().to_string()[..10].to_owned()
}
