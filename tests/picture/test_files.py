"""Picture files: exact round trips, every kind that is read, every way in which a file can be wrong."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageCms
from PIL.PngImagePlugin import PngInfo

from apexlang.picture.files import (
    PictureError,
    decode_rgb16,
    examine,
    read_rgb,
    read_rgb16,
    write_atomically,
    write_png8,
    write_png16,
)


def noise(height: int, width: int, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 65536, (height, width, 3), dtype=np.uint16)


def png(image: Image.Image, **options: object) -> bytes:
    buffer = BytesIO()
    image.save(buffer, "PNG", **options)
    return buffer.getvalue()


def deep_png(pixels: np.ndarray, colour_type: int, *extra: tuple[bytes, bytes]) -> bytes:
    """A 16-bit PNG written by another hand than ours: filter 0, chunks as asked."""
    height, width = pixels.shape[:2]
    rows = np.ascontiguousarray(pixels.astype(">u2")).view(np.uint8).reshape(height, -1)
    body = zlib.compress(b"".join(b"\0" + row.tobytes() for row in rows))
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", width, height, 16, colour_type, 0, 0, 0)), *extra]
    chunks += [(b"IDAT", body), (b"IEND", b"")]
    out = b"\x89PNG\r\n\x1a\n"
    for name, content in chunks:
        out += struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
    return out


@pytest.mark.parametrize("shape", [(1, 1), (7, 5), (64, 99), (333, 2)])
def test_sixteen_bits_go_out_and_come_back(tmp_path: Path, shape: tuple[int, int]) -> None:
    rgb = noise(*shape)
    path = tmp_path / "ein Bild: 100% 'Ω'.png".replace(":", "")
    write_png16(path, rgb)
    assert np.array_equal(read_rgb16(path), rgb)
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_an_independent_decoder_reads_what_we_write(tmp_path: Path) -> None:
    rgb = noise(40, 31)
    write_png16(tmp_path / "a.png", rgb)
    with av.open(str(tmp_path / "a.png")) as container:
        frame = next(container.decode(video=0))
        assert frame.format.name == "rgb48be"
        assert np.array_equal(frame.to_ndarray(), rgb)
    with Image.open(tmp_path / "a.png") as image:
        image.load()
        assert image.size == (31, 40)


def test_eight_bits_are_the_nearest(tmp_path: Path) -> None:
    values = np.arange(65536, dtype=np.uint16).reshape(256, 256)
    write_png8(tmp_path / "a.png", np.stack([values] * 3, axis=-1))
    eight = np.asarray(Image.open(tmp_path / "a.png"))[..., 0]
    assert np.abs(eight.astype(float) * 257 - values).max() <= 128.5


def test_eight_bit_kinds() -> None:
    rgb = np.random.default_rng(2).integers(0, 256, (17, 23, 3), dtype=np.uint8)
    image = Image.fromarray(rgb)
    assert np.array_equal(decode_rgb16(png(image)), rgb.astype(np.uint16) * 257)
    for name, options in (("WEBP", {"lossless": True}), ("TIFF", {}), ("TIFF", {"compression": "tiff_lzw"})):
        buffer = BytesIO()
        image.save(buffer, name, **options)
        assert np.array_equal(decode_rgb16(buffer.getvalue()), rgb.astype(np.uint16) * 257), name
    smooth = Image.linear_gradient("L").convert("RGB")
    buffer = BytesIO()
    smooth.save(buffer, "JPEG", quality=95)
    assert np.abs(decode_rgb16(buffer.getvalue()).astype(int) - np.asarray(smooth).astype(int) * 257).max() <= 3 * 257


@pytest.mark.parametrize("mode", ["L", "1", "P", "LA", "RGBA"])
def test_every_pillow_mode_of_a_png(mode: str) -> None:
    assert decode_rgb16(png(Image.linear_gradient("L").convert(mode))).shape == (256, 256, 3)


def test_transparency_lies_over_black() -> None:
    rgba = np.zeros((1, 3, 4), np.uint8)
    rgba[0] = [(200, 100, 50, 255), (200, 100, 50, 0), (255, 255, 255, 51)]
    out = decode_rgb16(png(Image.fromarray(rgba)))
    assert out[0].tolist() == [[200 * 257, 100 * 257, 50 * 257], [0, 0, 0], [13107] * 3]
    deep = rgba.astype(np.uint16) * 257
    assert np.array_equal(decode_rgb16(deep_png(deep, 6)), out)


def test_sixteen_bit_grey_and_grey_with_alpha() -> None:
    grey = noise(9, 8)[..., 0]
    assert np.array_equal(decode_rgb16(deep_png(grey, 0)), np.stack([grey] * 3, axis=-1))
    with_alpha = np.stack([grey, np.full_like(grey, 65535)], axis=-1)
    assert np.array_equal(decode_rgb16(deep_png(with_alpha, 4)), np.stack([grey] * 3, axis=-1))


def test_sixteen_bit_tiff() -> None:
    rgb = noise(12, 10)
    buffer = BytesIO()
    with av.open(buffer, "w", format="image2pipe") as container:
        stream = container.add_stream("tiff", rate=1)
        stream.width, stream.height, stream.pix_fmt = 10, 12, "rgb48le"
        for packet in [*stream.encode(av.VideoFrame.from_ndarray(rgb, format="rgb48le")), *stream.encode()]:
            container.mux(packet)
    assert np.array_equal(decode_rgb16(buffer.getvalue()), rgb)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_orientation(orientation: int) -> None:
    rgb = np.random.default_rng(3).integers(0, 256, (4, 6, 3), dtype=np.uint8)
    exif = Image.Exif()
    exif[0x0112] = orientation
    shallow = decode_rgb16(png(Image.fromarray(rgb), exif=exif))
    assert shallow.shape == ((4, 6, 3) if orientation < 5 else (6, 4, 3))
    raw = exif.tobytes().removeprefix(b"Exif\0\0")
    assert np.array_equal(decode_rgb16(deep_png(rgb.astype(np.uint16) * 257, 2, (b"eXIf", raw))), shallow)


@pytest.mark.parametrize("how", ["behind the pixels", "as text", "as xmp"])
def test_exif_orientation_of_a_png_wherever_it_stands(tmp_path: Path, how: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    if how == "behind the pixels":
        plain = png(Image.fromarray(np.zeros((4, 6, 3), np.uint8)))
        raw = exif.tobytes().removeprefix(b"Exif\0\0")
        chunk = struct.pack(">I", len(raw)) + b"eXIf" + raw + struct.pack(">I", zlib.crc32(b"eXIf" + raw))
        data = plain[:-12] + chunk + plain[-12:]
    else:
        texts = PngInfo()
        if how == "as text":
            raw = exif.tobytes()
            texts.add_text("Raw profile type exif", f"\nexif\n{len(raw):8}\n{raw.hex()}\n", zip=True)
        else:
            texts.add_itxt("XML:com.adobe.xmp", '<x tiff:Orientation="6"/>')
        data = png(Image.fromarray(np.zeros((4, 6, 3), np.uint8)), pnginfo=texts)
    path = tmp_path / "turned.png"
    path.write_bytes(data)
    assert examine(path) == (4, 6) and read_rgb(path).shape == read_rgb16(path).shape == (6, 4, 3)


def icc(primaries: tuple[float, ...], gamma: float) -> bytes:
    """A minimal version 2 matrix profile: XYZ (D50) of the primaries, one gamma."""
    tags = {
        name: b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(v * 65536) for v in primaries[3 * i : 3 * i + 3]))
        for i, name in enumerate((b"rXYZ", b"gXYZ", b"bXYZ"))
    }
    for name in (b"rTRC", b"gTRC", b"bTRC"):
        tags[name] = b"curv\0\0\0\0" + struct.pack(">IHH", 1, round(gamma * 256), 0)
    tags[b"wtpt"] = b"XYZ \0\0\0\0" + struct.pack(">3i", 63190, 65536, 54061)
    tags[b"desc"] = b"desc\0\0\0\0" + struct.pack(">I", 2) + b"t\0" + bytes(78 + 4)
    tags[b"cprt"] = b"text\0\0\0\0none\0\0\0\0"
    table, body, place = b"", b"", 132 + 12 * len(tags)
    for name, content in tags.items():
        content += bytes(-len(content) % 4)
        table += struct.pack(">4sII", name, place, len(content))
        body, place = body + content, place + len(content)
    head = struct.pack(">I4sI4s4s4s", place, b"lcms", 0x02100000, b"mntr", b"RGB ", b"XYZ ") + bytes(12) + b"acsp"
    head += bytes(128 - len(head) - 60) + struct.pack(">3i", 63190, 65536, 54061) + bytes(48)
    return head + struct.pack(">I", len(tags)) + table + body


ADOBE = (0.60974, 0.31111, 0.01947, 0.20528, 0.62567, 0.06087, 0.14919, 0.06322, 0.74457)


def test_an_srgb_profile_changes_nothing() -> None:
    rgb = np.random.default_rng(4).integers(0, 256, (9, 9, 3), dtype=np.uint8)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert np.array_equal(decode_rgb16(png(Image.fromarray(rgb), icc_profile=profile)), rgb.astype(np.uint16) * 257)


def test_another_profile_is_converted_as_littlecms_does() -> None:
    profile = icc(ADOBE, 563 / 256)
    rgb = np.random.default_rng(5).integers(0, 256, (32, 32, 3), dtype=np.uint8)
    image = Image.fromarray(rgb)
    ours = decode_rgb16(png(image, icc_profile=profile)).astype(float) / 257
    source = ImageCms.ImageCmsProfile(BytesIO(profile))
    theirs = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"))
    difference = np.abs(ours - np.asarray(theirs))
    assert difference.max() <= 1.6
    assert np.abs(ours - rgb).max() > 20
    compressed = b"t\0\0" + zlib.compress(profile)
    deep = decode_rgb16(deep_png(rgb.astype(np.uint16) * 257, 2, (b"iCCP", compressed)))
    assert np.abs(deep.astype(float) / 257 - ours).max() < 1e-9


def test_a_broken_profile_is_set_aside() -> None:
    rgb = np.full((4, 4, 3), 77, np.uint8)
    for junk in (b"junk", icc(ADOBE, 2.2)[:200], bytes(400)):
        assert np.array_equal(decode_rgb16(png(Image.fromarray(rgb), icc_profile=junk)), rgb.astype(np.uint16) * 257)


def test_cmyk_jpeg() -> None:
    buffer = BytesIO()
    Image.new("CMYK", (8, 8), (0, 255, 255, 0)).save(buffer, "JPEG")
    red = decode_rgb16(buffer.getvalue())[4, 4]
    assert red[0] > 60000 and red[1] < 5000 and red[2] < 5000


WRONG = {
    "empty": (b"", "empty"),
    "html": (b"\n <!DOCTYPE html><html><body>404</body></html>", "web page"),
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
    "pointer": (b"version https://git-lfs.github.com/spec/v1\noid sha256:0", "LFS"),
    "gif": (b"GIF89a" + bytes(40), "GIF"),
    "film": (b"\0\0\0\x20ftypisom" + bytes(40), "MP4"),
    "heic": (b"\0\0\0\x20ftypheic" + bytes(40), "HEIC"),
    "noise": (bytes(range(256)), "not a PNG"),
    "only the signature": (b"\x89PNG\r\n\x1a\n", "damaged"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_files_say_what_they_are(tmp_path: Path, name: str) -> None:
    data, expected = WRONG[name]
    path = tmp_path / "picture.png"
    path.write_bytes(data)
    with pytest.raises(PictureError, match=expected):
        read_rgb16(path)


def test_missing_and_folder(tmp_path: Path) -> None:
    with pytest.raises(PictureError, match="no such file"):
        read_rgb16(tmp_path / "none.png")
    with pytest.raises(PictureError, match=r"folder|permission"):
        read_rgb16(tmp_path)


@pytest.mark.parametrize("deep", [False, True])
@pytest.mark.parametrize("part", [0.05, 0.5, 0.99])
def test_half_a_picture_is_refused(tmp_path: Path, deep: bool, part: float) -> None:
    rgb = noise(60, 60)
    (write_png16 if deep else write_png8)(tmp_path / "a.png", rgb)
    data = (tmp_path / "a.png").read_bytes()
    with pytest.raises(PictureError, match=r"cut off|damaged"):
        decode_rgb16(data[: int(len(data) * part)])


def test_half_a_jpeg_is_refused() -> None:
    buffer = BytesIO()
    Image.fromarray((noise(90, 90) // 257).astype(np.uint8)).save(buffer, "JPEG")
    with pytest.raises(PictureError, match="damaged"):
        decode_rgb16(buffer.getvalue()[: buffer.tell() // 2])


def test_a_flipped_bit_is_found(tmp_path: Path) -> None:
    write_png16(tmp_path / "a.png", noise(20, 20))
    data = bytearray((tmp_path / "a.png").read_bytes())
    data[len(data) // 2] ^= 1
    with pytest.raises(PictureError, match="checksum"):
        decode_rgb16(bytes(data))


def bomb(width: int, height: int, depth: int = 8) -> bytes:
    out = b"\x89PNG\r\n\x1a\n"
    header = struct.pack(">IIBBBBB", width, height, depth, 2, 0, 0, 0)
    for name, content in ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b"")):
        out += struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
    return out


@pytest.mark.parametrize("depth", [8, 16])
@pytest.mark.parametrize("size", [(14_000, 13_000), (60_000, 60_000), (2**31 - 1, 2**31 - 1)])
def test_bombs_are_refused_before_a_pixel_is_made(size: tuple[int, int], depth: int) -> None:
    with pytest.raises(PictureError):
        decode_rgb16(bomb(*size, depth))


@given(
    st.binary(max_size=200),
    st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"RIFF\0\0\0\0WEBP", b"II*\0"]),
)
def test_any_bytes_give_a_picture_or_a_reason(tail: bytes, head: bytes) -> None:
    try:
        rgb = decode_rgb16(head + tail)
    except PictureError as error:
        assert str(error) and "\n" not in str(error)
    else:
        assert rgb.dtype == np.uint16


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.png"
    write_atomically(path, b"old")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="space"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1


def test_examining_agrees_with_reading(tmp_path: Path) -> None:
    rgb = Image.fromarray(np.zeros((30, 50, 3), np.uint8))
    exif = Image.Exif()
    exif[0x0112] = 6
    for name in ("a.png", "a.jpg", "a.webp", "a.tif"):
        rgb.save(tmp_path / name, exif=exif)
        height, width = read_rgb16(tmp_path / name).shape[:2]
        assert examine(tmp_path / name) == (width, height) == (30, 50)
    write_png16(tmp_path / "deep.png", noise(20, 40))
    assert examine(tmp_path / "deep.png") == (40, 20)


@pytest.mark.parametrize("kind", ["png", "jpg", "webp", "tif"])
def test_examining_finds_a_picture_that_is_cut_off(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a.{kind}"
    Image.fromarray((noise(90, 90) // 257).astype(np.uint8)).save(path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(PictureError):
        examine(path)
    with pytest.raises(PictureError):
        read_rgb16(path)
