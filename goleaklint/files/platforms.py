"""What Go knows of operating systems and architectures: which tags each makes true, and which file names mean one."""

# As in Go's internal/syslist, whose lists only ever grow: past, present and planned.
UNIX = frozenset(
    (
        *("aix", "android", "darwin", "dragonfly", "freebsd", "hurd", "illumos", "ios", "linux", "netbsd", "openbsd"),
        "solaris",
    )
)
OPERATING_SYSTEMS = UNIX | {"js", "nacl", "plan9", "wasip1", "windows", "zos"}
ARCHITECTURES = frozenset(
    (
        *("386", "amd64", "amd64p32", "arm", "armbe", "arm64", "arm64be", "loong64", "mips", "mipsle", "mips64"),
        *("mips64le", "mips64p32", "mips64p32le", "ppc", "ppc64", "ppc64le", "riscv", "riscv64", "s390", "s390x"),
        *("sparc", "sparc64", "wasm"),
    )
)

# A build for the first also builds the files of the second.
_INCLUDES = {"android": "linux", "illumos": "solaris", "ios": "darwin"}


def system_tags(system: str) -> frozenset[str]:
    """The tags that are true when GOOS is `system`."""
    tags = {system}
    if system in _INCLUDES:
        tags.add(_INCLUDES[system])
    if system in UNIX:
        tags.add("unix")
    return frozenset(tags)


def suffix_tags(name: str) -> tuple[str, ...]:
    """The tags that a file name demands by `_GOOS`, `_GOARCH` or `_GOOS_GOARCH` before an optional `_test`.

    As in the Go command, only what follows the first underscore counts (linux.go is for all), and the name ends at its
    first dot (x_linux.pb.go is for Linux).
    """
    elements = name.partition(".")[0].split("_")[1:]
    if elements and elements[-1] == "test":
        elements.pop()
    if not elements:
        return ()
    last = elements[-1]
    if len(elements) > 1 and elements[-2] in OPERATING_SYSTEMS and last in ARCHITECTURES:
        return elements[-2], last
    return (last,) if last in OPERATING_SYSTEMS or last in ARCHITECTURES else ()
