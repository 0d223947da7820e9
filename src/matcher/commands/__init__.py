"""What the commands do: data to standard output, messages to standard error, no screens."""
