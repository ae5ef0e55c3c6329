# SPDX-License-Identifier: Apache-2.0
"""Runs a program that prints a table and fails when a number is under its floor.

Usage: table.py FLOORS COMMAND...

The table has cells parted by `|`, the names of columns in a line above; FLOORS has columns row, column, floor. A row or column that
is not printed fails as well.
"""
import csv
import subprocess
import sys


def read_table(text):
    """(row, column) -> number."""
    found, header = {}, None
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.split('|')]
        if len(cells) < 2:
            continue
        try:
            numbers = [float(cell) for cell in cells[1:]]
        except ValueError:
            header = cells
            continue
        found.update({(cells[0], column): number for column, number in zip(header[1:] if header else [], numbers)})
    return found


def main():
    if len(sys.argv) < 3:
        sys.exit('usage: table.py FLOORS COMMAND...')
    with open(sys.argv[1], encoding='utf-8', newline='') as lines:
        floors = list(csv.DictReader(lines, delimiter='\t', quoting=csv.QUOTE_NONE))
    done = subprocess.run(sys.argv[2:], stdout=subprocess.PIPE, check=False)
    if done.returncode != 0 or not floors:
        sys.exit(f'{sys.argv[2]}: exit code {done.returncode}, {len(floors)} floors')
    text, low = done.stdout.decode('utf-8'), 0
    found = read_table(text)
    print(text)
    for row in floors:
        score = found.get((row['row'], row['column']))
        is_low = score is None or score < float(row['floor'])
        low += is_low
        print(f'{row["row"]:12}{row["column"]:12}{row["floor"]:>8}{"none" if score is None else score:>8}{"  LOW" if is_low else ""}')
    return 1 if low else 0


if __name__ == '__main__':
    sys.exit(main())
