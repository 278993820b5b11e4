#!/usr/bin/env python3
"""Gives annotated names their texts back, so that the finder of names can be trained on them.

    names.py LANGUAGE SOURCE…             prints the texts of names/LANGUAGE.jsonl that stand in the sources, one JSON line each: id, text, names (start, end, type)
    names.py --strip LANGUAGE FILE…       writes names/LANGUAGE.jsonl from such lines

Sources are treebanks (.conllu, "# text =" of each sentence) and JSON lines with "text" and "title". A text is told by its SHA-256; spans are Unicode code points of it.
"""
import hashlib, json, os, sys

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "names")


def sha(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def texts(path):
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            if path.endswith(".conllu"):
                if line.startswith("# text ="):
                    yield line.split("=", 1)[1].strip()
            elif line.strip():
                article = json.loads(line)
                yield article["text"]
                yield (article.get("title") or "").strip()


def restore(language, sources):
    known = {sha(text): text for path in sources for text in texts(path)}
    missing = 0
    with open(os.path.join(HERE, language + ".jsonl"), encoding="utf-8") as lines:
        for line in lines:
            marked = json.loads(line)
            text = known.get(marked["sha256"])
            if text is None:
                missing += 1
                continue
            print(json.dumps({"id": marked["id"], "text": text, "names": marked["names"]}, ensure_ascii=False))
    if missing:
        print(f"{missing} annotated texts stand in none of the sources", file=sys.stderr)


def strip(language, paths):
    with open(os.path.join(HERE, language + ".jsonl"), "w", encoding="utf-8") as out:
        for path in paths:
            with open(path, encoding="utf-8") as lines:
                for line in lines:
                    a = json.loads(line)
                    out.write(json.dumps({"id": a["id"], "sha256": sha(a["text"]), "names": a["names"]}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--strip"] and len(sys.argv) > 3:
        strip(sys.argv[2], sys.argv[3:])
    elif len(sys.argv) > 2 and not sys.argv[1].startswith("-"):
        restore(sys.argv[1], sys.argv[2:])
    else:
        sys.exit(__doc__)
