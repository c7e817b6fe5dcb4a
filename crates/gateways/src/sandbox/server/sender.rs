//! Sends notices until they are taken: signed, again and again with growing pauses, also after a restart.

use std::time::Duration;

use super::super::signing::{SIGNATURE, TIME, now_seconds, sign_notice};
use super::Shared;
use super::book::NoticeEntry;

/// Pauses between tries, in seconds; after the last one it gives up.
const PAUSES: [i64; 8] = [2, 5, 15, 60, 300, 900, 3_600, 3_600];

/// Looks for due notices, for ever.
pub(super) async fn run(gateway: Shared) {
    let http = reqwest::Client::builder()
        .timeout(Duration::from_secs(10))
        .no_proxy()
        .build();
    let Ok(http) = http else { return };
    loop {
        let now = now_seconds();
        let due: Vec<(u64, NoticeEntry)> = gateway.book.read(|pages| {
            let mut due: Vec<_> = pages
                .notices
                .iter()
                .filter(|(_, n)| n.due_s <= now)
                .map(|(id, n)| (*id, n.clone()))
                .collect();
            due.sort_by_key(|(id, notice)| (notice.due_s, *id));
            due
        });
        for (id, notice) in due {
            let taken = send(&gateway, &http, &notice).await;
            after(&gateway, id, &notice, taken);
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

async fn send(gateway: &Shared, http: &reqwest::Client, notice: &NoticeEntry) -> bool {
    let time = now_seconds().to_string();
    let key = if notice.forged { &gateway.forger } else { &gateway.key };
    let Some(signature) = sign_notice(key, &time, notice.body.as_bytes()) else {
        return false;
    };
    let ask = http
        .post(&notice.url)
        .header(TIME, time)
        .header(SIGNATURE, signature)
        .header("content-type", "application/json");
    match ask.body(notice.body.clone()).send().await {
        Ok(answer) => answer.status().is_success(),
        Err(_) => false,
    }
}

/// Crosses a notice out, or puts it off. A forged one is tried once: nobody should believe it.
fn after(gateway: &Shared, id: u64, notice: &NoticeEntry, taken: bool) {
    let pause = PAUSES.get(notice.attempts as usize).copied();
    let kept = gateway.book.write(|pages| match pause {
        Some(pause) if !taken && !notice.forged => {
            if let Some(entry) = pages.notices.get_mut(&id) {
                entry.attempts += 1;
                entry.due_s = now_seconds() + pause;
            }
        }
        _ => {
            pages.notices.remove(&id);
        }
    });
    if let Err(error) = kept {
        tracing::error!(%error, "the sandbox's book cannot be written");
    }
}
