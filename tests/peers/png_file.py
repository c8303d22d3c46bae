"""The pictures that `make peers` compares: makes one, and reads PNG files.

    png_file.py make WIDTH HEIGHT FOLDER    writes in.png and grey.raw
    png_file.py compare RAW FILE            tells how a picture differs

RAW holds pixels without anything else: red, green, blue, row after row. What
is told is one line of JSON. Nothing but the standard library is needed; where
Pillow is present it reads the files, which is faster.
"""

import collections
import itertools
import json
import operator
import pathlib
import random
import struct
import sys
import zlib
from typing import Dict, List, NamedTuple, Tuple

SIGNATURE = b"\x89PNG\r\n\x1a\n"
FILTERS = ("none", "sub", "up", "average", "paeth")


def noisy_row(y: int, width: int, height: int, noise: random.Random) -> bytes:
    """A row of a gradient with four bits of noise, as photographs have it."""
    row = bytearray(3 * width)
    row[0::3] = bytes(x * 240 // width for x in range(width))
    row[1::3] = bytes([y * 240 // height]) * width
    row[2::3] = bytes(
        x * 120 // width + y * 120 // height for x in range(width)
    )
    low_bits = bytes(value & 15 for value in range(256))
    grain = noise.randbytes(len(row)).translate(low_bits)
    # No byte exceeds 255, so whole rows may be added as two numbers.
    both = int.from_bytes(row, "big") + int.from_bytes(grain, "big")
    return both.to_bytes(len(row), "big")


def chunk(kind: bytes, data: bytes) -> bytes:
    checksum = zlib.crc32(kind + data)
    return struct.pack(">I", len(data)) + kind + data + struct.pack(
        ">I", checksum
    )


def write_png(file: pathlib.Path, width: int, rows: List[bytes]) -> None:
    """Writes RGB rows with the filter sub, at zlib's level 1."""
    stream = zlib.compressobj(1)
    with open(file, "wb") as out:
        out.write(SIGNATURE)
        header = struct.pack(">IIBBBBB", width, len(rows), 8, 2, 0, 0, 0)
        out.write(chunk(b"IHDR", header))
        for row in rows:
            steps = bytes(
                (value - left) & 255 for value, left in zip(row[3:], row)
            )
            out.write(chunk(b"IDAT", stream.compress(b"\1" + row[:3] + steps)))
        out.write(chunk(b"IDAT", stream.flush()))
        out.write(chunk(b"IEND", b""))


def grey_row(row: bytes) -> bytes:
    """Every pixel's mean of red, green and blue, rounded down."""
    means = bytes(
        (red + green + blue) // 3
        for red, green, blue in zip(row[0::3], row[1::3], row[2::3])
    )
    grey = bytearray(len(row))
    grey[0::3] = grey[1::3] = grey[2::3] = means
    return bytes(grey)


class Png(NamedTuple):
    """A PNG file, uncompressed; only 8 bits a colour and no interlace."""

    width: int
    height: int
    channels: int
    stream: bytes  # rows, each behind the number of its filter

    def row_size(self) -> int:
        return self.width * self.channels

    def filters(self) -> Dict[str, int]:
        """How many rows have which filter."""
        numbers = self.stream[:: self.row_size() + 1]
        return dict(
            collections.Counter(FILTERS[number] for number in numbers)
        )


def read_png(data: bytes) -> Png:
    """Takes a PNG file apart. Raises ValueError where it is none."""
    if not data.startswith(SIGNATURE):
        raise ValueError("not a PNG file")
    place = len(SIGNATURE)
    compressed = []
    while place < len(data):
        length, kind = struct.unpack_from(">I4s", data, place)
        body = data[place + 8 : place + 8 + length]
        place += 12 + length
        if kind == b"IHDR":
            width, height, bits, colour, *_, interlace = struct.unpack(
                ">IIBBBBB", body
            )
        elif kind == b"IDAT":
            compressed.append(body)
    channels = {0: 1, 2: 3, 4: 2, 6: 4}.get(colour, 0)
    if bits != 8 or channels == 0 or interlace != 0:
        raise ValueError(f"{bits} bits, colour type {colour}: not read here")
    stream = zlib.decompress(b"".join(compressed))
    return Png(width, height, channels, stream)


def paeth(left: int, up: int, corner: int) -> int:
    """The predictor of the PNG specification, section 9.4."""
    guess = left + up - corner
    return min((left, up, corner), key=lambda near: abs(guess - near))


def unfilter(kind: int, row: bytes, above: bytes, step: int) -> bytes:
    """A row's bytes from those of the file; `step` is the pixel's size."""
    if kind == 0:
        return row
    if kind == 2:
        return bytes((a + b) & 255 for a, b in zip(row, above))
    done = bytearray(row)
    if kind == 1:
        for channel in range(step):
            sums = itertools.accumulate(row[channel::step])
            done[channel::step] = bytes(value & 255 for value in sums)
        return bytes(done)
    for i, value in enumerate(row):
        left, corner = (done[i - step], above[i - step]) if i >= step else (
            0,
            0,
        )
        if kind == 3:
            guess = (left + above[i]) // 2
        else:
            guess = paeth(left, above[i], corner)
        done[i] = (value + guess) & 255
    return bytes(done)


def pixels_of(png: Png) -> bytes:
    """The picture's rows, without filters."""
    size = png.row_size()
    above = bytes(size)
    rows = []
    for begin in range(0, len(png.stream), size + 1):
        row = png.stream[begin + 1 : begin + 1 + size]
        above = unfilter(png.stream[begin], row, above, png.channels)
        rows.append(above)
    return b"".join(rows)


def as_rgb(pixels: bytes, channels: int) -> bytes:
    if channels == 3:
        return pixels
    colours = (0, 0, 0) if channels < 3 else (0, 1, 2)
    rgb = bytearray(len(pixels) // channels * 3)
    for place, colour in enumerate(colours):
        rgb[place::3] = pixels[colour::channels]
    return bytes(rgb)


def differences(expected: bytes, got: bytes) -> Tuple[float, int]:
    """The share of pixels that differ, and by how much at most."""
    if len(expected) != len(got):
        return 1.0, 255
    if expected == got:
        return 0.0, 0
    pixels = [zip(*[iter(side)] * 3) for side in (expected, got)]
    count = sum(map(operator.ne, *pixels))
    most = max(map(abs, map(operator.sub, expected, got)))
    return count * 3 / len(expected), most


def make(width: int, height: int, folder: pathlib.Path) -> Dict[str, object]:
    noise = random.Random(1)
    rows = [noisy_row(y, width, height, noise) for y in range(height)]
    write_png(folder / "in.png", width, rows)
    grey = b"".join(map(grey_row, rows))
    (folder / "grey.raw").write_bytes(grey)
    # The lessons' checksum of a picture: its sides, then its pixels.
    checksum = zlib.crc32(struct.pack("=ii", width, height) + grey)
    return {"checksum": f"{checksum:08x}"}


def compare(raw: pathlib.Path, file: pathlib.Path) -> Dict[str, object]:
    answer: Dict[str, object] = {}
    data = file.read_bytes()
    if file.suffix == ".png":
        png = read_png(data)
        answer["filters"] = png.filters()
        answer["colours"] = png.channels
        try:
            from PIL import Image

            pixels = Image.open(file).convert("RGB").tobytes()
        except ImportError:
            pixels = as_rgb(pixels_of(png), png.channels)
    else:
        pixels = data
    answer["share"], answer["most"] = differences(raw.read_bytes(), pixels)
    return answer


def main(arguments: List[str]) -> int:
    if len(arguments) == 4 and arguments[0] == "make":
        width, height = map(int, arguments[1:3])
        answer = make(width, height, pathlib.Path(arguments[3]))
    elif len(arguments) == 3 and arguments[0] == "compare":
        answer = compare(*map(pathlib.Path, arguments[1:]))
    else:
        print(__doc__, file=sys.stderr)
        return 2
    print(json.dumps(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
