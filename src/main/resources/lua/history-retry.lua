-- Makes a parked delivery due now, however long its lane rests, unless it waits behind another of its chain or a pod holds it.
-- ARGV, behind those of parked.lua: id. Answers when it may be tried at the earliest; 0 if it is not parked, or waits
-- behind another.
local id = ARGV[7]
local at = tonumber(redis.call('ZSCORE', due, id) or NEVER)
if at == math.huge then
  return 0
end
if isLeased(at) then
  return math.floor(at)
end
if at >= 0 then
  redis.call('ZADD', due, now - ASKED, id)
end
plan()
return now
