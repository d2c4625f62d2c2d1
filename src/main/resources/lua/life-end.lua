-- A life says that it ends: whoever hears of it may take what is left of it at once. See life-beat.
-- KEYS: roll. ARGV: the life.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
redis.call('ZADD', KEYS[1], 'XX', -now, ARGV[1])
return 1
