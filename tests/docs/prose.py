#!/usr/bin/env python3
# Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
"""Plain words: the pages, the comments and the messages use the field's words, and links lead somewhere.

Usage: prose.py [--check]   fails where a word of WORDS is used, a comment's sentence is too long, or a link leads nowhere

Exit codes: 0 all is right; 1 not so; 2 usage.
"""

import pathlib
import re
import sys

import cpp_text
import messages

ROOT = pathlib.Path(__file__).resolve().parents[2]
LONGEST_SENTENCE = 40  # words, in a comment of a public header

# What is not said, and what is said instead.
WORDS = [
    (r"told|tells", "reported, reports, says"),
    (r"(?<!there )(is|are) none", "no ..., is not a ..."),
    (r"(stands?|stood)(?! for)", "is"),
    (r"go(es)? on|going on|went on", "continues, resumes"),
    (r"anew", "again"),
    (r"by (itself|themselves)", "automatically"),
    (r"whichever", "any"),
    (r"counts? as", "is treated as"),
    (r"look(ed|s|ing)? for", "search, find"),
    (r"time-outs?", "timeout"),
    (r"handed out|hands out", "returned, returns"),
    (r"that of", "the ... of"),
    (r"nobody", "no one, or the name of who does"),
    (r"judge[sd]?|judging", "check"),
    (r"mended|mends", "repaired"),
    (r"sane", "valid"),
    (r"no place for", "does not support"),
]
SAID = [(re.compile(rf"(?<![\w-])(?:{word})(?![\w-])", re.IGNORECASE), instead) for word, instead in WORDS]

LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.*?)\s*$", re.MULTILINE)


def pages():
    return sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def without_code(markdown):
    """The same lines; those of code are empty, and so is code within a line."""
    is_code, lines = False, []
    for line in markdown.split("\n"):
        if line.lstrip().startswith("```"):
            is_code = not is_code
            line = ""
        lines.append("" if is_code or line.startswith("    ") else re.sub(r"`[^`]*`", "``", line))
    return "\n".join(lines)


def anchor_of(heading):
    heading = re.sub(r"[^a-z0-9 _-]", "", re.sub(r"`", "", heading).lower())
    return heading.replace(" ", "-")


def bad_links(page):
    text = without_code(page.read_text(encoding="utf-8"))
    for m in LINK.finditer(text):
        target, _, anchor = m[1].partition("#")
        if "://" in target or target.startswith("mailto:"):
            continue
        path = (page.parent / target).resolve() if target else page
        if not path.exists():
            yield m[1], "there is no such file"
        elif anchor and anchor not in map(anchor_of, HEADING.findall(path.read_text(encoding="utf-8"))):
            yield m[1], "there is no such heading"


def prose():
    """Pairs of a place and a text."""
    for page in pages():
        yield page, without_code(page.read_text(encoding="utf-8"))
    for folder in ("include/wan", "examples"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".hpp", ".ipp", ".cpp"):
                source = path.read_text(encoding="utf-8")
                for block in cpp_text.comments(source):
                    yield path, re.sub(r"\\code.*?\\endcode|`[^`]*`", "``", block, flags=re.DOTALL)
    for path, texts in messages.collected().items():
        for text in texts:
            yield ROOT / path, re.sub(r"<\w+>|`[^`]*`", "", text)


def long_sentences():
    for path in sorted((ROOT / "include/wan").rglob("*.hpp")):
        for block in cpp_text.comments(path.read_text(encoding="utf-8")):
            block = re.sub(r"\\code.*?\\endcode", ". ", block, flags=re.DOTALL)
            block = re.sub(r"\n\s*(-|\||\\\w+|\n)", ".\n", block)
            for sentence in re.split(r"(?<=[.:;!?])\s", block):
                words = len(re.findall(r"[A-Za-z][\w'-]*", sentence))
                if words > LONGEST_SENTENCE:
                    yield path, words, " ".join(sentence.split())


def main(arguments):
    if arguments in (["--help"], ["-h"]):
        print(__doc__)
        return 0
    if arguments not in ([], ["--check"]):
        print(__doc__, file=sys.stderr)
        return 2
    faults = 0
    for path, text in prose():
        for line in text.split("\n"):
            for pattern, instead in SAID:
                for m in pattern.finditer(line):
                    faults += 1
                    print(f'{path.relative_to(ROOT)}: "{m[0]}" (say: {instead}): {line.strip()[:160]}')
    for path, words, sentence in long_sentences():
        faults += 1
        print(f"{path.relative_to(ROOT)}: a sentence of {words} words, at most {LONGEST_SENTENCE}: {sentence[:160]}")
    for page in pages():
        for link, why in bad_links(page):
            faults += 1
            print(f"{page.relative_to(ROOT)}: {link}: {why}")
    print(f"{faults} faults." if faults else "Plain words, and all links lead somewhere.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
