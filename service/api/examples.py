"""Examples of the OpenAPI document; every person and firm in them is invented."""

from typing import Any

SIGN_IN = {"user": "officer.phanri", "password": "viecgan-demo"}
SIGNED_IN = {
    "token": "yvQ0...",
    "role": "officer",
    "communes": ["22972"],
    "expires_at": "2026-11-23T21:00:00+00:00",
}
TEXT = {"text": "lam phu ho 4 nam, can viec gan nha vi khong co xe"}
SURVEY = {
    "person_id": "PR-0142",
    "text": "Làm phụ hồ được 4 năm, xây tô được. Cần việc làm gần nhà vì không có xe.",
    "commune": "Xã Phan Rí Cửa",
    "surveyed_on": "2026-11-20",
    "birth_year": 1991,
    "schooling_grade": 7,
    "agreed_to_be_shown": True,
}
PROFILE: dict[str, Any] = {
    "person_id": "PR-0142",
    "employment_status": "unknown",
    "occupations": [{"code": "9313", "assertion": "experience", "evidence": [4, 10], "years": 4, "confidence": 0.9}],
    "skills": [{"code": "bricklaying", "evidence": [23, 34], "confidence": 0.9}],
    "licences": [],
    "needs": [{"code": "job", "evidence": [36, 48]}],
    "loan": None,
    "constraints": [
        {"code": "near_home_only", "evidence": [49, 56], "time": None},
        {"code": "no_vehicle", "evidence": [60, 71], "time": None},
    ],
    "preferences": [],
    "schooling_grade": None,
    "age_stated": None,
    "redactions": [],
    "questions": [],
}
RECORDED = {"person_id": "PR-0142", "saved": "saved", "profile": PROFILE}
PEOPLE = {
    "items": [
        {
            "person_id": "PR-0142",
            "commune": {"code": "22972", "name": "Xã Phan Rí Cửa, Tỉnh Lâm Đồng"},
            "surveyed_on": "2026-11-20",
            "employment_status": "unknown",
            "occupations": ["9313"],
            "needs": ["job"],
            "questions": 0,
            "agreed_to_be_shown": True,
        }
    ],
    "next_cursor": None,
}
PERSON = {
    "person_id": "PR-0142",
    "commune": {"code": "22972", "name": "Xã Phan Rí Cửa, Tỉnh Lâm Đồng"},
    "recorded_at": "2026-11-20T02:11:09.000000+00:00",
    "recorded_by": "officer.phanri",
    "corrections": 0,
    "taxonomy": "2026.1",
    "survey": SURVEY,
}
CORRECTION = {
    "field": "occupations",
    "evidence": [4, 10],
    "facts": [{"code": "7112", "assertion": "experience", "years": 4}],
}
CORRECTED = {"version": 1, "profile": PROFILE}
LOOKS = {
    "items": [
        {
            "entry": 812,
            "at": "2026-11-23T07:40:12.000000+00:00",
            "actor": "officer.phanri",
            "role": "officer",
            "action": "find_matches",
        }
    ],
    "next_cursor": None,
}
_REASON = {
    "feature": "same_commune",
    "contribution": 0.4,
    "text_vi": "Ngay trong xã",
    "text_en": "In the same commune",
}
MATCHES: dict[str, Any] = {
    "person_id": "PR-0142",
    "as_of": "2026-11-23",
    "model": "baseline",
    "matches": [
        {"rank": 1, "offer_id": "J008", "kind": "opening", "score": 2.31, "reasons": [_REASON], "blockers": []}
    ],
    "not_shown": 12,
    "excluded": [],
    "excluded_count": 7,
    "not_near": 3,
    "not_judged": 0,
    "unlocks": [],
    "missing": [{"field": "transport", "text_vi": "Chưa hỏi phương tiện đi lại", "text_en": "Transport not asked"}],
}
PAIR: dict[str, Any] = {
    "person_id": "PR-0142",
    "as_of": "2026-11-23",
    "model": "baseline",
    "eligible": False,
    "offer_id": "J005",
    "verdicts": [
        {
            "rule": "no_nights_away",
            "wanted": 0,
            "offered": 5,
            "fixable": False,
            "fix": None,
            "text_vi": "Phải đi xa nhà 5 đêm mỗi chuyến.",
            "text_en": "Five nights away each trip.",
            "source": None,
        }
    ],
}
OPENING = {
    "title": "Thợ xây nhà dân",
    "text": "Xây tô nhà ở trong xã, công nhật, trả theo tuần. Biết việc là được.",
    "commune": "Xã Phan Rí Cửa",
    "headcount": 4,
    "wage_min_vnd": 380000,
    "wage_max_vnd": 450000,
    "wage_unit": "day",
    "hours": "07:00-17:00",
    "days_per_week": 6,
    "closes_on": "2027-01-31",
}
OPENING_RECORDED = {
    **OPENING,
    "offer_id": "Jk3q7c2m5xw4a6bpd",
    "kind": "opening",
    "employer_id": "employer.one",
    "status": "open",
    "law_flags": [],
}
CANDIDATES: dict[str, Any] = {
    "opening_id": "Jk3q7c2m5xw4a6bpd",
    "items": [
        {
            "candidate": "g5x2n7q4m3l6k2j4h8f2d5s7",
            "rank": 1,
            "occupations": [{"code": "7112", "name_vi": "thợ hồ", "name_en": "bricklayer"}],
            "skills": [{"code": "bricklaying", "name_vi": "xây gạch", "name_en": "bricklaying"}],
            "licences": [],
            "years_band": "3-5",
            "distance_band": "0-5",
            "availability": "daytime",
            "reasons": [{key: _REASON[key] for key in ("feature", "text_vi", "text_en")}],
        }
    ],
    "more": "1-9",
}
INTRODUCTION_ASKED = {
    "opening_id": "Jk3q7c2m5xw4a6bpd",
    "candidate": "g5x2n7q4m3l6k2j4h8f2d5s7",
    "state": "asked",
}
INTRODUCTIONS: dict[str, Any] = {
    "items": [
        {
            "candidate": "g5x2n7q4m3l6k2j4h8f2d5s7",
            "state": "introduced",
            "name": "anh Tư",
            "contact": "gặp ở trụ sở xã, thứ hai 8 giờ",
        }
    ],
    "next_cursor": None,
}
REFERRAL_ASKED = {
    "person_id": "PR-0142",
    "offer_id": "Jk3q7c2m5xw4a6bpd",
    "consent": {
        "given_on": "2026-11-23",
        "form": "spoken",
        "name": "anh Tư",
        "contact": "gặp ở trụ sở xã, thứ hai 8 giờ",
    },
}
REFERRAL_STEP = {"status": "declined", "by": "person", "reason": "đã có việc khác"}
INTRODUCTION_ANSWER = {"answer": "yes", "consent": REFERRAL_ASKED["consent"]}
REFERRAL: dict[str, Any] = {
    "referral_id": "Rk5w2m7q4x3n6c2j4h8f2d5s7",
    "person_id": "PR-0142",
    "commune": {"code": "22972", "name": "Xã Phan Rí Cửa, Tỉnh Lâm Đồng"},
    "offer_id": "Jk3q7c2m5xw4a6bpd",
    "kind": "opening",
    "title": "Thợ xây nhà dân",
    "status": "proposed",
    "next": ["agreed", "parked", "declined", "withdrawn"],
    "asked_at": None,
    "consent": {"given_on": "2026-11-23", "form": "spoken"},
    "shares": {"name": "anh Tư", "contact": "gặp ở trụ sở xã, thứ hai 8 giờ"},
    "until": None,
    "recorded_at": "2026-11-23T07:40:12.000000+00:00",
    "changed_at": "2026-11-23T07:40:12.000000+00:00",
    "steps": [
        {
            "status": "proposed",
            "on": "2026-11-23",
            "at": "2026-11-23T07:40:12.000000+00:00",
            "by": "officer.phanri",
            "declined_by": None,
            "reason": None,
        }
    ],
}
PROGRAMME = {
    "title": "Hàn điện cơ bản",
    "commune": "Xã Phan Rí Cửa",
    "occupation": "7212",
    "weeks": 11,
    "capacity": 25,
    "fee_vnd": 0,
    "support": ["tuition", "meals"],
    "schedule": "weekdays_day",
    "skills_taught": ["weld_stick"],
    "starts_on": "2026-12-07",
}
LOAN = {
    "title": "Vốn nhỏ học nghề và làm ăn",
    "purposes": None,
    "max_vnd": 25000000,
    "max_term_months": 24,
    "annual_rate_pct": 0,
    "balance_vnd": 180000000,
    "communes": ["Xã Trà Tân"],
    "borrower": "person",
}
SITUATION: dict[str, Any] = {
    "province": "Tỉnh Lâm Đồng",
    "commune": None,
    "commune_name": None,
    "as_of": "2026-11-23",
    "people": 312,
    "employment_status": [{"code": "unemployed", "people": 121}, {"code": "self_employed", "people": None}],
    "needs": [{"code": "job", "people": 204, "seats": 96}],
    "trades": [
        {
            "code": "711",
            "names_vi": ["thợ hồ"],
            "names_en": ["bricklayer"],
            "experienced": 58,
            "wishing": 12,
            "seats": 22,
            "gap": 36,
        }
    ],
    "suppressed_below": 10,
}
PROGRAMMES_REPORT: dict[str, Any] = {
    "commune": "22972",
    "commune_name": "Xã Phan Rí Cửa",
    "as_of": "2026-11-23",
    "programmes": [
        {"code": "T013", "name_vi": "Lái xe hạng C", "name_en": "Lái xe hạng C", "people": 34, "pairs": 112}
    ],
    "licences": [
        {
            "code": "driving_C",
            "name_vi": "giấy phép lái xe hạng C",
            "name_en": "driving licence C (lorry)",
            "people": 41,
            "pairs": 137,
        }
    ],
    "guarantee": 0.632,
    "suppressed_below": 10,
}
OUTCOMES: dict[str, Any] = {
    "items": [
        {
            "person": "k3v7q2m5d4x6a1n8t9b0c2ew",
            "grade": 3,
            "features": {"occupation_exact": 0.5, "distance_km": 3, "wage_to_usual": 1},
        }
    ],
    "next_cursor": None,
}
RELEASES: dict[str, Any] = {
    "items": [{"name": "baseline", "serving": True, "created_on": "2026-11-23", "failed_gates": [], "refused": None}],
    "next_cursor": None,
}
FUND_ENTRY: dict[str, Any] = {
    "number": 12,
    "kind": "loan",
    "amount_vnd": 15000000,
    "balance_vnd": 70000000,
    "on": "2026-11-23",
    "receipt": "PC-012/2026",
    "repays": None,
    "takes_back": None,
    "referral_id": None,
    "at": "2026-11-23T03:00:00.000000+00:00",
    "by": "fund.tratan",
}
FUND: dict[str, Any] = {
    "fund_id": "L7q2",
    "title": "Quỹ nhân dân xã",
    "balance_vnd": 70000000,
    "contributed_vnd": 95000000,
    "lent_vnd": 40000000,
    "repaid_vnd": 15000000,
    "items": [FUND_ENTRY],
    "next_cursor": None,
}
CONTRIBUTION = {"amount_vnd": 20000000, "receipt": "PT-031/2026"}
LENDING = {"amount_vnd": 15000000, "on": "2026-11-23", "receipt": "PC-012/2026"}
REVERSAL = {"entry": 12}
SENT: dict[str, Any] = {"items": [{"referral_id": "Rq7k", "name": "anh Tư", "contact": None}], "next_cursor": None}
REPAYMENT = {"loan": 12, "amount_vnd": 1000000, "receipt": "PT-032/2026"}
PROMOTED = {"release": "ranking-3f9c2a71d0", "since": "2026-11-23T03:00:00Z", "by": "analyst.one"}
