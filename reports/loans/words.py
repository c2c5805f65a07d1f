"""The words of the loan report."""

from core.models.territory import Region
from core.text import Text

REGIONS = {
    Region.PEARL_DELTA.value: Text("珠三角", "Pearl River Delta"),
    Region.EAST.value: Text("粤东", "Eastern Guangdong"),
    Region.WEST.value: Text("粤西", "Western Guangdong"),
    Region.NORTH.value: Text("粤北", "Northern Guangdong"),
}
KINDS = {
    "policy_bank": Text("政策性银行", "Policy banks"),
    "state_bank": Text("国有商业银行", "State commercial banks"),
    "joint_stock_bank": Text("股份制商业银行", "Joint-stock banks"),
    "city_bank": Text("城市商业银行", "City commercial banks"),
    "rural_bank": Text("农村商业（合作）银行", "Rural commercial and cooperative banks"),
    "credit_cooperative": Text("农村信用社", "Rural credit cooperatives"),
    "postal_bank": Text("邮政储蓄银行", "Postal savings bank"),
    "foreign_bank": Text("外资银行", "Foreign banks"),
    "village_bank": Text("村镇银行", "Village banks"),
}
POPULATION_LABELS = {
    "sme": Text("中小微型企业", "Medium, small and micro enterprises"),
    "small_micro": Text("小微企业（含个体工商户、小微企业主）", "Small and micro, incl. owners"),
    "enterprise": Text("全部企业", "All enterprises"),
    "all": Text("全部经营性贷款", "All business loans"),
}
DIMENSIONS = {
    "prefecture": Text("地市", "Prefecture"),
    "region": Text("区域", "Region"),
    "size": Text("企业规模", "Enterprise size"),
    "industry": Text("行业", "Industry"),
    "kind": Text("机构类别", "Institution kind"),
    "period": Text("月份", "Month"),
}
TITLE = Text("广东省中小微企业贷款情况", "Loans to small and medium enterprises in Guangdong")
PROVINCE = Text("合计", "Total")
