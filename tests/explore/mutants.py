#!/usr/bin/env python3
"""Plants one fault after the other in a copy of the library, and runs wan-explore: it must find each.

Usage: mutants.py [--compiler CXX] [--faults K] [--only NAME] [--list] [COMPILER_OPTION...]

Prints by which broken promise and on which path each was found. Compiles the library once for each fault.

Exit codes: 0 all were found; 1 one was not, or did not compile; 2 usage, or the library has changed and a fault cannot be planted.
"""

import argparse
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]

# name, scenario, file of the library, text, what is there instead
MUTANTS = [
    ("server errors count as not accepted", "alone", "protocol/impl/submit_verdict.ipp",
     "if (is_broken(status)) return submit_verdict::unknown;",
     "if (is_broken(status)) return submit_verdict::not_accepted;"),
    ("one proof of absence is enough", "alone", "task/impl/search_fsm.ipp",
     "(may_submit ? proofs_ : in_vain_) >= 2", "(may_submit ? proofs_ : in_vain_) >= 1"),
    ("a list proves before the submit's timeout", "alone", "task/impl/search_fsm.ipp",
     "now >= arrived_by_ && c.counts.equal == 0", "c.counts.equal == 0"),
    ("a list that ignores its filter proves as well", "alone", "task/impl/search_fsm.ipp",
     "c.counts.unknown == 0 && c.counts.earlier == 0", "c.counts.unknown == 0"),
    ("a clock that nobody checked proves as well", "fast-clock", "task/impl/search_phase.ipp",
     "was_right && is_age_right && is_within_list(t, now)", "is_within_list(t, now)"),
    ("an older task counts as a later one", "alone", "task/impl/search_fsm.ipp",
     "return is_before ? creation::before_submit : creation::after_submit;",
     "return is_before ? creation::after_submit : creation::after_submit;"),
    ("a second program's task is adopted", "shared", "task/detail/search_rules.hpp",
     "search_rule{one, any, yes, no,", "search_rule{one, any, either, no,"),
    ("the token has no id", "alone", "task/impl/findings.ipp",
     "    token.task_id = task_id;\n", ""),
    ("a late response to a submit does not name its task", "alone", "task/impl/submit_phase.ipp",
     "        t.known.task_id = std::move(parsed.reply.task_id);\n", ""),
    ("the deadline is not obeyed", "alone", "task/impl/task.ipp",
     "    if (now >= t.pace.deadline()) return t.finish(task_event::deadline_passed);\n", ""),
    ("a request is awaited too long", "alone", "task/impl/task_core.ipp",
     "later(pace.wake_at(), request->timeout)", "later(pace.wake_at(), 2 * request->timeout)"),
    ("an error shows the key", "alone", "task/impl/findings.ipp", "    redact(key, failed);\n", ""),
    ("the key goes to the URL that a reply names", "result", "protocol/detail/request_parts.hpp",
     "if (route.is_named_by_reply && is_same_origin(provider.base_url, named)) return",
     "if (route.is_named_by_reply) return"),
    ("the submit does not wait for its files", "uploads", "task/impl/upload_fsm.ipp",
     "result.verdict == upload_verdict::done ? upload_event::done : upload_event::not_done", "upload_event::done"),
    ("the caller's stop is forgotten", "alone", "task/impl/task.ipp",
     "    if (t.is_stopping) return t.finish(task_event::stop);\n", ""),
]


def plant(include, file, text, instead):
    """Returns what takes the fault out again."""
    path = include / "wan" / file
    source = path.read_text(encoding="utf-8")
    if source.count(text) != 1:
        sys.exit(f"{file}: {source.count(text)} places look like {text!r}; tests/explore/mutants.py needs a change")
    path.write_text(source.replace(text, instead), encoding="utf-8")
    return lambda: path.write_text(source, encoding="utf-8")


class Builder:
    """Compiles wan-explore with the changed library. What includes no changed file is compiled once."""

    def __init__(self, work, compiler, options):
        self.work = work
        self.include = work / "include"
        shutil.copytree(ROOT / "include", self.include)
        self.common = [*compiler, "-std=c++20", "-O0", "-g0", "-DWAN_SEPARATE_COMPILATION", f"-I{self.include}", f"-I{ROOT / 'tests'}",
                       *options]
        self.main = None

    def compile(self, source):
        made = self.work / f"{pathlib.Path(source).stem}.o"
        done = subprocess.run([*self.common, "-c", ROOT / "tests" / source, "-o", made]).returncode == 0
        return made if done else None

    def build(self, file):
        is_body = file.endswith(".ipp")
        main = self.main if is_body and self.main else self.compile("explore/main.cpp")
        self.main = main if is_body else None
        library = self.compile("separate_compilation/wan.cpp")
        program = self.work / "wan-explore"
        if not main or not library:
            return None
        linked = subprocess.run([*self.common, main, library, "-o", program, "-pthread", "-lboost_json"]).returncode == 0
        return program if linked else None


def found_by(program, scenario, faults):
    """The lines that say what was found; nothing if nothing was, or if the program failed in another way."""
    for k in range(faults + 1):
        ran = subprocess.run([program, "--scenario", scenario, "--faults", str(k)], capture_output=True, text=True)
        broken = ran.stdout.find("BROKEN")
        if broken >= 0:
            return ran.stdout[broken:].splitlines()[:2]
        if ran.returncode not in (0, 1):
            return None
    return None


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--compiler", default="c++")
    parser.add_argument("--faults", type=int, default=2)
    parser.add_argument("--only", default="")
    parser.add_argument("--list", action="store_true")
    asked, options = parser.parse_known_args()
    mutants = sorted((m for m in MUTANTS if asked.only in m[0]), key=lambda m: not m[2].endswith(".ipp"))
    if asked.list:
        for name, *_ in mutants:
            print(name)
        return 0
    survivors = 0
    with tempfile.TemporaryDirectory() as folder:
        builder = Builder(pathlib.Path(folder), asked.compiler.split(), options)
        for number, (name, scenario, file, text, instead) in enumerate(mutants, 1):
            since = time.monotonic()
            restore = plant(builder.include, file, text, instead)
            program = builder.build(file)
            restore()
            found = found_by(program, scenario, asked.faults) if program else None
            survivors += found is None
            verdict = "found" if found else "SURVIVED" if program else "DID NOT COMPILE"
            print(f"{number} of {len(mutants)}: {name}: {verdict} in {time.monotonic() - since:.0f} s", flush=True)
            for line in found or []:
                print(f"    {line.strip()}", flush=True)
    print(f"{len(mutants) - survivors} of {len(mutants)} found")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
