//! What a request may say, and what differs between two versions of it. Pure.

use catalog::categories::Category;
use catalog::skills::Skill;
use kernel::{Arg, DAY, HOUR, Id, Locale, Money, Refusal, Refuse, TextFault, Timestamp, clean_line, clean_text};

use super::{Content, FieldChange, RequestRefusal};

/// The shortest title, in characters.
pub const TITLE_MIN: usize = 4;
/// The longest title, in characters.
pub const TITLE_MAX: usize = 60;
/// The fewest characters of a brief that are the client's own.
pub const BRIEF_MIN: usize = 20;
/// The longest brief, in characters.
pub const BRIEF_MAX: usize = 8_000;
/// The most skills of a request.
pub const SKILLS_MAX: usize = 8;
/// The longest time for bids, in days.
pub const BIDS_DAYS_MAX: i64 = 90;
/// The longest time the work may be wished to take, in days.
pub const WISH_DAYS_MAX: i64 = 365;
/// Drafts of one account.
pub const DRAFTS_MAX: i64 = 10;
/// Requests of one account that are pending or open.
pub const OPEN_MAX: i64 = 20;

/// What the rules need to know about the market and the moment.
pub(super) struct Known<'a> {
    pub(super) now: Timestamp,
    pub(super) min: Money,
    pub(super) max: Money,
    /// The outline of the chosen category, in both languages; nothing when the category does not exist.
    pub(super) outlines: Option<[&'a str; 2]>,
    /// Whether every chosen skill exists.
    pub(super) skills_exist: bool,
    /// The deadline that already stands: keeping it is always right.
    pub(super) deadline_before: Option<Timestamp>,
}

/// A draft may be anything that fits into it: only lengths and forbidden characters are checked.
pub(super) fn check_draft(content: &Content) -> Result<Content, Refusal> {
    let mut wrong = Vec::new();
    let title = clean_line(&content.title, 0, TITLE_MAX).map_err(title_refusal);
    let brief = clean_text(&content.brief, 0, BRIEF_MAX).map_err(brief_refusal);
    let skills = sorted(&content.skills);
    if skills.len() > SKILLS_MAX {
        wrong.push(RequestRefusal::SkillsBad {
            max: as_i64(SKILLS_MAX),
        });
    }
    let title = title.unwrap_or_else(|r| keep(&mut wrong, r));
    let brief = brief.unwrap_or_else(|r| keep(&mut wrong, r));
    finish(
        Content {
            title,
            brief,
            skills,
            files: sorted(&content.files),
            ..content.clone()
        },
        wrong,
    )
}

/// What is sent to be published must be whole.
pub(super) fn check(content: &Content, known: &Known) -> Result<Content, Refusal> {
    let mut wrong = Vec::new();
    let title = clean_line(&content.title, TITLE_MIN, TITLE_MAX).map_err(title_refusal);
    let brief = clean_text(&content.brief, BRIEF_MIN, BRIEF_MAX).map_err(brief_refusal);
    let title = title.unwrap_or_else(|r| keep(&mut wrong, r));
    let brief = brief.unwrap_or_else(|r| keep(&mut wrong, r));
    match known.outlines {
        None => wrong.push(RequestRefusal::CategoryMissing),
        Some(outlines) if !brief.is_empty() && own_chars(&brief, outlines) < BRIEF_MIN => {
            wrong.push(RequestRefusal::BriefShort { min: as_i64(BRIEF_MIN) });
        }
        Some(_) => {}
    }
    let skills = sorted(&content.skills);
    if skills.len() > SKILLS_MAX || !known.skills_exist {
        wrong.push(RequestRefusal::SkillsBad {
            max: as_i64(SKILLS_MAX),
        });
    }
    check_budget(content, known, &mut wrong);
    check_times(content, known, &mut wrong);
    finish(
        Content {
            title,
            brief,
            skills,
            files: sorted(&content.files),
            ..content.clone()
        },
        wrong,
    )
}

fn check_budget(content: &Content, known: &Known, wrong: &mut Vec<RequestRefusal>) {
    let outside = |amount: &Money| {
        amount.currency() != known.min.currency()
            || amount.minor() < known.min.minor()
            || amount.minor() > known.max.minor()
    };
    let (min, max) = (known.min, known.max);
    if content.budget_min.as_ref().is_some_and(outside) {
        wrong.push(RequestRefusal::BudgetMinOut { min, max });
    }
    match content.budget_max {
        None => wrong.push(RequestRefusal::BudgetMissing),
        Some(top) if outside(&top) => wrong.push(RequestRefusal::BudgetMaxOut { min, max }),
        Some(top) if content.budget_min.is_some_and(|low| low.minor() > top.minor()) => {
            wrong.push(RequestRefusal::BudgetReversed)
        }
        Some(_) => {}
    }
}

fn check_times(content: &Content, known: &Known, wrong: &mut Vec<RequestRefusal>) {
    let (min, max) = (known.now + HOUR, known.now.plus_days(BIDS_DAYS_MAX + 1));
    match content.deadline {
        None => wrong.push(RequestRefusal::DeadlineMissing),
        Some(at) if known.deadline_before == Some(at) && at > known.now => {}
        Some(at) if at < min || at > max => wrong.push(RequestRefusal::DeadlineOut {
            min: known.now + DAY,
            max: known.now.plus_days(BIDS_DAYS_MAX),
        }),
        Some(_) => {}
    }
    if content
        .wish_days
        .is_some_and(|days| !(1..=WISH_DAYS_MAX).contains(&days))
    {
        wrong.push(RequestRefusal::WishOut { max: WISH_DAYS_MAX });
    }
}

/// How many characters of a brief are not lines of the outline.
fn own_chars(brief: &str, outlines: [&str; 2]) -> usize {
    let outline: Vec<&str> = outlines.iter().flat_map(|o| o.lines()).map(str::trim).collect();
    let own = brief.lines().map(str::trim).filter(|line| !outline.contains(line));
    own.map(|line| line.chars().filter(|c| !c.is_whitespace()).count())
        .sum()
}

fn title_refusal(fault: TextFault) -> RequestRefusal {
    match fault {
        TextFault::Empty | TextFault::TooShort => RequestRefusal::TitleShort { min: as_i64(TITLE_MIN) },
        TextFault::TooLong => RequestRefusal::TitleLong { max: as_i64(TITLE_MAX) },
        TextFault::Forbidden => RequestRefusal::TitleForbidden,
    }
}

fn brief_refusal(fault: TextFault) -> RequestRefusal {
    match fault {
        TextFault::Empty | TextFault::TooShort => RequestRefusal::BriefShort { min: as_i64(BRIEF_MIN) },
        TextFault::TooLong => RequestRefusal::BriefLong { max: as_i64(BRIEF_MAX) },
        TextFault::Forbidden => RequestRefusal::BriefForbidden,
    }
}

fn keep(wrong: &mut Vec<RequestRefusal>, refusal: RequestRefusal) -> String {
    wrong.push(refusal);
    String::new()
}

fn finish(content: Content, wrong: Vec<RequestRefusal>) -> Result<Content, Refusal> {
    match Refusal::gather(wrong.into_iter().map(Refuse::refusal).collect()) {
        Some(refusal) => Err(refusal),
        None => Ok(content),
    }
}

fn sorted(ids: &[Id]) -> Vec<Id> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    ids
}

fn as_i64(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Whether staff must look again: the words or the files changed.
pub(super) fn words_changed(before: &Content, after: &Content) -> bool {
    before.title != after.title || before.brief != after.brief || before.files != after.files
}

/// The words for ids, in the reader's language.
pub(super) struct Words {
    pub(super) categories: Vec<Category>,
    pub(super) skills: Vec<Skill>,
    pub(super) locale: Locale,
}

impl Words {
    fn category(&self, id: Id) -> Arg {
        let found = self.categories.iter().find(|c| c.id == id);
        Arg::Text(found.map_or_else(String::new, |c| c.name(self.locale).to_owned()))
    }

    fn skills(&self, ids: &[Id]) -> Option<Arg> {
        let names: Vec<&str> = self
            .skills
            .iter()
            .filter(|s| ids.contains(&s.id))
            .map(|s| s.name(self.locale))
            .collect();
        (!names.is_empty()).then(|| Arg::Text(names.join(self.locale.pick("、", ", "))))
    }
}

/// The fields two versions differ in, in the order of the form.
pub(super) fn changes(before: &Content, after: &Content, words: &Words) -> Vec<FieldChange> {
    let text = |s: &String| (!s.is_empty()).then(|| Arg::Text(s.clone()));
    let files = |ids: &Vec<Id>| (!ids.is_empty()).then(|| Arg::Number(as_i64(ids.len())));
    let all = [
        ("title", text(&before.title), text(&after.title)),
        ("brief", text(&before.brief), text(&after.brief)),
        (
            "category",
            before.category.map(|id| words.category(id)),
            after.category.map(|id| words.category(id)),
        ),
        ("skills", words.skills(&before.skills), words.skills(&after.skills)),
        (
            "budget-min",
            before.budget_min.map(Arg::Money),
            after.budget_min.map(Arg::Money),
        ),
        (
            "budget-max",
            before.budget_max.map(Arg::Money),
            after.budget_max.map(Arg::Money),
        ),
        (
            "deadline",
            before.deadline.map(Arg::Time),
            after.deadline.map(Arg::Time),
        ),
        (
            "wish-days",
            before.wish_days.map(Arg::Number),
            after.wish_days.map(Arg::Number),
        ),
        ("files", files(&before.files), files(&after.files)),
    ];
    let files_differ = before.files != after.files;
    let differs =
        |(field, old, new): &(&str, Option<Arg>, Option<Arg>)| old != new || (*field == "files" && files_differ);
    all.into_iter()
        .filter(differs)
        .map(|(field, before, after)| FieldChange { field, before, after })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::Currency;

    const NOW: Timestamp = Timestamp::from_micros(1_763_900_000_000_000);
    const OUTLINE: [&str; 2] = [
        "## 用在哪里\n\n## 想要什么感觉",
        "## Where is it used\n\n## What feeling",
    ];

    fn yuan(n: i64) -> Option<Money> {
        Some(Money::new(n * 100, Currency::CNY))
    }

    fn whole() -> Content {
        Content {
            title: "给面包店设计一个标志".into(),
            brief: "## 用在哪里\n门头、纸袋和小程序都要用，要能单色印刷，风格温暖一点，三周内完成。".into(),
            category: Some(Id::from_raw(1)),
            skills: vec![Id::from_raw(2)],
            budget_min: yuan(2_000),
            budget_max: yuan(4_000),
            deadline: Some(NOW.plus_days(7)),
            wish_days: Some(21),
            files: vec![],
        }
    }

    fn known() -> Known<'static> {
        let (min, max) = (Money::new(100, Currency::CNY), Money::new(100_000_000, Currency::CNY));
        Known {
            now: NOW,
            min,
            max,
            outlines: Some(OUTLINE),
            skills_exist: true,
            deadline_before: None,
        }
    }

    #[test]
    fn each_slip_has_its_own_refusal() {
        type Case = (&'static str, fn(&mut Content));
        let cases: [Case; 20] = [
            ("request-title-short", |c| c.title = "  ".into()),
            ("request-title-short", |c| c.title = "三个字".into()),
            ("request-title-long", |c| c.title = "长".repeat(61)),
            ("request-title-forbidden", |c| c.title = "标志\u{202e}设计".into()),
            ("request-brief-short", |c| c.brief = String::new()),
            ("request-brief-short", |c| c.brief = OUTLINE.join("\n\n")),
            ("request-brief-long", |c| c.brief = "长".repeat(100_000)),
            ("request-brief-forbidden", |c| c.brief = format!("{}\u{0}", c.brief)),
            ("request-skills-bad", |c| c.skills = (1..=9).map(Id::from_raw).collect()),
            ("request-budget-missing", |c| c.budget_max = None),
            ("request-budget-min-out", |c| c.budget_min = yuan(-1)),
            ("request-budget-max-out", |c| {
                c.budget_max = Some(Money::new(i64::MAX, Currency::CNY))
            }),
            ("request-budget-max-out", |c| {
                c.budget_max = Some(Money::new(500_000, Currency::USD))
            }),
            ("request-budget-reversed", |c| c.budget_min = yuan(5_000)),
            ("request-deadline-missing", |c| c.deadline = None),
            ("request-deadline-out", |c| c.deadline = Some(NOW - DAY)),
            ("request-deadline-out", |c| c.deadline = Some(NOW.plus_days(92))),
            ("request-wish-out", |c| c.wish_days = Some(0)),
            ("request-wish-out", |c| c.wish_days = Some(-3)),
            ("request-wish-out", |c| c.wish_days = Some(366)),
        ];
        for (code, spoil) in cases {
            let mut content = whole();
            spoil(&mut content);
            let refusal = check(&content, &known()).expect_err(code);
            assert_eq!((refusal.code, refusal.more.len()), (code, 0), "{refusal:?}");
        }
        assert!(check(&whole(), &known()).is_ok());
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        let refusal = check(
            &Content::default(),
            &Known {
                outlines: None,
                ..known()
            },
        )
        .expect_err("nothing is there");
        let codes: Vec<_> = refusal.all().map(|r| r.code).collect();
        assert_eq!(
            codes,
            [
                "request-title-short",
                "request-brief-short",
                "request-category-missing",
                "request-budget-missing",
                "request-deadline-missing"
            ]
        );
    }

    #[test]
    fn drafts_take_what_is_there() {
        assert!(check_draft(&Content::default()).is_ok());
        assert!(
            check_draft(&Content {
                title: "长".repeat(61),
                ..Content::default()
            })
            .is_err()
        );
        assert!(
            check_draft(&Content {
                brief: "\u{1b}".into(),
                ..Content::default()
            })
            .is_err()
        );
    }

    #[test]
    fn changes_name_what_changed_and_nothing_else() {
        let words = Words {
            categories: vec![],
            skills: vec![],
            locale: Locale::ZhCn,
        };
        assert_eq!(changes(&whole(), &whole(), &words), []);
        let mut after = whole();
        after.title = "给面包店设计标志和纸袋".into();
        after.budget_max = yuan(5_000);
        after.files = vec![Id::from_raw(9)];
        let fields: Vec<_> = changes(&whole(), &after, &words).into_iter().map(|c| c.field).collect();
        assert_eq!(fields, ["title", "budget-max", "files"]);
        assert!(words_changed(&whole(), &after));
        assert!(!words_changed(
            &whole(),
            &Content {
                budget_max: yuan(9),
                ..whole()
            }
        ));
    }
}
