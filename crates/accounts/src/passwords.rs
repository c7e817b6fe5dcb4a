//! Passwords: what is a good one, and how it is kept (argon2id, 19 MiB, two rounds). Pure and slow: called at the
//! edge, on a thread of its own, never inside a transaction.
//!
//! The rules are NIST SP 800-63B-4's for a password alone: at least 15 characters, nothing that is guessed first, no
//! rules on which kinds of characters.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use kernel::{Refusal, Refuse as _};
use unicode_normalization::UnicodeNormalization as _;
use zxcvbn::{Score, zxcvbn};

/// Fewest characters of a password.
pub const CHARS_MIN: usize = 15;
/// Most characters of a password.
pub const CHARS_MAX: usize = 256;
const MEMORY_KIB: u32 = 19 * 1024;
const ROUNDS: u32 = 2;
/// What is guessed is guessed within so many characters; more would only cost time.
const GUESSED_CHARS_MAX: usize = 60;

/// What people who write Chinese choose too often; zxcvbn knows the English ones.
const COMMON_CHINESE: [&str; 40] = [
    "woaini",
    "woaini1314",
    "woaini520",
    "5201314",
    "1314520",
    "wodemima",
    "mima",
    "mima123",
    "zhanghao",
    "denglu",
    "zhongguo",
    "beijing",
    "shanghai",
    "shenzhen",
    "guangzhou",
    "taobao",
    "weixin",
    "zhifubao",
    "jiedan",
    "qwe123",
    "a123456",
    "abc123456",
    "aa123456",
    "1qaz2wsx",
    "123qwe",
    "asd123",
    "wang",
    "zhang",
    "liu",
    "chen",
    "nihao",
    "laopo",
    "laogong",
    "baobei",
    "qinaide",
    "我爱你",
    "密码",
    "账号",
    "你好",
    "中国",
];

kernel::refusals! {
    /// Why a password is not taken.
    pub enum PasswordRefusal {
        /// Fewer characters than the least.
        TooShort { min: i64 } => ("password-too-short", Invalid, "password"),
        /// More characters than the most.
        TooLong { max: i64 } => ("password-too-long", Invalid, "password"),
        /// Among what is guessed first.
        Guessable => ("password-guessable", Invalid, "password"),
        /// The present password is another one.
        WrongCurrent => ("password-wrong-current", Invalid, "current"),
    }
}

/// Whether this may be somebody's password; `about` are words an attacker knows: the name, the address.
pub fn check(password: &str, about: &[&str]) -> Result<(), Refusal> {
    let plain = normal(password);
    let length = plain.chars().count();
    if length < CHARS_MIN {
        return Err(PasswordRefusal::TooShort { min: CHARS_MIN as i64 }.refusal());
    }
    if length > CHARS_MAX {
        return Err(PasswordRefusal::TooLong { max: CHARS_MAX as i64 }.refusal());
    }
    let head: String = plain.chars().take(GUESSED_CHARS_MAX).collect();
    let known: Vec<&str> = about
        .iter()
        .flat_map(|word| word.split(['@', '.', ' ']))
        .filter(|w| w.len() > 2)
        .collect();
    let guessed: Vec<&str> = COMMON_CHINESE.iter().copied().chain(known).collect();
    if is_few_characters(&plain) || is_mostly(&plain, about) || zxcvbn(&head, &guessed).score() < Score::Three {
        return Err(PasswordRefusal::Guessable.refusal());
    }
    Ok(())
}

/// The text that is kept: algorithm, cost, salt and hash. The salt is 16 random bytes from the edge.
pub fn hash(password: &str, salt: &[u8; 16]) -> String {
    hasher()
        .hash_password_with_salt(normal(password).as_bytes(), salt)
        .expect("16 bytes are a salt and 256 characters a password")
        .to_string()
}

/// Whether the password is the kept one. Without a kept one it takes as long, and is not.
pub fn verify(password: &str, kept: Option<&str>) -> bool {
    let plain = normal(&password.chars().take(CHARS_MAX + 1).collect::<String>());
    let Some(kept) = kept.and_then(|text| PasswordHash::new(text).ok()) else {
        // The work is the point: nobody learns from the clock whether there is such an account.
        std::hint::black_box(hasher().hash_password_with_salt(plain.as_bytes(), &[0; 16])).ok();
        return false;
    };
    Argon2::default().verify_password(plain.as_bytes(), &kept).is_ok()
}

fn hasher() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, ROUNDS, 1, None).expect("the cost is within argon2's range");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// The same characters typed on another keyboard are the same password.
fn normal(password: &str) -> String {
    password.nfkc().collect()
}

/// Fifteen characters out of four are no secret in any script.
fn is_few_characters(password: &str) -> bool {
    let mut seen: Vec<char> = password.chars().collect();
    seen.sort_unstable();
    seen.dedup();
    seen.len() < 5
}

/// One's own name or address with a little around it is the first thing tried.
fn is_mostly(password: &str, about: &[&str]) -> bool {
    let plain = password.to_lowercase();
    let left = |word: &&str| plain.replace(&word.to_lowercase(), "").chars().count();
    about
        .iter()
        .filter(|word| word.chars().count() > 1)
        .any(|word| left(word) < 8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_hard_to_guess_is_taken() {
        for (password, code) in [
            ("short", Some("password-too-short")),
            ("12345678901234", Some("password-too-short")),
            ("123456789012345", Some("password-guessable")),
            ("aaaaaaaaaaaaaaaaaaaa", Some("password-guessable")),
            ("passwordpassword", Some("password-guessable")),
            ("woaini5201314520", Some("password-guessable")),
            ("lina.design@example.com", Some("password-guessable")),
            ("我爱你我爱你我爱你我爱你我爱你", Some("password-guessable")),
            ("correct horse battery staple", None),
            ("春眠不觉晓处处闻啼鸟夜来风雨声", None),
            ("kumquat-ferry-42-ladder", None),
        ] {
            let about = ["李娜", "lina.design@example.com"];
            assert_eq!(check(password, &about).err().map(|r| r.code), code, "{password}");
        }
        assert_eq!(
            check(&"x7k".repeat(100), &[]).err().map(|r| r.code),
            Some("password-too-long")
        );
    }

    #[test]
    fn a_hash_opens_only_with_its_password() {
        let kept = hash("correct horse battery staple", &[7; 16]);
        assert!(kept.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{kept}");
        assert!(verify("correct horse battery staple", Some(&kept)));
        assert!(!verify("correct horse battery staples", Some(&kept)));
        assert!(!verify("correct horse battery staple", None));
        assert!(!verify("correct horse battery staple", Some("nonsense")));
        // Full-width letters are the same letters.
        assert!(verify("ｃorrect horse battery staple", Some(&kept)));
    }
}
