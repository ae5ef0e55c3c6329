# SPDX-License-Identifier: Apache-2.0
"""The runner itself: a stand-in for the command prints what it is told to.  Usage: test_quality.py JINWEN_EVAL SOURCE_ROOT"""
import os
import subprocess
import sys
import tempfile
import unittest

EVAL, ROOT = sys.argv.pop(1), sys.argv.pop(1)
RUNNER = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'quality.py')
GOLD = os.path.join(ROOT, 'corpora/gsd/dev.conllu')
FLOORS = 'stage\tset\tmetric\tfloor\n'


class Quality(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def file(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, 'w', encoding='utf-8') as out:
            out.write(text)
        return path

    def score(self, floors, annotated=GOLD, before='cat > /dev/null'):
        command = self.file('annotate', f'#!/bin/sh\n{before}\ncat {annotated}\n')
        os.chmod(command, 0o755)
        done = subprocess.run([sys.executable, RUNNER, '--annotate', command, '--eval', EVAL, '--model', 'none', '--root', ROOT,
                               self.file('floors.tsv', FLOORS + floors)], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout

    def test_gold_reaches_every_floor(self):
        status, out = self.score('seg\tgsd-dev raw\tWords\t100\ndep\tgsd-dev gold tags\tLAS\t100\n')
        self.assertEqual(status, 0)
        self.assertIn('dep   gsd-dev gold tags     LAS           100.00  100.00\n', out)

    def test_a_score_under_its_floor_fails(self):
        with open(GOLD, encoding='utf-8') as gold:
            worse = self.file('worse.conllu', gold.read().replace('\tNOUN\t', '\tVERB\t', 500))
        status, out = self.score('seg\tgsd-dev raw\tWords\t100\npos\tgsd-dev raw\tUPOS\t99\n', worse)
        self.assertEqual(status, 1)
        self.assertEqual([line[-3:] for line in out.split('\n')[1:3]], ['.00', 'LOW'])

    def test_only_the_layers_of_the_setting_are_given(self):
        given = os.path.join(self.folder, 'given')
        self.score('dep\tgsd-dev gold words\tLAS\t0\n', before=f'cat > {given}')
        with open(given, encoding='utf-8') as lines:
            words = [line.split('\t') for line in lines if line[0].isdigit()]
        self.assertEqual(len(words), 12665)
        self.assertEqual({cell for word in words for cell in word[2:9]}, {'_'})

    def test_no_floors_is_an_error(self):
        self.assertEqual(self.score('')[0], 1)


if __name__ == '__main__':
    unittest.main()
