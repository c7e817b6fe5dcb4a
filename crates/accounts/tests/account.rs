//! One's own account: sessions, consent to newer texts, changes of name, language and contact, and staff.

use accounts::codes::FreshCode;
use accounts::destinations::Destination;
use accounts::people::{self, NewPerson};
use accounts::sessions::{self, NewSession, token_hash};
use accounts::{Verdict, consents, settings};
use kernel::{Actor, Id, Locale, MINUTE, StaffRole};
use store::Fail;
use testkit::{Market, code, on_both};

fn to(typed: &str) -> Destination {
    Destination::parse(typed).expect("an address or a number")
}

fn open(market: &Market, actor: &Actor, token: &str) -> Id {
    let account = actor.account().expect("a person");
    let new = NewSession {
        token_hash: token_hash(token),
        device: "Chrome · Windows".to_owned(),
        address: "192.0.2.1".to_owned(),
    };
    market
        .write(move |tx| sessions::open(tx, account, &new))
        .expect("a session")
}

fn resolve(market: &Market, token: &str) -> Option<accounts::SessionView> {
    let hash = token_hash(token);
    market
        .read(move |tx| Ok(sessions::resolve(tx, &hash)?))
        .expect("sessions can be read")
}

fn ask_contact(market: &Market, actor: Actor, typed: &str, seed: u8) -> Result<(), Fail> {
    let to = to(typed);
    let asked = market.write(move |tx| settings::ask_contact(tx, &actor, &to, &FreshCode::from_random([seed; 32])));
    asked.and_then(Verdict::into_result)
}

fn change_contact(market: &Market, actor: Actor, typed: &str, seed: u8) -> Result<(), Fail> {
    let (to, digits) = (to(typed), FreshCode::from_random([seed; 32]).digits().to_owned());
    market
        .write(move |tx| settings::change_contact(tx, &actor, &to, &digits))
        .and_then(Verdict::into_result)
}

fn kinds(market: &Market, typed: &str) -> Vec<String> {
    let address = to(typed).value;
    let sent = market
        .read(move |tx| Ok(site::outgoing::to(tx, &address, 50)?))
        .expect("letters can be read");
    sent.into_iter().map(|letter| letter.message.kind).collect()
}

#[test]
fn sessions_slide_for_thirty_days_and_end_when_told() {
    on_both(|market| {
        let (mine, other) = (market.client("王芳"), market.client("李娜"));
        let first = open(market, &mine, "first");
        let second = open(market, &mine, "second");
        let theirs = open(market, &other, "theirs");
        assert!(!resolve(market, "first").expect("alive").touch_due);
        market.advance_days(20);
        let view = resolve(market, "first").expect("alive");
        assert!(view.touch_due);
        market.write(move |tx| sessions::touch(tx, first)).expect("touched");
        market.advance(4 * MINUTE);
        assert!(!resolve(market, "first").expect("alive").touch_due);
        market.advance_days(11);
        assert!(resolve(market, "second").is_none(), "never seen for thirty days");
        let list = market.read(move |tx| sessions::list(tx, &mine)).expect("a list");
        assert_eq!(list.iter().map(|s| s.id).collect::<Vec<_>>(), [first]);
        // Somebody else's session is as good as none.
        assert_eq!(
            code(&market.write(move |tx| sessions::end(tx, &mine, theirs))),
            "session-not-found"
        );
        let third = open(market, &mine, "third");
        let ended = market
            .write(move |tx| sessions::end_others(tx, &mine, third))
            .expect("ended");
        assert_eq!(ended, 2, "the first, and the one that had run out");
        assert!(resolve(market, "first").is_none() && resolve(market, "third").is_some());
        assert_eq!(
            code(&market.write(move |tx| sessions::end(tx, &mine, second))),
            "session-not-found"
        );
        market
            .write(move |tx| sessions::end(tx, &mine, third))
            .expect("logged out");
        assert!(resolve(market, "third").is_none());
        assert_eq!(
            code(&market.read(move |tx| sessions::list(tx, &Actor::Visitor))),
            "session-log-in"
        );
    });
}

#[test]
fn the_token_is_in_no_row() {
    on_both(|market| {
        let mine = market.client("王芳");
        open(market, &mine, "the-token-itself");
        let hash = token_hash("the-token-itself");
        assert!(resolve(market, &hash).is_none(), "what a row holds does not log in");
        let seed = resolve(market, "the-token-itself").expect("alive").csrf_seed;
        assert_ne!(seed, hash);
    });
}

#[test]
fn newer_texts_are_asked_for_at_the_next_log_in() {
    on_both(|market| {
        let mine = market.client("王芳");
        open(market, &mine, "before");
        market
            .write(move |tx| {
                for locale in Locale::ALL {
                    site::legal::publish(tx, site::legal::TERMS, locale, "9", "新协议", "新的正文")?;
                }
                Ok(())
            })
            .expect("published");
        assert!(
            !resolve(market, "before").expect("alive").consent_due,
            "asked at the next log-in"
        );
        open(market, &mine, "after");
        assert!(resolve(market, "after").expect("alive").consent_due);
        let agree = |ticked: bool, seen: String| {
            market.write(move |tx| consents::agree(tx, &mine, Locale::ZhCn, ticked, &seen))
        };
        let seen = market.read(consents::in_force).expect("texts");
        assert_eq!(code(&agree(false, seen.clone())), "consent-missing");
        assert_eq!(code(&agree(true, "terms:1".to_owned())), "consent-stale");
        agree(true, seen).expect("agreed");
        assert!(!resolve(market, "after").expect("alive").consent_due);
        let given = market.read(move |tx| consents::list(tx, &mine)).expect("consents");
        let terms: Vec<_> = given
            .iter()
            .filter(|c| c.kind == "terms")
            .map(|c| c.version.as_str())
            .collect();
        assert_eq!(terms.len(), 2);
        assert!(terms.contains(&"9"));
    });
}

#[test]
fn a_new_contact_is_proven_and_the_old_one_is_told() {
    on_both(|market| {
        let mine = market.client("王芳");
        let account = mine.account().expect("a person");
        let old = market
            .read(move |tx| Ok(people::contact(tx, account)?))
            .expect("read")
            .expect("somebody");
        let old = old.email.expect("an address");
        assert_eq!(code(&ask_contact(market, mine, &old, 1)), "settings-same-contact");
        ask_contact(market, mine, "new@example.com", 2).expect("sent");
        assert_eq!(code(&change_contact(market, mine, "new@example.com", 3)), "code-wrong");
        // Another person's code for the same address is another code.
        let other = market.client("李娜");
        assert_eq!(
            code(&change_contact(market, other, "new@example.com", 2)),
            "code-expired"
        );
        change_contact(market, mine, "new@example.com", 2).expect("changed");
        assert_eq!(kinds(market, &old), ["contact-changed"]);
        assert_eq!(kinds(market, "new@example.com"), ["change-code"]);
        ask_contact(market, mine, "13800138000", 4).expect("sent");
        change_contact(market, mine, "13800138000", 4).expect("added");
        let now = market
            .read(move |tx| Ok(people::contact(tx, account)?))
            .expect("read")
            .expect("somebody");
        assert_eq!(
            (now.email.as_deref(), now.phone.as_deref()),
            (Some("new@example.com"), Some("+8613800138000"))
        );
        assert_eq!(kinds(market, "new@example.com"), ["contact-changed", "change-code"]);
    });
}

#[test]
fn a_contact_of_another_account_is_answered_the_same_and_never_taken() {
    on_both(|market| {
        let mine = market.client("王芳");
        let taken = NewPerson::named("李娜", "taken@example.com", Locale::En);
        market.write(move |tx| people::create(tx, &taken)).expect("a person");
        ask_contact(market, mine, "taken@example.com", 1).expect("the same yes");
        assert_eq!(kinds(market, "taken@example.com"), ["change-taken"]);
        // Even with the right code, which nobody was sent.
        assert_eq!(
            code(&change_contact(market, mine, "taken@example.com", 1)),
            "person-contact-taken"
        );
        let again = NewPerson::named("另一个", "taken@example.com", Locale::ZhCn);
        assert_eq!(
            code(&market.write(move |tx| people::create(tx, &again))),
            "person-contact-taken"
        );
    });
}

#[test]
fn names_and_languages_change_only_to_good_ones() {
    on_both(|market| {
        let mine = market.client("王芳");
        let rename = |name: &'static str| market.write(move |tx| settings::rename(tx, &mine, name));
        assert_eq!(code(&rename("a\u{202e}b")), "name-bad-characters");
        rename("  芳  工作室 ").expect("renamed");
        let language = |zone: &'static str| market.write(move |tx| settings::set_language(tx, &mine, Locale::En, zone));
        for zone in ["", "Mars/Olympus", "../../etc/passwd"] {
            assert_eq!(code(&language(zone)), "settings-unknown-zone", "{zone}");
        }
        language("Europe/Berlin").expect("set");
        let own = market.read(move |tx| settings::own(tx, &mine)).expect("read").contact;
        assert_eq!(
            (own.name.as_str(), own.locale, own.zone.as_str()),
            ("芳 工作室", Locale::En, "Europe/Berlin")
        );
        assert_eq!(
            code(&market.write(move |tx| settings::rename(tx, &Actor::Visitor, "王芳"))),
            "person-log-in"
        );
    });
}

#[test]
fn changes_within_one_account_are_limited() {
    on_both(|market| {
        let mine = market.client("王芳");
        let confirm = || {
            market
                .write(move |tx| settings::begin_confirmation(tx, &mine))
                .and_then(Verdict::into_result)
        };
        for _ in 0..20 {
            assert_eq!(confirm().expect("counted"), None);
        }
        assert_eq!(code(&confirm()), "tries-changes");
    });
}

#[test]
fn staff_are_made_by_staff_and_it_is_recorded() {
    on_both(|market| {
        let (mine, staff) = (market.client("王芳"), market.operator());
        let account = mine.account().expect("a person");
        let make = |actor: Actor| {
            market.write(move |tx| people::make_staff(tx, &actor, account, Some(StaffRole::Operator), "新同事"))
        };
        assert_eq!(code(&make(mine)), "person-staff-only");
        make(staff).expect("made");
        let card = market
            .read(move |tx| Ok(people::card(tx, account)?))
            .expect("read")
            .expect("somebody");
        assert_eq!(card.staff, Some(StaffRole::Operator));
        let records = market
            .read(move |tx| Ok(site::audit::of(tx, "account", account, 10)?))
            .expect("records");
        assert_eq!(records[0].act, "account.staff");
        assert_eq!(records[0].reason, "新同事");
    });
}

#[test]
fn what_has_run_out_is_swept_away() {
    on_both(|market| {
        let mine = market.client("王芳");
        open(market, &mine, "old");
        ask_contact(market, mine, "new@example.com", 1).expect("sent");
        assert_eq!(market.write(accounts::sweep).expect("swept"), 0);
        market.advance_days(31);
        let swept = market.write(accounts::sweep).expect("swept");
        assert_eq!(swept, 4, "a session, a code, and two windows of tries");
    });
}
