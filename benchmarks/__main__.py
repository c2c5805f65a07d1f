"""All benchmarks at sizes that a coffee lasts for: ``python -m benchmarks`` or ``make bench``.

Each runs in a process of its own; docs/benchmarks.md says what was found at full size.
"""

import os
import subprocess
import sys

SMALL = (
    ("checks", []),
    ("read_workbook", []),
    ("intake", ["--lines", "20160"]),
    ("ordinary_import", []),
    ("deadline", ["--institutions", "32"]),
    ("report_size", ["--small", "50000", "--large", "500000"]),
    ("item_forms", ["--institutions", "12", "--large", "24"]),
    ("pipeline", ["--enterprises", "10000"]),
    ("coverage_pdf", []),
    ("xlsx_export", []),
    ("api", []),
    ("wire", []),
    ("changes", ["--lines", "40320"]),
)


def main() -> None:
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    failed = []
    for name, arguments in SMALL:
        print(f"\n== {name}", flush=True)
        command = [sys.executable, "-m", f"benchmarks.{name}", *arguments]
        if subprocess.run(command, env=environment, check=False).returncode:
            failed.append(name)
    if failed:
        sys.exit(f"did not finish: {', '.join(failed)}")


if __name__ == "__main__":
    main()
