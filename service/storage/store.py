"""What one actor may reach, inside one transaction.

Scope is a constructor argument: there is no method that takes a commune or an owner to look at, so there is
no way to ask for a person outside the actor's communes, or for another's offers.
"""

from sqlalchemy import Connection

from service.access import Actor
from service.privacy import Keys
from service.storage.funds import FundTable
from service.storage.lexicon import LexiconTable
from service.storage.offers import OfferTable
from service.storage.people import PeopleTable
from service.storage.referrals import ReferralTable
from service.storage.replies import ReplyTable


class Store:
    """The people, offers, referrals, funds and earlier replies of one actor, and the phrases that texts are read with.

    Attributes
    ----------
    connection : Connection
        The transaction, for `service.audit`, which records in the same one.
    """

    def __init__(self, connection: Connection, actor: Actor, keys: Keys) -> None:
        self.connection = connection
        self.actor = actor
        self.keys = keys
        self.people = PeopleTable(connection, actor)
        self.offers = OfferTable(connection, actor)
        self.referrals = ReferralTable(connection, actor)
        self.funds = FundTable(connection, actor)
        self.lexicon = LexiconTable(connection)
        self.replies = ReplyTable(connection, actor)
