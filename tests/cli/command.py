# SPDX-License-Identifier: Apache-2.0
"""Runs the command under test.  JINWEN and JINWEN_MODEL name the program and its model; the build sets them."""
import json
import os
import subprocess
import tempfile
import unittest

PROGRAM = os.environ['JINWEN']
MODEL = os.environ['JINWEN_MODEL']
ROOT = os.environ['JINWEN_ROOT']
SAMPLES = os.path.join(ROOT, 'corpora', 'sample')

NEWS = [
    '台積電(2330)昨(10)日公布9月合併營收488.6億元，年增12.3%，創同期新高。',
    '法人指出，公司並未否認客戶砍單，第四季展望由季增5%下修至持平。',
    '金管會主委表示，將持續關注銀行業的海外曝險。外資買超前五名為鴻海、聯發科、長榮、陽明與國巨！',
    '他說：「今天開會，明天再談。」大家就散了',
    'AI伺服器需求強勁 ODM廠Q4營收看增2成 🚀𠮷',
]


def words(*args, verb='annotate'):
    line = [PROGRAM, verb]
    if verb != 'version' or '--json' in args:
        line += ['-m', MODEL]
    return line + list(args)


def run(*args, data=b'', verb='annotate', **more):
    if isinstance(data, str):
        data = data.encode()
    return subprocess.run(words(*args, verb=verb), input=data, capture_output=True, timeout=120, **more)


def lines_of(records):
    return b''.join(json.dumps(record, ensure_ascii=False).encode() + b'\n' for record in records)


def news_records(count):
    """Titles, bodies and replies of every size; every seventh has no id."""
    for i in range(count):
        record = {'id': f'r{i}', 'title': NEWS[i % 5][:20], 'body': '\n'.join(NEWS[k % 5] for k in range(i, i + 1 + i % 4))}
        if i % 7 == 0:
            del record['id']
        if i % 3 == 0:
            record['replies'] = [{'text': NEWS[(i + 1) % 5], 'mark': 'push'}, {'text': '推'}]
        yield record


class Case(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def path(self, name, data=None):
        path = os.path.join(self.folder.name, name)
        if data is not None:
            with open(path, 'wb') as file:
                file.write(data.encode() if isinstance(data, str) else data)
        return path

    def read(self, name):
        with open(self.path(name), 'rb') as file:
            return file.read()

    def good(self, *args, data=b'', verb='annotate', **more):
        done = run(*args, data=data, verb=verb, **more)
        self.assertEqual(done.returncode, 0, done.stderr.decode(errors='replace'))
        return done.stdout

    def records(self, *args, data=b''):
        out = self.good('-t', 'jsonl', *args, data=data)
        return [json.loads(line) for line in out.decode().split('\n') if line]

    def codes(self, *args, data=b''):
        return [record['error']['code'] if 'error' in record else None for record in self.records(*args, data=data)]
