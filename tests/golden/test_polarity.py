# SPDX-License-Identifier: Apache-2.0
"""Cases of polarity: a sentence, a company in it, the sign its market score must have.

Usage: test_polarity.py --floor PERCENT JINWEN MODEL COMPANIES CASES...

One sentence is one record, body only; a column `source`, if there is one, is its source_type, else it is news.  Signs: `+` 0.10 or more, `-` -0.10 or less, `0` between, `>0-` above -0.10, `0-` below 0.10.
Every case that fails is printed; the run fails when fewer than PERCENT of all pass.
"""
import argparse
import csv
import json
import subprocess
import sys

HOLDS = {'+': lambda score: score >= 0.1, '-': lambda score: score <= -0.1, '0': lambda score: -0.1 < score < 0.1,
         '>0-': lambda score: score > -0.1, '0-': lambda score: score < 0.1}


def rows(path):
    with open(path, encoding='utf-8', newline='') as file:
        return list(csv.DictReader(file, delimiter='\t', quoting=csv.QUOTE_NONE))


def scores(options, cases):
    """Market score of every entity, by name, for each case."""
    given = ''.join(json.dumps({'body': case['sentence'], 'source_type': case.get('source') or 'news'}, ensure_ascii=False) + '\n' for case in cases)
    done = subprocess.run([options.jinwen, 'annotate', '-q', '-m', options.model, '-f', 'jsonl', '-t', 'jsonl', '--want', 'doc',
                           '--user-dict', options.companies], input=given, stdout=subprocess.PIPE, encoding='utf-8', check=True)
    for line in done.stdout.splitlines():
        entities = json.loads(line).get('entities') or []
        yield {entity['eid']: (entity.get('market') or {}).get('score') or 0.0 for entity in entities}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--floor', type=float, required=True)
    for name in ('jinwen', 'model', 'companies'):
        parser.add_argument(name)
    parser.add_argument('cases', nargs='+')
    options = parser.parse_args()
    eids = {row['form']: row['entity'] for row in rows(options.companies)}
    cases = [case for path in options.cases for case in rows(path)]
    failed = 0
    for case, by_eid in zip(cases, scores(options, cases)):
        score = by_eid.get(eids[case['entity']], 0.0)
        if not HOLDS[case['sign']](score):
            failed += 1
            print(f"{case['sentence']}\t{case['entity']}\twanted {case['sign']}\tgot {score:.4f}\t{case['point']}")
    share = 100 * (len(cases) - failed) / len(cases)
    print(f'{len(cases) - failed} of {len(cases)} pass: {share:.1f} %')
    return share < options.floor


if __name__ == '__main__':
    sys.exit(main())
