"""Picture files: reading what a film names, writing what we made. Nothing here trusts a file.

A picture in memory is (height, width, 3) uint16, full range. sRGB code values pass through as they are: a display shows them and
Rec.709 code values alike, and so do we. Pictures with another embedded profile are converted to sRGB first.
"""

from __future__ import annotations

import os
import secrets
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from apexlang.picture.icc import matrix_profile

Rgb8 = npt.NDArray[np.uint8]
Rgb16 = npt.NDArray[np.uint16]

MAX_PIXELS = 178_000_000
"""A 16K picture fits; more is a mistake or an attack. Pillow refuses from 179 megapixels on."""

MAX_BYTES = 1 << 30

_PNG = b"\x89PNG\r\n\x1a\n"
_ORIENTATION = 0x0112
_PNG_EXIF = (
    b"eXIf",
    *(kind + key for kind in (b"tEXt", b"zTXt", b"iTXt") for key in (b"Raw profile type", b"XML:com.adobe.xmp")),
)
_READABLE = ("PNG", "JPEG", "WEBP", "TIFF")
_OTHERS = {
    b"GIF8": "a GIF",
    b"BM": "a BMP picture",
    b"%PDF": "a PDF document",
    b"8BPS": "a Photoshop document",
    b"\x00\x00\x01\x00": "an icon",
    b"v/1\x01": "an OpenEXR picture",
    b"PK\x03\x04": "a ZIP archive",
    b"\x1a\x45\xdf\xa3": "a Matroska film",
}

# Our own bound is MAX_PIXELS, checked before a pixel is decoded; Pillow's earlier warning would only alarm people.
warnings.filterwarnings("ignore", category=Image.DecompressionBombWarning)


class PictureError(Exception):
    """A picture file cannot be read; the text is a clause for a person, such as "the file is empty"."""


def read_rgb(path: str | os.PathLike[str]) -> Rgb8 | Rgb16:
    """As `read_rgb16`, but an 8-bit picture whose codes are taken as they are stays uint8: half the memory, a third of the time."""
    data = _bytes_of(path)
    with _opened(data) as image:
        if image.mode == "RGB" and _is_plain(image, data):
            return np.asarray(image)
    return decode_rgb16(data)


def read_rgb16(path: str | os.PathLike[str]) -> Rgb16:
    """Reads PNG (8 or 16 bit), JPEG, WebP or TIFF (8 or 16 bit), by content, whatever the name says.

    Turned upright by EXIF, transparency laid over black, first picture of an animation. Raises PictureError.
    """
    return decode_rgb16(_bytes_of(path))


def decode_rgb16(data: bytes) -> Rgb16:
    """As `read_rgb16`, from the bytes of the file."""
    with _opened(data) as image:
        profile = image.info.get("icc_profile")
        profile = profile if isinstance(profile, bytes) else None
        if _is_deep(image, data):
            return _deep(data, profile, _orientation(image, data))
        return _shallow(image, profile)


def examine(path: str | os.PathLike[str]) -> tuple[int, int]:
    """Width and height, upright, of a picture that can be read whole; as cheap as the kind of file allows.

    PNG: all checksums, no pixel decoded; JPEG: decoded at an eighth of the size. Raises PictureError where `read_rgb16` would.
    """
    data = _bytes_of(path)
    with _opened(data) as image:
        width, height = image.size
        # Pillow gives the size of a TIFF as it will be when turned, of the others as it is stored.
        turned = image.format != "TIFF" and _orientation(image, data) in (5, 6, 7, 8)
        _is_deep(image, data)
        if image.format != "PNG":
            image.draft("RGB", (width // 8, height // 8))
            image.load()
    return (height, width) if turned else (width, height)


def write_png16(path: str | os.PathLike[str], rgb: Rgb16) -> None:
    """Writes (h, w, 3) uint16 exactly, 16 bit a channel, whole or not at all. Raises OSError."""
    height, width = rgb.shape[:2]
    rows = rgb.astype(">u2").view(np.uint8).reshape(height, width * 6)
    # Filter 2 (Up): each byte less the one above it. Exact, and smooth pictures become small numbers.
    filtered = np.empty((height, 1 + width * 6), np.uint8)
    filtered[:, 0] = 2
    filtered[0, 1:] = rows[0]
    np.subtract(rows[1:], rows[:-1], out=filtered[1:, 1:])
    header = struct.pack(">IIBBBBB", width, height, 16, 2, 0, 0, 0)
    body = zlib.compress(filtered.tobytes(), level=3)
    chunks = ((b"IHDR", header), (b"IDAT", body), (b"IEND", b""))
    write_atomically(path, _PNG + b"".join(_chunk(name, content) for name, content in chunks))


def write_png8(path: str | os.PathLike[str], rgb: Rgb16) -> None:
    """Writes (h, w, 3) uint16 rounded to 8 bit, for people and thumbnails. Whole or not at all. Raises OSError."""
    eight = ((rgb.astype(np.uint32) + 128) // 257).astype(np.uint8)
    buffer = BytesIO()
    Image.fromarray(eight).save(buffer, "PNG")
    write_atomically(path, buffer.getvalue())


def write_atomically(path: str | os.PathLike[str], data: bytes) -> None:
    """Puts `data` at `path` in one step: a reader sees the old file or the new one. Raises OSError and leaves the old one."""
    target = Path(path)
    # Not `tempfile`: its files are for their owner's eyes only, and a picture should have the permissions of any new file.
    temporary = target.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _bytes_of(path: str | os.PathLike[str]) -> bytes:
    try:
        if Path(path).stat().st_size > MAX_BYTES:
            raise PictureError(f"the file is larger than {MAX_BYTES >> 20} MB")
        return Path(path).read_bytes()
    except OSError as error:
        raise PictureError(_os_reason(error)) from None


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    """The picture, of a kind and size that we read; whatever goes wrong with it inside the block becomes a PictureError."""
    _refuse_strangers(data)
    try:
        with Image.open(BytesIO(data), formats=_READABLE) as image:
            if image.width * image.height > MAX_PIXELS:
                raise _too_large(image.width, image.height)
            if image.format == "PNG":
                _check_png(data)
            yield image
    except Image.DecompressionBombError:
        raise PictureError(f"it has more than {MAX_PIXELS // 1_000_000} million pixels") from None
    except UnidentifiedImageError:
        raise PictureError("it is not a PNG, JPEG, WebP or TIFF picture, or its beginning is damaged") from None
    except MemoryError:
        raise PictureError("there is not enough memory to read it") from None
    except (OSError, ValueError, SyntaxError, EOFError, struct.error, zlib.error, av.FFmpegError) as error:
        # What Pillow and FFmpeg raise on damaged files is of many kinds and worded for programmers.
        raise PictureError(f"the picture is damaged ({_one_line(error)})") from None


def _os_reason(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, IsADirectoryError):
        return "it is a folder"
    if isinstance(error, PermissionError):
        return "it may not be read (permission denied)"
    return f"it cannot be read ({error.strerror or error})"


def _refuse_strangers(data: bytes) -> None:
    """The commonest wrong files, named."""
    if not data:
        raise PictureError("the file is empty")
    head = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<head", b"<!--")):
        raise PictureError("it is a web page (HTML), not a picture; a download link may have expired")
    if head.startswith((b"<svg", b"<?xml")):
        raise PictureError("it is an XML or SVG file; save it as PNG")
    if head.startswith(b"version https://git-lfs"):
        raise PictureError("it is a Git LFS pointer; fetch the file itself with `git lfs pull`")
    if data[4:8] == b"ftyp":
        brand = data[8:12].decode("ascii", "replace")
        what = {"avif": "an AVIF picture", "heic": "a HEIC picture", "mif1": "a HEIC picture"}.get(
            brand, "a film (MP4)"
        )
        raise PictureError(f"it is {what}; Apex reads PNG, JPEG, WebP and TIFF as pictures")
    for magic, what in _OTHERS.items():
        if data.startswith(magic):
            raise PictureError(f"it is {what}; Apex reads PNG, JPEG, WebP and TIFF as pictures")


def _too_large(width: int, height: int) -> PictureError:
    return PictureError(f"it is {width}x{height}, more than {MAX_PIXELS // 1_000_000} million pixels")


def _check_png(data: bytes) -> None:
    """Every chunk whole and its checksum right: decoders are lenient, and half a picture is worse than none."""
    place = len(_PNG)
    while place + 12 <= len(data):
        length, name = struct.unpack_from(">I4s", data, place)
        end = place + 12 + length
        if end > len(data):
            break
        if zlib.crc32(data[place + 4 : end - 4]) != int.from_bytes(data[end - 4 : end], "big"):
            raise PictureError("the picture is damaged (a checksum is wrong)")
        if name == b"IEND":
            return
        place = end
    raise PictureError("the picture is cut off")


def _is_deep(image: Image.Image, data: bytes) -> bool:
    """Whether there are more than 8 bits a channel, which Pillow would drop."""
    if image.format == "PNG":
        return data[24] == 16
    if image.format == "TIFF":
        bits = image.getexif().get(258, (8,))
        bits = bits if isinstance(bits, tuple) else (bits,)
        kinds = image.getexif().get(339, (1,))
        kinds = kinds if isinstance(kinds, tuple) else (kinds,)
        if max(bits) > 16 or any(kind != 1 for kind in kinds):
            raise PictureError(f"its samples are {max(bits)} bit or not whole numbers; save it as 8 or 16 bit")
        return bool(max(bits) == 16)
    return False


def _orientation(image: Image.Image, data: bytes) -> int:
    """How the picture has to be turned, 1..8 by EXIF; 1: not at all. Pillow decodes a whole PNG to look for it, because it may stand
    behind the pixels: where no chunk can hold it, it is not asked."""
    if image.format == "PNG" and not any(chunk.startswith(_PNG_EXIF) for chunk in _chunks(data)):
        return 1
    found: int = image.getexif().get(_ORIENTATION, 1)
    return found


def _chunks(data: bytes) -> Iterator[bytes]:
    """The name of each chunk of a PNG that `_check_png` found whole, with the beginning of what is in it."""
    place = len(_PNG)
    while place + 12 <= len(data):
        yield data[place + 4 : place + 40]
        place += 12 + int.from_bytes(data[place : place + 4], "big")


def _is_plain(image: Image.Image, data: bytes) -> bool:
    """Whether the codes that Pillow gives are the picture: 8 bits, upright, without transparency, of no profile but sRGB's."""
    profile = image.info.get("icc_profile")
    if profile is not None:
        matrix = matrix_profile(profile) if isinstance(profile, bytes) else None
        if matrix is None or not matrix.is_srgb:
            return False
    upright = _orientation(image, data) == 1
    return upright and not image.has_transparency_data and not _is_deep(image, data)


def _shallow(image: Image.Image, profile: bytes | None) -> Rgb16:
    """8 bit a channel, by Pillow."""
    upright = ImageOps.exif_transpose(image)
    if profile and upright.mode not in ("RGB", "RGBA", "P", "L", "LA", "1"):
        upright, profile = _by_littlecms(upright, profile), None
    if upright.has_transparency_data or upright.mode in ("RGBA", "LA", "PA", "La", "RGBa"):
        rgba = np.asarray(upright.convert("RGBA"))
        colour, alpha = rgba[..., :3], rgba[..., 3].astype(np.uint32) * 257
    else:
        colour, alpha = np.asarray(upright.convert("RGB")), None
    if profile and upright.mode in ("RGB", "RGBA", "P"):
        matrix = matrix_profile(profile)
        if matrix is None:
            colour = np.asarray(_by_littlecms(Image.fromarray(np.ascontiguousarray(colour)), profile))
    deep = colour.astype(np.uint16) * np.uint16(257)
    if upright.mode in ("RGB", "RGBA", "P"):
        deep = _to_srgb(deep, profile)
    return deep if alpha is None else _over_black(deep, alpha)


def _deep(data: bytes, profile: bytes | None, orientation: int) -> Rgb16:
    """16 bit a channel, by FFmpeg, in the file's own layout: no conversion that could round."""
    with av.open(BytesIO(data), "r", options={"err_detect": "explode"}) as container:
        frame = next(container.decode(video=0), None)
        if frame is None:
            raise PictureError("the picture is damaged (no picture in it)")
        layout = frame.format.name.removesuffix("le").removesuffix("be")
        if layout not in ("rgb48", "rgba64", "gray16", "ya16"):
            raise PictureError(f"its pixel layout ({frame.format.name}) is not one Apex reads; save it as 16 bit RGB")
        if layout == "ya16":
            # The one layout without an array of its own: grey and alpha to RGBA copies values, so nothing is rounded.
            frame = frame.reformat(format="rgba64le")
            layout = "rgba64"
        pixels = np.asarray(frame.to_ndarray(), np.uint16)
    alpha = pixels[..., 3].astype(np.uint32) if layout == "rgba64" else None
    rgb = np.repeat(pixels[..., None], 3, axis=2) if layout == "gray16" else np.ascontiguousarray(pixels[..., :3])
    if layout != "gray16":
        rgb = _to_srgb(rgb, profile)
    if alpha is not None:
        rgb = _over_black(rgb, alpha)
    return _upright(rgb, orientation)


def _to_srgb(rgb: Rgb16, profile: bytes | None) -> Rgb16:
    """Through a matrix profile, in strips so that the doubles of a large picture never all exist at once."""
    matrix = matrix_profile(profile) if profile else None
    if matrix is None or matrix.is_srgb:
        return rgb
    out = np.empty_like(rgb)
    for top in range(0, rgb.shape[0], 256):
        strip = matrix.to_srgb(rgb[top : top + 256].astype(np.float64) / 65535)
        out[top : top + 256] = np.floor(strip * 65535 + 0.5).astype(np.uint16)
    return out


def _by_littlecms(image: Image.Image, profile: bytes) -> Image.Image:
    """Profiles made of tables, and CMYK, at eight bits. A profile that LittleCMS refuses is set aside, as browsers do."""
    try:
        source = ImageCms.ImageCmsProfile(BytesIO(profile))
        converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError):
        return image.convert("RGB")
    return converted if converted is not None else image.convert("RGB")


def _over_black(rgb: Rgb16, alpha: npt.NDArray[np.uint32]) -> Rgb16:
    product = rgb.astype(np.uint32) * alpha[..., None]
    return ((product + 32767) // 65535).astype(np.uint16)


def _upright(rgb: Rgb16, orientation: int) -> Rgb16:
    """EXIF orientation 1..8 undone, as `ImageOps.exif_transpose` does for Pillow's pictures."""
    if orientation in (5, 6, 7, 8):
        rgb = rgb.swapaxes(0, 1)
    if orientation in (3, 4, 7, 8):
        rgb = rgb[::-1]
    if orientation in (2, 3, 6, 7):
        rgb = rgb[:, ::-1]
    return np.ascontiguousarray(rgb)


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def _one_line(error: BaseException) -> str:
    text = " ".join(str(error).split()) or type(error).__name__
    return text if len(text) <= 120 else text[:117] + "..."
