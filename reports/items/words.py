"""The words of the reports on forms of items."""

from core.text import Text

TOTAL = Text("合计", "Total")
WITHOUT = Text("不含深圳", "Without Shenzhen")
SHENZHEN = Text("深圳", "Shenzhen")
WITH = Text("含深圳", "With Shenzhen")
YI = Text("亿元", "×¥100m")
MONEY_UNIT = Text("单位：万元、家、%", "Unit: 10,000 yuan; number; %")
EXCLUDED = Text(
    "按本省统计惯例默认不含深圳，可在参数中选择含深圳；两种口径并列于“含与不含深圳”表。",
    "By the province's custom Shenzhen is left out unless asked for; both stand side by side in "
    "“With and without Shenzhen”.",
)
DIVISION = Text(
    "比率由分子、分母合计后相除，不平均；分母为零或未报时显示“—”。",
    "Ratios divide sums of numerators by sums of denominators and are never averaged; over "
    "nothing they print “—”.",
)
