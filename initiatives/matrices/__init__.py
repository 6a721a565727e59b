"""The matrices of the regional action plan (RAD TPB), filled from the portal."""
