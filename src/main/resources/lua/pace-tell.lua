-- Tells how much an endpoint took, and asks for its pace. KEYS: pace. ARGV: how many it took since this pod told it last.
-- Answers {mark, pace, how many it took since the refusal that the pace was found at, how long that is ago in
-- microseconds, when that was}, or nothing if none is known.
local seen = redis.call('HMGET', KEYS[1], 'mark', 'pace', 'since')
if not seen[1] then
  return {}
end
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local taken = redis.call('HINCRBY', KEYS[1], 'taken', ARGV[1])
return {seen[1], seen[2], taken, math.max(0, now - tonumber(seen[3])), seen[3]}
