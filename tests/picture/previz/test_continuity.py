"""Who is who in twenty shots, and which place is which from six angles, told apart by nothing cleverer than colours and shape."""

from itertools import pairwise

import numpy as np

from apexlang.picture.previz.model import Array
from apexlang.plan.model import Subject
from tests.picture.previz.measuring import asked, lab, many, stage

PEOPLE = (
    Subject(name="SARAH", description="A woman in her thirties with brown hair.", wears=("red coat",)),
    Subject(name="MARLOWE", description="A man in his forties with a long face and stubble.", wears=("brown trench coat", "fedora")),
    Subject(name="OTIS", description="A tall black man in his sixties, bald, a white beard and glasses.", wears=("green sweater",)),
    Subject(name="JUNE", description="A young woman with long black hair.", wears=("cream dress",)),
    Subject(name="KIT", description="A boy of nine with curly ginger hair and freckles.", wears=("yellow raincoat",)),
    Subject(name="ADA", description="An astronaut, a woman with short dark hair.", wears=("white jumpsuit",)),
    Subject(name="VICTOR", description="A man in his fifties with grey hair.", wears=("dark suit",)),
    Subject(name="LENA", description="A blonde woman of twenty with a ponytail.", wears=("blue shirt", "black trousers")),
    Subject(name="IVAN", description="A heavy man of fifty with a red beard.", wears=("orange vest",)),
    Subject(name="MEI", description="An old woman with white hair in a bun.", wears=("purple cardigan",)),
    Subject(name="SAM", description="A teenage boy with brown skin and short black hair.", wears=("turquoise hoodie",)),
    Subject(name="NORA", description="A woman in her forties with auburn hair.", wears=("pink blouse", "grey skirt")),
)  # fmt: skip

SHOTS = [
    {"size": size, "lens_mm": mm, "place": place, "setting": setting, "time": time, "angle": angle}
    for size, mm, place, setting, time, angle in (
        ("medium", 35.0, "FIELD", "EXT.", "DAY", "eye level"), ("full", 35.0, "FIELD", "EXT.", "DAY", "eye level"),
        ("medium wide", 50.0, "CITY STREET", "EXT.", "DAY", "eye level"), ("medium", 85.0, "CITY STREET", "EXT.", "DAY", "low angle"),
        ("full", 24.0, "DESERT", "EXT.", "DAY", "high angle"), ("medium close-up", 50.0, "FOREST", "EXT.", "DAY", "eye level"),
        ("medium", 50.0, "OFFICE", "INT.", "DAY", "eye level"), ("medium wide", 35.0, "KITCHEN", "INT.", "DAY", "eye level"),
        ("full", 35.0, "WAREHOUSE", "INT.", "DAY", "low angle"), ("medium", 35.0, "LIVING ROOM", "INT.", "NIGHT", "eye level"),
        ("medium", 50.0, "BAR", "INT.", "NIGHT", "eye level"), ("medium close-up", 85.0, "BEDROOM", "INT.", "DAY", "eye level"),
        ("medium wide", 35.0, "ROOFTOP", "EXT.", "DUSK", "eye level"), ("medium", 35.0, "PIER", "EXT.", "DAWN", "dutch"),
        ("full", 50.0, "MOUNTAIN", "EXT.", "DAY", "eye level"), ("medium", 24.0, "ALLEY", "EXT.", "DAY", "eye level"),
        ("medium wide", 50.0, "CHURCH", "INT.", "DAY", "eye level"), ("medium", 35.0, "CORRIDOR", "INT.", "DAY", "high angle"),
        ("full", 35.0, "OFFICE", "INT.", "DAY", "eye level"), ("medium", 50.0, "FOREST", "EXT.", "DAY", "eye level"),
    )
]  # fmt: skip

PLACES = (
    ("EXT.", "CITY STREET"), ("EXT.", "ALLEY"), ("EXT.", "FOREST"), ("EXT.", "DESERT"), ("EXT.", "PIER"), ("EXT.", "FIELD"),
    ("INT.", "LIVING ROOM"), ("INT.", "OFFICE"), ("INT.", "KITCHEN"), ("INT.", "BAR"), ("INT.", "WAREHOUSE"), ("INT.", "CHURCH"),
)  # fmt: skip

ANGLES = (
    {"size": "wide", "lens_mm": 24.0, "angle": "eye level"}, {"size": "wide", "lens_mm": 35.0, "angle": "low angle"},
    {"size": "wide", "lens_mm": 35.0, "angle": "high angle"}, {"size": "wide", "lens_mm": 50.0, "angle": "eye level"},
    {"size": "wide", "lens_mm": 28.0, "angle": "dutch"}, {"size": "full", "lens_mm": 35.0, "angle": "eye level"},
)  # fmt: skip


def colours(shades: Array) -> Array:
    """Softened histogram of L*a*b* colours, (n, 3) code values; the root, as Hellinger has it. Lightness weighs little."""
    if not len(shades):
        shades = np.zeros((1, 3))
    values = lab(shades) * [0.4, 1, 1]
    bins = [np.arange(0, 51, 10), np.arange(-72, 85, 6), np.arange(-72, 85, 6)]
    counts = np.histogramdd(np.clip(values, [0, -71, -71], [39, 83, 83]), bins)[0]
    for axis in range(3):
        counts = 0.5 * counts + 0.25 * np.roll(counts, 1, axis) + 0.25 * np.roll(counts, -1, axis)
    return np.asarray(np.sqrt(counts.ravel() / counts.sum()))


def figure(picture: Array, mask: Array) -> Array:
    """Of a masked figure, the picture's cast taken out: colours of hat or hair, of the face, of the body two heads down."""
    linear = picture**2.4
    mean = linear.reshape(-1, 3).mean(axis=0)
    picture = np.clip(linear * (mean.mean() / mean) ** 0.6, 0, 1) ** (1 / 2.4)
    rows = np.nonzero(mask.any(axis=1))[0]
    top = rows[0]
    columns = np.nonzero(mask[top : top + max(4, len(rows) // 6)].any(axis=0))[0]
    head = max(4, int(len(columns) * 1.15))
    cuts = [top + int(k * head) for k in (0.0, 0.45, 1.0, 2.6)]
    parts = [colours(picture[a:b][mask[a:b]]) for a, b in pairwise(cuts)]
    return np.concatenate([parts[0], parts[1], parts[2] * 1.3])


def nearest(described: list[list[Array]]) -> list[tuple[int, int, int]]:
    """Who (or where), in which shot, was taken for whom: the owner of the most alike of all other shots."""
    wrong = []
    for i, rows in enumerate(described):
        for n, d in enumerate(rows):
            near = [
                min(float(((d - k) ** 2).sum()) for m, k in enumerate(other) if (j, m) != (i, n))
                for j, other in enumerate(described)
            ]
            taken = int(np.argmin(near))
            if taken != i:
                wrong.append((i, n, taken))
    return wrong


def test_a_character_is_itself_in_twenty_shots() -> None:
    """`APEX_STAGE=200` compares all twenty shots of each, else every second."""
    shots = SHOTS if many(0) else SHOTS[1::2]
    described = []
    for who in PEOPLE:
        rows = []
        for shot in shots:
            request = asked(width=96, height=54, subjects=(who,), key_kelvin=5600.0, aperture=11.0, **shot)
            shown = stage().shoot(request)
            rows.append(figure(stage().develop(stage().plate(shown)).astype(float) / 65535, shown.photo.subject))
        described.append(rows)
    wrong = nearest(described)
    assert len(wrong) <= 0.05 * len(PEOPLE) * len(shots), [
        (PEOPLE[i].name, shots[n]["place"], shots[n]["size"], PEOPLE[j].name) for i, n, j in wrong
    ]


def test_a_place_is_itself_from_six_angles() -> None:
    """By the colours around one figure."""
    described = []
    for setting, place in PLACES:
        rows = []
        for angle in ANGLES:
            request = asked(width=96, height=54, setting=setting, place=place, subjects=(PEOPLE[0],), **angle)
            shown = stage().shoot(request)
            picture = stage().develop(stage().plate(shown)).astype(float) / 65535
            rows.append(colours(picture[~shown.photo.subject]))
        described.append(rows)
    wrong = nearest(described)
    assert len(wrong) <= 0.05 * len(PLACES) * len(ANGLES), [
        (PLACES[i][1], ANGLES[n], PLACES[j][1]) for i, n, j in wrong
    ]
