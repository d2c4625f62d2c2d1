-- A stretch of the attempt log of a webhook. Lines are numbered from 1, since the log began.
-- KEYS: attempts, state. ARGV: the number before which it ends ('': the end of the log), how many lines at most.
-- Answers the number of the first line, and the lines, oldest first.
local total = tonumber(redis.call('HGET', KEYS[2], 'lines') or 0)
local kept = redis.call('LLEN', KEYS[1])
local to = math.min(total, (tonumber(ARGV[1]) or total + 1) - 1)
local from = math.max(total - kept + 1, to - tonumber(ARGV[2]) + 1)
if to < from then
  return {to + 1, {}}
end
return {from, redis.call('LRANGE', KEYS[1], from - total - 1, to - total - 1)}
