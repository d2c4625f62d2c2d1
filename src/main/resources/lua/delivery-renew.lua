-- Renews the lease of deliveries that are still parked; never brings one forward, as a holder that lost its lease may
-- not know when the next holder wants it tried again. What tells whose lease it is stays, unless it had run out: then its
-- number may be another's. What a former life of the pod holds still, its present one holds from now on.
-- ARGV, behind those of parked.lua: lease in ms, the pod's life or '', how many former ones, their names, ids.
local lease, life, formers = tonumber(ARGV[7]), ARGV[8], tonumber(ARGV[9])
local former = {}
for i = 10, 9 + formers do
  local number = redis.call('HGET', backlog, 'hand:' .. ARGV[i])
  if number then
    former[LEASED + number * STEP] = true
  end
end
for i = 10 + formers, #ARGV do
  local at = tonumber(redis.call('ZSCORE', due, ARGV[i]) or 0)
  local mark = isLeased(at) and at % 1 or LEASED
  if former[mark] then
    mark = handOf(life)
  end
  redis.call('ZADD', due, 'XX', 'GT', now + lease + mark, ARGV[i])
end
return 1
