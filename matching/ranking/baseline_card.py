"""What the stated prior's release says about itself."""

CARD = """\
# Model card: baseline

**What it is.** The stated prior: one table of steps a feature, written by hand before any outcome was known. It serves
while there is no trained release, and every answer names it (`"model": "baseline"`).

**What it is for.** To put openings, programmes and loans that one person may take into a sensible order, with reasons.
It proposes; an officer and the person decide. It never excludes anything: rules do, and say why.

**What it sees.** Only the closed list of features of `matching.features`: trade, wish, skills, years, need, wage, way,
hours, licences, papers, schooling, contract, course, loan, and how likely an introduction is answered. It sees no name,
sex, age, origin, belief, diagnosis, offence, category or date of release; there is no column for them.

**What it predicts.** Nothing about people. The score is a sum of stated preferences, comparable within one person and
one kind of offer. It is no probability, and says nothing about anybody's past or future conduct.

**Where the weights come from.** Judgement, guided by published findings: pay and type of work matter for staying in
work (Schnepel 2018), badly paid work helps hardly more than none (LaBriola 2020), a pledge and one review open doors
(Cullen, Dobbie, Hoffman 2023), papers and the way to work are the first obstacles (Wisconsin driving-licence studies).
What is unknown adds nothing: an empty box is neutral, never a no.

**Limits.** Not fitted, not calibrated, not tested on outcomes. Local wages are compared within the pool at hand, so a
small pool makes a rough median. Distances are straight lines lengthened by 1.3.

**Change it** in `matching/ranking/prior.py`, where each weight has its reason; the files here are exported from there
and a test holds them equal.
"""
