from tests.workflow.conftest import site, turkish

__all__ = ["site", "turkish"]
