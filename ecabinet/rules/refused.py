"""What the rules forbid, told as a reason with its words and, where there is one, the article of the law."""

from dataclasses import dataclass, field

from ecabinet.rules.sentences import sentence
from ecabinet.rules.text import Text


@dataclass(frozen=True, slots=True)
class Refused:
    """`reason` is a key of `sentences.SENTENCES`; `params` fill its words."""

    reason: str
    article: Text | None = None
    params: dict[str, object] = field(default_factory=dict)

    @property
    def text(self) -> Text:
        return sentence(self.reason, **self.params)


def refused(reason: str, article: Text | None = None, **params: object) -> Refused:
    return Refused(reason, article, params)
