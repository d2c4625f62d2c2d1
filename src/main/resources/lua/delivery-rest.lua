-- Lets no pod look at a lane for a while; with 0 and something parked, lets them look now. So it does where a person asked
-- for a delivery (see parked.lua), unless nothing is to be sent at all.
-- KEYS: due, wake, resting. ARGV: lane, ms, 1 if nothing is to be sent.
local first = redis.call('ZRANGE', KEYS[1], 0, 0, 'WITHSCORES')
if not first[1] then
  redis.call('ZREM', KEYS[2], ARGV[1])
  return 0
end
if tonumber(first[2]) < 0 and ARGV[3] ~= '1' then
  redis.call('ZADD', KEYS[2], first[2], ARGV[1])
  return 1
end
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local pause = math.max(0, redis.call('PTTL', KEYS[3]))
redis.call('ZADD', KEYS[2], now + math.max(pause, tonumber(ARGV[2])), ARGV[1])
return 1
