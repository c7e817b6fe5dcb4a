//! Words in both languages, from the Fluent files in `locales/`, compiled in. `build.rs` proves that both languages
//! have the same keys and that every key named in the source exists.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use kernel::{Arg, Locale, Refusal};
use unic_langid::LanguageIdentifier;

use super::show;

mod texts {
    include!(concat!(env!("OUT_DIR"), "/locales.rs"));
}

type Bundle = FluentBundle<FluentResource>;

static ZH: LazyLock<Bundle> = LazyLock::new(|| bundle("zh-CN", texts::ZH_CN));
static EN: LazyLock<Bundle> = LazyLock::new(|| bundle("en", texts::EN));

fn bundle(tag: &str, files: &[&str]) -> Bundle {
    let language: LanguageIdentifier = tag.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    bundle.set_use_isolating(false);
    for text in files {
        let resource = match FluentResource::try_new((*text).to_owned()) {
            Ok(resource) | Err((resource, _)) => resource,
        };
        bundle.add_resource_overriding(resource);
    }
    bundle
}

fn of(locale: Locale) -> &'static Bundle {
    match locale {
        Locale::ZhCn => &ZH,
        Locale::En => &EN,
    }
}

/// The words for `key`; the key itself when there are none, so that a reader at least sees what is missing.
pub fn t(locale: Locale, key: &str) -> String {
    t_args(locale, key, &[])
}

/// The words for `key` with values put in: `t_args(locale, "bids-count", &[("count", 3.into())])`.
pub fn t_args(locale: Locale, key: &str, args: &[(&str, FluentValue<'_>)]) -> String {
    let bundle = of(locale);
    let Some(pattern) = bundle.get_message(key).and_then(|m| m.value()) else {
        tracing::warn!(key, locale = locale.tag(), "no words for this key");
        return key.to_owned();
    };
    let mut values = FluentArgs::new();
    for (name, value) in args {
        values.set((*name).to_owned(), value.clone());
    }
    let mut errors = Vec::new();
    bundle.format_pattern(pattern, Some(&values), &mut errors).into_owned()
}

/// Whether there are words for `key` in this language.
pub fn has(locale: Locale, key: &str) -> bool {
    of(locale).get_message(key).is_some_and(|m| m.value().is_some())
}

/// A refusal in the reader's words: the message of its own code only, not of those under `more`.
pub fn refusal(locale: Locale, zone: &jiff::tz::TimeZone, refusal: &Refusal) -> String {
    let args: Vec<(&str, FluentValue<'_>)> = refusal
        .args
        .iter()
        .map(|(name, arg)| (*name, value(locale, zone, arg)))
        .collect();
    t_args(locale, &format!("refusal-{}", refusal.code), &args)
}

fn value<'a>(locale: Locale, zone: &jiff::tz::TimeZone, arg: &'a Arg) -> FluentValue<'a> {
    match arg {
        Arg::Number(n) => (*n).into(),
        Arg::Text(text) => text.as_str().into(),
        Arg::Money(money) => money.shown().into(),
        Arg::Time(at) => show::time(locale, zone, *at).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_in_both_languages_without_isolation_marks() {
        for locale in Locale::ALL {
            assert!(has(locale, "nav-home"));
            let said = t_args(locale, "time-in-days", &[("n", 3.into())]);
            assert!(said.contains('3') && !said.contains('\u{2068}'), "{said}");
        }
        assert_eq!(t(Locale::En, "no-such-key-at-all"), "no-such-key-at-all");
    }
}
