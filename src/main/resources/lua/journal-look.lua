-- Who reads a partition, and how far behind. KEYS: the stream, the lease. ARGV: group.
-- Answers {what the lease says or '', entries that nobody has read, -1 if Redis cannot tell, entries that are read and not
-- settled, ms since the oldest of either came, or 0}. Without the group nobody has read any.
local holder = redis.call('GET', KEYS[2]) or ''
if redis.call('EXISTS', KEYS[1]) == 0 then
  return {holder, 0, 0, 0, 0}
end
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)

local function age(id)
  return id and math.max(0, now - tonumber(id:match('^%d+'))) or 0
end

for _, group in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
  local fields = {}
  for i = 1, #group, 2 do
    fields[group[i]] = group[i + 1]
  end
  if fields['name'] == ARGV[1] then
    local unread = redis.call('XRANGE', KEYS[1], '(' .. fields['last-delivered-id'], '+', 'COUNT', 1)[1]
    local pending = fields['pending'] > 0 and redis.call('XPENDING', KEYS[1], ARGV[1])[2]
    local behind = unread and (tonumber(fields['lag']) or -1) or 0
    return {holder, behind, fields['pending'], age(unread and unread[1]), age(pending)}
  end
end
local first = redis.call('XRANGE', KEYS[1], '-', '+', 'COUNT', 1)[1]
return {holder, redis.call('XLEN', KEYS[1]), 0, age(first and first[1]), 0}
