"""The nouns: frozen, slotted, picklable, and made of the standard library only."""
