# 个人主页与附件

profile-title = 我的主页
profile-lead = 需求方在比较报价时会看到这些内容。
profile-see = 看看别人眼中的我
profile-headline = 一句话介绍
profile-headline-hint = 例如：十年品牌设计师，做过 60 多家餐饮品牌
profile-about = 关于我
profile-about-hint = 做过什么、擅长什么、怎么合作。可以用 Markdown 排版。
profile-skills = 技能
profile-skills-hint = 最多选 15 项，选真正拿手的。
skills-choose = 选择技能
profile-location = 所在地
profile-rate = 每日报价
profile-rate-hint = 仅供参考，每个订单的价格以合同为准。
profile-save = 保存主页
profile-saved = 主页已保存，现在大家看到的就是新内容。
refusal-profile-log-in = 请先登录再修改主页。
refusal-profile-headline-long = 一句话介绍最多 { $max } 个字。
refusal-profile-headline-forbidden = 一句话介绍里有不可见的控制字符，请删掉后再保存。
refusal-profile-about-long = “关于我”最多 { $max } 个字。
refusal-profile-about-forbidden = “关于我”里有不可见的控制字符，请删掉后再保存。
refusal-profile-location-bad = 所在地最多 { $max } 个字，不能有控制字符。
refusal-profile-skills-bad = 最多选 { $max } 项技能，请从列表中选择。
refusal-profile-rate-bad = 每日报价要大于零，不超过 { $max }。
refusal-profile-stale = 主页在别处改过了，你填写的内容都还在；请核对后再保存一次。

refusal-file-log-in = 请先登录再上传文件。
refusal-file-empty = “{ $name }”是空文件，没有上传。
refusal-file-too-large = “{ $name }”太大了，单个文件最多 { $max_megabytes } MB。
refusal-file-kind-refused = 不接受“{ $name }”这种类型的文件。可以打包成 ZIP，或换成 PDF、图片、Office 文档等。
refusal-file-kind-mismatch = “{ $name }”的内容和扩展名不一致，没有上传。请用原来的格式另存一份再传。
refusal-file-too-many = 最多附 { $max } 个文件，多出来的请打包成 ZIP。
refusal-file-quota-used = 你的文件空间用完了（共 { $max_megabytes } MB），或有太多上传后没用的文件。请联系平台清理。
refusal-file-unknown = 找不到其中一个文件，它可能已经用在别处。请重新选择文件上传。
