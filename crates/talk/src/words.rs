//! The words of notices and of the mails made from them, in the reader's language, from `locales/*/notices.ftl`.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use jiff::tz::TimeZone;
use kernel::{Locale, Timestamp};
use unic_langid::LanguageIdentifier;

use crate::notifications::Args;

type Bundle = FluentBundle<FluentResource>;

static ZH_CN: LazyLock<Bundle> = LazyLock::new(|| bundle("zh-CN", include_str!("../../../locales/zh-CN/notices.ftl")));
static EN: LazyLock<Bundle> = LazyLock::new(|| bundle("en", include_str!("../../../locales/en/notices.ftl")));

/// Broken lines of the file cost their own words only; a test finds them.
fn bundle(tag: &str, text: &str) -> Bundle {
    let language: LanguageIdentifier = tag.parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![language]);
    bundle.set_use_isolating(false);
    let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, _)| resource);
    bundle.add_resource_overriding(resource);
    bundle
}

/// The words for a key; nothing when there are none.
pub(crate) fn say(locale: Locale, key: &str, values: &FluentArgs) -> Option<String> {
    let bundle = match locale {
        Locale::ZhCn => &*ZH_CN,
        Locale::En => &*EN,
    };
    let pattern = bundle.get_message(key)?.value()?;
    Some(
        bundle
            .format_pattern(pattern, Some(values), &mut Vec::new())
            .into_owned(),
    )
}

/// The facts of a notice, as its words need them.
pub(crate) fn values(locale: Locale, zone: &str, args: &Args) -> FluentArgs<'static> {
    let mut values = FluentArgs::new();
    values.set("title", args.title.clone());
    values.set("who", args.who.clone());
    values.set("part", args.part.unwrap_or(0));
    values.set("at", args.at.map(|at| moment(locale, zone, at)).unwrap_or_default());
    values
}

/// A day and a time, in the reader's zone.
fn moment(locale: Locale, zone: &str, at: Timestamp) -> String {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let format = locale.pick("%Y年%-m月%-d日 %H:%M", "%-d %b %Y, %H:%M");
    at.to_jiff().to_zoned(zone).strftime(format).to_string()
}
