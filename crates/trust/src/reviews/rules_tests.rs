//! Who may review and reply, by table.

use kernel::{Currency, Id, Money};

use super::*;

const T0: Timestamp = Timestamp::from_micros(1_795_845_600_000_000);

fn id(raw: i64) -> AccountId {
    Id::from_raw(raw)
}

fn deal() -> Deal {
    Deal {
        order: id(9),
        title: "标志设计".to_owned(),
        client: id(1),
        provider: id(2),
        ended_at: Some(T0),
        happened: true,
        value: Money::new(300_000, Currency::CNY),
    }
}

#[test]
fn who_may_review_and_until_when() {
    let later = |days| T0.plus_days(days);
    let closed = later(14);
    let running = Deal {
        ended_at: None,
        ..deal()
    };
    let empty = Deal {
        happened: false,
        ..deal()
    };
    for (deal, author, now, answer) in [
        (deal(), 1, T0, Ok(Hat::Provider)),
        (deal(), 2, T0, Ok(Hat::Client)),
        (deal(), 3, T0, Err(ReviewRefusal::NotFound)),
        (running, 1, T0, Err(ReviewRefusal::StillRunning)),
        (empty, 1, T0, Err(ReviewRefusal::NothingHappened)),
        (deal(), 1, closed.plus(-1), Ok(Hat::Provider)),
        (deal(), 1, closed, Err(ReviewRefusal::WindowOver { closed })),
    ] {
        assert_eq!(may_write(&deal, id(author), now, 14), answer);
    }
}

#[test]
fn who_may_reply_and_until_when() {
    let open = Replied {
        about: id(2),
        published_at: Some(T0),
        replied: false,
    };
    let closed = T0.plus_days(28);
    for (review, account, now, answer) in [
        (open, 2, T0, Ok(())),
        (open, 1, T0, Err(ReviewRefusal::NotFound)),
        (
            Replied {
                published_at: None,
                ..open
            },
            2,
            T0,
            Err(ReviewRefusal::NotOpen),
        ),
        (
            Replied { replied: true, ..open },
            2,
            T0,
            Err(ReviewRefusal::ReplyAlready),
        ),
        (open, 2, closed.plus(-1), Ok(())),
        (open, 2, closed, Err(ReviewRefusal::ReplyOver { closed })),
    ] {
        assert_eq!(may_reply(&review, id(account), now, 28), answer);
    }
}

#[test]
fn every_dimension_has_exactly_one_mark() {
    let policy = super::super::Policy::from_toml(include_str!("../../../../packs/general/reviews.toml")).unwrap();
    let asked: Vec<_> = policy.about(Hat::Client).collect();
    let given = |pairs: &[(&str, i64)]| pairs.iter().map(|(c, m)| ((*c).to_owned(), *m)).collect::<Vec<_>>();
    let full = [("communication", 5), ("clear_brief", 1), ("timely_acceptance", 3)];
    let marks_in_order = marks(&asked, &given(&full)).unwrap();
    assert_eq!(marks_in_order[0], ("clear_brief".to_owned(), 1));
    for bad in [
        &[][..],
        &[("communication", 5), ("clear_brief", 1)],
        &[("communication", 6), ("clear_brief", 1), ("timely_acceptance", 3)],
        &[("communication", 0), ("clear_brief", 1), ("timely_acceptance", 3)],
        &[
            ("communication", 5),
            ("clear_brief", 1),
            ("timely_acceptance", 3),
            ("quality", 3),
        ],
        &[("communication", 5), ("communication", 1), ("timely_acceptance", 3)],
    ] {
        assert!(marks(&asked, &given(bad)).is_err(), "{bad:?}");
    }
}

#[test]
fn words_are_measured() {
    assert!(body("交付很及时，沟通也很顺畅。").is_ok());
    assert_eq!(body("好"), Err(ReviewRefusal::BodyShort { min: 10 }));
    assert_eq!(body(&"好".repeat(2001)), Err(ReviewRefusal::BodyLong { max: 2000 }));
    assert_eq!(body("很好很好很好很好很好\u{202e}"), Err(ReviewRefusal::BodyForbidden));
    assert_eq!(note(""), Ok(String::new()));
    assert!(reply_text(" ").is_err());
}
