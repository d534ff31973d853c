-- People of Massachusetts in the American Community Survey, 2015 to 2018, and what a real model said of their employment.
CREATE TABLE employment AS
SELECT * EXCLUDE (employed) FROM read_parquet($reference)
UNION ALL BY NAME
SELECT * FROM read_parquet($analysis)
