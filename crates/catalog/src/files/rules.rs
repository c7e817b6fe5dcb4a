//! What a file may be: judged by its bytes, not by what its sender says. Pure.

use super::FileRefusal;

/// The most files on one request, delivery or message.
pub const SUBJECT_FILES_MAX: usize = 10;

/// What file inputs offer to choose from.
pub const ACCEPT: &str = ".pdf,.png,.jpg,.jpeg,.gif,.webp,.zip,.rar,.7z,.docx,.xlsx,.pptx,.doc,.xls,.ppt,.txt,.md,.csv,.mp3,.wav,.mp4,.mov,.psd,.dwg";

/// A file that was checked and may be registered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// Its cleaned name.
    pub name: String,
    /// What it will be served as.
    pub media_type: &'static str,
    /// How large it is.
    pub size_bytes: i64,
    /// The hash of its bytes, in hex.
    pub sha256: String,
}

/// A kind of file: endings, what the bytes are found to be, what it is served as.
struct Kind {
    endings: &'static [&'static str],
    found: &'static [&'static str],
    served: &'static str,
}

const TEXT: &str = "text/plain";
const ZIP: &str = "application/zip";
const OLE: &str = "application/x-ole-storage";

const KINDS: [Kind; 20] = [
    Kind {
        endings: &["pdf"],
        found: &["application/pdf"],
        served: "application/pdf",
    },
    Kind {
        endings: &["png"],
        found: &["image/png"],
        served: "image/png",
    },
    Kind {
        endings: &["jpg", "jpeg"],
        found: &["image/jpeg"],
        served: "image/jpeg",
    },
    Kind {
        endings: &["gif"],
        found: &["image/gif"],
        served: "image/gif",
    },
    Kind {
        endings: &["webp"],
        found: &["image/webp"],
        served: "image/webp",
    },
    Kind {
        endings: &["zip"],
        found: &[ZIP],
        served: ZIP,
    },
    Kind {
        endings: &["rar"],
        found: &["application/vnd.rar"],
        served: "application/vnd.rar",
    },
    Kind {
        endings: &["7z"],
        found: &["application/x-7z-compressed"],
        served: "application/x-7z-compressed",
    },
    Kind {
        endings: &["docx"],
        found: &[
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            ZIP,
        ],
        served: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    },
    Kind {
        endings: &["xlsx"],
        found: &["application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ZIP],
        served: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    },
    Kind {
        endings: &["pptx"],
        found: &[
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            ZIP,
        ],
        served: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    },
    Kind {
        endings: &["doc"],
        found: &["application/msword", OLE],
        served: "application/msword",
    },
    Kind {
        endings: &["xls"],
        found: &["application/vnd.ms-excel", OLE],
        served: "application/vnd.ms-excel",
    },
    Kind {
        endings: &["ppt"],
        found: &["application/vnd.ms-powerpoint", OLE],
        served: "application/vnd.ms-powerpoint",
    },
    Kind {
        endings: &["txt", "md", "csv"],
        found: &[TEXT],
        served: TEXT,
    },
    Kind {
        endings: &["mp3"],
        found: &["audio/mpeg"],
        served: "audio/mpeg",
    },
    Kind {
        endings: &["wav"],
        found: &["audio/x-wav"],
        served: "audio/x-wav",
    },
    Kind {
        endings: &["mp4", "mov"],
        found: &["video/mp4", "video/quicktime", "video/x-m4v"],
        served: "video/mp4",
    },
    Kind {
        endings: &["psd"],
        found: &["image/vnd.adobe.photoshop"],
        served: "image/vnd.adobe.photoshop",
    },
    Kind {
        endings: &["dwg"],
        found: &["image/vnd.dwg"],
        served: "image/vnd.dwg",
    },
];

/// Judges a file as it was sent. Refusals: empty, too large, a kind that is not taken, an ending that lies.
pub fn check(sent_name: &str, bytes: &[u8], bytes_max: usize) -> Result<NewFile, FileRefusal> {
    let name = clean_name(sent_name);
    if bytes.is_empty() {
        return Err(FileRefusal::Empty { name });
    }
    if bytes.len() > bytes_max {
        return Err(FileRefusal::TooLarge {
            name,
            max_megabytes: i64::try_from(bytes_max >> 20).unwrap_or(i64::MAX),
        });
    }
    let ending = name
        .rsplit_once('.')
        .map_or("", |(_, ending)| ending)
        .to_ascii_lowercase();
    let Some(kind) = KINDS.iter().find(|kind| kind.endings.contains(&ending.as_str())) else {
        return Err(FileRefusal::KindRefused { name });
    };
    if !found_type(bytes).is_some_and(|found| kind.found.contains(&found)) {
        return Err(FileRefusal::KindMismatch { name });
    }
    let sha256 = hex::encode(aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, bytes));
    Ok(NewFile {
        name,
        media_type: kind.served,
        size_bytes: i64::try_from(bytes.len()).unwrap_or(i64::MAX),
        sha256,
    })
}

pub(super) fn subject_files_max() -> i64 {
    i64::try_from(SUBJECT_FILES_MAX).unwrap_or(i64::MAX)
}

/// What the bytes are; plain text is what is valid UTF-8 without control characters and looks like nothing else.
fn found_type(bytes: &[u8]) -> Option<&'static str> {
    if let Some(found) = infer::get(bytes) {
        return Some(found.mime_type());
    }
    let text = std::str::from_utf8(bytes).ok()?;
    let plain = text.chars().all(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t'));
    plain.then_some(TEXT)
}

/// The name without folders, controls, direction turners and what file systems trip over; at most 100 characters,
/// its ending kept.
fn clean_name(sent: &str) -> String {
    let last = sent.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last.chars().filter(|c| is_harmless(*c)).collect();
    let kept = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    let (stem, ending) = kept
        .rsplit_once('.')
        .map_or((kept.as_str(), ""), |(stem, ending)| (stem, ending));
    let stem: String = stem.trim_matches(['.', ' ']).chars().take(90).collect();
    let ending: String = ending.chars().filter(char::is_ascii_alphanumeric).take(9).collect();
    let stem = if stem.is_empty() { "file" } else { &stem };
    if ending.is_empty() {
        stem.to_owned()
    } else {
        format!("{stem}.{ending}")
    }
}

fn is_harmless(c: char) -> bool {
    let hidden = matches!(c, '\u{061c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    !(c.is_control() || hidden || matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*' | ';'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    const PDF: &[u8] = b"%PDF-1.7\n";
    const ZIP_BYTES: &[u8] = b"PK\x03\x04\x14\0\0\0\x08\0aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    #[test]
    fn bytes_decide_not_names() {
        for (name, bytes, code) in [
            ("a.png", PNG, None),
            ("A.PNG", PNG, None),
            ("合同.pdf", PDF, None),
            ("表.xlsx", ZIP_BYTES, None),
            ("a.zip", ZIP_BYTES, None),
            ("说明.txt", "你好\n".as_bytes(), None),
            ("a.png", PDF, Some("file-kind-mismatch")),
            ("a.pdf", PNG, Some("file-kind-mismatch")),
            ("a.txt", b"<!DOCTYPE html><script>", Some("file-kind-mismatch")),
            ("a.txt", b"a\0b", Some("file-kind-mismatch")),
            ("a.png", b"MZ\x90\0", Some("file-kind-mismatch")),
            ("a.html", b"<html>", Some("file-kind-refused")),
            ("a.svg", b"<svg>", Some("file-kind-refused")),
            ("a.exe", b"MZ\x90\0", Some("file-kind-refused")),
            ("a", PNG, Some("file-kind-refused")),
            ("a.png", b"", Some("file-empty")),
            ("a.txt", &[b'a'; 1001], Some("file-too-large")),
        ] {
            let answer = check(name, bytes, 1000).map_err(|r| kernel::Refuse::refusal(r).code);
            assert_eq!(answer.as_ref().err().copied(), code, "{name}");
        }
    }

    #[test]
    fn names_lose_what_could_deceive() {
        for (sent, clean) in [
            ("../../etc/passwd.txt", "passwd.txt"),
            ("C:\\a\\b.png", "b.png"),
            ("a\u{202e}gnp.txt", "agnp.txt"),
            ("  x \t y .pdf", "x y.pdf"),
            ("...", "file"),
            (".png", "file.png"),
            ("a\"b<c>.png", "abc.png"),
        ] {
            assert_eq!(clean_name(sent), clean, "{sent}");
        }
        assert!(clean_name(&format!("{}.png", "长".repeat(500))).ends_with("长.png"));
    }
}
