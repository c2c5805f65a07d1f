"""The words of the coverage report, in both languages."""

from core.text import Text
from finance.rules.presence import Basis, Unit

REGIONS = {
    "delta": Text("珠三角", "Pearl River Delta"),
    "east": Text("粤东", "Eastern Guangdong"),
    "west": Text("粤西", "Western Guangdong"),
    "north": Text("粤北", "Northern Guangdong"),
}
BASES = {
    Basis.OPENED: Text("开业", "Open for business"),
    Basis.ESTABLISHED: Text("组建（含批准筹建）", "Established, incl. approved to prepare"),
}
UNITS = {
    Unit.HEAD_OFFICE: Text("法人机构总部", "Head office"),
    Unit.ANY_OUTLET: Text("任一营业网点", "Any outlet"),
}
# tone → (letter, meaning): the letter stands beside the colour on map, page and PDF
TONES = {
    "opened": (Text("开", "O"), Text("已开业", "Open")),
    "established": (Text("筹", "P"), Text("批准筹建", "Approved to prepare")),
    "pipeline": (Text("拟", "I"), Text("有意向或规划", "Intended or planned")),
    "none": (Text("空", "–"), Text("尚无进展", "Nothing under way")),
}
EVENTS = {
    "opened": Text("开业", "Opened"),
    "preparation_approved": Text("批准筹建", "Approved to prepare"),
    "preparation_lapsed": Text("筹建失效", "Preparation lapsed"),
    "opening_approved": Text("批准开业", "Approved to open"),
    "branch_opened": Text("分支机构开业", "Branch opened"),
    "branch_closed": Text("分支机构撤销", "Branch closed"),
    "relocated": Text("迁址", "Relocated"),
    "exited": Text("退出", "Exited"),
    "abandoned": Text("意向终止", "Given up"),
    "blocked": Text("受阻", "Blocked"),
    "intention": Text("发起意向", "Intention"),
    "plan_approved": Text("规划获批", "Plan approved"),
    "preparation_accepted": Text("筹建申请受理", "Preparation under review"),
    "opening_accepted": Text("开业申请受理", "Opening under review"),
    "licence_granted": Text("取得金融许可证", "Licensed"),
    "registered": Text("工商登记", "Registered"),
}
EXITS = {
    "dissolved": Text("解散", "dissolved"),
    "merged": Text("被吸收合并", "merged"),
    "revoked": Text("撤销", "revoked"),
    "branch": Text("改制为支行", "turned into a branch"),
    "other": Text("其他", "other"),
}


def both(text: str) -> Text:
    """A name that is the same in both languages."""
    return Text(text, text)
