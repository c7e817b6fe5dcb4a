//! What every template is given as `page`: the reader's words, money, times, icons, and where they are.

use askama::filters::HtmlSafeOutput;
use fluent_bundle::FluentValue;
use kernel::{Id, Money, Timestamp};

use super::respond::Flash;
use super::viewer::Viewer;
use super::{assets, cookies, i18n, icons, show};

/// Made ready to stand in a page as it is.
pub type Markup = HtmlSafeOutput<String>;

/// What can stand inside a message: counts keep their plural forms, amounts are shown.
pub trait Word {
    /// The value as Fluent takes it.
    fn word(&self) -> FluentValue<'_>;
}

impl<T: Word + ?Sized> Word for &T {
    fn word(&self) -> FluentValue<'_> {
        (*self).word()
    }
}

impl Word for str {
    fn word(&self) -> FluentValue<'_> {
        self.into()
    }
}

impl Word for String {
    fn word(&self) -> FluentValue<'_> {
        self.as_str().into()
    }
}

impl Word for Money {
    fn word(&self) -> FluentValue<'_> {
        self.shown().into()
    }
}

macro_rules! counts {
    ($($kind:ty),+) => { $(
        impl Word for $kind {
            fn word(&self) -> FluentValue<'_> {
                (*self).into()
            }
        }
    )+ };
}

counts!(i32, i64, u32, u64, usize);

/// The page around a template's own content.
#[derive(Clone, Debug)]
pub struct Page {
    /// Who looks.
    pub viewer: Viewer,
    wide: bool,
    index: bool,
}

impl Page {
    /// The page for this reader.
    pub fn new(viewer: Viewer) -> Self {
        Self {
            viewer,
            wide: false,
            index: true,
        }
    }

    /// The same, on the whole width: lists, tables, the back office.
    #[must_use]
    pub fn wide(mut self) -> Self {
        self.wide = true;
        self
    }

    /// The same, kept out of search engines.
    #[must_use]
    pub fn hidden(mut self) -> Self {
        self.index = false;
        self
    }

    /// Whether the whole width is used.
    pub fn is_wide(&self) -> bool {
        self.wide
    }

    /// Whether search engines may list it.
    pub fn is_listed(&self) -> bool {
        self.index
    }

    // ---- words ----

    /// The words for a key.
    pub fn t(&self, key: &str) -> String {
        i18n::t(self.viewer.locale(), key)
    }

    /// The words for a key with values: `page.ta("bids-count", [("count", count.into())])`.
    pub fn ta(&self, key: &str, args: &[(&str, FluentValue<'_>)]) -> String {
        i18n::t_args(self.viewer.locale(), key, args)
    }

    /// The words for a key with one value: `page.t1("hello", "name", name)`.
    pub fn t1(&self, key: &str, name: &str, value: impl Word) -> String {
        self.ta(key, &[(name, value.word())])
    }

    /// The words for a key with two values.
    pub fn t2(&self, key: &str, name: &str, value: impl Word, second: &str, other: impl Word) -> String {
        self.ta(key, &[(name, value.word()), (second, other.word())])
    }

    /// The words for a key with three values.
    pub fn t3(
        &self,
        key: &str,
        first: (&str, impl Word),
        second: (&str, impl Word),
        third: (&str, impl Word),
    ) -> String {
        self.ta(
            key,
            &[
                (first.0, first.1.word()),
                (second.0, second.1.word()),
                (third.0, third.1.word()),
            ],
        )
    }

    /// The BCP 47 tag of the reader's language.
    pub fn lang(&self) -> &'static str {
        self.viewer.locale().tag()
    }

    /// Whether the reader reads Chinese.
    pub fn is_chinese(&self) -> bool {
        self.viewer.locale() == kernel::Locale::ZhCn
    }

    /// The text of the reader's language out of a pair.
    pub fn pick<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        self.viewer.locale().pick(zh, en)
    }

    // ---- values ----

    /// An amount, with a smaller sign and tabular figures.
    pub fn money(&self, money: &Money) -> Markup {
        let shown = money.shown();
        let sign = money.currency().symbol();
        let (minus, rest) = shown
            .strip_prefix('-')
            .map_or(("", shown.as_str()), |rest| ("\u{2212}", rest));
        let figures = rest.strip_prefix(&sign).unwrap_or(rest);
        HtmlSafeOutput(format!(
            "<span class=\"money\">{minus}<span class=\"money-sign\">{}</span>{}</span>",
            escape(&sign),
            escape(figures)
        ))
    }

    /// An amount as plain text.
    pub fn money_text(&self, money: &Money) -> String {
        money.shown()
    }

    /// A moment with day and time, in the reader's zone.
    pub fn time(&self, at: &Timestamp) -> Markup {
        self.time_tag(*at, &show::time(self.viewer.locale(), self.viewer.zone(), *at))
    }

    /// A moment for lists, with the year only when it is not the present one.
    pub fn short_time(&self, at: &Timestamp) -> Markup {
        let viewer = &self.viewer;
        self.time_tag(
            *at,
            &show::short_time(viewer.locale(), viewer.zone(), viewer.now(), *at),
        )
    }

    /// A day.
    pub fn date(&self, at: &Timestamp) -> Markup {
        self.time_tag(*at, &show::date(self.viewer.locale(), self.viewer.zone(), *at))
    }

    /// A day as plain text.
    pub fn date_text(&self, at: &Timestamp) -> String {
        show::date(self.viewer.locale(), self.viewer.zone(), *at)
    }

    /// A moment as plain text.
    pub fn time_text(&self, at: &Timestamp) -> String {
        show::time(self.viewer.locale(), self.viewer.zone(), *at)
    }

    /// How long ago, with the moment itself on hover.
    pub fn ago(&self, at: &Timestamp) -> Markup {
        let (locale, zone) = (self.viewer.locale(), self.viewer.zone());
        let full = show::time(locale, zone, *at);
        let said = show::ago(locale, zone, self.viewer.now(), *at);
        HtmlSafeOutput(format!(
            "<time datetime=\"{}\" title=\"{}\">{}</time>",
            show::iso(*at),
            escape(&full),
            escape(&said)
        ))
    }

    /// How long until; counts down where scripts run.
    pub fn countdown(&self, at: &Timestamp) -> Markup {
        let said = show::until(self.viewer.locale(), self.viewer.now(), *at);
        HtmlSafeOutput(format!(
            "<time-left datetime=\"{}\" class=\"tabular-nums\">{}</time-left>",
            show::iso(*at),
            escape(&said)
        ))
    }

    /// How far the market's clock is ahead of the machine's, in milliseconds, so that countdowns in the browser agree
    /// with it; nothing but the demo's clock is ever ahead by more than a breath.
    pub fn skew(&self) -> i64 {
        let since = std::time::SystemTime::now()
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap_or_default();
        let real = i64::try_from(since.as_millis()).unwrap_or(i64::MAX);
        let skew = (self.viewer.now().as_micros() / 1000).saturating_sub(real);
        if skew.abs() < 2_000 { 0 } else { skew }
    }

    fn time_tag(&self, at: Timestamp, said: &str) -> Markup {
        HtmlSafeOutput(format!("<time datetime=\"{}\">{}</time>", show::iso(at), escape(said)))
    }

    /// A count with separators.
    pub fn count(&self, n: &i64) -> String {
        show::count(*n)
    }

    /// A rating from hundredths: `4.87`.
    pub fn rating(&self, hundredths: &i64) -> String {
        format!("{}.{:02}", hundredths / 100, hundredths % 100)
    }

    /// A size people understand.
    pub fn bytes(&self, n: &i64) -> String {
        show::bytes(*n)
    }

    /// Formatted text from a stranger, made safe.
    pub fn markdown(&self, text: &str) -> Markup {
        HtmlSafeOutput(super::parts::markdown(text))
    }

    /// A drawn icon.
    pub fn icon(&self, name: &str) -> HtmlSafeOutput<&'static str> {
        HtmlSafeOutput(icons::icon(name))
    }

    /// The address of a built asset, such as `src/main.ts`.
    pub fn asset(&self, name: &str) -> String {
        assets::path(name)
    }

    /// An id as it stands in addresses.
    pub fn id(&self, id: &Id) -> String {
        id.short()
    }

    // ---- forms ----

    /// The hidden field every POST form begins with.
    pub fn csrf(&self) -> Markup {
        HtmlSafeOutput(format!(
            "<input type=\"hidden\" name=\"_csrf\" value=\"{}\">",
            escape(self.viewer.csrf())
        ))
    }

    /// The hidden field that makes a second send of the same form do nothing.
    pub fn once(&self) -> Markup {
        HtmlSafeOutput(format!(
            "<input type=\"hidden\" name=\"_once\" value=\"{}\">",
            cookies::random::<16>()
        ))
    }

    // ---- where and who ----

    /// Whether somebody is signed in.
    pub fn signed_in(&self) -> bool {
        self.viewer.session().is_some()
    }

    /// The reader's own name, empty for visitors.
    pub fn my_name(&self) -> &str {
        self.viewer.session().map_or("", |s| s.name.as_str())
    }

    /// The letters of the reader's drawn face.
    pub fn my_initials(&self) -> String {
        super::parts::initials(self.my_name())
    }

    /// The hue of the reader's drawn face.
    pub fn my_hue(&self) -> u32 {
        super::parts::hue(self.my_name())
    }

    /// The reader's own id for addresses, empty for visitors.
    pub fn my_id(&self) -> String {
        self.viewer.account().map(Id::short).unwrap_or_default()
    }

    /// Whether the reader works for the operator.
    pub fn is_staff(&self) -> bool {
        self.viewer.session().is_some_and(|s| s.staff.is_some())
    }

    /// How many notifications are unread.
    pub fn unread(&self) -> i64 {
        self.viewer.session().map_or(0, |s| s.unread)
    }

    /// The unread count for a badge: `9`, `99+`, nothing for none.
    pub fn unread_text(&self) -> String {
        match self.unread() {
            n if n <= 0 => String::new(),
            n if n > 99 => "99+".to_owned(),
            n => n.to_string(),
        }
    }

    /// The market's name.
    pub fn market(&self) -> &str {
        self.viewer.market_name()
    }

    /// Whether this is the demo market.
    pub fn is_demo(&self) -> bool {
        self.viewer.is_demo()
    }

    /// Where the reader is, with the query.
    pub fn here(&self) -> String {
        self.viewer.here()
    }

    /// `page` for the navigation entry that leads here, for `aria-current`; the entry that fits best, only.
    pub fn current(&self, path: &str) -> &'static str {
        let here = self.viewer.path();
        let better = OWN_ENTRIES
            .iter()
            .any(|own| *own != path && own.starts_with(path) && inside(here, own));
        if inside(here, path) && !better { "page" } else { "false" }
    }

    /// The message from the page before, in words.
    pub fn flash(&self) -> Option<(String, String)> {
        let Flash { tone, key, args } = self.viewer.flash()?;
        let args: Vec<(&str, FluentValue<'_>)> = args.iter().map(|(n, v)| (n.as_str(), v.as_str().into())).collect();
        Some((tone.clone(), self.ta(key, &args)))
    }

    /// The attribute that fixes the colours; nothing when the device decides.
    pub fn theme_attribute(&self) -> HtmlSafeOutput<&'static str> {
        HtmlSafeOutput(match self.theme() {
            "light" => "data-theme=\"jiedan\"",
            "dark" => "data-theme=\"jiedan-dark\"",
            _ => "",
        })
    }

    /// The theme's name: `system`, `light` or `dark`.
    pub fn theme(&self) -> &'static str {
        self.viewer.theme().name()
    }
}

/// Pages under another navigation entry that have one of their own.
const OWN_ENTRIES: [&str; 1] = ["/requests/new"];

/// Whether `here` is `path` or under it; nothing is under the first page.
fn inside(here: &str, path: &str) -> bool {
    here == path || (path != "/" && here.strip_prefix(path).is_some_and(|rest| rest.starts_with('/')))
}

/// Escapes text for HTML.
pub fn escape(text: &str) -> String {
    askama::filters::escape(text, askama::filters::Html).map_or_else(|_| String::new(), |safe| safe.to_string())
}

#[cfg(test)]
mod tests {
    use super::inside;

    #[test]
    fn an_entry_is_current_on_its_own_page_and_under_it() {
        for (here, path, is) in [
            ("/", "/", true),
            ("/requests", "/", false),
            ("/requests/01k", "/requests", true),
            ("/requestsx", "/requests", false),
        ] {
            assert_eq!(inside(here, path), is, "{here} {path}");
        }
    }
}
