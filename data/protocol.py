"""The protocol's content: a TOML file, read exactly, refused with the place and the reason."""

from __future__ import annotations

import hashlib
import tomllib
from decimal import Decimal
from pathlib import Path

from data.refusal import ContentRefused
from flows.protocol import Protocol
from flows.protocol_reading import ProtocolError, from_dict


def read_protocol(path: Path) -> Protocol:
    """Read a protocol; ContentRefused names the file, the place and the reason.

    Numbers become decimals, so that 38.0 is 38.0; the digest is that of the file's bytes.
    """
    try:
        written = path.read_bytes()
        content = tomllib.loads(written.decode("utf-8"), parse_float=Decimal)
        return from_dict(content, digest=hashlib.sha256(written).hexdigest())
    except FileNotFoundError:
        raise ContentRefused(f"{path.name}: the file is missing from {path.parent.name}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError, ProtocolError) as error:
        raise ContentRefused(f"{path.name}: {' '.join(str(error).split())}") from error
