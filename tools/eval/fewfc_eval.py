# SPDX-License-Identifier: Apache-2.0
"""Events against FewFC: F1 of trigger types and of arguments.

    fewfc_eval.py --jinwen PROGRAM --model MODEL [--by-trigger] [--gold corpora/fewfc/dev.jsonl]

The corpus's types are leaves by column `maps` of dict/events/events.tsv (FewFC:减持); a type
without a leaf is listed and counts nowhere. Only events of such leaves are scored, for the corpus
marks nothing else. The corpus has no type for shares that are bought but "investment" (投资, triggers 收購 and
增持) and "transfer" (股份股权转让, 收購, 減持, 增持, 回購), where the leaves tell apart what is done; with
--by-trigger these two types have the leaf of their trigger (BY_TRIGGER).
trigger: an event is right when one of its type has a trigger that shares a letter with it; each
gold trigger is found once. argument: a span of the right type's event that shares at least half of
its letters with the gold one, in a role that `ROLES` allows. The corpus marks shares of a whole as
arguments of their own and leaves names unmarked, so precision is a lower bound.
"""
import argparse
import collections
import json
import os
import subprocess

ROOT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
# Roles of the leaves that hold what a role of the corpus does.
ROLES = {
    "sub": {"holder", "investor", "pledger", "supplier", "party", "company"},
    "sub-org": {"holder", "pledger", "acquirer", "supplier", "party", "plaintiff", "winner", "loser", "company"},
    "sub-per": {"holder", "pledger", "acquirer", "plaintiff", "winner", "loser", "party"},
    "obj": {"company", "investee", "customer", "party", "subject"},
    "obj-org": {"target", "pledgee", "defendant", "customer", "party", "loser", "winner", "company"},
    "obj-per": {"defendant", "pledgee", "party", "loser", "winner"},
    "share-org": {"company"},
    "institution": {"court"},
    "money": {"amount", "price"},
    "amount": {"amount"},
    "number": {"shares", "amount"},
    "proportion": {"pct", "pct_held"},
    "date": {"date", "period"},
}


SHARES = {"投资", "股份股权转让"}
BY_TRIGGER = {"收購": "DEAL.MA", "併購": "DEAL.MA", "增持": "OWN.INCREASE", "減持": "OWN.DECREASE", "回購": "CAP.BUYBACK"}


def leaf_of(event, leaf, by_trigger):
    """Leaf of an event of the corpus, None when it has none."""
    if by_trigger and event["type"] in SHARES:
        words = {mention["word"] for mention in event["mentions"] if mention["role"] == "trigger"}
        for word in sorted(words & set(BY_TRIGGER)):
            return BY_TRIGGER[word]
    return leaf.get(event["type"])


def leaves():
    """FewFC type -> leaf."""
    found = {}
    with open(os.path.join(ROOT, "dict", "events", "events.tsv"), encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file]
    code, maps = rows[0].index("code"), rows[0].index("maps")
    for row in rows[1:]:
        for item in row[maps].split("|"):
            if item.startswith("FewFC:"):
                found.update({name: row[code] for name in item[len("FewFC:"):].split("+")})
    return found


def read_gold(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def annotate(texts, program, model):
    records = "".join(json.dumps({"id": str(i), "body": text}, ensure_ascii=False) + "\n" for i, text in enumerate(texts))
    done = subprocess.run([program, "annotate", "-q", "-m", model, "-f", "jsonl", "-t", "jsonl", "--want", "event"],
                          input=records.encode(), stdout=subprocess.PIPE, check=True)
    return [json.loads(line) for line in done.stdout.decode().splitlines()]


def gold_of(record, leaf, by_trigger):
    """Triggers (leaf, start, end) and arguments (leaf, role, start, end) of a sentence."""
    triggers, arguments = set(), set()
    for event in record["events"]:
        code = leaf_of(event, leaf, by_trigger)
        if not code:
            continue
        for mention in event["mentions"]:
            start, end = mention["span"]
            if mention["role"] == "trigger":
                triggers.add((code, start, end))
            elif mention["role"] in ROLES:
                arguments.add((code, mention["role"], start, end))
    return triggers, arguments


def system_of(record, wanted):
    triggers, arguments = set(), set()
    for event in record.get("events") or []:
        if event["type"] not in wanted:
            continue
        triggers.add((event["type"], *event["trigger"][1:]))
        arguments.update((event["type"], arg["role"], *arg["at"][1:]) for arg in event["args"] if arg.get("at"))
    return triggers, arguments


def shared(a, b):
    return min(a[-1], b[-1]) - max(a[-2], b[-2])


def match(gold, system, agrees):
    """Pairs of items that agree, each used once, closest first."""
    pairs = sorted((-shared(g, s), g, s) for g in gold for s in system if g[0] == s[0] and agrees(g, s))
    used, right = set(), []
    for _, g, s in pairs:
        if ("g", g) not in used and ("s", s) not in used:
            used.update({("g", g), ("s", s)})
            right.append(g)
    return right


def is_same_argument(gold, system):
    half = (gold[3] - gold[2] + 1) // 2
    return system[1] in ROLES[gold[1]] and shared(gold, system) >= half


class Count:
    def __init__(self):
        self.gold = self.system = self.right = 0

    def row(self, name):
        precision = 100 * self.right / self.system if self.system else 0
        recall = 100 * self.right / self.gold if self.gold else 0
        f1 = 200 * self.right / (self.gold + self.system) if self.gold + self.system else 0
        return f"{name:24}|{precision:7.2f} |{recall:7.2f} |{f1:7.2f} |{self.gold:6}"


def score(records, annotated, leaf, by_trigger):
    triggers, arguments = collections.defaultdict(Count), collections.defaultdict(Count)
    wanted = set(leaf.values()) | (set(BY_TRIGGER.values()) if by_trigger else set())
    for record, found in zip(records, annotated):
        gold, system = gold_of(record, leaf, by_trigger), system_of(found, wanted)
        for table, items, others, agrees in ((triggers, gold[0], system[0], lambda g, s: shared(g, s) > 0),
                                             (arguments, gold[1], system[1], is_same_argument)):
            for item in items:
                table[item[0]].gold += 1
            for item in others:
                table[item[0]].system += 1
            for item in match(items, others, agrees):
                table[item[0]].right += 1
    return triggers, arguments


def print_table(title, table):
    print(f"{title:24}| Precis | Recall | F1     |  Gold")
    whole = Count()
    for name in sorted(table):
        count = table[name]
        print(count.row(name))
        whole.gold += count.gold
        whole.system += count.system
        whole.right += count.right
    print(whole.row("All"))


def main():
    parser = argparse.ArgumentParser(description="Events against FewFC.")
    parser.add_argument("--jinwen", required=True)
    parser.add_argument("--model", required=True)
    parser.add_argument("--by-trigger", action="store_true")
    parser.add_argument("--gold", default=os.path.join(ROOT, "corpora", "fewfc", "dev.jsonl"))
    options = parser.parse_args()
    leaf, records = leaves(), read_gold(options.gold)
    without = sorted({event["type"] for record in records for event in record["events"]} - set(leaf))
    annotated = annotate([record["content"] for record in records], options.jinwen, options.model)
    triggers, arguments = score(records, annotated, leaf, options.by_trigger)
    print_table("Trigger", triggers)
    print_table("Argument", arguments)
    if without:
        print("types without a leaf:", ", ".join(without))


if __name__ == "__main__":
    main()
