"""Compares two dumps of record layouts by clang and prints C assertions of the second.

The last line is a comment with what was counted.
"""
import re
import sys

# Records of clang and of the C library, some of them long doubles, which Microsoft's compiler has not. None
# goes from the plugin to Wireshark or back but jmp_buf, whose size is asserted below.
OWN = re.compile(r"struct (__NSConstantString_tag|__(mm_|load|store)\w+|_JUMP_BUFFER|_SETJMP_FLOAT128|\(unnamed at /usr/.*/include/std(def|lib)\.h:[0-9:]*\))")
JMP_BUF = '_Static_assert(sizeof(jmp_buf) == 256, "jmp_buf");'


def records(path):
    """Name -> (size, alignment, [(offset, depth, what)])."""
    found = {}
    for block in open(path).read().split("*** Dumping AST Record Layout")[1:]:
        lines = [re.match(r"\s*([\d:-]*)\s*\|(\s*)(.*)", line) for line in block.splitlines()]
        lines = [line.groups() for line in lines if line]
        if not lines:
            continue
        size = re.search(r"sizeof=(\d+)", block).group(1)
        align = re.search(r"[^a-z]align=(\d+)", block).group(1)
        fields = [(offset, len(depth), re.sub(r"\s+", " ", what.strip()))
                  for offset, depth, what in lines[1:] if offset]
        found[lines[0][2].strip()] = (size, align, fields)
    return found


def assertions(name, record):
    """The size, and the offset of every field that has a name of its own."""
    size, align, fields = record
    yield f'_Static_assert(sizeof({name}) == {size}, "{name}");'
    yield f'_Static_assert(_Alignof({name}) == {align}, "{name}");'
    outer = min((depth for _, depth, _ in fields), default=0)
    for offset, depth, what in fields:
        field = re.search(r"(\w+)$", what)
        if depth == outer and ":" not in offset and field and "unnamed" not in what and "anonymous" not in what:
            yield f'_Static_assert(__builtin_offsetof({name}, {field.group(1)}) == {offset}, "{name}.{field.group(1)}");'


def main():
    gnu, msvc = records(sys.argv[1]), records(sys.argv[2])
    common = [name for name in gnu if name in msvc]
    if len(common) < 200 or "struct _packet_info" not in common:
        sys.exit(f"only {len(common)} records are read: the dump has another form")
    differ = [name for name in common if gnu[name] != msvc[name] and not OWN.fullmatch(name)]
    if differ:
        sys.exit(f"laid out differently: {', '.join(differ)}")
    print(JMP_BUF)
    fields = 0
    for name in common:
        if re.fullmatch(r"(struct|union) \w+", name) and not OWN.fullmatch(name):
            lines = list(assertions(name, msvc[name]))
            fields += len(lines) - 2
            print("\n".join(lines))
    print(f"// {len(common)} equal, {fields} offsets asserted by GCC")


main()
