//! Words in both languages, and the small vocabularies of a process: who acts, what a use case must bring, what
//! mood a state is in. Not here: the words of pages, which live in the locales.

use std::fmt;

use kernel::Locale;
use serde::{Deserialize, Serialize};

/// One text in both languages.
#[derive(Clone, PartialEq, Eq, Debug, Default, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Words {
    /// Simplified Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Words {
    /// A pair of texts.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self {
            zh: zh.into(),
            en: en.into(),
        }
    }

    /// The text in the reader's language.
    pub fn pick(&self, locale: Locale) -> &str {
        locale.pick(&self.zh, &self.en)
    }
}

/// Who fires a transition.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Who pays.
    Client,
    /// Who does the work.
    Provider,
    /// Client and provider together: the use case fires it once both have agreed to the same thing.
    Both,
    /// The operator's staff, as a neutral judge.
    Operator,
    /// A panel of experts, as a neutral judge.
    Panel,
    /// A clock that ran out. Never written in `by`: a clock names the transition it fires.
    Clock,
    /// The payment gateway: money has arrived.
    Gateway,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 7] = [
        Self::Client,
        Self::Provider,
        Self::Both,
        Self::Operator,
        Self::Panel,
        Self::Clock,
        Self::Gateway,
    ];

    /// The name in a process file and in rows.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Client => "client",
            Self::Provider => "provider",
            Self::Both => "both",
            Self::Operator => "operator",
            Self::Panel => "panel",
            Self::Clock => "clock",
            Self::Gateway => "gateway",
        }
    }

    /// The role for a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// The word people read.
    pub fn words(self) -> Words {
        match self {
            Self::Client => Words::new("需求方", "client"),
            Self::Provider => Words::new("服务方", "provider"),
            Self::Both => Words::new("双方", "both sides"),
            Self::Operator => Words::new("平台", "the market"),
            Self::Panel => Words::new("专家组", "expert panel"),
            Self::Clock => Words::new("到期自动", "deadline"),
            Self::Gateway => Words::new("支付机构", "payment gateway"),
        }
    }

    /// Whether the role judges without gaining: operator or panel.
    pub const fn is_neutral(self) -> bool {
        matches!(self, Self::Operator | Self::Panel)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// A fact the use case must bring along with a transition.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Need {
    /// A delivery that is not empty.
    Delivery,
    /// Written reasons.
    Reason,
    /// How the pot is divided. Follows by itself from a `split` with agreed shares.
    Shares,
}

impl Need {
    /// The name in a process file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Delivery => "delivery",
            Self::Reason => "reason",
            Self::Shares => "shares",
        }
    }

    /// The need for a name.
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Delivery, Self::Reason, Self::Shares]
            .into_iter()
            .find(|need| need.name() == name)
    }
}

/// The mood of a state, for the colour a page gives it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// Somebody is waited for before work goes on.
    #[default]
    Waiting,
    /// Work goes on.
    Active,
    /// Money is at stake and somebody must look.
    Alarm,
    /// Ended well.
    Done,
    /// Ended, with money shared.
    Shared,
    /// Ended without payment.
    Lost,
}

impl Tone {
    /// The name in a process file.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Active => "active",
            Self::Alarm => "alarm",
            Self::Done => "done",
            Self::Shared => "shared",
            Self::Lost => "lost",
        }
    }

    /// The tone for a name.
    pub fn from_name(name: &str) -> Option<Self> {
        [
            Self::Waiting,
            Self::Active,
            Self::Alarm,
            Self::Done,
            Self::Shared,
            Self::Lost,
        ]
        .into_iter()
        .find(|tone| tone.name() == name)
    }
}
