-- From one flight, as an application knows it before departure, to what the model sees.
-- Weekday is local: no flight is scheduled between midnight and 5:00 in New York, so five hours back from UTC is always the local day.
SELECT
  (sched_dep_time // 100) * 60 + sched_dep_time % 100 AS departure_minute,
  (sched_arr_time // 100) * 60 + sched_arr_time % 100 AS arrival_minute,
  dayofweek(time_hour - INTERVAL 5 HOUR) AS weekday,
  carrier,
  origin,
  distance,
  year(time_hour) - plane_year AS plane_age,
  plane_manufacturer,
  plane_seats,
  temp AS temperature,
  dewp AS dew_point,
  humid AS humidity,
  wind_speed,
  wind_dir AS wind_direction,
  coalesce(wind_gust, wind_speed) AS wind_gust,
  precip AS precipitation,
  pressure,
  visib AS visibility
FROM input
