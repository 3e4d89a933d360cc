#!/usr/bin/env python3
"""The layout of the library: its rooms, and what each may include.

Usage: layout.py --check           fails where a rule is broken, or docs/rooms.md is out of date
       layout.py --write           writes docs/rooms.md, and the includes of wan.hpp and src.hpp
       layout.py --self-test       breaks each rule in a scratch copy: --check must find it
       layout.py --long-functions  lists the functions of more than 40 lines

Rules:
  1. room/impl/N.ipp is the body of room/N.hpp or room/detail/N.hpp. That header includes it, src.hpp lists it.
  2. No .ipp includes an .ipp, and no header the body of another.
  3. A room includes only rooms to its left in the order of ROOMS. wan.hpp, src.hpp and fwd.hpp are for programs: they
     include every room, and no room includes them.
  4. A header that has only names of a namespace detail is in room/detail/, and only such headers are.
  5. Examples, and tests of examples, include no file of detail/ or impl/.
  6. No file of the library has more than 300 lines, and no line more than 110 columns.
  7. wan.hpp and src.hpp have their includes by room, from left to right; src.hpp has every body.
  8. clang-format has nothing to change, where the version that the project uses is installed.
"""

import collections
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "matrix"))
from module_names import public_names  # noqa: E402

# In order: a room includes only rooms before it. The first is include/wan itself.
ROOMS = {
    "wan": "Types that all rooms share: results, errors, reflection. The umbrella headers are also here.",
    "http": "HTTP as values: requests, responses, URLs, bodies. This room opens no sockets.",
    "media": "Images, clips and sounds: references to them in requests, and readers of their file headers.",
    "json": "JSON: writes requests according to layouts that are checked at compile time, and reads replies.",
    "request": "Requests: a struct for each job, with its fields.",
    "model": "The limits of each model, as data.",
    "validation": "Checks a request against the limits of its model.",
    "provider": "Providers and dialects: accounts that make videos, and tables that describe their APIs.",
    "protocol": "One file per exchange with a provider: creates its request, reads its response.",
    "video": "The finished video: its size, price, URL and file.",
    "task": "One task from submit to video: a state machine without I/O.",
    "scheduler": "Many tasks within the limits of one account.",
    "run": "Drivers: functions that run a task with an HTTP executor.",
}
ORDER = {room: place for place, room in enumerate(ROOMS)}
# Headers for programs: they may include every room. --write writes the includes of the first two.
UMBRELLAS = {"wan.hpp", "src.hpp"}
DOOR = UMBRELLAS | {"fwd.hpp"}

FORMATTER = "clang-format-19"
COLUMNS = 110
LINES = 300
FUNCTION_LINES = 40
PAGE = "docs/rooms.md"

PAGE_BEGIN = """# The rooms of the library

This page is for readers and maintainers of the code. It shows where each header is, and which parts depend on
which.

Each folder of `include/wan` is a room. A room has public headers, their implementations in `impl/`, and
private helpers in `detail/`. For example, the public header `http/url.hpp` has its implementation in
`http/impl/url.ipp`, and `http/detail/http_date.hpp` is private. A room includes only rooms to its left:

"""
PAGE_RULES = """The diagram is generated from the includes. Each arrow points to an included room. Arrows that follow from
other arrows are omitted; the line "Includes" of each room is complete. The rules are enforced by
`python3 tests/layout/layout.py --check`.

[CONTRIBUTING.md](../CONTRIBUTING.md) explains how to change the library, and [stability.md](stability.md)
says which names stay compatible.

"""

# A declaration without a definition: the name is defined in another header.
MENTION = re.compile(r"^(?:class|struct|enum class) \w+(?: : [\w:]+)?;\n", re.M)
INCLUDE = re.compile(r"^[ \t]*#[ \t]*include[ \t]*[<\"]wan/([^>\"]+)[>\"]", re.M)

Finding = collections.namedtuple("Finding", "rule path line message")


class Tree:
    """A tree of sources. Paths of the library are relative to include/wan."""

    def __init__(self, root):
        self.root = pathlib.Path(root)
        self.library = self.root / "include" / "wan"
        self.texts = {
            file.relative_to(self.library).as_posix(): file.read_text(encoding="utf-8")
            for file in sorted(self.library.rglob("*"))
            if file.suffix in (".hpp", ".ipp")
        }

    def includes(self, path):
        """[(line, included file)]"""
        text = self.texts[path]
        return [(text.count("\n", 0, match.start(1)) + 1, match.group(1)) for match in INCLUDE.finditer(text)]

    def sources(self, *folders):
        for folder in folders:
            for file in sorted((self.root / folder).rglob("*")):
                if file.suffix in (".hpp", ".ipp", ".cpp", ".cppm", ".h") and "build" not in file.parts:
                    yield file


def room_of(path):
    first, *rest = path.split("/")
    return first if rest and first not in ("detail", "impl") else "wan"


def folder_of(path):
    """detail, impl, or nothing"""
    parts = path.split("/")[:-1]
    return parts[-1] if parts and parts[-1] in ("detail", "impl") else ""


def headers_of_body(path):
    """Where the header of a body may be."""
    folder, _, name = path.rpartition("/impl/")
    folder = folder + "/" if folder else ""
    if path.startswith("impl/"):
        folder, name = "", path[len("impl/") :]
    name = name[: -len(".ipp")] + ".hpp"
    return [folder + name, folder + "detail/" + name]


def check_bodies(tree):
    listed = [file for _, file in tree.includes("src.hpp") if file.endswith(".ipp")]
    for path in tree.texts:
        if not path.endswith(".ipp"):
            continue
        if folder_of(path) != "impl":
            yield Finding(1, path, 1, "a body must be in the folder impl/ of its room")
            continue
        headers = [header for header in headers_of_body(path) if header in tree.texts]
        if not headers:
            yield Finding(1, path, 1, f"no header has this name: expected {' or '.join(headers_of_body(path))}")
        elif not any(file == path for header in headers for _, file in tree.includes(header)):
            yield Finding(1, path, 1, f"its header does not include it: {headers[0]}")
        if path not in listed:
            yield Finding(1, path, 1, "src.hpp does not list it: python3 tests/layout/layout.py --write")


def check_included_bodies(tree):
    for path in tree.texts:
        if path == "src.hpp":
            continue
        for line, file in tree.includes(path):
            if not file.endswith(".ipp"):
                continue
            if path.endswith(".ipp"):
                yield Finding(2, path, line, f"a body includes a body: {file}")
            elif path not in headers_of_body(file):
                yield Finding(2, path, line, f"a header includes the body of another header: {file}")


def check_order(tree):
    for path in tree.texts:
        room = room_of(path)
        if room not in ORDER:
            yield Finding(3, path, 1, f"{room}/ is not a room of tests/layout/layout.py")
            continue
        if path in DOOR:
            continue
        for line, file in tree.includes(path):
            if file not in tree.texts:
                yield Finding(3, path, line, f"this file does not exist: wan/{file}")
            elif file in DOOR:
                yield Finding(3, path, line, f"a room includes a header for programs: wan/{file}")
            elif ORDER.get(room_of(file), -1) > ORDER[room]:
                yield Finding(3, path, line, f"{room} includes a room to its right: wan/{file}")


def check_private_headers(tree):
    for path, text in tree.texts.items():
        if not path.endswith(".hpp") or path in UMBRELLAS:
            continue
        names = sorted(name for names in public_names(MENTION.sub("", text)).values() for name in names)
        is_private = re.search(r"^namespace [\w: ]*\bdetail\b", text, re.M) is not None
        if folder_of(path) == "detail" and names:
            yield Finding(4, path, 1, f"a private header has public names: {', '.join(names)}")
        if folder_of(path) == "" and is_private and not names:
            yield Finding(4, path, 1, "all names are in a namespace detail: move it to the folder detail/")


def check_examples(tree):
    for file in tree.sources("examples", "tests/e2e", "tests/live", "tests/unreal"):
        text = file.read_text(encoding="utf-8")
        for match in INCLUDE.finditer(text):
            if {"detail", "impl"} & set(match.group(1).split("/")):
                line = text.count("\n", 0, match.start(1)) + 1
                yield Finding(5, file.relative_to(tree.root).as_posix(), line, f"includes the private wan/{match.group(1)}")


def check_sizes(tree):
    for path, text in tree.texts.items():
        if text.count("\n") > LINES:
            yield Finding(6, path, LINES + 1, f"{text.count(chr(10))} lines; at most {LINES}")
        for number, line in enumerate(text.split("\n"), 1):
            if len(line) > COLUMNS:
                yield Finding(6, path, number, f"{len(line)} columns; at most {COLUMNS}")


def title_of(room):
    return re.split(r"[:.]", ROOMS[room])[0] + "."


def by_room(files):
    """The includes of these files, a block per room."""
    blocks = []
    for room in ROOMS:
        block = sorted(file for file in files if room_of(file) == room)
        if block:
            blocks.append(f"// {title_of(room)}\n" + "".join(f"#include <wan/{file}>\n" for file in block))
    return "\n".join(blocks)


def umbrella_of(tree, path):
    """The text that wan.hpp or src.hpp should have: its own includes in order, or all bodies."""
    text = tree.texts[path]
    before = "#include <wan/wan.hpp>\n" if path == "src.hpp" else "#include <wan/detail/push_macros.hpp>\n"
    begin = text.index(before) + len(before)
    end = re.compile(r"^(?!#include <wan/(?!detail/pop_macros)|// |\n)", re.M).search(text, begin).start()
    listed = {match.group(1) for match in INCLUDE.finditer(text, begin, end)}
    if path == "src.hpp":
        listed = {file for file in tree.texts if file.endswith(".ipp")}
    return text[:begin] + "\n" + by_room(listed) + "\n" + text[end:]


def check_umbrellas(tree):
    for path in sorted(UMBRELLAS):
        if tree.texts[path] != umbrella_of(tree, path):
            yield Finding(7, path, 1, "its includes are not in order: python3 tests/layout/layout.py --write")


def check_format(tree):
    if shutil.which(FORMATTER) is None:
        print(f"{FORMATTER} is not installed, so the format is not checked")
        return
    files = [str(file) for file in tree.sources("include", "examples", "tests", "benchmarks")]
    done = subprocess.run([FORMATTER, "--dry-run", *files], cwd=tree.root, capture_output=True, text=True, check=False)
    seen = set()
    for file, line in re.findall(r"^(.+?):(\d+):\d+: (?:warning|error):", done.stderr, re.M):
        if file not in seen:
            seen.add(file)
            path = pathlib.Path(file).relative_to(tree.root).as_posix()
            yield Finding(8, path, int(line), f"not formatted: {FORMATTER} -i {path}")
    if done.returncode != 0 and not seen:
        yield Finding(8, ".clang-format", 1, done.stderr.strip())


def edges(tree):
    """{room: the rooms that it includes}"""
    found = {room: set() for room in ROOMS}
    for path in tree.texts:
        if path not in DOOR:
            for _, file in tree.includes(path):
                found.setdefault(room_of(path), set()).add(room_of(file))
    return {room: rooms - {room} for room, rooms in found.items()}


def reduced(graph):
    """Without the edges that others imply."""

    def reachable(room, seen):
        for other in graph.get(room, ()):
            if other not in seen:
                seen.add(other)
                reachable(other, seen)
        return seen

    return {
        room: {to for to in rooms if not any(to in reachable(other, set()) for other in rooms - {to})}
        for room, rooms in graph.items()
    }


def summary_of(text):
    """The first sentence of a header's \\file comment, or of its first comment."""
    lines = text.split("\n")[1:]
    comment = []
    for line in lines:
        if not line.startswith("//"):
            break
        words = line.lstrip("/").strip()
        if words == "\\file":
            comment = []
        elif not words and comment:
            break
        else:
            comment.append(words)
    sentence = re.split(r"(?<=\.)\s", " ".join(comment) + " ", maxsplit=1)[0].strip()
    return sentence.replace("|", "\\|")


def page_of(tree):
    graph = edges(tree)
    in_order = lambda rooms: sorted(rooms, key=lambda room: ORDER.get(room, len(ORDER)))  # noqa: E731
    text = "<!-- Made from the includes of include/wan. To update it: python3 tests/layout/layout.py --write -->\n"
    text += PAGE_BEGIN
    text += "    " + " -> ".join(ROOMS).replace("wan ->", "wan (the root) ->", 1) + "\n\n"
    text += PAGE_RULES
    text += "```mermaid\ngraph RL\n"
    for room, rooms in reduced(graph).items():
        text += "".join(f"    {room} --> {other}\n" for other in in_order(rooms))
    text += "```\n"
    for room, holds in ROOMS.items():
        files = [path for path in tree.texts if room_of(path) == room and path.endswith(".hpp")]
        folder = "include/wan" if room == "wan" else f"include/wan/{room}"
        text += f"\n## {folder}\n\n{holds}\n\n"
        included = in_order(graph.get(room, ()))
        text += f"Includes: {', '.join(included) or 'no other room'}.\n\n"
        text += "| header | purpose |\n|---|---|\n"
        for path in files:
            if folder_of(path) == "":
                text += f"| `{path.split('/')[-1]}` | {summary_of(tree.texts[path])} |\n"
        private = [path.split("/")[-1] for path in files if folder_of(path) == "detail"]
        if private:
            text += f"\nPrivate: {', '.join(f'`{name}`' for name in private)}.\n"
    return text


def check_page(tree):
    page = tree.root / PAGE
    if not page.exists() or page.read_text(encoding="utf-8") != page_of(tree):
        yield Finding(0, PAGE, 1, "out of date: python3 tests/layout/layout.py --write")


RULES = [check_bodies, check_included_bodies, check_order, check_private_headers, check_examples, check_sizes, check_umbrellas, check_page]


def findings(tree, rules):
    return [finding for rule in rules for finding in rule(tree)]


def shown(finding):
    path = finding.path if "/" in finding.path and (ROOT / finding.path).exists() else f"include/wan/{finding.path}"
    rule = f" (rule {finding.rule})" if finding.rule else ""
    return f"{path}:{finding.line}: {finding.message}{rule}"


def check():
    tree = Tree(ROOT)
    found = findings(tree, RULES + [check_format])
    for finding in found:
        print(shown(finding), file=sys.stderr)
    print(f"{len(tree.texts)} files in {len(ROOMS)} rooms, {len(found)} findings")
    return 1 if found else 0


# The self-test: each plant breaks one rule in a scratch copy.


def edit(tree, path, change):
    file = tree.library / path
    file.write_text(change(file.read_text(encoding="utf-8")), encoding="utf-8")


def with_include(file):
    """Another include, first of all."""
    return lambda text: text.replace("#include <", f"#include <wan/{file}>\n#include <", 1)


def plant_include_to_the_right(tree):
    edit(tree, "http/url.hpp", with_include("task/task.hpp"))
    return 3, "http/url.hpp", "room to its right: wan/task/task.hpp"


def plant_body_that_includes_a_body(tree):
    edit(tree, "provider/impl/yutoai.ipp", with_include("provider/impl/dashscope.ipp"))
    return 2, "provider/impl/yutoai.ipp", "a body includes a body"


def plant_body_with_a_wrong_name(tree):
    (tree.library / "http/impl/base64.ipp").rename(tree.library / "http/impl/encoding.ipp")
    for path in ("http/base64.hpp", "src.hpp"):
        edit(tree, path, lambda text: text.replace("http/impl/base64.ipp", "http/impl/encoding.ipp"))
    return 1, "http/impl/encoding.ipp", "no header has this name"


def plant_header_that_includes_anothers_body(tree):
    edit(tree, "http/url.hpp", with_include("http/impl/base64.ipp"))
    return 2, "http/url.hpp", "the body of another"


def plant_body_that_is_not_listed(tree):
    edit(tree, "src.hpp", lambda text: text.replace("#include <wan/http/impl/base64.ipp>\n", ""))
    return 1, "http/impl/base64.ipp", "src.hpp does not list it"


def plant_private_header_among_the_public(tree):
    (tree.library / "http/detail/http_date.hpp").rename(tree.library / "http/http_date.hpp")
    return 4, "http/http_date.hpp", "move it to the folder detail/"


def plant_public_name_in_detail(tree):
    edit(tree, "http/detail/http_date.hpp", lambda text: text.replace("WAN_ABI::detail {", "WAN_ABI {"))
    return 4, "http/detail/http_date.hpp", "has public names: parse_http_date"


def plant_example_with_a_private_header(tree):
    file = tree.root / "examples" / "first_video.cpp"
    file.write_text("#include <wan/detail/text.hpp>\n" + file.read_text(encoding="utf-8"), encoding="utf-8")
    return 5, "examples/first_video.cpp", "includes the private wan/detail/text.hpp"


def plant_long_file(tree):
    edit(tree, "http/url.hpp", lambda text: text + "\n" * LINES)
    return 6, "http/url.hpp", "lines; at most 300"


def plant_unknown_room(tree):
    (tree.library / "attic").mkdir()
    (tree.library / "attic" / "old.hpp").write_text("#pragma once\n", encoding="utf-8")
    return 3, "attic/old.hpp", "attic/ is not a room"


def plant_unsorted_umbrella(tree):
    edit(tree, "wan.hpp", lambda text: text.replace("#include <wan/run/", "#include <wan/json/read.hpp>\n#include <wan/run/", 1))
    return 7, "wan.hpp", "not in order"


def plant_new_header(tree):
    (tree.library / "http" / "news.hpp").write_text("// One.\n/// \\file\n/// News.\n#pragma once\n", encoding="utf-8")
    return 0, PAGE, "out of date"


PLANTS = [plant for name, plant in sorted(globals().items()) if name.startswith("plant_")]


def self_test():
    failed = 0
    for plant in PLANTS:
        with tempfile.TemporaryDirectory() as scratch:
            for folder in ("include", "examples", "tests/e2e", "tests/live", "tests/unreal"):
                shutil.copytree(ROOT / folder, pathlib.Path(scratch) / folder)
            tree = Tree(scratch)
            (tree.root / "docs").mkdir()
            (tree.root / PAGE).write_text(page_of(tree), encoding="utf-8")
            before = findings(tree, RULES)
            rule, path, words = plant(tree)
            new = [finding for finding in findings(Tree(scratch), RULES) if finding not in before]
            is_found = any(f.rule == rule and f.path == path and words in f.message for f in new)
            print(f"{'found' if is_found else 'MISSED'}: {plant.__name__[len('plant_'):].replace('_', ' ')}")
            failed += not is_found
    print(f"{len(PLANTS)} plants, {failed} missed")
    return 1 if failed else 0


def functions_of(text):
    """[(first line, last line, declaration)] of the functions that have a body, without those within others."""
    blank = lambda match: re.sub(r"[^\n]", " ", match.group())  # noqa: E731
    text = re.sub(r"//[^\n]*|/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|(?<!\w)'(?:\\.|[^'\\\n])+'", blank, text, flags=re.S)
    text = re.sub(r"^[ \t]*(?:#(?:\\\n|[^\n])*|BOOST_DESCRIBE\w*\([^)]*\))", blank, text, flags=re.M)
    depth, begin, line, brackets, head, first = [], 0, 1, 0, "", 0
    for letter in text:
        line += letter == "\n"
        if begin:
            depth[-1] += (letter == "{") - (letter == "}")
            if depth[-1] == 0:
                yield begin, line, " ".join(head.split())
                depth.pop()
                begin, head, first = 0, "", 0
            continue
        brackets += (letter == "(") - (letter == ")")
        if letter == "{" and not brackets:
            words = re.sub(r"template\s*<[^{}]*>\s*", "", " ".join(head.split()))
            if ")" in words and not re.match(r"(inline )?(namespace|struct|class|enum|union)\b", words) and not re.search(r"=[^()]*$", words):
                depth.append(1)
                begin = first
                continue
            if re.search(r"=[^()]*$", words):  # the value of a variable
                brackets += 1000
            head, first = "", 0
        elif letter == "}" and not brackets % 1000:
            brackets -= 1000 * (brackets >= 1000)
            head, first = "", 0
        elif letter == ";" and not brackets:
            head, first = "", 0
        else:
            first = first or (0 if letter.isspace() else line)
            head += letter


def long_functions():
    for path, text in Tree(ROOT).texts.items():
        for begin, end, declaration in functions_of(text):
            if end - begin + 1 > FUNCTION_LINES:
                print(f"include/wan/{path}:{begin}: {end - begin + 1} lines: {declaration[:100]}")
    return 0


def main():
    if sys.argv[1:] == ["--check"]:
        return check()
    if sys.argv[1:] == ["--write"]:
        for path in UMBRELLAS:
            tree = Tree(ROOT)
            (tree.library / path).write_text(umbrella_of(tree, path), encoding="utf-8")
        (ROOT / PAGE).write_text(page_of(Tree(ROOT)), encoding="utf-8")
        return 0
    if sys.argv[1:] == ["--self-test"]:
        return self_test()
    if sys.argv[1:] == ["--long-functions"]:
        return long_functions()
    print(__doc__, file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main())
