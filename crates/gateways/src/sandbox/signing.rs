//! Signatures of the sandbox: RSA-SHA256 on what it sends, HMAC-SHA256 on what it is asked.

use aws_lc_rs::hmac;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::KeyPair;
use aws_lc_rs::signature::{RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256, UnparsedPublicKey};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The header with the moment of signing, in seconds.
pub(super) const TIME: &str = "x-sandbox-time";
/// The header with the signature.
pub(super) const SIGNATURE: &str = "x-sandbox-signature";
/// How far the moment of signing may be away.
const NEAR_SECONDS: i64 = 15 * 60;

/// The present second by this machine's clock: a gateway is outside of the market and knows nothing of its clock.
pub(super) fn now_seconds() -> i64 {
    let since = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}

/// Whether a moment of signing is near.
pub(super) fn is_near(time: &str) -> bool {
    time.parse::<i64>()
        .is_ok_and(|at| (now_seconds() - at).abs() <= NEAR_SECONDS)
}

fn notice_text(time: &str, body: &[u8]) -> Vec<u8> {
    [time.as_bytes(), b"\n", body].concat()
}

/// Signs a notice.
pub(super) fn sign_notice(key: &KeyPair, time: &str, body: &[u8]) -> Option<String> {
    let mut out = vec![0; key.public_modulus_len()];
    key.sign(
        &RSA_PKCS1_SHA256,
        &SystemRandom::new(),
        &notice_text(time, body),
        &mut out,
    )
    .ok()?;
    Some(STANDARD.encode(out))
}

/// Whether the holder of the public key signed this notice.
pub(super) fn notice_holds(public_key: &[u8], time: &str, body: &[u8], signature: &str) -> bool {
    let Ok(signature) = STANDARD.decode(signature) else {
        return false;
    };
    let key: UnparsedPublicKey<&[u8]> = UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, public_key);
    key.verify(&notice_text(time, body), &signature).is_ok()
}

fn ask_text(time: &str, method: &str, path: &str, body: &[u8]) -> Vec<u8> {
    [
        time.as_bytes(),
        b"\n",
        method.as_bytes(),
        b" ",
        path.as_bytes(),
        b"\n",
        body,
    ]
    .concat()
}

/// Signs a call with the merchant's secret.
pub(super) fn sign_ask(secret: &str, time: &str, method: &str, path: &str, body: &[u8]) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    STANDARD.encode(hmac::sign(&key, &ask_text(time, method, path, body)))
}

/// Whether the merchant signed this call.
pub(super) fn ask_holds(secret: &str, time: &str, method: &str, path: &str, body: &[u8], signature: &str) -> bool {
    let Ok(signature) = STANDARD.decode(signature) else {
        return false;
    };
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    hmac::verify(&key, &ask_text(time, method, path, body), &signature).is_ok()
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::rsa::KeySize;
    use aws_lc_rs::signature::KeyPair as _;

    use super::*;

    #[test]
    fn only_the_holder_of_the_key_signs_notices() {
        let (own, other) = (
            KeyPair::generate(KeySize::Rsa2048).expect("a key"),
            KeyPair::generate(KeySize::Rsa2048).expect("a key"),
        );
        let public = own.public_key().as_ref();
        let time = now_seconds().to_string();
        let good = sign_notice(&own, &time, b"paid 300000").expect("a signature");
        assert!(notice_holds(public, &time, b"paid 300000", &good));
        assert!(!notice_holds(public, &time, b"paid 300001", &good), "another body");
        assert!(!notice_holds(public, "1", b"paid 300000", &good), "another time");
        assert!(
            !notice_holds(public, &time, b"paid 300000", "rubbish"),
            "no signature at all"
        );
        let forged = sign_notice(&other, &time, b"paid 300000").expect("a signature");
        assert!(!notice_holds(public, &time, b"paid 300000", &forged), "another key");
    }

    #[test]
    fn only_the_merchant_asks() {
        let good = sign_ask("secret", "1", "POST", "/api/payins", b"{}");
        assert!(ask_holds("secret", "1", "POST", "/api/payins", b"{}", &good));
        for (secret, path, body) in [
            ("other", "/api/payins", "{}"),
            ("secret", "/api/refunds", "{}"),
            ("secret", "/api/payins", "{ }"),
        ] {
            assert!(!ask_holds(secret, "1", "POST", path, body.as_bytes(), &good));
        }
    }

    #[test]
    fn old_signatures_are_not_near() {
        assert!(is_near(&now_seconds().to_string()));
        assert!(!is_near(&(now_seconds() - 3_600).to_string()));
        assert!(!is_near("yesterday"));
    }
}
