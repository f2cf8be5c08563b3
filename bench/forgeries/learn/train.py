"""Teaches the nets of the comparison what is genuine and what was changed, and writes their weights.

    /usr/bin/python3 bench/forgeries/learn/train.py PAGES [--out packages/antiforgery/net] [--steps 6000] [--seed 1] [--rate 0.003] [--nets 3] [--threads 2] [--further] [--look]

Needs Debian's python3-torch and python3-numpy. The product asks for the mean of all nets, and it is their mean that learns: `--further` goes on with the
nets that are there, `--look` only examines them. Each step shows 24 places where the sealed picture has exchanged letters or something was forged
(forge.py), and 32 genuine ones: the greatest score within a changed place shall be high, the greatest outside of it low, and so shall be, with less
weight, their sums and every single one. Places that came out worst are shown again and again, because a page is as good as the worst of its places.
"""
import argparse
import hashlib
import json
import os
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from forge import forged
from lesson import END, SIDE, cells_of, grown, is_held_out, pages_in, turned

WIDE = 16
APART = [1, 1, 2, 1]
EDGE = sum(APART)
TILE = 24  # cells
SEEN = TILE + 2 * EDGE
CHANGES, GENUINE = 24, 32
FORGED = 0.3     # of the changes that are not shown again
AVERAGED = 0.6   # from here on the weights of all steps, in the mean, are what was learned
FORGED_SURE = 3  # pixels that surely differ; less is not taught
AGAIN_SURE = 3   # of an exchanged letter, to be shown again: fewer pixels may be beyond finding
FAINT = 16       # of an exchanged letter: 末 and 未
LOW = -30.0
CELL, CERTAIN = -1.0, 14.0   # what cells score above the one is summed up, and certain above the other, as find-differences.ts has it


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList(
            nn.Conv2d(24 if i == 0 else WIDE, WIDE, 3, dilation=apart) for i, apart in enumerate(APART)
        )
        self.last = nn.Conv2d(WIDE, 1, 1)
        nn.init.constant_(self.last.bias, -3)

    def forward(self, cells):
        for layer in self.layers:
            cells = F.relu(layer(cells))
        return self.last(cells)[:, 0]

    def numbers(self):
        """As packages/antiforgery/src/comparison/net.ts takes them."""
        parts = []
        for layer in self.layers:
            parts += [layer.bias, layer.weight.permute(2, 3, 1, 0)]
        parts += [self.last.bias, self.last.weight]
        return np.concatenate([part.detach().contiguous().numpy().ravel() for part in parts]).astype('<f4')

    def take(self, numbers):
        at = 0
        def next_of(shape):
            nonlocal at
            at += int(np.prod(shape))
            return torch.from_numpy(numbers[at - int(np.prod(shape)) : at].reshape(shape).copy())
        with torch.no_grad():
            for layer in self.layers:
                wide, channels = layer.weight.shape[:2]
                layer.bias.copy_(next_of([wide]))
                layer.weight.copy_(next_of([3, 3, channels, wide]).permute(3, 2, 0, 1))
            self.last.bias.copy_(next_of([1]))
            self.last.weight.copy_(next_of([1, WIDE, 1, 1]))


class Nets(nn.Module):
    """What the product asks: the mean of all."""

    def __init__(self, count):
        super().__init__()
        self.nets = nn.ModuleList(Net() for _ in range(count))

    def forward(self, cells):
        return torch.stack([net(cells) for net in self.nets]).mean(0)

    def numbers(self):
        return np.concatenate([net.numbers() for net in self.nets])

    def take(self, numbers):
        for net, own in zip(self.nets, np.split(numbers, len(self.nets))):
            net.take(own)


def spread(marks, reach):
    for axis in 1, 2:
        around = [(0, 0)] * 3
        around[axis] = (reach + 1, reach)
        so_far = np.pad(marks, around).cumsum(axis, dtype=np.int32)
        upper, lower = np.split(so_far, [2 * reach + 1], axis)[1], np.split(so_far, [-2 * reach - 1], axis)[0]
        marks = upper > lower
    return marks


def batch_of(places, pages, rng=None):
    """Cells of tiles; which of them lie at the change in the middle, which surely differ, and which are clear of every change."""
    cells, changed, middle, sure = [], [], [], []
    side = 2 * SEEN

    def piece(page, picture, y, x):
        page = pages[page]
        top, left = int(np.clip(y - SEEN, 0, page.height - side)), int(np.clip(x - SEEN, 0, page.width - side))
        return page.picture(picture, top, left, side, side), page.photo[top : top + side, left : left + side], top, left

    for page, picture, y, x, region, chance in places:
        sealed, photo, top, left = piece(page, picture, y, x)
        shown = piece(page, 0, y, x)[0] if picture else sealed
        if chance is not None:
            of_place = np.random.default_rng(chance)
            def elsewhere():
                i = int(of_place.integers(len(pages)))
                ink = pages[i].ink[of_place.integers(len(pages[i].ink))]
                there = (y, x) if of_place.random() < 0.4 else ink
                other_sealed, other_photo, _, _ = piece(i, 0, *there)
                return other_photo, other_sealed
            sealed, photo, shown = forged(of_place, sealed, photo, shown, elsewhere)
        differs, surely_differs = sealed ^ shown, surely(sealed, shown)
        here = np.zeros_like(differs)
        if chance is not None and surely_differs[EDGE * 2 : -EDGE * 2, EDGE * 2 : -EDGE * 2].sum() >= FORGED_SURE:
            here = differs
        elif region is not None:
            x0, y0, x1, y1 = [max(0, v) for v in (region[0] - left, region[1] - top, region[2] - left, region[3] - top)]
            here[y0:y1, x0:x1] = differs[y0:y1, x0:x1]
        turn = 0
        if rng is not None:
            turn, photo = int(rng.integers(8)), seen_otherwise(rng, photo)
        sure.append(turned(surely_differs, turn).copy())
        cells.append(cells_of(sealed, photo, turn))
        changed.append(turned(differs, turn).copy())
        middle.append(turned(here, turn).copy())
    def marked(planes, reach):
        cells = spread(np.stack(planes), reach).reshape(-1, SEEN, 2, SEEN, 2).any((2, 4))
        return torch.from_numpy(cells[:, EDGE:-EDGE, EDGE:-EDGE])
    return torch.from_numpy(np.stack(cells)), marked(middle, 4), marked(sure, 0), ~marked(changed, 12)


def seen_otherwise(rng, photo):
    """A little darker or paler, and sometimes half a pixel off: no page is laid over better than that everywhere."""
    photo = np.array(photo)
    if rng.random() < 0.5:
        photo[..., :4] = np.clip((photo[..., :4] - 64.0) * rng.uniform(0.85, 1.1) + 64 + rng.normal(0, 2.5), 0, 255)
    if rng.random() < 0.1:
        height, width = photo.shape[:2]
        fine = photo[..., :4].reshape(height, width, 2, 2).transpose(0, 2, 1, 3).reshape(2 * height, 2 * width)
        fine = np.roll(fine, rng.integers(-1, 2, 2), (0, 1))
        photo[..., :4] = fine.reshape(height, 2, width, 2).transpose(0, 2, 1, 3).reshape(height, width, 4)
    return photo


def surely(one, other):
    """Ink in one, and none within a pixel in the other."""
    return ((one > grown(other)) | (other > grown(one)))


def greatest(scores, where):
    return torch.where(where, scores, torch.full_like(scores, LOW)).flatten(1).amax(1)


def weight_of(scores, where):
    """What the product sums up of a place, as a logarithm."""
    return torch.log(0.5 + (F.softplus(scores - CELL) * where).flatten(1).sum(1))


class Worst:
    """Places that came out worst, to be shown again."""

    def __init__(self, rng, most):
        self.rng, self.most, self.known = rng, most, []

    def add(self, badness, place):
        self.known.append((badness, place))
        if len(self.known) > 2 * self.most:
            self.known = sorted(self.known, key=lambda one: -one[0])[: self.most]

    def some(self, count):
        if len(self.known) < 200:
            return []
        return [self.known[self.rng.integers(len(self.known))][1] for _ in range(count)]


def teach(net, pages, taught, steps, rng, rate):
    regions = [(i, picture, region) for i in taught for picture, region in pages[i].regions]
    faint = [one for one in regions if one[2][4] < FAINT]
    missed, feared = Worst(rng, 2000), Worst(rng, 3000)

    def change():
        some = faint if rng.random() < 0.45 else regions
        i, picture, region = some[rng.integers(len(some))]
        y, x = rng.integers(region[1], region[3]), rng.integers(region[0], region[2])
        return i, picture, y + rng.integers(-8, 9), x + rng.integers(-8, 9), region, None

    def forgery():
        i, _, y, x, _, _ = change() if rng.random() < 0.7 else genuine()
        return i, 0, y, x, None, int(rng.integers(2**31))

    def genuine():
        i = taught[rng.integers(len(taught))]
        y, x = pages[i].ink[rng.integers(len(pages[i].ink))] + rng.integers(-12, 13, 2)
        y = np.clip(y, END + TILE, pages[i].height - END - TILE)
        return i, 0, y, np.clip(x, SIDE + TILE, pages[i].width - SIDE - TILE), None, None

    best = torch.optim.Adam(net.parameters(), lr=rate)
    mean, times = 0, 0

    def next_batch():
        changes, plain = missed.some(10), feared.some(14)
        changes += [forgery() if rng.random() < FORGED else change() for _ in range(CHANGES - len(changes))]
        plain += [genuine() for _ in range(GENUINE - len(plain))]
        return changes, plain, beside.submit(batch_of, changes + plain, pages, np.random.default_rng(rng.integers(2**31)))

    beside = ThreadPoolExecutor(1)
    following = next_batch()
    for step in range(steps):
        for group in best.param_groups:
            group['lr'] = rate * min(1, step / 50 + 0.02) * (0.6 + 0.4 * np.cos(np.pi * step / steps))
        changes, plain, batch = following
        cells, at_change, sure, clear = batch.result()
        following = next_batch()
        scores = net(cells)
        found, alarm = greatest(scores, at_change)[:CHANGES], greatest(scores, clear)
        inside = at_change[:CHANGES].flatten(1).any(1)
        loss = (F.softplus(-found) * inside).sum() / inside.sum().clamp(min=1)
        loss = loss + 1.5 * F.softplus(alarm).mean() + 0.01 * (F.softplus(scores) * clear).sum() / len(scores)
        loss = loss + 0.3 * (F.softplus(-scores) * sure).sum() / sure.sum().clamp(min=1)
        loss = loss + 0.3 * (F.relu(1.5 * np.log(CERTAIN) - weight_of(scores, at_change)[:CHANGES]) * inside).sum() / inside.sum().clamp(min=1)
        loss = loss + 0.5 * F.relu(weight_of(scores, clear) - 0.5 * np.log(CERTAIN)).mean()
        best.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        best.step()
        for place, score, seen in zip(changes, found.tolist(), inside.tolist()):
            if seen and score < 3 and (place[4] is None or place[4][4] >= AGAIN_SURE):
                missed.add(-score, place)
        for place, score in zip(plain, alarm[CHANGES:].tolist()):
            if score > -4:
                feared.add(score, place)
        if step >= steps * AVERAGED:
            mean, times = mean + net.numbers(), times + 1
        if (step + 1) % 200 == 0:
            print(f'{step + 1} of {steps} steps, loss {loss.item():.3f}', flush=True)
    net.take((mean / times).astype('<f4'))


def scores_of(net, page):
    """Of all cells that are judged."""
    height, width = page.height // 2 * 2, page.width // 2 * 2
    cells = cells_of(page.picture(0, 0, 0, height, width), page.photo[:height, :width])
    with torch.no_grad():
        scores = net(torch.from_numpy(cells)[None])[0].numpy()
    y, x = END // 2 - EDGE, SIDE // 2 - EDGE
    return scores[y:-y, x:-x]


def above(scores):
    return (scores - CELL).clamp(min=0)


def summed(scores, where):
    return (above(scores) * where).flatten(1).sum(1)


def greatest_sum(scores):
    """Of any 24 x 24 cells: somewhat more than the product sums up."""
    return float(F.avg_pool2d(above(torch.from_numpy(scores))[None, None], TILE, 4).max() * TILE * TILE)


def examine(net, pages, asked):
    worst = sorted(greatest_sum(scores_of(net, pages[i])) for i in asked)
    regions = [(i, picture, region) for i in asked for picture, region in pages[i].regions]
    regions = [regions[k] for k in np.random.default_rng(5).permutation(len(regions))[:1000]]
    found = []
    for first in range(0, len(regions), 40):
        places = [(i, k, (r[1] + r[3]) // 2, (r[0] + r[2]) // 2, r, None) for i, k, r in regions[first : first + 40]]
        cells, at_change, _, _ = batch_of(places, pages)
        with torch.no_grad():
            found += summed(net(cells), at_change).tolist()
    print('greatest sum of each genuine page:', *[f'{score:.2f}' for score in worst])
    shares = (0.005, 0.01, 0.02, 0.05, 0.1)
    print('changes found at most as surely as:', *[f'{np.quantile(found, q):.2f} ({q:.1%})' for q in shares])


if __name__ == '__main__':
    parser = argparse.ArgumentParser()
    parser.add_argument('pages')
    parser.add_argument('--out', default='packages/antiforgery/net')
    parser.add_argument('--steps', type=int, default=6000)
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--rate', type=float, default=3e-3)
    parser.add_argument('--nets', type=int, default=3)
    parser.add_argument('--threads', type=int, default=2)
    parser.add_argument('--further', action='store_true', help='begin with the nets that are there')
    parser.add_argument('--look', action='store_true', help='only examine the nets that are there')
    asked = parser.parse_args()
    torch.set_num_threads(asked.threads)
    torch.manual_seed(asked.seed)
    pages = pages_in(asked.pages)
    kept = [i for i, page in enumerate(pages) if is_held_out(page.document)]
    taught = [i for i, page in enumerate(pages) if not is_held_out(page.document)]
    print(f'{len(taught)} pages to learn from, {len(kept)} for the examination', flush=True)
    weights = os.path.join(asked.out, 'changes.bin')
    begun = np.fromfile(weights, '<f4') if asked.further or asked.look else None
    length = len(Net().numbers())
    net = Nets(len(begun) // length if begun is not None else asked.nets)
    if begun is not None:
        net.take(begun)
    if not asked.look:
        teach(net, pages, taught, asked.steps, np.random.default_rng(asked.seed), asked.rate)
        net.numbers().tofile(weights)
        facts = {'apart': APART, 'sha256': hashlib.sha256(open(weights, 'rb').read()).hexdigest()}
        with open(os.path.join(asked.out, 'changes.json'), 'w') as file:
            file.write('{\n  "apart": %s,\n  "sha256": "%s"\n}\n' % (json.dumps(facts['apart']), facts['sha256']))
    if kept:
        examine(net, pages, kept)
