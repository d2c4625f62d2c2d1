-- Cancels parked deliveries of a webhook, some at a time.
-- KEYS: due, wake, hold. ARGV: lane, prefix of delivery keys, limit. Answers how many.
local ids = redis.call('ZRANGE', KEYS[1], 0, tonumber(ARGV[3]) - 1)
for _, id in ipairs(ids) do
  redis.call('DEL', ARGV[2] .. id)
  redis.call('ZREM', KEYS[1], id)
end
redis.call('ZREM', KEYS[2], ARGV[1])
redis.call('DEL', KEYS[3])
return #ids
