#!/usr/bin/env python3
"""Gives annotated statements their texts back, so that models can be trained on them.

    statements.py SOURCE.jsonl…                 prints the articles of statements/*.jsonl whose texts stand in the sources, one JSON line each, with their statements
    statements.py --acts ARTICLES.jsonl         prints PolNeAR's articles with the acts of statements/acts-polnear.tsv put to their statements
    statements.py --strip NAME ARTICLES.jsonl   writes statements/NAME.jsonl from annotated articles

Sources are JSON lines with "text": the invented stories beside this script (invented/*/articles.jsonl), stories/rpm2_fr.jsonl and stories/wmt22_xling.jsonl of the corpora.
A text is told by its SHA-256. Spans are Unicode code points of it. Articles of one story keep a common beginning of their ids up to "_C", so that they can be left out together.
"""
import glob, hashlib, json, os, sys

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "statements")


def lines(path):
    with open(path, encoding="utf-8") as f:
        for line in f:
            if line.strip():
                yield json.loads(line)


def sha(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def restore(sources):
    texts = {sha(a["text"]): a for path in sources for a in lines(path)}
    missing = 0
    for path in sorted(glob.glob(os.path.join(HERE, "*.jsonl"))):
        for known in lines(path):
            article = texts.get(known["sha256"])
            if article is None:
                missing += 1
                continue
            print(json.dumps({"id": known["id"], "language": known["language"], "title": article.get("title"), "text": article["text"], "statements": known["statements"]}, ensure_ascii=False))
    if missing:
        print(f"{missing} annotated articles stand in none of the sources", file=sys.stderr)


def acts(path):
    known = {}
    with open(os.path.join(HERE, "acts-polnear.tsv"), encoding="utf-8") as f:
        for line in f:
            if not line.startswith("#"):
                article, number, act = line.rstrip("\n").split("\t")
                known[article, int(number)] = act
    for article in lines(path):
        for number, statement in enumerate(article["statements"]):
            if (article["id"], number) in known:
                statement["act"] = known[article["id"], number]
        print(json.dumps(article, ensure_ascii=False))


def strip(name, path):
    with open(os.path.join(HERE, name + ".jsonl"), "w", encoding="utf-8") as out:
        for a in lines(path):
            out.write(json.dumps({"id": a["id"], "language": a["language"], "length": len(a["text"]), "sha256": sha(a["text"]), "statements": a["statements"]}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--acts"] and len(sys.argv) == 3:
        acts(sys.argv[2])
    elif sys.argv[1:2] == ["--strip"] and len(sys.argv) == 4:
        strip(sys.argv[2], sys.argv[3])
    elif len(sys.argv) > 1 and not sys.argv[1].startswith("-"):
        restore(sys.argv[1:])
    else:
        sys.exit(__doc__)
