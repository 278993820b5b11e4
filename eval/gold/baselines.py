#!/usr/bin/env python3
"""What simple habits would say about the annotated stories: a line to beat.

    baselines.py STORY…        STORY: a folder with truth.json (invented/NAME) or a stripped truth (real/NAME.json)

The true points and their passages are given; what is judged is how many origins stand behind each required point that two
articles or more affirm. Printed for each kind of story:

    one origin        says 1 of every point
    outlets           counts the outlets that affirm it (the articles, where outlets are unknown)
    owners            as outlets, where two outlets of one owner are one: --owners FILE, lines "outlet<TAB>owner"
    unrelated texts   as outlets, where two articles that share a third of the shorter one's text are one

    headline overlap  the points are the titles: a required point is found where a title and one of its passages share half of
                      the title's words of four letters and more (stories whose texts are here only)

fewest: the least number of origins is the one said. independent: of the points that would be called independent (two or
more), how many are; and of those that are, how many would be. The same input prints the same.
"""
import argparse, collections, json, os, re


def load(path):
    if os.path.isdir(path):
        with open(os.path.join(path, "truth.json"), encoding="utf-8") as f:
            truth = json.load(f)
        with open(os.path.join(path, "articles.jsonl"), encoding="utf-8") as f:
            outlets = {a["id"]: a.get("outlet") for a in map(json.loads, filter(str.strip, f))}
        return truth, outlets
    with open(path, encoding="utf-8") as f:
        truth = json.load(f)
    return truth, {a["id"]: a.get("outlet") for a in truth["articles"]}


def words(text):
    return set(re.findall(r"[^\W\d_]{4,}", text.lower()))


def found_by_titles(path, truth):
    """How many required points a title tells, and how many there are."""
    with open(os.path.join(path, "articles.jsonl"), encoding="utf-8") as f:
        articles = [json.loads(line) for line in f if line.strip()]
    titles = [words(a.get("title") or "") for a in articles if a["id"] in truth["story"]]
    required = [point for point in truth["points"] if point.get("required")]
    found = sum(any(title and len(title & words(p["quote"])) * 2 >= len(title) for title in titles for p in point["passages"]) for point in required)
    return found, len(required)


def merged(articles, reuse):
    """How many groups the articles form when those that share a third of their text are one."""
    of = {a: a for a in articles}

    def root(a):
        while of[a] != a:
            a = of[a]
        return a

    for pair in reuse or []:
        a, b = pair["from"], pair["to"]
        if pair.get("approx_share", 0) >= 1 / 3 and a in of and b in of:
            of[root(a)] = root(b)
    return len({root(a) for a in articles})


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stories", nargs="+", metavar="STORY")
    parser.add_argument("--owners", metavar="FILE", help="lines: outlet, tab, owner")
    options = parser.parse_args()
    owners = {}
    if options.owners:
        with open(options.owners, encoding="utf-8") as f:
            owners = dict(line.rstrip("\n").split("\t", 1) for line in f if "\t" in line)

    counts = collections.defaultdict(lambda: collections.Counter())
    points = collections.Counter()
    independent = collections.Counter()
    titled = []
    for path in sorted(options.stories):
        truth, outlets = load(path)
        kind = "real" if path.endswith(".json") else "invented"
        if kind == "invented":
            titled += found_by_titles(path, truth)
        for point in truth["points"]:
            if not point.get("required") or not point.get("origins"):
                continue
            articles = sorted({p["article"] for p in point["passages"] if not p.get("stance")})
            if len(articles) < 2:
                continue
            points[kind] += 1
            is_independent = point.get("grade") == "independent"
            independent[kind] += is_independent
            names = {outlets.get(a) or a for a in articles}
            said = {
                "one origin": 1,
                "outlets": len(names),
                "owners": len({owners.get(name, name) for name in names}),
                "unrelated texts": merged(articles, truth.get("reuse")),
            }
            if not owners:
                del said["owners"]
            for habit, number in said.items():
                count = counts[kind, habit]
                count["fewest"] += number == point["origins"]["fewest"]
                count["told"] += number >= 2
                count["right"] += number >= 2 and is_independent

    for (kind, habit), count in sorted(counts.items()):
        told = f"{count['right']} of {count['told']} told independent are" if count["told"] else "none told independent"
        print(f"{kind:9} {habit:16} fewest {count['fewest'] / points[kind]:.3f} of {points[kind]} points; {told}, of {independent[kind]} in the truth")
    if titled:
        print(f"invented  headline overlap required points found {sum(titled[::2]) / max(1, sum(titled[1::2])):.3f} of {sum(titled[1::2])}")


if __name__ == "__main__":
    main()
