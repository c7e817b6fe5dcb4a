## 订单流程拒绝一步操作时的说明：发生了什么，钱怎样了，接下来做什么。

refusal-engine-unknown = 没有这个操作，或没有这个阶段。款项没有变动。请刷新页面后再试。
refusal-engine-wrong-state = 订单的状态已经变了，这一步现在不能做。款项没有变动。请刷新页面，看看现在可以做什么。
refusal-engine-not-yours = 这一步不该由您来做。款项没有变动。
refusal-engine-not-in-turn = 前面的阶段还没有结束，还没轮到这个阶段。款项没有变动。等前面的阶段结束后再来。
refusal-engine-used-up = 合同约定的 { $limit } 次已经用完。款项没有变动。您可以验收、与对方协商，或发起纠纷。
refusal-engine-too-late = 期限已于 { $due } 到期，正按事先公布的结果处理。您的这一步没有生效。请稍后刷新页面查看结果。
refusal-engine-too-early = 期限要到 { $due } 才到。在那之前款项不会变动。
refusal-engine-needs-delivery = 请先附上交付内容。空的交付不算交付，期限也不会因此停下。
refusal-engine-needs-reason = 请写明理由，让对方知道哪里需要处理。款项没有变动。
refusal-engine-needs-shares = 请写明需求方收回多少、付给服务方多少。款项没有变动。
refusal-engine-shares-sum = 两份金额都不能小于零，加起来要正好等于托管中的 { $pot }。款项没有变动。
refusal-engine-part-count = 一个订单至少有一个阶段，最多 { $max } 个。
refusal-engine-bad-price = 第 { $part } 个阶段的价格要大于零，且不能过大。
refusal-engine-unknown-term = 这个交易流程没有「{ $term }」这一条款。请从条款中去掉它。
refusal-engine-term-bounds = 条款「{ $term }」要在 { $min } 到 { $max } 之间。
refusal-engine-bad-fee = 费率不能超过 100%。
refusal-engine-mismatch = 订单与它的合同条款对不上，为保护款项没有做任何变动。请联系平台。
