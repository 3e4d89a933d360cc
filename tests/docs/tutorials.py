#!/usr/bin/env python3
"""Runs the tutorials in docs/tutorial as a reader would: the same files, the same commands, the same output.

A page is read from top to bottom:
  - a block below a line that is only a file name and a colon (`main.cpp`:) is written to that file
  - an sh block is run; a page has one shell, which stops at the first command that fails (set -e)
  - a text block is compared with the output of the latest sh block; "..." in a line matches any text, a
    line "..." any number of lines
  - the sh block below <!-- build --> is skipped where wan and wan-sandbox are already built

The pages share a scratch folder, videos, beside a folder wan-client that shows this repository without its
builds.

Exit codes: 0 every page ran as it says; 1 a page did not; 2 usage.
"""

import argparse
import os
import pathlib
import queue
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGES = ROOT / "docs" / "tutorial"
BUILD_MARK = "<!-- build -->"
BUILD_SECONDS = 3600
PROGRAMS = ("bash", "c++", "cmake", "curl", "ffmpeg", "ffprobe", "ninja", "python3")
FILE_NAME = re.compile(r"[*`]*([\w-]+\.\w+)[*`]*:[*`]*")


class Failure(Exception):
    """A page that does not do what it says."""


class Block:
    def __init__(self, language, line, text, before):
        self.language = language
        self.line = line  # of the fence, from 1 on
        self.text = text
        self.is_build = before == BUILD_MARK
        named = FILE_NAME.fullmatch(before)
        self.file = named.group(1) if named else None


def blocks_of(page):
    lines = page.read_text(encoding="utf-8").splitlines()
    before = ""
    at = 0
    while at < len(lines):
        if lines[at].startswith("```"):
            end = at + 1
            while end < len(lines) and lines[end] != "```":
                end += 1
            if end == len(lines):
                raise Failure(f"{page.name}:{at + 1}: the block does not end")
            yield Block(lines[at][3:], at + 1, "".join(line + "\n" for line in lines[at + 1 : end]), before)
            before = ""
            at = end
        elif lines[at].strip():
            before = lines[at].strip()
        at += 1


class Shell:
    """A bash that runs one block after the other. Leaving it kills everything that the blocks started."""

    def __init__(self, folder):
        environment = dict(os.environ, LC_ALL="C.UTF-8", no_proxy="127.0.0.1", NO_PROXY="127.0.0.1")
        self.process = subprocess.Popen(
            ["bash", "--noprofile", "--norc"],
            cwd=folder, env=environment, start_new_session=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.mark = f"end-of-block-{os.getpid()}"
        self.output = queue.Queue()
        threading.Thread(target=self.read, daemon=True).start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            os.killpg(self.process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.process.wait()

    def read(self):
        for line in self.process.stdout:
            self.output.put(line.decode("utf-8", "replace"))
        self.output.put(None)

    def run(self, commands, seconds):
        """Returns the output. Raises Failure if a command fails or the time is up."""
        # The commands must not read the ones that follow, hence /dev/null.
        script = f"set -e\n{{\n{commands}}} </dev/null\nset +e\necho\necho {self.mark}\n"
        until = time.monotonic() + seconds
        output = ""
        try:
            self.process.stdin.write(script.encode())
            self.process.stdin.flush()
        except BrokenPipeError:
            raise Failure("the shell has ended") from None
        while time.monotonic() < until:
            try:
                line = self.output.get(timeout=0.5)
            except queue.Empty:
                # A background process may still hold the output open.
                if self.process.poll() is None:
                    continue
                line = None
            if line is None:
                code = self.process.wait()
                raise Failure(f"a command failed; the shell ended with {code}. Output:\n{output}")
            if line.rstrip("\n") == self.mark:
                return output.removesuffix("\n")
            output += line
        raise Failure(f"not finished after {seconds:g} s. Output:\n{output}")


def matches(expected, output):
    pattern = ""
    for line in expected.splitlines():
        if line == "...":
            pattern += r"(?:.*\n)*?"
        else:
            pattern += ".*".join(map(re.escape, line.split("..."))) + r"\n"
    if output and not output.endswith("\n"):
        output += "\n"
    return re.fullmatch(pattern, output) is not None


def flush_left(text):
    return "".join(line.strip() + "\n" for line in text.splitlines())


def indented(text):
    return "".join("    " + line + "\n" for line in text.splitlines())


def run_page(page, folder, arguments):
    print(page.name, flush=True)
    output = None
    written = []
    with Shell(folder) as shell:
        for block in blocks_of(page):
            where = f"{page.name}:{block.line}"
            if block.file:
                (folder / block.file).write_text(block.text, encoding="utf-8")
                written.append(block.text)
                print(f"  line {block.line:3}  {block.file}", flush=True)
            elif block.language == "sh":
                if block.is_build and arguments.is_built:
                    print(f"  line {block.line:3}  sh    skipped: already built", flush=True)
                    output = None
                    continue
                began = time.monotonic()
                try:
                    output = shell.run(block.text, BUILD_SECONDS if block.is_build else arguments.timeout)
                except Failure as failure:
                    raise Failure(f"{where}: {failure}") from None
                print(f"  line {block.line:3}  sh    {time.monotonic() - began:6.1f} s", flush=True)
            elif block.language == "text":
                if output is not None and not matches(block.text, output):
                    raise Failure(f"{where}: the output differs.\n  The page says:\n{indented(block.text)}"
                                  f"  The commands print:\n{indented(output)}")
                print(f"  line {block.line:3}  text  as printed", flush=True)
            elif block.language in ("cpp", "cmake"):
                # A part of a program of this page, which the text explains.
                if not any(flush_left(block.text) in flush_left(text) for text in written):
                    raise Failure(f"{where}: the block is in no program of the page")
            else:
                raise Failure(f"{where}: a block of the unknown kind {block.language!r}")


def make_folders(work, programs):
    """The repository without its builds, and the scratch folder, which is returned."""
    shown = work / "wan-client"
    shown.mkdir()
    for entry in ROOT.iterdir():
        if entry.name not in ("build", ".git"):
            (shown / entry.name).symlink_to(entry)
    if programs:
        built = shown / "build" / "examples" / "examples"
        built.mkdir(parents=True)
        for name, path in programs.items():
            (built / name).symlink_to(path)
    scratch = work / "videos"
    scratch.mkdir()
    return scratch


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="*", metavar="PAGE", help="names in docs/tutorial (default: all)")
    parser.add_argument("--build", metavar="DIR", type=pathlib.Path,
                        help="folder that holds wan and wan-sandbox")
    parser.add_argument("--wan", metavar="FILE", type=pathlib.Path, default=os.environ.get("WAN_PROGRAM"),
                        help="the program wan (default: the environment variable WAN_PROGRAM)")
    parser.add_argument("--sandbox", metavar="FILE", type=pathlib.Path,
                        default=os.environ.get("WAN_SANDBOX_PROGRAM"),
                        help="the program wan-sandbox (default: WAN_SANDBOX_PROGRAM)")
    parser.add_argument("--timeout", metavar="SECONDS", type=float, default=300,
                        help="for each block but the build (default: %(default)s)")
    parser.add_argument("--keep", action="store_true", help="keep the folders, and print where they are")
    arguments = parser.parse_args()

    if arguments.build:
        arguments.wan = arguments.build / "wan"
        arguments.sandbox = arguments.build / "wan-sandbox"
    given = {"wan": arguments.wan, "wan-sandbox": arguments.sandbox}
    if any(given.values()) and not all(given.values()):
        parser.error("give both programs, or neither")
    arguments.programs = {}
    for name, path in given.items():
        if not path:
            continue
        if not pathlib.Path(path).is_file():
            parser.error(f"no file {path}")
        arguments.programs[name] = pathlib.Path(path).resolve()
    arguments.is_built = bool(arguments.programs)

    there = {page.name: page for page in sorted(PAGES.glob("[0-9]*.md"))}
    for name in arguments.pages:
        if pathlib.Path(name).name not in there:
            parser.error(f"no page {name}; there are: {' '.join(there)}")
    arguments.pages = [there[pathlib.Path(name).name] for name in arguments.pages] or list(there.values())
    missing = [name for name in PROGRAMS if not shutil.which(name)]
    if missing:
        parser.error(f"the tutorials need these programs: {' '.join(missing)}")
    return arguments


def main():
    arguments = parse_arguments()
    # A test that is stopped must still end what it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    work = pathlib.Path(tempfile.mkdtemp(prefix="wan-tutorials-"))
    failed = []
    try:
        scratch = make_folders(work, arguments.programs)
        for page in arguments.pages:
            try:
                run_page(page, scratch, arguments)
            except Failure as failure:
                failed.append(page.name)
                print(failure, file=sys.stderr, flush=True)
    finally:
        if arguments.keep:
            print(f"kept: {work}")
        else:
            shutil.rmtree(work, ignore_errors=True)
    print(f"{len(arguments.pages) - len(failed)} of {len(arguments.pages)} tutorials ran as they say"
          + (f"; failed: {' '.join(failed)}" if failed else ""))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
