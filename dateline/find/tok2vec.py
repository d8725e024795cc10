"""The parser's word vectors, computed faster. ``parser.py`` hands in the layers; nothing here imports spaCy.

Two thirds of the parser's time goes into its two token-to-vector layers (thinc's MultiHashEmbed and
MaxoutWindowEncoder). What the first gives depends on the word alone, so it is kept for each word met; the second is
written here as plain NumPy with one matrix product a layer. The numbers are those of the model up to the last bit of
a float; a test compares the parses.

Arrays have one row a token. No product is taken of fewer than ``LEAST`` rows: for small matrices OpenBLAS has other
kernels, which round differently, and a report's record must not depend on what is read beside it.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

type Floats = NDArray[np.float32]
type Attributes = NDArray[np.uint64]
LEAST = 64
MOST_WORDS = 50_000  # kept vectors, some 20 MB; forgotten together when there are more
EPSILON = 1e-8  # thinc's, in its layer norm


def quicken(pipe: Any, layer: Callable[[Callable[[Any], Any]], Any]) -> None:
    """Replace the layers named above wherever a pipe has them; leave every other model as it is.

    ``layer`` makes a thinc layer of a function, so that nothing here imports the library.
    """
    for node in pipe.walk():
        names = [inner.name for inner in node.layers]
        if len(names) == 2 and names[0].startswith("extract_features") and "residual(expand_window>>" in names[1]:
            node.layers[:] = [layer(KnownWords(node.layers[0])), layer(Encoder(node.layers[1]))]


class Rows:
    """Stands where a Doc would, for words that stand in none: their attributes, one row each."""

    def __init__(self, vocab: Any, columns: list[Any], table: Attributes) -> None:
        self.vocab, self._columns, self._table = vocab, columns, table

    def __len__(self) -> int:
        return len(self._table)

    def to_array(self, wanted: Any) -> Attributes:
        if isinstance(wanted, list):
            return self._table[:, [self._columns.index(column) for column in wanted]]
        return self._table[:, self._columns.index(wanted)]


class KnownWords:
    """The embedding layer, asked once for each word: its attributes are the key."""

    def __init__(self, embed: Any) -> None:
        import numpy as np

        self._embed = embed
        extract = next(node for node in embed.walk() if node.name == "extract_features")
        self._columns = list(extract.attrs["columns"])
        self._rows: dict[bytes, int] = {}
        self._vectors: Floats = np.zeros((0, 0), dtype=np.float32)

    def __call__(self, docs: Sequence[Any]) -> list[Floats]:
        import numpy as np

        vocab = docs[0].vocab
        columns = [*self._columns, vocab.vectors.attr]  # the last is what the vector table is keyed by
        table = np.concatenate([doc.to_array(columns).astype(np.uint64) for doc in docs])
        raw, width = table.tobytes(), table.itemsize * table.shape[1]
        keys = [raw[at : at + width] for at in range(0, len(raw), width)]
        if len(self._rows) > MOST_WORDS:
            self._rows.clear()
        new = {key: n for n, key in enumerate(keys) if key not in self._rows}
        if new:
            self._learn(new, Rows(vocab, columns, _least(table[list(new.values())])))
        found = self._vectors[np.fromiter(map(self._rows.__getitem__, keys), dtype=np.intp, count=len(keys))]
        return np.split(found, np.cumsum([len(doc) for doc in docs])[:-1])

    def _learn(self, keys: dict[bytes, int], words: Rows) -> None:
        import numpy as np

        vectors = self._embed.predict([words])[0][: len(keys)]
        known = len(self._rows)
        if known + len(vectors) > len(self._vectors):
            grown = np.zeros((2 * (known + len(vectors)), vectors.shape[1]), dtype=np.float32)
            grown[:known] = self._vectors[:known] if known else 0
            self._vectors = grown
        self._vectors[known : known + len(vectors)] = vectors
        self._rows.update(zip(keys, range(known, known + len(vectors)), strict=True))


def _least(table: Attributes) -> Attributes:
    """The table itself, or its rows over again up to ``LEAST``."""
    import numpy as np

    return np.resize(table, (max(LEAST, len(table)), table.shape[1]))


class Encoder:
    """Windows of three tokens through one maxout layer after another, each added to what went in."""

    def __init__(self, encode: Any) -> None:
        self._pad = int(encode.attrs["pad"])
        nodes = list(encode.walk())
        norms = [node for node in nodes if node.name == "layernorm"]
        self._layers = [
            (*_by_piece(maxout), norm.get_param("G"), norm.get_param("b"))
            for maxout, norm in zip((node for node in nodes if node.name == "maxout"), norms, strict=True)
        ]

    def __call__(self, given: Sequence[Floats]) -> list[Floats]:
        import numpy as np

        width, pad = given[0].shape[1], self._pad
        starts = np.cumsum([pad, *(len(each) + pad for each in given)])
        x = np.zeros((max(LEAST, int(starts[-1])), width), dtype=np.float32)
        for at, each in zip(starts, given, strict=False):
            x[at : at + len(each)] = each
        window = np.zeros((len(x), 3 * width), dtype=np.float32)
        for weights, bias, gain, shift in self._layers:
            window[1:, :width], window[:, width : 2 * width], window[:-1, 2 * width :] = x[:-1], x, x[1:]
            pieces = window @ weights
            pieces += bias
            y = pieces[:, :width]
            for at in range(width, pieces.shape[1], width):
                np.maximum(y, pieces[:, at : at + width], out=y)
            y -= y.mean(axis=1, keepdims=True)
            spread = np.einsum("ij,ij->i", y, y)[:, None] / np.float32(width)
            y /= np.sqrt(spread + EPSILON)
            y *= gain
            x += y
            x += shift
        return [x[at : at + len(each)] for at, each in zip(starts, given, strict=False)]


def _by_piece(maxout: Any) -> tuple[Floats, Floats]:
    """Weights and bias of a maxout layer with all outputs of a piece side by side."""
    import numpy as np

    weights, bias = maxout.get_param("W"), maxout.get_param("b")  # (out, piece, in), (out, piece)
    outs, pieces, ins = weights.shape
    side_by_side = weights.transpose(1, 0, 2).reshape(pieces * outs, ins).T
    return np.ascontiguousarray(side_by_side), np.ascontiguousarray(bias.T.reshape(-1))
