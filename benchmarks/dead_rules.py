"""Which word lists and patterns does nothing depend on?

Blanks one at a time and asks the quality gate (`tests/quality`: the sample corpus and the texts of other kinds) again.
A rule that changes no line of what the gate sees is dead, or the gate has no question for it. What is blanked: every
name of a module of `retrieval` and `bot` that holds words (a set, tuple, list or dict with strings in it, or a string
of alternatives) or a compiled pattern, and every file in a folder `words`. A name is blanked where it is assigned, so
that what is made of it on import (a pattern of a word list) is made of nothing.

Run: python -m benchmarks.dead_rules [--only PREFIX]... [--processes 2] [--json FILE]
--only retrieval.question looks at those modules only, or at files whose path begins so. Some 10 to 30 seconds a rule,
dead ones the longest.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import importlib
import importlib.machinery
import json
import multiprocessing
import pkgutil
import re
import signal
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from importlib.abc import MetaPathFinder
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any, Literal

ROOT = Path(__file__).parents[1]
PACKAGES = ("retrieval", "bot")
LONGEST = 600
"""Seconds for one rule; one that takes longer changes something."""
_NEVER = "(?!)"

Outcome = Literal["nothing", "answers", "error"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A module's name and its table, or a file's path from the root and "". `size`: words, 1 of a pattern."""

    home: str
    name: str
    kind: str
    size: int


@dataclass(frozen=True, slots=True)
class Trial:
    """What blanking the rule changed: nothing, answers of the gate (the first line), or it broke (the error)."""

    rule: Rule
    outcome: Outcome
    detail: str = ""


def main(arguments: Sequence[str] | None = None) -> None:
    options = _options(arguments)
    sys.path.insert(0, str(ROOT))
    context = multiprocessing.get_context("fork")
    with context.Pool(
        1, maxtasksperchild=1
    ) as alone:  # nothing of ours may be imported before a rule is blanked
        rules, others = alone.apply(find_rules)
        for name in others:
            with contextlib.suppress(Exception):
                importlib.import_module(name)
    chosen = [rule for rule in rules if rule.home.startswith(tuple(options.only or ("",)))]
    if not chosen:
        sys.exit(
            f"no rule in {' or '.join(options.only)}; modules are named retrieval.question, files by their path"
        )
    with context.Pool(1, maxtasksperchild=1) as alone:
        before = alone.apply(lines_of_the_gate)
    trials = []
    with context.Pool(options.processes, maxtasksperchild=1) as pool:
        for trial in pool.imap_unordered(partial(try_without, before=before), chosen):
            trials.append(trial)
            print(
                f"{len(trials)}/{len(chosen)} {_title(trial.rule)}: {trial.outcome}",
                file=sys.stderr,
                flush=True,
            )
    trials.sort(key=lambda trial: (trial.rule.home, trial.rule.name))
    print(as_markdown(trials))
    if options.json:
        options.json.write_text(
            json.dumps([asdict(each) for each in trials], ensure_ascii=False, indent=1) + "\n"
        )


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", action="append", metavar="PREFIX", help="modules or paths that begin so")
    parser.add_argument("--processes", type=int, default=2, metavar="N")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write what changed, rule by rule")
    return parser.parse_args(arguments)


def find_rules() -> tuple[list[Rule], list[str]]:
    """Every rule there is, and the names of other packages that importing them all brought in."""
    rules = []
    for module in _modules():
        for name in assigned_names(ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8"))):
            kind, size = classify(getattr(module, name, None))
            if size:
                rules.append(Rule(module.__name__, name, kind, size))
    for path in sorted(path for package in PACKAGES for path in (ROOT / package).rglob("words/*")):
        if path.suffix in (".txt", ".toml"):
            rules.append(Rule(str(path.relative_to(ROOT)), "", "file", len(path.read_text("utf-8").split())))
    importlib.import_module("tests.quality.text_report")
    roots = {name.partition(".")[0] for name in sys.modules}
    return rules, sorted(
        roots - {*PACKAGES, "tests", "benchmarks", "__main__"} - set(sys.stdlib_module_names)
    )


def _modules() -> Iterator[ModuleType]:
    for package in PACKAGES:
        for found in pkgutil.walk_packages([str(ROOT / package)], f"{package}."):
            if not found.name.endswith("__main__"):
                with contextlib.suppress(ImportError):  # what needs a library that isn't installed
                    yield importlib.import_module(found.name)


def assigned_names(tree: ast.Module) -> list[str]:
    """The names that a module's own statements assign, without `__all__` and its like."""
    names = [name for statement in tree.body for name in _names(statement)]
    return [name for name in dict.fromkeys(names) if not name.startswith("__")]


def _names(statement: ast.stmt) -> list[str]:
    match statement:
        case ast.Assign(targets=targets):
            nodes = [node for target in targets for node in ast.walk(target)]
        case ast.AnnAssign(target=ast.Name() as target, value=value) if value is not None:
            nodes = [target]
        case _:
            return []
    return [node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)]


def classify(value: object) -> tuple[str, int]:
    """What kind of rule a value is, and how many words; size 0: none."""
    if isinstance(value, re.Pattern):
        return "pattern", 1
    if type(value) in (frozenset, set, tuple, list, dict):
        return "words", sum(1 for _ in _strings(value))
    if isinstance(value, str) and len(parts := re.split("[|;]", value)) > 2:
        return "words", len(parts)
    return "", 0


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, re.Pattern):
        yield value.pattern
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _strings(key)
            yield from _strings(one)
    elif type(value) in (frozenset, set, tuple, list):
        for one in value:
            yield from _strings(one)


def blank(value: Any) -> Any:
    """The same kind of thing with nothing in it; a pattern that matches nowhere."""
    if isinstance(value, re.Pattern):
        never = _NEVER.encode() if isinstance(value.pattern, bytes) else _NEVER
        return re.compile(never)
    if isinstance(value, str):
        return _NEVER if "|" in value else ""
    return type(value)()


def try_without(rule: Rule, before: Sequence[str]) -> Trial:
    """Runs in a process of its own, into which nothing of ours was imported yet."""
    signal.signal(signal.SIGALRM, _late)
    signal.alarm(LONGEST)
    try:
        if rule.kind == "file":
            _blank_file(ROOT / rule.home)
        else:
            sys.meta_path.insert(0, _Blanking(rule))
        for number, line in enumerate(gate()):
            if number >= len(before) or line != before[number]:
                return Trial(rule, "answers", line.strip().partition("\n")[0])
    except Exception as problem:  # whatever a rule's absence breaks depends on the rule
        return Trial(rule, "error", f"{type(problem).__name__}: {problem}")
    return Trial(rule, "nothing")


def _late(*_: object) -> None:
    raise TimeoutError(f"not done after {LONGEST} s")


def lines_of_the_gate() -> list[str]:
    """What the gate sees with every rule in place."""
    return list(gate())


def gate() -> Iterator[str]:
    """What the gate sees, part by part: the texts of other kinds, then the sample corpus."""
    text_outcomes, text_report, outcomes, report = (
        importlib.import_module(f"tests.quality.{name}")
        for name in ("text_outcomes", "text_report", "outcomes", "report")
    )
    for each in text_outcomes.ask_everything():
        yield f"{text_report.line(each)}\n{each.card}"
    yield from report.golden(outcomes.outcomes()).values()


class _Blanking(MetaPathFinder):
    """Finds the rule's module so that it is run with the rule blanked."""

    def __init__(self, rule: Rule) -> None:
        self._rule = rule

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self._rule.home:
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        assert spec is not None
        assert spec.origin is not None
        spec.loader = _Loader(fullname, spec.origin, self._rule.name)
        return spec


class _Loader(importlib.machinery.SourceFileLoader):
    """Runs a module's source with `name = blank(name)` after each statement that assigns `name`."""

    def __init__(self, fullname: str, path: str, name: str) -> None:
        super().__init__(fullname, path)
        self._name = name

    def get_code(self, fullname: str) -> CodeType:
        return compile(blanked(ast.parse(self.get_data(self.path)), self._name), self.path, "exec")


def blanked(tree: ast.Module, name: str) -> ast.Module:
    """The module with the name blanked wherever it is assigned."""
    source = f"from benchmarks.dead_rules import blank as __blank\n{name} = __blank({name})"
    body: list[ast.stmt] = []
    for statement in tree.body:
        body.append(statement)
        if name in _names(statement):
            body += ast.parse(source).body
    return ast.fix_missing_locations(ast.Module(body=body, type_ignores=[]))


def _blank_file(path: Path) -> None:
    """Reading this file gives no words: nothing of a text, every list of a table empty."""
    read_text = Path.read_text

    def without(self: Path, *arguments: Any, **named: Any) -> str:
        text = read_text(self, *arguments, **named)
        if self.resolve() != path:
            return text
        if path.suffix != ".toml":
            return ""
        return "".join(f"{json.dumps(key)} = []\n" for key in tomllib.loads(text))

    Path.read_text = without  # type: ignore[method-assign]


def as_markdown(trials: Sequence[Trial]) -> str:
    """How many there are of each outcome, and a row for each rule that nothing depends on."""
    count = {
        outcome: sum(trial.outcome == outcome for trial in trials)
        for outcome in ("nothing", "answers", "error")
    }
    dead = [trial for trial in trials if trial.outcome == "nothing"]
    head = (
        f"{len(trials)} rules: {count['nothing']} change nothing, {count['answers']} change answers, "
        f"{count['error']} can't be left out."
    )
    rows = [f"| {_title(trial.rule)} | {trial.rule.kind} | {trial.rule.size} |" for trial in dead]
    return "\n".join([head, "", "| changes nothing | kind | words |", "|---|---|---|", *rows])


def _title(rule: Rule) -> str:
    return f"{rule.home}.{rule.name}" if rule.name else rule.home


if __name__ == "__main__":
    importlib.import_module("benchmarks.dead_rules").main()
