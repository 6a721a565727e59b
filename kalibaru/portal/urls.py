"""Pages that compose all rooms."""

urlpatterns: list = []
