-- Gives the caller entries that the readers of a dead pod hold, and forgets those readers that hold nothing.
-- KEYS[1]: the stream. ARGV: group, the caller, how many at most, the pod: its readers' names are this, '-' and a number.
-- Answers {1 if others are left, entries}.
local stream, group, caller = KEYS[1], ARGV[1], ARGV[2]
local limit, pod = tonumber(ARGV[3]), ARGV[4]
local entries, more = {}, 0
local known = redis.pcall('XINFO', 'CONSUMERS', stream, group)
if known.err then
  return {0, entries} -- a reader will make the group
end
for _, consumer in ipairs(known) do
  local fields = {}
  for i = 1, #consumer, 2 do
    fields[consumer[i]] = consumer[i + 1]
  end
  local name, left = fields['name'], fields['pending']
  if name:match('^(.*)%-%d+$') == pod then
    local ids = {}
    if limit > 0 and left > 0 then
      for _, pending in ipairs(redis.call('XPENDING', stream, group, '-', '+', limit, name)) do
        ids[#ids + 1] = pending[1]
      end
      for _, entry in ipairs(redis.call('XCLAIM', stream, group, caller, 0, unpack(ids))) do
        if entry then
          entries[#entries + 1] = entry
        end
      end
    end
    limit, left = limit - #ids, left - #ids
    if left > 0 then
      more = 1
    else
      redis.call('XGROUP', 'DELCONSUMER', stream, group, name)
    end
  end
end
return {more, entries}
