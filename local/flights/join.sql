-- One row a flight: what an application knows before departure, and the outcome `late`.
-- Left out because they are known only afterwards: dep_time, dep_delay, arr_time, arr_delay, air_time.
-- Dropped: flights that never arrived where they were going (cancelled or diverted: no arr_delay, so no label).
-- Months are those of `time_hour` in UTC, so a file is exactly the window of that month.
CREATE TABLE flights_before_departure AS
SELECT
  concat_ws('-', strftime(make_date(f.year::INT, f.month::INT, f.day::INT), '%Y%m%d'), f.origin, f.carrier, f.flight, lpad(f.sched_dep_time::VARCHAR, 4, '0')) AS flight_id,
  f.time_hour::TIMESTAMP AS time_hour,
  f.carrier,
  f.origin,
  f.dest,
  f.sched_dep_time::INTEGER AS sched_dep_time,
  f.sched_arr_time::INTEGER AS sched_arr_time,
  f.distance::INTEGER AS distance,
  w.temp::DOUBLE AS temp,
  w.dewp::DOUBLE AS dewp,
  w.humid::DOUBLE AS humid,
  w.wind_dir::INTEGER AS wind_dir,
  w.wind_speed::DOUBLE AS wind_speed,
  w.wind_gust::DOUBLE AS wind_gust,
  w.precip::DOUBLE AS precip,
  w.pressure::DOUBLE AS pressure,
  w.visib::DOUBLE AS visib,
  p.year::INTEGER AS plane_year,
  p.manufacturer AS plane_manufacturer,
  p.seats::INTEGER AS plane_seats,
  f.arr_delay > 15 AS late
FROM read_csv($flights, nullstr = ['NA', ''], sample_size = -1) f
LEFT JOIN read_csv($weather, nullstr = ['NA', ''], sample_size = -1) w USING (origin, time_hour)
LEFT JOIN read_csv($planes, nullstr = ['NA', ''], sample_size = -1) p USING (tailnum)
WHERE f.arr_delay IS NOT NULL
ORDER BY time_hour, flight_id
