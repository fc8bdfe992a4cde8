"""The pure domain: what Vigil asks, judges and decides, without I/O, clock or chance."""
