"""Traps: corpora of which it is known what they hold, and what they only seem to hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from clean_corpora import FREE, TRUE, trap_reading
from pages import Demand, table
from rows_found import names, scanner

from leakcheck import Finding, Report
from leakcheck.detection.finding import KINDS

__all__ = ["Sprung", "beside_table", "read_table", "spring", "trap_demands"]


class _Trap(NamedTuple):
    corpus: str
    benchmark: str
    demanded: str
    measure: Callable[[Sequence[Finding]], tuple[str, bool]]
    """Given the benchmark's findings, says what they are, and whether that is right."""


class Sprung(NamedTuple):
    """A corpus of a trap, and all that was found in it."""

    corpus: str
    report: Report
    findings: list[Finding]


def _items(findings: Iterable[Finding], role: str, kinds: Sequence[str] = ()) -> list[str]:
    """Return the items of a role that were found, each once."""
    found = {
        item
        for finding in findings
        if finding.role == role and (not kinds or finding.kind in kinds)
        for item in names(finding)
        if item.partition("/")[0] == finding.split
    }
    return sorted(found)


def _no_test_item(findings: Sequence[Finding]) -> tuple[str, bool]:
    test = _items(findings, "test")
    fewshot = len(_items(findings, "fewshot"))
    return f"{len(test)} test items; {fewshot} few-shot items", not test


def _nothing(findings: Sequence[Finding]) -> tuple[str, bool]:
    found = [f"{finding.item} ({finding.kind})" for finding in findings]
    return ", ".join(found) or "nothing", not found


_REAL_BBH = {
    "date_understanding": {"226", "241"},
    "penguins_in_a_table": {"24", "59", "112"},
}


def _real_of_bbh(findings: Sequence[Finding]) -> tuple[str, bool]:
    wanted = {f"test/{task}/{row}" for task, rows in _REAL_BBH.items() for row in rows}
    found = set(_items(findings, "test"))
    others = sorted(found - wanted)
    more = f"; others: {', '.join(others)}" if others else ""
    return f"{len(found & wanted)} of the {len(wanted)}{more}", found == wanted


def _ecqa(findings: Sequence[Finding]) -> tuple[str, bool]:
    dev, train = len(_items(findings, "test")), len(_items(findings, "train"))
    return f"dev {dev}, train {train}", (dev, train) == (794, 6318)


def _math_in_mmlu(findings: Sequence[Finding]) -> tuple[str, bool]:
    verbatim = len(_items(findings, "test", ["verbatim"]))
    others = Counter(finding.kind for finding in findings if finding.role == "test")
    near = ", ".join(f"{kind} {others[kind]}" for kind in ("near", "rewritten", "variant"))
    return f"{verbatim} verbatim; findings of other kinds: {near}", verbatim >= 74


def _at_most_two(findings: Sequence[Finding]) -> tuple[str, bool]:
    return f"{len(findings)}", len(findings) <= 2


_MATHS = "benchmarks/math/train.jsonl.gz"
_GSM8K = "corpora/flan_cot/gsm8k_train.tsv"
_TRAPS = (
    _Trap("fewshot_prompts/bbh_cot_prompts", "bbh", "no test item", _no_test_item),
    _Trap(
        "fewshot_prompts/chain-of-thought-hub",
        "bbh",
        "of test items penguins 3 and date 2, no other",
        _real_of_bbh,
    ),
    _Trap("corpora/flan_cot/ecqa_train.tsv", "commonsenseqa", "dev 794, train 6318", _ecqa),
    _Trap(
        _MATHS,
        "mmlu",
        "at least 74 test items verbatim",
        _math_in_mmlu,
    ),
    _Trap("benchmarks/gsm1k_public50", "gsm8k", "nothing", _nothing),
    _Trap("corpora/huatuo_zh", "ceval", "at most 2 findings", _at_most_two),
)
_NO_LEAK = {
    _GSM8K: ("asdiv", "mgsm", "agieval", "multiarith", "svamp"),
    "corpora/alpacadatacleaned_gsm8k": ("asdiv", "mgsm", "agieval", "multiarith", "svamp"),
    _MATHS: ("asdiv", "mgsm", "aqua_rat", "gsm8k", "agieval", "math500"),
}
"""Corpora that look like some benchmarks, and hold none of them but for a copy or two."""
_MANY = {"agieval": ("verbatim",), "math500": ("verbatim",), "mmlu": KINDS[1:], "math": ()}
"""Of what was found in MATH's train split, the kinds that were read one by one."""


def spring(data: Path) -> list[Sprung]:
    """Scan every corpus of a trap for all benchmarks."""
    corpora = dict.fromkeys([trap.corpus for trap in _TRAPS] + list(_NO_LEAK))
    reports = {corpus: scanner("all").scan([data / corpus]) for corpus in corpora}
    return [Sprung(corpus, report, report.iter_findings()) for corpus, report in reports.items()]


def trap_demands(sprung: Sequence[Sprung]) -> list[Demand]:
    """Hold what was found in each trap against what stands there."""
    of = {each.corpus: each for each in sprung}
    return [
        *(_sprung(trap, of[trap.corpus].findings) for trap in _TRAPS),
        *(_no_leak(of[corpus], benchmarks) for corpus, benchmarks in _NO_LEAK.items()),
    ]


def _sprung(trap: _Trap, findings: Sequence[Finding]) -> Demand:
    own = [finding for finding in findings if finding.bench == trap.benchmark]
    measured, passed = trap.measure(own)
    return Demand(f"{trap.corpus}, {trap.benchmark}", trap.demanded, measured, passed)


def _no_leak(sprung: Sprung, benchmarks: Sequence[str]) -> Demand:
    verdicts = {each.name: each.verdict for each in sprung.report.benchmarks}
    copies = Counter(
        bench
        for bench, item in {(f.bench, f.item) for f in sprung.findings if _is_matched(f)}
        if trap_reading(sprung.corpus, bench, item).startswith(TRUE)
    )
    leaked = [name for name in benchmarks if verdicts[name] == "leaked"]
    said = [
        f"{name} `{verdicts[name]}`" + (f" ({copies[name]} read as copies)" * (name in leaked))
        for name in benchmarks
    ]
    return Demand(
        f"{sprung.corpus}, {', '.join(benchmarks)}",
        "not `leaked` but by copies",
        ", ".join(said),
        all(copies[name] for name in leaked),
    )


def _is_matched(finding: Finding) -> bool:
    return finding.role == "test" and finding.kind != "variant"


def read_table(sprung: Sequence[Sprung]) -> str:
    """Lay out the test items found in the traps, each once, as somebody read them."""
    rows = []
    for each in sprung:
        found = Counter(
            (f.bench, f.item, f.kind)
            for f in each.findings
            if f.role == "test" and _is_read(each.corpus, f)
        )
        for (bench, item, kind), places in sorted(found.items()):
            reading = trap_reading(each.corpus, bench, item)
            rows.append([each.corpus, f"{bench} {item}", kind, places, reading])
    return table(["corpus", "item", "kind", "places", "read by eye"], rows, "lllr")


def _is_read(corpus: str, finding: Finding) -> bool:
    if corpus == _MATHS:
        return finding.kind in _MANY.get(finding.bench, KINDS)
    return finding.bench != "commonsenseqa" and corpus not in FREE


def beside_table(sprung: Sequence[Sprung]) -> str:
    """Lay out what else was found in the traps: findings by benchmark, role and kind."""
    rows = []
    for each in sprung:
        verdicts = {report.name: report.verdict for report in each.report.benchmarks}
        counts = Counter((f.bench, f.role, f.kind) for f in each.findings)
        for benchmark in dict.fromkeys(bench for bench, _, _ in sorted(counts)):
            said = [
                f"{role} {kind} {number}"
                for (bench, role, kind), number in sorted(counts.items())
                if bench == benchmark
            ]
            rows.append([each.corpus, benchmark, f"`{verdicts[benchmark]}`", ", ".join(said)])
    return table(["corpus", "benchmark", "verdict", "findings"], rows)
