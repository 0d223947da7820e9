"""Text as tagged tokens: signs and spellings brought to one, numbers, words of the vocabulary, function words."""
