-- What is parked. ARGV, behind those of parked.lua: how many of those that are next in line are looked at.
-- Answers {how many, bytes, when the oldest of those looked at was parked first, in ms, or 0}.
local oldest = 0
for _, id in ipairs(redis.call('ZRANGE', due, 0, tonumber(ARGV[7]) - 1)) do
  local since = tonumber(redis.call('HGET', deliveries .. id, '$since') or 0)
  if since > 0 and (oldest == 0 or since < oldest) then
    oldest = since
  end
end
return {redis.call('ZCARD', due), tonumber(redis.call('HGET', backlog, 'bytes') or 0), oldest}
