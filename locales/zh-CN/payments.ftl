## 付款、退款与对账单。

refusal-payin-not-found = 没有这笔付款。
refusal-payin-no-gateway = 平台还没有开通收款渠道，没有扣任何款项。请联系平台。

payin-title = 托管付款
payin-state-begun = 正在联系支付机构
payin-state-waiting = 等待付款
payin-state-paid = 已存入托管
payin-state-returned = 已到账，正在退回
payin-state-failed = 未成功
payin-state-expired = 已过期
payin-says-begun = 正在打开支付页面，还没有扣款。此页会自动刷新。
payin-says-waiting = 还没有收到支付机构的到账通知。如果已经付款，请稍等，我们会主动向支付机构查询；如果还没付，可以继续付款。此页会自动刷新。
payin-says-paid = 款项已存入托管，任何一方都不能单独取走。服务方可以开工了。
payin-says-returned = 款项到账时，订单已不再需要这笔钱，所以没有存入托管，全额原路退回。
payin-says-failed = 付款没有成功，没有存入任何款项。可以回到订单重新付款。
payin-says-expired = 支付页面已过期，没有存入任何款项。可以回到订单重新付款。
payin-to-gateway = 前往付款
payin-look-again = 刷新
payin-to-order = 回到订单
payin-refund-due = { $amount } 正在原路退回
payin-refund-done = { $amount } 已原路退回
payin-refund-wallet = { $amount } 无法原路退回，已转入您的余额

statement-title = 对账单
statement-wallet = 余额
statement-held-client = 我已托管
statement-held-provider = 为我托管
statement-returning = 正在退回
statement-empty = 还没有账目
statement-empty-text = 收到放款或退款后，每一笔都会列在这里。
statement-when = 时间
statement-what = 事由
statement-amount = 金额
statement-balance = 余额
statement-foot = 每一行都是账本里的一笔分录，不会被修改或删除。提现功能将在后续版本开放。

