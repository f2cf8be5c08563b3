"""Teaches the net of the comparison what is genuine and what was changed, and writes its weights.

    /usr/bin/python3 bench/forgeries/learn/train.py PAGES [--out packages/antiforgery/net] [--steps 6000] [--seed 1] [--beside] [--further] [--look]

Needs Debian's python3-torch and python3-numpy; one thread. The product takes the mean of all nets in the file: `--beside` adds one to those that are
there, `--further` goes on with the last one, `--look` only examines it. Each step shows 20 places where the sealed
picture has exchanged letters and 28 genuine ones: the greatest score within a changed place shall be high, the greatest outside of it low, and so
shall be, with less weight, every single one. Places that came out worst are shown again and again, because a page is as good as the worst of its
places.
"""
import argparse
import hashlib
import json
import os

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from lesson import END, SIDE, cells_of, is_held_out, pages_in, turned

WIDE = 16
APART = [1, 1, 2, 1]
EDGE = sum(APART)
TILE = 24  # cells
SEEN = TILE + 2 * EDGE
CHANGES, GENUINE = 20, 28
LOW = -30.0


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


def spread(marks, reach):
    return F.max_pool2d(marks, 2 * reach + 1, 1, reach)


def batch_of(places, pages, turn_of):
    """Cells of tiles; which of them lie at the change in the middle, which surely differ, and which are clear of every change."""
    cells, changed, middle, sure = [], [], [], []
    side = 2 * SEEN
    for page, picture, y, x, region in places:
        page = pages[page]
        top, left = int(np.clip(y - SEEN, 0, page.height - side)), int(np.clip(x - SEEN, 0, page.width - side))
        genuine = page.picture(0, top, left, side, side)
        sealed = page.picture(picture, top, left, side, side) if picture else genuine
        differs = (sealed ^ genuine).astype(np.float32)
        here = np.zeros_like(differs)
        if region is not None:
            x0, y0, x1, y1 = [max(0, v) for v in (region[0] - left, region[1] - top, region[2] - left, region[3] - top)]
            here[y0:y1, x0:x1] = differs[y0:y1, x0:x1]
        turn = turn_of()
        sure.append(turned(surely(sealed, genuine), turn).copy())
        cells.append(cells_of(sealed, page.photo[top : top + side, left : left + side], turn))
        changed.append(turned(differs, turn).copy())
        middle.append(turned(here, turn).copy())
    def marked(planes, reach):
        pixels = spread(torch.from_numpy(np.stack(planes))[:, None], reach)
        return F.max_pool2d(pixels, 2)[:, 0, EDGE:-EDGE, EDGE:-EDGE] > 0
    return torch.from_numpy(np.stack(cells)), marked(middle, 4), marked(sure, 0), ~marked(changed, 12)


def surely(one, other):
    """Ink in one, and none within a pixel in the other."""
    return ((one > grown(other)) | (other > grown(one))).astype(np.float32)


def grown(ink):
    around = np.pad(ink, 1)
    height, width = ink.shape
    return np.max([around[y : y + height, x : x + width] for y in range(3) for x in range(3)], axis=0)


def greatest(scores, where):
    return torch.where(where, scores, torch.full_like(scores, LOW)).flatten(1).amax(1)


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
    missed, feared = Worst(rng, 2000), Worst(rng, 3000)

    def change():
        i, picture, region = regions[rng.integers(len(regions))]
        y, x = rng.integers(region[1], region[3]), rng.integers(region[0], region[2])
        return i, picture, y + rng.integers(-8, 9), x + rng.integers(-8, 9), region

    def genuine():
        i = taught[rng.integers(len(taught))]
        y, x = pages[i].ink[rng.integers(len(pages[i].ink))] + rng.integers(-12, 13, 2)
        y = np.clip(y, END + TILE, pages[i].height - END - TILE)
        return i, 0, y, np.clip(x, SIDE + TILE, pages[i].width - SIDE - TILE), None

    best = torch.optim.Adam(net.parameters(), lr=rate)
    for step in range(steps):
        for group in best.param_groups:
            group['lr'] = rate * min(1, step / 50 + 0.02) * 0.5 * (1 + np.cos(np.pi * step / steps)) + 1e-6
        changes, plain = missed.some(8), feared.some(12)
        changes += [change() for _ in range(CHANGES - len(changes))]
        plain += [genuine() for _ in range(GENUINE - len(plain))]
        cells, at_change, sure, clear = batch_of(changes + plain, pages, lambda: int(rng.integers(8)))
        scores = net(cells)
        found, alarm = greatest(scores, at_change)[:CHANGES], greatest(scores, clear)
        inside = at_change[:CHANGES].flatten(1).any(1)
        loss = (F.softplus(-found) * inside).sum() / inside.sum().clamp(min=1)
        loss = loss + 1.5 * F.softplus(alarm).mean() + 0.01 * (F.softplus(scores) * clear).sum() / len(scores)
        loss = loss + 0.3 * (F.softplus(-scores) * sure).sum() / sure.sum().clamp(min=1)
        best.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 5.0)
        best.step()
        for place, score, seen in zip(changes, found.tolist(), inside.tolist()):
            if seen and score < 3:
                missed.add(-score, place)
        for place, score in zip(plain, alarm[CHANGES:].tolist()):
            if score > -4:
                feared.add(score, place)
        if (step + 1) % 200 == 0:
            print(f'{step + 1} of {steps} steps, loss {loss.item():.3f}', flush=True)


def scores_of(net, page):
    """Of all cells that are judged."""
    height, width = page.height // 2 * 2, page.width // 2 * 2
    cells = cells_of(page.picture(0, 0, 0, height, width), page.photo[:height, :width])
    with torch.no_grad():
        scores = net(torch.from_numpy(cells)[None])[0].numpy()
    y, x = END // 2 - EDGE, SIDE // 2 - EDGE
    return scores[y:-y, x:-x]


def examine(net, pages, asked):
    worst = sorted(float(scores_of(net, pages[i]).max()) for i in asked)
    regions = [(i, picture, region) for i in asked for picture, region in pages[i].regions]
    regions = [regions[k] for k in np.random.default_rng(5).permutation(len(regions))[:1000]]
    found = []
    for first in range(0, len(regions), 40):
        places = [(i, k, (r[1] + r[3]) // 2, (r[0] + r[2]) // 2, r) for i, k, r in regions[first : first + 40]]
        cells, at_change, _, _ = batch_of(places, pages, lambda: 0)
        with torch.no_grad():
            found += greatest(net(cells), at_change).tolist()
    print('greatest score of each genuine page:', *[f'{score:.2f}' for score in worst])
    shares = (0.005, 0.01, 0.02, 0.05, 0.1)
    print('changes found at most as surely as:', *[f'{np.quantile(found, q):.2f} ({q:.1%})' for q in shares])


if __name__ == '__main__':
    parser = argparse.ArgumentParser()
    parser.add_argument('pages')
    parser.add_argument('--out', default='packages/antiforgery/net')
    parser.add_argument('--steps', type=int, default=6000)
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--rate', type=float, default=3e-3)
    parser.add_argument('--beside', action='store_true', help='keep the nets that are there')
    parser.add_argument('--further', action='store_true', help='begin with the last net that is there')
    parser.add_argument('--look', action='store_true', help='only examine the last net that is there')
    asked = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(asked.seed)
    pages = pages_in(asked.pages)
    kept = [i for i, page in enumerate(pages) if is_held_out(page.document)]
    taught = [i for i, page in enumerate(pages) if not is_held_out(page.document)]
    print(f'{len(taught)} pages to learn from, {len(kept)} for the examination', flush=True)
    net = Net()
    weights = os.path.join(asked.out, 'changes.bin')
    length = len(net.numbers())
    others = np.fromfile(weights, '<f4') if asked.beside or asked.further or asked.look else np.empty(0, '<f4')
    if asked.further or asked.look:
        net.take(others[-length:])
        others = others[:-length]
    if not asked.look:
        teach(net, pages, taught, asked.steps, np.random.default_rng(asked.seed), asked.rate)
        np.concatenate([others, net.numbers()]).tofile(weights)
        facts = {'apart': APART, 'sha256': hashlib.sha256(open(weights, 'rb').read()).hexdigest()}
        with open(os.path.join(asked.out, 'changes.json'), 'w') as file:
            file.write('{\n  "apart": %s,\n  "sha256": "%s"\n}\n' % (json.dumps(facts['apart']), facts['sha256']))
    if kept:
        examine(net, pages, kept)
