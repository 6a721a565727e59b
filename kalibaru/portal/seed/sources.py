"""Public sources, (title, address) each; pages link to them beside the statement."""

KICKOFF = (
    "Bappeda DKI Jakarta: Kick-off dan FGD Kalibaru HUB Program 2024",
    "https://bappeda.jakarta.go.id/kick-off-dan-focus-group-discussion-fgd-kalibaru-hub-program-2024/",
)
RAKERDA_2019 = (
    "Sindonews, Desember 2019",
    "https://metro.sindonews.com/berita/1468678/171/",
)
RCIFUNDS = (
    "Resilient Cities Network: RCIFunds untuk Kalibaru HUB",
    "https://resilientcitiesnetwork.org/rcifunds-to-award-jakartas-kalibaru-hub/",
)
RESULTS_2024 = (
    "UCLG ASPAC: hasil proyek Kalibaru HUB",
    "https://uclg-aspac.org/results-of-the-kalibaru-hub-project-united-collaborative-efforts-for-better-local-lives/",
)
CCRS = (
    "Resilient Cities Network: Catalyzing City Resilience Solutions",
    "https://resilientcitiesnetwork.org/programs/catalyzing-city-resilience-solutions/",
)
SHELL_2020 = (
    "Kabar Jurnalis, Februari 2020",
    "https://kabarjurnalis.com/limbah-kulit-kerang-di-kalibaru-mau-di-apakan/",
)
SHELL_2025 = (
    "Nepotiz: limbah kerang pantai Cilincing",
    "https://www.nepotiz.com/nasional/sosial/6780/limbah-kerang-pantai-cilincing",
)
ANTARA_2022 = ("Antara, Desember 2022", "https://pon.antaranews.com/berita/3320817/")
SIL_UI = (
    "SIL Universitas Indonesia, 22 Desember 2021",
    "https://sil.ui.ac.id/warga-kalibaru-olah-limbang-cangkang-kerang-menjadi-produk-bernilai-ekonomi/",
)
THESIS_2015 = ("Skripsi 2015 (data Kelurahan Kalibaru)", "https://text-id.123dok.com/document/rz3gw32ey-")
KAMAL_MUARA = ("RMOL, 18 Maret 2024", "https://rmol.id/amp/2024/03/18/613483/")
JAKARTA_2004 = (
    "Ensiklopedi Jakarta: Cilincing, Kecamatan",
    "http://encyclopedia.jakarta-tourism.go.id/post/Cilincing-Kecamatan?lang=id",
)
JAKARTA_WASTE = ("Suarnews: kelurahan bebas sampah", "https://www.suarnews.com/jakarta/32666/")
SDG_METADATA = (
    "Metadata indikator TPB/SDGs (Bappenas), diringkas Kompas Lestari",
    "https://lestari.kompas.com/read/2023/10/23/170000486/",
)
SDG_GOAL_1 = (
    "Tujuan, target, indikator SDGs Edisi II",
    "https://pdfcoffee.com/tujuan-target-indikator-sdgs-edisi-ii-4-pdf-free.html",
)
SDG_GOAL_11 = (
    "Metadata indikator TPB/SDGs tujuan 11, diringkas Kompas Lestari",
    "https://lestari.kompas.com/read/2023/10/28/160000086/",
)
SDG_NATIONAL = ("Metadata indikator TPB/SDGs nasional (Bappenas, 2017)", "")
