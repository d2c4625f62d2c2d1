-- KEYS: keys, version. ARGV: id, key as JSON, role, whether an admin key is configured (1 or 0).
-- 1: added. -1: refused, the first key must be an admin's.
if ARGV[4] == '0' and ARGV[3] ~= 'admin' and redis.call('HLEN', KEYS[1]) == 0 then
  return -1
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])

-- A version is a time, so that it does not come again after Redis lost its data.
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local last = tonumber(redis.call('GET', KEYS[2]) or '0')
redis.call('SET', KEYS[2], string.format('%.0f', math.max(now, last + 1)))
return 1
