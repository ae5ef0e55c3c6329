# SPDX-License-Identifier: Apache-2.0
"""Rules for dict/ and corpora/: form of the tables, manifests, labels, gold sets, check digits.

    check_data.py [--root DIR]

Prints one line per check, below a failed one the first places where it fails, and closes with
"N passed, N failed". The exit status is 1 when a check failed.
"""
import argparse
import collections
import json
import os
import re
import sys
import unicodedata

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "corpus"))

import manifest  # noqa: E402

ROOT = os.path.normpath(os.path.join(HERE, "..", ".."))
SHOWN = 8
MAX_FILE = 4_000_000
MAX_WEIGHTS = 25_000_000

# SPDX identifiers, and what Taiwan's law and agencies leave free, described in NOTICE.
LICENCES = {
    "Apache-2.0", "BSD-3-Clause", "CC-BY-4.0", "CC-BY-SA-3.0", "CC-BY-SA-4.0", "CC0-1.0", "MIT",
    "Unicode-3.0", "Unicode-DFS-2016", "LicenseRef-OGDL-Taiwan-1.0",
    "LicenseRef-Public-Facts", "LicenseRef-TW-Official-Text",
}
SHARE_ALIKE = {"CC-BY-SA-3.0", "CC-BY-SA-4.0"}

# Lists whose terms forbid what this project does with them.
FORBIDDEN = re.compile("ckip|sinica|hownet|loughran|mcdonald|rime[- ]essay|essay\\.txt|moedict|"
                       "moe[- ]dict|revised mandarin|\\bjiang\\b|\\byao\\b|-NC\\b|-ND\\b", re.I)

# The treebanks other than GSD have relations of their own; the product only writes GSD's.
GUEST_RELATIONS = {
    "advmod:df", "case:loc", "compound:dir", "compound:vo", "compound:vv", "dep", "flat",
    "obj:periph", "obl:tmod", "reparandum",
}
IOB2 = re.compile("O|[BI]-[A-Z]{3}")
ID = re.compile("[1-9][0-9]*")


class Tree:
    """The files of one checkout, read once."""

    def __init__(self, root):
        self.root = root
        self.cache = {}

    def path(self, *parts):
        return os.path.join(self.root, *parts)

    def files(self, top, extension=""):
        folder = self.path(top)
        names = (top + "/" + name for name in manifest.data_files(folder))
        return [name for name in names if name.endswith(extension)]

    def tables(self):
        own = [top + "/MANIFEST.tsv" for top in ("dict", "corpora")]
        return own + self.files("dict", ".tsv") + self.files("corpora", ".tsv")

    def data(self, name):
        if name not in self.cache:
            with open(self.path(name), "rb") as file:
                self.cache[name] = file.read()
        return self.cache[name]

    def text(self, name):
        return self.data(name).decode("utf-8", "replace")

    def lines(self, name):
        return self.text(name).split("\n")[:-1]

    def rows(self, name):
        """Rows of a table as dictionaries; columns that are not there read as empty."""
        lines = self.lines(name)
        header = lines[0].split("\t")
        for line in lines[1:]:
            row = dict.fromkeys(header, "")
            row.update(zip(header, line.split("\t")))
            yield row

    def sentences(self, name):
        """(line number of the first token, comments, token rows) of CoNLL-U and IOB2 files."""
        comments, tokens, start = [], [], 0
        for number, line in enumerate(self.lines(name), 1):
            if line.startswith("#") and not tokens:
                comments.append(line)
            elif line:
                start = start if tokens else number
                tokens.append(line.split("\t"))
            else:
                yield start, comments, tokens
                comments, tokens = [], []
        if tokens or comments:
            yield start, comments, tokens


def comment(comments, key):
    prefix = f"# {key} = "
    return next((line[len(prefix):] for line in comments if line.startswith(prefix)), None)


# Form of files

def check_utf8(tree):
    """UTF-8, NFC, LF, closed last line"""
    for top in ("dict", "corpora"):
        for name in tree.files(top) + [top + "/MANIFEST.tsv"]:
            if ".cp950." in name or name.startswith("dict/weights/"):
                continue
            try:
                text = tree.data(name).decode("utf-8")
            except UnicodeDecodeError as error:
                yield f"{name}: byte {error.start} is not UTF-8"
                continue
            if "\r" in text or not text.endswith("\n") or text.startswith("\ufeff"):
                yield f"{name}: carriage return, byte-order mark or open last line"
            # Running text keeps what its author wrote; lists do not.
            if name.endswith(".tsv") and not unicodedata.is_normalized("NFC", text):
                yield f"{name}: not NFC"


def check_header(tree):
    """every table has a header, equal columns, no outer blanks"""
    for name in tree.tables():
        lines = tree.lines(name)
        header = lines[0].split("\t") if lines else [""]
        named = all(re.fullmatch("[a-z0-9_]+", column) for column in header)
        if len(set(header)) != len(header) or not named:
            yield f"{name}: bad header"
        for number, line in enumerate(lines[1:], 2):
            cells = line.split("\t")
            if len(cells) != len(header) or not cells[0]:
                yield f"{name}:{number}: {len(cells)} cells instead of {len(header)}, or no key"
            elif any(cell != cell.strip() for cell in cells):
                yield f"{name}:{number}: blanks around a cell"


def check_order(tree):
    """table rows are sorted by bytes and unique"""
    for name in tree.tables():
        rows = tree.data(name).split(b"\n")[1:-1]
        for number, (one, two) in enumerate(zip(rows, rows[1:]), 3):
            if one >= two:
                yield f"{name}:{number}: out of order or repeated"
                break


def check_split(tree):
    """split tables have one header and one order throughout"""
    parts = collections.defaultdict(dict)
    for name in tree.files("dict", ".tsv"):
        match = re.fullmatch(r"(.*)-(\d+)\.tsv", name)
        if match:
            parts[match[1]][int(match[2])] = tree.data(name).rstrip(b"\n").split(b"\n")
    for stem, found in parts.items():
        runs = [found[number] for number in sorted(found)]
        if sorted(found) != list(range(1, len(found) + 1)):
            yield f"{stem}: parts are not numbered 1 to {len(found)}"
        if len({run[0] for run in runs}) != 1:
            yield f"{stem}: parts have different headers"
        if any(one[-1] >= two[1] for one, two in zip(runs, runs[1:])):
            yield f"{stem}: parts are not cut by key range"


def check_size(tree):
    """no file of 4 MB or more, weights below 25 MB together"""
    weights = 0
    for name in tree.files("dict") + tree.files("corpora"):
        size = os.path.getsize(tree.path(name))
        if name.startswith("dict/weights/"):
            weights += size
        elif size >= MAX_FILE:
            yield f"{name}: {size} bytes"
    if weights >= MAX_WEIGHTS:
        yield f"dict/weights: {weights} bytes"


def check_control(tree):
    """no control, private-use or replacement characters in tables"""
    wrong = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd\ufeff]")
    for name in tree.tables():
        for number, line in enumerate(tree.lines(name), 1):
            if wrong.search(line):
                yield f"{name}:{number}: {wrong.search(line)[0]!r}"


# Manifests

def check_templates(tree):
    """every event leaf has a template, whose slots are its roles"""
    roles = {row["code"]: set(row["arguments"].split(";")) for row in tree.rows("dict/events/events.tsv")}
    templates = {row["leaf"]: row["template"] for row in tree.rows("dict/events/templates.tsv")}
    for leaf in sorted(set(roles) ^ set(templates)):
        yield f"dict/events/templates.tsv: {leaf} has no template, or no leaf"
    for leaf, template in templates.items():
        for slot in re.findall("{([^}]*)}", template):
            role = re.sub("^(=|change:. )", "", slot).split("?")[0]
            if slot != "status" and not slot.startswith("dir:") and role not in roles.get(leaf, set()):
                yield f"dict/events/templates.tsv: {leaf} has no role {role}"


def check_manifest(tree):
    """every file is in its MANIFEST with the right SHA-256, and the other way round"""
    for top in ("dict", "corpora"):
        try:
            yield from manifest.update(tree.path(top), check=True)
        except (OSError, ValueError) as error:
            yield f"{top}/MANIFEST.tsv: {error}"


def check_licence(tree):
    """licences are known ones, share-alike data is in pack sa, the rest in core"""
    for top in ("dict", "corpora"):
        for row in tree.rows(top + "/MANIFEST.tsv"):
            parts = set(row["licence"].split(" AND "))
            pack = "sa" if parts & SHARE_ALIKE else "core"
            if not parts <= LICENCES:
                yield f"{top}/{row['file']}: licence {row['licence']!r}"
            if row["pack"] != pack:
                yield f"{top}/{row['file']}: pack {row['pack']!r} instead of {pack!r}"


def check_source(tree):
    """every file names its origin, and none is a forbidden one"""
    for top in ("dict", "corpora"):
        for row in tree.rows(top + "/MANIFEST.tsv"):
            if not row["source"]:
                yield f"{top}/{row['file']}: no source"
            for cell in (row["file"], row["source"], row["licence"]):
                if FORBIDDEN.search(cell):
                    yield f"{top}/{row['file']}: {FORBIDDEN.search(cell)[0]!r}"


def check_notice(tree):
    """NOTICE names every licence in use, corpus folders have a SOURCE.md"""
    try:
        notice = tree.text("NOTICE")
    except OSError:
        yield "NOTICE: missing"
        return
    for top in ("dict", "corpora"):
        for row in tree.rows(top + "/MANIFEST.tsv"):
            for part in row["licence"].split(" AND "):
                if part not in notice:
                    yield f"NOTICE: {part} of {top}/{row['file']} is not explained"
    for folder in sorted({name.split("/")[1] for name in tree.files("corpora")}):
        if not os.path.exists(tree.path("corpora", folder, "SOURCE.md")):
            yield f"corpora/{folder}/SOURCE.md: missing"


# Treebanks

def tree_error(tokens):
    """What is wrong with the heads of one sentence, or None."""
    heads = [int(row[6]) if ID.fullmatch(row[6]) else 0 for row in tokens]
    if heads.count(0) != 1:
        return "not one root"
    for at, row in enumerate(tokens):
        if heads[at] > len(tokens) or (heads[at] == 0) != (row[7] == "root"):
            return f"bad head or root label at token {row[0]}"
        steps, head = 0, heads[at]
        while head and steps <= len(tokens):
            steps, head = steps + 1, heads[head - 1] if head <= len(tokens) else 0
        if head:
            return f"cycle at token {row[0]}"
    return None


def form_error(comments, tokens):
    """What is wrong with columns, numbers and text of one sentence, or None."""
    if any(len(row) != 10 or not all(row) for row in tokens):
        return "not ten filled columns"
    if [row[0] for row in tokens] != [str(n) for n in range(1, len(tokens) + 1)]:
        return "tokens are not numbered from 1"
    if any(row[9] not in ("_", "SpaceAfter=No") for row in tokens):
        return "MISC other than SpaceAfter=No"
    text = "".join(row[1] + ("" if row[9] == "SpaceAfter=No" else " ") for row in tokens)
    if text.strip() != (comment(comments, "text") or "").strip():
        return "forms differ from # text"
    return None


def check_conllu(tree):
    """CoNLL-U: columns, numbers, text, unique ids, one root, no cycles"""
    seen = set()
    for name in tree.files("corpora", ".conllu"):
        for number, comments, tokens in tree.sentences(name):
            sent_id = (os.path.dirname(name), comment(comments, "sent_id"))
            error = form_error(comments, tokens) or tree_error(tokens)
            if sent_id[1] is None or sent_id in seen:
                error = error or "sent_id missing or repeated"
            seen.add(sent_id)
            if error:
                yield f"{name}:{number}: {error}"


def check_labels(tree):
    """UPOS, XPOS and relations are those of dict/labels or of the guest treebanks"""
    labels = collections.defaultdict(set)
    for row in tree.rows("dict/labels/labels.tsv"):
        labels[row["set"]].add(row["name"])
    for name in tree.files("corpora", ".conllu"):
        own = name.startswith("corpora/gsd/")
        relations = labels["dep"] if own else labels["dep"] | GUEST_RELATIONS
        tags = labels["xpos"] if own else labels["xpos"] | {"_"}
        wrong = collections.Counter()
        for _, _, tokens in tree.sentences(name):
            for row in tokens:
                wrong.update({("upos", row[3])} if row[3] not in labels["upos"] else ())
                wrong.update({("xpos", row[4])} if row[4] not in tags else ())
                wrong.update({("relation", row[7])} if row[7] not in relations else ())
        for (kind, label), count in sorted(wrong.items()):
            yield f"{name}: {kind} {label!r}, {count} times"


def check_iob2(tree):
    """IOB2: five columns, legal tags, no I- after another type, text as in the forms"""
    for name in tree.files("corpora", ".iob2"):
        for number, comments, tokens in tree.sentences(name):
            before = "O"
            for at, row in enumerate(tokens):
                if len(row) != 5 or row[0] != str(at + 1) or not IOB2.fullmatch(row[2]):
                    yield f"{name}:{number + at}: bad row"
                    break
                if row[2].startswith("I-") and before[2:] != row[2][2:]:
                    yield f"{name}:{number + at}: {row[2]} after {before}"
                before = row[2]
            joined = "".join(row[1] for row in tokens)
            if joined != (comment(comments, "text") or "").replace(" ", ""):
                yield f"{name}:{number}: forms differ from # text"


def check_words(tree):
    """lists of words: a sentence a line, words parted by one blank, two where the text has one, none twice; names in order, of known types"""
    seen = set()
    types = {row["name"] for row in tree.rows("dict/labels/labels.tsv") if row["set"] == "mention"}
    for name in tree.files("corpora", ".words"):
        with_names = "/names-" in name
        for number, line in enumerate(tree.lines(name), 1):
            if not re.fullmatch(r"[^\s]+( {1,2}[^\s]+)*(\t[0-9]+ [0-9]+ [A-Z]{3}( [0-9]+ [0-9]+ [A-Z]{3})*)?", line) or (with_names, line) in seen:
                yield f"{name}:{number}: bad or repeated sentence"
            if not names_in_order(line, types):
                yield f"{name}:{number}: names out of order or of unknown type"
            seen.add((with_names, line))


def names_in_order(line, types):
    """Whether the names of a line of words, first word, number of words and type, lie one behind the other."""
    words, _, names = line.partition("\t")
    items, at = names.split(" ") if names else [], 0
    for first, count, kind in zip(items[::3], items[1::3], items[2::3]):
        if int(first) < at or int(count) < 1 or kind not in types:
            return False
        at = int(first) + int(count)
    return at <= len(words.split())


def texts(tree, name):
    if name.endswith(".words"):
        return {line.split("\t")[0].replace(" ", "") for line in tree.lines(name)}
    return {comment(comments, "text").replace(" ", "")
            for _, comments, _ in tree.sentences(name) if comment(comments, "text")}


def check_overlap(tree):
    """no sentence of a gold set is in training data"""
    files = tree.files("corpora", ".conllu") + tree.files("corpora", ".iob2") + tree.files("corpora", ".words")
    gold = [name for name in files if re.search("/dev", name)]
    held = {text: name for name in gold for text in texts(tree, name)}
    for name in files:
        if name not in gold:
            for text in sorted(texts(tree, name) & held.keys()):
                yield f"{name}: also in {held[text]}: {text[:20]}"


def check_pairs(tree):
    """the name labels are on the sentences of the treebank"""
    for part in ("train", "dev"):
        bank = set()
        for name in tree.files("corpora", ".conllu"):
            if name.startswith(f"corpora/gsd/{part}"):
                bank |= texts(tree, name)
        missing = texts(tree, f"corpora/uner/{part}.iob2") - bank
        if len(missing) > 10:
            yield f"corpora/uner/{part}.iob2: {len(missing)} sentences are not in corpora/gsd"


# Samples

def check_jsonl(tree):
    """JSON lines are objects"""
    for name in tree.files("corpora", ".jsonl"):
        for number, line in enumerate(tree.lines(name), 1):
            try:
                if not isinstance(json.loads(line), dict):
                    yield f"{name}:{number}: not an object"
            except ValueError as error:
                yield f"{name}:{number}: {error}"


def check_cp950(tree):
    """samples in CP950 are the UTF-8 samples, byte for byte"""
    for name in tree.files("corpora"):
        if ".cp950." in name:
            twin = name.replace(".cp950.", ".")
            if tree.data(name) != tree.text(twin).encode("cp950", "replace"):
                yield f"{name}: differs from {twin}"


# Registers

def is_ubn(number):
    """Taiwan's unified business number, rule in force since April 2023."""
    if not re.fullmatch("[0-9]{8}", number) or number == "00000000":
        return False
    products = (int(digit) * weight for digit, weight in zip(number, (1, 2, 1, 2, 1, 2, 4, 1)))
    total = sum(product // 10 + product % 10 for product in products)
    return total % 5 == 0 or (number[6] == "7" and (total + 1) % 5 == 0)


def is_isin(code):
    """ISO 6166: letters as 10..35, Luhn over all digits."""
    if not re.fullmatch("[A-Z]{2}[A-Z0-9]{9}[0-9]", code):
        return False
    digits = "".join(str(int(char, 36)) for char in code)
    total = 0
    for at, digit in enumerate(reversed(digits)):
        value = int(digit) * (1 + at % 2)
        total += value // 10 + value % 10
    return total % 10 == 0


def check_ubn(tree):
    """unified business numbers: check digit, unique"""
    seen = {}
    for row in tree.rows("dict/entities/companies.tsv"):
        if row["ubn"] and not is_ubn(row["ubn"]):
            yield f"{row['code']} {row['short']}: {row['ubn']}"
        if row["ubn"] and seen.setdefault(row["ubn"], row["code"]) != row["code"]:
            yield f"{row['code']} {row['short']}: {row['ubn']} is that of {seen[row['ubn']]}"


def check_isin(tree):
    """ISINs: check digit, unique"""
    seen = {}
    for row in tree.rows("dict/entities/securities.tsv"):
        if not is_isin(row["isin"]):
            yield f"{row['code']} {row['name']}: {row['isin']}"
        if seen.setdefault(row["isin"], row["code"]) != row["code"]:
            yield f"{row['code']} {row['name']}: {row['isin']} is that of {seen[row['isin']]}"


def check_codes(tree):
    """security codes are unique in their list and well formed"""
    for name in ("companies", "securities", "emerging"):
        codes = [row["code"] for row in tree.rows(f"dict/entities/{name}.tsv")]
        for code, count in collections.Counter(codes).items():
            if count > 1 or not re.fullmatch("[0-9]{4,6}([A-Z][0-9]?)?", code):
                yield f"{name}: {code!r}, {count} times"


def check_links(tree):
    """codes that other lists point to exist"""
    known = {row["code"] for name in ("companies", "securities", "emerging", "indices")
             for row in tree.rows(f"dict/entities/{name}.tsv")}
    for name, column in (("aliases", "target"), ("forum_aliases", "code"), ("renames", "code"),
                         ("subsidiaries", "parent")):
        for row in tree.rows(f"dict/entities/{name}.tsv"):
            # Persons have a description instead of a code.
            if row.get("type") != "PER":
                for code in row[column].split(";"):
                    if code not in known:
                        yield f"{name}: {code!r} is not a known code"


def check_eids(tree):
    """entity ids: form, one key each, one id each, sorted without end"""
    keys = collections.Counter()
    for row in tree.rows("dict/entities/eids.tsv"):
        keys[row["key"]] += 1
        keys[row["eid"]] += 1
        if not re.fullmatch("[CPOGSIX][0-9]{8}", row["eid"]):
            yield f"eids: {row['eid']!r}"
    for key, count in keys.items():
        if count > 1:
            yield f"eids: {key!r}, {count} times"


def check_knowledge(tree):
    """the entity list: ids, check digits and parents are good, every name has an entity"""
    eids = {row["eid"]: row["key"] for row in tree.rows("dict/entities/eids.tsv")}
    entities = list(tree.rows("dict/entities/kb_entities.tsv"))
    known = {row["eid"] for row in entities}
    codes = collections.Counter((row["code"], row["mic"]) for row in entities if row["mic"])
    for row in entities:
        if row["eid"] not in eids or (row["parent"] and row["parent"] not in known):
            yield f"kb_entities: {row['eid']} {row['name']}: unknown id or parent"
        if (row["ubn"] and not is_ubn(row["ubn"])) or (row["isin"] and not is_isin(row["isin"])):
            yield f"kb_entities: {row['eid']} {row['name']}: {row['ubn']} {row['isin']}"
        if codes[row["code"], row["mic"]] > 1:
            yield f"kb_entities: {row['eid']} {row['name']}: {row['code']} is not its own"
    for row in tree.rows("dict/entities/kb_names.tsv"):
        if row["eid"] not in known or row["since"] > row["until"] > "":
            yield f"kb_names: {row['name']}: {row['eid']} {row['since']} {row['until']}"
    for name, column in (("nicknames", "key"), ("ambiguity", "prefer"), ("brands", "owner"), ("name_dates", "key")):
        for row in tree.rows(f"dict/entities/{name}.tsv"):
            if row[column] and row[column] not in eids.values():
                yield f"{name}: {row[column]!r} is no key"


def check_hints(tree):
    """no hint of a row of values stands twice"""
    for row in tree.rows("dict/values/hints.tsv"):
        hints = row["hints"].split(",")
        if len(set(hints)) < len(hints):
            yield f"hints: {row['term']}: {row['hints']}"


def check_aspects(tree):
    """every event leaf has one aspect"""
    leaves = {row["code"] for row in tree.rows("dict/events/events.tsv")}
    named = collections.Counter(leaf for row in tree.rows("dict/events/aspects.tsv")
                                for leaf in row["leaves"].split(";") if leaf)
    for leaf in sorted(leaves | set(named)):
        if leaf not in leaves or named[leaf] != 1:
            yield f"aspects: {leaf}, {named[leaf]} times"


def cue_fields(cues):
    """Fields that the conditions of a row name: [!][@field[=]]cue/cue joined by +."""
    for term in cues.split("+"):
        if term.lstrip("!").startswith("@"):
            yield term.lstrip("!")[1:].split("=")[0]


def check_forms(tree):
    """fields of announcements have known types and roles and stand in fields that exist; wordings are unique"""
    roles = {role for row in tree.rows("dict/events/events.tsv") for role in row["arguments"].split(";")} | {"-"}
    rows = list(tree.rows("dict/forms/fields.tsv"))
    names = {row["field"] for row in rows}
    types = {"text", "date", "money", "number", "percent", "shares", "person", "company", "yesno"}
    for wording, count in collections.Counter(row["wording"] for row in rows).items():
        if count > 1:
            yield f"fields: {wording!r}, {count} times"
    for row in rows:
        parents = set(row["under"].split(";")) - {"-"}
        if not re.fullmatch("[a-z0-9_]+", row["field"]) or row["type"] not in types or row["role"] not in roles:
            yield f"fields: {row['wording']}: {row['field']}, {row['type']}, {row['role']}"
        if parents - names or (parents and "part" not in row["place"]):
            yield f"fields: {row['wording']}: under {row['under']}"


def check_clauses(tree):
    """every clause of the rule ends in a row without conditions; events and fields of the table exist"""
    leaves = {row["code"] for row in tree.rows("dict/events/events.tsv")} | {"-"}
    names = {row["field"] for row in tree.rows("dict/forms/fields.tsv")}
    last = {}
    for row in tree.rows("dict/events/clause_leaves.tsv"):
        last[row["clause"]] = row["cues"]
        if row["leaf"] not in leaves or set(cue_fields(row["cues"])) - names:
            yield f"clause_leaves: {row['clause']} {row['order']}: {row['leaf']}, {row['cues']}"
    for clause in (row["clause"] for row in tree.rows("dict/events/twse_clauses.tsv")):
        if last.get(clause) != "-":
            yield f"clause_leaves: {clause} has no last row"


def check_announcements(tree):
    """announcements that measure are later than those that train; their clauses and forms exist"""
    fields = {row["field"] for row in tree.rows("dict/forms/fields.tsv")} | {"-"}
    forms = list(tree.rows("corpora/announcements/forms.tsv"))
    clauses = {row["clause"] for row in tree.rows("dict/events/twse_clauses.tsv")}
    numbers = {row["form"] for row in forms}
    for row in forms:
        if set(row["fields"].split(";")) - fields:
            yield f"forms: {row['form']} has unknown fields"
    rows = {name: list(tree.rows(name)) for name in tree.files("corpora", ".tsv") if "/clauses-" in name}
    for name, some in rows.items():
        for row in some:
            if row["clause"] not in clauses or row["form"] not in numbers or not row["subject"]:
                yield f"{name}: {row}"
    dev = min(row["date"] for row in rows["corpora/announcements/clauses-dev.tsv"])
    for name, some in rows.items():
        if "-dev" not in name and max(row["date"] for row in some) >= dev:
            yield f"{name}: not before {dev}"


def check_classes(tree):
    """no term is in two classes of one list"""
    keys = {"events/event_terms": "term", "events/modifiers": "term", "events/forum_slang": "term",
            "sentiment/ntusd": "word", "sentiment/remi": "word", "names/titles": "title",
            "names/surnames": "surname", "entities/institutions": "name", "norm/st_chars": "from",
            "norm/st_phrases": "from", "norm/compat": "code", "norm/numerals": "char"}
    for name, key in keys.items():
        counts = collections.Counter(row[key] for row in tree.rows(f"dict/{name}.tsv"))
        for term, count in counts.items():
            if count > 1:
                yield f"{name}: {term!r}, {count} times"


def words_of(classes, element):
    """The words of an element of a cue or of a void."""
    element = element.lstrip("!~")
    return classes.get(element[1:], set()) if element.startswith("@") else set(element.split("|"))


def check_hiding(tree):
    """no word that stands in voids alone hides the cue of another row in it, but for those meant to: 推翻 tells of no 推"""
    meant = {row["word"] for row in tree.rows("dict/events/hiding_words.tsv")}
    classes, voids, cues = collections.defaultdict(set), collections.defaultdict(set), collections.defaultdict(set)
    for row in tree.rows("dict/events/trigger_words.tsv"):
        classes[row["class"]].add(row["word"])
    used = set().union(*classes.values())
    for number, row in enumerate(tree.rows("dict/events/triggers.tsv")):
        elements = [words_of(classes, part) for part in row["cue"].split(" ") if part not in ("..", "...")]
        used.update(*elements)
        for word in elements[0] if len(elements) == 1 else ():
            cues[word].add(number)
        for part in row["void"].split(";"):
            for word in words_of(classes, part):
                voids[word].add(number)
    hiding = {word: [word[i:j] for i in range(len(word)) for j in range(i + 1, len(word) + 1) if cues[word[i:j]] - numbers]
              for word, numbers in voids.items() if word not in used}
    for word in sorted(meant | set(hiding)):
        if bool(hiding.get(word)) != (word in meant):
            yield f"triggers: {word} hides {', '.join(hiding.get(word, [])) or 'nothing'}"


def check_values(tree):
    """no word of opinions or things without a value hides a shorter one with a value"""
    valued, empty = set(), set()
    for name, key, value in (("lexicon", "word", "polarity"), ("concepts", "concept", "valence")):
        for row in tree.rows(f"dict/senti/{name}.tsv"):
            (valued if float(row[value] or 0) or float(row["credit"] or 0) else empty).add(row[key])
    for word in sorted(empty - valued):
        hidden = [word[i:j] for i in range(len(word)) for j in range(i + 1, len(word) + 1) if word[i:j] in valued]
        if hidden:
            yield f"senti: {word} hides {', '.join(hidden)}"


CHECKS = [value for name, value in list(globals().items()) if name.startswith("check_")]


def run(root, out=sys.stdout):
    """Runs every check; returns the number that failed."""
    tree, failed = Tree(root), 0
    for check in CHECKS:
        try:
            found = list(check(tree))
        except (OSError, KeyError, IndexError, ValueError) as error:
            found = [f"{type(error).__name__}: {error}"]
        failed += bool(found)
        title = check.__doc__.strip()
        print(f"FAIL {title}: {len(found)}" if found else f"ok   {title}", file=out)
        for line in found[:SHOWN]:
            print("     " + line, file=out)
    print(f"{len(CHECKS) - failed} passed, {failed} failed", file=out)
    return failed


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--root", default=ROOT, help="root of the tree to check")
    return 1 if run(parser.parse_args().root) else 0


if __name__ == "__main__":
    sys.exit(main())
