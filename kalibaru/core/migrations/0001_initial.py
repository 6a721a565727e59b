"""Extensions and the text-search function that generated columns of the upper rooms use."""

from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations

from kalibaru.core.search import STOP_WORDS

# PostgreSQL's `indonesian` configuration ships no stop words and over-stems, so stop words are dropped
# here, and the unstemmed `simple` words stand beside the stems with a higher weight.
CREATE = """
CREATE FUNCTION hub_vector(title text, summary text, body text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT ts_delete(
    setweight(to_tsvector('simple', public.unaccent('public.unaccent', title)), 'A')
    || setweight(to_tsvector('indonesian', public.unaccent('public.unaccent', title)), 'B')
    || setweight(to_tsvector('simple', public.unaccent('public.unaccent', summary)), 'B')
    || setweight(to_tsvector('indonesian', public.unaccent('public.unaccent', summary)), 'C')
    || setweight(to_tsvector('simple', public.unaccent('public.unaccent', left(body, 20000))), 'C')
    || setweight(to_tsvector('indonesian', public.unaccent('public.unaccent', left(body, 20000))), 'D'),
    ARRAY[{words}])
$$;
""".format(words=", ".join(f"'{word}'" for word in sorted(STOP_WORDS)))


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        UnaccentExtension(),
        TrigramExtension(),
        migrations.RunSQL(CREATE, "DROP FUNCTION IF EXISTS hub_vector(text, text, text)"),
    ]
