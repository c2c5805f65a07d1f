"""The rows of the guarantee forms, in the order of the printed forms (domain facts 5.2, 5.3)."""

from core.text import Text

FINANCING = ("loans", "acceptances", "trade", "projects", "letters_of_credit", "bonds",
             "other_financing")  # fmt: skip
NON_FINANCING = ("litigation", "bids", "performance", "other_non_financing")

BUSINESS = {
    "total": Text("担保业务合计", "All guarantees"),
    "financing": Text("融资性担保", "Financing guarantees"),
    "sme": Text("其中：中小企业", "of which: small and medium enterprises"),
    "micro": Text("其中：小微企业", "of which: small and micro enterprises"),
    "loans": Text("贷款担保", "Loans"),
    "acceptances": Text("票据承兑担保", "Bill acceptances"),
    "trade": Text("贸易融资担保", "Trade finance"),
    "projects": Text("项目融资担保", "Project finance"),
    "letters_of_credit": Text("信用证担保", "Letters of credit"),
    "bonds": Text("债券发行担保", "Bond issues"),
    "other_financing": Text("其他融资性担保", "Other financing guarantees"),
    "non_financing": Text("非融资性担保", "Non-financing guarantees"),
    "litigation": Text("诉讼保全担保", "Litigation preservation"),
    "bids": Text("投标、预付款担保", "Bids and advance payments"),
    "performance": Text("工程履约、尾款支付担保", "Performance and final payments"),
    "other_non_financing": Text("其他非融资性担保", "Other non-financing guarantees"),
    "reguarantee": Text("再担保", "Re-guarantees"),
}
COMPENSATION = {
    "total": Text("担保代偿合计", "All compensation"),
    "financing": Text("其中：融资性担保", "of which: financing guarantees"),
    "sme": Text("其中：中小企业融资性担保", "of which: small and medium enterprises"),
}
AMOUNTS = {
    "paid_in_capital": Text("实收资本", "Paid-in capital"),
    "state_capital": Text("其中：国有资本", "of which: state-owned"),
    "total_assets": Text("资产总额", "Total assets"),
    "liabilities": Text("负债总额", "Liabilities"),
    "net_assets": Text("净资产", "Net assets"),
    "long_term_equity": Text("长期股权投资", "Long-term equity investment"),
    "other_investments": Text("自有资金其他投资", "Other investments of own funds"),
    "unearned_premium_reserve": Text("未到期责任准备金", "Unearned premium reserve"),
    "compensation_reserve": Text("担保赔偿准备金", "Compensation reserve"),
    "general_risk_reserve": Text("一般风险准备金", "General risk reserve"),
    "premium_income": Text("担保费收入（本年累计）", "Premium income, this year"),
    "net_profit": Text("净利润（本年累计）", "Net profit, this year"),
    "taxes": Text("税收（本年累计）", "Taxes, this year"),
    "largest_party": Text("最大单户担保责任余额", "Largest single party"),
    "largest_with_affiliates": Text("最大单户及关联方担保责任余额",
                                    "Largest party with its affiliates"),
    "largest_bond_party": Text("最大单户债券发行担保责任余额", "Largest party's bond guarantees"),
    "ten_largest": Text("前十大客户担保责任余额", "Ten largest parties"),
    "parent_subsidiary": Text("为母子公司提供的担保", "Guarantees for parent or subsidiaries"),
}  # fmt: skip
BANK_TYPES = {
    "policy_postal": Text("政策性银行及邮储银行", "Policy banks and the postal bank"),
    "state": Text("国有商业银行", "State-owned banks"),
    "joint_stock": Text("股份制商业银行", "Joint-stock banks"),
    "city": Text("城市商业银行", "City banks"),
    "rural": Text("农村合作金融机构", "Rural cooperative institutions"),
    "foreign": Text("外资银行", "Foreign banks"),
    "non_bank": Text("非银行金融机构", "Non-bank institutions"),
    "other": Text("其他", "Other"),
}
HALF_YEAR = {
    "loans": Text("各项贷款余额（万元）", "Loans (10,000 yuan)"),
    "npl": Text("不良贷款余额（万元）", "Non-performing loans (10,000 yuan)"),
    "borrowers": Text("企业贷款户数（户）", "Enterprise borrowers (number)"),
    "guaranteed_parties": Text("融资性担保贷款户数（户）", "Guaranteed borrowers (number)"),
    "guaranteed_loans": Text("融资性担保贷款余额（万元）", "Guaranteed loans (10,000 yuan)"),
    "guaranteed_npl": Text("融资性担保贷款不良余额（万元）",
                           "Non-performing guaranteed loans (10,000 yuan)"),
    "compensated_parties": Text("代偿户数（户）", "Compensated borrowers (number)"),
    "compensated": Text("代偿金额（万元）", "Compensated (10,000 yuan)"),
    "to_be_compensated": Text("应承担代偿责任余额（万元）",
                              "Still to be compensated (10,000 yuan)"),
    **{f"banks_{code}": Text(f"合作机构：{text.zh}（家）", f"Partners: {text.en} (number)")
       for code, text in BANK_TYPES.items()},
    "corporate_guarantors": Text("合作担保机构：公司制（家）", "Guarantors: companies (number)"),
    "other_guarantors": Text("合作担保机构：非公司制（家）", "Guarantors: others (number)"),
}  # fmt: skip
COUNTED = tuple(
    item for item in HALF_YEAR if "（户）" in HALF_YEAR[item].zh or "（家）" in HALF_YEAR[item].zh
)
