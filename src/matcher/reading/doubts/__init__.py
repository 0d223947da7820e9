"""What leaves open what a sentence means: both readings stand side by side, and decide only where they agree."""
