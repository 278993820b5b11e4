#!/usr/bin/env python3
"""Gives texts back to what readers marked in them, so that models can be trained on it.

    marks.py FILE SOURCE…                 prints the texts of FILE that stand in the sources, one JSON line each, with their marks
    marks.py --strip FILE ANNOTATED…      writes FILE from such lines

FILE is names/LANGUAGE.jsonl (names and what they name: start, end, PER, ORG, LOC or MISC) or mentions/LANGUAGE.jsonl (descriptions and pronouns, and whom they
mean: start, end, name). Sources are treebanks (.conllu, "# text =" of each sentence) and JSON lines with "text" and "title". A text is told by its SHA-256; spans
are Unicode code points of it.
"""
import hashlib, json, os, sys


def sha(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def texts(path):
    """The texts of a source, each with its title; titles are texts, too."""
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            if path.endswith(".conllu"):
                if line.startswith("# text ="):
                    yield line.split("=", 1)[1].strip(), None
            elif line.strip():
                article = json.loads(line)
                yield article["text"], article.get("title")
                yield (article.get("title") or "").strip(), None


def of(path):
    """What is marked in a file, and the language of its texts."""
    return os.path.basename(os.path.dirname(os.path.abspath(path))), os.path.splitext(os.path.basename(path))[0]


def restore(path, sources):
    kind, language = of(path)
    known = {sha(text): (text, title) for source in sources for text, title in texts(source)}
    missing = 0
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            marked = json.loads(line)
            if marked["sha256"] not in known:
                missing += 1
                continue
            text, title = known[marked["sha256"]]
            print(json.dumps({"id": marked["id"], "language": language, "title": title, "text": text, kind: marked[kind]}, ensure_ascii=False))
    if missing:
        print(f"{missing} of the texts stand in none of the sources", file=sys.stderr)


def strip(path, annotated):
    kind, _ = of(path)
    os.makedirs(os.path.dirname(os.path.abspath(path)), exist_ok=True)
    with open(path, "w", encoding="utf-8") as out:
        for source in annotated:
            with open(source, encoding="utf-8") as lines:
                for line in lines:
                    article = json.loads(line)
                    out.write(json.dumps({"id": article["id"], "sha256": sha(article["text"]), kind: article[kind]}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--strip"] and len(sys.argv) > 3:
        strip(sys.argv[2], sys.argv[3:])
    elif len(sys.argv) > 2 and not sys.argv[1].startswith("-"):
        restore(sys.argv[1], sys.argv[2:])
    else:
        sys.exit(__doc__)
