//! Sends what the market has to say to people: mail and text messages, from rows.

use gateways::mail::{Mail, SendError};
use gateways::sms::Sms;
use kernel::Id;
use site::outgoing::{self, Channel, SendState};
use store::Job;

use super::Context;
use super::jobs::JobError;

/// Sends one row. A row that was sent is not sent again.
pub async fn run(context: &Context, job: &Job) -> Result<(), JobError> {
    let id: Id = job.payload["id"]
        .as_str()
        .and_then(|t| t.parse().ok())
        .ok_or_else(|| JobError::for_good("no id"))?;
    let found = context
        .store
        .read("outgoing", move |tx| Ok(outgoing::find(tx, id)?))
        .await?;
    let Some(row) = found.filter(|row| row.state != SendState::Sent) else {
        return Ok(());
    };
    match send(context, id, &row.message).await {
        Ok(()) => {
            context
                .store
                .write("mark_sent", move |tx| Ok(outgoing::mark_sent(tx, id)?))
                .await?;
            Ok(())
        }
        Err(error) => {
            let why = error.message.clone();
            context
                .store
                .write("mark_failed", move |tx| Ok(outgoing::mark_failed(tx, id, &why)?))
                .await?;
            Err(JobError {
                message: error.message,
                for_good: error.for_good,
            })
        }
    }
}

async fn send(context: &Context, id: Id, message: &outgoing::Outgoing) -> Result<(), SendError> {
    match message.channel {
        Channel::Mail => {
            let mail = Mail {
                key: id.short(),
                to: message.to.clone(),
                subject: message.subject.clone(),
                text: message.body.clone(),
                language: message.locale.tag().to_owned(),
            };
            context.mailer.send(&mail).await
        }
        Channel::Sms => {
            let sms = Sms {
                key: id.short(),
                to: message.to.clone(),
                text: message.body.clone(),
            };
            context.sms.send(&sms).await
        }
    }
}
