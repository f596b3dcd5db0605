"""Spans in, SARIF locations out: URIs relative to the repository's root, regions, the text they hold, and artifacts."""

import os
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import sarif_om as sarif

from goleaklint.files.text import SourceText
from goleaklint.model import Span
from goleaklint.reports.fingerprints import line_hashes

SOURCE_ROOT = "%SRCROOT%"

# Lines shown before and after a finding.
_CONTEXT_LINES = 2
# Longer text is left out: lines of generated tables would make the file larger than GitHub takes.
_MAX_TEXT = 4096
# All that RFC 3986 allows in a path, but ":", which would make the first part of a relative path a scheme.
_URI_PATH = "/-._~!$&'()*+,;=@"


class Places:
    """The files a report speaks of, in the order in which it first does. `root` is what URIs are relative to."""

    def __init__(self, sources: Callable[[str], SourceText], cwd: Path, root: Path) -> None:
        self._sources = sources
        self._cwd = cwd.resolve()
        self._root = root
        self._order: dict[str, int] = {}
        self._paths: list[str] = []
        # Bound to the instance, so that they live as long as it does.
        self._source = cache(self._read)
        self._uri = cache(self._relative_uri)
        self._hashes = cache(self._line_hashes)

    def artifacts(self) -> list[sarif.Artifact]:
        """Every file that was located so far, with length and SHA-256 where it can still be read."""
        return [self._artifact(uri, path) for uri, path in zip(self._order, self._paths, strict=True)]

    def artifact(self, path: str) -> sarif.ArtifactLocation:
        """Where the file is that the user knows as `path`."""
        uri = self._uri(path)
        if uri not in self._order:
            self._order[uri] = len(self._order)
            self._paths.append(path)
        return sarif.ArtifactLocation(uri=uri, uri_base_id=SOURCE_ROOT, index=self._order[uri])

    def primary(self, span: Span) -> sarif.PhysicalLocation:
        """The place of a finding: one line, as GitHub annotates only regions that lie in the diff, and its context."""
        location = self.step(span)
        location.context_region = self._context(span.path, location.region)
        return location

    def step(self, span: Span) -> sarif.PhysicalLocation:
        """A place on the way to a finding: the first line of the span."""
        snippet = self.snippet(span)
        region = sarif.Region(
            start_line=span.line,
            start_column=span.column,
            end_line=span.line,
            end_column=self._end_column(span),
            snippet=sarif.ArtifactContent(text=snippet) if 0 < len(snippet) <= _MAX_TEXT else None,
        )
        return sarif.PhysicalLocation(artifact_location=self.artifact(span.path), region=region)

    def line(self, path: str, line: int) -> sarif.PhysicalLocation:
        """A whole line of a file, or the file if `line` is 0."""
        region = sarif.Region(start_line=line) if line else None
        return sarif.PhysicalLocation(artifact_location=self.artifact(path), region=region)

    def snippet(self, span: Span) -> str:
        """The text of the span's first line, from where the span starts; empty if the file cannot be read."""
        source = self._source(span.path)
        if source is None:
            return ""
        units = source.line(span.line).encode("utf-16-le")
        return units[2 * (span.column - 1) : 2 * (self._end_column(span) - 1)].decode("utf-16-le", "replace")

    def line_hash(self, span: Span) -> str | None:
        """GitHub's hash of the line on which the span starts; None if the file cannot be read."""
        hashes = self._hashes(span.path)
        return hashes[span.line - 1] if span.line <= len(hashes) else None

    def _read(self, path: str) -> SourceText | None:
        try:
            return self._sources(path)
        except OSError:
            return None

    def _line_hashes(self, path: str) -> tuple[str, ...]:
        source = self._source(path)
        return line_hashes(source.data.decode("utf-8", "replace")) if source else ()

    def _end_column(self, span: Span) -> int:
        if span.end_line == span.line:
            return span.end_column
        source = self._source(span.path)
        if source is None:
            return span.column + 1
        return max(span.column, len(source.line(span.line).encode("utf-16-le")) // 2 + 1)

    def _context(self, path: str, region: sarif.Region) -> sarif.Region | None:
        """The lines around a region; None if they hold nothing but the region, which the standard forbids."""
        source = self._source(path)
        if source is None or region.snippet is None:
            return None
        first = max(1, region.start_line - _CONTEXT_LINES)
        last = min(source.line_count, region.start_line + _CONTEXT_LINES)
        end = source.line_start(last + 1) if last < source.line_count else len(source.data)
        lines = source.data[source.line_start(first) : end].decode("utf-8", "replace")
        text = lines.removesuffix("\n").removesuffix("\r")
        if text == region.snippet.text or len(text) > _MAX_TEXT:
            return None
        return sarif.Region(start_line=first, end_line=last, snippet=sarif.ArtifactContent(text=text))

    def _artifact(self, uri: str, path: str) -> sarif.Artifact:
        source = self._source(path)
        return sarif.Artifact(
            location=sarif.ArtifactLocation(uri=uri, uri_base_id=SOURCE_ROOT),
            roles=["analysisTarget"],
            source_language="go" if uri.endswith(".go") else None,
            length=-1 if source is None else len(source.data),
            hashes=None if source is None else {"sha-256": sha256(source.data).hexdigest()},
        )

    def _relative_uri(self, path: str) -> str:
        """GitHub cannot show a file through a symbolic link, so the file itself is named if it lies below the root."""
        written = Path(os.path.normpath(self._cwd / path))
        below = (found for found in (_resolved(written), written) if found.is_relative_to(self._root))
        found = next(below, None)
        try:
            relative = found.relative_to(self._root).as_posix() if found else _from(self._root, written)
        except ValueError:  # another drive, whose letter belongs to this machine
            relative = written.relative_to(written.anchor).as_posix()
        return quote(relative, safe=_URI_PATH, errors="surrogateescape")


def exact_region(span: Span) -> sarif.Region:
    """All of a span, over several lines where it is; start and end are the same for an insertion."""
    return sarif.Region(
        start_line=span.line, start_column=span.column, end_line=span.end_line, end_column=span.end_column
    )


def _resolved(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # a loop of symbolic links
        return path


def _from(root: Path, path: Path) -> str:
    return Path(os.path.relpath(path, root)).as_posix()
