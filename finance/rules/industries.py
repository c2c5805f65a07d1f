"""Names of the codes that loan figures are broken down by (domain facts 4.1, 4.4)."""

from core.text import Text

# 《中小企业划型标准规定》(工信部联企业〔2011〕300号); I and O are personal business loans.
SIZES = {
    "L": Text("大型企业", "Large enterprises"),
    "M": Text("中型企业", "Medium enterprises"),
    "S": Text("小型企业", "Small enterprises"),
    "X": Text("微型企业", "Micro enterprises"),
    "I": Text("个体工商户", "Sole traders"),
    "O": Text("小微企业主", "Owners of small and micro enterprises"),
}

ENTERPRISE_SIZES = "LMSX"

# The 20 sections (门类) of GB/T 4754-2011.
INDUSTRIES = {
    "A": Text("农、林、牧、渔业", "Agriculture, forestry, animal husbandry and fishery"),
    "B": Text("采矿业", "Mining"),
    "C": Text("制造业", "Manufacturing"),
    "D": Text("电力、热力、燃气及水生产和供应业", "Electricity, heat, gas and water supply"),
    "E": Text("建筑业", "Construction"),
    "F": Text("批发和零售业", "Wholesale and retail trade"),
    "G": Text("交通运输、仓储和邮政业", "Transport, storage and post"),
    "H": Text("住宿和餐饮业", "Hotels and catering"),
    "I": Text("信息传输、软件和信息技术服务业", "Information, software and IT services"),
    "J": Text("金融业", "Finance"),
    "K": Text("房地产业", "Real estate"),
    "L": Text("租赁和商务服务业", "Leasing and business services"),
    "M": Text("科学研究和技术服务业", "Research and technical services"),
    "N": Text("水利、环境和公共设施管理业", "Water, environment and public facilities"),
    "O": Text("居民服务、修理和其他服务业", "Resident, repair and other services"),
    "P": Text("教育", "Education"),
    "Q": Text("卫生和社会工作", "Health and social work"),
    "R": Text("文化、体育和娱乐业", "Culture, sports and entertainment"),
    "S": Text("公共管理、社会保障和社会组织", "Public administration and social organisations"),
    "T": Text("国际组织", "International organisations"),
}
