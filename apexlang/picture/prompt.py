"""A picture request as a sentence for a model that reads text. What matters most stands first: models stop reading early."""

from __future__ import annotations

from apexlang.plan.model import PictureRequest, Subject

_SIZES = {
    "extreme wide": "extreme wide shot",
    "establishing": "establishing shot",
    "wide": "wide shot",
    "full": "full-length shot",
    "medium wide": "medium wide shot",
    "medium": "medium shot",
    "medium close-up": "medium close-up",
    "close-up": "close-up",
    "extreme close-up": "extreme close-up",
    "two-shot": "two-shot",
    "over-shoulder": "over-the-shoulder shot",
    "insert": "insert shot, a detail filling the frame",
}


def describe(request: PictureRequest) -> str:
    """One line: the shot, whom it shows, what happens, where and when, the light, the optics, colours and style.

    Only what the request says; no praise words (`masterpiece`, `8k`), which push every film toward one look.
    """
    parts = [
        _shot(request),
        *(_subject(subject) for subject in request.subjects),
        " ".join(request.prose.split()),
        _where(request),
        *_light(request),
        *request.compose,
        _optics(request),
        "palette of " + ", ".join(request.palette) if request.palette else "",
        *request.style,
    ]
    return ", ".join(part.strip(" .,;") for part in parts if part.strip(" .,;"))


def _shot(request: PictureRequest) -> str:
    size = _SIZES.get(request.size, request.size)
    whom = " and ".join(subject.name.title() for subject in request.subjects)
    angle = "" if request.angle == "eye level" else f", {request.angle}"
    return f"{size} of {whom}{angle}" if whom else f"{size}{angle}"


def _subject(subject: Subject) -> str:
    looks = [subject.description, f"{subject.build} build" if subject.build else ""]
    looks.append("wearing " + " and ".join(subject.wears) if subject.wears else "")
    looks.append(f"{subject.emotion} expression" if subject.emotion else "")
    text = ", ".join(look.strip(" .") for look in looks if look.strip(" ."))
    return f"{subject.name.title()}: {text}" if text else ""


def _where(request: PictureRequest) -> str:
    inside = request.setting.upper().startswith("INT") and "EXT" not in request.setting.upper()
    place = request.place.lower()
    time = f"at {request.time.lower()}" if request.time else ""
    if not place:
        return time
    return " ".join(word for word in ("interior of" if inside else "", place, time) if word)


def _light(request: PictureRequest) -> list[str]:
    key = [request.key_quality or "", "key light", f"from the {request.key_side}" if request.key_side else ""]
    if request.key_kelvin:
        warmth = "warm" if request.key_kelvin < 4300 else "cool" if request.key_kelvin > 6500 else "neutral"
        key.append(f"({warmth}, {request.key_kelvin:.0f} K)")
    said = request.key_quality or request.key_side or request.key_kelvin
    return [
        *request.light,
        " ".join(word for word in key if word) if said else "",
        f"{request.rim} rim light" if request.rim else "",
        f"{request.fill} fill light" if request.fill else "",
    ]


def _optics(request: PictureRequest) -> str:
    depth = "shallow depth of field" if request.aperture <= 2.8 else "deep focus" if request.aperture >= 8 else ""
    lens = f"{request.lens_mm:g}mm lens at f/{request.aperture:g}"
    grain = "visible film grain" if request.iso and request.iso >= 1600 else ""
    return ", ".join(word for word in (lens, depth, grain) if word)
