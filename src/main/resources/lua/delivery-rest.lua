-- Lets no pod look at a lane for a while; with 0 and something parked, lets them look now.
-- KEYS: due, wake, hold. ARGV: lane, ms.
if redis.call('EXISTS', KEYS[1]) == 0 then
  redis.call('ZREM', KEYS[2], ARGV[1])
  return 0
end
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local held = math.max(0, redis.call('PTTL', KEYS[3]))
redis.call('ZADD', KEYS[2], now + math.max(held, tonumber(ARGV[2])), ARGV[1])
return 1
