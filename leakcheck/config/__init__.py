"""The configuration file: where it is, and whether what it says makes sense.

The flow: `find_config` goes up from a folder to the nearest file that configures leakcheck, or
`read_config` reads one that was named; `checked` holds what it says against the options that there
are. What the options mean is not known here.
"""

from __future__ import annotations

from leakcheck.config.find import CONFIG_NAME, Config, find_config, read_config
from leakcheck.config.options import Option, checked

__all__ = ["CONFIG_NAME", "Config", "Option", "checked", "find_config", "read_config"]
