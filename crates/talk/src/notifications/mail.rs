//! Mail for notices that matter: in the reader's language, with a link. Messages are mailed only when nobody has read
//! them after a while, and once until the reader comes back.

use kernel::{AccountId, Id, MINUTE};
use serde_json::{Value, json};
use site::{Channel, Outgoing};
use store::{Fail, Fault, NewJob, Tx};

use super::{Args, sql};
use crate::{subjects, threads, words};

/// The kind of the job that mails about messages nobody has read.
pub const UNREAD_JOB: &str = "talk.unread";
/// How long a message may lie unread before a mail is sent.
const PATIENCE: i64 = 10 * MINUTE;

/// Mails one notice to somebody with an address.
pub(super) fn send(
    tx: &mut Tx,
    to: AccountId,
    kind: &str,
    args: &Args,
    base_url: &str,
    link: &str,
) -> Result<(), Fail> {
    let (subject, more) = (format!("notice-{kind}"), format!("notice-{kind}-more"));
    write(
        tx,
        to,
        &Letter {
            kind,
            subject: &subject,
            more: &more,
            args,
            address: &format!("{base_url}{link}"),
        },
    )
}

struct Letter<'a> {
    kind: &'a str,
    subject: &'a str,
    more: &'a str,
    args: &'a Args,
    address: &'a str,
}

fn write(tx: &mut Tx, to: AccountId, letter: &Letter) -> Result<(), Fail> {
    let Some(contact) = accounts::people::contact(tx, to)? else {
        return Ok(());
    };
    let Some(email) = contact.email else { return Ok(()) };
    let locale = contact.locale;
    let mut values = words::values(locale, &contact.zone, letter.args);
    let said = |key: &str, values: &_| {
        words::say(locale, key, values).ok_or_else(|| Fault::broken(format!("no words for {key}")))
    };
    let (subject, more) = (said(letter.subject, &values)?, said(letter.more, &values)?);
    let settings = site::settings::load(tx)?;
    let market = settings.market_name(locale).to_owned();
    for (name, value) in [
        ("name", &contact.name),
        ("subject", &subject),
        ("more", &more),
        ("market", &market),
    ] {
        values.set(name, value.clone());
    }
    values.set("link", letter.address.to_owned());
    let body = said("mail-notice-body", &values)?;
    let kind = format!("notice.{}", letter.kind);
    site::outgoing::send(
        tx,
        Outgoing {
            channel: Channel::Mail,
            to: email,
            locale,
            kind,
            subject,
            body,
        },
    )?;
    Ok(())
}

/// Promises to look later whether a thread has been read.
pub(super) fn promise(tx: &mut Tx, thread: Id, account: AccountId) -> Result<(), Fail> {
    let at = tx.now().plus(PATIENCE);
    let job = NewJob::now(UNREAD_JOB, json!({ "thread": thread, "account": account }));
    tx.enqueue(job.at(at).keyed(format!("unread:{thread}:{account}")))?;
    Ok(())
}

/// The job: mails when messages of the thread still lie unread and the reader was not mailed since they last read.
pub fn remind_unread(tx: &mut Tx, payload: &Value, base_url: &str) -> Result<(), Fail> {
    let id = |name: &str| {
        payload
            .get(name)
            .and_then(Value::as_str)
            .and_then(|text| text.parse::<Id>().ok())
    };
    let (Some(thread), Some(account)) = (id("thread"), id("account")) else {
        return Err(Fault::Shape("the payload of talk.unread".to_owned()).into());
    };
    let Some(waiting) = threads::take_unmailed(tx, thread, account)? else {
        return Ok(());
    };
    let who = subjects::name(tx, waiting.other)?;
    let title = subjects::title(tx, &waiting.subject_kind, waiting.subject)?;
    let args = Args {
        title,
        who,
        part: Some(waiting.unread),
        ..Args::default()
    };
    let link = subjects::link("thread", thread);
    if !sql::has_unread(tx, account, &link)? {
        return Ok(());
    }
    let address = format!("{base_url}{link}");
    write(
        tx,
        account,
        &Letter {
            kind: "message-sent",
            subject: "mail-unread-subject",
            more: "mail-unread-more",
            args: &args,
            address: &address,
        },
    )
}
