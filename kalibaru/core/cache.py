"""A cache whose loss nobody notices."""

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError


def _forgiving(name: str, otherwise):
    def method(self, *args, **kwargs):
        try:
            return getattr(RedisCache, name)(self, *args, **kwargs)
        except (RedisError, OSError):
            return otherwise(*args, **kwargs) if callable(otherwise) else otherwise

    return method


class ForgivingRedisCache(RedisCache):
    """Redis cache that answers "not there" while the server is away: pages slow down, they do not fail."""

    get = _forgiving("get", lambda key, default=None, version=None: default)
    get_many = _forgiving("get_many", lambda *_args, **_kwargs: {})
    add = _forgiving("add", True)
    set = _forgiving("set", None)
    set_many = _forgiving("set_many", lambda *_args, **_kwargs: [])
    touch = _forgiving("touch", False)
    incr = _forgiving("incr", 1)
    has_key = _forgiving("has_key", False)
    delete = _forgiving("delete", False)
    delete_many = _forgiving("delete_many", None)
    clear = _forgiving("clear", True)
