-- Takes lanes that may run now; nobody else gets them for a while. Tells which lanes are resting, those that were not told.
-- KEYS: wake, rests. ARGV: limit, for how long lanes are taken in ms, the last rest that was told.
-- Answers {1 if there is more, the last rest that is told now, lanes, {resting lane, for how long in ms, ...}, lanes of which
-- a person asked for a delivery}.
local limit, told = tonumber(ARGV[1]), ARGV[3]
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local ripe = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'WITHSCORES', 'LIMIT', 0, limit)
local lanes, asked = {}, {}
for i = 1, #ripe, 2 do
  local kind = tonumber(ripe[i + 1]) < 0 and asked or lanes
  kind[#kind + 1] = ripe[i]
  redis.call('ZADD', KEYS[1], now + tonumber(ARGV[2]), ripe[i])
end
local resting = {}
local untold = redis.call('XRANGE', KEYS[2], '(' .. told, '+', 'COUNT', limit)
for _, rest in ipairs(untold) do
  told = rest[1]
  local left = tonumber(rest[2][4]) - now
  if left > 0 then
    resting[#resting + 1] = rest[2][2]
    resting[#resting + 1] = left
  end
end
local more = #ripe == 2 * limit or #untold == limit
return {more and 1 or 0, told, lanes, resting, asked}
