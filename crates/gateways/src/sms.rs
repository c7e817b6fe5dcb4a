//! How text messages leave the house. Only the outbox exists so far: the demo's page shows the rows. A provider of
//! text messages will stand behind the same trait.

pub use crate::mail::{SendError, Sending};

/// A text message, written and addressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sms {
    /// Names the message, so that a provider can tell a repeat.
    pub key: String,
    /// The number in E.164.
    pub to: String,
    /// The text.
    pub text: String,
}

/// Sends text messages.
pub trait SmsSender: Send + Sync {
    /// Hands one message over.
    fn send<'a>(&'a self, sms: &'a Sms) -> Sending<'a>;
}

/// Sends nothing: the row is the message, and the outbox page shows it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Outbox;

impl SmsSender for Outbox {
    fn send<'a>(&'a self, _: &'a Sms) -> Sending<'a> {
        Box::pin(async { Ok(()) })
    }
}

/// Stands where no provider is set: says so, so that the operator sees it among the failed jobs.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoProvider;

impl SmsSender for NoProvider {
    fn send<'a>(&'a self, _: &'a Sms) -> Sending<'a> {
        Box::pin(async {
            Err(SendError {
                message: "no provider of text messages is set".to_owned(),
                for_good: true,
            })
        })
    }
}
