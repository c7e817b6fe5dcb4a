//! What a person tells strangers about themselves: a headline, a text, skills, a place, a rate for a day. Not the
//! account (name, log-in) and not the reputation, which nobody writes for themselves.

use kernel::{AccountId, Actor, Id, Money, Refuse, TextFault, clean_line, clean_text};
use store::{Fail, Fault, Tx};

use crate::skills::{self, Skill};

mod sql;

/// The most skills on one profile.
pub const SKILLS_MAX: usize = 15;
/// The longest headline, in characters.
pub const HEADLINE_MAX: usize = 60;
/// The longest text about oneself, in characters.
pub const ABOUT_MAX: usize = 5_000;
/// The longest place, in characters.
pub const LOCATION_MAX: usize = 40;
/// The highest rate for a day, in minor units; above it is a slip of the finger.
const RATE_MAX: i64 = 100_000_000;

kernel::refusals! {
    /// Why a profile is not taken.
    pub enum ProfileRefusal {
        /// Nobody is signed in.
        LogIn => ("profile-log-in", LogIn),
        /// Too long.
        HeadlineLong { max: i64 } => ("profile-headline-long", Invalid, "headline"),
        /// Control or direction-turning characters.
        HeadlineForbidden => ("profile-headline-forbidden", Invalid, "headline"),
        /// Too long.
        AboutLong { max: i64 } => ("profile-about-long", Invalid, "about"),
        /// Control or direction-turning characters.
        AboutForbidden => ("profile-about-forbidden", Invalid, "about"),
        /// Too long, or with forbidden characters.
        LocationBad { max: i64 } => ("profile-location-bad", Invalid, "location"),
        /// More skills than a profile holds, or one that does not exist.
        SkillsBad { max: i64 } => ("profile-skills-bad", Invalid, "skills"),
        /// Not a rate anybody charges.
        RateBad { max: Money } => ("profile-rate-bad", Invalid, "rate"),
        /// It changed since it was opened.
        Stale => ("profile-stale", Conflict),
    }
}

/// A profile as strangers see it; empty texts when nothing was written yet.
#[derive(Clone, Debug)]
pub struct Profile {
    /// Whose it is.
    pub account: AccountId,
    /// One line.
    pub headline: String,
    /// Markdown.
    pub about: String,
    /// Where they are.
    pub location: String,
    /// What a day costs.
    pub rate: Option<Money>,
    /// In the pack's order.
    pub skills: Vec<Skill>,
    /// 0 when nothing was written yet.
    pub version: i64,
}

impl Profile {
    /// Whether there is anything to see.
    pub fn is_empty(&self) -> bool {
        self.headline.is_empty() && self.about.is_empty() && self.skills.is_empty()
    }
}

/// What somebody writes about themselves.
#[derive(Clone, Debug)]
pub struct EditProfile {
    /// One line.
    pub headline: String,
    /// Markdown.
    pub about: String,
    /// Where they are.
    pub location: String,
    /// What a day costs; in the market's currency.
    pub rate: Option<Money>,
    /// The chosen skills.
    pub skills: Vec<Id>,
    /// The version the form was made from.
    pub seen_version: i64,
}

/// Somebody's profile; an empty one when they never wrote any.
pub fn of(tx: &mut Tx, account: AccountId) -> Result<Profile, Fault> {
    let skills = skills::of_profile(tx, account)?;
    let found = sql::find(tx, account)?;
    Ok(found.map_or_else(
        || Profile {
            account,
            headline: String::new(),
            about: String::new(),
            location: String::new(),
            rate: None,
            skills: Vec::new(),
            version: 0,
        },
        |profile| Profile { skills, ..profile },
    ))
}

/// Writes one's own profile. Refusals: not signed in, too long, forbidden characters, unknown skills, changed meanwhile.
pub fn edit(tx: &mut Tx, actor: &Actor, cmd: &EditProfile) -> Result<(), Fail> {
    let account = actor.account().ok_or(ProfileRefusal::LogIn)?;
    let currency = site::settings::load(tx)?.currency;
    let clean = checked(cmd, Money::new(RATE_MAX, currency))?;
    if skills::known(tx, &clean.skills)?.len() != clean.skills.len() {
        return Err(ProfileRefusal::SkillsBad {
            max: as_i64(SKILLS_MAX),
        }
        .into());
    }
    if !sql::put(tx, account, &clean, currency)? {
        return Err(ProfileRefusal::Stale.into());
    }
    sql::set_skills(tx, account, &clean.skills)?;
    Ok(())
}

/// Everything that is wrong at once, or the cleaned words.
fn checked(cmd: &EditProfile, rate_max: Money) -> Result<EditProfile, Fail> {
    let mut wrong = Vec::new();
    let headline = clean_line(&cmd.headline, 0, HEADLINE_MAX).map_err(|fault| match fault {
        TextFault::Forbidden => ProfileRefusal::HeadlineForbidden,
        _ => ProfileRefusal::HeadlineLong {
            max: as_i64(HEADLINE_MAX),
        },
    });
    let about = clean_text(&cmd.about, 0, ABOUT_MAX).map_err(|fault| match fault {
        TextFault::Forbidden => ProfileRefusal::AboutForbidden,
        _ => ProfileRefusal::AboutLong { max: as_i64(ABOUT_MAX) },
    });
    let location = clean_line(&cmd.location, 0, LOCATION_MAX).map_err(|_| ProfileRefusal::LocationBad {
        max: as_i64(LOCATION_MAX),
    });
    let mut skills = cmd.skills.clone();
    skills.sort_unstable();
    skills.dedup();
    if skills.len() > SKILLS_MAX {
        wrong.push(ProfileRefusal::SkillsBad {
            max: as_i64(SKILLS_MAX),
        });
    }
    if cmd.rate.is_some_and(|rate| {
        !rate.is_positive() || rate.minor() > rate_max.minor() || rate.currency() != rate_max.currency()
    }) {
        wrong.push(ProfileRefusal::RateBad { max: rate_max });
    }
    let mut take = |text: Result<String, ProfileRefusal>| {
        text.unwrap_or_else(|refusal| {
            wrong.push(refusal);
            String::new()
        })
    };
    let (headline, about, location) = (take(headline), take(about), take(location));
    match kernel::Refusal::gather(wrong.into_iter().map(Refuse::refusal).collect()) {
        Some(refusal) => Err(refusal.into()),
        None => Ok(EditProfile {
            headline,
            about,
            location,
            rate: cmd.rate,
            skills,
            seen_version: cmd.seen_version,
        }),
    }
}

fn as_i64(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Currency;

    fn edit() -> EditProfile {
        EditProfile {
            headline: "十年品牌设计师".into(),
            about: "**你好**".into(),
            location: "杭州".into(),
            rate: None,
            skills: vec![],
            seen_version: 0,
        }
    }

    #[test]
    fn each_slip_has_its_own_refusal() {
        let max = Money::new(RATE_MAX, Currency::CNY);
        type Case = (&'static str, fn(&mut EditProfile));
        let cases: [Case; 7] = [
            ("profile-headline-long", |e| e.headline = "长".repeat(61)),
            ("profile-headline-forbidden", |e| e.headline = "a\u{202e}b".into()),
            ("profile-about-long", |e| e.about = "长".repeat(5_001)),
            ("profile-about-forbidden", |e| e.about = "a\u{0}".into()),
            ("profile-location-bad", |e| e.location = "长".repeat(41)),
            ("profile-skills-bad", |e| {
                e.skills = (1..=16).map(Id::from_raw).collect()
            }),
            ("profile-rate-bad", |e| e.rate = Some(Money::new(-1, Currency::CNY))),
        ];
        for (code, spoil) in cases {
            let mut cmd = edit();
            spoil(&mut cmd);
            let fail = checked(&cmd, max).expect_err(code);
            assert_eq!(fail.refusal().map(|r| r.code), Some(code));
        }
        assert!(checked(&edit(), max).is_ok());
    }
}
