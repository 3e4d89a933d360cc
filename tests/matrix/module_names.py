#!/usr/bin/env python3
"""The public names of the library's headers, as the C++20 module exports them.

Usage: module_names.py --check   fails if include/wan/wan.cppm lacks a public name, or exports a name that is not public
       module_names.py --write   writes the list again

Public names are those in namespace wan outside the namespaces called detail. The jobs' names are exported by
their list.
"""

import pathlib
import re
import sys

INCLUDE = pathlib.Path(__file__).resolve().parents[2] / "include"
MODULE = INCLUDE / "wan" / "wan.cppm"
JOB_LIST = INCLUDE / "wan" / "request" / "job_list.hpp"
EXPORT_JOBS = """
#define WAN_JOB(name) using wan::name;
WAN_FOR_EACH_JOB(WAN_JOB)
#undef WAN_JOB
"""
# Macros, and headers that only include others.
WITHOUT_NAMES = {"wan/config.hpp", "wan/src.hpp", "wan/version.hpp", "wan/wan.hpp"}

TOKEN = re.compile(r"""\s+|//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])+'|\#(?:\\\n|[^\n])*|[A-Za-z_]\w*|::|\d[\w.']*|.""", re.S | re.X)
FUNCTION_MACROS = re.compile(r"^(BOOST_DESCRIBE\w*|WAN_DESCRIBE_JOBS|WAN_FOR_EACH_JOB|static_assert)$")


def tokens(text):
    for match in TOKEN.finditer(text):
        token = match.group()
        if not token.isspace() and not token.startswith(("//", "/*", "#")):
            yield token


def without_angles(declaration):
    """Returns the declaration without the parameters and arguments of templates in <>."""
    kept, depth = [], 0
    for at, token in enumerate(declaration):
        if token == "<" and kept and (depth or re.match(r"\w", kept[-1])) and kept[-1] != "operator":
            depth += 1
        elif token == ">" and depth and declaration[at - 1] != "-":
            depth -= 1
        elif not depth:
            kept.append(token)
    return kept


def name_of(declaration):
    """The name that a declaration at namespace scope makes known; None where it makes none."""
    if not declaration or FUNCTION_MACROS.match(declaration[0]):
        return None
    if declaration[0] == "WAN_DECLARE_DATA":  # (type, name)
        return declaration[declaration.index(")") - 1]
    if declaration[:3] == ["template", "<", ">"]:
        return None  # an explicit specialization
    words = [word for word in without_angles(declaration) if word != "template"]
    if words[:2] == ["[", "["]:  # [[nodiscard]] std::vector<violation> validate
        words = words[words.index("]") + 2 :]
    if words[1:3] == ["[", "["]:  # class [[nodiscard]] result
        words = words[:1] + words[words.index("]") + 2 :]
    if words[0] == "requires":  # requires std::is_enum_v<E> constexpr ...
        words = words[2:] if words[1] != "std" else words[4:]
    if words[0] in ("struct", "class", "concept", "using", "enum"):
        return words[2] if words[1] in ("class", "struct") else words[1]
    for at, word in enumerate(words):
        if word in ("(", "=", "{", "[", ";") and at:
            if words[at - 1] == "operator" or "->" in words:
                return None  # found by its operands; a deduction guide
            if at >= 2 and words[at - 2] == "::":
                return None  # a member, defined outside of its class
            return words[at - 1]
    return words[-1]


def public_names(text):
    """{namespace: names}"""
    found, namespaces, declaration, depth, round_brackets = {}, [], [], 0, 0
    stream = iter(tokens(text))
    for token in stream:
        if depth:
            depth += (token == "{") - (token == "}")
            continue
        if token == "namespace" and not declaration:
            name = []
            for token in stream:
                if token == "{":
                    break
                name.append(token)
            namespaces.append([part for part in "".join(name).split("::") if part != "inlineWAN_ABI"])
            continue
        if token == "}" and round_brackets == 0:
            namespaces.pop()
            declaration = []
            continue
        round_brackets += (token == "(") - (token == ")")
        if token == "{" and round_brackets == 0:
            depth = 1
        path = [part for space in namespaces for part in space]
        is_macro = token == ")" and round_brackets == 0 and declaration and declaration[0] != "static_assert" and FUNCTION_MACROS.match(declaration[0])
        # A body, or the end; a variable's initializer is followed by the end of a declaration without words.
        if depth or token == ";" or is_macro:
            name = None if is_macro else name_of(declaration + [token])
            if name and path and path[0] == "wan" and "detail" not in path and not re.match(r"^\W", name):
                found.setdefault("::".join(path), set()).add(name)
            declaration = []
            continue
        declaration.append(token)
    return found


def headers():
    for header in sorted(INCLUDE.glob("wan/**/*.hpp")):
        name = header.relative_to(INCLUDE).as_posix()
        if name not in WITHOUT_NAMES and "detail" not in name.split("/"):
            yield header


def jobs():
    return set(re.findall(r"JOB\((\w+)\)", JOB_LIST.read_text(encoding="utf-8").partition("#define")[2].partition("\n")[2]))


def wanted():
    all_names = {"wan": jobs()}
    for header in headers():
        for namespace, names in public_names(header.read_text(encoding="utf-8")).items():
            all_names.setdefault(namespace, set()).update(names)
    return all_names


def exported(text):
    found = {}
    for namespace, block in re.findall(r"export namespace ([\w:]+) \{(.*?)\n\}", text, re.S):
        found.setdefault(namespace, set()).update(re.findall(rf"using {namespace}::(\w+);", block.replace(EXPORT_JOBS, "")))
        if EXPORT_JOBS in block:
            found[namespace] |= jobs()
    return found


def written(names):
    blocks = []
    for namespace in sorted(names):
        by_list = jobs() if namespace == "wan" else set()
        lines = "".join(f"using {namespace}::{name};\n" for name in sorted(names[namespace] - by_list)) + (EXPORT_JOBS if by_list else "")
        blocks.append(f"export namespace {namespace} {{\n\n{lines}\n}} // namespace {namespace}\n")
    return "\n".join(blocks)


def main():
    if sys.argv[1:] == ["--write"]:
        text = MODULE.read_text(encoding="utf-8")
        head = text[: text.index("export module wan;")] + "export module wan;\n\n"
        MODULE.write_text(head + written(wanted()), encoding="utf-8")
        return 0
    if sys.argv[1:] != ["--check"]:
        print(__doc__, file=sys.stderr)
        return 2
    names, has = wanted(), exported(MODULE.read_text(encoding="utf-8"))
    wrong = 0
    for namespace in sorted(names.keys() | has.keys()):
        for name in sorted(names.get(namespace, set()) - has.get(namespace, set())):
            print(f"not exported: {namespace}::{name}", file=sys.stderr)
            wrong += 1
        for name in sorted(has.get(namespace, set()) - names.get(namespace, set())):
            print(f"exported, but not public: {namespace}::{name}", file=sys.stderr)
            wrong += 1
    print(f"{sum(map(len, names.values()))} public names")
    if wrong:
        print("to update the list: python3 tests/matrix/module_names.py --write", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
