# 账本
refusal-ledger-not-enough = 余额不足，这笔款项没有转出，账户余额不变。请核对可用余额后再试。

ledger-account-wallet = 个人余额
ledger-account-escrow = 托管款
ledger-account-refund-due = 待退款
ledger-account-revenue = 平台佣金
ledger-account-clearing = 支付渠道往来

ledger-account-wallet-hint = 用户可以支配的钱
ledger-account-escrow-hint = 为订单的某一阶段托管的钱，双方都不能单独动用
ledger-account-refund-due-hint = 应退回付款人、支付渠道尚未退完的钱
ledger-account-revenue-hint = 平台已经收取的佣金
ledger-account-clearing-hint = 支付渠道替我们保管的钱；记为负数，表示渠道欠账面各方的金额

ledger-transfer-order-hold = 款项进入托管
ledger-transfer-order-release = 验收放款
ledger-transfer-order-refund = 退回需求方
ledger-transfer-order-split = 按约定分配
ledger-transfer-payin-returned = 迟到付款待退回
ledger-transfer-refund-sent = 退款已汇出
ledger-transfer-refund-wallet = 退款转入余额
ledger-transfer-payout = 提现
ledger-transfer-correction = 更正
ledger-transfer-other = 其他转账
