"""How fast the checks are: line × checks per second on one core, places of findings included.

python -m benchmarks.checks [--lines 100000]
"""

import argparse
import datetime
import os
import statistics
import time
from decimal import Decimal

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
django.setup()

from benchmarks import synthetic  # noqa: E402
from finance.rules.industries import INDUSTRIES, SIZES  # noqa: E402
from returns.checking.context import Context  # noqa: E402
from returns.checking.run import run_checks  # noqa: E402
from returns.forms import form as form_called  # noqa: E402

RULES = {
    "sme-loans.tolerance": "0.01", "sme-loans.change-max": "30", "sme-loans.change-floor": "100",
    "sme-loans.unit-slip": "10000", "sme-loans.rate-min": "3", "sme-loans.rate-max": "26.24",
}  # fmt: skip


def plain_context() -> Context:
    """Return what is known around a synthetic return."""
    return Context(
        form="sme-loans", institution="B001", institution_name="B001",
        institution_kind="city_bank", period="2012-06", month=6,
        ends_on=datetime.date(2012, 6, 30),
        codes={"prefecture": synthetic.SYNTHETIC, "size": tuple(SIZES),
               "industry": tuple(INDUSTRIES)},
        names={"prefecture": {}, "size": SIZES, "industry": INDUSTRIES},
        rules={code: Decimal(value) for code, value in RULES.items()},
    )  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=100_000)
    count = parser.parse_args().lines
    form = synthetic.wide_form(form_called("sme-loans"))
    context = synthetic.wide_context(form, plain_context())
    past = synthetic.sound_tables(form, context, count)
    context = synthetic.with_history(context, past)
    print(f"{count:,} lines, {len(form.checks)} checks, one core")
    for share in (0.0, 0.01, 0.1):
        seconds, findings = [], 0
        for _ in range(7):
            tables = synthetic.sound_tables(form, context, count)
            synthetic.spoil(tables, share)
            start = time.perf_counter()
            found, errors, warnings = run_checks(form.checks, tables, context)
            seconds.append(time.perf_counter() - start)
            findings = errors + warnings
        middle = statistics.median(seconds)
        print(
            f"  {share:4.0%} of lines spoiled: {middle * 1000:7.1f} ms, "
            f"{count * len(form.checks) / middle / 1e6:7.1f} million line × checks/s, "
            f"{findings:,} findings located ({len(found):,} written out)"
        )


if __name__ == "__main__":
    main()
