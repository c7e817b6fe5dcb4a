# 通知与通知邮件。$title 是需求或订单的名称，$who 是对方的名字，$part 是第几阶段，$at 是时间。
# 每种通知都有两句：发生了什么；对钱意味着什么、接下来可以做什么。

notice-request-published = 需求《{ $title }》已发布
notice-request-published-more = 服务方现在可以看到并报价，有报价会马上通知您。
notice-request-rejected = 需求《{ $title }》未通过审核
notice-request-rejected-more = 请打开需求查看原因，修改后可以重新提交，不产生任何费用。
notice-request-edited = 您报过价的需求《{ $title }》有修改
notice-request-edited-more = 请看看改了什么，您的报价仍然有效，可以修改或撤回。
notice-request-withdrawn = 您报过价的需求《{ $title }》已撤回
notice-request-withdrawn-more = 您的报价随之失效，不产生任何费用。

notice-bid-placed = { $who } 对《{ $title }》报了价
notice-bid-placed-more = 可以查看报价与计划，也可以先和对方聊聊。选定之前您不需要付款。
notice-bid-edited = { $who } 修改了对《{ $title }》的报价
notice-bid-edited-more = 打开需求可以看到最新的价格和计划。
notice-bid-withdrawn = { $who } 撤回了对《{ $title }》的报价
notice-bid-withdrawn-more = 其他报价不受影响。
notice-bid-declined = 您对《{ $title }》的报价未被选中
notice-bid-declined-more = 需求方选择了其他服务方，或需求已结束。不产生任何费用。

notice-contract-offered = { $who } 选中了您：《{ $title }》
notice-contract-offered-more = 请阅读合同与结果表，同意后合同生效，由对方托管第一阶段的款项，款项到位后再开工。
notice-contract-agreed = { $who } 同意了《{ $title }》的合同
notice-contract-agreed-more = 合同已生效。请把第一阶段的款项存入托管，对方收到通知后开工。
notice-contract-declined = { $who } 没有接受《{ $title }》的合同
notice-contract-declined-more = 需求重新开放，您可以选择其他报价。您没有付款。
notice-contract-withdrawn = { $who } 撤回了《{ $title }》的合同
notice-contract-withdrawn-more = 没有款项发生变动，您可以继续查看其他需求。

notice-order-fund = 《{ $title }》第 { $part } 阶段的款项已托管
notice-order-fund-more = 钱已安全存放在托管账户，验收之后才会付给服务方。现在可以开工了。
notice-order-deliver = { $who } 交付了《{ $title }》第 { $part } 阶段
notice-order-deliver-more = 请查看成果，验收或要求修改。到期没有答复将视为验收通过，款项付给服务方。
notice-order-accept = 《{ $title }》第 { $part } 阶段已验收并付款
notice-order-accept-more = 款项扣除服务费后已进入服务方余额，可在“资金明细”里查看每一笔。
notice-order-accept-silence = 《{ $title }》第 { $part } 阶段到期自动验收
notice-order-accept-silence-more = 验收期内没有答复，按约定视为通过，款项已付给服务方。
notice-order-ask-revision = { $who } 要求修改《{ $title }》第 { $part } 阶段
notice-order-ask-revision-more = 款项仍在托管中。请查看修改意见，修改后再次交付。
notice-order-give-back = 《{ $title }》第 { $part } 阶段由服务方全额退款
notice-order-give-back-more = 托管的款项正在原路退回需求方。
notice-order-expire = 《{ $title }》第 { $part } 阶段逾期未交付，款项退回
notice-order-expire-more = 约定的工期与宽限期内没有交付，托管的款项正在原路退回需求方。
notice-order-lapse = 《{ $title }》第 { $part } 阶段逾期未托管，已作废
notice-order-lapse-more = 双方都没有付款或收款。
notice-order-decline = 《{ $title }》第 { $part } 阶段不再进行
notice-order-decline-more = 该阶段尚未托管款项，双方互不付款。
notice-order-dispute = { $who } 对《{ $title }》第 { $part } 阶段发起了纠纷
notice-order-dispute-more = 该阶段的款项冻结在托管中，其他阶段照常。请在订单里说明情况，也可以提出协商方案。
notice-order-settle = 《{ $title }》第 { $part } 阶段已按协商分账
notice-order-settle-more = 款项已按双方同意的金额分给双方，明细见订单。
notice-order-rule = 平台对《{ $title }》第 { $part } 阶段作出了裁决
notice-order-rule-more = 款项已按裁决分给双方，理由与明细见订单。
notice-order-split-half = 《{ $title }》第 { $part } 阶段的纠纷到期，款项各得一半
notice-order-split-half-more = 期限内没有和解也没有裁决，按约定双方各得一半。
notice-order-moved = 订单《{ $title }》有新进展
notice-order-moved-more = 打开订单查看现在的状态和款项去向。
notice-order-proposed = { $who } 对《{ $title }》提出了协商方案
notice-order-proposed-more = 您同意之前款项不会变动。请查看金额与理由后答复。
notice-order-proposal-agreed = { $who } 同意了《{ $title }》的协商方案
notice-order-proposal-agreed-more = 款项已按方案处理，明细见订单。
notice-order-proposal-refused = { $who } 没有同意《{ $title }》的协商方案
notice-order-proposal-refused-more = 款项没有变动，可以另提方案。
notice-order-proposal-withdrawn = { $who } 撤回了《{ $title }》的协商方案
notice-order-proposal-withdrawn-more = 款项没有变动。
notice-order-reminder = 提醒：《{ $title }》第 { $part } 阶段在等您
notice-order-reminder-more = 期限是 { $at }，到时没有动作将按约定的默认结果处理。打开订单可以看到结果与金额。
notice-order-completed = 订单《{ $title }》已完成
notice-order-completed-more = 您可以评价对方。双方都写好，或评价期结束后，评价同时公开。
notice-order-cancelled = 订单《{ $title }》已取消
notice-order-cancelled-more = 托管中的款项已按约定处理，退款原路返回，明细见订单。

notice-payin-failed = 《{ $title }》的付款没有成功
notice-payin-failed-more = 没有扣款，或扣款会原路退回。可以在订单里重新付款。
notice-refund-done = 《{ $title }》的退款已完成
notice-refund-done-more = 款项已原路退回，到账时间以支付机构为准。

notice-message-sent = { $who } 给您发来消息：《{ $title }》
notice-message-sent-more = 打开会话查看并回复。

notice-review-written = { $who } 已写好对您的评价：《{ $title }》
notice-review-written-more = 您也写好评价后，双方的评价同时公开；否则到评价期结束时公开。
notice-review-published = 对您的评价已公开：《{ $title }》
notice-review-published-more = 您可以公开回应一次。
notice-review-replied = { $who } 回应了您的评价：《{ $title }》
notice-review-replied-more = 打开可查看回应。

mail-unread-subject = { $who } 的 { $part } 条消息还没有读：《{ $title }》
mail-unread-more = 为了不打扰您，在您查看之前不会再为这个会话发邮件。
mail-notice-body =
    { $name }，您好：

    { $subject }。

    { $more }

    查看：{ $link }

    —— { $market }
