-- Says how far a replay is, and when it may be taken again. KEYS: due, replay. ARGV: id, fence, in how many ms, fields.
-- Answers 1, or 0 if it does not run any more, or somebody else has it.
local is = redis.call('HMGET', KEYS[2], 'state', 'fence')
if is[1] ~= 'running' or is[2] ~= ARGV[2] then
  return 0
end
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
redis.call('HSET', KEYS[2], unpack(ARGV, 4))
redis.call('ZADD', KEYS[1], now + tonumber(ARGV[3]), ARGV[1])
return 1
