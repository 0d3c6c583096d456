"""What do the cluster's nodes run on? A Java that fits, and OpenSearch's libraries as Maven brings them.

Made once into a folder outside the source tree: `python -m tests.cluster.made` says which. A later run starts at once.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
SOURCES = (HERE / "pom.xml", HERE / "ClusterNode.java", HERE / "Rights.java")
LEAST_JAVA = 21
"""What OpenSearch 3 is built for."""

QUICK = ("-XX:TieredStopAtLevel=1",)
"""Starts in half the time, and is slow afterwards: not for measuring."""
ALWAYS = ("-XX:+UseSerialGC", "-XX:-UsePerfData", "--enable-native-access=ALL-UNNAMED")


class NotHere(Exception):
    """What this machine lacks."""


@dataclass(frozen=True, slots=True)
class Made:
    """`java`: the program; `libraries`: the folder of jars; `archive`: their classes, ready to be mapped, if any."""

    java: Path
    libraries: Path
    archive: Path

    def command(self, *flags: str) -> list[str]:
        """What starts Java with the libraries; the archive fits the flags it was written with only."""
        shared = [f"-XX:SharedArchiveFile={self.archive}", "-Xshare:auto"] if self.archive.exists() else []
        return [str(self.java), *ALWAYS, *flags, *shared, "-cp", f"{self.libraries}/*"]


def lacking() -> str | None:
    """Why no cluster can be started here; None where one can."""
    try:
        _java()
        _maven()
    except NotHere as error:
        return str(error)
    return None


@cache
def make() -> Made:
    """Makes what is not made yet. Raises NotHere, or CalledProcessError with what Maven or the compiler said."""
    java = _java()
    version = subprocess.run([java, "-version"], capture_output=True, check=True, timeout=30).stderr
    name = hashlib.sha256(b"".join(path.read_bytes() for path in SOURCES) + version).hexdigest()[:12]
    cached = os.environ.get("HOIDAP_CLUSTER_CACHE") or Path.home() / ".cache" / "hoidap" / "cluster"
    folder = Path(cached) / name
    made = Made(java, folder / "lib", folder / "classes.jsa")
    if not (folder / "complete").exists():
        shutil.rmtree(folder, ignore_errors=True)
        made.libraries.mkdir(parents=True)
        _bring_libraries(made.libraries)
        _compile(java, folder, made.libraries)
        _archive(made, folder)
        (folder / "complete").touch()
    return made


def _bring_libraries(target: Path) -> None:
    goal = "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies"
    options = ["-DincludeScope=runtime", f"-DoutputDirectory={target}"]
    quiet = ["--batch-mode", "--quiet", "--no-transfer-progress"]
    subprocess.run(
        [_maven(), *quiet, "-f", SOURCES[0], goal, *options],
        check=True,
        stdin=subprocess.DEVNULL,
        timeout=400,
    )


def _compile(java: Path, folder: Path, libraries: Path) -> None:
    classes = folder / "classes"
    run = [java.with_name("javac"), "-cp", f"{libraries}/*", "-d", classes, *SOURCES[1:]]
    subprocess.run(run, check=True, timeout=120)
    jar = [java.with_name("jar"), "--create", "--file", libraries / "cluster-node.jar", "-C", classes, "."]
    subprocess.run(jar, check=True, timeout=60)  # archives of classes are made of jars only


def _archive(made: Made, folder: Path) -> None:
    """Starts a node alone and ends it in order; Java then writes down the classes that it loaded."""
    settings = folder / "alone" / "settings"
    settings.parent.mkdir()
    values = {
        "path.home": settings.parent,
        "discovery.type": "single-node",
        "network.host": "127.0.0.1",
        "http.port": 0,
        "transport.port": 0,
    }
    settings.write_text("".join(f"{key} {value}\n" for key, value in values.items()))
    command = made.command(*QUICK, "-Xmx256m", f"-XX:ArchiveClassesAtExit={made.archive}")
    with (folder / "archive.log").open("wb") as log:
        node = subprocess.Popen(
            [*command, "ClusterNode", str(settings)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
        )
        assert node.stdin
        assert node.stdout
        with node.stdout, node.stdin:
            for line in node.stdout:
                if line.strip() == b"ready":
                    break
        node.wait(120)
    shutil.rmtree(settings.parent)


@cache
def _maven() -> str:
    found = shutil.which("mvn")
    if found is None:
        raise NotHere("no Maven (mvn)")
    return found


@cache
def _java() -> Path:
    """The newest Java that comes with a compiler."""
    versions = {home / "bin" / "java": _version(home / "bin" / "java") for home in _homes()}
    best = max(versions, key=lambda java: versions[java], default=None)
    if best is None or versions[best] < LEAST_JAVA:
        raise NotHere(f"no JDK of {LEAST_JAVA} or later")
    return best


def _homes() -> Iterator[Path]:
    if named := os.environ.get("JAVA_HOME"):
        yield Path(named)
    if on_path := shutil.which("javac"):
        yield Path(on_path).resolve().parent.parent
    for folder in ("/usr/lib/jvm", "/opt/java", "/Library/Java/JavaVirtualMachines"):
        for home in sorted(Path(folder).glob("*")):
            yield from (home, home / "Contents" / "Home")


def _version(java: Path) -> int:
    """Its main version; 0 where there is no such Java, or no compiler beside it."""
    if not (java.is_file() and java.with_name("javac").is_file()):
        return 0
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False, timeout=30).stderr
    found = re.search(r'version "(\d+)', said)
    return int(found[1]) if found else 0


if __name__ == "__main__":
    print(make().libraries.parent)
