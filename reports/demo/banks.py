"""The invented banks that file loan figures."""

from dataclasses import dataclass

ALL = [
    "440100",
    "440300",
    "440400",
    "440500",
    "440600",
    "440200",
    "441600",
    "441400",
    "441300",
    "441500",
    "441900",
    "442000",
    "440700",
    "441700",
    "440800",
    "440900",
    "441200",
    "441800",
    "445100",
    "445200",
    "445300",
]
DELTA = ["440100", "440300", "440400", "440600", "441300", "441900", "442000", "440700", "441200"]


@dataclass(frozen=True, slots=True)
class Bank:
    """An invented bank: where it sits, where it lends, and how large it is.

    ``scale`` is the rough size of a line in 万元; ``sizes`` and ``industries`` are the codes
    of the lines that it files for each prefecture.
    """

    code: str
    kind: str
    name: str
    home: str
    places: tuple[str, ...]
    scale: int
    sizes: str = "LMSXIO"
    industries: str = "ACEFGHIL"


def _bank(code: str, kind: str, name: str, places: list[str], scale: int, **more: str) -> Bank:
    return Bank(code, kind, f"演示{name}", places[0], tuple(places), scale, **more)


BANKS: tuple[Bank, ...] = (
    _bank("B0001", "city_bank", "榕江城市银行", ["440100", "440600", "441400"], 26_000,
          industries="ACEFGH"),
    _bank("B0002", "rural_bank", "丹霞农村商业银行", ["440200"], 14_000, industries="ABCDEFGH"),
    _bank("B0003", "state_bank", "国有第一银行广东省分行", ALL, 90_000),
    _bank("B0004", "joint_stock_bank", "云帆股份银行广州分行", DELTA, 42_000, sizes="LMSXO"),
    _bank("B0005", "rural_bank", "水乡农村商业银行", ["441900"], 38_000, industries="CEFGHIL"),
    _bank("B0006", "rural_bank", "香山农村商业银行", ["442000"], 30_000, industries="CEFGHIL"),
    _bank("B0007", "city_bank", "湾区城市银行", ["440400", "442000", "440700"], 22_000,
          industries="CEFGHI"),
    _bank("B0008", "rural_bank", "鼎湖农村商业银行", ["441200"], 15_000, industries="ACEFGH"),
    _bank("B0009", "credit_cooperative", "雷州半岛信用联社", ["440800"], 13_000,
          sizes="MSXIO", industries="ACEFGH"),
    _bank("B0010", "credit_cooperative", "万绿湖信用联社", ["441600"], 9_000,
          sizes="MSXIO", industries="ACEFGH"),
    _bank("B0011", "rural_bank", "潮声农村商业银行", ["445100", "445200"], 12_000,
          industries="ACEFGH"),
    _bank("B0012", "joint_stock_bank", "海岸股份银行深圳分行", ["440300", "441300"], 60_000,
          sizes="LMSXO"),
    _bank("B0013", "postal_bank", "绿驿储蓄银行广东分行", ALL, 16_000,
          sizes="SXIO", industries="ACFGH"),
    _bank("B0014", "state_bank", "国有第二银行广东省分行", ALL, 80_000, industries="ACDEFGIL"),
    _bank("B0015", "policy_bank", "开发促进银行广东分行", DELTA[:4] + ["440800"], 120_000,
          sizes="LM", industries="CDEGN"),
    _bank("B0016", "foreign_bank", "南洋外资银行广州分行", ["440100", "440300"], 30_000,
          sizes="LMS", industries="CFIL"),
    _bank("B0017", "rural_bank", "漠阳江农村商业银行", ["441700"], 11_000, industries="ACEFGH"),
    _bank("B0018", "rural_bank", "鉴江农村商业银行", ["440900"], 13_000, industries="ACEFGH"),
    _bank("B0019", "credit_cooperative", "北江信用联社", ["441800"], 11_000,
          sizes="MSXIO", industries="ACEFGH"),
    _bank("B0020", "rural_bank", "韩江农村商业银行", ["440500", "445100"], 16_000,
          industries="CEFGH"),
    _bank("B0021", "rural_bank", "东江农村商业银行", ["441300"], 20_000, industries="CEFGHI"),
    _bank("B0022", "city_bank", "西樵城市银行", ["440600", "441200"], 34_000,
          industries="CEFGHI"),
    _bank("B0023", "credit_cooperative", "西江信用联社", ["445300"], 8_000,
          sizes="MSXIO", industries="ACEFGH"),
    _bank("B0024", "credit_cooperative", "碣石湾信用联社", ["441500"], 8_000,
          sizes="MSXIO", industries="ACEFGH"),
    _bank("B0025", "joint_stock_bank", "群峰股份银行广州分行", DELTA[:6], 40_000, sizes="LMSXO"),
    _bank("B0026", "rural_bank", "梅花农村商业银行", ["441400"], 12_000, industries="ACEFGH"),
    _bank("B0027", "rural_bank", "侨乡农村商业银行", ["440700"], 19_000, industries="ACEFGH"),
    _bank("B0028", "state_bank", "国有第三银行广东省分行", ALL, 70_000, industries="ACEFGHKL"),
    _bank("B0029", "joint_stock_bank", "启明股份银行深圳分行", ["440300"], 66_000, sizes="LMSXO"),
    _bank("B0030", "rural_bank", "越秀山农村商业银行", ["440100"], 44_000, industries="ACEFGHIL"),
)  # fmt: skip
