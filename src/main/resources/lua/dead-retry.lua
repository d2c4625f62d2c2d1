-- Makes dead letters due now, as if never tried; one of a chain goes to its end. No limit keeps them out: Redis holds them
-- already. ARGV, behind those of parked.lua: ids. Answers how many.
local retried = 0
for i = 6, #ARGV do
  local id = ARGV[i]
  local key = deliveries .. id
  if redis.call('ZREM', dead, id) == 1 and redis.call('EXISTS', key) == 1 then
    redis.call('HDEL', key, '$diedat', '$reason')
    redis.call('HSET', key, '$attempts', 0, '$since', now)
    redis.call('PERSIST', key)
    local seen = redis.call('HMGET', key, '$chain', '$bytes')
    enter(id, now, seen[1], tonumber(seen[2] or 0), false)
    retried = retried + 1
  end
end
if retried > 0 then
  plan()
end
if redis.call('EXISTS', dead) == 0 then
  redis.call('ZREM', graves, lane)
end
return retried
