#!/usr/bin/env python3
"""How much of what is contradicted in stories is told by statements whose act is a denial.

    denials.py denials/LANGUAGE.jsonl ANNOTATED

ANNOTATED is what `recoupe annotate` prints for the articles. One line a story: articles (id, the first 16 digits of the text's SHA-256), denials: kind (fact, judgement, doubt), the places where
somebody says that the claim is untrue, and those that tell the claim, each as the article's place in the list, start and end in code points.
"""
import hashlib, json, sys


def overlap(a, b):
    shared = min(a[1], b[1]) - max(a[0], b[0])
    return shared > 0 and 2 * shared >= min(a[1] - a[0], b[1] - b[0])


def main(path, annotated):
    with open(annotated, encoding="utf-8") as lines:
        articles = {article["id"]: article for article in map(json.loads, filter(str.strip, lines))}
    stories = claims = places = told = right = met = missing = 0
    with open(path, encoding="utf-8") as lines:
        for story in map(json.loads, lines):
            read = [articles.get(id) for id, _ in story["articles"]]
            if any(a is None or not hashlib.sha256(a["text"].encode("utf-8")).hexdigest().startswith(d) for a, (_, d) in zip(read, story["articles"])):
                missing += 1
                continue
            stories += 1
            claims += len(story["denials"])
            denied = {tuple(place) for denial in story["denials"] for place in denial["deny"]}
            places += len(denied)
            said = []
            for at, article in enumerate(read):
                for statement in article["statements"]:
                    if statement.get("in") == "title" or not (statement["act"] == "deny" or statement.get("negated")):
                        continue
                    spans = statement["content"] + ([statement["cue"]] if statement["cue"] else [])
                    said.append((at, (min(s[0] for s in spans), max(s[1] for s in spans))))
            told += len(said)
            right += sum(any(place[0] == at and overlap(place[1:], span) for place in denied) for at, span in said)
            met += sum(any(place[0] == at and overlap(place[1:], span) for at, span in said) for place in denied)
    print(f"{stories} stories ({missing} not at hand), {claims} contradicted claims, {places} places that contradict; of {told} denying statements {right} contradict one; {met} of the places are met")


main(sys.argv[1], sys.argv[2])
