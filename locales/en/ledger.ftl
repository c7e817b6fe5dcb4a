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

ledger-transfer-payin = Payment received
ledger-transfer-hold = Moved into escrow
ledger-transfer-release = Released
ledger-transfer-refund = Refunded
ledger-transfer-split = Split as agreed
ledger-transfer-fee = Platform fee
ledger-transfer-payout = Withdrawn
ledger-transfer-correction = Correction
ledger-transfer-other = Other transfer
