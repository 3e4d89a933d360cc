#!/usr/bin/env python3
# Copyright (c) 2026 the wan-client authors. Distributed under the Boost Software License, Version 1.0.
"""Compares the library's JSON Schemas with its own validation, using a third-party validator.

Generates requests of every job and model, most of them with one or two values at or beyond a limit. Python's
jsonschema and wan::validate must accept the same requests. Requires the package jsonschema.
"""
import argparse
import json
import random
import subprocess
import sys

import jsonschema

URLS = ["https://example.com/a", "HTTP://example.com/a.png?x=1#y", "oss://bucket/a.mp4"]
NO_URLS = ["", "a.png", "ftp://example.com/a", "https://example.com/a b", "file:///a.png", "https://", 7, None]
TEXTS = [0, 1, 500, 501, 799, 800, 801, 1500, 1501, 5000, 5001, 20000, 20001]
NUMBERS = [-2, -1, 0, 1, 2, 3, 4, 5, 6, 10, 11, 12, 15, 16, 30, 31, 2147483647, 2147483648, 5.0, 5.5, "5", None]
WORDS = ["480P", "720P", "1080P", "720p", "16:9", "9:16", "4:3", "1:1", "21:9", "4:5", "adaptive", "single", "multi", "auto", "origin", "", None, 1]
FLAGS = [True, False, None, "true", 1]
TYPES = ["reference_image", "reference_video", "reference_audio", "file", "link", "image", None]


def text_of(rng):
    return rng.choice(["a", "é", "😀"]) * rng.choice(TEXTS)


def references(rng):
    def one():
        each = {"type": rng.choice(TYPES[:5] * 4 + TYPES), "url": rng.choice(URLS * 6 + NO_URLS)}
        if rng.random() < 0.2:
            each["reference_voice"] = rng.choice(URLS + NO_URLS)
        if rng.random() < 0.2:
            each["reference_description"] = rng.choice(["a man", "", None, 3])
        if rng.random() < 0.1:
            each.pop(rng.choice(list(each)))
        if rng.random() < 0.03:
            each["name"] = "a"
        return each

    if rng.random() < 0.7:  # mostly of one or two types, so that many have as many as a model takes
        types = rng.sample(TYPES[:5], rng.choice([1, 1, 2]))
        return [{"type": rng.choice(types), "url": rng.choice(URLS)} for _ in range(rng.choice([0, 1, 1, 2, 3, 4, 5, 6, 9, 10, 11]))]
    return rng.choice([[one() for _ in range(rng.randrange(7))], None, {}, "a", [1]] + [[one()]] * 4)


POOLS = {
    "prompt": text_of,
    "negative_prompt": text_of,
    "template": lambda rng: rng.choice(["squish", "", None, 1]),
    "references": references,
    "resolution": lambda rng: rng.choice(WORDS[:3] * 3 + WORDS),
    "ratio": lambda rng: rng.choice(WORDS[4:11] * 2 + WORDS),
    "shot_type": lambda rng: rng.choice(["single", "multi"] * 3 + WORDS),
    "audio_setting": lambda rng: rng.choice(["auto", "origin"] * 3 + WORDS),
    "duration": lambda rng: rng.choice(NUMBERS),
    "seed": lambda rng: rng.choice(NUMBERS),
    "audio": lambda rng: rng.choice(FLAGS),
    "enable_thinking": lambda rng: rng.choice(FLAGS),
    "prompt_extend": lambda rng: rng.choice(FLAGS),
    "watermark": lambda rng: rng.choice(FLAGS),
    "extra": lambda rng: rng.choice([{}, {"/parameters/new": 1}, None, [], "a"]),
}


def generated(rng, entry):
    """A request that is good but for what chance makes of a few members."""
    schema, job = entry["schema"], entry["job"]
    request = {"job": job, "model": entry["model"]}
    members = [name for name in schema.get("properties", {"prompt": {}}) if name not in ("job", "model")]
    for name in schema.get("required", []):
        if name.endswith("_url"):
            request[name] = rng.choice(URLS)
        elif name == "prompt":
            request[name] = "A lamp is lit"
        elif name == "references":
            request[name] = [{"type": "reference_image", "url": URLS[0]}]
    for name in rng.sample(members, min(len(members), rng.choice([0, 1, 1, 2, 2, 3]))):
        pool = POOLS.get(name, lambda rng: rng.choice(URLS * 4 + NO_URLS))
        request[name] = pool(rng)
    if rng.random() < 0.03:
        request.pop(rng.choice([name for name in request if name != "model"]))  # without one, another row would judge
    if rng.random() < 0.02:
        request["colour"] = 1
    return request


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("judge", help="path of wan-schema-judge")
    parser.add_argument("--requests", type=int, default=10_000, help="number of generated requests (default: 10000)")
    parser.add_argument("--seed", type=int, default=17, help="seed of the generator (default: 17)")
    options = parser.parse_args()

    entries = json.loads(subprocess.run([options.judge], input="", capture_output=True, text=True, check=True).stdout)
    validators = {}
    for entry in entries:
        jsonschema.Draft202012Validator.check_schema(entry["schema"])
        validators[entry["job"], entry["model"]] = jsonschema.Draft202012Validator(entry["schema"])
    rng = random.Random(options.seed)
    able = [entry for entry in entries if "not" not in entry["schema"]]
    requests = []
    for _ in range(options.requests):
        entry = rng.choice(able if rng.random() < 0.98 else entries)
        requests.append((entry, generated(rng, entry)))
    lines = "".join(json.dumps(request) + "\n" for _, request in requests)
    verdicts = subprocess.run([options.judge], input=lines, capture_output=True, text=True, check=True).stdout.splitlines()[1:]
    if len(verdicts) != len(requests):
        sys.exit(f"{len(requests)} requests, {len(verdicts)} verdicts")
    accepted, differences, of_model = 0, 0, {}
    for (entry, request), verdict in zip(requests, verdicts):
        by_schema = validators[entry["job"], entry["model"]].is_valid(request)
        accepted += by_schema
        counts = of_model.setdefault((entry["job"], entry["model"]), [0, 0])
        counts[by_schema] += 1
        if by_schema != (verdict == "ok"):
            differences += 1
            if differences <= 10:
                shown = json.dumps(request)
                print(f"DIFFERENT: the schema {'accepts' if by_schema else 'rejects'}: {shown[:600]}\n  validate: {verdict[:600]}")
                if not by_schema:
                    for error in list(validators[entry["job"], entry["model"]].iter_errors(request))[:3]:
                        print(f"  schema: {error.json_path}: {error.message[:200]}")
    one_sided = [pair for pair, counts in of_model.items() if 0 in counts and any(pair == (e["job"], e["model"]) for e in able)]
    print(f"{len(entries)} schemas, {len(requests)} requests: {accepted} accepted, {len(requests) - accepted} rejected, {differences} differences")
    if one_sided:
        print(f"all accepted or all rejected, so the comparison shows nothing: {one_sided}")
    return 1 if differences or one_sided else 0


if __name__ == "__main__":
    sys.exit(main())
