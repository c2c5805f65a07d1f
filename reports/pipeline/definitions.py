"""The listing pipeline: what its numbers mean."""

from core.text import Text
from reports.definitions import Meaning, Meanings, means
from reports.pipeline.compute import PipelineReport

ENTERPRISES = Text("家", "enterprises")
DAYS = Text("天", "days")

DEFINITIONS: Meanings = {
    "in-the-library": means(
        "期末在库的后备企业家数，不含已上市",
        "enterprises in the library at the end of the window, without the listed",
        ENTERPRISES,
    ),
    "new": means(
        "期间首次入库的家次", "entries into the library from outside in the window", ENTERPRISES
    ),
    "fell-back": means(
        "期间退回前一批次的家次", "moves back to an earlier batch in the window", ENTERPRISES
    ),
    "left-the-library": means(
        "期间退库或被并购的家次",
        "enterprises that left the library or were taken over in the window",
        ENTERPRISES,
    ),
    "listed-in-the-window": means(
        "期间上市的家数", "enterprises listed in the window", ENTERPRISES
    ),
    "listed-in-all": means(
        "截至期末累计上市的家数", "enterprises listed by the end of the window", ENTERPRISES
    ),
    "opening": means(
        "期初在该批次（组）的家数",
        "enterprises in the batch or group at the start of the window",
        ENTERPRISES,
    ),
    "entered": means("期间进入该批次的家次", "entries into the batch in the window", ENTERPRISES),
    "left": means("期间转出该批次的家次", "moves out of the batch in the window", ENTERPRISES),
    "forward": means("其中转入后续批次的家次", "of them, moves to a later batch", ENTERPRISES),
    "fell_back": means(
        "其中退回前一批次的家次", "of them, moves back to an earlier batch", ENTERPRISES
    ),
    "gone": means(
        "其中退库、被并购的家次",
        "of them, those that left the library or were taken over",
        ENTERPRISES,
    ),
    "closing": means(
        "期末在该批次（组）的家数",
        "enterprises in the batch or group at the end of the window",
        ENTERPRISES,
    ),
    "active": means(
        "其中正常推进、未搁置的家数", "of them, those that go on and are not set aside", ENTERPRISES
    ),
    "number": means("期间按该流向变动的家次", "moves of this way in the window", ENTERPRISES),
    "through": means(
        "期间进入者中截至当日已转入后续批次的家数",
        "of those that entered in the window, those that had gone on by the day",
        ENTERPRISES,
    ),
    "converted": means("已转入后续批次的家数 ÷ 期间进入的家数", "gone on / entered in the window"),
    "moves": means("期间转入下一批次的家次", "moves to the next batch in the window", ENTERPRISES),
    "median": means(
        "期间转入者在本批次停留天数的中位数",
        "median of the days that those who moved on had stayed in the batch",
        DAYS,
    ),
    "shortest": means(
        "期间转入者在本批次停留的最短天数",
        "fewest days that one who moved on had stayed in the batch",
        DAYS,
    ),
    "longest": means(
        "期间转入者在本批次停留的最长天数",
        "most days that one who moved on had stayed in the batch",
        DAYS,
    ),
    "total": means(
        "各批次期末家数合计", "enterprises of all batches at the end of the window", ENTERPRISES
    ),
    "moved": means(
        "期间因迁址、改行业等转入减转出该组的家数",
        "enterprises that came into the group less those that left it by moving seat, "
        "trade or board",
        ENTERPRISES,
    ),
}


def definitions(report: PipelineReport) -> Meanings:
    """What every number means, each batch's column by the batch's name."""
    return DEFINITIONS | {
        f"stage{place}": Meaning(
            Text(
                f"期末在“{report.name(stage).zh}”的家数",
                f"enterprises in “{report.name(stage).en}” at the end of the window",
            ),
            ENTERPRISES,
        )
        for place, stage in enumerate(report.figures.stages)
    }
