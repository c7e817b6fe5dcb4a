//! Joining and logging in: wrong codes, late codes, used codes, guessing, and that nobody learns who is a member.

use accounts::codes::FreshCode;
use accounts::destinations::Destination;
use accounts::login::{self, CodeLogin, PasswordLogin};
use accounts::people::{self, NewPerson};
use accounts::reset::{self, Reset};
use accounts::sessions::{self, NewSession, token_hash};
use accounts::signup::{self, AskCode, Join};
use accounts::{Verdict, consents, passwords};
use kernel::{Actor, HOUR, Id, Locale, MINUTE};
use site::outgoing::SentView;
use store::Fail;
use testkit::{Market, code, on_both};

const PASSWORD: &str = "kumquat-ferry-42-ladder";

fn to(typed: &str) -> Destination {
    Destination::parse(typed).expect("an address or a number")
}

fn fresh(seed: u8) -> FreshCode {
    FreshCode::from_random([seed; 32])
}

fn session(token: &str) -> NewSession {
    NewSession {
        token_hash: token_hash(token),
        device: "Firefox · Linux".to_owned(),
        address: "192.0.2.7".to_owned(),
    }
}

fn ask(typed: &str, seed: u8) -> AskCode {
    AskCode {
        to: to(typed),
        locale: Locale::En,
        fresh: fresh(seed),
    }
}

/// Runs a use case that answers a verdict; a denial becomes its refusal, after the commit.
fn run<T: Send + 'static>(
    market: &Market,
    work: impl Fn(&mut store::Tx) -> Result<Verdict<T>, Fail> + Send + 'static,
) -> Result<T, Fail> {
    market.write(work).and_then(Verdict::into_result)
}

fn ask_signup(market: &Market, typed: &str, seed: u8) -> Result<(), Fail> {
    let cmd = ask(typed, seed);
    run(market, move |tx| signup::ask(tx, &cmd))
}

fn ask_login(market: &Market, typed: &str, seed: u8) -> Result<(), Fail> {
    let cmd = ask(typed, seed);
    run(market, move |tx| login::ask(tx, &cmd))
}

fn join_cmd(market: &Market, typed: &str, digits: &str, token: &str) -> Join {
    Join {
        to: to(typed),
        code: digits.to_owned(),
        name: "Li Na".to_owned(),
        password_hash: None,
        agreed: true,
        seen_texts: market.read(consents::in_force).expect("texts are in force"),
        locale: Locale::En,
        zone: "Asia/Shanghai".to_owned(),
        session: session(token),
    }
}

fn join(market: &Market, cmd: Join) -> Result<signup::Joined, Fail> {
    run(market, move |tx| signup::join(tx, &cmd))
}

fn member(market: &Market, email: &str) -> Id {
    let mut new = NewPerson::named("王芳", email, Locale::ZhCn);
    new.password_hash = Some(passwords::hash(PASSWORD, &[3; 16]));
    market.write(move |tx| people::create(tx, &new)).expect("a member")
}

fn letters(market: &Market, typed: &str) -> Vec<SentView> {
    let address = to(typed).value;
    market
        .read(move |tx| Ok(site::outgoing::to(tx, &address, 50)?))
        .expect("letters can be read")
}

fn by_code(market: &Market, typed: &str, digits: &str) -> Result<login::LoggedIn, Fail> {
    let cmd = CodeLogin {
        to: to(typed),
        code: digits.to_owned(),
        session: session(&format!("token-{digits}")),
    };
    run(market, move |tx| login::by_code(tx, &cmd))
}

fn by_password(market: &Market, typed: &str, password: &str, token: &str) -> Result<login::LoggedIn, Fail> {
    let name = to(typed);
    let challenge = run(market, move |tx| login::begin(tx, &name))?;
    let matches = passwords::verify(password, challenge.kept.as_deref());
    let cmd = PasswordLogin {
        to: to(typed),
        challenge,
        matches,
        session: session(token),
    };
    run(market, move |tx| login::finish(tx, &cmd))
}

fn is_alive(market: &Market, token: &str) -> bool {
    let hash = token_hash(token);
    market
        .read(move |tx| Ok(sessions::resolve(tx, &hash)?))
        .expect("sessions can be read")
        .is_some()
}

#[test]
fn a_stranger_joins_with_the_code_and_is_in() {
    on_both(|market| {
        for (typed, seed) in [("Li.Na@Example.com", 1), ("138 0013 8000", 2)] {
            ask_signup(market, typed, seed).expect("a code is sent");
            let letter = letters(market, typed).remove(0).message;
            assert!(letter.body.contains(fresh(seed).digits()), "{letter:?}");
            let token = format!("token{seed}");
            let joined = join(market, join_cmd(market, typed, fresh(seed).digits(), &token)).expect("joined");
            assert!(!joined.existed);
            let hash = token_hash(&token);
            let view = market
                .read(move |tx| Ok(sessions::resolve(tx, &hash)?))
                .expect("read")
                .expect("a session");
            assert_eq!(
                (view.account_id, view.name.as_str(), view.consent_due),
                (joined.account, "Li Na", false)
            );
            let due = market.read(move |tx| consents::due(tx, joined.account)).expect("read");
            assert!(due.is_empty(), "{due:?}");
        }
    });
}

#[test]
fn codes_are_good_for_one_use_five_tries_and_ten_minutes() {
    on_both(|market| {
        member(market, "fang@example.com");
        let (right, wrong) = (fresh(9).digits().to_owned(), "000001");
        assert_ne!(right, wrong);
        // Nothing was asked for.
        assert_eq!(code(&by_code(market, "fang@example.com", &right)), "code-expired");
        ask_login(market, "fang@example.com", 9).expect("sent");
        assert_eq!(code(&by_code(market, "fang@example.com", "12a456")), "code-unreadable");
        for wanted in ["code-wrong", "code-wrong", "code-wrong", "code-wrong", "code-used-up"] {
            assert_eq!(code(&by_code(market, "fang@example.com", wrong)), wanted);
        }
        // Dead, even for the right one.
        assert_eq!(code(&by_code(market, "fang@example.com", &right)), "code-used-up");
        // A new one replaces it and works, once.
        ask_login(market, "fang@example.com", 10).expect("sent");
        assert_eq!(code(&by_code(market, "fang@example.com", &right)), "code-wrong");
        let second = fresh(10).digits().to_owned();
        by_code(market, "fang@example.com", &second).expect("logged in");
        assert_eq!(code(&by_code(market, "fang@example.com", &second)), "code-expired");
        // Too late is too late.
        ask_login(market, "fang@example.com", 11).expect("sent");
        market.advance(10 * MINUTE);
        assert_eq!(
            code(&by_code(market, "fang@example.com", fresh(11).digits())),
            "code-expired"
        );
        // A code for one purpose is none for another.
        ask_login(market, "fang@example.com", 12).expect("sent");
        let digits = fresh(12).digits().to_owned();
        assert_eq!(
            code(&join(market, join_cmd(market, "fang@example.com", &digits, "t"))),
            "code-expired"
        );
    });
}

#[test]
fn codes_to_one_destination_are_limited_and_the_refusal_says_until_when() {
    on_both(|market| {
        let begun = market.now();
        for seed in 0..6 {
            ask_signup(market, "li@example.com", seed).expect("sent");
        }
        let refused = ask_login(market, "li@example.com", 7);
        assert_eq!(code(&refused), "tries-codes");
        let Err(Fail::Refused(refusal)) = refused else {
            unreachable!("it was refused")
        };
        assert_eq!(refusal.args, vec![("until", kernel::Arg::Time(begun + HOUR))]);
        assert_eq!(letters(market, "li@example.com").len(), 6);
        market.advance(HOUR);
        ask_login(market, "li@example.com", 8).expect("an hour later it is sent again");
    });
}

#[test]
fn known_and_unknown_names_are_answered_the_same() {
    on_both(|market| {
        member(market, "known@example.com");
        for name in ["known@example.com", "unknown@example.com"] {
            ask_login(market, name, 1).expect("the same yes");
            assert_eq!(code(&by_code(market, name, "000001")), "code-wrong");
            let cmd = ask(name, 2);
            run(market, move |tx| reset::ask(tx, &cmd)).expect("the same yes");
            ask_signup(market, name, 3).expect("the same yes");
            assert_eq!(letters(market, name).len(), 3, "as many letters");
            assert_eq!(
                code(&by_password(market, name, "another long password", "t")),
                "login-wrong"
            );
        }
        // Even who guesses the code of a stranger is told that it expired.
        assert_eq!(
            code(&by_code(market, "unknown@example.com", fresh(1).digits())),
            "code-expired"
        );
        let kinds = |name| {
            letters(market, name)
                .into_iter()
                .map(|l| l.message.kind)
                .collect::<Vec<_>>()
        };
        assert_eq!(kinds("known@example.com"), ["signup-known", "reset-code", "login-code"]);
        assert_eq!(
            kinds("unknown@example.com"),
            ["signup-code", "reset-unknown", "login-unknown"]
        );
        let told: String = letters(market, "unknown@example.com")
            .into_iter()
            .skip(1)
            .map(|l| l.message.body)
            .collect();
        assert!(
            !told.contains(fresh(1).digits()) && !told.contains(fresh(2).digits()),
            "no live code to a stranger"
        );
    });
}

#[test]
fn signing_up_again_logs_in_and_makes_nothing() {
    on_both(|market| {
        let known = member(market, "known@example.com");
        ask_signup(market, "known@example.com", 4).expect("sent");
        let cmd = join_cmd(market, "known@example.com", fresh(4).digits(), "again");
        let joined = join(market, cmd).expect("logged in");
        assert_eq!((joined.account, joined.existed), (known, true));
        let card = market
            .read(move |tx| Ok(people::card(tx, known)?))
            .expect("read")
            .expect("a person");
        assert_eq!(card.name, "王芳");
    });
}

#[test]
fn a_sign_up_needs_a_name_and_consent_to_what_was_shown() {
    on_both(|market| {
        ask_signup(market, "li@example.com", 5).expect("sent");
        let good = || join_cmd(market, "li@example.com", fresh(5).digits(), "t");
        assert_eq!(
            code(&join(
                market,
                Join {
                    name: "李".to_owned(),
                    ..good()
                }
            )),
            "name-bad-length"
        );
        assert_eq!(
            code(&join(
                market,
                Join {
                    agreed: false,
                    ..good()
                }
            )),
            "consent-missing"
        );
        assert_eq!(
            code(&join(
                market,
                Join {
                    seen_texts: "terms:0".to_owned(),
                    ..good()
                }
            )),
            "consent-stale"
        );
        // None of these used the code up.
        join(market, good()).expect("joined");
        let wrong = signup::check(&to("li@example.com"), "", Some("short"), false).expect_err("three things");
        let codes: Vec<_> = wrong.all().map(|r| r.code).collect();
        assert_eq!(codes, ["name-empty", "password-too-short", "consent-missing"]);
    });
}

#[test]
fn passwords_log_in_and_guessing_is_stopped() {
    on_both(|market| {
        let known = member(market, "fang@example.com");
        assert_eq!(
            by_password(market, "fang@example.com", PASSWORD, "a")
                .map(|l| l.account)
                .ok(),
            Some(known)
        );
        for name in ["fang@example.com", "nobody@example.com"] {
            for guess in 0..10 {
                let tried = by_password(market, name, &format!("wrong password {guess}"), "b");
                assert_eq!(code(&tried), "login-wrong");
            }
            // The right one is not looked at any more either.
            assert_eq!(code(&by_password(market, name, PASSWORD, "c")), "tries-passwords");
        }
        market.advance(15 * MINUTE);
        by_password(market, "fang@example.com", PASSWORD, "d").expect("a quarter of an hour later");
        assert!(is_alive(market, "a") && is_alive(market, "d") && !is_alive(market, "c"));
    });
}

#[test]
fn a_password_changed_between_the_halves_does_not_open() {
    on_both(|market| {
        let known = member(market, "fang@example.com");
        let name = to("fang@example.com");
        let challenge = run(market, move |tx| login::begin(tx, &name)).expect("begun");
        let actor = Actor::Person {
            account: known,
            staff: None,
            locale: Locale::ZhCn,
        };
        let old = challenge.kept.clone().expect("there is a password");
        let this = Id::from_raw(1);
        market
            .write(move |tx| accounts::settings::change_password(tx, &actor, &old, "another hash", this))
            .expect("changed");
        let cmd = PasswordLogin {
            to: to("fang@example.com"),
            challenge,
            matches: true,
            session: session("late"),
        };
        assert_eq!(code(&run(market, move |tx| login::finish(tx, &cmd))), "login-wrong");
    });
}

#[test]
fn a_reset_ends_every_session_and_begins_one() {
    on_both(|market| {
        member(market, "fang@example.com");
        by_password(market, "fang@example.com", PASSWORD, "old").expect("logged in");
        let cmd = ask("fang@example.com", 6);
        run(market, move |tx| reset::ask(tx, &cmd)).expect("sent");
        let new = "wicker-tuba-19-lagoon";
        let cmd = Reset {
            to: to("fang@example.com"),
            code: fresh(6).digits().to_owned(),
            password_hash: passwords::hash(new, &[5; 16]),
            session: session("new"),
        };
        let again = cmd.clone();
        run(market, move |tx| reset::finish(tx, &cmd)).expect("reset");
        assert!(!is_alive(market, "old") && is_alive(market, "new"));
        assert_eq!(letters(market, "fang@example.com")[0].message.kind, "password-changed");
        assert_eq!(code(&run(market, move |tx| reset::finish(tx, &again))), "code-expired");
        assert_eq!(
            code(&by_password(market, "fang@example.com", PASSWORD, "x")),
            "login-wrong"
        );
        by_password(market, "fang@example.com", new, "y").expect("the new one works");
    });
}
