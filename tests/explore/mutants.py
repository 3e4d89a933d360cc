#!/usr/bin/env python3
"""Injects one fault after another into a copy of the library and runs wan-explore, which must find each of them.

Usage: mutants.py [--compiler CXX] [--faults K] [--only NAME] [--list]

Each fault is explored in one scenario, with 0, 1, ... up to K (default 2) environment faults per path, as
.ci/run does in all scenarios. Prints the command that found the fault, the broken invariant and the shortest
path, after checking that path with --replay. The unchanged library must pass the same command. Each fault
recompiles one body of the library.

  --compiler CXX  compiler (default: c++)
  --faults K      environment faults per path (default: 2)
  --only NAME     only faults whose name contains NAME
  --list          check that all faults can be injected, print their names and exit

Exit codes: 0 all faults were found; 1 a fault was not found or did not compile; 2 wrong usage, or the library
has changed so that a fault cannot be injected.
"""

import argparse
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]

# Of a fault in a header, the body that it changes.
BODIES = {"task/detail/search_rules.hpp": "task/impl/search_fsm.ipp", "protocol/detail/request_parts.hpp": "task/impl/poll_phase.ipp"}

# name, scenario, file of the library, text, what is there instead
MUTANTS = [
    ("server errors are treated as not accepted", "alone", "protocol/impl/submit_verdict.ipp",
     "if (is_broken(status)) return submit_verdict::unknown;",
     "if (is_broken(status)) return submit_verdict::not_accepted;"),
    ("one proof of absence is enough", "alone", "task/impl/search_fsm.ipp",
     "(may_submit ? proofs_ : in_vain_) >= 2", "(may_submit ? proofs_ : in_vain_) >= 1"),
    ("a list proves before the submit's timeout", "alone", "task/impl/search_fsm.ipp",
     "is_after_arrival_ && c.counts.equal == 0", "c.counts.equal == 0"),
    ("a list that ignores its filter proves absence, too", "alone", "task/impl/search_fsm.ipp",
     "c.counts.unknown == 0 && c.counts.earlier == 0", "c.counts.unknown == 0"),
    ("an unchecked clock proves absence, too", "fast-clock", "task/impl/search_phase.ipp",
     "was_right && is_age_right && is_within_list(t, now)", "is_within_list(t, now)"),
    ("an older task is treated as a later one", "alone", "task/impl/search_fsm.ipp",
     "return is_before ? creation::before_submit : creation::after_submit;",
     "return is_before ? creation::after_submit : creation::after_submit;"),
    ("a second program's task is adopted", "shared", "task/detail/search_rules.hpp",
     "search_rule{one, any, yes, no,", "search_rule{one, any, either, no,"),
    ("the token has no id", "alone", "task/impl/findings.ipp",
     "    token.task_id = task_id();\n", ""),
    ("a late response to a submit does not name its task", "alone", "task/impl/submit_phase.ipp",
     "        t.known.texts.set(task_texts::task_id, for_outcome);\n", ""),
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
    ("another task's id is adopted", "twins", "task/impl/search_fsm.ipp",
     "policy.known(row.task_id) || siblings.known(row.task_id))", "policy.known(row.task_id))"),
    ("another task's unconfirmed submit is forgotten", "mixed", "task/impl/search_fsm.ipp",
     "siblings.has_open_submit(siblings.known.context, prompt, row.model, created);",
     "!siblings.has_open_submit(siblings.known.context, prompt, row.model, created) && false;"),
    ("a submit does not wait for one like it", "twins", "scheduler/impl/scheduler_core.ipp",
     "    if (free_at <= now) return false;\n", "    if (free_at <= time_point::max()) return false;\n"),
    ("a task that waits frees its running place", "narrow", "scheduler/impl/scheduler_core.ipp",
     "if (is_terminal(state) || state == task_state::backing_off)", "if (!is_in_flight(state))"),
]


class Program:
    """The wan-explore that sh tests/run.sh --explore builds, with one body of the library replaced.

    The library is a shared one here: what the program defines itself takes the place of what the library has, in the library
    as well. So a fault compiles one body, not all."""

    def __init__(self, folder, compiler):
        self.folder = folder
        self.compile_with = [*compiler, "-std=c++20", "-O1", "-g0", "-w", "-DWAN_SEPARATE_COMPILATION"]
        self.link_with = [f"-L{folder}", f"-Wl,-rpath,{folder}", "-lwan", "-lboost_json", "-lboost_container", "-pthread"]
        self.unchanged = ROOT / "build" / "explore" / "tests" / "wan-explore"
        self.changed = folder / "wan-explore"
        for command in (["--preset", "dev", "-B", "build/explore", "-DWAN_EXAMPLES=OFF"],
                        ["--build", "build/explore", "--target", "wan-explore"]):
            subprocess.run(["cmake", *command], cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
        compiled = (self.unchanged.parent / "CMakeFiles" / "wan-explore.dir").rglob("*.o")
        self.objects = sorted(o for o in compiled if o.name != "wan.cpp.o")
        subprocess.run([*self.compile_with, "-fPIC", f"-I{ROOT / 'include'}", "-shared", "-o", folder / "libwan.so",
                        ROOT / "tests" / "separate_compilation" / "wan.cpp", "-lboost_json", "-lboost_container"], check=True)

    def build_with(self, file, body, text, instead):
        include = self.folder / "include"
        shutil.rmtree(include, ignore_errors=True)
        shutil.copytree(ROOT / "include", include)
        path = include / "wan" / file
        path.write_text(path.read_text(encoding="utf-8").replace(text, instead), encoding="utf-8")
        source = self.folder / "fault.cpp"
        source.write_text(f"#include <wan/wan.hpp>\n#include <wan/{body}>\n", encoding="utf-8")
        made = source.with_suffix(".o")
        return subprocess.run([*self.compile_with, "-fPIC", f"-I{include}", "-c", source, "-o", made]).returncode == 0 and \
            subprocess.run([*self.compile_with[:1], *self.objects, made, "-o", self.changed, *self.link_with]).returncode == 0


def with_bodies(mutants):
    return [(name, scenario, file, BODIES.get(file, file), text, instead) for name, scenario, file, text, instead in mutants]


def cannot_be_planted(mutants):
    """The faults whose text is not in the library exactly once."""
    for name, _, file, _, text, instead in mutants:
        path = ROOT / "include" / "wan" / file
        places = path.read_text(encoding="utf-8").count(text) if path.exists() else 0
        if places != 1 or text == instead:
            yield f"{name}: {file} contains {text!r} {places} times; expected once"


def explore(program, *options):
    """Runs the program. A fault that makes it run forever is treated as not found."""
    return subprocess.run(["timeout", "1800", program, *options], capture_output=True, text=True)


class Finder:
    def __init__(self, program, faults):
        self.program = program
        self.faults = faults
        self.passed = set()  # commands that the unchanged library passes

    def find(self, scenario):
        """The lines that say how the fault was found; nothing if it was not."""
        for k in range(self.faults + 1):
            command = ("--scenario", scenario, "--faults", str(k))
            broken = re.search(r"^BROKEN.*\n  path: .*$", explore(self.program.changed, *command).stdout, re.MULTILINE)
            if not broken:
                continue
            if command not in self.passed and explore(self.program.unchanged, *command).returncode != 0:
                print("the unchanged library breaks an invariant, too:", *command)
                return None
            self.passed.add(command)
            path = re.search(r"--replay '(.*)'", broken[0])
            if not path or explore(self.program.changed, "--scenario", scenario, "--replay", path[1]).returncode != 1:
                print("--replay does not reproduce the path:", broken[0])
                return None
            return [f"by: wan-explore {' '.join(command)}", *broken[0].splitlines()]
        return None


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--compiler", default="c++")
    parser.add_argument("--faults", type=int, default=2)
    parser.add_argument("--only", default="")
    parser.add_argument("--list", action="store_true")
    asked = parser.parse_args()
    mutants = [m for m in with_bodies(MUTANTS) if asked.only in m[0]]
    if lost := list(cannot_be_planted(mutants)):
        print("tests/explore/mutants.py must be updated:", *lost, sep="\n  ", file=sys.stderr)
        return 2
    if asked.list:
        print(*(m[0] for m in mutants), sep="\n")
        return 0
    survivors = 0
    with tempfile.TemporaryDirectory() as folder:
        program = Program(pathlib.Path(folder), asked.compiler.split())
        finder = Finder(program, asked.faults)
        for number, (name, scenario, file, body, text, instead) in enumerate(mutants, 1):
            since = time.monotonic()
            built = program.build_with(file, body, text, instead)
            found = finder.find(scenario) if built else None
            survivors += found is None
            verdict = "found" if found else "SURVIVED" if built else "DID NOT COMPILE"
            print(f"{number} of {len(mutants)}: {name}: {verdict} in {time.monotonic() - since:.0f} s", flush=True)
            for line in found or []:
                print(f"    {line.strip()}", flush=True)
    print(f"{len(mutants) - survivors} of {len(mutants)} found")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
