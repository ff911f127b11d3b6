"""The closed sets of the data contract, as enums whose values are the contract's words."""

from enum import StrEnum


class Assertion(StrEnum):
    """How an occupation stands to the person."""

    EXPERIENCE = "experience"
    WISH = "wish"
    REFUSED = "refused"
    BARRED = "barred"


class EmploymentStatus(StrEnum):
    """What the person lives on today; UNKNOWN when the text does not say."""

    EMPLOYED = "employed"
    SELF_EMPLOYED = "self_employed"
    CASUAL = "casual"
    UNEMPLOYED = "unemployed"
    UNKNOWN = "unknown"


class NeedCode(StrEnum):
    """What the person asks for; NONE is an explicit "nothing", never a silence."""

    JOB = "job"
    TRAINING = "training"
    LOAN = "loan"
    EQUIPMENT = "equipment"
    DOCUMENTS = "documents"
    HOUSING = "housing"
    LEGAL_INFO = "legal_info"
    COUNSELLING = "counselling"
    NONE = "none"


class LicenceCode(StrEnum):
    """Licences, old and new driving classes among them."""

    DRIVING_A1 = "driving_A1"
    DRIVING_A = "driving_A"
    DRIVING_B1 = "driving_B1"
    DRIVING_B2 = "driving_B2"
    DRIVING_B = "driving_B"
    DRIVING_C1 = "driving_C1"
    DRIVING_C = "driving_C"
    DRIVING_D = "driving_D"
    DRIVING_E = "driving_E"
    DRIVING_FC = "driving_FC"
    FORKLIFT = "forklift"
    EXCAVATOR = "excavator"
    CRANE = "crane"
    WELDING_3G = "welding_3g"
    WELDING_6G = "welding_6g"
    WELDING_CERTIFICATE = "welding_certificate"
    BOAT_CAPTAIN = "boat_captain"
    BOAT_ENGINEER = "boat_engineer"
    FISHING_CREW_CERTIFICATE = "fishing_crew_certificate"
    ELECTRICAL_SAFETY = "electrical_safety"
    SECURITY_GUARD = "security_guard"
    FOOD_SAFETY = "food_safety"
    HOUSEKEEPING_CERTIFICATE = "housekeeping_certificate"
    COOK_CERTIFICATE = "cook_certificate"
    LIFEGUARD = "lifeguard"
    DIVING = "diving"
    PESTICIDE_HANDLING = "pesticide_handling"
    TRADE_CERTIFICATE = "trade_certificate"
    OTHER = "other"


class LicenceStatus(StrEnum):
    """Only VALID counts as held."""

    VALID = "valid"
    EXPIRED = "expired"
    LOST = "lost"
    IN_PROGRESS = "in_progress"
    NONE = "none"


class ConstraintCode(StrEnum):
    """What limits the person; the effect is kept, its reason is not."""

    NEAR_HOME_ONLY = "near_home_only"
    NO_OVERNIGHT_AWAY = "no_overnight_away"
    HOME_BASED_ONLY = "home_based_only"
    NO_VEHICLE = "no_vehicle"
    NO_NIGHT_SHIFT = "no_night_shift"
    FIXED_APPOINTMENT = "fixed_appointment"
    REPORTING_DUTY = "reporting_duty"
    NEEDS_HOUSING = "needs_housing"
    CHILDCARE = "childcare"
    ELDERCARE = "eldercare"
    MINOR = "minor"
    NO_ID_CARD = "no_id_card"
    NO_HEAVY_LIFTING = "no_heavy_lifting"
    NO_HEIGHTS = "no_heights"
    NO_HEAT = "no_heat"
    NO_PROLONGED_STANDING = "no_prolonged_standing"
    LIMITED_HAND_USE = "limited_hand_use"
    LOW_VISION = "low_vision"
    LOW_HEARING = "low_hearing"
    WEAK_HEALTH = "weak_health"
    LOW_LITERACY = "low_literacy"
    NO_SMARTPHONE = "no_smartphone"
    NO_CAPITAL = "no_capital"
    DEBT = "debt"
    STIGMA_BARRIER = "stigma_barrier"
    NOT_BEFORE = "not_before"
    NOT_AFTER = "not_after"


class PreferenceCode(StrEnum):
    """What the person would like; never a filter."""

    NIGHT_SHIFT_OK = "night_shift_ok"
    WANTS_MEALS_OR_HOUSING = "wants_meals_or_housing"
    WANTS_HIGHER_WAGE = "wants_higher_wage"
    WANTS_FORMAL_CONTRACT = "wants_formal_contract"
    WANTS_YEAR_ROUND = "wants_year_round"
    WANTS_DAILY_PAY = "wants_daily_pay"
    WILLING_TO_RELOCATE = "willing_to_relocate"
    WANTS_PART_TIME = "wants_part_time"


class RedactionKind(StrEnum):
    """Why a stretch of text is hidden."""

    STIGMA = "stigma"
    PII = "pii"
    HEALTH = "health"


class RecordClause(StrEnum):
    """What a posting asks about a candidate's past."""

    NONE = "none"
    SOFT = "soft"
    HARD = "hard"


class OfferKind(StrEnum):
    """The three kinds of offer, in the order in which pools count them."""

    OPENING = "opening"
    PROGRAMME = "programme"
    LOAN = "loan"


class WageUnit(StrEnum):
    """What a wage figure is for; PIECE, SHARE and UNKNOWN cannot be compared with a month."""

    MONTH = "month"
    DAY = "day"
    HOUR = "hour"
    PIECE = "piece"
    SHARE = "share"
    UNKNOWN = "unknown"


class GenderClause(StrEnum):
    """What a posting says about sex."""

    NONE = "none"
    MALE = "male"
    FEMALE = "female"


class Contract(StrEnum):
    """The form of engagement a posting states."""

    CASUAL = "casual"
    DAY_LABOUR = "day_labour"
    FIXED_TERM = "fixed_term"
    FIXED_TERM_12M = "fixed_term_12m"
    FORMAL = "formal"
    INDEFINITE = "indefinite"
    NONE = "none"
    PIECE = "piece"
    SEASONAL = "seasonal"
    SHARE = "share"


class Schedule(StrEnum):
    """When a programme is taught."""

    WEEKDAYS_DAY = "weekdays_day"
    EVENINGS = "evenings"
    WEEKENDS = "weekends"


class Transport(StrEnum):
    """How the person gets around; absent means unknown, NONE means on foot."""

    MOTORBIKE = "motorbike"
    CAR = "car"
    BICYCLE = "bicycle"
    BUS = "bus"
    NONE = "none"


class Physical(StrEnum):
    """Demands a job makes on the body."""

    HEAVY_LIFTING = "heavy_lifting"
    OUTDOOR = "outdoor"
    HEIGHTS = "heights"
    HEAT = "heat"
    STANDING = "standing"


class Support(StrEnum):
    """What a programme pays for its learners."""

    TUITION = "tuition"
    MEALS = "meals"
    TRAVEL = "travel"
    HOUSING = "housing"


class Category(StrEnum):
    """Restricted: on what ground a person came home; read by loan rules only."""

    COMPLETED = "completed"
    AMNESTIED = "amnestied"
    CONDITIONAL = "conditional"
    COMMUNITY = "community"


class Borrower(StrEnum):
    """Who may take a loan."""

    PERSON = "person"
    EMPLOYER = "employer"


class FixKind(StrEnum):
    """What would make a failing rule pass."""

    PROGRAMME = "programme"
    LOAN = "loan"
    DOCUMENT = "document"
    LICENCE = "licence"
    DATE = "date"
    ASK_PERSON = "ask_person"
    ASK_EMPLOYER = "ask_employer"
