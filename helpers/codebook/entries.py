"""What the words of the codebook stand for."""

from dataclasses import dataclass

FOREIGN = "foreign"  # the level of those whose acts are not coded


@dataclass(frozen=True, slots=True)
class Act:
    """A family of acts, and what each can be done to and by whom."""

    family: str
    stance: str
    objects: frozenset[str]
    level: str | None
    who: frozenset[str]
    things: frozenset[str]
    told: bool = False
    of: str | None = None


@dataclass(frozen=True, slots=True)
class ActForm:
    """One written form of an act: a verb form, noun, adjective, prefix, tone or attitude."""

    act: Act
    kind: str
    lemma: str
    forms: frozenset[str] = frozenset()  # of a verb: which of base, s, ed, ing this can be
    middle: bool = False
    weak: bool = False
    aims: bool = False
    through: bool = False


@dataclass(frozen=True, slots=True)
class Object:
    """A name of an object. A vague one stands for another object where the state promotes it."""

    name: str
    vague: str | None = None
    is_exchange: bool = False  # a company that is an object only where it is restricted


NO_OBJECT = Object("none")  # a name that only looks like one of an object


@dataclass(frozen=True, slots=True)
class StandIn:
    """A word that can stand for an object that is named elsewhere."""

    kin: frozenset[str]  # objects that it means where the text is about them
    everyday: frozenset[str]  # objects that it stands for only behind 'the', 'this' or 'such'


@dataclass(frozen=True, slots=True)
class Entity:
    """Who or what a name, or a noun, stands for."""

    entity: str
    type: str
    level: str | None
    named: bool = True
