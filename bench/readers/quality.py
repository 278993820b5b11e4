"""How much of the articles' text readers give: 4-word shingles of each page's text against the body that a file of JSON lines tells.

    quality.py GOLD.jsonl READER=TEXTS.jsonl ...

GOLD's lines have "file" and "body"; TEXTS' lines "source" and "text". Pages are told by the names of their files.
"""
import json
import os
import re
import sys
from collections import Counter

WORD = re.compile(r"\w+")


def shingles(words):
    return Counter(tuple(words[i:i + 4]) for i in range(max(1, len(words) - 3)) if words)


def read(path, name, text):
    with open(path, encoding="utf-8") as lines:
        return {os.path.basename(row[name]): WORD.findall(row[text] or "") for row in map(json.loads, filter(str.strip, lines))}


gold = read(sys.argv[1], "file", "body")
for reader, path in (argument.split("=", 1) for argument in sys.argv[2:]):
    texts = read(path, "source", "text")
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
    print(f"{reader:24} F1 {2 * p * r / max(1e-9, p + r):.3f}   precision {p:.3f}   recall {r:.3f}   exact {exact / len(gold):.3f}   of {len(gold)} pages")
