# 首页

home-title = 放心接单，放心付款
home-lead = 需求方先把钱交平台托管，服务方看得见才开工。付款之前，双方都能看到这笔订单的每一种结局和准确金额。
home-or = 有事要找人做？
home-or-post = 发布一条需求
home-categories = 按类别找
home-open-count = { $n } 条开放中
home-open-none = 暂无需求
home-how = 钱是这样保护双方的
home-how-agree = 先谈清楚，再签合同
home-how-agree-text = 服务方报价并写明里程碑。合同把范围、金额和服务费固定下来，之后谁也不能单方面改。
home-how-hold = 钱先由平台托管
home-how-hold-text = 需求方托管当前里程碑的款项。服务方看到钱已到位才动手，需求方的钱也没有直接付出去。
home-how-pay = 验收后才付款
home-how-pay-text = 验收通过，钱进入服务方余额；一直没有交付，就自动退还需求方。
home-promise-endings = 付款前看清每种结局
home-promise-endings-text = 验收、超时、取消、退款，各得多少都提前列出，并且只会是其中一种。
home-promise-clock = 没人回复，也有结果
home-promise-clock-text = 每一步都有期限，到期怎么处理事先写明，不会无限期拖着。
home-promise-book = 每一分钱都有账
home-promise-book-text = 复式记账，只增不改。每笔进出都能在对账单里查到。
home-requests = 最新需求
home-requests-all = 查看全部
home-requests-none = 还没有公开的需求
home-requests-none-text = 成为第一个发布需求的人：一页就能写完，审核后服务方马上能看到。
home-bids = { $n ->
    [0] 还没有报价
   *[other] { $n } 份报价
}
home-people = 近期完成过订单的服务方
home-tree-label = 一笔订单的全部结局（示意）
home-tree-now = 钱在托管中，接下来只有这几种结局
home-tree-accepted = 需求方验收
home-tree-accepted-by = 随时
home-tree-silence = 交付后没人答复
home-tree-silence-by = 到期自动付款
home-tree-split = 双方协商取消
home-tree-split-by = 按约定分配
home-tree-refund = 一直没有交付
home-tree-refund-by = 到期全额退款
home-tree-provider = 服务方
home-tree-platform = 平台服务费
home-tree-client = 退回需求方
