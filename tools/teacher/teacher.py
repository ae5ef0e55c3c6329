#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A tagger, parser and finder of names on a pre-trained encoder, which labels text that the small networks learn from; see README.md.

Heads: UPOS and XPOS, biaffine arcs and relations (Dozat and Manning 2017) with the best projective tree (Eisner 1996),
names as BIOES labels; a fourth, word boundaries, is learned along with them.
"""
import argparse
import json
import pathlib
import random
import struct
import sys
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

LAYERS, EPOCHS, TOKENS, RATE, HEAD_RATE, WARM = 10, 3, 1500, 6e-5, 1e-3, 60
# Of the engine's scores: arcs and tags as logits, by likelihood of the development trees; their share in the sums; the share of XPOS
ENGINE_ARC, ENGINE_TAG, ENGINE_SHARE, XPOS_SHARE = 9e-4, 1 / 4096, 0.65, 0.7
LIKELY = np.dtype([("heads", "u2", 4), ("head_weights", "u2", 4), ("upos", "u1", 4), ("xpos", "u1", 4), ("tag_weights", "u2", 4)])
OWN = 1.5  # what a cut of the given words weighs against the network's logit
HEADS, WIDTH, ARC, RELATION = 16, 1024, 384, 160
NAMES = ["O"] + [f"{edge}-{kind}" for kind in ("PER", "ORG", "LOC") for edge in "BIES"]
CORPORA = pathlib.Path(__file__).resolve().parents[2] / "corpora"
sys.path.append(str(CORPORA.parent / "tools/corpus"))

from tree_repair import mend_agents, mend_objects  # noqa: E402


class Script:
    """Characters to numbers of the encoder's vocabulary, through the Simplified script."""

    def __init__(self, vocabulary, table):
        self.number = {line.rstrip("\n"): i for i, line in enumerate(open(vocabulary, encoding="utf-8"))}
        rows = (line.rstrip("\n").split("\t") for line in open(table, encoding="utf-8") if "\t" in line and line[0] != "#")
        self.simple = {row[0]: row[1].split()[0][0] for row in rows if len(row[0]) == 1}

    def __call__(self, character):
        return self.number.get(self.simple.get(character, character).lower(), self.number["[UNK]"])


class Sentence:
    """ids: [CLS] characters [SEP]; first, last: of each word; begin, free: of each character, whether a word begins, whether a blank says so."""

    def __init__(self, words, script):
        self.words = words
        self.ids, self.first, self.last, self.begin, self.free = [script.number["[CLS]"]], [], [], [], []
        after_blank = True
        for form, blank in words:
            self.first.append(len(self.ids))
            for i, character in enumerate(c for c in form if not c.isspace()):
                self.ids.append(script(character))
                self.begin.append(int(i == 0))
                self.free.append(i == 0 and after_blank)
            self.last.append(len(self.ids) - 1)
            after_blank = blank
        self.ids.append(script.number["[SEP]"])
        self.upos = self.xpos = self.head = self.relation = self.name = None
        self.arcs = self.tags = None  # scores of the engine's own parser


def read_blocks(path):
    block = []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line and line[0] != "#":
            block.append(line.split("\t"))
        elif not line and block:
            yield block
            block = []
    if block:
        yield block


def read_words(path):
    for block in read_blocks(path):
        rows = [row for row in block if row[0].isdigit()]
        yield rows, [(row[1], "SpaceAfter=No" not in row[9]) for row in rows]


def bioes(tags):
    ret = []
    for i, tag in enumerate(tags):
        inside = i + 1 < len(tags) and tags[i + 1] == "I" + tag[1:]
        ret.append("O" if tag[2:] not in ("PER", "ORG", "LOC") else
                   {("B", True): "B", ("B", False): "S", ("I", True): "I", ("I", False): "E"}[tag[0], inside] + tag[1:])
    return ret


def read_gold(tree_paths, name_path, labels, script, with_trees=True):
    names = {"".join(row[1] for row in block): bioes([row[2] for row in block]) for block in read_blocks(name_path)} if name_path else {}
    for path in tree_paths:
        for rows, words in read_words(path):
            sentence = Sentence(words, script)
            try:
                sentence.upos = [labels["upos"].index(row[3]) for row in rows]
                sentence.xpos = [labels["xpos"].index(row[4]) if row[4] in labels["xpos"] else -1 for row in rows]
                if with_trees:
                    sentence.relation = [labels["relation"].index(row[7]) for row in rows]
                    sentence.head = [int(row[6]) for row in rows]
            except ValueError:  # a label that training does not have
                continue
            found = names.get("".join(form for form, _ in words))
            if found and len(found) == len(rows):
                sentence.name = [NAMES.index(tag) for tag in found]
            yield sentence


class Encoder(nn.Module):
    """ALBERT (Lan et al. 2020): one layer, run LAYERS times; gives the outputs of the middle one and the last."""

    def __init__(self, path):
        super().__init__()
        state = torch.load(path, map_location="cpu", weights_only=True)
        embeddings, layer = "albert.embeddings.", "albert.encoder.albert_layer_groups.0.albert_layers.0."

        def get(*names):
            return nn.Parameter(torch.cat([state[name].float() for name in names]))

        self.word, self.position = get(embeddings + "word_embeddings.weight"), get(embeddings + "position_embeddings.weight")
        self.kind = get(embeddings + "token_type_embeddings.weight")
        self.norm0, self.norm0_bias = get(embeddings + "LayerNorm.weight"), get(embeddings + "LayerNorm.bias")
        self.up, self.up_bias = (get("albert.encoder.embedding_hidden_mapping_in." + part) for part in ("weight", "bias"))
        self.qkv, self.qkv_bias = (get(*(f"{layer}attention.{name}.{part}" for name in ("query", "key", "value"))) for part in ("weight", "bias"))
        for name, place in (("out", "attention.dense"), ("norm1", "attention.LayerNorm"), ("wide", "ffn"), ("narrow", "ffn_output"),
                            ("norm2", "full_layer_layer_norm")):
            setattr(self, name, get(f"{layer}{place}.weight"))
            setattr(self, name + "_bias", get(f"{layer}{place}.bias"))

    def forward(self, ids, mask):
        sentences, length = ids.shape
        x = F.embedding(ids, self.word) + self.position[:length] + self.kind[0]
        x = F.linear(F.layer_norm(x, (x.shape[-1],), self.norm0, self.norm0_bias, 1e-12), self.up, self.up_bias)
        outside = torch.zeros(mask.shape, dtype=x.dtype).masked_fill(~mask, -1e4)[:, None, None, :]
        outputs = []
        for i in range(LAYERS):
            q, k, v = F.linear(x, self.qkv, self.qkv_bias).view(sentences, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
            seen = F.scaled_dot_product_attention(q, k, v, attn_mask=outside.to(x.dtype)).transpose(1, 2).reshape(sentences, length, WIDTH)
            x = F.layer_norm(x + F.linear(seen, self.out, self.out_bias), (WIDTH,), self.norm1, self.norm1_bias, 1e-12)
            deep = F.linear(F.gelu(F.linear(x, self.wide, self.wide_bias)), self.narrow, self.narrow_bias)
            x = F.layer_norm(x + deep, (WIDTH,), self.norm2, self.norm2_bias, 1e-12)
            if i + 1 in (LAYERS // 2, LAYERS):
                outputs.append(x.float())
        return torch.stack(outputs)


class Teacher(nn.Module):
    def __init__(self, encoder_path, labels):
        super().__init__()
        self.labels = labels
        self.encoder = Encoder(encoder_path)
        self.mix = nn.Parameter(torch.tensor([[0.0, 1.0]] * 4))
        self.cut = nn.Linear(WIDTH, 2)
        self.tag, self.upos, self.xpos = nn.Linear(2 * WIDTH, 512), nn.Linear(512, len(labels["upos"])), nn.Linear(512, len(labels["xpos"]))
        self.named, self.name = nn.Linear(2 * WIDTH, 512), nn.Linear(512, len(NAMES))
        self.tree = nn.Linear(2 * WIDTH, 2 * ARC + 2 * RELATION)
        self.arc = nn.Parameter(nn.init.xavier_uniform_(torch.empty(ARC + 1, ARC)))
        self.relation = nn.Parameter(torch.randn(len(labels["relation"]), RELATION + 1, RELATION + 1) * 0.02)

    def encode(self, ids, mask):
        return torch.einsum("jk,kbth->jbth", torch.softmax(self.mix, 1), self.encoder(ids, mask))

    def words(self, states, first, last):
        row = torch.arange(states.shape[0])[:, None]
        return F.dropout(torch.cat([states[row, first], states[row, last]], -1), 0.2, self.training)

    def heads(self, states, first, last):
        """Scores of UPOS, XPOS, names, arcs [dependent, head with the root first], and what relations() takes."""
        def deep(layer, number):
            return F.dropout(F.gelu(layer(self.words(states[number], first, last))), 0.2, self.training)

        tag, named = deep(self.tag, 1), deep(self.named, 2)
        root = torch.zeros(first.shape[0], 1, dtype=first.dtype)  # at [CLS]
        tree = self.tree(self.words(states[3], torch.cat([root, first], 1), torch.cat([root, last], 1))).float()
        tree = F.dropout(F.leaky_relu(tree, 0.1), 0.3, self.training)
        dependent, head, low, high = tree.split([ARC, ARC, RELATION, RELATION], -1)
        one = torch.ones(*head.shape[:2], 1)
        arcs = torch.einsum("bix,bjx->bij", torch.cat([dependent, one], -1) @ self.arc, head)[:, 1:]
        return self.upos(tag).float(), self.xpos(tag).float(), self.name(named).float(), arcs, torch.cat([low, one], -1)[:, 1:], \
            torch.cat([high, one], -1)

    def relations(self, low, high, heads):
        row = torch.arange(low.shape[0])[:, None]
        return torch.einsum("bnx,rxy,bny->bnr", low, self.relation, high[row, heads])


def tree(scores):
    """Heads of the best projective tree with one root (Eisner 1996); scores[word][0: root, then words]."""
    count = len(scores) + 1
    score = np.full((count, count), -1e9)  # [dependent][head]
    score[1:] = scores
    best = np.full((2, 2, count, count), -1e9)  # [complete][head at the left end][from][to]
    best[:, :, range(count), range(count)] = 0
    split = np.zeros((2, 2, count, count), int)
    for wide in range(1, count):
        for i in range(count - wide):
            j = i + wide
            halves = best[1, 1, i, i:j] + best[1, 0, i + 1:j + 1, j]
            at = int(halves.argmax()) if i else 0  # the root has one child
            for is_left, gain in ((0, score[i, j] if i else -1e9), (1, score[j, i])):
                best[0, is_left, i, j], split[0, is_left, i, j] = halves[at] + gain, i + at
            for is_left, parts in ((0, best[1, 0, i, i:j] + best[0, 0, i:j, j]), (1, best[0, 1, i, i + 1:j + 1] + best[1, 1, i + 1:j + 1, j])):
                at = int(parts.argmax())
                best[1, is_left, i, j], split[1, is_left, i, j] = parts[at], i + at + is_left
    heads, open_spans = [0] * count, [(1, 1, 0, count - 1)]
    while open_spans:
        complete, is_left, i, j = open_spans.pop()
        if i == j:
            continue
        at = split[complete, is_left, i, j]
        if complete:
            open_spans += [(0, 1, i, at), (1, 1, at, j)] if is_left else [(1, 0, i, at), (0, 0, at, j)]
        else:
            heads[j if is_left else i] = i if is_left else j
            open_spans += [(1, 1, i, at), (1, 0, at + 1, j)]
    return heads[1:]


class Pairs:
    """Pairs of UPOS and XPOS that the engine knows; the numbers are its own, the columns those of the network's labels."""

    def __init__(self, lines, labels):
        rows = [line.split() for line in lines]
        self.names = [row[:2] for row in rows]
        self.numbers = np.array([[int(x) for x in row[2:]] for row in rows], "u1")
        self.known = np.array([row[0] in labels["upos"] and row[1] in labels["xpos"] for row in rows])
        self.upos, self.xpos = ([labels[key].index(row[i]) if known else 0 for row, known in zip(rows, self.known)]
                                for i, key in enumerate(("upos", "xpos")))

    def together(self, engine, upos, xpos):
        """Log-probabilities by the engine and the network, [word][pair]."""
        ret = log_softmax(engine * ENGINE_TAG) + log_softmax(upos)[:, self.upos] + XPOS_SHARE * log_softmax(xpos)[:, self.xpos]
        ret[:, ~self.known] = -1e9
        return log_softmax(ret)


def read_arcs(file, pairs):
    """Of each sentence [word][0: root, then words] and [word][pair], as jinwen-dump-arcs writes them."""
    while len(count := np.fromfile(file, "u4", 1)):
        words = int(count[0])
        yield np.fromfile(file, "i4", words * (words + 1)).reshape(words, words + 1), np.fromfile(file, "i4", words * pairs).reshape(words, pairs)


def log_softmax(scores):
    scores = scores - scores.max(1, keepdims=True)
    return scores - np.log(np.exp(scores).sum(1, keepdims=True))


def without_self(scores):
    """A word is not its own head."""
    scores = scores.copy()
    scores[range(len(scores)), range(1, len(scores) + 1)] = -1e9
    return scores


def largest(weights):
    """The four largest of each row: where they stand, and their weights of 65535."""
    weights = np.pad(weights, ((0, 0), (0, max(0, 4 - weights.shape[1]))))
    top = np.argsort(-weights, 1)[:, :4]
    shares = np.take_along_axis(weights, top, 1)
    return np.where(shares > 0, top, 0), np.round(shares / shares.sum(1, keepdims=True) * 65535)


def likely(heads, arcs, tags, pairs):
    """Rows for jinwen-train-dep -l; half the weight of the heads is the tree's."""
    ret = np.zeros(len(heads), LIKELY)
    weights = 0.5 * np.exp(arcs)
    weights[range(len(heads)), heads] += 0.5
    ret["heads"], ret["head_weights"] = largest(weights)
    top, ret["tag_weights"] = largest(np.exp(tags))
    ret["upos"], ret["xpos"] = pairs.numbers[top].transpose(2, 0, 1)
    return ret


def batches(sentences, tokens, shuffle):
    """Lists of indices of sentences of like length."""
    ret, batch = [], []
    for i in sorted(range(len(sentences)), key=lambda i: len(sentences[i].ids) + (random.random() * 6 if shuffle else 0)):
        if batch and len(sentences[i].ids) * (len(batch) + 1) > tokens:
            ret.append(batch)
            batch = []
        batch.append(i)
    ret.append(batch)
    if shuffle:
        random.shuffle(ret)
    return ret


def table(rows, width, fill):
    ret = torch.full((len(rows), width), fill, dtype=torch.long)
    for i, row in enumerate(rows):
        if row is not None:
            ret[i, :len(row)] = torch.tensor(row)
    return ret


def inputs(batch):
    length, words = max(len(s.ids) for s in batch), max(len(s.first) for s in batch)
    ids = table([s.ids for s in batch], length, 0)
    return ids, table([[1] * len(s.ids) for s in batch], length, 0).bool(), table([s.first for s in batch], words, 0), \
        table([s.last for s in batch], words, 0)


def loss(teacher, batch):
    ids, mask, first, last = inputs(batch)
    words = first.shape[1]
    with torch.autocast("cpu", torch.bfloat16):
        states = teacher.encode(ids, mask)
        cut = teacher.cut(F.dropout(states[0], 0.1, teacher.training)).float()
        upos, xpos, name, arcs, low, high = teacher.heads(states, first, last)

    def entropy(scores, key):
        return F.cross_entropy(scores.flatten(0, 1), table([getattr(s, key) for s in batch], words, -1).flatten(), ignore_index=-1)

    cuts = table([[-1] + [-1 if free else begin for begin, free in zip(s.begin, s.free)] for s in batch], ids.shape[1], -1)
    ret = 1.5 * F.cross_entropy(cut.flatten(0, 1), cuts.flatten(), ignore_index=-1) + entropy(upos, "upos") + 0.5 * entropy(xpos, "xpos")
    if any(s.name for s in batch):
        ret = ret + 0.7 * entropy(name, "name")
    if any(s.head for s in batch):
        there = table([[1] * (len(s.first) + 1) for s in batch], words + 1, 0).bool()
        ret = ret + entropy(arcs.masked_fill(~there[:, None, :], -1e4), "head")
        heads = table([s.head for s in batch], words, 0)
        ret = ret + 0.5 * entropy(teacher.relations(low.float(), high.float(), heads), "relation")
    return ret


def answers(teacher, batch, pairs=None):
    """Of each sentence: lists of UPOS, XPOS, names, heads, relations; where the engine's scores are there, by both, and rows of likely()."""
    ids, mask, first, last = inputs(batch)
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        upos, xpos, name, arcs, low, high = teacher.heads(teacher.encode(ids, mask), first, last)
    upos, xpos, arcs = (scores.float().numpy() for scores in (upos, xpos, arcs))
    ret = []
    for i, sentence in enumerate(batch):
        words = len(sentence.first)
        scores, rows = log_softmax(without_self(arcs[i, :words, :words + 1])), None
        tags = [upos[i, :words].argmax(1).tolist(), xpos[i, :words].argmax(1).tolist()]
        if sentence.arcs is not None:
            scores = log_softmax(scores + ENGINE_SHARE * log_softmax(without_self(sentence.arcs * ENGINE_ARC)))
        heads = tree(scores)
        if sentence.arcs is not None:
            both = pairs.together(sentence.tags, upos[i, :words], xpos[i, :words])
            tags = [[column[k] for k in both.argmax(1)] for column in (pairs.upos, pairs.xpos)]
            rows = likely(heads, scores, both, pairs)
        ret.append([*tags, name[i, :words].argmax(-1).tolist(), heads, None, rows])
    with torch.no_grad():
        relation = teacher.relations(low.float(), high.float(), table([answer[3] for answer in ret], first.shape[1], 0)).argmax(-1).tolist()
    for answer, relations in zip(ret, relation):
        answer[4] = relations
    return ret


def score(teacher, sentences):
    teacher.eval()
    words = right_upos = right_head = right_both = 0
    for batch in batches(sentences, 2 * TOKENS, False):
        for i, (upos, _, _, heads, relations, _) in zip(batch, answers(teacher, [sentences[i] for i in batch])):
            gold = sentences[i]
            words += len(gold.first)
            right_upos += sum(a == b for a, b in zip(upos, gold.upos))
            good = [a == b for a, b in zip(heads, gold.head)]
            right_head += sum(good)
            right_both += sum(g and a == b for g, a, b in zip(good, relations, gold.relation))
    teacher.train()
    print(f"development: UPOS {100 * right_upos / words:.2f} UAS {100 * right_head / words:.2f} LAS {100 * right_both / words:.2f}", flush=True)


def train(options):
    random.seed(7)
    torch.manual_seed(7)
    script = Script(options.vocabulary, options.simplified)
    trees = [CORPORA / f"gsd/train-{i}.conllu" for i in (1, 2)]
    columns = {"upos": 3, "xpos": 4, "relation": 7}
    labels = {key: list(dict.fromkeys(row[column] for path in trees for rows, _ in read_words(path) for row in rows))
              for key, column in columns.items()}
    lessons = list(read_gold(trees, CORPORA / "uner/train.iob2", labels, script))
    lessons += read_gold([CORPORA / "finance/tags.conllu"], None, labels, script, with_trees=False)
    lessons = [lesson for lesson in lessons if len(lesson.ids) <= 300]
    check = list(read_gold([CORPORA / "gsd/dev.conllu"], None, labels, script))
    teacher = Teacher(options.albert, labels)
    parts = [[p for n, p in teacher.named_parameters() if n.startswith("encoder.") == inside] for inside in (True, False)]
    rates = (RATE, HEAD_RATE)
    optimizer = torch.optim.AdamW([{"params": part} for part in parts], weight_decay=0.01, betas=(0.9, 0.98))
    step, steps, start = 0, EPOCHS * len(batches(lessons, TOKENS, True)), time.time()
    for epoch in range(EPOCHS):
        for batch in batches(lessons, TOKENS, True):
            fraction = min(1, (step + 1) / WARM) * max(0.02, 1 - step / steps)
            for group, rate in zip(optimizer.param_groups, rates):
                group["lr"] = rate * fraction
            value = loss(teacher, [lessons[i] for i in batch])
            optimizer.zero_grad()
            value.backward()
            nn.utils.clip_grad_norm_(teacher.parameters(), 2.0)
            optimizer.step()
            step += 1
            if step % 25 == 0:
                print(f"step {step} of {steps}, {time.time() - start:.0f} s, loss {value.item():.3f}", flush=True)
        score(teacher, check)
    torch.save({"labels": json.dumps(labels), "state": teacher.state_dict()}, options.out)


def load(options):
    stored = torch.load(options.model, map_location="cpu", weights_only=True)
    teacher = Teacher(options.albert, json.loads(stored["labels"]))
    teacher.load_state_dict(stored["state"])
    return teacher.eval()


def label(options):
    script = Script(options.vocabulary, options.simplified)
    teacher = load(options)
    labels = teacher.labels
    sentences = [Sentence(words, script) for _, words in read_words(options.words)]
    pairs = None
    if options.arcs:
        with open(options.arcs, "rb") as file:
            pairs = Pairs(iter(lambda: file.readline().decode().strip(), ""), labels)
            for sentence, scores in zip(sentences, read_arcs(file, len(pairs.names)), strict=True):
                sentence.arcs, sentence.tags = scores
    sentences = [sentence for sentence in sentences if 4 < len(sentence.ids) < 200]
    with open(options.out + ".conllu", "w", encoding="utf-8") as trees, open(options.out + ".iob2", "w", encoding="utf-8") as names, \
            open(options.out + ".likely", "wb") as rows:
        for block in (sentences[i:i + 1500] for i in range(0, len(sentences), 1500)):
            found = {}
            for batch in batches(block, 2 * TOKENS, False):
                found.update(zip(batch, answers(teacher, [block[i] for i in batch], pairs)))
            for i, sentence in enumerate(block):
                write(sentence, found[i], labels, trees, names)
                if pairs:
                    rows.write(struct.pack("=I", len(sentence.first)) + found[i][-1].tobytes())


def cut(options):
    """Sentences cut where the given words and the network together say so."""
    script = Script(options.vocabulary, options.simplified)
    teacher = load(options)
    sentences = [Sentence(words, script) for _, words in read_words(options.words)]
    sentences = [sentence for sentence in sentences if 4 < len(sentence.ids) < 200]
    cuts = {}
    for batch in batches(sentences, 2 * TOKENS, False):
        ids, mask, _, _ = inputs([sentences[i] for i in batch])
        with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
            scores = teacher.cut(teacher.encode(ids, mask)[0]).float()
        cuts.update(zip(batch, (scores[..., 1] - scores[..., 0]).tolist()))
    with open(options.out + ".words", "w", encoding="utf-8") as out:
        for i, sentence in enumerate(sentences):
            characters = [c for form, _ in sentence.words for c in form if not c.isspace()]
            line = ""
            for c, begin, free, score in zip(characters, sentence.begin, sentence.free, cuts[i][1:]):
                line += ("  " if free else " " if score + (OWN if begin else -OWN) > 0 else "") + c
            out.write(line.strip() + "\n")


def write(sentence, answer, labels, trees, names):
    text = "# text = " + "".join(form + " " * blank for form, blank in sentence.words).strip() + "\n"
    trees.write(text)
    names.write(text)
    before = "O"  # the kind of the name that is open
    upos, xpos, name, heads, relations = answer[:5]
    forms, heads = ["", *(form for form, _ in sentence.words)], [0, *heads]
    relations = ["", *(labels["relation"][relation] if head else "root" for head, relation in zip(heads[1:], relations))]
    mend_agents(forms, heads, relations)
    mend_objects(forms, heads, relations)
    for i, ((form, blank), upos, xpos, name) in enumerate(zip(sentence.words, upos, xpos, name), 1):
        trees.write("\t".join((str(i), form, "_", labels["upos"][upos], labels["xpos"][xpos], "_", str(heads[i]), relations[i], "_",
                               "_" if blank else "SpaceAfter=No")) + "\n")
        tag = NAMES[name]
        opens = tag[0] in "BS" or before != tag[2:]
        names.write(f"{i}\t{form}\t{'O' if tag == 'O' else ('B-' if opens else 'I-') + tag[2:]}\t-\t-\n")
        before = tag[2:] if tag[0] in "BI" else "O"
    trees.write("\n")
    names.write("\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    commands = parser.add_subparsers(required=True)
    for run in (train, label, cut):
        command = commands.add_parser(run.__name__)
        command.set_defaults(run=run)
        command.add_argument("-a", "--albert", required=True)
        command.add_argument("-v", "--vocabulary", required=True)
        command.add_argument("-s", "--simplified", required=True)
        command.add_argument("-o", "--out", required=True)
        if run is not train:
            command.add_argument("-m", "--model", required=True)
            command.add_argument("words")
        if run is label:
            command.add_argument("--arcs", help="scores of the engine's parser for the same sentences: trees and tags by both, and .likely")
    options = parser.parse_args()
    options.run(options)


if __name__ == "__main__":
    main()
