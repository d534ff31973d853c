"""A build backend that runs nothing: pip asks it for the metadata of a source package instead of running that package's setup.py.

`pip download` needs a name and a version before it hands over an archive; the archive itself is verified against its pinned SHA-256.
"""

import os
from pathlib import Path


class InertBackend:
    def prepare_metadata_for_build_wheel(self, metadata_directory, config_settings=None):
        name, version = os.environ["MOORING_SDIST"].split("==")
        folder = Path(metadata_directory, f"{name}-{version}.dist-info")
        folder.mkdir()
        (folder / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n")
        return folder.name


__legacy__ = InertBackend()
