//! What may be said and how often. Pure.

use kernel::{HOUR, MINUTE, TextFault, clean_text};

/// The most characters of one message.
pub const BODY_MAX: usize = 5000;
/// The most files of one message.
pub const FILES_MAX: usize = 10;

/// How many messages one person may send in a span of time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Pace {
    /// The span, in microseconds.
    pub(super) span: i64,
    /// The most messages in it.
    pub(super) most: i64,
}

/// Faster than this nobody types; slower than this nobody is hindered.
pub(super) const PACES: [Pace; 2] = [
    Pace { span: MINUTE, most: 30 },
    Pace {
        span: 24 * HOUR,
        most: 1000,
    },
];

kernel::refusals! {
    /// Why a thread is not shown or a message is not taken.
    pub enum ThreadRefusal {
        /// Nobody is signed in.
        LogIn => ("thread-log-in", LogIn),
        /// There is no such thread, or it is not theirs.
        NotFound => ("thread-not-found", NotFound),
        /// Neither words nor files.
        Empty => ("message-empty", Invalid, "body"),
        /// Too many words.
        TooLong { max: i64 } => ("message-too-long", Invalid, "body"),
        /// Characters that disguise text.
        Forbidden => ("message-forbidden", Invalid, "body"),
        /// Too many files.
        TooManyFiles { max: i64 } => ("message-too-many-files", Invalid, "files"),
        /// Too many messages in a short time.
        TooFast { minutes: i64 } => ("message-too-fast", TooMany),
        /// A thread needs two different people.
        NotTwo => ("thread-not-two", Invalid),
    }
}

/// The words of a message; a message with files may have none.
pub(super) fn body(text: &str, files: usize) -> Result<String, ThreadRefusal> {
    if files > FILES_MAX {
        return Err(ThreadRefusal::TooManyFiles { max: FILES_MAX as i64 });
    }
    clean_text(text, usize::from(files == 0), BODY_MAX).map_err(|fault| match fault {
        TextFault::Empty | TextFault::TooShort => ThreadRefusal::Empty,
        TextFault::TooLong => ThreadRefusal::TooLong { max: BODY_MAX as i64 },
        TextFault::Forbidden => ThreadRefusal::Forbidden,
    })
}

/// Whether somebody who sent `sent` messages in the span of this pace may send one more.
pub(super) fn may_send(pace: Pace, sent: i64) -> Result<(), ThreadRefusal> {
    if sent < pace.most {
        Ok(())
    } else {
        Err(ThreadRefusal::TooFast {
            minutes: (pace.span / MINUTE).min(60),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_files_by_table() {
        let long = "好".repeat(BODY_MAX + 1);
        for (text, files, answer) in [
            ("你好", 0, Ok("你好".to_owned())),
            ("  ", 0, Err(ThreadRefusal::Empty)),
            ("  ", 1, Ok(String::new())),
            (long.as_str(), 0, Err(ThreadRefusal::TooLong { max: 5000 })),
            ("a\u{202e}b", 0, Err(ThreadRefusal::Forbidden)),
            ("a", FILES_MAX + 1, Err(ThreadRefusal::TooManyFiles { max: 10 })),
            // Contact data is not censored: the two may agree on anything.
            (
                "微信 abc123，电话 13800138000",
                0,
                Ok("微信 abc123，电话 13800138000".to_owned()),
            ),
        ] {
            assert_eq!(body(text, files), answer);
        }
    }

    #[test]
    fn the_pace_is_a_count_in_a_span() {
        assert_eq!(may_send(PACES[0], 29), Ok(()));
        assert_eq!(may_send(PACES[0], 30), Err(ThreadRefusal::TooFast { minutes: 1 }));
        assert_eq!(may_send(PACES[1], 1000), Err(ThreadRefusal::TooFast { minutes: 60 }));
    }
}
