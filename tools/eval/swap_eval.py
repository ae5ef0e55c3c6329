# SPDX-License-Identifier: Apache-2.0
"""How much of what is said of a company depends on which company it is.

usage: swap_eval.py PROGRAM MODEL [--of company|person|place|gender] [-n LINES] [-k NAMES] [--seed N] [--show N] [--most PERCENT] [FILE...]

Without a file it reads standard input.  A line is a text, of tables the first column.

Takes lines that name one listed company of Taiwan and no other, once; puts other companies' names in its place, k of each kind; and compares words
outside the name, their tags, the tree (the name's words count as one), mentions, values, events, relations and scores with those of the line as it
was.  Kinds of names: of two, three and four characters, with -KY, of two words (台灣水泥), and such as are words, places or persons as well (統一,
大成), which prove nothing when they differ: whether they are a name is a matter of context.
Prints, by kind of name, how many swapped lines differ in what; fails when more than PERCENT of those under names that are nothing else do.

--of person takes lines that name one person, and puts made-up names in that place: of two and three characters, such as have characters of gain and
loss in them (林惠虧), and transliterated ones; --of place lines that name one county or country; --of gender lines with one word of a pair (先生, 女士).
There PERCENT bounds the swaps that move a score of anybody else.
"""
import argparse
import collections
import csv
import fileinput
import json
import os
import random
import re
import subprocess
import sys

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..')
LISTS = os.path.join(ROOT, 'dict', 'entities')
LAYERS = ('words', 'tags', 'tree', 'mentions', 'values', 'events', 'relations', 'scores')
KINDS = {'company': ('two', 'three', 'four', 'ky', 'words', 'ordinary'), 'person': ('three', 'two', 'charged', 'foreign'),
         'place': ('county', 'country'), 'gender': ('title', 'pronoun')}
CHARGED = '勝虧賺漲跌升降利損盈發旺財富贏敗增減好優強弱獲興隆衰'
PAIRS = {'title': ('先生', '女士', '小姐'), 'pronoun': ('他', '她')}
TODAY = '20251001'


def rows(name):
    with open(os.path.join(LISTS, name), encoding='utf-8', newline='') as file:
        return list(csv.DictReader(file, delimiter='\t', quoting=csv.QUOTE_NONE))


def kind_of(name, flags, is_short):
    if set(flags) & set('wnxq'):
        return 'ordinary' if is_short and len(name) == 2 and not set(flags) & set('xq') else None
    if name.endswith('-KY'):
        return 'ky'
    if not is_short:
        return 'words' if len(name) == 4 and name.endswith(('水泥', '電信', '工業', '電子', '航運', '鋼鐵', '汽車', '食品', '科技', '光電', '航空', '紡織')) else None
    return {2: 'two', 3: 'three', 4: 'four'}.get(len(name)) if all('\u4e00' <= c <= '\u9fff' for c in name) else None


def pools():
    """Names of companies on the market today by type and kind, and which names each company has."""
    listed = {row['eid']: row for row in rows('kb_entities.tsv')
              if row['mic'] in ('XTAI', 'ROCO') and row['type'] in ('COM', 'FIN') and not row['until'] and row['industry']}
    bearers = collections.defaultdict(list)
    for row in rows('kb_names.tsv'):
        bearers[row['name']].append(row)
    ret = collections.defaultdict(list)
    for name, links in bearers.items():
        if len(links) != 1 or links[0]['eid'] not in listed or links[0]['kind'] not in ('short', 'full'):
            continue
        entity = listed[links[0]['eid']]
        kind = kind_of(name, links[0]['flags'], links[0]['kind'] == 'short' and entity['name'] == name)
        if kind:
            ret[entity['type'], kind].append(name)
    return ret, set(listed)


def annotate(options, texts):
    data = b''.join(json.dumps({'id': str(i), 'body': text}, ensure_ascii=False).encode() + b'\n' for i, text in enumerate(texts))
    call = [options.program, 'annotate', '-q', '-m', options.model, '-f', 'jsonl', '-t', 'jsonl', '--want', 'all', '--echo']
    return [json.loads(line) for line in subprocess.run(call, input=data, stdout=subprocess.PIPE, check=True).stdout.splitlines()]


def own_name(record, listed, plain):
    """Place and type of the one listed company, None when there are more or none or other companies, or its name is a word as well."""
    companies = [entity for entity in record['entities'] if entity['type'] in ('COM', 'FIN')]
    if len(companies) != 1 or companies[0]['eid'] not in listed:
        return None
    mentions = [mention for mention in record['mentions'] if mention['eid'] == companies[0]['eid']]
    if len(mentions) != 1 or mentions[0]['text'] not in plain:
        return None
    return mentions[0]['at'][1], mentions[0]['at'][2], companies[0]['type']


class Told:
    """What a record says, places counted as if the name [start, end) were nothing; with `others` the scores of everybody else."""

    def __init__(self, record, start, end, others=False):
        self.start, self.end = start, end
        self.record = record
        toks = record['toks']
        self.node = {}
        inside = [i for i, (s, e) in enumerate(zip(toks['s'], toks['e'])) if e > start and s < end]
        outside = [i for i in range(len(toks['s'])) if i not in inside]
        self.words = [self.place(toks['s'][i], toks['e'][i]) for i in outside]
        self.is_whole = bool(inside) and toks['s'][inside[0]] == start and toks['e'][inside[-1]] == end
        self.tags = [(toks['upos'][i], toks['xpos'][i]) for i in outside]
        first = [sentence['tok'][0] - 1 for sentence in record['sents'] for _ in range(sentence['tok'][0], sentence['tok'][1] + 1)]
        heads = [head + at - 1 if head else -1 for head, at in zip(toks['head'], first)]
        tops = [i for i in inside if heads[i] not in inside]
        self.tags += [(toks['upos'][i], toks['xpos'][i]) for i in inside[:1]]
        new = {i: n + 1 for n, i in enumerate(outside)}
        new.update({i: 'name' for i in inside})
        new[-1] = 0
        self.tree = [(new[heads[i]], toks['dep'][i]) for i in outside + tops]
        # The name, or what it is a part of: 日本 of 日本央行, 先生 of 劉先生.
        own = [m for m in record['mentions'] if m['at'][1:] == [start, end] or (others and m['at'][1] <= start and m['at'][2] >= end)]
        self.own = (own[0]['eid'] or own[0]['nil']) if own else None
        self.mentions = [(self.place(*m['at'][1:]), m['type'], self.foreign(m) == self.own or self.foreign(m)) for m in record['mentions']]
        self.values = [self.plain(value) for value in record['values']]
        self.events = [self.plain(event) for event in record['events']]
        self.relations = [self.plain(relation) for relation in record['relations']]
        scores = [(e['eid'] == self.own or e['eid'], e['market'], e['credit'] and e['credit']['raw'], e['tone'], e['relevance'])
                  for e in record['entities'] if not others or e['eid'] != self.own]
        self.scores = sorted(scores, key=str) + [(record.get('esg') or {}).get('logit')]

    def foreign(self, mention):
        return mention['eid'] or mention['nil']

    def place(self, start, end):
        gone = self.end - self.start
        return [at if at <= self.start else max(at - gone, self.start) for at in (start, end)]

    def plain(self, found):
        """Without identifiers, places and confidences that hang on the length of the name."""
        if isinstance(found, dict):
            return {key: self.place(*value[1:]) if key.split('_')[-1] in ('at', 'trigger') and value else self.plain(value)
                    for key, value in found.items() if key not in ('key', 'text', 'conf')}
        if isinstance(found, list):
            return [self.plain(value) for value in found]
        return 'name' if found == self.own and found else found


def differences(was, now):
    ret = [layer for layer in LAYERS if getattr(was, layer) != getattr(now, layer)]
    return ret


def person_pools(chance):
    """Made-up names by kind."""
    def column(name, count, least):
        with open(os.path.join(LISTS, '..', 'names', name), encoding='utf-8', newline='') as file:
            found = list(csv.DictReader(file, delimiter='\t', quoting=csv.QUOTE_NONE))
        return [next(iter(row.values())) for row in found if float(row[count]) >= least]

    surnames = column('surname_shares.tsv', 'percent', 0.3)
    first, second = column('given_chars.tsv', 'first', 40), column('given_chars.tsv', 'second', 40)
    start, last = column('translit_people.tsv', 'first', 300), column('translit_people.tsv', 'last', 300)
    pick = chance.choice
    return {'three': [pick(surnames) + pick(first) + pick(second) for _ in range(400)],
            'two': [pick(surnames) + pick(second) for _ in range(200)],
            'charged': [pick(surnames) + pick(first) + pick(CHARGED) for _ in range(200)] +
                       [pick(surnames) + pick(CHARGED) + pick(second) for _ in range(200)],
            'foreign': [pick(start) + pick(last) + pick(last) for _ in range(200)]}


def own_person(line, record):
    """Place of the one person, named once and in full."""
    persons = [mention for mention in record['mentions'] if mention['type'] == 'PER']
    if len(persons) != 1 or not re.fullmatch('[\u4e00-\u9fff]{3}', persons[0]['text']) or line.count(persons[0]['text'][1:]) != 1:
        return None
    return persons[0]['at'][1], persons[0]['at'][2]


def place_pools():
    counties = [row['name'] for row in rows('counties.tsv')]
    short = [name[:-1] for name in counties if name[:-1] not in ('新竹', '嘉義')]
    return {'county': counties + short, 'country': ['日本', '韓國', '德國', '法國', '英國', '印度', '越南', '泰國', '義大利', '墨西哥', '馬來西亞', '加拿大']}


def own_place(line, record, pools):
    """Place and pool of the one county or country."""
    places = [mention for mention in record['mentions'] if mention['type'] == 'LOC']
    for kind, pool in pools.items():
        if len(places) == 1 and places[0]['text'] in pool and line.count(places[0]['text'][:2]) == 1:
            return places[0]['at'][1], places[0]['at'][2], kind
    return None


def company_cases(options, chance, lines):
    """Lines to swap: (text, start, end of the name there, kind, what was told)."""
    names, listed = pools()
    plain = {name for (_, kind), pool in names.items() if kind != 'ordinary' for name in pool}
    cases = []
    for line, record in zip(lines, annotate(options, lines)):
        own = own_name(record, listed, plain)
        if own and len(cases) < options.n:
            cases.append((line, own, Told(record, *own[:2])))
    swaps = []
    for line, (start, end, type_), told in cases:
        is_before_letter = re.match('[A-Za-z]| ?- ?KY', line[end:])
        for kind in KINDS['company']:
            pool = [name for name in names[type_, kind] if name not in line and not (kind == 'ky' and is_before_letter)]
            swaps += [(line[:start] + name + line[end:], start, name, kind, told) for name in chance.sample(pool, min(len(pool), options.k))]
    return len(cases), swaps


def swap_at(options, chance, line, start, end, kind, pool, told):
    pool = [name for name in pool if name not in line]
    return [(line[:start] + name + line[end:], start, name, kind, told) for name in chance.sample(pool, min(len(pool), options.k))]


def other_cases(options, chance, lines):
    persons, places = person_pools(chance), place_pools()
    count, swaps = 0, []
    if options.of == 'gender':
        pattern = '|'.join(word for words in PAIRS.values() for word in words)
        lines = [line for line in lines if len(re.findall(pattern, line)) == 1 and not re.search('其他|他們|她們|他國|吉他|他人|他日|他種|他案|他項|他山', line)]
    for line, record in zip(lines, annotate(options, lines)):
        found = []
        if options.of == 'person' and own_person(line, record):
            start, end = own_person(line, record)
            found = [(start, end, kind, pool) for kind, pool in persons.items()]
        elif options.of == 'place' and own_place(line, record, places):
            start, end, kind = own_place(line, record, places)
            found = [(start, end, kind, [name for name in places[kind] if kind == 'country' or len(name) == end - start])]
        elif options.of == 'gender':
            start, end = re.search(pattern, line).span()
            found = [(start, end, kind, words) for kind, words in PAIRS.items() if line[start:end] in words]
        if found and count < options.n:
            count += 1
            for start, end, kind, pool in found:
                swaps += swap_at(options, chance, line, start, end, kind, pool, Told(record, start, end, True))
    return count, swaps


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('program')
    parser.add_argument('model')
    parser.add_argument('--of', choices=KINDS, default='company')
    parser.add_argument('-n', type=int, default=300)
    parser.add_argument('-k', type=int, default=2)
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--show', type=int, default=0)
    parser.add_argument('--most', type=float, default=100)
    parser.add_argument('files', nargs='*')
    options = parser.parse_intermixed_args()
    chance = random.Random(options.seed)
    lines = [line.split('\t')[0].strip() for line in fileinput.input(options.files, encoding='utf-8')]
    lines = chance.sample(lines, min(len(lines), (8 if options.of == 'company' else 40) * options.n))
    count, swaps = (company_cases if options.of == 'company' else other_cases)(options, chance, lines)
    counts, shown = collections.defaultdict(collections.Counter), collections.Counter()
    for (text, start, name, kind, told), record in zip(swaps, annotate(options, [swap[0] for swap in swaps])):
        found = differences(told, Told(record, start, start + len(name), options.of != 'company'))
        counts[kind].update(found + ['all'] + (['any'] if found else []))
        is_bad = bool(found) if options.of == 'company' else 'scores' in found
        shown[kind] += is_bad
        if is_bad and shown[kind] <= options.show:
            print(kind, name, ','.join(found), text)
    print(f'{count} lines')
    print('\t'.join(('names', 'swaps', 'differ') + LAYERS))
    for kind in KINDS[options.of]:
        print('\t'.join([kind] + [str(counts[kind][key]) for key in ('all', 'any') + LAYERS]))
    total, differ = (sum(counts[kind][key] for kind in KINDS[options.of] if kind != 'ordinary')
                     for key in ('all', 'any' if options.of == 'company' else 'scores'))
    if differ * 100 > options.most * total:
        sys.exit(f'{differ} of {total} swaps differ')


if __name__ == '__main__':
    main()
