#!/usr/bin/env python3
# Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
"""Every message of the library and its programs in one file, so that a person can read them all.

Usage: messages.py --check   fails where tests/docs/messages.txt is out of date, or a message is too long
       messages.py --write   writes it

<name> stands for a value. A message has at most 200 characters without its values.
Exit codes: 0 done, or all is right; 1 not so; 2 usage.
"""

import pathlib
import re
import sys

import cpp_text

ROOT = pathlib.Path(__file__).resolve().parents[2]
LIST = ROOT / "tests/docs/messages.txt"
FOLDERS = ["include/wan", "examples"]
SOURCES = (".hpp", ".ipp", ".cpp")
SCRIPTS = ["examples", "tests", ".ci"]
SAID_BY_SCRIPT = re.compile(r"""^[^#\n]*?\b(?:echo|say|printf|fail)\s+(?:"((?:\\.|[^"\\])*)"|'([^']*)')""", re.MULTILINE)
LONGEST = 200
HEAD = """Every message of the library and its programs, by file; <name> stands for a value.
Written by tests/docs/messages.py --write.
"""
# Texts that a program reads, or that go on the wire; and long ones, which are pages of their own: --help and pictures.
IS_MESSAGE = re.compile(r"[A-Za-z]{2,}[,;:]? (<\w+>|[A-Za-z]{2,})|<\w+>:? ([a-z] )?[A-Za-z]{2,}|\b[A-Z][a-z]{3,}:<\w+>")
IS_NO_MESSAGE = re.compile(r"^\s*[{\[]\"|^(<\w+>)?(SELECT|INSERT|CREATE|UPDATE|DELETE|PRAGMA|BEGIN|COMMIT|ROLLBACK) |HTTP/1\.1|Content-Type: "
                           r"|^wan: %s(: %s)?$|^\[task_id %s\]$"
                           r"|<[a-z]+ [a-z-]+=|\{ display: ")  # HTML and its style
# What printf replaces by a value.
FORMAT = re.compile(r"%[-+ 0]*[\d.]*(?:ll|z)?[a-z]")
# A message may begin with the option that it is about; the name of an option, alone or with its value, is not a message.
OPTION = re.compile(r"^ *--[a-z][\w-]*( <\w+>)?")
IS_ABOUT_OPTION = re.compile(r"^: ?\S")
# One word is a message where an error or a report gets it; elsewhere it is a name.
ONE_WORD = re.compile(r"""(?:\.message\s*=\s*|\b(?:add|log|complain|bad\w*|refus\w*)\((?:[^;]*,)?\s*)"([a-z]{3,})"\s*[)}]""")


def texts_of(path):
    source = path.read_text(encoding="utf-8")
    if path.suffix in SOURCES:
        # A text of several lines is a page of its own, as --help is.
        return [text for text in cpp_text.messages(cpp_text.tree(source)) if "\n" not in text.strip()]
    said = (m[1] or m[2] or "" for m in SAID_BY_SCRIPT.finditer(source))
    return [re.sub(r"\$(?:\{(\w+)[^}]*\}|(\w+))", lambda m: f"<{m[1] or m[2]}>", text.replace("\\n", " "))
            for text in said]


def is_message(text):
    if IS_NO_MESSAGE.search(text):
        return False
    said = FORMAT.sub("<value>", text)
    rest = OPTION.sub("", said)
    return bool(IS_MESSAGE.search(rest) or (rest != said and IS_ABOUT_OPTION.search(rest)))


def messages_of(path):
    words = set(ONE_WORD.findall(path.read_text(encoding="utf-8"))) if path.suffix in SOURCES else set()
    texts = (" ".join(text.split()) for text in texts_of(path))
    return list(dict.fromkeys(text for text in texts if text in words or is_message(text)))


def own_length(message):
    return len(re.sub(r"<[\w.]+>", "", message))


def collected():
    programs = [path for folder in FOLDERS for path in (ROOT / folder).rglob("*")
                if path.suffix in SOURCES]
    scripts = [path for folder in SCRIPTS for path in (ROOT / folder).rglob("*")
               if path.suffix == ".sh" or path.name == "run"]
    found = {}
    for path in sorted(programs) + sorted(scripts):
        if path.is_file() and (messages := messages_of(path)):
            found[path.relative_to(ROOT).as_posix()] = messages
    return found


def main(arguments):
    if arguments in (["--help"], ["-h"]):
        print(__doc__)
        return 0
    if arguments not in (["--check"], ["--write"]):
        print(__doc__, file=sys.stderr)
        return 2
    found = collected()
    count = sum(len(m) for m in found.values())
    text = HEAD + "".join(f"\n{path}\n" + "".join(f"  {m}\n" for m in ms) for path, ms in found.items())
    too_long = [f"{path}: {own_length(m)} characters, at most {LONGEST}: {m}" for path, ms in found.items() for m in ms
                if own_length(m) > LONGEST]
    if arguments == ["--write"]:
        LIST.write_text(text, encoding="utf-8")
        print(f"{count} messages of {len(found)} files written to {LIST.relative_to(ROOT)}.")
    elif not LIST.exists() or LIST.read_text(encoding="utf-8") != text:
        print("tests/docs/messages.txt is out of date. Run: python3 tests/docs/messages.py --write, and read what changed.")
        return 1
    for line in too_long:
        print(line)
    print(f"{count} messages, {len(too_long)} too long.")
    return 1 if too_long else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
