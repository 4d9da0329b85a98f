"""How long things take, beside what they are compared to; nothing here is a test."""
