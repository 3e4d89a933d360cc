#!/usr/bin/env python3
# Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
"""Makes the same videos with this library and with other clients, all against wan-sandbox, and compares them."""

import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
INSTALLED = os.path.join(ROOT, "build", "end_to_end")
KEY = "sk-end-to-end"
SDK = {"aio": "1.27.8", "async_client": "2.0.2"}
AI = ["ai@6.0.326", "@ai-sdk/alibaba@1.0.61"]


def parse_arguments():
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="Clients: many_tasks (wan::scheduler and curl_multi), batch (wan batch, downloads included), aio and\n"
        "async_client (Python SDK 1.x and 2.x), java (Java SDK, needs mvn), ai (Vercel's AI SDK, needs npm).\n"
        "The SDKs are installed in build/end_to_end for the first run; what cannot be installed is not here.\n\n"
        "Exit codes: 0 measured; 1 a client of this library did not deliver all videos; 2 wrong usage.",
    )
    parser.add_argument("--programs", required=True, metavar="FOLDER", help="folder of wan, wan-sandbox and many_tasks")
    parser.add_argument("--videos", type=int, default=1000, help="videos without a limit (default: 1000)")
    parser.add_argument("--limited", type=int, default=200, help="videos at 20 queries a second; 0: none (default: 200)")
    parser.add_argument("--pace", type=int, default=2000, help="milliseconds PENDING, and as long RUNNING (default: 2000)")
    parser.add_argument("--clients", default="many_tasks,batch,aio,async_client,java,ai", help="which, separated by commas")
    parser.add_argument("--timeout", type=int, default=600, help="seconds for one client (default: 600)")
    return parser.parse_args()


def run_quietly(*command, folder=None):
    """Whether an installer succeeded; what it said otherwise."""
    done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode != 0:
        print(f"{command[0]}: {done.stdout[-500:].strip()}", file=sys.stderr)
    return done.returncode == 0


def once(folder, install):
    """Runs an installer, unless it has succeeded before."""
    mark = os.path.join(folder, "installed")
    if os.path.exists(mark):
        return True
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    if not install(folder):
        return False
    with open(mark, "w", encoding="utf-8"):
        return True


def python_with(version):
    folder = os.path.join(INSTALLED, "python-" + version)

    def install(at):
        print(f"Installing dashscope {version} in {at} ...", flush=True)
        return run_quietly(sys.executable, "-m", "venv", at) and run_quietly(
            os.path.join(at, "bin", "python"), "-m", "pip", "install", "--quiet", "dashscope==" + version
        )

    return os.path.join(folder, "bin", "python") if once(folder, install) else None


def node_modules():
    folder = os.path.join(INSTALLED, "npm")

    def install(at):
        print(f"Installing {' '.join(AI)} in {at} ...", flush=True)
        return shutil.which("npm") is not None and run_quietly("npm", "install", "--no-audit", "--no-fund", *AI, folder=at)

    return folder if once(folder, install) else None


def java_classes():
    folder = os.path.join(INSTALLED, "java")

    def install(at):
        print(f"Installing the Java SDK in {at} ...", flush=True)
        if shutil.which("mvn") is None:
            return False
        shutil.copytree(os.path.join(HERE, "java"), os.path.join(at, "project"))
        project = os.path.join(at, "project")
        return run_quietly("mvn", "-q", "-B", "package", "dependency:copy-dependencies", folder=project)

    target = os.path.join(folder, "project", "target")
    return f"{target}/classes:{target}/dependency/*" if once(folder, install) else None


class Sandbox:
    def __init__(self, programs, video, pace, queries):
        self.process = subprocess.Popen(
            [os.path.join(programs, "wan-sandbox"), "--port", "0", "--pace", str(pace), "--video", video]
            + ["--queries-per-second", str(queries)],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.url = self.process.stdout.readline().split()[-1]

    def stats(self):
        with urllib.request.urlopen(self.url + "/sandbox/stats", timeout=60) as reply:
            return json.load(reply)

    def end(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


def command_of(client, arguments, url, count, queries, work):
    """The client's command, or None if it is not here."""
    program = lambda name: os.path.join(arguments.programs, name)  # noqa: E731
    if client == "many_tasks":
        return [program("many_tasks"), url + "/api/v1", str(count), str(queries)]
    if client == "batch":
        shots = os.path.join(work, "shots.jsonl")
        with open(shots, "w", encoding="utf-8") as file:
            for i in range(count):
                request = {"id": f"shot-{i}", "job": "image_to_video", "model": "wan2.2-i2v-flash", "resolution": "480P"}
                request |= {"prompt": f"shot {i}", "image_url": "https://example.com/first.png"}
                file.write(json.dumps(request) + "\n")
        return [program("wan"), "batch", shots, "--base-url", url + "/api/v1", "--out-dir", os.path.join(work, "videos")] + [
            "--max-running", "0", "--submits-per-second", "0"]
    if client in SDK:
        python = python_with(SDK[client])
        return python and [python, os.path.join(HERE, client + ".py"), url, str(count)]
    if client == "ai":
        folder = node_modules()
        return folder and ["node", os.path.join(HERE, "ai.mjs"), url, str(count), folder]
    if client == "java":
        classes = java_classes()
        return classes and ["java", "-cp", classes, "EndToEnd", url, str(count)]
    sys.exit(f"unknown client {client}; --help lists them")


def measure(client, arguments, video, count, queries):
    with tempfile.TemporaryDirectory() as work:
        sandbox = Sandbox(arguments.programs, video, arguments.pace, queries)
        try:
            command = command_of(client, arguments, sandbox.url, count, queries, work)
            if not command:
                return None
            print(f"{client}: {count} videos, {queries or 'any number of'} queries a second ...", flush=True)
            begin = time.monotonic()
            said = os.path.join(work, "said")
            with open(said, "w", encoding="utf-8") as out:
                process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT, env={**os.environ, "DASHSCOPE_API_KEY": KEY})
                used, memory = None, 0
                while used is None:
                    memory = max(memory, peak_memory(process.pid))
                    pid, _, usage = os.wait4(process.pid, os.WNOHANG)
                    if pid:
                        used = usage
                    elif time.monotonic() - begin > arguments.timeout:
                        process.kill()
                    else:
                        time.sleep(0.02)
            seconds = time.monotonic() - begin
            with open(said, encoding="utf-8", errors="replace") as text:
                lines = text.read()
            told = re.findall(r"(\d+) of \d+ videos", lines)
            if not told:
                print(lines[-2000:], file=sys.stderr)
            stats = sandbox.stats()
            return {
                "client": client,
                "delivered": int(told[-1]) if told else 0,
                "cpu": used.ru_utime + used.ru_stime,
                "memory": memory,
                "seconds": seconds,
                "queries": stats["queries"],
                "downloads": stats["downloads"],
            }
        finally:
            sandbox.end()


def peak_memory(pid):
    """In MB, as far as the process has come. wait4 would also count what this process had before its exec."""
    try:
        with open(f"/proc/{pid}/status", encoding="utf-8") as status:
            return next((int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM:")), 0)
    except OSError:
        return 0


def table(rows, count):
    print("\n| client | videos | CPU | memory | time | queries | downloads |\n|---|---|---|---|---|---|---|")
    for row in rows:
        print(
            f"| {row['client']} | {row['delivered']} of {count} | {row['cpu']:.2f} s | {row['memory']:.0f} MB | "
            f"{row['seconds']:.0f} s | {row['queries']} | {row['downloads']} |"
        )
    print(flush=True)


def main():
    arguments = parse_arguments()
    clients = arguments.clients.split(",")
    with tempfile.TemporaryDirectory() as folder:
        video = os.path.join(folder, "video.mp4")
        made = ["ffmpeg", "-v", "error", "-f", "lavfi", "-i", "color=red:s=64x64:d=0.2", video]
        if subprocess.run(made, check=False).returncode != 0:
            sys.exit("ffmpeg could not make the video that the sandbox gives out")
        failed = False
        for count, queries in ((arguments.videos, 0), (arguments.limited, 20)):
            if count == 0:
                continue
            rows = []
            for client in clients:
                row = measure(client, arguments, video, count, queries)
                if row is None:
                    print(f"{client}: not here", flush=True)
                    continue
                rows.append(row)
                failed = failed or (client in ("many_tasks", "batch") and row["delivered"] != count)
            print(f"\n{count} videos, {queries or 'any number of'} queries a second:")
            table(rows, count)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
