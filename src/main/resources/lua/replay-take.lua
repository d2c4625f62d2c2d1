-- Leases the replay that is due longest. KEYS[1]: due. ARGV: prefix of the replays' keys, lease in ms.
-- Answers {id, fence, fields}, or nothing.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
while true do
  local id = redis.call('ZRANGE', KEYS[1], '-inf', now, 'BYSCORE', 'LIMIT', 0, 1)[1]
  if not id then
    return {}
  end
  local replay = ARGV[1] .. id
  if redis.call('HGET', replay, 'state') == 'running' then
    redis.call('ZADD', KEYS[1], now + tonumber(ARGV[2]), id)
    return {id, redis.call('HINCRBY', replay, 'fence', 1), redis.call('HGETALL', replay)}
  end
  redis.call('ZREM', KEYS[1], id)
end
