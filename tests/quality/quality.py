# SPDX-License-Identifier: Apache-2.0
"""Scores the built model on the development sets and fails under a floor.

Usage: quality.py --annotate JINWEN --eval JINWEN_EVAL --model MODEL --root SOURCE_ROOT FLOORS

A set is a gold file and what the model is given of it: `raw` its text, `gold words` its words, `gold tags` its words and tags.  A floor is
an F1 of jinwen-eval in percent; `names` is the F1 over PER, ORG and LOC.
"""
import argparse
import csv
import os
import subprocess
import sys
import tempfile

GOLD = {'gsd-dev': 'corpora/gsd/dev.conllu', 'uner-dev': 'corpora/uner/dev.iob2'}
TEXT_OF = {'uner-dev': 'gsd-dev'}
WANT = {'sent': 'sent,token', 'seg': 'sent,token', 'pos': 'sent,token,pos', 'dep': 'sent,token,pos,dep', 'ner': 'sent,token,pos,ner'}
# Types of the product that the three of the treebank's names cover.
NAMES = ['--ner', '--map', 'COM=ORG,FIN=ORG,GOV=ORG', '--types', 'PER,ORG,LOC']
# Columns that stay, counted from 0, of a CoNLL-U line.
KEPT = {'gold words': {0, 1, 9}, 'gold tags': {0, 1, 3, 4, 9}}


def run(command, given=None):
    done = subprocess.run(command, input=given, stdout=subprocess.PIPE, check=False)
    if done.returncode != 0:
        sys.exit(f'{" ".join(command)}: exit code {done.returncode}')
    return done.stdout


def without_layers(path, setting):
    """The gold file with only the layers of the setting."""
    with open(path, encoding='utf-8') as gold:
        for line in gold:
            cell = line.rstrip('\n').split('\t')
            if len(cell) == 10:
                cell = [value if i in KEPT[setting] else '_' for i, value in enumerate(cell)]
                cell[9] = 'SpaceAfter=No' if 'SpaceAfter=No' in cell[9].split('|') else '_'
            yield '\t'.join(cell) + '\n'


class Scores:
    """Tables by (stage, set), each made once."""

    def __init__(self, options):
        self.options, self.tables = options, {}
        self.folder = tempfile.TemporaryDirectory()

    def annotate(self, stage, name, setting):
        text = os.path.join(self.options.root, GOLD[TEXT_OF.get(name, name)])
        given = run([self.options.eval, '--text', text]) if setting == 'raw' else ''.join(without_layers(text, setting)).encode('utf-8')
        return run([self.options.annotate, 'annotate', '-q', '-m', self.options.model, '-f', 'text' if setting == 'raw' else 'conllu',
                    '-t', 'conllu', '--want', WANT[stage]], given)

    def table(self, stage, name, setting):
        key = (WANT[stage], name, setting)
        if key not in self.tables:
            system = os.path.join(self.folder.name, 'system.conllu')
            with open(system, 'wb') as out:
                out.write(self.annotate(stage, name, setting))
            names = NAMES if stage == 'ner' else []
            table = run([self.options.eval, *names, os.path.join(self.options.root, GOLD[name]), system]).decode('utf-8')
            rows = ([cell.strip() for cell in line.split('|')] for line in table.split('\n')[2:] if '|' in line)
            self.tables[key] = {row[0]: row[3] for row in rows}
        return self.tables[key]

    def score(self, row):
        name, setting = row['set'].split(' ', 1)
        metric = 'All' if row['metric'] == 'names' else row['metric']
        return float(self.table(row['stage'], name, setting)[metric])


def main():
    parser = argparse.ArgumentParser(description='Scores of the model against their floors.')
    for name in ('annotate', 'eval', 'model', 'root'):
        parser.add_argument('--' + name, required=True)
    parser.add_argument('floors')
    options = parser.parse_args()
    with open(options.floors, encoding='utf-8', newline='') as lines:
        rows = list(csv.DictReader(lines, delimiter='\t', quoting=csv.QUOTE_NONE))
    scores, low = Scores(options), 0
    print(f'{"stage":6}{"set":22}{"metric":12}{"floor":>8}{"score":>8}')
    for row in rows:
        score = scores.score(row)
        is_low = score < float(row['floor'])
        low += is_low
        print(f'{row["stage"]:6}{row["set"]:22}{row["metric"]:12}{float(row["floor"]):8.2f}{score:8.2f}{"  LOW" if is_low else ""}')
    if not rows:
        sys.exit(f'{options.floors}: no floors')
    return 1 if low else 0


if __name__ == '__main__':
    sys.exit(main())
