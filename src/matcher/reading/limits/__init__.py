"""Rules for values: laboratory tests, vital signs, scores, stages, markers and ages with what they are compared with."""
