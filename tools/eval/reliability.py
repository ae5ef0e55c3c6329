# SPDX-License-Identifier: Apache-2.0
"""The table of event_reliability.py and name_reliability.py: confidence against the share of right ones, by bins."""


class Bins:
    def __init__(self, edges):
        """edges: rising, the last above every confidence."""
        self.edges = edges
        self.rows = [[0, 0, 0.0] for _ in edges[1:]]  # answers, right ones, sum of confidence

    def add(self, conf, is_right):
        row = self.rows[next(i for i, edge in enumerate(self.edges[1:]) if conf < edge)]
        row[0] += 1
        row[1] += is_right
        row[2] += conf

    def show(self, title):
        """error: mean distance between confidence and share of right ones, by size of bin."""
        total = max(sum(row[0] for row in self.rows), 1)
        print(title)
        print("  conf          |    n | mean | right")
        for low, high, (count, right, conf) in zip(self.edges, self.edges[1:], self.rows):
            if count:
                print(f"  {low:.2f} to {min(high, 1):.2f}  | {count:4} | {conf / count:.2f} | {right / count:.2f}")
        error = sum(abs(conf - right) for _, right, conf in self.rows) / total
        mean, share = (sum(row[k] for row in self.rows) / total for k in (2, 1))
        print(f"  all           | {total:4} | {mean:.2f} | {share:.2f}   error {error:.3f}")
