-- Cancels parked deliveries of a webhook, some at a time. While there are more, the lane stays among those to be looked
-- at, so that another pod goes on if this one dies.
-- ARGV, behind those of parked.lua: limit, until the next look in ms. Answers {how many, 1 if there are more}.
local limit = tonumber(ARGV[7])
local ids = redis.call('ZRANGE', due, 0, limit - 1)
for _, id in ipairs(ids) do
  local body = redis.call('HGET', deliveries .. id, '$body')
  redis.call('UNLINK', deliveries .. id)
  redis.call('ZREM', due, id)
  letGo(body, id)
end
for _, key in ipairs(redis.call('SPOP', chains, limit)) do
  redis.call('UNLINK', chain .. key)
end
redis.call('DEL', resting, bursts)
if redis.call('EXISTS', due, chains) > 0 then
  redis.call('ZADD', wake, now + tonumber(ARGV[8]), lane)
  return {#ids, 1}
end
redis.call('DEL', backlog)
redis.call('ZREM', wake, lane)
return {#ids, 0}
