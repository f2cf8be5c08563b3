"""Forgeries of small pieces of a page, made without a printer: strokes drawn or taken away in the sealed picture, and what fluid, knife and glue do.

Letters alone would teach that only letters change. Each way takes the sealed picture, the photo and what the photo truly shows, and gives them
back changed; pixels of 200 dpi, the photo as lesson.py has it.
"""
import numpy as np

from lesson import grown

PAPER = 64      # a tone of 0, as make-pages.ts writes it
PART_MAX = 150  # pixels of a part of a letter


def forged(rng, sealed, photo, shown, elsewhere):
    """`elsewhere()`: photo and picture of another place, as large."""
    ways, odds = zip(*WAYS)
    return ways[rng.choice(len(ways), p=np.array(odds) / sum(odds))](rng, sealed.copy(), photo.copy(), shown.copy(), elsewhere)


def stroke_drawn(rng, sealed, photo, shown, elsewhere):
    sealed |= line(rng, sealed.shape, near(rng, sealed), rng.uniform(4, 17), angle(rng))
    return sealed, photo, shown


def marks_drawn(rng, sealed, photo, shown, elsewhere):
    """濁点 or 半濁点, a dot, or a pair of short strokes anywhere at a letter."""
    y, x = near(rng, sealed) + rng.integers(-4, 5, 2)
    if rng.random() < 0.3:
        rows, columns = np.indices(sealed.shape)
        far = np.hypot(rows - y, columns - x)
        radius = rng.uniform(1.8, 3.2)
        return sealed | (np.abs(far - radius) < rng.uniform(0.5, 1.0)).astype(np.uint8), photo, shown
    lean, length, apart = angle(rng), rng.uniform(2.5, 6.5), rng.uniform(3.5, 6)
    for k in range(rng.integers(1, 3)):
        sealed |= line(rng, sealed.shape, (y, x + k * apart), length, lean)
    return sealed, photo, shown


def part_taken(rng, sealed, photo, shown, elsewhere):
    """Some ink that hangs together, if it is no more than a few strokes."""
    part = hanging_together(sealed, near(rng, sealed))
    if part.sum() > PART_MAX:
        return stroke_cut(rng, sealed, photo, shown, elsewhere)
    return sealed & ~part & 1, photo, shown


def stroke_cut(rng, sealed, photo, shown, elsewhere):
    cut = line(rng, sealed.shape, near(rng, sealed), rng.uniform(3, 12), angle(rng), rng.uniform(3, 6))
    return sealed & ~cut & 1, photo, shown


def moved(rng, sealed, photo, shown, elsewhere):
    box = box_in(rng, sealed.shape, 8, 30)
    sealed[box] = np.roll(sealed, rng.integers(3, 7, 2) * rng.choice([-1, 0, 1], 2), (0, 1))[box]
    return sealed, photo, shown


def other_sealed(rng, sealed, photo, shown, elsewhere):
    box = box_in(rng, sealed.shape, 10, 56)
    sealed[box] = elsewhere()[1][box]
    return sealed, photo, shown


def pasted(rng, sealed, photo, shown, elsewhere):
    box = box_in(rng, sealed.shape, 12, 56)
    other_photo, other_shown = elsewhere()
    photo[box], shown[box] = other_photo[box], other_shown[box]
    return sealed, photo, shown


def fluid(rng, sealed, photo, shown, elsewhere):
    """Whiter than paper with its dots; what the dots should be there is laid beside it all the same."""
    box = box_in(rng, sealed.shape, 12, 56)
    height, width = shown[box].shape
    white = PAPER + rng.normal(rng.uniform(-24, 2), rng.uniform(0.5, 5), (height, width, 4))
    photo[box][..., :4] = np.clip(white, 0, 255)
    shown[box] = 0
    return sealed, photo, shown


WAYS = [
    (stroke_drawn, 3), (marks_drawn, 3), (part_taken, 3), (stroke_cut, 3),
    (moved, 1), (other_sealed, 3), (pasted, 2), (fluid, 2),
]


def near(rng, sealed, reach=14):
    """Of ink near the middle, if there is any."""
    middle = np.array(sealed.shape) // 2
    top, left = middle - reach
    ink = np.argwhere(sealed[top : top + 2 * reach, left : left + 2 * reach]) + [top, left]
    return ink[rng.integers(len(ink))] if len(ink) else middle + rng.integers(-reach, reach, 2)


def angle(rng):
    return rng.choice([0, 90, 45, 135, rng.uniform(0, 180)]) + rng.normal(0, 6)


def line(rng, shape, where, length, degrees, thick=None):
    """As thick as letters of 6 to 12 points are, if not told."""
    rows, columns = np.indices(shape)
    dy, dx = rows - where[0], columns - where[1]
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    along, across = dx * cos + dy * sin, dy * cos - dx * sin
    thick = thick or rng.uniform(1.2, 3.4)
    shift = rng.uniform(-0.5, 0.5) * length
    return ((np.abs(along - shift) < length / 2) & (np.abs(across) < thick / 2)).astype(np.uint8)


def hanging_together(ink, where):
    part = np.zeros_like(ink)
    part[tuple(where)] = 1
    while True:
        more = grown(part) & ink
        if more.sum() == part.sum() or more.sum() > PART_MAX:
            return more
        part = more


def box_in(rng, shape, least, most):
    """Around the middle, so that something of it is seen."""
    height, width = rng.integers(least, most + 1, 2)
    y, x = np.array(shape) // 2 + rng.integers(-12, 13, 2) - [height // 2, width // 2]
    return slice(max(0, y), min(shape[0], y + height)), slice(max(0, x), min(shape[1], x + width))
