"""The PO format: text to catalog and back, and gettext's way of breaking lines."""
