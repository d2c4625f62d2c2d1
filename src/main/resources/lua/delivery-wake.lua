-- Takes lanes that may run now; nobody else gets them for a while.
-- KEYS[1]: wake. ARGV: limit, for how long in ms.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local lanes = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, ARGV[1])
for _, lane in ipairs(lanes) do
  redis.call('ZADD', KEYS[1], now + tonumber(ARGV[2]), lane)
end
return lanes
