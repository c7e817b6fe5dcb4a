# 信件与短信：验证码，以及与账户有关的通知。subject 与 body 用于邮件，sms 用于短信。
letter-signup-code-subject = {$code} 是你的注册验证码
letter-signup-code-body =
    你好！

    你正在注册{$market}。请在页面上填写这个验证码：

    {$code}

    {$minutes} 分钟内有效，只能用一次。请不要告诉任何人，我们的员工也不会向你索要。
    如果不是你本人操作，忽略这封邮件即可，不会有账户被创建。
letter-signup-code-sms = 【{$market}】注册验证码 {$code}，{$minutes} 分钟内有效。请勿告诉他人；如非本人操作，请忽略。
letter-signup-known-subject = {$code} 是你的登录验证码（你已经有账户）
letter-signup-known-body =
    {$name}，你好！

    有人用这个邮箱注册{$market}，而你在这里已经有账户了。
    如果是你本人，在页面上填写这个验证码就会直接登录：

    {$code}

    {$minutes} 分钟内有效，只能用一次。请不要告诉任何人。
    如果不是你本人操作，忽略这封邮件即可，你的账户没有任何变化。
letter-signup-known-sms = 【{$market}】你已有账户，填写验证码 {$code} 即可登录，{$minutes} 分钟内有效。请勿告诉他人；如非本人操作，请忽略。
letter-login-code-subject = {$code} 是你的登录验证码
letter-login-code-body =
    {$name}，你好！

    你正在登录{$market}。验证码是：

    {$code}

    {$minutes} 分钟内有效，只能用一次。请不要告诉任何人，我们的员工也不会向你索要。
    如果不是你本人操作，忽略这封邮件即可；没有验证码，别人无法登录。
letter-login-code-sms = 【{$market}】登录验证码 {$code}，{$minutes} 分钟内有效。请勿告诉他人；如非本人操作，请忽略。
letter-login-unknown-subject = 这个邮箱还没有注册{$market}
letter-login-unknown-body =
    你好！

    有人想用这个邮箱登录{$market}，但这里还没有用它注册的账户。
    如果是你本人，请改用注册时填写的邮箱或手机号，或者先注册一个账户。
    如果不是你，忽略这封邮件即可。
letter-login-unknown-sms = 【{$market}】这个手机号还没有注册账户。如果是你本人想登录，请先注册；如非本人操作，请忽略。
letter-reset-code-subject = {$code} 是你重设密码的验证码
letter-reset-code-body =
    {$name}，你好！

    你正在重设{$market}的密码。验证码是：

    {$code}

    {$minutes} 分钟内有效，只能用一次。新密码设好后，所有已登录的设备都会退出。
    如果不是你本人操作，忽略这封邮件即可，密码不会改变。
letter-reset-code-sms = 【{$market}】重设密码的验证码 {$code}，{$minutes} 分钟内有效。请勿告诉他人；如非本人操作，请忽略。
letter-reset-unknown-subject = 这个邮箱还没有注册{$market}
letter-reset-unknown-body =
    你好！

    有人想为这个邮箱重设{$market}的密码，但这里还没有用它注册的账户。
    如果是你本人，请试试注册时填写的其他邮箱或手机号。
    如果不是你，忽略这封邮件即可。
letter-reset-unknown-sms = 【{$market}】这个手机号还没有注册账户，无法重设密码。如非本人操作，请忽略。
letter-change-code-subject = {$code} 是绑定这个邮箱的验证码
letter-change-code-body =
    {$name}，你好！

    你正在把这个邮箱绑定到你的{$market}账户。验证码是：

    {$code}

    {$minutes} 分钟内有效，只能用一次。
    如果不是你本人操作，请忽略这封邮件。
letter-change-code-sms = 【{$market}】绑定手机号的验证码 {$code}，{$minutes} 分钟内有效。请勿告诉他人；如非本人操作，请忽略。
letter-change-taken-subject = 这个邮箱已经绑定了另一个账户
letter-change-taken-body =
    {$name}，你好！

    有人想把这个邮箱绑定到另一个{$market}账户，但它已经是你这个账户的邮箱，所以没有改变。
    如果是你本人，请直接用这个邮箱登录；如果不是，忽略这封邮件即可。
letter-change-taken-sms = 【{$market}】这个手机号已绑定你现有的账户，不能再绑定到另一个账户。如非本人操作，请忽略。
letter-contact-changed-subject = 你的{$market}账户换了联系方式
letter-contact-changed-body =
    {$name}，你好！

    你的{$market}账户刚刚改用新的联系方式：{$to}。以后请用它登录和接收通知。

    如果不是你本人操作，请马上重设密码，并联系我们。
letter-contact-changed-sms = 【{$market}】你的账户已改用新的联系方式 {$to}。如非本人操作，请马上重设密码并联系我们。
letter-password-changed-subject = 你的{$market}密码已更改
letter-password-changed-body =
    {$name}，你好！

    你的{$market}账户刚刚设置了新密码，其他设备已经退出登录。

    如果不是你本人操作，请马上用验证码登录并重设密码，然后联系我们。
letter-password-changed-sms = 【{$market}】你的账户已设置新密码，其他设备已退出登录。如非本人操作，请马上重设密码并联系我们。
