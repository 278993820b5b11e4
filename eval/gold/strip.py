#!/usr/bin/env python3
"""Takes the press texts out of annotated stories, so that the truths can be published.

    strip.py IN... -o FOLDER            writes FOLDER/NAME.json for each story folder IN (articles.jsonl, truth.json)
    strip.py --restore NAME.json IN     prints the truth with its quotes again, from IN/articles.jsonl (same texts), and
                                        fails if a text or a quote is not the one annotated

The texts of the real stories belong to their publishers and are not ours to copy; what was annotated about them is. In the
stripped form every {"article", "quote", "span"} is {"article", "span", "sha256"}: the span in Unicode code points of the
article's text and the SHA-256 of the quote's UTF-8 bytes. "articles" gives for each article its id, the length of its text in code
points and the SHA-256 of the text, so that whoever has the corpus can check that it is the same text, and get the quotes back
by span. Everything else (points, origins, grades, discrepancies, notes) is ours and stays. The notes on pairs ("why") may cite single words.

The output is the same for the same input. Run again after every change of a truth.
"""
import argparse, hashlib, json, os, sys


def sha(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def read(folder):
    with open(os.path.join(folder, "articles.jsonl"), encoding="utf-8") as f:
        return [json.loads(line) for line in f if line.strip()]


def walk(value, visit):
    """Every object that points into an article (it has "article" and "span"), replaced by what visit returns."""
    if isinstance(value, dict):
        if "article" in value and "span" in value:
            return visit(value)
        return {k: walk(v, visit) for k, v in value.items()}
    if isinstance(value, list):
        return [walk(v, visit) for v in value]
    return value


def strip(folder):
    articles = read(folder)
    texts = {a["id"]: a["text"] for a in articles}
    with open(os.path.join(folder, "truth.json"), encoding="utf-8") as f:
        truth = json.load(f)

    def visit(q):
        quote = q.get("quote") or q.get("content")
        start, end = q["span"]
        if texts[q["article"]][start:end] != quote:
            sys.exit(f"{folder}: span {q['span']} of {q['article']} is not its quote; run gold_event.py first")
        out = {k: v for k, v in q.items() if k not in ("quote", "content", "nth", "more")}
        out["sha256"] = sha(quote)
        return out

    out = {"articles": [{"id": a["id"], "language": a["language"], "length": len(a["text"]), "sha256": sha(a["text"])} for a in articles]}
    out.update(walk(truth, visit))
    return out


def restore(path, folder):
    with open(path, encoding="utf-8") as f:
        truth = json.load(f)
    texts = {a["id"]: a["text"] for a in read(folder)}
    for a in truth.pop("articles"):
        if sha(texts.get(a["id"], "")) != a["sha256"]:
            sys.exit(f"{path}: the text of {a['id']} is not the one annotated")

    def visit(q):
        start, end = q["span"]
        quote = texts[q["article"]][start:end]
        if sha(quote) != q["sha256"]:
            sys.exit(f"{path}: the quote at {q['span']} of {q['article']} is not the one annotated")
        out = {"article": q["article"], "quote": quote}
        out.update({k: v for k, v in q.items() if k not in ("article", "sha256")})
        return out

    return walk(truth, visit)


def main():
    p = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    p.add_argument("folders", nargs="+")
    p.add_argument("-o", "--output", default=".")
    p.add_argument("--restore", metavar="NAME.json")
    a = p.parse_args()
    if a.restore:
        json.dump(restore(a.restore, a.folders[0]), sys.stdout, ensure_ascii=False, indent=1)
        print()
        return
    os.makedirs(a.output, exist_ok=True)
    for folder in a.folders:
        name = os.path.basename(os.path.normpath(folder))
        with open(os.path.join(a.output, name + ".json"), "w", encoding="utf-8") as f:
            json.dump(strip(folder), f, ensure_ascii=False, indent=1)
            f.write("\n")
        print(name)


main()
