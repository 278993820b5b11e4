"""One table of readers: what each printed of its speed and memory, and how much of the articles' text it gives.

    table.py FOLDER [GOLD.jsonl]

FOLDER holds READER.log and READER.jsonl (lines with "source" and "text"); GOLD's lines have "file" and "body". Texts are compared by counted 4-word
shingles; F1 is of the mean precision and the mean recall. Pages are told by the names of their files.
"""
import json
import os
import re
import sys
from collections import Counter

WORD = re.compile(r"\w+")
NAMES = {
    "recoupe": "Recoupe", "linkedom": "readability on linkedom", "jsdom": "readability on jsdom", "lxml": "readability-lxml", "smart": "SmartReader",
}


def shingles(words):
    return Counter(tuple(words[i:i + 4]) for i in range(max(1, len(words) - 3)) if words)


def read(path, name, text):
    with open(path, encoding="utf-8") as lines:
        return {os.path.basename(row[name]): WORD.findall(row[text] or "") for row in map(json.loads, filter(str.strip, lines))}


def quality(texts, gold):
    precisions, recalls, exact = [], [], 0
    for page, body in gold.items():
        text = texts.get(page, [])
        want, have = shingles(body), shingles(text)
        hit = sum((want & have).values())
        if have:
            precisions.append(hit / sum(have.values()))
        if want:
            recalls.append(hit / sum(want.values()))
        exact += body == text
    p, r = sum(precisions) / max(1, len(precisions)), sum(recalls) / max(1, len(recalls))
    return [f"{2 * p * r / max(1e-9, p + r):.3f}", f"{p:.3f}", f"{r:.3f}", f"{exact / len(gold):.3f}"]


def figure(pattern, log, unit):
    found = re.findall(pattern, log)
    return f"{found[-1]}{unit}" if found else "-"


folder, gold = sys.argv[1], read(sys.argv[2], "file", "body") if len(sys.argv) > 2 else None
header = ["reader", "pages/s", "slowest page", "peak memory"] + (["F1", "precision", "recall", "exact"] if gold else [])
print(f"| {' | '.join(header)} |\n|{' --- |' * len(header)}")
for reader, name in NAMES.items():
    path = os.path.join(folder, reader + ".log")
    if not os.path.exists(path):
        continue
    with open(path, encoding="utf-8") as file:
        log = file.read()
    row = [name, figure(r"(\d+) pages/s", log, ""), figure(r"slowest page (\d+)", log, " ms"), figure(r"peak memory (\d+)", log, " MB")]
    if gold:
        row += quality(read(os.path.join(folder, reader + ".jsonl"), "source", "text"), gold)
    print(f"| {' | '.join(row)} |")
print()
for reader in NAMES:
    path = os.path.join(folder, reader + ".log")
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            print(file.read().strip())
