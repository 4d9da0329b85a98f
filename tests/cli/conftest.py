from tests.workflow.conftest import extracted, site, turkish

__all__ = ["extracted", "site", "turkish"]
