#!/usr/bin/env python3
"""What a program makes of claims that people wrote about stories whose truth is known.

    checks.py CLAIMS DOSSIERS FOLDER…

CLAIMS: a folder with claims.tsv (story, kind, point, language, claim) and changed.tsv (the same by second readers, with what was changed). DOSSIERS: a folder with NAME.json for each story, whose "stories" are the answers to the story's claims, in their order.
FOLDERs hold the stories (NAME/truth.json). An answer's first point is what tells the claim; a passage that "denies" tells otherwise.

kinds: told (a point of the truth), untold (by no article), other (a point with its decisive value, actor, place, day or polarity changed: those that tell the point contradict it).
"""
import collections
import glob
import json
import os
import sys


def share(a, b):
    return f"{a / b:.3f}" if b else "-"


def main(tables, dossiers, folders):
    truths = {os.path.basename(os.path.dirname(os.path.realpath(path))): json.load(open(path, encoding="utf-8"))
              for folder in folders for path in sorted(glob.glob(os.path.join(folder, "**", "truth.json"), recursive=True))}
    claims = collections.defaultdict(list)
    for line in [line for name in ("claims.tsv", "changed.tsv") for line in open(os.path.join(tables, name), encoding="utf-8")]:
        story, kind, point, language, text, *what = line.rstrip("\n").split("\t")
        claims[story].append((kind, point, language, text, what[0] if what else ""))
    counts = collections.defaultdict(collections.Counter)
    for story, asked in sorted(claims.items()):
        path = os.path.join(dossiers, story + ".json")
        if story not in truths or not os.path.exists(path):
            continue
        truth = {point["id"]: point for point in truths[story]["points"]}
        differs = {item["point"] for item in truths[story].get("discrepancies", []) if item.get("point")}
        answers = json.load(open(path, encoding="utf-8"))["stories"]
        invented = "real" if story.startswith(("real-", "basil", "ecb", "rpm2", "usA")) else "invented"
        for (kind, name, language, text, what), answer in zip(asked, answers, strict=True):
            assert answer["claim"]["text"] == text, (story, text)
            languages = {article["language"] for article in answer["articles"]}
            point = answer["points"][0] if answer["points"] else {"passages": [], "origins": {"fewest": 0, "most": 0, "list": []}, "grade": None}
            affirming = {passage["article"] for passage in point["passages"] if passage["stance"] == "affirms"}
            otherwise = {passage["article"] for passage in point["passages"] if passage["stance"] == "denies"} - affirming
            perhaps = {one["passage"]["article"] for one in answer["claim"]["perhaps"]}
            for count in (counts[invented, "own language" if language in languages else "other language"], counts["all", ""]):
                doubtful = (answer["claim"]["doubt"] or 0) >= 0.5
                if what and kind == "other":
                    count[what] += 1
                    count[what, "affirmed"] += bool(affirming)
                    count[what, "sure"] += bool(affirming) and not doubtful and not otherwise
                count[kind] += 1
                count[kind, "sure"] += bool(affirming) and not doubtful and not otherwise
                count[kind, "affirmed"] += bool(affirming)
                count[kind, "otherwise"] += bool(otherwise)
                count[kind, "otherwise alone"] += bool(otherwise) and not affirming
                count[kind, "missing"] += bool(affirming) and bool(answer["claim"]["missing"])
                count[kind, "clean"] += bool(affirming) and not answer["claim"]["missing"] and not otherwise
                if kind != "told":
                    continue
                gold = {passage["article"] for passage in truth[name]["passages"]}
                found = affirming | otherwise
                count["right"] += len(found & gold)
                count["found"] += len(found)
                count["gold"] += len(gold)
                count["right+"] += len((found | perhaps) & gold)
                count["found+"] += len(found | perhaps)
                if not truth[name].get("origins") or name in differs:
                    continue
                count["sourced"] += 1
                if not affirming:
                    continue
                count["answered"] += 1
                count["grade"] += point["grade"] == truth[name]["grade"]
                count["fewest"] += point["origins"]["fewest"] == truth[name]["origins"]["fewest"]
                count["one"] += truth[name]["origins"]["fewest"] == 1
                outlets = {article["id"]: article["outlet"] or article["id"] for article in answer["articles"]}
                count["outlets"] += len({outlets[article] for article in affirming}) == truth[name]["origins"]["fewest"]
                count["range"] += (point["origins"]["fewest"], point["origins"]["most"]) == (truth[name]["origins"]["fewest"], truth[name]["origins"]["most"])
                count["independent"] += point["grade"] == "independent"
                count["independent and is"] += point["grade"] == truth[name]["grade"] == "independent"
    for (kind, language), count in sorted(counts.items()):
        print(f"{kind} {language}: {count['told']} told, {count['untold']} untold, {count['other']} other")
        print(f"    articles that tell it P {share(count['right'], count['found'])} R {share(count['right'], count['gold'])}; with those that may P {share(count['right+'], count['found+'])} R {share(count['right+'], count['gold'])}")
        print(f"    of {count['answered']} answered with known origins (of {count['sourced']}): grade {share(count['grade'], count['answered'])} fewest {share(count['fewest'], count['answered'])} range {share(count['range'], count['answered'])} (fewest if it were always one {share(count['one'], count['answered'])}, the outlets that tell it {share(count['outlets'], count['answered'])}); independent {count['independent and is']} of {count['independent']} told")
        for one in ("told", "untold", "other"):
            print(f"    {one}: affirmed {share(count[one, 'affirmed'], count[one])}, without doubt or otherwise {share(count[one, 'sure'], count[one])}, without anything missing or otherwise {share(count[one, 'clean'], count[one])}; told otherwise {share(count[one, 'otherwise'], count[one])}, and by all {share(count[one, 'otherwise alone'], count[one])}; something missing {share(count[one, 'missing'], count[one, 'affirmed'])} of the affirmed")
        for what in ("value", "day", "place", "actor", "object", "sense", "negation", "degree"):
            print(f"    changed {what}: {count[what]}, affirmed {share(count[what, 'affirmed'], count[what])}, without doubt or otherwise {share(count[what, 'sure'], count[what])}")


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2], sys.argv[3:])
