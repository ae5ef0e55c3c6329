# SPDX-License-Identifier: Apache-2.0
"""Rules of the tree that a machine can check.

Usage: test_arch.py SOURCE_ROOT [LIBRARY ARCHIVE] [unittest arguments].  LIBRARY is the shared library, ARCHIVE the static one it is made
from; without them only sources are checked.
"""
import fnmatch
import os
import re
import subprocess
import sys
import unittest

ROOT = sys.argv.pop(1)
LIBRARY, ARCHIVE = (sys.argv.pop(1), sys.argv.pop(1)) if len(sys.argv) > 2 and os.path.exists(sys.argv[1]) else (None, None)
MAINTAINER = re.compile(r'_(train|trainer|build|pack)\.[ch]$|/model/pack\.c$')
HERE = os.path.dirname(os.path.abspath(__file__))
INCLUDE = re.compile(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]')


def rules(name):
    with open(os.path.join(HERE, name), encoding='utf-8') as lines:
        return [line.strip() for line in lines if line.strip() and not line.startswith('#')]


def files(folders, suffixes):
    for folder in folders:
        for path, folders_below, names in os.walk(os.path.join(ROOT, folder)):
            folders_below.sort()
            for name in sorted(names):
                if name.endswith(suffixes):
                    yield os.path.relpath(os.path.join(path, name), ROOT)


def read(path):
    with open(os.path.join(ROOT, path), encoding='utf-8') as text:
        return text.read()


def includes(path):
    for number, line in enumerate(read(path).split('\n'), 1):
        match = INCLUDE.match(line)
        if match:
            yield number, match.group(1) == '<', match.group(2)


def without_comments(text):
    """Comments and string contents become blanks, so that words in them are not taken for code."""
    return re.sub(r'/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', lambda found: re.sub(r'[^\n]', ' ', found.group()), text,
                  flags=re.S)


class Layers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.layer, cls.also, cls.outside, cls.same = {}, {}, {}, set()
        for rule in rules('layers.txt'):
            kind, rest = rule.split(None, 1)
            name, _, allowed = rest.partition(':')
            if kind == 'same':
                cls.same.add(name.strip())
            else:
                {'layer': cls.layer, 'also': cls.also, 'outside': cls.outside}[kind][name.strip()] = set(allowed.split())

    @staticmethod
    def is_maintainer(path):
        return path.startswith('tools/') or MAINTAINER.search(path)

    def allowed(self, path):
        """Folders (ending in /) and headers that the file may include with quotes, from the root of src."""
        if self.is_maintainer(path):
            return {name + '/' for name in self.layer if name != 'cli'}
        inner = path[len('src/'):]
        part = inner.split('/')
        own = {part[0] + '/'}
        if part[0] == 'stage':
            own = {'stage/stage.h', f'stage/{part[1]}/'} if len(part) > 2 else {'stage/stage.h', 'stage/stages.def'}
        return own | {name if name.endswith('.h') else name + '/' for name in self.layer[part[0]] | self.also.get(inner, set())}

    def test_every_folder_has_a_layer(self):
        folders = {name for name in os.listdir(os.path.join(ROOT, 'src')) if os.path.isdir(os.path.join(ROOT, 'src', name))}
        self.assertEqual(folders - set(self.layer), set())

    def test_includes_follow_the_layers(self):
        wrong = []
        for path in files(['src'], ('.c', '.h', '.def')):
            allowed = self.allowed(path)
            for number, is_outside, name in includes(path):
                if not is_outside and not any(name.startswith(one) for one in allowed):
                    wrong.append(f'{path}:{number}: {name}')
        self.assertEqual(wrong, [])

    def test_the_command_sees_only_public_headers(self):
        wrong = [f'{path}:{number}: {name}' for path in files(['src/cli'], ('.c', '.h')) for number, is_outside, name in includes(path)
                 if not is_outside and not name.startswith('cli/')]
        self.assertEqual(wrong, [])

    def test_each_outside_library_has_one_place(self):
        wrong = [f'{path}:{number}: <{name}>' for path in files(['src', 'include', 'tools'], ('.c', '.h', '.def'))
                 for number, is_outside, name in includes(path)
                 if path not in self.outside.get(name, {path}) and not (name == 'math.h' and MAINTAINER.search(path))]
        self.assertEqual(wrong, [])

    def test_file_names_in_src_are_unique(self):
        seen, twice = {}, []
        for path in files(['src'], ('.c', '.h', '.def')):
            name = os.path.basename(path)
            if name in seen and name not in self.same:
                twice.append(f'{path}, {seen[name]}')
            seen[name] = path
        self.assertEqual(twice, [])


class Sources(unittest.TestCase):
    def test_the_first_line_names_the_licence(self):
        wrong = []
        for path in files(['src', 'include', 'tools', 'tests'], ('.c', '.h', '.def', '.py', '.sh')):
            lines = read(path).split('\n')
            if 'SPDX-License-Identifier: ' not in lines[1 if lines[0].startswith('#!') else 0]:
                wrong.append(path)
        self.assertEqual(wrong, [])

    def test_headers_are_guarded_by_their_path(self):
        wrong = []
        for path in files(['src', 'include'], ('.h',)):
            name = path[len('src/'):] if path.startswith('src/') else path[len('include/'):]
            guard = re.sub(r'[/.]', '_', name).upper()
            guard = guard if path.startswith('include/') else 'JW_' + guard
            if f'#ifndef {guard}\n#define {guard}\n' not in read(path):
                wrong.append(f'{path}: wanted {guard}')
        self.assertEqual(wrong, [])

    def test_lines_are_no_longer_than_prose_allows(self):
        wrong = [f'{path}:{number}' for path in files(['src', 'include', 'tools'], ('.c', '.h', '.py'))
                 for number, line in enumerate(read(path).split('\n'), 1) if len(line) > 150 or '\t' in line and path.endswith(('.c', '.h'))]
        self.assertEqual(wrong, [])

    def test_there_are_no_open_ends(self):
        word = re.compile('TO' + 'DO|FIX' + 'ME|#' + 'if 0')
        wrong = [f'{path}:{number}' for path in files(['src', 'include', 'tools', 'tests'], ('.c', '.h', '.def', '.py', '.sh', 'meson.build'))
                 for number, line in enumerate(read(path).split('\n'), 1) if word.search(line)]
        self.assertEqual(wrong, [])

    def test_decoders_count_in_integers(self):
        wrong = [f'{path}:{number}' for path in files(['src', 'include'], ('.c', '.h', '.def'))
                 if not MAINTAINER.search(path) and not path.startswith('src/cli/')
                 for number, line in enumerate(without_comments(read(path)).split('\n'), 1) if re.search(r'\b(float|double)\b', line)]
        self.assertEqual(wrong, [])

    def test_trainers_use_only_exact_mathematics(self):
        """Functions that IEEE 754 does not fix round differently from one C library to the next, and so would the weights."""
        inexact = re.compile(r'\b(exp|exp2|expm1|log|log2|log10|log1p|pow|sin|cos|tan|tanh|sinh|cosh|atan2?|cbrt|hypot|erf|tgamma)[fl]?\(')
        wrong = [f'{path}:{number}' for path in files(['src', 'tools'], ('.c', '.h')) if not path.startswith('tools/eval/')
                 for number, line in enumerate(without_comments(read(path)).split('\n'), 1) if inexact.search(line)]
        self.assertEqual(wrong, [])

    def test_every_source_is_built(self):
        """A file that no meson.build names is dead."""
        wrong = []
        named = ''.join(read(path) for path in files(['src', 'tools', 'tests'], ('meson.build',)))
        for path in files(['src', 'tools'], ('.c',)):
            if f"{os.path.basename(path)}'" not in named:
                wrong.append(path)
        self.assertEqual(wrong, [])


def run(*command):
    return subprocess.run(command, capture_output=True, check=True, text=True).stdout


@unittest.skipUnless(LIBRARY, 'no library given')
class Symbols(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.defined, cls.used = [], []
        for line in run('nm', '-A', '-P', ARCHIVE).split('\n'):
            place, _, rest = line.partition(': ')
            cell = rest.split()
            if len(cell) < 2:
                continue
            member = re.search(r'\[(.*)\]$', place)
            member = os.path.basename(member.group(1) if member else place)
            member = re.sub(r'\.o$', '', member)
            (cls.used if cell[1] == 'U' else cls.defined).append((member, cell[0], cell[1]))
        cls.instrumented = any(name.startswith(('__asan_', '__ubsan_', '__tsan_', '__gcov_', '__sanitizer_')) for _, name, _ in cls.used)

    def test_exported_symbols_are_public(self):
        names = [line.split()[0].split('@')[0] for line in run('nm', '-D', '-P', '--defined-only', LIBRARY).split('\n') if line]
        wrong = [name for name in names if not name.startswith('jw_') and not name.startswith(('_init', '_fini', '__'))]
        self.assertEqual(wrong, [])
        self.assertIn('jw_model_open', names)

    def test_declared_functions_are_exported(self):
        declared = set()
        for path in files(['include'], ('.h',)):
            declared.update(re.findall(r'JW_API[^;(]*?\b(jw_\w+)\(', without_comments(read(path))))
        exported = {line.split()[0] for line in run('nm', '-D', '-P', '--defined-only', LIBRARY).split('\n') if line}
        self.assertEqual(declared - exported, set())
        self.assertEqual({name for name in exported if name.startswith('jw_')} - declared, set())

    def test_shared_names_have_a_prefix(self):
        wrong = [f'{member}: {name}' for member, name, kind in self.defined
                 if kind.isupper() and not name.startswith(('jw_', 'jwi_', '__', 'DW.'))]
        self.assertEqual(wrong, [])

    def test_the_library_leaves_the_process_alone(self):
        wrong = []
        for rule in rules('symbols.txt'):
            pattern, _, allowed = rule.partition(':')
            for member, name, _ in self.used:
                if fnmatch.fnmatchcase(name.split('@')[0], pattern.strip()) and not any(member.endswith(one) for one in allowed.split()):
                    wrong.append(f'{member}: {name}')
        if self.instrumented:
            wrong = [one for one in wrong if not one.endswith((': abort', ': exit'))]
        self.assertEqual(wrong, [])

    def test_no_trainer_is_in_the_library(self):
        members = {member for member, _, _ in self.defined}
        self.assertEqual([member for member in sorted(members) if MAINTAINER.search(member)], [])

    def test_nothing_in_the_library_can_change(self):
        if self.instrumented:
            self.skipTest('instrumented objects carry counters')
        wrong, member = [], ''
        for line in run('objdump', '-t', ARCHIVE).split('\n'):
            if 'file format' in line:
                member = os.path.basename(line.split(':')[0])
                continue
            cell = line.split()
            section = next((one for one in cell if re.match(r'^(\.data|\.bss|\.tdata|\.tbss|\*COM\*)', one)), None)
            if section and not section.startswith('.data.rel.ro') and len(cell) > 2 and cell[-1] != section:
                wrong.append(f'{member}: {cell[-1]} in {section}')
        self.assertEqual(wrong, [])


if __name__ == '__main__':
    unittest.main()
