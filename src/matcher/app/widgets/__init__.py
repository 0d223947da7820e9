"""The app's own widgets: they show values and send messages; none of them changes the session."""
