-- SQLite keeps samples of no values unless it is asked to, and this program never asks; PostgreSQL does by itself.
SELECT 1;
