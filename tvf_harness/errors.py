"""What the harness says when it cannot do its work."""


class HarnessError(Exception):
    """Something outside the comparison is wrong: what it is, and how to mend it."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(f"{what}; to mend it: {mend}")
        self.what = what
        self.mend = mend
