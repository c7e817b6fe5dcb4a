//! The acts of the cast, each through the use case a person would reach from a page.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use anyhow::{Context as _, anyhow};
use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use engine::Shares;
use kernel::{Actor, Currency, Id, Locale, MINUTE, Money, StaffRole, Timestamp};
use orders::bids::{BidDraft, PlaceBid, StepDraft};
use orders::contracts::{Agree, Award};
use orders::inspections::{Decide, Verdict};
use orders::orders::{Fire, OrderPage};
use orders::proposals::{Answer, Propose};
use orders::requests::{Content, Save};
use payments::payins::Begin;
use store::{Clock as _, Fail, ManualClock, Tx};
use trust::reviews::{Hat, ReplyToReview, WriteReview};

use super::cast::{Cast, Deal, Person, Said};
use super::script::{Act, Step};
use crate::workers::{self, Context};

/// What a deal has come to.
#[derive(Default, Clone, Copy)]
struct Came {
    request: Option<Id>,
    winner: Option<Id>,
    contract: Option<Id>,
    order: Option<Id>,
}

/// The people on it, and where each deal stands.
pub struct Stage {
    context: Context,
    clock: Arc<ManualClock>,
    cast: Cast,
    actors: HashMap<String, Actor>,
    deals: Vec<Came>,
    http: reqwest::Client,
}

fn yuan(amount: i64) -> Money {
    Money::new(amount * 100, Currency::CNY)
}

fn locale(tag: Option<&String>) -> Locale {
    tag.and_then(|tag| Locale::from_tag(tag)).unwrap_or_default()
}

impl Stage {
    /// Writes the people down.
    pub async fn set(context: Context, clock: Arc<ManualClock>, cast: Cast) -> anyhow::Result<Self> {
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .build()?;
        let deals = vec![Came::default(); cast.deal.len()];
        let mut stage = Self {
            context,
            clock,
            cast,
            actors: HashMap::new(),
            deals,
            http,
        };
        for person in stage.cast.person.clone() {
            let actor = stage.join(&person).await.with_context(|| person.name.clone())?;
            stage.actors.insert(person.key, actor);
        }
        Ok(stage)
    }

    async fn join(&self, person: &Person) -> anyhow::Result<Actor> {
        let mut salt = [0u8; 16];
        SystemRandom::new()
            .fill(&mut salt)
            .map_err(|_| anyhow!("the machine gives no random numbers"))?;
        let locale = locale(person.locale.as_ref());
        let staff = person.staff.then_some(StaffRole::Operator);
        let mut new = accounts::people::NewPerson::named(&person.name, &person.email, locale);
        new.password_hash = Some(accounts::passwords::hash(&self.cast.password, &salt));
        new.zone = person.zone.clone().unwrap_or(new.zone);
        new.staff = staff;
        let profile = person.clone();
        let joined = self.context.store.write("demo_person", move |tx| {
            let account = accounts::people::create(tx, &new)?;
            let actor = Actor::Person { account, staff, locale };
            let edit = catalog::profiles::EditProfile {
                headline: profile.headline.clone(),
                about: profile.about.clone(),
                location: profile.location.clone(),
                rate: None,
                skills: skills(tx, &profile.skills)?,
                seen_version: 0,
            };
            catalog::profiles::edit(tx, &actor, &edit)?;
            Ok(actor)
        });
        Ok(joined.await?)
    }

    /// Does one step.
    pub async fn play(&mut self, step: Step) -> anyhow::Result<()> {
        let deal = self.cast.deal[step.deal].clone();
        let came = self.deals[step.deal];
        match step.act {
            Act::Submit => self.deals[step.deal].request = Some(self.submit(&deal).await?),
            Act::Approve => self.approve(came).await?,
            Act::Bid(place) => {
                let bid = self.bid(&deal, came, place).await?;
                if deal.award.as_ref() == Some(&deal.bid[place].provider) {
                    self.deals[step.deal].winner = Some(bid);
                }
            }
            Act::Award => self.deals[step.deal].contract = Some(self.award(&deal, came).await?),
            Act::Agree => self.deals[step.deal].order = Some(self.agree(&deal, came).await?),
            Act::Fund(part) => self.fund(&deal, order(came)?, part).await?,
            Act::Talk(place) => self.talk(&deal, order(came)?, place).await?,
            Act::Deliver(part) => self.fire(&deal, order(came)?, false, Some(part), "deliver").await?,
            Act::AskRevision(part) => self.fire(&deal, order(came)?, true, Some(part), "ask_revision").await?,
            Act::Accept(part) => self.fire(&deal, order(came)?, true, Some(part), "accept").await?,
            Act::ProposeCancel => self.propose_cancel(&deal, order(came)?).await?,
            Act::AgreeCancel => self.agree_cancel(&deal, order(came)?).await?,
            Act::ClientReviews => self.review(&deal, order(came)?, true).await?,
            Act::ProviderReviews => self.review(&deal, order(came)?, false).await?,
            Act::Reply => self.reply(&deal, order(came)?).await?,
        }
        Ok(())
    }

    fn actor(&self, key: &str) -> anyhow::Result<Actor> {
        self.actors
            .get(key)
            .copied()
            .with_context(|| format!("nobody in the cast is called {key}"))
    }

    fn client(&self, deal: &Deal) -> anyhow::Result<Actor> {
        self.actor(&deal.client)
    }

    fn provider(&self, deal: &Deal) -> anyhow::Result<Actor> {
        self.actor(deal.award.as_deref().unwrap_or_default())
    }

    async fn submit(&self, deal: &Deal) -> anyhow::Result<Id> {
        let (client, deal, now) = (self.client(deal)?, deal.clone(), self.clock.now());
        let submitted = self.context.store.write("demo_request", move |tx| {
            let category = catalog::categories::find_slug(tx, &deal.category)?.map(|c| c.id);
            let content = Content {
                title: deal.title.clone(),
                brief: deal.brief.trim().to_owned(),
                category,
                skills: skills(tx, &deal.skills)?,
                budget_min: Some(yuan(deal.budget.0)),
                budget_max: Some(yuan(deal.budget.1)),
                deadline: Some(now.plus_days(14)),
                wish_days: None,
                files: Vec::new(),
            };
            orders::requests::submit(
                tx,
                &client,
                &Save {
                    request: None,
                    seen_version: 0,
                    content,
                },
            )
        });
        Ok(submitted.await?)
    }

    async fn approve(&self, came: Came) -> anyhow::Result<()> {
        let operator = self.actor("operator")?;
        let approved = self.context.store.write("demo_approve", move |tx| {
            let waiting = orders::inspections::queue(tx, None, 100)?;
            for one in waiting.iter().filter(|one| Some(one.request) == came.request) {
                let decide = Decide {
                    inspection: one.id,
                    seen_version: one.version,
                    verdict: Verdict::Approve,
                };
                orders::inspections::decide(tx, &operator, &decide)?;
            }
            Ok(())
        });
        Ok(approved.await?)
    }

    async fn bid(&self, deal: &Deal, came: Came, place: usize) -> anyhow::Result<Id> {
        let bid = deal.bid[place].clone();
        let (provider, request) = (self.actor(&bid.provider)?, came.request.context("no request")?);
        let steps = bid.plan.iter().map(|(title, amount, days)| StepDraft {
            title: title.clone(),
            amount: Some(yuan(*amount)),
            days: Some(*days),
        });
        let draft = BidDraft {
            price: Some(yuan(bid.price)),
            days: Some(bid.plan.iter().map(|(_, _, days)| days).sum()),
            letter: bid.letter.clone(),
            steps: steps.collect(),
        };
        let placed = self.context.store.write("demo_bid", move |tx| {
            let seen_request_version = orders::requests::load(tx, request)?.map_or(0, |r| r.version);
            orders::bids::place(
                tx,
                &provider,
                &PlaceBid {
                    request,
                    seen_request_version,
                    draft: draft.clone(),
                },
            )
        });
        Ok(placed.await?)
    }

    async fn award(&self, deal: &Deal, came: Came) -> anyhow::Result<Id> {
        let (client, bid) = (self.client(deal)?, came.winner.context("no winning bid")?);
        let awarded = self.context.store.write("demo_award", move |tx| {
            let fingerprint = orders::contracts::preview(tx, &client, bid)?.fingerprint;
            orders::contracts::award(tx, &client, &Award { bid, fingerprint })
        });
        Ok(awarded.await?)
    }

    async fn agree(&self, deal: &Deal, came: Came) -> anyhow::Result<Id> {
        let (provider, contract) = (self.provider(deal)?, came.contract.context("no contract")?);
        let agreed = self.context.store.write("demo_agree", move |tx| {
            let page = orders::contracts::find_for(tx, &provider, contract)?;
            let fingerprint = page.map(|page| page.contract.fingerprint).unwrap_or_default();
            orders::contracts::agree(tx, &provider, &Agree { contract, fingerprint })
        });
        Ok(agreed.await?)
    }

    /// Pays at the sandbox's own page, as a person does, and lets the market ask how it went.
    async fn fund(&self, deal: &Deal, order: Id, part: usize) -> anyhow::Result<()> {
        let (client, store) = (self.client(deal)?, &self.context.store);
        let seen_version = self.page(client, order).await?.version;
        let gateway = self
            .context
            .app
            .gateways
            .first()
            .map(|g| g.name().to_owned())
            .context("no gateway")?;
        let begin = Begin {
            order,
            part,
            seen_version,
            gateway,
        };
        let payin = store
            .write("demo_payin", move |tx| payments::payins::begin(tx, &client, &begin))
            .await?;
        workers::settle(&self.context).await?;
        let page = store
            .read("demo_payin_page", move |tx| {
                payments::payins::find_for(tx, &client, payin)
            })
            .await?;
        let url = page
            .and_then(|page| page.payin.pay_url)
            .context("the gateway opened no page")?;
        let form = [("act", "pay"), ("trick", "never")];
        let answer = self
            .http
            .post(&url)
            .form(&form)
            .send()
            .await
            .context("the gateway's page")?;
        anyhow::ensure!(
            answer.status().is_redirection() || answer.status().is_success(),
            "the gateway's page: {}",
            answer.status()
        );
        self.clock.advance(3 * MINUTE);
        Ok(workers::settle(&self.context).await?)
    }

    async fn page(&self, actor: Actor, order: Id) -> anyhow::Result<OrderPage> {
        let page = self
            .context
            .store
            .read("demo_order", move |tx| orders::orders::find_for(tx, &actor, order))
            .await?;
        page.context("no such order")
    }

    async fn fire(
        &self,
        deal: &Deal,
        order: Id,
        client: bool,
        part: Option<usize>,
        transition: &str,
    ) -> anyhow::Result<()> {
        let actor = if client {
            self.client(deal)?
        } else {
            self.provider(deal)?
        };
        let seen_version = self.page(actor, order).await?.version;
        let (note, reason) = words(deal, part);
        let fire = Fire {
            transition: transition.to_owned(),
            part,
            seen_version,
            note,
            reason,
            ..Fire::default()
        };
        self.context
            .store
            .write("demo_step", move |tx| orders::orders::fire(tx, &actor, order, &fire))
            .await?;
        Ok(())
    }

    async fn propose_cancel(&self, deal: &Deal, order: Id) -> anyhow::Result<()> {
        let client = self.client(deal)?;
        let page = self.page(client, order).await?;
        let held = page.parts.iter().filter(|part| part.pot.is_positive());
        let shares: BTreeMap<usize, Shares> = held
            .map(|part| {
                let to_provider_minor = part.pot.minor() / 2;
                (
                    part.part,
                    Shares {
                        to_client_minor: part.pot.minor() - to_provider_minor,
                        to_provider_minor,
                    },
                )
            })
            .collect();
        let reason = "产品方向变了，这批界面先不做。已经完成的两页请按一半结算。".to_owned();
        let propose = Propose {
            transition: "cancel_by_agreement".to_owned(),
            part: None,
            shares,
            reason,
            seen_version: page.version,
        };
        self.context
            .store
            .write("demo_propose", move |tx| {
                orders::proposals::propose(tx, &client, order, &propose)
            })
            .await?;
        Ok(())
    }

    async fn agree_cancel(&self, deal: &Deal, order: Id) -> anyhow::Result<()> {
        let provider = self.provider(deal)?;
        let page = self.page(provider, order).await?;
        let proposal = page.proposals.first().context("no proposal")?.id;
        let answer = Answer {
            proposal,
            agree: true,
            note: "可以，两页的源文件已经发您。".to_owned(),
        };
        Ok(self
            .context
            .store
            .write("demo_answer", move |tx| {
                orders::proposals::answer(tx, &provider, &answer)
            })
            .await?)
    }

    async fn talk(&self, deal: &Deal, order: Id, place: usize) -> anyhow::Result<()> {
        let (who, body) = deal.talk[place].clone();
        let actor = if who == "client" {
            self.client(deal)?
        } else {
            self.provider(deal)?
        };
        let said = self.context.store.write("demo_talk", move |tx| {
            let thread = talk::threads::open_for(tx, &actor, "order", order, None)?;
            talk::threads::send(
                tx,
                &actor,
                &talk::threads::SendMessage {
                    thread,
                    body: body.clone(),
                    files: Vec::new(),
                },
            )
        });
        said.await?;
        Ok(())
    }

    async fn review(&self, deal: &Deal, order: Id, by_client: bool) -> anyhow::Result<()> {
        let actor = if by_client {
            self.client(deal)?
        } else {
            self.provider(deal)?
        };
        let reviews = deal.reviews.as_ref().context("no reviews")?;
        let Said { marks, text, note } = if by_client {
            reviews.client.clone()
        } else {
            reviews.provider.clone()
        };
        let written = self.context.store.write("demo_review", move |tx| {
            let about = if by_client { Hat::Provider } else { Hat::Client };
            let policy = trust::reviews::policy(tx)?;
            let marks = policy
                .about(about)
                .map(|d| d.code.clone())
                .zip(marks.iter().copied())
                .collect();
            let write = WriteReview {
                order,
                marks,
                body: text.clone(),
                private_note: note.clone(),
            };
            trust::reviews::write(tx, &actor, &write)
        });
        written.await?;
        Ok(())
    }

    async fn reply(&self, deal: &Deal, order: Id) -> anyhow::Result<()> {
        let (client, provider) = (self.client(deal)?, self.provider(deal)?);
        let text = deal.reviews.as_ref().and_then(|r| r.reply.clone()).unwrap_or_default();
        let replied = self.context.store.write("demo_reply", move |tx| {
            let author = client.account().unwrap_or(order);
            let Some(review) = trust::reviews::by(tx, author, order)? else {
                return Ok(());
            };
            trust::reviews::reply(
                tx,
                &provider,
                &ReplyToReview {
                    review: review.id,
                    reply: text.clone(),
                },
            )
        });
        Ok(replied.await?)
    }
}

fn order(came: Came) -> anyhow::Result<Id> {
    came.order.context("no order")
}

fn skills(tx: &mut Tx, slugs: &[String]) -> Result<Vec<Id>, Fail> {
    let all = catalog::skills::list(tx)?;
    Ok(all
        .iter()
        .filter(|skill| slugs.contains(&skill.slug))
        .map(|skill| skill.id)
        .collect())
}

/// What comes with a step: the note of a delivery, the reason of a request for changes.
fn words(deal: &Deal, part: Option<usize>) -> (String, String) {
    let title = part
        .and_then(|part| Cast::plan(deal).get(part))
        .map_or("", |(title, _, _)| title.as_str());
    match locale(deal.locale.as_ref()) {
        Locale::ZhCn => (
            format!("「{title}」做好了，说明写在这里，源文件按约定整理在一个文件夹里。有要改的地方直接说。"),
            "整体很好。片头最后一秒收得太急，请再留半秒；竖版的标志再大一点。".to_owned(),
        ),
        Locale::En => (
            format!("\"{title}\" is ready. What I did and why is in this note; tell me what you would like changed."),
            "Very good already. Please look at the last part once more.".to_owned(),
        ),
    }
}

/// The moment a stage stands at; for messages.
impl std::fmt::Debug for Stage {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let at: Timestamp = self.clock.now();
        write!(f, "a stage at {at:?}")
    }
}
