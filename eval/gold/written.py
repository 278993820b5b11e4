#!/usr/bin/env python3
"""Makes folders with articles.jsonl and truth.json of the stories in written/, whose truth is marked in their texts.

    written.py FOLDER written/*.txt      # without FOLDER, "-", the files are only checked

    === STORY NAME
    #1* what | grade | fewest-most | origins | against     a point (* where two articles tell it); origins parted by ";", each NAME:TYPE [via MEDIUM], "?" where none is given
    ~n1 number open                                        a kind of difference and what explains it: open, update or base
    --- ID | OUTLET | PUBLISHED | LANGUAGE | TITLE
    {1 The gate failed} and {2 [n1=12 twelve people] were hurt}. {!1 "It never failed," the operator said.}

{1,2 …} tells two points, {!1 …} denies, {?1 …} doubts; [n1=12 …] is a value: what has the same letters and another value differs (n number, d date, w name, l place, q quotation).
"""
import json, os, re, sys

GRADES = {"disputed", "independent", "named", "unnamed-only", "single", "unattributed"}
TYPES = {"person", "organisation", "document", "unnamed", "medium", "outlet"}
KINDS = {"n": "number", "d": "date", "w": "name", "l": "place", "q": "quote"}
errors = []


def origin(text, where):
    text = text.strip()
    if text == "?" or text.startswith("? "):
        via = re.match(r"\?\s+via\s+(.+)$", text)
        return {"name": None, "type": None, "via": [v.strip() for v in via.group(1).split(",")] if via else []}
    m = re.match(r"(.+?)\s*:\s*(\w+)(?:\s+via\s+(.+))?$", text)
    if not m or m.group(2) not in TYPES:
        errors.append(f"{where}: origin {text!r}")
        return None
    return {"name": m.group(1), "type": m.group(2), "via": [v.strip() for v in m.group(3).split(",")] if m.group(3) else []}


def origins(text, where):
    return [o for o in (origin(x, where) for x in text.split(";") if x.strip() not in ("", "-")) if o]


def unmarked(raw, where):
    """The text without its marks, the places that tell points, and the values; each with start and end in code points."""
    out, stack, passages, values, i = [], [], [], [], 0
    while i < len(raw):
        c = raw[i]
        if c in "{[":
            m = re.match(r"\{([!?]?)(\d+(?:,\d+)*)\s+" if c == "{" else r"\[([ndwlq]\d+)=([^\s\]]+)\s+", raw[i:])
            if m:
                stack.append((c, m.group(1), m.group(2), len(out)))
                i += m.end()
                continue
            errors.append(f"{where}: mark {raw[i:i + 40]!r}")
        elif c in "}]":
            if stack and stack[-1][0] == "{["["}]".index(c)]:
                kind, first, second, start = stack.pop()
                if kind == "{":
                    passages.append((first, [int(n) for n in second.split(",")], start, len(out)))
                else:
                    around = next((s[2] for s in reversed(stack) if s[0] == "{"), None)
                    values.append((first, second, start, len(out), around and int(around.split(",")[0])))
            else:
                errors.append(f"{where}: {c} without an opening after {''.join(out[-40:])!r}")
        else:
            out.append(c)
        i += 1
    if stack:
        errors.append(f"{where}: {len(stack)} marks are not closed")
    return "".join(out), passages, values


def read(path):
    stories, story, article = [], None, None
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        line, where = line.rstrip("\n"), f"{path}, line {number}"
        if line.startswith("=== STORY "):
            story, article = {"name": line[10:].strip(), "points": {}, "explained": {}, "articles": []}, None
            stories.append(story)
        elif line.startswith("--- ") and story:
            parts = [p.strip() for p in line[4:].split("|", 4)]
            if len(parts) != 5:
                errors.append(f"{where}: an article has id, outlet, time, language and title")
                continue
            article = dict(zip(("id", "outlet", "published", "language", "title"), parts), raw=[])
            story["articles"].append(article)
        elif article is not None:
            article["raw"].append(line)
        elif line.startswith("#"):
            m = re.match(r"#(\d+)(\*?)\s+(.*)$", line)
            parts = [p.strip() for p in m.group(3).split("|")] if m else []
            counted = re.match(r"(\d+)-(\d+)$", parts[2]) if len(parts) > 3 else None
            if not counted or parts[1] not in GRADES:
                errors.append(f"{where}: {line[:60]!r}")
                continue
            story["points"][int(m.group(1))] = {"what": parts[0], "required": bool(m.group(2)), "grade": parts[1], "fewest": int(counted.group(1)), "most": int(counted.group(2)),
                                                "list": origins(parts[3], where), "against": origins(parts[4], where) if len(parts) > 4 else []}
        elif m := re.match(r"~([ndwlq]\d+)\s+\w+\s+(open|update|base)$", line.strip()):
            story["explained"][m.group(1)] = m.group(2)
        elif line.strip():
            errors.append(f"{where}: {line[:60]!r}")
    return stories


def truth(story):
    """The articles and the truth of a story, in the form of the others."""
    articles, places, values = [], {}, {}
    for article in story["articles"]:
        where, id = f"{story['name']} {article['id']}", f"{story['name']}-{article['id']}"
        text, passages, found = unmarked("\n".join(article["raw"]).strip(), where)
        articles.append({"id": id, "outlet": article["outlet"], "published": article["published"], "language": article["language"], "url": None, "title": article["title"], "text": text})
        for stance, numbers, start, end in passages:
            for n in numbers:
                if n not in story["points"]:
                    errors.append(f"{where}: there is no point {n}")
                elif text[start:end].strip():
                    places.setdefault(n, []).append((len(articles) - 1, start, end, stance))
        for key, value, start, end, point in found:
            if point is None:
                errors.append(f"{where}: {key}={value} stands in no point")
            else:
                values.setdefault(key, {}).setdefault(value, (len(articles) - 1, start, end, point))
    quote = lambda p: {"article": articles[p[0]]["id"], "quote": articles[p[0]]["text"][p[1]:p[2]], "span": [p[1], p[2]]}
    differences = []
    for key, told in values.items():
        told = list(told.items())
        for y in range(len(told)):
            for x in range(y):
                differences.append({"kind": KINDS[key[0]], "point": f"p{told[x][1][3]}", "a": quote(told[x][1]), "b": quote(told[y][1]),
                                    "why": f"{told[x][0]} against {told[y][0]}", "resolution": story["explained"].get(key, "open")})
    points, omissions = [], []
    for n, point in story["points"].items():
        told = places.get(n, [])
        affirmed = [p for p in told if p[3] == ""]
        if not affirmed:
            errors.append(f"{story['name']}: nobody tells point {n}")
            continue
        by = sorted({p[0] for p in affirmed})
        denied = {}
        for p in (p for p in told if p[3] == "!"):
            denied.setdefault(p[0], p)
        for p in list(denied.values())[:max(1, len(point["against"]))]:
            differences.append({"kind": "polarity", "point": f"p{n}", "a": quote(min(affirmed)), "b": quote(p), "why": "denied", "resolution": "open"})
        stances = {"!": {"stance": "denies"}, "?": {"stance": "doubts"}, "": {}}
        points.append({"id": f"p{n}", "what": point["what"], "required": point["required"] and len(by) > 1, "passages": [{**quote(p), **stances[p[3]]} for p in told],
                       "origins": {"fewest": point["fewest"], "most": point["most"], "list": point["list"], **({"against": point["against"]} if point["against"] else {})}, "grade": point["grade"]})
        if len(by) > 1 and 2 * len(by) >= len(articles):
            omissions += [{"point": f"p{n}", "article": articles[a]["id"], "carried_by": len(by), "of": len(articles)}
                          for a in range(len(articles)) if a not in {p[0] for p in told} and articles[a]["published"] >= articles[by[0]]["published"]]
    return articles, {"story": [a["id"] for a in articles], "distractors": [], "points": points, "statements": None, "discrepancies": differences, "not_discrepancies": [], "dates": [],
                      "omissions": omissions, "reuse": [], "notes": ""}


def main(folder, *paths):
    told = articles = points = passages = denying = differences = 0
    for path in paths:
        for story in read(path):
            texts, known = truth(story)
            told, articles, points = told + 1, articles + len(texts), points + len(known["points"])
            passages += sum(len(p["passages"]) for p in known["points"])
            denying += sum("stance" in q for p in known["points"] for q in p["passages"])
            differences += len(known["discrepancies"])
            if folder != "-":
                into = os.path.join(folder, story["name"])
                os.makedirs(into, exist_ok=True)
                with open(os.path.join(into, "articles.jsonl"), "w", encoding="utf-8") as file:
                    file.writelines(json.dumps(a, ensure_ascii=False) + "\n" for a in texts)
                with open(os.path.join(into, "truth.json"), "w", encoding="utf-8") as file:
                    json.dump(known, file, ensure_ascii=False, indent=1)
    for error in errors:
        print(error, file=sys.stderr)
    print(f"{told} stories, {articles} articles, {points} points, {passages} passages ({denying} deny or doubt), {differences} differences")
    return 1 if errors else 0


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
