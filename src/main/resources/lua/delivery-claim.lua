-- Leases the oldest due deliveries of a webhook.
-- KEYS: due, wake, hold. ARGV: lane, prefix of delivery keys, limit, lease in ms, about how many bytes at most.
-- Answers {more, {id, fields, place}, ...}; more is 1 if others are due now.
local due, wake, hold = KEYS[1], KEYS[2], KEYS[3]
local lane, prefix, limit, lease = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4])
local room = tonumber(ARGV[5])
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local held = redis.call('PTTL', hold)
local answer = {0}
if held <= 0 and limit > 0 then
  local ripe = redis.call('ZRANGEBYSCORE', due, '-inf', now, 'WITHSCORES', 'LIMIT', 0, limit)
  for i = 1, #ripe, 2 do
    local id = ripe[i]
    local fields = redis.call('HGETALL', prefix .. id)
    if #fields == 0 then
      redis.call('ZREM', due, id)
    else
      redis.call('ZADD', due, now + lease, id)
      answer[#answer + 1] = {id, fields, ripe[i + 1]}
      for _, field in ipairs(fields) do
        room = room - #field
      end
      if room <= 0 then
        break
      end
    end
  end
end
local first = redis.call('ZRANGE', due, 0, 0, 'WITHSCORES')
if first[2] then
  local next = tonumber(first[2])
  if next <= now and held <= 0 then
    answer[1] = 1
  end
  redis.call('ZADD', wake, math.max(next, now + math.max(0, held)), lane)
else
  redis.call('ZREM', wake, lane)
end
return answer
