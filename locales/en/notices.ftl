# Notices and the mails made from them. $title: the request or order; $who: the other person; $part: which milestone;
# $at: a moment. Each notice has two sentences: what happened; what it means for the
# money and what can be done.

notice-request-published = Your request “{ $title }” is published
notice-request-published-more = Providers can see it and bid now. You will hear of every bid.
notice-request-rejected = Your request “{ $title }” was not approved
notice-request-rejected-more = Open it to see why. You can change it and send it again; this costs nothing.
notice-request-edited = A request you bid on was changed: “{ $title }”
notice-request-edited-more = See what changed. Your bid still stands; you can edit or withdraw it.
notice-request-withdrawn = A request you bid on was withdrawn: “{ $title }”
notice-request-withdrawn-more = Your bid ends with it. It costs you nothing.

notice-bid-placed = { $who } bid on “{ $title }”
notice-bid-placed-more = Look at the price and the plan, or talk first. You pay nothing before you choose.
notice-bid-edited = { $who } changed their bid on “{ $title }”
notice-bid-edited-more = Open the request to see the price and plan as they are now.
notice-bid-withdrawn = { $who } withdrew their bid on “{ $title }”
notice-bid-withdrawn-more = The other bids stand.
notice-bid-declined = Your bid on “{ $title }” was not chosen
notice-bid-declined-more = The client chose somebody else, or the request ended. It costs you nothing.

notice-contract-offered = { $who } chose you: “{ $title }”
notice-contract-offered-more = Read the contract and the outcome table. Once you agree, the client puts the first milestone in escrow; start when it is there.
notice-contract-agreed = { $who } agreed to the contract for “{ $title }”
notice-contract-agreed-more = The contract is in force. Put the first milestone in escrow, and the work begins.
notice-contract-declined = { $who } did not accept the contract for “{ $title }”
notice-contract-declined-more = The request is open again and you can choose another bid. You have paid nothing.
notice-contract-withdrawn = { $who } withdrew the contract for “{ $title }”
notice-contract-withdrawn-more = No money has moved. You can look for other requests.

notice-order-fund = Milestone { $part } of “{ $title }” is in escrow
notice-order-fund-more = The money is held safely and is paid to the provider only after acceptance. Work can begin.
notice-order-deliver = { $who } delivered milestone { $part } of “{ $title }”
notice-order-deliver-more = Look at it, then accept it or ask for a revision. Silence until the date on the order counts as accepted and pays the provider.
notice-order-accept = Milestone { $part } of “{ $title }” is accepted and paid
notice-order-accept-more = The money, less the commission, is in the provider's balance; the statement shows every posting.
notice-order-accept-silence = Milestone { $part } of “{ $title }” was accepted by silence
notice-order-accept-silence-more = Nobody answered in time, so it counts as accepted, as agreed. The provider is paid.
notice-order-ask-revision = { $who } asks for a revision of milestone { $part } of “{ $title }”
notice-order-ask-revision-more = The money stays in escrow. See what is asked for and deliver again.
notice-order-give-back = The provider gave back milestone { $part } of “{ $title }”
notice-order-give-back-more = The money in escrow is on its way back to the client.
notice-order-expire = Milestone { $part } of “{ $title }” was not delivered in time: refunded
notice-order-expire-more = Nothing came within the working days and the grace after them. The money is on its way back to the client.
notice-order-lapse = Milestone { $part } of “{ $title }” was not funded in time and has ended
notice-order-lapse-more = Nobody paid and nobody was paid.
notice-order-decline = Milestone { $part } of “{ $title }” will not go ahead
notice-order-decline-more = It was not funded yet: nobody pays and nobody is paid.
notice-order-dispute = { $who } opened a dispute on milestone { $part } of “{ $title }”
notice-order-dispute-more = Its money is frozen in escrow; the other milestones go on. Say what happened, or propose a settlement, on the order.
notice-order-settle = Milestone { $part } of “{ $title }” was settled by agreement
notice-order-settle-more = The money was divided as you both agreed. The order shows the amounts.
notice-order-rule = The platform ruled on milestone { $part } of “{ $title }”
notice-order-rule-more = The money was divided as ruled. The order shows the reasons and the amounts.
notice-order-split-half = The dispute on milestone { $part } of “{ $title }” ran out: half each
notice-order-split-half-more = There was neither an agreement nor a ruling in time, so each side gets half, as agreed.
notice-order-moved = There is news on the order “{ $title }”
notice-order-moved-more = Open the order to see where it stands and where the money is.
notice-order-proposed = { $who } made a proposal for “{ $title }”
notice-order-proposed-more = No money moves before you agree. Look at the amounts and reasons, then answer.
notice-order-proposal-agreed = { $who } agreed to the proposal for “{ $title }”
notice-order-proposal-agreed-more = The money was moved accordingly. The order shows the amounts.
notice-order-proposal-refused = { $who } did not agree to the proposal for “{ $title }”
notice-order-proposal-refused-more = No money has moved. You can make another proposal.
notice-order-proposal-withdrawn = { $who } withdrew the proposal for “{ $title }”
notice-order-proposal-withdrawn-more = No money has moved.
notice-order-reminder = Reminder: milestone { $part } of “{ $title }” is waiting for you
notice-order-reminder-more = You have until { $at }; after that the agreed default happens. The order shows what that is, with amounts.
notice-order-completed = The order “{ $title }” is complete
notice-order-completed-more = You can review the other side. Both reviews open together, once both are in or the window ends.
notice-order-cancelled = The order “{ $title }” is cancelled
notice-order-cancelled-more = What was in escrow was handled as agreed; refunds go back the way they came. The order shows the amounts.

notice-payin-failed = The payment for “{ $title }” did not go through
notice-payin-failed-more = Nothing was taken, or it will be returned. You can pay again from the order.
notice-refund-done = The refund for “{ $title }” is done
notice-refund-done-more = The money went back the way it came; when it shows depends on your bank or wallet.

notice-message-sent = { $who } wrote to you about “{ $title }”
notice-message-sent-more = Open the thread to read and answer.

notice-review-written = { $who } has reviewed you: “{ $title }”
notice-review-written-more = Once you have written yours, both open together; otherwise it opens when the window ends.
notice-review-published = A review of you is open: “{ $title }”
notice-review-published-more = You can reply once, in public.
notice-review-replied = { $who } replied to your review: “{ $title }”
notice-review-replied-more = Open it to read the reply.

mail-unread-subject = { $part ->
    [one] A message from { $who } is waiting: “{ $title }”
   *[other] { $part } messages from { $who } are waiting: “{ $title }”
}
mail-unread-more = So as not to disturb you, no further mail about this thread is sent until you have looked.
mail-notice-body =
    Hello { $name },

    { $subject }.

    { $more }

    See it here: { $link }

    — { $market }
