"""Everything that touches the disk; `read_` and `write_` occur only here."""
