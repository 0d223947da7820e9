"""The screens: each shows the session and passes on what the nurse asks for."""
