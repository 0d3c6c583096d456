"""Which word lists and patterns does nothing depend on?

Blanks one at a time and asks the quality gate (`tests/quality`: the sample corpus and the texts of other kinds) again.
A rule that changes no line of what the gate sees is dead, or the gate has no question for it. What is blanked: every
name of a module of `retrieval` and `bot` that holds words (a set, tuple, list or dict with strings in it, or a string
of alternatives) or a compiled pattern, and every file in a folder `words`. A name is blanked where it is assigned, so
that what is made of it on import (a pattern of a word list) is made of nothing.

One run beforehand watches all patterns at once: a pattern that matches nothing changes nothing, and one that matches
in some questions only is tried with those.

Before a rule goes, a text of the kind that it is for is written and asked: of fourteen rules that changed nothing here,
eight were needed by papers, rows and questions without marks that neither the gate nor a test had.

Run: python -m benchmarks.dead_rules [--only PREFIX]... [--beside FOLDER]... [--limit 200] [--processes 2] [--json FILE]
--only retrieval.question looks at those modules only, or at files whose path begins so. --beside asks also the first
questions of a folder with passages.jsonl and questions.jsonl, in the form that `hoidap eval` reads, so that what the
gate has no question for is told from what is dead. Some 5 to 30 seconds a rule that is tried, dead ones the longest,
and as long again for each folder.
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
from collections.abc import Collection, Iterator, Mapping, Sequence
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
_BUILDING, _SAMPLE, _BESIDE = -2, -1, -3
"""Parts of the gate beside its rows: while texts are read; the sample corpus; the first folder beside the gate, from
which the others count down."""

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
    FOLDERS.extend((folder, options.limit) for folder in options.beside or ())
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
    with context.Pool(1, maxtasksperchild=1) as alone:
        matched = alone.apply(where_patterns_match, ([rule for rule in chosen if rule.kind == "pattern"],))
    trials = [Trial(rule, "nothing") for rule in chosen if matched.get(_title(rule)) == frozenset()]
    silent = {trial.rule for trial in trials}
    print(f"{len(trials)} patterns match nothing", file=sys.stderr, flush=True)
    chosen = [rule for rule in chosen if rule not in silent]
    with context.Pool(options.processes, maxtasksperchild=1) as pool:
        for trial in pool.imap_unordered(partial(try_without, before=before, matched=matched), chosen):
            trials.append(trial)
            print(
                f"{len(trials) - len(silent)}/{len(chosen)} {_title(trial.rule)}: {trial.outcome}",
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
    parser.add_argument("--beside", action="append", type=Path, metavar="FOLDER", help="a set to ask as well")
    parser.add_argument("--limit", type=int, default=200, metavar="N", help="questions of each such set")
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


def try_without(
    rule: Rule, before: Mapping[int, str], matched: Mapping[str, frozenset[int]] | None = None
) -> Trial:
    """Runs in a process of its own, into which nothing of ours was imported yet.

    `matched`: by its title, in which parts of the gate a pattern matches; it is tried with these only.
    """
    signal.signal(signal.SIGALRM, _late)
    signal.alarm(LONGEST)
    try:
        if rule.kind == "file":
            _blank_file(ROOT / rule.home)
        else:
            sys.meta_path.insert(0, _Changing(rule.home, {rule.name: "blank({})"}))
        for number, line in gate(_parts(rule, matched or {})):
            if line != before.get(number):
                return Trial(rule, "answers", line.strip().partition("\n")[0])
    except Exception as problem:  # whatever a rule's absence breaks depends on the rule
        return Trial(rule, "error", f"{type(problem).__name__}: {problem}")
    return Trial(rule, "nothing")


def _late(*_: object) -> None:
    raise TimeoutError(f"not done after {LONGEST} s")


def _parts(rule: Rule, matched: Mapping[str, frozenset[int]]) -> frozenset[int] | None:
    """The parts of the gate that a rule may change; None: all."""
    parts = matched.get(_title(rule))
    return None if parts is None or _BUILDING in parts else parts


def lines_of_the_gate() -> dict[int, str]:
    """What the gate sees with every rule in place."""
    return dict(gate())


def where_patterns_match(rules: Sequence[Rule]) -> dict[str, frozenset[int]]:
    """In which parts of the gate each pattern matches something; `_BUILDING`: while texts are read."""
    for home in {rule.home for rule in rules}:
        calls = {rule.name: f"Watched({{}}, {_title(rule)!r})" for rule in rules if rule.home == home}
        sys.meta_path.insert(0, _Changing(home, calls))
    for _ in gate():
        pass
    return {_title(rule): frozenset(SEEN.parts.get(_title(rule), ())) for rule in rules}


def gate(only: Collection[int] | None = None) -> Iterator[tuple[int, str]]:
    """What the gate sees, part by part: the rows on texts of other kinds from 0, then the sample corpus, `_SAMPLE`.

    `only`: the parts to ask; None: all.
    """
    text_outcomes, text_report, text_rows, outcomes, report = (
        importlib.import_module(f"tests.quality.{name}")
        for name in ("text_outcomes", "text_report", "text_rows", "outcomes", "report")
    )
    rows = [(n, row) for n, row in enumerate(text_rows.rows()) if only is None or n in only]
    if rows:
        SEEN.part = _BUILDING
        retriever = text_outcomes.texts()
        for number, row in rows:
            SEEN.part = number
            seen = list(text_outcomes.ask(retriever, row))
            yield number, "".join(f"{text_report.line(each)}\n{each.card}\n" for each in seen)
    if only is None or _SAMPLE in only:
        SEEN.part = _SAMPLE
        yield _SAMPLE, "\n".join(report.golden(outcomes.outcomes()).values())
    for number, (folder, limit) in enumerate(FOLDERS):
        if only is None or _BESIDE - number in only:
            yield _BESIDE - number, asked_beside(folder, limit, _BESIDE - number)


def asked_beside(folder: Path, limit: int, part: int) -> str:
    """A line for each of the first questions of a set: whether it is answered, by which passage, and what is
    emphasised. What its texts are read for counts as reading."""
    retrieval, sets = (
        importlib.import_module("retrieval"),
        importlib.import_module("retrieval.evaluation.sets"),
    )
    articles = sets.read_articles(folder / "passages.jsonl")
    SEEN.part = _BUILDING
    retriever = retrieval.Retriever.build(articles.documents)
    SEEN.part = part
    lines = []
    for question in sets.read_questions(folder / "questions.jsonl", articles)[:limit]:
        try:
            answer = retriever.answer(question.text)
        except retrieval.QuestionError as problem:
            lines.append(f"{question.text} | {problem}")
            continue
        first = [(hit.document.id, hit.passage.start, hit.shown) for hit in answer.hits[:1]]
        lines.append(f"{question.text} | {answer.answered} | {first} | {answer.highlight} | {answer.missing}")
    return "\n".join(lines)


FOLDERS: list[tuple[Path, int]] = []
"""The sets beside the gate, with how many questions of each are asked."""


class _Seen:
    """Which pattern matched in which part of the gate."""

    def __init__(self) -> None:
        self.part = _BUILDING
        self.parts: dict[str, set[int]] = {}


SEEN = _Seen()


class Watched:
    """A pattern that tells when it matches something."""

    def __init__(self, pattern: re.Pattern[Any], title: str) -> None:
        self._pattern, self._title = pattern, title

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._pattern, name)
        if not callable(value):
            return value

        def used(*given: Any, **named: Any) -> Any:
            if name in ("sub", "subn"):
                text, count = self._pattern.subn(*given, **named)
                self._tell(count)
                return text if name == "sub" else (text, count)
            found = list(value(*given, **named)) if name == "finditer" else value(*given, **named)
            self._tell(len(found) > 1 if name == "split" else found)
            return iter(found) if name == "finditer" else found

        return used

    def _tell(self, found: object) -> None:
        if found:
            SEEN.parts.setdefault(self._title, set()).add(SEEN.part)


class _Changing(MetaPathFinder):
    """Finds a module so that it is run with some of its names changed: `name = change(name)`.

    `changes`: of each name, the call of a function of this module: "blank({})".
    """

    def __init__(self, home: str, changes: Mapping[str, str]) -> None:
        self._home, self._changes = home, changes

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname != self._home:
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        assert spec is not None
        assert spec.origin is not None
        spec.loader = _Loader(fullname, spec.origin, self._changes)
        return spec


class _Loader(importlib.machinery.SourceFileLoader):
    """Runs a module's source with each name changed after each statement that assigns it."""

    def __init__(self, fullname: str, path: str, changes: Mapping[str, str]) -> None:
        super().__init__(fullname, path)
        self._changes = changes

    def get_code(self, fullname: str) -> CodeType:
        return compile(changed(ast.parse(self.get_data(self.path)), self._changes), self.path, "exec")


def changed(tree: ast.Module, changes: Mapping[str, str]) -> ast.Module:
    """The module with the names changed wherever they are assigned."""
    body: list[ast.stmt] = []
    for statement in tree.body:
        body.append(statement)
        for name in _names(statement):
            if name in changes:
                body += ast.parse("from benchmarks import dead_rules as __rules").body
                body += ast.parse(f"{name} = __rules.{changes[name].format(name)}").body
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
