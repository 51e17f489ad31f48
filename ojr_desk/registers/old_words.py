"""What offices write in books that they made themselves: headings for columns, words for choices.

A column names its list as `synonyms`, the likeliest heading first, or as `words`, by the choice's code. A
heading may stand for several columns: then each cell goes where its word is understood.
"""

CHANNEL = """
    来访方式 登记方式 反映方式 接待方式 受理方式 来源渠道 来源 信息来源 方式 来访形式 形式 反映渠道 受理渠道 类型 类别
"""
WHEN = """
    时间 日期 来访时间 来访日期 来电时间 来电日期 来信时间 来信日期 接待日期 接访时间 接访日期 接听时间 接听日期 接件时间
    接件日期 登记时间 登记日期 受理时间 受理日期 反映时间 反映日期 收件时间 收件日期 收信日期 咨询时间 咨询日期 办事时间
    办事日期 服务时间 服务日期 年月日
"""
PERSON = """
    来访人 来访人姓名 来访者 来访者姓名 来访人员 来访人员姓名 来访群众 来访群众姓名 来电人 来电人姓名 来电人员 来电群众
    来信人 来信人姓名 写信人 反映人 反映人姓名 反映人员 诉求人 诉求人姓名 当事人 当事人姓名 咨询人 咨询人姓名 求助人
    求助人姓名 申请人 申请人姓名 办事人 办事人姓名 办事群众 服务对象 服务对象姓名 群众姓名 居民姓名 村民姓名 户主 户主姓名
    联系人 联系人姓名 人员姓名 名字
"""
STAFF = "人员姓名 工作人员 工作人员姓名 干部姓名 名字"
ANONYMOUS = "匿名群众 匿名人员 不愿透露 不愿透露姓名 不肯留名 不留姓名 未留姓名"
ORGANISATION = "单位 工作单位 来访单位 所在单位 来电单位 单位全称 企业名称"
HEADS = "来访人数 来访人次 人次 来人数 同行人数 来访人员数"
RECEIVER = """
    接待人员 接访人 接访人员 接待人姓名 接待干部 接待者 接听人 接听人员 接线人 接线员 接电人 收件人 收信人 登记人 登记人员
    记录人 记录人员 受理人 受理人员 值班人 值班人员 值班员 值班干部 经办人 经办人员 经办人姓名 经手人 工作人员 办理人
    办理人员
"""
RESPONSIBLE = "首问责任人 责任人 承办人 承办人员 办理人 办理人员 经办人 经办人员 包案领导 包案人"
CATEGORY = """
    事项类型 问题类别 问题类型 诉求类别 诉求类型 业务类别 业务类型 服务类别 服务类型 服务项目 办事类别 来访类别 来访类型
    所属类别 类别 类型 分类
"""
NATURE = "性质 事项性质 问题性质 信访性质 来访性质 来访目的 来访类别 来访类型 诉求类型 类别 类型 分类"
CONTENT = """
    事由 来访事由 来电事由 来信事由 主要事由 反映事由 内容 来访内容 来电内容 来信内容 通话内容 反映内容 反映的内容
    反映问题 反映的问题 反映的主要问题 反映主要问题 反映情况 反映事项 主要问题 存在问题 问题 问题描述 诉求 诉求内容
    诉求事项 主要诉求 群众诉求 来访诉求 咨询内容 咨询事项 求助内容 求助事项 服务内容 办事内容 办理事项 办事事项 事项
    事项内容 来访事项 来电事项 情况说明 具体事由 具体内容 具体问题 摘要 内容摘要
"""
URGENCY = "紧急 缓急 轻重缓急 紧急情况 紧急级别"
DISPOSITION = """
    是否办结 办结情况 是否办理 办理状态 处理状态 状态 办理方式 办理情况 办理结果 办理进度 处理情况 处理结果 处置情况
    处置结果 解决情况 答复情况 落实情况 结果
"""
REPLY = """
    答复 答复情况 答复意见 答复结果 回复 回复内容 回复情况 反馈情况 反馈结果 办理情况 办理结果 办理意见 办理过程 处理情况
    处理结果 处理意见 处理内容 处理过程 处理 处置情况 处置结果 处置意见 解决情况 解决办法 解决措施 落实情况 办理及答复情况
    处理及答复情况 结果
"""
REFERRED_TO = "转办单位 转交单位 转办去向 转交去向 转办部门 转交部门 承办单位 承办部门 去向"
LEFT = "离开时间 离去时间 走时 结束时间"
CALLER = "主叫号码 来电显示 来电显示号码"
PHONE = """
    联系电话 电话号码 联系方式 手机 手机号 手机号码 联系号码 联系手机 来访人电话 来访者电话 来访群众电话 来电人电话
    来信人电话 反映人电话 诉求人电话 申请人电话 群众电话 本人电话 服务对象电话 固定电话 座机 移动电话
"""
ADDRESS = """
    地址 家庭住址 家庭地址 居住地址 居住地 现住址 现住地址 住所 联系地址 来访人住址 来访人地址 户籍地址 住址或单位
    详细地址 门牌号
"""
GRID = "所属网格 所在网格 网格名称 村民小组 小组 组别 村组 所在小组 所属小组 自然村"
IDENTITY = "身份 人员身份 人员类别 人员类型 群众类别"
CITIZEN_ID = "身份证 身份证号 身份证号码 证件号码 证件号 公民身份证号码 居民身份证号"
MOBILE = "手机号 手机号码 联系电话 电话 电话号码 联系方式 移动电话"
POSITION = "职务 党内职务 行政职务 现任职务 职位 岗位 岗位名称 担任职务"
POLITICS = "政治身份 面貌 是否党员"
APPOINTED = "任职时间 到岗时间 到岗日期 上岗时间 入职时间 入职日期"
VENUE = "场地名称 场所名称 房间 房间名称 功能室 功能室名称 用房名称 活动室 场地 场所"
PLACE = "地点 具体位置 所在位置 方位"
AREA = "面积 使用面积 建筑面积 用房面积 平方数"
SEATS = "可容纳人数 容纳 座位数 座位 容量 最多人数"
CASE_TITLE = "事项名称 事项 事由 标题名称 名称"
CHANNEL_WORDS = {
    "visit": "上门 当面 到访 走进来 现场 面谈 群众来访",
    "call": "电话 打电话 群众来电 电话来访 手机",
    "letter": "信件 来函 书信 信函 写信 群众来信",
    "online": "网络 网上 微信 微信群 钉钉 网信",
    "hotline": "热线 市长热线 便民热线 政务热线",
    "superior": "上级交办 上级转办 镇转办 街道转办 交办",
    "round": "走访 入户 入户走访 上门走访",
    "box": "信箱 意见箱投递",
}
NATURE_WORDS = {
    "consult": "咨询类 政策咨询 业务咨询 询问 了解情况",
    "help": "求助类 求决 求决类 困难求助",
    "service": "办理 代办 办事类 业务办理 服务 申请 办证",
    "suggestion": "建议类 意见建议 提建议",
    "criticism": "意见 批评",
    "complaint": "投诉类",
    "accusation": "举报 检举 控告 检举控告类",
    "praise": "表扬 感谢 致谢",
    "dispute": "纠纷 矛盾 调解 纠纷调解 邻里纠纷",
    "booking": "预定",
    "other": "其它",
}
CATEGORY_WORDS = {
    "other": "其它",
    "civil.relief": "低保 低保户 社会救助",
    "civil.disabled": "残疾",
    "civil.rites": "殡葬 婚姻 婚姻登记",
    "insurance.medical": "医保 新农合 农医保",
    "insurance.pension": "养老保险",
    "insurance.work": "工伤",
    "jobs": "就业 创业 招工",
    "veterans": "退伍军人 优抚",
    "law.advice": "法律",
    "law.mediation": "调解",
    "health": "计生 卫生计生 卫生健康",
    "education": "入学 教育",
    "papers": "户籍 户口",
    "housing.plot": "建房 宅基地 农村建房",
    "farming.land": "承包地 土地流转",
    "farming.subsidy": "农业补贴",
    "environment": "环境 垃圾 垃圾分类 环境整治",
    "facilities.road": "道路 路灯",
    "facilities.water": "自来水 饮用水 用水 污水",
    "facilities.power": "供电 用电",
    "fire": "消防 安全生产",
    "flood": "台风 防台 防汛",
    "neighbours": "纠纷 矛盾纠纷",
    "finance": "村财务 财务",
    "culture": "文化活动 体育 文体",
    "venue": "借场地 场地",
}
URGENCY_WORDS = {
    "normal": "普通 正常 一般件",
    "soon": "急 加急 急件",
    "urgent": "特急 很急 非常紧急",
}
DISPOSITION_WORDS = {
    "answered": "答复 已答复 已回复 已解释 已告知 口头答复 当面答复 电话答复 现场答复",
    "settled": "办结 已办结 已办 已办理 已处理 处理完毕 已处理完毕 办理完毕 已解决 解决 已落实 完成 已完成 办毕 当场解决 现场解决 是",
    "declined": "不受理",
    "referred": "转介",
    "noted": "登记 已登记 记录 办理中 处理中 正在办理 正在处理 在办 未办结 未办 未处理 未解决 待办 待处理 否",
}
POLITICAL_WORDS = {
    "party": "党员 中国共产党党员 是",
    "probationary": "预备党员",
    "league": "团员 共青团",
}
IDENTITY_WORDS = {
    "masses": "村民 居民",
    "deputy": "代表",
    "migrant": "外来人口 外来人员 新居民",
    "company": "企业",
}
ASSET_ASSET_NAME = "名称 品名 物品名称"
ASSET_ASSET_NO = "固定资产编号 卡片编号"
ASSET_ASSET_CLASS = "资产类别 类别"
ASSET_CLASS_CODE = "资产分类代码 资产代码 国标代码"
ASSET_UNIT = "单位"
ASSET_ORIGINAL_VALUE = "账面原值 原值 金额 价值"
ASSET_OWNERSHIP = "权属"
ASSET_ACQUIRED_ON = "购置日期 购入日期 入账日期"
ASSET_VENUE = "放置地点 位置"
ASSET_KEEPER = "保管人 责任人 管理责任人"
ASSET_SPEC = "规格 型号"
ASSET_SERIAL_NO = "出厂编号 机身号 SN"
ASSET_IN_SERVICE_ON = "投入使用日期"
ASSET_VOUCHER_NO = "会计凭证号"
ASSET_SUPPLIER = "供货单位 捐赠人"
ASSET_WARRANTY_UNTIL = "保修期至"
LOAN_ASSET = "借用物品"
LOAN_PHONE = "联系电话 电话"
LOAN_DUE_BACK_ON = "归还期限 预计归还"
FUND_OCCURRED_ON = "日期"
FUND_FUND_SOURCE = "来源 资金来源"
FUND_AMOUNT = "金额"
