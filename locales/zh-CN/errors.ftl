# 出错页面

error-home = 回到首页
error-orders = 看我的订单
error-number = 编号
error-refused-title = 这一步没有成功
error-not-found-title = 没有找到这个页面
error-not-found-text = 它可能已被撤下，或者只有当事人能看到。资金不受影响。试试搜索。
error-wrong-method-title = 这个地址不能这样打开
error-wrong-method-text = 请从页面上的按钮进入。没有动用任何资金。
error-too-large-title = 内容太大了
error-too-large-text = 文字或文件超过了上限，没有保存，也没有动用资金。请返回，缩短文字或换小一些的文件。
error-form-expired-title = 这个页面放得太久了
error-form-expired-text = 为了防止有人冒用你的身份，这次提交没有处理，也没有动用资金。请返回上一页，刷新后再提交。
error-too-many-title = 操作太频繁
error-too-many-text = 请 { $seconds } 秒后再试。这次操作没有处理，也没有动用资金。
error-busy-title = 现在有点忙
error-busy-text = 我们没能及时处理你的请求。如果刚才在付款，请先看订单里的状态，不要重复支付。请稍后再试。
error-unreadable-title = 没能读懂提交的内容
error-unreadable-text = 收到的内容不完整或不是文字，没有处理，也没有动用资金。请返回重试。
error-fault-title = 我们这边出错了
error-fault-text = 这次操作没有完成，没有动用资金。问题已经记录，请稍后再试；联系客服时请附上下面的编号。
