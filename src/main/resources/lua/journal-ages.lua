-- How long the oldest events of a partition have waited.
-- KEYS[1]: the stream. ARGV: group.
-- Answers {ms since the oldest came that nobody has read, or 0, ms since the oldest that is read and not settled, or 0}.
if redis.call('EXISTS', KEYS[1]) == 0 then
  return {0, 0}
end
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)

local function age(id)
  return id and math.max(0, now - tonumber(id:match('^%d+'))) or 0
end

local read = '-'
local pending
for _, group in ipairs(redis.call('XINFO', 'GROUPS', KEYS[1])) do
  local fields = {}
  for i = 1, #group, 2 do
    fields[group[i]] = group[i + 1]
  end
  if fields['name'] == ARGV[1] then
    read = '(' .. fields['last-delivered-id']
    pending = fields['pending'] > 0 and redis.call('XPENDING', KEYS[1], ARGV[1])[2]
  end
end
local unread = redis.call('XRANGE', KEYS[1], read, '+', 'COUNT', 1)[1]
return {age(unread and unread[1]), age(pending)}
