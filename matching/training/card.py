"""What a learnt release says about itself, for whoever decides whether it serves."""

from datetime import date

from matching.evaluation.report import gates_table, ranking_table
from matching.features import FEATURES
from matching.ranking.prior import stated_prior
from matching.training.steps import largest_changes
from matching.training.trainer import Trained

_CHANGES = 12

_CARD = """\
# Model card: {release}

**What it is.** One table of steps a feature, learnt from graded pairs of people and offers and pulled towards the
stated prior (`baseline`); made on {created_on} from `{spec}` as of {as_of}. The signs of all features are kept by
construction. Every answer names it (`"model": "{release}"`).

**What it is for.** To put openings, programmes and loans that one person may take into a sensible order, with reasons.
It proposes; an officer and the person decide. It never excludes anything: rules do, and say why.

**What it sees.** Only the closed list of {n_features} features of `matching.features`. It sees no name, sex, age,
origin, belief, diagnosis, offence, category or date of release; a table with such a column is refused.

**What it predicts.** Nothing about people. The score orders offers for one person; it is no probability, and says
nothing about anybody's past or future conduct.

**What it learnt from.** {learnt_from}, of which {rows} pass every
rule and can teach an order. Everybody weighs the same. Pull towards the prior: {pull}, chosen by people held out in
turn. What is unknown adds what it adds in the prior: nothing.

## How good it is

Each model judged only by people it had not seen ({folds} people-grouped folds); 95 % bootstrap intervals over people.
`{spec}` is this release's way of training, `baseline` the stated prior, `bm25` (where there are texts) a plain search.

```
{ranking}
```

## Gates against the stated prior

```
{gates}
```

## What changed most from the prior

| feature | what it says | largest change of a step |
|---|---|---|
{changes}

## Limits

{limits} Where the prior was moved by few pairs the change is
small by the pull; look at the table above before promoting. Other communes may differ.
Roll back with `viecgan rollback`.
"""


def card(trained: Trained, *, release: str, created_on: date) -> str:
    """Return the model card of a trained model, in Markdown."""
    changes = largest_changes(stated_prior(), trained.model, _CHANGES)
    return _CARD.format(
        release=release,
        created_on=created_on.isoformat(),
        spec=trained.spec.name,
        as_of=trained.spec.as_of.isoformat(),
        n_features=len(FEATURES),
        learnt_from=trained.events.told,
        limits=trained.events.limits,
        rows=trained.rows,
        pull=trained.pull,
        folds=trained.spec.folds,
        ranking=ranking_table(trained.report),
        gates=gates_table(trained.gates),
        changes="\n".join(f"| `{name}` | {FEATURES[name].meaning} | {move:+.2f} |" for name, move in changes),
    )
