## Payments, refunds and the statement.

refusal-payin-not-found = There is no such payment.
refusal-payin-no-gateway = The market has no way to take payments yet. Nothing was charged; please contact the market.

payin-title = Payment into escrow
payin-state-begun = Asking the gateway
payin-state-waiting = Waiting for payment
payin-state-paid = In escrow
payin-state-returned = Arrived, going back
payin-state-failed = Not successful
payin-state-expired = Expired
payin-says-begun = The page to pay on is being opened; nothing has been charged. This page looks again by itself.
payin-says-waiting = The gateway has not told us yet that the money arrived. If you have paid, wait a moment: we also ask the gateway ourselves. If not, you can go on and pay. This page looks again by itself.
payin-says-paid = The money is in escrow; neither side can take it alone. The provider can start.
payin-says-returned = When the money arrived, the order no longer needed it. It was not put in escrow; all of it goes back the way it came.
payin-says-failed = The payment did not go through and nothing is in escrow. You can try again from the order.
payin-says-expired = The page to pay on has expired and nothing is in escrow. You can try again from the order.
payin-to-gateway = Go and pay
payin-look-again = Look again
payin-to-order = Back to the order
payin-refund-due = { $amount } is on its way back
payin-refund-done = { $amount } went back the way it came
payin-refund-wallet = { $amount } could not go back the way it came and is in your balance

statement-title = Statement
statement-wallet = Balance
statement-held-client = Held, paid by me
statement-held-provider = Held for me
statement-returning = On its way back
statement-empty = No entries yet
statement-empty-text = Every payment released or refunded to you is listed here.
statement-when = When
statement-what = What for
statement-amount = Amount
statement-balance = Balance
statement-foot = Each line is a posting of the ledger and is never changed or removed. Withdrawals come with a later version.

