# SPDX-License-Identifier: Apache-2.0
"""Values of real text, checked by hand: surface, kind, number, unit, approximation, in the clause they stand in.

values.tsv holds what a reader finds in clauses drawn at random from announcements of the exchange and transcripts of the Legislative Yuan, also
where the command does not; so a share of them must be right, not all.
"""
import json
import os
import unittest

from command import Case, lines_of

TABLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'values.tsv')
LEAST_VALUES, LEAST_SHARE = 600, 0.98


def rows():
    with open(TABLE, encoding='utf-8') as file:
        assert next(file) == 'base\tclause\tvalues\n'
        for line in file:
            yield line.rstrip('\n').split('\t')


def wanted(cell):
    return [tuple(value.split(' ', 1)) for value in cell.split(' ; ')] if cell else []


def said(value):
    """MNY 48860000000 TWD over, as the table writes it."""
    number = value['value'] or (f"{value['low']}..{value['high']}" if 'low' in value else '?')
    return ' '.join([value['kind'], number] + [value[key] for key in ('unit', 'currency', 'approx') if key in value])


class Values(Case):
    def test_values_of_real_clauses(self):
        table = list(rows())
        documents = [{'id': str(i), 'body': clause} | ({'published_at': base + 'T18:00:00+08:00'} if base != '-' else {})
                     for i, (base, clause, _) in enumerate(table)]
        out = self.records('-f', 'jsonl', '--want', 'value', data=lines_of(documents))
        self.assertEqual(len(out), len(table))
        count = right = 0
        missed = []
        for record, (_, clause, cell) in zip(out, table):
            found = [(clause[value['at'][1]:value['at'][2]].replace(' ', '_'), said(value)) for value in record['values']]
            for value in wanted(cell):
                count += 1
                if value in found:
                    right += 1
                    found.remove(value)
                else:
                    missed.append(f'{clause}: wanted {value}')
            count += len(found)
            missed += [f'{clause}: found {value}' for value in found]
        self.assertGreaterEqual(count, LEAST_VALUES)
        self.assertGreaterEqual(right, LEAST_SHARE * count, '\n'.join([f'{right} of {count}'] + missed))


if __name__ == '__main__':
    unittest.main()
