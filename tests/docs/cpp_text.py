# Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
"""What a person reads in C++ files: comments, and messages with the names of the values in them."""

import re

TOKEN = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)
      | (?P<raw>R"(?P<mark>[^(\s]*)\((?P<rawtext>.*?)\)(?P=mark)")
      | (?P<string>(?:u8|u|U|L)?"(?P<text>(?:\\.|[^"\\\n])*)")
      | (?P<char>'(?:\\.|[^'\\\n])+')
      | (?P<name>[A-Za-z_]\w*)
      | (?P<number>\.?\d(?:[\w.]|'\d)*)
      | (?P<directive>^[ \t]*\#(?:\\\n|[^\n])*)
      | (?P<space>\s+)
      | (?P<mark_of>::|->|<<|>>|&&|\|\||==|!=|<=|>=|\+=|\+\+|--|.)""",
    re.VERBOSE | re.DOTALL | re.MULTILINE,
)
ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\", "'": "'", "r": "\r", "0": "\0"}


def unescaped(text):
    return re.sub(r"\\(x[0-9a-fA-F]+|.)", lambda m: ESCAPES.get(m[1], "?"), text)


def tokens(source):
    """Pairs of a kind and a text; literals as (string, their text)."""
    for m in TOKEN.finditer(source):
        kind = m.lastgroup
        if m["raw"] is not None:
            yield "string", m["rawtext"]
        elif m["string"] is not None:
            yield "string", unescaped(m["text"])
        elif m["comment"] is not None:
            yield "comment", m["comment"]
        elif kind in ("name", "number", "char"):
            yield kind, m[0]
        elif m["mark_of"] is not None:
            yield "mark", m[0]


def tree(source):
    """Tokens without comments, with a list for what is in brackets."""
    stack = [[]]
    for kind, text in tokens(source):
        if kind == "comment":
            continue
        if kind == "mark" and text in "([{":
            stack.append([])
        elif kind == "mark" and text in ")]}" and len(stack) > 1:
            group = stack.pop()
            stack[-1].append(("group", group))
        else:
            stack[-1].append((kind, text))
    while len(stack) > 1:
        group = stack.pop()
        stack[-1].append(("group", group))
    return stack[0]


ENDS = {",", ";", "?", ":", "=", "+=", "&&", "||", "==", "!=", "<", ">", "<=", ">="}


def parts(items, is_end):
    part = []
    for item in items:
        if is_end(item):
            yield part
            part = []
        else:
            part.append(item)
    yield part


def value_name(operand):
    """The last name in an expression, as what stands for its value in a message."""
    for kind, what in reversed(operand):
        if kind == "name" and what not in ("const", "auto"):
            last = what
            break
    else:
        last = ""
    for kind, what in reversed(operand):
        if kind == "group":
            inner = value_name(what)
            if inner:
                return inner
            break
    return last


def operand_text(operand):
    """The text of literals alone, a name for a value."""
    if operand and all(kind == "string" for kind, _ in operand):
        return "".join(text for _, text in operand), True
    if len(operand) == 1 and operand[0][0] == "char":
        return unescaped(operand[0][1][1:-1]), False
    if len(operand) == 2 and operand[0] == ("name", "std::string") and operand[1][0] == "group":
        return operand_text(operand[1][1])
    if len(operand) >= 2 and operand[-1][0] == "group" and all(kind != "group" for kind, _ in operand[:-1]):
        names = [what for kind, what in operand[:-1] if kind == "name"]
        if names in (["std", "string"], ["std", "string_view"]):
            return operand_text(operand[-1][1])
    name = value_name(operand)
    return f"<{name}>" if name else "<...>", False


def chain(part):
    """The arguments of a chain of append, and what it begins with."""
    found, first = [], []
    i = 0
    while i < len(part):
        if part[i : i + 2] == [("mark", "."), ("name", "append")] and i + 2 < len(part) and part[i + 2][0] == "group":
            arguments = list(parts(part[i + 2][1], lambda item: item == ("mark", ",")))
            found.append(arguments[-1])
            i += 3
        else:
            if not found:
                first.append(part[i])
            i += 1
    return first, found


def messages(items):
    """Every text of a message in a tree, outer ones first."""
    for part in parts(items, lambda item: item[0] == "mark" and item[1] in ENDS or item == ("name", "return")):
        operands = list(parts(part, lambda item: item[0] == "mark" and item[1] in ("+", "<<")))
        if len(operands) == 1:
            first, appended = chain(part)
            if appended:
                begins = [first] if any(kind == "string" for kind, _ in first) else []
                operands = begins + appended
        texts = [operand_text(o) for o in operands if o]
        if any(is_literal for _, is_literal in texts):
            yield "".join(text for text, _ in texts)
        for operand in operands:
            if operand and all(kind == "string" for kind, _ in operand):
                continue
            for kind, what in operand:
                if kind == "group":
                    yield from messages(what)


def comments(source):
    """Blocks of comments, each as one text of one or more lines."""
    block, last_end = [], None
    for m in TOKEN.finditer(source):
        if m["comment"] is not None:
            text = re.sub(r"^(///<?|//!?<?|/\*\*?)\s?|\s*\*/$", "", m["comment"])
            between = source[last_end : m.start()] if last_end is not None else "\n\n"
            if block and (between.count("\n") > 1 or between.strip()):
                yield "\n".join(block)
                block = []
            block.append(text)
            last_end = m.end()
    if block:
        yield "\n".join(block)
