"""Drug names in the spelling of other languages are the drugs; no word of a sentence is one for its letters alone."""

from __future__ import annotations

from rows import each_row

from matcher.vocabulary import load
from matcher.vocabulary.foreign import skeleton, turned


@each_row("one,other", [
    ("hydrochlorothiazide", "idroclorotiazide"), ("carbamazepine", "karbamazepin"), ("methotrexate", "metotreksat"), ("quinidine", "chinidin"),
    ("phenytoin", "fenitoina"), ("tiotropium", "tiotropio"), ("cyclophosphamide", "ciclofosfamida"),
])  # fmt: skip
def test_the_same_name_has_one_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


@each_row("one,other", [
    ("prednisone", "prednisolone"), ("tyrosine", "thyroxine"), ("chlorpromazine", "chlorpropamide"), ("cefazolin", "cefuroxime"), ("estriol", "estradiol"),
    ("hydralazine", "hydroxyzine"), ("sulfadiazine", "sulfasalazine"), ("cycloserine", "cyclosporine"), ("dopamine", "dobutamine"), ("ribavirin", "rifabutin"),
])  # fmt: skip
def test_drugs_that_look_alike_have_two(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)


@each_row("word", ["listed", "fulfil", "concert", "influence", "protein", "normale", "system", "tyrosin", "desoxyn", "carrier", "ketone", "amylase"])
def test_words_of_a_sentence_are_no_drugs(word: str) -> None:
    assert load().english(word) is None


@each_row("name,english", [("acid folic", "folic acid"), ("hydrochloride de metformin", "metformin hydrochloride"), ("acid reflux", "acid reflux")])
def test_words_are_put_in_english_order(name: str, english: str) -> None:
    assert turned(name) == english
