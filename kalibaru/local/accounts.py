"""The demonstration accounts, as `make run` tells them."""

PASSWORD = "kalibaru-hub-demo"
ACCOUNTS = {
    "rina@warga.example": "a resident",
    "yusuf@lsm.example": "owner of a verified demonstration NGO",
    "dewi@pemda.example": "government staff",
    "maya@sekretariat.example": "moderator",
}
