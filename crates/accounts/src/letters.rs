//! The letters of this room: codes, and news about one's own account. Written in the reader's language from
//! `locales/*/letters.ftl`, and put into the site's outgoing rows.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use kernel::Locale;
use store::{Fault, Tx};
use unic_langid::LanguageIdentifier;

use crate::destinations::{Channel, Destination};

/// A letter, by what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Letter {
    /// The code that finishes a sign-up.
    SignupCode,
    /// Sign-up with a destination that has an account: the code logs in.
    SignupKnown,
    /// The code that logs in.
    LoginCode,
    /// Log-in asked for with a destination nobody here has.
    LoginUnknown,
    /// The code that allows a new password.
    ResetCode,
    /// A new password asked for with a destination nobody here has.
    ResetUnknown,
    /// The code that proves a new address or number.
    ChangeCode,
    /// Somebody wanted to add a destination that has another account.
    ChangeTaken,
    /// To the old destination: it was replaced.
    ContactChanged,
    /// The password is another one now.
    PasswordChanged,
}

impl Letter {
    /// Every letter, for the check that each has words.
    pub const ALL: [Self; 10] = [
        Self::SignupCode,
        Self::SignupKnown,
        Self::LoginCode,
        Self::LoginUnknown,
        Self::ResetCode,
        Self::ResetUnknown,
        Self::ChangeCode,
        Self::ChangeTaken,
        Self::ContactChanged,
        Self::PasswordChanged,
    ];

    /// The stable name: the middle of its keys, and the kind of its row.
    pub const fn name(self) -> &'static str {
        match self {
            Self::SignupCode => "signup-code",
            Self::SignupKnown => "signup-known",
            Self::LoginCode => "login-code",
            Self::LoginUnknown => "login-unknown",
            Self::ResetCode => "reset-code",
            Self::ResetUnknown => "reset-unknown",
            Self::ChangeCode => "change-code",
            Self::ChangeTaken => "change-taken",
            Self::ContactChanged => "contact-changed",
            Self::PasswordChanged => "password-changed",
        }
    }
}

/// Writes the letter down to be sent. Every letter knows the market's name besides `args`.
pub(crate) fn send(
    tx: &mut Tx,
    to: &Destination,
    locale: Locale,
    letter: Letter,
    args: &[(&str, String)],
) -> Result<(), Fault> {
    let market = site::settings::load(tx)?.market_name(locale).to_owned();
    let mut values = FluentArgs::new();
    values.set("market", market);
    for (name, value) in args {
        values.set(*name, value.clone());
    }
    let said = |part: &str| say(locale, &format!("letter-{}-{part}", letter.name()), &values);
    let (subject, body) = match to.channel {
        Channel::Mail => (said("subject")?, said("body")?),
        Channel::Sms => (String::new(), said("sms")?),
    };
    let kind = letter.name().to_owned();
    site::outgoing::send(
        tx,
        site::Outgoing {
            channel: to.channel,
            to: to.value.clone(),
            locale,
            kind,
            subject,
            body,
        },
    )?;
    Ok(())
}

type Bundle = FluentBundle<FluentResource>;

static ZH_CN: LazyLock<Bundle> = LazyLock::new(|| bundle("zh-CN", include_str!("../../../locales/zh-CN/letters.ftl")));
static EN: LazyLock<Bundle> = LazyLock::new(|| bundle("en", include_str!("../../../locales/en/letters.ftl")));

/// Broken lines of the file cost their own words only; a test finds them.
fn bundle(tag: &str, text: &str) -> Bundle {
    let language: LanguageIdentifier = tag.parse().unwrap_or_default();
    let mut bundle = Bundle::new_concurrent(vec![language]);
    bundle.set_use_isolating(false);
    let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(resource, _)| resource);
    bundle.add_resource_overriding(resource);
    bundle
}

fn say(locale: Locale, key: &str, args: &FluentArgs) -> Result<String, Fault> {
    let bundle = match locale {
        Locale::ZhCn => &*ZH_CN,
        Locale::En => &*EN,
    };
    let pattern = bundle
        .get_message(key)
        .and_then(|message| message.value())
        .ok_or_else(|| Fault::broken(format!("no words for {key}")))?;
    let mut errors = Vec::new();
    Ok(bundle.format_pattern(pattern, Some(args), &mut errors).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_has_whole_words_in_both_languages() {
        let mut args = FluentArgs::new();
        for name in ["market", "code", "minutes", "name", "to"] {
            args.set(name, format!("<{name}>"));
        }
        for locale in Locale::ALL {
            for letter in Letter::ALL {
                for part in ["subject", "body", "sms"] {
                    let text = say(locale, &format!("letter-{}-{part}", letter.name()), &args).expect("it has words");
                    assert!(!text.is_empty() && !text.contains('{'), "{letter:?} {part}: {text}");
                }
            }
        }
    }
}
