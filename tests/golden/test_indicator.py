# SPDX-License-Identifier: Apache-2.0
"""Indicators of credit: a line, and what it must raise on whom.

Usage: test_indicator.py --floor PERCENT --precision PERCENT JINWEN MODEL COMPANIES EVENTS CASES

A case is `title`, `body` or `announcement` (of the first company), its text, and `company:CODE,..` for every company, `0` where nothing is to be
raised; `A|B` takes either. An indicator is raised on who bears its event (`bears` in EVENTS), of a subsidiary nobody names on its parent. Cases that
fail are printed; the run fails when fewer than PERCENT of the cases pass, or of all that is raised fewer than the precision are right.
"""
import argparse
import collections
import csv
import json
import re
import subprocess
import sys


def rows(path):
    with open(path, encoding='utf-8', newline='') as file:
        return list(csv.DictReader(file, delimiter='\t', quoting=csv.QUOTE_NONE))


def annotate(options, cases, issuer):
    lines = []
    for case in cases:
        part = 'body' if case['kind'] == 'body' else 'title'
        record = {part: case['text'], 'source_type': 'news'}
        if case['kind'] == 'announcement':
            record.update(source_type='announcement', issuer='9901', issuer_name=issuer)
        lines.append(json.dumps(record, ensure_ascii=False) + '\n')
    done = subprocess.run([options.jinwen, 'annotate', '-q', '-m', options.model, '-f', 'jsonl', '-t', 'jsonl', '--want', 'doc',
                           '--user-dict', options.companies], input=''.join(lines), stdout=subprocess.PIPE, encoding='utf-8', check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def raised(output, bears, issuer):
    """{(company, code)} of one line; of an announcement that names nobody, of its company."""
    names = {entity['eid']: entity['name'] for entity in output['entities']}
    found = set()
    for event in output['events']:
        if event.get('indicator'):
            holders = {arg['eid'] for arg in event['args'] if arg.get('eid') and arg['role'] in (bears.get(event['type']), 'parent')}
            found.update((names.get(holder, holder), event['indicator']) for holder in holders or {issuer})
    return found


def wanted(case):
    """[(company, set of codes of which one is to be raised)]."""
    for cell in case['indicators'].split(';'):
        company, codes = cell.split(':')
        for code in codes.split(','):
            if code != '0':
                yield company, set(code.split('|'))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--floor', type=float, required=True)
    parser.add_argument('--precision', type=float, required=True)
    for name in ('jinwen', 'model', 'companies', 'events', 'cases'):
        parser.add_argument(name)
    options = parser.parse_args()
    bears = {row['code']: re.search(r'bears=(\w+)', row['axes'] or '') for row in rows(options.events)}
    bears = {code: match.group(1) for code, match in bears.items() if match}
    issuer, cases = rows(options.companies)[0]['form'], rows(options.cases)
    count = collections.Counter()
    for case, output in zip(cases, annotate(options, cases, issuer)):
        found = raised(output, bears, issuer)
        right = {(company, code) for company, codes in wanted(case) for code in codes}
        missed = [sorted(codes) for company, codes in wanted(case) if not any((company, code) in found for code in codes)]
        count.update(raised=len(found), right=len(found & right), passed=not missed and found <= right)
        if missed or not found <= right:
            print(f"{case['text']}\twrong {sorted(found - right)}\tmissed {missed}")
    share, precision = 100 * count['passed'] / len(cases), 100 * count['right'] / max(1, count['raised'])
    print(f"{count['passed']} of {len(cases)} pass: {share:.1f} %; of {count['raised']} raised {count['right']} are right: {precision:.1f} %")
    return share < options.floor or precision < options.precision


if __name__ == '__main__':
    sys.exit(main())
