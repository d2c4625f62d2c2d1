-- Makes a parked delivery due now, unless it waits behind another of its chain, or is due within a lease: then a pod may
-- hold it. ARGV, behind those of parked.lua: id, lease in ms.
-- Answers when it may be tried at the earliest; 0 if it is not parked, or waits behind another.
local id, lease = ARGV[6], tonumber(ARGV[7])
local at = tonumber(redis.call('ZSCORE', due, id) or NEVER)
if at == math.huge then
  return 0
end
if at > now + lease then
  at = now
  redis.call('ZADD', due, now, id)
  plan()
end
return math.max(at, now + math.max(0, redis.call('PTTL', hold)))
