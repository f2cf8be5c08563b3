"""The pages that make-pages.ts wrote, and pieces of them as the net sees them.

A cell is 2 x 2 pixels of the sealed picture and has 24 numbers: 4 of the sealed picture, 16 of the photo (twice as fine), 4 of the dots of the
copy warning. packages/antiforgery/src/comparison/score-changes.ts lays them out in the same order.
"""
import glob
import json
import os
import zlib

import numpy as np

SIDE, END = 72, 56  # pixels of the edge of the sheet that are not judged
SURE = 1            # pixels that differ by more than a shift; a change of fewer is not taught
BYTES = 5           # of a pixel: four quarters of the photo, and the dots


class Page:
    def __init__(self, path):
        facts = json.load(open(path))
        base = path[: -len('.json')]
        self.name, self.document, self.level = facts['name'], facts['document'], facts['level']
        self.width, self.height = facts['width'], facts['height']
        self.photo = np.memmap(base + '.photo', np.uint8, 'r', shape=(self.height, self.width, BYTES))
        # Picture 0 is what was printed, the others have exchanged letters. Packed line by line, to be cut quickly.
        pictures = np.fromfile(base + '.bits', np.uint8).reshape(-1, (self.width * self.height + 7) // 8)
        pictures = np.unpackbits(pictures, 1)[:, : self.width * self.height].reshape(-1, self.height, self.width)
        self.bits = np.packbits(pictures, 2)
        self.regions = [
            (picture + 1, region)
            for picture, regions in enumerate(facts['regions'])
            for region in regions
            if region[4] >= SURE and self.is_judged(region)
        ]
        self.ink = np.argwhere(pictures[0, END:-END:4, SIDE:-SIDE:4]) * 4 + [END, SIDE]

    def is_judged(self, region):
        x, y = (region[0] + region[2]) // 2, (region[1] + region[3]) // 2
        return SIDE + 10 < x < self.width - SIDE - 10 and END + 10 < y < self.height - END - 10

    def picture(self, k, top, left, height, width):
        bytes = self.bits[k, top : top + height, left >> 3 : (left + width + 7) >> 3]
        return np.unpackbits(bytes, 1)[:, left & 7 : (left & 7) + width].copy()


def pages_in(folder):
    return [Page(path) for path in sorted(glob.glob(os.path.join(folder, '*.json')))]


def is_held_out(document):
    """Every sixth document is kept for the examination."""
    return zlib.crc32(document.encode()) % 6 == 0


def cells_of(sealed, photo, turn=0):
    """24 numbers a cell from pixels; `turn` turns over lines, columns, and both against each other."""
    height, width = sealed.shape
    fine = photo[..., :4].reshape(height, width, 2, 2).transpose(0, 2, 1, 3).reshape(2 * height, 2 * width)
    sealed, fine, dots = [turned(plane, turn) for plane in (sealed, fine, photo[..., 4])]
    return np.concatenate(
        [split(sealed, 2).astype(np.float32), split(fine, 4) / 127.5 - 0.5, split(dots, 2) / 127.5 - 0.5],
        dtype=np.float32,
    )


def turned(plane, turn):
    if turn & 1:
        plane = plane[::-1]
    if turn & 2:
        plane = plane[:, ::-1]
    return plane.T if turn & 4 else plane


def split(plane, k):
    height, width = plane.shape
    return plane.reshape(height // k, k, width // k, k).transpose(1, 3, 0, 2).reshape(k * k, height // k, width // k)


def grown(ink):
    around = np.pad(ink, 1)
    height, width = ink.shape
    return np.max([around[y : y + height, x : x + width] for y in range(3) for x in range(3)], axis=0)
