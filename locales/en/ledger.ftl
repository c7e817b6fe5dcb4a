# The ledger
refusal-ledger-not-enough = The balance is too low. Nothing was transferred and the balance is unchanged. Check what is available and try again.

ledger-account-wallet = Wallet
ledger-account-escrow = Escrow
ledger-account-refund-due = Refunds due
ledger-account-revenue = Platform revenue
ledger-account-clearing = Gateway clearing

ledger-account-wallet-hint = Money a person may dispose of
ledger-account-escrow-hint = Money held for one milestone of an order; neither side can touch it alone
ledger-account-refund-due-hint = Money owed back to whoever paid it, until the gateway has returned it
ledger-account-revenue-hint = Commission the platform has earned
ledger-account-clearing-hint = Money a gateway keeps for us; shown below zero by what it owes to the other accounts

ledger-transfer-order-hold = Paid into escrow
ledger-transfer-order-release = Released
ledger-transfer-order-refund = Returned to the client
ledger-transfer-order-split = Split as agreed
ledger-transfer-payin-returned = Late payment to be returned
ledger-transfer-refund-sent = Refund sent
ledger-transfer-refund-wallet = Refund moved to the wallet
ledger-transfer-payout = Withdrawn
ledger-transfer-correction = Correction
ledger-transfer-other = Other transfer
