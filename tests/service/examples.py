"""Invented records that several tests post."""

from typing import Any

SURVEY: dict[str, Any] = {
    "person_id": "PR-1",
    "text": "lam phu ho 4 nam, xay to duoc. can viec lam gan nha vi khong co xe",
    "commune": "Xã Phan Rí Cửa",
    "surveyed_on": "2026-11-20",
    "birth_year": 1990,
    "agreed_to_be_shown": True,
}
OPENING: dict[str, Any] = {
    "title": "Phụ hồ công trình nhà dân",
    "text": "Trộn hồ, chuyển gạch trong xã. Trả công theo ngày.",
    "commune": "Xã Phan Rí Cửa",
    "occupation": "9313",
    "headcount": 4,
    "wage_min_vnd": 320000,
    "wage_max_vnd": 380000,
    "wage_unit": "day",
    "hours": "07:00-17:00",
    "closes_on": "2027-01-31",
}
PROGRAMME: dict[str, Any] = {
    "title": "Hàn điện cơ bản",
    "commune": "Xã Phan Rí Cửa",
    "occupation": "7212",
    "weeks": 11,
    "capacity": 20,
    "fee_vnd": 0,
    "starts_on": "2026-12-21",
}
LOAN: dict[str, Any] = {
    "title": "Vốn nhỏ làm ăn",
    "max_vnd": 20000000,
    "balance_vnd": 100000000,
    "communes": ["Xã Phan Rí Cửa, Lâm Đồng"],
}
