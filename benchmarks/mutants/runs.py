"""A repository and a changed file in; what the analyzer reports in the changed function, and did not before, out."""

import gc
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from goleaklint.config import Config
from goleaklint.files.patterns import StandardInput
from goleaklint.model import Finding
from goleaklint.pipeline.run import Request, run

from .sites import Site


@dataclass(slots=True)
class Runs:
    """Runs on the packages of one repository; what is found without a change is kept."""

    root: Path
    _before: dict[str, tuple[Finding, ...]] = field(default_factory=dict)

    def caught(self, site: Site) -> str:
        """The rule that reports the change, "" if none does."""
        before = Counter(each.rule for each in self._findings_before(site) if touches(each, site))
        changed = changed_text((self.root / site.path).read_bytes(), site)
        after = [each for each in self._run(site, changed) if touches(each, site)]
        found = Counter(each.rule for each in after)
        return next((rule for rule in site.rules if found[rule] > before[rule]), "")

    def _findings_before(self, site: Site) -> tuple[Finding, ...]:
        if site.path not in self._before:
            self._before[site.path] = self._run(site, (self.root / site.path).read_bytes())
        return self._before[site.path]

    def _run(self, site: Site, text: bytes) -> tuple[Finding, ...]:
        directory = f"./{Path(site.path).parent.as_posix()}"
        stdin = StandardInput(text, site.path)
        found = run(Request((directory, "-"), self.root, Config(), jobs=1, stdin=stdin)).outcome.findings
        gc.collect()  # a run does without, and leaves much behind
        return found


def changed_text(text: bytes, site: Site) -> bytes:
    """The file after the change; as long as before, and with the same lines."""
    removed = bytes(byte if byte == 0x0A else 0x20 for byte in text[site.start : site.end])
    new = site.text + removed[len(site.text) :]
    return text[: site.start] + new + text[site.end :]


def touches(finding: Finding, site: Site) -> bool:
    """Reports whether a finding, or a step of it, lies in the changed function."""
    start, end = site.within
    spans = (finding.span, *(step.span for step in finding.steps))
    return any(span.path == site.path and start <= span.start < end for span in spans)
