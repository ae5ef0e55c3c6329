# SPDX-License-Identifier: Apache-2.0
"""The record that the output contract derives by hand."""
import json
import os
import unittest
from decimal import Decimal

from command import ROOT, Case, lines_of

TABLE = os.path.join(ROOT, 'tests', 'golden', 'acceptance', 'record.json')


class Record(Case):
    def test_the_record_of_the_contract(self):
        """Events, evidence and the scores they sum to; identifiers, confidences and hashes of ids are the model's own."""
        with open(TABLE, encoding='utf-8') as file:
            sheet = json.load(file, parse_float=Decimal)
        calendar = self.path('calendar.tsv', 'mic\tdate\topen\tclose\tknown_at\nXTAI\t2026-10-09\t\t\t\n')
        out = self.good('-f', 'jsonl', '-t', 'jsonl', '--calendar', calendar, data=lines_of([sheet['input']]))
        record, wanted = json.loads(out, parse_float=Decimal), sheet['output']
        self.maxDiff = None
        for key in ('trigger', 'type', 'dir', 'status', 'fact', 'neg', 'scheduled', 'market', 'credit', 'relevance'):
            self.assertEqual([e[key] for e in record['events']], [e[key] for e in wanted['events']], key)
        roles = [[(a['role'], a['at']) for a in e['args']] for e in wanted['events']]
        self.assertEqual([[(a['role'], a['at']) for a in e['args']] for e in record['events']], roles)
        self.assertEqual([x['at'] for x in record['evidence']], [x['at'] for x in wanted['evidence']])
        self.assertEqual([x['credit'] for x in record['evidence']], [x['credit'] for x in wanted['evidence']])
        named = {entity['eid'] for entity in record['entities']}
        self.assertEqual({value.pop('eid', None) for value in record['values'] if value['kind'] != 'DAT'}, named)
        keys = ('part_lens', 'published_at', 'received_at', 'available_at', 'session', 'trade_date_open', 'trade_date_close', 'flags', 'n_sent',
                'n_company', 'roundup', 'values')
        self.assertEqual({key: record[key] for key in keys}, {key: wanted[key] for key in keys})


if __name__ == '__main__':
    unittest.main()
