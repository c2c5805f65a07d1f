"""The checks and the data dictionary, from the declarations."""

import re
from itertools import groupby
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.dictionary import KINDS
from core.models import RuleParameter
from core.permissions import requires
from core.text import Text
from returns.checking.check import SEVERITY_LABELS, TIER_LABELS
from returns.checking.words import all_checks
from returns.dictionary import FILES, chosen, dictionary_file, entries
from returns.forms import FORMS

PLACE = re.compile(r"\{\w+\}")


@requires(get="reference.view")
def checks(request: HttpRequest) -> HttpResponse:
    """Every check with its code, what it asks, how to mend, and the rules it reads."""
    forms = []
    for form in FORMS.values():
        tiers: dict[object, list[object]] = {}
        for check in all_checks(form):
            tiers.setdefault(check.tier, []).append(
                {
                    "check": check,
                    "severity": SEVERITY_LABELS[check.severity],
                    "cure": _in_general(check.cure),
                }
            )
        forms.append({"form": form, "tiers": [(TIER_LABELS[t], c) for t, c in tiers.items()]})
    codes = {p for f in FORMS.values() for c in all_checks(f) for p in c.parameters}
    context = {
        "title": _("审核规则说明"),
        "forms": forms,
        "rules": RuleParameter.objects.filter(code__in=codes),
    }
    return render(request, "returns/checks.html", context)


def _in_general(text: Text) -> Text:
    """A cure whose places are filled in only when a finding is made: an ellipsis for each."""
    return Text(PLACE.sub("……", text.zh), PLACE.sub("…", text.en))


@requires(get="reference.view")
def dictionary(request: HttpRequest) -> HttpResponse:
    """What every field of every form and register means; as CSV or JSON with ``?format=``."""
    kind, of, words = (request.GET.get(name, "") for name in ("kind", "of", "q"))
    found = chosen(kind=kind, of=of, words=words)
    if request.GET.get("format") in FILES:
        return dictionary_file(request.GET["format"], found, get_language() or "")
    sections = [(key, list(rows)) for key, rows in groupby(found, lambda each: each.of)]
    context = {
        "title": _("数据字典"),
        "sections": [(rows[0], rows) for _key, rows in sections],
        "all": list({each.of: each.of_title for each in entries()}.items()),
        "kinds": list(KINDS.items()),
        "asked": {"kind": kind, "of": of, "q": words},
        "query": urlencode({"kind": kind, "of": of, "q": words}),
        "count": len(found),
    }
    return render(request, "returns/dictionary.html", context)
