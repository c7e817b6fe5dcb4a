# 全站通用

skip-to-main = 跳到正文
nav-label = 主导航
nav-bottom-label = 底部导航
nav-home = 首页
nav-find = 找需求
nav-find-short = 需求
nav-post = 发布需求
nav-post-short = 发布
nav-orders = 订单
nav-messages = 消息
nav-notifications = 通知
nav-me = 我的
nav-watch = 管理后台
nav-login = 登录
nav-signup = 注册
search-label = 搜索需求
search-placeholder = 搜索需求，例如“小程序”
search-do = 搜索
crumbs-label = 当前位置
tabs-label = 标签页
pager-label = 翻页
pager-newer = 较新
pager-older = 较早
dialog-close = 关闭
confirm-yes = 确定
copy-do = 复制
copy-done = 已复制
switch-language = 语言
switch-theme = 配色
theme-light = 浅色
theme-dark = 深色
theme-system = 跟随系统
footer-label = 页脚
footer-says = 钱先由平台托管，验收后才付给服务方。
footer-terms = 服务协议
footer-privacy = 隐私政策
footer-rules = 交易规则
footer-outbox = 演示收件箱
footer-clock = 演示时钟

# 时间
time-just-now = 刚刚
time-minutes-ago = { $n } 分钟前
time-hours-ago = { $n } 小时前
time-days-ago = { $n } 天前
time-over = 已到期
time-in-a-minute = 不到 1 分钟
time-in-minutes = 还有 { $n } 分钟
time-in-hours = 还有 { $n } 小时
time-in-days = 还有 { $n } 天

# 表单
form-optional = （选填）
form-refused = 请检查标出的地方，填写的内容都还在
refusal-form-money-unreadable = 这里要填金额，例如 3000 或 3,000.50。还没有动用任何资金。
refusal-form-money-too-precise = 金额的小数位太多了，人民币最多两位。还没有动用任何资金。
refusal-form-money-too-large = 这个金额太大了，系统无法处理。还没有动用任何资金。
refusal-form-number-unreadable = 这里要填整数，例如 14。
refusal-form-unknown-choice = 请从给出的选项里选一项。
upload-drop = 把文件拖到这里，或点击选择
upload-remove = 移除

# 人
reviews-count = { $n } 条评价
person-no-reviews = 还没有评价
person-finished = 完成 { $n } 单
person-answers = 通常 { $n } 小时内回复

# 钱与结局
money-line-label = 这笔钱现在在哪里
outcome-label = 所有可能的结局
outcome-now = 现在：
outcome-ending = 结局
outcome-by = 期限
outcome-you = 你得到
outcome-you-back = 退回给你
outcome-provider = 服务方得到
outcome-client = 退回需求方
outcome-platform = 平台服务费
outcome-silent = 没人操作时，就按这个结束
outcome-impossible = 已不可能
outcome-happened = 已发生
outcome-open = 不限
outcome-foot = 以上金额由托管流程逐条计算，订单结束时必定是其中一种。

# 样式
styleguide-title = 界面样式
styleguide-lead = 每个组件只有一种画法。新页面从这里取用。
styleguide-buttons = 按钮与对话框
styleguide-money = 金额
styleguide-outcome = 结局表
styleguide-timeline = 时间线
styleguide-people = 人物卡片
styleguide-badges = 状态、标签与步骤
styleguide-notices = 提示与空状态
styleguide-form = 表单
styleguide-table = 表格
