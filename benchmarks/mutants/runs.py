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
    _before: dict[tuple[str, Config], tuple[Finding, ...]] = field(default_factory=dict)

    def caught(self, site: Site) -> str:
        """The rule that reports the change, "" if none does."""
        found = self._new(site, Config(select=site.rules))
        return next((rule for rule in site.rules if rule in found), "")

    def instead(self, site: Site) -> str:
        """What is said of a change that none of its rules reports: by --pedantic, or by rules that tell of something
        else; "" if nothing is."""
        found = self._new(site, Config(pedantic=True))
        first = next((each for each in found.values() if each.rule in site.rules), None)
        if first is not None:
            return f"{first.rule} as {first.severity.value} of {first.confidence.value} confidence"
        return ", ".join(sorted(found))

    def _new(self, site: Site, config: Config) -> dict[str, Finding]:
        """By rule, a finding in the function of which there are more than before."""
        key = site.path, config
        if key not in self._before:
            self._before[key] = self._run(site, (self.root / site.path).read_bytes(), config)
        before = Counter(each.rule for each in self._before[key] if touches(each, site))
        changed = changed_text((self.root / site.path).read_bytes(), site)
        after = [each for each in self._run(site, changed, config) if touches(each, site)]
        counts = Counter(each.rule for each in after)
        return {each.rule: each for each in after if counts[each.rule] > before[each.rule]}

    def _run(self, site: Site, text: bytes, config: Config) -> tuple[Finding, ...]:
        directory = f"./{Path(site.path).parent.as_posix()}"
        stdin = StandardInput(text, site.path)
        found = run(Request((directory, "-"), self.root, config, jobs=1, stdin=stdin)).outcome.findings
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
