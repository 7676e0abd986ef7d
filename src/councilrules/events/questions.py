"""The questions that the texts leave to people, by name (MEANING.md P8).

The answer yes is the one that goes against the person whose act it is, except where a
question asks whether something in their favour holds. `{by}` and `{towards}` stand for
the two people of the event, `{what}` for the event itself.
"""

from attrs import frozen


@frozen(kw_only=True)
class Question:
    """A question of judgement.

    Attributes:
        name: Its name in rulebooks and scenarios, in the form that files write.
        asks: The question in plain English, with places for the people of the event.
        raised_by: The kinds of event that raise it by themselves; any other event
            raises it only where its answer, or `not_known`, is written on the event.
    """

    name: str
    asks: str
    raised_by: frozenset[str] = frozenset()


def _question(name: str, asks: str, *raised_by: str) -> Question:
    return Question(name=name, asks=asks, raised_by=frozenset(raised_by))


_ADVERSE = ("abuse-directed", "course-of-conduct")

_ALL = (
    # How people are treated.
    _question("unfair", "Did {by} treat {towards} unfairly?", "detriment-imposed"),
    _question("undignified", "Did {by} fail to treat {towards} with dignity?", "abuse-directed"),
    _question("disrespectful", "Was {by} disrespectful to {towards}?", "abuse-directed"),
    _question("discourteous", "Was {by} discourteous to {towards}?", "abuse-directed", "criticism-made"),
    _question("harassment", "Did {by} harass {towards}?", *_ADVERSE),
    _question("bullying", "Did {by} bully {towards}?", *_ADVERSE, "pressure-applied"),
    _question("undue-pressure", "Did {by} put {towards} under undue pressure?", "pressure-applied", "course-of-conduct"),
    _question("discrimination", "Did {by} discriminate against {towards}?"),
    _question("blaming", "Did {by} blame {towards} as a way of treating them, rather than to find out what went wrong?", "blame-laid"),
    _question("lacking-integrity", "Did {by} act without integrity towards {towards}?", "untruth-told"),
    _question("confidence-broken", "Did {by} fail to keep appropriate confidentiality towards {towards}?"),
    _question("unsupportive", "Did {by} fail to give {towards} support?"),
    _question("patronising", "Was {by} patronising or condescending to {towards}?"),
    _question("unhelpful", "Was {by} unhelpful to {towards}?"),
    # Challenge.
    _question("not-constructive", "Was {by}'s challenge to {towards} not constructive?", "challenge-made"),
    _question("wrong-time-or-place", "Was it the wrong time or place for {by}'s challenge to {towards}?", "challenge-made"),
    _question("inappropriate-level", "Was the level of {by}'s challenge to {towards} inappropriate?", "challenge-made"),
    # What each side may expect of the other.
    _question("commitment-to-some", "Did {by} put {towards} before the council as a whole?", "favour-shown"),
    _question("no-partnership", "Did {by} fall short of an effective and co-operative working partnership with {towards}?"),
    _question("no-understanding", "Did {by} fail to understand and support the role, workload or pressures of {towards}?"),
    _question("no-leadership", "Did {by} fail to give {towards} leadership and direction?"),
    _question("skills-not-used", "Did {by} fail to use their knowledge, skills and expertise to deliver the best service possible?"),
    _question("not-listening", "Did {by} fail to listen to {towards}, or to try their best to understand and solve the problem?"),
    _question("responsibility-shirked", "Did {by} fail to take responsibility for a problem?"),
    _question("dishonest", "Was {by} dishonest with {towards} in saying this?", "untruth-told"),
    _question("expertise-ignored", "Did {by} fail to recognise {towards}'s area of expertise?"),
    _question("excuses-not-reasons", "Did {by} give {towards} excuses instead of reasons?"),
    _question("impolite", "Was {by}'s response to {towards} impolite?"),
    _question("assumptions-unchecked", "Did {by} make an assumption without checking it?"),
    _question("secretive", "Was {by} secretive towards {towards}?"),
    _question("insensitive-to-politics", "Was {by} unaware of, or insensitive to, the public and political environment?"),
    # Work.
    _question("unprofessional", "Did {by} act unprofessionally in their work (an honest mistake is not of itself unprofessional)?"),
    _question("political-bias", "Did {by} show political bias in their work?", "favour-shown"),
    _question("favour", "Did {by} show favour in their work?", "favour-shown"),
    _question("advice-swayed", "Did political views or personal preferences influence {by}'s advice?"),
    _question("prejudicial", "Was {by}'s interest in the matter a prejudicial one?", "work-done"),
    _question("would-prejudice-impartiality", "Would doing what {by} asked have prejudiced {towards}'s impartiality?"),
    _question("impartiality-not-respected", "Did {by} fail to respect {towards}'s impartiality?"),
    # Roles.
    _question("advantage-of-position", "Did {by} seek to take advantage of their position?", "position-used"),
    _question("improper-influence", "Did {by} seek to influence a decision improperly?", "position-used"),
    _question("avoidable-involvement", "Was {by}'s part in this one that a councillor should have kept out of, as they should in most cases?", "operations-joined"),
    _question("day-to-day-running", "Was what {by} took part in the day-to-day running of the council?", "operations-joined"),
    _question("outside-own-responsibility", "Was what {by} did outside their own responsibility and job description?", "instruction-carried-out"),
    _question("pressurised", "Did {by} pressurise {towards} for a recommendation against {towards}'s professional view?", "pressure-applied"),
    _question("because-of-duty", "Did {by} do this to {towards} because {towards} had discharged their responsibility?", "detriment-imposed"),
    # Relationships.
    _question("close", "Was the personal familiarity between {by} and {towards} close?", "relationship-held"),
    _question("suspicion-of-bias", "Could the familiarity between {by} and {towards} give rise to a suspicion of bias or undue influence?", "relationship-held"),
    _question("unavoidable", "Since it was older than the office, was the familiarity between {by} and {towards} one that could not be avoided?", "relationship-held"),
    _question("special", "Was the relationship between {by} and {towards} a special one?", "relationship-held"),
    # Papers and information.
    _question("knew-all-the-same", "Did {by} know of the interest, although they believed that the facts made none?", "document-inspected", "copy-called-for", "document-refused", "document-delayed"),
    _question("amounts-to-refusal", "Did keeping {towards} waiting for the document amount to refusing it?", "document-delayed"),
    _question("secret-in-substance", "Does the marking on the document mean the same as Confidential or Not For Publication?", "document-disclosed", "document-used-for-another"),
    _question("counts-as-equipment", "Does what {by} used count as equipment or supplies?", "resource-used"),
    _question("lawful-ground", "Was the ground that {by} named a lawful ground for withholding the information?", "information-withheld"),
    _question("position-explains-it", "Does a responsibility or position of the councillor who was given it explain why {towards} was not?", "document-refused", "document-delayed", "information-withheld", "advice-refused"),
    _question("relevant-to-needs", "Was the information on a matter reasonably appropriate and relevant to {towards}'s needs and position?", "information-withheld", "outdated-information-given", "information-needed"),
    # Procedure.
    _question("exceptional", "Was this an exception to what normally holds?", "councillor-lobbied"),
    _question("excusable-without-procedure", "Was it in order to raise this, as no procedure had been agreed for it?", "councillor-lobbied", "personal-issue-raised"),
    _question("alone-by-authority", "Was it in order for {by} to deal with this alone, as the council had authorised it?", "grievance-handled", "performance-matter-handled"),
    _question("group-not-small", "Is the group that holds delegated authority not a small one?"),
    _question("authority-too-narrow", "Does the delegated authority leave out personnel matters that it should cover?"),
    _question("law-requires-it", "Is a procedure missing that the law requires the council to have?"),
)  # fmt: skip

QUESTIONS = {question.name: question for question in _ALL}
