"""Where SageMaker's folders are: /opt/ml, or SAGEMAKER_BASE_DIR outside a container."""

import os
from pathlib import Path


def base_dir() -> Path:
    return Path(os.environ.get("SAGEMAKER_BASE_DIR", "/opt/ml"))
