"""What the parts of a reason are called for which a rule has no words of its own."""

from councilrules.rules import Order

WORDS = {
    "in-force": "the protocol was in force then",
    "capacity": "{by} acted in a capacity that the protocol binds",
    "actor": "it is known who is to answer for it",
    "dated": "it is known when the conduct happened",
    "in time": "it was in time",
    "recorded": "it may have happened without being recorded",
    "vacant": "nobody held the office then",
    "held": "somebody held the office then",
    "period": "it held then",
    "adopted": "it had been adopted by then",
    "offices": "the office was held then",
    "seats": "the seat was held then",
    "engaged": "employed in the way that counts",
    "for": "the seat was for this",
    "kind": "it is of that kind",
    "subject": "it covers this subject",
    "over": "it gives authority over the person concerned",
    "to": "it authorises the one who acted",
    "body": "it is of the council or of a committee within its terms of reference",
    "marked": "the marking was there then",
}

ORDERS = {
    Order.BEFORE: "it came before",
    Order.AFTER: "it came after",
}

# The parts of an interest, in the order in which they are looked at.
OF_AN_INTEREST = (
    "it is in what is concerned",
    "it is of a kind that counts",
    "it was there then",
    "it was known then to whoever has it",
)
