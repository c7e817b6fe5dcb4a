//! Cards of people, put together from the rooms that know a part each.

use kernel::{AccountId, Locale, mask_name};
use store::{Fault, Tx};

use crate::edge::parts::PersonCard;

/// The card of a person as everybody may see it; a nameless one when the account is gone.
pub fn card(tx: &mut Tx, account: AccountId, locale: Locale) -> Result<PersonCard, Fault> {
    let name = accounts::people::card(tx, account)?
        .map(|person| person.name)
        .unwrap_or_default();
    let profile = catalog::profiles::of(tx, account)?;
    let skills = profile
        .skills
        .iter()
        .take(5)
        .map(|skill| skill.name(locale).to_owned())
        .collect();
    let rating = ::trust::reviews::summary(tx, account)?.brief();
    Ok(PersonCard {
        href: format!("/people/{account}"),
        name,
        headline: profile.headline,
        skills,
        rating_hundredths: rating.shown.map(|thousandths| thousandths / 10),
        reviews: rating.count,
        finished: finished(tx, account)?,
        ..PersonCard::default()
    })
}

/// Orders somebody finished with money released, on either side.
fn finished(tx: &mut Tx, account: AccountId) -> Result<i64, Fault> {
    match ::orders::orders::finished_count(tx, account) {
        Ok(count) => Ok(count),
        Err(store::Fail::Fault(fault)) => Err(fault),
        Err(store::Fail::Refused(refusal)) => Err(Fault::broken(refusal.code)),
    }
}

/// The same for readers who are not signed in: the name behind stars, and no way to the profile.
pub fn masked(card: PersonCard) -> PersonCard {
    PersonCard {
        name: mask_name(&card.name),
        href: String::new(),
        headline: String::new(),
        ..card
    }
}
