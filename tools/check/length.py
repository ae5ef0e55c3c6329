# SPDX-License-Identifier: Apache-2.0
"""Lists what stands out by length, for reviewers: functions, parameters, nesting, files.

Usage: length.py [--function LINES] [--parameters N] [--nesting N] [--file LINES] [FOLDER ...]
Functions are found by layout: a body is everything between a brace that begins a line and the next closing one that begins a line.
"""
import argparse
import os
import re
import statistics

HEAD = re.compile(r'(\w+)\(([^;{]*)\)\s*$', re.S)


def sources(folders):
    for folder in folders:
        for path, below, names in os.walk(folder):
            below.sort()
            for name in sorted(names):
                if name.endswith(('.c', '.h')):
                    yield os.path.join(path, name)


def depth(body):
    """Deepest nesting of blocks inside the function."""
    level = deepest = 0
    for sign in re.sub(r'/\*.*?\*/|"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'', '', '\n'.join(body), flags=re.S):
        level += (sign == '{') - (sign == '}')
        deepest = max(deepest, level)
    return deepest


def functions(lines):
    """Yields (name, first line, lines of the body, parameters, nesting)."""
    start = None
    for number, line in enumerate(lines):
        if line == '{':
            start = number
        elif line == '}' and start is not None:
            first = start
            while first > 0 and lines[first - 1] and lines[first - 1][0] not in '#}/ *' or first > 0 and lines[first - 1].startswith(' '):
                first -= 1
            head = HEAD.search(' '.join(lines[first:start]))
            if head:
                parameters = 0 if head.group(2).strip() in ('', 'void') else head.group(2).count(',') + 1
                yield head.group(1), first + 1, number - start - 1, parameters, depth(lines[start + 1:number])
            start = None


def main():
    parser = argparse.ArgumentParser(description='Lists long functions and files.')
    parser.add_argument('--function', type=int, default=60)
    parser.add_argument('--parameters', type=int, default=5)
    parser.add_argument('--nesting', type=int, default=3)
    parser.add_argument('--file', type=int, default=500)
    parser.add_argument('folder', nargs='*', default=['src', 'include', 'tools', 'tests'])
    limit = parser.parse_args()
    sizes = []
    for path in sources(limit.folder):
        with open(path, encoding='utf-8') as text:
            lines = text.read().split('\n')
        if len(lines) > limit.file:
            print(f'{path}: {len(lines)} lines')
        for name, first, size, parameters, nesting in functions(lines):
            sizes.append(size)
            for what, value, most in (('lines', size, limit.function), ('parameters', parameters, limit.parameters),
                                      ('levels', nesting, limit.nesting)):
                if value > most:
                    print(f'{path}:{first}: {name}: {value} {what}')
    if sizes:
        over = sum(size > limit.function for size in sizes)
        print(f'{len(sizes)} functions, median {statistics.median_low(sizes)} lines, {over} above {limit.function}')


if __name__ == '__main__':
    main()
