//! Cookies, read and written by hand: names and values are ours and plain ASCII. Signing for what must not be forged.

use aws_lc_rs::hmac;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::{HeaderMap, HeaderValue, header};

use crate::WebSettings;

/// The session: an opaque random value whose SHA-256 is in the row.
pub const SESSION: &str = "jd_session";
/// The random part of form tokens.
pub const CSRF: &str = "jd_csrf";
/// A message for the next page.
pub const FLASH: &str = "jd_flash";
/// The language a visitor chose.
pub const LANG: &str = "jd_lang";
/// The colours a visitor chose.
pub const THEME: &str = "jd_theme";

/// The value of the first cookie called `name`.
pub fn get<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// A `Set-Cookie` value that lives `seconds`; zero forgets the cookie. `HttpOnly`, `SameSite=Lax`, whole site.
pub fn set(settings: &WebSettings, name: &str, value: &str, seconds: i64) -> HeaderValue {
    let secure = if settings.secure_cookies { "; Secure" } else { "" };
    let text = format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// 16 or 32 random bytes as base64url text.
pub fn random<const N: usize>() -> String {
    let mut bytes = [0u8; N];
    // The system's generator only fails when the system is broken; a predictable value would be worse than a stop.
    aws_lc_rs::rand::fill(&mut bytes).expect("the system gives random bytes");
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The HMAC of the parts, as base64url text. The purpose keeps one use's signatures out of another.
pub fn sign(secret: &[u8; 32], purpose: &str, parts: &[&str]) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
    let mut context = hmac::Context::with_key(&key);
    context.update(purpose.as_bytes());
    for part in parts {
        context.update(&(part.len() as u64).to_be_bytes());
        context.update(part.as_bytes());
    }
    URL_SAFE_NO_PAD.encode(context.sign())
}

/// Compares in constant time.
pub fn same(a: &str, b: &str) -> bool {
    use subtle::ConstantTimeEq as _;
    a.as_bytes().ct_eq(b.as_bytes()).into()
}

/// Text that carries its own signature: `payload.signature`.
pub fn seal(secret: &[u8; 32], purpose: &str, payload: &str) -> String {
    let body = URL_SAFE_NO_PAD.encode(payload);
    let signature = sign(secret, purpose, &[&body]);
    format!("{body}.{signature}")
}

/// The payload of [`seal`]; nothing when anything was changed.
pub fn unseal(secret: &[u8; 32], purpose: &str, sealed: &str) -> Option<String> {
    let (body, signature) = sealed.split_once('.')?;
    if !same(signature, &sign(secret, purpose, &[body])) {
        return None;
    }
    String::from_utf8(URL_SAFE_NO_PAD.decode(body).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_cannot_be_changed_or_reused() {
        let secret = [3; 32];
        let sealed = seal(&secret, "flash", "已保存");
        assert_eq!(unseal(&secret, "flash", &sealed).as_deref(), Some("已保存"));
        assert_eq!(unseal(&secret, "other", &sealed), None);
        assert_eq!(unseal(&[4; 32], "flash", &sealed), None);
        assert_eq!(unseal(&secret, "flash", &format!("A{sealed}")), None);
    }

    #[test]
    fn cookies_are_found_by_whole_name() {
        let mut headers = HeaderMap::new();
        headers.insert(
            header::COOKIE,
            HeaderValue::from_static("xjd_csrf=a; jd_csrf=b;jd_lang=en"),
        );
        assert_eq!(get(&headers, CSRF), Some("b"));
        assert_eq!(get(&headers, LANG), Some("en"));
        assert_eq!(get(&headers, SESSION), None);
    }
}
