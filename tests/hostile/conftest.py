"""The tests' server and its account, as the tests of the real cloud have them."""

from tests.alibaba.conftest import account, desk, keys, opened, server

__all__ = ["account", "desk", "keys", "opened", "server"]
