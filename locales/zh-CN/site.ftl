# 站点：设置、审计、协议
refusal-setting-not-staff = 只有平台运营人员可以修改设置。设置没有变化。
refusal-setting-unknown = 没有这项设置。请从设置列表里选择要修改的一项。
refusal-setting-misfit = 这个值不符合该项设置的要求，设置没有变化。请按旁边的说明填写。
refusal-setting-prices-crossed = 最低价格不能高于最高价格，设置没有变化。请先调整另一项。
refusal-setting-no-reason = 请写明修改原因（2 到 300 字）。原因会留在审计记录里，设置暂时没有变化。

setting-market-name-zh = 站点中文名
setting-market-name-en = 站点英文名
setting-currency = 新需求使用的币种
setting-support-contact = 客服联系方式
setting-acceptance-days = 自动验收天数
setting-nondelivery-days = 逾期未交付自动退款天数
setting-funding-days = 付款期限（天）
setting-agreement-days = 签约期限（天）
setting-dispute-days = 纠纷处理期限（天）
setting-revisions = 默认修改次数
setting-provider-fee-bp = 服务方佣金（万分之）
setting-client-fee-bp = 需求方佣金（万分之）
setting-review-window-days = 评价期（天）
setting-reply-days = 评价回应期（天）
setting-inspect-requests = 需求发布前审核
setting-min-price-minor = 最低阶段价格（分）
setting-max-price-minor = 最高合同价格（分）
setting-guidance-min-deals = 给出预算参考所需的成交数
setting-code-minutes = 验证码有效期（分钟）
setting-session-days = 登录有效期（天）

legal-terms = 用户协议
legal-privacy = 隐私政策
legal-trading-rules = 交易规则
legal-version = 版本 { $version }

outgoing-channel-mail = 邮件
outgoing-channel-sms = 短信
outgoing-state-waiting = 等待发送
outgoing-state-sent = 已发送
outgoing-state-failed = 发送失败
