//! How mail leaves the house: through an SMTP server, or not at all (the demo's outbox page shows the rows).
//!
//! It does not decide what is written or to whom, and it does not try again: the job queue does.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use lettre::message::{Mailbox, MultiPart};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

/// How long a server may take to answer.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The answer of a sender, once it is there.
pub type Sending<'a> = Pin<Box<dyn Future<Output = Result<(), SendError>> + Send + 'a>>;

/// Why a message did not leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SendError {
    /// What the other side said; for the operator.
    pub message: String,
    /// Trying again cannot help: the address does not exist, the server refuses us.
    pub for_good: bool,
}

impl std::fmt::Display for SendError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for SendError {}

/// A letter, written and addressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    /// Names the letter: the same key sent twice is the same letter to whoever counts.
    pub key: String,
    /// The address.
    pub to: String,
    /// The subject line.
    pub subject: String,
    /// The text; empty lines part its paragraphs.
    pub text: String,
    /// The language it is written in, such as `zh-CN`.
    pub language: String,
}

/// Sends letters.
pub trait Mailer: Send + Sync {
    /// Hands one letter over.
    fn send<'a>(&'a self, mail: &'a Mail) -> Sending<'a>;
}

/// Sends nothing: the row is the letter, and the outbox page shows it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Outbox;

impl Mailer for Outbox {
    fn send<'a>(&'a self, _: &'a Mail) -> Sending<'a> {
        Box::pin(async { Ok(()) })
    }
}

/// Sends through an SMTP server.
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl Smtp {
    /// `url` such as `smtps://user:password@mail.example:465` or `smtp://mail.example:587?tls=required`; `from` such
    /// as `接单 <noreply@market.example>`. The error says which of the two cannot be read; it repeats no password.
    pub fn new(url: &str, from: &str) -> Result<Self, String> {
        let from = from.parse().map_err(|e| format!("mail.from: {e}"))?;
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url)
            .map_err(|_| "mail.url: not an SMTP address".to_owned())?;
        Ok(Self {
            transport: builder.timeout(Some(TIMEOUT)).build(),
            from,
        })
    }

    async fn hand_over(&self, mail: &Mail) -> Result<(), SendError> {
        let message = compose(&self.from, mail)?;
        match self.transport.send(message).await {
            Ok(_) => Ok(()),
            Err(error) => Err(SendError {
                message: error.to_string(),
                for_good: error.is_permanent(),
            }),
        }
    }
}

impl Mailer for Smtp {
    fn send<'a>(&'a self, mail: &'a Mail) -> Sending<'a> {
        Box::pin(self.hand_over(mail))
    }
}

fn compose(from: &Mailbox, mail: &Mail) -> Result<Message, SendError> {
    let broken = |what: String| SendError {
        message: what,
        for_good: true,
    };
    let to: Mailbox = mail.to.parse().map_err(|e| broken(format!("address: {e}")))?;
    let domain = from.email.domain();
    Message::builder()
        .from(from.clone())
        .to(to)
        .subject(mail.subject.clone())
        .message_id(Some(format!("<{}@{domain}>", mail.key)))
        .multipart(MultiPart::alternative_plain_html(mail.text.clone(), html(mail)))
        .map_err(|e| broken(format!("letter: {e}")))
}

/// The same words as a simple page: paragraphs, and a code standing alone made large.
pub fn html(mail: &Mail) -> String {
    let mut out = format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title></head>\
         <body style=\"margin:0;padding:24px;background:#faf8f5;color:#1f1d1a;font:16px/1.7 sans-serif\">\
         <div style=\"max-width:560px;margin:0 auto;padding:32px;background:#fff;border:1px solid #e6e1d8;border-radius:8px\">",
        escape(&mail.language),
        escape(&mail.subject)
    );
    for paragraph in mail.text.split("\n\n").map(str::trim).filter(|p| !p.is_empty()) {
        let is_code = paragraph.len() == 6 && paragraph.bytes().all(|b| b.is_ascii_digit());
        let style = if is_code {
            "margin:24px 0;font-size:32px;letter-spacing:8px;font-weight:600"
        } else {
            "margin:0 0 16px"
        };
        out.push_str(&format!(
            "<p style=\"{style}\">{}</p>",
            escape(paragraph).replace('\n', "<br>")
        ));
    }
    out.push_str("</div></body></html>");
    out
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
    use tokio::net::TcpListener;

    use super::*;

    fn letter() -> Mail {
        Mail {
            key: "01k3v9p2m4x7c".to_owned(),
            to: "li@example.com".to_owned(),
            subject: "123456 是你的登录验证码".to_owned(),
            text: "你好！\n\n123456\n\n<script>alert(1)</script>".to_owned(),
            language: "zh-CN".to_owned(),
        }
    }

    #[test]
    fn the_page_of_a_letter_holds_no_script_and_shows_the_code() {
        let page = html(&letter());
        assert!(!page.contains("<script") && page.contains("&lt;script&gt;"));
        assert!(page.contains(">123456</p>"));
    }

    #[test]
    fn wrong_settings_are_named_without_the_password() {
        let wrong = |url, from| Smtp::new(url, from).err().unwrap_or_default();
        assert!(wrong("smtp://localhost:25", "nobody").starts_with("mail.from"));
        let said = wrong("ftp://user:hush@localhost", "接单 <noreply@example.com>");
        assert!(said.starts_with("mail.url") && !said.contains("hush"), "{said}");
    }

    #[test]
    fn an_address_that_smuggles_a_header_is_refused_for_good() {
        let from: Mailbox = "接单 <noreply@example.com>".parse().expect("an address");
        let mail = Mail {
            to: "a@example.com\r\nBcc: b@example.com".to_owned(),
            ..letter()
        };
        assert!(compose(&from, &mail).is_err_and(|e| e.for_good));
    }

    /// A server that says yes to everything, or 550 to the recipient; answers what it was told.
    async fn server(listener: TcpListener, takes: bool) -> String {
        let (stream, _) = listener.accept().await.expect("somebody calls");
        let mut stream = BufReader::new(stream);
        stream.write_all(b"220 test\r\n").await.expect("a greeting");
        let (mut heard, mut in_data) = (String::new(), false);
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).await.unwrap_or(0) == 0 {
                return heard;
            }
            heard.push_str(&line);
            let answer = match line.trim_end() {
                "." if in_data => "250 ok\r\n",
                _ if in_data => continue,
                "DATA" => "354 go\r\n",
                "QUIT" => "221 bye\r\n",
                text if text.starts_with("RCPT") && !takes => "550 no such person\r\n",
                _ => "250 ok\r\n",
            };
            in_data = line.starts_with("DATA") || (in_data && answer.starts_with("354"));
            stream.write_all(answer.as_bytes()).await.expect("an answer");
        }
    }

    #[tokio::test]
    async fn letters_reach_a_server_and_its_no_is_final() {
        for takes in [true, false] {
            let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
            let port = listener.local_addr().expect("an address").port();
            let hearing = tokio::spawn(server(listener, takes));
            let smtp = Smtp::new(&format!("smtp://127.0.0.1:{port}"), "接单 <noreply@example.com>").expect("settings");
            let sent = smtp.send(&letter()).await;
            drop(smtp);
            if takes {
                assert_eq!(sent, Ok(()));
                let heard = hearing.await.expect("the server ends");
                assert!(heard.contains("Message-ID: <01k3v9p2m4x7c@example.com>"), "{heard}");
                assert!(heard.contains("multipart/alternative"), "{heard}");
            } else {
                assert!(sent.is_err_and(|e| e.for_good));
                hearing.abort();
            }
        }
    }
}
