"""The words that changes put in: names, sentences and other words for common ones, all our own."""

from __future__ import annotations

__all__ = ["ADDED_SENTENCES", "LEFT_OUT", "NAMES", "NOT_NAMES", "OTHER_WORDS"]

NAMES: tuple[str, ...] = (
    *("Adaeze", "Birgit", "Caspian", "Delphine", "Eskil", "Fatou", "Gustavo", "Hanneke"),
    *("Ilse", "Jorunn", "Katsuo", "Leocadia", "Mbali", "Nikolai", "Odile", "Pavel"),
    *("Quirin", "Rosamund", "Sigrid", "Tomasz", "Ursel", "Vashti", "Wanjiru", "Xiomara"),
    *("Yannick", "Zofia", "Anselm", "Brunhild", "Corentin", "Dagmar", "Emeka", "Florin"),
)
"""For the names of an item, the same for the same."""

NOT_NAMES = frozenset(
    (
        *("I", "January", "February", "March", "April", "May", "June", "July", "August"),
        *("September", "October", "November", "December", "Monday", "Tuesday", "Wednesday"),
        *("Thursday", "Friday", "Saturday", "Sunday"),
    )
)
"""Words with a capital that are no names."""

ADDED_SENTENCES: tuple[str, ...] = (
    "It had rained for most of that week.",
    "Nobody in the street had expected anything else.",
    "The evening before, all of this had been talked over at length.",
    "Think about it before you go on.",
    "A neighbour told this story to everybody who would listen.",
    "The room was quiet, and the window stood open.",
    "This comes up more often than one would believe.",
    "All of it happened a long while ago.",
)

OTHER_WORDS: dict[str, str] = {
    "how many": "what number of",
    "how much": "what amount of",
    "each": "every",
    "every": "each and every",
    "total": "overall",
    "altogether": "in all",
    "which of the following": "which one of these",
    "according to": "going by",
    "because": "since",
    "if": "supposing",
    "then": "after that",
    "also": "as well",
    "but": "yet",
    "however": "still",
    "about": "roughly",
    "more than": "over",
    "less than": "below",
    "at least": "no fewer than",
    "needs": "requires",
    "need": "require",
    "wants": "would like",
    "buys": "purchases",
    "bought": "purchased",
    "gets": "receives",
    "got": "received",
    "gives": "hands over",
    "gave": "handed over",
    "makes": "produces",
    "made": "produced",
    "takes": "requires",
    "has": "owns",
    "had": "owned",
    "begins": "starts",
    "ends": "finishes",
    "big": "large",
    "small": "little",
    "find": "work out",
    "what is": "give",
    "is called": "goes by the name of",
    "is known as": "bears the name",
    "most": "the greatest part of",
    "many": "numerous",
    "left": "remaining",
    "the rest": "what remains",
    "write": "create",
    "returns": "gives back",
    "return": "give back",
    "given": "provided",
    "while": "as long as",
    "between": "from one to the other of",
    "after": "following",
    "before": "ahead of",
    "during": "in the course of",
    "children": "youngsters",
    "people": "persons",
    "money": "cash",
    "day": "single day",
    "house": "home",
    "work": "labour",
}
"""Other words for common ones, the longest of a place first; some are poor style, all are words."""

LEFT_OUT = frozenset(
    (
        *("a", "an", "the", "of", "to", "in", "on", "at", "for", "and", "or", "is"),
        *(
            "are",
            "was",
            "were",
            "be",
            "been",
            "has",
            "have",
            "had",
            "that",
            "this",
            "these",
            "those",
        ),
        *("it", "its", "he", "she", "they", "his", "her", "their", "there", "with", "as", "by"),
        *("from", "will", "would", "does", "do", "did"),
    )
)
"""Words that a note in haste leaves out."""
