-- Makes dead letters due now, as if never tried.
-- KEYS: due, wake, hold, dead, graves. ARGV: lane, prefix of delivery keys, ids. Answers how many.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local retried = 0
for i = 3, #ARGV do
  local key = ARGV[2] .. ARGV[i]
  if redis.call('ZREM', KEYS[4], ARGV[i]) == 1 and redis.call('EXISTS', key) == 1 then
    redis.call('HDEL', key, '$diedat', '$reason')
    redis.call('HSET', key, '$attempts', 0)
    redis.call('PERSIST', key)
    redis.call('ZADD', KEYS[1], now, ARGV[i])
    retried = retried + 1
  end
end
if retried > 0 then
  redis.call('ZADD', KEYS[2], now + math.max(0, redis.call('PTTL', KEYS[3])), ARGV[1])
end
if redis.call('EXISTS', KEYS[4]) == 0 then
  redis.call('ZREM', KEYS[5], ARGV[1])
end
return retried
