"""A message in both languages."""

from __future__ import annotations

from gouji.model.record import record


@record(frozen=True, slots=True)
class Text:
    """What is said to the user, in Chinese and in English."""

    zh: str
    en: str

    def get(self, lang: str) -> str:
        return self.en if lang == "en" else self.zh
