-- Starts a replay, unless one of the webhook runs.
-- KEYS: due, those of the webhook. ARGV: prefix of the replays' keys, id, how many ended ones are kept, until in ms, then
-- the fields. Answers {1, id, fields}, or {0, id, fields} of the one that runs.
local due, own = KEYS[1], KEYS[2]
local replays, id = ARGV[1], ARGV[2]
local latest = redis.call('LINDEX', own, 0)
if latest and redis.call('HGET', replays .. latest, 'state') == 'running' then
  return {0, latest, redis.call('HGETALL', replays .. latest)}
end
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
redis.call('HSET', replays .. id, unpack(ARGV, 5))
redis.call('HSET', replays .. id, 'state', 'running', 'started', now, 'until', math.min(now, tonumber(ARGV[4])))
redis.call('ZADD', due, now, id)
redis.call('LPUSH', own, id)
redis.call('PERSIST', own)
while redis.call('LLEN', own) > tonumber(ARGV[3]) do
  redis.call('DEL', replays .. redis.call('RPOP', own))
end
return {1, id, redis.call('HGETALL', replays .. id)}
