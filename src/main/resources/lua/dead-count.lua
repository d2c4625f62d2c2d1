-- KEYS: due, dead. ARGV: retention of dead letters in ms. Answers {how many are parked, how many dead letters there are}:
-- those whose time is up may be in the index for a while longer.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
return {redis.call('ZCARD', KEYS[1]), redis.call('ZCOUNT', KEYS[2], now - tonumber(ARGV[1]), '+inf')}
