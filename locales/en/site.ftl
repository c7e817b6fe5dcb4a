# The site: settings, audit, legal texts
refusal-setting-not-staff = Only the operator's staff can change settings. Nothing was changed.
refusal-setting-unknown = There is no such setting. Please choose one from the list.
refusal-setting-misfit = The value does not fit this setting, so nothing was changed. Please follow the note beside it.
refusal-setting-prices-crossed = The lowest price cannot be above the highest, so nothing was changed. Adjust the other one first.
refusal-setting-no-reason = Please say why (2 to 300 characters). The reason stays in the audit record; nothing was changed yet.

setting-market-name-zh = Market name in Chinese
setting-market-name-en = Market name in English
setting-currency = Currency of new requests
setting-support-contact = Support contact
setting-acceptance-days = Days until silence accepts
setting-nondelivery-days = Days until a missed delivery is refunded
setting-funding-days = Days to pay
setting-agreement-days = Days to agree on a contract
setting-dispute-days = Days to settle a dispute
setting-revisions = Revisions included
setting-provider-fee-bp = Provider fee (basis points)
setting-client-fee-bp = Client fee (basis points)
setting-review-window-days = Review window (days)
setting-reply-days = Time to reply to a review (days)
setting-inspect-requests = Inspect requests before publishing
setting-min-price-minor = Lowest milestone price (minor units)
setting-max-price-minor = Highest contract price (minor units)
setting-guidance-min-deals = Closed deals needed for budget guidance
setting-code-minutes = One-time codes are good for (minutes)
setting-session-days = A log-in lasts (days)

legal-terms = Terms of service
legal-privacy = Privacy policy
legal-trading-rules = Trading rules
legal-version = Version { $version }

outgoing-channel-mail = E-mail
outgoing-channel-sms = Text message
outgoing-state-waiting = Waiting
outgoing-state-sent = Sent
outgoing-state-failed = Failed
